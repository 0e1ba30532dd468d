"""The carbon budget: four methods whose years add up to it, and the year when it is used up."""

from math import nan
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from model.carbon_budget import METHODS, RunOut, carbon_budget_path, runs_out
from model.errors import InvalidData

CASES = Path(__file__).parents[1] / "cases" / "carbon_budget.yaml"
BUDGET, FIRST = 1_108_880, 219_517


@pytest.mark.parametrize("case", yaml.safe_load(CASES.read_text("utf-8")), ids=lambda c: c["case"])
def test_a_case(case):
    path, expected = carbon_budget_path(**case["input"]), case["expect"]
    if "yearly_reduction" in expected:
        assert round(path.yearly_reduction, 7) == expected["yearly_reduction"]
    assert round(100 * path.yearly_reduction, 1) == expected["published_reduction_percent"]
    by_year = dict(zip(path.years, path.emissions, strict=True))
    assert {year: round(by_year[year]) for year in expected["emissions"]} == expected["emissions"]


@pytest.mark.parametrize(
    ("end_year", "percent"),
    [(2030, 6.93), (2035, 17.37), (2040, 19.13), (2045, 19.59), (2050, 19.73), (2060, 19.79)],
)
def test_a_geometric_path_with_an_end_falls_the_slower_the_sooner_it_ends(end_year, percent):
    path = carbon_budget_path(BUDGET, 2025, FIRST, 2060, "finite_geometric", end_year)
    assert round(100 * path.yearly_reduction, 2) == percent
    assert path.ends == end_year
    assert all(left == 0 for left in path.left[end_year - 2025 :])


def test_the_exponential_path_of_the_published_budget_falls_18_percent_a_year():
    path = carbon_budget_path(BUDGET, 2025, FIRST, 2050, "exponential")
    assert round(100 * path.yearly_reduction, 1) == 18.0


def test_a_straight_line_takes_as_many_tonnes_off_each_year_until_zero():
    path = carbon_budget_path(10, 2025, 4, 2030, "linear")
    assert path.emissions == (4, 3, 2, 1, 0, 0)
    assert path.left == (6, 3, 1, 0, 0, 0)
    assert (path.yearly_tonnes, path.ends) == (1, 2028)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=30, deadline=None)
@given(budget=st.floats(1, 1e7), share=st.floats(0.02, 0.98), years=st.integers(1, 60))
def test_what_is_emitted_and_what_is_left_add_up_to_the_budget(method, budget, share, years):
    path = carbon_budget_path(budget, 2025, budget * share, 2025 + years, method, 2025 + years)
    assert sum(path.emissions) + path.left[-1] == pytest.approx(budget)
    assert min(path.emissions) >= 0
    np.testing.assert_allclose(budget - np.cumsum(path.emissions), path.left, atol=1e-6 * budget)
    if method in ("infinite_geometric", "finite_geometric", "linear"):
        assert path.emissions[0] == pytest.approx(budget * share)


@pytest.mark.parametrize("method", METHODS)
def test_a_first_year_that_uses_up_the_whole_budget_is_refused(method):
    with pytest.raises(InvalidData, match="below the budget"):
        carbon_budget_path(100, 2025, 100, 2030, method)


def test_a_path_that_ends_before_it_begins_is_refused():
    with pytest.raises(InvalidData, match="2025 to 2025"):
        carbon_budget_path(100, 2025, 10, 2030, "finite_geometric", 2025)


def out(budget, emissions, first=2025, gas="fossil_co2"):
    years = range(first, first + len(emissions))
    return runs_out(budget, 2025, years, emissions, gas="fossil_co2", of_gas=gas)


def test_a_budget_runs_out_in_the_year_that_passes_it():
    assert out(100, [40, 40, 40]).year == 2027
    assert out(120, [40, 40, 40]) == RunOut(None, 2027, 0)


def test_what_was_emitted_before_the_budget_is_not_counted():
    assert out(50, [1000, 40, 40], first=2024).year == 2026


def test_a_path_that_is_not_known_or_begins_later_says_nothing():
    assert not out(100, [40, nan, 40]).known
    assert not out(100, [40, 40], first=2026).known
    assert out(30, [40, nan]).year == 2025


def test_fossil_co2_and_co2e_are_never_mixed():
    with pytest.raises(InvalidData, match="never compared"):
        out(100, [40], gas="co2e")
