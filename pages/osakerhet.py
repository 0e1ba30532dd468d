"""Uncertainty: how large the gap may be, what it hangs on, how often it stays under an amount."""

from dataclasses import replace

import streamlit as st

from model.formatting import capitalise
from model.forms.kinds import Amount, Unreadable
from model.money import to_kronor, to_ore
from model.report import answers
from model.report.emissions import shown_until
from model.results import results
from model.uncertainty import DRAWS, settings_of
from ui import format as write
from ui import frame, safe
from ui import state as view
from ui.charts import fan as fans
from ui.charts import tornado
from ui.i18n import _, mark
from ui.parts import chart, empty, headline, listing
from ui.parts import emissions as emission_words
from ui.parts import table as tables
from ui.parts import uncertainty as words
from ui.parts.chart import Words

SHOWS = mark("The municipal group's gap: P10 to P90 as a band, P50, the central case dashed")
SWINGS = mark("The municipal group's gap, all years, one thing at a time from low to high")
COUNTS = (1024, DRAWS, 16_384)
CORRELATIONS = ("0", "0.3", "0.6", "0.9")
# So many entries (draws, years, measures) take long enough to tell how far they are.
LONG = 20_000_000


def page() -> None:
    if not found.certainty.measures:
        taken_away = bool(result.base.size[1]) and not plan.size[1]
        headline.show(
            _("No measure is carried out in this scenario")
            if taken_away
            else _("No measure in the plan is the municipal group's")
        )
        empty.no_measures(in_scenario=taken_away)
        return
    said = words.nothing_drawn(found) if found.certain else words.sentence(found)
    headline.show(
        answers.under_scenario(result, said, state.language),
        words.figures(found, limit),
        tag=_("example") if plan.head.example else "",
        notes=notes(),
    )
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        choices()
    with drawn:
        the_fan()
    what_it_hangs_on()
    what_is_drawn()
    the_tonnes()


def notes() -> list[str]:
    if found.certainty.lower_bounds:
        return [
            _("some expenditure is known only from below, so the gap is at least what is shown")
        ]
    return []


def the_fan() -> None:
    fan = words.fan(found, plan.head.first_year)
    chart.place(
        fans.figure(fan, _("MSEK")),
        Words(
            answers.under_scenario(
                result, words.fan_title(found, plan.head.first_year), state.language
            ),
            answers.subtitle(result, state.reading, state.language, SHOWS),
            plan.head.source or plan.head.name,
            fans.describe(fan),
        ),
        key="fan",
        table=words.by_year(found, plan.head.first_year),
    )


def choices() -> None:
    typed = st.text_input(
        _("Probability that the gap is at most, MSEK"),
        **view.saying("under", Amount(unit="mnkr").write(to_kronor(limit))),
    )
    if unreadable:
        st.html(f'<p class="echo wrong">{safe.html(unreadable)}</p>')
    elif typed:
        st.html(
            '<p class="echo">'
            + safe.html(_("read as {figure}", figure=words.in_msek(limit)))
            + "</p>"
        )
    if found.certainty.left_out:
        st.button(
            _("Draw the outcome of applications: reading Expected"),
            on_click=view.change,
            args=(lambda seen: replace(seen, reading="expected"),),
        )
    st.segmented_control(
        _("Number of draws"),
        COUNTS,
        format_func=write.number,
        required=True,
        **view.holding("said-draws", draws, lambda count: view.say(draws=str(count))),
    )
    offered = tuple(dict.fromkeys((*CORRELATIONS, f"{stated:g}", f"{settings.correlation:g}")))
    st.segmented_control(
        _("How much costs follow each other"),
        sorted(offered, key=float),
        format_func=lambda each: write.number(float(each), 1),
        required=True,
        **view.saying("correlation", f"{settings.correlation:g}"),
    )
    st.segmented_control(
        _("Costs that follow each other"),
        ("sector", "all"),
        format_func={"sector": _("in the same sector"), "all": _("all")}.get,
        required=True,
        **view.saying("common", settings.common),
    )


