"""Agencies' lists of what they have granted: read, filtered to a municipality, as rows of a plan.

The layouts are data, one file each in ``data/mappings/agency_lists``: Klimatklivet's own workbook,
and any list with a column for the agency. The file is read as every other (``guard``, in a child
process). What cannot be read is named by sheet and cell; with an error nothing is to be saved.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz import fuzz, process

from model.datafile import read_yaml
from model.errors import InvalidData, Violation
from model.intake.amounts import LARGEST_AMOUNT
from model.intake.guard import read as read_cells
from model.intake.mapping import FOLDER, normal
from model.intake.numbers import parse
from model.intake.reader import Cell, Sheet, Workbook
from model.intake.slugs import slug
from model.money import ORE
from model.municipal_rows import AgencyGrant

HEADING_ROWS = 20
EXCEL_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 32874, 73415  # 1990 to 2100
_TEXTS = ("reference", "organisation", "title", "category", "status")


class Layout(BaseModel):
    """What the columns of a list are called, by field. ``agency`` is whose list it is, empty where
    a column says so; ``programme`` a key of ``data/funding``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    name_en: str
    agency: str = ""
    programme: str = ""
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class AgencyList:
    """A list as it was read: the municipality's ``rows``, how many lie ``elsewhere``, findings."""

    file: str
    layout: Layout
    rows: tuple[AgencyGrant, ...]
    elsewhere: int
    violations: tuple[Violation, ...]

    @property
    def errors(self) -> tuple[Violation, ...]:
        """What must be mended in the file before its rows are saved."""
        return tuple(each for each in self.violations if each.severity == "error")


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout, the most particular first."""
    found = [
        Layout.model_validate(read_yaml(path))
        for path in sorted((FOLDER / "agency_lists").glob("*.yaml"))
    ]
    return tuple(sorted(found, key=lambda each: -len(each.required)))


def read_agency_list(content: bytes, name: str, municipality: str) -> AgencyList:
    """The grants to a municipality, by its name, in an uploaded list.

    InvalidData, naming the file, when it cannot be read or holds no table of grants.
    """
    return understood(read_cells(content, name), municipality)


def understood(book: Workbook, municipality: str) -> AgencyList:
    """The grants to a municipality in a workbook that has been read."""
    if not municipality.strip():
        raise InvalidData("Say which municipality the list is to be filtered to.")
    sheet, layout, row, columns = _table(book)
    reading = _Reading(book.file, sheet, layout, columns)
    rows, elsewhere, names = [], 0, set()
    for number, cells in sheet.rows.items():
        if number <= row:
            continue
        here = reading.municipalities(cells)
        names.update(here)
        if not any(same(municipality, each) for each in here):
            elsewhere += bool(here)
            continue
        rows += reading.grant(number, cells, [each for each in here if each])
    found = [*reading.found, *_twice(rows, book.file, sheet.title, columns)]
    if not rows and not found:
        found.append(_not_there(book.file, sheet.title, row, municipality, names))
    return AgencyList(book.file, layout, tuple(_unlike(rows)), elsewhere, tuple(found))


def same(one: str, other: str) -> bool:
    """Whether two names are of one municipality: ``Karlstads kommun`` is ``Karlstad``."""
    return not _forms(one).isdisjoint(_forms(other))


def _forms(name: str) -> set[str]:
    """The name without what follows it, and then also without the genitive's s (not that of
    ``Borås``)."""
    text = normal(name)
    bare = re.sub(r"\s+(kommun|stad|municipality)$", "", text)
    return {bare, bare.removesuffix("s")} if bare != text else {bare}


class _Reading:
    """Rows of one sheet as grants, and what is wrong with them."""

    def __init__(self, file: str, sheet: Sheet, layout: Layout, columns: Mapping[str, int]):
        self.file, self.sheet, self.layout, self.columns = file, sheet, layout, columns
        self.found: list[Violation] = []

    def municipalities(self, cells: Mapping[int, Cell]) -> list[str]:
        """The names in the row's cell, which may hold several."""
        text = self._text(cells, "municipality")
        return [part.strip() for part in re.split(r"[,;/]| och ", text) if part.strip()]

    def grant(self, row: int, cells: Mapping[int, Cell], here: list[str]) -> Iterator[AgencyGrant]:
        """The row as a grant; nothing when it has no title."""
        texts = {name: self._text(cells, name) for name in _TEXTS}
        agency = self.layout.agency or self._text(cells, "agency")
        at = self._ref(cells, row, "title")
        for name, value in (("title", texts["title"]), ("agency", agency)):
            if not value:
                self._refuse(
                    "missing_value",
                    self._ref(cells, row, name),
                    "The row has no {heading}: fill it in, or take the row away.",
                    heading=self.layout.columns.get(name, (name,))[0],
                )
                return
        yield AgencyGrant(
            id=slug(agency, texts["reference"])
            if texts["reference"]
            else slug(agency, texts["organisation"], texts["title"]),
            agency=agency[:500],
            programme=self.layout.programme,
            **{name: value[:500] for name, value in texts.items()},
            amount=self._amount(row, cells),
            granted_on=self._day(row, cells, "granted_on"),
            ends_on=self._day(row, cells, "ends_on"),
            note=f"Kommuner: {', '.join(here)}" if len(here) > 1 else "",
            source_ref=at,
        )

    def _amount(self, row: int, cells: Mapping[int, Cell]) -> Decimal | None:
        cell = self._cell(cells, "amount")
        if cell is None or (not cell.text and cell.kind == "text"):
            return None
        value = cell.value if cell.kind == "number" else None
        if cell.kind == "text" and self.sheet.textual:
            read = parse(cell.text)
            value = read.value if not read.reason and read.unit in ("", "SEK") else None
        if not isinstance(value, Decimal) or not 0 <= value <= LARGEST_AMOUNT:
            self._refuse(
                "no_amount",
                self._ref(cells, row, "amount"),
                "“{found}” is no amount in kronor: write a number of zero or more, or leave the "
                "cell empty when it is not known.",
                found=cell.text or cell.kind,
            )
            return None
        return value.quantize(ORE)

    def _day(self, row: int, cells: Mapping[int, Cell], name: str) -> str:
        """A date, as a date, as its serial number in Excel, or as text with four-digit year."""
        cell = self._cell(cells, name)
        if cell is None or not cell.text:
            return ""
        serial = cell.value if cell.kind == "number" else None
        if cell.numeric_text:
            serial = parse(cell.text).value
        if serial is not None and FIRST_SERIAL <= serial <= LAST_SERIAL:
            return (EXCEL_ZERO + timedelta(days=int(serial))).isoformat()
        try:
            return date.fromisoformat(cell.text[:10]).isoformat()
        except ValueError:
            self._refuse(
                "no_date",
                self._ref(cells, row, name),
                "“{found}” is no date: write it as 2025-06-30.",
                found=cell.text,
            )
            return ""

    def _cell(self, cells: Mapping[int, Cell], name: str) -> Cell | None:
        return cells.get(self.columns.get(name, 0))

    def _text(self, cells: Mapping[int, Cell], name: str) -> str:
        cell = self._cell(cells, name)
        return " ".join(cell.text.split()) if cell else ""

    def _ref(self, cells: Mapping[int, Cell], row: int, name: str) -> str:
        column = self.columns.get(name, 1)
        return f"{self.file}!{self.sheet.title}!{Cell(row, column, 'text', '').ref}"

    def _refuse(self, code: str, ref: str, template: str, **fields: object) -> None:
        self.found.append(Violation("error", code, ref, template, fields))


