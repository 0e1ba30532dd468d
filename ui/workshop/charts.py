"""What a workshop can show: for each key of ``model.workshops.SHOWS`` one chart and its words.

Every chart is one that a page shows, made by the same functions. A title says the answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.errors import InvalidData
from model.formatting import capitalise
from model.optimise.explain import explain
from model.palette import Meaning
from model.report import answers, titles, words
from model.report.changes import change_title
from model.report.lines import lines
from model.results import Result, results
from model.scenario import AS_IS
from ui.i18n import _, mark, message, name
from ui.parts import benefit_tables, benefits, emissions, gap_charts, owner_shares, profitability
from ui.parts import goal as goals
from ui.parts import prioritised as choices
from ui.parts.chart import Words
from ui.state import State

if TYPE_CHECKING:
    from ui.charts.style import Drawing

NEED = "The municipal group's investment need by what covers it"
CHANGE = mark("The municipal group's need, cover and gap in the plan and in the scenario")
FIRST = 6


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart with its words and what its colours mean; ``points`` are read beside it. Without a
    ``figure`` there is nothing to draw, and ``missing`` says why."""

    words: Words
    figure: "Drawing | None" = None
    meanings: Sequence[Meaning] = ()
    points: Sequence[str] = ()
    missing: str = ""


def draw(shows: str, state: State) -> Picture:
    """The chart that ``shows`` names, of the view in the address."""
    result = results(state.plan_id, state.scenario)
    if not result.plan.size[1]:
        missing = (
            _("In this scenario no measure is carried out, so nothing is needed.")
            if result.base.size[1]
            else _("The plan has no measures yet.")
        )
        title = answers.gap_title(result, state.reading, state.language)
        return Picture(Words(title, "", "", ""), missing=missing)
    return DRAWN[shows](result, state)


def group(by: str, title: Callable[[Result, State, tuple], str], shows: str = NEED):
    """The municipal group's need, cover and gap by a breakdown."""

    def drawn(result: Result, state: State) -> Picture:
        own = lines(result, by, state.reading, state.language)
        most = max((line.need for line in own), default=0)
        found = gap_charts.of_group(by, own, most)
        text = title(result, state, own)
        if found is None:
            missing = _("No amount is known of what the municipal group needs to invest.")
            return Picture(Words(text, "", "", ""), missing=missing)
        return Picture(
            explained(result, state, text, shows, found.alt), found.figure, found.meanings
        )

    return drawn


def explained(
    result: Result, state: State, title: str, shows: str, alt: str, unit: str = "MSEK"
) -> Words:
    """What stands round a chart of the plan. ``shows`` and ``unit`` are English msgids."""
    head = result.plan.head
    subtitle = answers.subtitle(result, state.reading, state.language, shows, unit)
    return Words(title, subtitle, head.source or head.name, alt)


def _payers(result: Result, state: State) -> Picture:
    figure, said = owner_shares.drawn(result, state.reading, state.language)
    return Picture(
        said,
        figure,
        owner_shares.MEANINGS,
        points=[
            answers.need_title(result, state.reading, state.language),
            *answers.beside(result, state.reading, state.language)[1:],
        ],
    )


def _against_plan(result: Result, state: State) -> Picture:
    from ui.charts import by_category

    as_is = results(state.plan_id)
    sides = [("plan", name(AS_IS), as_is)]
    if state.scenario.adjustments:
        sides.append(("scenario", words.scenario(result.scenario, state.language), result))
    rows = [
        replace(line, key=key, label=label)
        for key, label, side in sides
        for line in lines(side, "actor_group", state.reading, state.language)
    ]
    drawn = gap_charts.stack(rows)
    title = change_title(as_is, result, state.reading, state.language)
    return Picture(
        explained(result, state, title, CHANGE, by_category.describe(drawn)),
        by_category.figure(drawn, sort=False),
        drawn.meanings,
    )


def _benefits(result: Result, state: State) -> Picture:
    from ui.charts import ranges

    found = result.benefits()
    society = found.of(kind="society")
    title = answers.under_scenario(result, benefits.sentence(found), state.language)
    if not society:
        return Picture(Words(title, "", "", ""), missing=_("No benefit can be valued in kronor."))
    bars, unit = benefits.bars(society, "present"), _("MSEK of present value")
    said = Words(
        title,
        _(
            "Value to society of all actors' measures, {unit}, low to high · {prices} · "
            "{plan}, version {version}",
            unit=unit,
            prices=benefits.prices(society),
            plan=result.plan.head.name,
            version=result.plan.version,
        ),
        benefit_tables.sources(society),
        ranges.describe(bars),
    )
    return Picture(said, ranges.figure(bars, unit))


