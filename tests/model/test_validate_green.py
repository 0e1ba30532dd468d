"""What green loans and measures must satisfy together, and that bad loans are not saved."""

from datetime import date

import pytest

from model import commands
from model.errors import InvalidData
from model.green_eligibility import eligible
from model.reference import reference
from model.rows import Expenditure, GreenStep, PlanDocument, PlanHead
from model.validate import validate_document
from tests.model.conftest import HEAD, grant, measure
from tests.model.test_green_finance import GREEN, LENDER, OURS, loan, paid

KNOWN = reference()
APPROVED = tuple(
    GreenStep(framework=framework, step="committee_approved", by="Ada", on="2026-01-02")
    for framework in (OURS, LENDER, "ostersund-2017")
)
BUS = measure(
    "bus", expenditures=(paid(100), Expenditure(year=2027, mid=60)), green_steps=APPROVED, **GREEN
)


def found(loans, *measures):
    document = PlanDocument(plan=PlanHead(**HEAD), measures=measures or (BUS,), loans=tuple(loans))
    return {
        (each.severity, each.code): each
        for each in validate_document(document, KNOWN)
        if each.ref.startswith("prov/loans")
    }


def test_a_loan_within_what_is_eligible_has_no_findings():
    assert found([loan("a", allocated={"bus": 100})]) == {}


def test_no_more_is_allocated_than_is_eligible():
    one = found([loan("a", 200, allocated={"bus": 120})])["error", "allocation_above_eligible"]
    assert one.ref == "prov/loans/a/allocations/bus"
    assert "120.00 kronor are allocated to Åtgärd bus, and 100.00 may be" in one.message


def test_other_green_loans_and_grants_take_of_the_same():
    both = [loan("a", allocated={"bus": 60}), loan("b", allocated={"bus": 60})]
    assert ("error", "allocation_above_eligible") in found(both)
    assert found([loan("a", allocated={"bus": 60}), loan("b", allocated={"bus": 40})]) == {}
    helped = BUS.model_copy(update={"grants": (grant("g", {2026: 50}),)})
    assert ("error", "allocation_above_eligible") in found([both[0]], helped)


def test_a_loan_in_anothers_place_takes_its_room():
    old = loan("old", issued_on="2026-01-02", allocated={"bus": 100})
    new = loan("new", issued_on="2026-06-01", refinances="old", allocated={"bus": 100})
    assert found([old, new]) == {}


def test_one_off_operating_expenditure_takes_no_green_loan():
    study = measure("study", expenditures=(paid(100, kind="one_off_operating"),), **GREEN)
    only = found([loan("a", allocated={"study": 10})], study)
    assert set(only) == {("error", "green_loan_for_operation")}


def test_what_the_committee_has_not_approved_is_a_warning():
    new = BUS.model_copy(update={"green_steps": ()})
    assert set(found([loan("a", allocated={"bus": 10})], new)) == {
        ("warning", "not_committee_approved")
    }


def test_what_is_not_known_to_be_eligible_is_a_warning():
    unknown = BUS.model_copy(update={"green_share": None})
    assert ("warning", "eligible_unknown") in found([loan("a", allocated={"bus": 10})], unknown)


def test_green_loans_stand_on_no_more_than_the_whole():
    cheap = BUS.model_copy(update={"green_share": None, "forecast_total": 100})
    both = [loan("a", allocated={"bus": 60}), loan("b", allocated={"bus": 60})]
    assert ("error", "share_above_whole") in found(both, cheap)


def test_a_programme_keeps_its_caps():
    wet = BUS.model_copy(update={"green_category": "environmental_measures"})
    old = {"framework": "ostersund-2017", "approved_on": "2019-01-01", "issued_on": "2019-02-01"}
    past = wet.model_copy(update={"expenditures": (paid(100, 2019),)})
    assert ("error", "category_above_cap") in found(
        [loan("a", 100, allocated={"bus": 30}, **old)], past
    )
    assert found([loan("a", 200, allocated={"bus": 40}, **old)], past) == {}


def test_the_framework_was_in_force_when_it_was_approved_and_when_the_loan_was_paid_out():
    lent = {"framework": LENDER, "issued_on": "2025-02-01"}
    early = found([loan("a", approved_on="2024-11-15", **lent)])
    one = early["error", "framework_not_in_force"]
    assert one.ref == "prov/loans/a/approved_on"
    assert "expected Kommuninvest Gröna lån, kriterier till och med 29 november 2024" in one.message
    old = {**lent, "framework": "kommuninvest-until-2024-11", "approved_on": "2024-11-15"}
    assert set(found([loan("a", **old)])) == {("warning", "framework_not_in_force")}
    assert found([loan("a", approved_on="2024-12-02", **lent)]) == {}


def test_principles_and_the_taxonomy_lend_nothing():
    for framework in ("icma-gbp-2021", "eu-taxonomy"):
        assert set(found([loan("a", framework=framework)])) == {
            ("error", "framework_lends_nothing")
        }


@pytest.mark.parametrize("amount", [101, 1000])
def test_a_bad_allocation_saves_nothing(store, amount):
    document = PlanDocument(plan=PlanHead(**HEAD), measures=(BUS,))
    commands.create_plan(document, "Ada", store=store)
    bad = [loan("a", 1000, allocated={"bus": amount})]
    with pytest.raises(InvalidData, match="Allocate no more"):
        commands.save_list("prov", "loans", bad, 1, "Ada", store=store)
    good = [loan("a", 1000, allocated={"bus": 100})]
    assert commands.save_list("prov", "loans", good, 1, "Ada", store=store) == 2


def test_the_shipped_plans_allocations_are_within_what_is_eligible():
    for document in KNOWN.plans:
        for each in document.loans:
            for row in each.allocations:
                one = next(m for m in document.measures if m.id == row.measure)
                framework = KNOWN.green_frameworks[each.framework]
                day = date.fromisoformat(row.on)
                has = eligible(one, framework, KNOWN.owners, day, None)
                assert row.amount * 100 <= has.eligible
