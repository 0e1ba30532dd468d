""".xls, Excel's format from before 2007: xlrd reads it, calamine is the second reader.

xlrd does not say which cells are formulas, so the workbook's own records are walked for that.
"""

import io
import struct

import xlrd
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDoc

from .cells import (
    SAME_ADDRESS,
    Book,
    Page,
    Refused,
    address,
    covered_places,
    iso,
    number,
    refuse_far_cells,
    refuse_large_merges,
)
from .second import Seen, add_unseen, disagreement, second_reading
from .xlsx import MACROS

PASSWORD = (
    "The workbook {file} is protected with a password. Open it in Excel, remove the password "
    "(File, Info, Protect Workbook), save it as .xlsx and try again."
)

# Records of a workbook's stream, [MS-XLS] 2.3. Those of a cell begin with its row and column; one
# holds a run of numbers and ends with the last column.
_BOF, _EOF, _FORMULA, _RECALCULATED, _NUMBERS = 0x0809, 0x000A, 0x0006, 0x01C1, 0x00BD
_CELLS = {0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, _FORMULA, _NUMBERS}
# A formula's result that is no number: what it is, and 0xFFFF in the place of the exponent.
_EMPTY_RESULT = struct.Struct("<B5xH")


def read(content: bytes) -> Book:
    """All worksheets of a workbook."""
    log = io.StringIO()
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=log
        )
    except XLRDError as error:
        if "encrypted" in str(error):
            raise Refused(PASSWORD, "encrypted") from error
        raise
    stream = _stream(content)
    formulas = _formulas(stream)
    for sheet in book.sheets():
        ranges = [(r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells]
        refuse_large_merges(ranges)
        refuse_far_cells(
            (
                (row + 1, column + 1)
                for row in range(sheet.nrows)
                for column, kind in enumerate(sheet.row_types(row))
                if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
            ),
            sheet.name,
        )
    second = second_reading(content)
    pages = [
        _page(book, sheet, formulas.get(begin - book.base, {}), second.get(sheet.name) or Seen([]))
        for sheet, begin in zip(book.sheets(), book._sh_abs_posn, strict=True)
    ]
    macros = "_VBA_PROJECT".encode("utf-16-le") in content
    return Book(pages, [(MACROS, {})] if macros else [])


def _page(book, sheet, formulas: dict[tuple[int, int], bool], seen: Seen) -> Page:
    epoch = MAC_EPOCH if book.datemode else WINDOWS_EPOCH
    ranges = [(r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells]
    covered = set(covered_places(ranges))
    page = Page(
        sheet.name,
        sheet.visibility != 0,
        hidden_rows=sorted(
            row + 1 for row, shape in sheet.rowinfo_map.items() if shape.hidden or not shape.height
        ),
        hidden_columns=sorted(
            column + 1
            for column, shape in sheet.colinfo_map.items()
            if shape.hidden or not shape.width
        ),
        merged=[f"{address(*place[:2])}:{address(*place[2:])}" for place in ranges],
    )
    comments = {
        (row + 1, column + 1): note.text for (row, column), note in sheet.cell_note_map.items()
    }
    places = {
        (row + 1, column + 1) for row in range(sheet.nrows) for column in range(sheet.row_len(row))
    }
    for place in sorted(places | comments.keys() | formulas.keys()):
        row, column = place
        other = seen.take(row, column)
        formula = place in formulas
        kind, value, behind, shown = _value(book, sheet, place, formulas.get(place))
        comment = comments.get(place, "")
        under = place in covered
        if (kind is None and not comment and other is None) or (
            under and kind not in ("number", "out_of_range", "date")
        ):
            continue
        page.add(
            row,
            column,
            kind or "text",
            "" if kind is None else value,
            formula=formula,
            number_format=shown,
            serial=behind,
            comment=comment,
            second=disagreement(kind, value, behind, other, epoch),
            covered=under,
        )
    add_unseen(page, seen)
    return page


def _value(book, sheet, place: tuple[int, int], uncached: bool | None):
    """Kind, value, the number behind a date, number format. Kind None: nothing is held.

    ``uncached`` is None where there is no formula, True where one has no stored result.
    """
    if uncached:
        return "uncached", None, None, ""
    row, column = place[0] - 1, place[1] - 1
    if row >= sheet.nrows or column >= sheet.row_len(row):
        return None, None, None, ""
    cell = sheet.cell(row, column)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return ("text", cell.value, None, "") if cell.value.strip() else (None, None, None, "")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "boolean", bool(cell.value), None, ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "error", xlrd.error_text_from_code.get(cell.value, "#VALUE!"), None, ""
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return None, None, None, ""
    shape = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    shown = "" if shape is None or shape.format_str == "General" else shape.format_str
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            date = iso(from_excel(cell.value, MAC_EPOCH if book.datemode else WINDOWS_EPOCH))
        except (OverflowError, ValueError):  # outside what a date can be: Excel shows #####
            return "error", "#VALUE!", None, ""
        return "date", date, f"{cell.value:.10g}", shown
    return *number(cell.value), None, shown


def _stream(content: bytes) -> bytes:
    """The stream of records in a compound file."""
    compound = CompDoc(content, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        memory, base, length = compound.locate_named_stream(name)
        if memory:
            return bytes(memory[base : base + length])
    raise ValueError("no stream of a workbook")


def _formulas(stream: bytes) -> dict[int, dict[tuple[int, int], bool]]:
    """By the offset of the sheet in the stream: which cells are formulas, and without a result.

    An empty text is stored as a result of its own kind, and so does a program that never
    calculates. What tells them apart is that Excel and LibreOffice note that they calculated.
    Refused when two cells have one address.
    """
    found: dict[int, dict[tuple[int, int], bool]] = {}
    calculated = False
    formulas: dict[tuple[int, int], bool] = {}
    seen: set[tuple[int, int]] = set()
    at, depth = 0, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = at + 4
        if kind == _BOF:
            # A chart on a sheet is a stream within the sheet's.
            depth += 1
            if depth == 1:
                formulas = found[at] = {}
                seen = set()
        elif kind == _EOF:
            depth = max(depth - 1, 0)
        elif kind == _RECALCULATED:
            calculated = True
        elif kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", stream, data)
            (last,) = struct.unpack_from("<H", stream, data + length - 2)
            for taken in range(column, last + 1 if kind == _NUMBERS else column + 1):
                place = (row + 1, taken + 1)
                if place in seen:
                    raise Refused(SAME_ADDRESS, ref=address(*place))
                seen.add(place)
            if kind == _FORMULA and length >= 14:
                result, mark = _EMPTY_RESULT.unpack_from(stream, data + 6)
                formulas[row + 1, column + 1] = mark == 0xFFFF and result == 3 and not calculated
        at = data + length
    return found
