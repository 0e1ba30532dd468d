"""The same cells whatever the format: what the bytes are decides, never the name."""

import io
import struct
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
import xlwt

from model.errors import InvalidData
from model.intake import guard
from model.intake.formats.cells import is_plain_number
from model.intake.reader import Workbook
from tests.intake.files import ods, ods_rows, xls, xlsb
from tests.intake.sheets import xlsx

ROWS = [["Belopp i tkr"], ["Nämnd", "Nr", "Objekt", 2026], ["Tekniska nämnden", 1, "Bro", 5.5]]
LINES = [["Belopp i tkr", "", "", ""], *[[str(v).replace(".", ",") for v in r] for r in ROWS[1:]]]
SEMICOLONS = "\r\n".join(";".join(line) for line in LINES) + "\r\n"
FILES = {
    "xlsx": xlsx(("Budget", ROWS)),
    "xls": xls(("Budget", ROWS)),
    "ods": ods(f'<table:table table:name="Budget">{ods_rows(*ROWS)}</table:table>'),
    "xlsb": xlsb(("Budget", 0, ROWS)),
    "csv": SEMICOLONS.encode(),
    "sie": b"#FLAGGA 0\r\n#SIETYP 4\r\n",
}


def _read(content: bytes, name: str = "bok.xlsx") -> Workbook:
    return guard.read(content, name)


def _cells(content: bytes, sheet: int = 0) -> dict:
    return {cell.ref: cell for cell in _read(content).sheets[sheet].cells.values()}


def _notes(content: bytes) -> list[str]:
    return [note.text for note in _read(content).notes]


@pytest.mark.parametrize("kind", FILES)
def test_the_bytes_say_what_a_file_is_and_not_its_name(kind):
    for name in ("bok.xlsx", "bok.xls", "bok.csv", "bok"):
        assert _read(FILES[kind], name).format == kind


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xlsb"])
def test_every_spreadsheet_gives_the_same_cells(kind):
    sheet = _read(FILES[kind]).sheets[0]
    assert sheet.title == "Budget"
    found = {cell.ref: (cell.kind, cell.value) for cell in sheet.cells.values()}
    assert found == {
        "A1": ("text", "Belopp i tkr"),
        "A2": ("text", "Nämnd"),
        "B2": ("text", "Nr"),
        "C2": ("text", "Objekt"),
        "D2": ("number", Decimal(2026)),
        "A3": ("text", "Tekniska nämnden"),
        "B3": ("number", Decimal(1)),
        "C3": ("text", "Bro"),
        "D3": ("number", Decimal("5.5")),
    }
    assert {cell.second for cell in sheet.cells.values()} == {None}


class TestText:
    """CSV, TSV and other texts with columns."""

    @pytest.mark.parametrize(
        ("encoding", "named"),
        [
            ("utf-8", "UTF-8"),
            ("utf-8-sig", "UTF-8"),
            ("utf-16", "UTF-16"),
            ("cp1252", "Windows-1252"),
            ("cp437", "CP437"),
        ],
    )
    @pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
    def test_encoding_and_separator_are_found_and_said(self, encoding, named, separator):
        rows = [["Nämnd", "Objekt", "2026"], ["Tekniska nämnden", "Gång och cykelväg över ån", "5"]]
        text = "\n".join(separator.join(row) for row in rows)
        found = _read(text.encode(encoding), "Årsbudget 2026.csv")
        assert found.sheets[0].title == "Årsbudget 2026"
        cells = found.sheets[0].cells
        assert [cells[2, column].value for column in (1, 2, 3)] == rows[1]
        shown = "tab" if separator == "\t" else separator
        assert [note.text for note in found.notes] == [
            f"The text file was read as {named}, separated by “{shown}”."
        ]

    def test_decimal_commas_do_not_separate(self):
        cells = _cells("Objekt;2026;2027\nBro;1,5;2,5\nVäg;3,5;4,5\n".encode())
        assert (cells["B2"].value, cells["C3"].value) == ("1,5", "4,5")

    def test_quoted_fields_hold_separators_and_line_breaks(self):
        cells = _cells('Objekt;Nr;2026\n"Bro; stor";"a ""b""";5\n"Väg\när";2;6\n'.encode())
        assert [cells[ref].value for ref in ("A2", "B2", "A3", "C3")] == [
            "Bro; stor",
            'a "b"',
            "Väg\när",
            "6",
        ]

    def test_a_number_in_a_text_counts_as_one_and_stays_as_it_stood(self):
        sheet = _read(b"Nr;Objekt;2026;Start\n0012;Bro;1 234,5;2026-01-01\n").sheets[0]
        assert sheet.textual
        assert {cell.ref for cell in sheet.cells.values() if cell.is_numeric} == {"C1", "A2", "C2"}
        number = sheet.cells[2, 1]
        assert (number.kind, number.value) == ("text", "0012")

    @pytest.mark.parametrize(
        "text",
        ["5", "1 234,5", "1\u00a0234", "1.234.567,8", "(1 234)", "−5 900", "6 000-", "12,5 %"],
    )
    def test_what_a_spreadsheet_would_have_as_a_number_is_a_number(self, text):
        assert is_plain_number(text)

    @pytest.mark.parametrize("text", ["", "–", "B26", "2026-01-01", "1.006.01", "1 2", "12 Bro"])
    def test_what_only_has_digits_in_it_is_none(self, text):
        assert not is_plain_number(text)

    def test_excels_own_first_line_names_the_separator_and_is_no_row(self):
        assert _cells(b"sep=|\nObjekt|2026\nBro|5\n")["B2"].value == "5"

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b'Objekt;2026\n"Bro;5\nV;6\n', "quotation mark in row 2"),
            (b"bara en text\nutan kolumner\n", "has no columns"),
            ("a;ŁŁŁ\n".encode("utf-16")[:-1], "how the letters"),
            (b"Objekt;2026\n\x81\x8d\x8f\x9d\x81\x8d;5\n", "how the letters"),
        ],
    )
    def test_a_text_that_cannot_be_told_apart_is_refused_in_a_sentence(self, content, said):
        with pytest.raises(InvalidData, match=said) as refused:
            _read(content, "bok.csv")
        assert "bok.csv" in str(refused.value)


