"""Which effects of a plan count towards which benefit, from when and until when.

Pure. An effect that is stated for a year holds until another is, and begins the year after the
measure is taken in use where it states no year. It is kept as steps: what each line adds to the
level before it. What measures share is counted once, at the first of them.
"""

from dataclasses import dataclass

import numpy as np

from model.horizon import Horizon
from model.plan import Effects, Plan, _Lines

NEVER = -1


@dataclass(frozen=True, eq=False)
class Steps(_Lines):
    """Steps of effects, in the indicator's unit; ``amounts`` is (3, lines): low, mid, high.

    ``begins`` and ``ends`` are years (index on the axis), ``begins`` NEVER where nothing says when.
    ``once`` comes in its first year only. ``unit`` numbers the measures that share any effect: what
    excludes what is decided within it. ``worse`` where the effect is to the bad.
    """

    measure: np.ndarray
    indicator: np.ndarray
    once: np.ndarray
    begins: np.ndarray
    ends: np.ndarray
    unit: np.ndarray
    worse: np.ndarray
    from_below: np.ndarray
    amounts: np.ndarray


def steps(plan: Plan, axis: Horizon) -> Steps:
    """Every effect whose amount is known and that is said to come every year, or once."""
    lines = plan.effects
    lines = lines.take(~np.isnan(lines.mid) & (lines.basis != "unclear"))
    lines = lines.take(first_of_shared(lines))
    begins = _begins(plan, axis, lines)
    once = lines.basis == "once"
    low, high = (np.where(np.isnan(bound), lines.mid, bound) for bound in (lines.low, lines.high))
    amounts = np.array([low, lines.mid, high])
    # In the order of series and year; of one series, so that a step is a level less the one before.
    series = _number(lines.measure, lines.indicator, once, begins == NEVER)
    order = np.lexsort((begins, series))
    series, begins, amounts = series[order], begins[order], amounts[:, order]
    lines, once = lines.take(order), once[order]
    first = np.ones(len(series), dtype=bool)
    first[1:] = (series[1:] != series[:-1]) | (begins[1:] != begins[:-1])
    place = np.cumsum(first) - 1
    levels = np.zeros((3, int(first.sum())))
    np.add.at(levels.T, place, amounts.T)
    from_below = np.zeros(levels.shape[1], dtype=bool)
    np.logical_or.at(from_below, place, ~np.isnan(lines.low) & np.isnan(lines.high))
    lines, once = lines.take(first), once[first]
    begins, series = begins[first], series[first]
    follows = np.zeros(len(series), dtype=bool)
    follows[1:] = (series[1:] == series[:-1]) & ~once[1:]
    last = np.append(series[1:] != series[:-1], True) if len(series) else follows
    final = levels[1][last][np.cumsum(np.append(True, last[:-1])) - 1] if len(series) else levels[1]
    added = levels.copy()
    added[:, 1:] -= np.where(follows[1:], levels[:, :-1], 0.0)
    known_life = axis.end[lines.measure] > 0
    ends = np.where(known_life, axis.end[lines.measure], axis.last - axis.base)
    return Steps(
        lines.measure,
        lines.indicator,
        once,
        begins,
        np.where(once, begins, ends),
        sharing(plan)[lines.measure],
        final < 0,
        from_below,
        added,
    )


def _begins(plan: Plan, axis: Horizon, lines: Effects) -> np.ndarray:
    """The first year of each line; NEVER where neither the effect nor the measure says when."""
    said = (plan.in_service > 0) | (plan.need.mid + plan.incremental.mid > 0).any(axis=0)
    own = np.clip(lines.year - axis.base, 0, axis.length)
    # What has no known end counts to the plan's last year, by when the plan is carried out: there
    # it is at work, as on the path of emissions.
    by_then = np.minimum(axis.service + 1, axis.last - axis.base)
    endless = (axis.end == 0) & (plan.in_service == 0)
    after = np.where(said, np.where(endless, by_then, axis.service + 1), NEVER)
    return np.where(lines.year > 0, own, after[lines.measure])


def first_of_shared(lines: Effects) -> np.ndarray:
    """Mask of the lines that count: of an effect that measures share, those of the first."""
    shared = np.flatnonzero(lines.effect_group != "")
    counted = np.ones(len(lines.measure), dtype=bool)
    if len(shared):
        group = _number(lines.indicator[shared], lines.effect_group[shared])
        first = np.full(group.max() + 1, np.iinfo(np.int64).max)
        np.minimum.at(first, group, lines.measure[shared])
        counted[shared] = lines.measure[shared] == first[group]
    return counted


def sharing(plan: Plan) -> np.ndarray:
    """A number for each measure, the same for those that share an effect, directly or not."""
    number = np.arange(plan.size[1])
    lines = plan.effects.take(plan.effects.effect_group != "")
    for group in dict.fromkeys(lines.effect_group.tolist()):
        members = np.isin(number, number[lines.measure[lines.effect_group == group]])
        number[members] = number[members].min()
    return number


def _number(*columns: np.ndarray) -> np.ndarray:
    """A number for each distinct row of some columns."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        code = column.astype(np.int64) if column.dtype != object else None
        if code is None:
            words = {word: place for place, word in enumerate(dict.fromkeys(column.tolist()))}
            code = np.fromiter(map(words.__getitem__, column.tolist()), np.int64, len(column))
        number = number * (int(code.max(initial=0)) + 1) + code
    return np.unique(number, return_inverse=True)[1]
