"""Scenarios compared: the headline figures of each, and how they differ from those of the first.

Every figure is one line over all the scenarios, with its unit. What is not known is None, and so is
its difference. The years are those of the plan before any scenario, so that a delay shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from model.comparison import Standing, standing
from model.difference import Difference
from model.emission_paths import REDUCTIONS, EmissionPath
from model.emissions import Span
from model.operating_table import operating_table
from model.readings import STATUSES
from model.report.answers import GROUP, GroupFigures
from model.results import Result

BOOK = "municipality"
Unit = Literal["nominal", "real", "tonnes", "year"]
Section = Literal["whole", "paying", "beside", "climate", "operation", "benefits"]


class Amount(NamedTuple):
    """One figure: whole öre, tonnes or a year, None where not known. ``low`` and ``high`` are its
    range where it has one, ``from_below`` says that it is only known from below, ``partly`` that
    something is not known which could make it more or less."""

    mid: int | float | None
    low: int | float | None = None
    high: int | float | None = None
    from_below: bool = False
    partly: bool = False


@dataclass(frozen=True)
class Line:
    """One figure of every scenario, in their order. ``real`` money is in ``price_years`` prices;
    ``year`` is the year that the figure is of, or until."""

    section: Section
    key: str
    unit: Unit
    amounts: tuple[Amount, ...]
    year: int | None = None
    price_years: tuple = ()

    @property
    def differences(self) -> tuple[int | float | None, ...]:
        """Each less the first; None where either is not known."""
        first = self.amounts[0].mid
        return tuple(
            None if first is None or each.mid is None else each.mid - first for each in self.amounts
        )


@dataclass(frozen=True)
class Comparison:
    """Scenarios of one plan in one reading, the first one the one to measure against.

    ``year`` is the one that tonnes are of: the first target's that can be compared with, else the
    plan's last. ``target`` says which of the two.
    """

    results: tuple[Result, ...]
    reading: str
    standings: tuple[Standing, ...]
    lines: tuple[Line, ...]
    year: int
    target: bool

    def line(self, key: str) -> Line:
        """One of the lines. KeyError where it is not there."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)


def compared(results: Sequence[Result], reading: str) -> Comparison:
    """Everything that is compared of the scenarios, which are of the same version of a plan."""
    last = int(results[0].base.head.last_year)
    target = results[0].emissions().comparable
    year = target[0].aim.year if target else last
    standings = tuple(standing(result, reading) for result in results)

    def line(section: Section, key: str, unit: Unit, of: Callable, *rest, things=results) -> Line:
        return Line(section, key, unit, tuple(map(of, things)), *rest)

    def group(section: Section, key: str, of: Callable[[Standing], Amount]) -> Line:
        return line(section, key, "nominal", of, things=standings)

    tonnes = line("climate", "tonnes", "tonnes", lambda each: _span(lowered(each, year)), year)
    lines = [
        group("whole", "need", lambda each: _known(each.group, each.group.need)),
        group("whole", "covered", lambda each: Amount(each.group.covered)),
        group("whole", "gap", lambda each: _known(each.group, each.group.gap)),
        _where_any(group("whole", "one_off", lambda each: Amount(each.group.one_off))),
        _where_differing(
            line(
                "whole", "last_year", "year", lambda each: Amount(each.last_year), things=standings
            )
        ),
        *_paying(results, reading),
        line(
            "paying",
            "borrowing",
            "nominal",
            lambda each: Amount(borrowing(each, reading, last)),
            last,
        ),
        group("beside", "other", lambda each: _known(each.other, each.other.need)),
        _where_any(group("beside", "shared", lambda each: _known(each.shared, each.shared.need))),
        tonnes,
        line(
            "climate",
            "tonnes_in_all",
            "tonnes",
            lambda each: _span(lowered(each, year, in_all=True)),
            year,
        ),
        # As measures say it, where no path tells what that is in a year.
        line("climate", "yearly", "tonnes", _yearly) if _lacks(tonnes) else None,
        _where_any(line("climate", "unclear", "tonnes", lambda each: _span(each.effect().unclear))),
        line(
            "operation", "operating", "nominal", lambda each: operating(each, reading, last), last
        ),
        line("benefits", "benefits", "real", benefits, None, _price_years(results)),
    ]
    kept = tuple(each for each in lines if each is not None)
    return Comparison(tuple(results), reading, standings, kept, year, bool(target))


