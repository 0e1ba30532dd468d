"""Climate targets: what has been emitted, what is aimed for, and what the plan's measures do."""

from dataclasses import replace

import streamlit as st

from model.emissions import Effect, carbon_budget_path
from model.entries import CarbonBudget, Municipality
from model.entries import Figure as PublishedFigure
from model.formatting import capitalise
from model.reference import reference
from model.report import answers
from model.results import results
from model.targets import Distance, counts_in_territory, distance
from ui import format as write
from ui import frame
from ui import state as view
from ui.charts import emissions
from ui.charts.emissions import Line
from ui.i18n import _, name
from ui.parts import chart, headline, listing, sourced
from ui.parts import table as tables
from ui.parts import targets as words
from ui.parts.chart import Words
from ui.parts.headline import Figure
from ui.parts.listing import Term
from ui.parts.table import Table

PATH_UNTIL = 2040
TOPICS = ("emissions", "investment", "benefit", "funding", "governance")
EFFECTS = ("co2e_reduction", "co2e_sink", "fossil_co2_reduction")


def page() -> None:
    result = results(state.plan_id, state.scenario)
    cities = reference().municipalities
    head = result.plan.head
    city = cities.get(state.view.city or head.municipality)
    own = city is None or city.key == head.municipality
    counted = result.effect() if city and counts_in_territory(result.plan, city.key) else None
    found = [distance(target, city.baseline) for target in city.targets] if city else []
    headline.show(
        sentence(result, city, words.first(found)),
        [*emitted(city, words.first(found)), *(measured(result.effect()) if own else [])],
        tag=_("example") if own and head.example else "",
    )
    drawn, beside = st.columns([2, 1], gap="large")
    if city is None:
        with beside:
            choose_city(city)
        with drawn:
            listing.text(
                _(
                    "The plan is for no municipality with published figures here. Choose one to "
                    "look at its emissions and targets; the plan's tonnes are not compared with "
                    "them."
                )
            )
            effects_table(result)
        return
    with beside:
        choose_city(city)
        listing.terms([told(each, counted) for each in found], narrow=True)
        if counted is None:
            listing.text(not_counted(result, city))
    with drawn:
        emissions_chart(result, city, words.first(found), counted)
    effects_table(result)
    if city.carbon_budget:
        budget(city, city.carbon_budget)
    published(city)


def sentence(result, city: Municipality | None, target: Distance | None) -> str:
    if city is None:
        yearly = result.effect().yearly
        said = (
            _(
                "The plan's measures lower emissions by {tonnes} a year",
                tonnes=words.tonnes(yearly),
            )
            if yearly.mid
            else _("No measure in the plan says what it does to emissions every year")
        )
        return answers.under_scenario(result, said, state.language)
    latest = city.baseline.years[-1]
    fields = {
        "city": name(city),
        "tonnes": write.tonnes(city.baseline.total(latest)),
        "year": latest,
    }
    if target is None:
        return _("{city} emitted {tonnes} in {year}", **fields)
    return _(
        "{city} emitted {tonnes} in {year}; {left} a year remain to the target for {target}",
        left=write.tonnes(target.left),
        target=target.target.year,
        **fields,
    )


def emitted(city: Municipality | None, target: Distance | None) -> list[Figure]:
    """The city's figures: what it emits, and what is left to its target."""
    if city is None:
        return []
    first, latest = city.baseline.years[0], city.baseline.years[-1]
    before, now = city.baseline.total(first), city.baseline.total(latest)
    fields = {"share": write.percent(abs(1 - now / before)), "first": first}
    shown = [
        Figure(
            write.tonnes(now),
            _("Emissions in {year}, CO2e", year=latest),
            _("{share} less than in {first}", **fields)
            if now < before
            else _("{share} more than in {first}", **fields),
        )
    ]
    if target:
        shown.append(
            Figure(
                write.tonnes(target.left),
                _("Left to the target for {year}", year=target.target.year),
                _("which allows {level}", level=write.tonnes(target.level)),
            )
        )
    return shown


def measured(effect: Effect) -> list[Figure]:
    """What the plan's measures do."""
    return [
        Figure(
            words.yearly(effect),
            _("The measures, every year"),
            words.spread(effect.yearly),
        ),
        Figure(
            words.tonnes(effect.unclear),
            _("The measures, unclear whether every year"),
            _("not counted in"),
        ),
    ]


def told(found: Distance, effect: Effect | None) -> Term:
    """A target with how far it is."""
    target = found.target
    about = [words.decision(target.decision), words.boundary(target.boundary)]
    return Term(
        name(target),
        words.reach(found, effect),
        (", ".join(about), sourced.source(target), target.note),
        sourced.mark(target),
    )


def choose_city(city: Municipality | None) -> None:
    cities = reference().municipalities
    st.selectbox(
        _("Published figures of"),
        list(cities),
        format_func=lambda code: name(cities[code]),
        placeholder=_("Choose a municipality"),
        index=None,
        **view.bound(
            "city", city.key if city else None, lambda seen, code: replace(seen, city=code or "")
        ),
    )


def not_counted(result, city: Municipality) -> str:
    head = result.plan.head
    if head.municipality != city.key:
        return _("The plan's tonnes are not compared: the plan is not {city}'s.", city=name(city))
    return _(
        "The plan's tonnes are not compared: the plan is about {boundary}.",
        boundary=words.boundary(head.system_boundary),
    )


