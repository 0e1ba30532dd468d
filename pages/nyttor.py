"""Multiple benefits: what the measures' effects are worth, to whom, and what nobody can value."""

import streamlit as st

from model.benefits import Cash, ValuedBenefit
from model.emissions import Span
from model.reference import reference
from model.report import answers
from model.results import results
from ui import format as write
from ui import frame
from ui import state as view
from ui.charts import ranges
from ui.charts.ranges import Bar
from ui.i18n import _, n_, name
from ui.parts import benefit_formula as made_of
from ui.parts import benefit_tables as shown
from ui.parts import benefits as words
from ui.parts import chart, empty, headline, listing, profitability, sourced, toggles
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

WHAT = ("present", "yearly")
BY = ("benefit", "beneficiary")
CARBON = {"": "climate", "eib": "climate_eib"}
ORDER = {"valued": 0, "counted": 1, "unquantified": 2}


def page() -> None:
    headline.show(
        answers.under_scenario(result, words.sentence(found, together=together), state.language),
        figures() if result.base.size[1] else [],
        tag=_("example") if result.plan.head.example else "",
        notes=[
            *words.more_than_counted(total),
            *words.not_dated(found),
            *words.waiting(found),
        ],
    )
    if not result.base.size[1]:
        empty.no_measures(in_scenario=False)
        return
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        choices()
    with drawn:
        picked = the_chart() if society else nothing_valued()
    if picked:
        comes_about(picked)
    if society:
        tables.folded(shown.by_year(found, society))
        outside = shown.not_added(found, what)
        if outside:
            tables.show(outside)
    costs()
    who_pays()
    cash_apart()
    what_drives()
    asks()
    by_beneficiary()
    unstated()


def of(state_: str) -> list[ValuedBenefit]:
    return [each for each in found if each.state == state_]


def figures() -> list[Figure]:
    yearly = found.total(society, "yearly", together=together)
    rate = write.percent(found.rate, 1)
    return [
        Figure(
            words.about(total) if society else write.unknown(),
            _("Present value to society"),
            ", ".join(filter(None, (_range(total), _("at {rate}", rate=rate)))),
        ),
        Figure(
            words.about(yearly) if society else write.unknown(),
            _("A year at full effect"),
            _range(yearly),
        ),
        running_cost(result.cash()),
        Figure(
            _(
                "{valued} of {all}",
                valued=len(society),
                all=len(society) + len(of("counted")) + len(of("unquantified")),
            ),
            _("Benefits that are valued"),
            _(
                "{counted} only counted, {words} only in words",
                counted=len(of("counted")),
                words=len(of("unquantified")),
            ),
        ),
    ]


def _range(span: Span) -> str:
    low, high = words.ore(span.low), words.ore(span.high)
    if low == high:
        return ""
    return _("range {span}", span=write.money_range(low, high))


def running_cost(cash: Cash | None) -> Figure:
    label = _("Change in the group's running cost")
    if cash is None:
        return Figure(write.unknown(), label, _("no measure states it"))
    note = _("in {year}: money, not value to society", year=cash.year)
    return Figure(write.money(cash.amount), label, note)


def choices() -> None:
    st.segmented_control(
        _("Value"),
        WHAT,
        format_func={"present": _("Present value"), "yearly": _("A year")}.get,
        required=True,
        **view.saying("value", what),
    )
    st.segmented_control(
        _("Bars"),
        BY,
        format_func={"benefit": _("By benefit"), "beneficiary": _("By who gains")}.get,
        required=True,
        **view.saying("by", by),
    )
    st.segmented_control(
        _("A tonne is worth"),
        list(CARBON),
        format_func={"": _("ASEK 7.0"), "eib": _("EIB's price path")}.get,
        required=True,
        **view.saying("carbon", carbon),
    )
    st.toggle(
        _("Ranges of sums: everything low or high at once"),
        **view.holding("said-range", together, lambda on: view.say(range="together" if on else "")),
    )
    toggles.panel(state, ("rate",))
    listing.text(
        _(
            "A benefit's range is low effect at low price to high at high. A sum's is not the sum "
            "of them: each uncertain thing is varied alone, and the deviations are combined as "
            "independent (the root of the sum of their squares). What values the same thing is "
            "counted once."
        )
        if not together
        else _("Everything low at once to everything high at once: wider than is likely."),
        carbon_warning(),
        words.several_prices(society),
    )
    umea()


def carbon_warning() -> str:
    if carbon:
        return _("EIB's series is in 2016 euro, turned into kronor at one rate.")
    return _("ASEK 8 treats climate otherwise and its value was not found: ASEK 7.0 is used.")


