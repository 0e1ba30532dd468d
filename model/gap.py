"""Matching money to need, measure by measure: the kernel everything else rests on.

The rules are the finance officer's. A **grant** pays the same year, then is saved for later years,
and what is left pays back to the earliest unmet year (it came in arrears; waiting is a liquidity
need). An **appropriation** pays the same year only, after the year's grants; what is unspent lapses
unless a decided **carry-over** moves it one year on. Nothing is shared between measures.

Arrays are int64 whole öre of shape (years, measures), years first and in order. Every function is
pure.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.money import scale


@dataclass(frozen=True, eq=False)
class Match:
    """What :func:`match` found of ``need`` and ``grants``, both as they were given.

    ``gap`` and ``liquidity`` are (years, measures), in öre. ``surplus`` (grant money that no need
    took) and ``lapsed`` (appropriation nobody spent) are per measure. ``appropriated`` is what
    appropriations paid; grants paid the rest of ``need - gap``.
    """

    gap: np.ndarray
    surplus: np.ndarray
    lapsed: np.ndarray
    appropriated: np.ndarray
    need: np.ndarray
    grants: np.ndarray

    @cached_property
    def liquidity(self) -> np.ndarray:
        """The balance at the end of a year that somebody must bridge until the grants arrive; it is
        never summed over years. Worked out when it is asked for."""
        balance = np.cumsum(self.need - self.appropriated - self.grants, axis=0)
        return np.maximum(balance, 0)


def match(
    need: np.ndarray,
    grants: np.ndarray,
    appropriations: np.ndarray | None = None,
    carry_over: np.ndarray | None = None,
) -> Match:
    """Cover ``need`` with grants and net appropriations: (years, measures) in öre, none negative.

    ``carry_over`` is the decided carry-over *from* a year: at most so much of that year's unspent
    appropriation (with what was carried into it) is available the next year.
    ValueError when shapes differ, an entry is negative or a type is not int64.
    """
    _check(need, need, "need")
    _check(grants, need, "grants")
    years, measures = need.shape
    gap = need.copy()
    saved = np.zeros(measures, dtype=np.int64)
    lapsed = np.zeros(measures, dtype=np.int64)
    appropriated = np.zeros_like(need)
    paid = np.empty_like(saved)

    def spend_saved(unmet: np.ndarray) -> None:
        """Pay one year's unmet need from what is saved, both in place."""
        np.minimum(saved, unmet, out=paid)
        np.subtract(unmet, paid, out=unmet)
        np.subtract(saved, paid, out=saved)

    if appropriations is None:
        for year in range(years):
            saved += grants[year]
            spend_saved(gap[year])
    else:
        _check(appropriations, need, "appropriations")
        if carry_over is not None:
            _check(carry_over, need, "carry_over")
        carries = carry_over is not None and carry_over.any()
        carried = np.zeros(measures, dtype=np.int64)
        for year in range(years):
            saved += grants[year]
            spend_saved(gap[year])
            available = appropriations[year] + carried if carries else appropriations[year]
            np.minimum(available, gap[year], out=appropriated[year])
            gap[year] -= appropriated[year]
            lapsed += available
            lapsed -= appropriated[year]
            # After the last year there is nothing to carry over to.
            if carries and year < years - 1:
                carried = np.minimum(available - appropriated[year], carry_over[year])
                lapsed -= carried
    # Money still in hand came after the last unmet year, or it would have been spent there.
    for year in range(years):
        spend_saved(gap[year])
    return Match(gap, saved, lapsed, appropriated, need, grants)


def net_of_grants(gross: np.ndarray, need: np.ndarray, grants: np.ndarray) -> np.ndarray:
    """Gross appropriations as net ones: each year's less what grants pay of that year's need.

    All (years, measures) in öre. A gross appropriation authorises the whole expenditure, so gross
    800 beside a grant of 300 is own money of 500, and never more cover than 800.
    """
    paid_by_grants = need - match(need, grants).gap
    return np.maximum(gross - paid_by_grants, 0)


def grant_limit(
    amount: np.ndarray, share: np.ndarray, eligible_expenditure: np.ndarray
) -> np.ndarray:
    """The grant in öre: the lower of ``amount`` and ``share`` of the actual eligible expenditure.

    ``amount`` and ``eligible_expenditure`` are int64 öre, ``share`` a float where NaN is not
    stated (the amount stands). All of one shape.
    """
    stated = ~np.isnan(share)
    limit = scale(eligible_expenditure, np.where(stated, share, 0.0))
    return np.where(stated, np.minimum(amount, limit), amount)


def _check(amounts: np.ndarray, need: np.ndarray, name: str) -> None:
    if amounts.dtype != np.int64 or amounts.ndim != 2 or amounts.shape != need.shape:
        raise ValueError(
            f"{name} is {amounts.dtype} {amounts.shape}: expected int64 öre of (years, measures), "
            f"as need {need.shape}"
        )
    if amounts.size and amounts.min() < 0:
        raise ValueError(f"{name} has a negative entry: money and need are never below zero")
