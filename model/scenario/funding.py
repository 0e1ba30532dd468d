"""Other people's money, and the municipality's own plans: what scenarios do to what funds a plan.

What is granted or decided stays as it is.
"""

import numpy as np

from model.money import scale, split
from model.plan import Grants, Plan
from model.scenario.adjustments import FundingFactor, SeekMaximum, SourceOff, SuccessRate


def source_off(plan: Plan, adjustment: SourceOff) -> Plan:
    """Without what the source has not granted."""
    gone = (plan.grants.source == adjustment.source) & (plan.grants.status != "granted")
    return plan.replace(grants=plan.grants.take(~gone))


def success_rate(plan: Plan, adjustment: SuccessRate) -> Plan:
    """Applications with another probability."""
    grants = plan.grants
    hit = (grants.status == "applied") & adjustment.where.mask(plan)[grants.measure]
    if adjustment.source:
        hit &= grants.source == adjustment.source
    probability = np.where(hit, adjustment.probability, grants.probability)
    return plan.replace(grants=grants.replace(probability=probability))


def funding_factor(plan: Plan, adjustment: FundingFactor) -> Plan:
    """Grants that are not granted, and planned appropriations, times a factor."""
    grants, given = plan.grants, plan.appropriations
    chosen = adjustment.where.mask(plan)
    if adjustment.money != "own":
        hit = chosen[grants.measure] & (grants.status != "granted")
        if adjustment.source:
            hit &= grants.source == adjustment.source
        payments = scale(grants.payments, np.where(hit, adjustment.factor, 1.0))
        grants = grants.replace(payments=payments)
    if adjustment.money != "grants" and not adjustment.source:
        factor = np.where(chosen, adjustment.factor, 1.0)
        given = given.replace(
            planned_gross=scale(given.planned_gross, factor),
            planned_net=scale(given.planned_net, factor),
        )
    return plan.replace(grants=grants, appropriations=given)


def seek_maximum(plan: Plan, adjustment: SeekMaximum) -> Plan:
    """With an application for every eligible measure that has none."""
    grants = plan.grants
    asked = np.bincount(
        grants.measure[grants.source == adjustment.source], minlength=plan.size[1]
    ).astype(bool)
    begun = (
        (plan.need.mid[0] > 0)
        | plan.paid.any(axis=0)
        | np.isin(plan.tags["readiness"], ["procured", "in_service"])
    )
    eligible = (
        adjustment.where.mask(plan)
        & np.isin(plan.tags["owner"], adjustment.owners)
        & ~asked
        & ~begun
    )
    if adjustment.sectors:
        eligible &= np.isin(plan.tags["sector"], adjustment.sectors)
    need = plan.need.mid
    other_money = np.zeros(plan.size[1], dtype=np.int64)
    np.add.at(other_money, grants.measure, grants.payments.sum(axis=0))
    room = np.maximum(need.sum(axis=0) - other_money, 0)
    sought = np.minimum(scale(need.sum(axis=0), adjustment.share), room)
    chosen = np.flatnonzero(eligible & (sought > 0))
    lines = len(chosen)
    applications = Grants(
        measure=chosen,
        id=np.array([f"{adjustment.source}-max"] * lines, dtype=object),
        source=np.array([adjustment.source] * lines, dtype=object),
        status=np.array(["applied"] * lines, dtype=object),
        probability=np.full(lines, adjustment.probability),
        share=np.full(lines, adjustment.share),
        eligible=need[:, chosen].sum(axis=0),
        payments=split(sought[chosen], need[:, chosen]),
    )
    return plan.replace(grants=grants.append(applications))
