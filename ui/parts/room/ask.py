"""How a question is put: of which kind, and about what."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from model import voting
from model.asking import askable, goal_of, proposed, true_answer, usual_budget
from model.errors import InvalidData
from model.forms.kinds import Amount, Unreadable
from model.money import to_kronor, to_ore
from model.poll import FIGURES, KINDS, MOST_OPTIONS, Option, Poll
from model.report import answers
from model.results import Result
from ui import address, errors, safe
from ui import state as view
from ui.address import View
from ui.i18n import _, message, name
from ui.parts import empty, listing
from ui.parts.intake import ask as fields
from ui.parts.room import words
from ui.state import State

UNIT = "mnkr"
# So many at first: more are much to read on a phone.
FIRST = 12


def show(state: State, result: Result) -> None:
    """The fields, and the button that opens the question."""
    kinds = words.kinds()
    said = "".join(view.said("ask")[-1:])
    kind = said if said in KINDS else KINDS[0]
    st.segmented_control(
        _("What is asked"),
        list(kinds),
        format_func=kinds.get,
        required=True,
        **view.saying("ask", kind),
    )
    make = {"budget": _budget, "scenario": _scenario, "estimate": _estimate}[kind]
    draft = make(_blank(state, result), state, result)
    if draft and st.button(_("Open the question"), key="open-question", type="primary"):
        try:
            poll_id = voting.open_poll(draft)
        except InvalidData as error:
            errors.say(message(error))
            return
        view.say(poll=poll_id)
        st.rerun()


def _blank(state: State, result: Result) -> Poll:
    """Of no kind yet, in the view that is looked at."""
    seen = state.view
    kept = View(seen.plan, seen.scenario, seen.reading, toggles=seen.toggles)
    query = urlencode(address.write(kept), doseq=True)
    return Poll("", state.plan_id, result.plan.version, "budget", query)


def _budget(blank: Poll, state: State, result: Result) -> Poll | None:
    can = {
        option.id: option
        for option in askable(result.possible(goal_of(result.plan, state.reading)))
    }
    if len(can) < 2:
        empty.show(
            _("There are no measures to choose between."),
            _(
                "State what measures cost and which part the municipality pays, and that they "
                "have not begun; or ask about something else."
            ),
            page="atgarder",
            link=_("Go to Measures"),
        )
        return None
    chosen = [each for each in view.said("about") if each in can] or [
        option.id for option in proposed(tuple(can.values()), FIRST)
    ]
    st.multiselect(
        _("Measures to choose between"),
        list(can),
        format_func=lambda each: f"{safe.line(can[each].name)} – {words.money(can[each].cost)}",
        max_selections=MOST_OPTIONS,
        **view.saying("about", chosen),
    )
    options = tuple(can[each] for each in can if each in chosen)
    said = "".join(view.said("room-budget")[-1:])
    budget = _amount(said) or usual_budget(options)

    def take(text: str) -> None:
        Amount(UNIT).read(text)
        view.say(**{"room-budget": text})

    fields.text(
        _("Budget of each participant, MSEK"),
        "room-budget",
        said or Amount(UNIT).write(to_kronor(budget)),
        take,
    )
    listing.text(
        _(
            "The cost of a measure is the municipal group's own money that is not yet paid, less "
            "the grants of the reading. What has begun, and what takes none of our own money, is "
            "carried out whatever is chosen; measures without a known cost or payer are not asked "
            "about."
        )
    )
    return replace(blank, kind="budget", options=options, budget=budget)


def _scenario(blank: Poll, state: State, _result: Result) -> Poll:
    known = state.scenarios
    said = [each for each in view.said("about-scenarios") if each in known]
    chosen = said or list(known)[:FIRST]
    st.multiselect(
        _("Scenarios to choose between"),
        list(known),
        format_func=lambda each: name(known[each]),
        max_selections=MOST_OPTIONS,
        **view.saying("about-scenarios", chosen),
    )
    options = tuple(Option(each, known[each].name) for each in known if each in chosen)
    return replace(blank, kind="scenario", options=options)


def _estimate(blank: Poll, state: State, result: Result) -> Poll:
    said = "".join(view.said("figure")[-1:])
    figure = said if said in FIGURES else next(iter(FIGURES))
    st.selectbox(
        _("What is guessed"),
        list(FIGURES),
        format_func=words.figures().get,
        **view.saying("figure", figure),
    )
    listing.text(_("The answer is shown when the question is closed."))
    answer = true_answer(figure, _amount_of(figure, state, result))
    return replace(blank, kind="estimate", figure=figure, answer=answer)


def _amount_of(figure: str, state: State, result: Result) -> float | None:
    """What the other pages say: öre or tonnes."""
    if figure == "tonnes":
        found = result.effect()
        return found.yearly.mid if found.stated else None
    return getattr(answers.figures(result, state.reading), figure)


def _amount(said: str) -> int | None:
    try:
        value = Amount(UNIT).read(said)
    except Unreadable:
        return None
    return to_ore(value) if value is not None and not hasattr(value, "low") else None
