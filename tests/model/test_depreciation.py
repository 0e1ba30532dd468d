"""Depreciation by month: it adds up whatever the cost, the life and the month."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.depreciation import Pieces, interest, schedule

COSTS = st.integers(min_value=0, max_value=10**13)
LIVES = st.integers(min_value=1, max_value=100)
MONTHS = st.integers(min_value=1, max_value=12)


def piece(cost, lifetime, month, reinvested=False) -> Pieces:
    return Pieces(*(np.array([value]) for value in (cost, lifetime, 2026, month, reinvested)))


@given(COSTS, LIVES, MONTHS)
def test_the_years_add_up_to_the_cost(cost, lifetime, month):
    found = schedule(piece(cost, lifetime, month), np.arange(2024, 2130))
    assert found.depreciation.sum() == cost
    assert (found.depreciation >= 0).all()
    assert found.closing[-1, 0] == 0


@given(COSTS, LIVES, MONTHS, st.booleans())
def test_a_year_opens_where_the_one_before_closed(cost, lifetime, month, reinvested):
    found = schedule(piece(cost, lifetime, month, reinvested), np.arange(2024, 2130))
    assert (found.opening[1:] == found.closing[:-1]).all()
    assert (found.closing >= 0).all()


@given(COSTS, LIVES, MONTHS)
def test_what_is_bought_anew_is_never_without_value(cost, lifetime, month):
    found = schedule(piece(cost, lifetime, month, reinvested=True), np.arange(2026, 2130))
    assert (found.reinvested % max(cost, 1) == 0).all()
    # By the öre a piece of one öre is worth nothing half its life: the dear ones are looked at.
    assert cost < 10**4 or ((found.opening + found.added) > 0).all()


@given(COSTS, LIVES, MONTHS)
def test_month_by_month_gives_the_same(cost, lifetime, month):
    """A second way: every month on its own, in exact fractions, gathered by year."""
    found = schedule(piece(cost, lifetime, month), np.arange(2026, 2130)).depreciation
    monthly = Fraction(cost, lifetime * 12)
    reached = Fraction(0)
    for row, year in enumerate(range(2026, 2130)):
        lived = [
            number
            for number in range(12)
            if 0 <= (year - 2026) * 12 + number + 1 - month < lifetime * 12
        ]
        reached += monthly * len(lived)
        assert abs(found[: row + 1].sum() - reached) <= Fraction(1, 2)


def test_land_keeps_its_value():
    found = schedule(piece(1000, 0, 7), np.arange(2026, 2029))
    assert found.depreciation.sum() == 0
    assert found.closing[:, 0].tolist() == [1000, 1000, 1000]
    assert found.base[:, 0].tolist() == [6000, 12000, 12000]


def test_interest_is_rounded_once_half_up():
    assert interest(np.array([12 * 20, 12 * 10]), np.array([0.025, 0.05])).tolist() == [1, 1]
    assert interest(np.array([1200]), np.array([np.nan])).tolist() == [0]


def test_what_does_not_fit_is_refused():
    with pytest.raises(OverflowError):
        interest(np.array([10**17]), np.array([0.9]))
