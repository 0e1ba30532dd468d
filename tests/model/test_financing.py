"""Whether the plan's investments have money: municipality, group, loans, fees and targets."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy_financial
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.fees import per_customer, yearly_cost
from model.finance import borrowing, profitability_gap
from model.financing import add, capacity_lines, lines
from model.internal_flows import group_debt, is_municipality
from model.loans import green_discount, ladder, plan_of, schedule
from model.money import to_ore
from model.rows import (
    FeeYear,
    FinancialTarget,
    InternalFlow,
    Loan,
    OwnerShare,
    Prerequisite,
    RunningCost,
)
from tests.model.conftest import appropriation, grant, kronor, measure

CASES = {
    case["case"]: case
    for case in yaml.safe_load(
        (Path(__file__).parents[1] / "cases" / "financing.yaml").read_text("utf-8")
    )
}
POINT = Decimal("0.01")


def case_with(field: str) -> tuple[dict, dict]:
    """Input and expectation of the case that expects this."""
    (found,) = (case for case in CASES.values() if field in case["expect"])
    return found["input"], found["expect"]


def own(year: int, **figures) -> Prerequisite:
    """The municipality's own figures of a year; nothing but a result unless the fields say so."""
    zero = {"result": 0, "depreciation": 0, "dissolved_grants": 0, "other_funds": 0}
    return Prerequisite(year=year, **{**zero, **figures})


def own_years(opening: int = 0, ceiling: int = 1_000, **figures) -> tuple[Prerequisite, ...]:
    years = (2026, 2027, 2028)
    debt = {2026: opening}
    return tuple(
        own(year, opening_debt=debt.get(year), debt_ceiling=ceiling, **figures) for year in years
    )


def said(analysis, key: str) -> list:
    """A row of the table in kronor."""
    (line,) = (line for line in lines(analysis) if line.key == key)
    return [None if value is None else kronor(value) for value in line.values]


def test_what_own_funds_do_not_pay_is_borrowed_within_the_room(result_of):
    given_, expected = case_with("over_ceiling")
    result = result_of(
        measure(need={2026: given_["investment"]}),
        prerequisites=own_years(750, 1_000, result=given_["own_funds"]),
    )
    first = result.financing(basis="need").years[0]
    assert kronor(first.borrowing_need) == expected["borrowing_need"]
    assert -kronor(first.margin) == kronor(first.shortage) == expected["over_ceiling"]
    alone = borrowing(given_["investment"], given_["own_funds"], given_["room"])
    assert (alone.need, alone.over_ceiling) == (300, 50)


def test_decisions_and_money_are_two_things(result_of):
    given_, expected = case_with("gap")
    result = result_of(
        measure(
            need={2026: given_["need"]},
            grants=(grant("g", {2026: given_["grant"]}),),
            appropriations=(appropriation(2026, given_["appropriation_gross"], basis="gross"),),
        ),
        prerequisites=own_years(),
    )
    decided = result.financing().years[0]
    assert kronor(decided.grants) == expected["grants"]
    assert kronor(decided.expenditure - decided.grants) == expected["net_appropriation"]
    assert kronor(decided.borrowing_need) == expected["borrowing_need"]
    assert kronor(result.totals("secured").gap) == expected["gap"]
    whole = result.financing(basis="need").years[0]
    assert kronor(whole.borrowing_need) == expected["borrowing_need"] + expected["gap"]


def test_the_table_adds_up_from_result_to_self_financing(result_of):
    result = result_of(
        measure(need={2026: 300, 2027: 100}, grants=(grant("g", {2026: 60}),)),
        prerequisites=own_years(
            500, 700, result=20, depreciation=100, dissolved_grants=10, other_funds=-50
        ),
    )
    analysis = result.financing(basis="need")
    assert [line.key for line in lines(analysis)] == [
        *("result", "depreciation", "dissolved_grants", "other", "own_funds", "grants"),
        *("expenditure", "borrowing_need", "closing_debt", "ceiling", "margin"),
        "self_financing",
    ]
    assert said(analysis, "own_funds") == [60, 60, 60]
    assert said(analysis, "borrowing_need") == [180, 40, -60]
    assert said(analysis, "closing_debt") == [680, 720, 660]
    assert said(analysis, "margin") == [20, -20, 40]
    assert analysis.years[0].self_financing == Fraction(120, 300)
    assert analysis.years[2].self_financing is None
    assert (analysis.breach.year, kronor(analysis.breach.shortage)) == (2027, 20)
    assert analysis.tightest.year == 2027


