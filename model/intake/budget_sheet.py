"""A municipality's budget sheet as measures: a row per project, a column per year.

A budget column is need and a decided appropriation, a plan column need and a planned one, and what
is paid up to a year is need that is already paid. Rows of other actors get need only. Sums are
checked against their parts and never imported; whatever else holds a number is left out by name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import ValidationError

from model.intake.amounts import read_amount, refuse_kind, written
from model.intake.choices import funding_key
from model.intake.ledger import Ledger
from model.intake.mapping import BudgetSheet, OwnerRule, normal
from model.intake.numbers import parse
from model.intake.reader import Cell, Sheet, Workbook, column_letter
from model.intake.slugs import slug
from model.intake.understand import Column, Table, Unit, find_tables, find_units
from model.money import ORE
from model.rows import Appropriation, Expenditure, GrantStatus, Measure
from model.years import BEFORE, year_label

HEADING = "a heading"
HIDDEN = "hidden in the workbook"
HIDDEN_SHEET = "on a hidden sheet"
NO_TABLE = "on a sheet without a table that is known"
ABOVE = "above the table"
SUM = "a sum, checked against its parts"
SUM_COLUMN = "a sum of the row, checked against its parts"
PART = "a part of the row above, already in it"
UNUSED = "a column that the plan has no use for: {heading}"
UNKNOWN = "a column whose meaning is not known: {heading}"
NO_HEADING = "a column without a heading"
NO_NAME = "a row without a name"
UNIT_NOT_KNOWN = "the unit of the sheet is not known"

ASK_UNIT = (
    "Nothing on the sheet says in which unit its amounts are. "
    "Write it above the table, such as “Belopp i tkr”, or give it in a layout file."
)
ASK_WHICH_UNIT = (
    "The sheet names more than one unit: {found}. "
    "Keep the one that its amounts are in, or give it in a layout file."
)
ASK_CURRENCY = "The sheet names another currency: “{found}”. Write the amounts in kronor."
ASK_COLUMN = (
    "The column “{heading}” may change what the other amounts mean, and what it means is not "
    "known. Give its heading a role in a layout file, or delete the column."
)
UNKNOWN_COLUMN = "The column “{heading}” is not known. Its numbers are left out."
NO_HEADING_COLUMN = (
    "The column {column} holds numbers and has no heading. Give it one, or delete its numbers."
)
SAME_YEAR = "Two columns are for the year {year}. Delete the one that is not to be imported."
SAME_ROLE = (
    "The columns “{other}” and “{heading}” are both read as the same thing. "
    "Rename or delete the one that is not."
)
YEARS_OVERLAP = (
    "The column “{heading}” reaches into {year}, which has a column of its own. "
    "Correct the heading, or delete one of them."
)
AMOUNT_WITHOUT_NAME = (
    "The row has an amount and no name. Write what it is for; if it is a sum, begin it with Summa."
)
NO_AMOUNT = "The row {name} has no amount in any year: its need is read as not known."
NO_DEPARTMENT = "The row {name} stands under no department, so its owner is not known."
SAME_ROW = "The row {name} stands twice, here and in {other}. Delete one, or give them numbers."
HEADING_ROW = "“{name}” has neither a number nor an amount: it is read as a heading."
ASK_SUM = (
    "The row {name} is as large as all rows above it together. "
    "Begin its name with Summa if it is their sum, or give it a project number if it is not."
)
BAD_ROW = "The row {name} cannot be imported: {problem}"
BAD_MARK = "“{found}” is no mark that is known. Write x, or leave the cell empty."
FUNDING_WITHOUT_AMOUNT = (
    "The sheet names {source} as financing of {name} without an amount. "
    "No grant is entered; the gap stands until the amount is known."
)
RANGE_IN_BUDGET = (
    "“{found}” is no single amount: it is read as need, and no appropriation is entered for it."
)
SUM_DIFFERS = "The sum says {found} kronor; its parts that are imported make {expected} kronor."
SUM_ROUNDED = (
    "The sum says {found} kronor and its parts make {expected} kronor, which rounding explains."
)
SUM_NOT_CHECKED = "The sum was saved without its result, so it could not be checked."


# Roles that one column of a table may have.
_ONE_EACH = ("department", "number", "name", "green", "financing", "comment")


@dataclass(frozen=True)
class NamedFunding:
    """A source that a sheet names without an amount. ``source`` is a key, or the sheet's words."""

    measure_id: str
    source: str
    status: GrantStatus | None
    source_ref: str


