"""A picture of a sheet: its first and last rows with what each part of it was taken for.

Each area has a colour, a pattern of its own and a letter in the corner of its cells, so that no
one of them has to be seen.
"""

from collections.abc import Iterator

import streamlit as st

from model.forms.kinds import write_number
from model.intake.areas import Area, Areas, seen
from model.intake.mended import place_of
from model.intake.reader import Cell, Sheet, column_letter
from ui import safe
from ui.i18n import _, mark, message, n_
from ui.parts.intake import words

ROWS, COLUMNS, LENGTH = 30, 26, 60
# What each area is called. The words begin with different letters in each language.
WORDS: dict[Area, str] = {
    "text": mark("Text round the table"),
    "header": mark("Heading"),
    "project": mark("Project"),
    "sum": mark("Sum"),
    "left_out": mark("Left out"),
    "hidden": mark("Invisible"),
    "refused": mark("Must be mended or answered"),
}


def show(areas: Areas) -> None:
    """Draw it, with the legend first. Wider than the page it scrolls in its own box."""
    sheet = areas.sheet
    rows = seen(sheet, ROWS, _rows_to_mend(areas))
    columns = _columns(sheet, rows)
    drawn = {
        (row, column): areas.area(cell)
        for row in rows
        for column, cell in sheet.rows[row].items()
        if column <= len(columns)
    }
    _legend(set(drawn.values()))
    head = "".join(_head(areas, column) for column in columns)
    body = "".join(_body(areas, rows, len(columns), drawn))
    caption = safe.html(_("The sheet {sheet} as it was understood", sheet=sheet.title))
    st.html(
        f'<div class="sheet" role="region" aria-label="{caption}" tabindex="0"><table>'
        f"<caption>{caption}</caption><thead><tr><td></td>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
    _more(sheet, rows, len(columns))


def _head(areas: Areas, column: int) -> str:
    """A column's letter, and under it what it was understood as where the sheet has one table."""
    only = areas.tables[0].by_index.get(column) if len(areas.tables) == 1 else None
    known = only is not None and only.role != "ignore"
    said = f"<span>{safe.html(words.short(only))}</span>" if known else ""
    return f'<th scope="col">{column_letter(column)}{said}</th>'


def _rows_to_mend(areas: Areas) -> Iterator[int]:
    places = (place_of(address) for address in areas.refused)
    return (place[0] for place in places if place is not None)


def _columns(sheet: Sheet, rows: list[int]) -> range:
    """From A to the last one that holds something, as many as there is room for."""
    last = max((max(sheet.rows[row]) for row in rows), default=1)
    return range(1, min(last, COLUMNS) + 1)


def _legend(found: set[Area]) -> None:
    items = "".join(
        f'<li><span class="cell {area}"><b>{_letter(area)}</b></span> {safe.html(_(word))}</li>'
        for area, word in WORDS.items()
        if area in found
    )
    st.html(f'<ul class="areas">{items}</ul>')


def _letter(area: Area) -> str:
    return _(WORDS[area])[:1]


def _body(areas: Areas, rows: list[int], columns: int, drawn: dict) -> Iterator[str]:
    """The rows, with a line where some are left out of the picture."""
    before = 0
    for row in rows:
        if before and row > before + 1 and any(before < each < row for each in areas.sheet.rows):
            yield f'<tr class="gap"><th scope="row">⋮</th><td colspan="{columns}"></td></tr>'
        before = row
        cells = areas.sheet.rows[row]
        yield f'<tr><th scope="row">{row}</th>{"".join(_row(areas, cells, columns, drawn))}</tr>'


def _row(areas: Areas, cells: dict[int, Cell], columns: int, drawn: dict) -> Iterator[str]:
    """The cells of a row. A text outside the tables runs on over the empty cells after it."""
    column = 1
    while column <= columns:
        cell = cells.get(column)
        if cell is None:
            yield "<td></td>"
            column += 1
            continue
        area = drawn[cell.row, column]
        wide = _room(cells, column, columns) if area == "text" else 1
        yield _cell(areas, cell, area, wide)
        column += wide


def _room(cells: dict[int, Cell], column: int, columns: int) -> int:
    """How many columns there are before the next cell that holds something."""
    after = [other for other in cells if other > column]
    return min([*after, columns + 1]) - column


def _cell(areas: Areas, cell: Cell, area: Area, wide: int) -> str:
    said = safe.html(_about(areas, cell, area))
    figure = " figure" if cell.is_numeric else ""
    across = f' colspan="{wide}"' if wide > 1 else ""
    text = safe.html(_text(areas, cell))
    return (
        f'<td class="cell {area}{figure}"{across} title="{said}">'
        f'<b aria-hidden="true">{_letter(area)}</b>{text}</td>'
    )


def _text(areas: Areas, cell: Cell) -> str:
    """What the cell shows: amounts with spaces between thousands, long texts cut short."""
    if areas.is_amount(cell):
        return write_number(cell.value)
    return cell.text[:LENGTH] + ("…" if len(cell.text) > LENGTH else "")


def _about(areas: Areas, cell: Cell, area: Area) -> str:
    """The area in words, and why: what a pointer that rests on the cell is told."""
    name = f"{cell.ref}: {_(WORDS[area])}"
    if cell.ref in areas.refused:
        return f"{name}. {message(areas.refused[cell.ref])}"
    left = areas.left_out.get(cell.ref)
    return f"{name}. {_(left.template, **left.fields)}" if left else name


def _more(sheet: Sheet, rows: list[int], columns: int) -> None:
    """What of the sheet there was no room for."""
    said = []
    if len(rows) < len(sheet.rows):
        rest = len(sheet.rows) - len(rows)
        said.append(n_("{count} row in the middle", "{count} rows in the middle", rest))
    wide = max((max(cells) for cells in sheet.rows.values()), default=0)
    if wide > columns:
        rest = wide - columns
        said.append(n_("{count} column to the right", "{count} columns to the right", rest))
    if said:
        text = safe.html(_("Not shown: {what}.", what=", ".join(said)))
        st.html(f'<p class="chart-source">{text}</p>')
