"""Prioritise: which measures first, and when, for the most climate benefit of our own money."""

from dataclasses import replace

import streamlit as st

from model.errors import InvalidData
from model.optimise.explain import explain
from model.report import answers
from model.report import prioritised as words
from model.results import results
from ui import errors, frame
from ui import format as write
from ui.charts import prioritised as charts
from ui.i18n import _, mark, message
from ui.parts import chart, empty, headline, listing
from ui.parts import goal as goals
from ui.parts import prioritised as shown
from ui.parts import table as tables
from ui.parts.chart import Words

SHOWS = mark("Our own money of what is chosen, by year")

# Longer addresses are cut off on the way.
LONGEST = 6000

state = frame.require()
reading, language = state.reading, state.language
result = results(state.plan_id, state.scenario)
head = result.plan.head


def main() -> None:
    if not result.plan.size[1]:
        headline.show(_("There is nothing to prioritise"))
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        return
    asked = goals.of_the_address(result, reading)
    try:
        with st.spinner(_("Choosing …"), show_time=True):
            answer = result.prioritised(asked.goal)
            said = explain(answer)
    except InvalidData as error:
        headline.show(_("The goal cannot be asked like this"))
        errors.say(message(error), severity="warning")
        goals.fields(asked, result)
        return
    headline.show(
        answers.under_scenario(result, shown.sentence(answer, said), language),
        shown.figures(answer, said) if answer.choice is not None else [],
        tag=_("example") if head.example else "",
        notes=answers.caveats(result, reading, language),
    )
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        goals.fields(asked, result)
    with drawn:
        if answer.choice is None:
            no_choice(answer)
        else:
            by_year(answer)
            as_scenario(answer)
    if answer.choice is not None:
        chosen(answer, said)
    listing.heading(_("How the choice is made"))
    listing.points(*method(answer), *shown.untouched(answer))


def no_choice(answer) -> None:
    if answer.relaxations:
        listing.text(
            _("Any one of these by itself is enough:")
            if answer.relaxations[0].alone
            else _("All of this must move together:")
        )
        listing.points(*shown.relaxations(answer))
    elif answer.contradiction:
        empty.show(
            _("What must be carried out cannot be carried out together."),
            _("Take something out of what must, or must not, be carried out."),
        )
    else:
        empty.show(
            _("The search ended before anything was found."),
            _("Ask for fewer years or limits, or use the command line with more seconds."),
        )


def by_year(answer) -> None:
    years, held, besides, budget = shown.by_year(answer)
    meanings = [charts.HELD, charts.CHOSEN]
    if any(most is not None for most in budget):
        meanings.append(charts.BUDGET)
    whole = held + besides
    most = years[int(whole.argmax())]
    chart.place(
        charts.figure(years, held, besides, budget),
        Words(
            _(
                "Most of our own money is needed {year}: {part} of {whole}",
                year=most,
                part=write.money(int(whole.max())),
                whole=write.money(int(whole.sum())),
            )
            if whole.any()
            else _("The choice takes none of our own money"),
            answers.subtitle(result, reading, language, SHOWS),
            head.source or head.name,
            charts.describe(years, held, besides),
        ),
        key="own-money",
        meanings=meanings,
        table=shown.years_table(answer),
    )


def as_scenario(answer) -> None:
    """The choice is a scenario like any other: to be looked at on every page, by its address."""
    if not answer.adjustments:
        listing.text(_("The choice is the plan as it is: everything is carried out as planned."))
        return
    seen = replace(state, view=state.view.toggled(*answer.adjustments))
    if len(str(seen.query)) > LONGEST:
        listing.text(
            _(
                "The choice is about too many measures for a link. The command line gives it as "
                "adjustments: python -m model optimise --json."
            )
        )
        return
    frame.link("scenarier", _("See the choice as a scenario, on every page"), seen)


def chosen(answer, said) -> None:
    tables.show(shown.chosen_table(answer, said))
    if said.left_out:
        listing.heading(_("Not prioritised"))
        tables.show(shown.left_out_table(answer, said))
    sought = shown.sought(answer)
    if sought:
        listing.heading(_("New applications"))
        listing.points(*sought)
    if said.uses:
        listing.heading(_("What binds, and what a million more does"))
        listing.points(*shown.margins(result.margins(answer.goal), answer))
        tables.show(shown.limits_table(said, answer))


def method(answer) -> list[str]:
    return [
        _(
            "Of {ways} ways to carry out {measures} measures, each as planned or so many years "
            "later, the solver HiGHS looks for the best. {surely}.",
            ways=write.number(len(answer.options.measure)),
            measures=write.number(len(set(answer.options.measure.tolist()))),
            surely=words.surely(answer, language)
            if answer.choice is not None
            else _("None keeps to everything"),
        ),
        _(
            "Our own money is the municipal group's part of investment and one-off operating "
            "expenditure that is not yet paid, less the grants of the reading. Every figure here "
            "is the model's own for the plan with this choice."
        ),
        _(
            "A measure without stated expenditure or effect is never taken to cost or give "
            "nothing: it is listed under what is not prioritised. A joint effect counts once."
        ),
    ]


main()
