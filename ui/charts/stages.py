"""Stages over time: a stack per year, the further the darker, with the stages named beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np

from model.palette import INK, MUTED, ORDINAL, ORDINAL_DARK, Meaning
from ui.charts import style
from ui.i18n import _

UNKNOWN = Meaning("unknown", MUTED, "outlined")
PLOT, ABOVE, BELOW = 360, 26, 24
# Letters of a line of a name.
WIDEST = 14
# Pixels: a line of a name, and what a number inside a part of the bar needs.
LINE, INSIDE = 16, 15


@dataclass(frozen=True, eq=False)
class Stages:
    """How much is at each stage in each column. ``names`` are the stages in order, and last what is
    not known. ``amounts`` is (columns, names) in ``unit``; ``texts`` says the same.

    The first column is how it is, and stands apart from the years.
    """

    columns: tuple[str, ...]
    names: tuple[str, ...]
    amounts: np.ndarray
    texts: Sequence[Sequence[str]]
    unit: str

    def __post_init__(self):
        if self.amounts.shape != (len(self.columns), len(self.names)):
            raise ValueError(
                f"amounts are {self.amounts.shape}: expected columns and names, "
                f"{(len(self.columns), len(self.names))}"
            )

    @property
    def top(self) -> float:
        """The highest bar; 1 where there is none."""
        return float(self.amounts.sum(axis=1).max(initial=0)) or 1.0


def figure(shown: Stages) -> style.Drawing:
    """Stacked bars, the first stage at the bottom, named at the first bar and at the last."""
    drawn = style.figure(height=PLOT + ABOVE + BELOW)
    for at, name in enumerate(shown.names):
        values = shown.amounts[:, at].tolist()
        if not any(values):
            continue
        unknown = at == len(shown.names) - 1
        drawn.add_bar(
            x=shown.columns,
            y=[value or None for value in values],
            marker=style.marker(UNKNOWN) if unknown else _marker(at),
            text=[
                shown.texts[column][at] if value / shown.top * PLOT >= INSIDE else ""
                for column, value in enumerate(values)
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"color": _ink(at, unknown), "size": style.SMALL},
            hovertext=[
                f"{column}<br>{name}: {shown.texts[row][at]} {shown.unit}"
                for row, column in enumerate(shown.columns)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(
        barmode="stack",
        bargap=0.2,
        margin={"l": 84, "r": 68, "t": ABOVE, "b": BELOW},
        annotations=[
            style.unit(shown.unit) | {"xshift": 4},
            *_named(shown, 0, -0.46, "right"),
            *_named(shown, -1, len(shown.columns) - 1 + 0.46, "left"),
        ],
        xaxis=style.years_axis(shown.columns, automargin=False)
        | {"range": [-0.5, len(shown.columns) - 0.5]},
        yaxis=style.hidden_axis(range=[0, shown.top]),
    )
    style.set_apart(drawn)
    return drawn


def describe(shown: Stages) -> str:
    """The first column and the last in a sentence."""

    def said(row: int) -> str:
        return ", ".join(
            f"{name} {shown.texts[row][at]}"
            for at, name in enumerate(shown.names)
            if shown.amounts[row, at]
        )

    return _(
        "Stacked bars, {unit}, by the stage that is reached at least. Now: {now}. {year}: {last}.",
        unit=shown.unit,
        now=said(0),
        year=shown.columns[-1],
        last=said(-1),
    )


def _marker(at: int) -> dict:
    return {"color": ORDINAL[at], "line": {"color": INK, "width": 1}}


def _ink(at: int, unknown: bool) -> str:
    return style.WHITE if at >= ORDINAL_DARK and not unknown else INK


def _named(shown: Stages, column: int, x: float, anchor: str) -> list[dict]:
    """The names of a column's parts beside it, moved apart where parts are thin."""
    values = shown.amounts[column]
    middles = np.cumsum(values) - values / 2
    chosen = [at for at, value in enumerate(values) if value]
    names = ["<br>".join(wrap(shown.names[at], WIDEST)) for at in chosen]
    per_pixel = shown.top / PLOT
    rooms = [(name.count("<br>") + 1) * LINE * per_pixel for name in names]
    return [
        {
            "text": name,
            "x": x,
            "y": y,
            "xanchor": anchor,
            "yanchor": "middle",
            "align": anchor,
            "showarrow": False,
            "font": {"color": INK, "size": style.SMALL},
        }
        for name, y in zip(
            names, _apart([float(middles[at]) for at in chosen], rooms, shown.top), strict=True
        )
    ]


def _apart(places: list[float], rooms: list[float], top: float) -> list[float]:
    """Places in order, each with its room to itself where there is room for all."""
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + (rooms[i - 1] + rooms[i]) / 2)
    limit = top
    for i in range(len(places) - 1, -1, -1):
        places[i] = min(places[i], limit - rooms[i] / 2)
        limit = places[i] - rooms[i] / 2
    return places
