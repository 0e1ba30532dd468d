"""Own money by year of what is chosen: what has begun, what is chosen besides, and the budget."""

from collections.abc import Sequence

import numpy as np

from model.palette import ACCENT, INK, MUTED, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

HELD = Meaning("Has begun or must be carried out", MUTED)
CHOSEN = Meaning("Chosen", ACCENT)
BUDGET = Meaning("Budget of the year", "#B84E00", "outlined")
_MARK = 40


def figure(
    years: Sequence[int], held: np.ndarray, chosen: np.ndarray, budget: Sequence[int | None]
) -> style.Drawing:
    """One bar a year, int64 öre by year; ``budget`` is drawn as a line across the bar."""
    labels = tuple(str(year) for year in years)
    drawn = style.figure(height=360)
    whole = held + chosen
    for meaning, amounts in ((HELD, held), (CHOSEN, chosen)):
        drawn.add_bar(
            x=labels,
            y=style.drawn_amounts(amounts),
            marker=style.marker(meaning),
            hovertext=[
                f"{label}<br>{style.word(meaning)}: {write.money(int(amount))}"
                for label, amount in zip(labels, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    limits = [(label, most) for label, most in zip(labels, budget, strict=True) if most is not None]
    if limits:
        drawn.add_scatter(
            x=[label for label, _most in limits],
            y=style.millions(np.array([most for _label, most in limits])),
            mode="markers",
            marker={
                "symbol": "line-ew",
                "size": _MARK,
                "line": {"color": BUDGET.colour, "width": 3},
            },
            hovertext=[
                _("{year}: budget {amount}", year=safe.plotly(label), amount=write.money(most))
                for label, most in limits
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    highest = max([int(whole.max(initial=0)), *(most for _label, most in limits)])
    # Above the budget's line where the two would lie on each other.
    above = np.array(
        [
            max(amount, most) if most is not None and abs(most - amount) < highest // 10 else amount
            for amount, most in zip(whole.tolist(), budget, strict=True)
        ]
    )
    drawn.add_scatter(
        x=labels,
        y=style.millions(above),
        mode="text",
        text=[f"<b>{write.mnkr(int(amount))}</b>" if amount else "" for amount in whole],
        textposition="top center",
        textfont={"color": INK, "size": style.SIZE},
        cliponaxis=False,
        hoverinfo="skip",
    )
    drawn.update_layout(
        barmode="stack",
        bargap=0.25,
        margin=style.MARGINS,
        annotations=[style.unit(_("MSEK"))],
        xaxis=style.years_axis(labels, automargin=False),
        yaxis=style.amounts_axis(max(float(style.millions(highest)) * 1.18, 0.1), automargin=False),
    )
    return drawn


def describe(years: Sequence[int], held: np.ndarray, chosen: np.ndarray) -> str:
    """The chart in a sentence."""
    said = [
        f"{year} {write.money(int(amount))}"
        for year, amount in zip(years, held + chosen, strict=True)
    ]
    return _("Bars by year of our own money: {amounts}.", amounts="; ".join(said))
