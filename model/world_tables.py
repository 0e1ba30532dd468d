"""Worlds as tables: draws beside each other as columns, matched by the kernel of every other page.

A table of (years, measures, draws) is to the kernel one of (years, columns), so that what it does
to a plan it does to every draw of it. Pure.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from model.draws import SHAPES, Shape, half_up
from model.money import scale
from model.owners import Parts, parts
from model.plan import Amounts, Grants, Plan
from model.readings import Money, effective_payments, sum_lines

if TYPE_CHECKING:
    from model.worlds import World, Worlds

MILLION = 1_000_000


def costing(plan: Plan, need: np.ndarray, one_off: np.ndarray | None = None) -> Plan:
    """The plan when it turns out to cost ``need`` and ``one_off`` (as stated when None), each
    (years, measures) in öre.

    Eligible expenditure follows, as under a scenario's cost factor: the grant is the lower of what
    was granted and its share of what it really cost.
    """
    before, after = plan.need.mid.sum(axis=0), need.sum(axis=0)
    eligible = _followed(plan.grants.eligible, _ratio(after, before)[plan.grants.measure])
    one_off = plan.one_off.mid if one_off is None else one_off
    return plan.replace(
        need=Amounts(need, need, need),
        one_off=Amounts(one_off, one_off, one_off),
        grants=plan.grants.replace(eligible=eligible),
    )


class Block:
    """Some measures, each with ``draws`` columns beside each other."""

    def __init__(self, worlds: "Worlds", measures: np.ndarray, draws: int):
        mask = np.zeros(worlds.plan.size[1], dtype=bool)
        mask[measures] = True
        whole = worlds.plan
        plan = whole.keep(mask)
        self.worlds, self.measures, self.draws, self.plan = worlds, measures, draws, plan
        self.shape = (*plan.size, draws)
        self.paid = plan.paid[:, :, None]
        # The block's ranges, and which row of a world's costs each lies at.
        self.ranged = np.flatnonzero(np.isin(worlds.ranged, measures))
        places = np.searchsorted(measures, worlds.ranged[self.ranged])
        self.need = _Drawn(plan.need, places, worlds.shape)
        self.one_off = _Drawn(plan.one_off, places, worlds.shape)
        nothing = np.zeros_like(plan.need.mid)
        money = Money(plan, nothing, nothing, planned=worlds.reading != "secured")
        self.money = money.repeated(draws)
        self._grants(np.flatnonzero(mask[whole.grants.measure]))

    def _grants(self, lines: np.ndarray) -> None:
        """Sort the block's grant lines (``lines``: indices into the worlds' plan)."""
        grants, worlds = self.plan.grants, self.worlds
        place = np.full(len(worlds.plan.grants.measure), -1)
        place[worlds.lines] = np.arange(len(worlds.lines))
        self.drawn = place[lines]
        varies = np.zeros(self.plan.size[1], dtype=bool)
        varies[self.need.columns] = True
        varies[self.one_off.columns] = True
        varies |= worlds.price is not None
        # A share of what it costs is another amount in every world.
        self.follows = np.flatnonzero(~np.isnan(grants.share) & varies[grants.measure])
        expenditure = (self.plan.need.mid + self.plan.one_off.mid).sum(axis=0)
        self.payments = effective_payments(grants, expenditure)
        sure = self.drawn < 0
        sure[self.follows] = False
        certain = sum_lines(self.payments[:, sure], grants.measure[sure], self.plan.size)
        self.certain = certain
        # Each other line: its measure, its application, and the years in which it may pay.
        self.rest = []
        for line in np.flatnonzero(~sure):
            paying = np.flatnonzero(grants.payments[:, line])
            years = slice(paying[0], paying[-1] + 1) if len(paying) else slice(0)
            self.rest.append((line, grants.measure[line], self.drawn[line], years))
        repeated = grants.take(np.repeat(self.follows, self.draws))
        every = np.tile(np.arange(self.draws), len(self.follows))
        self.following: Grants = replace(repeated, measure=repeated.measure * self.draws + every)

    def gap(self, world: "World") -> np.ndarray:
        """(years, measures of the block, draws) in öre."""
        need = self.needs(world)
        grants = self._arriving(world, need)
        unpaid = need - np.minimum(self.paid, need) if self.paid.any() else need
        wide = self.shape[0], -1
        return self.money.match(unpaid.reshape(wide), grants.reshape(wide)).gap.reshape(self.shape)

    def needs(self, world: "World") -> np.ndarray:
        """(years, measures of the block, draws) in öre: the investment need."""
        need = self.need.table(world.cost[self.ranged])
        if world.price is None:
            return need
        paid = np.minimum(self.paid, need)
        return paid + scale(need - paid, self.worlds.price_factors(world.price)[:, None, :])

    def one_offs(self, world: "World") -> np.ndarray:
        """The same of one-off operating expenditure, whose price stays as stated."""
        return self.one_off.table(world.cost[self.ranged])

    def _arriving(self, world: "World", need: np.ndarray) -> np.ndarray:
        arriving = beside(self.certain, self.draws)
        followed = {}
        if len(self.follows):
            following = self._following(need, self.one_offs(world))
            followed = dict(zip(self.follows.tolist(), following, strict=True))
        for line, measure, application, years in self.rest:
            amounts = followed.get(line, self.payments[:, line, None])[years]
            if application >= 0:
                amounts = amounts * world.won[application]
            arriving[years, measure] += amounts
        return arriving

    def _following(self, need: np.ndarray, one_off: np.ndarray) -> np.ndarray:
        """(lines that follow the cost, years, draws) in öre."""
        invested = need.sum(axis=0).reshape(-1)
        expenditure = invested + one_off.sum(axis=0).reshape(-1)
        before = np.repeat(self.plan.need.mid.sum(axis=0), self.draws)
        ratio = _ratio(invested, before)
        lines = self.following
        eligible = _followed(lines.eligible, ratio[lines.measure])
        paid = effective_payments(lines.replace(eligible=eligible), expenditure)
        return paid.reshape(self.shape[0], len(self.follows), self.draws).swapaxes(0, 1)


class _Drawn:
    """Amounts of a block's measures, of which those at ``places`` may have a range.

    ``columns`` are the measures of the entries that have one.
    """

    def __init__(self, amounts: Amounts, places: np.ndarray, shape: Shape):
        self.mid = amounts.mid
        low, high = amounts.low[:, places], amounts.high[:, places]
        self._rows, self._row_of = np.nonzero(low != high)
        self.columns = places[self._row_of]
        cells = self._rows, self.columns
        self._ranges = SHAPES[shape](*(getattr(amounts, n)[cells] for n in ("low", "mid", "high")))

    def table(self, place: np.ndarray) -> np.ndarray:
        """(years, measures, draws) in öre, the ranges at ``place`` (places, draws)."""
        found = beside(self.mid, place.shape[1])
        if len(self._rows):
            found[self._rows, self.columns] = half_up(self._ranges.draw(place, self._row_of))
        return found


def beside(table: np.ndarray, draws: int) -> np.ndarray:
    """(years, measures) as (years, measures, draws), the same in every draw, to be changed."""
    found = np.empty((*table.shape, draws), dtype=np.int64)
    found[:] = table[:, :, None]
    return found


def _ratio(after: np.ndarray, before: np.ndarray) -> np.ndarray:
    return np.divide(after, before, out=np.ones(len(before)), where=before > 0)


def _followed(eligible: np.ndarray, ratio: np.ndarray) -> np.ndarray:
    """Eligible expenditure when the measure costs ``ratio`` times as much; -1 is not stated."""
    return np.where(eligible >= 0, scale(np.maximum(eligible, 0), ratio), eligible)


class GroupSums:
    """Sums over measures of the part of each that is one actor group's."""

    def __init__(self, plan: Plan, actor_group: str | None):
        every = parts(plan)
        ours = np.ones(len(every.measure), dtype=bool)
        if actor_group is not None:
            ours = every.actor_group == actor_group
        whole = every.until - every.since == MILLION
        self.whole = np.zeros(plan.size[1], dtype=bool)
        self.whole[every.measure[ours & whole]] = True
        self.shared = every.take(ours & ~whole)

    def by_year(self, amounts: np.ndarray, measures: np.ndarray) -> np.ndarray:
        """(years, draws) of ``amounts`` (years, measures, draws), the measures being these."""
        whole = self.whole[measures]
        total = (amounts if whole.all() else amounts[:, whole]).sum(axis=1)
        if len(self.shared.measure) and np.isin(self.shared.measure, measures).any():
            part: Parts = self.shared.take(np.isin(self.shared.measure, measures))
            places = np.searchsorted(measures, part.measure)
            own = replace(part, measure=places).of(amounts.swapaxes(1, 2))
            total = total + own.sum(axis=2)
        return total
