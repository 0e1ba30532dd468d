"""What a tonne costs, bars as wide as their tonnes, lowest cost first; and measures by value."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import ACCENT, GAP, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

COSTS = Meaning("Costs per tonne", ACCENT)
PAYS = Meaning("Pays", ACCENT)
DOES_NOT_PAY = Meaning("Does not pay", GAP.colour, "outlined")
HEIGHT = 360
# A bar that is narrower than this part of the whole has no room for its number.
NARROW = 0.03


@dataclass(frozen=True)
class Bar:
    """``number`` is its place in the table; kronor per tonne, tonnes a year, öre of value."""

    number: int
    label: str
    cost: float
    tonnes: float
    value: int


def curve(bars: Sequence[Bar]) -> style.Drawing:
    """Bars in the given order, side by side without gaps: width is tonnes, height is cost."""
    drawn = style.figure(HEIGHT)
    start, places = 0.0, []
    for bar in bars:
        places.append(start)
        start += bar.tonnes
    drawn.add_bar(
        x=places,
        width=[bar.tonnes for bar in bars],
        offset=0,
        y=[bar.cost for bar in bars],
        marker=style.marker(COSTS),
        text=[str(bar.number) if bar.tonnes > NARROW * start else "" for bar in bars],
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        hovertext=[_told(bar) for bar in bars],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    drawn.update_layout(
        margin={"l": 64, "r": 12, "t": 36, "b": 52, "pad": 0},
        bargap=0,
        xaxis={
            **style.amounts_axis(),
            "showgrid": False,
            "title": {"text": _("t CO2e a year, measure by measure"), "font": {"size": 12}},
        },
        yaxis=style.amounts_axis(),
    )
    drawn.add_annotation(style.unit(_("kronor per tonne")))
    return drawn


def ranking(bars: Sequence[Bar]) -> style.Drawing:
    """One row per bar in the given order; what does not pay goes to the left of the line."""
    drawn = style.rows(
        [bar.label for bar in bars],
        [write.mnkr(bar.value) for bar in bars],
        right=_("Net present value, MSEK"),
    )
    for meaning, chosen in ((PAYS, lambda bar: bar.value >= 0), (DOES_NOT_PAY, _costs)):
        rows = [row for row, bar in enumerate(bars) if chosen(bar)]
        if not rows:
            continue
        drawn.add_bar(
            orientation="h",
            x=style.millions([bars[row].value for row in rows]).tolist(),
            y=[-row for row in rows],
            width=style.BAR,
            marker=style.marker(meaning),
            hovertext=[_told(bars[row]) for row in rows],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.add_shape(
        type="line",
        yref="paper",
        x0=0,
        x1=0,
        y0=0,
        y1=1,
        line={"color": style.MUTED, "width": 1},
    )
    return drawn


def describe_curve(bars: Sequence[Bar]) -> str:
    """The curve in a sentence."""
    said = [f"{bar.label} {per_tonne(bar.cost)}, {write.tonnes(bar.tonnes)}" for bar in bars]
    return _("Bars from the lowest cost per tonne. {measures}.", measures="; ".join(said))


def describe_ranking(bars: Sequence[Bar]) -> str:
    """The ranking in a sentence."""
    said = [f"{bar.label} {write.money(bar.value)}" for bar in bars]
    return _("Bars by net present value, highest first. {measures}.", measures="; ".join(said))


def per_tonne(kronor: float) -> str:
    """``1 299 kr per ton``; *okänt* for NaN."""
    if math.isnan(kronor):
        return _("cost per tonne unknown")
    return _("{amount} SEK a tonne", amount=write.number(kronor))


def _costs(bar: Bar) -> bool:
    return bar.value < 0


def _told(bar: Bar) -> str:
    tonnes = "" if math.isnan(bar.cost) else write.tonnes(bar.tonnes)
    said = filter(None, (per_tonne(bar.cost), tonnes, write.money(bar.value)))
    return f"{safe.plotly(bar.label)}<br>" + "<br>".join(said)
