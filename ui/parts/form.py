"""A form on screen: its fields and tables, and what was read of them beside what was typed.

Amounts are text fields and text columns, never number fields: those drop or misread a Swedish
decimal comma. What each text was taken for is said under it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from model.forms import choices
from model.forms.form import Answer, Draft, Field, Form, Table, Texts
from model.forms.kinds import (
    Amount,
    Choice,
    Kind,
    Quantity,
    Text,
    Unreadable,
    Words,
    Year,
    YesNo,
)
from model.forms.told import column_label, echo, shown
from ui import format as write
from ui import safe
from ui.i18n import _, language

# Figures stand in columns of one width, in pixels; a list is as wide as its longest word.
_YEAR, _FIGURE = 110, 130
_LETTER, _ROOM, _WIDEST = 7, 24, 260
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Tab:
    """Sections and tables that are shown together, by their English labels and names.

    Fields stand in so many ``columns``, under their sections' headings where ``headed``.
    """

    label: str
    sections: Sequence[str] = ()
    tables: Sequence[str] = ()
    columns: int = 2
    headed: bool = True


class Drawn:
    """A form as it stands on the page: what is typed in it, and where to say what was read."""

    def __init__(self, form: Form, begun: Draft, draft: Draft, places: Mapping[str, object]):
        self.form, self.begun, self.draft, self._places = form, begun, draft, places

    def say(self, answer: Answer) -> None:
        """Under each table, what is not accepted, and what the lines typed in were read as."""
        for name, place in self._places.items():
            with place:
                _say_table(self.form.table(name), answer, self.begun.tables[name])


def draw(
    form: Form, begun: Draft, key: str, tabs: Sequence[Tab], *, lasting: bool = False
) -> Drawn:
    """Draw the form with ``begun`` in it. ``key`` is another when it begins anew. What is typed in
    the fields of one that is ``lasting`` is there after a look at another page."""
    fields: dict[str, str] = {}
    tables: dict[str, tuple[Texts, ...]] = {}
    places: dict[str, object] = {}
    sections = {section.label: section for section in form.sections}
    drawn = st.tabs([_(tab.label) for tab in tabs]) if len(tabs) > 1 else [st.container()]
    for place, tab in zip(drawn, tabs, strict=True):
        with place:
            for label in tab.sections:
                if tab.headed:
                    st.html(f'<h3 class="part">{safe.html(_(label))}</h3>')
                fields |= _section(sections[label].fields, begun.fields, key, tab.columns, lasting)
            for name in tab.tables:
                tables[name] = _table(form.table(name), begun.tables[name], f"{key}-{name}")
                _note(
                    _(
                        "Write in the empty row to add one; mark a row at its left end and press "
                        "Delete to take it out. Cells can be pasted from a spreadsheet."
                    )
                )
                places[name] = st.container()
    return Drawn(form, begun, Draft(fields, tables), places)


def first_key(form: Form, key: str) -> str:
    """The key of the form's first widget, by which is known whether it stands on the page."""
    return f"{key}-{(form.fields or form.tables)[0].name}"


def option(kind: Kind, key: str) -> str:
    """What a choice is called, for a list of plain text."""
    if key == "":
        return _("not stated")
    if isinstance(kind, YesNo):
        return shown(kind, _ANSWERS[key], language())
    return safe.line(choices.label(kind, key, language()))


def _section(
    fields: Sequence[Field], begun: Texts, key: str, wide: int, lasting: bool
) -> dict[str, str]:
    """Fields beside each other in rows; long texts across."""
    typed: dict[str, str] = {}
    columns: list = []
    for each in fields:
        if isinstance(each.kind, Text) and each.kind.long:
            columns, place = [], st.container()
        else:
            columns = columns or list(st.columns(wide, gap="medium"))
            place = columns.pop(0)
        with place:
            kept = {"key": f"{key}-{each.name}", "persist_state": "session" if lasting else None}
            typed[each.name] = _field(each, begun.get(each.name, ""), kept)
    return typed


