"""Nothing to show yet: say why, and what to do about it."""

from dataclasses import replace

import streamlit as st

from ui import safe
from ui import state as view
from ui.address import View
from ui.i18n import _


def show(what: str, do: str, *, page: str = "", link: str = "") -> None:
    """``what`` is missing and what to ``do``; with ``page`` and ``link`` also where, as a link.

    Texts may hold what a person typed.
    """
    st.html(f'<div class="empty"><p>{safe.html(what)}</p><p>{safe.html(do)}</p></div>')
    if page:
        from ui import frame

        frame.link(page, link)


def no_plan() -> None:
    """The store holds no plan."""
    show(
        _("There is no plan here yet."),
        _("Upload the investment budget that you already have, or begin an empty plan."),
        page="underlag",
        link=_("Go to Source data"),
    )
    _example()


def no_measures(*, in_scenario: bool) -> None:
    """The plan is empty, or (``in_scenario``) the scenario leaves nothing of it."""
    if in_scenario:
        show(
            _("In this scenario no measure is carried out, so nothing is needed."),
            _("Choose another scenario above to see the gap."),
        )
    else:
        show(
            _("The plan has no measures yet."),
            _("Upload the investment budget that you already have, or enter the first measure."),
            page="underlag",
            link=_("Go to Source data"),
        )
        _example()


def not_ours(what: str) -> None:
    """Measures there are, and none of them is the municipal group's; ``what`` needs one."""
    show(
        what,
        _("Say who owns each measure, and which part of it."),
        page="atgarder",
        link=_("Go to Measures"),
    )


def _example() -> None:
    """A link to a plan that is whole and invented, where there is one and it is not this one."""
    from ui import frame

    state = view.current()
    for plan in state.plans:
        if plan.example and plan.id != state.plan_id:
            seen = View(plan=plan.id, language=state.language, theme=state.view.theme)
            label = _("Look at an invented example first")
            frame.link("oversikt", label, replace(state, view=seen))
            return
