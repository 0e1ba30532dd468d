"""Emissions over the years: what was, what is aimed for, and where the measures lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from model.palette import ACCENT, INK, MEANINGS, MUTED, REST, TONES, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

Role = Literal[
    "baseline",
    "usual",
    "target",
    "measures",
    "infinite_geometric",
    "finite_geometric",
    "linear",
    "exponential",
]
MOST_WEDGES = len(TONES)
LETTER, MOST_ROOM = 8, 130
ROOM_OVER = 1.14


@dataclass(frozen=True)
class Line:
    """One series in tonnes a year. None is a year without a figure, and the line breaks there.

    ``low`` and ``high`` draw the range of the measures' effect as a band. One that is not
    ``named`` at its end has its name in the key.
    """

    name: str
    role: Role
    years: tuple[int, ...]
    tonnes: tuple[float | None, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    named: bool = True


@dataclass(frozen=True)
class Wedge:
    """What some measures lower emissions by, t a year from the first year of the path on."""

    name: str
    tonnes: tuple[float, ...]


@dataclass(frozen=True)
class Point:
    """A target: what is to be left to emit in its year."""

    name: str
    year: int
    tonnes: float


_LOOK = {
    "baseline": {"color": MEANINGS["baseline"].colour, "width": 1.5},
    "usual": {"color": MEANINGS["baseline"].colour, "width": 1.5, "dash": "dot"},
    "target": {"color": MEANINGS["baseline"].colour, "width": 1.5, "dash": "dash"},
    "measures": {"color": ACCENT, "width": 3},
}
# The carbon budget's methods: the one that we begin with stands out.
BUDGET_LOOK = {
    "infinite_geometric": {"color": ACCENT, "width": 3},
    "finite_geometric": {"color": "#5B4A8A", "width": 1.5, "dash": "dash"},
    "linear": {"color": "#7A6A00", "width": 1.5},
    "exponential": {"color": MUTED, "width": 1.5, "dash": "dot"},
}
_LOOK |= BUDGET_LOOK


def fewer(wedges: Sequence[Wedge], rest: str) -> list[Wedge]:
    """The largest wedges, and all the others as one called ``rest``."""
    kept, others = list(wedges[:MOST_WEDGES]), wedges[MOST_WEDGES:]
    if others:
        sums = zip(*(each.tonnes for each in others), strict=True)
        kept.append(Wedge(rest, tuple(map(sum, sums))))
    return kept


def meanings(wedges: Sequence[Wedge]) -> list[Meaning]:
    """The wedges' colours with their names, which may be what a person typed."""
    return [
        Meaning(safe.html(each.name), tone)
        for each, tone in zip(wedges, _tones(wedges), strict=True)
    ]


def figure(
    lines: Sequence[Line],
    unit: str,
    *,
    wedges: Sequence[Wedge] = (),
    under: Line | None = None,
    points: Sequence[Point] = (),
) -> style.Drawing:
    """The lines on one scale from zero, each named at its end. ``unit`` is for the axis.

    ``wedges`` fill what lies between the line ``under`` them and emissions without the plan.
    """
    drawn = style.figure(height=400)
    if under and wedges:
        _fill_wedges(drawn, wedges, under)
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
    for point in points:
        drawn.add_scatter(
            x=[point.year],
            y=[point.tonnes],
            mode="markers",
            cliponaxis=False,
            marker={"symbol": "diamond", "size": 10, "color": MEANINGS["baseline"].colour},
            hovertext=[f"{safe.plotly(point.name)}<br>{point.year}: {write.tonnes(point.tonnes)}"],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    years = [year for line in lines for year in line.years] + [point.year for point in points]
    drawn.update_layout(
        margin={"l": 8, "r": _room([line for line in lines if line.named]), "t": 28, "b": 8},
        annotations=[
            style.unit(safe.plotly(unit)),
            *_names([line for line in lines if line.named]),
            *map(_target_label, points),
        ],
        xaxis={
            "fixedrange": True,
            "showgrid": False,
            "linecolor": MUTED,
            "tickformat": "d",
            "nticks": 8,
            "tickangle": 0,
            "automargin": True,
            "range": [min(years, default=0), max(years, default=1)],
        },
        yaxis=style.amounts_axis(_top(lines, points)),
    )
    return drawn


def _top(lines: Sequence[Line], points: Sequence[Point]) -> float | None:
    """The end of the axis, with room for a name over a line where another goes on from there."""
    ends = {line.years[-1] for line in lines if line.years and line.named}
    if len(ends) < 2:
        return None
    tonnes = [amount for line in lines for amount in (*line.tonnes, *line.high) if amount]
    highest = max([*tonnes, *(point.tonnes for point in points)], default=0.0)
    return highest * ROOM_OVER or None


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


def _fill_wedges(drawn: style.Drawing, wedges: Sequence[Wedge], under: Line) -> None:
    """Areas stacked from what is left to emit up to what would be emitted without the plan."""
    stack = {"x": under.years, "mode": "lines", "stackgroup": "wedges"}
    drawn.add_scatter(
        **stack, y=under.tonnes, line={"width": 0}, fillcolor="rgba(0, 0, 0, 0)", hoverinfo="skip"
    )
    for wedge, tone in zip(reversed(wedges), reversed(_tones(wedges)), strict=True):
        drawn.add_scatter(
            **stack,
            y=wedge.tonnes,
            fillcolor=tone,
            line={"width": 0.5, "color": INK},
            hovertext=[
                f"{safe.plotly(wedge.name)}<br>{year}: {write.tonnes(amount)}"
                for year, amount in zip(under.years, wedge.tonnes, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )


def _tones(wedges: Sequence[Wedge]) -> list[str]:
    return [TONES[i] if i < MOST_WEDGES else REST for i in range(len(wedges))]


def _target_label(point: Point) -> dict:
    return {
        "x": point.year,
        "y": point.tonnes,
        "text": f"<b>{safe.plotly(_('Target {year}', year=point.year))}</b>",
        "showarrow": False,
        "xanchor": "right",
        "xshift": -8,
        "yanchor": "top",
        "font": {"color": MEANINGS["baseline"].colour},
    }


def _names(lines: Sequence[Line]) -> list[dict]:
    """Each line's name beside its end; over the whole line where another goes on from there."""
    last = max((year for line in lines for year in line.years), default=0)
    texts = []
    for line in lines:
        known = [i for i, tonnes in enumerate(line.tonnes) if tonnes is not None]
        if not known:
            continue
        end = {"x": line.years[known[-1]], "y": line.tonnes[known[-1]]}
        first = {"x": line.years[known[0]], "y": max(line.tonnes[i] for i in known)}
        # What the measures do may be next to nothing: the two names stand over and under it.
        across = {"usual": "bottom", "measures": "top"}.get(line.role, "middle")
        beside = {"xanchor": "left", "xshift": 8, "yanchor": across}
        over = first | {"xanchor": "left", "yanchor": "bottom", "xshift": 4, "yshift": 4}
        texts.append(
            {
                "text": safe.plotly(line.name),
                "showarrow": False,
                "font": {"color": _LOOK[line.role]["color"]},
                **(end | beside if end["x"] == last else over),
            }
        )
    return texts


def _room(lines: Sequence[Line]) -> int:
    """Pixels to the right of the lines, for the names that stand there."""
    last = max((year for line in lines for year in line.years), default=0)
    longest = max((len(line.name) for line in lines if line.years[-1:] == (last,)), default=0)
    return 12 + min(longest * LETTER, MOST_ROOM)
