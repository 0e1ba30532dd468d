"""What covers the municipal group's need, the firmest first, and what nothing covers.

A rung counts only what the firmer ones leave: granted money and decided appropriations, then
planned appropriations, then applications as if all succeeded, then ideas as if all became money.
The rungs add up to the need whatever the reading, and what is below *decided* is the gap of the
secured one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from model.owners import of_group
from model.plan import Plan
from model.readings import STATUSES, Outcome, read

MISSING = "missing"
FIRMNESS = (*STATUSES, MISSING)
# What is not firm: a decision, an answer or an application is needed before it is.
HOPED = ("planned", "applied", "idea", MISSING)


@dataclass(frozen=True, eq=False)
class Firmness:
    """The group's part, each amount (years, measures) in whole öre.

    ``need`` is by every one of ``FIRMNESS``, ``one_off`` (one-off operating expenditure) by those
    of ``HOPED``: who paid what is firm of it is not ascribed. ``unpaid`` is what of both is left to
    pay.
    """

    need: Mapping[str, np.ndarray]
    one_off: Mapping[str, np.ndarray]
    unpaid: np.ndarray


def firmness(plan: Plan, secured: Outcome, planned: Outcome, best_case: Outcome) -> Firmness:
    """The rungs of a plan from three of its readings."""
    applied = _answered(plan, planned, best_case)
    paid = np.minimum(plan.paid, secured.need)
    cover = secured.cover
    granted = np.zeros_like(secured.need)
    line = cover.status == "granted"
    np.add.at(granted, (cover.year[line], cover.measure[line]), cover.amount[line])
    left = [secured.need, secured.need - paid, secured.need - paid - granted, secured.gap]
    hoped = (planned, applied, best_case)
    need = _falling([*left, *(each.gap for each in hoped)])
    one_off = _falling([secured.one_off_gap, *(each.one_off_gap for each in hoped)])
    one_off_paid = np.minimum(plan.one_off_paid, secured.one_off)
    unpaid = secured.need - paid + secured.one_off - one_off_paid
    return Firmness(
        dict(zip(FIRMNESS, _steps(plan, need), strict=True)),
        dict(zip(HOPED, _steps(plan, one_off), strict=True)),
        of_group(plan, unpaid),
    )


def _answered(plan: Plan, planned: Outcome, best_case: Outcome) -> Outcome:
    """Every application succeeds, and ideas stay ideas."""
    status = plan.grants.status
    if not (status == "applied").any():
        return planned
    ideas = status == "idea"
    if not ideas.any():
        return best_case
    return read(plan.replace(grants=plan.grants.take(~ideas)), "best_case")


def _falling(left: list[np.ndarray]) -> list[np.ndarray]:
    """What is left after each rung. Money that moves a gap to another year leaves no less of it
    there than before: it then counts for nothing in that year."""
    for i in range(1, len(left)):
        left[i] = np.minimum(left[i - 1], left[i])
    return left


def _steps(plan: Plan, left: list[np.ndarray]) -> list[np.ndarray]:
    """The group's part of what each rung takes, and of what is left after the last."""
    ours = [of_group(plan, each) for each in left]
    taken = [above - below for above, below in pairwise(ours)]
    return [*taken, ours[-1]]
