"""The answer first: what answers a widget is painted before the rest of the page is worked out."""

import time
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from ui import errors
from ui import state as view

T = TypeVar("T")

# Seconds. What is sent within a moment the browser draws at once, so the rest waits until the
# answer is painted.
_PAINTING = 0.08


def first(answer: Callable[[], T], rest: Callable[[T], None]) -> None:
    """Draw ``answer`` and then ``rest``, which holds the widgets that change it.

    ``rest`` is given what ``answer`` returns, such as the columns to draw in. When one of its
    widgets is changed ``answer`` alone is drawn, by the new address; then the whole page is run.
    """
    drawn = False

    @st.fragment
    def both() -> None:
        nonlocal drawn
        again, drawn = drawn, True
        if not again:
            rest(answer())
            return
        with errors.guard():
            view.read()  # the frame, which reads the address otherwise, does not run
            answer()
        time.sleep(_PAINTING)
        st.rerun()

    both()