def _field(field: Field, text: str, kept: dict) -> str:
    """One field, and under it what a figure was read as."""
    label, kind, about = _label(field), field.kind, _(field.help) if field.help else None
    if isinstance(kind, Choice | YesNo):
        known = choices.keys(kind) if isinstance(kind, Choice) else tuple(_ANSWERS)
        # What stands is offered also where the list does not know it.
        options = list(dict.fromkeys(["", *known, text]))
        return st.selectbox(
            label,
            options,
            index=options.index(text),
            format_func=lambda chosen: option(kind, chosen),
            help=about,
            **kept,
        )
    if isinstance(kind, Words):
        chosen = list(kind.read(text))
        return kind.write(
            st.multiselect(
                label,
                list(dict.fromkeys([*chosen, *choices.FLAGS])),
                default=chosen,
                format_func=lambda code: safe.line(choices.flags((code,), language())),
                placeholder=_("None"),
                accept_new_options=True,
                help=about,
                **kept,
            )
        )
    if isinstance(kind, Text) and kind.long:
        return st.text_area(label, text, help=about, height="content", **kept)
    typed = st.text_input(label, text, help=about, **kept)
    if kind.figure and typed.strip() not in ("", text):
        _say_read(kind, typed)
    return typed


def _label(field: Field) -> str:
    """A field's label, with the unit that an amount is typed in."""
    unit = f", {field.kind.unit}" if isinstance(field.kind, Amount) else ""
    return column_label(field, language()) + unit


def _say_read(kind: Kind, typed: str) -> None:
    """What a figure was read as, or why it was not."""
    try:
        value = kind.read(typed.strip())
    except Unreadable as refused:
        _note(_(refused.template, **refused.fields), wrong=True)
        return
    _note(_("read as {figure}", figure=shown(kind, value, language()) or write.unknown()))


def _note(text: str, *, wrong: bool = False) -> None:
    said = 'class="echo wrong" role="alert"' if wrong else 'class="echo"'
    st.html(f"<p {said}>{safe.html(text)}</p>")


def _table(table: Table, begun: Sequence[Texts], key: str) -> tuple[Texts, ...]:
    """A table to type in and paste into, one line per row."""
    import pandas as pd

    names = [each.name for each in table.fields]
    every = [*names, *table.hidden]
    rows = [[texts.get(name) or None for name in every] for texts in begun]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=every, dtype="object"),
        column_config={each.name: _column(each, begun) for each in table.fields},
        column_order=names,
        hide_index=True,
        num_rows="dynamic",
        placeholder="",
        key=key,
        alt=_(table.label),
    )
    return tuple(
        {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
        for row in edited.to_dict("records")
    )


def _column(field: Field, begun: Sequence[Texts]) -> dict:
    kind, label, about = field.kind, _label(field), _(field.help) if field.help else None
    standing = (texts.get(field.name, "") for texts in begun)
    if isinstance(kind, Choice | YesNo) or (isinstance(kind, Year) and kind.offered):
        if isinstance(kind, Year):
            known = [kind.write(year) for year in kind.offered]
        else:
            known = list(choices.keys(kind) if isinstance(kind, Choice) else _ANSWERS)
        options = list(filter(None, dict.fromkeys([*known, *standing])))
        longest = max((len(_option(kind, chosen)) for chosen in options), default=0)
        return st.column_config.SelectboxColumn(
            label,
            options=options,
            format_func=lambda chosen: _option(kind, chosen),
            default=field.begins or None,
            help=about,
            width=max(_YEAR, min(_LETTER * longest + _ROOM, _WIDEST)),
        )
    return st.column_config.TextColumn(
        label,
        default=field.begins or None,
        help=about,
        alignment="right" if kind.figure else None,
        width=_FIGURE if kind.figure else None,
    )


def _option(kind: Kind, chosen: str) -> str:
    if isinstance(kind, Year):
        return shown(kind, kind.read(chosen), language())
    return option(kind, chosen)


def _say_table(table: Table, answer: Answer, begun: Sequence[Texts]) -> None:
    """What is not accepted, and what the lines that are new or changed were read as."""
    label = _(table.label)
    for found in answer.violations:
        if found.ref == label or found.ref.startswith(f"{label}, "):
            place = found.ref.removeprefix(label).removeprefix(", ")
            text = _(found.template, **found.fields)
            _note(f"{place}: {text}" if place else text, wrong=True)
    if not any(isinstance(each.kind, Amount | Quantity) for each in table.fields):
        return
    typed = [row for row in answer.rows.get(table.name, ()) if table.write(row) not in begun]
    if typed:
        lines = "; ".join(echo(table, row, language()) for row in typed)
        _note(_("Read as {lines}", lines=lines))
