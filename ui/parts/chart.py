"""A chart in its place: title, what is shown, the figure, its source, and the table behind it.

It can be saved as a picture, which says all of that and stands alone (:mod:`ui.parts.picture`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from model.palette import Meaning
from ui import safe, theme
from ui import state as view
from ui.charts import key as colours
from ui.charts.svg import Picture
from ui.i18n import _
from ui.parts import picture
from ui.parts import table as tables
from ui.parts.table import Table

if TYPE_CHECKING:
    from ui.charts.style import Drawing

Pick = tuple[str, str]


@dataclass(frozen=True)
class Download:
    """A file to take along. ``make`` is called when it is asked for."""

    label: str
    file_name: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Words:
    """What stands round a chart. ``title`` says the answer with its number and scenario;
    ``subtitle`` what is shown, unit, price level, VAT, reading and plan version; ``alt`` describes
    the picture to who cannot see it. They may hold what a person typed.
    """

    title: str
    subtitle: str
    source: str
    alt: str


def place(
    figure: "Drawing | Picture",
    words: Words,
    *,
    key: str,
    meanings: Iterable[Meaning] = (),
    table: Table | None = None,
    picks: Mapping[str, str] | None = None,
    downloads: Sequence[Download] = (),
) -> Pick | None:
    """Draw a chart and what belongs to it: a figure of Plotly's, or a picture drawn here.

    With ``picks`` (category key -> label) a part of a bar can be clicked, or its category chosen
    in a list, and (key, status) of what is picked is returned, status empty for a whole category.
    """
    _title(words, meanings)
    if isinstance(figure, Picture):
        _show(figure, words, key)
    else:
        _plot(figure, words, key, clickable=bool(picks))
    foot(words)
    picked = _pick(key, picks) if picks else None
    if table is not None:
        tables.show(table)
    if downloads:
        offer(key, downloads)
    return picked


def answer(figure: Picture, words: Words, *, key: str, meanings: Iterable[Meaning] = ()) -> None:
    """The part of a chart that answers a toggle. Its :func:`foot` is drawn with the page."""
    _title(words, meanings)
    _show(figure, words, key)


def foot(words: Words) -> None:
    """The chart's source, and the way to save it as a picture."""
    said = picture.stands_alone(view.current(), date.today())
    st.html(picture.foot(words.title, words.source, words.alt, said))


def _title(words: Words, meanings: Iterable[Meaning]) -> None:
    st.html(
        f'<h2 class="chart-title">{safe.html(words.title)}</h2>'
        f'<p class="chart-subtitle">{safe.html(words.subtitle)}</p>'
        f"{theme.of_markup(colours.html(meanings))}"
    )


def _show(figure: Picture, words: Words, key: str) -> None:
    drawn = figure.markup(key, words.title, words.alt)
    st.markdown(theme.of_markup(drawn), unsafe_allow_html=True)


def _plot(figure: "Drawing", words: Words, key: str, *, clickable: bool) -> None:
    from ui.charts import style  # with Plotly, which a page of pictures has no use for

    figure = theme.of_chart(figure)
    drawn = {"theme": None, "config": style.CONFIG, "alt": safe.line(words.alt)}
    if clickable:
        figure.make_pickable()
        st.plotly_chart(figure, **drawn, **view.clickable(key))
    else:
        st.plotly_chart(figure, key=key, **drawn)


def offer(key: str, downloads: Sequence[Download]) -> None:
    """Files to take along, side by side. Nothing is written before somebody asks for it."""
    with st.container(horizontal=True, gap="small"):
        for number, file in enumerate(downloads):
            st.download_button(
                file.label,
                file.make,
                file_name=file.file_name,
                key=f"{key}-download-{number}",
                on_click="ignore",
            )


def _pick(key: str, picks: Mapping[str, str]) -> Pick | None:
    """The list beside the bars: for a keyboard, and for a bar that is hard to hit."""
    picked = view.picked(key)
    chosen = picked[0] if picked and picked[0] in picks else None
    st.selectbox(
        _("Show the measures behind"),
        list(picks),
        format_func=lambda category: safe.line(picks[category]),
        placeholder=_("Choose here, or click a bar"),
        **view.choosable(key, chosen),
    )
    return picked if chosen else None
