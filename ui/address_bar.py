"""The browser's address bar: what it says, and what is written into it.

A click is sent with the address that the browser shows just then. One that follows another within a
moment still says the address that the other has replaced: left so, the first were lost, or the page
would show one thing and the address another. So what was written last is remembered in the session,
with what it has replaced. Whoever goes back to such an address, by the browser's buttons, a link or
another page, means it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_WRITTEN = "address-written"
# Addresses that the browser may still say although they are replaced: as many quick clicks.
_REPLACED = 50

Query = Mapping[str, list[str]]


@dataclass(frozen=True)
class _Written:
    """The page that was written from, what the address says since then, and what it said before."""

    page: str
    now: Query
    replaced: tuple[Query, ...] = ()


def says() -> Query:
    """What the address says, or will when the browser has heard what was written last."""
    said = _in_the_bar()
    written = st.session_state.get(_WRITTEN)
    if written is None or said == written.now or said not in written.replaced:
        return said
    page = _page()
    if page is None or _goes_back() or page != written.page:
        del st.session_state[_WRITTEN]
        return said
    st.query_params.from_dict(written.now)
    return written.now


@contextmanager
def writing() -> Iterator[None]:
    """Write into ``st.query_params`` inside: what it said before and says then is remembered."""
    before = says()
    yield
    now, page = _in_the_bar(), _page()
    if page is not None and now != before:
        written = st.session_state.get(_WRITTEN)
        replaced = written.replaced if written is not None and written.page == page else ()
        st.session_state[_WRITTEN] = _Written(page, now, (*replaced, before)[-_REPLACED:])


def put_right() -> None:
    """When the browser's own buttons or a link led here, let the bar say what it says now: what was
    written just before may reach the browser only afterwards."""
    if _goes_back():
        st.query_params.from_dict(_in_the_bar())


def _goes_back() -> bool:
    run = get_script_run_ctx(suppress_warning=True)
    return run is not None and run.is_history_navigation


def _page() -> str | None:
    """The page that is run; None outside of a run."""
    run = get_script_run_ctx(suppress_warning=True)
    return None if run is None else run.page_script_hash


def _in_the_bar() -> Query:
    return {name: st.query_params.get_all(name) for name in st.query_params}
