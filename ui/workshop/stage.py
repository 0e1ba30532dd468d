"""A workshop on the projector: one chart, its answer, large switches, and a bar below.

Everything that is seen is in the address (which step, which toggles, whether figures are hidden),
so a reload or a lost connection changes nothing. Keys press the buttons of the bar (ui/keys.js).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from model.report import answers, words
from model.results import results
from model.workshop_rows import Workshop, WorkshopStep
from ui import safe, theme
from ui import state as view
from ui.charts import key as colours
from ui.charts import style, viewing
from ui.i18n import _
from ui.parts import chips, picture
from ui.state import State
from ui.workshop import charts, toggles
from ui.workshop.storylines import seen

SHOWING, STEP, HIDDEN, NOTES, KEYS = "show", "step", "hide", "notes", "keys"
# The key that saves the chart as it is seen.
SAVE = "s"


def begin(workshop: Workshop, state: State) -> None:
    """Show the workshop from its first step. What a button does when clicked."""
    view.say(**{SHOWING: "1", "workshop": workshop.id, HIDDEN: "", NOTES: ""})
    _open(workshop, state, 1)


def show(workshop: Workshop, state: State) -> None:
    """The step that the address says."""
    number = step_of(workshop)
    step = workshop.steps[number - 1]
    hidden = bool(view.said(HIDDEN))
    with st.container(key="stage"):
        _picture(step, state, hidden)
        if step.offers:
            with st.container(key="show-toggles", horizontal=True, gap="medium"):
                toggles.large(step.offers, state, hidden=hidden)
        if view.said(NOTES) and step.speaker:
            said = "".join(f"<p>{safe.html(line)}</p>" for line in step.speaker.splitlines())
            st.html(f'<section class="speaker" aria-label="{_("Speaker text")}">{said}</section>')
    with st.container(key="show-bar", horizontal=True, vertical_alignment="center", gap="small"):
        _bar(workshop, number, state, hidden)


def step_of(workshop: Workshop) -> int:
    """Which step the address says, from 1; the nearest one that there is."""
    said = "".join(view.said(STEP)[-1:])
    return min(max(int(said) if said.isdecimal() else 1, 1), len(workshop.steps))


def _picture(step: WorkshopStep, state: State, hidden: bool) -> None:
    shown = charts.draw(step.shows, state)
    as_seen = viewing.conceal if hidden else str
    title = as_seen(step.title or shown.words.title)
    example = f' <span class="tag">{_("example")}</span>' if _is_example(state) else ""
    st.html(
        f'<h1 class="answer"><span class="chart-title">{safe.html(title)}</span>{example}</h1>'
        f'<p class="chart-subtitle">{safe.html(shown.words.subtitle)}</p>'
        f"{theme.of_markup(colours.html(shown.meanings))}"
    )
    if shown.figure is None:
        st.html(f'<div class="empty"><p>{safe.html(shown.missing)}</p></div>')
        return
    drawn, alt = viewing.enlarged(theme.of_chart(shown.figure)), as_seen(shown.words.alt)
    if hidden:
        drawn = viewing.concealed(drawn)
    wide = st
    if shown.points:
        wide, narrow = st.columns([5, 2], gap="large")
        listed = "".join(f"<li>{safe.html(as_seen(each))}</li>" for each in shown.points)
        narrow.html(f'<ul class="beside">{listed}</ul>')
    with wide.container(key="show-chart"):
        # On a screen that is too narrow for large type; with it a keyboard reaches what scrolls.
        st.html(f'<p class="goes-on" tabindex="0">{_("The chart goes on to the right")}</p>')
        st.plotly_chart(
            drawn, theme=None, config=style.CONFIG, alt=safe.line(alt), key=f"show-{step.shows}"
        )
    found = answers.caveats(results(state.plan_id, state.scenario), state.reading, state.language)
    st.html(
        picture.foot(
            title,
            as_seen(shown.words.source),
            alt,
            picture.stands_alone(state, date.today()),
            besides=[as_seen(each) for each in found],
            keys={} if letters_off() else {"png": SAVE},
        )
    )


def _bar(workshop: Workshop, number: int, state: State, hidden: bool) -> None:
    """What is looked at, and the buttons that keys press."""
    count = len(workshop.steps)
    scenario = words.scenario(state.scenario, state.language)
    said = (
        (_("Scenario"), scenario),
        (_("Reading"), chips.readings()[state.reading].label),
        (_("Step"), _("{number} of {count}", number=number, count=count)),
    )
    listed = "".join(
        f"<div><dt>{safe.html(word)}</dt><dd>{safe.html(text)}</dd></div>" for word, text in said
    )
    st.html(
        '<p class="brand">Klimatinvest</p>'
        f'<div role="status"><dl class="looked-at">{listed}</dl></div>',
        width="stretch",
    )
    step = workshop.steps[number - 1]
    as_prepared = seen(state, step) == state.view
    noted = bool(view.said(NOTES))
    for button in (
        _Button("back", "ArrowLeft PageUp", "←", _("Back"), number == 1),
        _Button("next", "ArrowRight PageDown", "→", _("Next"), number == count),
        _Button("reset", "r", "R", _("Reset"), as_prepared),
        _Button("hide", "h", "H", _("Show figures") if hidden else _("Hide figures")),
        _Button(
            "notes",
            "t",
            "T",
            _("Hide speaker text") if noted else _("Speaker text"),
            not step.speaker,
        ),
        _Button("leave", "Escape", "Esc", _("Leave")),
    ):
        run, args = {
            "back": (_open, (workshop, state, number - 1)),
            "next": (_open, (workshop, state, number + 1)),
            "reset": (_open, (workshop, state, number)),
            "hide": (_say, (HIDDEN, not hidden)),
            "notes": (_say, (NOTES, not noted)),
            "leave": (_say, (SHOWING, False)),
        }[button.key]
        button.draw(run, args)


@dataclass(frozen=True)
class _Button:
    """A button of the bar and the keys that press it, ``shown`` as its label has them. Letters can
    be switched off where they would be in the way of somebody who steers by speech."""

    key: str
    keys: str
    shown: str
    label: str
    disabled: bool = False

    def draw(self, run: Callable, args: tuple) -> None:
        silent = len(self.keys) == 1 and letters_off()
        name = f"show-{self.key}"
        st.button(
            self.label if silent else f"{self.label} ({self.shown})",
            key=name,
            type="primary" if self.key == "next" else "secondary",
            on_click=run,
            args=args,
            disabled=self.disabled,
        )
        if not silent:
            st.html(f'<kbd hidden data-keys="{self.keys}" data-press="{name}"></kbd>')


def _say(what: str, on: bool) -> None:
    view.say(**{what: "1" if on else ""})


def letters_off() -> bool:
    """Whether the keys that are letters do nothing."""
    return view.said(KEYS)[-1:] == ("off",)


def _open(workshop: Workshop, state: State, number: int) -> None:
    """Go to a step, and look at what it looks at."""
    view.say(**{STEP: str(number)})
    view.show(seen(state, workshop.steps[number - 1]))


def _is_example(state: State) -> bool:
    return results(state.plan_id).base.head.example
