""".ods, LibreOffice's format: one pass over ``content.xml``; calamine is the second reader.

Written by the names of OpenDocument 1.3 (part 3, tables and data styles). Empty rows and cells are
repeated by number; what is repeated with something in it is written out, within limits.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils.datetime import WINDOWS_EPOCH

from .cells import (
    FAR_CELL,
    MAX_AREA,
    Book,
    Page,
    Refused,
    address,
    covered_places,
    iso,
    number,
    refuse_large_merges,
    serial,
)
from .ods_styles import OFFICE, TABLE, TEXT, Styles
from .second import Seen, add_unseen, disagreement, second_reading

_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELL, _COVERED = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
_ROW, _COLUMN, _TABLE = f"{TABLE}table-row", f"{TABLE}table-column", f"{TABLE}table"
_NULL_DATE = f"{TABLE}null-date"
_ROWS, _COLUMNS = f"{TABLE}table-row-group", f"{TABLE}table-column-group"
_ANNOTATION, _PARAGRAPH = f"{OFFICE}annotation", f"{TEXT}p"
# What holds cells or tables that are not the sheet's own: what was deleted, and drawings.
_ELSEWHERE = {f"{TABLE}tracked-changes", f"{TABLE}shapes", f"{OFFICE}annotation"}
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "Err:")
# Beyond the last column that a spreadsheet has there is nothing.
MAX_COLUMNS = 16_384
_NUMBERS = ("float", "currency", "percentage")


def read(content: bytes) -> Book:
    """All tables of a document."""
    document = _Document()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "styles.xml" in archive.namelist():
            with archive.open("styles.xml") as part:
                for _event, element in iterparse(part):
                    document.styles.learn(element)
        with archive.open("content.xml") as part:
            for event, element in iterparse(part, ("start", "end")):
                (document.start if event == "start" else document.end)(element)
    second = second_reading(content)
    return Book([sheet.page(second.get(sheet.title) or Seen([])) for sheet in document.sheets])


class _Document:
    """The tables in their order; a table within a cell or a drawing is not one of the sheets."""

    def __init__(self):
        self.styles = Styles()
        self.sheets: list[_Table] = []
        self._epoch = WINDOWS_EPOCH
        self._depth = self._elsewhere = 0

    def start(self, element: Element) -> None:
        """An element begins; it has its attributes, and nothing in it yet."""
        if element.tag in _ELSEWHERE:
            self._elsewhere += 1
        elif self._elsewhere:
            return
        elif element.tag == _TABLE:
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(_Table(element, self.styles, self._epoch))
        elif self._depth == 1 and element.tag in (_ROWS, _COLUMNS):
            self.sheets[-1].enter(element)

    def end(self, element: Element) -> None:
        """An element is complete."""
        tag = element.tag
        if tag in _ELSEWHERE:
            self._elsewhere -= 1
        elif self._elsewhere:
            return
        elif tag == _TABLE:
            self._depth -= 1
        elif tag == _NULL_DATE:
            self._epoch = datetime.fromisoformat(element.get(f"{TABLE}date-value", "1899-12-30"))
        elif self._depth == 0:
            self.styles.learn(element)
        elif self._depth == 1:
            self.sheets[-1].add(element)
            if tag == _ROW:
                element.clear()


class _Table:
    """One sheet: its cells by place, as the first reader has them."""

    def __init__(self, element: Element, styles: Styles, epoch: datetime):
        self.title = element.get(f"{TABLE}name", "")
        self._styles, self._epoch = styles, epoch
        self._hidden = not styles.is_displayed(element.get(f"{TABLE}style-name"))
        self._row = self._column = 0
        # Kind, value, number behind, formula, number format, comment.
        self._cells: dict[tuple[int, int], tuple] = {}
        self._ranges: list[tuple[int, int, int, int]] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[int] = []
        # (first, last, style) of the columns that give their cells one.
        self._column_styles: list[tuple[int, int, str]] = []
        self._folded = {_ROWS: 0, _COLUMNS: 0}

    def enter(self, group: Element) -> None:
        """A group of rows or columns begins; it may be folded away."""
        self._folded[group.tag] += group.get(f"{TABLE}display") == "false"

    def add(self, element: Element) -> None:
        """What ends on the sheet: rows, columns, a group of them."""
        if element.tag in (_ROWS, _COLUMNS):
            self._folded[element.tag] -= element.get(f"{TABLE}display") == "false"
        elif element.tag == _COLUMN:
            self._add_columns(element)
        elif element.tag == _ROW:
            self._add_rows(element)

    def _add_columns(self, element: Element) -> None:
        """One column, or several that are alike."""
        first = self._column + 1
        self._column += _times(element, f"{TABLE}number-columns-repeated")
        last = min(self._column, MAX_COLUMNS)
        if self._folded[_COLUMNS] or _is_off(element):
            self._hidden_columns += range(first, last + 1)
        if style := element.get(f"{TABLE}default-cell-style-name"):
            self._column_styles.append((first, last, style))

    def _add_rows(self, element: Element) -> None:
        """One row, or several that are alike. Refused when its cells lie far outside a table."""
        first = self._row + 1
        times = _times(element, f"{TABLE}number-rows-repeated")
        self._row += times
        cells = list(self._cells_in(element))
        if cells and self._row * max(column for column, _cell in cells) > MAX_AREA:
            ref = address(self._row, cells[-1][0])
            raise Refused(FAR_CELL, ref=ref, sheet=self.title)
        if self._folded[_ROWS] or _is_off(element):
            self._hidden_rows.append((first, self._row))
        for row in range(first, self._row + 1) if cells else ():
            for column, cell in cells:
                self._cells[row, column] = cell

    def _cells_in(self, row: Element) -> Iterator[tuple[int, tuple]]:
        """(column, cell) of each that holds something."""
        style_of_row = row.get(f"{TABLE}default-cell-style-name")
        column = 0
        for element in row:
            if element.tag not in (_CELL, _COVERED):
                continue
            first = column + 1
            column += _times(element, f"{TABLE}number-columns-repeated")
            down = int(element.get(f"{TABLE}number-rows-spanned", 1))
            right = int(element.get(f"{TABLE}number-columns-spanned", 1))
            if element.tag == _CELL and (down > 1 or right > 1):
                top = self._row
                self._ranges.append((top, first, top + down - 1, first + right - 1))
                refuse_large_merges(self._ranges)
            kind, value, behind = _value(element, self._epoch)
            comment = _comment(element)
            if kind is None and not comment:
                continue
            formula = element.get(f"{TABLE}formula") is not None
            for place in range(first, column + 1):
                if place > MAX_COLUMNS or place * self._row > MAX_AREA:
                    raise Refused(FAR_CELL, ref=address(self._row, place), sheet=self.title)
                style = element.get(f"{TABLE}style-name") or style_of_row or self._style_of(place)
                shown = self._styles.number_format(style) if kind in ("number", "date") else ""
                currency = element.get(f"{OFFICE}currency")
                if currency and "[$" not in shown:
                    shown += f"[${currency}]"
                yield place, (kind, value, behind, formula, shown, comment)

    def _style_of(self, column: int) -> str | None:
        for first, last, style in self._column_styles:
            if first <= column <= last:
                return style
        return None

    def page(self, seen: Seen) -> Page:
        """The sheet as the parent wants it, with what the second reader sees differently."""
        end = max((row for row, _column in self._cells), default=0)
        page = Page(
            self.title,
            self._hidden,
            hidden_rows=[
                row for first, last in self._hidden_rows for row in range(first, min(last, end) + 1)
            ],
            hidden_columns=self._hidden_columns,
            merged=[f"{address(*place[:2])}:{address(*place[2:])}" for place in self._ranges],
        )
        covered = set(covered_places(self._ranges))
        for place, (kind, value, behind, formula, shown, comment) in self._cells.items():
            other = seen.take(*place)
            under = place in covered
            if under and kind not in ("number", "out_of_range", "date"):
                continue
            page.add(
                *place,
                kind or "text",
                "" if kind is None else value,
                formula=formula,
                number_format=shown,
                serial=behind,
                comment=comment,
                second=disagreement(kind, value, behind, other, WINDOWS_EPOCH),
                covered=under,
            )
        for place in covered:
            seen.take(*place)
        add_unseen(page, seen)
        return page


def _times(element: Element, attribute: str) -> int:
    return int(element.get(attribute, 1))


def _is_off(element: Element) -> bool:
    return element.get(f"{TABLE}visibility") in ("collapse", "filter")


def _value(element: Element, epoch: datetime) -> tuple[str | None, object, str | None]:
    """Kind, value and the number behind a date. Kind None: the cell holds nothing."""
    kind = element.get(f"{OFFICE}value-type")
    is_formula = element.get(f"{TABLE}formula") is not None
    text = _text(element)
    if element.get(f"{_CALCEXT}value-type") == "error" or (is_formula and text.startswith(_ERRORS)):
        return "error", text or "#VALUE!", None
    if kind in _NUMBERS:
        return _number(element.get(f"{OFFICE}value"), text)
    if kind == "boolean":
        return "boolean", element.get(f"{OFFICE}boolean-value") == "true", None
    if kind == "date":
        return _date(element.get(f"{OFFICE}date-value", ""), epoch)
    if kind == "time":
        return _time(element.get(f"{OFFICE}time-value", ""))
    # A result that is the empty text leaves an empty paragraph; one that is missing leaves none.
    if kind is None and is_formula and element.find(_PARAGRAPH) is None:
        return "uncached", None, None
    text = element.get(f"{OFFICE}string-value") or text
    return ("text", text, None) if text.strip() else (None, None, None)


def _number(stored: str | None, text: str) -> tuple[str, object, None]:
    try:
        return *number(float(stored), stored), None
    except (TypeError, ValueError):  # said to be a number, and none is there
        return "error", stored or text or "#VALUE!", None


def _date(stored: str, epoch: datetime) -> tuple[str, object, str | None]:
    try:
        value = datetime.fromisoformat(stored)
    except ValueError:
        return "error", stored or "#VALUE!", None
    days = (value - epoch) / timedelta(days=1)
    return "date", iso(value if value.time() != time() else value.date()), f"{days:.10g}"


def _time(stored: str) -> tuple[str, object, str | None]:
    """A length of time as OpenDocument writes it: PT12H30M00S."""
    from openpyxl.utils.datetime import from_ISO8601

    try:
        value = from_ISO8601(stored)
    except ValueError:
        return "error", stored or "#VALUE!", None
    if not isinstance(value, time | timedelta | date):
        return "error", stored or "#VALUE!", None
    return "date", iso(value), serial(value, WINDOWS_EPOCH)


def _comment(element: Element) -> str:
    annotation = element.find(_ANNOTATION)
    return "" if annotation is None else _text(annotation)


def _text(element: Element) -> str:
    """The paragraphs of a cell or a comment, one per line."""
    return "\n".join("".join(_words(part)) for part in element if part.tag == _PARAGRAPH)


def _words(element: Element) -> Iterator[str]:
    """Text with the spaces, tabs and line breaks that OpenDocument writes as elements."""
    yield element.text or ""
    for part in element:
        if part.tag == f"{TEXT}s":
            yield " " * min(int(part.get(f"{TEXT}c", 1)), 1000)
        elif part.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            yield "\t" if part.tag.endswith("tab") else "\n"
        elif part.tag != _ANNOTATION:
            yield from _words(part)
        yield part.tail or ""
