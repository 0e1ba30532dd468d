"""Cells mended on the page: the address stays, and what stood there is told."""

from dataclasses import replace
from decimal import Decimal

from model.errors import Question
from model.intake import mapping
from model.intake.answers import NONE
from model.intake.mended import mend, mendable, mended, noted, numbers_gone
from model.intake.reader import Workbook
from model.intake.reading import interpret
from tests.intake.sheets import HEADINGS, UNIT, sheet

ROWS = [("Fastighetsnämnden", 7, "Solceller", "12 st", 500), (None, 8, "Värmepump", 10, None)]
BOOK = Workbook("bok.xlsx", (sheet([[UNIT], HEADINGS, *ROWS]),))


def answers(**texts: str):
    said = NONE
    for ref, text in texts.items():
        said = said.saying(("mended", "Budget", ref), text)
    return said


def read(said):
    return interpret(mend(BOOK, said), "0" * 64, mapping.known())


def test_a_mended_amount_is_read_at_its_own_address():
    assert [found.code for found in read(NONE).errors] == ["not_a_number"]
    reading = read(answers(D3="1 234"))
    assert reading.errors == ()
    assert reading.measures[0].expenditures[0].mid == Decimal(1_234_000)
    assert reading.measures[0].expenditures[0].source_ref == "bok.xlsx!Budget!D3"


def test_a_mended_name_is_the_measure_s():
    assert read(answers(C4="Bergvärme", D3="1 234")).measures[1].name == "Bergvärme"


def test_what_still_cannot_be_read_is_still_refused():
    assert [found.code for found in read(answers(D3="ungefär så")).errors] == ["not_a_number"]


def test_what_was_mended_is_told_with_what_stood_there():
    (change,) = mended(BOOK, answers(D3="1 234"))
    assert (change.ref, change.before, change.after) == ("bok.xlsx!Budget!D3", "12 st", "1 234")
    measures = noted(
        read(answers(D3="1 234")).measures,
        [change],
        lambda change: f"{change.cell}: {change.before} → {change.after}",
    )
    assert [measure.note for measure in measures] == ["D3: 12 st → 1 234", ""]


def test_a_note_is_added_to_the_one_that_stands():
    reading = read(answers(D3="1 234"))
    (first, *_) = reading.measures
    (change,) = mended(BOOK, answers(D3="1 234"))
    (after,) = noted([first.model_copy(update={"note": "Enligt avtal"})], [change], lambda _: "!")
    assert after.note == "Enligt avtal\n!"


def test_a_mended_number_is_still_counted_among_the_numbers():
    assert numbers_gone(BOOK, answers(E3="600")) == 0
    assert read(answers(E3="600", D3="1 234")).numbers == read(NONE).numbers
    assert numbers_gone(BOOK, answers(E3="okänt")) == 1


def test_an_empty_cell_can_be_filled():
    (change,) = mended(BOOK, answers(E4="25"))
    assert (change.before, change.after) == ("", "25")
    reading = read(answers(D3="1 234", E4="25"))
    assert [e.mid for e in reading.measures[1].expenditures] == [Decimal(10_000), Decimal(25_000)]


def test_an_answer_about_a_sheet_that_the_workbook_does_not_have_changes_nothing():
    said = NONE.saying(("mended", "Annat", "D3"), "1")
    assert mend(BOOK, said) == BOOK
    assert mended(BOOK, said) == ()


def test_only_what_is_wrong_in_one_cell_is_mended_there():
    (found,) = read(NONE).errors
    assert mendable(found) == ("Budget", "D3")
    assert mendable(replace(found, code="sum_differs")) is None
    assert mendable(replace(found, question=Question("--point {choice}"))) is None
    assert mendable(replace(found, ref="bok.xlsx!Budget")) is None
    assert mendable(replace(found, ref="bok.xlsx!A!B!C7")) == ("A!B", "C7")


def test_everything_else_of_a_mended_cell_stays():
    commented = {"kind": "text", "value": "12 st", "comment": "se avtal", "second": "12"}
    book = replace(BOOK, sheets=(sheet([[UNIT], HEADINGS, (None, 1, "A", commented)]),))
    cell = mend(book, answers(D3="1 234")).sheets[0].cells[3, 4]
    assert (cell.value, cell.comment, cell.second) == ("1 234", "se avtal", None)
