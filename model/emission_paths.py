"""The path of emissions: business as usual, and the plan's measures as wedges under it.

A measure's wedge is what it lowers yearly emissions by, from the year its effect is stated for, or
the year after it is taken in service (or its last investment, by the plan's last year at the
latest), to the end of its life. What it does already in the latest year with emissions is in those
emissions and is not counted again. Joint effects count once, in the first of the counted measures
that share them; two measures that are declared to interact give their share of their sum while both
are at work.

Only effects of the path's own gas and boundary are in it. What differs, comes once, or does not say
whether it comes every year, stands apart with its reason and is never added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from model.business_as_usual import Usual
from model.emission_rows import Interaction
from model.horizon import Horizon
from model.inventory import Inventory
from model.plan import Plan

Reason = Literal["gas", "boundary", "unclear", "once", "in_baseline", "joint"]
# What lowers emissions, and of which gas where a line does not say.
REDUCTIONS = {"co2e_reduction": "co2e", "fossil_co2_reduction": "fossil_co2"}
SINKS = {"co2e_sink": "co2e"}
LEVELS = ("low", "mid", "high")
# Where the tonnes of a plan fall when an effect does not say.
BOUNDARY_OF = {
    "territory": "territorial",
    "organisation": "organisation",
    "municipal_group": "organisation",
}
# The municipality is a part of its group, and what it lowers the group lowers.
_WITHIN = {"municipal_group": ("municipal_group", "organisation")}


class Apart(NamedTuple):
    """A line of effect that is not in the path, t: ``measure`` is an index into the plan."""

    measure: int
    indicator: str
    reason: Reason
    gas: str
    boundary: str
    low: float
    mid: float
    high: float


@dataclass(frozen=True, eq=False)
class Wedges:
    """Tonnes a year that measures lower emissions by, each level (years, measures).

    ``counted`` says which measures count (their readiness is far enough), and ``sinks`` are what
    they store, (years, measures), beside the path. ``joint`` is the group each measure shares its
    effect in, empty where it shares none. ``begin_unknown`` and ``end_unknown`` say whose year
    could not be known: the effect is then taken to begin in the plan's last year and to last.
    """

    years: np.ndarray
    low: np.ndarray
    mid: np.ndarray
    high: np.ndarray
    sinks: np.ndarray
    counted: np.ndarray
    apart: tuple[Apart, ...]
    begin_unknown: np.ndarray
    end_unknown: np.ndarray
    from_below: bool

    def total(self, level: str = "mid") -> np.ndarray:
        """(years,) of the counted measures. Low and high are the sums of lows and of highs: all
        measures go badly, or well, at once."""
        return getattr(self, level)[:, self.counted].sum(axis=1)

    def by(self, tags: np.ndarray) -> dict[str, np.ndarray]:
        """(years,) of the counted measures by a tag, those that do something, largest first."""
        found = {}
        for key in np.unique(tags[self.counted].astype(str)):
            tonnes = self.mid[:, self.counted & (tags == key)].sum(axis=1)
            if tonnes.any():
                found[str(key)] = tonnes
        return dict(sorted(found.items(), key=lambda each: -abs(each[1]).max()))


@dataclass(frozen=True, eq=False)
class EmissionPath:
    """One inventory's way onward under one plan. ``years`` begin with its latest year."""

    inventory: Inventory
    usual: Usual
    wedges: Wedges

    @property
    def years(self) -> np.ndarray:
        """(years,)"""
        return self.usual.years

    def planned(self, level: str = "mid") -> np.ndarray:
        """(years,) t: what is left to emit with the counted measures. NaN where it is not known."""
        return self.usual.total - self.wedges.total(level)

    @property
    def stored(self) -> np.ndarray:
        """(years,) t that the counted measures store: beside what is emitted, not under it."""
        return self.wedges.sinks[:, self.wedges.counted].sum(axis=1)

    def at(self, year: int) -> int:
        """The row of a year. ValueError outside the path."""
        row = year - int(self.years[0])
        if not 0 <= row < len(self.years):
            raise ValueError(f"{year} is not on the path: {self.years[0]} to {self.years[-1]}")
        return row


