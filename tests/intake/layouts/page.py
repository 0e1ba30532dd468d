"""Sheets composed from a truth and a layout, with what is to become of every number on them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from tests.intake.layouts import words
from tests.intake.layouts.columns import TEXTS, Column, Key, columns
from tests.intake.layouts.layout import Layout
from tests.intake.layouts.rows import Row, table_rows
from tests.intake.layouts.truth import Truth


@dataclass(frozen=True)
class Put:
    """What stands in a cell. ``fate`` is what is to become of it if it is a number.

    An ``amount`` is written as the layout writes amounts; ``value`` is in the unit of the sheet.
    """

    value: object
    fate: str = "out"
    amount: bool = False
    comment: str = ""


@dataclass
class Page:
    """A sheet: cells by (row, column) from 1, merged areas, and what its rows and columns are."""

    title: str
    cells: dict[tuple[int, int], Put] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    kinds: dict[int, str] = field(default_factory=dict)
    columns: dict[int, Key] = field(default_factory=dict)

    def put(self, row: int, column: int, value: object, **rest) -> None:
        """Write one cell, once."""
        assert (row, column) not in self.cells
        self.cells[row, column] = Put(value, **rest)

    @property
    def bottom(self) -> int:
        """The last row with anything."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def right(self) -> int:
        """The last column with anything."""
        return max((column for _, column in self.cells), default=0)


def compose(truth: Truth, layout: Layout) -> list[Page]:
    """The sheets of a workbook with a truth that ``rows.seen`` gave."""
    if layout.department == "sheets":
        pages = [
            _page(part, layout, part.departments[0], layout.order + place * (layout.order > 0))
            for place, part in enumerate(_by_department(truth))
        ]
    else:
        title = layout.choice("sheet", ("Budget", "Blad1", "Investeringar", "Investeringsbudget"))
        pages = [_page(truth, layout, title, layout.order)]
    if layout.old_version:
        pages.insert(layout.words % 2, _old(pages[0]))
    if layout.notes:
        pages.insert(layout.words % 3 % 2, _notes(layout))
    return pages


def _by_department(truth: Truth) -> Iterator[Truth]:
    for department in truth.departments:
        yield replace(truth, projects=truth.of(department))


def _old(page: Page) -> Page:
    """An earlier version of a sheet, hidden as its author left it."""
    cells = {
        place: replace(
            put, fate="out", value=put.value + 1 if put.amount and put.value else put.value
        )
        for place, put in page.cells.items()
    }
    return Page(f"{page.title[:20]} (gammal)", cells, list(page.merged), hidden=True)


def _notes(layout: Layout) -> Page:
    page = Page("Läs mig" if layout.words % 2 else "Anvisningar")
    page.put(1, 1, "Anvisningar till investeringsbudgeten")
    page.put(3, 1, "Version")
    page.put(3, 2, 3)
    page.put(4, 1, "Antal invånare")
    page.put(4, 2, 25_413)
    if layout.unit_place == "notes":
        unit = layout.choice("unit", words.SHORT_UNITS[layout.unit])
        page.put(5, 1, f"Alla belopp i budgeten är i {unit}.")
    return page


def _page(truth: Truth, layout: Layout, title: str, order: int) -> Page:
    page = Page(title)
    top = _above(page, truth, layout)
    left = 1 + layout.margin
    if layout.tables == "one":
        _table(page, top, left, truth, layout, order, layout.grand_total)
    else:
        place = (top, left)
        for part in _by_department(truth):
            row, column = place
            if layout.department == "titles over tables":
                page.put(row, column, part.departments[0])
                row += 1
            _table(page, row, column, part, layout, order, "none")
            beside = layout.tables == "side by side"
            place = (top, page.right + 2) if beside else (page.bottom + 3, left)
    bottom = page.bottom
    if layout.footnotes:
        for place, note in enumerate(words.FOOTNOTES[layout.language]):
            page.put(bottom + 2 + place, left, note)
    if layout.stray:
        page.put(bottom + 30, page.right + 9, 4711)
    return page


