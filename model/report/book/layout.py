"""A table of the calculating sheets: columns by key, so that formulas are written by names.

A formula is written once for a whole column, as it would be filled down: ``MIN([need],[hand])``.
``[saved-1]`` is the row before, ``[left+1]`` the row after, ``[needs.mid]`` the same row of the
table ``needs``, and ``[grants.share*]`` all rows of a column.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name

from model.report.sheet import Cell, Column, Formula, Sheet

_NAME = re.compile(r"\[(?:(\w+)\.)?(\w+)([-+]1|\*)?\]")


class Table:
    """A table of ``rows`` rows in a sheet, at least one. ``others`` are what its formulas name."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, Column], rows: int):
        self.sheet, self.columns, self.rows = sheet, dict(columns), max(rows, 1)
        self.letters = {key: xl_col_to_name(place) for place, key in enumerate(self.columns)}
        self.first = 0
        self.others: dict[str, Table] = {}

    def head(self, frozen: int = 2) -> "Table":
        """Write the head where the sheet stands; the rows come after it."""
        self.sheet.head(list(self.columns.values()), frozen)
        self.first = self.sheet.row
        return self

    def knows(self, **others: "Table") -> "Table":
        """Tables that formulas here refer to by these names. They have their heads already."""
        self.others |= others
        return self

    def formulas(self, text: str, values: Iterable) -> list[Formula]:
        """The formula filled down, with the value of each row."""
        # Braces would be fields of the format below; no formula of ours has any.
        pattern, shifts = self._pattern(text)
        return [
            Formula(pattern.format(*(self.first + row + shift for shift in shifts)), value)
            for row, value in enumerate(values)
        ]

    def formula(self, text: str, row: int, value: float) -> Formula:
        """The formula in one row of the table."""
        pattern, shifts = self._pattern(text)
        return Formula(pattern.format(*(self.first + row + shift for shift in shifts)), value)

    def write(self, cells: Mapping[str, Sequence[Cell]]) -> None:
        """All rows at once, from one sequence per column; a column without one stays empty."""
        nothing = [None] * self.rows
        given = [cells.get(key) or nothing for key in self.columns]
        for line in zip(*given, strict=True):
            self.sheet.line(line)

    def at(self, key: str, row: int) -> str:
        """How any sheet refers to a cell: ``'Behov'!$F$7``. ``row`` counts from the first."""
        return f"'{self.sheet.name}'!${self.letters[key]}${self.first + row + 1}"

    def column(self, key: str, first: int = 0, last: int | None = None) -> str:
        """How any sheet refers to a column, or to its rows from ``first`` to before ``last``."""
        letter, until = self.letters[key], self.rows if last is None else last
        return (
            f"'{self.sheet.name}'!${letter}${self.first + first + 1}:${letter}${self.first + until}"
        )

    def _pattern(self, text: str) -> tuple[str, tuple[int, ...]]:
        """The formula as a format of row numbers, and what to add to the row for each of them."""
        shifts: list[int] = []

        def reference(name: re.Match) -> str:
            table, key, where = name.groups()
            of = self.others[table] if table else self
            if where == "*":
                return of.column(key)
            shifts.append(of.first - self.first + 1 + int(where or 0))
            sheet = f"'{of.sheet.name}'!" if table else ""
            return f"{sheet}{of.letters[key]}{{{len(shifts) - 1}}}"

        return "=" + _NAME.sub(reference, text), tuple(shifts)
