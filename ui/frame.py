"""The frame round every page: its address and title, the navigation, and what is looked at.

A page is one script in ``pages/`` whose file name is its address, and one line in ``GROUPS``. It
begins with ``state = frame.require()``.
"""

import functools
import gc
import json
import threading
from collections.abc import Sequence
from contextvars import ContextVar
from copy import copy
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.language import Language
from model.report import answers, words
from ui import errors, i18n, safe, theme
from ui import state as view
from ui.address import CONTRAST, Unknown
from ui.i18n import _, mark, name
from ui.parts import chips, navigation
from ui.parts.navigation import Group, Page
from ui.state import State

ROOT = Path(__file__).parent.parent
SCRIPTS = tuple(
    Path(__file__).parent / f"{name}.js" for name in ("links", "keys", "focus", "assist", "picture")
)
_framed: ContextVar[bool] = ContextVar("framed", default=False)


# A file's name is its address, because that is all a server that has just started knows.
GROUPS = (
    Group(
        mark("The plan"),
        (
            Page("oversikt", mark("Overview")),
            Page("fragor", mark("The council's questions")),
            Page("atgarder", mark("Measures")),
            Page("genomforande", mark("Implementation")),
            Page("underlag", mark("Source data")),
        ),
    ),
    Group(
        mark("The money"),
        (
            Page("finansieringsgap", mark("Financing gap")),
            Page("investeringsplan", mark("Investment plan")),
            Page("finansieringsanalys", mark("Financing analysis")),
            Page("driftkonsekvenser", mark("Operating impact")),
            Page("bidrag", mark("Grants and rules")),
            Page("grona-obligationer", mark("Green finance")),
            Page("lonsamhet", mark("Profitability")),
            Page("andra-aktorer", mark("Other actors")),
        ),
    ),
    Group(
        mark("Climate and benefits"),
        (
            Page("klimatmal", mark("Emissions")),
            Page("nyttor", mark("Multiple benefits")),
            Page("inkopsutslapp", mark("Emissions from purchases")),
            Page("klimatbudget", mark("Climate budget")),
        ),
    ),
    Group(
        mark("What if"),
        (
            Page("scenarier", mark("Scenarios")),
            Page("jamfor", mark("Compare scenarios")),
            Page("osakerhet", mark("Uncertainty")),
            Page("prioritera", mark("Prioritise")),
        ),
    ),
    Group(
        mark("Present"),
        (
            Page("workshop", mark("Workshop"), bare="show"),
            Page("fraga-rummet", mark("Ask the room")),
            Page("rapporter", mark("Reports")),
        ),
    ),
    Group(
        mark("Sources"),
        (
            Page("metod", mark("Method and sources")),
            Page("publicerat", mark("Published figures")),
            Page("ordlista", mark("Glossary")),
            Page("diagram", mark("Charts")),
            Page("tillganglighet", mark("Accessibility")),
        ),
    ),
)
PAGES = tuple(page for group in GROUPS for page in group.pages)
# By themselves: reached by their address only, and shown without the frame.
ALONE = (Page("rost", mark("Answer the question")),)


def run() -> None:
    """One run of the app: the frame, and the page of the address inside it."""
    st.set_page_config(page_icon="🌿", layout="wide", initial_sidebar_state="collapsed")
    i18n.speak(i18n.of_the_address())
    page = st.navigation(list(_pages().values()), position="hidden")
    st.html(theme.style_sheet())
    with errors.guard():
        state = view.read()
        address = page.url_path or PAGES[0].address
        current = next(p for p in PAGES + ALONE if p.address == address)
        if current in ALONE:
            _inside(page)
        elif current.bare and view.said(current.bare):
            say_unknown(state.unknown)
            _inside(page)
        else:
            _around(state, current, page)
    _tell_browser()
    _settle(page.url_path)