def boundaries(plan: Plan) -> np.ndarray:
    """(effect lines,) within which boundary each is stated; the plan's where it does not say."""
    usual = BOUNDARY_OF[plan.head.system_boundary]
    return np.where(plan.effects.boundary != "", plan.effects.boundary, usual)


def wedges(
    plan: Plan,
    horizon: Horizon,
    inventory: Inventory,
    years: np.ndarray,
    counted: np.ndarray,
    interactions: Iterable[Interaction] = (),
) -> Wedges:
    """The measures' wedges in ``years``, of the inventory's gas and boundary.

    ``counted`` is a mask of measures.
    """
    known = REDUCTIONS | SINKS
    gas_of = np.array([known.get(key, "") for key in plan.effects.indicator], dtype=object)
    chosen = (gas_of != "") & ~np.isnan(plan.effects.mid)
    lines, boundary = plan.effects.take(chosen), boundaries(plan)[chosen]
    gas = np.where(lines.gas != "", lines.gas, gas_of[chosen])
    within = _WITHIN.get(inventory.boundary, (inventory.boundary,))
    reason = np.full(len(gas), "", dtype=object)
    for why, mask in (
        ("once", lines.basis == "once"),
        ("unclear", lines.basis == "unclear"),
        ("boundary", ~np.array([key in within for key in boundary], dtype=bool)),
        ("gas", gas != inventory.gas),
    ):
        reason[mask] = why
    reason[_shared(lines, counted, reason == "")] = "joint"
    comparable = reason == ""
    sink = np.array([key in SINKS for key in lines.indicator], dtype=bool)
    begin, begin_unknown = _begins(plan, horizon, lines)
    end = np.where(plan.assets.lifetime > 0, horizon.base + horizon.end, 0)
    alive = (end == 0) | (years[:, None] <= end)
    low, high = (np.where(np.isnan(side), lines.mid, side) for side in (lines.low, lines.high))
    tonnes = np.array([low, lines.mid, high])

    def yearly(mask: np.ndarray, amounts: np.ndarray) -> np.ndarray:
        of = begin[mask], lines.measure[mask], amounts[:, mask]
        return held_levels(years, *of, plan.size[1])

    held = yearly(comparable & ~sink, tonnes)
    stored = yearly(comparable & sink, tonnes[1:2])[0]
    lowered = (held - held[:, :1]) * alive
    ids = plan.tags["id"].tolist()
    lowered *= interaction_factor(ids, lowered[1], counted, interactions)
    apart = _apart(lines, reason, gas, boundary, tonnes)
    apart += _in_baseline(held[:, 0], inventory)

    def measures(mask: np.ndarray) -> np.ndarray:
        return np.bincount(lines.measure[mask], minlength=plan.size[1]) > 0

    only_low = ~np.isnan(lines.low) & np.isnan(lines.high) & comparable & ~sink
    return Wedges(
        years,
        *lowered,
        (stored - stored[0]) * alive,
        counted,
        tuple(apart),
        measures(begin_unknown & comparable) & counted,
        measures(comparable) & counted & (end == 0),
        bool((only_low & counted[lines.measure]).any()),
    )


def counted_from(plan: Plan, stages: Sequence[str], stage: str) -> np.ndarray:
    """Mask of the measures that have come as far as ``stage`` of ``stages``; all where it is empty.

    A measure that does not say how far it has come counts only among all.
    """
    if not stage:
        return np.ones(plan.size[1], dtype=bool)
    far_enough = list(stages)[list(stages).index(stage) :]
    return np.isin(plan.tags["readiness"], far_enough)


