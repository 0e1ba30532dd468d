"""Scenarios beside each other, on one scale and in one table."""

from dataclasses import replace

import streamlit as st

from model.comparison import (
    MOST,
    moving_reading,
    need_and_gap,
    standing,
    usual_company,
    years_of,
)
from model.reference import reference
from model.report import answers, words
from model.report.changes import compared_title
from model.results import results
from ui import format as write
from ui import frame
from ui import state as view
from ui.charts import compare
from ui.i18n import _, mark, name
from ui.parts import chart, effects, listing, side_by_side
from ui.parts.chart import Words

COMPARES = mark("The municipal group's need and gap by year, each scenario on the same scale")

state = frame.require()
reading, language = state.reading, state.language
result = results(state.plan_id, state.scenario)
as_is = results(state.plan_id)
head = result.plan.head


def compared() -> None:
    """Up to four scenarios, on one scale and in one table."""
    listing.heading(_("Side by side"))
    known = reference().scenarios
    adjusted = bool(state.view.toggles)
    usual = usual_company(known, state.base.id, adjusted)
    company = usual if state.view.compare is None else state.view.compare
    options = [key for key in known if key != state.base.id or adjusted]
    beside = st.multiselect(
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
    shown = [result, *(results(state.plan_id, known[key]) for key in beside)]
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
    standings = [standing(each, reading) for each in shown]
    chart.place(
        compare.figure(labels, panels),
        Words(
            compared_title(standings, language),
            answers.subtitle(result, reading, language, COMPARES),
            head.source or head.name,
            compare.describe(labels, panels),
        ),
        key="side-by-side",
        table=side_by_side.table(standings, standing(as_is, reading)),
    )
    listing.text(*map(moves_another, shown[1:]))


def moves_another(other) -> str:
    """Which reading a scenario moves, where it is not the one on screen."""
    moved = moving_reading(as_is, other, reading) if other.scenario.adjustments else reading
    if moved in (reading, None):
        return ""
    return _(
        "{scenario} does not move the reading {reading}; it moves {other}.",
        scenario=words.scenario(other.scenario, language),
        reading=effects.label(reading),
        other=effects.label(moved),
    )


compared()
