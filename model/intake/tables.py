"""The tables of a workbook: where they are, what their columns are for, in which unit and sign.

:func:`find_tables` gives what is to be read. Whatever else holds a number (hidden rows, notes,
titles, headings, footnotes, old versions) is left out here with its reason, and what a person has
to say about headings, units, signs and sheets is asked here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from model.errors import Question
from model.intake.answers import Answers
from model.intake.columns import SURE, Columns, Understood
from model.intake.headings import MONEY, Headings, plain, words_of
from model.intake.ledger import Ledger
from model.intake.mapping import Vocabulary, normal
from model.intake.reader import Cell, Sheet, Workbook
from model.intake.regions import Finder, Region
from model.intake.shapes import fingerprint, one_budget_year, shape_of
from model.intake.signs import find_sign
from model.intake.table import Because, Table, Unit
from model.intake.titles import (
    department_of,
    flow_of,
    only_year,
    other_kind,
    title_year,
    whole_words,
)
from model.intake.units import Surroundings, Units, row_sizes
from model.intake.versions import without_doubles

__all__ = ["SURE", "find_tables"]

HIDDEN = "hidden in the workbook"
HIDDEN_SHEET = "on a hidden sheet"
UNWANTED_SHEET = "on a sheet that a person has left out"
NO_TABLE = "on a sheet without a table that is known"
OTHER_TABLE = "in a table that holds no projects: {title}"
ABOVE = "above the table"
BEYOND = "outside the table"
HEADING = "a heading"
_BODY = "in the body of a table"

NOT_PROJECTS = (
    "The table “{title}” is read as something else than projects, and left out. "
    "Say that the sheet is to be read if it holds projects."
)
ASK_HEADER = (
    "The sheet {sheet} has {count} numbers and no headings that are known. "
    "Say which row its headings stand in, or that the sheet is to be left out."
)
UNREAD_SHEET = (
    "The sheet {sheet} has {count} numbers and no table that is known. They are left out."
)

# A sheet with so many rows of a text and numbers may be a table whose headings are not known.
FEWEST_ROWS = 3


@dataclass
class _Found:
    """A region that is a table, on its way."""

    region: Region
    understood: Understood
    title: str


def find_tables(
    workbook: Workbook, vocabulary: Vocabulary, answers: Answers, ledger: Ledger
) -> tuple[Table, ...]:
    """All tables of all visible sheets, in order. Questions and what is left out: the ledger."""
    return _Workbook(workbook, vocabulary, answers, ledger).find()


class _Workbook:
    """Finds the tables of one workbook."""

    def __init__(
        self, workbook: Workbook, vocabulary: Vocabulary, answers: Answers, ledger: Ledger
    ):
        self.workbook, self.vocabulary = workbook, vocabulary
        self.answers, self.ledger = answers, ledger
        self.headings = Headings(vocabulary)
        self.outside: dict[str, list[Cell]] = {}
        self.sums = _beginning((*vocabulary.sums, *vocabulary.sums_without_number))

    def find(self) -> tuple[Table, ...]:
        """The tables to read."""
        found: list[_Found] = []
        bare: list[Sheet] = []
        for sheet in self.workbook.sheets:
            wanted = self.answers.sheets.get(sheet.title)
            if wanted is False:
                self.ledger.leave(sheet, sheet.cells.values(), UNWANTED_SHEET)
            elif sheet.hidden and not wanted:
                self.ledger.leave(sheet, sheet.cells.values(), HIDDEN_SHEET)
            else:
                shown = replace(sheet, hidden=False) if sheet.hidden else sheet
                here = self._on_sheet(shown)
                found += here
                if not here:
                    bare.append(shown)
        tables = one_budget_year([self._table(one) for one in found])
        doubles = without_doubles(tables, self.vocabulary, self.answers, self.ledger)
        for place, why in doubles.items():
            cells = (cell for _, cells in tables[place].rows() for cell in cells.values())
            self.ledger.leave(tables[place].sheet, cells, why.template, **why.fields)
        kept = [
            (one, table)
            for place, (one, table) in enumerate(zip(found, tables, strict=True))
            if place not in doubles
        ]
        self._speak_of_bare(bare, bool(kept))
        return tuple(self._finished(kept))

    # Sheets

    def _on_sheet(self, sheet: Sheet) -> list[_Found]:
        """The tables of a sheet; numbers outside of them are left out."""
        forced = self.answers.headers.get(sheet.title)
        finder = Finder(sheet, self.headings, forced)
        here: list[_Found] = []
        others: list[tuple[Region, str]] = []
        for region in finder.find():
            title = self._title(region)
            other = other_kind(region, self.vocabulary)
            if other and not self.answers.sheets.get(sheet.title):
                others.append((region, other))
                continue
            understood = Columns(
                region,
                self.headings,
                self.vocabulary,
                self.answers,
                self.workbook,
                title_year(region),
                only_year(region),
            ).understand()
            if self._is_table(understood):
                here.append(_Found(region, understood, title))
        self._leave_rest(sheet, [one.region for one in here], others)
        return here

    def _is_table(self, understood: Understood) -> bool:
        """Has amounts, or texts of costs, and something that says of what."""
        roles = {column.role for column in understood.columns}
        money = roles & (MONEY | {"cost_text", "tonnes"})
        labels = roles & {"name", "number", "department", "account", "type"}
        return bool(money and labels)

    def _title(self, region: Region) -> str:
        """What stands above a table, and the title of its sheet."""
        return " | ".join(" ".join(cell.text.split()) for cell in region.titles)

    def _leave_rest(
        self,
        sheet: Sheet,
        regions: Sequence[Region],
        others: Sequence[tuple[Region, str]],
    ) -> None:
        """Leave out what no table holds, and keep the texts that may say something about them."""
        outside = self.outside.setdefault(sheet.title, [])
        first = min((region.header[0] for region in regions), default=0)
        places = _Places()
        for region, title in others:
            places.add(region, (*region.header, *region.repeats, *region.body), OTHER_TABLE, title)
            cell = next(iter(region.headings.values()))[-1]
            self.ledger.warn(sheet, cell, "other_table", NOT_PROJECTS, title=title)
        for region in regions:
            places.add(region, (*region.header, *region.repeats), HEADING)
            places.add(region, region.body, _BODY)
        hides = bool(sheet.hidden_rows or sheet.hidden_columns or sheet.merged)
        for row, cells in sheet.rows.items():
            if not hides and places.is_body(row, min(cells), max(cells)):
                continue
            for column, cell in cells.items():
                if sheet.is_hidden(cell):
                    self.ledger.leave(sheet, [cell], HIDDEN)
                    continue
                reason, title = places.of(row, column)
                if reason == _BODY:
                    continue
                if reason:
                    self.ledger.leave(sheet, [cell], reason, **({"title": title} if title else {}))
                    continue
                if cell.kind == "text" and cell.text:
                    outside.append(cell)
                reason = NO_TABLE if not regions else ABOVE if row < first else BEYOND
                self.ledger.leave(sheet, [cell], reason)

    def _speak_of_bare(self, sheets: Sequence[Sheet], others: bool) -> None:
        """A sheet with numbers and no table: asked about when it may be one, else a warning."""
        for sheet in sheets:
            rows = [
                cells
                for cells in sheet.rows.values()
                if any(cell.kind == "text" for cell in cells.values())
                and any(
                    cell.kind == "number" and not sheet.is_hidden(cell) for cell in cells.values()
                )
            ]
            count = sum(cell.is_numeric for cell in sheet.cells.values())
            if not count or self._other_sheet(sheet):
                continue
            fields = {"sheet": sheet.title, "count": count}
            texts = " ".join(cell.text for cell in self.outside.get(sheet.title, ())[:400])
            money = self.headings.units.named(texts) or any(
                word in normal(texts) for word in self.vocabulary.money_words
            )
            wide = sum(sum(c.kind == "number" for c in cells.values()) > 1 for cells in rows)
            if (
                len(rows) >= FEWEST_ROWS
                and (wide >= FEWEST_ROWS or not others)
                and (money or not others)
            ):
                first = next(iter(sheet.rows))
                question = Question(f"--header {sheet.title}={{choice}}", (str(first),))
                self.ledger.ask(sheet, None, "ask_header", ASK_HEADER, question, **fields)
            else:
                self.ledger.warn(sheet, None, "sheet_without_table", UNREAD_SHEET, **fields)

    def _other_sheet(self, sheet: Sheet) -> bool:
        return bool(whole_words(self.vocabulary.other_tables).search(plain(sheet.title)))

    # Tables

    def _table(self, found: _Found) -> Table:
        """The table as far as it goes without its unit and sign."""
        region, understood = found.region, found.understood
        has_department = any(column.role == "department" for column in understood.columns)
        return Table(
            sheet=region.sheet,
            header=region.header,
            end=region.end,
            left=region.left,
            right=region.right,
            shape=shape_of(region, understood.columns),
            columns=understood.columns,
            unknown=understood.unknown,
            unit=None,
            unit_because=Because(""),
            flipped=False,
            sign_because=Because(""),
            flow=flow_of(region, self.vocabulary),
            fingerprint=fingerprint(understood),
            repeats=region.repeats,
            department="" if has_department else department_of(region, self.vocabulary),
            title=found.title,
        )

    def _finished(self, kept: Sequence[tuple[_Found, Table]]) -> Iterator[Table]:
        """The tables that are read, with unit and sign."""
        with_tables = {table.sheet.title for _, table in kept}
        notes = [
            (title, cell)
            for title, cells in self.outside.items()
            if title not in with_tables
            for cell in cells
        ]
        alone = {title for title in with_tables if self._titled(title)}
        said: dict[str, tuple[Unit, Because]] = {}
        for one, table in kept:
            region = one.region
            self.ledger.violations += one.understood.findings
            around = Surroundings(
                tuple(self.outside.get(region.sheet.title, ())), notes, self._beside()
            )
            units = Units(
                region, table.columns, self.headings.units, around, self.answers, self.ledger
            )
            sizes = row_sizes(region, table.columns, self.sums)
            before = said.get(region.sheet.title)
            unit, because, separate = units.find(sizes, before)
            if unit is not None:
                said[region.sheet.title] = unit, because
            headed = [cell for stack in region.headings.values() for cell in stack]
            flipped, sign_because = find_sign(
                region,
                table.columns,
                table.shape,
                table.flow,
                self.vocabulary,
                [*headed, *reversed(region.titles), *around.sheet, *(cell for _, cell in notes)],
                self.answers,
                self.ledger,
            )
            columns = tuple(
                replace(column, unit=separate[column.index]) if column.index in separate else column
                for column in table.columns
            )
            department = table.department
            if not department and len(with_tables) > 1 and region.sheet.title in alone:
                has = any(column.role == "department" for column in columns)
                department = "" if has else region.sheet.title
            yield replace(
                table,
                columns=columns,
                unit=unit,
                unit_because=because,
                flipped=flipped,
                sign_because=sign_because,
                department=department,
            )

    def _titled(self, title: str) -> bool:
        """Whether the title of a sheet may be a department's: not Blad1, Budget, 2026."""
        words = words_of(plain(title))
        if not words or re.fullmatch(r"(?:blad|sheet|tabell|ark|table)[0-9]*", "".join(words)):
            return False
        return self.headings.meaning(title).role is None and not any(w.isdigit() for w in words)

    def _beside(self) -> dict[tuple[str, int, int], Cell]:
        """The number to the right of each text outside the tables, where there is one."""
        beside = {}
        for sheet in self.workbook.sheets:
            for cell in self.outside.get(sheet.title, ()):
                right = sheet.cells.get((cell.row, cell.column + 1))
                if right is not None:
                    beside[sheet.title, cell.row, cell.column] = right
        return beside


class _Places:
    """What the cells of a sheet belong to, by row and reach of columns."""

    def __init__(self) -> None:
        self._rows: dict[int, list[tuple[int, int, str, str]]] = {}

    def add(self, region: Region, rows: Iterable[int], what: str, title: str = "") -> None:
        """These rows of a region are this."""
        for row in rows:
            self._rows.setdefault(row, []).append((region.left, region.right, what, title))

    def of(self, row: int, column: int) -> tuple[str, str]:
        """What a cell belongs to; empty when to nothing."""
        for left, right, what, title in self._rows.get(row, ()):
            if left <= column <= right:
                return what, title
        return "", ""

    def is_body(self, row: int, left: int, right: int) -> bool:
        """Whether a whole row is in the body of one table."""
        there = self._rows.get(row, ())
        return (
            len(there) == 1 and there[0][2] == _BODY and there[0][0] <= left <= right <= there[0][1]
        )


def _beginning(words: Iterable[str]) -> re.Pattern:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)")
