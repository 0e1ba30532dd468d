"""A table of a council paper: columns, sections, rows and sums, before anybody has drawn it.

Amounts are whole öre; ``None`` is not known, ``""`` is an empty cell. A sum of what is partly not
known is *at least* what is known of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "money", "tonnes", "count", "share"]


@dataclass(frozen=True)
class AtLeast:
    """A figure that is only known from below."""

    figure: int | float


class Partly(AtLeast):
    """What is known of a figure; what is not could make it more or less. It is shown with a star,
    and the grid's notes say what that means.
    """


Value = int | float | str | AtLeast | None


@dataclass(frozen=True)
class Column:
    """A column. ``adds`` is false where a sum of its figures would mean nothing, ``from_below``
    where what is not known could also lower the sum.
    """

    label: str
    kind: Kind = "money"
    adds: bool = True
    from_below: bool = True

    @property
    def summed(self) -> bool:
        """Whether sums stand under it."""
        return self.adds and self.kind not in ("text", "share")


@dataclass(frozen=True)
class Row:
    """One line. A sum says which lines it adds up (``of``, by place); ``measure`` is its id."""

    values: tuple[Value, ...]
    kind: Literal["row", "heading", "sum", "total"] = "row"
    of: tuple[int, ...] = ()
    measure: str = ""


@dataclass(frozen=True)
class Grid:
    """A whole table. ``title`` says what it is; ``notes`` are what a reader must know."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> Row | None:
        """The last line, where it adds the others up."""
        return self.rows[-1] if self.rows and self.rows[-1].kind == "total" else None

    def column(self, label: str) -> list[Value]:
        """The values of one column in rows that are no headings and no sums."""
        place = [column.label for column in self.columns].index(label)
        return [row.values[place] for row in self.rows if row.kind == "row"]


@dataclass
class Builder:
    """Puts a grid together line by line, and adds its sums up."""

    title: str
    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)

    def heading(self, text: str) -> None:
        """A line that says what follows."""
        self.rows.append(Row((text, *[""] * (len(self.columns) - 1)), "heading"))

    def row(self, values: Sequence[Value], measure: str = "") -> int:
        """A line of the table; returns its place."""
        self.rows.append(Row(tuple(values), measure=measure))
        return len(self.rows) - 1

    def sum(self, label: str, of: Iterable[int], kind: Literal["sum", "total"] = "sum") -> int:
        """A line that adds others up, column by column; returns its place."""
        of = tuple(of)
        values: list[Value] = [label]
        for place, column in enumerate(self.columns[1:], 1):
            added = [self.rows[line].values[place] for line in of]
            values.append(added_up(added, column.from_below) if column.summed else "")
        self.rows.append(Row(tuple(values), kind, of))
        return len(self.rows) - 1

    def grid(self, *notes: str) -> Grid:
        """The finished table."""
        return Grid(self.title, self.columns, tuple(self.rows), tuple(filter(None, notes)))


def added_up(values: Iterable[Value], from_below: bool = True) -> Value:
    """The sum of what is known, *at least* where something is not (*partly* where that could lower
    it); None where nothing is known.
    """
    values = [value for value in values if value != ""]
    figures = [value.figure if isinstance(value, AtLeast) else value for value in values]
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None if values else 0
    whole = len(known) == len(values) and not any(isinstance(value, AtLeast) for value in values)
    if whole:
        return sum(known)
    return AtLeast(sum(known)) if from_below else Partly(sum(known))
