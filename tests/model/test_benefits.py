"""What effects are worth, and what is never added to what."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.benefits import benefits, cash, exclusive
from model.economics import present_value
from model.entries import DatedValue
from model.reference import reference
from model.rows import Effect, OwnerShare, RunningCost
from model.streams import prices_of
from tests.model.conftest import kronor, measure


def effect(indicator: str, amount: float, unit: str, basis: str = "per_year", **fields) -> Effect:
    return Effect(indicator=indicator, unit=unit, mid=amount, basis=basis, **fields)


def tonnes(amount: float, **fields) -> Effect:
    return effect("co2e_reduction", amount, "t CO2e", **fields)


def found(result, key: str):
    return of(result.benefits(), key)


def of(benefits_, key: str):
    (one,) = (each for each in benefits_ if each.benefit.key == key)
    return one


def local(**values) -> dict:
    """The reference data's assumptions, with a plan's own values (``health__mortality_rate``)."""
    shared = reference().assumptions

    def stated(key: str, value) -> object:
        low, mid, high = value if isinstance(value, tuple) else (None, value, None)
        own = DatedValue.model_construct(
            since=2025, low=low, central=mid, high=high, price_year=2017, source="x", note=""
        )
        return shared[key].model_copy(update={"values": (own,)})

    own = {name.replace("__", "/"): value for name, value in values.items()}
    return {**shared, **{key: stated(key, value) for key, value in own.items()}}


def valued(plan, preferred=(), **values):
    """The benefits of a plan with its own values."""
    return benefits(plan, reference(), local(**values), prices_of(plan, reference()), preferred)


HEAT = {"health__mortality_rate": 0.0025, "health__cycling_minutes_per_week": 60}
LIFE = {"lifetime_years": 10, "in_service": "2026-12", "need": {2026: 100}}


def test_a_tonne_a_year_is_worth_what_the_source_says(result_of):
    climate = found(result_of(measure(effects=(tonnes(100),))), "climate")
    assert (climate.state, climate.value.mid) == ("valued", 700_000)
    assert (climate.unit_value.value, climate.unit_value.price_year) == (7000, 2017)


def test_what_may_come_once_is_not_valued_by_the_year(result_of):
    climate = found(result_of(measure(effects=(tonnes(100, basis="unclear"),))), "climate")
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
        "physical_health_cycling_km",
    }
    prices = exclusive(result.benefits(), found(result, "climate"))
    assert [each.benefit.key for each in prices] == ["climate_eib"]


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


def test_a_benefit_begins_the_year_after_the_measure_is_taken_in_use_and_ends_with_it(result_of):
    plan = result_of(measure(effects=(tonnes(1),), **LIFE)).plan
    worth = of(valued(plan), "climate").counted
    assert valued(plan).years[[0, -1]].tolist() == [2025, 2036]
    assert worth.by_year[1].tolist() == [0, 0, *[7000] * 10]
    assert worth.undiscounted[1] == 70_000
    assert worth.present[1] == pytest.approx(present_value(worth.by_year[1], 0.035))


def test_an_effect_with_a_year_begins_that_year_and_holds_until_another_is_stated(result_of):
    stated = (tonnes(10, year=2026), tonnes(30, year=2028), tonnes(5, year=2030, basis="once"))
    plan = result_of(measure(effects=stated, **LIFE)).plan
    by_year = of(valued(plan), "climate").counted.by_year[1]
    assert (by_year[:7] / 7000).tolist() == [0, 10, 10, 30, 30, 35, 30]
    assert of(valued(plan), "climate").value.mid == 30 * 7000


def test_an_effect_that_nothing_dates_is_in_no_year_and_is_counted(result_of):
    benefits_ = valued(result_of(measure(effects=(tonnes(10),), lifetime_years=10)).plan)
    climate = of(benefits_, "climate")
    assert climate.value.mid == 70_000
    assert climate.counted.present.tolist() == [0, 0, 0]
    assert benefits_.without_year.tolist() == [0]


def test_what_has_no_known_life_is_counted_to_the_plans_last_year(result_of):
    plan = result_of(measure(effects=(tonnes(1),), need={2026: 100}, in_service="2026-12")).plan
    benefits_ = valued(plan)
    assert of(benefits_, "climate").counted.undiscounted[1] == 2 * 7000
    assert benefits_.without_life.tolist() == [0]


def test_what_has_no_known_life_is_at_work_in_the_plans_last_year_at_the_latest(result_of):
    plan = result_of(measure(effects=(tonnes(1),), need={2028: 100})).plan
    assert of(valued(plan), "climate").counted.undiscounted[1] == 7000


def test_heat_reproduces_its_worked_case_in_a_plan(result_of):
    cyclists = effect("new_cyclists", 1000, "persons", year=2026)
    plan = result_of(measure(effects=(cyclists,), **LIFE | {"lifetime_years": 40})).plan
    cycling = of(valued(plan, **HEAT), "physical_health_cycling")
    assert cycling.state == "valued"
    assert cycling.value.mid == pytest.approx(6_075_000)
    # Ten years are counted, though the path lives for forty.
    assert cycling.counted.undiscounted[1] == pytest.approx(48_600_000)
    assert round(cycling.counted.present[1]) == 39_174_556
    assert cycling.value.low == pytest.approx(6_075_000 * 0.6)
    assert cycling.value.high == pytest.approx(6_075_000 * 1.3)


def test_heat_asks_for_what_nobody_has_stated(result_of):
    cyclists = effect("new_cyclists", 1000, "persons", year=2026)
    plan = result_of(measure(effects=(cyclists,), **LIFE)).plan
    asked = valued(plan).asked()
    assert set(asked) == {"health/mortality_rate", "health/cycling_minutes_per_week"}
    assert [each.benefit.key for each in asked["health/mortality_rate"]] == [
        "physical_health_cycling"
    ]


def both(result_of):
    stated = (
        effect("new_cyclists", 1000, "persons", year=2026),
        effect("cycled_km", 10**6, "km", year=2026),
    )
    other = effect("cycled_km", 10**5, "km", year=2026)
    return result_of(measure(effects=stated, **LIFE), measure("b", effects=(other,), **LIFE)).plan


def test_the_same_kilometre_counts_once_and_the_first_that_has_a_value_counts(result_of):
    plan = both(result_of)
    counted = {each.benefit.key for each in valued(plan, **HEAT).added}
    assert counted == {"physical_health_cycling", "physical_health_cycling_km"}
    km = of(valued(plan, **HEAT), "physical_health_cycling_km")
    # Of the kilometres only those of the measure that states no cyclists.
    assert km.counted.yearly[1] == pytest.approx(km.worth.yearly[1] / 11)
    assert {each.benefit.key for each in valued(plan).added} == {"physical_health_per_km"}


def test_a_user_may_prefer_another_value_of_the_same_thing(result_of):
    plan = both(result_of)
    chosen = valued(plan, ("physical_health_per_km",), **HEAT)
    assert {each.benefit.key for each in chosen.added} == {"physical_health_per_km"}
    assert chosen.total(what="yearly").mid == pytest.approx(1.1e6 * 4.5)


def test_what_measures_share_counts_once_and_excludes_in_all_of_them(result_of):
    cyclists = effect("new_cyclists", 1000, "persons", year=2026, effect_group="g")
    km = effect("cycled_km", 10**6, "km", year=2026)
    plan = result_of(
        measure(effects=(cyclists,), **LIFE), measure("b", effects=(cyclists, km), **LIFE)
    ).plan
    cycling = valued(plan, **HEAT)
    assert [each.benefit.key for each in cycling.added] == ["physical_health_cycling"]
    assert cycling.total(what="yearly").mid == pytest.approx(6_075_000)


def test_a_saving_that_the_plan_states_in_kronor_is_not_priced_again(result_of):
    saved = effect("energy_saved", 100, "MWh", year=2026)
    cost = (RunningCost(year=2027, amount=-50),)
    price = {"energy_prices__average": 900}
    plan = result_of(
        measure(effects=(saved,), running_costs=cost, **LIFE),
        measure("b", effects=(saved,), **LIFE),
    ).plan
    energy = of(valued(plan, **price), "energy_savings")
    assert energy.counted.yearly[1] == 90_000
    assert energy.worth.yearly[1] == 180_000


def test_electricity_is_a_part_of_the_energy_saved(result_of):
    stated = (
        effect("energy_saved", 100, "MWh", year=2026),
        effect("electricity_saved", 40, "MWh", year=2026),
    )
    plan = result_of(measure(effects=stated, **LIFE)).plan
    prices = {"energy_prices__average": 900, "energy_prices__electricity": 1500}
    assert [each.benefit.key for each in valued(plan, **prices).added] == ["energy_savings"]


def test_carbon_follows_the_banks_path_where_it_is_preferred(result_of):
    plan = result_of(measure(effects=(tonnes(1, year=2026),), **LIFE)).plan
    bank = of(valued(plan, ("climate_eib",)), "climate_eib")
    # Halfway between 2025 and 2030 there are two and a half years; 2027 is two fifths of the way.
    assert bank.counted.by_year[1, 2] == pytest.approx((165 + 2 / 5 * 85) * 11.3)
    assert bank.price.price_year == 2016


def test_property_value_mirrors_other_benefits_and_is_never_added(result_of):
    worth = effect("property_value", 1000, "EUR", year=2026, basis="once")
    found_ = of(valued(result_of(measure(effects=(worth,), **LIFE)).plan), "property_value")
    assert found_.worth.undiscounted[1] == 11_300
    assert not found_.adds


def test_the_town_adds_to_the_regional_cost_and_without_it_the_price_is_a_lower_bound(result_of):
    nox = effect("nox_reduction", 10, "kg", year=2026)
    plan = result_of(measure(effects=(nox,), **LIFE)).plan
    alone = of(valued(plan), "air_nox")
    assert (alone.value.mid, alone.value.from_below) == (750, True)
    town = of(valued(plan, air__town_population=120_000, air__ventilation_factor=1), "air_nox")
    assert town.value.mid == pytest.approx(930, abs=5)
    assert not town.value.from_below
    assert alone.price.asked == ("air/ventilation_factor", "air/town_population")


def test_a_value_is_moved_to_the_plans_price_year_where_an_index_reaches(result_of):
    plan = result_of(
        measure(effects=(tonnes(1, year=2022),), **LIFE), head={"base_year": 2022}
    ).plan
    climate = of(valued(plan), "climate")
    assert (climate.price.price_year, climate.price.converted) == (2022, True)
    assert climate.value.mid == pytest.approx(7000 * 371.91 / 322.11)
    later = of(valued(result_of(measure(effects=(tonnes(1),)), head={"id": "b"}).plan), "climate")
    assert (later.price.price_year, later.price.converted) == (2017, False)


def spread(result_of):
    stated = (
        Effect(
            indicator="co2e_reduction", unit="t CO2e", low=5, high=15, basis="per_year", year=2026
        ),
        Effect(
            indicator="cycled_km", unit="km", low=8_000, high=24_000, basis="per_year", year=2026
        ),
    )
    return valued(result_of(measure(effects=stated, **LIFE)).plan)


def test_the_range_of_a_sum_is_not_the_sum_of_the_ranges_unless_asked(result_of):
    found_ = spread(result_of)
    parts = {each.benefit.key: each.span("yearly") for each in found_.added}
    climate, cycling = parts["climate"], parts["physical_health_per_km"]
    assert (climate.low, climate.mid, climate.high) == (35_000, 70_000, 105_000)
    assert (cycling.low, cycling.mid, cycling.high) == (36_000, 72_000, 108_000)
    whole = found_.total(what="yearly")
    apart = (36_000**2 + 35_000**2) ** 0.5
    assert (whole.low, whole.mid, whole.high) == pytest.approx(
        (142_000 - apart, 142_000, 142_000 + apart)
    )
    together = found_.total(what="yearly", together=True)
    assert (together.low, together.high) == (71_000, 213_000)


def test_what_is_most_uncertain_comes_first(result_of):
    drivers = spread(result_of).drivers(what="yearly")
    assert [(each.kind, each.key) for each in drivers] == [
        ("effect", "cycled_km"),
        ("effect", "co2e_reduction"),
    ]
    assert (drivers[0].low, drivers[0].high) == (106_000, 178_000)


def test_an_assumption_that_two_benefits_rest_on_is_one_uncertainty(result_of):
    stated = (
        effect("new_cyclists", 1000, "persons", year=2026),
        effect("new_walkers", 1000, "persons", year=2026),
    )
    plan = result_of(measure(effects=stated, **LIFE)).plan
    own = HEAT | {
        "health__walking_minutes_per_week": 84,
        "health__mortality_rate": (0.002, 0.0025, 0.003),
    }
    drivers = {each.key: each for each in valued(plan, **own).drivers(what="yearly")}
    whole = 6_075_000 + 5_568_750
    assert drivers["health/mortality_rate"].low == pytest.approx(whole * 0.8)
    assert set(drivers) == {
        "health/mortality_rate",
        "health/heat_cycling_relative_risk",
        "health/heat_walking_relative_risk",
    }


def test_what_makes_it_worse_is_lowest_where_its_price_is_highest(result_of):
    fewer = effect("new_cyclists", -1000, "persons", year=2026)
    cycling = of(
        valued(result_of(measure(effects=(fewer,), **LIFE)).plan, **HEAT), "physical_health_cycling"
    )
    assert (cycling.value.low, cycling.value.mid) == pytest.approx((-6_075_000 * 1.3, -6_075_000))


@given(
    st.lists(
        st.tuples(st.integers(2026, 2034), st.integers(-50, 50), st.integers(0, 30)),
        min_size=1,
        max_size=5,
        unique_by=lambda row: row[0],
    ),
    st.sampled_from(["climate", "physical_health_cycling"]),
)
@settings(max_examples=25, deadline=None)
def test_steps_add_up_to_the_levels_year_by_year(result_of_plan, rows, key):
    indicator, unit = {
        "climate": ("co2e_reduction", "t CO2e"),
        "physical_health_cycling": ("new_cyclists", "persons"),
    }[key]
    lines = sorted(rows)
    plan = result_of_plan(indicator, unit, lines)
    worth = of(valued(plan, **HEAT), key)
    if worth.state != "valued":
        return
    price, length = worth.price, worth.price.levels.shape[1]
    expected = np.zeros(length)
    level = 0.0
    for year, mid, _ in lines:
        step, level = mid - level, mid
        begins = year - 2025
        for at in range(begins, min(length, 2036 - 2025 + 1)):
            age = at - begins + 1
            share = min(age / price.build_up, 1) if price.build_up else 1
            share = 0 if price.lasts is not None and age > price.lasts else share
            expected[at] += step * share * price.levels[1, at]
    assert worth.counted.by_year[1] == pytest.approx(expected, abs=1e-3)
    assert worth.counted.present[1] == pytest.approx(present_value(expected, 0.035), abs=1e-3)


@pytest.fixture(scope="module")
def result_of_plan():
    """A plan of one measure with such effects, made of the arrays of another."""
    from benchmarks.plans import generated
    from model.plan import Effects

    made = generated(1, 6)
    assets = type(made.assets)(
        **{**made.assets.__dict__, "lifetime": np.array([10])},
    )

    def plan(indicator: str, unit: str, lines):
        count = len(lines)
        empty = np.full(count, "", dtype=object)
        year, mid, wide = (np.array(column, dtype=float) for column in zip(*lines, strict=True))
        effects = Effects(
            measure=np.zeros(count, dtype=np.int64),
            indicator=np.full(count, indicator, dtype=object),
            unit=np.full(count, unit, dtype=object),
            basis=np.full(count, "per_year", dtype=object),
            gas=empty,
            boundary=empty,
            effect_group=empty,
            year=year.astype(np.int64),
            low=mid - wide,
            mid=mid,
            high=mid + wide,
        )
        return made.replace(effects=effects, assets=assets, in_service=np.array([2026]))

    return plan


def test_profitability_counts_the_same_kronor_year_by_year(result_of):
    stated = (tonnes(10), effect("cycled_km", 10**6, "km"), effect("nox_reduction", 10, "kg"))
    cost = (RunningCost(year=2027, amount=0),)
    result = result_of(measure(effects=stated, running_costs=cost, **LIFE))
    parts = result.economics("society").streams.parts
    by_year = {each.benefit.key: each.counted.by_year[1] for each in result.benefits().added}
    assert parts["climate"][:, 0].tolist() == by_year.pop("climate").tolist()
    assert parts["benefits"][:, 0] == pytest.approx(sum(by_year.values()))
