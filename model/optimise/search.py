"""The search for the best choice: the program solved until it is proven, or until time is up.

A large program is solved first among the options that its relaxation is unsure of, which soon gives
something good to begin with.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from model.optimise.problem import THOUSAND, Limit, Problem, per_option
from model.optimise.program import Program, Solved, solve
from model.optimise.seeking import MILLION, Seek

# Few enough for the best to be found, not only what is within a hair of it.
FEW = 400
NEAR = 1e-4
ROUNDS = 5
# From so many options on, that many at a time that the relaxation is least sure of.
LARGE, UNSURE = 1_500, 400


@dataclass(frozen=True, eq=False)
class Choice:
    """Options carried out (mask), and what is sought: shares in millionths."""

    chosen: np.ndarray
    made: Mapping[Seek, int] = field(default_factory=dict)


def objective(whole: Problem, rate: float = 0.0) -> tuple[np.ndarray, bool]:
    """What is made small, or large (True), (columns,); ``rate`` is benefit per thousand kronor."""
    aim = whole.goal.aim
    if aim == "most":
        return whole.value, True
    if aim == "per_krona":
        return whole.value - rate * whole.cost / THOUSAND, True
    return (whole.cost if aim == "least_cost" else whole.gap) / THOUSAND, False


def distance(whole: Problem) -> float:
    """How near the best a large choice must come, as a share of it; a small one is exact."""
    return 0.0 if len(whole.options.measure) <= FEW else NEAR


def choice_of(whole: Problem, values: np.ndarray) -> Choice:
    """The columns of a solution as a choice. Shares are rounded down, so that nothing costs less
    than it was taken for."""
    chosen = np.zeros(len(whole.options.measure), dtype=bool)
    chosen[:] = values[: len(chosen)] > 0.5
    made: dict[Seek, int] = {}
    for (seek, option), column in zip(
        per_option(whole.options, whole.seeks), whole.shares, strict=True
    ):
        if chosen[option]:
            made[seek] = min(int(np.floor(values[column] * MILLION + 1e-3)), seek.share)
    return Choice(chosen, made)


def shares_of(whole: Problem, choice: Choice) -> np.ndarray:
    """The share of every share column, (share columns,)."""
    return np.array(
        [
            choice.made.get(seek, 0) / MILLION if choice.chosen[option] else 0.0
            for seek, option in per_option(whole.options, whole.seeks)
        ]
    )


def best(whole: Problem, start: np.ndarray | None, until: float) -> tuple[Solved, Choice | None]:
    """The best choice found by the time ``until`` (of ``perf_counter``), and how surely it is.

    ``start`` is a choice (mask) to begin with. Among what is equally good the cheapest is chosen,
    and then the earliest, if there is time for it.
    """
    begin = None if start is None else whole.columns_of(start)
    began = time.perf_counter()
    seconds = (until - began) * 0.9
    if whole.goal.aim == "per_krona":
        solved, choice = _per_krona(whole, begin, seconds)
    else:
        solved, choice = _exact(whole, *objective(whole), begin, seconds)
    if choice is None:
        return solved, None
    left = min(until - time.perf_counter(), max(solved.seconds, 0.2))
    return solved, _tidy(whole, choice, left) or choice


def _exact(
    whole: Problem, aim: np.ndarray, most: bool, start: np.ndarray | None, seconds: float
) -> tuple[Solved, Choice | None]:
    """Solve, and tighten by what the solver's tolerance let through, until every limit holds."""
    program, began = whole.program, time.perf_counter()
    for _ in range(ROUNDS):
        left = seconds - (time.perf_counter() - began)
        solved = _solved(whole, program, aim, most, start, left)
        if solved.values is None:
            return solved, None
        choice = choice_of(whole, solved.values)
        missed = broken(whole, choice)
        if not missed:
            return solved, choice
        program = program.copy()
        for row, limit, amount in missed:
            if amount > limit.most:
                program.row_upper[row] -= (amount - limit.most + 1) / limit.scale
            else:
                program.row_lower[row] += (limit.least - amount + 1) / limit.scale
    return solved, None


