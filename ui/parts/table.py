"""Tables to be read: figures to the right, sums at the bottom, headings that a reader can follow.

Cells are text that is already formatted (:mod:`ui.format`), and may be what a person typed. For
tables that are filtered or edited use ``st.dataframe`` and ``st.data_editor``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from ui import safe
from ui.i18n import _

Row = Sequence[str]


class Mark(str):
    """A cell that is set off as a tag, such as *overifierad*."""

    __slots__ = ()


class Link(str):
    """A cell that leads somewhere: its text, and the address on this server."""

    __slots__ = ("address",)

    def __new__(cls, text: str, address: str):
        link = super().__new__(cls, text)
        link.address = address
        return link


@dataclass(frozen=True)
class Table:
    """Rows of text under ``columns``. The first column names its row; ``total`` is the last row,
    and ``parts`` are sums above it that it is made of.

    ``caption`` says what the table is, with unit. ``text`` are columns that are words and not
    figures, by position. ``kinds`` are the rows among the others that are a ``heading`` or a
    ``sum``, by position.
    """

    caption: str
    columns: Row
    rows: Sequence[Row]
    total: Row = ()
    text: frozenset[int] = frozenset()
    parts: Sequence[Row] = ()
    kinds: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self):
        for row in (*self.rows, *self.parts, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"a row has {len(row)} cells: expected {len(self.columns)}")


def show(table: Table) -> None:
    """Draw it. On a phone it scrolls inside itself, with the first column in place."""
    head = "".join(
        f'<th scope="col"{_kind(table, i)}>{_cell(column)}</th>'
        for i, column in enumerate(table.columns)
    )
    body = "".join(_row(table, row, table.kinds.get(i, "")) for i, row in enumerate(table.rows))
    sums = "".join(_row(table, row) for row in (*table.parts, *filter(None, [table.total])))
    foot = f"<tfoot>{sums}</tfoot>" if sums else ""
    caption = safe.html(table.caption)
    st.html(
        f'<div class="table" role="region" aria-label="{caption}" tabindex="0"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody>{foot}</table></div>"
    )


def folded(table: Table) -> None:
    """Draw it under a line that opens it."""
    with st.expander(_("Table: {caption}", caption=safe.text(table.caption))):
        show(table)


def _row(table: Table, row: Row, kind: str = "") -> str:
    if kind == "heading":
        # One cell over the whole width, so that it stays in view while the figures scroll.
        return (
            f'<tr class="heading"><th colspan="{len(row)}"><span>{_cell(row[0])}</span></th></tr>'
        )
    first = f'<th scope="row">{_cell(row[0])}</th>'
    rest = "".join(f"<td{_kind(table, i)}>{_cell(cell)}</td>" for i, cell in enumerate(row) if i)
    look = f' class="{kind}"' if kind else ""
    return f"<tr{look}>{first}{rest}</tr>"


def _kind(table: Table, column: int) -> str:
    return "" if column == 0 or column in table.text else ' class="figure"'


def _cell(cell: str) -> str:
    text = safe.html(cell)
    if isinstance(cell, Link):
        return f'<a href="{safe.html(cell.address)}">{text}</a>'
    return f'<span class="tag">{text}</span>' if isinstance(cell, Mark) else text