@dataclass
class _Row:
    """A project's row while it is read. ``amounts`` are kronor by column, None where refused."""

    sheet: Sheet
    cell: Cell
    ref: str
    number: str
    name: str
    department: str
    rule: OwnerRule | None
    amounts: dict[int, Decimal | None] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    expenditures: list[Expenditure] = field(default_factory=list)
    appropriations: list[Appropriation] = field(default_factory=list)
    funding: list[tuple[str, GrantStatus | None, str]] = field(default_factory=list)


@dataclass(frozen=True)
class BudgetReading:
    """What a workbook of this layout holds."""

    measures: tuple[Measure, ...]
    funding: tuple[NamedFunding, ...]
    unit: Unit | None
    unit_ref: str


def recognises(workbook: Workbook, mapping: BudgetSheet) -> bool:
    """Whether any visible sheet has a table with the columns that the layout needs."""
    return any(find_tables(sheet, mapping) for sheet in workbook.sheets)


def read_budget(workbook: Workbook, mapping: BudgetSheet, ledger: Ledger) -> BudgetReading:
    """The measures of every table. Findings and what is left out go to the ledger."""
    rows: list[_Row] = []
    first_unit, unit_ref = None, ""
    for sheet in workbook.sheets:
        tables = find_tables(sheet, mapping)
        if not tables:
            ledger.leave(sheet, sheet.cells.values(), HIDDEN_SHEET if sheet.hidden else NO_TABLE)
            continue
        ledger.leave(sheet, (c for c in sheet.cells.values() if sheet.is_hidden(c)), HIDDEN)
        above = (c for c in sheet.cells.values() if c.row < tables[0].header)
        ledger.leave(sheet, above, ABOVE)
        for table in tables:
            ledger.leave(sheet, sheet.rows[table.header].values(), HEADING)
            unit = _unit(table, mapping, ledger)
            if unit is None:
                ledger.leave(sheet, _cells_below(table), UNIT_NOT_KNOWN)
                continue
            if first_unit is None:
                first_unit, unit_ref = unit, ledger.ref(sheet, unit.cell) if unit.cell else ""
            rows += _TableReader(ledger, table, mapping, unit.factor).read()
    return BudgetReading(*_measures(rows, ledger), first_unit, unit_ref)


def _cells_below(table: Table) -> Iterator[Cell]:
    for row in range(table.header + 1, table.end):
        yield from table.sheet.rows.get(row, {}).values()


def _unit(table: Table, mapping: BudgetSheet, ledger: Ledger) -> Unit | None:
    """The unit of a table's amounts; None, with a finding, when it has to be asked for."""
    if mapping.unit is not None:
        return Unit(mapping.unit, None, mapping.name)
    units, foreign = find_units(table)
    if foreign:
        ledger.error(table.sheet, foreign[0], "ask_unit", ASK_CURRENCY, found=foreign[0].text)
    elif not units:
        ledger.error(table.sheet, table.columns[0].cell, "ask_unit", ASK_UNIT)
    elif len(units) > 1:
        found = ", ".join(f"“{unit.evidence}” ({unit.cell.ref})" for unit in units)
        ledger.error(table.sheet, units[0].cell, "ask_unit", ASK_WHICH_UNIT, found=found)
    else:
        return units[0]
    return None


