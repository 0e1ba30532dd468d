"""The national emissions database's own Excel download, as a plan's baseline.

Its layout: a few rows that say what the file is (among them the substance), a row with the years
over the figures, and under it or in it the headings *Huvudsektor, Undersektor, Län, Kommun*. A row
is a sector in a place; *Alla* is the sum over what its column tells apart, so a main sector of a
municipality is the row whose sub-sector is *Alla*. Numbers may stand as text. The file is read as
every other (:mod:`guard`, in a child process).

Only the sum of greenhouse gases (CO2e) and fossil carbon dioxide are baselines; the database counts
tonnes where they are emitted. What cannot be read is named by sheet and cell; with an error nothing
is to be saved.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz, process

from model.emission_rows import BaselineYear
from model.errors import InvalidData, Violation
from model.intake.agency_list import same
from model.intake.guard import read as read_cells
from model.intake.mapping import normal
from model.intake.numbers import parse
from model.intake.reader import Cell, Sheet, Workbook
from model.reference import reference

_SOURCE = "SMHI, Nationella emissionsdatabasen"
HEADINGS = ("huvudsektor", "undersektor", "län", "kommun")
HEADING_ROWS = 30
ALL = "alla"
# A sum may differ from its parts by what each of them was rounded.
LEAST_TOLERANCE, TOLERANCE = Decimal(1), Decimal("0.001")
DECIMALS = Decimal("0.000001")
MOST_TONNES = Decimal("1e12")
NO_TONNES = "“{found}” is no amount of tonnes: expected a number of zero or more."
# What the file says of its substance, most particular first; other substances are refused.
_GASES = (
    (re.compile(r"v[äa]xthusgaser totalt|\bggt\b|greenhouse gases? total"), "co2e"),
    (re.compile(r"koldioxid \(co2\)|\bkoldioxid\b(?!ekv)|sub=co2\b"), "fossil_co2"),
    (re.compile(r"(?<![a-z0-9])co2(?!-? ?ekv)(?![a-z0-9])"), "fossil_co2"),
    (re.compile(r"co2-? ?ekv"), "co2e"),
)
_OTHER = re.compile(
    r"metan|lustgas|kv[äa]ve|partiklar|ammoniak|svavel|fluorkol|\bch4\b|\bn2o\b|\bnox\b"
)
_BIOGENIC = re.compile(r"biogen")
_UNIT = re.compile(
    r"\b(kilogram|kg|gram|kiloton|kton|kt|gg|megaton|mton|mt|tg"
    r"|(?:tusen|tusental|miljon(?:er)?|milj\.?|mn|1[ .]?000(?:[ .]?000)?)[ -]?"
    r"(?:ton|t))\b"
)


@dataclass(frozen=True)
class NedFile:
    """A download as it was read: the municipality's ``rows`` by sector and year, and findings.

    ``missing`` counts cells without a figure: they are not read as zero.
    """

    file: str
    municipality: str
    gas: str
    rows: tuple[BaselineYear, ...]
    missing: int
    violations: tuple[Violation, ...]

    @property
    def errors(self) -> tuple[Violation, ...]:
        """What must be mended in the file before its rows are saved."""
        return tuple(each for each in self.violations if each.severity == "error")

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the figures, in order."""
        return tuple(sorted({row.year for row in self.rows}))


def read_ned(content: bytes, name: str, municipality: str) -> NedFile:
    """A municipality's emissions, by its name, in an uploaded download.

    InvalidData, naming the file, when it cannot be read or is no such download.
    """
    return understood(read_cells(content, name), municipality)


def understood(book: Workbook, municipality: str) -> NedFile:
    """A municipality's emissions in a workbook that has been read."""
    if not municipality.strip():
        raise InvalidData("Say which municipality's emissions are to be read.")
    table = _find_table(book)
    gas = _gas(book, table)
    reading = _Reading(book.file, table, gas, municipality)
    rows = reading.rows()
    return NedFile(book.file, municipality, gas, tuple(rows), reading.missing, tuple(reading.found))


