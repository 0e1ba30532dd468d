"""The cells of a file with their addresses, as the rest of the way in has them.

The child process (``formats``) reads the file; :func:`from_json` makes a :class:`Workbook` of what
it wrote. Nothing is interpreted here: a dash is a text, a date is a date, a formula without a
stored value is just that.
"""

import gc
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import starmap
from operator import itemgetter
from pathlib import PureWindowsPath
from typing import Literal

from model.intake.because import Because
from model.intake.formats.cells import KIND_OF, column_letter

__all__ = [
    "Cell",
    "Format",
    "Kind",
    "Sheet",
    "Workbook",
    "column_letter",
    "from_json",
    "without_collecting",
]

Kind = Literal["number", "text", "date", "boolean", "error", "uncached", "out_of_range"]
Format = Literal["xlsx", "xls", "ods", "xlsb", "csv", "sie"]


# Not frozen, though nobody changes a cell: that would take four times as long to make each.
@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """One cell that holds something. ``row`` and ``column`` count from 1.

    ``value`` is a Decimal for *number*, a str for *text*, *error* and *out_of_range*, an ISO date
    for *date* (with the number behind it in ``serial``), a bool for *boolean*, and None for
    *uncached*: a formula that was saved without its result. ``second`` is what the second reader
    saw, None when it saw the same. ``numeric_text`` is a text of a text file that a spreadsheet
    would have as a number; its kind stays *text* and its value is the text as it stood.
    ``covered`` lies under a merged range, where nobody sees it.
    """

    row: int
    column: int
    kind: Kind
    value: Decimal | str | bool | None
    formula: bool = False
    number_format: str = ""
    serial: Decimal | None = None
    comment: str = ""
    second: str | None = None
    numeric_text: bool = False
    covered: bool = False

    @property
    def ref(self) -> str:
        """The address on its sheet: ``G6``."""
        return f"{column_letter(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The value as text, without space around it; empty when there is none."""
        value = self.value
        if isinstance(value, str):
            return value.strip()
        if value is None:
            return ""
        said = str(value)
        return f"{value:f}" if "E" in said and isinstance(value, Decimal) else said

    @property
    def is_numeric(self) -> bool:
        """Holds a number, also when it is shown as a date or stands in a text file: what every
        reading must account for."""
        return (
            self.kind in ("number", "out_of_range") or self.serial is not None or self.numeric_text
        )


@dataclass(frozen=True)
class Sheet:
    """One worksheet: the cells that hold something, by (row, column).

    ``textual`` is a sheet made of a text file (CSV, SIE), whose numbers are texts.
    """

    title: str
    cells: dict[tuple[int, int], Cell]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    textual: bool = False

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """Cells by row and then column, rows in order, only those that hold something."""
        rows: dict[int, dict[int, Cell]] = {}
        at, cells = 0, {}
        for (row, column), cell in sorted(self.cells.items(), key=itemgetter(0)):
            if row != at:
                at = row
                cells = rows[row] = {}
            cells[column] = cell
        return rows

    @cached_property
    def numbers(self) -> list[Cell]:
        """The cells that hold a number, from the top and from the left."""
        return [
            cell
            for cells in self.rows.values()
            for cell in cells.values()
            if cell.kind == "number" or cell.is_numeric
        ]

    def is_hidden(self, cell: Cell) -> bool:
        """The reader of the sheet does not see this cell."""
        return (
            self.hidden
            or cell.covered
            or cell.row in self.hidden_rows
            or cell.column in self.hidden_columns
        )


@dataclass(frozen=True)
class Workbook:
    """A file as it was read. ``file`` is its base name, ``notes`` what is worth saying of how."""

    file: str
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)
    format: Format = "xlsx"
    notes: tuple[Because, ...] = ()


def from_json(text: bytes, file: str, format: Format = "xlsx") -> Workbook:
    """What the child wrote, as a workbook. ValueError when it wrote something else."""
    answer = json.loads(text)
    with without_collecting():
        sheets = tuple(_sheet(sheet, file) for sheet in answer["sheets"])
    return Workbook(file, sheets, format, tuple(starmap(Because, answer["notes"])))


@contextmanager
def without_collecting():
    """While a workbook is read, all that is made stays: looking through it for garbage again and
    again takes as long as making it. Also a decorator."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def _sheet(data: dict, file: str) -> Sheet:
    places = list(zip(data["rows"], data["columns"], strict=True))
    kinds = [KIND_OF[letter] for letter in data["kinds"]]
    palette = data["palette"]
    formulas, numeric, covered = (
        _flags(data[key], len(places)) for key in ("formulas", "numeric_texts", "covered")
    )
    serials, comments, seconds = (
        _sparse(data[key], len(places), missing)
        for key, missing in (("serials", None), ("comments", ""), ("seconds", None))
    )
    cells = map(
        Cell,
        data["rows"],
        data["columns"],
        kinds,
        [
            Decimal(value) if kind == "number" else value
            for kind, value in zip(kinds, data["values"], strict=True)
        ],
        formulas,
        [palette[shape] for shape in data["formats"]],
        [None if serial is None else Decimal(serial) for serial in serials],
        comments,
        seconds,
        numeric,
        covered,
    )
    return Sheet(
        # A text file has no sheet names: its one sheet is called as the file is.
        data["title"] or PureWindowsPath(file).stem,
        dict(zip(places, cells, strict=True)),
        data["hidden"],
        frozenset(data["hidden_rows"]),
        frozenset(data["hidden_columns"]),
        tuple(data["merged"]),
        data["textual"],
    )


def _flags(indexes: list[int], length: int) -> list[bool]:
    flags = [False] * length
    for index in indexes:
        flags[index] = True
    return flags


def _sparse(pairs: list, length: int, missing: str | None) -> list:
    values = [missing] * length
    for index, value in pairs:
        values[index] = value
    return values