def _beginning_with(words: tuple[str, ...]) -> re.Pattern:
    """Matches a label that begins with one of the words; nothing when there are none."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?!\w)")


def _holds_number(cell: Cell) -> bool:
    """A number, also one that is written as text."""
    if cell.is_numeric:
        return True
    return cell.kind == "text" and parse(cell.text).reason is None


class _TableReader:
    """Reads the rows of one table from the top."""

    def __init__(self, ledger: Ledger, table: Table, mapping: BudgetSheet, unit: Decimal):
        self.ledger, self.table, self.mapping, self.unit = ledger, table, mapping, unit
        self.sheet: Sheet = table.sheet
        self.department = ""
        self.rows: list[_Row] = []
        self.last_sum = 0
        self.since_last_sum: dict[int, Decimal] = {}
        self.amount_columns = self._usable_years()
        self.by_index = {column.index: column for column in table.columns}
        self.first_column = column_letter(min(self.by_index))
        self.second_columns = {
            column.index
            for column in table.columns
            if column.role in _ONE_EACH and column is not table.column(column.role)
        }
        self.sums = _beginning_with(mapping.sums)
        self.sum_within = re.compile(rf"(?<!\w){self.sums.pattern}")
        self.sums_without_number = _beginning_with(mapping.sums_without_number)
        self.parts = _beginning_with(mapping.parts)

    def read(self) -> list[_Row]:
        """The project rows. Every number of the table is accounted for."""
        self._ask_about_columns()
        for number in range(self.table.header + 1, self.table.end):
            cells = {
                column: cell
                for column, cell in self.sheet.rows.get(number, {}).items()
                if not self.sheet.is_hidden(cell)
            }
            if cells:
                self._read_row(cells)
        return self.rows

    def _usable_years(self) -> tuple[Column, ...]:
        """The columns of amounts, without those whose year is not clear; each gets a finding."""
        usable, seen = [], set()
        calendar = [
            column.year for column in self.table.years if column.stage in ("budget", "plan")
        ]
        for column in self.table.years:
            heading = {"heading": column.cell.text}
            year = BEFORE if column.stage == "before" else column.year
            if column.stage == "bare":
                self.ledger.error(self.sheet, column.cell, "ask_column", ASK_COLUMN, **heading)
            elif year in seen:
                label = year_label(year)
                self.ledger.error(self.sheet, column.cell, "ask_column", SAME_YEAR, year=label)
            elif (
                column.stage == "before"
                and column.year
                and column.year >= min(calendar, default=9999)
            ):
                fields = heading | {"year": column.year}
                self.ledger.error(self.sheet, column.cell, "ask_column", YEARS_OVERLAP, **fields)
            else:
                usable.append(column)
            seen.add(year)
        return tuple(usable)

    def _ask_about_columns(self) -> None:
        """A finding for each unknown column with numbers, and for two columns of one role."""
        for role in _ONE_EACH:
            first_one, *others = [c for c in self.table.columns if c.role == role] or [None]
            for column in others:
                fields = {"heading": column.cell.text, "other": first_one.cell.text}
                self.ledger.error(self.sheet, column.cell, "ask_column", SAME_ROLE, **fields)
        headings = {cell.column: cell for cell in self.table.unknown}
        first: dict[int, Cell] = {}
        for cell in _cells_below(self.table):
            outside = cell.column not in self.by_index and not self.sheet.is_hidden(cell)
            if outside and _holds_number(cell):
                first.setdefault(cell.column, cell)
        for index, found in sorted(first.items()):
            cell = headings.get(index)
            if cell is None:
                fields = {"column": column_letter(index)}
                self.ledger.error(self.sheet, found, "ask_column", NO_HEADING_COLUMN, **fields)
                continue
            heading = normal(cell.text)
            money = any(word in heading for word in self.mapping.money_words)
            if money or re.search(r"(?:19|20)[0-9][0-9]", heading):
                self.ledger.error(self.sheet, cell, "ask_column", ASK_COLUMN, heading=cell.text)
            else:
                self.ledger.warn(
                    self.sheet, cell, "unknown_column", UNKNOWN_COLUMN, heading=cell.text
                )

    def _read_row(self, cells: dict[int, Cell]) -> None:
        self._leave_columns(cells)
        department, number, name = (
            self._text(cells, role) for role in ("department", "number", "name")
        )
        labels = [normal(text) for text in (department, name, number)]
        sum_label = next((label for label in labels if self._is_sum(label, number)), None)
        if sum_label:
            self._check_sum_row(cells, sum_label)
        elif any(self.parts.match(label) for label in labels):
            self.ledger.leave(self.sheet, cells.values(), PART)
        else:
            self.department = department or self.department
            if not name:
                self._refuse_nameless(cells)
            elif self._is_heading(cells, number):
                fields = {"name": name}
                cell = self._cell(cells, "name")
                self.ledger.warn(self.sheet, cell, "heading_row", HEADING_ROW, **fields)
                self.ledger.leave(self.sheet, cells.values(), HEADING)
            else:
                self._read_project(cells, number, name)

    def _is_sum(self, label: str, number: str) -> bool:
        if self.sums.match(label) or label in self.mapping.sums_without_number:
            return True
        # "Kommunstyrelsen totalt" ends as a sum does; so might a project, which then has a number.
        return not number and bool(
            self.sums_without_number.match(label) or self.sum_within.search(label)
        )

    def _is_heading(self, cells: dict[int, Cell], number: str) -> bool:
        """In a table with project numbers, a name with neither number nor amount heads the rest."""
        if number or self.table.column("number") is None:
            return False
        return not any(column.index in cells for column in self.amount_columns)

    def _leave_columns(self, cells: dict[int, Cell]) -> None:
        """Leave out what stands in columns that nothing is read from."""
        headings = {cell.column: cell for cell in self.table.unknown}
        usable = {column.index for column in self.amount_columns}
        for index, cell in cells.items():
            column = self.by_index.get(index)
            if column is None and index in headings:
                self.ledger.leave(self.sheet, [cell], UNKNOWN, heading=headings[index].text)
            elif column is None:
                self.ledger.leave(self.sheet, [cell], NO_HEADING)
            elif column.role == "unused" or index in self.second_columns:
                self.ledger.leave(self.sheet, [cell], UNUSED, heading=column.cell.text)
            elif column.role == "year" and index not in usable:
                self.ledger.leave(self.sheet, [cell], UNKNOWN, heading=column.cell.text)

    def _text(self, cells: Mapping[int, Cell], role: str) -> str:
        """What a cell says; nothing, with a finding, when it shows an error instead."""
        cell = self._cell(cells, role)
        if cell is None:
            return ""
        if cell.kind in ("error", "uncached"):
            refuse_kind(self.ledger, self.sheet, cell)
            return ""
        return " ".join(cell.text.split())

    def _cell(self, cells: Mapping[int, Cell], role: str) -> Cell | None:
        column = self.table.column(role)
        return None if column is None else cells.get(column.index)

    def _refuse_nameless(self, cells: dict[int, Cell]) -> None:
        for column in self.amount_columns:
            cell = cells.get(column.index)
            if cell is None:
                continue
            if cell.kind in ("error", "uncached"):
                refuse_kind(self.ledger, self.sheet, cell)
            elif _holds_number(cell):
                self.ledger.refuse(self.sheet, cell, "amount_without_name", AMOUNT_WITHOUT_NAME)
        self.ledger.leave(self.sheet, cells.values(), NO_NAME)

    def _read_project(self, cells: dict[int, Cell], number: str, name: str) -> None:
        cell = self._cell(cells, "name")
        rule = next((rule for rule in self.mapping.owners if rule.fits(self.department)), None)
        if not self.department:
            self.ledger.warn(self.sheet, cell, "no_department", NO_DEPARTMENT, name=name)
            rule = None
        ref = f"{self.ledger.ref(self.sheet)}!{self.first_column}{cell.row}"
        row = _Row(self.sheet, cell, ref, number, name, self.department, rule)
        for role in ("department", "number", "name"):
            if self._cell(cells, role) is not None:
                self.ledger.take(self.sheet, self._cell(cells, role))
        for column in self.amount_columns:
            if column.index in cells:
                self._read_year(row, column, cells[column.index])
        if not row.amounts:
            self.ledger.warn(self.sheet, cell, "no_amount", NO_AMOUNT, name=name)
        self._read_green(row, cells)
        self._read_notes(row, cells)
        self._check_total(row, cells)
        self._ask_whether_it_is_a_sum(row)
        self.rows.append(row)

    def _ask_whether_it_is_a_sum(self, row: _Row) -> None:
        """A row without a number that equals all rows since the last sum may be their sum."""
        amounts = {c.index: row.amounts.get(c.index) or Decimal(0) for c in self.amount_columns}
        several = len(self.rows) - self.last_sum > 1
        if several and not row.number and any(amounts.values()) and amounts == self.since_last_sum:
            self.ledger.error(self.sheet, row.cell, "ask_sum", ASK_SUM, name=row.name)
        for index, amount in amounts.items():
            self.since_last_sum[index] = self.since_last_sum.get(index, Decimal(0)) + amount

    def _read_year(self, row: _Row, column: Column, cell: Cell) -> None:
        before = len(self.ledger.violations)
        amount = read_amount(self.ledger, self.sheet, cell, self.unit)
        if amount is None:
            if any(found.severity == "error" for found in self.ledger.violations[before:]):
                row.amounts[column.index] = None
            return
        ref = self.ledger.take(self.sheet, cell)
        row.amounts[column.index] = amount.value
        paid = column.stage == "before"
        year = BEFORE if paid else column.year
        row.expenditures.append(
            Expenditure(
                year=year,
                low=amount.low,
                mid=amount.mid,
                high=amount.high,
                paid=paid,
                price_level=self.mapping.price_level,
                vat=self.mapping.vat,
                source_ref=ref,
            )
        )
        status = {"budget": "decided", "plan": "planned"}.get(column.stage)
        if status is None or row.rule is None or not row.rule.appropriation:
            return
        if not amount.is_exact:
            fields = {"found": cell.text}
            self.ledger.warn(self.sheet, cell, "range_in_budget", RANGE_IN_BUDGET, **fields)
            return
        row.appropriations.append(
            Appropriation(
                year=year, basis="gross", status=status, amount=amount.mid, source_ref=ref
            )
        )

    def _read_green(self, row: _Row, cells: dict[int, Cell]) -> None:
        """A mark is yes, an empty cell of the column no; without the column it is not known."""
        if self.table.column("green") is None:
            return
        cell = self._cell(cells, "green")
        mark = "" if cell is None else normal(cell.text)
        if mark and mark not in (*self.mapping.marks.marked, *self.mapping.marks.unmarked):
            self.ledger.refuse(self.sheet, cell, "unknown_mark", BAD_MARK)
            return
        if cell is not None:
            self.ledger.take(self.sheet, cell)
        row.values["green"] = mark in self.mapping.marks.marked

    def _read_notes(self, row: _Row, cells: dict[int, Cell]) -> None:
        """The financing that is named without an amount, and comments, as the sheet words them."""
        notes = []
        financing, comment = self._cell(cells, "financing"), self._cell(cells, "comment")
        if financing is not None and financing.text:
            ref = self.ledger.take(self.sheet, financing)
            source, status = self._source(financing.text)
            row.funding.append((funding_key(source) or source, status, ref))
            notes.append(f"Finansiering enligt arket: {financing.text}")
            fields = {"source": source, "name": row.name}
            self.ledger.warn(
                self.sheet, financing, "funding_without_amount", FUNDING_WITHOUT_AMOUNT, **fields
            )
        if comment is not None and comment.text:
            self.ledger.take(self.sheet, comment)
            notes.append(comment.text)
        row.values["note"] = "\n".join(notes)

    def _source(self, text: str) -> tuple[str, GrantStatus | None]:
        """The source without the word that says how far it has come, and that status."""
        found = re.fullmatch(r"(.*\S)\s*[(,;–-]\s*([^(),;]+?)\s*\)?", text)
        if found:
            for status, words in self.mapping.statuses.items():
                if normal(found[2]) in words:
                    return found[1].strip(), status
        return text, None

    def _check_total(self, row: _Row, cells: dict[int, Cell]) -> None:
        """A row's own sum is of all its years, with or without what is already paid."""
        for column in (column for column in self.table.columns if column.role == "total"):
            stated = self._stated_sum(cells.get(column.index), SUM_COLUMN)
            whole = self._row_sum(row, [year.index for year in self.amount_columns])
            row.amounts[column.index] = whole if stated is None else stated
            if stated is None or whole is None:
                continue
            unpaid = [year.index for year in self.amount_columns if year.stage != "before"]
            if stated != self._row_sum(row, unpaid):
                self._compare(cells[column.index], stated, whole, len(self.amount_columns))

    @staticmethod
    def _row_sum(row: _Row, indexes: list[int]) -> Decimal | None:
        amounts = [row.amounts.get(index, Decimal(0)) for index in indexes]
        return None if None in amounts else sum(amounts, Decimal(0))

    def _check_sum_row(self, cells: dict[int, Cell], label: str) -> None:
        """A sum is of the rows since the last one, of its department, or of everything above."""
        columns = [*self.amount_columns, *(c for c in self.table.columns if c.role == "total")]
        stated = {
            column.index: self._stated_sum(cells.get(column.index), SUM) for column in columns
        }
        self.ledger.leave(self.sheet, cells.values(), SUM)
        block, everything = self.rows[self.last_sum :], self.rows
        same_department = [row for row in self.rows if row.department == self.department]
        self.last_sum = len(self.rows)
        self.since_last_sum = {}
        for group in (block, same_department, everything):
            sums = {index: self._column_sum(group, index) for index in stated}
            if group and all(
                found is None or sums[index] in (None, found) for index, found in stated.items()
            ):
                return
        group = everything if label.startswith("total") or not block else block
        for index, found in stated.items():
            expected = self._column_sum(group, index)
            if found is not None and expected is not None and found != expected:
                self._compare(cells[index], found, expected, len(group))

    @staticmethod
    def _column_sum(rows: list[_Row], index: int) -> Decimal | None:
        """None when a part was refused: then the sum says nothing."""
        amounts = [row.amounts.get(index, Decimal(0)) for row in rows]
        return None if None in amounts else sum(amounts, Decimal(0))

    def _stated_sum(self, cell: Cell | None, reason: str) -> Decimal | None:
        """What a sum cell says, in kronor. None when there is nothing to compare with."""
        if cell is None:
            return None
        self.ledger.leave(self.sheet, [cell], reason)
        if cell.kind == "uncached":
            self.ledger.warn(self.sheet, cell, "sum_not_checked", SUM_NOT_CHECKED)
            return None
        amount = read_amount(self.ledger, self.sheet, cell, self.unit, negative=True)
        return None if amount is None else amount.value

    def _compare(self, cell: Cell, found: Decimal, expected: Decimal, parts: int) -> None:
        """A finding when a sum and its parts differ by more than öre; rounding is no error."""
        difference = abs(found - expected)
        if difference <= ORE * parts:
            return
        fields = {"found": written(found), "expected": written(expected)}
        if difference <= self.unit * parts / 2:
            self.ledger.warn(self.sheet, cell, "sum_rounded", SUM_ROUNDED, **fields)
        else:
            self.ledger.error(self.sheet, cell, "sum_differs", SUM_DIFFERS, **fields)


