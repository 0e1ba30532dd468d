"""What purchases, their factors and departments' budgets must satisfy beyond their own form.

Pure, and told like :mod:`model.validate_lists`.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from model.errors import Violation
from model.reference import Reference
from model.rows import PlanHead
from model.spend_rows import DepartmentBudget, Intensity, Spend, folded, highest, lowest
from model.validate_rules import impossible_years, too_exact, twice
from model.years import is_calendar_year

# A krona of diesel at a krona a litre would be about three kg; whoever states more has written
# grams, or kg per thousand kronor.
LARGEST_INTENSITY = 10

NO_YEAR = "Purchases are of a year: {found} is none. Write the year with four digits."
TOO_LARGE = (
    "{factor} kg per krona for {of} cannot be right: expected at most {largest}. Check that the "
    "factor is in kg and per krona, not in grams or per thousand kronor."
)
OVERLAPS = (
    "The accounts {one} and {other} overlap, and neither lies within the other: say for each "
    "account which factor holds."
)
NO_BASE = (
    "What {department} emitted in {year} is not stated, and purchases tell only of emissions by "
    "consumption or organisation: state the tonnes of the base year."
)


def spend(rows: Sequence[Spend], head: PlanHead, known: Reference) -> Iterator[Violation]:
    """Every finding in what departments bought."""
    at = f"{head.id}/spend"
    yield from impossible_years(at, [row.year for row in rows])
    for position, row in enumerate(rows):
        if not is_calendar_year(row.year):
            yield Violation("error", "no_year", f"{at}/{position}", NO_YEAR, {"found": row.year})
    yield from twice(
        at,
        [
            " ".join((folded(row.department), folded(row.category), row.account, str(row.year)))
            for row in rows
        ],
    )


def intensities(rows: Sequence[Intensity], head: PlanHead, known: Reference) -> Iterator[Violation]:
    """Every finding in the factors."""
    at = f"{head.id}/intensities"
    yield from impossible_years(at, [row.price_year for row in rows])
    yield from twice(at, [f"{folded(row.label)} {row.gas} {row.boundary}" for row in rows])
    for row in rows:
        place = row.source_ref or f"{at}/{row.label}"
        yield from too_exact(place, {"kg_per_krona": row.kg_per_krona})
        if row.kg_per_krona > LARGEST_INTENSITY:
            yield Violation(
                "error",
                "implausible_intensity",
                place,
                TOO_LARGE,
                {"factor": row.kg_per_krona, "of": row.label, "largest": LARGEST_INTENSITY},
            )
    yield from _overlaps(at, [row for row in rows if row.account_from])


def department_budgets(
    rows: Sequence[DepartmentBudget], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    """Every finding in the departments' budgets."""
    at = f"{head.id}/department_budgets"
    yield from impossible_years(at, [y for row in rows for y in (row.base_year, row.target_year)])
    yield from twice(at, [f"{folded(row.department)} {row.gas} {row.boundary}" for row in rows])
    for row in rows:
        yield from too_exact(f"{at}/{row.department}", {"base_tonnes": row.base_tonnes})
        if row.base_tonnes is None and row.boundary == "territorial":
            yield Violation(
                "warning",
                "no_base",
                f"{at}/{row.department}",
                NO_BASE,
                {"department": row.department, "year": row.base_year},
            )


def _overlaps(at: str, rows: Sequence[Intensity]) -> Iterator[Violation]:
    for one, other in combinations(rows, 2):
        if (one.gas, one.boundary) != (other.gas, other.boundary):
            continue
        (a, b), (c, d) = (_range(each) for each in (one, other))
        nested = (a <= c and d <= b) or (c <= a and b <= d)
        if max(a, c) <= min(b, d) and not nested:
            fields = {"one": one.label, "other": other.label}
            yield Violation("error", "overlapping_accounts", at, OVERLAPS, fields)


def _range(row: Intensity) -> tuple[str, str]:
    return lowest(row.account_from), highest(row.account_to_or_from)
