"""Measures: all of them to filter, one of them whole, and everything of them to edit."""

import streamlit as st

from model.results import results
from ui import errors, frame
from ui import state as view
from ui.i18n import _
from ui.parts import editor, measure_list, measure_view, plan_forms

state = frame.require()
result = results(state.plan_id, state.scenario)


def main() -> None:
    editor.notice()
    opened = "".join(view.said("measure")[-1:])
    adding = measure_view.measure_subject(result, state, "")
    if opened in result.measures():
        measure_view.show(result, state, result.measures()[opened])
    elif editor.is_open(adding):
        measure_view.add(adding)
    else:
        if opened:
            errors.say(_("The plan has no measure {id}.", id=opened), severity="warning")
        measure_list.show(result, state)
        st.button(_("New measure"), key="new-measure", on_click=editor.open_, args=(adding,))
        plan_forms.show(result, state)


main()
