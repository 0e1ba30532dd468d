"""What others must invest, whether it pays for them, and who pays for whom."""

from decimal import Decimal
from fractions import Fraction

import pytest

from model.other_actors import BUDGET, NOBODY, OWNER, UNKNOWN
from model.reference import plan_documents
from model.results import results
from model.rows import Effect, Expenditure, OwnerShare, RunningCost
from tests.model.conftest import appropriation, grant, kronor, measure

HOUSEHOLD = {"owner": "household", "owner_kind": "private"}


def saving(year: int, amount: int) -> RunningCost:
    return RunningCost(item="energy", year=year, amount=-amount)


def test_a_household_lacks_what_savings_and_support_do_not_pay(result_of):
    car = measure(
        need={2026: 450},
        alternative_investment=400,
        lifetime_years=4,
        running_costs=(saving(2027, 10), saving(2028, 10)),
        grants=(grant("g", {2026: 5}),),
        **HOUSEHOLD,
    )
    (owner,) = result_of(car, head={"calculation_rate": "0"}).other_actors().owners
    (line,) = owner.lines
    # Ten a year in 2027 to 2030, as the last year goes on for the rest of the lifetime.
    assert kronor(line.savings) == 40
    assert (kronor(line.support), kronor(line.gap)) == (5, 5)
    assert (kronor(owner.need), owner.unknown) == (450, 0)


def test_savings_are_discounted_to_the_year_of_the_investment(result_of):
    boiler = measure(
        need={2027: 100},
        alternative_investment=0,
        lifetime_years=2,
        running_costs=(saving(2028, 10),),
        **HOUSEHOLD,
    )
    (owner,) = result_of(boiler, head={"calculation_rate": "0.25"}).other_actors().owners
    assert kronor(owner.lines[0].savings) == Decimal("14.4")


def test_what_is_not_known_leaves_the_gap_unknown_and_is_named(result_of):
    (owner,) = result_of(measure(need={2026: 450}, **HOUSEHOLD)).other_actors().owners
    (line,) = owner.lines
    assert line.missing == ("alternative", "savings", "lifetime")
    assert (owner.gap, owner.unknown) == (None, 1)


def test_each_owner_of_a_shared_measure_has_its_part(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.5"),
        OwnerShare(owner="region", share="0.3"),
        OwnerShare(owner="state", share="0.2"),
    )
    road = measure(
        need={2026: 1_000},
        owner="mixed",
        owner_kind="mixed",
        owner_shares=shares,
        alternative_investment=100,
        lifetime_years=1,
        running_costs=(saving(2027, 10),),
    )
    owners = result_of(road, head={"calculation_rate": "0"}).other_actors().owners
    assert [(each.owner, kronor(each.need), kronor(each.gap)) for each in owners] == [
        ("region", 300, 267),
        ("state", 200, 178),
    ]


def test_owner_payer_and_beneficiary_add_up_to_the_need(result_of):
    cleaner = Effect(indicator="co2e_reduction", unit="t CO2e", mid=5, basis="per_year", gas="co2e")
    result = result_of(
        measure(
            "a",
            need={2026: 100},
            grants=(grant("g", {2026: 20}),),
            appropriations=(appropriation(2026, 50),),
            effects=(cleaner,),
        ),
        measure("b", need={2026: 40}, **HOUSEHOLD),
        measure("c", need={2026: 10}, owner="mixed", owner_kind="mixed"),
    )
    flows = result.other_actors().flows
    assert {(flow.owner, flow.payer): kronor(flow.amount) for flow in flows} == {
        ("municipality", BUDGET): 50,
        ("municipality", NOBODY): 30,
        ("municipality", "klimatklivet"): 20,
        ("household", OWNER): 40,
        ("mixed", UNKNOWN): 10,
    }
    assert {flow.beneficiaries for flow in flows if flow.owner == "municipality"} == {("society",)}
    assert {flow.beneficiaries for flow in flows if flow.owner == "household"} == {()}


def test_what_grants_leave_of_a_lower_bound_is_known_only_from_below(result_of):
    track = measure(
        expenditures=(Expenditure(year=2026, low=100),),
        grants=(grant("g", {2026: 40}),),
        **HOUSEHOLD,
    )
    flows = result_of(track).other_actors().flows
    assert {flow.payer: (kronor(flow.amount), flow.from_below) for flow in flows} == {
        "klimatklivet": (40, False),
        OWNER: (60, True),
    }


@pytest.mark.parametrize("reading", ["secured", "planned", "expected", "best_case"])
@pytest.mark.parametrize("document", plan_documents(), ids=lambda each: each.plan.id)
def test_who_pays_adds_up_in_every_plan_and_reading(store, document, reading):
    from model import commands

    commands.create_plan(document, "provaren", store=store)
    result = results(document.plan.id, store=store)
    flows = result.other_actors(reading).flows
    assert sum(flow.amount for flow in flows) == result.totals(reading).need
    assert all(flow.amount > 0 for flow in flows)


def test_the_private_share_has_a_range_where_the_split_is_not_known(result_of):
    share = (
        result_of(
            measure("a", need={2026: 20}),
            measure("b", need={2026: 60}, **HOUSEHOLD),
            measure("c", need={2026: 20}, owner="mixed", owner_kind="mixed"),
            measure("d", **HOUSEHOLD),
        )
        .other_actors()
        .share
    )
    assert (share.low, share.high) == (Fraction(3, 5), Fraction(4, 5))
    assert share.of_known == Fraction(3, 4)
    assert dict(share.without_amount) == {"private": 1}
    assert share.boundary == "municipal_group"
