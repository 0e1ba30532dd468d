"""Up to six scenarios under each other on one scale: need by year and the gap in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.formatting import capitalise
from model.palette import MEANINGS, MUTED, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

NEED = Meaning("Need", MUTED, "outlined")
MOST = 6
PANEL = 170


@dataclass(frozen=True, eq=False)
class Panel:
    """One scenario: int64 öre by year. The ``selected`` one stands in full strength."""

    name: str
    need: np.ndarray
    gap: np.ndarray
    selected: bool = False


def figure(years: tuple[str, ...], panels: Sequence[Panel]) -> style.Drawing:
    """Small multiples, one row per scenario, with the same years and the same value axis.

    ValueError with more than six.
    """
    if not 1 <= len(panels) <= MOST:
        raise ValueError(f"{len(panels)} scenarios: expected 1 to {MOST}")
    labels = tuple(safe.plotly(capitalise(label)) for label in years)
    top = max(float(style.millions(panel.need).max(initial=0)) for panel in panels) * 1.2 or 0.1
    drawn = style.figure(height=PANEL * len(panels) + 24)
    for row, panel in enumerate(panels):
        _draw(drawn, labels, panel, row, len(panels), top)
    drawn.update_layout(barmode="overlay", bargap=0.25)
    return drawn


def describe(years: tuple[str, ...], panels: Sequence[Panel]) -> str:
    """The chart in a sentence."""
    parts = [f"{panel.name}: {_missing(panel)}" for panel in panels]
    return _(
        "Need and gap by year, {first} to {last}. {parts}.",
        first=years[0],
        last=years[-1],
        parts="; ".join(parts),
    )


def _draw(drawn: style.Drawing, labels: tuple, panel: Panel, row: int, of: int, top: float) -> None:
    axis = "" if row == 0 else str(row + 1)
    height = 1 / of
    bottom = 1 - (row + 1) * height
    gap = MEANINGS["gap"].colour if panel.selected else MUTED
    drawn.update_layout(
        {
            f"xaxis{axis}": style.years_axis(labels)
            | {"anchor": f"y{axis}", "showticklabels": row == of - 1},
            f"yaxis{axis}": style.amounts_axis(top)
            | {
                "anchor": f"x{axis}",
                "domain": [bottom + 0.02, bottom + height * 0.78],
                "nticks": 4,
            },
        }
    )
    drawn.add_annotation(
        text=f"<b>{safe.plotly(panel.name)}</b>  "
        f'<span style="color:{gap}">{safe.plotly(_missing(panel))}</span>',
        xref="paper",
        yref="paper",
        x=0,
        y=bottom + height * 0.84,
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
    )
    for amounts, word, marker in (
        (panel.need, style.word(NEED), style.marker(NEED)),
        (panel.gap, style.word(MEANINGS["gap"]), {"color": gap}),
    ):
        drawn.add_bar(
            x=labels,
            y=style.drawn_amounts(amounts),
            xaxis=f"x{axis}",
            yaxis=f"y{axis}",
            marker=marker,
            hovertext=[
                f"{safe.plotly(panel.name)}, {label}<br>{word}: {write.money(int(amount))}"
                for label, amount in zip(labels, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )


def _missing(panel: Panel) -> str:
    gap = int(panel.gap.sum())
    return _("{amount} is missing", amount=write.money(gap)) if gap else _("nothing is missing")
