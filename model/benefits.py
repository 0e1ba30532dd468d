"""What society gains: effects times sourced unit values, and what nobody can value yet.

A benefit here is yearly and undiscounted. Cash for somebody's budget and value to society are kept
apart, benefits that exclude each other are never added, and a benefit without an effect in the plan
or without a unit value is listed as such, not dropped.
"""

from dataclasses import dataclass
from typing import Literal

from model.emissions import Effect, Span, effect
from model.entries import Assumption, Benefit, DatedValue
from model.plan import Plan


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
