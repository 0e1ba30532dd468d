"""In which unit and with which sign a table's amounts are, and what says so."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.intake import mapping
from model.intake.answers import Answers
from model.intake.unit_words import UnitWords
from tests.intake.sheets import sheet
from tests.intake.test_tables import asked, find

HEAD = ["Projekt", "Budget 2026", "Plan 2027"]
ROWS = [("Bro", 1000, 4000), ("Väg", 500, 1200), ("Skola", 9000, 0)]
words = UnitWords(mapping.vocabulary())


def table_of(*rows, title="Budget", notes=(), answers=None, **shape):
    """The only table of a sheet, perhaps with a sheet of notes beside it, and the ledger."""
    sheets = [sheet(rows, title, **shape)]
    if notes:
        sheets.append(sheet([[note] for note in notes], "Läs mig"))
    (table,), ledger = find(*sheets, answers=answers)
    return table, ledger


@pytest.mark.parametrize(
    ("text", "factor", "currency"),
    [
        ("Belopp i kr", 1, "SEK"),
        ("SEK", 1, "SEK"),
        ("Tkr", 10**3, "SEK"),
        ("(kkr)", 10**3, "SEK"),
        ("Belopp i tusental kronor", 10**3, "SEK"),
        ("Alla belopp anges i tkr.", 10**3, "SEK"),
        ("Belopp i 1000-tal kronor", 10**3, "SEK"),
        ("Belopp i 1 000 kr", 10**3, "SEK"),
        ("kronor, tusental", 10**3, "SEK"),
        ("Amounts in SEK thousand", 10**3, "SEK"),
        ("Budget 2026 tkr", 10**3, "SEK"),
        ("Mkr", 10**6, "SEK"),
        ("MSEK", 10**6, "SEK"),
        ("Belopp i miljoner kronor", 10**6, "SEK"),
        ("mdkr", 10**9, "SEK"),
        ("BSEK", 10**9, "SEK"),
        ("EUR", 1, "EUR"),
        ("kEUR", 10**3, "EUR"),
        ("MEUR", 10**6, "EUR"),
        ("miljoner euro", 10**6, "EUR"),
        ("nok", 1, "NOK"),
    ],
)
def test_a_unit_is_known_by_its_names(text, factor, currency):
    (stated,) = words.named(text)
    assert (stated.factor, stated.currency) == (factor, currency)


@pytest.mark.parametrize(
    "text", ["450 tkr", "12,5 mnkr", "kr/ton", "kr per invånare", "Kråkan", "1 EUR = 11,30 kr", ""]
)
def test_an_amount_or_a_rate_names_no_unit(text):
    assert words.named(text) == ()


def test_kronor_beside_a_word_that_may_be_thousands_are_no_kronor():
    assert words.named("kronor (000)") == () or words.named("kronor (000)")[0].factor == 1000


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("1 EUR = 11,30 kr", "11.30"),
        ("Växelkurs EUR: 11,30", "11.30"),
        ("Kurs 11,3 kr/EUR", "11.3"),
        ("1 euro motsvarar 11,30 SEK", "11.30"),
    ],
)
def test_a_stated_rate_is_read(text, rate):
    assert words.rate(text) == ("EUR", Decimal(rate))


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for_units_and_rates(text):
    words.named(text)
    words.rate(text)
    assert isinstance(words.without(text)[0], str)


def test_the_unit_comes_from_the_nearest_that_says_it():
    in_title, _ = table_of(["Belopp i tkr"], HEAD, *ROWS)
    in_headings, _ = table_of(["Projekt", "Budget 2026 (tkr)", "Plan 2027 (tkr)"], *ROWS)
    in_corner, _ = table_of(["(tkr)", *HEAD[1:]], *ROWS)
    in_sheet, _ = table_of(HEAD, *ROWS, title="Investeringar tkr")
    in_notes, _ = table_of(HEAD, *ROWS, notes=["Alla belopp i tusental kronor"])
    below, _ = table_of(HEAD, *ROWS, [], ["Belopp i tkr"])
    shown = [
        ("Bro", {"kind": "number", "value": Decimal(1), "number_format": '#,##0 "tkr"'}, 2),
        ("Väg", {"kind": "number", "value": Decimal(1), "number_format": '#,##0 "tkr"'}, 2),
    ]
    in_format, _ = table_of(HEAD, *shown)
    found = (in_title, in_headings, in_corner, in_sheet, in_notes, below, in_format)
    assert [table.unit.factor for table in found] == [1000] * 7
    assert in_title.unit_because.text == "The text “Belopp i tkr” in A1 says so."
    assert in_notes.unit.evidence == "Alla belopp i tusental kronor"


def test_the_heading_goes_before_the_notes():
    head = ["Projekt", "Budget 2026 (mnkr)", "Plan 2027 (mnkr)"]
    table, ledger = table_of(head, ("Bro", 1, 4), notes=["Alla belopp i tkr"])
    assert table.unit.factor == 10**6
    assert asked(ledger) == []


def test_a_column_may_have_a_unit_of_its_own():
    head = [*HEAD, "Driftkostnad (mnkr)"]
    table, ledger = table_of(["Belopp i tkr"], head, *[(*row, 2) for row in ROWS])
    assert (table.unit.factor, table.column("operation").unit.factor) == (1000, 10**6)
    assert asked(ledger) == []


def test_a_missing_unit_is_asked_for_with_what_the_largest_amount_would_be():
    table, ledger = table_of(HEAD, *ROWS)
    assert table.unit is None
    (question,) = ledger.violations
    assert question.code == "ask_unit"
    assert question.question.choices == ("kr", "tkr", "mnkr", "mdkr")
    assert question.question.flag == "--unit Budget={choice}"
    assert "9 000 000 kr (tkr)" in question.message.replace("\u202f", " ")


def test_an_answer_about_the_unit_takes_the_question_away():
    table, ledger = table_of(HEAD, *ROWS, answers=Answers(units={"Budget": "mnkr"}))
    assert (table.unit.factor, asked(ledger)) == (10**6, [])


@pytest.mark.parametrize(
    ("unit", "amounts"),
    [("Belopp i kr", (5, 400, 900)), ("Belopp i mnkr", (1_000_000, 400_000, 2_500_000))],
)
def test_a_unit_that_the_amounts_contradict_is_asked_about(unit, amounts):
    rows = [(f"Projekt {amount}", amount, amount) for amount in amounts]
    _, ledger = table_of([unit], HEAD, *rows)
    assert [code for code, _ in asked(ledger)] == ["ask_unit"]
    _, ledger = table_of([unit], HEAD, *rows, answers=Answers(units={"": "tkr"}))
    assert asked(ledger) == []


def test_two_units_in_the_title_are_asked_about():
    table, ledger = table_of(["Belopp i tkr eller mnkr"], HEAD, *ROWS)
    assert table.unit is None
    assert asked(ledger) == [("ask_unit", "A1")]


def test_another_currency_needs_a_rate_and_uses_the_one_that_is_stated():
    table, ledger = table_of(["Belopp i MEUR"], HEAD, ("Bro", 1, 2))
    assert (table.unit.factor, table.unit.rate_known) == (10**6, False)
    assert [(v.code, v.question.flag) for v in ledger.violations] == [
        ("ask_rate", "--rate EUR={choice}")
    ]
    for above in (["1 EUR = 11,30 kr"], ["Kurs EUR", Decimal("11.30")]):
        table, ledger = table_of(["Belopp i MEUR"], above, HEAD, ("Bro", 1, 2))
        assert (table.unit.factor, table.unit.currency) == (Decimal("11300000.00"), "EUR")
        assert asked(ledger) == []
    rates = Answers(rates={"EUR": Decimal(11)})
    table, _ = table_of(["Belopp i MEUR"], HEAD, ("Bro", 1, 2), answers=rates)
    assert table.unit.factor == 11 * 10**6


@pytest.mark.parametrize(
    ("rows", "flipped"),
    [
        ([("Bro", 1, 2), ("Väg", 3, 4)], False),
        ([("Bro", -1, -2), ("Väg", 0, -4)], True),
        ([("Bro", 1, 2), ("Statsbidrag", -1, -1), ("Väg", 3, 4)], False),
        ([("Bro", -1, -2), ("Bidrag Klimatklivet", 1, 1), ("Väg", -3, -4)], True),
        ([("Bro", "(1 200)", "−5 900"), ("Väg", "6 000-", None)], True),
    ],
)
def test_the_amounts_themselves_tell_which_sign_expenditure_has(rows, flipped):
    table, ledger = table_of(["Belopp i tkr"], HEAD, *rows)
    assert (table.flipped, asked(ledger)) == (flipped, [])


@pytest.mark.parametrize(
    ("text", "flipped"),
    [
        ("Utgifter anges med minus, tkr", True),
        ("Inkomster anges med minustecken, tkr", False),
        ("Belopp i tkr, inkomster (-)", False),
        ("Tkr. Utgift (-), inkomst (+)", True),
    ],
)
def test_words_tell_which_sign_expenditure_has(text, flipped):
    rows = [("Bro", -1, -2), ("Väg", -3, -4), ("Torg", 5, 5), ("Mark", 6, 7)]
    table, ledger = table_of([text], HEAD, *rows)
    assert (table.flipped, asked(ledger)) == (flipped, [])


def test_both_signs_without_a_reason_are_asked_about():
    rows = [("Bro", -1, -2), ("Väg", -3, -4), ("Torg", 5, 5), ("Mark", 6, 7)]
    _, ledger = table_of(["Belopp i tkr"], HEAD, *rows)
    assert [(v.code, v.question.choices) for v in ledger.violations] == [
        ("ask_sign", ("positive", "negative"))
    ]
    answers = Answers(signs={"Budget": "negative"})
    table, ledger = table_of(["Belopp i tkr"], HEAD, *rows, answers=answers)
    assert (table.flipped, asked(ledger)) == (True, [])


def test_a_table_titled_inkomster_holds_income():
    table, _ = table_of(["Inkomster, tkr"], HEAD, *ROWS)
    assert table.flow == "income"


def test_rows_that_hold_both_signs_without_a_word_of_it_are_asked_about():
    rows = (["tkr"], HEAD, ("Bro", -500, -700), ("Väg", 300, -200), ("Torg", 400, 100))
    _, ledger = table_of(*rows, ("Park", -100, 50))
    assert asked(ledger) == [("ask_sign", "B2")]
    _, ledger = table_of(*rows, ("Park", -100, 50), answers=Answers(signs={"": "positive"}))
    assert asked(ledger) == []
