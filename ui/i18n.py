"""The active language: ``_`` for messages, :func:`name` for reference data.

A page is in the language that its address says. Whatever is written outside a page (a slide, a
test) says its language with :func:`speaking`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from model import language as languages
from model.entries import Unit
from model.errors import KlimatinvestError, Violation
from model.language import Language

_active: ContextVar[Language | None] = ContextVar("language", default=None)


class Entry(Protocol):
    """What has a name in both languages: reference data and scenarios."""

    name: str
    name_en: str


def language() -> Language:
    """The language of this page, Swedish unless the address says English."""
    # A fragment runs without the frame, in a thread that knows no language yet.
    return _active.get() or of_the_address()


def speak(chosen: Language) -> None:
    """Go on in this language: the frame says it once per run."""
    _active.set(chosen)


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Everything inside is said in this language."""
    before = _active.set(chosen)
    try:
        yield
    finally:
        _active.reset(before)


def _(message: str, **fields: object) -> str:
    """``message`` in the active language with its named fields filled in."""
    return languages.translate(message, language(), **fields)


def n_(one: str, many: str, count: int, **fields: object) -> str:
    """``one`` or ``many`` in the active language; ``{count}`` is the number."""
    return languages.translate_plural(one, many, count, language(), **fields)


def name(entry: Entry) -> str:
    """What a source, sector, owner, scenario ... is called in the active language."""
    return entry.name_en if language() == "en" and entry.name_en else entry.name


def single(unit: Unit) -> str:
    """What a single one of a unit is called: what stands after *per*."""
    return (unit.one_en if language() == "en" else unit.one) or name(unit)


def note(entry: languages.Noted) -> str:
    """What is noted about a figure, source ... in the active language; what a plan notes stands as
    it was written."""
    return languages.note(entry, language())


def message(problem: Violation | KlimatinvestError) -> str:
    """What went wrong, in the active language."""
    return languages.message(problem, language())


def of_the_address() -> Language:
    """The language that the address asks for; Swedish where nobody asks."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    if get_script_run_ctx(suppress_warning=True) is None:
        return languages.DEFAULT
    said = st.query_params.get("lang")
    return next((known for known in languages.LANGUAGES if known == said), languages.DEFAULT)


def mark(message: str) -> str:
    """A message that is translated later, where it is shown."""
    return message
