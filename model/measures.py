"""The measures of a plan as a list: what each needs, what covers it, what it does, and the sums.

Amounts are whole öre in one reading. The gap is the municipal group's alone; what other actors
need stands beside it and is not called a gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from model.emissions import Effect, effect, standing
from model.partly_known import PartlyKnown
from model.plan import Plan
from model.report.answers import GROUP, members
from model.report.words import ACTOR_GROUPS
from model.results import Result

INDICATOR = "co2e_reduction"
BASES = ("per_year", "unclear", "once")


@dataclass(frozen=True)
class Line:
    """One measure. ``place`` is its index in the plan; tags are keys, empty where not known.

    ``known`` is false when no amount at all is stated; ``lower_bound`` when only from below.
    ``gap`` is the group's part of what is not covered, None where the group has no part in it.
    ``tonnes`` of CO2e are None where not stated, and ``basis`` is per_year, once or unclear.
    """

    place: int
    id: str
    name: str
    project_number: str
    sector: str
    owner: str
    owner_kind: str
    actor_group: str
    department: str
    district: str
    readiness: str
    green_category: str
    known: bool
    lower_bound: bool
    low: int
    mid: int
    high: int
    covered: int
    gap: int | None
    one_off: int
    tonnes: float | None
    basis: str


@dataclass(frozen=True)
class Filter:
    """Which measures to show. What is empty keeps everything."""

    sectors: tuple[str, ...] = ()
    owner_kinds: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    readiness: tuple[str, ...] = ()
    text: str = ""
    with_gap: bool = False
    without_amount: bool = False

    def keeps(self, line: Line) -> bool:
        """Whether the measure is shown. Every word of ``text`` stands somewhere in it."""
        tags = (
            (self.sectors, line.sector),
            (self.owner_kinds, line.owner_kind),
            (self.departments, line.department),
            (self.districts, line.district),
            (self.readiness, line.readiness),
        )
        if any(chosen and value not in chosen for chosen, value in tags):
            return False
        if (self.with_gap and not line.gap) or (self.without_amount and line.known):
            return False
        said = (line.name, line.department, line.district, line.project_number, line.id)
        text = " ".join(said).casefold()
        return all(word in text for word in self.text.casefold().split())


@dataclass(frozen=True)
class Sums(PartlyKnown):
    """The measures of one actor group among those shown; a measure with shares counts in each."""

    actor_group: str
    measures: int
    unknown: int
    lower_bounds: int
    need: int
    covered: int
    gap: int
    one_off: int


def lines(result: Result, reading: str) -> list[Line]:
    """Every measure that the scenario keeps, in the plan's order."""
    plan, outcome = result.plan, result.outcome(reading)
    need, gap = outcome.need.sum(axis=0), outcome.gap.sum(axis=0)
    low, high, one_off = (
        table.sum(axis=0) for table in (plan.need.low, plan.need.high, outcome.one_off)
    )
    of_group = {row.measure: row.gap for row in result.behind("actor_group", GROUP, reading)}
    in_group = members(plan, GROUP)
    tonnes = _tonnes(plan)
    return [
        Line(
            place=place,
            **{name: str(plan.tags[name][place]) for name in _TAGS},
            known=bool(plan.known[place]),
            lower_bound=bool(plan.lower_bound[place]),
            low=int(low[place]),
            mid=int(need[place]),
            high=int(high[place]),
            covered=int(need[place] - gap[place]),
            gap=of_group.get(place, 0) if in_group[place] else None,
            one_off=int(one_off[place]),
            tonnes=tonnes[place][0],
            basis=tonnes[place][1],
        )
        for place in range(plan.size[1])
    ]


_TAGS = (
    "id",
    "name",
    "project_number",
    "sector",
    "owner",
    "owner_kind",
    "actor_group",
    "department",
    "district",
    "readiness",
    "green_category",
)


def sums(result: Result, reading: str, shown: Iterable[Line]) -> list[Sums]:
    """What the shown measures add up to, by actor group; groups without a measure are left out."""
    shown = list(shown)
    chosen = np.zeros(result.plan.size[1], dtype=bool)
    chosen[[line.place for line in shown]] = True
    found = []
    for group in ACTOR_GROUPS:
        mask = chosen & members(result.plan, group)
        if not mask.any():
            continue
        rows = [row for row in result.behind("actor_group", group, reading) if mask[row.measure]]
        found.append(
            Sums(
                group,
                measures=int(mask.sum()),
                unknown=int((mask & ~result.plan.known).sum()),
                lower_bounds=int((mask & result.plan.lower_bound).sum()),
                **{
                    name: sum(getattr(row, name) for row in rows)
                    for name in ("need", "covered", "gap", "one_off")
                },
            )
        )
    return found


def tonnes(result: Result, shown: Iterable[Line]) -> Effect:
    """What the shown measures are said to do to emissions, each effect group counted once."""
    chosen = np.zeros(result.plan.size[1], dtype=bool)
    chosen[[line.place for line in shown]] = True
    return effect(result.plan.keep(chosen), INDICATOR)


def _tonnes(plan: Plan) -> list[tuple[float | None, str]]:
    """Tonnes and their basis by measure: the yearly ones where there are any."""
    effects = plan.effects.take(standing(plan.effects))
    found: list[tuple[float | None, str]] = [(None, "")] * plan.size[1]
    stated = (effects.indicator == INDICATOR) & ~np.isnan(effects.mid)
    for basis in reversed(BASES):
        for line in np.flatnonzero(stated & (effects.basis == basis)):
            place = effects.measure[line]
            before = found[place][0] if found[place][1] == basis else 0.0
            found[place] = (before + float(effects.mid[line]), basis)
    return found


def alone(result: Result, measure_id: str) -> Result | None:
    """The result of one measure by itself; None where the scenario does not carry it out.

    Nothing is shared between measures, so its figures are those that it has in the whole.
    """
    chosen = result.plan.tags["id"] == measure_id
    if not chosen.any():
        return None
    return Result(result.base, result.plan.keep(chosen), result.scenario, result.store)
