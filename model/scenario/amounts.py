"""How much measures cost and do, and on whom it falls."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from model.money import scale, split
from model.plan import OwnerShares, Plan
from model.scenario.adjustments import (
    MILLION,
    CalculationRate,
    CostFactor,
    EffectFactor,
    GreenShare,
    OwnerSplit,
    PrivateShare,
)

# Who the private and the public part fall on where a measure names no owner of that kind.
_DEFAULT_OWNERS = {"private": ("business", "other"), "public": ("municipality", "municipal_group")}


def cost_factor(plan: Plan, adjustment: CostFactor) -> Plan:
    """What is not yet spent costs so many times as much, and grants follow what is eligible."""
    factor = np.where(adjustment.where.mask(plan), adjustment.factor, 1.0)

    def rise(amounts: np.ndarray, paid: np.ndarray) -> np.ndarray:
        spent = np.minimum(paid, amounts)
        spent[0] = amounts[0]
        return spent + scale(amounts - spent, factor)

    nothing_paid = np.zeros_like(plan.paid)
    need = plan.need.map(lambda amounts: rise(amounts, plan.paid))
    before, after = plan.need.mid.sum(axis=0), need.mid.sum(axis=0)
    ratio = np.divide(after, before, out=np.ones(len(before)), where=before > 0)
    grants = plan.grants
    eligible = np.where(
        grants.eligible >= 0,
        scale(np.maximum(grants.eligible, 0), ratio[grants.measure]),
        grants.eligible,
    )
    return plan.replace(
        need=need,
        one_off=plan.one_off.map(lambda amounts: rise(amounts, plan.one_off_paid)),
        # What would be done anyway costs more too, so what is above it rises as much.
        incremental=plan.incremental.map(lambda amounts: rise(amounts, nothing_paid)),
        grants=grants.replace(eligible=eligible),
    )


def effect_factor(plan: Plan, adjustment: EffectFactor) -> Plan:
    """The effects of the measures, of one indicator or all, times a factor."""
    chosen = adjustment.where.mask(plan)[plan.effects.measure]
    indicators = (adjustment.indicator,) if adjustment.indicator else ()
    return effects_times(plan, chosen, indicators, adjustment.factor)


def effects_times(plan: Plan, lines: np.ndarray, indicators: Sequence[str], factor: float) -> Plan:
    """The lines (mask) of effects of these indicators, of all where there are none, times a factor.

    The same plan where that changes nothing.
    """
    effects = plan.effects
    if indicators:
        lines = lines & np.isin(effects.indicator, np.array(indicators, dtype=object))
    if factor == 1 or not lines.any():
        return plan
    times = np.where(lines, factor, 1.0)
    return plan.replace(
        effects=effects.replace(
            low=effects.low * times, mid=effects.mid * times, high=effects.high * times
        )
    )


def private_share(plan: Plan, adjustment: PrivateShare) -> Plan:
    """Need moved between private and public owners, the measures' own where they name any."""
    shares = plan.owner_shares
    lines = []
    private = round(adjustment.share * MILLION)
    for measure in np.flatnonzero(adjustment.where.mask(plan)):
        own = shares.measure == measure
        for kind, part in (("private", private), ("public", MILLION - private)):
            of_kind = own & (shares.owner_kind == kind)
            owners = list(zip(shares.owner[of_kind], shares.actor_group[of_kind], strict=True))
            weights = shares.share[of_kind]
            if not owners or not weights.sum():
                owners, weights = [_DEFAULT_OWNERS[kind]], np.array([1])
            parts = split(np.int64(part), weights)
            lines += [
                (measure, owner, kind, group, int(share))
                for (owner, group), share in zip(owners, parts, strict=True)
            ]
    return _with_owners(plan, lines)


def owner_shares(plan: Plan, adjustment: OwnerSplit) -> Plan:
    """Need on the owners in the shares that the adjustment says."""
    about = {owner: (kind, group) for owner, kind, group in adjustment.owners}
    return _with_owners(
        plan,
        [
            (measure, owner, *about[owner], round(share * MILLION))
            for measure in np.flatnonzero(adjustment.where.mask(plan))
            for owner, share in adjustment.shares
        ],
    )


def _with_owners(plan: Plan, lines: list[tuple[int, str, str, str, int]]) -> Plan:
    shares = plan.owner_shares
    changed = np.isin(shares.measure, [line[0] for line in lines])
    return plan.replace(owner_shares=shares.take(~changed).append(OwnerShares.of(lines)))


def green_share(plan: Plan, adjustment: GreenShare) -> Plan:
    """Another part of the measures that have a green category is green."""
    green = adjustment.where.mask(plan) & (plan.tags["green_category"] != "")
    return plan.replace(green_share=np.where(green, adjustment.share, plan.green_share))


def calculation_rate(plan: Plan, adjustment: CalculationRate) -> Plan:
    """The plan judged at another rate."""
    rate = round(Decimal(str(adjustment.rate)), 6)
    return plan.replace(head=plan.head.model_copy(update={"calculation_rate": rate}))
