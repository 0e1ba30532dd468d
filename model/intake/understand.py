"""What a sheet is: where its tables begin, what each column is for, and in which unit.

Pure functions over cells and a :class:`~model.intake.mapping.BudgetSheet`. A heading has a role
when it is one of the role's spellings; nothing is guessed from figures.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from model.intake.mapping import BudgetSheet, normal
from model.intake.numbers import UNITS
from model.intake.reader import Cell, Sheet
from model.years import LATER

Stage = Literal["budget", "plan", "bare", "before", "later"]

# Longer spellings first, so that "tusen kronor" is not read as "kronor". A unit per something else
# (kr/ton) is no unit of the sheet's amounts.
_UNIT_WORDS = [
    (factor, f"(?P<unit{place}>{words})")
    for place, (factor, words) in enumerate(sorted(UNITS.items(), reverse=True))
]
_UNIT = re.compile(
    rf"(?<![\w/])(?:{'|'.join(words for _, words in _UNIT_WORDS)})(?!\w|\s*/|\s+per\b)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"(?<!\w)(?:[tkm]?(?:eur|nok|dkk|usd)|euro|dollar)(?!\w)", re.IGNORECASE)
_YEAR = r"(?P<year>(?:19|20)[0-9][0-9])"
_SHORT_YEAR = rf"(?:{_YEAR}|'?(?P<short>[0-9][0-9]))"


@dataclass(frozen=True)
class Column:
    """A column with a role. ``year`` and ``stage`` are of the role *year*; before has no plan."""

    index: int
    role: str
    cell: Cell
    year: int | None = None
    stage: Stage | None = None


@dataclass(frozen=True)
class Table:
    """A header row, what its columns are for, and how far down the table goes (not included).

    ``unknown`` are headings without a role.
    """

    sheet: Sheet
    header: int
    end: int
    columns: tuple[Column, ...]
    unknown: tuple[Cell, ...]

    @cached_property
    def years(self) -> tuple[Column, ...]:
        """The columns of amounts, from left to right."""
        return tuple(column for column in self.columns if column.role == "year")

    def column(self, role: str) -> Column | None:
        """The column with a role, or None."""
        return next((column for column in self.columns if column.role == role), None)


@dataclass(frozen=True)
class Candidate:
    """The row of a workbook that looks most like a header, and what it lacks."""

    sheet: Sheet
    header: int
    columns: tuple[Column, ...]
    unknown: tuple[Cell, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """Kronor per unit of a sheet, and the cell or file that says so."""

    factor: Decimal
    cell: Cell | None
    evidence: str


def find_tables(sheet: Sheet, mapping: BudgetSheet) -> tuple[Table, ...]:
    """The tables of a sheet, from the top. A heading row that is repeated begins a new one."""
    headers = [found for found in _candidates(sheet, mapping) if not found.missing]
    last = max(sheet.rows, default=0) + 1
    ends = [*(found.header for found in headers), last][1:]
    return tuple(
        Table(sheet, found.header, end, _with_stages(found.columns), found.unknown)
        for found, end in zip(headers, ends, strict=True)
    )


def best_candidate(sheets: tuple[Sheet, ...], mapping: BudgetSheet) -> Candidate | None:
    """The row that lacks least of what a header needs, and has most of the rest."""
    found = [candidate for sheet in sheets for candidate in _candidates(sheet, mapping)]
    return min(
        (candidate for candidate in found if candidate.columns),
        key=lambda candidate: (len(candidate.missing), -len(candidate.columns)),
        default=None,
    )


def _candidates(sheet: Sheet, mapping: BudgetSheet) -> Iterator[Candidate]:
    if sheet.hidden:
        return
    for row, cells in sheet.rows.items():
        visible = [cell for cell in cells.values() if not sheet.is_hidden(cell)]
        columns = tuple(filter(None, (_column(cell, mapping) for cell in visible)))
        roles = {column.role for column in columns}
        known = {column.index for column in columns}
        yield Candidate(
            sheet,
            row,
            columns,
            tuple(cell for cell in visible if cell.text and cell.column not in known),
            tuple(role for role in mapping.required if role not in roles),
        )


def _column(cell: Cell, mapping: BudgetSheet) -> Column | None:
    """The column that a heading begins, or None when the heading has no known role."""
    year = heading_year(cell, mapping)
    if year:
        return Column(cell.column, "year", cell, *year)
    if cell.kind != "text":
        return None
    heading = re.sub(r"[–—−]", "-", normal(cell.value))
    heading = re.sub(r"(?:19|20)[0-9][0-9]", "20xx", heading).replace(" - ", "-")
    for role, spellings in mapping.columns.items():
        if heading in spellings:
            return Column(cell.column, role, cell)
    return None


def heading_year(cell: Cell, mapping: BudgetSheet) -> tuple[int | None, Stage] | None:
    """The year and stage that a heading names (2026, Budget 2026, T.o.m. 2025, Senare), or None.

    A year that a date format made into a day in 1905 is the number behind it.
    """
    if cell.kind == "number":
        return _bare(cell.value)
    if cell.kind == "date":
        return _bare(cell.serial) or _first_or_last_day(str(cell.value))
    if cell.kind != "text":
        return None
    heading, words = normal(cell.value), mapping.years
    for stage, pattern in (
        ("bare", rf"(?:år\s*)?{_YEAR}"),
        ("budget", rf"(?:{_any(words.budget)})\s*{_SHORT_YEAR}"),
        ("plan", rf"(?:{_any(words.plan)})\s*{_SHORT_YEAR}"),
        ("before", rf"(?:{_any(words.before)})(?:\s*{_YEAR})?"),
        ("later", rf"(?:{_YEAR}\s*(?:och|[-–])?\s*)?(?:{_any(words.later)})"),
    ):
        found = re.fullmatch(pattern, heading)
        if found:
            named = found.groupdict()
            year = named.get("year") or (named.get("short") and f"20{named['short']}")
            return (LATER if stage == "later" else int(year) if year else None), stage
    return None


def _any(words: tuple[str, ...]) -> str:
    # Longest first: "tom" must not stop at "to". No words at all match nothing.
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _bare(number: Decimal | None) -> tuple[int, Stage] | None:
    if number is not None and number == int(number) and 1990 <= number < 2100:
        return int(number), "bare"
    return None


def _first_or_last_day(text: str) -> tuple[int, Stage] | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return (day.year, "bare") if (day.month, day.day) in ((1, 1), (12, 31)) else None


def _with_stages(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Bare years get their stage: the first is the budget unless another column says it is.

    A bare year before the column that is named the budget stays bare: it may be anything.
    """
    named = [column.year for column in columns if column.stage in ("budget", "plan")]
    bare = [column.year for column in columns if column.stage == "bare"]
    budget = min(named or bare, default=None)

    def staged(column: Column) -> Column:
        if column.stage != "bare" or column.year < budget:
            return column
        return replace(column, stage="budget" if column.year == budget else "plan")

    return tuple(staged(column) for column in columns)


