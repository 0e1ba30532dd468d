"""Every kind of chart once, on the plan that is looked at: its question, how it is read, its page.

The charts are the pages' own, made by the same functions; those that a workshop shows too come from
:mod:`ui.workshop.charts`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.implementation import SERVICE
from model.operating_table import by_year, operating_table
from model.palette import COVER, GAP, MESSY_MIDDLE, OTHER_ACTORS, SHARED, Meaning
from model.report import answers
from model.report import financing as debts
from model.report import operating as words
from model.results import Result
from model.uncertainty import settings_of
from ui import frame
from ui.i18n import _, mark
from ui.parts import actors, bridge, financing, implementation, uncertainty
from ui.parts.listing import Term
from ui.parts.table import Link, Table
from ui.state import State
from ui.workshop.charts import DRAWN, Picture, explained, group

NOTHING = mark("There is nothing to draw until those figures are known.")


@dataclass(frozen=True)
class Kind:
    """One kind of chart. Texts are English msgids; ``page`` is the address where it stands."""

    name: str
    asks: str
    read: str
    page: str
    draw: Callable[[Result, State], Picture]


def operating(result: Result, state: State) -> Picture:
    """Costs upward and what lowers them downward, in the municipality's book."""
    from ui.charts import operating as charts

    found = result.operating(state.reading)
    table = operating_table(found, "municipality", result.plan.head.last_year)
    columns = by_year(found, "municipality")
    if not any(amounts.any() for amounts in columns.values()):
        return _missing(result, state, _("No operating impact of this book is known."))
    title = words.chart_title(table, state.language)
    shows = "What the measures change in the municipality's operating cost"
    alt = charts.describe(table.years, columns)
    return Picture(
        explained(result, state, answers.under_scenario(result, title, state.language), shows, alt),
        charts.figure(table.years, columns),
        charts.meanings(columns),
    )


def debt(result: Result, state: State) -> Picture:
    """Debt against its ceiling and targets."""
    from ui.charts import financing as charts

    analysis = result.financing("municipality", state.reading, "decided")
    targets = result.financial_targets("municipality", state.reading, "decided")
    years = financing.chart("debt", analysis, targets, result)
    if not any(value is not None for value in years.values):
        return _missing(result, state, _(NOTHING))
    title = debts.answer(analysis, state.language)
    shows = "The municipality's debt, after the plan's investments"
    return Picture(
        explained(result, state, title, shows, charts.describe(years)),
        charts.figure(years),
        years.meanings,
    )


def stages(result: Result, state: State) -> Picture:
    """Measures by the stage that they must have reached."""
    from ui.charts import stages as charts

    found = result.implementation()
    if not len(found.places):
        return _missing(result, state, _("The municipal group has no measures to carry out"))
    shown = implementation.shown(found, money=False)
    served = int((found.stage[-1] == found.stages.index(SERVICE)).sum())
    title = _(
        "In service in {year}: {count} of {all} measures",
        year=found.years[-1],
        count=served,
        all=len(found.places),
    )
    shows = "Measures by the stage that each must have reached at least"
    words = explained(result, state, title, shows, charts.describe(shown), shown.unit)
    return Picture(words, charts.figure(shown))


def new_money(result: Result, state: State) -> Picture:
    """From the whole need to what is new."""
    from ui.charts import bridge as charts

    found = result.bridge()
    if not found.total("need") or not bridge.said_anything(found):
        return _missing(result, state, bridge.title(found) + ".")
    steps = bridge.steps(found)
    title = answers.under_scenario(result, bridge.title(found), state.language)
    return Picture(
        explained(
            result,
            state,
            title,
            "The municipal group's part, all years of the plan",
            charts.describe(*steps),
        ),
        charts.figure(*steps),
        bridge.meanings(found),
    )


def fan(result: Result, state: State) -> Picture:
    """How large the gap may be, year by year."""
    from ui.charts import fan as charts

    first = result.plan.head.first_year
    found = result.uncertainty(settings_of(result.assumptions(), reading=state.reading))
    if not found.certainty.measures:
        return _missing(result, state, _("No measure in the plan is the municipal group's"))
    shown = uncertainty.fan(found, first)
    title = answers.under_scenario(result, uncertainty.fan_title(found, first), state.language)
    shows = "The municipal group's gap: P10 to P90 as a band, P50, the central case dashed"
    return Picture(
        explained(result, state, title, shows, charts.describe(shown)),
        charts.figure(shown, _("MSEK")),
    )


def tornado(result: Result, state: State) -> Picture:
    """What the gap hangs on."""
    from ui.charts import tornado as charts

    central, swings = result.swings(settings_of(result.assumptions(), reading=state.reading))
    moving = [swing for swing in swings if swing.width]
    if not moving:
        return _missing(result, state, _("Nothing that has a range moves the gap."))
    bars = uncertainty.bars(moving, result)
    title = uncertainty.tornado_title(moving, result)
    title = answers.under_scenario(result, title, state.language)
    shows = "The municipal group's gap, all years, one thing at a time from low to high"
    return Picture(
        explained(result, state, title, shows, charts.describe(bars, central)),
        charts.figure(bars, central),
        [charts.LESS, charts.MORE],
    )


def flows(result: Result, state: State) -> Picture:
    """Who pays for whose investment."""
    from ui.charts import flows as charts

    found = result.other_actors(state.reading).flows
    if not found:
        return _missing(result, state, _("No need is known in the plan."))
    bands = actors.bands(found)
    shows = "All actors' investment need by who pays and whose it is"
    return Picture(
        explained(result, state, actors.who_pays_title(found), shows, charts.describe(bands)),
        charts.figure(bands),
    )


