"""How every chart looks: :mod:`model.palette` as Plotly draws it, and the ground it stands on.

White ground, zero base, direct words instead of a legend where there is room, nothing that moves.
A chart's title, subtitle and source stand outside the figure (:mod:`ui.parts.chart`), where text
wraps on a phone and a screen reader finds it.
"""

from textwrap import wrap

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

from model.formatting import MILLION, signs
from model.palette import GRID, INK, MEANINGS, MUTED, Meaning
from ui import safe
from ui.i18n import _, language

FONT = '"Source Sans", "Source Sans Pro", sans-serif'
SIZE = 14
SMALL = 12
BAR = 0.4
# Room for a name above its bar, also where a wide window makes text a quarter larger.
ROW, TALL_ROW = 50, 80
# Letters of a name on one line; a longer one takes two.
NAME_LENGTH = 34
FEW_YEARS = 8
# Room for two lines of years under the chart, and for amounts of five figures beside it.
MARGINS = {"l": 48, "r": 8, "t": 28, "b": 44}
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


class Drawing(BaseFigure):
    """A figure as plain traces and layout, which go to the browser as they are.

    Plotly's own figure checks every property as it is set, which takes 13 ms a chart: a tenth of
    what a toggle may take from the widget to the painted chart. ``checked`` does so for who wants
    to know (the tests do), and ``data``, ``layout`` and what else a figure has are asked of it.
    """

    def __init__(self, layout: dict):
        self.__dict__["drawn"] = {"data": [], "layout": layout}

    def __getattr__(self, name: str):
        return getattr(self.checked, name)

    @property
    def checked(self) -> go.Figure:
        """The same figure with every property checked. ValueError where one is none of Plotly's."""
        return go.Figure(self.drawn)

    @property
    def data(self):
        return self.checked.data

    @property
    def layout(self):
        return self.checked.layout

    def to_dict(self) -> dict:
        return self.drawn

    def add_bar(self, **trace) -> None:
        """One more trace of bars."""
        self.drawn["data"].append({"type": "bar", **trace})

    def add_scatter(self, **trace) -> None:
        """One more trace of lines or points."""
        self.drawn["data"].append({"type": "scatter", **trace})

    def add_shape(self, **shape) -> None:
        """A line or an area behind or over the traces."""
        self.drawn["layout"].setdefault("shapes", []).append(shape)

    def add_annotation(self, annotation: dict | None = None, **more) -> None:
        """A text at a place."""
        self.drawn["layout"].setdefault("annotations", []).append({**(annotation or {}), **more})

    def update_layout(self, layout: dict | None = None, **more) -> None:
        """Change the layout; what a nested dict does not name stays."""
        _merge(self.drawn["layout"], {**(layout or {}), **more})

    def make_pickable(self) -> None:
        """Let a click pick a part of a bar, which then stands out while the rest stays readable."""
        # Streamlit would say both in the browser if they were left out, and draw the chart again.
        self.update_layout(clickmode="event+select", dragmode="pan")
        for trace in self.drawn["data"]:
            trace["unselected"] = {"marker": {"opacity": 0.4}}
            if "textfont" in trace:
                # Amounts keep their colour; Plotly fails on one of the two without the other.
                colour = {"textfont": {"color": trace["textfont"].get("color", INK)}}
                trace["unselected"] |= colour
                trace["selected"] = colour

    def update_xaxes(self, **axis) -> None:
        """Change every horizontal axis."""
        for name in [*self.drawn["layout"]]:
            if name.startswith("xaxis"):
                self.update_layout({name: axis})


def _merge(into: dict, more: dict) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            _merge(into[name], value)
        else:
            into[name] = value


def figure(height: int) -> Drawing:
    """An empty figure with our ground, type and number signs. ``height`` in pixels."""
    written = signs(language())
    return Drawing(
        {
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


def years_axis(labels: tuple[str, ...], *, automargin: bool = True) -> dict:
    """A category axis of years: every one is named, none is taken for a number.

    Without ``automargin`` the figure has ``MARGINS``, which is faster: nothing is drawn twice to
    find out how much room it takes.
    """
    few = len(labels) <= FEW_YEARS
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": labels,
        "tickmode": "array",
        "tickvals": labels,
        "ticktext": [label.replace(" ", "<br>") for label in labels] if few else labels,
        "tickangle": 0 if few else "auto",
        "automargin": automargin or not few,
        "fixedrange": True,
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "",
    }


def amounts_axis(top: float | None = None, *, automargin: bool = True) -> dict:
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
        "automargin": automargin,
        "ticks": "",
        "tickfont": {"color": MUTED, "size": SMALL},
    }


def hidden_axis(**more) -> dict:
    """An axis that only places things."""
    return {"visible": False, "fixedrange": True, **more}


def set_apart(drawn: Drawing, axis: str = "") -> None:
    """A line between the first bar, which is no year of the plan, and the years. ``axis`` is the
    number of the axes, empty for the first.
    """
    drawn.add_shape(
        type="line",
        xref=f"x{axis}",
        yref=f"y{axis} domain",
        x0=0.5,
        x1=0.5,
        y0=0,
        y1=1,
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


def drawn_amounts(ore: np.ndarray) -> list[float | None]:
    """The same for outlined bars: a zero is left out, where an outline would draw it as a line."""
    return [amount or None for amount in millions(ore).tolist()]


def _pattern(shape: str, colour: str, size: int, solidity: float) -> dict:
    return {
        "shape": shape,
        "fgcolor": colour,
        "bgcolor": WHITE,
        "fillmode": "replace",
        "size": size,
        "solidity": solidity,
    }


def rows(names: list[str], figures: list[str], right: str, left: str = "") -> Drawing:
    """A figure of labelled rows, first on top: a name to the left and a figure to the right of a
    line, and room for a bar under it at y = -row. ``right`` heads the figures, with their unit, and
    ``left`` the names.

    Names are user text. They stand above their bar, so that they fit on a phone; where one takes
    two lines every row is as tall.
    """
    lines = [_lines(name) for name in names]
    tall = any(len(each) > 1 for each in lines)
    head, top = (0.8, 1.1) if tall else (0.72, 1.15)
    drawn = figure(height=round((TALL_ROW if tall else ROW) * (len(names) - 0.7 + top)))
    heading = {"y": head, "font": {"color": MUTED, "size": SMALL}}
    texts = [_row_text(0, right, x=1) | heading]
    if left:
        texts.append(_row_text(0, left, x=0) | heading)
    for row, (each, text) in enumerate(zip(lines, figures, strict=True)):
        name = "<br>".join(map(safe.plotly, each))
        texts.append(_row_text(row, f"<b>{name}</b>", x=0))
        texts.append(_row_text(row, text, x=1))
    drawn.update_layout(
        annotations=texts,
        xaxis=hidden_axis(rangemode="tozero"),
        yaxis=hidden_axis(range=[0.7 - len(names), top], zeroline=False),
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
        "align": "right" if x else "left",
        "yanchor": "bottom",
        "yshift": 2,
        "showarrow": False,
    }


def _lines(name: str) -> list[str]:
    """A name on one line or two; what does not fit on those ends in an ellipsis."""
    return wrap(safe.line(name), NAME_LENGTH, max_lines=2, placeholder=" …") or [""]
