"""What the newer adjustments and the rules between measures do, and what assumptions follow."""

from decimal import Decimal

import pytest

from model.municipal_rows import Loan, LocalValue, Prerequisite
from model.reference import reference
from model.results import results
from model.rows import Activity, Effect, Expenditure, RunningCost
from model.scenario import (
    AS_IS,
    CostFactor,
    EffectFactor,
    FundingFactor,
    GreenLoans,
    GreenShare,
    LoanTerms,
    Only,
    Override,
    OwnerSplit,
    Reinforce,
    Rollout,
    Scenario,
    SuccessRate,
    SwitchOff,
    SwitchOn,
    Where,
)
from tests.model.conftest import appropriation, by_year, grant, kronor, measure


def tonnes(mid: int, basis: str = "per_year", **fields) -> Effect:
    return Effect(indicator="co2e_reduction", unit="t CO2e", mid=mid, basis=basis, **fields)


def under(*adjustments) -> Scenario:
    return AS_IS.then(*adjustments)


def ids(result) -> list[str]:
    return result.plan.tags["id"].tolist()


def test_a_measure_that_is_switched_on_again_has_its_delay_and_cost(result_of):
    scenario = under(
        SwitchOff(), CostFactor(factor=2.0), SwitchOn(where=Where(tags={"id": ("a",)}))
    )
    result = result_of(measure("a", {2026: 10}), measure("b", {2026: 20}), scenario=scenario)
    assert ids(result) == ["a"]
    assert by_year(result.plan.need.mid) == [0, 20, 0, 0]


def test_only_the_measures_that_are_named_are_carried_out(result_of):
    only = Only(where=Where(tags={"sector": ("energy",)}))
    result = result_of(
        measure("a", {2026: 1}), measure("b", {2026: 2}, sector="energy"), scenario=under(only)
    )
    assert ids(result) == ["b"]


def test_a_rollout_moves_what_is_left_in_its_shares(result_of):
    spent = (Expenditure(year=2026, mid=40, paid=True), Expenditure(year=2026, mid=101))
    money = (grant("g", {2026: 10}), grant("s", {2026: 20}, "applied", probability="0.5"))
    result = result_of(
        measure(
            expenditures=spent,
            grants=money,
            appropriations=(appropriation(2026, 30), appropriation(2027, 8, "planned")),
        ),
        scenario=under(Rollout(shares={2027: 0.25, 2028: 0.25, 2029: 0.5})),
    )
    plan = result.plan
    assert plan.years.tolist() == [0, 2026, 2027, 2028, 2029]
    assert plan.head.last_year == 2029
    assert by_year(plan.need.mid) == [0, 40, Decimal("25.25"), Decimal("25.25"), Decimal("50.5")]
    assert by_year(plan.grants.payments[:, :1]) == [0, 10, 0, 0, 0]
    assert by_year(plan.grants.payments[:, 1:]) == [0, 0, 5, 5, 10]
    assert by_year(plan.appropriations.decided_net) == [0, 30, 0, 0, 0]
    assert by_year(plan.appropriations.planned_net) == [0, 0, 2, 2, 4]


def test_what_a_rollout_brings_comes_stage_by_stage(result_of):
    result = result_of(
        measure(
            need={2026: 100},
            in_service="2026-12",
            lifetime_years=20,
            effects=(tonnes(10), tonnes(30, "once", year=2027)),
            running_costs=(RunningCost(year=2027, amount=-8), RunningCost(year=2028, amount=-9)),
        ),
        scenario=under(Rollout(shares={2027: 0.5, 2028: 0.5})),
    )
    plan = result.plan
    said = zip(plan.effects.basis, plan.effects.year.tolist(), plan.effects.mid, strict=True)
    assert sorted(said) == [
        ("once", 2028, 15.0),
        ("once", 2029, 15.0),
        ("per_year", 2028, 5.0),
        ("per_year", 2029, 10.0),
    ]
    # Each stage brings half of the level: −4 from 2028, then −4,5 and −4, then −9 in all.
    costs = dict(zip(plan.running_costs.year.tolist(), plan.running_costs.amounts.T, strict=True))
    assert {year: kronor(table.sum()) for year, table in costs.items()} == {
        2028: -4,
        2029: Decimal("-8.5"),
        2030: -9,
    }
    assert plan.in_service.tolist() == [2028]
    assert plan.years[-1] == 2030
    assert result.effect().yearly.mid == 10.0


def test_a_rollout_in_the_year_it_was_meant_for_changes_nothing(result_of):
    result = result_of(
        measure(
            need={2027: 100},
            effects=(tonnes(10),),
            running_costs=(RunningCost(year=2028, amount=-8),),
        ),
        scenario=under(Rollout(shares={2027: 1.0})),
    )
    assert by_year(result.plan.need.mid) == by_year(result.base.need.mid)
    assert by_year(result.plan.running_cost) == by_year(result.base.running_cost)
    assert result.plan.effects.year.tolist() == result.base.effects.year.tolist()


