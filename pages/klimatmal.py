"""Emissions: what was emitted, what would be, what the measures lower, and what the targets ask."""

from dataclasses import replace

import streamlit as st

from model.emission_result import Choice, budget, published_budget
from model.formatting import capitalise
from model.forms.emissions import GASES
from model.inventory import published as published_inventory
from model.reference import reference
from model.report import answers
from model.report import words as terms
from model.report.emissions import shown_until
from model.results import results
from ui import frame, safe
from ui import state as view
from ui.charts import emissions as charts
from ui.i18n import _, name
from ui.parts import (
    carbon_budget,
    chart,
    city_figures,
    editor,
    empty,
    headline,
    listing,
    ned_upload,
    plan_forms,
)
from ui.parts import emission_tables as shown
from ui.parts import emissions as words
from ui.parts import table as tables
from ui.parts.chart import Words

LISTS = (
    "baseline",
    "business_as_usual",
    "emission_series",
    "emission_targets",
    "interactions",
    "emission_budgets",
)
GROUPS = ("sector", "readiness", "id")
USUAL = ("own", "trend", "level")


def page() -> None:
    editor.notice()
    headline.show(
        answers.under_scenario(result, words.sentence(found, target), state.language),
        words.figures(found, target) if found.path else [],
        tag=_("example") if head.example else "",
    )
    if found.path is None:
        empty.show(
            _("There are no emissions to begin from."),
            _("Read in the national emissions database's file below; it takes a minute."),
        )
        ned_upload.show(result, state)
    else:
        drawn, beside = st.columns([2, 1], gap="large")
        with beside:
            choices()
            listing.terms(map(words.target_term, found.targets), narrow=True)
        with drawn:
            the_chart()
        details()
    for place, each in enumerate(found.budgets):
        carbon_budget.show(each, place, head.name, state, choice)
    if found.path is not None:
        ned_upload.show(result, state)
    listing.heading(_("What the path rests on, to edit"))
    document = result.document()
    for each in LISTS:
        plan_forms.part(each, result, state, document)
    the_city()


def choices() -> None:
    """What can be chosen beside the chart; everything is in the address."""
    if len(found.found) > 1:
        st.selectbox(
            _("Which emissions"),
            inventories,
            format_func=lambda key: words.inventory(inventories[key]),
            **view.saying("of", key_of(found.path.inventory)),
        )
    if len(found.comparable) > 1:
        st.selectbox(
            _("Target"),
            range(len(found.comparable)),
            format_func=lambda place: safe.line(name(found.comparable[place].aim)),
            **view.holding(
                "said-target",
                found.comparable.index(target),
                lambda place: view.say(target=str(place) if place else ""),
            ),
        )
    st.segmented_control(
        _("Emissions without the plan"),
        USUAL,
        format_func={
            "own": _("As the plan says") if found.chosen_usual else _("As proposed"),
            "trend": _("Trend"),
            "level": _("As now"),
        }.get,
        required=True,
        **view.saying("usual", choice.usual),
    )
    stages = {"": _("All measures")} | {
        key: _("From {stage}", stage=name(entry).lower())
        for key, entry in reference().readiness.items()
    }
    st.selectbox(
        _("Measures that count"),
        stages,
        format_func=stages.get,
        **view.saying("stage", choice.stage),
    )
    st.segmented_control(
        _("Measures shown by"),
        GROUPS,
        format_func={"sector": _("Sector"), "readiness": _("Readiness"), "id": _("Measure")}.get,
        required=True,
        **view.saying("by", by),
    )
    if target:
        listing.points(*words.in_measures(found, target))


def the_chart() -> None:
    lines, under = words.lines(found)
    wedges = charts.fewer(words.wedges(found, by, named, len(under.years)), _("Other measures"))
    inventory = found.path.inventory
    chart.place(
        charts.figure(
            lines, words.unit(inventory), wedges=wedges, under=under, points=words.points(found)
        ),
        Words(
            answers.under_scenario(result, words.title(found, target), state.language),
            capitalise(f"{words.inventory(inventory)}, {words.unit(inventory)}"),
            words.source(inventory),
            charts.describe(lines),
        ),
        key="emissions",
        meanings=charts.meanings(wedges),
        table=shown.by_year(found, target, whole_wedges()),
    )


