"""Emissions without the plan, the measures' wedges, and how far it is to a target."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from model.business_as_usual import usual
from model.emission_paths import interaction_factor
from model.emission_result import AS_CHOSEN, Choice
from model.emission_rows import (
    BaselineYear,
    BusinessAsUsual,
    EmissionBudget,
    EmissionSeries,
    EmissionTarget,
    Interaction,
)
from model.errors import InvalidData
from model.inventory import inventories
from model.reference import plan_documents, reference
from model.rows import Effect
from model.scenario import Delay, Scenario, SwitchOff, Where
from model.validate_emissions import series_not_there
from tests.model.conftest import measure

TERRITORY = {"system_boundary": "territory", "municipality": ""}


def emitted(tonnes: dict[int, float], sector: str = "transport", **fields):
    return tuple(
        BaselineYear(sector=sector, year=year, tonnes=amount, **fields)
        for year, amount in tonnes.items()
    )


def lowers(amount: float, **fields) -> Effect:
    fields = {"indicator": "co2e_reduction", "unit": "t CO2e", "basis": "per_year", **fields}
    return Effect(mid=amount, **fields)


def doing(key: str, amount: float, in_service: str = "2026-06", **fields):
    effect = fields.pop("effect", {})
    return measure(key, in_service=in_service, effects=(lowers(amount, **effect),), **fields)


FLAT = (BusinessAsUsual(method="level"),)


@pytest.fixture
def path_of(result_of):
    """The path of a territorial plan whose emissions stay at 1 000 t from 2024 on."""

    def made(*measures, choice=AS_CHOSEN, scenario=None, **document):
        document = {
            "head": TERRITORY,
            "baseline": emitted({2024: 1000}),
            "business_as_usual": FLAT,
            **document,
        }
        more = {"scenario": scenario} if scenario else {}
        return result_of(*measures, **more, **document).emissions(choice)

    return made


def by_year(found, values) -> dict[int, float]:
    return dict(zip(found.path.years.tolist(), np.round(values, 6).tolist(), strict=True))


def test_a_trend_that_grows_beyond_every_number_is_not_known(path_of):
    steep = emitted({2023: "0.000001", 2024: 10**12})
    found = path_of(measure("a"), baseline=steep, business_as_usual=()).path.usual
    assert found.sectors[0].why == "too_steep"
    assert np.isnan(found.total).any()
    assert not np.isinf(found.total).any()


def test_a_series_that_the_plan_does_not_have_is_a_warning():
    row = BusinessAsUsual(method="driver", series="Trafik")
    (found,) = series_not_there((row,), (), plan_documents()[0].plan)
    assert (found.severity, found.code) == ("warning", "series_not_there")
    assert not list(series_not_there((row,), INDEX, plan_documents()[0].plan))


def test_a_measure_lowers_emissions_from_the_year_after_it_is_in_service_to_the_end_of_its_life(
    path_of,
):
    found = path_of(doing("a", 100, lifetime_years=3))
    left = by_year(found, found.path.planned())
    assert [left[year] for year in range(2025, 2032)] == [1000, 1000, 900, 900, 900, 1000, 1000]


def test_without_a_year_it_is_at_work_by_the_plans_last_year(path_of):
    found = path_of(doing("a", 100, "", need={2028: 5}), doing("b", 10, ""))
    left = by_year(found, found.path.planned())
    assert (left[2027], left[2028]) == (1000, 890)
    assert found.path.wedges.begin_unknown.tolist() == [False, True]
    assert found.path.wedges.end_unknown.tolist() == [True, True]


def test_what_a_measure_does_already_is_in_the_emissions_and_is_not_counted_again(path_of):
    found = path_of(
        measure("a", in_service="2020-06", effects=(lowers(100), lowers(150, year=2027)))
    )
    left = by_year(found, found.path.planned())
    assert (left[2026], left[2027]) == (1000, 950)
    (apart,) = found.path.wedges.apart
    assert (apart.reason, apart.mid) == ("in_baseline", 100)


def test_a_joint_effect_counts_once_in_the_first_measure_that_counts(path_of):
    joint = {"effect_group": "laddning"}
    pair = (
        doing("a", 100, readiness="idea", effect=joint),
        doing("b", 100, readiness="procured", effect=joint),
    )
    found = path_of(*pair)
    assert by_year(found, found.path.wedges.total())[2030] == 100
    assert [line.reason for line in found.path.wedges.apart] == ["joint"]


def test_a_joint_effect_counts_where_only_the_second_has_come_far_enough(result_of):
    joint = {"effect_group": "laddning"}
    found = result_of(
        doing("a", 100, readiness="idea", effect=joint),
        doing("b", 100, readiness="procured", effect=joint),
        head=TERRITORY,
        baseline=emitted({2024: 1000}),
    ).emissions(Choice(stage="procured"))
    assert by_year(found, found.path.wedges.total())[2030] == 100


def test_two_measures_that_interact_give_their_share_of_the_sum_while_both_work(path_of):
    found = path_of(
        doing("a", 100),
        doing("b", 60, "2028-06"),
        interactions=(Interaction(first="a", second="b", share="0.75"),),
    )
    lowered = by_year(found, found.path.wedges.total())
    assert (lowered[2028], lowered[2029]) == (100, 120)


@pytest.mark.parametrize(
    ("effect", "reason"),
    [
        ({"boundary": "consumption"}, "boundary"),
        ({"gas": "fossil_co2"}, "gas"),
        ({"indicator": "fossil_co2_reduction", "unit": "t CO2"}, "gas"),
        ({"basis": "unclear"}, "unclear"),
        ({"basis": "once"}, "once"),
    ],
)
def test_what_differs_from_the_emissions_stands_apart_and_is_never_added(path_of, effect, reason):
    found = path_of(doing("a", 100, effect=effect))
    assert not found.path.wedges.total().any()
    assert [(line.reason, line.mid) for line in found.path.wedges.apart] == [(reason, 100)]


def test_what_the_organisation_lowers_its_group_lowers_but_not_the_territory(path_of):
    plan = {**TERRITORY, "system_boundary": "organisation"}
    group = emitted({2024: 1000}, boundary="municipal_group")
    found = path_of(doing("a", 100), head=plan, baseline=group, business_as_usual=())
    assert by_year(found, found.path.wedges.total())[2030] == 100


def test_what_the_organisation_lowers_is_apart_from_the_territory(path_of):
    found = path_of(doing("a", 100), head={**TERRITORY, "system_boundary": "organisation"})
    assert [line.reason for line in found.path.wedges.apart] == ["boundary"]


def test_sinks_are_beside_the_path_and_count_only_against_net_zero(path_of):
    sink = lowers(200, indicator="co2e_sink")
    found = path_of(
        doing("a", 100),
        measure("b", in_service="2026-06", effects=(sink,)),
        emission_targets=(
            EmissionTarget(name="Netto", year=2030, net_zero=True),
            EmissionTarget(name="Ton", year=2030, tonnes=0),
        ),
    )
    assert by_year(found, found.path.planned())[2030] == 900
    assert {each.aim.name: each.at_target for each in found.targets} == {"Netto": 700, "Ton": 900}


def test_a_range_is_all_measures_going_badly_or_well_at_once(path_of):
    ranged = Effect(
        indicator="co2e_reduction", unit="t CO2e", basis="per_year", low=50, mid=100, high=200
    )
    found = path_of(measure("a", in_service="2026-06", effects=(ranged,)), doing("b", 10))
    totals = [
        by_year(found, found.path.wedges.total(level))[2030] for level in ("low", "mid", "high")
    ]
    assert totals == [60, 110, 210]


def test_a_delay_moves_the_wedge(path_of):
    late = Scenario(id="sen", name="Sen", adjustments=(Delay(years=2),))
    found = path_of(doing("a", 100), scenario=late)
    left = by_year(found, found.path.planned())
    assert (left[2028], left[2029]) == (1000, 900)


def test_a_distance_is_said_in_measures_of_the_average_size_and_in_the_largest_undecided(path_of):
    found = path_of(
        doing("a", 100, readiness="procured"),
        doing("b", 50, readiness="procured"),
        doing("c", 300, readiness="idea"),
        doing("d", 40, readiness="idea"),
        emission_targets=(EmissionTarget(name="Mål", year=2030, tonnes=600),),
        choice=Choice(stage="procured"),
    )
    (target,) = found.targets
    assert target.at_target == 250
    assert (target.measures.average, target.measures.count) == (75, 4)
    assert [found.plan.tags["id"][i] for i in target.measures.largest] == ["c"]
    assert target.measures.short == 0


def test_undecided_measures_that_do_not_reach_say_what_is_still_missing(path_of):
    found = path_of(
        doing("a", 100, readiness="idea"),
        emission_targets=(EmissionTarget(name="Mål", year=2030, tonnes=600),),
        choice=Choice(stage="procured"),
    )
    (target,) = found.targets
    assert (target.measures.average, target.measures.count) == (None, None)
    assert (len(target.measures.largest), target.measures.short) == (1, 300)


def test_targets_of_other_boundaries_are_said_not_to_be_comparable(path_of):
    found = path_of(
        emission_targets=(
            EmissionTarget(name="Koncern", year=2030, boundary="municipal_group", net_zero=True),
            EmissionTarget(name="Område", year=2040, reduction="0.5", base_year=2024),
            EmissionTarget(name="Invånare", year=2045, boundary="residents", net_zero=True),
        )
    )
    assert [each.distance.obstacle for each in found.targets] == ["boundary", None, "boundary"]
    assert found.comparable[0].at_target == 500


def test_a_plan_without_emissions_has_no_path_and_still_its_budget(result_of):
    found = result_of(
        measure(),
        head={"municipality": ""},
        emission_budgets=(EmissionBudget(remaining=100, from_year=2025, first_year_emission=20),),
    ).emissions()
    assert found.path is None
    (budget,) = found.budgets
    assert (budget.usual, budget.plan, len(budget.paths)) == (None, None, 4)


def test_a_budget_runs_out_later_under_the_plan_and_counts_its_own_gas_only(path_of):
    fossil = {"indicator": "fossil_co2_reduction", "unit": "t CO2"}
    found = path_of(
        doing("a", 500, effect=fossil),
        baseline=emitted({2024: 1000}) + emitted({2024: 800}, gas="fossil_co2"),
        business_as_usual=(*FLAT, BusinessAsUsual(method="level", gas="fossil_co2")),
        emission_budgets=(EmissionBudget(remaining=3200, from_year=2025),),
    )
    (budget,) = found.budgets
    assert budget.first_year_emission == 800
    assert (budget.usual.year, budget.plan.year) == (2029, 2032)


def test_ornskoldsviks_budget_has_no_path_of_its_gas_among_the_published_emissions(result_of):
    found = result_of(measure(), head={**TERRITORY, "municipality": "2284"}).emissions()
    (budget,) = found.budgets
    assert round(budget.paths["infinite_geometric"].emissions[1]) == 176_061
    assert budget.usual is None


def test_luleas_targets_stand_in_the_order_of_their_years(result_of):
    found = result_of(measure(), head={**TERRITORY, "municipality": "2580"}).emissions()
    assert [each.aim.year for each in found.targets] == [2030, 2040, 2045]
    assert [each.aim.year for each in found.comparable] == [2040]


# Business as usual


def way(tonnes: dict[int, float], *rows: BusinessAsUsual, series=(), until=2030):
    (inventory,) = inventories(emitted(tonnes), None)
    return usual(inventory, np.arange(inventory.latest, until + 1), rows, series)


def test_a_trend_is_the_yearly_change_of_the_chosen_years_from_the_latest_on():
    found = way({2020: 100, 2021: 90, 2022: 81, 2023: 500})
    trend = BusinessAsUsual(method="trend", first_year=2020, last_year=2022)
    found = way({2020: 100, 2021: 90, 2022: 81, 2023: 500}, trend)
    np.testing.assert_allclose(found.total[:3], [500, 450, 405])
    assert found.sectors[0].change == pytest.approx(-0.1)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(10, 1e6),
    st.floats(-0.3, 0.3),
    st.sets(st.integers(2000, 2024), min_size=2, max_size=12),
)
def test_a_trend_that_is_exact_is_found_exactly_and_never_goes_below_zero(start, change, years):
    tonnes = {year: round(start * (1 + change) ** (year - 2000), 6) for year in sorted(years)}
    if min(tonnes.values()) < 1:
        return
    found = way(tonnes, BusinessAsUsual(method="trend", first_year=1990, last_year=2024))
    assert found.sectors[0].change == pytest.approx(change, abs=1e-5)
    assert (found.total >= 0).all()
    # A second implementation: numpy's own least squares.
    slope = np.polyfit(list(tonnes), np.log(list(tonnes.values())), 1)[0]
    assert found.sectors[0].change == pytest.approx(np.expm1(slope), abs=1e-9)


def test_a_sector_without_a_trend_stays_as_it_is_and_says_why():
    assert way({2024: 100}).sectors[0].why == "too_few_years"
    assert way({2020: 100, 2024: 0}).sectors[0].why == "zero"
    assert way({2024: 100}).total.tolist() == [100] * 7


INDEX = tuple(
    EmissionSeries(series="Trafik", year=year, value=value)
    for year, value in ((2024, 100), (2028, 104))
)


def test_a_driver_moves_emissions_by_its_elasticity_and_is_not_known_outside_its_years():
    row = BusinessAsUsual(method="driver", series="Trafik", elasticity="0.5")
    found = way({2024: 200}, row, series=INDEX)
    np.testing.assert_allclose(found.total[:5], 200 * np.array([1, 1.01, 1.02, 1.03, 1.04]) ** 0.5)
    assert np.isnan(found.total[5:]).all()
    assert found.sectors[0].why == "series_missing"


def test_a_given_path_is_followed_from_the_latest_year_on():
    row = BusinessAsUsual(method="given", series="Trafik")
    assert way({2024: 200}, row, series=INDEX, until=2026).total.tolist() == [200, 101, 102]


def test_a_given_path_of_all_sectors_is_shared_as_in_the_latest_year():
    (inventory,) = inventories(emitted({2024: 30}) + emitted({2024: 10}, "waste"), None)
    row = BusinessAsUsual(method="given", series="Trafik")
    found = usual(inventory, np.arange(2024, 2026), (row,), INDEX)
    assert found.tonnes.tolist() == [[30, 10], [75.75, 25.25]]


def test_a_row_of_another_gas_or_boundary_is_left_alone():
    other = BusinessAsUsual(method="level", gas="fossil_co2")
    assert way({2023: 100, 2024: 90}, other).sectors[0].method == "trend"


def test_a_year_that_a_sector_lacks_has_no_total():
    (inventory,) = inventories(emitted({2023: 30, 2024: 31}) + emitted({2023: 10}, "waste"), None)
    assert (inventory.latest, inventory.incomplete) == (2023, (2024,))


def test_the_plans_own_emissions_stand_instead_of_the_published_of_the_same_gas_and_boundary():
    baseline = reference().municipalities["2480"].baseline
    own = emitted({2024: 5}) + emitted({2024: 4}, gas="fossil_co2")
    found = inventories(own, baseline)
    assert [(each.of, each.own) for each in found] == [
        (("co2e", "territorial"), True),
        (("fossil_co2", "territorial"), True),
    ]
    assert [each.own for each in inventories(own[1:], baseline)] == [True, False]


@pytest.mark.parametrize(
    ("name", "rows", "code"),
    [
        ("baseline", emitted({2024: 1}) + emitted({2023: 1}, ""), "sum_and_parts"),
        ("baseline", emitted({2024: 1}, "rymdfart"), "unknown_key"),
        ("baseline", emitted({2024: 1}) * 2, "stands_twice"),
        (
            "emission_series",
            (*INDEX, EmissionSeries(series="Trafik", year=2030, value=1, unit="t")),
            "mixed_units",
        ),
        (
            "emission_targets",
            (EmissionTarget(name="M", year=2030, reduction="0.5", base_year=2031),),
            "target_before_base_year",
        ),
        ("interactions", (Interaction(first="a", second="a", share=1),), "interaction_with_itself"),
        ("interactions", (Interaction(first="a", second="z", share=1),), "unknown_measure"),
        (
            "emission_budgets",
            (EmissionBudget(remaining=5, from_year=2025, first_year_emission=5),),
            "budget_used_in_first_year",
        ),
        (
            "emission_budgets",
            (EmissionBudget(remaining=5, from_year=2025, last_year=2025),),
            "budget_without_years",
        ),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(result_of, name, rows, code):
    with pytest.raises(InvalidData) as refused:
        result_of(measure("a"), **{name: rows})
    assert code in {found.code for found in refused.value.violations}


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (BusinessAsUsual, {"method": "driver"}),
        (BusinessAsUsual, {"method": "trend", "first_year": 2024, "last_year": 2020}),
        (EmissionTarget, {"name": "M", "year": 2030, "reduction": "0.5"}),
        (
            EmissionTarget,
            {"name": "M", "year": 2030, "reduction": "0.5", "base_year": 1990, "tonnes": 1},
        ),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(row, fields):
    with pytest.raises(ValidationError):
        row(**fields)


# Properties


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(st.integers(0, 1000), min_size=1, max_size=6),
    share=st.decimals(0, 1, places=2),
)
def test_an_interaction_never_makes_measures_do_more(amounts, share):
    ids = [f"m{i}" for i in range(len(amounts))]
    tonnes = np.array([amounts], dtype=float)
    pairs = [
        Interaction(first=f"m{i}", second=f"m{i + 1}", share=share) for i in range(len(amounts) - 1)
    ]
    factor = interaction_factor(ids, tonnes, np.ones(len(amounts), dtype=bool), pairs)
    assert ((factor >= 0) & (factor <= 1)).all()
    assert (tonnes * factor).sum() <= tonnes.sum()


def test_what_a_scenario_switches_off_is_no_part_of_the_path(path_of):
    off = Scenario(id="av", name="Av", adjustments=(SwitchOff(where=Where(tags={"id": "a"})),))
    found = path_of(doing("a", 100), doing("b", 10), scenario=off)
    assert by_year(found, found.path.planned())[2030] == 990
