"""The trade-off: the least own money for ever more of what is wanted, from nothing to all of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from model.errors import InvalidData
from model.optimise.answer import evaluate
from model.optimise.goal import Goal, same_but
from model.optimise.options import Facts, Options, options
from model.optimise.problem import problem
from model.optimise.search import best
from model.plan import Plan
from model.uncertainty import Stopped

POINTS = 10
FEWEST, MOST = 3, 24
# A solver's small sums: what is less than this part of the whole is no more.
NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Point:
    """A choice than which none that gives as much is cheaper, if ``proven``: it gives ``value`` (in
    the goal's unit) for ``cost`` öre of own money, the model's own figures. ``carried`` is a mask
    of measures."""

    value: float
    cost: int
    carried: np.ndarray
    proven: bool

    def below(self, other: "Point") -> bool:
        """Whether the other gives more."""
        return other.value > self.value + NOTHING * max(abs(self.value), 1.0)


@dataclass(frozen=True, eq=False)
class Frontier:
    """The points from the least to the most; none where nothing keeps to the other limits.

    ``goal`` is what was asked, without its limits on own money and what it was to reach.
    """

    goal: Goal
    options: Options
    points: tuple[Point, ...]

    def added(self, place: int) -> np.ndarray:
        """Mask of the measures that a point carries out and the one before it does not."""
        before = self.points[place - 1].carried if place else False
        return self.points[place].carried & ~np.asarray(before)

    def dropped(self, place: int) -> np.ndarray:
        """Mask of the measures that the point before carries out and this one does not."""
        if not place:
            return np.zeros_like(self.points[0].carried)
        return self.points[place - 1].carried & ~self.points[place].carried

    def step(self, place: int) -> tuple[float, int]:
        """How much more a point gives than the one before, and what that costs in öre."""
        this, before = self.points[place], self.points[place - 1]
        return this.value - before.value, this.cost - before.cost

    @property
    def proven(self) -> bool:
        """Whether every point is."""
        return all(point.proven for point in self.points)


def frontier(
    plan: Plan,
    goal: Goal,
    facts: Facts,
    points: int = POINTS,
    tell: Callable[[int, int], object] | None = None,
) -> Frontier:
    """At most ``points`` points of the curve, each solved by itself: the ends, and then ever one in
    the widest step, until no step has any (so that a small plan's curve is the whole of it).

    The goal's budget, its total and what it was to reach are what is traded and so left out; all
    else that it keeps to holds. ``tell`` hears how many points of all are done, and stops it when
    it answers true: :class:`Stopped`. InvalidData for fewer than 3 points or more than 24.
    """
    if not FEWEST <= points <= MOST:
        raise InvalidData(
            "{found} points make no curve: expected {fewest} to {most}.",
            found=points,
            fewest=FEWEST,
            most=MOST,
        )
    free = same_but(goal, aim="most", total=None, budget=(), at_least=None)
    curve = _Curve(plan, options(plan, free, facts), facts, goal.seconds / (2 * points))
    top = curve.solve(free)
    if top is None:
        return Frontier(free, curve.ways, ())
    least = curve.solve(same_but(free, aim="least_cost"))
    found = _rising([top] if least is None else [least, top])
    empty: set[float] = set()
    while len(found) < points:
        if tell is not None and tell(len(found), points):
            raise Stopped("Stopped after {done} of {total} draws.", done=len(found), total=points)
        steps = [
            (after.value - before.value, before, after)
            for before, after in pairwise(found)
            if after.value not in empty
        ]
        if not steps:
            break
        _wide, before, after = max(steps, key=lambda each: each[0])
        middle = (before.value + after.value) / 2
        new = curve.solve(same_but(free, aim="least_cost", at_least=middle))
        if new is None or not before.below(new) or not new.below(after):
            # Nothing cheaper lies above the middle: the next one down is the most for less money.
            empty.add(after.value)
            new = curve.solve(same_but(free, total=max(after.cost - 1, 0)))
        if new is not None and before.below(new) and new.below(after):
            found = _rising([*found, new])
    return Frontier(free, curve.ways, tuple(found))


class _Curve:
    """One plan's ways, solved for one goal after the other."""

    def __init__(self, plan: Plan, ways: Options, facts: Facts, seconds: float):
        self.plan, self.ways, self.facts, self.seconds = plan, ways, facts, seconds

    def solve(self, goal: Goal) -> Point | None:
        """The best for a goal; None where nothing keeps to it."""
        whole = problem(replace(self.ways, goal=goal), self.facts)
        found, choice = best(whole, None, time.perf_counter() + self.seconds)
        if choice is None:
            return None
        figures = evaluate(whole, choice, self.facts)
        carried = np.zeros(self.plan.size[1], dtype=bool)
        carried[self.ways.measure[choice.chosen]] = True
        return Point(figures.value, figures.cost, carried, found.proven)


def _rising(points: list[Point]) -> list[Point]:
    """The points that each give more than the one before; the cheaper of two that give as much."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda each: (each.value, each.cost)):
        # What was not proven may cost more than what gives more.
        while kept and kept[-1].cost > point.cost:
            kept.pop()
        if not kept or kept[-1].below(point):
            kept.append(point)
    return kept