def require(*, plan: bool = True) -> State:
    """What is looked at. Every page begins with it.

    A server that has just started runs the page of a deep link alone, without the frame: then the
    pages are declared and the run begins anew, with path and query kept. When ``plan`` is true and
    there is no plan to show, the page ends in what to do about it.
    """
    if not _framed.get() and not view.kept("declared"):
        view.keep("declared", True)
        st.navigation(list(_pages().values()), position="hidden")
        st.rerun()
    state = view.current()
    i18n.speak(state.language)
    if plan and state.plan is None:
        from ui.parts import empty

        empty.no_plan()
        st.stop()
    return state


def go(address: str, state: State | None = None) -> None:
    """Open another page with the same view. Ends the run."""
    st.switch_page(_pages()[address], query_params=(state or view.current()).query)


def link(address: str, label: str, state: State | None = None) -> None:
    """A link to another page with the same view, or with that of ``state``."""
    query = (state or view.current()).query
    st.page_link(_pages()[address], label=label, query_params=query)


def href(address: str, **more: str) -> str:
    """The address of another page with the same view and ``more``, for a link in a table."""
    return f"{address}?{urlencode({**view.current().query, **more}, doseq=True)}"


def title(address: str) -> str:
    """What the page of an address is called. StopIteration where there is none."""
    return _(next(entry.title for entry in PAGES if entry.address == address))


def _pages() -> dict[str, st.Page]:
    """The pages by address; the first one also answers at the root."""

    # Streamlit marks the page that it runs, so every run has its own copies.
    return {address: copy(page) for address, page in _declared(i18n.language()).items()}


@functools.cache
def _declared(_language: Language) -> dict[str, st.Page]:
    def page(entry: Page, **root) -> st.Page:
        return st.Page(
            ROOT / "pages" / f"{entry.address}.py",
            title=f"{_(entry.title)} – Klimatinvest",
            **({"url_path": entry.address} | root),
        )

    root = page(PAGES[0], url_path="", default=True, visibility="hidden")
    return {"": root} | {entry.address: page(entry) for entry in PAGES + ALONE}


def _inside(page: st.Page) -> None:
    """The page itself."""
    inside = _framed.set(True)
    try:
        page.run()
    finally:
        _framed.reset(inside)


def _around(state: State, current: Page, page: st.Page) -> None:
    """The page with its frame. Where it stands already the answer is sent first, and what stands
    above it after; the chips always, as it takes longer to say what each does."""
    head = st.container(key="head")
    # Its place stays when it is empty: what stands after it is not made anew, and keeps its focus.
    adjusted = st.container(key="chips", horizontal=True, gap="small")
    stands = view.kept("page") == current.address
    view.keep("page", current.address)
    if not stands:
        _head(state, current, head)
    try:
        _inside(page)
    finally:
        if stands:
            _head(state, current, head)
        if state.plan:
            with adjusted:
                chips.row(state)


def _head(state: State, current: Page, place: DeltaGenerator) -> None:
    """The lines with the pages, and under them plan, scenario and reading."""
    with place:
        with st.container(key="masthead"):
            with st.container(key="nav"):
                query = urlencode(state.query, doseq=True)
                st.html(navigation.html(GROUPS, current, lambda address: f"{address}?{query}"))
            with st.container(key="tools", horizontal=True, width="content", gap="small"):
                _language(state)
                _theme()
                _name(state)
        say_unknown(state.unknown)
        if state.plan:
            with st.container(key="view"):
                with st.container(key="viewed", horizontal=True, gap="small"):
                    _in_short(state)
                _choices(state)


def _language(state: State) -> None:
    """The same view in the other language."""
    # Not a link: to the page where one is, Streamlit follows it and leaves the address as it was.
    other = "en" if state.language == "sv" else "sv"
    st.button(
        {"en": "In English", "sv": "På svenska"}[other],
        key="language",
        type="tertiary",
        on_click=view.change,
        args=(lambda seen: replace(seen, language=other),),
    )


