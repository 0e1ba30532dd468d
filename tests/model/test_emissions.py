"""Tonnes as the sources state them, and the carbon budget's path."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.emissions import Span, carbon_budget_path
from model.errors import InvalidData
from model.rows import Effect
from tests.model.conftest import measure

CASES = Path(__file__).parents[1] / "cases" / "carbon_budget.yaml"


def tonnes(basis: str = "per_year", group: str = "", **amounts) -> Effect:
    return Effect(
        indicator="co2e_reduction", unit="t CO2e", basis=basis, effect_group=group, **amounts
    )


def test_what_comes_every_year_is_never_summed_with_what_is_unclear(result_of):
    found = result_of(
        measure("a", effects=(tonnes(low=10, high=20),)),
        measure("b", effects=(tonnes("unclear", mid=100),)),
        measure("c", effects=(tonnes("once", mid=7),)),
        measure("d"),
    ).effect()
    assert found.yearly == Span(10, 15, 20)
    assert (found.unclear.mid, found.once.mid) == (100, 7)
    assert (found.stated, found.unstated) == (3, 1)


def test_a_joint_effect_is_counted_once(result_of):
    found = result_of(
        measure("a", effects=(tonnes(mid=100, group="laddning"),)),
        measure("b", effects=(tonnes(mid=100, group="laddning"),)),
        measure("c", effects=(tonnes(mid=1),)),
    ).effect()
    assert found.yearly.mid == 101


def test_a_lower_bound_makes_the_sum_one(result_of):
    found = result_of(
        measure("a", effects=(tonnes(low=100),)), measure("b", effects=(tonnes(mid=1),))
    ).effect()
    assert found.yearly == Span(101, 101, 101, from_below=True)


@pytest.mark.parametrize("case", yaml.safe_load(CASES.read_text("utf-8")), ids=lambda c: c["case"])
def test_the_carbon_budgets_published_path(case):
    path, expected = carbon_budget_path(**case["input"]), case["expect"]
    assert round(path.yearly_reduction, 7) == expected["yearly_reduction"]
    assert round(100 * path.yearly_reduction, 1) == expected["published_reduction_percent"]
    by_year = dict(zip(path.years, path.emissions, strict=True))
    assert {year: round(by_year[year]) for year in expected["emissions"]} == expected["emissions"]


@given(st.floats(1, 1e7), st.floats(0.01, 0.99))
def test_what_is_emitted_and_what_is_left_add_up_to_the_budget(budget, share):
    path = carbon_budget_path(budget, 2025, budget * share, 2060)
    assert sum(path.emissions) + path.left[-1] == pytest.approx(budget)


def test_a_first_year_that_uses_up_the_whole_budget_is_refused():
    with pytest.raises(InvalidData, match="below the budget"):
        carbon_budget_path(100, 2025, 100, 2030)
