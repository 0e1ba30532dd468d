"""Implementation: what moves on when, what money is tied to which stage, and what stands still."""

from datetime import date

import streamlit as st

from model.implementation import EARLY, SERVICE
from model.owners import split_unknown
from model.palette import COVER, GAP
from model.reference import reference
from model.report import answers
from model.report import words as terms
from model.results import results
from ui import format as write
from ui import frame
from ui import state as view
from ui.charts import stages as charts
from ui.i18n import _, mark, n_
from ui.parts import chart, empty, glossary, headline, listing
from ui.parts import implementation as words
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

SHOWS = mark("Measures by the stage that each must have reached at least")


def page() -> None:
    tag = _("example") if result.plan.head.example else ""
    if not len(found.places):
        headline.show(_("The municipal group has no measures to carry out"), tag=tag)
        if result.plan.size[1]:
            empty.not_ours(_("Only the municipal group's measures are followed here."))
        else:
            empty.no_measures(in_scenario=bool(result.base.size[1]))
        return
    headline.show(
        answers.under_scenario(result, sentence(), state.language),
        figures(),
        tag=tag,
        notes=list(words.not_told(found, held, int(split_unknown(result.plan).sum()))),
    )
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        choices()
    with drawn:
        the_chart()
    tables.show(words.by_year(found))
    standing_still()
    listing.heading(_("Which money is tied to which stage"))
    tables.show(words.money_by_stage(result.implementation(), firm, result.plan))
    tied()
    listing.heading(_("What moves on when"))
    if found.moves:
        tables.show(words.moves(found, result.plan, date.today()))
    else:
        listing.text(_("Nothing that the plan dates says that a measure must move on."))
    tables.folded(words.by_measure(found, result.plan))


def sentence() -> str:
    ours = result.implementation()
    fields = {"all": len(ours.places)}
    early = ours.stated(*EARLY)
    if ours.stated() == len(ours.places):
        first = _("Nobody has said how far the measures have come")
    else:
        first = n_(
            "{count} of {all} measures is still an idea, a study or a pilot",
            "{count} of {all} measures are still ideas, studies or pilots",
            early,
            **fields,
        )
    decision, money = held.lacking(*DECISION), held.lacking(*MONEY)
    amounts = {"decision": write.money(decision), "money": write.money(money)}
    if decision and money:
        second = _("{decision} waits for a decision and {money} for money", **amounts)
    elif decision:
        second = _("{decision} waits for a decision", **amounts)
    elif money:
        second = _("{money} is lacking for what is next", **amounts)
    else:
        second = _("nothing that is next lacks a decision or money")
    return f"{first}; {second}"


def figures() -> list[Figure]:
    ours = result.implementation()
    middle = [key for key, stage in reference().readiness.items() if stage.messy_middle]
    needs = ours.amounts()[0]
    amount = sum(int(needs[ours.stages.index(key)]) for key in middle)

    def measures(count: int) -> str:
        return n_("{count} measure", "{count} measures", count)

    return [
        Figure(
            measures(ours.stated(*middle)),
            _("Between pilot and implementation"),
            _("{amount} in all their years", amount=write.money(amount)),
            word="messy-middle",
        ),
        Figure(
            write.money(held.lacking(*DECISION)),
            _("Waits for a decision"),
            measures(held.count(*DECISION)),
            meaning=COVER["planned"],
        ),
        Figure(
            write.money(held.lacking(*MONEY)),
            _("Waits for money"),
            measures(held.count(*MONEY)),
            meaning=GAP,
        ),
        Figure(
            write.money(sum(each.behind for each in held.still)),
            _("Left to pay in what stands still"),
            measures(len(held.still)),
            word="standstill",
        ),
    ]


def choices() -> None:
    st.segmented_control(
        _("Whose measures"),
        ("", "all"),
        format_func={"": _("The municipal group's"), "all": _("Everybody's")}.get,
        required=True,
        help=glossary.explain("municipal-group"),
        **view.saying("whose", whose),
    )
    st.segmented_control(
        _("Counted in"),
        ("", "money"),
        format_func={"": _("Measures"), "money": _("MSEK")}.get,
        required=True,
        **view.saying("unit", "money" if in_money else ""),
    )
    listing.text(
        _(
            "A stage is the least that the plan's own dates say. In a year with expenditure the "
            "municipal group's appropriation must be decided; from the year in which it is taken "
            "in use a measure is in service. That something is procured follows from no "
            "expenditure: it may be design or own work."
        ),
        _("How long a stage takes is not reckoned. Where nothing is dated the stage is unknown."),
    )


def the_chart() -> None:
    shown = words.shown(found, money=in_money)
    last = found.years[-1]
    served = int((found.stage[-1] == found.stages.index(SERVICE)).sum())
    chart.place(
        charts.figure(shown),
        Words(
            answers.under_scenario(
                result,
                n_(
                    "{count} of {all} measures is to be in service in {year}",
                    "{count} of {all} measures are to be in service in {year}",
                    served,
                    all=len(found.places),
                    year=last,
                ),
                state.language,
            ),
            subtitle(shown.unit),
            result.plan.head.source or result.plan.head.name,
            charts.describe(shown),
        ),
        key="stages",
    )


def subtitle(unit: str) -> str:
    """No reading: how firm the money is moves no stage."""
    plan = result.plan
    prices = [terms.price_level(plan, state.language), terms.vat(plan, state.language)]
    parts = (
        f"{_(SHOWS)}, {unit}",
        *([", ".join(prices)] if in_money else []),
        _("{plan}, version {version}", plan=plan.head.name, version=plan.version),
    )
    return " · ".join(parts)


def standing_still() -> None:
    listing.heading(_("What stands still"))
    if held.still:
        tables.show(words.still(held, result.plan))
        listing.text(
            _(
                "What is lacking is of the first year in which a measure has something left to "
                "pay; loans are no money of a measure's. Other actors' measures have no financing "
                "gap and are not in it."
            )
        )
    else:
        listing.text(
            _("Every measure of the group with something to pay has its first year covered.")
        )
    if held.overdue:
        tables.show(words.overdue(held, result.plan))
    else:
        listing.text(_("No application has passed a day that the plan states."))


def tied() -> None:
    one_off = int(result.outcome("secured").one_off.sum())
    listing.text(
        _(
            "The firmest money counts first, whatever the reading: applications as if all "
            "succeeded, ideas as if all became money."
        ),
        _(
            "One-off operating expenditure, {amount} in the plan, stands outside.",
            amount=write.money(one_off),
        )
        if one_off
        else "",
    )


DECISION, MONEY = ("decision", "answer"), ("idea", "money")
state = frame.require()
result = results(state.plan_id, state.scenario)
whose = "all" if view.said("whose")[-1:] == ("all",) else ""
in_money = view.said("unit")[-1:] == ("money",)
found = result.implementation(None if whose else "municipal_group")
held = result.standstills(state.reading)
firm = result.firmness()
page()
