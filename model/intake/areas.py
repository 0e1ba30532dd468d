"""What each part of a sheet was taken for: a picture in which a person recognises her own sheet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from model.errors import Violation
from model.intake.ledger import Excluded
from model.intake.reader import Cell, Sheet
from model.intake.reading import Reading
from model.intake.table import Role, Table, Unit

# Text is what stands outside the tables or between their rows: titles, sections, footnotes.
Area = Literal["text", "header", "project", "sum", "left_out", "hidden", "refused"]
_TOTALS: tuple[Role, ...] = ("total", "decided_total", "forecast_total")
AMOUNTS: tuple[Role, ...] = (*_TOTALS, "amount", "carry_over", "operation")


@dataclass(frozen=True)
class Areas:
    """A sheet with what a reading made of it, cell by cell."""

    reading: Reading
    sheet: Sheet

    def area(self, cell: Cell) -> Area:
        """What a cell was taken for.

        A number that is neither left out nor refused is imported, and the texts of its row with it.
        """
        if self.sheet.is_hidden(cell):
            return "hidden"
        if cell.ref in self.refused:
            return "refused"
        table = self.table_at(cell.row, cell.column)
        if table is not None and cell.row in table.header:
            return "header"
        row, role = self._row(cell.row), self._role(cell)
        if row == "sum" or (cell.ref in self.left_out and role in _TOTALS):
            return "sum"
        if cell.ref in self.left_out:
            return "left_out"
        if row == "project":
            known = table is None or role not in (None, "ignore")
            return "project" if known else "left_out"
        return "text"

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the sheet, from top to bottom."""
        return tuple(
            table for table in self.reading.tables if table.sheet.title == self.sheet.title
        )

    @cached_property
    def left_out(self) -> Mapping[str, Excluded]:
        """The numbers that are left out, by address."""
        return {self._address(each.ref): each for each in self._here(self.reading.excluded)}

    @cached_property
    def refused(self) -> Mapping[str, Violation]:
        """What must be mended or answered before anything is imported, by address."""
        return {self._address(each.ref): each for each in self._here(self.reading.errors)}

    @cached_property
    def _sums(self) -> Collection[int]:
        """The rows that are sums."""
        return {_row_of(self._address(each.ref)) for each in self._here(self.reading.sums)}

    @cached_property
    def _named(self) -> Collection[str]:
        """The addresses that measures have their names from."""
        return {
            self._address(measure.source_ref)
            for measure in self.reading.measures
            if measure.source_ref.startswith(self._prefix)
        }

    def _row(self, number: int) -> Area:
        """What a row as a whole is, by its numbers."""
        if number in self._sums:
            return "sum"
        cells = self.sheet.rows[number].values()
        if any(
            cell.ref in self._named
            or (
                cell.is_numeric and cell.ref not in self.left_out and not self.sheet.is_hidden(cell)
            )
            for cell in cells
        ):
            return "project"
        return "text"

    def table_at(self, row: int, column: int) -> Table | None:
        """The table that a place lies in, its heading counted in."""
        return next(
            (
                table
                for table in self.tables
                if table.left <= column <= table.right and min(table.header) <= row < table.end
            ),
            None,
        )

    def unit_at(self, row: int, column: int) -> Unit | None:
        """The unit of the amount that belongs in a place; None for no amount or no known unit."""
        table = self.table_at(row, column)
        found = table.by_index.get(column) if table else None
        return (found.unit or table.unit) if found and found.role in AMOUNTS else None

    def is_amount(self, cell: Cell) -> bool:
        """Whether a cell is a number where an amount belongs."""
        table = self.table_at(cell.row, cell.column)
        below = table is None or cell.row not in table.header
        return cell.kind == "number" and below and self._role(cell) in AMOUNTS

    def _role(self, cell: Cell) -> Role | None:
        table = self.table_at(cell.row, cell.column)
        column = table.by_index.get(cell.column) if table else None
        return column.role if column else None

    @property
    def _prefix(self) -> str:
        return f"{self.reading.file.name}!{self.sheet.title}!"

    def _address(self, ref: str) -> str:
        return ref.removeprefix(self._prefix)

    def _here(self, found: Iterable) -> list:
        return [each for each in found if each.ref.startswith(self._prefix)]


def _row_of(address: str) -> int:
    """The row of an address: 12 of G12."""
    digits = "".join(sign for sign in address if sign.isdigit())
    return int(digits) if digits else 0


def seen(sheet: Sheet, most: int, also: Iterable[int] = ()) -> list[int]:
    """The rows that are enough to recognise a long sheet by: its first and last ones, and ``also``.

    At most ``most`` and as many of ``also``; a short sheet is seen whole.
    """
    rows = list(sheet.rows)
    if len(rows) <= most:
        return rows
    last = most // 5
    wanted = [row for row in also if row in sheet.rows][:most]
    return sorted({*rows[: most - last], *rows[-last:], *wanted})
