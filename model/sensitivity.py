"""Which assumptions matter: one at a time from low to high, and shares of the variance. Pure."""

from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from model.money import scale
from model.plan import Plan
from model.readings import read
from model.uncertainty import PARTS, Settings, Simulation
from model.world_tables import costing
from model.worlds import Input, Worlds


@dataclass(frozen=True)
class Swing:
    """One input at its low and at its high, everything else central: the gap of all years in öre.

    Of an application low is that it succeeds, and high that it fails.
    """

    input: Input
    low: int
    high: int

    @property
    def width(self) -> int:
        """How far apart they are."""
        return abs(self.high - self.low)


@dataclass(frozen=True)
class Share:
    """The part of the variance of the gap that one input explains by itself, 0 to 1."""

    input: Input
    share: float


def swings(plan: Plan, settings: Settings) -> tuple[int, tuple[Swing, ...]]:
    """The central gap, and every input from low to high, widest first: a tornado.

    Every figure is the ordinary kernel's. Applications that are not looked at stand at their mean,
    as in the reading ``expected``. Nothing is shared between measures, so one reading with every
    cost low tells what each cost does by itself.
    """
    worlds = Worlds(plan, settings.reading, settings.actor_group, settings.price, settings.shape)
    ours, base = worlds.of_group(), worlds.plan
    every = np.arange(base.size[1])

    def by_measure(changed: Plan) -> np.ndarray:
        gap = read(changed, settings.reading).gap[:, :, None]
        return np.array([int(ours.by_year(gap[:, [m]], every[[m]]).sum()) for m in every])

    central = by_measure(base)
    total = int(central.sum())
    found = []
    if len(worlds.ranged):
        low, high = (
            by_measure(costing(base, getattr(base.need, level), getattr(base.one_off, level)))
            - central
            for level in ("low", "high")
        )
        found += [
            Swing(each, total + int(low[m]), total + int(high[m]))
            for each, m in zip(worlds.costs, worlds.ranged, strict=True)
        ]
    # The first application of every measure at once, then the second: they share nothing.
    of_measure: dict[int, list[int]] = {}
    for place, line in enumerate(worlds.lines):
        of_measure.setdefault(int(base.grants.measure[line]), []).append(place)
    for nth in zip_longest(*of_measure.values()):
        places = [place for place in nth if place is not None]
        won, lost = (
            by_measure(_with_chance(base, worlds.lines[places], chance)) - central
            for chance in (1.0, 0.0)
        )
        for place in places:
            measure = base.grants.measure[worlds.lines[place]]
            low, high = total + int(won[measure]), total + int(lost[measure])
            found.append(Swing(worlds.applications[place], low, high))
    if settings.price is not None:
        low, high = (
            int(by_measure(_with_prices(worlds, change)).sum())
            for change in (settings.price.low, settings.price.high)
        )
        found.append(Swing(Input("price"), low, high))
    return total, tuple(sorted(found, key=lambda swing: -swing.width))


def variance_shares(simulation: Simulation) -> tuple[Share, ...]:
    """First-order shares of every input, largest first; none where the gap does not vary.

    The variance of the mean of the gap within parts of the input's range, less what chance alone
    would give it (the one-way analysis of variance, omega squared). What inputs do together is in
    none of them, so they add up to at most about 1.
    """
    total = simulation.total.astype(float)
    total = total - total.mean()
    count, whole = len(total), float((total**2).sum())
    if count <= PARTS or not whole:
        return ()
    found = []
    for each, lay in zip(simulation.inputs, simulation.parts, strict=True):
        sizes = np.bincount(lay, minlength=2)
        sums = np.bincount(lay, weights=total, minlength=2)[sizes > 0]
        sizes = sizes[sizes > 0]
        between = float((sums**2 / sizes).sum())
        freedom = len(sizes) - 1
        within = (whole - between) / (count - len(sizes))
        share = (between - freedom * within) / (whole + within)
        found.append(Share(each, min(max(share, 0.0), 1.0)))
    return tuple(sorted(found, key=lambda share: -share.share))


def _with_chance(plan: Plan, lines: np.ndarray, chance: float) -> Plan:
    probability = plan.grants.probability.copy()
    probability[lines] = chance
    return plan.replace(grants=plan.grants.replace(probability=probability))


def _with_prices(worlds: Worlds, change: float) -> Plan:
    plan = worlds.plan
    need = plan.need.mid
    paid = np.minimum(plan.paid, need)
    return costing(plan, paid + scale(need - paid, worlds.price_factors(np.array([change]))))
