"""The gap by year under a scenario, over the gap of the plan as it is."""

import numpy as np

from model.palette import GAP, MUTED, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

AS_IS = Meaning("The plan as it is", MUTED, "outlined")
WIDE, NARROW = 0.82, 0.5


def figure(
    years: tuple[str, ...], plan: np.ndarray, scenario: np.ndarray, name: str
) -> style.Drawing:
    """One bar a year in the gap's colour, in front of the plan's in grey. int64 öre by year.

    ``name`` is the scenario's. The plan is left out where it is the same in every year.
    """
    labels = tuple(safe.plotly(label) for label in years)
    drawn = style.figure(height=360)
    top = max(float(style.millions(np.maximum(plan, scenario)).max(initial=0)) * 1.18, 0.1)
    drawn.update_layout(
        barmode="overlay",
        margin=style.MARGINS,
        annotations=[style.unit(_("MSEK"))],
        xaxis=style.years_axis(labels, automargin=False),
        yaxis=style.amounts_axis(top, automargin=False),
    )
    if not np.array_equal(plan, scenario):
        drawn.add_bar(**_bars(labels, plan, style.word(AS_IS), AS_IS, WIDE))
    drawn.add_bar(
        **_bars(labels, scenario, name, GAP, NARROW),
        text=[write.mnkr(int(amount)) if amount else "" for amount in scenario],
        textposition="outside",
        textfont={"color": GAP.colour, "size": style.SMALL},
        cliponaxis=False,
    )
    return drawn


def describe(years: tuple[str, ...], plan: np.ndarray, scenario: np.ndarray, name: str) -> str:
    """The chart in a sentence."""
    worst = int(scenario.argmax()) if len(scenario) else 0
    if not scenario.any():
        return _("Bars by year: nothing is missing with {name}.", name=name)
    return _(
        "Bars by year, {first} to {last}: with {name} {gap} is missing, most in {year}; in the "
        "plan as it is {before}.",
        first=years[0],
        last=years[-1],
        name=name,
        gap=write.money(int(scenario.sum())),
        year=years[worst],
        before=write.money(int(plan.sum())),
    )


def _bars(labels: tuple[str, ...], amounts: np.ndarray, name: str, meaning: Meaning, width: float):
    return {
        "x": labels,
        "y": style.drawn_amounts(amounts),
        "width": width,
        "marker": style.marker(meaning),
        "hovertext": [
            f"{label}<br>{safe.plotly(name)}: {write.money(int(amount))}"
            for label, amount in zip(labels, amounts, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
