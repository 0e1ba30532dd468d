"""What each adjustment does to a plan, and what it leaves alone."""

import pytest
from pydantic import ValidationError

from model.money import to_kronor
from model.rows import Effect, Expenditure, RunningCost
from model.scenario import (
    AS_IS,
    CalculationRate,
    CostFactor,
    Delay,
    PrivateShare,
    Scenario,
    SeekMaximum,
    SourceOff,
    SuccessRate,
    SwitchOff,
    Where,
    apply,
)
from tests.model.conftest import appropriation, by_year, grant, kronor, measure


def scenario(*adjustments) -> Scenario:
    return AS_IS.then(*adjustments)


def test_a_scenario_of_nothing_is_the_plan_itself(result_of):
    plan = result_of(measure(need={2026: 100})).base
    assert apply(plan, AS_IS) is plan


def test_scenarios_of_the_same_content_have_the_same_hash_whatever_their_name():
    one = Scenario(id="a", name="A", adjustments=(Delay(years=2),))
    assert one.hash == Scenario(id="b", name="B", adjustments=(Delay(years=2),)).hash
    assert one.hash != AS_IS.hash


def test_toggling_changes_no_plan(result_of):
    plan = result_of(measure(need={2026: 100}, grants=(grant("g", {2026: 40}),))).base
    before = plan.need.mid.tolist()
    apply(plan, scenario(Delay(years=1), CostFactor(factor=2.0), SwitchOff()))
    assert plan.need.mid.tolist() == before


def test_a_measure_that_is_off_has_no_need_and_is_not_counted(result_of):
    chosen = Where(tags={"id": ["a"]})
    result = result_of(
        measure("a", need={2026: 100}, grants=(grant("g", {2026: 40}),)),
        measure("b", need={2026: 30}, grants=(grant("g", {2026: 10}),)),
        scenario=scenario(SwitchOff(where=chosen)),
    )
    totals = result.totals("secured")
    assert (totals.measures, kronor(totals.need), kronor(totals.gap)) == (1, 30, 20)


def test_business_as_usual_is_a_plan_without_measures(result_of):
    totals = result_of(measure(need={2026: 1}), scenario=scenario(SwitchOff())).totals("secured")
    assert (totals.need, totals.gap, totals.measures) == (0, 0, 0)


def test_a_delay_moves_need_and_uncertain_money_and_extends_the_horizon(result_of):
    result = result_of(
        measure(
            need={"before": 5, 2026: 100, 2028: 50},
            grants=(grant("g", {2026: 40}), grant("s", {2026: 30}, "applied", probability="1")),
            appropriations=(appropriation(2026, 20), appropriation(2027, 10, "planned")),
            running_costs=(RunningCost(year=2028, amount=-3),),
            effects=(
                Effect(indicator="co2e_reduction", unit="t CO2e", year=2028, mid=9, basis="once"),
            ),
        ),
        scenario=scenario(Delay(years=2)),
    )
    plan = result.plan
    assert plan.years.tolist() == [0, 2026, 2027, 2028, 2029, 2030]
    assert plan.head.last_year == 2030
    assert by_year(plan.need.mid) == [5, 0, 0, 100, 0, 50]
    assert by_year(plan.grants.payments[:, :1]) == [0, 40, 0, 0, 0, 0]
    assert by_year(plan.grants.payments[:, 1:]) == [0, 0, 0, 30, 0, 0]
    assert by_year(plan.appropriations.decided_net) == [0, 20, 0, 0, 0, 0]
    assert by_year(plan.appropriations.planned_net) == [0, 0, 0, 0, 10, 0]
    assert by_year(plan.running_cost) == [0, 0, 0, 0, 0, -3]
    assert plan.effects.year.tolist() == [2030]


def test_a_delay_leaves_what_is_paid_and_what_lies_later_in_place(result_of):
    spent = (
        Expenditure(year=2026, mid=40, paid=True),
        Expenditure(year=2026, mid=60),
        Expenditure(year="later", mid=7),
    )
    result = result_of(measure(expenditures=spent), scenario=scenario(Delay(years=1)))
    assert result.plan.years.tolist() == [0, 2026, 2027, 2028, 2029, 9999]
    assert by_year(result.plan.need.mid) == [0, 40, 60, 0, 0, 7]


def test_a_delay_of_some_leaves_the_others_where_they_are(result_of):
    result = result_of(
        measure("a", need={2026: 100}),
        measure("b", need={2026: 30}, sector="energy"),
        scenario=scenario(Delay(years=1, where=Where(tags={"sector": ["energy"]}))),
    )
    assert by_year(result.plan.need.mid) == [0, 100, 30, 0, 0]


