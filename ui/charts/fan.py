"""A fan: where a figure of every year may end up, as a band with its middle, and the plan's own."""

from collections.abc import Callable
from dataclasses import dataclass

from model.palette import ACCENT, GAP, INK
from ui import safe
from ui.charts import style
from ui.i18n import _

HEIGHT, PLOT, APART = 380, 290, 17


@dataclass(frozen=True)
class Fan:
    """One figure per year: what one draw in ten is below, half are, and nine in ten; and the plan's
    ``central``. ``labels`` name the years. ``write`` puts a figure in words, with its unit."""

    labels: tuple[str, ...]
    low: tuple[float, ...]
    mid: tuple[float, ...]
    high: tuple[float, ...]
    central: tuple[float, ...]
    write: Callable[[float], str]


def figure(
    fan: Fan, unit: str, *, colour: str = GAP.colour, from_zero: bool = True
) -> style.Drawing:
    """The band from P10 to P90, its middle as a line, the plan's own dashed; named at the ends.

    Where the band is narrow beside what it is of, an axis ``from_zero`` would hide it.
    """
    drawn = style.figure(HEIGHT)
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    drawn.add_scatter(
        x=[*fan.labels, *reversed(fan.labels)],
        y=[*fan.high, *reversed(fan.low)],
        fill="toself",
        mode="none",
        fillcolor=f"rgba({', '.join(map(str, parts))}, 0.25)",
        hoverinfo="skip",
    )
    hover = [f"{safe.plotly(label)}<br>{_told(fan, i)}" for i, label in enumerate(fan.labels)]
    for amounts, line in (
        (fan.central, {"color": INK, "width": 1.5, "dash": "dash"}),
        (fan.mid, {"color": colour, "width": 3}),
    ):
        drawn.add_scatter(
            x=fan.labels,
            y=amounts,
            mode="lines+markers" if len(fan.labels) < 3 else "lines",
            line=line,
            hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(
        margin={"l": 8, "r": 44, "t": 28, "b": 8},
        annotations=[style.unit(safe.plotly(unit)), *_names(fan, colour, from_zero)],
        xaxis=style.years_axis(fan.labels),
        yaxis=style.amounts_axis() | ({} if from_zero else {"rangemode": "normal"}),
    )
    return drawn


def describe(fan: Fan) -> str:
    """The chart in a sentence."""
    years = "; ".join(f"{label}: {_told(fan, i)}" for i, label in enumerate(fan.labels))
    return _("A band by year, with its middle. {years}.", years=years.replace("<br>", ", "))


def effect(fan: Fan, unit: str) -> style.Drawing:
    """The same for what is wanted rather than missing, on an axis that need not begin at zero."""
    return figure(fan, unit, colour=ACCENT, from_zero=False)


def _told(fan: Fan, place: int) -> str:
    said = (("P90", fan.high), ("P50", fan.mid), ("P10", fan.low))
    lines = [f"{name} {fan.write(amounts[place])}" for name, amounts in said]
    plan = _("central case {amount}", amount=fan.write(fan.central[place]))
    return "<br>".join([*lines, plan])


def _names(fan: Fan, colour: str, from_zero: bool) -> list[dict]:
    """P10, P50 and P90 beside the ends, moved apart where they would stand on each other."""
    least = 0.0 if from_zero else min(*fan.low, *fan.central)
    top = max(*fan.high, *fan.central, 1e-9) - least or 1e-9
    ends = [(name, of[-1]) for name, of in (("P10", fan.low), ("P50", fan.mid), ("P90", fan.high))]
    places: list[float] = []
    for _name, end in ends:
        wanted = (end - least) / top * PLOT
        places.append(max(wanted, places[-1] + APART) if places else wanted)
    return [
        {
            "text": f"<b>{name}</b>" if name == "P50" else name,
            # By its number: a year would be read as one.
            "x": len(fan.labels) - 1,
            "y": end,
            "xanchor": "left",
            "xshift": 10,
            "yanchor": "middle",
            "yshift": place - (end - least) / top * PLOT,
            "showarrow": False,
            "font": {"color": colour if name == "P50" else INK, "size": style.SMALL},
        }
        for (name, end), place in zip(ends, places, strict=True)
    ]
