"""The choice that a list sorted by benefit per krona gives, taken from the top: to compare with."""

import numpy as np

from model.optimise.problem import Limit, Problem

# What a list from the top only fills up towards, and cannot break by adding more.
FILLED = ("reach", "minimum")


def greedy(problem: Problem) -> np.ndarray:
    """Mask of the options taken: from the best benefit per krona down, each as early as it fits.

    What must be carried out comes first. For the least cost or the smallest gap it stops when what
    is wanted is reached; for the most per krona when the next would lower what is reached.
    """
    options = problem.options
    state = _State(problem)
    for measure in np.flatnonzero(options.held):
        of = options.of(measure)
        fits = of[state.fitting(of)]
        state.take(int(fits[0] if len(fits) else of[0]))
    order = _order(problem)
    added = True
    while added and not state.done():
        added = False
        for measure in order:
            of = options.of(measure)
            if state.taken[of].any() or not state.allowed(measure):
                continue
            for option in of[state.fitting(of)]:
                more = state.gain(option)
                if more > 0 and not state.thins(option, more):
                    state.take(int(option))
                    added = True
                break
            if added and state.done():
                break
    return state.taken


class _State:
    """What is taken, how much of every limit that uses up, and what it gives."""

    def __init__(self, problem: Problem):
        self.problem = problem
        options = problem.options
        self.taken = np.zeros(len(options.measure), dtype=bool)
        self.worth, self.cost = problem.worth_of(self.taken), 0
        limits = [each for each in problem.limits if each.kind not in FILLED]
        self.of = np.array([each.of for each in limits], dtype=float)
        self.least = np.array([each.least for each in limits])[:, None]
        self.most = np.array([each.most for each in limits])[:, None]
        self.used = np.zeros((len(limits), 1))
        shared = [m for each in options.worth.shared for m in each.measures]
        self.joint = np.isin(options.measure, shared)
        ids = options.plan.tags["id"]
        self.carried = set(ids[options.untouched].tolist())
        self.ids = ids.tolist()
        self.against: dict[str, set[str]] = {}
        self.needed: dict[str, set[str]] = {}
        for one, other in problem.goal.excludes:
            self.against.setdefault(one, set()).add(other)
            self.against.setdefault(other, set()).add(one)
        for one, other in problem.goal.requires:
            self.needed.setdefault(one, set()).add(other)

    def fitting(self, of: np.ndarray) -> np.ndarray:
        """Mask of the options that fit beside what is taken."""
        if not len(self.of):
            return np.ones(len(of), dtype=bool)
        more = self.of[:, of]
        after = self.used + more
        # What is broken already (a target that is missed) must not get worse.
        worse = (after > self.most) & (more > 0) | (after < self.least) & (more < 0)
        return ~worse.any(axis=0)

    def allowed(self, measure: int) -> bool:
        """Whether what it excludes is left out, and what it needs is in."""
        key = self.ids[measure]
        out, needed = self.against.get(key, set()), self.needed.get(key, set())
        return not out & self.carried and needed <= self.carried

    def gain(self, option: int) -> float:
        """What one more option gives besides what is taken."""
        if not self.joint[option]:
            return float(self.problem.options.value[option])
        trial = self.taken.copy()
        trial[option] = True
        return self.problem.worth_of(trial) - self.worth

    def thins(self, option: int, more: float) -> bool:
        """Whether one more lowers what is had per krona, once what is wanted is reached."""
        goal = self.problem.goal
        if goal.aim != "per_krona" or not self.cost or self.worth < (goal.at_least or 0.0):
            return False
        cost = self.cost + int(self.problem.options.cost[option])
        return (self.worth + more) / max(cost, 1) < self.worth / self.cost

    def take(self, option: int) -> None:
        """Take one more."""
        self.worth += self.gain(option)
        self.cost += int(self.problem.options.cost[option])
        self.taken[option] = True
        self.carried.add(self.ids[self.problem.options.measure[option]])
        if len(self.of):
            self.used += self.of[:, [option]]

    def done(self) -> bool:
        """Whether what is wanted is reached; with the most there is no such end."""
        goal = self.problem.goal
        if goal.aim not in ("least_cost", "smallest_gap"):
            return False
        minimum = [each for each in self.problem.limits if each.kind == "minimum"]
        met = all(keeps(each, self.taken) for each in minimum)
        return met and self.worth >= (goal.at_least or 0.0)


def _order(problem: Problem) -> list[int]:
    """Measures by benefit per krona, the best first; what costs nothing stands before all."""
    options, goal = problem.options, problem.goal
    cost = options.gap.sum(axis=0) if goal.aim == "smallest_gap" else options.cost
    value = options.value.copy()
    for shared in options.worth.shared:
        for member, measure in enumerate(shared.measures):
            of = options.of(measure)
            value[of] += shared.value[member, options.delay[of]]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(cost > 0, value / cost, np.where(value > 0, np.inf, -np.inf))
    best: dict[int, float] = {}
    for option, measure in enumerate(options.measure):
        best[int(measure)] = max(best.get(int(measure), -np.inf), rate[option])
    return sorted(best, key=lambda measure: -best[measure])


def keeps(limit: Limit, taken: np.ndarray) -> bool:
    """Whether options that seek nothing keep to a limit."""
    return limit.holds(limit.amount(taken, np.zeros(len(limit.seeking))))
