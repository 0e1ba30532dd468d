"""A scenario in the making: switches for the shipped ones, what has changed since the start, and
the way back. The address is the state; nothing here writes anywhere else."""

from dataclasses import replace

import streamlit as st

from model.reference import reference
from model.results import results
from model.scenario import AS_IS, TOGETHER, Scenario, SourceOff
from ui import safe
from ui import state as view
from ui.address import View
from ui.i18n import _, name
from ui.parts import chips, effects, toggles
from ui.state import State

# As many as fit beside a chart; the list at the top of every page has them all.
SWITCHES = 5


def switches(state: State) -> None:
    """A switch for each shipped scenario, with what it does to the gap of the reading.

    What the address can say as toggles is toggled; what it can not is put together with the
    scenario that is looked at.
    """
    shipped = [each for each in reference().scenarios.values() if each.changes]
    for scenario in shipped[:SWITCHES]:
        if _is_a_source(state, scenario):
            continue
        on = _is_on(state.view, scenario)
        label = name(scenario)
        if on:
            toggled = () if scenario.id in _together(state.view) else scenario.adjustments
            label += f": {effects.brief(state, *toggled)}"
        st.toggle(
            safe.text(label),
            **view.bound(
                f"scenario-{scenario.id}",
                on,
                lambda seen, chosen, scenario=scenario: (_with if chosen else _without)(
                    seen, scenario
                ),
            ),
        )


def _is_a_source(state: State, scenario: Scenario) -> bool:
    """Whether it only closes a source that has a switch of its own: two would say the same. Chosen
    at the top of the page it stands, for the source's own switch does not hold then."""
    closed = [each.source for each in scenario.adjustments if isinstance(each, SourceOff)]
    alone = len(closed) == 1 and len(scenario.adjustments) == 1 and _sayable(scenario)
    chosen = scenario.id in _together(state.view)
    return alone and not chosen and closed[0] in toggles.sources(state)


def back() -> None:
    """Undo the last change, or all of them."""
    state = view.current()
    with st.container(horizontal=True, gap="small"):
        st.button(_("Undo"), key="undo", disabled=not view.can_undo(), on_click=view.undo)
        st.button(
            _("Back to the plan as it is"),
            key="as-is",
            disabled=not state.scenario.changes,
            on_click=view.change,
            args=(lambda seen: replace(seen, scenario=AS_IS.id, toggles=()),),
        )


def since_the_start(state: State) -> None:
    """Every change with what it does by itself, and what all of them do together."""
    if not state.scenario.changes:
        return
    said = [
        (chips.describe(adjustment, state), effects.said(state, adjustment))
        for adjustment in state.view.toggles
    ]
    if state.base.changes:
        said.insert(0, (name(state.base), effects.said(state)))
    if len(said) > 1:
        as_is, result = results(state.plan_id), results(state.plan_id, state.scenario)
        said.append((_("All of it together"), effects.between(as_is, result, state.reading)))
    lines = "".join(
        f"<li>{safe.html(what)}: <b>{safe.html(effect)}</b></li>" for what, effect in said
    )
    note = _(
        "Each effect is the gap with it less the gap without. Together they may do more or less. "
        "Nothing is written before you save it: the address is the scenario."
    )
    st.html(
        f'<h3 class="part">{safe.html(_("Changed since the start"))}</h3>'
        f'<ul class="effects">{lines}</ul><p class="chart-source">{safe.html(note)}</p>'
    )


def _together(seen: View) -> list[str]:
    """The ids of the scenarios that the address puts together; none for the plan as it is."""
    return [key for key in seen.scenario.split(TOGETHER) if key != AS_IS.id]


def _sayable(scenario: Scenario) -> bool:
    """Whether toggles can say all that the scenario does."""
    beyond = scenario.assumptions, scenario.exclude, scenario.require, scenario.reinforce
    return not any(beyond) and view.sayable(*scenario.adjustments)


def _is_on(seen: View, scenario: Scenario) -> bool:
    by_toggles = _sayable(scenario) and set(scenario.adjustments) <= set(seen.toggles)
    return scenario.id in _together(seen) or by_toggles


def _with(seen: View, scenario: Scenario) -> View:
    if _sayable(scenario):
        return seen.toggled(*scenario.adjustments)
    # It shows in the reading that it moves, until another is chosen.
    return replace(seen, scenario=TOGETHER.join([*_together(seen), scenario.id]), reading="")


def _without(seen: View, scenario: Scenario) -> View:
    ids = _together(seen)
    if scenario.id in ids:
        kept = TOGETHER.join(key for key in ids if key != scenario.id)
        return replace(seen, scenario=kept or AS_IS.id, reading="")
    return seen.without(*scenario.adjustments)
