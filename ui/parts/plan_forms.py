"""What a plan says of itself, its programmes and its yearly prerequisites: read, then edited."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from model import commands, records
from model.errors import KlimatinvestError
from model.forms.findings import placed
from model.forms.form import Form
from model.forms.municipal import (
    FeeYears,
    FinancialTargets,
    InternalFlows,
    fee_years_form,
    financial_targets_form,
    internal_flows_form,
)
from model.forms.plan import HEAD, Prerequisites, Programmes, prerequisites_form, programmes_form
from model.reference import reference
from model.results import Result
from model.rows import PlanDocument, PlanHead, Row
from model.validate import validate_head
from model.validate_lists import validate_list
from ui import errors
from ui import state as view
from ui.i18n import _, language
from ui.parts import editor, listing, stated
from ui.parts.editor import Subject
from ui.parts.form import Tab
from ui.state import State


def show(result: Result, state: State) -> None:
    """The three of them, folded away until somebody asks."""
    document, version = records.document(state.plan_id)
    _part(
        _("The plan itself"),
        _head(state),
        lambda: _read_head(document.plan, version, state),
    )
    _part(
        _("Programmes: money that is not shared out among measures"),
        _programmes(result, state),
        lambda: stated.form_rows(
            programmes_form(), document.programmes, _("No programmes are entered.")
        ),
    )
    _part(
        _("Prerequisites: the municipality's own figures year by year"),
        _prerequisites(result, state),
        lambda: stated.form_rows(
            prerequisites_form(), document.prerequisites, _("No prerequisites are entered.")
        ),
    )
    for name, title, whole, form, label, nothing in _municipal():
        _part(
            title,
            _listed(result, state, name, whole, form, label),
            partial(stated.form_rows, form(), getattr(document, name), nothing),
        )


def _municipal() -> tuple[tuple, ...]:
    """The lists of the municipality's money: name, title, row, form, tab, and when it is empty."""
    return (
        (
            "internal_flows",
            _("Money within the group"),
            InternalFlows,
            internal_flows_form,
            "Money within the group",
            _("No lending, contributions, rents or interest within the group is entered."),
        ),
        (
            "fee_years",
            _("Fee-financed operations, year by year"),
            FeeYears,
            fee_years_form,
            "Fee-financed operations",
            _("No fee-financed operation is entered."),
        ),
        (
            "financial_targets",
            _("The council's financial targets"),
            FinancialTargets,
            financial_targets_form,
            "Financial targets",
            _("No financial targets are entered."),
        ),
    )


def _listed(
    result: Result,
    state: State,
    name: str,
    whole: type[Row],
    form: Callable[[str], Form],
    label: str,
) -> Subject:
    """One of those lists, edited as a whole."""
    head = result.base.head
    return _subject(
        state,
        name,
        lambda document: whole(rows=getattr(document, name)),
        lambda row, version: commands.save_list(state.plan_id, name, row.rows, version, state.who),
        form,
        lambda row: validate_list(name, row.rows, head, reference(), ()),
        (Tab(label, tables=("rows",)),),
    )


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


def _programmes(result: Result, state: State) -> Subject:
    head = result.base.head
    return _subject(
        state,
        "programmes",
        lambda document: Programmes(rows=document.programmes),
        lambda row, version: commands.save_list(
            state.plan_id, "programmes", row.rows, version, state.who
        ),
        programmes_form,
        lambda row: validate_list("programmes", row.rows, head, reference(), ()),
        (Tab("Programmes", tables=("rows",)),),
    )


def _prerequisites(result: Result, state: State) -> Subject:
    head = result.base.head
    return _subject(
        state,
        "prerequisites",
        lambda document: Prerequisites(rows=document.prerequisites),
        lambda row, version: commands.save_list(
            state.plan_id, "prerequisites", row.rows, version, state.who
        ),
        prerequisites_form,
        lambda row: validate_list("prerequisites", row.rows, head, reference(), ()),
        (Tab("Prerequisites", tables=("rows",)),),
    )
