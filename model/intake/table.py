"""What a sheet is understood to be: its tables, what each column is for, and why.

These are the nouns of the way in. ``tables`` finds them, the reader of each shape makes measures of
them, and the page shows them to the person who has to agree. Nothing here decides anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from model.intake.because import Because
from model.intake.reader import Cell, Sheet, column_letter

Role = Literal[
    # What a row is called and whose it is.
    "name",
    "number",
    "department",
    "district",
    "owner",
    "stakeholders",
    "sector",
    "comment",
    "decision",
    # Marks and states.
    "green",
    "fossil_free",
    "source",
    "status",
    # When.
    "start",
    "end",
    "year",
    # Money. ``amount`` is told apart by its year, stage and flow.
    "amount",
    "total",
    "decided_total",
    "forecast_total",
    "carry_over",
    "operation",
    "cost_text",
    # Effects.
    "tonnes",
    # Ledgers: what kind of line it is, and in which unit it is.
    "account",
    "account_name",
    "type",
    "unit",
    # Known, and of no use to a plan.
    "ignore",
]
# What a column of amounts speaks of: *before* is spent up to a year, *bare* says only a year.
Stage = Literal["actual", "before", "forecast", "budget", "plan", "bare", "later"]
Flow = Literal["expenditure", "income", "net"]
# A row per project and a column per year; many rows per project; a row per project without years.
Shape = Literal["projects", "lines", "undated"]


@dataclass(frozen=True)
class Unit:
    """Kronor per unit of an amount, and what says so.

    ``currency`` other than SEK has its stated rate in ``factor`` already, unless ``rate_known`` is
    false: then the amounts are still in that currency and nothing may be imported. ``cell`` is the
    cell that names the unit, None when a person or a layout did; ``evidence`` are its words.
    """

    factor: Decimal
    cell: Cell | None
    evidence: str
    currency: str = "SEK"
    rate_known: bool = True


@dataclass(frozen=True)
class Column:
    """A column with a role. ``heading`` is what stands over it, joined from all its header rows.

    ``year``, ``stage`` and ``flow`` are of amounts: *before* and *later* may lack a year. ``year``
    and ``flow`` may also be set for an operation. ``unit`` is set where the column has one of its
    own. ``confidence`` is 0 to 100; below ``tables.SURE`` a person is asked when it matters.
    ``cell`` is the lowest heading cell, None for a column without a heading.
    """

    index: int
    role: Role
    heading: str
    cell: Cell | None
    year: int | None = None
    stage: Stage | None = None
    flow: Flow | None = None
    unit: Unit | None = None
    confidence: int = 100
    because: Because = field(default_factory=lambda: Because(""))

    @property
    def letter(self) -> str:
        """A, B … as the sheet shows it."""
        return column_letter(self.index)


@dataclass(frozen=True)
class Table:
    """A part of a sheet with a heading over each column.

    ``header`` are its header rows, ``end`` the first row after it (footnotes and the next table lie
    beyond), ``left`` to ``right`` its columns, inclusive. ``columns`` have roles; ``unknown`` are
    columns with a heading or with numbers whose role is not known, with role *ignore* and a
    confidence of 0. ``unit`` is None when it has to be asked for (the question is in the ledger).
    ``flipped`` says that expenditure is written as negative amounts; ``flow`` is what amounts are
    whose heading does not say (a sheet named Inkomster). ``fingerprint`` is the same for the same
    headings in another year. ``repeats`` are rows below the header that say the headings again,
    and are no rows of the body. ``department`` is whose the rows are when no column says it: from a
    title row or the title of the sheet. ``title`` are the texts above the table.
    """

    sheet: Sheet
    header: tuple[int, ...]
    end: int
    left: int
    right: int
    shape: Shape
    columns: tuple[Column, ...]
    unknown: tuple[Column, ...]
    unit: Unit | None
    unit_because: Because
    flipped: bool
    sign_because: Because
    flow: Flow
    fingerprint: str
    repeats: tuple[int, ...] = ()
    department: str = ""
    title: str = ""

    @cached_property
    def amounts(self) -> tuple[Column, ...]:
        """The columns of amounts by year, from left to right."""
        return tuple(column for column in self.columns if column.role == "amount")

    @cached_property
    def by_index(self) -> dict[int, Column]:
        """The columns with a role by their number on the sheet."""
        return {column.index: column for column in self.columns}

    def column(self, role: Role) -> Column | None:
        """The first column with a role, or None."""
        return next((column for column in self.columns if column.role == role), None)

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The visible rows below the header that hold something, and their visible cells."""
        sheet = self.sheet
        hides = bool(sheet.hidden or sheet.hidden_rows or sheet.hidden_columns or sheet.merged)
        for number, cells in self.sheet.rows.items():
            if not self.header[-1] < number < self.end or number in self.repeats:
                continue
            seen = cells
            if hides or min(cells) < self.left or max(cells) > self.right:
                seen = {
                    column: cell
                    for column, cell in cells.items()
                    if self.left <= column <= self.right and not self.sheet.is_hidden(cell)
                }
            if seen:
                yield number, seen