class TestSie:
    """SIE 4: a row per line, a column per field."""

    CONTENT = (
        '#FLAGGA 0\r\n#FORMAT PC8\r\n#SIETYP 4\r\n#FNAMN "Örebro kommun"\r\n'
        "#RAR 0 20260101 20261231\r\n"
        '#OBJEKT 6 "P1" "Gång- och cykelväg, etapp \\"2\\""\r\n'
        '#PBUDGET 0 202606 1119 {6 "P1" 1 "100"} -2500000.00\r\n'
        "#VER A 1 20260101 Bokfört\r\n{\r\n#TRANS 1119 {} 10.00\r\n}\r\n"
    )

    @pytest.mark.parametrize(
        ("encoding", "named"), [("cp437", "CP437"), ("cp1252", "Windows-1252"), ("utf-8", "UTF-8")]
    )
    def test_every_field_has_an_address(self, encoding, named):
        found = _read(self.CONTENT.encode(encoding), "bok.se")
        sheet = found.sheets[0]
        assert (found.format, sheet.title, sheet.textual) == ("sie", "SIE", True)
        assert [cell.value for cell in sheet.rows[4].values()] == ["#FNAMN", "Örebro kommun"]
        assert sheet.cells[6, 4].value == 'Gång- och cykelväg, etapp "2"'
        assert [cell.value for cell in sheet.rows[7].values()] == [
            "#PBUDGET",
            "0",
            "202606",
            "1119",
            '6 "P1" 1 "100"',
            "-2500000.00",
        ]
        assert sheet.cells[7, 6].is_numeric
        assert [note.text for note in found.notes] == [f"The SIE file was read as {named}."]

    def test_empty_braces_keep_their_column(self):
        sheet = _read(self.CONTENT.encode("cp437")).sheets[0]
        assert sheet.cells[10, 4].value == "10.00"
        assert (10, 3) not in sheet.cells


