"""What effects are worth, and what is never added to what."""

import pytest

from model.benefits import cash, exclusive
from model.rows import Effect, OwnerShare, RunningCost
from tests.model.conftest import kronor, measure


def effect(indicator: str, amount: float, unit: str, basis: str = "per_year") -> Effect:
    return Effect(indicator=indicator, unit=unit, mid=amount, basis=basis)


def found(result, key: str):
    (one,) = (each for each in result.benefits() if each.benefit.key == key)
    return one


def test_a_tonne_a_year_is_worth_what_the_source_says(result_of):
    tonnes = effect("co2e_reduction", 100, "t CO2e")
    climate = found(result_of(measure(effects=(tonnes,))), "climate")
    assert (climate.state, climate.value.mid) == ("valued", 700_000)
    assert (climate.unit_value.value, climate.unit_value.price_year) == (7000, 2017)


def test_what_may_come_once_is_not_valued_by_the_year(result_of):
    tonnes = effect("co2e_reduction", 100, "t CO2e", "unclear")
    climate = found(result_of(measure(effects=(tonnes,))), "climate")
    assert (climate.value.mid, climate.effect.unclear.mid) == (0, 100)


def test_an_effect_without_a_unit_value_is_counted(result_of):
    cyclists = effect("new_cyclists", 800, "persons")
    assert found(result_of(measure(effects=(cyclists,))), "physical_health_cycling").state == (
        "counted"
    )


@pytest.mark.parametrize(("key", "state"), [("ecosystems", "unquantified"), ("noise", "no_effect")])
def test_what_cannot_be_counted_is_listed_and_not_dropped(result_of, key, state):
    assert found(result_of(measure()), key).state == state


def test_benefits_that_value_the_same_thing_exclude_each_other(result_of):
    result = result_of(measure())
    others = exclusive(result.benefits(), found(result, "physical_health_per_km"))
    assert {each.benefit.key for each in others} == {
        "physical_health_cycling",
        "physical_health_walking",
    }
    assert exclusive(result.benefits(), found(result, "climate")) == []


def test_cash_is_the_groups_running_cost_in_the_last_year(result_of):
    def cost(amount: int) -> tuple[RunningCost, ...]:
        return (RunningCost(year=2027, amount=-999), RunningCost(year=2028, amount=amount))

    shares = (OwnerShare(owner="municipality", share="0.5"), OwnerShare(owner="state", share="0.5"))
    mixed = {"owner": "mixed", "owner_kind": "mixed"}
    plan = result_of(
        measure("a", running_costs=cost(-100)),
        measure("b", running_costs=cost(-40), owner="household", owner_kind="private"),
        measure("c", running_costs=cost(-10), **mixed),
        measure("d", running_costs=cost(30), owner_shares=shares, **mixed),
    ).plan
    assert (cash(plan).year, kronor(cash(plan).amount)) == (2028, -85)


def test_a_running_cost_that_nobody_states_is_unknown(result_of):
    assert cash(result_of(measure(need={2026: 100})).plan) is None
