"""The answer first: what answers a widget is painted before the rest of the page is worked out."""

import time
from collections.abc import Callable

import streamlit as st

from ui import errors
from ui import state as view

# Seconds. What is sent within a moment the browser draws at once, so the rest waits until the
# answer is painted.
_PAINTING = 0.08


def first(answer: Callable[[], None], widgets: Callable[[], None]) -> None:
    """Draw ``answer`` in containers that stand outside, and here the ``widgets`` that change it.

    When one of them is changed ``answer`` alone is drawn, by the new address; then the page is run.
    """
    drawn = False

    @st.fragment
    def both() -> None:
        nonlocal drawn
        again, drawn = drawn, True
        if not again:
            answer()
            widgets()
            return
        with errors.guard():
            view.read()  # the frame, which reads the address otherwise, does not run
            answer()
        time.sleep(_PAINTING)
        st.rerun()

    both()
