"""Where a year's money goes on a plan's axis of years."""

from model.plan import YearAxis
from tests.model.conftest import appropriation, by_year, grant, measure


def test_earlier_years_go_before_and_later_ones_later():
    axis = YearAxis(2026, 2028, with_later=True)
    assert axis.years.tolist() == [0, 2026, 2027, 2028, 9999]
    assert axis.index([0, 2019, 2025, 2026, 2028, 2029, 2050, 9999]).tolist() == [
        0,
        0,
        0,
        1,
        3,
        4,
        4,
        4,
    ]


def test_money_beyond_the_last_year_never_pays_a_need_before_it(result_of):
    result = result_of(
        measure(need={2028: 100}, appropriations=(appropriation(2029, 100, "planned"),))
    )
    assert result.plan.years.tolist() == [0, 2026, 2027, 2028, 9999]
    assert by_year(result.outcome("planned").gap) == [0, 0, 0, 100, 0]


def test_a_grant_beyond_the_last_year_comes_in_arrears(result_of):
    result = result_of(measure(need={2028: 100}, grants=(grant("g", {2031: 100}),)))
    outcome = result.outcome("secured")
    assert by_year(outcome.gap) == [0, 0, 0, 0, 0]
    assert by_year(outcome.liquidity) == [0, 0, 0, 100, 0]
