"""A sheet with one row of headings that are known: which column is which, and what is missing.

The layouts are data (``data/mappings/spend``). A heading may say unit and tax besides its word:
*Belopp exkl. moms (tkr)*.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from model.datafile import read_yaml
from model.errors import InvalidData, Violation
from model.intake.mapping import FOLDER, normal
from model.intake.numbers import UNITS
from model.intake.reader import Cell, Sheet, Workbook
from model.spend_rows import Vat

HEADING_ROWS = 20
PLACE = FOLDER / "spend"

MISSING = "{file} lacks the columns {columns}: add them with those headings."
TWICE = (
    "{file} has the heading {heading} over two columns, {first} and {second}: delete one of them, "
    "or give it another heading."
)
NO_TABLE = "{file} holds no table with the columns {columns}: add a row with those headings."

_WITHOUT, _WITH = (re.compile(rf"\b({words})\b") for words in ("exkl|exklusive|utan", "inkl|med"))
_BESIDE = re.compile(
    r"\b(?:exkl|inkl|exklusive|inklusive|utan|med|moms|i)\b\.?|[()\[\],]|\b(?:"
    + "|".join(words for factor, words in UNITS.items())
    + r")(?!\w)"
)


class Layout(BaseModel):
    """What the columns are called, by field, the first spelling the one in the template.

    ``required`` must be there, and one or more of each tuple in ``either``. ``words`` are what
    cells of a field may say, by value. ``not_purchases`` are first digits of accounts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    name_en: str
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...] = Field(min_length=1)
    either: tuple[tuple[str, ...], ...] = ()
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    not_purchases: tuple[str, ...] = ()

    def missing(self, columns: Mapping[str, int]) -> list[str]:
        """The fields that are not among the columns; one of a tuple stands for all of it."""
        return [
            *(name for name in self.required if name not in columns),
            *(names[0] for names in self.either if not set(names) & set(columns)),
        ]

    def headings(self) -> tuple[str, ...]:
        """The headings of the template."""
        return tuple(
            spellings[0][:1].upper() + spellings[0][1:] for spellings in self.columns.values()
        )

    def template(self) -> bytes:
        """An empty file with the headings, as a Swedish spreadsheet opens it."""
        return ("\ufeff" + ";".join(self.headings()) + "\r\n").encode()

    def value(self, field: str, text: str) -> str:
        """What a cell's words mean in a field with ``words``; empty when nobody knows."""
        said = normal(text).replace(".", "")
        for value, spellings in self.words[field].items():
            if said in spellings:
                return value
        return ""


@dataclass(frozen=True)
class Headed:
    """A table that was found: the row of its headings, and the column of each field."""

    file: str
    sheet: Sheet
    row: int
    columns: dict[str, int]

    def heading(self, field: str) -> str:
        """What stands over a column."""
        return self.sheet.cells[self.row, self.columns[field]].text

    def cell(self, cells: Mapping[int, Cell], field: str) -> Cell | None:
        """The cell of a field in a row."""
        return cells.get(self.columns.get(field, 0))

    def text(self, cells: Mapping[int, Cell], field: str) -> str:
        """Its text, with single spaces."""
        cell = self.cell(cells, field)
        return " ".join(cell.text.split()) if cell else ""

    def ref(self, row: int, field: str) -> str:
        """The address of a field in a row: ``file!sheet!E7``."""
        column = self.columns.get(field, 1)
        return f"{self.file}!{self.sheet.title}!{Cell(row, column, 'text', '').ref}"


@cache
def layout(name: str) -> Layout:
    """One of the layouts of ``data/mappings/spend``."""
    return Layout.model_validate(read_yaml(Path(PLACE / f"{name}.yaml")))


def find(book: Workbook, wanted: Layout) -> Headed:
    """The first visible sheet with the headings. InvalidData with what is missing where they come
    closest."""
    closest: tuple[int, list[str], str] | None = None
    for sheet in (each for each in book.sheets if not each.hidden):
        for row, cells in list(sheet.rows.items())[:HEADING_ROWS]:
            columns = _columns(cells, wanted)
            missing = wanted.missing(columns)
            if not missing:
                _refuse_twice(f"{book.file}!{sheet.title}", book.file, cells, columns)
                return Headed(book.file, sheet, row, columns)
            if closest is None or len(columns) > closest[0]:
                closest = (len(columns), missing, f"{book.file}!{sheet.title}!A{row}")
    _, missing, at = closest or (0, wanted.missing({}), book.file)
    some = closest is not None and closest[0] > 1
    named = ", ".join(
        " / ".join(_first(wanted, other) for other in _alternatives(wanted, name))
        for name in (missing if some else wanted.missing({}))
    )
    template = MISSING if some else NO_TABLE
    fields = {"file": book.file, "columns": named}
    found = Violation("error", "missing_columns", at if some else book.file, template, fields)
    raise InvalidData(template, (found,), **fields)


def unit(heading: str) -> Decimal:
    """Kronor per unit of the amounts under a heading; 1 where it names no other unit."""
    said = heading.casefold()
    for factor, words in sorted(UNITS.items(), reverse=True):
        if factor > 1 and re.search(rf"(?<!\w)(?:{words})(?!\w)", said):
            return factor
    return Decimal(1)


def vat(heading: str) -> Vat:
    """Whether the amounts under a heading are without value added tax, or with it."""
    said = heading.casefold()
    if "moms" not in said:
        return "unknown"
    return "excluded" if _WITHOUT.search(said) else "included" if _WITH.search(said) else "unknown"


def _columns(cells: Mapping[int, Cell], wanted: Layout) -> dict[str, int]:
    headings: dict[str, int] = {}
    for column, cell in cells.items():
        said = normal(cell.text)
        for spelling in (said, normal(_BESIDE.sub(" ", said))):
            headings.setdefault(spelling, column)
    found = {}
    for field, spellings in wanted.columns.items():
        at = [headings[normal(each)] for each in spellings if normal(each) in headings]
        if at:
            found[field] = at[0]
    return found


def _refuse_twice(
    at: str, file: str, cells: Mapping[int, Cell], columns: Mapping[str, int]
) -> None:
    """InvalidData when the heading of a column that is read stands over another one too."""
    for column in columns.values():
        first = cells[column]
        for other, cell in cells.items():
            if other != column and normal(cell.text) == normal(first.text):
                fields = {
                    "file": file,
                    "heading": first.text,
                    "first": first.ref,
                    "second": cell.ref,
                }
                found = Violation("error", "heading_twice", f"{at}!{cell.ref}", TWICE, fields)
                raise InvalidData(TWICE, (found,), **fields)


def _alternatives(wanted: Layout, name: str) -> tuple[str, ...]:
    return next((names for names in wanted.either if names[0] == name), (name,))


def _first(wanted: Layout, field: str) -> str:
    first = wanted.columns[field][0]
    return first[:1].upper() + first[1:]
