"""The lists of a plan as forms: written and read back as they were, and told in words."""

import pytest

from model.forms import choices
from model.forms.compare import differences
from model.forms.form import Draft
from model.forms.kinds import UNITS, Choice
from model.forms.lists import LISTS
from model.forms.loans import Loans
from model.forms.told import told
from model.reference import plan_documents

EXAMPLE = plan_documents()[-1]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", LISTS)
def test_opening_a_form_and_saving_it_changes_nothing(name, unit):
    listed, rows = LISTS[name], getattr(EXAMPLE, name)
    assert rows
    form, whole = listed.form(unit, EXAMPLE), listed.whole(rows)
    assert listed.rows(form.read(form.write(whole), whole).value) == rows
    assert listed.rows(form.read(form.write(whole)).value) == rows


def changed(**tables):
    """What the form of the example's loans reads when the last rows of tables are these."""
    form, whole = LISTS["loans"].form("tkr", EXAMPLE), Loans.of(EXAMPLE.loans)
    draft = form.write(whole)
    texts = {name: (*draft.tables[name], *tables.get(name, ())) for name in draft.tables}
    return form.read(Draft({}, texts), whole)


def test_an_allocation_is_part_of_its_loan_and_a_new_loan_gets_an_id():
    answer = changed(
        loans=[{"name": "Nytt lån", "framework": "kommuninvest-from-2024-12"}],
        allocations=[{"loan": "ex-gront-lan-2", "measure": "ex-06", "amount": "1 500"}],
    )
    assert answer.violations == ()
    loans = {loan.id: loan for loan in answer.value.joined}
    assert list(loans)[-1] == "nytt-lan"
    assert [(a.measure, a.amount) for a in loans["ex-gront-lan-2"].allocations] == [
        ("ex-01", 5_000_000),
        ("ex-06", 1_500_000),
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"loan": "borta", "measure": "ex-06", "amount": "1"}, "not among the choices"),
        (
            {"loan": "ex-gront-lan-2", "measure": "ex-01", "amount": "1"},
            "two allocations to one measure",
        ),
        ({"loan": "ex-gront-lan-2", "measure": "ex-06", "amount": "-1"}, "negative"),
    ],
)
def test_an_allocation_that_does_not_fit_says_so(row, problem):
    answer = changed(allocations=[row])
    assert answer.value is None
    assert any(problem in violation.message for violation in answer.violations)


def test_a_change_of_a_loan_is_told_by_the_loan():
    before = Loans.of(EXAMPLE.loans)
    paid_back = {"ex-gront-lan-1": {"outstanding": 8_000_000}}
    after = Loans.of([loan.model_copy(update=paid_back.get(loan.id, {})) for loan in EXAMPLE.loans])
    (one,) = told(LISTS["loans"].form("tkr", None), differences(before, after))
    assert (one.what, one.old, one.new) == (
        "Lån och obligationer, Grönt lån spillvärme (exempel): Utestående",
        "9\u202f000 tkr",
        "8\u202f000 tkr",
    )


def test_names_that_people_give_are_not_translated():
    kind = Choice({"m": "Measures"}, named=True)
    assert choices.label(kind, "m") == "Measures"
    assert choices.label(Choice({"m": "Measures"}), "m") == "Åtgärder"
