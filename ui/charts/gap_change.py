"""The gap by year under a scenario, over the gap of the plan as it is. Drawn on the server."""

import numpy as np

from model.formatting import capitalise, year_spans
from model.palette import GAP, MUTED, Meaning
from model.report.largest import years_of_most
from ui import format as write
from ui.charts import svg
from ui.i18n import _

AS_IS = Meaning("The plan as it is", MUTED, "outlined")
WIDE, NARROW = 0.82, 0.5


def picture(
    years: tuple[str, ...], plan: np.ndarray, scenario: np.ndarray, name: str
) -> svg.Picture:
    """One bar a year in the gap's colour, in front of the plan's in grey. int64 öre by year.

    ``name`` is the scenario's. The plan is left out where it is the same in every year.
    """
    of, years = len(years), tuple(map(capitalise, years))
    scale = svg.Scale(int(np.maximum(plan, scenario).max(initial=0)))
    drawn = [scale.drawn()]
    if not np.array_equal(plan, scenario):
        drawn += _bars(years, plan, scale, _(AS_IS.word), AS_IS, WIDE)
    drawn += _bars(years, scenario, scale, name, GAP, NARROW)
    most = int(scenario.max(initial=0))
    drawn += [
        svg.above(place, of, ore, scale, GAP, minor=ore < most)
        for place, ore in enumerate(scenario.tolist())
        if ore
    ]
    return svg.Picture("".join([*drawn, svg.years(years)]), int(scenario.sum()))


def describe(years: tuple[str, ...], plan: np.ndarray, scenario: np.ndarray, name: str) -> str:
    """The chart in a sentence."""
    if not scenario.any():
        return _("Bars by year: nothing is missing with {name}.", name=name)
    return _(
        "Bars by year, {first} to {last}: with {name} {gap} is missing, most in {year}; in the "
        "plan as it is {before}.",
        first=years[0],
        last=years[-1],
        name=name,
        gap=write.money(int(scenario.sum())),
        year=year_spans(years_of_most(years, scenario.tolist())),
        before=write.money(int(plan.sum())),
    )


def _bars(
    years: tuple[str, ...],
    amounts: np.ndarray,
    scale: svg.Scale,
    name: str,
    meaning: Meaning,
    width: float,
) -> list[str]:
    return [
        svg.bar(
            place, len(years), ore, scale, meaning, f"{label}, {name}: {write.money(ore)}", width
        )
        for place, (label, ore) in enumerate(zip(years, amounts.tolist(), strict=True))
    ]
