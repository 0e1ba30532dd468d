"""Genomförande: the stage that each measure must have reached by each year, if the plan is to hold.

Nothing is reckoned from how long things usually take. A stage in a year follows from what the plan
dates, and only by definition:

- what is stated to be reached stays reached;
- in a year with expenditure of the municipal group's the appropriation is decided, for it is the
  decision to spend (:data:`model.implementation.SPENDING`). That it is procured is not implied: an
  expenditure may be design or work of one's own. Other actors decide in ways of their own;
- from the year in which a measure is to be taken in use it is in service.

It is a lower bound. After a measure's last dated year, where no date of service says how it goes
on, the stage is not known; neither is it where nothing is stated and nothing is dated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.owners import GROUP, members, of_group
from model.plan import Plan, calendar_years
from model.years import LATER

NOT_KNOWN = -1
# Stages that follow from a date (keys of data/readiness.yaml).
SPENDING, SERVICE = "appropriation", "in_service"
# Before the council's decision on the whole, and under way.
EARLY = ("idea", "study", "pilot")
UNDER_WAY = ("procured", "in_service")


@dataclass(frozen=True)
class Move:
    """A measure (its place in the plan) that must have gone from one stage to another by a year.

    ``since`` is empty where nobody has said how far it has come. ``ore`` is what is to be paid that
    year, where that is ``because``.
    """

    place: int
    year: int
    since: str
    to: str
    because: Literal["expenditure", "service"]
    ore: int


@dataclass(frozen=True, eq=False)
class Implementation:
    """Stages over time of the measures at ``places``.

    ``stage`` is (1 + years, places): an index into ``stages``, or ``NOT_KNOWN``. The first row is
    how far they have come as stated, the others the end of each of ``years``. ``ore`` is each
    measure's whole investment need in whole öre, ``known`` whether any of it is stated.
    """

    stages: tuple[str, ...]
    years: tuple[int, ...]
    places: np.ndarray
    stage: np.ndarray
    ore: np.ndarray
    known: np.ndarray
    moves: tuple[Move, ...]

    def counts(self) -> np.ndarray:
        """(1 + years, stages + 1) of how many have come how far, not known last."""
        return self._by_stage(np.ones_like(self.ore))

    def amounts(self) -> np.ndarray:
        """The same of their whole need, in whole öre."""
        return self._by_stage(self.ore)

    def stated(self, *stages: str) -> int:
        """How many are stated to stand at one of these stages; at none where none is named."""
        wanted = [self.stages.index(stage) for stage in stages] or [NOT_KNOWN]
        return int(np.isin(self.stage[0], wanted).sum())

    def key(self, row: int, column: int) -> str:
        """The stage of the measure in a column, empty where it is not known."""
        index = int(self.stage[row, column])
        return "" if index == NOT_KNOWN else self.stages[index]

    def _by_stage(self, weight: np.ndarray) -> np.ndarray:
        found = np.zeros((len(self.stage), len(self.stages) + 1), dtype=np.int64)
        rows = np.broadcast_to(np.arange(len(self.stage))[:, None], self.stage.shape)
        # NOT_KNOWN is the last column, as Python counts from the end.
        np.add.at(found, (rows, self.stage), np.broadcast_to(weight, self.stage.shape))
        return found


def implementation(
    plan: Plan, stages: Sequence[str], actor_group: str | None = GROUP
) -> Implementation:
    """The measures of an actor group (of everybody where None) by stage over time.

    ``stages`` are the keys of ``data/readiness.yaml`` in order. Of a measure that the municipal
    group has a part in, its part counts.
    """
    stage = _stages(plan, list(stages))
    years = tuple(int(year) for year in plan.years[calendar_years(plan.years)])
    places = np.flatnonzero(members(plan, actor_group))
    need = of_group(plan, plan.need.mid) if actor_group == GROUP else plan.need.mid
    spent = need + (of_group(plan, plan.one_off.mid) if actor_group == GROUP else plan.one_off.mid)
    return Implementation(
        tuple(stages),
        years,
        places,
        stage[:, places],
        need.sum(axis=0)[places],
        plan.known[places],
        _moves(plan, stage, years, places, tuple(stages), spent),
    )


def _stages(plan: Plan, stages: list[str]) -> np.ndarray:
    """(1 + years, measures) of indices into the stages."""
    calendar = calendar_years(plan.years)
    years = plan.years[calendar]
    spent = plan.need.mid + plan.one_off.mid > 0
    spends = spent[calendar]
    stated = np.array(
        [stages.index(each) if each else NOT_KNOWN for each in plan.tags["readiness"]],
        dtype=np.int64,
    )
    # What was paid before the first year was decided too.
    begun = spent[0] | np.logical_or.accumulate(spends, axis=0)
    ours = members(plan, GROUP)
    served = (plan.in_service > 0) & (years[:, None] >= plan.in_service)
    must = np.where(begun & ours, stages.index(SPENDING), NOT_KNOWN)
    must = np.where(served, stages.index(SERVICE), must)
    reached = np.maximum(must, stated)
    later = spent[-1] if plan.years[-1] == LATER else np.zeros_like(ours)
    # Something is dated in this year or after it.
    dated = np.logical_or.accumulate(spends[::-1], axis=0)[::-1]
    dated |= later | (plan.in_service > 0) | (stated == stages.index(SERVICE))
    return np.vstack([stated, np.where(dated, reached, NOT_KNOWN)])


def _moves(
    plan: Plan,
    stage: np.ndarray,
    years: tuple[int, ...],
    places: np.ndarray,
    stages: tuple[str, ...],
    spent: np.ndarray,
) -> tuple[Move, ...]:
    """Every rise of a stage, in order of year and then of the plan."""
    rows = np.flatnonzero(calendar_years(plan.years))
    found = []
    for at, year in enumerate(years):
        rises = stage[at + 1, places] > stage[at, places]
        for place in places[rises].tolist():
            since, to = int(stage[at, place]), stages[stage[at + 1, place]]
            found.append(
                Move(
                    place,
                    year,
                    "" if since == NOT_KNOWN else stages[since],
                    to,
                    "service" if to == SERVICE else "expenditure",
                    int(spent[rows[at], place]),
                )
            )
    return tuple(found)
