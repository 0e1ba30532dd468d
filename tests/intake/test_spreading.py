from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.intake.mentions import Span
from model.intake.spreading import spread, years_of
from model.years import BEFORE, LATER

PERIOD = (2026, 2030)
AMOUNTS = st.integers(min_value=0, max_value=10**13).map(lambda ore: Decimal(ore) / 100)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (None, None, range(2026, 2031)),
        (2025, 2027, range(2025, 2028)),
        (None, 2028, range(2026, 2029)),
        (None, 2025, [2025]),
        (2028, None, range(2028, 2031)),
        (2032, None, [2032]),
        (2029, 2033, range(2029, 2034)),
    ],
)
def test_a_measure_is_spread_over_the_years_that_it_states(start, end, years):
    assert years_of(start, end, PERIOD) == tuple(years)


def test_the_remainder_goes_to_the_first_years_in_whole_thousands():
    found = spread(Span(None, Decimal(2_000_000_000)), (2026, 2027, 2028), PERIOD)
    assert {year: span.mid for year, span in found.items()} == {
        2026: Decimal(666_667_000),
        2027: Decimal(666_667_000),
        2028: Decimal(666_666_000),
    }


def test_what_lies_outside_the_period_is_put_before_it_or_later():
    found = spread(Span(None, Decimal(10)), tuple(range(2024, 2034)), PERIOD)
    assert {year: span.mid for year, span in found.items()} == {
        BEFORE: Decimal(2),
        **dict.fromkeys(range(2026, 2031), Decimal(1)),
        LATER: Decimal(3),
    }


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.integers(2015, 2040), st.integers(0, 20))
def test_a_spread_is_exact_and_in_order_every_year(first, second, third, start, length):
    low, mid, high = sorted((first, second, third))
    years = tuple(range(start, start + length + 1))
    found = spread(Span(low, mid, high), years, PERIOD)
    assert [sum(ends) for ends in zip(*found.values(), strict=True)] == [low, mid, high]
    assert all(span.low <= span.mid <= span.high for span in found.values())
