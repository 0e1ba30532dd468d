"""The sums that a ledger states itself, checked against the lines above them.

A sum is of the lines since the last sum, of its project or of the whole table; and of their amounts
as they are written, or of expenditure less financing where both are written alike.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from model.intake.amounts import kronor
from model.intake.ledger import Ledger
from model.intake.line_balance import Line
from model.intake.line_sides import Written
from model.intake.reader import Cell, Sheet
from model.intake.sums import SumCheck, compare
from model.money import ORE
from model.years import year_label

NONE = Decimal(0)


@dataclass(frozen=True)
class _Stated:
    """A row of sums by column, and from which line on it may count, up to ``end``."""

    label: str
    sums: Mapping[int, tuple[Cell, Decimal]]
    starts: tuple[int, ...]
    end: int


class LineSums:
    """Collects the lines of a table and its sums on the way down, and checks them at the end."""

    def __init__(self):
        self.lines: list[Written] = []
        self.stated: list[_Stated] = []
        self.block = self.project = 0

    def begin_project(self) -> None:
        """The lines that follow are of another project."""
        self.project = len(self.lines)

    def state(self, label: str, sums: Mapping[int, tuple[Cell, Decimal]]) -> None:
        """A row of sums, by column."""
        count = len(self.lines)
        self.stated.append(_Stated(label, sums, (self.block, self.project, 0), count))
        self.block = self.project = count

    def check(
        self, made: list[Line], years: Mapping[int, int], sheet: Sheet, ledger: Ledger
    ) -> list[SumCheck]:
        """Each sum with what was found. ``made`` are the lines with their sides, in order."""
        running = _Running(self.lines, made)
        checks = []
        for row in self.stated:
            found = self._best(row, running)
            for column, (cell, amount) in row.sums.items():
                total, count = found[column]
                compare(ledger, sheet, cell, kronor(amount), kronor(total), max(count, 1), NONE)
                year = year_label(years[column]) if column in years else "total"
                ref = ledger.ref(sheet, cell)
                check = SumCheck(ref, row.label, year, kronor(amount), kronor(total), "net")
                checks.append(check)
        return checks

    @staticmethod
    def _best(row: _Stated, running: "_Running") -> dict[int, tuple[Decimal, int]]:
        """What a row of sums is of, and of how many lines; the nearest when it is of nothing."""
        tried = [
            {column: running.sum(column, start, row.end, signed) for column in row.sums}
            for start in row.starts
            for signed in (False, True)
        ]
        for found in tried:
            if all(abs(found[c][0] - amount) <= ORE for c, (_cell, amount) in row.sums.items()):
                return found
        return tried[0]


class _Running:
    """Running sums of the lines by column: as written, and with financing taken off."""

    def __init__(self, lines: list[Written], made: list[Line]):
        self.places: dict[int, list[int]] = {}
        self.sums: dict[tuple[int, bool], list[Decimal]] = {}
        for place, (written, line) in enumerate(zip(lines, made, strict=True)):
            column = written.cell.column
            self.places.setdefault(column, []).append(place)
            for signed, amount in ((False, written.amount), (True, line.amount)):
                sums = self.sums.setdefault((column, signed), [NONE])
                sums.append(sums[-1] + amount)

    def sum(self, column: int, start: int, end: int, signed: bool) -> tuple[Decimal, int]:
        """The sum of a column's lines from ``start`` up to ``end``, and how many they are."""
        places, sums = self.places.get(column, []), self.sums.get((column, signed), [NONE])
        first, last = bisect_left(places, start), bisect_left(places, end)
        return sums[last] - sums[first], last - first
