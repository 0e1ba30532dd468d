"""Groups of rows that a sum may be the sum of, and what they come to.

A sheet does not say which rows its sums are of: those since the last sum, since a heading, of a
department, or of everything. All are tried; :class:`Span` adds up any stretch of a table at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from model.intake.amount_columns import FIELDS, Key
from model.intake.table_rows import Row, TableRows

ZERO = Decimal(0)
# Kinds of rows that a sum takes off.
EARNED = ("income", "doubtful", "earning")
Bucket = Literal["gross", "income", "within"]
BUCKETS: tuple[Bucket, ...] = get_args(Bucket)


def bucket(row: Row) -> Bucket | None:
    """What a row counts as in a sum: expenditure, income, or income named within its project."""
    if row.kind == "project":
        return "gross"
    if row.kind in EARNED:
        return "income"
    return "within" if row.kind == "part" and row.earns else None


@dataclass
class Totals:
    """What a group of rows comes to by key, in kronor: expenditure of projects, income of theirs.

    ``within`` is income named within a project (*varav bidrag*), ``unknown`` are keys in which a
    part was refused: then nothing can be said. ``count`` is rows of projects.
    """

    gross: dict[Key, Decimal] = field(default_factory=dict)
    income: dict[Key, Decimal] = field(default_factory=dict)
    within: dict[Key, Decimal] = field(default_factory=dict)
    unknown: set[Key] = field(default_factory=set)
    count: int = 0

    def add(self, row: Row) -> None:
        """Count a row in: a project with its amounts, an income row with its."""
        found = bucket(row)
        if found is None:
            return
        into = getattr(self, found)
        self.count += found == "gross"
        for key, value in row.values.items():
            if value is None:
                self.unknown.add(key)
            elif value:
                into[key] = into.get(key, ZERO) + (value if found == "gross" else abs(value))

    def variants(self) -> Iterator[Mapping[Key, Decimal]]:
        """What a sum of the group may say: before income, after it, and the income alone."""
        yield self.gross
        if self.income:
            yield from self._with(self.income)
        if self.within:
            keys = self.income.keys() | self.within.keys()
            both = {key: self.income.get(key, ZERO) + self.within.get(key, ZERO) for key in keys}
            yield from self._with(both)

    def _with(self, earned: Mapping[Key, Decimal]) -> Iterator[Mapping[Key, Decimal]]:
        keys = self.gross.keys() | earned.keys()
        yield {key: self.gross.get(key, ZERO) - earned.get(key, ZERO) for key in keys}
        yield earned
        yield {key: -amount for key, amount in earned.items()}


class Span:
    """Totals of any stretch of a table's rows, from sums up to each row."""

    def __init__(self, keys: Iterable[Key]):
        self.keys = tuple(keys)
        self._places = {key: place for place, key in enumerate(self.keys)}
        width = len(self.keys)
        self._sums: dict[Bucket, list[tuple]] = {name: [(ZERO,) * width] for name in BUCKETS}
        self._unknown, self._count = [(0,) * width], [0]

    def __len__(self) -> int:
        return len(self._count) - 1

    def append(self, row: Row) -> None:
        """The next row. Sums, other parts and headings count for nothing."""
        found = bucket(row)
        reached = {name: sums[-1] for name, sums in self._sums.items()}
        unknown = self._unknown[-1]
        if found is not None and row.values:
            target = list(reached[found])
            refused = None
            for key, value in row.values.items():
                place = self._places[key]
                if value is None:
                    refused = refused or list(unknown)
                    refused[place] += 1
                else:
                    target[place] += value if found == "gross" else abs(value)
            reached[found] = tuple(target)
            unknown = tuple(refused) if refused else unknown
        for name, sums in self._sums.items():
            sums.append(reached[name])
        self._unknown.append(unknown)
        self._count.append(self._count[-1] + (found == "gross"))

    def count(self, first: int, end: int) -> int:
        """How many projects there are from one row to before another, counted from 0."""
        return self._count[end] - self._count[first]

    def totals(self, first: int, end: int) -> Totals:
        """What the rows from ``first`` to before ``end`` come to."""

        def between(sums: list[tuple]) -> dict[Key, Decimal]:
            pairs = zip(self.keys, sums[first], sums[end], strict=True)
            return {key: after - before for key, before, after in pairs}

        found = {
            name: between(sums)
            for name, sums in self._sums.items()
            if name == "gross" or sums[first] != sums[end]
        }
        unknown = {key for key, count in between(self._unknown).items() if count}
        return Totals(**found, unknown=unknown, count=self.count(first, end))


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
