"""What a plan says of itself, and the lists that it holds besides measures: read, then edited."""

from collections.abc import Callable, Sequence

import streamlit as st

from model import commands, records
from model.errors import KlimatinvestError
from model.forms.findings import placed
from model.forms.form import Form
from model.forms.lists import LISTS
from model.forms.plan import HEAD
from model.reference import reference
from model.results import Result
from model.rows import PlanDocument, PlanHead, Row
from model.validate import validate_head
from model.validate_green import validate_green
from model.validate_lists import validate_list
from ui import errors
from ui import state as view
from ui.i18n import _, language
from ui.parts import editor, listing, stated
from ui.parts.editor import Subject
from ui.parts.form import Tab
from ui.state import State


def show(result: Result, state: State) -> None:
    """All of them, folded away until somebody asks."""
    document, version = records.document(state.plan_id)
    listing.heading(_("What the plan holds besides measures"))
    _part(
        _("The plan itself"),
        _head(state),
        lambda: _read_head(document.plan, version, state),
    )
    for name in LISTS:
        part(name, result, state, document)


def part(name: str, result: Result, state: State, document: PlanDocument) -> None:
    """One of the lists, folded away: read, or in its form when it is being edited."""
    listed = LISTS[name]

    def read() -> None:
        row = listed.whole(getattr(document, name))
        stated.form_tables(listed.form("tkr", document), row, _(listed.empty))

    _part(_(listed.title), _list(name, result, state, document), read)


def _part(title: str, subject: Subject, read: Callable[[], None]) -> None:
    with st.expander(title, expanded=editor.is_open(subject)):
        if editor.is_open(subject):
            editor.show(subject)
            return
        read()
        st.button(_("Edit"), key=f"edit-{subject.key}", on_click=editor.open_, args=(subject,))


def _read_head(head: PlanHead, version: int, state: State) -> None:
    """What the plan says of itself, and the way to be rid of it."""
    stated.terms(HEAD.sections, head)
    with st.popover(_("Delete the plan")):
        listing.text(
            _(
                "The plan is taken away with all its measures. The journal and the files that were "
                "read in stay."
            )
        )
        if not st.button(_("Yes, delete the plan"), key="delete-plan"):
            return
        try:
            commands.delete_plan(state.plan_id, version, state.who)
        except KlimatinvestError as error:
            errors.show(error)
            return
        view.keep("notice", _("{plan} is deleted.", plan=head.name))
        view.look_at("")
        st.rerun()


def _subject(
    state: State,
    name: str,
    part: Callable[[PlanDocument], Row],
    save: Callable[[Row, int], int],
    form: Callable[[str], Form],
    check: Callable[[Row], list],
    tabs: Sequence[Tab],
    **more,
) -> Subject:
    """A part of the plan that is edited as one row."""

    def load() -> tuple[Row, int]:
        document, version = records.document(state.plan_id)
        return part(document), version

    def since(version: int) -> Sequence[records.Entry]:
        return [e for e in records.history(state.plan_id) if e.version > version]

    return Subject(
        key=f"{state.plan_id}-{name}",
        load=load,
        save=save,
        form=lambda row, unit: form(unit),
        check=lambda row, made: placed(made, check(row), 1, language()),
        since=since,
        tabs=tabs,
        **{"kept": lambda row: {}, **more},
    )


def _head(state: State) -> Subject:
    return _subject(
        state,
        "head",
        lambda document: document.plan,
        lambda row, version: commands.save_plan_head(state.plan_id, row, version, state.who),
        lambda unit: HEAD,
        validate_head,
        (Tab("Plan", sections=[section.label for section in HEAD.sections], columns=3),),
        kept=lambda row: {"id": state.plan_id, "example": row.example},
        units=False,
    )


def _list(name: str, result: Result, state: State, document: PlanDocument) -> Subject:
    head, listed, known = result.base.head, LISTS[name], reference()

    def check(row: Row) -> list:
        rows, measures = listed.rows(row), document.measures
        found = validate_list(name, rows, head, known, [measure.id for measure in measures])
        return found + (validate_green(rows, measures, head, known) if name == "loans" else [])

    return _subject(
        state,
        name,
        lambda document: listed.whole(getattr(document, name)),
        lambda row, version: commands.save_list(
            state.plan_id, name, listed.rows(row), version, state.who
        ),
        lambda unit: listed.form(unit, document),
        check,
        [Tab(table.label, tables=(table.name,)) for table in listed.form("tkr", None).tables],
    )
