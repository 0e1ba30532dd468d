"""The marginal abatement cost curve, where it is valid, and the ranking by value where it is not.

Below zero the cost per tonne ranks wrongly: of two measures that save equally much the one with
more tonnes looks worse (Taylor 2012, Energy Policy 48; Kesicki and Ekins 2012, Climate Policy 12).
So the curve holds what costs something, and what pays is ranked by its net present value. Measures
with a joint effect stand together, and their effect is counted once.
"""

from dataclasses import dataclass

import numpy as np

from model.appraisal import Appraisal, Economics
from model.streams import JOINT


@dataclass(frozen=True)
class Step:
    """One measure, or several with a joint effect, as indices into the plan.

    ``cost_per_tonne`` and ``net_present_value`` are real kronor, ``tonnes`` t CO2e a year.
    """

    measures: tuple[int, ...]
    cost_per_tonne: float
    tonnes: float
    net_present_value: float


@dataclass(frozen=True)
class LeftOut:
    """A measure, or several, with no place on the curve, and why."""

    measures: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class CostCurve:
    """``costing`` by cost per tonne, lowest first; ``paying`` by net present value, highest first;
    ``left_out`` in the plan's order. Every measure is in exactly one of them."""

    costing: tuple[Step, ...]
    paying: tuple[Step, ...]
    left_out: tuple[LeftOut, ...]


def cost_curve(appraisal: Appraisal) -> CostCurve:
    """The curve of a plan's measures in the appraisal's view."""
    costing, paying, left_out = [], [], []
    joint = appraisal.streams.joint
    alone = np.flatnonzero(joint < 0)
    units = [(measure,) for measure in alone.tolist()]
    steps = [_step(unit, appraisal.measures, unit[0]) for unit in units]
    groups = [tuple(np.flatnonzero(joint == g).tolist()) for g in np.unique(joint[joint >= 0])]
    together, found = appraisal.joint
    for column, members in enumerate(groups):
        step = _step(members, found, column)
        # A package counts what is known of it; here an effect must have its whole cost.
        if not together.counted[list(members), column].all():
            step = LeftOut(members, _why(appraisal, members))
        steps.append(step)
    for step in steps:
        if isinstance(step, LeftOut):
            left_out.append(step)
        else:
            (costing if step.cost_per_tonne > 0 else paying).append(step)
    return CostCurve(
        tuple(sorted(costing, key=lambda step: step.cost_per_tonne)),
        tuple(sorted(paying, key=lambda step: -step.net_present_value)),
        tuple(sorted(left_out, key=lambda left: left.measures)),
    )


def ranking(appraisal: Appraisal) -> tuple[tuple[Step, ...], tuple[LeftOut, ...]]:
    """Everything whose value is known by net present value, highest first, and what is left out.

    Here tonnes need not be known: ``cost_per_tonne`` is NaN where they are not.
    """
    found, reasons = appraisal.measures, appraisal.streams.reason
    steps = [_valued((place,), found, place) for place in np.flatnonzero(reasons == "").tolist()]
    left_out = [
        LeftOut((place,), str(reasons[place]))
        for place in np.flatnonzero((reasons != "") & (reasons != JOINT)).tolist()
    ]
    joint = appraisal.streams.joint
    together, figures = appraisal.joint
    for column, group in enumerate(np.unique(joint[joint >= 0])):
        members = tuple(np.flatnonzero((joint == group) & (reasons == JOINT)).tolist())
        if members and together.counted[list(members), column].all():
            steps.append(_valued(members, figures, column))
        elif members:
            every = tuple(np.flatnonzero(joint == group).tolist())
            left_out.append(LeftOut(members, _why(appraisal, every)))
    return (
        tuple(sorted(steps, key=lambda step: -step.net_present_value)),
        tuple(sorted(left_out, key=lambda left: left.measures)),
    )


def _valued(unit: tuple[int, ...], found: Economics, column: int) -> Step:
    return Step(
        unit,
        float(found.cost_per_tonne[column]),
        float(found.tonnes_a_year[column]),
        float(found.net_present_value[column]),
    )


def _step(unit: tuple[int, ...], found: Economics, column: int) -> Step | LeftOut:
    reason = str(found.reasons["cost_per_tonne"][column])
    if reason:
        return LeftOut(unit, reason)
    return _valued(unit, found, column)


def _why(appraisal: Appraisal, members: tuple[int, ...]) -> str:
    """Why measures with a joint effect cannot be judged: the first of theirs that is not known."""
    reasons = appraisal.streams.reason[list(members)]
    return next((str(why) for why in reasons if why not in ("", JOINT)), "no_tonnes")