def _measures(
    rows: list[_Row], ledger: Ledger
) -> tuple[tuple[Measure, ...], tuple[NamedFunding, ...]]:
    """The rows as measures with ids, each once."""
    short = [slug(row.number, row.name) for row in rows]
    measures, funding, seen = [], [], {}
    for row, brief in zip(rows, short, strict=True):
        made = brief if short.count(brief) == 1 else slug(row.number, row.name, row.department)
        if made in seen:
            fields = {"name": row.name, "other": seen[made]}
            ledger.error(row.sheet, row.cell, "same_row_twice", SAME_ROW, **fields)
            continue
        seen[made] = row.cell.ref
        try:
            measures.append(_measure(row, made))
        except ValidationError as error:
            problem = "; ".join(fault["msg"] for fault in error.errors(include_url=False))
            ledger.error(row.sheet, row.cell, "bad_row", BAD_ROW, name=row.name, problem=problem)
            continue
        funding += [NamedFunding(made, *named) for named in row.funding]
    return tuple(measures), tuple(funding)


def _measure(row: _Row, made: str) -> Measure:
    return Measure(
        id=made,
        name=row.name,
        owner=row.rule.owner if row.rule else "",
        owner_kind=row.rule.owner_kind if row.rule else None,
        department=row.department,
        project_number=row.number,
        expenditures=tuple(row.expenditures),
        appropriations=tuple(row.appropriations),
        source_ref=row.ref,
        **row.values,
    )
