"""What the lists about emissions must satisfy beyond their own form, as :mod:`validate_lists`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from model.emission_rows import (
    BaselineYear,
    BusinessAsUsual,
    EmissionBudget,
    EmissionSeries,
    EmissionTarget,
    Interaction,
)
from model.errors import Violation
from model.reference import Reference
from model.rows import PlanHead
from model.validate_rules import impossible_years, too_exact, twice, unknown_keys


def _baseline(
    rows: tuple[BaselineYear, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/baseline"
    keys = [(f"{row.year}/sector", "ned_sectors", row.sector) for row in rows]
    yield from unknown_keys(at, keys, known)
    yield from twice(at, [f"{_of(row)} {row.sector} {row.year}" for row in rows])
    yield from impossible_years(at, [row.year for row in rows])
    sectors = defaultdict(set)
    for row in rows:
        yield from too_exact(f"{at}/{row.sector}/{row.year}", {"tonnes": row.tonnes})
        sectors[_of(row)].add(row.sector)
    for of, found in sectors.items():
        if "" in found and len(found) > 1:
            yield Violation(
                "error",
                "sum_and_parts",
                f"{at}/{of}",
                "The emissions in {of} stand both by sector and without a sector, and would be "
                "counted twice: keep one of them.",
                {"of": of},
            )


def _business_as_usual(
    rows: tuple[BusinessAsUsual, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/business_as_usual"
    yield from unknown_keys(at, [(row.sector, "ned_sectors", row.sector) for row in rows], known)
    yield from twice(at, [f"{_of(row)} {row.sector}" for row in rows])
    years = [year for row in rows for year in (row.first_year, row.last_year) if year]
    yield from impossible_years(at, years)
    for row in rows:
        yield from too_exact(f"{at}/{row.sector}", {"elasticity": row.elasticity})


def series_not_there(
    rows: Iterable[BusinessAsUsual], series: Iterable[EmissionSeries], head: PlanHead
) -> Iterator[Violation]:
    """A warning for each row that follows a series which the plan does not have."""
    there = {row.series for row in series}
    for row in rows:
        if row.series and row.series not in there:
            yield Violation(
                "warning",
                "series_not_there",
                f"{head.id}/business_as_usual/{row.sector}",
                "Emissions without the plan follow the series {series}, which the plan does not "
                "have, and are not known: enter the series, or choose another method.",
                {"series": row.series},
            )


def _series(
    rows: tuple[EmissionSeries, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/emission_series"
    yield from twice(at, [f"{row.series} {row.year}" for row in rows])
    yield from impossible_years(at, [row.year for row in rows])
    units = defaultdict(set)
    for row in rows:
        yield from too_exact(f"{at}/{row.series}/{row.year}", {"value": row.value})
        units[row.series].add(row.unit)
    for series, found in units.items():
        if len(found) > 1:
            yield Violation(
                "error",
                "mixed_units",
                f"{at}/{series}",
                "The series {series} is in several units ({units}): write it in one.",
                {"series": series, "units": ", ".join(sorted(unit or "–" for unit in found))},
            )


def _targets(
    rows: tuple[EmissionTarget, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/emission_targets"
    yield from twice(at, [row.name for row in rows])
    yield from impossible_years(
        at, [year for row in rows for year in (row.year, row.base_year) if year]
    )
    for row in rows:
        yield from too_exact(f"{at}/{row.name}", {"tonnes": row.tonnes})
        if row.base_year and row.base_year >= row.year:
            yield Violation(
                "error",
                "target_before_base_year",
                f"{at}/{row.name}/base_year",
                "The target is for {year} and counted from {base_year}: a base year comes before "
                "its target.",
                {"year": row.year, "base_year": row.base_year},
            )


def _interactions(
    rows: tuple[Interaction, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/interactions"
    yield from twice(at, [" ".join(sorted((row.first, row.second))) for row in rows])
    for row in rows:
        if row.first == row.second:
            yield Violation(
                "error",
                "interaction_with_itself",
                f"{at}/{row.id}",
                "{measure} stands against itself: name two measures.",
                {"measure": row.first},
            )


def _budgets(
    rows: tuple[EmissionBudget, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/emission_budgets"
    yield from twice(at, [_of(row) for row in rows])
    yield from impossible_years(
        at, [year for row in rows for year in (row.from_year, row.last_year) if year]
    )
    for row in rows:
        first = row.first_year_emission
        yield from too_exact(
            f"{at}/{_of(row)}", {"remaining": row.remaining, "first_year_emission": first}
        )
        if first is not None and first >= row.remaining:
            yield Violation(
                "error",
                "budget_used_in_first_year",
                f"{at}/{_of(row)}/first_year_emission",
                "The first year's {first} t use up the budget of {remaining} t: expected less.",
                {"first": first, "remaining": row.remaining},
            )
        if row.last_year is not None and row.last_year <= row.from_year:
            yield Violation(
                "error",
                "budget_without_years",
                f"{at}/{_of(row)}/last_year",
                "The budget runs from {first} to {last}: the last year comes later.",
                {"first": row.from_year, "last": row.last_year},
            )


def _of(row) -> str:
    return f"{row.gas} {row.boundary}"


EMISSION_LISTS: dict[str, Callable[..., Iterable[Violation]]] = {
    "baseline": _baseline,
    "business_as_usual": _business_as_usual,
    "emission_series": _series,
    "emission_targets": _targets,
    "interactions": _interactions,
    "emission_budgets": _budgets,
}
