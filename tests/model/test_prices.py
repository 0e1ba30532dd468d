"""Real and nominal, with VAT and without, kronor for euro: what is converted and what is not."""

import numpy as np
import pytest

from model.errors import InvalidData, NotFound
from model.prices import between, deflator, in_kronor, stated_with_vat, to_nominal
from model.reference import reference
from model.rows import Expenditure, Prerequisite, RunningCost
from model.scenario import Delay
from tests.model.conftest import AS_IS, kronor, measure

YEARS = np.array([0, 2026, 2027, 2028, 9999])
RISING = {2025: 100.0, 2026: 103.0, 2027: 106.09}


def test_real_kronor_become_nominal_when_they_fall_due():
    rows = {
        "low": np.array([100]),
        "mid": np.array([100_00]),
        "high": np.array([100_00]),
        "is_real": np.array([True]),
        "price_year": np.array([2025]),
        "year": np.array([2027]),
    }
    assert to_nominal(rows, RISING).amounts["mid"].tolist() == [106_09]


def test_nominal_kronor_become_those_of_the_base_year():
    found = deflator(2025, YEARS, RISING, {})
    assert (found.price_year, found.basis, found.lacking) == (2025, "own", (2028,))
    assert found.factors == pytest.approx([1, 1 / 1.03, 1 / 1.0609, 1 / 1.0609, 1 / 1.0609])


def test_without_the_base_year_the_prices_are_those_of_the_first_year_the_index_has():
    found = deflator(2025, YEARS, {2026: 100.0, 2027: 102.0, 2028: 104.0}, {})
    assert (found.price_year, found.lacking) == (2026, ())
    assert found.factors[:3] == pytest.approx([1, 1, 1 / 1.02])


def test_the_consumer_price_index_stands_in_and_where_none_reaches_nothing_is_converted():
    assert deflator(2025, YEARS, {}, RISING).basis == "general"
    found = deflator(2025, YEARS, {}, {2022: 371.91})
    assert (found.price_year, found.basis, found.lacking) == (0, "none", (2026, 2027, 2028))
    assert found.factors.tolist() == [1] * 5


def test_a_value_is_converted_only_within_one_index():
    assert between(2025, 2026, RISING, {}) == pytest.approx(1.03)
    assert between(2017, 2026, RISING, {2017: 322.11, 2022: 371.91}) is None
    assert between(2017, 2017, {}, {}) == 1


def test_euro_are_read_at_the_rate_in_force():
    rate = reference().assumptions["economy/eur_sek"]
    assert in_kronor(100, rate, 2022) == pytest.approx(1_014.65)
    with pytest.raises(NotFound):
        in_kronor(100, rate, 2019)
    index = reference().assumptions["economy/consumer_price_index"]
    with pytest.raises(InvalidData, match="not known for 2023"):
        in_kronor(100, index, 2023)


def test_need_with_vat_is_shown_without_it_except_where_the_tax_stays():
    with_vat = (Expenditure(year=2026, mid=125, vat="included"),)
    without = (Expenditure(year=2026, mid=70, vat="excluded"),)
    found = stated_with_vat(
        [
            measure("skola", expenditures=with_vat),
            measure("hem", expenditures=with_vat, asset="dwelling"),
            measure("bil", expenditures=with_vat, asset="passenger_car"),
            measure("bro", expenditures=without),
        ],
        0.25,
    )
    assert (kronor(found.stated), kronor(found.without)) == (125, 100)
    assert found.measures == ("skola",)


def test_only_the_groups_vat_is_got_back(result_of):
    with_vat = (Expenditure(year=2026, mid=125, vat="included"),)
    private = {"owner": "household", "owner_kind": "private"}
    result = result_of(
        measure("a", expenditures=with_vat), measure("b", expenditures=with_vat, **private)
    )
    found = result.stated_with_vat()
    assert (kronor(found.without), found.measures) == (100, ("a",))
    assert kronor(result.totals("secured").need) == 250


def test_a_real_running_cost_becomes_nominal_and_a_delay_takes_its_year_along(result_of):
    index = tuple(Prerequisite(year=year, price_index=level) for year, level in RISING.items())
    cost = RunningCost(year=2027, amount=-100, price_level="real", price_year=2025)
    delayed = AS_IS.then(Delay(years=1))
    result = result_of(
        measure(need={2026: 1}, running_costs=(cost,)), prerequisites=index, scenario=delayed
    )
    assert result.base.running_cost.sum() == -106_09
    assert result.base.prices["real"].tolist() == [True]
    assert result.base.running_costs.year.tolist() == [2027]
    assert result.plan.running_costs.year.tolist() == [2028]
