"""Fields whose text is tried as an answer. What is not understood stays in the field, and why."""

from collections.abc import Callable

import streamlit as st

from model.errors import KlimatinvestError
from model.forms.kinds import Unreadable
from ui import safe
from ui import state as view
from ui.i18n import _, message

WIDTH = 420


def text(label: str, key: str, standing: str, take: Callable[[str], None]) -> None:
    """A text field that shows ``standing``, what is typed going to ``take`` without space around.

    ``take`` raises KlimatinvestError or Unreadable when it cannot be an answer.
    """
    refused = view.kept(f"typed-{key}")

    def taken(typed: str) -> None:
        view.forget(f"typed-{key}")
        try:
            take(typed.strip())
        except (KlimatinvestError, Unreadable) as error:
            view.keep(f"typed-{key}", (typed, error))

    st.text_input(
        label, **view.holding(key, refused[0] if refused else standing, taken), width=WIDTH
    )
    if refused:
        st.html(f'<p class="echo wrong" role="alert">{safe.html(_why(refused[1]))}</p>')


def _why(error: KlimatinvestError | Unreadable) -> str:
    if isinstance(error, Unreadable):
        return _(error.template, **error.fields)
    return message(error)
