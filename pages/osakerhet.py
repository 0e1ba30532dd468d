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
from ui import frame, safe
from ui import state as view
from ui.charts import fan as fans
from ui.charts import tornado
from ui.i18n import _, mark
from ui.parts import chart, drawing, drawn, empty, headline, listing
from ui.parts import emissions as emission_words
from ui.parts import table as tables
from ui.parts import uncertain_effects as effects
from ui.parts import uncertainty as words
from ui.parts.chart import Words

SHOWS = mark("The municipal group's gap: P10 to P90 as a band, P50, the central case dashed")
SWINGS = mark("The municipal group's gap, all years, one thing at a time from low to high")
WORSE = mark(
    "The measures' change in the municipality's operating cost: P10 to P90, P50, central case"
)
COUNTS = (1024, DRAWS, 16_384)
# Operating impact is worked out measure by measure: of so many it is drawn when asked for.
MANY = 250


def page() -> None:
    if not result.base.size[1]:
        headline.show(_("The plan is empty: what must be invested is not known"))
        empty.no_measures(in_scenario=False)
        return
    if not found.certainty.measures:
        if not plan.size[1]:
            headline.show(_("No measure is carried out in this scenario"))
            empty.no_measures(in_scenario=True)
            return
        headline.show(_("No measure in the plan is the municipal group's"))
        empty.not_ours(_("What is drawn is the municipal group's gap, and others have none."))
        return
    said = words.nothing_drawn(found) if found.certain else words.sentence(found)
    headline.show(
        answers.under_scenario(result, said, state.language),
        words.figures(found, limit),
        tag=_("example") if plan.head.example else "",
        notes=notes(),
    )
    wide, beside = st.columns([2, 1], gap="large")
    with beside:
        choices()
    with wide:
        the_fan()
    what_it_hangs_on()
    the_tonnes()
    the_operating_impact()
    what_is_drawn()


def notes() -> list[str]:
    said, stand = [], found.certainty
    if stand.lower_bounds:
        said.append(
            _("some expenditure is known only from below, so the gap is at least what is shown")
        )
    if stand.ranged and len(stand.ranged) < stand.measures:
        said.append(
            _(
                "{count} of {all} measures have no stated range, so what may happen is wider than "
                "what is shown",
                count=stand.measures - len(stand.ranged),
                all=stand.measures,
            )
        )
    return said


def the_fan() -> None:
    first = plan.head.first_year
    in_money(
        "fan",
        words.fan(found, first),
        words.fan_title(found, first),
        SHOWS,
        words.by_year(found, first),
    )


def in_money(key: str, fan: fans.Fan, title: str, shows: str, table: tables.Table) -> None:
    """A fan of money by year, with its table."""
    chart.place(
        fans.figure(fan, _("MSEK")),
        Words(
            answers.under_scenario(result, title, state.language),
            answers.subtitle(result, state.reading, state.language, shows),
            plan.head.source or plan.head.name,
            fans.describe(fan),
        ),
        key=key,
        table=table,
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
    drawing.choices(settings, usual, COUNTS)


def what_it_hangs_on() -> None:
    listing.heading(_("What the gap hangs on"))
    central, swings = result.swings(settings)
    moving = [swing for swing in swings if swing.width]
    if not moving:
        listing.text(_("Nothing that has a range moves the gap."))
        return
    bars = words.bars(moving, result)
    wide, beside = st.columns([2, 1], gap="large")
    with wide:
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
        shares = result.variance_shares(found)
        if shares:
            tables.show(words.shares_table(shares, result))
    tables.folded(words.swings_table(swings, result))
    tables.folded(words.convergence_table(found))


def what_is_drawn() -> None:
    listing.heading(_("What is drawn, and what is not"))
    listing.points(*drawn.certainty(found, result), *drawn.held_fixed())
    listing.points(*drawn.asked_for(result, settings))
    frame.link("atgarder", _("Enter low and high under Measures"))
    unranged = drawn.without_range(found, result)
    if unranged.rows:
        tables.folded(unranged)
    listing.terms(drawn.assumed(settings, result, usual.correlation))
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
    tonnes = result.uncertain_tonnes(settings)
    if tonnes is None:
        listing.text(_("There are no emissions to begin from."))
        frame.link("klimatmal", _("Enter them under Emissions"))
        return
    path, until = emissions.path, shown_until(emissions)
    unit, rows = emission_words.unit(path.inventory), path.at(until) + 1
    if emissions.comparable:
        headline.figures(effects.targets_met(tonnes, path, emissions.comparable))
    else:
        listing.text(_("No target can be compared with these emissions."))
    if not tonnes.ranged:
        listing.text(_("No measure's effect on these emissions has a range."))
    year = emissions.comparable[0].aim.year if emissions.comparable else until
    low, _mid, high = tonnes.left(path.usual.total)[:, path.at(year)]
    fan = effects.left_fan(tonnes, path, rows)
    chart.place(
        fans.effect(fan, unit),
        Words(
            answers.under_scenario(
                result,
                _(
                    "{low} to {high} are left to emit in {year} with 80% probability",
                    low=emission_words.tonnes(low),
                    high=emission_words.tonnes(high),
                    year=year,
                ),
                state.language,
            ),
            capitalise(f"{emission_words.inventory(path.inventory)}, {unit}")
            + " · "
            + _("the axis does not begin at zero"),
            emission_words.source(path.inventory),
            fans.describe(fan),
        ),
        key="tonnes",
        table=effects.left_table(tonnes, path, rows, unit),
    )
    if tonnes.ranged:
        drawing.correlations(
            "effects",
            _("How much effects follow each other"),
            settings.effect_correlation,
            usual.effect_correlation,
        )
    listing.points(
        _(
            "Each measure's effect is drawn, whoever owns it, from the year and to the end that "
            "the page Emissions says. Emissions without the plan are not drawn, nor is whether a "
            "measure is carried out."
        ),
        drawn.effects_follow(settings, usual.effect_correlation),
    )


def the_operating_impact() -> None:
    listing.heading(_("How sure the operating impact is"))
    many = found.certainty.measures > MANY
    if many and not view.said("operating"):
        listing.text(_("It is worked out measure by measure, which takes a while here."))
        st.button(_("Draw the operating impact"), on_click=view.say, kwargs={"operating": "drawn"})
        return
    place = st.empty()
    impact = result.uncertain_operating(settings, tell=drawing.telling(place) if many else None)
    place.empty()
    if not impact.moves:
        listing.text(effects.nothing_moves(impact, plan.head.last_year))
        frame.link("driftkonsekvenser", _("See what it is made of under Operating impact"))
        return
    in_money(
        "operating",
        effects.operating_fan(impact),
        effects.operating_title(impact, plan.head.last_year),
        WORSE,
        effects.operating_table(impact),
    )
    listing.points(*effects.operating_rests_on(impact))
    frame.link("driftkonsekvenser", _("See what it is made of under Operating impact"))


state = frame.require()
result = results(state.plan_id, state.scenario)
plan = result.plan
usual = settings_of(result.assumptions())
settings = drawing.chosen(usual, state.reading, COUNTS)
found = drawing.worked_out(result, settings)
limit, unreadable = int(found.central.sum()), ""
try:
    typed_limit = Amount(unit="mnkr").read("".join(view.said("under")[-1:]))
    limit = limit if typed_limit is None else to_ore(typed_limit)
except Unreadable as refused:
    unreadable = _(refused.template, **refused.fields)
page()