def test_an_unknown_figure_makes_what_rests_on_it_unknown_and_nothing_else(result_of):
    rows = (
        own(2026, opening_debt=100, debt_ceiling=500, result=10),
        own(2027, debt_ceiling=500, depreciation=None),
        own(2028, debt_ceiling=500, opening_debt=200),
    )
    analysis = result_of(measure(need={2027: 50}), prerequisites=rows).financing(basis="need")
    assert said(analysis, "own_funds") == [10, None, 0]
    assert said(analysis, "borrowing_need") == [-10, None, 0]
    assert said(analysis, "expenditure") == [0, 50, 0]
    # What is stated counts again where nothing could be worked out.
    assert said(analysis, "closing_debt") == [90, None, 200]
    assert analysis.unknown.year == 2027
    assert [line.total for line in lines(analysis) if line.key == "own_funds"] == [None]


def test_without_any_figures_everything_but_the_plans_own_is_unknown(result_of):
    analysis = result_of(measure(need={2026: 50})).financing(basis="need")
    assert said(analysis, "expenditure") == [50, 0, 0]
    assert said(analysis, "closing_debt") == [None, None, None]
    assert (analysis.breach, analysis.tightest) == (None, None)


def test_a_grant_in_arrears_is_borrowed_for_and_pays_the_debt_back(result_of):
    result = result_of(
        measure(need={2026: 100}, grants=(grant("g", {2027: 100}),)), prerequisites=own_years()
    )
    analysis = result.financing()
    assert said(analysis, "borrowing_need") == [100, -100, 0]
    assert said(analysis, "closing_debt") == [100, 0, 0]


def test_money_left_when_all_debt_is_paid_pays_the_next_years_investment(result_of):
    result = result_of(measure(need={2028: 250}), prerequisites=own_years(opening=50, result=100))
    analysis = result.financing(basis="need")
    assert said(analysis, "closing_debt") == [0, 0, 0]
    assert [kronor(year.cash) for year in analysis.years] == [50, 150, 0]


def test_the_municipality_and_the_group_have_measures_of_their_own(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.25"),
        OwnerShare(owner="municipal_company", share="0.25"),
        OwnerShare(owner="state", share="0.5"),
    )
    result = result_of(
        measure("a", need={2026: 100}),
        measure("b", need={2026: 30}, owner="municipal_company"),
        measure("c", need={2026: 40}, owner="mixed", owner_kind="mixed", owner_shares=shares),
        measure("d", need={2026: 999}, owner="household", owner_kind="private"),
    )
    assert said(result.financing("municipality", basis="need"), "expenditure")[0] == 110
    assert said(result.financing("group", basis="need"), "expenditure")[0] == 150


def test_the_group_owes_once_what_the_municipality_lends_on(result_of):
    given_, expected = case_with("group_debt")
    lent = given_["lends_to_company"]
    flow = InternalFlow(
        kind="lending", payer="Kommunen", receiver="Bolaget AB", year=2026, amount=lent
    )
    debts = {"Kommunen": to_ore(given_["municipality_borrows"]), "Bolaget AB": to_ore(lent)}
    assert kronor(group_debt(debts, [flow])) == expected["group_debt"]
    group = tuple(row.model_copy(update={"level": "group"}) for row in own_years())
    result = result_of(
        measure(need={2026: 500}, owner="municipal_company"),
        prerequisites=(*own_years(), *group),
        internal_flows=(flow,),
    )
    assert said(result.financing("municipality", basis="need"), "closing_debt")[0] == 500
    assert said(result.financing("group", basis="need"), "closing_debt")[0] == 500
    assert kronor(result.eliminated()[0].lending) == 500


def test_a_part_cannot_owe_the_others_more_than_it_owes():
    flow = InternalFlow(kind="lending", payer="Kommunen", receiver="X", year=2026, amount=5)
    with pytest.raises(ValueError, match="X owes 500 within the group and 0 in all"):
        group_debt({"Kommunen": 500}, [flow])


@pytest.mark.parametrize("name", ["Kommunen", "Umeå kommun", "Helsingborgs stad", "kommun"])
def test_the_municipality_is_known_by_its_name(name):
    assert is_municipality(name)
    assert not is_municipality("Stadsbostäder AB")


def test_a_higher_rate_reaches_what_is_not_bound_and_takes_it_from_the_result(result_of):
    loan = Loan(
        id="l",
        name="Bundet",
        issued_on="2020-01-01",
        matures_on="2026-12-31",
        outstanding=600,
        repayment="bullet",
        interest="0.02",
    )
    result = result_of(
        measure(need={}),
        prerequisites=own_years(1_000, 2_000, average_interest="0.03"),
        loans=(loan,),
    )
    as_is, higher = (result.financing(shift=shift) for shift in (Decimal(0), POINT))
    assert [kronor(year.exposed) for year in as_is.years] == [400, 1_000, 1_000]
    # 600 at 2 % and 400 at 3 %; then the bound loan has matured.
    assert [kronor(year.interest) for year in as_is.years] == [24, 30, 30]
    assert said(higher, "result") == [-4, Decimal("-10.04"), Decimal("-10.14")]
    assert said(higher, "closing_debt")[:2] == [1_004, Decimal("1014.04")]


