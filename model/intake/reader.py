"""The first step in: open a workbook and give back its cells, with their addresses.

:func:`read` runs in a child process, because a small file can make any spreadsheet library abort
or never return. The guard starts this file as a script of its own (``python -I reader.py``): it
imports the two spreadsheet readers and nothing of the project. The parent imports only the classes.

openpyxl reads in full mode, once for formulas and once for their stored values; python-calamine
reads the same file independently, and what it sees differently is noted on the cell. Nothing is
interpreted here: a dash is a text, a date is a date, a formula without a stored value is just that.
"""

import gc
import io
import json
import math
import re
import sys
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal

# What a table has room for. A cell far outside makes calamine ask for memory by its distance.
MAX_AREA = 5_000_000
MAX_MERGED = 1_000_000
MAX_TEXT = 20_000_000
# A spreadsheet keeps fifteen significant digits; what comes after them is noise of its arithmetic.
DIGITS = 15

DAMAGED = (
    "The workbook {file} cannot be read: it is damaged, or no spreadsheet program wrote it. "
    "Open it in Excel, save it as .xlsx and try again."
)
OUT_OF_MEMORY = (
    "The workbook {file} needs more memory than a budget sheet may take, and was not read. "
    "Save the sheet with the budget as a workbook of its own and try again."
)
FAR_CELL = (
    "The workbook {file} has a cell in {ref} on the sheet {sheet}, far outside its table. "
    "Delete the empty rows and columns in between and try again."
)
MERGED = (
    "The workbook {file} merges the cells {ref}, which is more than a table has. "
    "Split the merged cells and try again."
)
SAME_ADDRESS = (
    "The workbook {file} has two cells with the address {ref}, which no spreadsheet program "
    "writes. Open it in Excel, look at that cell, save it as .xlsx and try again."
)
TOO_MUCH_TEXT = (
    "The workbook {file} holds more text than a budget sheet may. "
    "Save the sheet with the budget as a workbook of its own and try again."
)
SECOND_READER = (
    "The workbook {file} was read by one of two readers only, so its figures could not be checked "
    "against each other. Open it in Excel, save it as .xlsx and try again."
)

_MERGED_RANGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z0-9:]+)")
_ADDRESS = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]+[0-9]+)")

Kind = Literal["number", "text", "date", "boolean", "error", "uncached", "out_of_range"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something. ``row`` and ``column`` count from 1.

    ``value`` is a Decimal for *number*, a str for *text*, *error* and *out_of_range*, an ISO date
    for *date* (with the number behind it in ``serial``), a bool for *boolean*, and None for
    *uncached*: a formula that was saved without its result. ``second`` is what the second reader
    saw, None when it saw the same.
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

    @property
    def ref(self) -> str:
        """The address on its sheet: ``G6``."""
        return f"{column_letter(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The value as text, without space around it; empty when there is none."""
        if self.value is None:
            return ""
        return f"{self.value:f}" if isinstance(self.value, Decimal) else str(self.value).strip()

    @property
    def is_numeric(self) -> bool:
        """Holds a number, also when it is shown as a date: what every reading must account for."""
        return self.kind in ("number", "out_of_range") or self.serial is not None


@dataclass(frozen=True)
class Sheet:
    """One worksheet: the cells that hold something, by (row, column)."""

    title: str
    cells: dict[tuple[int, int], Cell]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """Cells by row and then column, rows in order, only those that hold something."""
        rows: dict[int, dict[int, Cell]] = {}
        for row, column in sorted(self.cells):
            rows.setdefault(row, {})[column] = self.cells[row, column]
        return rows

    def is_hidden(self, cell: Cell) -> bool:
        """The reader of the sheet does not see this cell."""
        return self.hidden or cell.row in self.hidden_rows or cell.column in self.hidden_columns


@dataclass(frozen=True)
class Workbook:
    """A workbook as it was read. ``file`` is its base name."""

    file: str
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)


