"""The tables of green finance as they are read on screen: amounts in MSEK, shares in percent."""

from fractions import Fraction

from model.report.green_tables import Col, Listed, Value
from ui import format as write
from ui.i18n import _
from ui.parts.table import Table


def read(listed: Listed, caption: str = "") -> Table:
    """The table formatted; sums are of what is known, and *minst* where something is not."""
    rows = [
        [_cell(column, value) for column, value in zip(listed.columns, row, strict=True)]
        for row in listed.rows
    ]
    amounts = any(column.kind == "amount" for column in listed.columns)
    title = caption or _(listed.title)
    return Table(
        _("{table}, MSEK", table=title) if amounts else title,
        [_(column.label) for column in listed.columns],
        rows,
        total=_sums(listed),
        text=frozenset(i for i, column in enumerate(listed.columns) if column.kind == "text"),
    )


def _sums(listed: Listed) -> list[str]:
    if len(listed.rows) < 2 or not any(column.added for column in listed.columns):
        return []
    cells = [""] * len(listed.columns)
    for place, (column, value) in enumerate(zip(listed.columns, listed.sums(), strict=True)):
        if value is None:
            continue
        partly = any(row[place] is None for row in listed.rows)
        cells[place] = write.at_least(_cell(column, value), partly and bool(value))
        if partly and not value:
            cells[place] = write.unknown()
    cells[0] = _("Sum")
    return cells


def _cell(column: Col, value: Value) -> str:
    if value is None:
        return write.unknown()
    if isinstance(value, str):
        return value
    if column.kind == "amount":
        return write.mnkr(int(value))
    if column.kind == "share":
        return write.percent(float(Fraction(value)), 1)
    return write.number(float(value), 0 if abs(value) >= 100 or value == int(value) else 1)
