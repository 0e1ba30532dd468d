"""Robust choice: the same question in many worlds, and which measures the answers share.

Costs, effects, prices and the outcome of applications are drawn as on the page about uncertainty
(:mod:`model.worlds`); the best choice of each world is found by itself; and what is chosen in
nearly all of them is right to begin with, however it turns out.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from model.draws import SHAPES, Points, in_groups
from model.errors import InvalidData
from model.optimise.goal import Goal, same_but
from model.optimise.options import Facts, Options, options
from model.optimise.problem import problem
from model.optimise.search import best, shares_of
from model.plan import Effects, Plan
from model.uncertainty import Settings, Stopped
from model.worlds import Worlds, drawn

DRAWS, FEWEST, MOST = 200, 20, 2_000
# In so large a part of the worlds, and in so small a one.
NEARLY_ALL, RARELY = 0.9, 0.1
# What a measure hangs on moves its share by at least so much, and by so many standard errors.
MOVES, SURELY = 0.25, 3.0
FEWEST_EACH = 10
# Seconds that the choice of one world may take.
EACH = 1.0

Kind = Literal["held", "no_regret", "hangs", "several", "rarely", "never"]


@dataclass(frozen=True)
class Driver:
    """Something that is drawn: the prices, a measure's cost or effect, or an application, a
    ``line`` of the plan's grants. ``measure`` is its index, -1 for prices."""

    kind: Literal["price", "cost", "effect", "application"]
    measure: int = -1
    line: int = -1


@dataclass(frozen=True)
class Hangs:
    """How often a measure is chosen where the driver is high (an application succeeds, a cost is
    above its median), and where it is low."""

    driver: Driver
    high: float
    low: float


@dataclass(frozen=True)
class Part:
    """A measure's part of the good choices: ``share`` of the worlds, and what that hangs on.

    =========  ==========================================================
    held       has begun or must be carried out, in any world
    no_regret  in at least nine of ten worlds
    hangs      in some, and one thing that is drawn tells which
    several    in some, and no one thing by itself tells which
    rarely     in at most one of ten
    never      in none
    =========  ==========================================================
    """

    place: int
    share: float
    kind: Kind
    hangs: Hangs | None = None


