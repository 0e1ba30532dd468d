"""When nothing keeps to all of a goal: the smallest changes that would let something do so."""

from dataclasses import dataclass

import numpy as np

from model.optimise.problem import KINDS, Limit, Problem
from model.optimise.program import INFINITE, Program, solve

# Limits that are relaxed together: what is lacking one year may be there another.
TOGETHER = {"budget": "money", "total": "money"}


@dataclass(frozen=True)
class Relaxation:
    """One way out: these limits moved so far. ``moved`` holds (limit, wanted, needed), in öre or
    plain numbers; ``alone`` is false where limits of several kinds must move at once."""

    moved: tuple[tuple[Limit, float, float], ...]
    alone: bool = True


def relaxations(whole: Problem, seconds: float) -> tuple[Relaxation, ...]:
    """For each kind of limit the least that it alone must move; or else the least of all together.

    Empty when it is not the limits: what must be carried out and what excludes or needs what
    contradict each other.
    """
    kinds = dict.fromkeys(TOGETHER.get(kind, kind) for kind in KINDS)
    present = [
        kind
        for kind in kinds
        if any(TOGETHER.get(each.kind, each.kind) == kind for each in whole.limits)
    ]
    share = seconds / (len(present) + 1)
    found = [_relaxed(whole, (kind,), share) for kind in present]
    alone = tuple(each for each in found if each is not None)
    if alone:
        return alone
    every = _relaxed(whole, tuple(present), share)
    return (every,) if every else ()


def _relaxed(whole: Problem, kinds: tuple[str, ...], seconds: float) -> Relaxation | None:
    program: Program = whole.program.copy()
    slacks: list[tuple[int, Limit, int, float]] = []
    for row, limit in zip(whole.rows, whole.limits, strict=True):
        if TOGETHER.get(limit.kind, limit.kind) not in kinds:
            continue
        column = int(program.columns(1, upper=INFINITE)[0])
        sign = -1.0 if limit.most < INFINITE else 1.0
        program.add_to(row, column, sign)
        # Different units together: each as a share of what was wanted.
        wanted = limit.most if limit.most < INFINITE else limit.least
        weight = 1.0 if len(kinds) == 1 else limit.scale / max(abs(wanted), limit.scale)
        slacks.append((column, limit, row, weight))
    aim = np.zeros(len(program.lower))
    for column, _, _, weight in slacks:
        aim[column] = weight
    solved = solve(program, aim, seconds=seconds, distance=1e-6)
    if solved.values is None:
        return None
    moved = []
    for column, limit, _, _ in slacks:
        by = solved.values[column] * limit.scale
        if by > 1e-4:
            chosen = solved.values[: len(whole.options.measure)] > 0.5
            shares = solved.values[whole.shares]
            needed = limit.least - by if limit.kind == "reach" else limit.amount(chosen, shares)
            wanted = limit.most if limit.most < INFINITE else limit.least
            moved.append((limit, wanted, float(needed)))
    return Relaxation(tuple(moved), len(kinds) == 1) if moved else None
