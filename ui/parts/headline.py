"""The answer: one sentence, and the three or four figures behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from model.formatting import capitalise
from model.palette import Meaning
from ui import safe, theme


@dataclass(frozen=True)
class Figure:
    """A figure with its label over it. ``meaning`` ties it to the colour it has in the charts, and
    ``word`` (a key of ``data/glossary.yaml``) makes the label a link to what it means."""

    value: str
    label: str
    note: str = ""
    meaning: Meaning | None = None
    word: str = ""


def show(
    sentence: str, figures: Sequence[Figure] = (), *, tag: str = "", notes: Sequence[str] = ()
) -> None:
    """The page's heading is the answer itself. ``tag`` marks it, as *exempel* does; ``notes`` are
    what a reader must know before using it.

    Texts may hold what a person typed.
    """
    mark = f' <span class="tag">{safe.html(tag)}</span>' if tag else ""
    said = "".join(f"<li>{safe.html(note)}</li>" for note in notes)
    known = f'<ul class="notes">{said}</ul>' if said else ""
    # A scenario's name may end a line between its figure and "%".
    kept = safe.html(sentence).replace(" %", "\u00a0%")
    st.html(f'<h1 class="answer">{kept}{mark}</h1>{_listed(figures)}{known}')


def figures(listed: Sequence[Figure]) -> None:
    """Figures further down a page."""
    st.html(_listed(listed))


def beside(title: str, figures: Sequence[Figure]) -> None:
    """Figures under each other and under a heading, beside a chart that does not hold them."""
    st.html(f'<h2 class="chart-title">{safe.html(title)}</h2>{_listed(figures, "figures column")}')


def _listed(figures: Sequence[Figure], kind: str = "figures") -> str:
    items = "".join(_figure(figure) for figure in figures)
    return f'<dl class="{kind}">{items}</dl>' if items else ""


def _figure(figure: Figure) -> str:
    meaning = figure.meaning
    swatch = (
        theme.of_markup(
            f'<span class="swatch {meaning.fill}" style="--colour: {meaning.colour};'
            f' --light: {meaning.light}"></span>'
        )
        if meaning
        else ""
    )
    note = f'<span class="note">{safe.html(figure.note)}</span>' if figure.note else ""
    return f"<div><dt>{swatch}{_label(figure)}</dt><dd>{safe.html(figure.value)}{note}</dd></div>"


def _label(figure: Figure) -> str:
    label = safe.html(capitalise(figure.label))
    if not figure.word:
        return label
    from ui.parts import glossary

    return f'<a class="word" href="{safe.html(glossary.address(figure.word))}">{label}</a>'
