"""The least own money for ever more of what is wanted: a staircase, and the choice beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import ACCENT, GAP, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

CURVE = Meaning("The least own money for so much", ACCENT)
CHOICE = Meaning("The choice as the goal is now", GAP.colour)
HEIGHT = 380


@dataclass(frozen=True)
class Step:
    """One point: own money in öre, what it gives in the chart's unit, and that in words."""

    cost: int
    value: float
    words: str


def figure(steps: Sequence[Step], choice: Step | None, unit: str) -> style.Drawing:
    """Own money along, what it gives up; between two points more money gives no less."""
    drawn = style.figure(HEIGHT)
    drawn.add_scatter(
        x=style.millions([step.cost for step in steps]),
        y=[step.value for step in steps],
        mode="lines+markers",
        line={"color": ACCENT, "width": 2, "shape": "hv"},
        marker={"color": ACCENT, "size": 9},
        hovertext=[_told(step) for step in steps],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    if choice is not None:
        drawn.add_scatter(
            x=style.millions([choice.cost]),
            y=[choice.value],
            mode="markers",
            marker={
                "color": style.WHITE,
                "size": 15,
                "symbol": "diamond",
                "line": {"color": CHOICE.colour, "width": 3},
            },
            hovertext=[_told(choice)],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(
        margin={"l": 64, "r": 16, "t": 36, "b": 52, "pad": 0},
        xaxis={
            **style.amounts_axis(),
            "showgrid": False,
            "title": {"text": _("Our own money, MSEK"), "font": {"size": style.SMALL}},
        },
        yaxis=style.amounts_axis(),
    )
    drawn.add_annotation(style.unit(unit))
    return drawn


def describe(steps: Sequence[Step]) -> str:
    """The chart in a sentence."""
    said = "; ".join(f"{write.money(step.cost, zero='0')}: {step.words}" for step in steps)
    return _("A rising line of what our own money gives at most. {points}.", points=said)


def _told(step: Step) -> str:
    return f"{safe.plotly(write.money(step.cost, zero='0'))}<br>{safe.plotly(step.words)}"
