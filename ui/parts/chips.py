"""The scenario as chips: each adjustment in words, removed with a click. And the readings."""

from dataclasses import dataclass, replace

import streamlit as st

from model.report import words
from model.results import results
from model.scenario import AS_IS, Adjustment
from ui import safe
from ui import state as view
from ui.i18n import _, language
from ui.parts import effects
from ui.state import State


@dataclass(frozen=True)
class Reading:
    """One way of reading the gap: its name, and what it counts as covered."""

    label: str
    meaning: str


def readings() -> dict[str, Reading]:
    """The four readings, from the firm to the hopeful."""
    return {
        "secured": Reading(_("Secured"), _("granted and decided money")),
        "planned": Reading(_("Planned"), _("and the budget's plan years")),
        "expected": Reading(_("Expected"), _("and the mean over what is applied for")),
        "best_case": Reading(_("Best case"), _("and every application and idea")),
    }


def row(state: State) -> None:
    """Every adjustment of the view as a chip; none when the plan is as it is.

    The frame draws it last, in its place: what each does takes longer to say than the answer.
    """
    chips = [
        (_with_effect(describe(adjustment, state), effects.short(state, adjustment)), adjustment)
        for adjustment in state.view.toggles
    ]
    if state.base.changes:
        _chip("base", _with_effect(_base(state), effects.short(state)), _leave_scenario)
    for number, (text, adjustment) in enumerate(chips):
        _chip(str(number), text, view.untoggle, adjustment)


def describe(adjustment: Adjustment, state: State) -> str:
    """What an adjustment does, in words. May hold what a person typed."""
    return words.adjustment(adjustment, language(), results(state.plan_id).base)


def _chip(key: str, text: str, remove, *args) -> None:
    st.button(
        safe.text(text),
        key=f"chip-{key}",
        help=_("Take this out of the scenario"),
        icon=":material/close:",
        icon_position="right",
        wrap=True,
        on_click=remove,
        args=args,
    )


def _with_effect(text: str, effect: str) -> str:
    """What an adjustment does in words, and to the gap of the reading."""
    return f"{text} ({effect})" if effect else text


def _base(state: State) -> str:
    """What the chosen scenario does, each thing said once."""
    plan = results(state.plan_id).base
    return "; ".join(words.adjustments(state.base, language(), plan))


def _leave_scenario() -> None:
    view.change(lambda seen: replace(seen, scenario=AS_IS.id, reading=""))
