"""What was decided about a workbook holds for its next version, where that still says the same."""

from model.intake.answers import Answers, ColumnAnswer
from model.intake.decisions import carried, decided
from model.intake.reader import Workbook
from tests.intake.sheets import HEADINGS, UNIT, sheet

ROWS = [
    ("Fastighetsnämnden", 7, "Solceller", "12 st", 500),
    (None, 8, "Värmepump", 10, None),
    (None, None, "Reserv", 99, 99),
]


def book(*rows, title="Budget"):
    return Workbook("bok.xlsx", (sheet([[UNIT], HEADINGS, *rows], title=title),))


def test_answers_about_headings_and_sheets_hold():
    answers = Answers(
        units={"Budget": "tkr"}, columns={"Budget": {"Nr": ColumnAnswer(role="ignore")}}
    )
    assert carried(decided(answers, book(*ROWS)), book(*ROWS[:1])) == answers


def test_an_answer_about_a_row_goes_with_the_row():
    decisions = decided(Answers(rows={"Budget": {5: "sum"}}), book(*ROWS))
    more = book(ROWS[0], (None, 9, "Ny rad", 1, 1), *ROWS[1:])
    assert carried(decisions, more).rows == {"Budget": {6: "sum"}}


def test_an_answer_about_a_row_that_is_gone_is_dropped():
    decisions = decided(Answers(rows={"Budget": {5: "sum"}}), book(*ROWS))
    assert carried(decisions, book(*ROWS[:2])).rows == {}


def test_a_row_whose_amounts_changed_is_the_same_row():
    decisions = decided(Answers(rows={"Budget": {5: "sum"}}), book(*ROWS))
    changed = book(*ROWS[:2], (None, None, "Reserv", 1, 2))
    assert carried(decisions, changed).rows == {"Budget": {5: "sum"}}


def test_a_mended_cell_stays_mended_while_the_workbook_still_has_it_wrong():
    decisions = decided(Answers(mended={"Budget": {"D3": "12"}}), book(*ROWS))
    assert carried(decisions, book(*ROWS[:1])).mended == {"Budget": {"D3": "12"}}


def test_a_cell_that_was_mended_in_the_workbook_speaks_for_itself():
    decisions = decided(Answers(mended={"Budget": {"D3": "12"}}), book(*ROWS))
    corrected = book(("Fastighetsnämnden", 7, "Solceller", 13, 500), *ROWS[1:])
    assert carried(decisions, corrected).mended == {}


def test_a_cell_in_another_row_than_before_is_another_cell():
    decisions = decided(Answers(mended={"Budget": {"D3": "12"}}), book(*ROWS))
    moved = book(("Fastighetsnämnden", 6, "Fönster", "12 st", 1), *ROWS)
    assert carried(decisions, moved).mended == {}


def test_a_sheet_of_another_name_takes_no_answers_about_rows_and_cells():
    answers = Answers(rows={"Budget": {5: "sum"}}, mended={"Budget": {"D3": "12"}})
    assert carried(decided(answers, book(*ROWS)), book(*ROWS, title="Annat")) == Answers()
