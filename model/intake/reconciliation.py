"""Every krona accounted for: what is imported against the sheet's own sums, year by year.

A sheet often has sums of sums. What counts for a year are those that together say what was imported
there: one sum over all, or the sums of its parts. Where the sheet has no such sums the year has
nothing to be compared with, and says so.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from model.intake.reading import Reading
from model.intake.sums import SumCheck
from model.rows import Measure
from model.years import parse_year, year_label

_ZERO = Decimal(0)


@dataclass(frozen=True)
class YearCheck:
    """A year, kronor: what is ``imported``, of that what the sheets have sums ``compared`` with,
    and what those sums ``stated``. None: no sum speaks of the year."""

    year: str
    imported: Decimal
    compared: Decimal | None
    stated: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """The sheets' sums less what was found under them; zero when all is well."""
        return None if self.stated is None else self.stated - self.compared

    @property
    def not_compared(self) -> Decimal:
        """What is imported outside the sheets' sums."""
        return self.imported - (self.compared or _ZERO)


def years(reading: Reading) -> tuple[YearCheck, ...]:
    """Each year with imported expenditure, in order."""
    imported = _by_sheet(reading.measures)
    found: dict[str, list[SumCheck] | None] = {}
    for (sheet, year), amount in imported.items():
        over = _over_all([each for each in reading.sums if _is_of(each, sheet, year)], amount)
        found[year] = [*(found.get(year) or []), *over] or None
    return tuple(
        _check(year, [amount for (_, of), amount in imported.items() if of == year], found[year])
        for year in sorted(found, key=parse_year)
    )


def failing(reading: Reading) -> tuple[SumCheck, ...]:
    """The sums that do not agree with what stands above them."""
    return tuple(each for each in reading.sums if each.difference)


def _check(year: str, amounts: list[Decimal], sums: list[SumCheck] | None) -> YearCheck:
    return YearCheck(
        year,
        sum(amounts, _ZERO),
        sum((each.found for each in sums), _ZERO) if sums else None,
        sum((each.stated for each in sums), _ZERO) if sums else None,
    )


def _by_sheet(measures: Iterable[Measure]) -> dict[tuple[str, str], Decimal]:
    """Imported expenditure in kronor by the workbook and sheet that it stands on, and year."""
    amounts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for measure in measures:
        for row in measure.expenditures:
            if row.mid is not None:
                amounts[_sheet(row.source_ref or measure.source_ref), year_label(row.year)] += (
                    row.mid
                )
    return dict(amounts)


def _over_all(sums: list[SumCheck], amount: Decimal) -> list[SumCheck]:
    """The sums that together are of all that was imported: the largest first, none that another
    holds already. Nothing when they cannot be told to be."""
    chosen, left = [], amount
    for each in sorted(sums, key=lambda each: -abs(each.found)):
        if each.found and abs(each.found) <= abs(left):
            chosen.append(each)
            left -= each.found
    return chosen if left == 0 else []


def _is_of(check: SumCheck, sheet: str, year: str) -> bool:
    return check.flow != "income" and check.year == year and _sheet(check.ref) == sheet


def _sheet(ref: str) -> str:
    """The workbook and sheet of a cell: ``book.xlsx!Sheet`` of ``book.xlsx!Sheet!G6``."""
    return ref.rpartition("!")[0]