def test_costs_rise_for_what_is_not_yet_spent_and_grants_and_appropriations_stay(result_of):
    spent = (
        Expenditure(year="before", mid=100),
        Expenditure(year=2026, mid=200, paid=True),
        Expenditure(year=2026, low=800, high=1_200),
    )
    result = result_of(
        measure(
            expenditures=spent,
            grants=(grant("g", {2026: 500}, eligible_expenditure=1_000, share="0.5"),),
            appropriations=(appropriation(2026, 300),),
        ),
        scenario=scenario(CostFactor(factor=1.3)),
    )
    assert by_year(result.plan.need.mid) == [100, 1_500, 0, 0]
    assert by_year(result.plan.need.low) == [100, 1_240, 0, 0]
    assert by_year(result.plan.need.high) == [100, 1_760, 0, 0]
    assert kronor(result.outcome("secured").gap.sum()) == 100 + 1_300 - 500 - 300


def test_costs_that_fall_take_the_grant_with_them(result_of):
    result = result_of(
        measure(
            need={2026: 1_000},
            grants=(grant("g", {2026: 500}, eligible_expenditure=1_000, share="0.5"),),
        ),
        scenario=scenario(CostFactor(factor=0.8)),
    )
    assert kronor(result.outcome("secured").gap.sum()) == 400


def test_a_source_that_is_off_keeps_what_it_has_granted(result_of):
    grants = (
        grant("g", {2026: 10}),
        grant("s", {2026: 20}, "applied", probability="1"),
        grant("e", {2026: 5}, "applied", probability="1", source="life"),
    )
    result = result_of(
        measure(need={2026: 100}, grants=grants),
        scenario=scenario(SourceOff(source="klimatklivet")),
    )
    assert kronor(result.outcome("best_case").gap.sum()) == 85


def test_another_success_rate_moves_the_expected_reading_only(result_of):
    result = result_of(
        measure(need={2026: 100}, grants=(grant("s", {2026: 80}, "applied", probability="0.5"),)),
        scenario=scenario(SuccessRate(source="klimatklivet", probability=0.25)),
    )
    assert kronor(result.outcome("expected").gap.sum()) == 80
    assert kronor(result.outcome("planned").gap.sum()) == 100


def test_a_private_share_moves_need_between_owner_kinds_and_keeps_the_sum(result_of):
    result = result_of(
        measure("a", need={2026: 100}, owner="mixed", owner_kind="mixed"),
        measure("b", need={2026: 50}),
        scenario=scenario(PrivateShare(share=0.8)),
    )
    parts = {row.key: kronor(row.need) for row in result.by("owner_kind", "secured")}
    assert parts == {"private": 80, "public": 70}


def test_a_private_share_keeps_the_owners_that_a_measure_names(result_of):
    shares = (
        {"owner": "household", "share": "0.3"},
        {"owner": "business", "share": "0.1"},
        {"owner": "region", "share": "0.6"},
    )
    result = result_of(
        measure(need={2026: 100}, owner="mixed", owner_kind="mixed", owner_shares=shares),
        scenario=scenario(PrivateShare(share=0.8)),
    )
    parts = {row.key: to_kronor(row.need) for row in result.by("owner", "secured")}
    assert parts == {"household": 60, "business": 20, "region": 20}


def test_the_calculation_rate_is_the_plans(result_of):
    result = result_of(measure(need={2026: 1}), scenario=scenario(CalculationRate(rate=0.02)))
    assert str(result.plan.head.calculation_rate) == "0.020000"


SEEK = SeekMaximum(
    source="klimatklivet", probability=0.5, share=0.5, owners=("municipality",), sectors=()
)


def test_seeking_the_maximum_adds_applications_where_the_rule_allows(result_of):
    result = result_of(
        measure("eligible", need={2026: 60, 2027: 40}),
        measure("household", need={2026: 100}, owner="household", owner_kind="private"),
        measure("begun", need={2026: 100}, readiness="procured"),
        measure("has-one", need={2026: 100}, grants=(grant("g", {2026: 10}),)),
        measure("nearly-paid", need={2026: 100}, grants=(grant("l", {2026: 70}, source="life"),)),
        scenario=scenario(SEEK),
    )
    new = result.plan.grants.take(result.plan.grants.status == "applied")
    names = result.plan.tags["id"][new.measure].tolist()
    assert dict(zip(names, (new.payments.sum(axis=0) / 100).tolist(), strict=True)) == {
        "eligible": 50,
        "nearly-paid": 30,
    }
    assert by_year(new.payments[:, :1]) == [0, 30, 20, 0]


@pytest.mark.parametrize(
    "broken",
    [
        {"do": "delay", "years": -1},
        {"do": "cost_factor", "factor": 0},
        {"do": "private_share", "share": 1.2},
        {"do": "switch_off", "where": {"tags": {"weather": ["sunny"]}}},
        {"do": "dance"},
        {"do": "delay", "years": 1, "months": 3},
    ],
)
def test_an_adjustment_that_makes_no_sense_is_refused(broken):
    with pytest.raises(ValidationError):
        Scenario.model_validate({"id": "x", "name": "X", "adjustments": [broken]})
