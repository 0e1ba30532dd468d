"""The toggles of a workshop: large ones on the stage, and lists to choose them from at the desk."""

from collections.abc import Iterable

import numpy as np
import streamlit as st

from model.reference import reference
from model.report import words
from model.results import results
from model.scenario import Adjustment, CostFactor, Delay, SourceOff, SwitchOff, Where
from ui import safe
from ui import state as view
from ui.charts.viewing import conceal
from ui.i18n import language
from ui.parts import effects
from ui.state import State

_LATE = (1, 2, 3)
_DEARER = (1.1, 1.2, 1.3)


def large(offers: Iterable[str], state: State, *, hidden: bool) -> None:
    """One large switch for each toggle that is offered, with what it does to the gap while on."""
    # Each by itself: two switches may be about the same thing, and then the one undoes the other.
    offered = [each for said in offers for each in view.adjustments([said])[0]]
    for number, adjustment in enumerate(offered):
        on = state.view.about(adjustment) == adjustment
        label = described(adjustment, state)
        effect = effects.short(state, adjustment) if on else ""
        if effect:
            label += f" ({conceal(effect) if hidden else effect})"
        st.toggle(
            safe.text(label),
            **view.holding(
                f"show-toggle-{number}", on, lambda to, each=adjustment: _switch(each, to)
            ),
        )


def described(adjustment: Adjustment, state: State) -> str:
    """A toggle in words. May hold what a person typed."""
    return words.adjustment(adjustment, language(), results(state.plan_id).base)


def choices(state: State, also: Iterable[str]) -> dict[str, str]:
    """What can be chosen for a step, as an address writes it, and in words: the usual toggles of
    this plan, those of the view, and ``also``."""
    plan = results(state.plan_id).base
    sought = plan.grants.source[np.isin(plan.grants.status, ("applied", "idea"))].tolist()
    usual: list[Adjustment] = [
        *(Delay(years=years) for years in _LATE),
        *(CostFactor(factor=factor) for factor in _DEARER),
        *(SourceOff(source=key) for key in reference().funding if key in sought),
        *(
            SwitchOff(where=Where(tags={"sector": (key,)}))
            for key in reference().sectors
            if (plan.tags["sector"] == key).any()
        ),
        *state.view.toggles,
    ]
    listed = {
        text: safe.line(described(each, state)) for each in usual for text in view.written([each])
    }
    for text in also:
        if text not in listed:
            found, unknown = view.adjustments([text])
            known = found and not unknown
            listed[text] = safe.line(described(found[0], state)) if known else text
    return listed


def _switch(adjustment: Adjustment, on: bool) -> None:
    (view.toggle if on else view.untoggle)(adjustment)