@dataclass(frozen=True)
class _Table:
    """Where things stand on the sheet: the row of headings, their columns, and the years'."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    years: Mapping[int, int]


class _Reading:
    """The rows of one municipality, and what is wrong with them."""

    def __init__(self, file: str, table: _Table, gas: str, municipality: str):
        self.file, self.table, self.gas, self.municipality = file, table, gas, municipality
        self.sectors = {_squeezed(each.name): key for key, each in reference().ned_sectors.items()}
        self.found: list[Violation] = []
        self.missing = 0

    def rows(self) -> list[BaselineYear]:
        """One row per main sector and year that has a figure."""
        found: list[BaselineYear] = []
        taken: dict[str, int] = {}
        whole: Mapping[int, Cell] | None = None
        names: set[str] = set()
        for number, cells in self.table.sheet.rows.items():
            if number <= self.table.row or not self._text(cells, "huvudsektor"):
                continue
            place = self._text(cells, "kommun")
            names.add(place)
            if not same(self.municipality, place):
                continue
            main, sub = (self._text(cells, each) for each in HEADINGS[:2])
            if sub.casefold() != ALL:
                continue
            if main.casefold() == ALL:
                whole = cells
                continue
            key = self.sectors.get(_squeezed(main))
            if key is None:
                self._refuse(
                    "unknown_sector",
                    self._at(number, "huvudsektor"),
                    "“{found}” is no main sector of the database; it has {known}. Download the "
                    "file anew.",
                    found=main,
                    known=", ".join(each.name for each in reference().ned_sectors.values()),
                )
            elif key in taken:
                self._refuse(
                    "sector_twice",
                    self._at(number, "huvudsektor"),
                    "{sector} stands already in row {row}: take one of them away.",
                    sector=main,
                    row=taken[key],
                )
            else:
                taken[key] = number
                found += self._years(key, number, cells)
        if not taken:
            self._not_there(names - {"", "Alla", ALL})
            return []
        if not found and not self.found:
            self._refuse(
                "no_figures",
                f"{self.file}!{self.table.sheet.title}",
                "{file} has no figure for {municipality}: each of its {count} cells is empty or "
                "says that there is none. Download the file anew.",
                file=self.file,
                municipality=self.municipality,
                count=self.missing,
            )
        self._check(found, taken, whole)
        return found

    def _years(self, key: str, number: int, cells: Mapping[int, Cell]) -> Iterator[BaselineYear]:
        for year, column in self.table.years.items():
            tonnes = self._tonnes(cells.get(column), number, column)
            if tonnes is not None:
                yield BaselineYear(
                    sector=key,
                    year=year,
                    gas=self.gas,
                    boundary="territorial",
                    tonnes=tonnes,
                    source_ref=f"{_SOURCE}, {self._cell(number, column)}",
                )

    def _tonnes(self, cell: Cell | None, number: int, column: int) -> Decimal | None:
        """A figure, also one that is written as text. A cell without one is counted."""
        if cell is None or (cell.kind == "text" and cell.text in ("", "-", "–", "..")):
            self.missing += 1
            return None
        value = cell.value if cell.kind == "number" else _number(cell)
        if value is None or not 0 <= value <= MOST_TONNES:
            self._refuse(
                "no_tonnes",
                self._cell(number, column),
                NO_TONNES,
                found=cell.text or cell.kind,
            )
            return None
        return value.quantize(DECIMALS).normalize() + Decimal(0)

    def _check(
        self, rows: list[BaselineYear], taken: Mapping[str, int], whole: Mapping[int, Cell] | None
    ) -> None:
        """Every main sector there is, and together what the file's own sum says."""
        absent = [each.name for key, each in reference().ned_sectors.items() if key not in taken]
        if absent:
            self.found.append(
                Violation(
                    "warning",
                    "sector_missing",
                    f"{self.file}!{self.table.sheet.title}",
                    "The file has no row for {sectors}: the totals are without it.",
                    {"sectors": ", ".join(absent)},
                )
            )
        if whole is None:
            return
        for year, column in self.table.years.items():
            cell = whole.get(column)
            said = cell and (cell.value if cell.kind == "number" else _number(cell))
            parts = [row.tonnes for row in rows if row.year == year]
            if not isinstance(said, Decimal) or len(parts) < len(taken):
                continue
            if not -MOST_TONNES <= said <= MOST_TONNES:
                self._refuse(
                    "no_tonnes", self._cell(cell.row, column), NO_TONNES, found=cell.text[:40]
                )
                continue
            if abs(said - sum(parts)) > max(LEAST_TOLERANCE, abs(said) * TOLERANCE):
                self._refuse(
                    "sum_differs",
                    self._cell(cell.row, column),
                    "The file says that all sectors emitted {said} t in {year}, and its main "
                    "sectors add up to {found} t: download the file anew.",
                    said=said,
                    year=year,
                    found=sum(parts),
                )

    def _not_there(self, names: set[str]) -> None:
        near = process.extract(
            self.municipality, sorted(names), processor=normal, scorer=fuzz.ratio, limit=3
        )
        self._refuse(
            "municipality_not_in_file",
            self._at(self.table.row, "kommun"),
            "The file has no main sectors of {municipality}; it has {count} municipalities, such "
            "as {near}. Choose that municipality in the database, or all of them.",
            municipality=self.municipality,
            count=len(names),
            near=", ".join(name for name, _, _ in near) or "–",
        )

    def _text(self, cells: Mapping[int, Cell], name: str) -> str:
        cell = cells.get(self.table.columns[name])
        return " ".join(cell.text.split()) if cell else ""

    def _at(self, number: int, name: str) -> str:
        return self._cell(number, self.table.columns[name])

    def _cell(self, number: int, column: int) -> str:
        return f"{self.file}!{self.table.sheet.title}!{Cell(number, column, 'text', '').ref}"

    def _refuse(self, code: str, ref: str, template: str, **fields: object) -> None:
        self.found.append(Violation("error", code, ref, template, fields))


