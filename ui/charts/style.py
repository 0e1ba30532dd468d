"""How every chart looks: :mod:`model.palette` as Plotly draws it, and the ground it stands on.

White ground, zero base, direct words instead of a legend where there is room, nothing that moves.
A chart's title, subtitle and source stand outside the figure (:mod:`ui.parts.chart`), where text
wraps on a phone and a screen reader finds it.
"""

from collections.abc import Iterable

import numpy as np
import plotly.graph_objects as go

from model.formatting import MILLION, signs
from model.palette import GRID, INK, MEANINGS, MUTED, Meaning
from ui import safe
from ui.i18n import _, language

FONT = '"Source Sans", "Source Sans Pro", sans-serif'
SIZE = 14
SMALL = 12
BAR = 0.4
ROW = 50
NAME_LENGTH = 34
WHITE = "#FFFFFF"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


def word(meaning: Meaning) -> str:
    """What a meaning is called on screen."""
    return _(meaning.word)


def marker(meaning: Meaning) -> dict:
    """A bar of this meaning: solid, outlined, hatched or dotted."""
    colour = meaning.colour
    outline = {"color": colour, "width": 1.5}
    if meaning.fill == "outlined":
        return {"color": meaning.light, "line": outline}
    if meaning.fill == "hatched":
        return {"color": WHITE, "line": outline, "pattern": _pattern("/", colour, 6, 0.3)}
    if meaning.fill == "dotted":
        return {"color": WHITE, "line": outline, "pattern": _pattern(".", colour, 5, 0.35)}
    return {"color": colour, "line": {"color": WHITE, "width": 0.5}}


def key(meanings: Iterable[Meaning]) -> str:
    """The words of a chart's colours and patterns as HTML, in the order of the bar."""
    items = "".join(
        f'<li><span class="swatch {meaning.fill}" style="--colour: {meaning.colour};'
        f' --light: {meaning.light}"></span>{word(meaning)}</li>'
        for meaning in meanings
    )
    return f'<ul class="key" aria-hidden="true">{items}</ul>'


def figure(height: int) -> go.Figure:
    """An empty figure with our ground, type and number signs. ``height`` in pixels."""
    written = signs(language())
    return go.Figure(
        layout={
            "template": None,
            "height": height,
            "autosize": True,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 0},
            "paper_bgcolor": WHITE,
            "plot_bgcolor": WHITE,
            "font": {"family": FONT, "size": SIZE, "color": INK},
            "colorway": [meaning.colour for meaning in MEANINGS.values()],
            "separators": f"{written.decimal}{written.group}",
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": WHITE,
                "bordercolor": GRID,
                "font": {"family": FONT, "size": SIZE, "color": INK},
            },
            "bargap": 0.3,
            "transition": {"duration": 0},
        }
    )


def years_axis(labels: tuple[str, ...]) -> dict:
    """A category axis of years: every one is named, none is taken for a number."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": labels,
        "tickmode": "array",
        "tickvals": labels,
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "",
    }


def amounts_axis(top: float | None = None) -> dict:
    """A value axis from zero with few, thin lines. ``top`` fixes it where scales must agree."""
    return {
        "rangemode": "tozero",
        "range": None if top is None else [0, top],
        "fixedrange": True,
        "nticks": 5,
        "tickformat": ",~f",
        "gridcolor": GRID,
        "gridwidth": 0.5,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "zerolinewidth": 1,
        "automargin": True,
        "ticks": "",
        "tickfont": {"color": MUTED, "size": SMALL},
    }


def hidden_axis(**more) -> dict:
    """An axis that only places things."""
    return {"visible": False, "fixedrange": True, **more}


def set_apart(drawn: go.Figure) -> None:
    """A line between the first bar, which is no year of the plan, and the years."""
    drawn.add_shape(
        type="line",
        x0=0.5,
        x1=0.5,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": MUTED, "width": 1, "dash": "dot"},
    )


def unit(text: str) -> dict:
    """The unit above the value axis, once."""
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 8,
        "showarrow": False,
        "font": {"color": MUTED, "size": SMALL},
    }


def millions(ore: np.ndarray) -> np.ndarray:
    """Where to draw an amount: millions of kronor. For places on a chart, never for sums."""
    return np.asarray(ore, dtype=float) / MILLION


def _pattern(shape: str, colour: str, size: int, solidity: float) -> dict:
    return {
        "shape": shape,
        "fgcolor": colour,
        "bgcolor": WHITE,
        "fillmode": "replace",
        "size": size,
        "solidity": solidity,
    }


def rows(names: list[str], figures: list[str], right: str) -> go.Figure:
    """A figure of labelled rows, first on top: a name to the left and a figure to the right of a
    line, and room for a bar under it at y = -row. ``right`` heads the figures, with their unit.

    Names are user text. They stand above their bar, so that they fit on a phone.
    """
    drawn = figure(height=round(ROW * (len(names) + 0.35)))
    texts = [(_row_text(0, right, x=1) | {"y": 0.72, "font": {"color": MUTED, "size": SMALL}})]
    for row, (name, text) in enumerate(zip(names, figures, strict=True)):
        texts.append(_row_text(row, f"<b>{safe.plotly(_short(name))}</b>", x=0))
        texts.append(_row_text(row, text, x=1))
    drawn.update_layout(
        annotations=texts,
        xaxis=hidden_axis(rangemode="tozero"),
        yaxis=hidden_axis(range=[0.7 - len(names), 1.05], zeroline=False),
        bargap=0,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return drawn


def _row_text(row: int, text: str, *, x: int) -> dict:
    return {
        "text": text,
        "xref": "paper",
        "x": x,
        "y": BAR / 2 - row,
        "xanchor": "right" if x else "left",
        "yanchor": "bottom",
        "yshift": 2,
        "showarrow": False,
    }


def _short(name: str) -> str:
    plain = safe.line(name)
    return plain if len(plain) <= NAME_LENGTH else plain[: NAME_LENGTH - 1].rstrip() + "…"
