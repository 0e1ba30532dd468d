"""One scenario beside another: where each stands, and what an adjustment changes by itself.

What is compared is the municipal group's gap in one reading. Other actors' need stands beside it
and is never added to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.difference import Difference
from model.emissions import Effect
from model.report.answers import GROUP, GroupFigures, figures
from model.results import READINGS, Result
from model.scenario import Scenario
from model.years import is_calendar_year

# How many may be compared, and how many are when nobody has said which.
MOST = 6
USUAL = 4


@dataclass(frozen=True)
class Standing:
    """One scenario of a plan in one reading: the group's figures, and what stands beside them.

    ``other`` are other actors', ``shared`` of measures whose split nobody has stated.
    ``last_year`` is the plan's under the scenario, ``reduction`` what its measures do to emissions.
    """

    scenario: Scenario
    group: GroupFigures
    other: GroupFigures
    shared: GroupFigures
    last_year: int
    reduction: Effect


@dataclass(frozen=True)
class Change:
    """How one result differs from another: ``gap`` is how much larger the group's gap is, in öre.

    ``moved`` is how much of the gap lies in another year besides, in öre.
    """

    gap: int
    moved: int

    def __bool__(self) -> bool:
        return bool(self.gap or self.moved)


def standing(result: Result, reading: str) -> Standing:
    """Where a scenario stands in a reading."""
    group, other, shared = (figures(result, reading, key) for key in (GROUP, "other", "shared"))
    last_year = result.plan.head.last_year
    return Standing(result.scenario, group, other, shared, last_year, result.effect())


def years_of(reading: str, *compared: Result) -> tuple[int, ...]:
    """The years to show: every calendar year of any of them, *before* and *later* where the group
    has need there. The need is the same in every reading.
    """
    years = {
        year
        for result in compared
        for year, (need, _gap) in result.group_by_year(reading).items()
        if need or is_calendar_year(year)
    }
    return tuple(sorted(years))


def need_and_gap(
    result: Result, reading: str, years: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """The group's (need, gap) in these years, int64 öre; zero in a year that the plan lacks."""
    found = result.group_by_year(reading)
    need, gap = zip(*(found.get(year, (0, 0)) for year in years), strict=True)
    return np.array(need, dtype=np.int64), np.array(gap, dtype=np.int64)


def change(before: Result, after: Result, reading: str) -> Change:
    """What is different after, in one reading."""
    years = years_of(reading, before, after)
    more = need_and_gap(after, reading, years)[1] - need_and_gap(before, reading, years)[1]
    net = int(more.sum())
    return Change(net, int(np.abs(more).sum() - abs(net)) // 2)


def gap_steps(before: Result, after: Result, reading: str) -> Difference:
    """How the group's gap under one scenario becomes that under the other, öre, step by step."""

    def gap(result: Result) -> int:
        return figures(result, reading).gap

    return before.steps_to(after.scenario, ("gap", reading), gap)


def moving_reading(before: Result, after: Result, reading: str) -> str | None:
    """The reading in which something is different after, the given one first; None where none is.

    Of the others it is the firmest.
    """
    for candidate in (reading, *READINGS):
        if change(before, after, candidate):
            return candidate
    return None


def usual_company(
    scenarios: Mapping[str, Scenario], chosen: str, adjusted: bool
) -> tuple[str, ...]:
    """The ids of the scenarios to put beside the chosen one when nobody has said which.

    The plan as it is and what changes it, but not a plan without measures: it lacks nothing.
    """
    found = [
        scenario.id
        for scenario in scenarios.values()
        if (scenario.id != chosen or adjusted) and not scenario.carries_nothing_out
    ]
    return tuple(found[: USUAL - 1])
