"""The council's tables as a workbook: one sheet each, sums as formulas with their values."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.utility import xl_range

from model.formatting import capitalise, number
from model.language import DEFAULT, Language
from model.report import answers
from model.report.council.grid import AtLeast, Column, Grid, Partly, Row
from model.report.seal import sealed
from model.report.sheet import Book, Cell, Formula, Sheet, cell
from model.report.sheet import Column as SheetColumn
from model.report.view import View
from model.results import Result

_WIDTHS = {"text": 16, "money": 13, "tonnes": 13, "count": 9, "share": 11}
_KINDS = {"text": "text", "money": "amount", "tonnes": "count", "count": "count", "share": "text"}


def council_workbook(
    result: Result,
    reading: str,
    grids: Sequence[Grid],
    language: Language = DEFAULT,
    view: View | None = None,
) -> bytes:
    """The tables as one ``.xlsx``, in thousand kronor. ``view`` says what else they show."""
    view = view or View(result, reading, language)
    book = Book(
        view.say("Tables for the council"),
        view.say("EXAMPLE: invented figures") if view.plan.head.example else "",
        f"{view.version}, {view.scenario}",
        view.today,
    )
    for name, grid in zip(_names(grids), grids, strict=True):
        _write(book.sheet(name), view, grid)
    return sealed(book.content(), view, "tables")


def _write(sheet: Sheet, view: View, grid: Grid) -> None:
    money = any(column.kind == "money" for column in grid.columns)
    sheet.title(
        grid.title,
        " · ".join(
            [
                *([capitalise(view.say("thousand SEK")), view.prices] if money else []),
                answers.reading_label(view.reading, view.language),
                view.scenario,
                view.version,
            ]
        ),
        answers.caveats(view.result, view.reading, view.language),
    )
    first, *rest = grid.columns
    sheet.head(
        [
            SheetColumn(first.label, 44, "text"),
            *(SheetColumn(each.label, _WIDTHS[each.kind], _KINDS[each.kind]) for each in rest),
        ]
    )
    top = sheet.row
    for row in grid.rows:
        if row.kind == "heading":
            sheet.section(str(row.values[0]))
        else:
            cells = [_cell(grid, row, place, top, view) for place in range(len(grid.columns))]
            sheet.line(cells, "" if row.kind == "row" else "sum")
    for note in grid.notes:
        sheet.note(note)


def _cell(grid: Grid, row: Row, place: int, top: int, view: View) -> Cell:
    column, value = grid.columns[place], row.values[place]
    if value == "" or isinstance(value, str):
        return value
    if value is None:
        return view.say("unknown")
    if isinstance(value, Partly) and not value.figure:
        return view.say("unknown")
    if isinstance(value, Partly):
        return f"{_text(column, value.figure, view)}*"
    if isinstance(value, AtLeast):
        return view.say("at least {figure}", figure=_text(column, value.figure, view))
    if column.kind == "share":
        return _text(column, value, view)
    figure = int(Decimal(str(value)).to_integral_value(ROUND_HALF_UP))
    if row.of and column.summed and figure == value:
        return Formula(_added(grid, row, place, top), figure)
    return figure


def _added(grid: Grid, row: Row, place: int, top: int) -> str:
    """The rows that a sum adds up, as few ranges as they make."""
    ranges: list[list[int]] = []
    for line in row.of:
        if ranges and ranges[-1][1] == line - 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    terms = (
        xl_range(top + first, place, top + last, place)
        if first != last
        else cell(top + first, place)
        for first, last in ranges
    )
    return f"=SUM({','.join(terms)})"


def _text(column: Column, figure: int | float, view: View) -> str:
    if column.kind == "share":
        return f"{number(Decimal(str(figure)) * 100, 1, language=view.language)} %"
    unit = Decimal(100_000) if column.kind == "money" else Decimal(1)
    return number(Decimal(str(figure)) / unit, language=view.language)


def _names(grids: Iterable[Grid]) -> list[str]:
    """Names that Excel takes: short, and each once."""
    return [f"{place} {grid.title}"[:31] for place, grid in enumerate(grids, 1)]