def column_letter(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def from_json(text: bytes, file: str) -> Workbook:
    """What the child wrote, as a workbook. ValueError when it wrote something else."""
    return Workbook(file, tuple(_sheet(sheet) for sheet in json.loads(text)["sheets"]))


def _sheet(data: dict) -> Sheet:
    cells = {}
    for row, column, kind, value, formula, number_format, serial, comment, second in data["cells"]:
        cells[row, column] = Cell(
            row,
            column,
            kind,
            Decimal(value) if kind == "number" else value,
            formula,
            number_format,
            None if serial is None else Decimal(serial),
            comment,
            second,
        )
    return Sheet(
        data["title"],
        cells,
        data["hidden"],
        frozenset(data["hidden_rows"]),
        frozenset(data["hidden_columns"]),
        tuple(data["merged"]),
    )


class Refused(Exception):
    """The child will not read this file; ``template`` and ``fields`` make the sentence why."""

    def __init__(self, template: str, **fields: str):
        super().__init__(template)
        self.template, self.fields = template, fields


def read(content: bytes) -> dict:
    """All sheets of a workbook, as :func:`from_json` takes them. Refused when it may not be had."""
    import openpyxl

    _refuse_hostile_sheets(content)
    formulas, values = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=data_only, keep_links=False)
        for data_only in (False, True)
    )
    for sheet in formulas.worksheets:
        _refuse_far_cells(sheet)
    second = _second_reading(content)
    sheets = [
        _read_sheet(sheet, values[sheet.title], second.get(sheet.title, {}))
        for sheet in formulas.worksheets
    ]
    if (
        sum(len(str(cell[3])) + len(cell[7]) for sheet in sheets for cell in sheet["cells"])
        > MAX_TEXT
    ):
        raise Refused(TOO_MUCH_TEXT)
    return {"sheets": sheets}


def _refuse_hostile_sheets(content: bytes) -> None:
    """Look at the sheets' own text for what openpyxl takes without a word.

    It makes a cell of each cell in a merged range, and of two cells with one address it keeps one.
    """
    from openpyxl.utils import range_boundaries

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                continue
            text = archive.read(name)
            area = 0
            for found in _MERGED_RANGE.finditer(text):
                ref = found.group(1).decode()
                left, top, right, bottom = range_boundaries(ref)
                area += (right - left + 1) * (bottom - top + 1)
                if area > MAX_MERGED:
                    raise Refused(MERGED, ref=ref)
            seen: set[bytes] = set()
            for found in _ADDRESS.finditer(text):
                if found.group(1) in seen:
                    raise Refused(SAME_ADDRESS, ref=found.group(1).decode())
                seen.add(found.group(1))


def _refuse_far_cells(sheet) -> None:
    places = [place for place, cell in sheet._cells.items() if cell.value is not None]
    if not places:
        return
    row, column = (max(numbers) for numbers in zip(*places, strict=True))
    if row * column > MAX_AREA:
        far = max(places, key=lambda place: place[0] * place[1])
        raise Refused(FAR_CELL, ref=f"{column_letter(far[1])}{far[0]}", sheet=sheet.title)


