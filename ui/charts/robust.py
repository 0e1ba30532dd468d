"""How often each measure is in the best choice of a drawn world, as a share of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import ACCENT, MUTED, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

NO_REGRET = Meaning("In at least nine draws of ten", ACCENT)
HANGS = Meaning("Hangs on what is drawn", ACCENT, "hatched")
RARELY = Meaning("In at most one draw of ten", MUTED, "outlined")
MEANINGS = (NO_REGRET, HANGS, RARELY)


@dataclass(frozen=True)
class Bar:
    """A measure, which a person has named, its share, and which of ``MEANINGS`` that is."""

    name: str
    share: float
    meaning: Meaning


def figure(bars: Sequence[Bar]) -> style.Drawing:
    """One row per measure, all of one length at the share 1."""
    drawn = style.rows(
        [bar.name for bar in bars],
        [write.percent(bar.share) for bar in bars],
        right=_("Share of the draws"),
    )
    drawn.update_xaxes(range=[0, 1])
    for meaning in MEANINGS:
        rows = [row for row, bar in enumerate(bars) if bar.meaning == meaning]
        drawn.add_bar(
            orientation="h",
            x=[bars[row].share for row in rows],
            y=[-row for row in rows],
            width=style.BAR,
            marker=style.marker(meaning),
            hovertext=[
                f"{safe.plotly(bars[row].name)}<br>{write.percent(bars[row].share)}" for row in rows
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(barmode="overlay")
    return drawn


def describe(bars: Sequence[Bar]) -> str:
    """The chart in a sentence."""
    said = "; ".join(f"{bar.name}: {write.percent(bar.share)}" for bar in bars)
    return _("Bars by how often each measure is in the best choice. {measures}.", measures=said)
