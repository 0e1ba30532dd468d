"""Ask the room: participants answer on their phones, and the answers stand beside the model's."""

import streamlit as st

from model import voting
from model.errors import NotFound
from model.results import results
from ui import errors, frame
from ui import state as view
from ui.i18n import _, message, n_
from ui.parts import empty, headline, listing
from ui.parts import table as tables
from ui.parts.room import ask, code, words
from ui.parts.room import results as answered
from ui.parts.table import Link, Table

# Seconds between one look at the answers and the next.
EVERY = 2

state = frame.require()
result = results(state.plan_id, state.scenario)


def page() -> None:
    asked = "".join(view.said("poll")[-1:])
    if not asked:
        put()
        return
    try:
        poll = voting.the_poll(asked)
    except NotFound as error:
        errors.say(message(error), severity="warning")
        put()
        return
    if poll.plan_id != state.plan_id:
        errors.say(_("That question was asked about another plan."), severity="warning")
        put()
        return
    follow(poll)


def put() -> None:
    found = voting.polls(state.plan_id)
    headline.show(
        n_(
            "{count} question has been put to a room about this plan",
            "{count} questions have been put to a room about this plan",
            len(found),
        )
        if found
        else _("Ask the room, and see its answer beside the model's")
    )
    if not result.plan.size[1]:
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        return
    ask.show(state, result)
    if found:
        listing.heading(_("Earlier questions"))
        tables.show(earlier(found))


def follow(poll) -> None:
    shown, beside = st.columns([2, 1], gap="large")
    with shown:
        # Only an open question changes by itself.
        if poll.open:
            st.fragment(live, run_every=EVERY)(poll.id)
        else:
            answered.show(poll.id)
            answered.links(*voting.votes(poll.id))
    with beside:
        if poll.open:
            code.show(poll)
            if st.button(_("Close the question"), key="close-question", type="primary"):
                voting.close_poll(poll.id)
                st.rerun()
        st.button(_("Ask something else"), key="ask-anew", on_click=view.say, kwargs={"poll": ""})
        with st.popover(_("Remove the question")):
            listing.text(_("The question and every answer to it are removed for good."))
            if st.button(_("Remove it"), key="remove-question"):
                voting.delete_poll(poll.id)
                view.say(poll="")
                st.rerun()


def live(poll_id: str) -> None:
    with errors.guard():
        answered.show(poll_id)


def earlier(found) -> Table:
    name = state.plan.name
    return Table(
        _("Questions about this plan, the latest first"),
        (_("Question"), _("Asked"), _("Open or closed")),
        [
            (
                Link(
                    words.question(poll, name, view.at(poll.seen).reading),
                    frame.href("fraga-rummet", poll=poll.id),
                ),
                poll.opened_at.astimezone().strftime("%Y-%m-%d %H:%M"),
                _("open") if poll.open else _("closed"),
            )
            for poll in found
        ],
        text=frozenset({1, 2}),
    )


page()
