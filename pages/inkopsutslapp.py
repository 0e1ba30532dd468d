"""Emissions from purchases: what departments buy times what a krona emits, and where it leads."""

import streamlit as st

from model.results import results
from model.spend_emissions import SpendEmissions, series_of
from model.spend_rows import folded
from ui import format as write
from ui import frame, safe
from ui import state as view
from ui.charts import emissions as paths
from ui.charts import purchases as bars
from ui.charts.emissions import Line
from ui.i18n import _
from ui.parts import chart, editor, emission_series, empty, headline, listing, spend_files
from ui.parts import spend as words
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

CHARTS = ("department", "category", "path")


def page() -> None:
    editor.notice()
    head = result.plan.head
    headline.show(
        sentence(),
        figures() if known else [],
        tag=_("example") if head.example else "",
        notes=[
            _(
                "Counted by spend: a factor is an average, so what is bought cleaner for the same "
                "money does not show."
            )
        ]
        if known
        else [],
    )
    if not found.lines:
        empty.show(
            _("What departments buy is not read in."),
            _("Give a supplier ledger or booked accounts below, and then factors per krona."),
        )
    elif not known:
        empty.show(
            _("No purchase has a factor, so its emissions are not known."),
            _("Give a file with kg per krona by category or account below, each with its source."),
        )
    else:
        the_chart()
    if found.lines:
        tables.show(words.sums(of_year, "department", year))
        tables.folded(words.sums(of_year, "category", year))
    if of_year.missing:
        tables.show(words.missing(of_year))
    if known:
        tables.folded(words.factors(found))
    spend_files.show(result, state)


def sentence() -> str:
    if not found.lines:
        return _("No purchases are read in, so what they emit is not known")
    if not known:
        return _(
            "{amount} of purchases in {year} are read in, and no factor says what they emit",
            amount=write.money(whole.ore),
            year=year,
        )
    largest = of_year.by("department")[0]
    said = {
        "tonnes": write.tonnes(whole.tonnes),
        "year": year,
        "department": emission_series.department(largest.key),
    }
    if whole.grams <= 0:
        return _("Purchases gave {tonnes} CO2e in {year}", **said)
    return _(
        "Purchases gave {tonnes} CO2e in {year}, and {department} stands for {share}",
        share=write.percent(largest.grams / whole.grams),
        **said,
    )


def figures() -> list[Figure]:
    trend = found.usual
    return [
        Figure(write.tonnes(whole.tonnes), _("Emissions in {year}", year=year)),
        Figure(
            write.percent(whole.coverage),
            _("Of the purchases have a factor"),
            _(
                "{amount} is not known",
                amount=write.money(sum(each.moved for each in of_year.missing)),
            )
            if of_year.missing
            else "",
        ),
        Figure(
            write.tonnes(trend.at(result.base.head.last_year)),
            _("In {year} if nothing is done", year=result.base.head.last_year),
            {"trend": _("by trend"), "level": _("one year known: unchanged"), "none": ""}[
                trend.basis
            ],
        ),
        Figure(write.money(whole.ore), _("Purchases in {year}", year=year)),
    ]


def the_chart() -> None:
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        choices()
        listing.points(*words.said_of(found, prices))
    with drawn:
        if shown == "path":
            the_path()
        else:
            the_bars()


def choices() -> None:
    st.segmented_control(
        _("Chart"),
        CHARTS,
        format_func={
            "department": _("Departments"),
            "category": _("Categories"),
            "path": _("Until {year}", year=result.base.head.last_year),
        }.get,
        required=True,
        **view.saying("chart", shown),
    )
    if shown == "path":
        st.selectbox(
            _("Department or company"),
            names,
            format_func=lambda key: (
                safe.line(emission_series.department(by_key[key])) if key else _("All departments")
            ),
            **view.saying("department", chosen),
        )
    else:
        st.selectbox(
            _("Year"), [str(each) for each in found.years], **view.saying("year", str(year))
        )
    emission_series.choose(listed, found.series)