def test_an_effect_factor_scales_one_indicator_where_one_is_named(result_of):
    saved = Effect(indicator="energy_saved", unit="MWh", mid=4, basis="per_year")
    result = result_of(
        measure("a", {2026: 1}, effects=(tonnes(10), saved)),
        measure("b", {2026: 1}, effects=(tonnes(10),)),
        scenario=under(
            EffectFactor(factor=0.5, indicator="co2e_reduction", where=Where(tags={"id": ("a",)}))
        ),
    )
    assert result.plan.effects.mid.tolist() == [5.0, 4.0, 10.0]


def test_a_funding_factor_leaves_what_is_granted_and_decided(result_of):
    result = result_of(
        measure(
            need={2026: 1000},
            grants=(
                grant("g", {2026: 10}),
                grant("s", {2026: 20}, "applied", probability="0.5"),
                grant("l", {2026: 40}, "applied", probability="0.5", source="life"),
            ),
            appropriations=(appropriation(2026, 30), appropriation(2027, 8, "planned")),
        ),
        scenario=under(
            FundingFactor(factor=0.5, money="own"), FundingFactor(factor=0.25, source="life")
        ),
    )
    assert by_year(result.plan.grants.payments.T) == [10, 20, 10]
    assert by_year(result.plan.appropriations.planned_net) == [0, 0, 4, 0]
    assert by_year(result.plan.appropriations.decided_net) == [0, 30, 0, 0]


def test_a_success_rate_may_be_about_some_measures_or_every_source(result_of):
    applied = {"status": "applied", "probability": "0.5"}
    result = result_of(
        measure("a", {2026: 100}, grants=(grant("g", {2026: 10}, **applied),)),
        measure("b", {2026: 100}, grants=(grant("h", {2026: 10}, source="life", **applied),)),
        scenario=under(
            SuccessRate(probability=0.9),
            SuccessRate(source="life", probability=0.1),
            SuccessRate(probability=0.2, where=Where(tags={"id": ("a",)})),
        ),
    )
    assert result.plan.grants.probability.tolist() == [0.2, 0.1]


def test_need_falls_on_the_owners_in_the_shares_that_are_said(result_of):
    owners = reference().owners
    kinds = tuple((k, owners[k].kind, owners[k].actor_group) for k in ("municipality", "household"))
    split = OwnerSplit(shares={"municipality": 0.2, "household": 0.8}, owners=kinds)
    result = result_of(measure(need={2026: 100}), scenario=under(split))
    found = {row.key: kronor(row.need) for row in result.by("owner", "secured")}
    assert found == {"municipality": 20, "household": 80}


def test_a_green_share_is_about_measures_with_a_category(result_of):
    result = result_of(
        measure("a", {2026: 100}, green_category="clean_transport"),
        measure("b", {2026: 100}),
        scenario=under(GreenShare(share=0.4)),
    )
    (row,) = result.green_pool()
    assert kronor(row.eligible) == 40


LOANS = (
    Loan(
        id="old",
        name="Gammalt",
        issued_on="2024-01-01",
        matures_on="2030-01-01",
        outstanding=100,
        repayment="bullet",
        interest="0.02",
    ),
    Loan(
        id="green",
        name="Grönt",
        instrument="bond",
        framework="ostersund-2023",
        approved_on="2026-01-01",
        issued_on="2027-01-01",
        matures_on="2032-01-01",
        approved=50,
        repayment="bullet",
        interest="0.03",
    ),
)


def test_other_terms_are_those_of_money_borrowed_from_now_on(result_of):
    rows = (Prerequisite(year=2026, average_interest="0.03"),)
    result = result_of(
        measure(need={2026: 1}),
        loans=LOANS,
        prerequisites=rows,
        scenario=under(LoanTerms(interest_change=0.01, term_years=10, repayment="serial")),
    )
    old, green = (plan.loan for plan in result.loans())
    assert old == LOANS[0]
    assert (green.interest, green.term_years, green.repayment) == (Decimal("0.04"), 10, "serial")
    assert result.loans()[1].years[-1].year == 2037
    (year,) = result.prerequisites()
    assert year.average_interest == Decimal("0.04")
    assert result.rates().municipality[2026].value == pytest.approx(0.04)


def test_terms_of_a_loan_that_is_named_leave_the_rest_of_the_debt(result_of):
    rows = (Prerequisite(year=2026, average_interest="0.03"),)
    result = result_of(
        measure(need={2026: 1}),
        loans=LOANS,
        prerequisites=rows,
        scenario=under(LoanTerms(loans=("old",), interest=0.05)),
    )
    assert [plan.loan.interest for plan in result.loans()] == [Decimal("0.05"), Decimal("0.03")]
    assert result.prerequisites() == rows