def _missing(result: Result, state: State, why: str) -> Picture:
    return Picture(explained(result, state, "", "", ""), missing=why)


def _gap_title(result: Result, state: State, own: tuple) -> str:
    return answers.gap_title(result, state.reading, state.language)


KINDS: Mapping[str, Kind] = {
    "stack": Kind(
        mark("Stacked bars by year"),
        mark("In which years is money missing?"),
        mark(
            "Each year's need is one bar: what is firmest at the bottom, what is missing on top "
            "with its amount."
        ),
        "finansieringsgap",
        DRAWN["need"],
    ),
    "sorted": Kind(
        mark("Sorted bars"),
        mark("Where is most missing?"),
        mark("The largest need first, all on one scale. They stand where others draw a pie."),
        "finansieringsgap",
        DRAWN["gap"],
    ),
    "shares": Kind(
        mark("Share bar"),
        mark("Whose investment is it?"),
        mark("All bars are equally long: only shares are compared, never amounts."),
        "oversikt",
        DRAWN["payers"],
    ),
    "waterfall": Kind(
        mark("Waterfall"),
        mark("How does the need become a gap?"),
        mark(
            "Each step begins where the one above it ended; the first and last are whole amounts."
        ),
        "finansieringsgap",
        group("actor_group", _gap_title),
    ),
    "bridge": Kind(
        mark("Bridge"),
        mark("How much of it is new money?"),
        mark("As a waterfall: what would have been invested anyway is taken from the need."),
        "lonsamhet",
        new_money,
    ),
    "flows": Kind(
        mark("Bands (Sankey)"),
        mark("Who pays for whose investment?"),
        mark("A band is as wide as its amount; payers to the left, owners to the right."),
        "andra-aktorer",
        flows,
    ),
    "operating": Kind(
        mark("Bars up and down"),
        mark("What does it do to the operating budget?"),
        mark("Costs upward from zero, what lowers them downward; the line across is the sum."),
        "driftkonsekvenser",
        operating,
    ),
    "debt": Kind(
        mark("Bars against a limit"),
        mark("How long does the debt ceiling hold?"),
        mark("The solid line binds, a dashed one is a target; what lies beyond is set off."),
        "finansieringsanalys",
        debt,
    ),
    "stages": Kind(
        mark("Stages"),
        mark("When does what get done?"),
        mark("One hue, darker the further a measure has come; the parts are named beside."),
        "genomforande",
        stages,
    ),
    "wedges": Kind(
        mark("Wedges"),
        mark("How far do the measures reach towards the target?"),
        mark(
            "From what would be emitted without the plan each area takes its tonnes away; the "
            "thick line is what is left."
        ),
        "klimatmal",
        DRAWN["emissions"],
    ),
    "cost_curve": Kind(
        mark("Cost curve"),
        mark("What does a tonne cost?"),
        mark("As wide as its tonnes, as high as its cost; the lowest cost first."),
        "lonsamhet",
        DRAWN["cost_curve"],
    ),
    "ranges": Kind(
        mark("Bars with ranges"),
        mark("What does society gain?"),
        mark("The bar ends at the central value, the whisker goes from low to high. Never added."),
        "nyttor",
        DRAWN["benefits"],
    ),
    "fan": Kind(
        mark("Fan"),
        mark("How large may the gap be?"),
        mark("Eight outcomes of ten are inside the band; the dashed line is the plan as stated."),
        "osakerhet",
        fan,
    ),
    "tornado": Kind(
        mark("Tornado"),
        mark("What does the gap hang on?"),
        mark("One thing at a time from low to high; the widest first, round the central case."),
        "osakerhet",
        tornado,
    ),
}
# Opened together: few enough to be drawn at once.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "need": (mark("Need and gap"), ("stack", "sorted", "waterfall")),
    "who": (mark("Whose and who pays"), ("shares", "flows", "bridge")),
    "years": (mark("Years and limits"), ("operating", "debt", "stages")),
    "climate": (mark("Climate and benefits"), ("wedges", "cost_curve", "ranges")),
    "unsure": (mark("What is not certain"), ("fan", "tornado")),
}
# The colours that have a meaning everywhere.
MEANINGS: tuple[Meaning, ...] = (*COVER.values(), GAP, OTHER_ACTORS, SHARED, MESSY_MIDDLE)


def forms() -> list[Term]:
    """What a form means, whatever its colour."""
    return [
        Term(_("Solid"), _("Paid, granted or decided; and what is missing")),
        Term(_("Outlined"), _("Planned, or what something is compared with")),
        Term(_("Hatched"), _("Uncertain: applied for, expected, or not known how it is split")),
        Term(_("Dotted"), _("An idea")),
        Term(_("Dashed line"), _("A target, or the plan as stated")),
        Term(_("Band or whisker"), _("From low to high")),
        Term(
            _("Scale"),
            _("Bars begin at zero, and charts that are compared have one scale"),
        ),
    ]


def table() -> Table:
    """Every kind with its question and a way to its page."""
    return Table(
        _("Kinds of charts, what they answer and where they stand"),
        (_("Kind of chart"), _("Question"), _("Page")),
        [
            (_(kind.name), _(kind.asks), Link(frame.title(kind.page), frame.href(kind.page)))
            for kind in KINDS.values()
        ],
        text=frozenset({1, 2}),
    )