def _solved(
    whole: Problem,
    program: Program,
    aim: np.ndarray,
    most: bool,
    start: np.ndarray | None,
    seconds: float,
) -> Solved:
    """Solve; a large program first with what its relaxation is sure of held."""
    until, near = time.perf_counter() + seconds, distance(whole)
    first = None
    if len(whole.options.measure) >= LARGE:
        first = _narrowed(whole, program, aim, most, seconds / 2)
        if first is not None and first.values is not None:
            if first.distance <= near:
                return replace(first, proven=True)
            start = first.values
    left = until - time.perf_counter()
    found = solve(program, aim, most=most, seconds=left, distance=near, start=start)
    if first is None or found.infeasible:
        return found
    bound = min(found.bound, first.bound) if most else max(found.bound, first.bound)
    better = first.values is None or (
        found.values is not None and (found.objective >= first.objective) == most
    )
    return replace(found if better else first, bound=bound, proven=better and found.proven)


def _narrowed(
    whole: Problem, program: Program, aim: np.ndarray, most: bool, seconds: float
) -> Solved | None:
    """The best with all options held but those that the relaxation is least sure of; its bound is
    the relaxation's, which may take twice the time: without it nobody knows how far the best is.
    None when there is no time even for that."""
    until = time.perf_counter() + seconds
    loose = solve(program, aim, most=most, seconds=2 * seconds, relaxed=True)
    if loose.values is None or loose.duals is None:
        return None
    options = np.arange(len(whole.options.measure))
    sure = np.abs(aim - program.priced(loose.duals))[options]
    far = np.argsort(sure, kind="stable")[UNSURE:]
    values = np.round(loose.values[far])
    whole_ones = np.abs(loose.values[far] - values) < NEAR
    held = program.copy()
    held.hold(far[whole_ones], values[whole_ones])
    left = until - time.perf_counter()
    found = solve(held, aim, most=most, seconds=left, distance=distance(whole))
    return replace(found, bound=loose.objective, proven=False, infeasible=False)


def broken(whole: Problem, choice: Choice) -> list[tuple[int, Limit, float]]:
    """The limits that a choice does not keep to, with their rows and what they come to."""
    shares = shares_of(whole, choice)
    found = []
    for row, limit in zip(whole.rows, whole.limits, strict=True):
        if limit.kind == "reach":
            continue
        amount = limit.amount(choice.chosen, shares)
        if not limit.holds(amount):
            found.append((row, limit, amount))
    return found


def _per_krona(
    whole: Problem, start: np.ndarray | None, seconds: float
) -> tuple[Solved, Choice | None]:
    """Dinkelbach: the best of benefit less rate times cost, with the rate that it then gives."""
    rate, began, best = 0.0, time.perf_counter(), None
    for _ in range(20):
        left = max(seconds - (time.perf_counter() - began), 0.05)
        solved, choice = _exact(whole, *objective(whole, rate), start, left)
        if choice is None:
            return best or (solved, None)
        values = _values(whole, choice)
        worth, cost = float(whole.value @ values), float(whole.cost @ values) / THOUSAND
        if best and (cost <= 0 or worth / cost <= rate * (1 + 1e-9)):
            return best
        best = solved, choice
        if cost <= 0:
            return best
        rate = worth / cost
    return best


def _values(whole: Problem, choice: Choice) -> np.ndarray:
    return whole.columns_of(choice.chosen, shares_of(whole, choice))


def _tidy(whole: Problem, choice: Choice, seconds: float) -> Choice | None:
    """Among what reaches as much: the cheapest, and then the earliest. None when time is up."""
    if seconds <= 0.02:
        return None
    values = _values(whole, choice)
    program = whole.program.copy()
    everything = np.arange(len(values))
    aim, most = objective(whole)
    if whole.goal.aim == "per_krona":
        return None
    reached_ = float(aim @ values)
    spare = 1e-9 * max(abs(reached_), 1.0)
    if most:
        program.row(everything, aim, lower=reached_ - spare)
    else:
        program.row(everything, aim, upper=reached_ + spare)
    second = whole.cost / THOUSAND if most or whole.goal.aim == "smallest_gap" else -whole.value
    tie = np.zeros(len(values))
    tie[: len(whole.options.delay)] = whole.options.delay * 1e-3
    solved = solve(program, second + tie, seconds=seconds, start=values)
    if solved.values is None:
        return None
    found = choice_of(whole, solved.values)
    after = float(aim @ _values(whole, found))
    worse = after < reached_ - spare if most else after > reached_ + spare
    return None if broken(whole, found) or worse else found
