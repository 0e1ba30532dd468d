"""What purchases emit: spend times factors, with what has no factor beside it.

A factor says how much a krona of one year's prices emits, so an amount is first counted in those
prices with the plan's index, or the consumer price index where the plan has none for both years.
Every line is rounded once to whole grams; sums are sums of those, and so agree exactly, however
they are made. What has no factor, or cannot be counted in its prices, is not known and not zero.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

import numpy as np

from model.money import to_ore
from model.prices import Index, between
from model.spend_rows import DepartmentBudget, Intensity, Spend, folded, highest, lowest

GRAMS = 1_000_000
# When the share with a factor differs more than so between years, the trend is partly of coverage.
UNEVEN = 0.05

Reason = Literal["", "no_factor", "no_index"]


class Series(NamedTuple):
    """What emissions are counted as. Series that differ are never added."""

    gas: str
    boundary: str


@dataclass(frozen=True)
class Line:
    """A row of spend with its factor. ``grams`` is None where ``reason`` says why; ``index`` is
    what the amount was multiplied by to be in the factor's prices."""

    spend: Spend
    ore: int
    intensity: Intensity | None
    index: float | None
    grams: int | None
    reason: Reason

    @property
    def vat_differs(self) -> bool:
        """The amount is with tax and the factor per krona without, or the other way."""
        said = {self.spend.vat, self.intensity.vat} if self.intensity else set()
        return said == {"excluded", "included"}


@dataclass(frozen=True)
class Sum:
    """Lines with one key, öre and grams. ``moved`` and ``moved_covered`` are amounts without sign,
    so that a credit without a factor does not look like coverage."""

    key: str
    ore: int
    grams: int
    moved: int
    moved_covered: int
    credited: int
    reason: Reason = ""

    @property
    def tonnes(self) -> float:
        """Tonnes of what has a factor."""
        return self.grams / GRAMS

    @property
    def coverage(self) -> float | None:
        """Share of the spend that has a factor, None where there is none."""
        return self.moved_covered / self.moved if self.moved else None


@dataclass(frozen=True)
class Usual:
    """Emissions if nothing is done: ``tonnes`` of ``years``, from those ``observed``.

    ``basis`` is ``trend`` (a straight line by least squares through the observed years, never below
    zero), ``level`` (one year only: it stays) or ``none``. ``uneven`` when the share with a factor
    differs between the years.
    """

    basis: Literal["trend", "level", "none"]
    observed: tuple[int, ...]
    years: tuple[int, ...]
    tonnes: tuple[float, ...]
    uneven: bool = False

    def at(self, year: int) -> float | None:
        """Tonnes of a year, None before the first observed or where nothing is."""
        return self.tonnes[self.years.index(year)] if year in self.years else None


