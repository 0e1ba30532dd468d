"""Every step of the matching of money to need, as the columns of the workbook have them.

The model gives the results (:mod:`model.readings`); here are the amounts on the way to them. Arrays
are (years, measures) in whole öre, as in :mod:`model.gap`.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Steps:
    """One match of ``need``, step by step in the order of the columns."""

    need: np.ndarray
    hand: np.ndarray
    grants: np.ndarray
    saved: np.ndarray
    left: np.ndarray
    before_appropriation: np.ndarray
    late_grants: np.ndarray
    own: np.ndarray
    available: np.ndarray
    appropriated: np.ndarray
    carried: np.ndarray
    lapsed: np.ndarray
    remaining: np.ndarray
    late: np.ndarray
    gap: np.ndarray
    surplus: np.ndarray
    balance: np.ndarray


def steps(
    need: np.ndarray,
    received: np.ndarray,
    gross: np.ndarray,
    net: np.ndarray,
    carry_over: np.ndarray,
) -> Steps:
    """Match ``need`` with what is received of grants and with gross and net appropriations."""
    years = len(need)
    hand, grants, saved = (np.zeros_like(need) for _ in range(3))
    kept = np.zeros_like(need[0])
    for year in range(years):
        hand[year] = received[year] + kept
        grants[year] = np.minimum(need[year], hand[year])
        saved[year] = kept = hand[year] - grants[year]
    left = np.broadcast_to(kept, need.shape)
    before_appropriation, late_grants = _back(need - grants, kept)
    own = net + np.maximum(gross - grants - late_grants, 0)
    available, appropriated, carried = (np.zeros_like(need) for _ in range(3))
    moved = np.zeros_like(kept)
    for year in range(years):
        available[year] = own[year] + moved
        appropriated[year] = np.minimum(need[year] - grants[year], available[year])
        unspent = available[year] - appropriated[year]
        moved = np.minimum(unspent, carry_over[year]) if year < years - 1 else np.zeros_like(kept)
        carried[year] = moved
    remaining, late = _back(need - grants - appropriated, kept)
    surplus = np.zeros_like(need)
    surplus[-1] = remaining[-1] - late[-1]
    return Steps(
        need=need,
        hand=hand,
        grants=grants,
        saved=saved,
        left=left,
        before_appropriation=before_appropriation,
        late_grants=late_grants,
        own=own,
        available=available,
        appropriated=appropriated,
        carried=carried,
        lapsed=available - appropriated - carried,
        remaining=remaining,
        late=late,
        gap=need - grants - appropriated - late,
        surplus=surplus,
        balance=np.cumsum(need - appropriated - received, axis=0),
    )


def _back(unmet: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What of ``left`` remains as each year is reached from the first, and what it pays there."""
    reached = np.minimum(np.cumsum(unmet, axis=0), left)
    paid = np.diff(reached, axis=0, prepend=0)
    return left - reached + paid, paid
