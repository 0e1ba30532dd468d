"""What the readers of all formats share: cells on their way to the parent, limits, and refusals."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from operator import itemgetter

# What a table has room for. A cell far outside makes readers ask for memory by its distance.
MAX_AREA = 5_000_000
MAX_MERGED = 1_000_000
MAX_TEXT = 20_000_000
# As cells with their addresses these take about 700 MB of the server's memory.
MAX_CELLS = 1_500_000
# A spreadsheet keeps fifteen significant digits; what comes after them is noise of its arithmetic.
DIGITS = 15
_BEYOND = 10**DIGITS

DAMAGED = (
    "The workbook {file} cannot be read: it is damaged, or no spreadsheet program wrote it. "
    "Open it in Excel, save it as .xlsx and try again."
)
OUT_OF_MEMORY = (
    "The workbook {file} needs more memory than a budget sheet may take, and was not read. "
    "Save the sheet with the budget as a workbook of its own and try again."
)
FAR_CELL = (
    "The workbook {file} has a cell in {ref} on the sheet {sheet}, far outside its table. "
    "Delete the empty rows and columns in between and try again."
)
MERGED = (
    "The workbook {file} merges the cells {ref}, which is more than a table has. "
    "Split the merged cells and try again."
)
SAME_ADDRESS = (
    "The workbook {file} has two cells with the address {ref}, which no spreadsheet program "
    "writes. Open it in Excel, look at that cell, save it as .xlsx and try again."
)
TOO_MUCH_TEXT = (
    "The workbook {file} holds more text than a budget sheet may. "
    "Save the sheet with the budget as a workbook of its own and try again."
)
TOO_MANY_CELLS = (
    "The workbook {file} holds {cells} cells, and at most {limit} are read. "
    "Save the sheet with the budget as a workbook of its own and try again."
)
SAME_TITLE = (
    "The workbook {file} has two sheets with the name {sheet}, which no spreadsheet program "
    "writes. Give them names of their own and try again."
)
SECOND_READER = (
    "The workbook {file} was read by one of two readers only, so its figures could not be checked "
    "against each other. Open it in Excel, save it as .xlsx and try again."
)

# One letter per kind of cell, for the way to the parent.
KINDS = {
    "number": "n",
    "text": "t",
    "date": "d",
    "boolean": "b",
    "error": "e",
    "uncached": "u",
    "out_of_range": "o",
}
KIND_OF = {letter: kind for kind, letter in KINDS.items()}
NUMBER, TEXT = KINDS["number"], KINDS["text"]


class Refused(Exception):
    """This file will not be read; ``template`` and ``fields`` make the sentence why.

    ``code`` names the rule for the finding.
    """

    def __init__(self, template: str, code: str = "unreadable", **fields: str):
        super().__init__(template)
        self.template, self.code, self.fields = template, code, fields


@dataclass
class Book:
    """A file as it was read: its sheets, and remarks on how, each (template, fields)."""

    sheets: list["Page"]
    notes: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def as_json(self) -> dict:
        """What ``reader.from_json`` takes. Refused when it is more than a budget has, or when an
        address would not say which sheet it is on."""
        titles: set[str] = set()
        for page in self.sheets:
            if page.title in titles:
                raise Refused(SAME_TITLE, sheet=page.title)
            titles.add(page.title)
        if sum(page.text_size for page in self.sheets) > MAX_TEXT:
            raise Refused(TOO_MUCH_TEXT)
        cells = sum(page.size for page in self.sheets)
        if cells > MAX_CELLS:
            raise Refused(TOO_MANY_CELLS, cells=str(cells), limit=str(MAX_CELLS))
        return {"notes": self.notes, "sheets": [page.as_json() for page in self.sheets]}


@dataclass
class Page:
    """One sheet on its way to the parent. Rows and columns count from 1.

    ``textual`` is a sheet of a text file, where a text that is a plain number counts as one.
    ``cells`` are (row, column, letter of :data:`KINDS`, value, number of its format, is a formula).
    """

    title: str
    hidden: bool = False
    textual: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    cells: list[tuple] = field(default_factory=list)
    # What few cells have, by the index of the cell.
    serials: dict[int, str] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)
    seconds: dict[int, str] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)
    _formats: dict[str, int] = field(default_factory=lambda: {"": 0})

    def add(
        self,
        row: int,
        column: int,
        kind: str,
        value: str | bool | None,
        *,
        formula: bool = False,
        number_format: str = "",
        serial: str | None = None,
        comment: str = "",
        second: str | None = None,
        covered: bool = False,
    ) -> None:
        """One cell that holds something: the fields of ``reader.Cell``, its numbers as text."""
        index = len(self.cells)
        self.cells.append((row, column, KINDS[kind], value, self.shape(number_format), formula))
        if serial is not None:
            self.serials[index] = serial
        if comment:
            self.comments[index] = comment
        if second is not None:
            self.seconds[index] = second
        if covered:
            self.covered.add(index)

    def shape(self, number_format: str) -> int:
        """The number by which cells have a format."""
        return self._formats.setdefault(number_format, len(self._formats))

    def without(self, indexes: Container[int]) -> "Page":
        """The page without some of its cells."""
        kept = [index for index in range(len(self.cells)) if index not in indexes]
        place = {index: number for number, index in enumerate(kept)}
        serials, comments, seconds = (
            {place[index]: value for index, value in sparse.items() if index in place}
            for sparse in (self.serials, self.comments, self.seconds)
        )
        return replace(
            self,
            cells=[self.cells[index] for index in kept],
            serials=serials,
            comments=comments,
            seconds=seconds,
            covered={place[index] for index in self.covered if index in place},
        )

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.cells)

    @property
    def text_size(self) -> int:
        """How many characters its texts and comments have."""
        texts = sum(len(cell[3]) for cell in self.cells if cell[2] == TEXT)
        return texts + sum(map(len, self.comments.values()))

    def _numeric_texts(self) -> Iterator[int]:
        for index, cell in enumerate(self.cells if self.textual else ()):
            if cell[2] == TEXT and is_plain_number(cell[3]):
                yield index

    def as_json(self) -> dict:
        """Columns of values instead of rows of fields: a third of the bytes, and of the time."""
        rows, columns, kinds, values, formats, formulas = (
            zip(*self.cells, strict=True) if self.cells else [()] * 6
        )
        return {
            "title": self.title,
            "hidden": self.hidden,
            "textual": self.textual,
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
            "merged": self.merged,
            "rows": rows,
            "columns": columns,
            "kinds": "".join(kinds),
            "values": values,
            "formats": formats,
            "palette": list(self._formats),
            "formulas": [index for index, formula in enumerate(formulas) if formula],
            "serials": list(self.serials.items()),
            "comments": list(self.comments.items()),
            "seconds": list(self.seconds.items()),
            "numeric_texts": list(self._numeric_texts()),
            "covered": sorted(self.covered),
        }


_SPACE = "[ \u00a0\u202f\u2009]"
# Groups of three with one separator, and a decimal sign that is another; or digits without groups.
_DIGITS = rf"(?:\d{{1,3}}({_SPACE}|[.,'])\d{{3}}(?:\1\d{{3}})*(?:(?!\1)[.,]\d+)?|\d+(?:[.,]\d+)?)"
_PLAIN_NUMBER = re.compile(
    rf"\(?[-+\u2212\u2013]?{_SPACE}?{_DIGITS}(?:[eE][-+]?\d+)?{_SPACE}?(?:[-\u2212]|%|kr|:-)?\)?"
)


def is_plain_number(text: str) -> bool:
    """A spreadsheet would have it as a number: digits with their signs, separators, % or kr.

    What the number is, and whether it can be told, is not said here.
    """
    return text[:40].strip()[:1] in "0123456789-+(\u2212\u2013" and bool(
        _PLAIN_NUMBER.fullmatch(text.strip())
    )


@cache
def column_letter(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """``G6`` for row 6, column 7."""
    return f"{column_letter(column)}{row}"


def refuse_far_cells(places: Iterable[tuple], title: str) -> None:
    """Refused when the area to the last row and column is more than a table has room for.

    A place begins with its row and column.
    """
    places = list(places)
    if not places:
        return
    row, column = max(map(itemgetter(0), places)), max(map(itemgetter(1), places))
    if row * column > MAX_AREA:
        far = max(places, key=lambda place: place[0] * place[1])
        raise Refused(FAR_CELL, ref=address(*far[:2]), sheet=title)


def refuse_large_merges(ranges: Iterable[tuple[int, int, int, int]]) -> None:
    """Refused when merged (top, left, bottom, right) together are more than a table has."""
    area = 0
    for top, left, bottom, right in ranges:
        area += (bottom - top + 1) * (right - left + 1)
        if area > MAX_MERGED:
            raise Refused(MERGED, ref=f"{address(top, left)}:{address(bottom, right)}")


def covered_places(ranges: Iterable[tuple[int, int, int, int]]) -> Iterator[tuple[int, int]]:
    """The places under merged (top, left, bottom, right) that nobody sees."""
    for top, left, bottom, right in ranges:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    yield row, column


def number(value: float, stored: str = "") -> tuple[str, str]:
    """Kind and text of a number, to the fifteen digits that a spreadsheet keeps.

    ``stored`` is how the file has it: what is shown when it is more than a number can be.
    """
    # No comparison holds for what is no number.
    if not -_BEYOND < value < _BEYOND:
        return "out_of_range", stored or f"{value:.17g}"
    return "number", str(value) if isinstance(value, int) else f"{value:.{DIGITS}g}"


def iso(value: object) -> str:
    """A date, a point in time, a time of day or a length of time as text."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return str(value) if isinstance(value, timedelta) else value.isoformat()


def serial(value: object, epoch: datetime) -> str:
    """The number behind a date, to the second or so: readers differ in the digits after that."""
    from openpyxl.utils.datetime import to_excel

    return f"{to_excel(value, epoch):.10g}"


def same(kind: str | None, value: object, behind: str | None, other: object, epoch) -> bool:
    """The second reader saw the same: ``other`` is its value, None where it saw nothing.

    ``kind`` is None where the first reader saw nothing; ``behind`` is the number behind a date.
    """
    if kind == "number":
        if isinstance(other, bool) or not isinstance(other, (int, float)):
            return False
        return other == float(value) or number(float(other)) == (kind, value)
    if kind == "date":
        if isinstance(other, date | time | timedelta):
            return serial(other, epoch) == behind
        return isinstance(other, int | float) and f"{other:.10g}" == behind
    if kind == "text":
        return other == value or " ".join(str(other).split()) == " ".join(value.split())
    if kind == "boolean":
        return other is value
    # What is refused anyway cannot disagree; what one reader does not see at all can.
    return kind is not None or other is None
