"""What in a plan is not certain, and the gap in any world that may come of it.

An expenditure with a low and a high is drawn between them, all years of a measure together, its
investment and its one-off operating expenditure alike; an application succeeds or not; and prices
may rise faster or slower than the plan says. The gap of a world is matched by the kernel of every
other page (:mod:`model.gap`): draws lie beside each other as columns, so that many worlds are one
wide table. Pure.

What has no range is certain as stated, and an unknown cost stays unknown. Investment is paid first,
so one-off expenditure moves the gap only where a grant is a share of it too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from model.draws import SHAPES, Points, Shape, Spread, half_up, in_groups
from model.money import scale
from model.owners import GROUP, members
from model.plan import Amounts, Plan
from model.readings import COUNTED, read
from model.world_tables import Block, GroupSums, costing
from model.years import is_calendar_year

BATCH = 256
# Entries of a table of (years, columns) that the processor keeps at hand: measured, not derived.
AT_HAND = 128_000
Kind = Literal["price", "common", "cost", "application"]
Common = Literal["sector", "all"]


class Price(NamedTuple):
    """How much more prices rise a year than the plan says, as shares: low, central and high."""

    low: float
    mid: float
    high: float


class Input(NamedTuple):
    """Something that is drawn. ``measure`` and ``line`` (of grants) are indices into the plan, -1
    where it is about several; ``group`` is the sector that shares what is common."""

    kind: Kind
    measure: int = -1
    line: int = -1
    group: str = ""


@dataclass(frozen=True)
class Certainty:
    """What is drawn of the measures that are looked at, and what is not.

    Measures by their index in the plan: ``ranged`` have a range, ``certain`` a cost without one,
    ``lower_bounds`` only a cost from below, and ``unknown`` no cost. Counts of applications: those
    ``drawn``, those ``without_chance`` that anybody has stated, and those that the reading leaves
    out.
    """

    ranged: tuple[int, ...]
    certain: tuple[int, ...]
    lower_bounds: tuple[int, ...]
    unknown: tuple[int, ...]
    drawn: int
    without_chance: int
    left_out: int

    @property
    def measures(self) -> int:
        """How many are looked at."""
        return sum(map(len, (self.ranged, self.certain, self.lower_bounds, self.unknown)))


@dataclass(frozen=True, eq=False)
class World:
    """Worlds drawn together: where each range lies, which applications succeed, the price change.

    ``cost`` is (ranged, draws) between 0 and 1, ``won`` (applications, draws) true or false, and
    ``price`` (draws,) a share a year, None where the plan's prices hold.
    """

    cost: np.ndarray
    won: np.ndarray
    price: np.ndarray | None

    def take(self, draws) -> "World":
        """Some of them."""
        price = None if self.price is None else self.price[draws]
        return World(self.cost[:, draws], self.won[:, draws], price)


class Worlds:
    """The worlds of one plan in one reading, as far as the measures of ``actor_group`` go.

    Applications are drawn in the reading ``expected``; in the others none is counted, or all are.
    Without a ``price`` the plan's prices hold. ``shape`` is that of every range.
    ValueError for an unknown reading.
    """

    def __init__(
        self,
        plan: Plan,
        reading: str = "expected",
        actor_group: str | None = GROUP,
        price: Price | None = None,
        shape: Shape = "triangular",
    ):
        if reading not in COUNTED:
            raise ValueError(f"{reading!r} is no reading: expected one of {', '.join(COUNTED)}")
        self.reading, self.price, self.actor_group = reading, price, actor_group
        self.shape: Shape = shape
        ours = members(plan, actor_group)
        # What has no chance, or is not counted, comes in no world of this reading.
        grants = plan.grants
        chance = np.nan_to_num(grants.probability)
        counted = ours[grants.measure] & np.isin(grants.status, COUNTED[reading])
        applied = counted & (grants.status == "applied") & (reading == "expected")
        comes = counted & ~(applied & (chance == 0))
        self.plan = plan.replace(grants=grants.take(comes)).keep(ours)
        self.ours = np.flatnonzero(ours)
        self.ranged = np.flatnonzero(_has_range(self.plan.need) | _has_range(self.plan.one_off))
        self.lines = np.flatnonzero((applied & (chance < 1))[comes])
        self.chance = self.plan.grants.probability[self.lines]
        original = np.flatnonzero(comes)[self.lines]
        self.costs = tuple(Input("cost", measure=int(m)) for m in self.ours[self.ranged])
        self.applications = tuple(
            Input("application", int(grants.measure[line]), int(line)) for line in original
        )
        self.certainty = self._certainty(plan, ours, applied & (chance == 0))

    def gap(self, world: World) -> np.ndarray:
        """(years, measures, draws) in öre, of the measures ``ours``: whole, whoever owns them."""
        draws = world.cost.shape[1] if world.price is None else len(world.price)
        found = np.empty((*self.plan.size, draws), dtype=np.int64)
        found[:] = read(self.plan, self.reading).gap[:, :, None]
        for block in self.blocks(draws):
            found[:, block.measures] = block.gap(world)
        return found

    def blocks(self, draws: int) -> list[Block]:
        """What varies, in tables that the processor keeps at hand, for so many draws at a time."""
        varies = np.zeros(self.plan.size[1], dtype=bool)
        varies[self.ranged] = True
        varies[self.plan.grants.measure[self.lines]] = True
        if self.price is not None:
            varies |= self.plan.need.mid.any(axis=0)
        chosen = np.flatnonzero(varies)
        at_a_time = max(AT_HAND // (self.plan.size[0] * draws), 1)
        return [
            Block(self, chosen[start : start + at_a_time], draws)
            for start in range(0, len(chosen), at_a_time)
        ]

    def one(self, world: World) -> Plan:
        """The plan of a single world, which :func:`model.readings.read` reads as any other plan:
        its needs are what the world makes of them, and only the applications that succeed are left.
        """
        plan = self.plan
        need, one_off = (self._drawn(of, world) for of in (plan.need, plan.one_off))
        if world.price is not None:
            paid = np.minimum(plan.paid, need)
            need = paid + scale(need - paid, self.price_factors(world.price))
        lost = self.lines[~world.won[:, 0]]
        grants = plan.grants.replace(
            probability=np.where(plan.grants.status == "applied", 1.0, plan.grants.probability)
        )
        kept = ~np.isin(np.arange(len(grants.measure)), lost)
        return costing(plan.replace(grants=grants.take(kept)), need, one_off)

    def _drawn(self, of: Amounts, world: World) -> np.ndarray:
        """(years, measures) in öre of a single world."""
        found = of.mid.copy()
        for place, measure in enumerate(self.ranged):
            low, mid, high = (getattr(of, level)[:, measure] for level in ("low", "mid", "high"))
            share = np.broadcast_to(world.cost[place], (len(low), 1))
            amounts = SHAPES[self.shape](low, mid, high).draw(share)
            found[:, measure] = np.where(low == high, mid, half_up(amounts[:, 0]))
        return found

    def price_factors(self, price: np.ndarray) -> np.ndarray:
        """(years, draws): what unpaid expenditure is multiplied by when prices rise so much more.

        What lies before the plan's first year is spent; *later* is the year after the last one.
        """
        head = self.plan.head
        last = head.last_year + 1
        years = [int(y) if is_calendar_year(int(y)) else last for y in self.plan.years]
        since = np.array([year - head.base_year for year in years])
        since[0] = 0
        return (1 + price) ** since[:, None]

    def of_group(self) -> GroupSums:
        """How much of what is missing in the measures is the group's own."""
        return GroupSums(self.plan, self.actor_group)

    def _certainty(self, plan: Plan, ours: np.ndarray, without_chance: np.ndarray) -> Certainty:
        applied = (plan.grants.status == "applied") & ours[plan.grants.measure]
        counted = "applied" in COUNTED[self.reading]
        ranged = np.zeros(plan.size[1], dtype=bool)
        ranged[self.ours[self.ranged]] = True
        known, bound = plan.known, plan.lower_bound & ~ranged

        def measures(mask: np.ndarray) -> tuple[int, ...]:
            return tuple(np.flatnonzero(mask & ours).tolist())

        return Certainty(
            ranged=measures(ranged),
            certain=measures(known & ~ranged & ~bound),
            lower_bounds=measures(known & bound),
            unknown=measures(~known),
            drawn=len(self.lines),
            without_chance=int(without_chance.sum()),
            left_out=0 if counted else int(applied.sum()),
        )


