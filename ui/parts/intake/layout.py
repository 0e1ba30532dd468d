"""How a workbook was understood, remembered for the next one with the same headings; and shared."""

import streamlit as st

from model import commands
from model.errors import InvalidData, KlimatinvestError
from model.intake import mapping
from model.intake.answers import NONE
from model.intake.guard import base_name
from model.intake.mapping import Layout
from model.intake.reading import Reading
from ui import errors, safe
from ui import state as view
from ui.i18n import _, message
from ui.parts import history, listing
from ui.parts.intake import walk as walks
from ui.parts.intake.walk import Walk
from ui.state import State


def show(state: State, walk: Walk, reading: Reading) -> None:
    """Remember what was said of this workbook, take it along as a file, or bring such a file."""
    with st.expander(_("Remember this understanding, or use one that was saved")):
        made = mapping.layout_of(reading.tables, walk.answers, walk.name.rsplit(".", 1)[0])
        if made.answers == NONE:
            listing.text(_("Nothing had to be said of this workbook that could be remembered."))
        else:
            _remember(state, made, reading)
        _bring(walk)


def say_remembered(walk: Walk) -> None:
    """Which layout the walk began with, and the way back from it."""
    layout = walk.layout
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        said = _(
            "Understood as {who} confirmed on {day} for a workbook with the same headings.",
            who=layout.who,
            day=history.moment(layout.saved_at),
        )
        st.html(f'<p class="imported">{safe.html(said)}</p>')
        st.button(_("Begin without it"), key="layout-away", on_click=walks.answer, args=(NONE,))


def _remember(state: State, made: Layout, reading: Reading) -> None:
    listing.text(
        _(
            "What you have said of headings, units and signs can be used for the next workbook "
            "with the same headings. What you have said of single rows and cells is not kept."
        )
    )
    content = made.to_yaml()
    with st.container(horizontal=True, gap="small"):
        if st.button(_("Remember this understanding"), key="remember-layout"):
            try:
                commands.remember_layout(reading.fingerprint, made.name, content, state.who)
            except KlimatinvestError as error:
                errors.show(error)
            else:
                st.toast(_("The understanding is remembered."))
        st.download_button(
            _("Download it (.yaml)"),
            content,
            file_name=f"{made.name}.yaml",
            mime="application/yaml",
            key="layout-file",
            on_click="ignore",
        )


def _bring(walk: Walk) -> None:
    """A layout that somebody else has saved."""
    refused = view.kept("refused-layout")

    def brought(file) -> None:
        view.forget("refused-layout")
        if file is None:
            return
        try:
            layout = mapping.layout(file.getvalue(), base_name(file.name))
        except InvalidData as error:
            view.keep("refused-layout", error)
            return
        walks.answer(layout.answers)

    st.file_uploader(
        _("Use an understanding from a file (.yaml)"),
        **view.hearing(f"layout-{walk.token}", brought),
    )
    if refused:
        errors.say(message(refused))
