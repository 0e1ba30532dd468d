"""Multiple benefits: what the measures' effects are worth, to whom, and what nobody can value."""

import streamlit as st

from model.benefits import Cash, ValuedBenefit
from model.reference import reference
from model.report import answers
from model.results import results
from ui import format as write
from ui import frame
from ui.charts import ranges
from ui.charts.ranges import Bar
from ui.i18n import _, n_, name
from ui.parts import benefits as words
from ui.parts import chart, empty, headline, listing, sourced
from ui.parts.chart import Words
from ui.parts.headline import Figure
from ui.parts.table import Table

ORDER = {"valued": 0, "counted": 1, "unquantified": 2}


def page() -> None:
    valued = sorted(of("valued"), key=lambda each: -each.value.mid)
    headline.show(
        answers.under_scenario(result, sentence(valued), state.language),
        figures(valued),
        tag=_("example") if result.plan.head.example else "",
    )
    drawn, beside = st.columns([2, 1], gap="large")
    with drawn:
        if valued:
            the_chart(valued)
        else:
            nothing_valued()
    with beside:
        listing.text(
            _(
                "Benefits are not added: they have different price years, may overlap, and are "
                "worth nothing in a budget. Only what is sure to come every year is valued."
            ),
        )
        umea()
    by_beneficiary()
    unstated()


def of(state_: str) -> list[ValuedBenefit]:
    return [each for each in found if each.state == state_]


def sentence(valued: list[ValuedBenefit]) -> str:
    if valued:
        return _(
            "{benefit} is worth {amount} a year to society, in {price_year}",
            benefit=name(valued[0].benefit),
            amount=words.worth(valued[0]),
            price_year=words.price_year(valued[0]),
        )
    counted = len(of("counted"))
    if counted:
        return n_(
            "{count} benefit can be counted, but not valued",
            "{count} benefits can be counted, but none valued",
            counted,
        )
    return _("No measure states an effect that a benefit can be counted on")


def figures(valued: list[ValuedBenefit]) -> list[Figure]:
    return [
        Figure(str(len(valued)), _("benefits valued"), _("an effect and a unit value")),
        Figure(str(len(of("counted"))), _("benefits counted"), _("an effect, but no unit value")),
        Figure(
            str(len(of("unquantified"))), _("benefits in words"), _("nobody has a measure of it")
        ),
        running_cost(result.cash()),
    ]


def running_cost(cash: Cash | None) -> Figure:
    label = _("Change in the group's running cost")
    if cash is None:
        return Figure(write.unknown(), label, _("no measure states it"))
    note = _("in {year}: money, not value to society", year=cash.year)
    return Figure(write.money(cash.amount), label, note)


def the_chart(valued: list[ValuedBenefit]) -> None:
    bars = [
        Bar(
            name(each.benefit),
            *(words.ore(getattr(each.value, level)) for level in ("low", "mid", "high")),
        )
        for each in valued
    ]
    head = result.plan.head
    sources = dict.fromkeys(sourced.title(each.unit_value.source) for each in valued)
    chart.place(
        ranges.figure(bars, _("MSEK a year")),
        Words(
            n_(
                "{count} benefit has a value in kronor",
                "{count} benefits have a value in kronor",
                len(valued),
            ),
            _(
                "Value to society of all actors' measures, MSEK a year, low to high · each in its "
                "own price year · {plan}, version {version}",
                plan=head.name,
                version=result.plan.version,
            ),
            "; ".join(sources),
            ranges.describe(bars),
        ),
        key="benefits",
        table=Table(
            _("Valued benefits, MSEK a year, not added"),
            (
                *(_("Benefit"), _("Goes to"), _("Price level"), _("Checked")),
                *(_("Low"), _("Central"), _("High")),
            ),
            [
                (
                    name(each.benefit),
                    words.beneficiary(each.benefit.beneficiary),
                    words.price_year(each),
                    sourced.status(each.unit_value),
                    *(write.mnkr(amount) for amount in (bar.low, bar.mid, bar.high)),
                )
                for each, bar in zip(valued, bars, strict=True)
            ],
            text=frozenset({1, 2, 3}),
        ),
    )


def nothing_valued() -> None:
    empty.show(
        _("No benefit can be valued in kronor."),
        _("Give the measures effects such as tonnes of CO2e or kilometres cycled."),
        page="atgarder",
        link=_("Go to Measures"),
    )


def umea() -> None:
    figure = reference().municipalities[answers.UMEA].figure("cobenefit")
    listing.text(
        _(
            "Beside it: Umeå says that better health and air quality are worth about {amount} "
            "until {year}. That is the whole city's sum over the years and cannot be compared with "
            "kronor a year here.",
            amount=_("{number} million euro", number=write.number(figure.central / 10**6)),
            year=figure.last_year,
        ),
        _("Source: {source}", source=sourced.source(figure)),
    )


def by_beneficiary() -> None:
    shown = sorted((each for each in found if each.state in ORDER), key=lambda e: ORDER[e.state])
    for who in words.BENEFICIARIES:
        theirs = [each for each in shown if each.benefit.beneficiary == who]
        cash = [words.told_cash(result.cash())] if who == "municipality" else []
        if theirs or cash:
            listing.heading(words.beneficiary(who))
            listing.terms([*cash, *(words.told(each, found) for each in theirs)])


def unstated() -> None:
    names = [name(each.benefit) for each in of("no_effect")]
    if names:
        listing.heading(_("What no measure says anything about"))
        listing.text(", ".join(names) + ".")


state = frame.require()
result = results(state.plan_id, state.scenario)
found = result.benefits()
page()