def whole_wedges():
    """The wedges of all years that are shown, for the table."""
    until = found.path.at(shown_until(found)) + 1
    return charts.fewer(words.wedges(found, by, named, until), _("Other measures"))


def details() -> None:
    """What the path is made of and what it leaves out."""
    unsure = words.not_sure(found)
    if unsure:
        listing.points(*unsure)
    residual()
    if found.path.wedges.apart:
        tables.folded(shown.apart(found))
    tables.folded(shown.without_the_plan(found, target))
    tables.folded(shown.by_sector(found.path.inventory))
    listing.text(
        _(
            "A trend is the yearly change fitted to the logarithm of the tonnes (least squares), "
            "carried on from the latest year. A trend may already hold what measures like the "
            "plan's have done. A measure lowers emissions from the year after it is in service, or "
            "after its last investment, by the plan's last year at the latest, to the end of its "
            "lifetime. Low and high are all measures going badly, or well, at once."
        )
    )


def residual() -> None:
    """What is left to emit in the target's year, and what is stored beside it."""
    if target is None:
        return
    path = found.path
    row = path.at(target.aim.year)
    fields = {"year": target.aim.year, "left": words.tonnes(path.planned()[row])}
    if not path.stored[row]:
        listing.text(
            _(
                "Left to emit in {year}: {left}. No measure that counts says that it surely stores "
                "carbon every year.",
                **fields,
            )
        )
        return
    listing.text(
        _(
            "Left to emit in {year}: {left}. Sinks of the plan's measures store {stored} then; "
            "they stand beside, and are counted off only against a target of net zero.",
            stored=words.tonnes(path.stored[row]),
            **fields,
        )
    )


def the_city() -> None:
    """What is published about a municipality, the plan's own or another."""
    cities = reference().municipalities
    city = cities.get(state.view.city or head.municipality)
    listing.heading(_("Published about municipalities"))
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
    if city is None:
        return
    if city.key != head.municipality:
        listing.text(
            _("The plan's tonnes are not compared: the plan is not {city}'s.", city=name(city))
        )
        tables.folded(shown.by_sector(published_inventory(city.baseline)))
        city_figures.targets(city)
        if city.carbon_budget:
            carbon_budget.show(
                budget(published_budget(city.carbon_budget), None),
                len(found.budgets),
                name(city),
                None,
                choice,
            )
    city_figures.show(city)


def named(key: str) -> str:
    """A group of measures by its key."""
    if by == "id":
        place = plan.tags["id"].tolist().index(key)
        return str(plan.tags["name"][place])
    return terms.tag(by, key, state.language, plan)


def key_of(inventory) -> str:
    return f"{inventory.gas}-{inventory.boundary}"


def chosen() -> Choice:
    """What the address says."""
    of = "".join(view.said("of")[-1:])
    gas, _dash, boundary = of.partition("-")
    usual, stage = ("".join(view.said(each)[-1:]) for each in ("usual", "stage"))
    return Choice(
        gas if gas in GASES else "",
        boundary,
        usual if usual in USUAL else "own",
        stage if stage in reference().readiness else "",
    )


state = frame.require()
result = results(state.plan_id, state.scenario)
plan, head = result.plan, result.plan.head
choice = chosen()
found = result.emissions(choice)
if found.path is None and found.found:
    choice = replace(choice, gas="", boundary="")
    found = result.emissions(choice)
inventories = {key_of(each): each for each in found.found}
place_said = "".join(view.said("target")[-1:])
place = int(place_said) if place_said.isdigit() else 0
target = found.comparable[min(place, len(found.comparable) - 1)] if found.comparable else None
by_said = "".join(view.said("by")[-1:])
by = by_said if by_said in GROUPS else "sector"
page()