class TestXls:
    """Excel's format from before 2007."""

    def test_hidden_and_merged_cells_formats_dates_and_errors_are_seen(self):
        book = xlwt.Workbook()
        page = book.add_sheet("Budget")
        page.write_merge(0, 0, 0, 2, "Belopp")
        page.write(1, 0, 2026, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        page.write(1, 1, 5, xlwt.easyxf(num_format_str='#,##0 "tkr"'))
        page.row(1).write(2, True)
        page.row(1).set_cell_error(3, "#DIV/0!")
        page.write(3, 0, 7)
        page.row(3).hidden = True
        page.write(4, 5, 1e15)
        page.col(1).hidden = True
        book.add_sheet("Gammal").visibility = 1
        target = io.BytesIO()
        book.save(target)
        budget, old = _read(target.getvalue()).sheets
        assert (budget.merged, budget.hidden_rows, budget.hidden_columns) == (("A1:C1",), {4}, {2})
        assert (budget.hidden, old.hidden) == (False, True)
        cells = {cell.ref: cell for cell in budget.cells.values()}
        assert (cells["A2"].value, cells["A2"].serial) == ("1905-07-18", Decimal(2026))
        assert cells["B2"].number_format == '#,##0 "tkr"'
        assert {ref: cells[ref].kind for ref in ("C2", "D2", "F5")} == {
            "C2": "boolean",
            "D2": "error",
            "F5": "out_of_range",
        }

    def test_a_formula_without_a_stored_result_is_named(self):
        cells = _cells(xls(("B", [["Bro", 5, "=B1*2"], ["Väg", 6]])))
        assert (cells["C1"].kind, cells["C1"].formula) == ("uncached", True)
        assert cells["B2"].value == 6

    def test_a_formula_has_its_stored_result(self):
        content = xls(("B", [["Bro", 5, "=B1*2"]]))
        empty = struct.pack("<HHH", 0, 2, 17) + struct.pack("<Q", 0xFFFF000000000003)
        assert content.count(empty) == 1
        stored = content.replace(empty[6:], struct.pack("<d", 10.0))
        cell = _cells(stored)["C1"]
        assert (cell.kind, cell.value, cell.formula) == ("number", Decimal(10), True)

    def test_two_cells_in_one_place_are_refused(self):
        content = xls(("B", [["Bro", 5.25, "x", 6.25]]))
        number = struct.pack("<HHHH", 0x027E, 10, 0, 3)
        doubled = content.replace(number, number[:6] + struct.pack("<H", 1))
        assert doubled != content
        with pytest.raises(InvalidData, match="two cells with the address B1"):
            _read(doubled)


class TestOds:
    """LibreOffice's format."""

    def test_hidden_rows_columns_and_tables_are_seen(self):
        content = ods(
            '<table:table table:name="Budget">'
            '<table:table-column/><table:table-column table:visibility="collapse"/>'
            f"{ods_rows(['Bro', 1, 5])}"
            '<table:table-row table:visibility="filter"><table:table-cell '
            'office:value-type="float" office:value="7"/></table:table-row>'
            f'<table:table-row-group table:display="false">{ods_rows([8])}</table:table-row-group>'
            f"{ods_rows([9])}</table:table>"
            '<table:table table:name="Gammal" table:style-name="ta2">'
            f"{ods_rows([1])}</table:table>",
            '<style:style style:name="ta2" style:family="table">'
            '<style:table-properties table:display="false"/></style:style>',
        )
        budget, old = _read(content).sheets
        assert (budget.hidden_rows, budget.hidden_columns) == ({2, 3}, {2})
        assert (budget.hidden, old.hidden) == (False, True)

    def test_repeated_rows_and_cells_are_written_out(self):
        content = ods(
            '<table:table table:name="B"><table:table-row table:number-rows-repeated="2">'
            '<table:table-cell table:number-columns-repeated="3"/>'
            '<table:table-cell table:number-columns-repeated="2" office:value-type="float" '
            'office:value="5"/></table:table-row>'
            '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        )
        assert {ref: cell.value for ref, cell in _cells(content).items()} == {
            "D1": 5,
            "E1": 5,
            "D2": 5,
            "E2": 5,
        }

    @pytest.mark.parametrize(
        "repeated",
        [
            'table:number-rows-repeated="1048576"><table:table-cell '
            'table:number-columns-repeated="16384"',
            'table:number-rows-repeated="1"><table:table-cell '
            'table:number-columns-repeated="900000000"',
        ],
    )
    def test_a_cell_repeated_over_the_whole_sheet_is_refused(self, repeated):
        content = ods(
            f'<table:table table:name="B"><table:table-row {repeated} '
            'office:value-type="float" office:value="5"/></table:table-row></table:table>'
        )
        with pytest.raises(InvalidData, match="far outside its table"):
            _read(content)

    def test_merged_cells_comments_formats_dates_and_formulas_are_seen(self):
        cell = "<table:table-cell {}>{}</table:table-cell>"
        number = 'office:value-type="float" office:value="5"'
        row = "".join(
            [
                cell.format(
                    'table:number-columns-spanned="2" office:value-type="string"',
                    "<office:annotation><text:p>Preliminärt</text:p></office:annotation>"
                    '<text:p>Belopp<text:s text:c="2"/>i tkr</text:p><text:p>löpande</text:p>',
                ),
                f"<table:covered-table-cell {number}/>",
                cell.format(f'table:style-name="ce1" {number}', ""),
                cell.format('office:value-type="date" office:date-value="1905-07-18"', ""),
                cell.format(
                    'table:formula="of:=1/0" office:value-type="string"',
                    "<text:p>#DIV/0!</text:p>",
                ),
                cell.format('table:formula="of:=1+1"', ""),
                cell.format('table:formula="of:=&quot;&quot;"', "<text:p/>"),
                cell.format(f'table:formula="of:=2+3" {number}', ""),
                cell.format(
                    'office:value-type="currency" office:currency="EUR" office:value="2"', ""
                ),
                cell.format('office:value-type="float" office:value="1e400"', ""),
            ]
        )
        styles = (
            '<number:number-style style:name="N1"><number:number number:decimal-places="1" '
            'number:min-integer-digits="1" number:grouping="true" number:display-factor="1000"/>'
            "<number:text> mnkr</number:text></number:number-style>"
            '<style:style style:name="ce0" style:family="table-cell" style:data-style-name="N1"/>'
            '<style:style style:name="ce1" style:family="table-cell" '
            'style:parent-style-name="ce0"/>'
        )
        table = (
            f'<table:table table:name="B"><table:table-row>{row}</table:table-row></table:table>'
        )
        sheet = _read(ods(table, styles)).sheets[0]
        cells = {cell.ref: cell for cell in sheet.cells.values()}
        assert sheet.merged == ("A1:B1",)
        assert (cells["A1"].value, cells["A1"].comment) == ("Belopp  i tkr\nlöpande", "Preliminärt")
        assert cells["B1"].covered
        assert sheet.is_hidden(cells["B1"])
        assert cells["C1"].number_format == '#,##0.0," mnkr"'
        assert (cells["D1"].value, cells["D1"].serial) == ("1905-07-18", Decimal(2026))
        assert cells["E1"].kind == "error"
        assert cells["F1"].kind == "uncached"
        assert "G1" not in cells
        assert (cells["H1"].value, cells["H1"].formula) == (Decimal(5), True)
        assert cells["I1"].number_format == "[$EUR]"
        assert (cells["J1"].kind, cells["J1"].value) == ("out_of_range", "1e400")

    def test_an_encrypted_document_is_refused(self):
        content = ods("", manifest="<manifest><encryption-data/></manifest>")
        with pytest.raises(InvalidData) as refused:
            _read(content)
        assert refused.value.violations[0].code == "encrypted"


class TestXlsb:
    """Excel's binary format."""

    def test_hidden_sheets_are_seen_and_what_is_not_is_said(self):
        found = _read(xlsb(("Budget", 0, ROWS), ("Gammal", 1, [[1]])))
        assert [sheet.hidden for sheet in found.sheets] == [False, True]
        assert "formulas" in found.notes[0].text


class TestXlsx:
    """What is particular to .xlsx."""

    def test_a_number_under_a_merged_range_is_kept_and_hidden(self):
        target = io.BytesIO()
        with xlsxwriter.Workbook(target) as made:
            page = made.add_worksheet("B")
            page.merge_range("A1:C1", "Belopp i tkr")
            page.write("B1", 5)
            page.write("C1", "text")
        sheet = _read(target.getvalue()).sheets[0]
        assert {cell.ref: cell.covered for cell in sheet.cells.values()} == {
            "A1": False,
            "B1": True,
        }
        assert sheet.is_hidden(sheet.cells[1, 2])

    def test_a_cell_with_nothing_but_a_comment_is_kept(self):
        target = io.BytesIO()
        with xlsxwriter.Workbook(target) as made:
            page = made.add_worksheet("B")
            page.write("A1", 1)
            page.write_comment("C3", "Belopp i tkr")
        assert _cells(target.getvalue())["C3"].comment == "Belopp i tkr"

    def test_a_number_that_is_none_is_refused_in_its_place(self):
        content = _rewritten(xlsx(("B", [["Bro", 5]])), b"<v>5</v>", b"<v>NaN</v>")
        assert _cells(content)["B1"].kind in ("error", "out_of_range")
        content = _rewritten(xlsx(("B", [["Bro", 5]])), b"<v>5</v>", b"<v>5..1</v>")
        assert _cells(content)["B1"].kind == "error"

    def test_two_sheets_with_one_name_are_refused(self):
        content = xlsx(("A", [[1]]), ("B", [[2]]))
        content = _rewritten(content, b'name="B"', b'name="A"', "xl/workbook.xml")
        with pytest.raises(InvalidData, match="two sheets with the name A"):
            _read(content)

    def test_macros_are_said_to_be_ignored(self):
        target = io.BytesIO(FILES["xlsx"])
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"macro")
        assert _notes(target.getvalue()) == [
            "The macros of the workbook were neither read nor run."
        ]

    def test_shared_and_array_formulas_are_formulas(self):
        book = openpyxl.Workbook()
        book.active["A1"] = openpyxl.worksheet.formula.ArrayFormula("A1:A2", "=B1:B2")
        target = io.BytesIO()
        book.save(target)
        assert _cells(target.getvalue())["A1"].kind == "uncached"


def _rewritten(content: bytes, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml"):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            text = source.read(name)
            made.writestr(name, text.replace(old, new) if name == part else text)
    assert target.getvalue() != content
    return target.getvalue()