@dataclass(frozen=True)
class SpendEmissions:
    """What purchases emit in one series. ``series`` is None where there is no factor."""

    series: Series | None
    lines: tuple[Line, ...]
    last_year: int

    @property
    def years(self) -> tuple[int, ...]:
        """The years that there is spend of."""
        return tuple(sorted({line.spend.year for line in self.lines}))

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments as they are first written, the largest emitter first; ``""`` is none."""
        return tuple(each.key for each in self.by("department"))

    def of(self, department: str | None = None, year: int | None = None) -> "SpendEmissions":
        """The lines of one department, of one year."""
        wanted = None if department is None else folded(department)
        kept = tuple(
            line
            for line in self.lines
            if (wanted is None or folded(line.spend.department) == wanted)
            and (year is None or line.spend.year == year)
        )
        return SpendEmissions(self.series, kept, self.last_year)

    @property
    def total(self) -> Sum:
        """All lines together."""
        return _sum("", self.lines)

    def by(self, key: Literal["department", "category", "year"]) -> tuple[Sum, ...]:
        """Sums by department or category, the largest emission first, or by year in order."""
        sums = _sums(self.lines, KEYS[key])
        if key == "year":
            return tuple(sorted(sums, key=lambda each: each.key))
        return tuple(sorted(sums, key=lambda each: (-each.grams, -each.ore, each.key)))

    @property
    def missing(self) -> tuple[Sum, ...]:
        """What is not counted, by category or account, the largest amount first."""
        found = []
        for reason in ("no_factor", "no_index"):
            lines = [line for line in self.lines if line.reason == reason]
            found += _sums(lines, KEYS["category"], reason)
        return tuple(sorted(found, key=lambda each: (-each.moved, each.key)))

    @property
    def vat_differs(self) -> int:
        """Öre, without sign, whose value added tax is not that of their factor."""
        return sum(abs(line.ore) for line in self.lines if line.vat_differs)

    @property
    def usual(self) -> Usual:
        """The emissions if nothing is done, until ``last_year``."""
        return usual(self.by("year"), self.last_year)


KEYS: dict[str, Callable[[Line], str]] = {
    "department": lambda line: line.spend.department,
    "category": lambda line: line.spend.category or line.spend.account,
    "year": lambda line: str(line.spend.year),
}


def series_of(intensities: Iterable[Intensity]) -> tuple[Series, ...]:
    """The series that there are factors for, in the order of the factors."""
    return tuple(dict.fromkeys(Series(each.gas, each.boundary) for each in intensities))


def spend_emissions(
    spend: Sequence[Spend],
    intensities: Sequence[Intensity],
    own: Index,
    general: Index,
    last_year: int,
    series: Series | None = None,
) -> SpendEmissions:
    """What the spend emits in a series, the first that there are factors for by default.

    ``own`` and ``general`` are price levels by year, the plan's and the consumer price index.
    """
    series = series or next(iter(series_of(intensities)), None)
    factor_of = _chooser([each for each in intensities if (each.gas, each.boundary) == series])
    lines = tuple(_line(row, factor_of(row), own, general) for row in spend)
    return SpendEmissions(series, lines, last_year)


def usual(by_year: Sequence[Sum], last_year: int) -> Usual:
    """A straight line by least squares through the years with known emissions, or the one level."""
    known = [each for each in by_year if each.moved_covered]
    observed = tuple(int(each.key) for each in known)
    if not known:
        return Usual("none", (), (), ())
    years = tuple(range(observed[0], max(last_year, observed[-1]) + 1))
    tonnes = np.array([each.tonnes for each in known])
    if len(known) == 1:
        return Usual("level", observed, years, (float(tonnes[0]),) * len(years))
    middle = np.mean(observed)
    away = np.array(observed) - middle
    slope = float(away @ tonnes / (away @ away))
    line = np.maximum(tonnes.mean() + slope * (np.array(years) - middle), 0.0)
    coverage = [each.coverage for each in known]
    return Usual(
        "trend", observed, years, tuple(line.tolist()), max(coverage) - min(coverage) > UNEVEN
    )


def base_of(budget: DepartmentBudget, emissions: SpendEmissions | None) -> float | None:
    """The tonnes that a budget starts from: as stated, or what was bought in the base year.

    None where neither is known; ``emissions`` must be of the budget's series.
    """
    if budget.base_tonnes is not None:
        return float(budget.base_tonnes)
    if emissions is None or emissions.series != (budget.gas, budget.boundary):
        return None
    found = emissions.of(budget.department, budget.base_year).total
    return found.tonnes if found.moved_covered else None


def _line(row: Spend, intensity: Intensity | None, own: Index, general: Index) -> Line:
    ore = to_ore(row.amount)
    if intensity is None:
        return Line(row, ore, None, None, None, "no_factor")
    index = between(row.year, intensity.price_year, own, general)
    if index is None:
        return Line(row, ore, intensity, None, None, "no_index")
    # Öre times kg per krona is hundredths of a kg: ten grams.
    grams = Decimal(ore) * intensity.kg_per_krona * Decimal(repr(index)) * 10
    whole = int(grams.to_integral_value(ROUND_HALF_UP))
    return Line(row, ore, intensity, index, whole, "")


def _chooser(intensities: Sequence[Intensity]) -> Callable[[Spend], Intensity | None]:
    """The factor of a row: of its category, or else of the narrowest range with its account."""
    of_category = {folded(each.category): each for each in intensities if each.category}
    ranges = [
        (lowest(each.account_from), highest(each.account_to_or_from), each)
        for each in intensities
        if each.account_from
    ]
    ranges.sort(key=lambda each: int(each[1]) - int(each[0]))

    def choose(row: Spend) -> Intensity | None:
        found = of_category.get(folded(row.category)) if row.category else None
        if found or not row.account:
            return found
        account = lowest(row.account)
        return next((each for low, high, each in ranges if low <= account <= high), None)

    return choose


def _sums(lines: Iterable[Line], key: Callable[[Line], str], reason: Reason = "") -> list[Sum]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[folded(key(line))].append(line)
    return [_sum(key(of[0]), of, reason) for of in groups.values()]


def _sum(key: str, lines: Sequence[Line], reason: Reason = "") -> Sum:
    return Sum(
        key,
        ore=sum(line.ore for line in lines),
        grams=sum(line.grams or 0 for line in lines),
        moved=sum(abs(line.ore) for line in lines),
        moved_covered=sum(abs(line.ore) for line in lines if line.grams is not None),
        credited=sum(to_ore(line.spend.credited) for line in lines),
        reason=reason,
    )
