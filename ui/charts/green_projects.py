"""What is spent green, by project: what grants and green loans finance, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import COVER, LOAN, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

PARTS = {
    "grants": COVER["granted"],
    "loans": LOAN,
    "left": Meaning("Left to allocate", LOAN.colour, "outlined"),
}
MEANINGS = tuple(PARTS.values())


@dataclass(frozen=True)
class Bar:
    """One project, whole öre: green outlay by what finances it. ``label`` is what it is called."""

    label: str
    grants: int
    loans: int
    left: int


def figure(bars: Sequence[Bar]) -> style.Drawing:
    """One row per project, in the given order."""
    drawn = style.rows(
        [bar.label for bar in bars],
        [
            _("{part} of {whole}", part=write.mnkr(bar.left), whole=write.mnkr(_whole(bar)))
            for bar in bars
        ],
        right=_("Left of green outlay, MSEK"),
    )
    for part, meaning in PARTS.items():
        amounts = [getattr(bar, part) for bar in bars]
        if not any(amounts):
            continue
        drawn.add_bar(
            orientation="h",
            x=style.millions(amounts),
            y=[-row for row in range(len(bars))],
            width=style.BAR,
            marker=style.marker(meaning),
            hovertext=[
                f"{safe.plotly(bar.label)}<br>{style.word(meaning)}: {write.money(amount)}"
                for bar, amount in zip(bars, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(barmode="stack")
    return drawn


def describe(bars: Sequence[Bar]) -> str:
    """The chart in a sentence."""
    parts = [
        _(
            "{project}: {loans} in green loans, {left} left",
            project=bar.label,
            loans=write.money(bar.loans),
            left=write.money(bar.left),
        )
        for bar in bars
    ]
    return _("Bars by project. {parts}.", parts="; ".join(parts))


def _whole(bar: Bar) -> int:
    return bar.grants + bar.loans + bar.left
