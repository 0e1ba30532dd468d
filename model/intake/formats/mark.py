"""A person's own workbook with the cells of its findings coloured and commented.

openpyxl writes the workbook anew; what formulas last gave is put back, since it forgets that, and a
workbook shown in Excel's protected view would be empty without.
"""

import io
import json
import re
import zipfile
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import CellCoordinatesException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from .cells import KINDS, address
from .xlsx import read as read_cells

# Orange and sky blue of Okabe and Ito (2008), lightened: told apart with any colour vision, and
# black text on both has a contrast above 9:1.
FILLS = {"error": "FFF5C26B", "warning": "FFB3DCF2"}
AUTHOR = "Klimatinvest"
_LONGEST = 32_000
_WIDTHS = (24, 10, 12, 100)
_FORMULA = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[^>]*/>|<f[^>]*>[^<]*</f>)<v(?: ?/>|></v>)</c>'
)
_TYPES = {"number": "", "out_of_range": "", "text": "str", "boolean": "b", "error": "e"}


def read(content: bytes) -> bytes:
    """The marked workbook. ``content`` is one line of JSON, then the workbook.

    The JSON has the ``title`` and ``headings`` of the list of findings, and the ``findings``:
    severity, its word, sheet, cell (or empty) and sentence.
    """
    order, workbook = content.split(b"\n", 1)
    order = json.loads(order)
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        macros = any(name.endswith("vbaProject.bin") for name in archive.namelist())
    book = openpyxl.load_workbook(io.BytesIO(workbook), keep_vba=macros, rich_text=True)
    _forget(book, order)
    marked: set[tuple[str, str]] = set()
    for finding in order["findings"]:
        _mark(book, finding, marked)
    _list(book, order)
    target = io.BytesIO()
    book.save(target)
    return _with_results(target.getvalue(), workbook)


def _forget(book, order: dict) -> None:
    """Take away what an earlier marking left; what people wrote stays."""
    if order["title"] in book.sheetnames:
        sheet = book[order["title"]]
        if [sheet.cell(1, column).value for column in range(1, 5)] == order["headings"]:
            book.remove(sheet)
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.comment and f"{AUTHOR}: " in cell.comment.text:
                kept = cell.comment.text.split(f"{AUTHOR}: ")[0].rstrip()
                cell.comment = Comment(kept, cell.comment.author) if kept else None
                if cell.fill.fgColor.rgb in FILLS.values():
                    cell.fill = PatternFill()


def _mark(book, finding: dict, marked: set[tuple[str, str]]) -> None:
    """Comment on the cell, and colour it by the first, the gravest, of its findings."""
    cell = _cell(book, finding)
    if cell is None:
        return
    if (finding["sheet"], cell.coordinate) not in marked:
        cell.fill = PatternFill("solid", fgColor=FILLS[finding["severity"]])
        marked.add((finding["sheet"], cell.coordinate))
    said = _clean(f"{AUTHOR}: {finding['word']}. {finding['sentence']}")
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    author = cell.comment.author if cell.comment else AUTHOR
    cell.comment = Comment(f"{before}{said}"[:_LONGEST], author, height=160, width=320)


def _cell(book, finding: dict):
    """The cell that a finding speaks of; of merged cells the one that shows."""
    sheet = book[finding["sheet"]] if finding["sheet"] in book.sheetnames else None
    if not isinstance(sheet, Worksheet) or not finding["cell"]:
        return None
    try:
        cell = sheet[finding["cell"]]
    except (CellCoordinatesException, ValueError):
        return None
    if isinstance(cell, MergedCell):
        for merged in sheet.merged_cells.ranges:
            if cell.coordinate in merged:
                return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _list(book, order: dict) -> None:
    """The last sheet: every finding with its place, a link to it, and how to mend it."""
    sheet = book.create_sheet(order["title"])
    for column, (heading, width) in enumerate(zip(order["headings"], _WIDTHS, strict=True), 1):
        _write(sheet, 1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    for row, finding in enumerate(order["findings"], 2):
        texts = (finding["sheet"], finding["cell"], finding["word"], finding["sentence"])
        for column, text in enumerate(texts, 1):
            cell = _write(sheet, row, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 3).fill = PatternFill("solid", fgColor=FILLS[finding["severity"]])
        if _cell(book, finding) is not None:
            quoted = finding["sheet"].replace("'", "''")
            link = sheet.cell(row, 2)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{link.value}")
            link.font = Font(underline="single")
    sheet.freeze_panes = "A2"


def _write(sheet, row: int, column: int, text: str):
    """A text, whatever it begins with: never a formula."""
    cell = sheet.cell(row, column)
    cell.value = _clean(text)[:_LONGEST]
    cell.data_type = "s"
    return cell


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub(" ", text).encode("utf-8", "replace").decode()


def _with_results(made: bytes, workbook: bytes) -> bytes:
    """The workbook with what its formulas last gave, as the one it was made of has them."""
    pages = {page["title"]: page for page in read_cells(workbook).as_json()["sheets"]}
    results = {title: _results(page) for title, page in pages.items()}
    if not any(results.values()):
        return made
    book = openpyxl.load_workbook(io.BytesIO(made), read_only=True)
    parts = {sheet._worksheet_path: results.get(sheet.title, {}) for sheet in book.worksheets}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in source.infolist():
            content = source.read(part)
            if known := parts.get(part.filename):
                content = _FORMULA.sub(lambda found, known=known: _put(found, known), content)
            archive.writestr(part, content)
    return target.getvalue()


def _results(page: dict) -> dict[bytes, tuple[str, str]]:
    """Of each formula: the type of its result as .xlsx has it, and the result."""
    kinds = {letter: kind for kind, letter in KINDS.items()}
    serials = dict(page["serials"])
    results = {}
    for index in page["formulas"]:
        kind, value = kinds[page["kinds"][index]], page["values"][index]
        if kind == "date":
            kind, value = "number", serials[index]
        if kind in _TYPES:
            text = str(int(value)) if isinstance(value, bool) else value
            place = address(page["rows"][index], page["columns"][index])
            results[place.encode()] = (_TYPES[kind], text)
    return results


def _put(found: re.Match, results: dict[bytes, tuple[str, str]]) -> bytes:
    place, attributes, formula = found.groups()
    if place not in results:
        return found[0]
    kind, text = results[place]
    stated = f' t="{kind}"'.encode() if kind else b""
    value = escape(text).encode("utf-8", "replace")
    return b'<c r="%s"%s%s>%s<v>%s</v></c>' % (place, attributes, stated, formula, value)
