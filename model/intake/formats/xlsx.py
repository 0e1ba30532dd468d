""".xlsx and .xlsm: openpyxl finds the parts, styles, strings and comments; macros are never run.

Cells are read in one pass that keeps both that there is a formula and its stored value, which
openpyxl itself reads in two. Nothing trusts the declared dimension.
"""

import io
from collections import Counter

from openpyxl.cell.text import Text
from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.packaging.relationship import RelationshipList, get_dependents, get_rels_path
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import (
    CELL_TAG,
    COL_TAG,
    FORMULA_TAG,
    INLINE_STRING,
    MERGE_TAG,
    ROW_TAG,
    VALUE_TAG,
)
from openpyxl.xml.constants import ARC_WORKBOOK, COMMENTS_NS, SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from .cells import (
    KINDS,
    SAME_ADDRESS,
    TEXT,
    Book,
    Page,
    Refused,
    address,
    column_letter,
    covered_places,
    iso,
    number,
    refuse_far_cells,
    refuse_large_merges,
    serial,
)
from .second import Seen, add_unseen, compare, disagreement, second_reading
from .whole import whole_elements

MACROS = "The macros of the workbook were neither read nor run."

STRICT = (
    "The workbook {file} is saved as “Strict Open XML”. "
    "Open it in Excel, save it as an ordinary .xlsx and try again."
)

_FORMATTED = ("number", "date")
_NUMERIC = (KINDS["number"], KINDS["out_of_range"], KINDS["date"])
_ROWS = f"{{{SHEET_MAIN_NS}}}sheetData"
_STRING = f"{{{SHEET_MAIN_NS}}}si"
_PLAIN = f"{{{SHEET_MAIN_NS}}}t"


def read(content: bytes) -> Book:
    """All worksheets of a workbook."""
    reader = _Reader(io.BytesIO(content), keep_links=False)
    if b"purl.oclc.org/ooxml" in reader.archive.read(ARC_WORKBOOK):
        raise Refused(STRICT)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    sheets = [_Sheet(reader, title, path, state) for title, path, state in reader.sheets()]
    for sheet in sheets:
        sheet.parse()
    second = second_reading(content)
    macros = any(part.endswith("vbaProject.bin") for part in reader.valid_files)
    return Book(
        [sheet.page(second.get(sheet.title) or Seen([])) for sheet in sheets],
        [(MACROS, {})] if macros else [],
    )


