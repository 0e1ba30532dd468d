"""The answer: one sentence, and the three or four figures behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from model.palette import Meaning
from ui import safe


@dataclass(frozen=True)
class Figure:
    """A figure with its label under it. ``meaning`` ties it to the colour it has in the charts."""

    value: str
    label: str
    note: str = ""
    meaning: Meaning | None = None


def show(sentence: str, figures: Sequence[Figure] = (), *, tag: str = "") -> None:
    """The page's heading is the answer itself. ``tag`` marks it, as *exempel* does.

    Texts may hold what a person typed.
    """
    mark = f' <span class="tag">{safe.html(tag)}</span>' if tag else ""
    items = "".join(_figure(figure) for figure in figures)
    listed = f'<dl class="figures">{items}</dl>' if items else ""
    st.html(f'<h1 class="answer">{safe.html(sentence)}{mark}</h1>{listed}')


def _figure(figure: Figure) -> str:
    meaning = figure.meaning
    swatch = (
        f'<span class="swatch {meaning.fill}" style="--colour: {meaning.colour};'
        f' --light: {meaning.light}"></span>'
        if meaning
        else ""
    )
    note = f'<span class="note">{safe.html(figure.note)}</span>' if figure.note else ""
    return (
        f"<div><dt>{swatch}{safe.html(figure.label)}</dt>"
        f"<dd>{safe.html(figure.value)}{note}</dd></div>"
    )
