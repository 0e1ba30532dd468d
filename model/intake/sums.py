"""Sums of a workbook checked against their parts: rows and columns, sheets and all of it.

A sum agrees when some group of rows comes to exactly what it says: those since the last sum, since
a heading, of its department, of the section, of the sheet, or of the workbook, with income or
without. When none does, what it is called says which group it is of, and the difference is a
finding, or a warning where rounding explains it. Nothing here is imported.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isqrt

from model.intake.amount_columns import Key, Use
from model.intake.amounts import written
from model.intake.groups import ZERO, Span, Totals, agrees, checked_keys
from model.intake.ledger import Ledger
from model.intake.mapping import normal
from model.intake.reader import Cell, Sheet
from model.intake.row_words import Words
from model.intake.table import Flow
from model.intake.table_rows import Row, TableRows
from model.money import ORE
from model.years import year_label

SUM = "a sum, checked against its parts"
SUM_DIFFERS = "The sum says {found} kronor; its parts that are imported make {expected} kronor."
SUM_ROUNDED = (
    "The sum says {found} kronor and its parts make {expected} kronor, which rounding explains."
)
SUM_NOT_CHECKED = "The sum was saved without its result, so it could not be checked."
SUM_UNREADABLE = "The sum shows “{found}”, so it could not be checked."
# Labels that begin so are of everything.
_ALL = ("total", "summa total", "grand")


@dataclass(frozen=True)
class SumCheck:
    """One sum of a sheet: what it ``stated`` and what was ``found`` under it, in kronor.

    ``year`` is the label of a year, or the role of the column. ``flow`` tells income apart.
    """

    ref: str
    label: str
    year: str
    stated: Decimal
    found: Decimal
    flow: Flow = "expenditure"

    @property
    def difference(self) -> Decimal:
        """What the sum says less what was found; zero when all is well."""
        return self.stated - self.found


@dataclass
class Placed:
    """A row with what stands around it: its place in the table, and what it belongs to."""

    table: TableRows
    place: int
    row: Row
    department: str
    section: str


@dataclass
class Book:
    """Every group of a workbook that a sum may be of."""

    everything: Totals = field(default_factory=Totals)
    departments: dict[str, Totals] = field(default_factory=dict)
    sections: dict[str, Totals] = field(default_factory=dict)

    def add(self, placed: Placed) -> None:
        """Count a row into its groups."""
        self.everything.add(placed.row)
        for groups, name in (
            (self.departments, placed.department),
            (self.sections, placed.section),
        ):
            if name:
                groups.setdefault(normal(name), Totals()).add(placed.row)

    def of(self, name: str) -> Iterator[Totals]:
        """The department of a name, also where one of them leaves out its last words."""
        for key, totals in self.departments.items():
            if name and (key == name or key.startswith(f"{name} ") or name.startswith(f"{key} ")):
                yield totals


@dataclass
class _Stretch:
    """A table as it is gone through: where groups begin, and where those below a sum may end."""

    span: Span
    book: Book = field(default_factory=Book)
    starts: list[int] = field(default_factory=lambda: [0])
    ends: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Sum:
    """A sum at a place of a table, with so many starts before it and its first end after it."""

    here: _Stretch
    place: int
    starts: int
    end: int

    def above(self) -> Iterator[Totals]:
        """What stands above the sum, from the nearest start to the farthest."""
        for number in range(self.starts - 1, -1, -1):
            yield self.here.span.totals(self.here.starts[number], self.place)

    def below(self) -> Iterator[Totals]:
        """What stands below the sum, to the nearest end and on to the farthest."""
        for number in range(self.end, len(self.here.ends)):
            yield self.here.span.totals(self.place + 1, self.here.ends[number])


class Checker:
    """Checks the sums of the tables of one workbook."""

    def __init__(self, ledger: Ledger, words: Words):
        self.ledger, self.words = ledger, words
        self.book = Book()
        self.checks: list[SumCheck] = []

    def check(self, tables: Sequence[tuple[TableRows, Sequence[Placed]]]) -> tuple[SumCheck, ...]:
        """Check every sum row of the tables; what each said and what was found."""
        if not any(placed.row.kind == "sum" for _, rows in tables for placed in rows):
            return ()
        for _, rows in tables:
            for placed in rows:
                self.book.add(placed)
        for table, rows in tables:
            self._check_table(table, rows)
        return tuple(self.checks)

    def _check_table(self, table: TableRows, rows: Sequence[Placed]) -> None:
        here, sums = _Stretch(Span(checked_keys(table))), []
        for place, placed in enumerate(rows):
            here.span.append(placed.row)
            here.book.add(placed)
            is_sum = placed.row.kind == "sum"
            if is_sum:
                sums.append((place, placed, len(here.starts)))
            if place and placed.department != rows[place - 1].department:
                here.starts.append(place)
            if is_sum or placed.row.kind == "heading":
                here.starts.append(place + 1)
        here.ends = [*(place for place, _, _ in sums), len(rows)]
        for number, (place, placed, starts) in enumerate(sums):
            self._check_row(table, placed, _Sum(here, place, starts, number + 1))

    def _groups(self, placed: Placed, found: "_Sum") -> Iterator[Totals]:
        """The groups that a sum may be of, the likeliest first."""
        yield from found.above()
        for book in (found.here.book, self.book):
            yield from self._named(placed, book)
            yield book.everything
        yield from found.below()

    def _named(self, placed: Placed, book: Book) -> Iterator[Totals]:
        """The groups that a sum names, and those that it stands in."""
        label = self.words.without_sum(normal(placed.row.label))
        for name in (label, normal(placed.department)):
            yield from book.of(name)
        for form in (self.words.section(label), placed.section):
            if form in book.sections:
                yield book.sections[form]

    def _check_row(self, table: TableRows, placed: Placed, found: "_Sum") -> None:
        row, sheet = placed.row, table.table.sheet
        # Two columns may say the same; the one that has a figure in this row is the one meant.
        used = {
            use.key: (index, use)
            for index, use in table.uses.items()
            if use.purpose != "unused" and index in row.figures
        }
        for key, (index, _) in used.items():
            if key in row.values and row.values[key] is None:
                self._say_unreadable(sheet, row.figures[index].cell)
        self.ledger.leave(sheet, row.cells.values(), SUM)
        stated = {
            key: value for key, value in row.values.items() if value is not None and key in used
        }
        if not stated:
            return
        fitting = next(
            (
                group
                for group in self._groups(placed, found)
                if group.count and agrees(stated, group)
            ),
            None,
        ) or self._nearest(table, placed, found, stated)
        if fitting is None:
            return
        variant = min(
            fitting.variants(),
            key=lambda sums: sum(value != sums.get(key, ZERO) for key, value in stated.items()),
        )
        for key, value in stated.items():
            if key not in fitting.unknown:
                index, use = used[key]
                amount = variant.get(key, ZERO)
                self._record(table, row, index, use, value, amount, fitting.count)

    def _nearest(
        self, table: TableRows, placed: Placed, found: "_Sum", stated: dict[Key, Decimal]
    ) -> Totals | None:
        """The group that rounding makes agree, or else the one that the sum is called after."""
        columns = {u.key: i for i, u in table.uses.items() if i in placed.row.figures}
        digits = {key: placed.row.figures[columns[key]].decimals for key in stated}
        for group in self._groups(placed, found):
            slack = {
                key: rounding(table, digits[key], columns[key], group.count)
                for key in stated
                if key not in group.unknown
            }
            if group.count and any(
                all(abs(stated[key] - sums.get(key, ZERO)) <= slack[key] for key in slack)
                for sums in group.variants()
            ):
                return group
        label = normal(placed.row.label)
        named = next(found.here.book.of(self.words.without_sum(label)), None)
        if named is not None:
            return named
        block = next(found.above(), None)
        if label.startswith(_ALL) or block is None or not block.count:
            here = found.here.book.everything
            return here if here.count else self.book.everything
        return block

    def _say_unreadable(self, sheet: Sheet, cell: Cell) -> None:
        if cell.kind == "uncached":
            self.ledger.warn(sheet, cell, "sum_not_checked", SUM_NOT_CHECKED)
        else:
            self.ledger.warn(sheet, cell, "sum_not_checked", SUM_UNREADABLE, found=cell.text)

    def _record(
        self,
        table: TableRows,
        row: Row,
        index: int,
        use: Use,
        stated: Decimal,
        found: Decimal,
        parts: int,
    ) -> None:
        cell, sheet = row.figures[index].cell, table.table.sheet
        self.checks.append(
            SumCheck(
                self.ledger.ref(sheet, cell), row.label, label_of(use), stated, found, use.flow
            )
        )
        slack = rounding(table, row.figures[index].decimals, index, parts)
        compare(self.ledger, sheet, cell, stated, found, parts, slack)


def label_of(use: Use) -> str:
    """The year of a column as a label, or what it is instead."""
    return year_label(use.year) if use.purpose == "amount" else use.column.role


def rounding(table: TableRows, decimals: int, index: int, parts: int) -> Decimal:
    """Kronor by which a sum and its parts may differ when both are shown rounded.

    The sum is off by at most half its last digit, and so is each part; parts round up as well as
    down, so many of them are off by about the root of their number.
    """
    unit = table.unit(table.uses[index].column)
    own = unit.scaleb(-decimals) / 2
    finest = unit.scaleb(-table.decimals(index)) / 2
    return max(own, finest * min(parts, 2 + isqrt(parts)))


def compare(
    ledger: Ledger,
    sheet: Sheet,
    cell: Cell,
    stated: Decimal,
    found: Decimal,
    parts: int,
    slack: Decimal,
) -> None:
    """A finding when a sum and its parts differ by more than öre; rounding is a warning only."""
    difference = abs(stated - found)
    if difference <= ORE * parts:
        return
    fields = {"found": written(stated), "expected": written(found)}
    if difference <= slack:
        ledger.warn(sheet, cell, "sum_rounded", SUM_ROUNDED, **fields)
    else:
        ledger.error(sheet, cell, "sum_differs", SUM_DIFFERS, **fields)
