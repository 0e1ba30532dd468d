"""The question on a participant's phone: few things, large ones, what is left always in view."""

from decimal import Decimal

import streamlit as st

from model import voting
from model.errors import KlimatinvestError
from model.forms.kinds import Quantity, Unreadable, write_number
from model.poll import Poll, Vote, check_vote
from ui import errors, safe
from ui import state as view
from ui.i18n import _, language, message
from ui.parts import headline
from ui.parts.room import words

# A workshop, and the week after it.
_DAYS = 7
# What the address says is ticked when nothing is; saying nothing is another thing.
_NOTHING = ("",)


def show() -> None:
    """The whole page of a participant."""
    device = view.device()
    _remember(device)
    _head()
    asked = "".join(view.said("poll")[-1:])
    try:
        poll = voting.the_poll(asked)
    except KlimatinvestError as error:
        headline.show(_("There is nothing to answer here"))
        errors.say(message(error))
        return
    seen = view.at(poll.seen)
    plan_name = seen.plan.name if seen.plan and seen.plan_id == poll.plan_id else poll.plan_id
    headline.show(words.question(poll, plan_name, seen.reading))
    given = voting.vote_of(poll.id, device)
    if not poll.open:
        _closed(poll, given)
        return
    vote = {"budget": _within_budget, "scenario": _one_scenario, "estimate": _guess}[poll.kind](
        poll, given
    )
    if vote is not None:
        try:
            voting.cast_vote(poll.id, device, vote)
        except KlimatinvestError as error:
            errors.say(message(error))
            return
        given = vote
        view.say(chosen="")
    _receipt(poll, given)


def _remember(device: str) -> None:
    """Keep the token in the browser, which sends it along when the page is loaded anew."""
    seconds = _DAYS * 24 * 3600
    cookie = f"{view.DEVICE}={device}; path=/; max-age={seconds}; SameSite=Lax"
    st.html(f"<script>document.cookie = '{cookie}';</script>", unsafe_allow_javascript=True)


def _head() -> None:
    with st.container(key="ballot-head", horizontal=True, gap="small"):
        st.html('<p class="brand">Klimatinvest</p>')
        other = "en" if language() == "sv" else "sv"
        st.button(
            {"en": "In English", "sv": "På svenska"}[other],
            key="language",
            type="tertiary",
            on_click=view.say,
            kwargs={"lang": other},
        )


def _within_budget(poll: Poll, given: Vote | None) -> Vote | None:
    chosen = _chosen(poll, given)
    left = poll.budget - poll.cost_of(chosen)
    _krona(poll, left)
    with st.container(key="ballot", gap="small"):
        for option in poll.options:
            fits = option.id in chosen or option.cost <= left
            label = f"{safe.text(words.called(option, poll))} – **{words.money(option.cost)}**"
            st.checkbox(
                label if fits else _("{measure} (does not fit)", measure=label),
                disabled=not fits,
                width="stretch",
                **view.holding(
                    f"choose-{option.id}", option.id in chosen, _chooser(poll, given, option.id)
                ),
            )
    # In the order of the question, so that the same choice is the same answer.
    vote = Vote(tuple(option.id for option in poll.options if option.id in chosen))
    return vote if _answered(given) else None


def _chosen(poll: Poll, given: Vote | None) -> tuple[str, ...]:
    """What is ticked now, which the address says: a phone that loses its connection or loads the
    page anew loses nothing. To begin with, what was answered before."""
    said = view.said("chosen")
    if not said:
        return given.chosen if given else ()
    return tuple(option.id for option in poll.options if option.id in said)


def _chooser(poll: Poll, given: Vote | None, option: str):
    # What is ticked is asked for when it changes: two quick taps may come before the page has run.
    def choose(on: bool) -> None:
        rest = tuple(each for each in _chosen(poll, given) if each != option)
        view.say(chosen=((*rest, option) if on else rest) or _NOTHING)

    return choose


def _krona(poll: Poll, left: int) -> None:
    """What is chosen and what is left, in figures and as a bar, in view while the list scrolls."""
    used = poll.budget - left
    figures = _(
        "Chosen {used} · left {left}",
        used=words.money(used),
        left=words.money(left),
    )
    with st.container(key="bar-krona"):
        st.html(
            f'<p class="krona" role="status">{safe.html(figures)}</p>'
            f'<div class="share" aria-hidden="true">'
            f'<span style="width: {100 * used / poll.budget:.1f}%"></span></div>'
        )


def _one_scenario(poll: Poll, given: Vote | None) -> Vote | None:
    by_id = {option.id: option for option in poll.options}
    chosen = next(iter(_chosen(poll, given)), None)
    with st.container(key="ballot"):
        picked = st.radio(
            _("Scenario"),
            list(by_id),
            format_func=lambda key: safe.text(words.called(by_id[key], poll)),
            width="stretch",
            **view.holding(f"radio-{poll.id}", chosen, lambda option: view.say(chosen=option)),
        )
    if not _answered(given):
        return None
    return Vote((picked,) if picked else ())


def _guess(poll: Poll, given: Vote | None) -> Vote | None:
    standing = write_number(given.estimate) if given and given.estimate is not None else ""
    with st.container(key="ballot-guess"), st.form(f"guess-{poll.id}", border=False):
        typed = st.text_input(
            _("Your guess, {unit}", unit=poll.unit),
            value=standing,
            key=f"typed-{poll.id}",
            max_chars=30,
            bind="query-params",  # what is typed and not sent outlives a reload
        )
        sent = st.form_submit_button(_label(given), type="primary", width="stretch")
    if not sent:
        return None
    try:
        value = Quantity().read(typed.strip())
        vote = Vote(estimate=value if isinstance(value, Decimal) else None)
        check_vote(poll, vote)
    except Unreadable as error:
        errors.say(_(error.template, **error.fields))
    except KlimatinvestError as error:
        errors.say(message(error))
    else:
        return vote
    return None


def _answered(given: Vote | None) -> bool:
    return st.button(_label(given), key="answer", type="primary", width="stretch")


def _label(given: Vote | None) -> str:
    return _("Answer again") if given else _("Send my answer")


def _receipt(poll: Poll, given: Vote | None) -> None:
    """Whether an answer is counted, and which: beside the button, and said aloud."""
    if given is None:
        said = _("You have not answered yet. Nobody sees who answered what.")
    elif set(_chosen(poll, given)) != set(given.chosen):
        said = _(
            "Counted is still your earlier answer: {answer}. Send what you have chosen now.",
            answer=words.answer(poll, given),
        )
    else:
        said = _(
            "Your answer is counted: {answer}. You can change it until the question is closed.",
            answer=words.answer(poll, given),
        )
    st.html(f'<p class="receipt" role="status">{safe.html(said)}</p>')


def _closed(poll: Poll, given: Vote | None) -> None:
    said = (
        _(
            "The question is closed. Your answer is counted: {answer}.",
            answer=words.answer(poll, given),
        )
        if given
        else _("The question is closed, and nothing was answered from this phone.")
    )
    st.html(f'<p class="receipt" role="status">{safe.html(said)}</p>')
