""".xlsb, Excel's binary format: calamine alone reads it, and what it cannot see is said."""

import io

from openpyxl.utils.datetime import WINDOWS_EPOCH
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .cells import Book, Page, iso, number, refuse_far_cells, serial

UNSEEN = (
    "In an .xlsb workbook formulas, hidden rows and columns, merged cells, comments and number "
    "formats are not seen, and no second reader has checked its figures. "
    "Save it as .xlsx if any of that matters."
)

_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA")


def read(content: bytes) -> Book:
    """All worksheets of a workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    pages = []
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        page = Page(sheet.name, sheet.visible != SheetVisibleEnum.Visible)
        read = book.get_sheet_by_name(sheet.name)
        if read.end is not None:
            refuse_far_cells([(read.end[0] + 1, read.end[1] + 1)], sheet.name)
        for row, line in enumerate(read.to_python(skip_empty_area=False), 1):
            for column, value in enumerate(line, 1):
                _add(page, row, column, value)
        pages.append(page)
    return Book(pages, [(UNSEEN, {})])


def _add(page: Page, row: int, column: int, value: object) -> None:
    if isinstance(value, bool):
        page.add(row, column, "boolean", value)
    elif isinstance(value, int | float):
        page.add(row, column, *number(value))
    elif not isinstance(value, str):
        page.add(row, column, "date", iso(value), serial=serial(value, WINDOWS_EPOCH))
    elif value in _ERRORS:
        page.add(row, column, "error", value)
    elif value.strip():
        page.add(row, column, "text", value)
