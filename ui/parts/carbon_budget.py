"""Carbon budgets on screen: every method side by side, and the year in which the budget is gone."""

from model.carbon_budget import RunOut
from model.emission_result import Budget, Choice
from model.forms.emissions import BOUNDARIES, GASES
from model.palette import Meaning
from model.reference import reference
from model.results import results
from ui import format as write
from ui.charts import emissions as charts
from ui.charts.emissions import BUDGET_LOOK, Line
from ui.i18n import _, name
from ui.parts import chart, listing
from ui.parts import emission_tables as shown
from ui.parts import emissions as words
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.state import State

SHOWN_YEARS = 26


def show(found: Budget, place: int, whose: str, state: State | None, choice: Choice) -> None:
    """A budget with its paths, and under ``state``'s plan when each scenario uses it up."""
    stated = found.stated
    kind = f"{_(GASES[stated.gas])}, {_(BOUNDARIES[stated.boundary]).lower()}"
    listing.heading(_("Carbon budget: {kind}", kind=kind))
    if not found.paths:
        listing.text(
            _(
                "{tonnes} are left from {year}. How they are shared among years needs the first "
                "year's emission: enter it in the carbon budget below.",
                tonnes=words.tonnes(stated.remaining),
                year=stated.from_year,
            )
        )
        return
    lines = _lines(found)
    default = found.paths["infinite_geometric"]
    chart.place(
        charts.figure(lines, shown.budget_unit(found)),
        Words(
            _(
                "{whose} has {left} left to emit from {year}: {share} less each year",
                whose=whose,
                left=write.tonnes(stated.remaining),
                year=stated.from_year,
                share=write.percent(default.yearly_reduction, 1),
            ),
            _(
                "{kind}, {unit}. Every path adds up to the budget. Another gas or boundary is "
                "never compared with it.",
                kind=kind,
                unit=shown.budget_unit(found),
            ),
            words.budget_source(found),
            charts.describe(lines),
        ),
        key=f"budget-{place}" if place else "budget",
        meanings=[Meaning(each.name, BUDGET_LOOK[each.role]["color"], "solid") for each in lines],
        table=shown.methods(found),
    )
    listing.text(stated.note)
    if state is None:
        return
    tables.show(shown.run_outs(found, _under_scenarios(found, state, choice)))
    if found.usual is None:
        listing.text(
            _(
                "The plan has no emissions of the budget's gas and boundary, so it is not known "
                "when the budget runs out. Read in the database's file for that gas."
            )
        )


def _lines(found: Budget) -> list[Line]:
    lines = []
    for key, path in found.paths.items():
        years = path.years[:SHOWN_YEARS]
        lines.append(
            Line(words.budget_method(key), key, years, path.emissions[: len(years)], named=False)
        )
    return lines


def _under_scenarios(found: Budget, state: State, choice: Choice) -> dict[str, RunOut | None]:
    """When the budget runs out with the plan as it is seen, and in every other shipped scenario."""
    seen = {_("The plan as it is seen"): found.plan}
    of = found.stated.gas, found.stated.boundary
    for scenario in reference().scenarios.values():
        for other in results(state.plan_id, scenario).emissions(choice).budgets:
            if (other.stated.gas, other.stated.boundary) == of:
                seen[name(scenario)] = other.plan
    return seen
