"""One worksheet of a workbook: a title that says what it shows, a table, sums that can be checked.

Amounts are whole öre in and tkr in the cell, exactly. Text goes in as text: nothing that a person
has typed can become a formula or a link.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from textwrap import wrap
from typing import Literal

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from model.palette import ACCENT, GAP, MUTED

TKR = 100_000
# Excel takes at most so many characters in a page's header or footer.
_HEADER_LIMIT = 255
_A4 = 9
# Behind the figures that the formulas of a workbook start from.
INPUT = "#FFF8DC"
_LINE_HEIGHT = 15


@dataclass(frozen=True)
class Formula:
    """A live formula with the value that it has: öre in a column of amounts, else as it is."""

    text: str
    value: int | float | Fraction | str


Cell = int | float | Fraction | str | Formula | None
# What a cell holds and how it looks; an input is one that formulas start from.
Kind = Literal[
    *("text", "amount", "count", "share", "quantity", "rate", "number"),
    *("input", "input_count", "input_rate"),
]
_AMOUNTS = ("amount", "input")


@dataclass(frozen=True)
class Column:
    """A column of a table. ``width`` in characters. Shares are of one; a quantity is no money."""

    label: str
    width: float = 12
    kind: Kind = "amount"


class _Worksheet(Worksheet):
    """Formulas go in as they are: none uses a function newer than Excel 2007, to be marked so."""

    def _prepare_formula(self, formula, expand_future_functions=False):
        return formula.removeprefix("=")


class Book:
    """A workbook in memory. ``mark`` stands at the top of every printed page."""

    def __init__(self, title: str, mark: str, footer: str, today: date):
        self._buffer = BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._book.set_properties(
            {
                "title": title,
                "author": "Klimatinvest",
                "created": datetime(today.year, today.month, today.day),
            }
        )
        self._header = f"&L{_page_text(title)}&R{_page_text(mark)}"[:_HEADER_LIMIT]
        self._footer = f"&L{_page_text(footer)}"[: _HEADER_LIMIT - 30] + f"&C&P / &N&R{today}"
        self._formats = {
            style: self._book.add_format({"font_name": "Calibri", "font_size": 11, **properties})
            for style, properties in _styles().items()
        }

    def sheet(self, name: str, *, one_page: bool = False) -> "Sheet":
        """A new sheet, last in the book, as wide as the page: A4 across, or one upright page."""
        worksheet = self._book.add_worksheet(name, _Worksheet)
        worksheet.hide_gridlines(2)
        if not one_page:
            worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.fit_to_pages(1, 1 if one_page else 0)
        worksheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
        worksheet.set_header(self._header)
        worksheet.set_footer(self._footer)
        return Sheet(name, worksheet, self._formats)

    def content(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._buffer.getvalue()


class Sheet:
    """A worksheet written from the top down; ``row`` is the next free one."""

    def __init__(self, name: str, worksheet, formats: dict):
        self.name, self.row = name, 0
        self._sheet, self._formats = worksheet, formats
        self._columns: Sequence[Column] = ()

    def title(self, text: str, subtitle: str, warnings: Sequence[str] = ()) -> None:
        """The first rows: what the sheet says, what it shows, and what to know before using it."""
        self._sheet.set_row(self.row, 24)
        self._say(text, "title")
        self._say(subtitle, "subtitle")
        for warning in warnings:
            self._say(warning, "warning")
        self.row += 1

    def head(self, columns: Sequence[Column], frozen: int = 1) -> None:
        """The table's head. It stays in view with the first columns, and on every printed page."""
        self._make_room([column.label for column in columns], columns)
        for place, column in enumerate(columns):
            style = "head_text" if column.kind == "text" else "head"
            self._sheet.write_string(self.row, place, column.label, self._formats[style])
            self._sheet.set_column(place, place, column.width)
        self.columns(columns)
        self._sheet.repeat_rows(self.row)
        self.row += 1
        self._sheet.freeze_panes(self.row, frozen)

    def width(self, widths: Sequence[float]) -> None:
        """How wide the columns are, in characters, on a sheet without a table's head."""
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, width)

    def columns(self, columns: Sequence[Column]) -> None:
        """What the columns hold from here on, in widths as they are."""
        self._columns = columns

    def section(self, label: str) -> None:
        """A heading within the table."""
        self.line([label], style="section")

    def line(self, cells: Sequence[Cell], style: str = "") -> int:
        """A row of the table, from its first column; returns the row. Style: section or sum."""
        if style != "section":
            self._make_room(cells, self._columns)
        for place, column in enumerate(self._columns):
            cell = cells[place] if place < len(cells) else None
            look = self._formats[f"{style}_{column.kind}" if style else column.kind]
            unit = TKR if column.kind in _AMOUNTS else 1
            if isinstance(cell, Formula):
                value = cell.value if isinstance(cell.value, str) else float(cell.value / unit)
                self._sheet.write_formula(self.row, place, cell.text, look, value)
            elif cell is None or cell == "":
                self._sheet.write_blank(self.row, place, None, look)
            elif isinstance(cell, str):
                self._sheet.write_string(self.row, place, cell, look)
            else:
                self._sheet.write_number(self.row, place, float(cell / unit), look)
        self.row += 1
        return self.row - 1

    def fact(self, label: str, text: str) -> None:
        """A label and a text that may be long, as wide as the table."""
        last = len(self._columns) - 1
        width = sum(column.width for column in self._columns[1:])
        self._make_room([text], [Column("", width, "text")])
        look = self._formats["fact"]
        self._sheet.write_string(self.row, 0, label, look)
        if last > 1:
            self._sheet.merge_range(self.row, 1, self.row, last, "", look)
        self._sheet.write_string(self.row, 1, text, look)
        self.row += 1

    def space(self) -> None:
        """An empty row."""
        self.row += 1

    def note(self, text: str) -> None:
        """A line of small print under a table."""
        self._say(text, "subtitle")

    def reference(self, row: int, column: int) -> str:
        """How another sheet refers to a cell of this one: ``'Per år'!H9``."""
        return f"'{self.name}'!{cell(row, column)}"

    def _make_room(self, cells: Sequence[Cell], columns: Sequence[Column]) -> None:
        """A row high enough for its longest text: not every program finds that out by itself."""
        lines = [
            _lines(text, int(column.width) - 1)
            for text, column in zip(cells, columns, strict=False)
            if isinstance(text, str)
        ]
        if max(lines, default=1) > 1:
            self._sheet.set_row(self.row, _LINE_HEIGHT * max(lines))

    def _say(self, text: str, style: str) -> None:
        self._sheet.write_string(self.row, 0, text, self._formats[style])
        self.row += 1


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes. The same names stand on many sheets."""
    return len(wrap(text, width))


def cell(row: int, column: int) -> str:
    """``H9``"""
    return xl_rowcol_to_cell(row, column)


def total(value: int, row: int, column: int, to_row: int, to_column: int) -> Formula:
    """The sum of a range of cells."""
    return Formula(f"=SUM({xl_range(row, column, to_row, to_column)})", value)


def _styles() -> dict[str, dict]:
    kinds = {
        "text": {"text_wrap": True, "align": "left", "valign": "vcenter", "indent": 1},
        "amount": {"align": "right", "valign": "vcenter", "num_format": '#,##0;"−"#,##0;"–"'},
        "count": {"align": "right", "valign": "vcenter", "num_format": "0"},
        "share": {"align": "right", "valign": "vcenter", "num_format": "0.0%"},
        "quantity": {"align": "right", "valign": "vcenter", "num_format": "#,##0.0"},
        "rate": {"align": "right", "valign": "vcenter", "num_format": "0.00 %"},
        "number": {"align": "right", "valign": "vcenter", "num_format": "#,##0.0000"},
    }
    for kind, like in (("input", "amount"), ("input_count", "count"), ("input_rate", "rate")):
        kinds[kind] = kinds[like] | {"bg_color": INPUT}
    section = {"bold": True, "font_color": ACCENT, "bottom": 1, "bottom_color": ACCENT}
    below = {"bold": True, "top": 1, "top_color": ACCENT}
    head = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2}
    return {
        "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
        "subtitle": {"font_color": MUTED},
        "warning": {"bold": True, "font_color": GAP.colour},
        "fact": {"text_wrap": True, "align": "left", "valign": "top", "indent": 1},
        "head_text": head | {"bottom_color": ACCENT, "align": "left", "indent": 1},
        "head": head | {"bottom_color": ACCENT, "align": "right"},
        **kinds,
        **{f"section_{kind}": section | {"align": "left", "indent": 1} for kind in kinds},
        **{f"sum_{kind}": look | below for kind, look in kinds.items()},
    }


def _page_text(text: str) -> str:
    return text.replace("&", "&&")
