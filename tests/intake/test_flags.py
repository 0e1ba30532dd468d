"""A flag and a choice on the page say the same."""

from decimal import Decimal

import pytest

from model.errors import InvalidData
from model.intake.answers import NONE, Answers, ColumnAnswer
from model.intake.flags import answered, filled, with_flag


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("--unit tkr", Answers(units={"": "tkr"})),
        ("--unit Budget 2026=mnkr", Answers(units={"Budget 2026": "mnkr"})),
        ("--unit 'Budget 2026=mnkr'", Answers(units={"Budget 2026": "mnkr"})),
        ("--unit=tkr", Answers(units={"": "tkr"})),
        ("--rate EUR=11,30", Answers(rates={"EUR": Decimal("11.30")})),
        ("--sign Drift=negative", Answers(signs={"Drift": "negative"})),
        (
            "--column Budget!Plan 27=amount:2027:plan:income",
            Answers(
                columns={
                    "Budget": {
                        "Plan 27": ColumnAnswer(
                            role="amount", year=2027, stage="plan", flow="income"
                        )
                    }
                }
            ),
        ),
        ("--column Konto=ignore", Answers(columns={"": {"Konto": ColumnAnswer(role="ignore")}})),
        (
            "--column Total=amount::later",
            Answers(columns={"": {"Total": ColumnAnswer(role="amount", stage="later")}}),
        ),
        ("--header Budget=4-5", Answers(headers={"Budget": (4, 5)})),
        ("--header Budget=4", Answers(headers={"Budget": (4, 4)})),
        ("--sheet Gammal=no", Answers(sheets={"Gammal": False})),
        ("--row Budget!12=sum", Answers(rows={"Budget": {12: "sum"}})),
        ("--point decimal", Answers(point="decimal")),
        ("--period 2026-2030", Answers(period=(2026, 2030))),
    ],
)
def test_a_flag_says_what_the_answers_hold(flag, expected):
    assert answered(NONE, flag) == expected


def test_what_was_said_before_stays():
    first = answered(NONE, "--unit Budget=tkr")
    both = answered(first, "--unit Drift=kr")
    assert both.units == {"Budget": "tkr", "Drift": "kr"}
    assert answered(both, "--unit Drift=mnkr").units == {"Budget": "tkr", "Drift": "mnkr"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("unit", "dollar"),
        ("rate", "EUR=0"),
        ("rate", "11.30"),
        ("rate", "EUR=elva"),
        ("sign", "Budget=up"),
        ("column", "=name"),
        ("column", "Konto=banana"),
        ("column", "Konto=amount:soon"),
        ("header", "Budget=5-4"),
        ("header", "Budget=x"),
        ("sheet", "Budget=maybe"),
        ("row", "Budget=sum"),
        ("row", "Budget!12=what"),
        ("point", "comma"),
        ("period", "2030-2026"),
        ("colour", "red"),
    ],
)
def test_a_flag_that_says_nothing_is_refused_by_name(name, value):
    with pytest.raises(InvalidData, match=f"--{name}"):
        with_flag(NONE, name, value)


def test_a_choice_takes_its_place_in_the_flag_of_a_question():
    assert filled("--unit Bud{get}={choice}", "tkr") == "--unit Bud{get}=tkr"


def test_an_answer_can_be_taken_back_without_a_trace():
    said = NONE.saying(("columns", "Budget", "Konto"), ColumnAnswer(role="ignore"))
    assert said.saying(("columns", "Budget", "Konto"), None) == NONE
