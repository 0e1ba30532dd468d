"""A tornado: one assumption at a time from low to high, widest first, round the central case."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import ACCENT, GAP, MUTED, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

LESS = Meaning("The gap becomes smaller", ACCENT)
MORE = Meaning("The gap becomes larger", GAP.colour, "outlined")
ROOM = 0.04


@dataclass(frozen=True)
class Bar:
    """One assumption: the gap at its low and at its high, in öre. ``name`` may be typed, and
    ``label`` is what its row is called where the heading says the rest."""

    name: str
    low: int
    high: int
    label: str = ""


def figure(bars: Sequence[Bar], central: int) -> style.Drawing:
    """One row per bar in the given order, all on one scale, with a line at the central case."""
    drawn = style.rows(
        [bar.label or bar.name for bar in bars],
        [f"{write.mnkr(bar.low)}–{write.mnkr(bar.high)}" for bar in bars],
        right=_("Gap, MSEK"),
        left=_heading(bars),
    )
    middle = float(style.millions(central))
    for meaning, side in ((LESS, min), (MORE, max)):
        ends = [float(style.millions(side(bar.low, bar.high, central))) for bar in bars]
        drawn.add_bar(
            orientation="h",
            base=[min(end, middle) for end in ends],
            x=[abs(end - middle) for end in ends],
            y=[-row for row in range(len(bars))],
            width=style.BAR,
            marker=style.marker(meaning),
            hovertext=[_told(bar) for bar in bars],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    every = style.millions([each for bar in bars for each in (bar.low, bar.high, central)])
    room = ROOM * float(every.max() - every.min()) or 1.0
    drawn.update_layout(
        barmode="overlay",
        xaxis={"range": [float(every.min()) - room, float(every.max()) + room]},
    )
    drawn.add_shape(
        type="line",
        yref="paper",
        x0=middle,
        x1=middle,
        y0=0,
        y1=1,
        line={"color": MUTED, "width": 1, "dash": "dash"},
    )
    return drawn


def describe(bars: Sequence[Bar], central: int) -> str:
    """The chart in a sentence."""
    said = "; ".join(f"{bar.name}: {write.money_range(bar.low, bar.high)}" for bar in bars)
    return _(
        "Bars round the central case, {central}, widest first. {bars}.",
        central=write.money(central),
        bars=said,
    )


def _heading(bars: Sequence[Bar]) -> str:
    """What the rows that have a ``label`` leave out."""
    if not any(bar.label for bar in bars):
        return ""
    if all(bar.label for bar in bars):
        return _("Cost of")
    return _("Cost of, where nothing else is said")


def _told(bar: Bar) -> str:
    span = write.money_range(bar.low, bar.high)
    return f"{safe.plotly(bar.name)}<br>{span}"
