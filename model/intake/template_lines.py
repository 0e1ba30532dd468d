"""The lines of a template sheet: where its header is, and a cell for each field of each line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from model.intake.fields import read_field
from model.intake.ledger import Ledger
from model.intake.mapping import Column, Template, TemplateSheet, normal
from model.intake.numbers import Point
from model.intake.reader import Cell, Sheet, column_letter

ABOVE = "above the table"
HEADING = "a heading"
HIDDEN = "hidden in the workbook"
EXAMPLE = "the example row"
NOT_USED = "not used yet: {heading}"
NO_COLUMN = "a column that the template does not have"

REQUIRED = "The cell is empty under {heading}, which has to be filled in."
COLUMN_NOT_USED = "The column {heading} is not used yet. What stands there is left out."
OTHER_COLUMN = (
    "The column {heading} is not the template's. What stands there is left out; move it to one of "
    "the template's columns if it is to be read."
)
SAME_YEAR = (
    "Two columns are for {year}, {other} and this one. Delete the one that is not to be read."
)
DEFAULTED = "The cell is empty under {heading}: it is read as {default}."


@dataclass(frozen=True)
class Line:
    """A filled-in row. ``cells`` are by field, ``years`` the cells of the year columns by year.

    ``all_years`` are the years that the sheet has columns for, ``known`` is the sheet as the
    template has it, ``point`` what a person has said of ``1.234``.
    """

    ledger: Ledger
    sheet: Sheet
    row: int
    columns: dict[str, tuple[Column, int]]
    cells: dict[str, Cell]
    years: dict[int, Cell]
    all_years: tuple[int, ...]
    unit: Decimal
    known: TemplateSheet
    point: Point | None
    _values: dict[str, object] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """The line as a source: the address of its first cell."""
        first = min(index for _, index in self.columns.values())
        return f"{self.ledger.ref(self.sheet)}!{column_letter(first)}{self.row}"

    def value(self, name: str) -> object:
        """The field's value, read once; its default, or None, when the cell is empty or refused."""
        if name not in self._values:
            self._values[name] = self._read(name)
        return self._values[name]

    def source(self, name: str) -> str:
        """Where the field stands."""
        return self.ledger.ref(self.sheet, self.place(name))

    def yearly(self) -> dict[int, Decimal]:
        """Kronor by year, of the years that state an amount; none where no year has a column."""
        column, _ = self.columns.get("years", (None, 0))
        found = {
            year: read_field(self.ledger, self.sheet, cell, column, self.unit, self.point)
            for year, cell in sorted(self.years.items())
        }
        return {year: amount for year, amount in found.items() if amount is not None}

    def place(self, name: str) -> Cell:
        """The field's cell, also when it is empty."""
        if name in self.cells:
            return self.cells[name]
        _, index = self.columns.get(name) or next(iter(self.columns.values()))
        return Cell(self.row, index, "text", "")

    def error(self, name: str, code: str, template: str, /, **fields: object) -> None:
        """A finding at a field that stops the import."""
        self.ledger.error(self.sheet, self.place(name), code, template, **fields)

    def warn(self, name: str, code: str, template: str, /, **fields: object) -> None:
        """A finding at a field that stops nothing."""
        self.ledger.warn(self.sheet, self.place(name), code, template, **fields)

    def _read(self, name: str) -> object:
        column = next((column for column in self.known.columns if column.field == name), None)
        cell = self.cells.get(name)
        if column is None:
            return None
        if cell is not None and (cell.text or cell.kind != "text"):
            return read_field(self.ledger, self.sheet, cell, column, self.unit, self.point)
        fields = {"heading": column.heading}
        if column.required and name in self.columns:
            self.error(name, "required", REQUIRED, **fields)
        if column.default:
            self.warn(name, "defaulted", DEFAULTED, **fields, default=column.default)
            return column.choices[column.default]
        return None


def sheet_named(sheets: tuple[Sheet, ...], known: TemplateSheet) -> Sheet | None:
    """The workbook's sheet with the title of the template's, with or without its number."""
    wanted = {normal(known.title), normal(known.title).split(" ", 1)[1]}
    return next((sheet for sheet in sheets if normal(sheet.title) in wanted), None)


def header_row(sheet: Sheet, known: TemplateSheet) -> int | None:
    """The row with the headings that have to be filled in, or with most of all headings."""
    wanted = {normal(c.heading) for c in known.columns if c.required} or {
        normal(c.heading) for c in known.columns if c.content != "years"
    }
    for row, cells in sheet.rows.items():
        if wanted <= {normal(cell.text) for cell in cells.values()}:
            return row
    return None


