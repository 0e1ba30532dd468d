"""Tonnes: what measures are said to do, and the path that a carbon budget allows.

Emission figures carry gas, boundary and method, and series that differ are never added: a carbon
budget in fossil CO2 is not compared with a baseline in CO2e.
"""

from dataclasses import dataclass

import numpy as np

from model.errors import InvalidData
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


@dataclass(frozen=True)
class BudgetPath:
    """A carbon budget used up in ever smaller steps: what each year may emit, in t.

    ``yearly_reduction`` is a share. ``left`` is what of the budget remains after each year.
    """

    yearly_reduction: float
    years: tuple[int, ...]
    emissions: tuple[float, ...]
    left: tuple[float, ...]


def carbon_budget_path(
    remaining: float, first_year: int, first_year_emission: float, last_year: int
) -> BudgetPath:
    """The geometric path without end whose sum is the budget: each year a fixed share less.

    ``remaining`` (t) is the budget from ``first_year`` on. The share is the first year's emission
    through the budget, kept unrounded; with it the whole path adds up to the budget exactly. This
    is the method behind Örnsköldsvik's published 19,8 % a year (Klimatkontrakt 2030, 5.1).
    InvalidData when the first year alone would use up the budget.
    """
    if not 0 < first_year_emission < remaining:
        raise InvalidData(
            "The first year's emission is {first} t and the budget {budget} t: expected an emission"
            " above zero and below the budget.",
            first=first_year_emission,
            budget=remaining,
        )
    share = first_year_emission / remaining
    years = np.arange(first_year, last_year + 1)
    step = years - first_year
    emissions = first_year_emission * (1 - share) ** step
    left = remaining * (1 - share) ** (step + 1)
    return BudgetPath(share, tuple(years.tolist()), tuple(emissions.tolist()), tuple(left.tolist()))