def emissions_chart(result, city: Municipality, target: Distance | None, effect) -> None:
    years = city.baseline.years
    totals = [city.baseline.total(year) for year in years]
    lines = [Line(_("Emissions"), "baseline", years, tuple(totals))]
    if target:
        lines.append(
            Line(
                _("Target {year}", year=target.target.year),
                "target",
                (target.latest_year, target.target.year),
                (target.latest, target.level),
            )
        )
    if effect and effect.yearly.mid:
        until = result.plan.head.last_year
        yearly = effect.yearly
        lines.append(
            Line(
                _("With the measures"),
                "measures",
                (years[-1], until),
                (totals[-1], totals[-1] - yearly.mid),
                (totals[-1], totals[-1] - yearly.high),
                (totals[-1], totals[-1] - yearly.low),
            )
        )
    chart.place(
        emissions.figure(lines, _("t CO2e a year")),
        Words(
            chart_title(result, city, target, effect),
            _("Greenhouse gases within the municipality, t CO2e a year"),
            f"{sourced.source(city.baseline)}. {capitalise(city.baseline.method)}.",
            emissions.describe(lines),
        ),
        key="emissions",
        table=Table(
            _("Emissions by year, t CO2e"),
            ("", *map(str, years)),
            [(_("All sectors"), *(write.number(total) for total in totals))],
        ),
    )
    tables.folded(by_sector(city))


def chart_title(result, city: Municipality, target: Distance | None, effect: Effect | None) -> str:
    if target is None:
        return _("{city} has no target that these emissions can be compared with", city=name(city))
    fields = {"year": target.target.year, "city": name(city)}
    if not target.left:
        return _("{city} has reached the target for {year}", **fields)
    if effect is None or not effect.yearly.mid:
        return _("{city}: the way that is left to the target for {year}", **fields)
    said = (
        _("The measures that surely come every year reach the target for {year}", **fields)
        if effect.yearly.mid >= target.left
        else _(
            "The measures that surely come every year are {share} of the way to the target for "
            "{year}",
            share=write.percent(effect.yearly.mid / target.left),
            **fields,
        )
    )
    return answers.under_scenario(result, said, state.language)


def by_sector(city: Municipality) -> Table:
    years = city.baseline.years
    first, latest = years[0], years[-1]
    rows = []
    for key, entry in reference().ned_sectors.items():
        tonnes = city.baseline.emissions[key]
        before = tonnes[first]
        changed = write.percent(tonnes[latest] / before - 1) if before else "–"
        rows.append((name(entry), *(write.number(tonnes[year]) for year in years), changed))
    before, now = city.baseline.total(first), city.baseline.total(latest)
    return Table(
        _("Emissions by sector of the national database, t CO2e"),
        (_("Sector"), *map(str, years), _("Since {year}", year=first)),
        rows,
        total=(
            _("All sectors"),
            *(write.number(city.baseline.total(year)) for year in years),
            write.percent(now / before - 1),
        ),
    )


def effects_table(result) -> None:
    rows = []
    for indicator in EFFECTS:
        effect = result.effect(indicator)
        said = name(reference().indicators[indicator])
        for span, basis in (
            (effect.yearly, _("every year")),
            (effect.once, _("once")),
            (effect.unclear, _("unclear whether every year")),
        ):
            if span.mid or span.high:
                amounts = (write.tonnes(amount) for amount in (span.low, span.mid, span.high))
                rows.append((said, basis, *amounts))
    if not rows:
        return
    effect = result.effect()
    tables.show(
        Table(
            _(
                "What the measures of {plan} are said to do, whoever owns them; rows are never "
                "added. {unstated} of {measures} measures say nothing about emissions.",
                plan=result.plan.head.name,
                unstated=effect.unstated,
                measures=effect.stated + effect.unstated,
            ),
            (_("Effect"), _("Comes"), _("Low"), _("Central"), _("High")),
            rows,
            text=frozenset({1}),
        )
    )


def budget(city: Municipality, found: CarbonBudget) -> None:
    path = carbon_budget_path(
        float(found.remaining), found.remaining_from, float(found.first_year_emission), PATH_UNTIL
    )
    lines = [Line(_("Allowed"), "target", path.years, path.emissions)]
    chart.place(
        emissions.figure(lines, _("t fossil CO2 a year")),
        Words(
            _(
                "{city} has {left} of fossil carbon dioxide left from {year}: {share} less each "
                "year",
                city=name(city),
                left=write.tonnes(found.remaining),
                year=found.remaining_from,
                share=write.percent(path.yearly_reduction, 1),
            ),
            _(
                "Carbon budget for {temperature} degrees, fossil CO2 within the municipality, t a "
                "year. Another gas than the emissions above, and never compared with them.",
                temperature=write.number(found.temperature, 1),
            ),
            sourced.source(found),
            emissions.describe(lines),
        ),
        key="budget",
        table=Table(
            _("What the budget allows, t fossil CO2"),
            ("", *map(str, path.years)),
            [
                (_("In the year"), *map(write.number, path.emissions)),
                (_("Left after it"), *map(write.number, path.left)),
            ],
        ),
    )
    listing.text(found.note)


def published(city: Municipality) -> None:
    listing.heading(_("What is published about {city}", city=name(city)))
    population = city.population
    ordered = sorted(city.figures, key=lambda figure: TOPICS.index(figure.topic))
    residents = Term(
        _("Residents"),
        write.number(population.value),
        (population.at, sourced.source(population), population.note),
        sourced.mark(population),
    )
    listing.terms([residents, *map(as_published, ordered)])


def as_published(figure: PublishedFigure) -> Term:
    value = sourced.span(figure, figure.unit) if figure.value is not None else ""
    said = figure.text_en if state.language == "en" else figure.text
    years = "–".join(str(year) for year in (figure.year, figure.last_year) if year)
    about = [years, words.boundary(figure.boundary), sourced.price_year(figure.price_year)]
    return Term(
        name(figure),
        ". ".join(filter(None, [value, said])),
        (", ".join(filter(None, about)), sourced.source(figure), figure.note),
        sourced.mark(figure),
    )


state = frame.require()
page()
