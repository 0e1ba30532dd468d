"""What a measure gives, by the goal's kind: tonnes a year, tonnes until a year, society's benefit.

Joint effects count once, by their first carried-out measure, as in :mod:`model.emissions`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from model.emissions import effect, standing
from model.optimise.goal import Goal
from model.plan import Effects, Plan
from model.years import BEFORE

TONNES = "co2e_reduction"
# The benefit of every measure of a plan, present value in kronor, NaN where it is not known.
Benefits = Callable[[Plan], np.ndarray]


@dataclass(frozen=True)
class Shared:
    """A joint effect: the measures that share it, in the order in which it would be theirs, and
    what each would give by delay, (measures, delays)."""

    group: str
    measures: tuple[int, ...]
    value: np.ndarray


@dataclass(frozen=True, eq=False)
class Worth:
    """``own`` is what each measure gives by itself, (delays, measures); NaN where not known, and
    ``reason`` says why."""

    own: np.ndarray
    shared: tuple[Shared, ...]
    reason: np.ndarray


def worth(plans: list[Plan], goal: Goal, benefits: Benefits) -> Worth:
    """What the measures give; ``plans`` is the plan by how many years it is delayed, from none."""
    if goal.of == "benefit":
        own = np.array([benefits(plan) for plan in plans])
        return Worth(own, (), np.where(np.isnan(own[0]), "no_benefit", "").astype(object))
    values = np.array([_values(plan, goal) for plan in plans])
    lines, measures = _lines(plans[0], goal), plans[0].size[1]
    alone = lines.effect_group == ""
    own = np.zeros((len(plans), measures))
    for delay in range(len(plans)):
        np.add.at(own[delay], lines.measure[alone], values[delay, alone])
    reason = np.full(measures, "no_effect", dtype=object)
    reason[lines.measure] = "once_only"
    reason[lines.measure[lines.basis == "unclear"]] = "" if goal.unclear else "unclear_effect"
    reason[lines.measure[lines.basis == "per_year"]] = ""
    if goal.of == "tonnes":
        reason[lines.measure[lines.basis == "once"]] = ""
    return Worth(own, tuple(_shared(lines, values, goal)), reason)


def reached(plan: Plan, goal: Goal, benefits: Benefits, chosen: np.ndarray) -> float:
    """What a plan gives in all by the model's own sums; of benefits only the ``chosen`` (mask)."""
    if goal.of == "benefit":
        return float(np.nansum(benefits(plan)[chosen]))
    if goal.of == "tonnes_a_year":
        found = effect(plan, TONNES)
        return found.yearly.mid + (found.unclear.mid if goal.unclear else 0.0)
    values, lines = _values(plan, goal), _lines(plan, goal)
    counted = lines.effect_group == ""
    for shared in _shared(lines, values[None, :], goal):
        values = np.append(values, shared.value[0, 0])
        counted = np.append(counted, True)
    return float(values[counted].sum())


def _lines(plan: Plan, goal: Goal) -> Effects:
    lines = plan.effects.take((plan.effects.indicator == TONNES) & ~np.isnan(plan.effects.mid))
    return lines if goal.of == "tonnes" else lines.take(standing(lines))


def _values(plan: Plan, goal: Goal) -> np.ndarray:
    """What every line gives, (lines,)."""
    lines = _lines(plan, goal)
    yearly = (lines.basis == "per_year") | (goal.unclear & (lines.basis == "unclear"))
    if goal.of == "tonnes_a_year":
        return np.where(yearly, lines.mid, 0.0)
    begins = np.where(lines.year > 0, lines.year, service(plan)[lines.measure] + 1)
    counted = np.maximum(_ends(plan, lines, begins, goal.last) - begins + 1, 0)
    once = (lines.basis == "once") & (begins <= goal.last)
    return lines.mid * np.where(yearly, counted, once)


def service(plan: Plan) -> np.ndarray:
    """The year each measure is taken in use, or of its last expenditure where nobody has said."""
    spends = (plan.need.mid + plan.one_off.mid > 0) & (plan.years > BEFORE)[:, None]
    latest = np.where(spends, plan.years[:, None], plan.head.first_year - 1).max(axis=0, initial=0)
    return np.where(plan.in_service > 0, plan.in_service, latest)


def _ends(plan: Plan, lines: Effects, begins: np.ndarray, last: int) -> np.ndarray:
    """The last year that a yearly line counts: until the next level of the same effect begins,
    the measure's life is over, or ``last``."""
    life = plan.assets.lifetime[lines.measure]
    over = service(plan)[lines.measure] + life
    ends = np.where(life > 0, np.minimum(over, last), last)
    series: dict[tuple, list[int]] = {}
    for line, key in enumerate(zip(lines.measure, lines.effect_group, lines.basis, strict=True)):
        if lines.year[line] > 0:
            series.setdefault(key, []).append(line)
    for levels in series.values():
        levels.sort(key=lambda line: lines.year[line])
        for line, following in pairwise(levels):
            ends[line] = min(ends[line], begins[following] - 1)
    return ends


def _shared(lines: Effects, values: np.ndarray, goal: Goal):
    """Yield every joint effect. Of a measure's lines of one the first counts, as in the sum of the
    plan; until a year all of them, because they are levels after each other."""
    for group in sorted(set(lines.effect_group.tolist()) - {""}):
        of_group = np.flatnonzero(lines.effect_group == group)
        measures, first = np.unique(lines.measure[of_group], return_index=True)
        order = np.argsort(first)
        if goal.of == "tonnes":
            of_measure = lines.measure[of_group] == measures[order][:, None]
            value = values[:, of_group] @ of_measure.T
        else:
            value = values[:, of_group[first[order]]]
        yield Shared(group, tuple(measures[order].tolist()), value.T)