def find_units(table: Table) -> tuple[list[Unit], list[Cell]]:
    """Units and foreign currencies named above or in a table's header, or in its number formats.

    See :func:`units_named`.
    """
    amounts = {column.index for column in table.years}
    texts = []
    for row, cells in table.sheet.rows.items():
        for cell in cells.values():
            if row <= table.header and not table.sheet.is_hidden(cell):
                texts.append((cell, cell.text if cell.kind == "text" else ""))
            elif table.header < row < table.end and cell.column in amounts:
                texts.append((cell, " ".join(re.findall(r'"([^"]*)"', cell.number_format))))
    return units_named(texts)


def units_named(texts: Iterable[tuple[Cell, str]]) -> tuple[list[Unit], list[Cell]]:
    """The units of money in texts: one for each different factor, with the first cell naming it.

    Also the cells that name a currency other than kronor.
    """
    units: dict[Decimal, Unit] = {}
    foreign = []
    for cell, text in texts:
        if _FOREIGN.search(text):
            foreign.append(cell)
        for found in _UNIT.finditer(text):
            factor = _factor(found)
            units.setdefault(factor, Unit(factor, cell, " ".join(text.split())))
    return list(units.values()), foreign


def _factor(found: re.Match) -> Decimal:
    return next(
        factor
        for place, (factor, _) in enumerate(_UNIT_WORDS)
        if found.group(f"unit{place}") is not None
    )