def test_the_volume_of_green_loans_is_that_of_those_to_come(result_of):
    result = result_of(measure(need={2026: 1}), loans=LOANS, scenario=under(GreenLoans(factor=1.5)))
    assert [plan.loan.approved for plan in result.loans()] == [None, Decimal("75.00")]
    assert result.loans()[1].years[0].opening == 7500


def ruled(**rules) -> Scenario:
    return Scenario(id="regler", name="Regler", **rules)


def test_measures_that_exclude_each_other_cannot_both_be_carried_out(result_of):
    rule = ruled(exclude=(("a", "b"),))
    measures = (measure("a", {2026: 1}), measure("b", {2026: 1}), measure("c", {2026: 1}))
    (fault,) = result_of(*measures, scenario=rule).broken_rules()
    assert fault.code == "excluded_together"
    assert "a, b exclude each other" in fault.message


def test_a_measure_that_is_switched_off_breaks_no_rule(result_of, store):
    result_of(measure("a", {2026: 1}), measure("b", {2026: 1}))
    off = SwitchOff(where=Where(tags={"id": ("b",)}))
    rule = ruled(exclude=(("a", "b"),)).then(off)
    assert results("prov", rule, store).broken_rules() == ()
    needs = ruled(require=(("a", ("b",)),)).then(off)
    (fault,) = results("prov", needs, store).broken_rules()
    assert fault.code == "required_not_carried_out"
    assert "requires b" in fault.message


def test_measures_reinforce_each_other_while_all_are_carried_out(result_of, store):
    rule = ruled(reinforce=(Reinforce(measures=("a", "b"), effect="emissions", factor=1.5),))
    result = result_of(
        measure("a", {2026: 1}, effects=(tonnes(10),)),
        measure("b", {2026: 1}, effects=(tonnes(20),)),
        measure("c", {2026: 1}, effects=(tonnes(40),)),
        scenario=rule,
    )
    assert result.effect().yearly.mid == 85.0
    off = rule.then(SwitchOff(where=Where(tags={"id": ("b",)})))
    assert results("prov", off, store).effect().yearly.mid == 50.0


PRICE = "energy_prices/electricity"


def valued(*overrides: Override) -> Scenario:
    return Scenario(id="antaganden", name="Antaganden", assumptions=overrides)


def test_a_level_becomes_central_and_leaves_no_range(result_of):
    key = "health/heat_cycling_relative_risk"
    result = result_of(measure(need={2026: 1}), scenario=valued(Override(path=key, level="high")))
    value = result.assumptions()[key].latest
    assert (value.low, value.central, value.high) == (Decimal("0.94"),) * 3
    assert value.source == reference().assumptions[key].latest.source


def test_a_scenarios_value_stands_over_the_plans_own(result_of):
    own = LocalValue(assumption=PRICE, year=2026, mid=700, price_year=2025, source="Avtal")
    override = Override(path=PRICE, values=((2028, Decimal(900)),))
    result = result_of(measure(need={2026: 1}), local_values=(own,), scenario=valued(override))
    found = [(v.since, v.value, v.price_year, v.source) for v in result.assumptions()[PRICE].values]
    assert found[-2:] == [(2026, 700, 2025, "plan-itself"), (2028, 900, 2025, "scenario")]
    assert result.assumptions()[PRICE].latest.status == "stated"
    assert result.known().assumptions is result.assumptions()


def test_profitability_follows_a_scenarios_value_of_a_tonne(result_of):
    fields = {"in_service": "2026-12", "lifetime_years": 10, "effects": (tonnes(10),)}
    half = Override(path="climate/carbon_value", values=((2020, Decimal(3500)),))
    result = result_of(measure(need={2026: 1}, **fields), scenario=valued(half))
    before = results("prov", AS_IS, result.store)

    def worth(of) -> float:
        return float(of.economics("society").streams.parts["climate"].sum())

    assert worth(before) > 0
    assert worth(result) == pytest.approx(worth(before) / 2)


def test_what_activities_do_follows_a_scenarios_emission_factor(result_of):
    path = "emission_factors/electricity_nordic_lca"
    row = Activity(
        kind="energy_saved", unit="MWh", mid=100, from_carrier="electricity", from_factor=path
    )
    result = result_of(
        measure(need={2026: 1}, activities=(row,), in_service="2026-12", lifetime_years=10),
        head={"emission_boundary": "lca"},
        scenario=valued(Override(path=path, values=((2021, Decimal(200)),))),
    )
    before = results("prov", AS_IS, result.store)
    assert result.effect().yearly.mid == pytest.approx(20.0)
    assert before.effect().yearly.mid == pytest.approx(9.04)
    assert result.base is before.base
