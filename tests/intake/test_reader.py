"""What the child process sees in a workbook."""

import json
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

from model.intake import guard
from model.intake.formats.xlsx import read
from model.intake.reader import column_letter, from_json
from model.intake.reading import read_workbook
from tests.intake.sheets import codes, xlsx


def _cells(content: bytes, sheet: int = 0) -> dict:
    return {cell.ref: cell for cell in guard.read(content, "b.xlsx").sheets[sheet].cells.values()}


def _saved(book: openpyxl.Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_numbers_come_exactly_as_they_are_shown():
    book = openpyxl.Workbook()
    book.active.append([1.1, 0.1 + 0.2, 1234567.89, 10, -5, 1e15, 123456789012345])
    found = [cell.value for cell in _cells(_saved(book)).values()]
    assert found[:5] == [
        Decimal("1.1"),
        Decimal("0.3"),
        Decimal("1234567.89"),
        Decimal(10),
        Decimal(-5),
    ]
    assert [cell.kind for cell in _cells(_saved(book)).values()][5:] == ["out_of_range", "number"]


def test_a_formula_has_its_stored_result_and_one_without_is_named():
    content = xlsx(("B", [[("=1+1", 2), ('="b"', "b"), ('="a"', "a")]]))
    stored = _cells(_replaced(content, b"<v>b</v>", b"<v></v>"))
    assert (stored["A1"].value, stored["A1"].formula) == (Decimal(2), True)
    assert "B1" not in stored
    assert stored["C1"].value == "a"
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    assert _cells(_saved(book))["A1"].kind == "uncached"


def test_errors_booleans_dates_and_long_numbers_are_what_they_are(shared):
    found = _cells((shared / "workbooks" / "errors.xlsx").read_bytes())
    kinds = {ref: cell.kind for ref, cell in found.items()}
    assert kinds == {
        **dict.fromkeys(["A1", "B1", "C1", "D1", "K1"], "error"),
        "E1": "uncached",
        "F1": "number",
        "G1": "text",
        "H1": "out_of_range",
        "I1": "number",
        "J1": "out_of_range",
    }
    book = openpyxl.Workbook()
    book.active.append([True, date(2027, 1, 1)])
    cells = _cells(_saved(book))
    assert (cells["A1"].kind, cells["A1"].value) == ("boolean", True)
    assert (cells["B1"].kind, cells["B1"].value) == ("date", "2027-01-01")


def test_a_year_formatted_as_a_date_keeps_the_number_behind_it():
    book = openpyxl.Workbook()
    book.active["A1"] = 2026
    book.active["A1"].number_format = "yyyy-mm-dd"
    cell = _cells(_saved(book))["A1"]
    assert (cell.value, cell.serial) == ("1905-07-18", Decimal(2026))


def test_na_is_a_text_and_not_a_missing_number():
    assert _cells(xlsx(("B", [["NA", "N/A", "nan"]])))["A1"].value == "NA"


def test_cells_outside_the_declared_dimension_are_read(shared):
    found = _cells((shared / "workbooks" / "smalldim.xlsx").read_bytes())
    assert {ref: cell.value for ref, cell in found.items()} == {"A1": 1, "B1": 2, "A2": 3}


def test_hidden_rows_columns_and_sheets_merged_cells_and_comments_are_noted():
    target = BytesIO()
    with xlsxwriter.Workbook(target) as made:
        page = made.add_worksheet("B")
        for row in range(4):
            page.write_row(row, 0, [1, 2, 3, 4])
        page.set_row(1, None, None, {"hidden": True})
        page.set_column(2, 3, None, None, {"hidden": True})
        page.merge_range("A6:C6", "Belopp i tkr")
        page.write_comment("A1", "Preliminärt")
        made.add_worksheet("Gammal").hide()
    sheets = guard.read(target.getvalue(), "b.xlsx").sheets
    assert sheets[0].hidden_rows == {2}
    assert sheets[0].hidden_columns == {3, 4}
    assert sheets[0].merged == ("A6:C6",)
    assert "Preliminärt" in sheets[0].cells[1, 1].comment
    assert [sheet.hidden for sheet in sheets] == [False, True]
    assert sheets[0].is_hidden(sheets[0].cells[2, 1])
    assert not sheets[0].is_hidden(sheets[0].cells[1, 1])


def test_both_readers_agree_on_an_ordinary_workbook():
    book = openpyxl.Workbook()
    book.active.append([1, 2.5, "Å ä\nö ", True, date(2027, 5, 6), "=A1", None, -0.1])
    book.active["A1"].comment = Comment("x", "y")
    assert {cell.second for cell in _cells(_saved(book)).values()} == {None}


def test_what_the_readers_see_differently_is_a_finding_in_its_cell():
    rows = [["Belopp i tkr"], ["Nämnd", "Nr", "Objekt", 2026], ["Tekniska nämnden", 1, "Bro", 5]]
    content = xlsx(("B", rows))
    assert read_workbook(content, "b.xlsx").errors == ()
    for values in (b"<v>5</v><v>6</v>", b"<v></v><v>6</v>"):
        cell = b'<c r="D3">%s</c>'
        doubtful = _replaced(content, cell % b"<v>5</v>", cell % values)
        assert codes(read_workbook(doubtful, "b.xlsx")) == [("disagreement", "D3")]


def _replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for part in source.namelist():
            made.writestr(part, source.read(part).replace(old, new))
    assert target.getvalue() != content
    return target.getvalue()


def test_text_with_line_breaks_pasted_from_windows_is_the_same_to_both():
    content = xlsx(("B", [["Bro_x000D_\növer ån"]]))
    assert "Bro_x005F_x000D_" in _sheet_texts(content)
    plain = _replaced(content, b"_x005F_x000D_", b"_x000D_")
    assert _cells(plain)["A1"].text.split() == ["Bro", "över", "ån"]
    assert _cells(plain)["A1"].second is None


def _sheet_texts(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read("xl/sharedStrings.xml").decode()


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [column_letter(n) for n in (1, 26, 27, 702, 703, 16384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_reading_gives_the_same_in_the_child_and_here(shared):
    content = (shared / "workbooks" / "helsingborg_budget_sheet.xlsx").read_bytes()
    here = from_json(json.dumps(read(content).as_json()).encode(), "b.xlsx")
    assert here == guard.read(content, "b.xlsx")