def test_a_target_says_from_which_year_it_is_broken_and_by_how_much(result_of):
    targets = (
        FinancialTarget(kind="debt", limit=150),
        FinancialTarget(kind="debt_per_resident", limit="1.5", from_year=2028),
        FinancialTarget(kind="self_financing", limit="0.5"),
        FinancialTarget(kind="result_share", limit="0.02"),
        FinancialTarget(kind="interest_share", limit="0.01"),
        FinancialTarget(level="group", kind="debt", limit=1),
    )
    result = result_of(
        measure(need={2026: 100, 2027: 100}),
        prerequisites=own_years(
            0, 1_000, result=20, taxes_and_grants=1_000, residents=100, average_interest="0.03"
        ),
        financial_targets=targets,
    )
    debt, per_head, financed, share, interest = result.financial_targets(basis="need")
    assert (debt.breach.year, debt.breach.off) == (2027, 1_000)
    assert [year.year for year in per_head.years] == [2028]
    assert per_head.breach is None
    assert [year.value for year in financed.years] == [Fraction(1, 5), Fraction(1, 5)]
    assert financed.worst.off == Fraction(3, 10)
    assert share.breach is None
    assert interest.years[1].value == Fraction(240, 100_000)
    assert result.financial_targets("group")[0].unknown == (2026, 2027, 2028)


def test_capacity_is_what_the_need_is_held_against(result_of):
    result = result_of(
        measure(need={2026: 500}, grants=(grant("g", {2026: 100}),)),
        prerequisites=own_years(900, 1_000, result=50),
    )
    rows = {line.key: line.values for line in capacity_lines(result.financing(basis="need"))}
    first = {key: kronor(values[0]) for key, values in rows.items()}
    assert first == {
        "own_funds": 50,
        "grants": 100,
        "debt_room": 100,
        "capacity": 250,
        "expenditure": 500,
        "shortage": 250,
    }


AMOUNT = st.integers(0, 10**12)


@given(principal=AMOUNT, years=st.integers(1, 60), basis=st.integers(0, 2_000), data=st.data())
def test_every_krona_that_is_lent_is_paid_back_or_falls_due(principal, years, basis, data):
    kind = data.draw(st.sampled_from(["serial", "annuity", "bullet"]))
    after = data.draw(st.none() | st.integers(1, 60))
    paid = schedule(principal, kind, years, Decimal(basis) / 10_000, 2026, after)
    assert sum(each.amortisation + each.due for each in paid) == principal
    assert all(each.amortisation >= 0 and each.due >= 0 for each in paid)
    assert [each.closing for each in paid[:-1]] == [each.opening for each in paid[1:]]
    assert paid[-1].closing == 0


@given(principal=st.integers(10**6, 10**12), years=st.integers(1, 50), basis=st.integers(1, 1_500))
def test_an_annuity_is_numpy_financials_to_the_ore(principal, years, basis):
    rate = basis / 10_000
    paid = schedule(principal, "annuity", years, Decimal(basis) / 10_000, 1)
    theirs = -numpy_financial.ppmt(rate, np.arange(1, years + 1), years, principal)
    payment = -numpy_financial.pmt(rate, years, principal)
    assert np.abs([each.amortisation for each in paid] - theirs).max() <= 1.01
    both = np.array([each.amortisation + each.interest for each in paid])
    assert np.abs(both - payment).max() <= 2.01


def test_a_serial_loan_is_paid_back_in_equal_parts_and_a_bullet_at_the_end():
    serial = schedule(30_000, "serial", 3, Decimal("0.02"), 2026)
    assert [(each.amortisation, each.interest) for each in serial] == [
        (10_000, 600),
        (10_000, 400),
        (10_000, 200),
    ]
    bullet = schedule(30_000, "bullet", 3, Decimal("0.02"), 2026)
    assert [(each.amortisation, each.due, each.interest) for each in bullet] == [
        (0, 0, 600),
        (0, 0, 600),
        (0, 30_000, 600),
    ]


def test_an_annuity_without_a_rate_has_no_parts():
    with pytest.raises(ValueError, match="an annuity needs a rate"):
        schedule(100, "annuity", 3, None, 2026)


LOAN = Loan(
    id="old",
    name="Gammalt",
    issued_on="2020-06-01",
    matures_on="2027-06-01",
    outstanding=1_500,
    repayment="serial",
    term_years=20,
    interest="0.02",
)