def _emissions(result: Result, state: State) -> Picture:
    from ui.charts import emissions as charts

    found = result.emissions()
    target = next(iter(found.comparable), None)
    title = answers.under_scenario(result, emissions.sentence(found, target), state.language)
    if found.path is None:
        missing = _("There are no emissions to begin from.")
        return Picture(Words(title, "", "", ""), missing=missing)
    shown, under = emissions.lines(found)

    def named(key: str) -> str:
        return words.tag("sector", key, state.language, result.plan)

    wedges = charts.fewer(
        emissions.wedges(found, "sector", named, len(under.years)), _("Other measures")
    )
    inventory = found.path.inventory
    unit = emissions.unit(inventory)
    return Picture(
        Words(
            title,
            capitalise(f"{emissions.inventory(inventory)}, {unit}"),
            emissions.source(inventory),
            charts.describe(shown),
        ),
        charts.figure(shown, unit, wedges=wedges, under=under, points=emissions.points(found)),
        charts.meanings(wedges),
    )


def _first(result: Result, state: State) -> Picture:
    from ui.charts import prioritised as charts

    try:
        answer = result.prioritised(goals.of_the_address(result, state.reading).goal)
        said = explain(answer)
    except InvalidData as error:
        title = _("The goal cannot be asked like this")
        return Picture(Words(title, "", "", ""), missing=message(error))
    title = answers.under_scenario(result, choices.sentence(answer, said), state.language)
    if answer.choice is None:
        return Picture(
            Words(title, "", "", ""), missing=_("None keeps to everything").strip() + "."
        )
    years, held, besides, budget = choices.by_year(answer)
    shows = mark("Our own money of what is chosen, by year")
    names = answer.options.plan.tags["name"]
    return Picture(
        explained(result, state, title, shows, charts.describe(years, held, besides)),
        charts.figure(years, held, besides, budget),
        [charts.HELD, charts.CHOSEN],
        points=[
            _("{measure}: {gives}", measure=str(names[each.place]), gives=_gives(each, answer))
            for each in said.chosen[:FIRST]
        ],
    )


def _gives(chosen, answer) -> str:
    return choices.gives(chosen.gives, answer)


def _cost_curve(result: Result, state: State) -> Picture:
    from ui.charts import cost_curve as charts

    of = {"reading": state.reading, "tax_factor": False}
    found, curve = result.economics("society", **of), result.cost_curve("society", **of)
    if not curve.costing:
        title = _(
            "No measure's profitability can be told yet: {why}", why=profitability.why_not(found)
        )
        return Picture(Words(title, "", "", ""), missing=_("No measure has a cost per tonne yet."))
    bars = profitability.bars(curve.costing, result.plan)
    title = _(
        "{measure} has the lowest cost, {cost}",
        measure=bars[0].label,
        cost=charts.per_tonne(bars[0].cost),
    )
    return Picture(
        Words(
            answers.under_scenario(result, title, state.language),
            profitability.subtitle(
                _(
                    "Cost per tonne CO2e before what a tonne is worth, {view}",
                    view=profitability.view("society").lower(),
                ),
                found,
            ),
            result.plan.head.source or result.plan.head.name,
            charts.describe_curve(bars),
        ),
        charts.curve(bars),
        points=[f"{bar.number}. {bar.label}" for bar in bars[:FIRST]],
    )


def _breakdown(by: str):
    return group(
        by,
        lambda result, state, own: answers.breakdown_title(
            result, state.reading, by, state.language
        ),
        {
            "sector": "The municipal group's need, cover and gap by sector",
            "department": "The municipal group's need, cover and gap by department and company",
        }[by],
    )


DRAWN: Mapping[str, Callable[[Result, State], Picture]] = {
    "need": group(
        "year", lambda result, state, own: titles.overview(result, state.reading, state.language)
    ),
    "gap_by_year": group(
        "year",
        lambda result, state, own: titles.of_chart(
            result, "year", state.reading, own, state.language
        ),
    ),
    "gap": _breakdown("sector"),
    "departments": _breakdown("department"),
    "payers": _payers,
    "against_plan": _against_plan,
    "benefits": _benefits,
    "emissions": _emissions,
    "first": _first,
    "cost_curve": _cost_curve,
}