def the_bars() -> None:
    rows = words.shares(of_year, shown)
    whose = {
        "department": _("Emissions of purchases by department, t CO2e, {year}", year=year),
        "category": _("Emissions of purchases by category, t CO2e, {year}", year=year),
    }[shown]
    chart.place(
        bars.figure(rows),
        Words(
            _(
                "{name} emits the most: {tonnes}",
                name=rows[0].label,
                tonnes=write.tonnes(rows[0].tonnes),
            ),
            subtitle(whose),
            source(),
            bars.describe(rows),
        ),
        key="purchases",
        meanings=[bars.EMITTED],
    )


def the_path() -> None:
    """Purchases until now, the trend, and for a department its budget and its measures."""
    name = by_key.get(chosen, "")
    part: SpendEmissions = found.of(name) if chosen else found
    trend = part.usual
    known_years = [each for each in part.by("year") if each.moved_covered]
    lines = [
        Line(
            _("purchases"),
            "baseline",
            tuple(int(each.key) for each in known_years),
            tuple(each.tonnes for each in known_years),
        )
    ]
    if trend.basis != "none":
        ahead = [at for at in trend.years if at >= trend.observed[-1]]
        lines.append(
            Line(_("if nothing is done"), "baseline", tuple(ahead), tuple(map(trend.at, ahead)))
        )
    pace = budgets.of(name) if chosen else None
    if pace is not None and pace.base is not None:
        since = tuple(range(pace.budget.base_year, pace.years[-1] + 1))
        allowed = tuple(pace.budget.allowed(pace.base, each) for each in since)
        lines.append(Line(_("budget"), "target", since, allowed))
        if pace.decided.any():
            left = pace.usual - pace.decided
            lines.append(
                Line(_("after decided measures"), "measures", pace.years, tuple(left.tolist()))
            )
    last = result.base.head.last_year
    chart.place(
        paths.figure(lines, _("t CO2e a year")),
        Words(
            _(
                "{name}: {tonnes} in {year} if nothing is done",
                name=emission_series.department(name) if chosen else _("All departments"),
                tonnes=write.tonnes(trend.at(last)),
                year=last,
            ),
            subtitle(_("Emissions of purchases by year, t CO2e")),
            source(),
            paths.describe(lines),
        ),
        key="purchases-path",
    )
    listing.points(
        words.usual(trend),
        *(words.against_budget(pace, name) if chosen else ()),
        "" if chosen else _("Choose a department to see its emission budget and its measures."),
    )


def subtitle(what: str) -> str:
    coverage = _("counted on {share} of the purchases", share=write.percent(whole.coverage))
    plan = _("{plan}, version {version}", plan=result.plan.head.name, version=result.plan.version)
    return " · ".join((what, coverage, plan))


def source() -> str:
    """Whose factors, the first few."""
    said = dict.fromkeys(line.intensity.source for line in found.lines if line.intensity)
    return ", ".join(list(said)[:3]) or result.plan.head.name


state = frame.require()
result = results(state.plan_id, state.scenario)
listed = series_of(result.listed("intensities"))
found = result.spend_emissions(emission_series.chosen(listed) if listed else None)
prices = result.assumptions()["economy/consumer_price_index"]
counted_years = [int(each.key) for each in found.by("year") if each.moved_covered] or found.years
year = int(next((said for said in view.said("year") if said in map(str, found.years)), 0)) or max(
    counted_years, default=0
)
of_year = found.of(year=year)
whole = of_year.total
known = bool(whole.moved_covered)
shown = next((each for each in view.said("chart") if each in CHARTS), CHARTS[0])
by_key = {folded(name): name for name in found.departments}
names = ["", *(key for key in by_key if key)]
chosen = next((each for each in view.said("department") if each in names), "")
budgets = result.climate_budget(found.series, state.reading, trend=True) if found.series else None
page()