def merged(
    standing: Iterable[BaselineYear], read: Iterable[BaselineYear]
) -> tuple[tuple[BaselineYear, ...], int, int, int]:
    """The baseline with a file's rows, and how many are new, changed and gone.

    The file stands instead of every row of its gas and boundary; the others stay.
    """
    read = tuple(read)
    of = {(row.gas, row.boundary) for row in read}
    kept = tuple(row for row in standing if (row.gas, row.boundary) not in of)
    before = {
        (row.sector, row.year): row.tonnes for row in standing if (row.gas, row.boundary) in of
    }
    after = {(row.sector, row.year): row.tonnes for row in read}
    new = len(after.keys() - before.keys())
    changed = sum(after[key] != before[key] for key in after.keys() & before.keys())
    return (*kept, *read), new, changed, len(before.keys() - after.keys())


def _find_table(book: Workbook) -> _Table:
    """The table of the first sheet that has one. InvalidData with what is missing otherwise."""
    for sheet in (each for each in book.sheets if not each.hidden):
        for row, cells in list(sheet.rows.items())[:HEADING_ROWS]:
            said = {normal(cell.text): column for column, cell in reversed(cells.items())}
            if not all(heading in said for heading in HEADINGS):
                continue
            columns = {heading: said[heading] for heading in HEADINGS}
            years = {}
            for over in (cells, sheet.rows.get(row - 1, {})):
                years = years or _years(over, f"{book.file}!{sheet.title}", book.file)
            if years:
                return _Table(sheet, row, columns, years)
            raise _refusal(
                f"{book.file}!{sheet.title}!A{row}",
                "no_years",
                "{file} has the headings of the emissions database but no years over its figures: "
                "download it anew.",
                book.file,
            )
    raise _refusal(
        book.file,
        "no_emissions",
        "{file} is no download from the national emissions database: expected the headings "
        "Huvudsektor, Undersektor, Län and Kommun. Choose sector, county and municipality there "
        "and download as Excel.",
        book.file,
    )


def _years(cells: Mapping[int, Cell], at: str, file: str) -> dict[int, int]:
    """Years by column, in order. InvalidData when two columns are of one year."""
    found: dict[int, Cell] = {}
    for cell in cells.values():
        text = cell.text.removesuffix(".0")
        if not re.fullmatch(r"(19[89]|20[0-9])[0-9]", text):
            continue
        first = found.setdefault(int(text), cell)
        if first is not cell:
            raise _refusal(
                f"{at}!{cell.ref}",
                "year_twice",
                "{file} has the year {year} over two columns, in {first} and {second}: expected "
                "one column a year. Download it anew.",
                file,
                year=text,
                first=first.ref,
                second=cell.ref,
            )
    return {year: cell.column for year, cell in sorted(found.items())}


def _gas(book: Workbook, table: _Table) -> str:
    """Which gas the rows above the table, the sheet's name or the file's name speak of."""
    above = [
        cell.text.casefold()
        for row, cells in table.sheet.rows.items()
        if row < table.row
        for cell in cells.values()
    ]
    at = f"{book.file}!{table.sheet.title}!A1"
    for texts in (
        above,
        [table.sheet.title.casefold()],
        [re.sub(r"[_.]", " ", book.file.casefold())],
    ):
        said = re.sub(r"\s+", " ", " ".join(texts))
        unit = _UNIT.search(said)
        if unit and texts is above:
            raise _refusal(
                at,
                "other_unit",
                "{file} is in {found}: a baseline is in tonnes. Download the sum of greenhouse "
                "gases or carbon dioxide, which are in tonnes.",
                book.file,
                found=unit[0],
            )
        gas = next((gas for pattern, gas in _GASES if pattern.search(said)), None)
        whole = gas == "co2e" and _GASES[0][0].search(said)
        other = _BIOGENIC.search(said) or (None if whole else _OTHER.search(said))
        if other:
            raise _refusal(
                at,
                "other_substance",
                "{file} is about {found}: a baseline is the sum of greenhouse gases (Växthusgaser "
                "totalt) or fossil carbon dioxide (Koldioxid). Choose one of them in the database.",
                book.file,
                found=other[0],
            )
        if gas:
            return gas
    raise _refusal(
        at,
        "no_substance",
        "{file} does not say which substance it is about: expected Växthusgaser totalt or "
        "Koldioxid (CO2) above the table, or GGT or CO2 in the file's name.",
        book.file,
    )


def _refusal(ref: str, code: str, template: str, file: str, **fields: object) -> InvalidData:
    fields = {"file": file, **fields}
    return InvalidData(template, (Violation("error", code, ref, template, fields),), **fields)


def _number(cell: Cell) -> Decimal | None:
    """A number that stands as text, with a decimal point or a decimal comma."""
    text = re.sub(r"[\s\u00a0\u202f]", "", cell.text).replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        read = parse(cell.text)
        return read.value if not read.reason and not read.unit else None
    return found if found.is_finite() else None


def _squeezed(name: str) -> str:
    """A sector's name without spaces, which the database has set differently over the years."""
    return "".join(name.casefold().split())