def _second_reading(content: bytes) -> dict[str, dict[tuple[int, int], object]]:
    """What calamine sees: sheet title to (row, column) to value, where there is one."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            title: {
                (row, column): value
                for row, line in enumerate(
                    book.get_sheet_by_name(title).to_python(skip_empty_area=False), 1
                )
                for column, value in enumerate(line, 1)
                if value != ""
            }
            for title in book.sheet_names
        }
    except python_calamine.CalamineError as error:
        raise Refused(SECOND_READER) from error


def _read_sheet(sheet, values, second: dict[tuple[int, int], object]) -> dict:
    """One worksheet. ``_cells`` holds what there is; iter_rows would visit every empty cell too."""
    cells = []
    for place, cell in sheet._cells.items():
        # What lies under a merged range is not seen by anybody.
        other = second.pop(place, None)
        if type(cell).__name__ == "MergedCell":
            continue
        formula = cell.data_type == "f"
        kind, value, serial = _classify(values._cells.get(place), formula, sheet.parent.epoch)
        comment = cell.comment.text if cell.comment else ""
        if kind is None and not comment and other is None:
            continue
        shown = cell.number_format if kind in ("number", "date") else ""
        cells.append(
            (
                *place,
                kind or "text",
                "" if kind is None else value,
                formula,
                "" if shown == "General" else shown,
                serial,
                comment,
                _disagreement(kind, value, serial, other, sheet.parent.epoch),
            )
        )
    cells += [
        (*place, "text", "", False, "", None, "", str(other)) for place, other in second.items()
    ]
    return {
        "title": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "hidden_rows": [
            row for row, shape in sheet.row_dimensions.items() if shape.hidden or shape.height == 0
        ],
        "hidden_columns": sorted(
            column
            for shape in sheet.column_dimensions.values()
            if shape.hidden
            for column in range(shape.min, shape.max + 1)
        ),
        "merged": [str(merged) for merged in sheet.merged_cells.ranges],
        "cells": cells,
    }


def _classify(stored, formula: bool, epoch) -> tuple[str | None, object, str | None]:
    """Kind, value and the number behind a date. Kind None: the cell holds nothing."""
    from openpyxl.utils.escape import unescape

    value = None if stored is None else stored.value
    if value is None:
        # A formula whose stored result is the empty text was calculated; one without any was not.
        unsaved = formula and (stored is None or stored.data_type != "str")
        return ("uncached" if unsaved else None), None, None
    if stored.data_type == "e":
        return "error", str(value), None
    if isinstance(value, bool):
        return "boolean", value, None
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime | date | time | timedelta):
        return "date", _iso(value), _serial(value, epoch)
    text = unescape(str(value))
    return ("text", text, None) if text.strip() else (None, None, None)


def _number(value: float) -> tuple[str, str, None]:
    """A number as text, to the fifteen digits that a spreadsheet keeps."""
    if not math.isfinite(value) or abs(value) >= 10**DIGITS:
        return "out_of_range", str(value), None
    return "number", str(value) if isinstance(value, int) else f"{value:.{DIGITS}g}", None


def _iso(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return str(value) if isinstance(value, timedelta) else value.isoformat()


def _serial(value: object, epoch) -> str:
    """The number behind a date, to the second or so: readers differ in the digits after that."""
    from openpyxl.utils.datetime import to_excel

    return f"{to_excel(value, epoch):.10g}"


def _disagreement(kind, value, serial, other: object, epoch) -> str | None:
    """What the second reader saw, when that is something else."""
    if kind == "number":
        same = isinstance(other, int | float) and _number(float(other)) == _number(float(value))
    elif kind == "date":
        same = isinstance(other, date | time | timedelta) and _serial(other, epoch) == serial
    elif kind == "text":
        same = " ".join(str(other).split()) == " ".join(value.split())
    elif kind == "boolean":
        same = other is value
    else:
        # What is refused anyway cannot disagree; what one reader does not see at all can.
        same = kind is not None or other is None
    return None if same else "" if other is None else str(other)


def main() -> None:
    """Read a workbook from standard input and write its cells, or why not, to standard output.

    Arguments: bytes of address space, seconds of processor time.
    """
    memory, seconds = (int(argument) for argument in sys.argv[1:3])
    if sys.platform != "win32":
        import resource

        for limit, amount in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
            try:
                resource.setrlimit(limit, (amount, amount))
            except (OSError, ValueError):  # where the system has no such limit, the time-out stands
                continue
    # openpyxl takes these up when they are there; neither is needed to read, and both cost much.
    sys.modules["numpy"] = sys.modules["PIL"] = None  # type: ignore[assignment]
    warnings.simplefilter("ignore")
    gc.disable()
    try:
        answer = read(sys.stdin.buffer.read())
        text = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
    except Refused as refusal:
        text = json.dumps({"refused": refusal.template, "fields": refusal.fields}).encode()
    except MemoryError:
        text = json.dumps({"refused": OUT_OF_MEMORY, "fields": {}}).encode()
    except Exception:  # whatever a broken file makes a library raise, the answer is the same
        text = json.dumps({"refused": DAMAGED, "fields": {}}).encode()
    sys.stdout.buffer.write(text)


if __name__ == "__main__":
    main()