def _shared(lines, counted: np.ndarray, comparable: np.ndarray) -> np.ndarray:
    """Mask of the comparable lines that another line counts: a joint effect stands in the first
    measure of those that count, or of all that share it where none does."""
    shared = np.zeros(len(lines.measure), dtype=bool)
    places = np.flatnonzero((lines.effect_group != "") & comparable)
    numbers: dict[tuple, int] = {}
    keys = zip(lines.effect_group[places], lines.indicator[places], strict=True)
    group = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
    measure = lines.measure[places]
    order = measure + len(counted) * ~counted[measure]
    first = np.full(len(numbers), 2 * len(counted))
    np.minimum.at(first, group, order)
    shared[places] = order != first[group]
    return shared


def _begins(plan: Plan, horizon: Horizon, lines) -> tuple[np.ndarray, np.ndarray]:
    """(lines,) the year each begins, and whether that was not known.

    A plan is carried out by its last year: what is said neither to be in service nor to have an
    effect later is taken to be at work then.
    """
    dated = plan.in_service > 0
    unknown = ~dated & ~(plan.need.mid + plan.incremental.mid > 0).any(axis=0)
    after, last = horizon.base + horizon.service + 1, int(plan.head.last_year)
    after = np.where(dated, after, np.where(unknown, last, np.minimum(after, last)))
    begin = np.where(lines.year > 0, lines.year, after[lines.measure])
    return begin, unknown[lines.measure] & (lines.year == 0)


def held_levels(
    years: np.ndarray, begin: np.ndarray, measure: np.ndarray, amounts: np.ndarray, measures: int
) -> np.ndarray:
    """(levels, years, measures): levels that hold from their year until the measure's next one.

    ``amounts`` is (levels, lines); two of one measure and year add up. What began before the first
    of ``years`` stands in it.
    """
    table = np.zeros((len(amounts), len(years) * measures))
    if len(begin):
        order = np.lexsort((begin, measure))
        begin, measure = begin[order], measure[order]
        new = np.ones(len(begin), dtype=bool)
        new[1:] = (begin[1:] != begin[:-1]) | (measure[1:] != measure[:-1])
        starts = np.flatnonzero(new)
        begin, measure = begin[starts], measure[starts]
        level = np.add.reduceat(amounts[:, order], starts, axis=1)
        before = np.zeros_like(level)
        before[:, 1:] = np.where(measure[1:] == measure[:-1], level[:, :-1], 0.0)
        row = np.maximum(begin - years[0], 0)
        inside = row < len(years)
        place = row[inside] * measures + measure[inside]
        for each, change in zip(table, (level - before)[:, inside], strict=True):
            np.add.at(each, place, change)
    return table.reshape(len(amounts), len(years), measures).cumsum(axis=1)


def interaction_factor(
    ids: Sequence[str], tonnes: np.ndarray, counted: np.ndarray, interactions: Iterable[Interaction]
) -> np.ndarray:
    """(years, measures) what each wedge of ``tonnes`` is multiplied by while both of a pair work.

    ``ids`` are the measures'. Pairs of one measure multiply, so the order says nothing, and no pair
    makes measures do more than their sum.
    """
    factor = np.ones_like(tonnes)
    places = {key: place for place, key in enumerate(ids)}
    for pair in interactions:
        both = [places.get(pair.first), places.get(pair.second)]
        if None in both or not counted[both].all():
            continue
        working = (tonnes[:, both] != 0).all(axis=1)
        factor[np.ix_(working, both)] *= float(pair.share)
    return factor


def _apart(lines, reason, gas, boundary, tonnes: np.ndarray) -> list[Apart]:
    return [
        Apart(
            int(lines.measure[i]),
            str(lines.indicator[i]),
            reason[i],
            str(gas[i]),
            str(boundary[i]),
            *tonnes[:, i].tolist(),
        )
        for i in np.flatnonzero(reason != "")
    ]


def _in_baseline(held: np.ndarray, inventory: Inventory) -> list[Apart]:
    """``held`` is (levels, measures) in the inventory's latest year."""
    indicator = {gas: key for key, gas in REDUCTIONS.items()}[inventory.gas]
    return [
        Apart(int(measure), indicator, "in_baseline", *inventory.of, *held[:, measure].tolist())
        for measure in np.flatnonzero(held[1])
    ]