def lines(
    ledger: Ledger,
    template: Template,
    known: TemplateSheet,
    sheet: Sheet,
    header: int,
    point: Point | None = None,
) -> Iterator[Line]:
    """The filled-in lines of a sheet, in order. What is not read is left out, by name."""
    cells = sheet.cells.values()
    ledger.leave(sheet, (cell for cell in cells if cell.row < header), ABOVE)
    ledger.leave(sheet, sheet.rows[header].values(), HEADING)
    ledger.leave(sheet, (cell for cell in cells if sheet.is_hidden(cell)), HIDDEN)
    columns, years, unused = _columns(sheet, header, known)
    mark = _mark_column(sheet, header, known, template)
    others: dict[int, Cell] = {}
    for row, in_row in sheet.rows.items():
        visible = {i: c for i, c in in_row.items() if not sheet.is_hidden(c) and c.text}
        visible |= {
            i: c for i, c in in_row.items() if c.kind == "uncached" and not sheet.is_hidden(c)
        }
        if row <= header or not visible:
            continue
        if _is_example(in_row, mark, template):
            ledger.leave(sheet, in_row.values(), EXAMPLE)
            continue
        known_indexes = {index for _, index in columns.values()} | set(years.values())
        for index, cell in visible.items():
            if index in unused:
                ledger.leave(sheet, [cell], NOT_USED, heading=unused[index].heading)
            elif index not in known_indexes:
                ledger.leave(sheet, [cell], NO_COLUMN)
                others.setdefault(index, cell)
        by_field = {name: visible[i] for name, (_, i) in columns.items() if i in visible}
        by_year = {year: visible[i] for year, i in years.items() if i in visible}
        if by_field or by_year:
            yield Line(
                ledger,
                sheet,
                row,
                columns,
                by_field,
                by_year,
                tuple(years),
                template.unit,
                known,
                point,
            )
    _warn_unused(ledger, sheet, header, unused, mark, template)
    for index, first in others.items():
        cell = sheet.rows[header].get(index, first)
        year = re.search(r"(?:19|20)[0-9][0-9]", cell.text)
        if year and int(year[0]) in years:
            other = f"{column_letter(years[int(year[0])])}{header}"
            fields = {"year": year[0], "other": other}
            ledger.error(sheet, cell, "same_year_column", SAME_YEAR, **fields)
        else:
            heading = cell.text if cell is not first else column_letter(index)
            ledger.warn(sheet, cell, "other_column", OTHER_COLUMN, heading=heading)


def _columns(
    sheet: Sheet, header: int, known: TemplateSheet
) -> tuple[dict[str, tuple[Column, int]], dict[int, int], dict[int, Column]]:
    """Columns in use by field with their index, year columns by year, and those not used yet."""
    columns: dict[str, tuple[Column, int]] = {}
    years: dict[int, int] = {}
    unused: dict[int, Column] = {}
    by_heading = {normal(c.heading): c for c in known.columns if c.content != "years"}
    of_years = next((c for c in known.columns if c.content == "years"), None)
    pattern = re.escape(normal(of_years.heading)).replace(r"\{year\}", "") if of_years else "(?!)"
    for index, cell in sheet.rows[header].items():
        if sheet.is_hidden(cell):
            continue
        column = by_heading.get(normal(cell.text))
        year = re.fullmatch(rf"(?:{pattern})?\s*((?:19|20)[0-9][0-9])", normal(cell.text))
        if column is not None and column.field:
            columns.setdefault(column.field, (column, index))
        elif column is not None:
            unused[index] = column
        elif of_years is not None and year:
            columns.setdefault("years", (of_years, index))
            years.setdefault(int(year[1]), index)
    return columns, years, unused


def _mark_column(sheet: Sheet, header: int, known: TemplateSheet, template: Template) -> int | None:
    """Where the example row is marked: the column whose own example is the mark."""
    headings = {normal(c.heading) for c in known.columns if c.example == template.example}
    in_header = sheet.rows.get(header, {})
    return next((i for i, cell in in_header.items() if normal(cell.text) in headings), None)


def _is_example(cells: dict[int, Cell], mark: int | None, template: Template) -> bool:
    """Only the mark itself: a project may well be on Exempelgatan."""
    return mark in cells and cells[mark].text.strip() == template.example


def _warn_unused(
    ledger: Ledger,
    sheet: Sheet,
    header: int,
    unused: dict[int, Column],
    mark: int | None,
    template: Template,
) -> None:
    filled = {
        cell.column
        for row, cells in sheet.rows.items()
        if row > header and not _is_example(cells, mark, template)
        for cell in cells.values()
    }
    for index in sorted(filled & unused.keys()):
        heading = sheet.cells[header, index]
        fields = {"heading": unused[index].heading}
        ledger.warn(sheet, heading, "not_used_yet", COLUMN_NOT_USED, **fields)