def the_chart():
    bars = by_benefit_bars() if by == "benefit" else by_beneficiary_bars()
    unit = _("MSEK of present value") if what == "present" else _("MSEK a year at full effect")
    head = result.plan.head
    return chart.place(
        ranges.figure(bars, unit),
        Words(
            _(
                "{name} is the largest, {amount}",
                name=bars[0].name,
                amount=write.money(bars[0].mid),
            ),
            _(
                "Value to society of all actors' measures, {unit}, low to high · {prices} · "
                "{plan}, version {version}",
                unit=unit,
                prices=words.prices(society),
                plan=head.name,
                version=result.plan.version,
            ),
            shown.sources(society),
            ranges.describe(bars),
        ),
        key="benefits",
        picks={each.benefit.key: name(each.benefit) for each in society}
        if by == "benefit"
        else None,
        table=shown.worth(found, society, what, _("Valued benefits, {unit}", unit=unit), together),
    )


def by_benefit_bars() -> list[Bar]:
    return words.bars(society, what)


def by_beneficiary_bars() -> list[Bar]:
    groups = dict.fromkeys(each.benefit.beneficiary for each in society)
    spans = {
        who: found.total(found.of(kind="society", beneficiary=who), what, together=together)
        for who in groups
    }
    bars = [words.bar(words.beneficiary(who), span) for who, span in spans.items()]
    return sorted(bars, key=lambda each: -each.mid)


def nothing_valued() -> None:
    if result.base.size[1] and not result.plan.size[1]:
        empty.no_measures(in_scenario=True)
        return
    empty.show(
        _("No benefit can be valued in kronor."),
        _("Give the measures effects such as tonnes of CO2e or kilometres cycled."),
        page="atgarder",
        link=_("Go to Measures"),
    )


def comes_about(picked: tuple[str, str]) -> None:
    each = next((each for each in society if each.benefit.key == picked[0]), None)
    if each is not None:
        listing.heading(_("How {benefit} comes about", benefit=words.inside(each)))
        listing.terms(made_of.terms(each, found))
        tables.show(made_of.by_measure(each, found))


def asks() -> None:
    table = shown.asked(found)
    if table is None:
        return
    listing.heading(_("What is asked for"))
    listing.text(
        _(
            "Without these the benefits below are not valued, or only in part. Nothing is "
            "guessed: state the plan's own value, with where it is from."
        )
    )
    tables.show(table)
    frame.link("atgarder", _("State the plan's own values, under Measures"))


def cash_apart() -> None:
    listing.heading(_("Money, apart from value to society"))
    priced = found.of(kind="cash")
    listing.terms(
        [
            words.told_cash(result.cash()),
            *(words.told(each, found) for each in priced),
        ]
    )


def costs() -> None:
    balance = result.benefit_balance(preferred)
    listing.heading(_("Costs against benefits"))
    if not balance.measures:
        listing.text(
            _(
                "No measure has all of expenditure, lifetime, change in running cost (0 if none) "
                "and an effect that is valued: costs and benefits cannot be weighed."
            )
        )
        return
    listing.text(
        n_(
            "Of {count} of {all} measures both are known; the others are left out of both sides.",
            "Of {count} of {all} measures both are known; the others are left out of both sides.",
            balance.measures,
            all=balance.all_measures,
        )
    )
    tables.show(shown.balance(balance))
    listing.text(
        _(
            "Investment and running cost: {prices}. Benefits: in the price years of the table of "
            "valued benefits.",
            prices=profitability.prices(result.economics("society")),
        )
    )


def who_pays() -> None:
    rows = result.payers(preferred)
    if rows and society:
        listing.heading(_("Who invests, and who gains"))
        tables.show(shown.payers(rows))


def what_drives() -> None:
    table = shown.drivers(found, society, what)
    if table is not None:
        listing.heading(_("What drives the range"))
        tables.show(table)


def umea() -> None:
    figure = reference().municipalities[answers.UMEA].figure("cobenefit")
    listing.text(
        _(
            "Beside it: Umeå says that better health and air quality are worth about {amount} "
            "until {year}. That is the whole city's sum over the years, of other measures and by "
            "another method.",
            amount=_("{number} million euro", number=write.number(figure.central / 10**6)),
            year=figure.last_year,
        ),
        _("Source: {source}", source=sourced.source(figure)),
    )


def by_beneficiary() -> None:
    listed = sorted((each for each in found if each.state in ORDER), key=lambda e: ORDER[e.state])
    for who in words.BENEFICIARIES:
        theirs = [
            each
            for each in listed
            if each.benefit.beneficiary == who and not (each.benefit.kind == "cash" and each.adds)
        ]
        if theirs:
            listing.heading(words.beneficiary(who))
            listing.terms([words.told(each, found) for each in theirs])


def unstated() -> None:
    names = [name(each.benefit) for each in of("no_effect")]
    if names:
        listing.heading(_("What no measure says anything about"))
        listing.text(", ".join(names) + ".")


state = frame.require()
result = results(state.plan_id, state.scenario)
what = "yearly" if view.said("value")[-1:] == ("yearly",) else "present"
by = "beneficiary" if view.said("by")[-1:] == ("beneficiary",) else "benefit"
carbon = "eib" if view.said("carbon")[-1:] == ("eib",) else ""
together = view.said("range")[-1:] == ("together",)
preferred = (CARBON[carbon],) if carbon else ()
found = result.benefits(preferred)
society = found.of(kind="society")
total = words.at_least(found, found.total(society, together=together))
page()
