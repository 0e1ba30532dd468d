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
    options, goal = problem.options, problem.goal
    taken = np.zeros(len(options.measure), dtype=bool)
    state = _State(problem)
    for measure in np.flatnonzero(options.held):
        of = options.of(measure)
        fits = [option for option in of if state.fits(option)]
        taken[fits[0] if fits else of[0]] = True
        state.take(fits[0] if fits else of[0])
    order = _order(problem)
    added = True
    while added:
        added = False
        for measure in order:
            if _done(problem, taken):
                break
            of = options.of(measure)
            if taken[of].any() or not _allowed(problem, taken, measure):
                continue
            gain = problem.worth_of
            for option in of:
                if not state.fits(option):
                    continue
                trial = taken.copy()
                trial[option] = True
                more = gain(trial) - gain(taken)
                if more <= 0 or (goal.aim == "per_krona" and _thins(problem, taken, trial)):
                    break
                taken, added = trial, True
                state.take(option)
                break
    return taken


class _State:
    """How much of every limit is used up."""

    def __init__(self, problem: Problem):
        self.limits = [each for each in problem.limits if each.kind not in FILLED]
        self.of = np.array([each.of for each in self.limits], dtype=float)
        self.least = np.array([each.least for each in self.limits])
        self.most = np.array([each.most for each in self.limits])
        self.used = np.zeros(len(self.limits))

    def fits(self, option: int) -> bool:
        if not len(self.limits):
            return True
        after = self.used + self.of[:, option]
        # What is broken already (a target that is missed) must not get worse.
        worse = (after > self.most) & (self.of[:, option] > 0)
        return not (worse | ((after < self.least) & (self.of[:, option] < 0))).any()

    def take(self, option: int) -> None:
        if len(self.limits):
            self.used += self.of[:, option]


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


def _allowed(problem: Problem, taken: np.ndarray, measure: int) -> bool:
    """Whether what it excludes is left out, and what it needs is in."""
    options = problem.options
    ids = options.plan.tags["id"]
    carried = {str(key) for key in ids[np.unique(options.measure[taken])]}
    carried |= {str(key) for key in ids[options.untouched]}
    key = str(ids[measure])
    others = [b if a == key else a for a, b in options.goal.excludes if key in (a, b)]
    needed = [b for a, b in options.goal.requires if a == key]
    return not carried & set(others) and set(needed) <= carried


def _done(problem: Problem, taken: np.ndarray) -> bool:
    goal = problem.goal
    if goal.aim not in ("least_cost", "smallest_gap"):
        return False
    minimum = [each for each in problem.limits if each.kind == "minimum"]
    met = all(keeps(each, taken) for each in minimum)
    return met and problem.worth_of(taken) >= (goal.at_least or 0.0)


def _thins(problem: Problem, taken: np.ndarray, trial: np.ndarray) -> bool:
    """Whether one more lowers what is had per krona, once what is wanted is reached."""
    cost, worth = problem.options.cost, problem.worth_of
    before = cost[taken].sum()
    if before == 0 or worth(taken) < (problem.goal.at_least or 0.0):
        return False
    return worth(trial) / max(cost[trial].sum(), 1) < worth(taken) / before


def keeps(limit: Limit, taken: np.ndarray) -> bool:
    """Whether options that seek nothing keep to a limit."""
    return limit.holds(limit.amount(taken, np.zeros(len(limit.seeking))))
