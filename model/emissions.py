"""Tonnes: what measures are said to do, as they say it; :mod:`model.emission_paths` has the years.

Emission figures carry gas, boundary and method, and series that differ are never added.
"""

from dataclasses import dataclass

import numpy as np

from model.plan import Effects, Plan


@dataclass(frozen=True)
class Span:
    """Low, mid and high of one quantity. ``from_below`` when some part is only a lower bound."""

    low: float
    mid: float
    high: float
    from_below: bool = False


@dataclass(frozen=True)
class Effect:
    """One indicator over a plan, in the indicator's unit.

    ``yearly`` is said to come every year, ``once`` to come once, and ``unclear`` does not say
    which; they are never summed silently. ``stated`` and ``unstated`` count measures.
    """

    indicator: str
    yearly: Span
    once: Span
    unclear: Span
    stated: int
    unstated: int


def effect(plan: Plan, indicator: str) -> Effect:
    """What the plan's measures do to one indicator; an effect group counts by its first line."""
    lines = plan.effects.take((plan.effects.indicator == indicator) & ~np.isnan(plan.effects.mid))
    lines = lines.take(standing(lines))
    counted = lines.take(_first_of_group(lines.effect_group))

    def span(basis: str) -> Span:
        chosen = counted.take(counted.basis == basis)
        low, high = (
            np.where(np.isnan(bound), chosen.mid, bound) for bound in (chosen.low, chosen.high)
        )
        only_low = ~np.isnan(chosen.low) & np.isnan(chosen.high)
        sums = (float(values.sum()) for values in (low, chosen.mid, high))
        return Span(*sums, from_below=bool(only_low.any()))

    stated = len(np.unique(lines.measure))
    return Effect(
        indicator,
        yearly=span("per_year"),
        once=span("once"),
        unclear=span("unclear"),
        stated=stated,
        unstated=plan.size[1] - stated,
    )


def unstated(plan: Plan, indicator: str) -> Effect:
    """An indicator that no measure of the plan says anything about."""
    nothing = Span(0.0, 0.0, 0.0)
    return Effect(indicator, nothing, nothing, nothing, 0, plan.size[1])


def standing(lines: Effects) -> np.ndarray:
    """Mask of the lines that count in a sum over all years. A yearly level holds until another is
    stated: of a measure's dated yearly lines of one indicator those of the last year count, and of
    an effect that comes to an end (zero) those of the last year that it has."""
    dated = (lines.basis == "per_year") & (lines.year > 0)
    counted = ~dated
    rows = np.flatnonzero(dated & ~np.isnan(lines.mid))
    keys = [(lines.measure[row], lines.indicator[row]) for row in rows]
    ranks = [(bool(lines.mid[row] != 0), int(lines.year[row])) for row in rows]
    last: dict[tuple, tuple] = {}
    for key, rank in zip(keys, ranks, strict=True):
        last[key] = max(last.get(key, rank), rank)
    for row, key, rank in zip(rows, keys, ranks, strict=True):
        counted[row] = rank == last[key]
    return counted


def _first_of_group(groups: np.ndarray) -> np.ndarray:
    """Mask of the lines that count: those without a group, and the first of each group."""
    _, first = np.unique(groups.astype(str), return_index=True)
    counted = groups == ""
    counted[first] = True
    return counted.astype(bool)
