"""What a little more would give: the goal solved again with one limit moved."""

import time
from dataclasses import dataclass

import numpy as np

from model.optimise.answer import Answer
from model.optimise.explain import HELPED, explain
from model.optimise.problem import THOUSAND, Limit, Problem
from model.optimise.program import INFINITE, Program, solve
from model.optimise.search import distance, objective, shares_of

MILLION = 100_000_000
# No question of what a little more gives takes longer than this in all.
LONGEST = 5.0
# A solver's small sums: what is less than this part of the whole is no more.
NOTHING = 1e-6


@dataclass(frozen=True)
class Margin:
    """What one limit's ``step`` more gives, in the goal's unit (``most``) or in öre that are saved
    (else); of a minimum, ``step`` less of it. ``gain`` is 0 where the choice stays. ``next_step``
    is the least that changes it, with ``next_gain``; None where more of it never does, or there was
    no time to find out. ``rough``: an estimate from the relaxed program, because the exact one took
    too long.
    """

    limit: Limit
    step: float
    gain: float
    next_step: float | None
    next_gain: float
    rough: bool = False


def margins(answer: Answer, step: int = MILLION) -> tuple[Margin, ...]:
    """For every limit on money that binds what ``step`` öre more of it give; for every minimum what
    as much less of it gives, or one measure less; for what is to be reached, and a minimum in
    tonnes, what one per cent less of it does. In what is left of the goal's seconds: what there is
    no time to solve is estimated from the relaxed program.

    A minimum that costs nothing and that nothing is needed for is left out.
    Empty where there is no choice, and for the most per krona, where more is not the question.
    """
    if answer.choice is None or answer.goal.aim == "per_krona":
        return ()
    whole = answer.problem
    binding = {id(use.limit) for use in explain(answer).uses if use.binds}
    moved = [
        (row, limit, _step(limit, step))
        for row, limit in zip(whole.rows, whole.limits, strict=True)
        if id(limit) in binding or limit.kind == "minimum"
        if limit.kind in HELPED or (limit.money and limit.most < INFINITE)
    ]
    left = min(answer.goal.seconds - answer.seconds, LONGEST)
    until, found, prices = time.perf_counter() + left, [], None
    for number, (row, limit, by) in enumerate(moved):
        left = (until - time.perf_counter()) / (len(moved) - number)
        exact = None
        # Beside a choice that may not be the best, more of a limit cannot be told from more luck.
        if answer.proven and left > 0:
            exact = _margin(answer, row, limit, by, left)
        if exact is None:
            prices = _prices(whole) if prices is None else prices
            if prices is None:
                break
            exact = _rough(prices, row, limit, by, most=objective(whole)[1])
        if exact.gain or exact.next_step or id(limit) in binding:
            found.append(exact)
    return tuple(found)


def _step(limit: Limit, step: int) -> float:
    if limit.kind not in HELPED:
        return step
    if limit.kind == "minimum" and limit.counted != "tonnes":
        return min(step if limit.money else 1, limit.least)
    return max(limit.least * 0.01, NOTHING)


def _margin(answer: Answer, row: int, limit: Limit, by: float, seconds: float) -> Margin | None:
    """Solved again with the limit moved; None when that took too long."""
    whole = answer.problem
    aim, most = objective(whole)
    values = whole.columns_of(answer.choice.chosen, shares_of(whole, answer.choice))
    now = float(aim @ values)
    program = whole.program.copy()
    _move(program, row, limit, by)
    solved = solve(
        program, aim, most=most, seconds=seconds / 2, distance=distance(whole), start=values
    )
    unit = 1.0 if most else THOUSAND
    if not solved.proven:
        return None
    gain = (solved.objective - now) * (1 if most else -1)
    spare = max(NOTHING, distance(whole)) * max(abs(now), 1.0)
    if gain > spare or limit.kind == "reach":
        return Margin(limit, by, max(gain, 0.0) * unit if gain > spare else 0.0, None, 0.0)
    first, gives = _next(whole, row, limit, now, spare, seconds / 2)
    return Margin(limit, by, 0.0, first, gives * unit)


def _move(program: Program, row: int, limit: Limit, by: float) -> None:
    if limit.kind in HELPED:
        program.row_lower[row] -= by / limit.scale
    else:
        program.row_upper[row] += by / limit.scale


def _next(
    whole: Problem, row: int, limit: Limit, now: float, spare: float, seconds: float
) -> tuple[float | None, float]:
    """The least more of a limit (less of a minimum) that betters the goal, and by how much."""
    aim, most = objective(whole)
    program = whole.program.copy()
    helped = limit.kind in HELPED
    more = int(program.columns(1, upper=limit.least / limit.scale if helped else INFINITE)[0])
    program.add_to(row, more, 1.0 if helped else -1.0)
    every = np.arange(len(aim))
    better = {"lower": now + 2 * spare} if most else {"upper": now - 2 * spare}
    program.row(every, aim, **better)
    least = np.zeros(len(program.lower))
    least[more] = 1.0
    solved = solve(program, least, seconds=seconds, distance=1e-6)
    if solved.values is None or not solved.proven:
        return None, 0.0
    by = solved.values[more] * limit.scale
    # With so much more, all that can be had.
    fuller = whole.program.copy()
    _move(fuller, row, limit, by + limit.scale * 1e-6)
    best = solve(
        fuller, aim, most=most, seconds=seconds, distance=distance(whole), start=solved.values[:-1]
    )
    reached = best.objective if best.values is not None else float(aim @ solved.values[:-1])
    return float(by), abs(reached - now)


def _prices(whole: Problem) -> np.ndarray | None:
    """What one unit more of every row gives in the relaxed program, (rows,). None when that took
    too long."""
    aim, most = objective(whole)
    return solve(whole.program, aim, most=most, seconds=LONGEST, relaxed=True).duals


def _rough(prices: np.ndarray, row: int, limit: Limit, by: float, *, most: bool) -> Margin:
    more = -by if limit.kind in HELPED else by
    gain = prices[row] * more / limit.scale * (1.0 if most else -THOUSAND)
    return Margin(limit, by, max(float(gain), 0.0), None, 0.0, rough=True)