def _above(page: Page, truth: Truth, layout: Layout) -> int:
    """What stands above the table; the row where the table begins."""
    texts = words.TITLES if layout.language == "sv" else words.TITLES_EN
    first = truth.first_year
    years = {"first": first, "second": first + 1, "last": truth.last_year, "before": first - 1}
    for row in range(1, layout.title_rows + 1):
        text = texts[(row - 1 + layout.words) % len(texts)].format(**years)
        if row == 1 and layout.unit_place == "title end":
            unit = layout.choice("unit", words.SHORT_UNITS[layout.unit])
            text += layout.choice(
                "title end", (" ({unit})", ", {unit}", ", belopp i {unit}")
            ).format(unit=unit)
        if row != 3:
            page.put(row, 1, text)
    row = layout.title_rows + 1
    unit = layout.choice("unit", words.UNITS[layout.language][layout.unit])
    if layout.unit_place == "title":
        page.put(row, 1, unit)
        row += 1
    elif layout.unit_place == "merged":
        page.put(row, layout.margin + 2, unit)
        page.merged.append((row, layout.margin + 2, row, layout.margin + 4))
        row += 1
    return row + (layout.words % 2 and row > 1)


def _table(
    page: Page, top: int, left: int, truth: Truth, layout: Layout, order: int, grand_total: str
) -> None:
    """One table with its header at a row and a column."""
    shown = columns(layout, truth, order)
    if layout.hidden_column:
        middle = len(shown) // 2
        shown.insert(middle, Column(("hidden",), "Budget, första förslag"))
        page.hidden_columns.add(left + middle)
    where = {column.key: left + place for place, column in enumerate(shown)}
    page.columns |= {place: key for key, place in where.items()}
    row = _header(page, top, left, shown, layout)
    for found in table_rows(truth, layout, grand_total):
        if found.kind == "header":
            row = _header(page, row, left, shown, layout)
            continue
        if found.kind == "numbers":
            for place in range(len(shown)):
                page.put(row, left + place, place + 1)
        _row(page, row, where, found, layout)
        page.kinds[row] = found.kind
        row += 1
    if layout.department == "merged":
        _merge_departments(page, where["department",], row)


def _header(page: Page, top: int, left: int, shown: list[Column], layout: Layout) -> int:
    """The heading rows; the row below them."""
    depth = max(len(column.over) for column in shown)
    for level in range(depth):
        right = left
        above = [column.over[level] if level < len(column.over) else None for column in shown]
        for over, group in groupby(above):
            width = len(list(group))
            if over is not None:
                page.put(top + level, right, over)
                if width > 1 and layout.merged_headings:
                    page.merged.append((top + level, right, top + level, right + width - 1))
            right += width
    for place, column in enumerate(shown):
        if column.heading is None:
            continue
        single = depth and not column.over
        row = top if single and layout.headings_at != "bottom" else top + depth
        page.put(row, left + place, column.heading)
        if single and layout.headings_at == "merged":
            page.merged.append((row, left + place, top + depth, left + place))
    return top + depth + 1


def _row(page: Page, row: int, where: dict[Key, int], found: Row, layout: Layout) -> None:
    if found.kind == "numbers":
        return
    texts = [where[role,] for role in TEXTS if (role,) in where]
    name = where["name",]
    if found.kind in ("section", "category"):
        page.put(row, min(texts), found.label)
        return
    if found.kind == "hidden":
        page.hidden_rows.add(row)
    if found.kind in ("measure", "income", "part", "hidden"):
        page.put(row, name, found.label)
    elif found.label:
        page.put(row, layout.choice("sum label", (name, min(texts))), found.label)
    stated = layout.department == "column" or found.begins
    if found.kind == "measure" and stated and ("department",) in where:
        page.put(row, where["department",], found.department)
    for key, value in found.others.items():
        if key in where:
            page.put(row, where[key], value, fate=found.fate(key, layout))
    for key, amount in found.amounts.items():
        if key in where:
            page.put(
                row, where[key], amount / layout.factor, fate=found.fate(key, layout), amount=True
            )
    if ("hidden",) in where and found.kind == "measure":
        page.put(row, where["hidden",], Decimal(75), amount=True)
    if layout.comments and found.kind == "measure":
        place = next(where[key] for key in found.amounts if key in where)
        page.cells[row, place] = replace(
            page.cells[row, place], comment="Höjt med 500 tkr mot förra året"
        )


def _merge_departments(page: Page, column: int, end: int) -> None:
    """Merge the cells below each department, over its projects and what is under them."""
    starts = [
        row
        for (row, found), put in page.cells.items()
        if found == column and page.kinds.get(row) == "measure" and put.value
    ]
    for start in starts:
        last = start
        while (
            last + 1 < end
            and (last + 1, column) not in page.cells
            and page.kinds.get(last + 1) in ("measure", "income", "hidden", "part")
        ):
            last += 1
        if last > start:
            page.merged.append((start, column, last, column))
