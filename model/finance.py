"""What is a municipal need, what is not, and what the municipality must borrow.

Amounts are whole öre, one or an array of them. The rules are those that Swedish municipalities
budget and account by; a loan, a lease and an energy performance contract are told apart from money
that covers a need.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.money import scale

Ore = int | np.ndarray
# Input VAT is compensated to a municipality, but not for these.
VAT_STAYS = frozenset({"dwelling", "passenger_car"})


def need_of_ongoing(forecast: Ore, spent: Ore) -> Ore:
    """What an ongoing project still needs: the forecast of its final cost less what is spent.

    The council's total decision is neither need nor money.
    """
    return np.maximum(np.subtract(forecast, spent), 0)


def municipal_cost(with_vat: Ore, asset: str, vat_rate: float) -> Ore:
    """What an asset priced with VAT costs the municipality; ``vat_rate`` 0.25 is 25 %.

    The tax is compensated, save for permanent dwellings and passenger cars (``VAT_STAYS``).
    """
    if asset in VAT_STAYS:
        return with_vat
    return scale(with_vat, 1 / (1 + vat_rate))


def profitability_gap(
    investment: Ore, alternative: Ore, present_value_of_savings: Ore, support: Ore = 0
) -> Ore:
    """What a household or company lacks for a measure to pay, against its ``alternative``.

    They have no financing gap towards the municipality: this is never added to one.
    """
    extra = np.subtract(investment, alternative)
    return np.maximum(extra - present_value_of_savings - support, 0)


@dataclass(frozen=True)
class Lease:
    """What a lease is in the books, öre: investment ``need``, ``debt``, and rent a year."""

    need: int
    debt: int
    running_cost: int


def lease(kind: Literal["operating", "finance"], worth: int, rent_per_year: int = 0) -> Lease:
    """An operating lease is rent and no investment; a finance lease is an asset and its debt."""
    if kind == "operating":
        return Lease(need=0, debt=0, running_cost=rent_per_year)
    return Lease(need=worth, debt=worth, running_cost=0)


@dataclass(frozen=True)
class Borrowing:
    """``need`` to borrow in a year and how far that is ``over_ceiling``, öre."""

    need: int
    over_ceiling: int


def borrowing(net_investment: int, self_financing: int, debt_room_left: int) -> Borrowing:
    """What the municipality must borrow: once for all its measures, never for one of them."""
    need = max(net_investment - self_financing, 0)
    return Borrowing(need, max(need - debt_room_left, 0))