@dataclass(frozen=True, eq=False)
class Robust:
    """The best choice of every world. ``options`` are those of the plan's own middle figures.

    ``met`` (draws,) is true where something keeps to the goal; ``carried`` (measures, draws),
    ``value`` in the goal's unit and ``cost`` in öre (draws,) are of those alone. ``high`` (drivers,
    draws) says where each of ``drivers`` lay high. ``unproven`` counts the worlds whose choice is
    the best found in the time there was.
    """

    goal: Goal
    settings: Settings
    options: Options
    met: np.ndarray
    carried: np.ndarray
    value: np.ndarray
    cost: np.ndarray
    drivers: tuple[Driver, ...]
    high: np.ndarray
    unproven: int

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every candidate, the most often chosen first and what is held after what is as sure;
        empty where the goal is never met."""
        if not self.met.any():
            return ()
        shares = self.carried[:, self.met].mean(axis=1)
        places = np.unique(self.options.measure)
        order = places[np.lexsort((self.options.held[places], -shares[places]))]
        return tuple(self._part(int(place), float(shares[place])) for place in order)

    def _part(self, place: int, share: float) -> Part:
        if self.options.held[place]:
            return Part(place, share, "held")
        if share >= NEARLY_ALL:
            return Part(place, share, "no_regret")
        if share <= RARELY:
            return Part(place, share, "rarely" if share else "never")
        hangs = self._hangs(place)
        return Part(place, share, "hangs" if hangs else "several", hangs)

    def _hangs(self, place: int) -> Hangs | None:
        """The driver that tells best in which worlds a measure is chosen."""
        chosen = self.carried[place, self.met].astype(float)
        high = self.high[:, self.met].astype(float)
        many, few = high.sum(axis=1), (1 - high).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            above, below = high @ chosen / many, (1 - high) @ chosen / few
            error = np.sqrt(chosen.mean() * (1 - chosen.mean()) * (1 / many + 1 / few))
        moves = np.nan_to_num(np.abs(above - below))
        moves[np.minimum(many, few) < FEWEST_EACH] = 0.0
        if not len(moves):
            return None
        most = int(moves.argmax())
        if moves[most] < max(MOVES, SURELY * error[most]):
            return None
        return Hangs(self.drivers[most], float(above[most]), float(below[most]))


def robust(
    plan: Plan,
    goal: Goal,
    facts: Facts,
    settings: Settings,
    tell: Callable[[int, int], object] | None = None,
) -> Robust:
    """The best choice in each of the settings' ``draws`` worlds, by the goal's reading.

    New applications are left out: they have no outcome to draw. ``tell`` hears how many worlds are
    done, and stops it when it answers true: :class:`Stopped`. InvalidData for a goal that cannot be
    understood, and for fewer than 20 draws or more than 2 000.
    """
    if not FEWEST <= settings.draws <= MOST:
        raise InvalidData(
            "{found} draws are no ground for a robust choice: expected {fewest} to {most}.",
            found=settings.draws,
            fewest=FEWEST,
            most=MOST,
        )
    sources = tuple(replace(limit, seek=False) for limit in goal.sources)
    goal = same_but(goal, sources=sources)
    settings = replace(settings, reading=goal.reading, actor_group=None)
    central, count = options(plan, goal, facts), settings.draws
    met = np.zeros(count, dtype=bool)
    carried = np.zeros((plan.size[1], count), dtype=bool)
    value, cost = np.full(count, np.nan), np.zeros(count, dtype=np.int64)
    worlds = Worlds(plan, settings.reading, None, settings.price, settings.shape)
    drivers, high, unproven = _drivers(worlds, plan.effects), [], 0
    for number, (world, at) in enumerate(_drawn(worlds, plan.effects, settings)):
        if tell is not None and tell(number, count):
            raise Stopped("Stopped after {done} of {total} draws.", done=number, total=count)
        high.append(at)
        ways = options(world, goal, facts)
        whole = problem(ways, facts)
        found, choice = best(whole, None, time.perf_counter() + EACH)
        if choice is None:
            continue
        met[number], unproven = True, unproven + (not found.proven)
        carried[ways.measure[choice.chosen], number] = True
        values = whole.columns_of(choice.chosen, shares_of(whole, choice))
        value[number] = float(whole.value @ values)
        cost[number] = int(ways.cost[choice.chosen].sum())
    lay = np.array(high).T
    # Costs, effects and prices lie high above their median; an application that succeeds does.
    for row, driver in enumerate(drivers):
        if driver.kind != "application":
            lay[row] = lay[row] > np.median(lay[row])
    return Robust(
        goal, settings, central, met, carried, value, cost, drivers, lay.astype(bool), unproven
    )


def _drivers(worlds: Worlds, effects: Effects) -> tuple[Driver, ...]:
    """What is drawn, in the order in which :func:`_drawn` says where it lay."""
    return (
        *([Driver("price")] if worlds.price is not None else ()),
        *(Driver("cost", each.measure) for each in worlds.costs),
        *(Driver("application", each.measure, each.line) for each in worlds.applications),
        *(Driver("effect", int(measure)) for measure in np.unique(_measures(effects))),
    )


def _drawn(
    worlds: Worlds, effects: Effects, settings: Settings
) -> Iterator[tuple[Plan, np.ndarray]]:
    """The plan of every world, and where each driver lay, (drivers,).

    A measure's effects move together; those of measures in a sector, or of all, are correlated as
    the settings say, as in :mod:`model.uncertain_tonnes`.
    """
    measures = np.unique(_measures(effects))
    lies = _effects_lie(worlds.plan.tags["sector"][measures], settings)
    done = 0
    for world, _at in drawn(
        worlds,
        settings.draws,
        settings.seed,
        settings.common,
        settings.correlation,
        settings.spread,
    ):
        for place in range(min(world.cost.shape[1], settings.draws - done)):
            one, at = world.take(slice(place, place + 1)), lies[:, done]
            price = [] if one.price is None else one.price
            told = effects.replace(**_drawn_effects(effects, measures, at, settings))
            where = np.concatenate([price, one.cost[:, 0], one.won[:, 0], at])
            yield worlds.one(one).replace(effects=told), where
            done += 1


def _effects_lie(sectors: np.ndarray, settings: Settings) -> np.ndarray:
    """Where the effects of measures in ``sectors`` (measures,) lie, (measures, draws), 0 to 1."""
    names = sectors if settings.common == "sector" else np.full(len(sectors), "")
    groups, group = np.unique(names.astype(str), return_inverse=True)
    common = len(groups) if settings.effect_correlation else 0
    batch = 2 ** int(np.ceil(np.log2(settings.draws)))
    points = Points(common + len(sectors), settings.seed, batch, settings.spread)
    # Another order than that of the costs, or the first effect would follow the first cost.
    chance = np.random.default_rng([settings.seed, 2])
    at = points.take()[:, chance.permutation(batch)]
    return in_groups(at[common:], at[:common], group, settings.effect_correlation)


def _measures(effects: Effects) -> np.ndarray:
    return effects.measure[_ranged(effects)]


def _ranged(effects: Effects) -> np.ndarray:
    """Mask of the lines with a range that can be drawn from."""
    low, mid, high = effects.low, effects.mid, effects.high
    return (low <= mid) & (mid <= high) & (low < high)


def _drawn_effects(
    effects: Effects, measures: np.ndarray, lies: np.ndarray, settings: Settings
) -> dict[str, np.ndarray]:
    """Low, mid and high of every line where a measure's effects lie so far from low to high."""
    spread = _ranged(effects)
    lines = np.flatnonzero(spread)
    ends = SHAPES[settings.shape](effects.low[lines], effects.mid[lines], effects.high[lines])
    mid = effects.mid.copy()
    mid[lines] = ends.draw(lies[:, None], np.searchsorted(measures, effects.measure[lines]))[:, 0]
    return {
        "low": np.where(spread, mid, effects.low),
        "mid": mid,
        "high": np.where(spread, mid, effects.high),
    }
