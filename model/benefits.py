"""What society gains: effects times sourced unit values, and what nobody can value yet.

A benefit here is yearly and undiscounted. Cash for somebody's budget and value to society are kept
apart, benefits that exclude each other are never added, and a benefit without an effect in the plan
or without a unit value is listed as such, not dropped.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.emissions import Effect, Span, effect
from model.entries import Assumption, Benefit, DatedValue
from model.money import scale
from model.owners import group_part
from model.plan import Plan, calendar_years


@dataclass(frozen=True)
class ValuedBenefit:
    """A benefit in one plan.

    ``value`` is kronor a year of what is certain to come every year, in the price year of
    ``unit_value``, which is kronor per unit of the effect. ``state`` says how far it could be
    taken: ``valued``, ``counted`` (an effect but no such unit value), ``no_effect`` (no measure
    states it) or ``unquantified``.
    """

    benefit: Benefit
    state: Literal["valued", "counted", "no_effect", "unquantified"]
    effect: Effect | None = None
    assumption: Assumption | None = None
    unit_value: DatedValue | None = None
    value: Span | None = None


@dataclass(frozen=True)
class Cash:
    """What a year's change in running cost is for the municipal group's budget, whole öre.

    Negative where it saves. ``year`` is the plan's last, when the measures are in place.
    """

    year: int
    amount: int


def cash(plan: Plan) -> Cash | None:
    """The group's change in running cost in the plan's last year; None where none is stated.

    It is money, not value to society, and stands apart from every benefit.
    """
    part = group_part(plan)
    ours = plan.running_cost[:, part > 0]
    if not ours.any():
        return None
    last = int(np.flatnonzero(calendar_years(plan.years))[-1])
    amounts = scale(plan.running_cost[last], part)
    return Cash(int(plan.years[last]), int(amounts.sum()))


def exclusive(benefits: list[ValuedBenefit], one: ValuedBenefit) -> list[ValuedBenefit]:
    """The other benefits that value the same thing as ``one``, and are never added to it."""
    key, group = one.benefit.key, one.benefit.exclusion_group
    return [
        each
        for each in benefits
        if group and each.benefit.exclusion_group == group and each.benefit.key != key
    ]


def valued_benefits(plan: Plan, reference) -> list[ValuedBenefit]:
    """Every benefit of the reference data, in its order, with what the plan makes of it.

    Low meets low and high meets high: a range of what could be, not a probability.
    """
    return [_valued(benefit, plan, reference) for benefit in reference.benefits.values()]


def _valued(benefit: Benefit, plan: Plan, reference) -> ValuedBenefit:
    if not benefit.quantified:
        return ValuedBenefit(benefit, "unquantified")
    found = effect(plan, benefit.indicator)
    if not found.stated:
        return ValuedBenefit(benefit, "no_effect", found)
    assumption = reference.assumptions.get(benefit.unit_value)
    unit_value = assumption and assumption.latest
    priced = f"SEK/{reference.indicators[benefit.indicator].unit}"
    if unit_value is None or unit_value.value is None or assumption.unit != priced:
        return ValuedBenefit(benefit, "counted", found, assumption)
    low, mid, high = (
        float(unit_value.value if level is None else level)
        for level in (unit_value.low, unit_value.value, unit_value.high)
    )
    yearly = found.yearly
    value = Span(yearly.low * low, yearly.mid * mid, yearly.high * high, yearly.from_below)
    return ValuedBenefit(benefit, "valued", found, assumption, unit_value, value)
