"""Workbooks for tests: real files where reading is tested, bare cells where understanding is."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from model.intake import mapping
from model.intake.answers import NONE, Answers
from model.intake.reader import Cell, Sheet, Workbook
from model.intake.reading import Reading, interpret

HEADINGS = ("Nämnd/bolag", "Nr", "Investeringsobjekt", 2026, 2027)
UNIT = "Belopp i tkr"


def sheet(rows: Iterable[Iterable[object]], title: str = "Budget", **shape: object) -> Sheet:
    """A sheet whose first row is row 1. A Cell goes in as it is, with its place filled in."""
    cells = {}
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                cells[row, column] = _cell(row, column, value)
    return Sheet(title, cells, **shape)


def _cell(row: int, column: int, value: object) -> Cell:
    if isinstance(value, Mapping):
        return Cell(row, column, **value)
    if isinstance(value, int | float | Decimal):
        return Cell(row, column, "number", Decimal(str(value)))
    return Cell(row, column, "text", value)


def read(
    *sheets: Sheet, file: str = "bok.xlsx", layout: str = "", answers: Answers = NONE
) -> Reading:
    """A reading of sheets by the mappings that are known, or by one of them."""
    known = mapping.known()
    tried = {layout: known[layout]} if layout else known
    return interpret(Workbook(file, sheets), "0" * 64, tried, answers)


def budget(
    *rows: Iterable[object],
    headings=HEADINGS,
    unit: str | None = UNIT,
    answers: Answers = NONE,
    **shape,
) -> Reading:
    """A reading of one budget sheet: its unit in A1, the headings in row 2, rows from row 3."""
    return read(sheet([[unit], headings, *rows], **shape), answers=answers)


def xlsx(*sheets: tuple[str, Iterable[Iterable[object]]]) -> bytes:
    """A real workbook. A tuple (formula, result) is a formula with its stored result."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for title, rows in sheets:
            page = book.add_worksheet(title)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if isinstance(value, tuple):
                        page.write_formula(row, column, value[0], None, value[1])
                    elif value is not None:
                        page.write(row, column, value)
    return target.getvalue()


def codes(reading: Reading, severity: str = "error") -> list[tuple[str, str]]:
    """Code and place of each finding of a severity, the place without file and sheet."""
    return [
        (found.code, found.ref.split("!")[-1])
        for found in reading.violations
        if found.severity == severity
    ]


def left_out(reading: Reading) -> dict[str, str]:
    """Cell to reason of what was left out."""
    return {left.ref.split("!")[-1]: left.reason for left in reading.excluded}