def who_pays(result: Result, reading: str) -> dict[str, int]:
    """What covers the group's need, öre by status of :data:`model.readings.STATUSES`."""
    found = dict.fromkeys(STATUSES, 0)
    for row in result.cover("actor_group", reading, actor_group=GROUP):
        found[row.status] += row.amount
    return found


def borrowing(result: Result, reading: str, until: int) -> int | None:
    """What the group must borrow until a year if the whole need is carried out, öre; negative pays
    debt back. None where a year is not known."""
    analysis = result.financing("group", reading, "need")
    needs = [each.borrowing_need for each in analysis.years if each.year <= until]
    return None if None in needs else sum(needs)


def lowered(result: Result, year: int, *, in_all: bool = False) -> Span | None:
    """What the measures lower emissions by in a year, tonnes, or in all until and with it.

    None where there are no emissions to begin from, the year is not on their path, or no measure
    says what it does.
    """
    path = result.emissions().path
    if path is None or not path.years[0] <= year <= path.years[-1]:
        return None
    effects = result.plan.effects
    stated = np.isin(effects.indicator, list(REDUCTIONS)) & ~np.isnan(effects.mid)
    if result.plan.size[1] and not stated.any():
        return None
    return _lowered(path, year, in_all)


def tonnes_steps(before: Result, after: Result, year: int) -> Difference:
    """How the tonnes of a year under one scenario become those under the other, step by step."""

    def tonnes(result: Result) -> float | None:
        found = lowered(result, year)
        return None if found is None else found.mid

    return before.steps_to(after.scenario, ("tonnes", year), tonnes, alone=False)


def operating(result: Result, reading: str, year: int) -> Amount:
    """What the municipality's result is worse by in a year, of what is known of it."""
    found = result.operating(reading)
    table = operating_table(found, BOOK, year)
    effect = int(found.total(BOOK)[table.years.index(year)])
    partly = bool(table.total.incomplete)
    return Amount(None if partly and not effect else effect, partly=partly)


def benefits(result: Result) -> Amount:
    """What society gains in present value, öre (a figure to compare by) with its range; None where
    nothing can be valued."""
    found = result.benefits()
    valued = found.of(kind="society")
    if not valued and result.plan.size[1]:
        return Amount(None)
    total = found.total(valued)
    cut_short = len(found.without_year) or len(found.without_life)
    low, mid, high = (round(value * 100) for value in (total.low, total.mid, total.high))
    return Amount(mid, low, high, total.from_below or bool(cut_short))


def _paying(results: Sequence[Result], reading: str) -> list[Line]:
    """One line for each status that covers something in any of the scenarios."""
    covers = [who_pays(result, reading) for result in results]
    return [
        Line("paying", status, "nominal", tuple(Amount(cover[status]) for cover in covers))
        for status in STATUSES
        if any(cover[status] for cover in covers)
    ]


def _known(of: GroupFigures, ore: int) -> Amount:
    if not ore and of.unknown:
        return Amount(None)
    return Amount(ore, from_below=of.at_least(ore))


def _where_any(line: Line) -> Line | None:
    """The line where any scenario has something of it."""
    return line if any(each.mid != 0 for each in line.amounts) else None


def _where_differing(line: Line) -> Line | None:
    """The line where the scenarios are not all alike."""
    return line if any(line.differences) else None


def _lacks(line: Line) -> bool:
    return any(each.mid is None for each in line.amounts)


def _lowered(path: EmissionPath, year: int, in_all: bool) -> Span:
    row = path.at(year)
    since = 0 if in_all else row
    low, mid, high = (
        float(path.wedges.total(level)[since : row + 1].sum()) for level in ("low", "mid", "high")
    )
    return Span(low, mid, high, path.wedges.from_below)


def _yearly(result: Result) -> Amount:
    """What measures say that they do every year, whenever that is."""
    effect = result.effect()
    if effect.unstated and not effect.stated:
        return Amount(None)
    return _span(effect.yearly)


def _span(of: Span | None) -> Amount:
    if of is None:
        return Amount(None)
    return Amount(of.mid, of.low, of.high, of.from_below and bool(of.mid))


def _price_years(results: Sequence[Result]) -> tuple:
    """The prices that the benefits are in, each once: several where no index reaches."""
    years = (
        each.price.price_year
        for result in results
        for each in result.benefits().of(kind="society")
        if each.price
    )
    return tuple(dict.fromkeys(years))
