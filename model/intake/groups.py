"""Groups of rows that a sum may be the sum of, and what they come to.

A sheet does not say which rows its sums are of: those since the last sum, since a heading, of a
department, or of everything. All are tried; :class:`Span` adds up any stretch of a table at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from model.intake.amount_columns import FIELDS, Key
from model.intake.row_kinds import Row, TableRows

ZERO = Decimal(0)
# Kinds of rows that a sum takes off.
EARNED = ("income", "doubtful", "earning")


@dataclass
class Totals:
    """What a group of rows comes to by key, in kronor: expenditure of projects, income of theirs.

    ``unknown`` are keys in which a part was refused: then nothing can be said. ``count`` is rows.
    """

    gross: dict[Key, Decimal] = field(default_factory=dict)
    income: dict[Key, Decimal] = field(default_factory=dict)
    unknown: set[Key] = field(default_factory=set)
    count: int = 0

    def add(self, row: Row) -> None:
        """Count a row in: a project with its amounts, an income row with its."""
        if row.kind != "project" and row.kind not in EARNED:
            return
        into = self.gross if row.kind == "project" else self.income
        self.count += row.kind == "project"
        for key, value in row.values.items():
            if value is None:
                self.unknown.add(key)
            elif value:
                into[key] = into.get(key, ZERO) + (value if row.kind == "project" else abs(value))

    def variants(self) -> Iterator[Mapping[Key, Decimal]]:
        """What a sum of the group may say: before income, after it, and the income alone."""
        yield self.gross
        if self.income:
            keys = self.gross.keys() | self.income.keys()
            less = {key: self.gross.get(key, ZERO) - self.income.get(key, ZERO) for key in keys}
            yield less
            yield self.income
            yield {key: -amount for key, amount in self.income.items()}


class Span:
    """Totals of any stretch of a table's rows, from sums up to each row."""

    def __init__(self, keys: Iterable[Key]):
        self.keys = tuple(keys)
        self._places = {key: place for place, key in enumerate(self.keys)}
        width = len(self.keys)
        self._gross, self._income = [(ZERO,) * width], [(ZERO,) * width]
        self._unknown, self._count = [(0,) * width], [0]

    def __len__(self) -> int:
        return len(self._count) - 1

    def append(self, row: Row) -> None:
        """The next row. Sums, parts and headings count for nothing."""
        project, income = row.kind == "project", row.kind in EARNED
        gross, earned, unknown = self._gross[-1], self._income[-1], self._unknown[-1]
        if (project or income) and row.values:
            target = list(gross if project else earned)
            refused = None
            for key, value in row.values.items():
                place = self._places[key]
                if value is None:
                    refused = refused or list(unknown)
                    refused[place] += 1
                else:
                    target[place] += value if project else abs(value)
            gross, earned = (tuple(target), earned) if project else (gross, tuple(target))
            unknown = tuple(refused) if refused else unknown
        self._gross.append(gross)
        self._income.append(earned)
        self._unknown.append(unknown)
        self._count.append(self._count[-1] + project)

    def count(self, first: int, end: int) -> int:
        """How many projects there are from one row to before another, counted from 0."""
        return self._count[end] - self._count[first]

    def totals(self, first: int, end: int) -> Totals:
        """What the rows from ``first`` to before ``end`` come to."""

        def between(sums: list[tuple]) -> dict[Key, Decimal]:
            pairs = zip(self.keys, sums[first], sums[end], strict=True)
            return {key: after - before for key, before, after in pairs}

        income = between(self._income) if self._income[first] != self._income[end] else {}
        unknown = {key for key, count in between(self._unknown).items() if count}
        return Totals(between(self._gross), income, unknown, self.count(first, end))


def checked_keys(table: TableRows) -> tuple[Key, ...]:
    """The keys of a table's columns, in order. What nothing is read from counts as well."""
    return tuple(dict.fromkeys(use.key for use in table.uses.values()))


def agrees(
    stated: Mapping[Key, Decimal | None],
    totals: Totals,
    *,
    whole: bool = False,
    slack: Mapping[Key, Decimal] | None = None,
) -> bool:
    """Whether a row says exactly what a group comes to, in every column where both are known.

    ``whole``: where the row says nothing of a year, the group must come to nothing as well.
    ``slack`` is by how much they may differ, by key.
    """
    slack = slack or {}
    known = {
        key: value
        for key, value in stated.items()
        if value is not None and key not in totals.unknown
    }
    return bool(known) and any(
        all(
            value == variant.get(key, ZERO)
            or abs(value - variant.get(key, ZERO)) <= slack.get(key, ZERO)
            for key, value in known.items()
        )
        and not (whole and any(_is_missing(key, value, stated) for key, value in variant.items()))
        for variant in totals.variants()
    )


def _is_missing(key: Key, value: Decimal, stated: Mapping[Key, Decimal | None]) -> bool:
    """An amount of a year that a row does not say. What is of the whole project is seldom added."""
    return bool(value) and key not in stated and key[0] not in FIELDS
