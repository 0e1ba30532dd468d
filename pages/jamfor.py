"""Scenarios compared: how two to six of them differ, and what makes one become another."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from model.compared import Comparison, compared
from model.comparison import MOST, moving_reading, need_and_gap, usual_company, years_of
from model.difference import Difference
from model.formatting import capitalise
from model.palette import GAP
from model.report import answers, file_name, words
from model.report import compared as said
from model.report.changes import compared_title, most_covered_title, worst_year_title
from model.results import Result, results
from ui import format as write
from ui import frame, safe
from ui import state as view
from ui.charts import by_category, compare, difference
from ui.i18n import _, mark, name
from ui.parts import chart, effects, emissions, empty, headline, listing, side_by_side
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

BY_YEAR = mark("The municipal group's need and gap by year, each scenario on the same scale")
PAYS = mark("The municipal group's need in each scenario, by what covers it")
STEPS = {
    "gap": mark("What the municipal group lacks, from one scenario to the other"),
    "tonnes": mark("What the measures lower emissions by, from one scenario to the other"),
}

state = frame.require()
reading, language = state.reading, state.language
result = results(state.plan_id, state.scenario)
as_is = results(state.plan_id)
head = as_is.plan.head
# The scenarios there are, by the name that an address has for them.
known = state.scenarios


def page() -> None:
    top = st.container()
    if not as_is.plan.size[1]:
        with top:
            headline.show(_("There is nothing to compare yet"))
        empty.no_measures(in_scenario=False)
        return
    wide, narrow = st.columns([2, 1], gap="large")
    with narrow:
        others = {key: results(state.plan_id, known[key]) for key in beside()}
    if not others:
        with top:
            headline.show(_("Nothing to compare with is chosen"))
        with wide:
            empty.show(
                _("Only one scenario is on screen."),
                _("Choose at least one more to put beside it."),
            )
        return
    shown = [result, *others.values()]
    found = compared(shown, reading)
    with top:
        headline.show(
            compared_title(found.standings, language),
            figures(found),
            tag=_("example") if head.example else "",
            notes=answers.caveats(as_is, reading, language),
        )
    with wide:
        who_pays(found)
    tables.show(side_by_side.table(found))
    listing.points(
        *said.notes(found, language),
        of_which(found),
        *map(moves_another, others.values()),
    )
    step_by_step(found, others)
    by_year(shown)
    take_along(found)


def beside() -> list[str]:
    """The scenarios to compare with, in the order in which they were chosen."""
    adjusted = bool(state.view.toggles)
    usual = usual_company(known, state.base.id, adjusted)
    company = usual if state.view.compare is None else state.view.compare
    options = [key for key in known if key != state.base.id or adjusted]
    chosen = st.multiselect(
        _("Scenarios to show beside this one"),
        options,
        format_func=lambda key: name(known[key]),
        max_selections=MOST - 1,
        placeholder=_("None"),
        **view.bound(
            "compare",
            [key for key in company if key in options],
            lambda seen, keys: replace(seen, compare=tuple(keys)),
        ),
    )
    listing.text(
        _(
            "{scenario} comes first, as it is the one on screen: the others are measured against "
            "it. They stand in the order in which they are chosen.",
            scenario=words.scenario(result.scenario, language),
        )
    )
    frame.link("scenarier", _("Change the scenario on screen"))
    return chosen


def figures(found: Comparison) -> list[Figure]:
    """What is missing in each scenario, and against the first."""
    line = found.line("gap")
    listed = zip(found.standings, line.amounts, line.differences, strict=True)
    return [
        Figure(
            write.money(amount.mid, lower_bound=amount.from_below),
            words.scenario(standing.scenario, language),
            _("missing, measured against")
            if standing is found.standings[0]
            else _("missing, {change}", change=said.change_says(change, "gap", language))
            if change
            else _("missing, as much"),
            GAP if standing is found.standings[0] else None,
        )
        for standing, amount, change in listed
    ]


def who_pays(found: Comparison) -> None:
    stack = side_by_side.who_pays(found)
    chart.place(
        by_category.figure(stack, sort=False),
        Words(
            most_covered_title(found.standings, language),
            answers.subtitle(as_is, reading, language, PAYS),
            head.source or head.name,
            by_category.describe(stack),
        ),
        key="who-pays",
        meanings=stack.meanings,
    )


def step_by_step(found: Comparison, others: Mapping[str, Result]) -> None:
    """What makes the first scenario become another, as a waterfall and in a table."""
    listing.heading(_("What makes the difference"))
    names = {key: words.scenario(each.scenario, language) for key, each in others.items()}
    of_what = {"gap": _("What is missing"), "tonnes": _("Tonnes in {year}", year=found.year)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        to = st.selectbox(
            _("From {scenario} to", scenario=words.scenario(result.scenario, language)),
            list(names),
            format_func=lambda key: safe.line(names[key]),
            **view.saying("to", one_of("to", list(names), list(names)[most_different(found)])),
        )
        of = st.segmented_control(
            _("Steps in"),
            list(of_what),
            format_func=of_what.get,
            required=True,
            **view.saying("steps", one_of("steps", list(of_what))),
        )
    steps = said.steps_of(of, result, others[to], found)
    title = said.difference_title(steps, of, as_is, language)
    table = side_by_side.steps(steps, of, as_is)
    if any(step.change for step in steps.steps) and steps.known:
        the_way(steps, of, title, names[to], table)
    else:
        listing.text(f"{title}.")
        if steps.steps:
            tables.show(table)
    listing.text(said.order_says(steps, language))
    matters = said.order_matters(steps, of, as_is, language)
    if matters:
        listing.text(_("The order matters. In another order these steps may be other amounts:"))
        listing.points(*matters)


def the_way(steps: Difference, of: str, title: str, to: str, table: tables.Table) -> None:
    changes = [(said.step_says(step, as_is, language), step.change) for step in steps.steps]
    drawn = (words.scenario(steps.before, language), steps.start), changes, to
    chart.place(
        difference.figure(of, *drawn),
        Words(
            title,
            shows_steps(of),
            head.source or head.name,
            difference.describe(of, *drawn),
        ),
        key="steps",
        meanings=difference.meanings(of),
        table=table,
    )


def shows_steps(of: str) -> str:
    if of == "gap":
        return answers.subtitle(as_is, reading, language, STEPS[of])
    inventory = as_is.emissions().path.inventory
    return f"{_(STEPS[of])}, {emissions.unit(inventory)} · {emissions.inventory(inventory)}"


def of_which(found: Comparison) -> str:
    """What the tonnes of a year are of, and why of that year."""
    path = as_is.emissions().path
    if path is None or found.line("tonnes").amounts[0].mid is None:
        return ""
    of = {"inventory": emissions.inventory(path.inventory), "year": found.year}
    if found.target:
        return _("Emissions: {inventory}. {year} is the year of the first target.", **of)
    return _("Emissions: {inventory}. {year} is the plan's last year.", **of)


def by_year(shown: Sequence[Result]) -> None:
    years = years_of(reading, *shown)
    labels = tuple(write.year(year, head.first_year) for year in years)
    panels = [
        compare.Panel(
            words.scenario(each.scenario, language),
            *need_and_gap(each, reading, years),
            selected=each is result,
        )
        for each in shown
    ]
    worst = [
        (panel.name, label, gap)
        for panel in panels
        for label, gap in zip(labels, panel.gap.tolist(), strict=True)
    ]
    listing.heading(_("Year by year"))
    chart.place(
        compare.figure(labels, panels),
        Words(
            worst_year_title(worst, language),
            answers.subtitle(as_is, reading, language, BY_YEAR),
            head.source or head.name,
            compare.describe(labels, panels),
        ),
        key="by-year",
        table=tables.Table(
            f"{_('Missing by year, MSEK')}, {words.price_level(as_is.plan, language)}",
            ("", *map(capitalise, labels), _("Sum")),
            [
                (panel.name, *map(write.mnkr, (*panel.gap.tolist(), int(panel.gap.sum()))))
                for panel in panels
            ],
        ),
    )


def take_along(found: Comparison) -> None:
    """The tables as a workbook, and a slide. Written when asked for."""

    def written(name: str) -> bytes:
        # XlsxWriter and python-pptx load only when something is written.
        from model.report import compared_files

        return getattr(compared_files, name)(found, language)

    chart.offer(
        "compared",
        [
            chart.Download(
                label,
                file_name(result, reading, suffix, language, "Scenarios"),
                partial(written, name),
            )
            for label, suffix, name in (
                (_("Excel"), ".xlsx", "compared_workbook"),
                (_("Slides"), ".pptx", "compared_slides"),
            )
        ],
    )


def most_different(found: Comparison) -> int:
    """The place among the others of the one whose gap differs the most from the first's."""
    apart = [abs(change or 0) for change in found.line("gap").differences[1:]]
    return apart.index(max(apart))


def one_of(parameter: str, options: Sequence[str], usual: str = "") -> str:
    """A choice of this page's own, as the address says it; else the usual or the first one."""
    chosen = "".join(view.said(parameter)[-1:])
    return chosen if chosen in options else usual or options[0]


def moves_another(other: Result) -> str:
    """Which reading a scenario moves, where it is not the one on screen."""
    moved = moving_reading(as_is, other, reading) if other.scenario.changes else reading
    if moved in (reading, None):
        return ""
    return _(
        "{scenario} does not move the reading {reading}; it moves {other}.",
        scenario=words.scenario(other.scenario, language),
        reading=effects.label(reading),
        other=effects.label(moved),
    )


page()
