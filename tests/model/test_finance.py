"""What is a need and what is not, and what the municipality must borrow."""

import numpy as np

from model.finance import (
    Borrowing,
    Lease,
    borrowing,
    lease,
    municipal_cost,
    need_of_ongoing,
    profitability_gap,
)
from model.gap import match
from model.reference import reference
from model.rows import Expenditure, Prerequisite, RunningCost
from tests.model.conftest import appropriation, by_year, kronor, measure

VAT = float(reference().assumptions["economy/vat_rate"].latest.value)


def test_an_ongoing_project_needs_its_forecast_less_what_is_spent():
    need = need_of_ongoing(np.array([[120]]), np.array([[60]]))
    assert need.tolist() == [[60]]
    assert match(need, np.array([[0]]), np.array([[40]])).gap.tolist() == [[20]]


def test_a_project_that_has_cost_more_than_its_forecast_needs_no_more():
    assert need_of_ongoing(100, 130) == 0


def test_an_ongoing_project_in_a_plan_lacks_what_is_neither_spent_nor_appropriated(result_of):
    spent = (Expenditure(year="before", mid=60, paid=True), Expenditure(year=2026, mid=60))
    result = result_of(measure(expenditures=spent, appropriations=(appropriation(2026, 40),)))
    assert kronor(result.totals("secured").gap) == 20


def test_a_school_is_without_vat_and_a_dwelling_and_a_passenger_car_with():
    cost = {kind: municipal_cost(12_500, kind, VAT) for kind in ("school", "dwelling")}
    assert cost == {"school": 10_000, "dwelling": 12_500}
    assert municipal_cost(12_500, "passenger_car", VAT) == 12_500


def test_a_household_lacks_what_savings_and_support_do_not_pay():
    assert profitability_gap(450, 400, present_value_of_savings=40, support=0) == 10
    assert profitability_gap(450, 400, present_value_of_savings=40, support=20) == 0


def test_an_operating_lease_is_rent_and_a_finance_lease_is_need_and_debt():
    assert lease("operating", 4_000, 600) == Lease(need=0, debt=0, running_cost=600)
    assert lease("finance", 4_000) == Lease(need=4_000, debt=4_000, running_cost=0)


def test_an_energy_performance_contract_saves_running_cost_and_covers_nothing(result_of):
    saving = RunningCost(item="energy", year=2026, amount=-8)
    result = result_of(measure(need={2026: 100}, running_costs=(saving,)))
    assert kronor(result.totals("best_case").gap) == 100
    assert by_year(result.plan.running_cost) == [0, -8, 0, 0]


def test_borrowing_is_computed_for_the_municipality():
    assert borrowing(700, self_financing=400, debt_room_left=250) == Borrowing(300, 50)
    assert borrowing(300, self_financing=400, debt_room_left=0) == Borrowing(0, 0)


def test_nominal_money_meets_a_nominal_need(result_of):
    spent = Expenditure(year=2028, mid=100, price_level="real", price_year=2026)
    index = tuple(
        Prerequisite(year=year, price_index=level)
        for year, level in ((2026, "1"), (2027, "1.03"), (2028, "1.0609"))
    )
    result = result_of(
        measure(expenditures=(spent,), appropriations=(appropriation(2028, 100),)),
        prerequisites=index,
    )
    assert by_year(result.plan.need.mid)[-1] == kronor(10_609)
    assert by_year(result.outcome("secured").gap)[-1] == kronor(609)


def test_a_real_amount_that_no_index_reaches_is_named_and_not_converted(result_of):
    spent = Expenditure(year=2028, mid=100, price_level="real", price_year=2026)
    result = result_of(measure(expenditures=(spent,)))
    assert by_year(result.plan.need.mid)[-1] == 100
    assert result.plan.unconverted.tolist() == [True]