def test_a_loan_that_matures_before_it_is_paid_back_is_refinanced():
    new = LOAN.model_copy(
        update={
            "id": "new",
            "issued_on": "2027-06-01",
            "matures_on": "2032-06-01",
            "outstanding": None,
            "disbursed": Decimal(1_000),
            "refinances": "old",
            "framework": "kommuninvest-from-2024-12",
        }
    )
    plans = [plan_of(LOAN, 2026), plan_of(new, 2026)]
    first, second, third = ladder(plans, (2026, 2027, 2028))
    assert [kronor(each.amortisation) for each in (first, second)] == [100, 100]
    assert (kronor(second.due), kronor(second.refinanced)) == (1_300, 1_000)
    assert kronor(second.open) == 300
    assert kronor(third.opening) == 1_000
    # 0.02 percentage points of 1 000 kronor.
    assert green_discount(plans, Decimal("0.0002"), (2027, 2028)) == (0, 20)


def test_a_loan_that_does_not_say_its_terms_has_no_years_and_says_what_is_missing():
    bare = Loan(id="x", name="X", outstanding=100)
    assert plan_of(bare, 2026).missing == ("repayment", "matures_on")
    annuity = LOAN.model_copy(update={"repayment": "annuity", "interest": None})
    assert plan_of(annuity, 2026).missing == ("interest",)


WATER = {
    "financing_form": "water",
    "owner": "municipal_company",
    "lifetime_years": 50,
    "in_service": "2026-01",
}


def test_water_is_an_economy_of_its_own():
    given_, expected = case_with("per_customer")
    cost = yearly_cost(
        to_ore(given_["investment"]),
        given_["years"],
        to_ore(given_["borrowed"]),
        Decimal(str(given_["interest"])),
    )
    assert kronor(cost.total) == expected["yearly_cost"]
    assert kronor(per_customer(cost.total, given_["customers"])) == expected["per_customer"]


def test_a_measure_of_water_is_paid_by_its_customers_and_moves_their_surplus(result_of):
    fees = tuple(
        FeeYear(
            form="water",
            year=year,
            customers=100,
            income=1_000,
            cost=900,
            surplus=50 if year == 2026 else None,
            interest="0.03",
        )
        for year in (2026, 2027, 2028)
    )
    result = result_of(
        measure(
            need={2026: 1_000},
            grants=(grant("g", {2026: 500}),),
            running_costs=(RunningCost(year=2027, amount=20),),
            **WATER,
        ),
        fee_years=fees,
    )
    (water,) = result.fees()
    first, second, _third = water.years
    assert first.measures.total == to_ore(20 + 15 - 10)
    assert kronor(first.closing_surplus) == 50 + 100 - 25
    # The second year: 20 + 3 % of 490 + 20 − 10.
    assert kronor(second.measures.total) == Decimal("44.7")
    assert kronor(second.per_customer) == Decimal("0.45")
    assert first.tax_effect == case_with("tax_effect")[1]["tax_effect"] == 0
    assert kronor(result.financing(basis="need").years[0].expenditure) == 0


def test_what_a_fee_must_bear_is_unknown_where_lifetime_or_rate_is(result_of):
    known = {**WATER, "lifetime_years": None}
    result = result_of(measure(need={2026: 100}, **known), measure("b", need={2026: 50}, **WATER))
    (water,) = result.fees()
    assert water.incomplete == (0,)
    assert water.years[0].measures.total is None
    assert (water.years[0].result, water.per_customer) == (None, None)


def test_every_case_of_the_reference_material_is_among_ours(shared):
    """The municipality's borrowing, its group, water, and the household."""
    theirs = {
        case["name"]: case["expect"]
        for file in ("finance", "gap")
        for case in yaml.safe_load((shared / "cases" / f"{file}.yaml").read_text("utf-8"))
    }
    ours = {key: value for case in CASES.values() for key, value in case["expect"].items()}
    water = theirs["water is its own economy"]
    assert water == {
        "yearly_cost": ours["yearly_cost"],
        "per_customer": ours["per_customer"],
        "tax_financed_effect": ours["tax_effect"],
    }
    assert theirs["the group eliminates its own lending"]["group_debt"] == ours["group_debt"]
    assert theirs["borrowing is computed for the municipality"] == {
        "borrowing_need": 300,
        "over_ceiling": ours["over_ceiling"],
    }
    household = theirs["a household has a profitability gap and no financing gap"]
    assert household["profitability_gap"] == ours["profitability_gap"]
    given_ = case_with("profitability_gap")[0]
    found = profitability_gap(
        given_["investment"], given_["alternative"], given_["savings"], given_["support"]
    )
    assert found == ours["profitability_gap"]


@given(st.lists(st.none() | AMOUNT, max_size=5))
def test_a_sum_with_something_unknown_is_unknown(amounts):
    assert add(*amounts) == (None if None in amounts else sum(amounts))
