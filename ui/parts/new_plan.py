"""A new plan, empty or for a workbook: its name, its years and the terms of its amounts."""

from datetime import date

import streamlit as st

from model import commands
from model.errors import InvalidData, KlimatinvestError
from model.forms.form import Answer
from model.forms.plan import NEW, begun, read_new
from model.rows import PlanDocument
from ui import errors
from ui import state as view
from ui.i18n import _, language
from ui.parts import form as forms
from ui.parts.form import Tab
from ui.state import State

_LAST_YEAR = 2030
_SECTIONS = [section.label for section in NEW.sections]
_TABS = (Tab("Plan", sections=_SECTIONS, columns=3, headed=False),)


def fields(state: State, key: str, years: tuple[int, int] | None = None) -> Answer:
    """Draw the fields of a new plan; ``years`` are those of a workbook, and another
    workbook's fields begin anew. The head, or findings."""
    this_year = date.today().year
    first, last = years or (this_year, max(_LAST_YEAR, this_year))
    if view.kept(f"years-{key}", years) != years:
        done(key)
    view.keep(f"years-{key}", years)
    draft, turn = begun(first - 1, first, last), view.kept(_turn(key), "")
    drawn = forms.draw(NEW, draft, f"{key}{turn}", _TABS, lasting=True)
    return read_new(drawn.draft, [plan.id for plan in state.plans], language())


def done(key: str) -> None:
    """The plan of those fields is made: the next one begins empty."""
    view.keep(_turn(key), (view.kept(_turn(key)) or 0) + 1)


def _turn(key: str) -> str:
    return f"turn-{key}"


def refuse(answer: Answer) -> None:
    """Say what of the new plan must be filled in."""
    count = len(answer.violations)
    errors.show(
        InvalidData(
            "The plan was not made: what was found must be mended first ({count}).",
            answer.violations,
            count=count,
        )
    )


def empty(state: State) -> None:
    """Make an empty plan, and go on with it."""
    answer = fields(state, "empty-plan")
    if not st.button(_("Make the plan"), key="make-plan"):
        return
    if answer.value is None:
        refuse(answer)
        return
    try:
        commands.create_plan(PlanDocument(plan=answer.value), state.who)
    except KlimatinvestError as error:
        errors.show(error)
        return
    done("empty-plan")
    view.look_at(answer.value.id)
    view.keep("notice", _("The plan {plan} is made.", plan=answer.value.name))
    st.rerun()
