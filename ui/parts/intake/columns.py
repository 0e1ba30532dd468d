"""The third step: what each column of a table is for, why, and what it is instead."""

from collections import Counter
from datetime import date

import streamlit as st

from model.intake.areas import Areas
from model.intake.reading import Reading
from model.intake.table import Column, Table
from model.intake.tables import SURE
from ui import format as write
from ui import safe
from ui import state as view
from ui.i18n import _, n_
from ui.parts.intake import walk as walks
from ui.parts.intake import words
from ui.parts.intake.sheets import header

_EXAMPLES, _LENGTH = 3, 24
_YEARS_BEFORE, _YEARS_AFTER = 6, 15


def status(reading: Reading) -> str:
    """The step in a few words."""
    listed = [column for table in reading.tables for column in all_of(table)]
    text = n_("{count} column", "{count} columns", len(listed))
    unsure = sum(1 for column in listed if column.confidence < SURE)
    if not unsure:
        return text
    return text + ", " + n_("{count} uncertain", "{count} uncertain", unsure)


def show(areas: Areas) -> None:
    """The columns of each table on the sheet."""
    for table in areas.tables:
        listed = all_of(table)
        unsure = sum(1 for column in listed if column.confidence < SURE)
        title = n_("{count} column", "{count} columns", len(listed))
        if len(areas.tables) > 1:
            title = _(
                "Table with its heading in row {row}: {columns}", row=header(table), columns=title
            )
        title += ", " + (
            n_("{count} uncertain", "{count} uncertain", unsure)
            if unsure
            else _("all of them sure")
        )
        with st.expander(title, expanded=bool(unsure)):
            for column in listed:
                _row(table, column)


def all_of(table: Table) -> list[Column]:
    """The columns of a table from left to right, those that are not understood too."""
    return sorted((*table.columns, *table.unknown), key=lambda column: column.index)


def _row(table: Table, column: Column) -> None:
    """A column: its heading and what stands under it, what it is, and why."""
    about, choice, year = st.columns([6, 4, 2], gap="medium", vertical_alignment="center")
    with about:
        st.html(_about(table, column))
    walk = walks.current()
    place, name = _name(table, column)
    given = walk.answers.columns.get(place, {}).get(name)
    understood = words.meaning(column)
    options = list(dict.fromkeys([*words.MEANINGS, understood]))
    key = f"walk-{walk.token}-{table.sheet.title}-{table.header[0]}-{column.letter}"

    def take(meaning: str, of_year: int | None) -> None:
        walks.say(("columns", place, name), words.said(meaning, of_year))

    with choice:
        st.selectbox(
            _("Column {letter} is", letter=column.letter),
            options,
            format_func=_option,
            label_visibility="collapsed",
            **view.holding(f"{key}-is", understood, lambda chosen: take(chosen, column.year)),
        )
    with year:
        if words.is_dated(understood):
            years = _years(table, column)
            st.selectbox(
                _("Year of column {letter}", letter=column.letter),
                years,
                label_visibility="collapsed",
                format_func=lambda chosen: str(chosen or _("not said")),
                **view.holding(f"{key}-year", column.year, lambda chosen: take(understood, chosen)),
            )
    if given is not None:
        with about:
            st.button(
                _("Take back what I said of {letter}", letter=column.letter),
                key=f"{key}-back",
                type="tertiary",
                on_click=walks.say,
                args=(("columns", place, name), None),
            )


def _option(meaning: str) -> str:
    label = words.MEANINGS.get(meaning)
    return _(label) if label else _("Amounts of a year, it is not known which")


def _name(table: Table, column: Column) -> tuple[str, str]:
    """How an answer names the column: by its heading where it has one of its own, for then it holds
    for the next version of the file too; else by its letter. And on which sheet."""
    headings = Counter(each.heading for each in all_of(table))
    alone = column.heading and headings[column.heading] == 1
    return table.sheet.title, column.heading if alone else column.letter


def _years(table: Table, column: Column) -> list[int | None]:
    """The years to choose among: those near the table's own."""
    known = [each.year for each in (*table.columns, column) if each.year]
    middle = min(known, default=date.today().year)
    last = max(known, default=middle)
    return [None, *range(middle - _YEARS_BEFORE, last + _YEARS_AFTER)]


def _about(table: Table, column: Column) -> str:
    heading = safe.html(column.heading or _("without a heading"))
    examples = " · ".join(_examples(table, column))
    notes = [
        words.reason(column.because),
        _("Holds: {examples}", examples=examples) if examples else "",
    ]
    said = "".join(f'<span class="note">{safe.html(note)}</span>' for note in notes if note)
    return f'<p class="column"><b>{column.letter}</b> {heading} {_sureness(column)}{said}</p>'


def _sureness(column: Column) -> str:
    """How sure the reader is, as a tag."""
    if column.confidence >= SURE:
        said = _("sure")
    elif column.confidence:
        said = _("likely, {percent}", percent=write.percent(column.confidence / 100))
    else:
        said = _("not understood")
    return f'<span class="tag">{safe.html(said)}</span>'


def _examples(table: Table, column: Column) -> list[str]:
    """The first things that stand in a column."""
    found: dict[str, None] = {}
    for _number, cells in table.rows():
        text = cells[column.index].text if column.index in cells else ""
        if text:
            found.setdefault(text[:_LENGTH] + ("…" if len(text) > _LENGTH else ""))
        if len(found) == _EXAMPLES:
            break
    return list(found)