def _theme() -> None:
    """The same view in high contrast, or in the ordinary colours again."""
    other = "" if theme.is_contrast() else CONTRAST
    st.button(
        _("High contrast") if other else _("Light theme"),
        key="theme",
        type="tertiary",
        on_click=view.change,
        args=(lambda seen: replace(seen, theme=other),),
    )


def _name(state: State) -> None:
    """The name that changes are written in, and the field to give it in."""
    with st.popover(safe.text(state.given_name) or _("Your name"), type="tertiary"):
        st.text_input(_("Your name, for the journal of changes"), **view.naming())


def _in_short(state: State) -> None:
    """What is looked at, in a line for a phone, and what opens the fields to change it there."""
    seen = (
        state.plan.name,
        words.scenario(state.scenario, state.language),
        answers.reading_label(state.reading, state.language),
    )
    st.html(f"<p>{safe.html(' · '.join(seen))}</p>", width="stretch")
    # By itself, so that it stays open when what is looked at changes.
    st.html(f"<details><summary>{_('Change the view')}</summary></details>", width="content")


def _choices(state: State) -> None:
    """Plan, scenario and reading, each showing and setting what the address says."""
    by_id = {plan.id: plan for plan in state.plans}
    # Several that hold together are one choice more.
    scenarios = {**state.scenarios, state.view.scenario: state.base}
    readings = chips.readings()

    st.selectbox(
        _("Plan"),
        list(by_id),
        format_func=lambda plan_id: safe.line(by_id[plan_id].name),
        **view.bound("plan", state.plan_id, lambda seen, chosen: replace(seen, plan=chosen)),
    )
    st.selectbox(
        _("Scenario"),
        list(scenarios),
        format_func=lambda scenario_id: safe.line(name(scenarios[scenario_id])),
        **view.bound(
            "scenario",
            state.view.scenario,
            # A scenario shows in the reading that it moves, until another is chosen.
            lambda seen, chosen: replace(seen, scenario=chosen, reading=""),
        ),
    )
    st.segmented_control(
        _("Reading: what counts as covered"),
        list(readings),
        format_func=lambda reading: readings[reading].label,
        required=True,
        **view.bound("reading", state.reading, lambda seen, chosen: replace(seen, reading=chosen)),
    )


def say_unknown(unknown: Sequence[Unknown]) -> None:
    """What the address says that does not exist here, each in a sentence; nothing for nothing."""
    if unknown:
        sentences = [_unknown(found.parameter, found.value) for found in unknown]
        errors.say(*sentences, severity="warning")


def _unknown(parameter: str, value: str) -> str:
    return _(
        "The address says {parameter}={value}, which does not exist here: it was left out.",
        parameter=parameter,
        value=value,
    )


def _tell_browser() -> None:
    """Which language the page is in, for a screen reader; to follow our links without loading the
    app anew, which would end the session and with it the name that changes are written in; to say
    the answer aloud when it changes; which keys press which buttons, where a page says so; and how
    a chart becomes a picture."""
    said = {"lang": i18n.language(), "data-skip": _("To the answer, past the head of the page")}
    speaks = "".join(
        f"document.documentElement.setAttribute('{name}', {json.dumps(value)});"
        for name, value in said.items()
    )
    st.html(
        f"<script>{speaks}\n{_scripts()}</script>",
        unsafe_allow_javascript=True,
        width="content",
    )


@functools.cache
def _scripts() -> str:
    return "\n".join(script.read_text("utf-8") for script in SCRIPTS)


@functools.cache
def _settle(_page: str) -> None:
    """Once a page has been shown for the first time: import what the next will need, and spare
    all that has come to stay from collection.

    Streamlit collects all garbage after every run while the results wait: 70 ms or more where
    nothing is spared, 1 ms where this has been done.
    """

    def settle() -> None:
        for module in ("plotly.graph_objects", "plotly.io", "pandas"):
            __import__(module)
        gc.collect()
        gc.freeze()

    threading.Thread(target=settle, daemon=True).start()
