"""Green finance: worked cases, what must hold for any amounts, and a plan on a day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.errors import NotFound
from model.green_allocation import (
    cap_limits,
    lines,
    months_between,
    propose,
    standings,
    waiting,
)
from model.green_eligibility import (
    eligible,
    left_for,
    months_before,
    project_cost,
    version_in_force,
    within_look_back,
    workflow,
)
from model.green_finance import to_keep
from model.green_impact import financed_shares, reported, tonnes_per_million, whole, yearly
from model.green_result import Terms
from model.municipal_rows import Allocation, Loan
from model.reference import plan_documents, reference
from model.rows import Effect, Expenditure, GreenAnswer, GreenStep, OwnerShare
from tests.model.conftest import grant, measure

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "green_finance.yaml").read_text())
KNOWN = reference()
OURS, LENDER = "ostersund-2023", "kommuninvest-from-2024-12"
END = date(2026, 12, 31)
GREEN = {"green_category": "clean_transport", "green_share": 1}
AMOUNT = st.integers(0, 10**13)


def of_case(which: str) -> list:
    return [pytest.param(case, id=case["name"]) for case in CASES if which in case]


def paid(amount, year=2026, **more) -> Expenditure:
    return Expenditure(year=year, mid=amount, paid=True, **more)


def loan(key: str, amount=100, /, **fields) -> Loan:
    """A bond of so many kronor, wholly paid out, with allocations by measure."""
    given_ = {
        "name": key,
        "framework": OURS,
        "issued_on": "2026-01-15",
        "approved": amount,
        "disbursed": amount,
        "outstanding": amount,
    } | fields
    on = given_.pop("allocated", {})
    given_["allocations"] = tuple(Allocation(measure=m, amount=a) for m, a in on.items())
    return Loan(id=key, **given_)


def found(one, framework=OURS, on=END, months=None):
    return eligible(one, KNOWN.green_frameworks[framework], KNOWN.owners, on, months)


def kronor(ore):
    return None if ore is None else ore / 100


@pytest.mark.parametrize("case", of_case("share"))
def test_the_financed_share_of_an_impact_is_reported(case):
    asked = case["share"]
    cost = asked["cost"] - asked.get("grants", 0)
    shares = financed_shares(asked["outstanding"], cost)
    assert [reported(asked["yearly_t"], share) for share in shares] == case["expect"]["tonnes"]


@pytest.mark.parametrize("case", of_case("per_million"))
def test_tonnes_per_million_say_what_part_they_cover(case):
    asked = case["per_million"]
    found_ = tonnes_per_million(asked["tonnes"], asked["amount"], Decimal(str(asked["covered"])))
    assert round(found_, 1) == case["expect"]["tonnes_per_million"]
    published = KNOWN.assumptions["green_bonds/kommuninvest_tonnes_per_msek"].latest
    assert float(published.value) == case["expect"]["tonnes_per_million"]


@pytest.mark.parametrize("case", of_case("propose"))
def test_what_is_proposed_never_exceeds_the_pool(case):
    asked = case["propose"]
    rooms = asked["rooms"]
    parts = propose(asked["amount"], list(rooms.values()), list(rooms), asked.get("limits"))
    expected = case["expect"]
    assert (sum(parts), asked["amount"] - sum(parts)) == (
        expected["allocated"],
        expected["unallocated"],
    )


@pytest.mark.parametrize("case", of_case("left"))
def test_what_is_left_for_one_more_loan(case):
    asked = case["left"]
    assert left_for(asked["spent"], asked["grants"], asked["other_green"]) == case["expect"]["left"]


@pytest.mark.parametrize("case", of_case("look_back"))
def test_the_look_back_goes_by_date(case):
    asked = case["look_back"]
    within = within_look_back(asked["outlay"], asked["reporting"], asked["months"])
    assert within == case["expect"]["within"]


def test_the_cases_beside_the_checkout_hold(shared):
    for case in yaml.safe_load((shared / "cases" / "green_bonds.yaml").read_text("utf-8")):
        given_, expected = case["input"], case["expect"]
        if "look_back_months" in given_:
            days = given_["outlay"], given_["reporting"], given_["look_back_months"]
            assert within_look_back(*days) == expected["eligible"], case["name"]
        elif "bond" in given_:
            parts = propose(given_["bond"], list(given_["eligible"].values()), ["", ""])
            assert sum(parts) == expected["allocated"], case["name"]
            assert given_["bond"] - sum(parts) == expected["unallocated"]
        elif "spent" in given_:
            left = left_for(given_["spent"], given_["grant"], given_["other_green_loan"])
            assert left == expected["eligible_for_bond"], case["name"]
        elif "reduction_t_per_year" in given_:
            tonnes = tonnes_per_million(
                given_["reduction_t_per_year"],
                given_["outstanding_sek"],
                Decimal(str(given_["financed_share"])),
            )
            assert round(tonnes, 1) == expected["tonnes_per_msek"], case["name"]
        else:
            amounts = given_.get("loans") or [
                given_.get("green_loan_outstanding") or given_["green_loan"]
            ]
            net = given_.get("denominator") == "net_of_grants"
            cost = given_["project_cost"] - (given_["grant"] if net else 0)
            said = [reported(given_["yearly_impact_t"], s) for s in financed_shares(amounts, cost)]
            assert said == expected.get("reported", [expected.get("reported_impact_t")]), case


@given(st.lists(AMOUNT, min_size=1, max_size=6), st.integers(1, 10**13))
def test_reported_shares_never_exceed_the_whole(outstanding, cost):
    shares = financed_shares(outstanding, cost)
    assert sum(shares) <= 1
    assert whole(outstanding, cost) >= cost
    assert all(
        share <= Fraction(amount, cost) for share, amount in zip(shares, outstanding, strict=True)
    )


@given(
    AMOUNT,
    st.lists(st.tuples(AMOUNT, st.sampled_from("abc")), max_size=8),
    st.dictionaries(st.sampled_from("abc"), AMOUNT, max_size=2),
)
def test_a_proposal_keeps_to_every_room_every_cap_and_the_money(amount, rooms, limits):
    parts = propose(
        amount, [room for room, _ in rooms], [category for _, category in rooms], limits
    )
    assert parts == propose(amount, [r for r, _ in rooms], [c for _, c in rooms], limits)
    assert all(0 <= part <= room for part, (room, _) in zip(parts, rooms, strict=True))
    assert sum(parts) <= amount
    for category, limit in limits.items():
        own = [part for part, (_, of) in zip(parts, rooms, strict=True) if of == category]
        assert sum(own) <= limit
    if not limits:
        assert sum(parts) == min(amount, sum(room for room, _ in rooms))


@given(
    st.decimals(0, 10**9, places=2),
    st.decimals(0, 10**9, places=2),
    st.decimals(0, 1, places=6),
    st.integers(0, 10**11),
)
def test_grants_and_green_loans_never_exceed_the_spent_green_outlay(spent, given_, share, others):
    one = measure(
        expenditures=(paid(spent),),
        grants=(grant("g", {2026: given_}),),
        green_category="clean_transport",
        green_share=share,
    )
    has = found(one)
    left = left_for(has.eligible, 0, min(others, has.eligible))
    assert has.green <= has.spent
    assert min(has.grants, has.green) + min(others, has.eligible) + left <= has.green


def test_eligible_is_spent_outlay_times_green_share_less_granted_grants():
    one = measure(
        expenditures=(paid(300), paid(100, 2025), Expenditure(year=2027, mid=500)),
        grants=(grant("g", {2027: 100}), grant("h", {2027: 70}, "applied")),
        green_category="clean_transport",
        green_share="0.5",
    )
    has = found(one)
    assert [kronor(v) for v in (has.spent, has.green, has.grants, has.eligible)] == [
        400,
        200,
        100,
        100,
    ]
    assert has.reason == ""


def test_a_grant_is_the_lower_of_its_amount_and_its_share():
    one = measure(
        expenditures=(paid(200),),
        grants=(grant("g", {2026: 150}, share="0.5", eligible_expenditure=200),),
        **GREEN,
    )
    assert kronor(found(one).eligible) == 100


def test_a_year_counts_only_when_the_whole_of_it_is_within_the_look_back():
    one = measure(expenditures=(paid(100, 2023), paid(10, 2024), paid(1, "before")), **GREEN)
    assert (kronor(found(one).eligible), found(one).outside) == (111, 0)
    within = found(one, months=36)
    assert (kronor(within.eligible), kronor(within.outside)) == (10, 101)
    assert found(one, on=date(2025, 12, 31), months=6).reason == "outside_look_back"


def test_what_is_paid_after_the_day_of_the_report_is_not_spent_yet():
    one = measure(expenditures=(paid(100, 2026),), **GREEN)
    assert found(one, on=date(2025, 12, 31)).reason == "nothing_spent"


def test_spent_so_far_counts_where_no_outlay_is_marked_as_paid():
    one = measure(need={2027: 100}, spent=40, forecast_total=140, **GREEN)
    assert (kronor(found(one).eligible), kronor(project_cost(one))) == (40, 140)
    assert found(one, months=36).reason == "outside_look_back"


def test_of_several_owners_the_groups_part_counts_and_an_unknown_split_is_unknown():
    shares = (
        OwnerShare(owner="municipality", share="0.25"),
        OwnerShare(owner="state", share="0.75"),
    )
    mixed = {"owner": "mixed", "owner_kind": "mixed", "expenditures": (paid(400),), **GREEN}
    assert kronor(found(measure(owner_shares=shares, **mixed)).eligible) == 100
    unknown = found(measure(**mixed))
    assert (unknown.eligible, unknown.reason) == (None, "split_unknown")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"expenditures": (paid(100, kind="one_off_operating"),), **GREEN}, "one_off"),
        ({"expenditures": (), **GREEN}, "outlay_unknown"),
        ({"expenditures": (paid(100),)}, "not_green"),
        ({"expenditures": (paid(100),), "green": False, **GREEN}, "not_green"),
        ({"expenditures": (paid(100),), "green_category": "clean_transport"}, "share_unknown"),
        (
            {
                "expenditures": (paid(100),),
                "green_category": "environmental_measures",
                "green_share": 1,
            },
            "category_outside",
        ),
        (
            {"expenditures": (paid(100),), "owner": "household", "owner_kind": "private", **GREEN},
            "other_actor",
        ),
        (
            {
                "expenditures": (paid(100),),
                "green_answers": (
                    GreenAnswer(framework=OURS, question="nuclear_or_fossil", answer="yes"),
                ),
                **GREEN,
            },
            "condition_not_met",
        ),
        (
            {"expenditures": (paid(100),), "grants": (grant("g", {2026: 100}),), **GREEN},
            "covered_by_grants",
        ),
    ],
)
def test_what_is_not_eligible_says_why(fields, reason):
    has = found(measure(**fields))
    assert has.reason == reason
    assert not has.eligible
    assert (has.eligible is None) == (reason in ("outlay_unknown", "share_unknown"))


def test_steps_are_taken_in_order_and_what_is_missing_is_said():
    step = {"by": "Ada", "on": "2026-02-01", "framework": LENDER}
    one = measure(
        green_steps=(
            GreenStep(step="identified", **step),
            GreenStep(step="finance_selected", **step),
        ),
        green_answers=(
            GreenAnswer(framework=LENDER, question="purpose", answer="yes"),
            GreenAnswer(framework=LENDER, question="environmental_objectives", answer="no"),
        ),
        **GREEN,
    )
    came = workflow(one, LENDER, KNOWN.green_frameworks[LENDER])
    assert (came.next_step, came.missing) == ("environment_verified", ("environment_verified",))
    assert came.unanswered == ("systematic_environmental_work",)
    assert (came.against, came.approved) == (("environmental_objectives",), False)
    new = workflow(measure(**GREEN), LENDER, KNOWN.green_frameworks[LENDER])
    assert (new.next_step, new.missing) == ("identified", ())


def test_the_version_is_that_of_the_day():
    like = KNOWN.green_frameworks[LENDER]
    assert version_in_force(KNOWN.green_frameworks, like, date(2024, 11, 30)) == (
        "kommuninvest-until-2024-11"
    )
    assert version_in_force(KNOWN.green_frameworks, like, date(2024, 12, 1)) == LENDER
    ours = KNOWN.green_frameworks[OURS]
    assert version_in_force(KNOWN.green_frameworks, ours, date(2019, 1, 1)) == "ostersund-2017"
    assert version_in_force(KNOWN.green_frameworks, ours, date(2015, 1, 1)) == ""


def test_the_six_amounts_of_a_loan_are_not_one():
    rows = [
        loan("a", issued_on="", disbursed=None, outstanding=None),
        loan("b", issued_on="2027-01-01"),
        loan("c", outstanding=60, allocated={"m": 40}),
        loan("d", matures_on="2026-06-30"),
        loan("e", framework=""),
    ]
    each = {s.loan.id: s for s in standings(rows, END)}
    assert {key: s.state for key, s in each.items()} == {
        "a": "approved",
        "b": "committed",
        "c": "outstanding",
        "d": "matured",
    }
    assert (each["a"].approved, each["a"].committed, each["a"].disbursed) == (10_000, 0, None)
    assert (each["b"].committed, each["b"].disbursed, each["b"].unallocated) == (10_000, 0, 0)
    c = each["c"]
    assert [c.disbursed, c.allocated, c.outstanding, c.unallocated] == [10_000, 4_000, 6_000, 6_000]
    assert (each["d"].outstanding, each["d"].matured, each["d"].unallocated) == (0, 10_000, 0)


def test_amortisation_lowers_what_is_reported():
    row = loan("a", outstanding=50, allocated={"m": 60, "n": 40})
    (standing,) = standings([row], END)
    assert [kronor(line.reported) for line in lines(standing, {"a": row}, END)] == [30, 20]
    unknown = loan("a", outstanding=None, allocated={"m": 60})
    (standing,) = standings([unknown], END)
    assert [line.reported for line in lines(standing, {"a": unknown}, END)] == [None]


def test_refinancing_is_no_new_allocation():
    old = loan("old", issued_on="2020-01-15", allocated={"m": 60})
    new = loan("new", refinances="old", allocated={"m": 80, "n": 20})
    found_ = {s.loan.id: s for s in standings([old, new], END)}
    assert found_["old"].state == "replaced"
    assert lines(found_["old"], {"old": old, "new": new}, END) == []
    later = lines(found_["new"], {"old": old, "new": new}, END)
    assert [(kronor(line.refinancing), kronor(line.new)) for line in later] == [(60, 20), (0, 20)]
    before = {s.loan.id: s.state for s in standings([old, new], date(2025, 1, 1))}
    assert before == {"old": "outstanding", "new": "committed"}
    ordinary = loan("plain", framework="")
    only = loan("new", refinances="plain", allocated={"m": 80})
    (standing,) = standings([ordinary, only], END)
    (line,) = lines(standing, {"plain": ordinary, "new": only}, END)
    assert (kronor(line.refinancing), line.new) == (80, 0)


def test_what_waits_has_an_age_a_place_and_a_deadline_where_that_is_known():
    row = loan("a", unallocated_place="Kassan", allocated={"m": 60})
    (standing,) = standings([row], END)
    held = waiting(standing, None, END)
    assert (kronor(held.amount), held.months, held.place) == (40, 11, "Kassan")
    assert (held.deadline, held.overdue) == (None, False)
    late = waiting(standing, 6, END)
    assert (late.deadline, late.overdue) == (date(2026, 7, 15), True)
    assert waiting(standings([loan("b", allocated={"m": 100})], END)[0], 6, END) is None


def test_months_are_whole_and_a_missing_day_is_the_months_last():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2024, 12, 31), 10) == date(2024, 2, 29)
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 0
    assert months_between(date(2026, 1, 15), date(2027, 1, 15)) == 12


def test_a_cap_is_of_the_volume_less_what_stands_there():
    assert cap_limits({"environmental_measures": Decimal("0.2")}, 1000, {}) == {
        "environmental_measures": 200
    }
    assert cap_limits({"a": Decimal("0.2")}, 1000, {"a": 150}) == {"a": 50}
    assert cap_limits({"a": Decimal("0.2")}, 1000, {"a": 300}) == {"a": 0}


def effect(indicator, amount, unit="t CO2e", **more) -> Effect:
    return Effect(
        **{"indicator": indicator, "unit": unit, "mid": amount, "basis": "per_year"} | more
    )


def test_a_grid_factor_restates_what_states_electricity_and_leaves_the_rest():
    sun = measure(
        "sun",
        effects=(
            effect("electricity_produced", 1000, "MWh"),
            effect("co2e_reduction", 90),
        ),
    )
    bus = measure("bus", effects=(effect("co2e_reduction", 50),))
    stated, restated = yearly([sun, bus]), yearly([sun, bus], Decimal(315))
    assert (stated["sun"].tonnes, stated["sun"].by_factor) == (90, False)
    assert (restated["sun"].tonnes, restated["sun"].stated) == (315, 90)
    assert (restated["bus"].tonnes, restated["bus"].by_factor) == (50, False)


def test_what_nobody_has_said_comes_every_year_is_not_reported_and_a_shared_effect_once():
    group = {"effect_group": "bil"}
    found_ = yearly(
        [
            measure("a", effects=(effect("co2e_reduction", 10, basis="unclear"),)),
            measure("b", effects=(effect("co2e_reduction", 20, **group),)),
            measure("c", effects=(effect("co2e_reduction", 20, **group),)),
            measure("d"),
        ]
    )
    assert (found_["a"].tonnes, found_["a"].unclear) == (None, 10)
    assert (found_["b"].tonnes, found_["c"].tonnes, found_["c"].shared) == (20, None, True)
    assert found_["d"].tonnes is None


def test_a_cost_known_only_from_below_gives_no_share():
    assert project_cost(measure(expenditures=(Expenditure(year=2026, low=100),))) is None
    assert project_cost(measure()) is None
    assert financed_shares([100], None) == [None]
    assert financed_shares([None, 50], 100) == [None, Fraction(1, 2)]


@pytest.fixture
def example(store):
    from model import commands
    from model.results import results

    commands.create_plan(plan_documents()[-1], "provaren", store=store)
    return results("exempelkommunen", store=store)


def test_the_examples_approved_projects(example):
    has = example.green_finance(Terms(END))
    assert has.framework.key == LENDER
    assert [
        (a.measure, kronor(a.approved), kronor(a.linked), kronor(a.left)) for a in has.approvals
    ] == [
        ("ex-01", 40_000_000, 5_000_000, 35_000_000),
        ("ex-06", 40_000_000, 10_000_000, 30_000_000),
    ]
    assert kronor(has.outstanding) == 13_500_000
    # 4,5 of 80 mnkr of 150 t, and 9 of 100 mnkr of 3 500 t.
    assert has.tonnes == 4.5 / 80 * 150 + 9 / 100 * 3500
    assert has.findings == ()


def test_the_examples_own_programme(example):
    has = example.green_finance(Terms(END, "own_programme"))
    assert has.framework.key == OURS
    assert (kronor(has.allocated), [kronor(w.amount) for w in has.waiting]) == (
        20_000_000,
        [10_000_000],
    )
    # Only one approved project has room: 20 spent, 14 and 5 on it.
    (proposal,) = has.proposals
    assert proposal.amounts == (("ex-01", 100_000_000),)
    assert kronor(proposal.unallocated) == 9_000_000
    assert [row.tonnes for row in has.reported] == [26.25, None]


def test_the_terms_change_the_report_and_the_frameworks_own_go_before(example):
    net = example.green_finance(Terms(END, denominator="net_of_grants"))
    assert [row.denominator for row in net.reported] == [8_000_000_000, 7_600_000_000]
    factor = "emission_factors/electricity_green_bond"
    restated = example.green_finance(Terms(END, grid_factor=factor))
    assert restated.grid_factor == 315
    assert restated.reported[0].yearly.tonnes == 450 * 0.315
    assert example.green_finance(Terms(END, look_back_months=36)).left == 0
    assert example.green_finance(Terms(date(2024, 6, 1))).framework.key == (
        "kommuninvest-until-2024-11"
    )
    assert example.green_finance(Terms(date(2024, 6, 1))).reported == ()
    with pytest.raises(NotFound, match="no framework ostersund-2023"):
        example.green_finance(Terms(END, framework=OURS))
    with pytest.raises(NotFound, match="no emission factor x"):
        example.green_finance(Terms(END, grid_factor="x"))


def test_a_report_is_kept_with_its_method_and_a_second_one_is_another_edition(example):
    has = example.green_finance(Terms(END, grid_factor="emission_factors/electricity_green_bond"))
    reports = example.document().green_reports
    kept = to_keep(has, reports, "Ada", "ny elfaktor")
    assert (kept.year, kept.edition, kept.factor) == (2026, 1, 315)
    assert float(kept.tonnes) == pytest.approx(has.tonnes, abs=1e-6)
    again = to_keep(has, (*reports, kept), "Ada")
    assert again.edition == 2
    assert to_keep(example.green_finance(Terms(date(2025, 12, 31))), reports, "Ada").edition == 2


def test_an_empty_plan_has_no_green_finance(result_of):
    has = result_of().green_finance(Terms(END))
    assert (has.projects, has.reported, has.tonnes, has.left) == ((), (), None, 0)