def drawn(
    worlds: Worlds,
    draws: int,
    seed: int,
    common: Common,
    correlation: float,
    spread: Spread = "sobol",
) -> Iterator[tuple[World, np.ndarray]]:
    """Batches of worlds, and where each of :func:`inputs` lies, (inputs, batch) from 0 to 1.

    The last batch holds more worlds than are asked for, so that batches are of one size.
    """
    what, order = inputs(worlds, common, correlation), _by_weight(worlds)
    priced = worlds.price is not None
    groups = [each.group for each in what if each.kind == "common"]
    tags = worlds.plan.tags["sector"][worlds.ranged]
    place = {group: at for at, group in enumerate(groups)}
    # Of what is common to all there is one, without a name.
    of = np.array([place.get(tag, 0) for tag in tags], dtype=int)
    points = Points(len(what), seed, BATCH, spread)
    price = SHAPES[worlds.shape](*([each] for each in worlds.price)) if priced else None
    single = priced + len(groups)
    for _ in range(-(-draws // BATCH)):
        at = points.take()
        own = np.empty((len(order), BATCH))
        own[order] = at[single:]
        at[single:] = own
        cost, won = own[: len(worlds.ranged)], own[len(worlds.ranged) :]
        if groups:
            cost = in_groups(cost, at[priced:single], of, correlation)
        change = None if price is None else price.draw(at[:1])[0]
        yield World(cost, won < worlds.chance[:, None], change), at


def inputs(worlds: Worlds, common: Common, correlation: float) -> tuple[Input, ...]:
    """What is drawn, in order: prices, what is common to costs, each cost, each application."""
    shared = np.unique(worlds.plan.tags["sector"][worlds.ranged].astype(str)).tolist()
    if common == "all":
        shared = [""] if shared else []
    return (
        *([Input("price")] if worlds.price is not None else []),
        *(Input("common", group=group) for group in (shared if correlation else ())),
        *worlds.costs,
        *worlds.applications,
    )


def _by_weight(worlds: Worlds) -> np.ndarray:
    """Costs and applications, largest first: the first dimensions are the most even."""
    need, one_off = worlds.plan.need, worlds.plan.one_off
    spread = (need.high - need.low + one_off.high - one_off.low)[:, worlds.ranged].sum(axis=0)
    sought = worlds.plan.grants.payments[:, worlds.lines].sum(axis=0)
    return np.argsort(-np.concatenate([spread, sought]), kind="stable")


def _has_range(amounts: Amounts) -> np.ndarray:
    """Mask of measures."""
    return (amounts.low != amounts.high).any(axis=0)