def _table(book: Workbook) -> tuple[Sheet, Layout, int, dict[str, int]]:
    """The sheet, layout, row of headings and column of each field. InvalidData with what is missing
    where the headings come closest."""
    closest: tuple[int, list[str], str, Layout] | None = None
    for sheet in (each for each in book.sheets if not each.hidden):
        for row, cells in list(sheet.rows.items())[:HEADING_ROWS]:
            headings = {normal(cell.text): column for column, cell in reversed(cells.items())}
            for layout in layouts():
                columns = {
                    field: headings[spelling]
                    for field, spellings in layout.columns.items()
                    for spelling in reversed(spellings)
                    if spelling in headings
                }
                missing = [field for field in layout.required if field not in columns]
                if not missing:
                    return sheet, layout, row, columns
                at = f"{book.file}!{sheet.title}!A{row}"
                if closest is None or len(columns) > closest[0]:
                    closest = (len(columns), missing, at, layout)
    if closest is None or closest[0] < 2:
        template = (
            "{file} holds no list of grants: expected headings such as Organisationsnamn, Rubrik, "
            "Beviljat belopp and Kommun."
        )
        found = Violation("error", "no_list", book.file, template, {"file": book.file})
        raise InvalidData(template, (found,), file=book.file)
    _, missing, at, layout = closest
    template = "{file} lacks the columns {columns}: add them with those headings."
    fields = {
        "file": book.file,
        "columns": ", ".join(layout.columns[field][0].capitalize() for field in missing),
    }
    raise InvalidData(
        template, (Violation("error", "missing_columns", at, template, fields),), **fields
    )


def _twice(
    rows: list[AgencyGrant], file: str, sheet: str, columns: Mapping[str, int]
) -> Iterator[Violation]:
    first: dict[str, AgencyGrant] = {}
    for row in rows:
        if not row.reference:
            continue
        number = int(re.sub(r".*![A-Z]+", "", row.source_ref))
        before = first.setdefault(row.reference.casefold(), row)
        if before is not row:
            yield Violation(
                "error",
                "reference_twice",
                f"{file}!{sheet}!{Cell(number, columns['reference'], 'text', '').ref}",
                "The case {reference} stands already at {first}: take one of them away.",
                {"reference": row.reference, "first": before.source_ref.split("!")[-1]},
            )


def _unlike(rows: list[AgencyGrant]) -> Iterator[AgencyGrant]:
    """Rows without a reference that are called the same get a number each."""
    taken: dict[str, int] = {}
    for row in rows:
        taken[row.id] = taken.get(row.id, 0) + 1
        again = taken[row.id]
        yield row if again == 1 else row.model_copy(update={"id": f"{row.id}-{again}"})


def _not_there(file: str, sheet: str, row: int, municipality: str, names: set[str]) -> Violation:
    near = process.extract(
        municipality, sorted(names), processor=normal, scorer=fuzz.ratio, limit=3
    )
    return Violation(
        "error",
        "municipality_not_in_list",
        f"{file}!{sheet}!A{row}",
        "No row of the list is in {municipality}; it has {count} municipalities, such as {near}. "
        "Check how the name is written there.",
        {
            "municipality": municipality,
            "count": len(names),
            "near": ", ".join(name for name, _, _ in near) or "–",
        },
    )
