"""Fields whose text is tried as an answer. What is not understood stays in the field, and why."""

from collections.abc import Callable

import streamlit as st

from model.errors import KlimatinvestError
from model.forms.kinds import Unreadable
from ui import safe
from ui import state as view
from ui.i18n import _, message


def text(label: str, key: str, standing: str, take: Callable[[str], None], **widget: object) -> str:
    """A text field that shows ``standing``, what is typed going to ``take`` without space around.

    ``take`` raises KlimatinvestError or Unreadable when it cannot be an answer. Returns the text in
    the field.
    """
    refused = view.kept(f"typed-{key}")

    def taken(typed: str) -> None:
        view.forget(f"typed-{key}")
        try:
            take(typed.strip())
        except (KlimatinvestError, Unreadable) as error:
            view.keep(f"typed-{key}", (typed, error))

    typed = st.text_input(
        label, **view.holding(key, refused[0] if refused else standing, taken), **widget
    )
    if refused:
        note(_why(refused[1]), wrong=True)
    return typed


def note(said: str, *, wrong: bool = False) -> None:
    """Something small under a field."""
    st.html(f'<p class="echo{" wrong" if wrong else ""}">{safe.html(said)}</p>')


def _why(error: KlimatinvestError | Unreadable) -> str:
    if isinstance(error, Unreadable):
        return _(error.template, **error.fields)
    return message(error)