def what_it_hangs_on() -> None:
    listing.heading(_("What the gap hangs on"))
    central, swings = result.swings(settings)
    moving = [swing for swing in swings if swing.width]
    if not moving:
        listing.text(_("Nothing that has a range moves the gap."))
        return
    bars = words.bars(moving, result)
    drawn, beside = st.columns([2, 1], gap="large")
    with drawn:
        chart.place(
            tornado.figure(bars, central),
            Words(
                answers.under_scenario(result, words.tornado_title(moving, result), state.language),
                answers.subtitle(result, state.reading, state.language, SWINGS),
                plan.head.source or plan.head.name,
                tornado.describe(bars, central),
            ),
            key="tornado",
            meanings=[tornado.LESS, tornado.MORE],
        )
    with beside:
        shares = result.variance_shares(settings)
        if shares:
            tables.show(words.shares_table(shares, result))
    tables.folded(words.swings_table(swings, result))
    tables.folded(words.convergence_table(found))


def what_is_drawn() -> None:
    listing.heading(_("What is drawn, and what is not"))
    listing.points(*words.certainty(found, result))
    frame.link("atgarder", _("Enter low and high under Measures"))
    unranged = words.without_range(found, result)
    if unranged.rows:
        tables.folded(unranged)
    listing.terms(words.assumed(settings, result, stated))
    if words.expects(found):
        listing.text(
            _(
                "The mean of the gap over the draws and the gap of expected money are different "
                "figures: money that one outcome has too much of does not help another."
            )
        )


def the_tonnes() -> None:
    listing.heading(_("How sure the emissions are"))
    emissions = result.emissions()
    tonnes = result.uncertain_tonnes(draws, settings.seed)
    if tonnes is None:
        listing.text(_("There are no emissions to begin from."))
        frame.link("klimatmal", _("Enter them under Emissions"))
        return
    path, until = emissions.path, shown_until(emissions)
    unit, rows = emission_words.unit(path.inventory), path.at(until) + 1
    if emissions.comparable:
        headline.figures(words.targets_met(tonnes, path, emissions.comparable))
    else:
        listing.text(_("No target can be compared with these emissions."))
    if not tonnes.ranged:
        listing.text(_("No measure's effect on these emissions has a range."))
    year = emissions.comparable[0].aim.year if emissions.comparable else until
    low, _mid, high = tonnes.left(path.usual.total)[:, path.at(year)]
    fan = words.left_fan(tonnes, path, rows)
    chart.place(
        fans.effect(fan, unit),
        Words(
            answers.under_scenario(
                result,
                _(
                    "{low} to {high} are left to emit in {year} in eight cases out of ten",
                    low=emission_words.tonnes(low),
                    high=emission_words.tonnes(high),
                    year=year,
                ),
                state.language,
            ),
            capitalise(f"{emission_words.inventory(path.inventory)}, {unit}"),
            emission_words.source(path.inventory),
            fans.describe(fan),
        ),
        key="tonnes",
        table=words.left_table(tonnes, path, rows, unit),
    )
    listing.points(
        _(
            "Each measure's effect is drawn by itself, whoever owns it, from the year and to the "
            "end that the page Emissions says. Emissions without the plan are not drawn, nor is "
            "whether a measure is carried out."
        )
    )


def worked_out():
    """The draws, with how far they are where that takes a while. A choice meanwhile stops them."""
    if plan.size[0] * plan.size[1] * settings.draws < LONG:
        return result.uncertainty(settings)
    bar = st.progress(0.0, _("Drawing outcomes"))
    drawn = result.uncertainty(settings, lambda done, of: bar.progress(done / of) and False)
    bar.empty()
    return drawn


def number(name: str, otherwise: float, least: float, most: float) -> float:
    """A number of the address, or the usual one where it says nothing that can be used."""
    try:
        value = float("".join(view.said(name)[-1:]))
    except ValueError:
        return otherwise
    return value if least <= value <= most else otherwise


state = frame.require()
result = results(state.plan_id, state.scenario)
plan = result.plan
draws = int(number("draws", DRAWS, 1, COUNTS[-1]))
draws = draws if draws in COUNTS else DRAWS
stated = settings_of(result.assumptions()).correlation
settings = settings_of(
    result.assumptions(),
    draws=draws,
    reading=state.reading,
    correlation=number("correlation", stated, 0, 1),
    common="all" if view.said("common")[-1:] == ("all",) else "sector",
)
found = worked_out()
limit, unreadable = int(found.central.sum()), ""
try:
    typed_limit = Amount(unit="mnkr").read("".join(view.said("under")[-1:]))
    limit = limit if typed_limit is None else to_ore(typed_limit)
except Unreadable as refused:
    unreadable = _(refused.template, **refused.fields)
page()
