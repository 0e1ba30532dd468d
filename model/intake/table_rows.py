"""The rows of a table with their amounts in kronor: what the readers of rows hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from model.intake.amount_columns import Key, Use
from model.intake.amounts import Figure
from model.intake.reader import Cell
from model.intake.table import Column, Table

# *nameless* has amounts and no name; *doubtful* may be more than one thing, and is asked about;
# *aside* stands in a part of the table that holds no projects; *earning* is income that names its
# project itself, in a part of the table that holds income.
Kind = Literal[
    "project",
    "sum",
    "part",
    "income",
    "heading",
    "header",
    "nameless",
    "doubtful",
    "ignored",
    "note",
    "aside",
    "earning",
]


@dataclass(slots=True)
class Row:
    """One row. ``department``, ``number`` and ``name`` are what stands in it, without fill-down.

    ``figures`` are its amounts by column, ``values`` the same in kronor by key: expenditure and
    income positive however the sheet writes them, None where a cell was refused. ``label`` is what
    a sum or heading is called, ``said`` that a person has said its kind, ``heads`` that a sum
    stands above its parts, and ``earns`` that a part is money from somebody else. ``labels`` are
    what the row may be called, in small letters, and ``sum_label`` the one that names a sum.
    """

    place: int
    cells: dict[int, Cell]
    department: str
    number: str
    name: str
    figures: dict[int, Figure]
    kind: Kind = "project"
    said: bool = False
    label: str = ""
    heads: bool = False
    earns: bool = False
    values: dict[Key, Decimal | None] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    sum_label: str | None = None

    @property
    def has_amounts(self) -> bool:
        """Some amount is stated, or something stands where one belongs."""
        return any(found.says_something for found in self.figures.values())

    @property
    def first(self) -> Cell:
        """The leftmost cell."""
        return self.cells[min(self.cells)]


@dataclass(frozen=True)
class TableRows:
    """A table's rows in order, with what its columns of kronor are for."""

    table: Table
    uses: Mapping[int, Use]
    rows: tuple[Row, ...]
    # The columns of income whose cells disagree on the sign, with the cells that are in minority.
    mixed: Mapping[int, tuple[Cell, ...]]

    @cached_property
    def name_index(self) -> int:
        """The number of the column of names; 0 when there is none."""
        return name_index(self.table)

    @property
    def known_unit(self) -> bool:
        """Some amounts of the table can be read in kronor."""
        return any(self.unit(use.column) is not None for use in self.uses.values())

    def positive(self, found: Figure, use: Use) -> Figure:
        """A figure of expenditure as if the sheet wrote expenditure as positive."""
        if not self.table.flipped or use.flow == "income" or found.amount is None:
            return found
        return replace(found, amount=-found.amount)

    def unit(self, column: Column) -> Decimal | None:
        """Kronor per unit of a column, None when that has to be asked for."""
        unit = column.unit or self.table.unit
        return unit.factor if unit is not None and unit.rate_known else None

    @cached_property
    def _decimals(self) -> dict[int, int]:
        most: dict[int, int] = {}
        for row in self.rows:
            for index, found in row.figures.items():
                if found.decimals > most.get(index, 0):
                    most[index] = found.decimals
        return most

    def decimals(self, column: int) -> int:
        """The most decimals that an amount of a column is written with."""
        return self._decimals.get(column, 0)


def name_index(table: Table) -> int:
    """The column that says what a row is called: its name, or else the best there is."""
    for role in ("name", "department", "owner", "number", "account_name", "account"):
        column = table.column(role)
        if column is not None:
            return column.index
    return table.left
