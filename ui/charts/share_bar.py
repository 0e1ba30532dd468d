"""Whose investment it is: public, shared and private, beside what others have published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.palette import OWNER_KINDS
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

_ROOM = 0.07


@dataclass(frozen=True)
class Shares:
    """One bar: parts of any unit (öre, percent) by owner kind; what is left out is zero."""

    name: str
    public: int = 0
    mixed: int = 0
    private: int = 0

    @property
    def parts(self) -> dict[str, float]:
        """Share of the whole by owner kind; all zero where there is nothing."""
        whole = self.public + self.mixed + self.private
        return {kind: getattr(self, kind) / whole if whole else 0.0 for kind in OWNER_KINDS}


def figure(bars: Sequence[Shares]) -> style.Drawing:
    """One row per bar, all of the same length; percentages stand in the bars."""
    drawn = style.rows([bar.name for bar in bars], [""] * len(bars), right="")
    drawn.update_xaxes(range=[0, 1])
    for kind, meaning in OWNER_KINDS.items():
        shares = [bar.parts[kind] for bar in bars]
        drawn.add_bar(
            orientation="h",
            x=shares,
            y=[-row for row in range(len(bars))],
            width=style.BAR,
            marker=style.marker(meaning),
            hovertext=[
                f"{safe.plotly(bar.name)}<br>{style.word(meaning)}: {write.percent(share, 1)}"
                for bar, share in zip(bars, shares, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for row, bar in enumerate(bars):
        for text in _percentages(bar, row):
            drawn.add_annotation(text)
    drawn.update_layout(barmode="stack")
    return drawn


def _percentages(bar: Shares, row: int) -> Iterator[dict]:
    """The share in the middle of its part, on white where the part is hatched."""
    reached = 0.0
    for kind, meaning in OWNER_KINDS.items():
        share = bar.parts[kind]
        if share >= _ROOM:
            solid = meaning.fill == "solid"
            yield {
                "text": write.percent(share),
                "x": reached + share / 2,
                "y": -row,
                "showarrow": False,
                "borderpad": 1,
                "bgcolor": "rgba(0, 0, 0, 0)" if solid else style.WHITE,
                "font": {"color": style.WHITE if solid else style.INK, "size": style.SMALL},
            }
        reached += share


def describe(bars: Sequence[Shares]) -> str:
    """The chart in a sentence."""
    parts = [
        f"{bar.name}: "
        + ", ".join(
            f"{style.word(meaning).lower()} {write.percent(bar.parts[kind])}"
            for kind, meaning in OWNER_KINDS.items()
            if bar.parts[kind]
        )
        for bar in bars
    ]
    return _("Shares of the need. {parts}.", parts="; ".join(parts))


MEANINGS = tuple(OWNER_KINDS.values())
