"""Climate budget: whether decided and funded measures keep pace with departments' budgets."""

import streamlit as st

from model.climate_budget import series_of
from model.formatting import ZERO
from model.report import answers
from model.results import results
from model.spend_rows import folded
from ui import format as write
from ui import frame, safe
from ui import state as view
from ui.charts import pace as charts
from ui.i18n import _, n_
from ui.parts import chart, editor, emission_series, empty, headline, listing, plan_forms
from ui.parts import climate_budget as words
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

LIST = "department_budgets"


def page() -> None:
    editor.notice()
    tag = _("example") if result.plan.head.example else ""
    if found is None:
        headline.show(_("No department has an emission budget"), tag=tag)
        empty.show(
            _("Without a budget nobody can tell whether the measures keep pace."),
            _(
                "Enter below what each department may emit: base year, target year and reduction. "
                "Where purchases are read in, the base year's tonnes are theirs."
            ),
        )
    else:
        headline.show(
            answers.under_scenario(result, sentence(), state.language), figures(), tag=tag
        )
        drawn, beside = st.columns([2, 1], gap="large")
        with beside:
            choices()
            listing.points(
                *(words.too_much(found, last) if pace is whole else ()),
                *words.left_out(found, pace),
                standing_still(),
                from_purchases(),
            )
        with drawn:
            the_chart()
        tables.show(words.by_department(found, last))
        if pace.measures:
            tables.folded(words.measures(pace, result.plan))
    listing.heading(_("What departments may emit"))
    plan_forms.part(LIST, result, state, result.document())


def sentence() -> str:
    if pace.needed is None:
        return _("What the departments emitted in the base year is not known, nor what to reduce")
    fields = {"needed": tonnes(pace.needed), "year": found.years[last]}
    if not pace.needed[last]:
        return _("Nothing is to be reduced by {year}", **fields)
    funded = words.tonnes(pace, last, "funded")
    if funded == ZERO:
        return _(
            "Decided measures with money take away nothing of the {needed} to be reduced by {year}",
            **fields,
        )
    return _(
        "Decided measures with money take away {funded} of the {needed} to be reduced by {year}",
        funded=funded,
        **fields,
    )


def figures() -> list[Figure]:
    missing = None
    if pace.needed is not None:
        missing = (
            float(found.missing[last])
            if pace is whole
            else max(float(pace.needed[last] - pace.decided[last]), 0.0)
        )
    return [
        Figure(
            tonnes(pace.needed),
            _("To be reduced by {year}", year=found.years[last]),
            meaning=charts.NEEDED,
        ),
        Figure(
            words.tonnes(pace, last, "funded"),
            _("Decided, with money"),
            meaning=charts.KINDS["funded"],
        ),
        Figure(
            words.tonnes(pace, last, "unfunded", "cost_unknown"),
            _("Decided, money missing or expenditure not known"),
            meaning=charts.KINDS["unfunded"],
        ),
        Figure(
            write.tonnes(missing),
            _("Decided measures lack"),
            _("what one department does too much counts for no other") if pace is whole else "",
        ),
    ]


def choices() -> None:
    st.selectbox(
        _("Department or company"),
        names,
        format_func=lambda key: safe.line(by_key[key]) if key else _("All departments"),
        **view.saying("department", chosen),
    )
    emission_series.choose(listed, found.series)
    if may_trend:
        st.toggle(
            _("Emissions follow the trend of purchases"),
            **view.holding("said-trend", trend, lambda on: view.say(trend="1" if on else "")),
        )


def standing_still() -> str:
    if trend:
        return _(
            "Without measures the emissions of departments whose budget starts from their "
            "purchases follow the trend of these; others stay at the base year's."
        )
    return _("Without measures the emissions are taken to stay at the base year's.")


def from_purchases() -> str:
    if any(each.budget.base_tonnes is None and each.base is not None for each in found.departments):
        return _(
            "Budgets without stated tonnes start from the purchases that have a factor; what has "
            "none is not in them."
        )
    return ""


def the_chart() -> None:
    shown = words.years(pace)
    covered = int(sum(each.kind == "funded" and not each.reason for each in pace.measures))
    chart.place(
        charts.figure(shown),
        Words(
            n_(
                "{name}: {count} decided measure with tonnes has all its money",
                "{name}: {count} decided measures with tonnes have all their money",
                covered,
                name=by_key.get(chosen) or _("All departments"),
            ),
            " · ".join(
                (
                    _("Reduction by year, t CO2e {series}", series=boundary()),
                    answers.reading_label(state.reading, state.language),
                    _(
                        "{plan}, version {version}",
                        plan=result.plan.head.name,
                        version=result.plan.version,
                    ),
                )
            ),
            result.plan.head.source or result.plan.head.name,
            charts.describe(shown),
        ),
        key="climate-budget",
        meanings=charts.meanings(shown),
        table=words.by_year(pace),
    )


def boundary() -> str:
    return emission_series.boundary(found.series.boundary)


def tonnes(by_year) -> str:
    return write.tonnes(None if by_year is None else float(by_year[last]))


state = frame.require()
result = results(state.plan_id, state.scenario)
listed = series_of(result.listed(LIST))
trend = bool(view.said("trend"))
found = None
if listed:
    series = emission_series.chosen(listed)
    may_trend = bool(result.spend_emissions(series).total.moved_covered)
    trend = trend and may_trend
    found = result.climate_budget(series, state.reading, trend=trend)
    by_key = {folded(each.department): each.department for each in found.departments}
    names = ["", *by_key]
    chosen = next((each for each in view.said("department") if each in by_key), "")
    whole = found.whole or found.departments[0]
    pace = found.of(by_key[chosen]) if chosen else whole
    last = found.years.index(result.base.head.last_year)
page()
