"""Figures that are not added: one bar each to its central value, with low and high as a whisker."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import ACCENT, INK
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _


@dataclass(frozen=True)
class Bar:
    """One figure: öre. ``name`` may be what a person typed; ``key`` is what a click picks."""

    name: str
    low: int
    mid: int
    high: int
    key: str = ""

    @property
    def certain(self) -> bool:
        """Whether low and high are the same."""
        return self.low == self.high


def figure(bars: Sequence[Bar], right: str) -> style.Drawing:
    """One row per figure on the same scale; ``right`` heads the amounts."""
    drawn = style.rows([bar.name for bar in bars], [_amount(bar) for bar in bars], right=right)
    rows = [-row for row in range(len(bars))]
    low, mid, high = (
        style.millions([getattr(bar, name) for bar in bars]) for name in ("low", "mid", "high")
    )
    drawn.add_bar(
        orientation="h",
        x=mid,
        y=rows,
        width=style.BAR,
        marker={"color": ACCENT},
        customdata=[(bar.key, "") for bar in bars],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - mid,
            "arrayminus": mid - low,
            "color": INK,
            "thickness": 1.5,
            "width": 5,
            "visible": not all(bar.certain for bar in bars),
        },
        hovertext=[f"{safe.plotly(bar.name)}<br>{_words(bar)}" for bar in bars],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    return drawn


def describe(bars: Sequence[Bar]) -> str:
    """The chart in a sentence."""
    parts = "; ".join(f"{bar.name}: {_words(bar)}" for bar in bars)
    return _("A bar each, with its range. {parts}.", parts=parts)


def _amount(bar: Bar) -> str:
    if bar.certain:
        return write.mnkr(bar.mid)
    return f"{write.mnkr(bar.mid)} ({write.mnkr(bar.low)}–{write.mnkr(bar.high)})"


def _words(bar: Bar) -> str:
    if bar.certain:
        return write.money(bar.mid)
    span = write.money_range(bar.low, bar.high)
    return _("{amount}, range {span}", amount=write.money(bar.mid), span=span)
