"""Factors for what a krona of purchases emits, out of the user's own file: Excel, CSV or YAML.

No factor comes with the program. What a row lacks is named by sheet and cell, and then nothing is
saved; a factor without its source is none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import yaml
from pydantic import ValidationError

from model.datafile import LOADER, parse_yaml
from model.errors import InvalidData, Violation
from model.forms.problems import told
from model.intake import headed
from model.intake.guard import base_name
from model.intake.guard import read as read_cells
from model.intake.headed import Headed, Layout
from model.intake.numbers import parse
from model.intake.reader import Cell, Workbook
from model.spend_rows import Intensity

LAYOUT = "intensities"
MOST_YAML = 2**20
DEEPEST = 50

NO_FACTOR = (
    "“{found}” is no factor: write kg CO2e per krona as a number of zero or more, such as 0,025."
)
NO_WORD = "“{found}” is not one of {expected}: write one of them."
NO_SOURCE = "The factor has no source: say where it comes from. A factor without a source is none."
NO_PRICE_YEAR = "“{found}” is no year: write the year whose kronor the factor is per, such as 2019."
ONE_OF_TWO = (
    "A factor is of a category or of a range of accounts in digits: give one of the two, and a "
    "range that does not end before it begins."
)
HIDDEN = "The row is hidden and is not read: show it in the file if it is to count."
NO_LIST = (
    "{file} holds no factors: expected intensities, a list with kg_per_krona, price_year, "
    "boundary, source and category or account_from."
)
TOO_LONG = "The file {file} is larger than any list of factors. Choose the file with the factors."
ALIASES = "{file} repeats parts of itself by reference (& and *): write them out."

TOO_DEEP = "{file} has lists within lists in more than {most} levels: expected one list of factors."


@dataclass(frozen=True)
class IntensityReading:
    """Factors as they were read, and what is wrong."""

    file: str
    rows: tuple[Intensity, ...]
    violations: tuple[Violation, ...] = ()

    @property
    def errors(self) -> tuple[Violation, ...]:
        """What must be mended in the file before its rows are saved."""
        return tuple(each for each in self.violations if each.severity == "error")


def read_intensities(content: bytes, name: str) -> IntensityReading:
    """The factors of an uploaded file. InvalidData, naming it, when it cannot be read."""
    file = base_name(name)
    if file.casefold().endswith((".yaml", ".yml")):
        return _of_yaml(content, file)
    return understood(read_cells(content, name))


def understood(book: Workbook) -> IntensityReading:
    """The factors of a workbook that has been read."""
    layout = headed.layout(LAYOUT)
    table = headed.find(book, layout)
    found: list[Violation] = []
    rows = []
    for number, cells in table.sheet.rows.items():
        if number <= table.row or not any(table.text(cells, name) for name in layout.columns):
            continue
        if any(table.sheet.is_hidden(cell) for cell in cells.values()):
            at = table.ref(number, "kg_per_krona")
            found.append(Violation("warning", "hidden_row", at, HIDDEN))
            continue
        rows += _row(table, layout, number, cells, found)
    return IntensityReading(book.file, tuple(rows), tuple(found))


def _row(
    table: Headed, layout: Layout, number: int, cells: Mapping[int, Cell], found: list[Violation]
) -> Iterator[Intensity]:
    before = len(found)

    def refuse(code: str, field: str, template: str, **fields: object) -> None:
        found.append(Violation("error", code, table.ref(number, field), template, fields))

    factor = _number(table.cell(cells, "kg_per_krona"))
    if factor is None or factor < 0:
        refuse("no_factor", "kg_per_krona", NO_FACTOR, found=table.text(cells, "kg_per_krona"))
    price_year = _number(table.cell(cells, "price_year"))
    if price_year is None or price_year != int(price_year) or not 1990 <= price_year <= 2100:
        said = table.text(cells, "price_year")
        refuse("no_price_year", "price_year", NO_PRICE_YEAR, found=said)
    words = {}
    for field in layout.words:
        text = table.text(cells, field)
        words[field] = layout.value(field, text) if text or field != "vat" else "unknown"
        if not words[field]:
            expected = ", ".join(each[0] for each in layout.words[field].values())
            refuse(f"no_{field}", field, NO_WORD, found=text, expected=expected)
    if not table.text(cells, "source"):
        refuse("no_source", "source", NO_SOURCE)
    if len(found) > before:
        return
    try:
        yield Intensity(
            **{
                field: table.text(cells, field)[:500]
                for field in ("category", "account_from", "account_to", "source", "note")
            },
            **words,
            kg_per_krona=factor,
            price_year=int(price_year),
            source_ref=table.ref(number, "kg_per_krona"),
        )
    except ValidationError:
        refuse("one_of_two", "category", ONE_OF_TWO)


def _number(cell: Cell | None) -> Decimal | None:
    if cell is None:
        return None
    if cell.kind == "number":
        return cell.value
    if cell.kind == "date" and cell.serial is not None:
        return cell.serial
    if cell.kind != "text":
        return None
    said = parse(cell.text)
    if said.reason == "ambiguous":
        # A factor below one with three decimals cannot be in thousands: 0.025 is that.
        said = parse(cell.text, "decimal")
    return said.value if said.reason is None and not said.unit and not said.flag else None


def _of_yaml(content: bytes, file: str) -> IntensityReading:
    if len(content) > MOST_YAML:
        raise InvalidData(TOO_LONG, file=file)
    _refuse_odd(content, file)
    listed = parse_yaml(content, file).get("intensities")
    if not isinstance(listed, list):
        found = Violation("error", "no_list", file, NO_LIST, {"file": file})
        raise InvalidData(NO_LIST, (found,), file=file)
    rows, violations = [], []
    for number, item in enumerate(listed, 1):
        at = f"{file}!intensities!{number}"
        try:
            fields = dict(item) if isinstance(item, dict) else {"": item}
            rows.append(Intensity.model_validate({**fields, "source_ref": at}))
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                place = "!".join([at, *map(str, fault["loc"])])
                violations.append(Violation("error", "bad_factor", place, *told(fault)))
    return IntensityReading(file, tuple(rows), tuple(violations))


def _refuse_odd(content: bytes, file: str) -> None:
    """A small file may name a part of itself a million times over, or be endlessly deep."""
    depth = 0
    try:
        for event in yaml.parse(content.decode("utf-8-sig"), Loader=LOADER):
            if isinstance(event, yaml.AliasEvent):
                raise InvalidData(ALIASES, file=file)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise InvalidData(TOO_DEEP, file=file, most=DEEPEST)
    except (UnicodeDecodeError, yaml.YAMLError):
        return  # said better where it is read
