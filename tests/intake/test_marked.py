"""The user's own workbook comes back with its findings in it, and otherwise as it was."""

import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from model import language
from model.errors import InvalidData, Violation
from model.intake import guard, marked
from tests.intake.files import ods, ods_rows, xls
from tests.intake.sheets import xlsx

ROWS = [["Objekt", 2026, 2027], ["Bro", "=5", 6], ["=Väg", ("=B2*2", 10), ('="a"&1', "a1")]]


def _violation(ref: str, severity: str = "error", template: str = "Not good.") -> Violation:
    return Violation(severity, "code", f"bok.xlsx!{ref}", template)


def _mark(content: bytes, *violations: Violation, name: str = "bok.xlsx") -> bytes:
    return marked.mark(content, name, violations, language.message)


def _book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _own() -> bytes:
    """A workbook with a text that looks like a formula, formulas, a comment and a width."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("Budget")
        for row, values in enumerate(ROWS):
            for column, value in enumerate(values):
                if isinstance(value, tuple):
                    page.write_formula(row, column, value[0], None, value[1])
                else:
                    page.write(row, column, value)
        page.write_comment("B2", "Från nämnden", {"author": "Anna"})
        page.set_column(0, 0, 40)
        page.merge_range("A5:B5", "Summa")
    return target.getvalue()


def test_a_found_cell_is_coloured_and_says_what_is_wrong():
    book = _book(_mark(_own(), _violation("Budget!C2"), _violation("Budget!B3", "warning")))
    sheet = book["Budget"]
    assert sheet["C2"].comment.text == "Klimatinvest: Fel. Not good."
    assert sheet["B3"].comment.text == "Klimatinvest: Varning. Not good."
    assert sheet["C2"].fill.fgColor.rgb != sheet["B3"].fill.fgColor.rgb
    assert sheet["A2"].comment is None
    assert sheet["A2"].fill.fill_type is None
    assert sheet.column_dimensions["A"].width == pytest.approx(40, abs=1)


def test_a_comment_that_was_there_is_kept_and_added_to():
    once = _mark(_own(), _violation("Budget!B2", template="First."))
    assert _book(once)["Budget"]["B2"].comment.text == ("Från nämnden\n\nKlimatinvest: Fel. First.")
    twice = _book(_mark(once, _violation("Budget!B2", template="Second.")))
    assert twice["Budget"]["B2"].comment.text == "Från nämnden\n\nKlimatinvest: Fel. Second."
    assert twice.sheetnames == ["Budget", "Avvikelser"]


def test_what_was_mended_loses_its_mark():
    once = _mark(_own(), _violation("Budget!C2"))
    cell = _book(_mark(once))["Budget"]["C2"]
    assert (cell.comment, cell.fill.fill_type) == (None, None)


def test_the_last_sheet_lists_every_finding_with_its_place():
    found = [_violation("Budget!C2", "warning"), _violation("Budget"), _violation("Budget!B3")]
    sheet = _book(_mark(_own(), *found))["Avvikelser"]
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == [
        ["Blad", "Cell", "Slag", "Vad som är fel, och hur det rättas"],
        ["Budget", "", "Fel", "Not good."],
        ["Budget", "B3", "Fel", "Not good."],
        ["Budget", "C2", "Varning", "Not good."],
    ]
    assert sheet["B3"].hyperlink.location == "'Budget'!B3"


def test_a_text_never_becomes_a_formula():
    for sign in "=+-@":
        text = f'{sign}HYPERLINK("http://x")'
        book = _book(_mark(_own(), _violation("Budget!C2", template=text)))
        assert book["Avvikelser"]["D2"].data_type == "s"
        assert book["Avvikelser"]["D2"].value == text
        sheet = book["Budget"]
        assert [sheet[ref].data_type for ref in ("A3", "B2", "B3")] == ["s", "s", "f"]
    file = marked.mark(b"Objekt;2026\n=1+1;5\n", "bok.csv", (), language.message)
    assert _book(file)["bok"]["A2"].data_type == "s"


def test_the_marked_workbook_reads_as_the_one_it_was_made_of():
    content = _own()
    before = guard.read(content, "bok.xlsx").sheets[0]
    after = guard.read(_mark(content, _violation("Budget!C2")), "bok.xlsx").sheets[0]
    kept = {
        place: (cell.kind, cell.value, cell.formula, cell.second)
        for place, cell in before.cells.items()
    }
    assert kept == {
        place: (cell.kind, cell.value, cell.formula, cell.second)
        for place, cell in after.cells.items()
    }
    assert after.cells[3, 2].value == Decimal(10)
    assert after.merged == before.merged


def test_a_finding_on_a_merged_cell_shows_on_the_one_that_is_seen():
    sheet = _book(_mark(_own(), _violation("Budget!B5")))["Budget"]
    assert "Not good." in sheet["A5"].comment.text


def test_a_finding_about_no_cell_or_one_that_is_not_there_is_only_listed():
    found = [
        Violation("error", "code", "bok.xlsx", "One."),
        _violation("Annat blad!A1", template="Two."),
        _violation("Budget!A0", template="Three."),
    ]
    sheet = _book(_mark(_own(), *found))["Avvikelser"]
    assert [sheet.cell(row, 4).value for row in (2, 3, 4)] == ["One.", "Two.", "Three."]


def test_letters_that_no_workbook_may_hold_are_left_out():
    book = _book(_mark(_own(), _violation("Budget!C2", template="a\x07b \ud800 c")))
    assert "a b" in book["Budget"]["C2"].comment.text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (xls(("Budget", [["Objekt", 2026], ["Bro", 5]])), "bok.xls"),
        (
            ods(
                f'<table:table table:name="Budget">{ods_rows(["Objekt", 2026], ["Bro", 5])}'
                "</table:table>"
            ),
            "bok.ods",
        ),
        (b"Objekt;2026\nBro;5\n", "Budget.csv"),
    ],
)
def test_a_file_of_another_format_comes_back_as_xlsx_with_the_same_cells(content, name):
    found = Violation("error", "code", f"{name}!Budget!B2", "Not good.")
    made = _mark(content, found, name=name)
    before, after = guard.read(content, name).sheets[0], guard.read(made, "bok.xlsx").sheets[0]
    assert {place: cell.text for place, cell in after.cells.items()} == {
        place: cell.text for place, cell in before.cells.items()
    }
    assert "Not good." in after.cells[2, 2].comment


def test_a_long_or_strange_name_of_a_sheet_is_made_to_fit():
    name = "Investeringsbudget [2026] för alla nämnder och bolag.csv"
    sheet = guard.base_name(name).removesuffix(".csv")
    made = _mark(
        b"Objekt;2026\nBro;5\n", Violation("error", "c", f"{name}!{sheet}!B2", "X."), name=name
    )
    titles = _book(made).sheetnames
    assert len(titles[0]) <= 31
    assert _book(made)[titles[0]]["B2"].comment.text.endswith("X.")


def test_hidden_sheets_and_macros_stay():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("Budget").write(0, 0, 1)
        book.add_worksheet("Gammal").hide()
    assert _book(_mark(target.getvalue()))["Gammal"].sheet_state == "hidden"


def test_the_marked_file_says_what_it_is():
    assert marked.file_name("x/Budget 2026.xlsx", xlsx(("B", [[1]]))) == (
        "Budget 2026, med avvikelser.xlsx"
    )
    assert marked.file_name("Budget.csv", b"a;b", "en") == "Budget, with findings.xlsx"


def test_a_file_that_cannot_be_read_cannot_be_marked():
    with pytest.raises(InvalidData, match=r"bok\.xlsx"):
        _mark(b"\x00\x01", name="bok.xlsx")
