"""A council table on screen: millions with one decimal, *okänt*, *minst*, sums in their places."""

from model.report.council.grid import Grid, Row
from model.report.council.written import written
from ui import frame
from ui.i18n import _, language
from ui.parts.table import Link, Table


def table(grid: Grid) -> Table:
    """The grid as a table of the page; a measure's name leads to the measure."""
    rows = grid.rows[:-1] if grid.total else grid.rows
    kinds = {place: row.kind for place, row in enumerate(rows) if row.kind in ("heading", "sum")}
    return Table(
        _("{title}, MSEK", title=grid.title),
        [column.label for column in grid.columns],
        [_cells(grid, row) for row in rows],
        total=_cells(grid, grid.total) if grid.total else (),
        text=frozenset(i for i, column in enumerate(grid.columns) if column.kind == "text"),
        kinds=kinds,
    )


def _cells(grid: Grid, row: Row) -> list[str]:
    first, *rest = (
        written(column, value, language())
        for column, value in zip(grid.columns, row.values, strict=True)
    )
    if row.measure:
        first = Link(first, frame.href("atgarder", measure=row.measure))
    return [first, *rest]
