"""What a room can be asked about a plan, and what the model itself answers. Pure.

Measures are asked about with what they take of the municipal group's own money, as when measures
are chosen for a goal. What has begun and what takes none of our own money is carried out anyway. A
measure whose effect is not known can be chosen by the room, and never by the model.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from model.money import to_kronor
from model.optimise.answer import Answer
from model.optimise.goal import Goal, over, same_but
from model.optimise.options import Options, own_money
from model.optimise.problem import Problem
from model.plan import Plan
from model.poll import FIGURES, Option, Poll

MILLION = 1_000_000
# Why the solver leaves a measure out that a room may choose all the same.
EFFECT_UNKNOWN = ("no_effect", "unclear_effect")


@dataclass(frozen=True)
class Chosen:
    """A choice among the measures asked about: their ids, what they cost (öre), and the tonnes a
    year of these and of what is carried out anyway. ``unknown`` of them have no known effect."""

    ids: frozenset[str]
    cost: int
    tonnes: float
    unknown: int


def goal_of(plan: Plan, reading: str) -> Goal:
    """The goal that asking rests on: the most tonnes a year, everything when it is planned."""
    return over(plan, reading=reading, most_delay=0)


def askable(found: Options) -> tuple[Option, ...]:
    """The measures that can be chosen between, the dearest first."""
    tags, cost = found.plan.tags, _cost(found)
    can = np.isin(found.out, ("", *EFFECT_UNKNOWN)) & ~found.held & (cost > 0)
    return tuple(
        Option(str(tags["id"][measure]), str(tags["name"][measure]), int(cost[measure]))
        for measure in np.argsort(-cost, kind="stable")
        if can[measure]
    )


def proposed(options: Sequence[Option], most: int) -> tuple[Option, ...]:
    """The dearest, so many at most, without those that cost more than half of what is asked about:
    no budget would be one to choose within."""
    left = list(options)
    while len(left) > 2 and left[0].cost > usual_budget(left[:most]):
        del left[0]
    return tuple(left[:most])


def usual_budget(options: Collection[Option]) -> int:
    """A budget to begin with, öre: half of what all of them cost, in whole million kronor where it
    is more than one."""
    half = sum(option.cost for option in options) // 2
    million = MILLION * 100
    return half // million * million or half


def goal_within(poll: Poll, found: Options) -> Goal:
    """The same choice for the solver: among what is asked about, within the same budget."""
    ids, cost, anyway = found.plan.tags["id"], _cost(found), _anyway(found)
    candidate = np.isin(np.arange(len(ids)), found.measure)
    asked = np.isin(ids, [option.id for option in poll.options])
    return same_but(
        found.goal,
        total=int(cost[anyway].sum()) + poll.budget,
        must=tuple(ids[anyway & ~found.held].tolist()),
        never=tuple(ids[candidate & ~anyway & ~asked].tolist()),
    )


def chosen_by_the_model(poll: Poll, answer: Answer) -> Chosen | None:
    """The best choice; None where the solver found none."""
    if answer.choice is None:
        return None
    found = answer.options
    ids = found.plan.tags["id"][found.measure[answer.choice.chosen]]
    return chosen(poll, answer.problem, ids.tolist())


def chosen(poll: Poll, problem: Problem, ids: Collection[str]) -> Chosen:
    """What a choice takes and gives, by the same count as the solver's."""
    found = problem.options
    every = found.plan.tags["id"]
    asked = np.isin(every, [option.id for option in poll.options if option.id in ids])
    return Chosen(
        frozenset(every[asked].tolist()),
        int(_cost(found)[asked].sum()),
        problem.worth_of((asked | _anyway(found))[found.measure]),
        int((asked & (found.out != "")).sum()),
    )


def true_answer(figure: str, amount: float | None) -> Decimal | None:
    """A figure (öre or tonnes) in the unit in which it is guessed; None when it is not known."""
    if amount is None or math.isnan(amount):
        return None
    if FIGURES[figure] == "mnkr":
        return to_kronor(int(amount)) / MILLION
    return round(Decimal(repr(float(amount))), 1)


def _cost(found: Options) -> np.ndarray:
    """Own money within the goal's years, (measures,) öre."""
    inside = np.isin(found.plan.years, list(found.goal.years))
    return own_money(found.plan, found.goal)[inside].sum(axis=0)


def _anyway(found: Options) -> np.ndarray:
    """Mask of the measures that are carried out whatever is chosen."""
    candidate = np.isin(np.arange(len(found.out)), found.measure)
    return candidate & (found.held | (_cost(found) <= 0))
