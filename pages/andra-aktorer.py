"""Other actors: what they must invest, whether it pays for them, and who pays for whom."""

import streamlit as st

from model.report import answers
from model.results import results
from ui import format as write
from ui import frame
from ui.charts import actors as charts
from ui.charts import flows
from ui.i18n import _, mark, n_
from ui.parts import actors as parts
from ui.parts import chart, empty, headline, listing, toggles
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

SHOWS = mark("Other actors' need by owner, which is no financing gap of the municipality's")
WHO_PAYS = mark("All actors' investment need by who pays and whose it is")

state = frame.require()
result = results(state.plan_id, state.scenario)
reading, language = state.reading, state.language
found = result.other_actors(reading)
owners = found.owners


def main() -> None:
    headline.show(
        answers.need_title(result, reading, language),
        figures() if result.base.size[1] else [],
        tag=_("example") if result.plan.head.example else "",
        notes=[
            *answers.caveats(result, reading, language),
            _("Others have no financing gap towards the municipality: theirs is whether it pays."),
        ],
    )
    if not result.base.size[1]:
        empty.no_measures(in_scenario=False)
        return
    if any(each.need for each in owners):
        drawn, beside = st.columns([2, 1], gap="large")
        with beside:
            toggles.panel(state, ("rate", "private", "cost", "sources"))
        with drawn:
            the_chart()
    else:
        empty.show(
            _("No amount is known for any other actor's measure."),
            _("Enter what they cost, and who owns them."),
            page="atgarder",
            link=_("Go to Measures"),
        )
        if owners:
            tables.show(parts.table(owners))
    who_pays()
    listing.heading(_("The private share"))
    listing.terms(parts.share_terms(found.share, result.assumptions()))
    split = parts.to_split(result)
    if split:
        tables.show(split)
    if owners:
        listing.heading(_("How the profitability gap comes about"))
        listing.entries([parts.formula(each, result.plan) for each in owners])


def figures() -> list[Figure]:
    unknown = sum(each.unknown for each in owners)
    measures = sum(len(each.lines) for each in owners)
    support = sum(each.support for each in owners)
    return [
        Figure(
            write.money(
                sum(each.need for each in owners),
                lower_bound=any(each.from_below for each in owners),
            ),
            _("Investment need"),
            meaning=charts.OWN,
        ),
        Figure(write.money(support), _("Support"), _("of the reading")),
        Figure(
            parts.gap(*owners),
            _("Profitability gap"),
            n_(
                "unknown for {count} of {measures} measures",
                "unknown for {count} of {measures} measures",
                unknown,
                measures=measures,
            ),
        ),
        Figure(
            parts.share_terms(found.share, result.assumptions())[0].says,
            _("Private share of the need in the plan"),
        ),
    ]


def the_chart() -> None:
    actors = parts.actors(owners)
    hoped = reading in ("expected", "best_case")
    support = charts.HOPED if hoped else charts.SUPPORT
    picked = chart.place(
        charts.figure(actors, support),
        Words(
            answers.need_title(result, reading, language),
            answers.subtitle(result, reading, language, SHOWS),
            result.plan.head.source or result.plan.head.name,
            charts.describe(actors),
        ),
        key="actors",
        meanings=[charts.OWN, *([support] if any(actor.support for actor in actors) else [])],
        table=parts.table(owners),
        picks={actor.key: actor.label for actor in actors},
    )
    for each in owners:
        if picked and picked[0] == each.owner:
            tables.show(parts.measures(each, result.plan))


def who_pays() -> None:
    listing.heading(_("Whose, who pays, who gains"))
    if not found.flows:
        listing.text(_("No need is known in the plan."))
        return
    bands = parts.bands(found.flows)
    chart.place(
        flows.figure(bands),
        Words(
            parts.who_pays_title(found.flows),
            answers.subtitle(result, reading, language, WHO_PAYS),
            result.plan.head.source or result.plan.head.name,
            flows.describe(bands),
        ),
        key="flows",
        table=parts.payers(found.flows),
    )
    tables.folded(parts.gains(found.flows))
    listing.points(
        _(
            "A measure that several gain by stands whole under each of them: those columns are not "
            "added. Who gains is what the data says of the measure's stated effects."
        )
    )


main()