class _Reader(ExcelReader):
    """openpyxl's reader of the package, without its sheets."""

    def read_strings(self) -> None:
        """The shared texts, as openpyxl has them, the plain ones without its detour."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for node in whole_elements(source, _STRING):
                if node.tag == _STRING:
                    only = node[0] if len(node) == 1 else None
                    plain = only is not None and only.tag == _PLAIN
                    text = (only.text or "") if plain else Text.from_tree(node).content
                    self.shared_strings.append(unescape(text))
                    node.clear()

    def sheets(self):
        """(title, part, state) of each worksheet that is there."""
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                yield sheet.name, relation.target, sheet.state

    def comments(self, part: str) -> dict[tuple[int, int], str]:
        """The comments on a sheet by place."""
        path = get_rels_path(part)
        relations = RelationshipList()
        if path in self.valid_files:
            relations = get_dependents(self.archive, path)
        return {
            coordinate_to_tuple(ref): comment.text
            for relation in relations.find(COMMENTS_NS)
            if relation.target in self.valid_files
            for ref, comment in CommentSheet.from_tree(
                fromstring(self.archive.read(relation.target))
            ).comments
        }


class _Sheet:
    """One worksheet: its XML in one pass, then its cells beside those of the second reader."""

    def __init__(self, reader: _Reader, title: str, part: str, state: str):
        self.title, self._reader, self._part = title, reader, part
        book = reader.wb
        self._epoch = book.epoch
        self._dates, self._spans = book._date_formats, book._timedelta_formats
        self._page = Page(title, state != "visible")
        self._shapes = [self._page.shape(_format_code(style, book)) for style in book._cell_styles]
        # Cells of the page, by index, that hold nothing.
        self._blank: list[int] = []
        # Each cell is right of or below the one before: then none has the address of another.
        self._in_order = True
        self._ranges: list[tuple[int, int, int, int]] = []

    def parse(self) -> None:
        """Read the sheet's XML. Refused when it has what no spreadsheet program writes."""
        row, page = 0, self._page
        with self._reader.archive.open(self._part) as source:
            for element in whole_elements(source, ROW_TAG, _ROWS):
                if element.tag == ROW_TAG:
                    row = self._row(element, row)
                    element.clear()
                else:
                    self._rest(element)
        if not self._in_order:
            counts = Counter(cell[:2] for cell in page.cells)
            twice = next((place for place, count in counts.items() if count > 1), None)
            if twice is not None:
                raise Refused(SAME_ADDRESS, ref=address(*twice))
        refuse_far_cells(page.cells, self.title)

    def _rest(self, sheet) -> None:
        """What the sheet says of its columns and of merged cells."""
        for column in sheet.iter(COL_TAG):
            if _is_off(column, "width"):
                first, last = int(column.get("min")), int(column.get("max"))
                self._page.hidden_columns += range(first, min(last, 16384) + 1)
        for merges in sheet.iter(MERGE_TAG):
            for merged in merges:
                left, top, right, bottom = range_boundaries(merged.get("ref"))
                self._ranges.append((top, left, bottom, right))
            refuse_large_merges(self._ranges)

    def _row(self, element, before: int) -> int:
        row, page = int(float(element.get("r", before + 1))), self._page
        self._in_order = self._in_order and row > before
        if _is_off(element, "ht"):
            page.hidden_rows.append(row)
        column, digits, add = 0, str(row), page.cells.append
        for cell in element:
            if cell.tag != CELL_TAG:
                continue
            column += 1
            at, coordinate = row, cell.get("r")
            # Nearly always the next place of the row.
            if coordinate and coordinate != column_letter(column) + digits:
                least, (at, column) = column, coordinate_to_tuple(coordinate)
                self._in_order = self._in_order and at == row and column >= least
            if at < 1:
                raise ValueError("rows count from 1")
            stored, style = cell.get("t", "n"), int(cell.get("s", 0))
            text, formula, valued = None, False, False
            for part in cell:
                tag = part.tag
                if tag == VALUE_TAG and not valued:
                    text, valued = part.text, True
                elif tag == FORMULA_TAG:
                    formula = True
                elif tag == INLINE_STRING and stored == "inlineStr":
                    text = Text.from_tree(part).content
            if not text and not formula:
                continue
            kind, value, behind = self._value(stored, text or None, style, formula)
            if kind is None:
                self._blank.append(len(page.cells))
            elif behind is not None:
                page.serials[len(page.cells)] = behind
            shape = self._shapes[style] if kind in _FORMATTED else 0
            add((at, column, KINDS.get(kind), value, shape, formula))
        return row

    def page(self, seen: Seen) -> Page:
        """The sheet as the parent wants it, with what the second reader sees differently."""
        page = self._page
        page.merged = [
            f"{address(top, left)}:{address(bottom, right)}"
            for top, left, bottom, right in self._ranges
        ]
        compare(page, seen, self._epoch)
        comments = self._reader.comments(self._part)
        covered = set(covered_places(self._ranges))
        where = {cell[:2]: i for i, cell in enumerate(page.cells)} if comments or covered else {}
        for place, comment in comments.items():
            index = where.get(place)
            if index is not None:
                page.comments[index] = comment
            elif place not in covered:
                second = disagreement(None, None, None, seen.take(*place), self._epoch)
                page.add(*place, "text", "", comment=comment, second=second)
        gone = set()
        for place in covered:
            seen.take(*place)
            index = where.get(place)
            # What lies under a merged range nobody sees; a number there is accounted for.
            if index is not None:
                numeric = page.cells[index][2] in _NUMERIC
                (page.covered if numeric else gone).add(index)
        for index in self._blank:
            row, column, *_, formula = page.cells[index]
            page.cells[index] = row, column, TEXT, "", 0, formula
            if not page.comments.get(index) and index not in page.seconds:
                gone.add(index)
        page = page.without(gone) if gone else page
        add_unseen(page, seen)
        return page

    def _value(self, stored: str, text: str | None, style: int, formula: bool):
        """Kind, value and the number behind a date. Kind None: the cell holds nothing."""
        if text is None:
            # A formula whose stored result is the empty text was calculated; one without was not.
            return ("uncached" if formula and stored != "str" else None), None, None
        if stored == "n":
            return self._number(text, style)
        if stored == "s":
            text = self._reader.shared_strings[int(text)]
        elif stored == "b":
            return "boolean", text.strip() in ("1", "true"), None
        elif stored == "e":
            return "error", text, None
        elif stored == "d":
            value = from_ISO8601(text)
            return "date", iso(value), serial(value, self._epoch)
        else:
            text = unescape(text)
        return ("text", text, None) if text.strip() else (None, None, None)

    def _number(self, text: str, style: int):
        try:
            value = int(text) if text.isdecimal() else float(text)
        except ValueError:  # a number that is none: refused in its place, not the whole workbook
            return "error", text, None
        if style not in self._dates:
            return *number(value, text), None
        try:
            shown = from_excel(value, self._epoch, timedelta=style in self._spans)
        except (OverflowError, ValueError):  # outside what a date can be: Excel shows #####
            return "error", "#VALUE!", None
        return "date", iso(shown), f"{value:.10g}"


def _is_off(element, size: str) -> bool:
    """A row or column that is hidden, or has no height or width."""
    if element.get("hidden") in ("1", "true"):
        return True
    measure = element.get(size)
    return measure is not None and float(measure) == 0


def _format_code(style, book) -> str:
    """The number format of a style, empty for the general one."""
    key = style.numFmtId
    if key < BUILTIN_FORMATS_MAX_SIZE:
        code = BUILTIN_FORMATS.get(key, "General")
    else:
        code = book._number_formats[key - BUILTIN_FORMATS_MAX_SIZE]
    return "" if code == "General" else code
