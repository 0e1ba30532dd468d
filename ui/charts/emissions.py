"""Emissions over the years: what was, what is aimed for, and where the measures lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from model.palette import ACCENT, MEANINGS, MUTED
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

Role = Literal["baseline", "target", "measures"]
LETTER, MOST_ROOM = 8, 130


@dataclass(frozen=True)
class Line:
    """One series in tonnes a year. None is a year without a figure, and the line breaks there.

    ``low`` and ``high`` draw the range of the measures' effect as a band.
    """

    name: str
    role: Role
    years: tuple[int, ...]
    tonnes: tuple[float | None, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


_LOOK = {
    "baseline": {"color": MEANINGS["baseline"].colour, "width": 1.5},
    "target": {"color": MEANINGS["baseline"].colour, "width": 1.5, "dash": "dash"},
    "measures": {"color": ACCENT, "width": 3},
}


def figure(lines: Sequence[Line], unit: str) -> style.Drawing:
    """The lines on one scale from zero, each named at its end. ``unit`` is for the axis."""
    drawn = style.figure(height=400)
    for line in lines:
        if line.low and line.high:
            drawn.add_scatter(
                x=[*line.years, *reversed(line.years)],
                y=[*line.high, *reversed(line.low)],
                fill="toself",
                mode="none",
                fillcolor="rgba(0, 82, 122, 0.25)",
                hoverinfo="skip",
            )
        drawn.add_scatter(
            x=line.years,
            y=line.tonnes,
            mode="lines+markers" if len(line.years) < 3 else "lines",
            line=_LOOK[line.role],
            connectgaps=False,
            hovertext=[
                f"{safe.plotly(line.name)}<br>{year}: {write.tonnes(amount)}"
                for year, amount in zip(line.years, line.tonnes, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    years = [year for line in lines for year in line.years]
    drawn.update_layout(
        margin={"l": 8, "r": _room(lines), "t": 28, "b": 8},
        annotations=[style.unit(safe.plotly(unit)), *_names(lines)],
        xaxis={
            "fixedrange": True,
            "showgrid": False,
            "linecolor": MUTED,
            "tickformat": "d",
            "nticks": 8,
            "automargin": True,
            "range": [min(years, default=0), max(years, default=1)],
        },
        yaxis=style.amounts_axis(),
    )
    return drawn


def describe(lines: Sequence[Line]) -> str:
    """The chart in a sentence."""
    parts = []
    for line in lines:
        known = [
            point for point in zip(line.years, line.tonnes, strict=True) if point[1] is not None
        ]
        if known:
            (first, start), (last, end) = known[0], known[-1]
            parts.append(f"{line.name} {first}: {write.tonnes(start)}, {last}: {write.tonnes(end)}")
    return _("Lines by year. {parts}.", parts="; ".join(parts))


def _names(lines: Sequence[Line]) -> list[dict]:
    """Each line's name beside its end; over it where another line goes on from there."""
    last = max((year for line in lines for year in line.years), default=0)
    texts = []
    for line in lines:
        known = [i for i, tonnes in enumerate(line.tonnes) if tonnes is not None]
        if not known:
            continue
        end = {"x": line.years[known[-1]], "y": line.tonnes[known[-1]]}
        beside = {"xanchor": "left", "xshift": 8, "yanchor": "middle"}
        over = {"xanchor": "right", "yanchor": "bottom", "yshift": 6}
        texts.append(
            {
                "text": safe.plotly(line.name),
                "showarrow": False,
                "font": {"color": _LOOK[line.role]["color"]},
                **end,
                **(beside if end["x"] == last else over),
            }
        )
    return texts


def _room(lines: Sequence[Line]) -> int:
    """Pixels to the right of the lines, for the names that stand there."""
    last = max((year for line in lines for year in line.years), default=0)
    longest = max((len(line.name) for line in lines if line.years[-1] == last), default=0)
    return 12 + min(longest * LETTER, MOST_ROOM)
