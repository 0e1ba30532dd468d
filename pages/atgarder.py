"""Measures: all of them to filter, one of them whole, and everything of them to edit."""

import streamlit as st

from model import records
from model.errors import NotFound
from model.results import results
from model.rows import Measure
from ui import errors, frame
from ui import state as view
from ui.i18n import _
from ui.parts import editor, measure_list, measure_view, plan_forms

state = frame.require()
result = results(state.plan_id, state.scenario)


def main() -> None:
    editor.notice()
    asked = "".join(view.said("measure")[-1:])
    measure = found(asked) if asked else None
    # A form stays open also when somebody else has deleted what it is about.
    form = measure_view.subject(result, state, asked)
    if measure:
        measure_view.show(result, state, measure, form)
    elif editor.is_open(form):
        measure_view.show_form(form)
    else:
        measure_list.show(result, state)
        new = measure_view.subject(result, state, "")
        st.button(_("New measure"), key="new-measure", on_click=editor.open_, args=(new,))
        plan_forms.show(result, state)


def found(asked: str) -> Measure | None:
    """The measure that the address names, if the plan has it."""
    try:
        measure, _head, _version = records.measure(state.plan_id, asked)
    except NotFound:
        errors.say(_("The plan has no measure {id}.", id=asked), severity="warning")
        return None
    return measure


main()
