"""Overview: what must be invested, what is covered and missing, whose it is, and what it does."""

import streamlit as st

from model.palette import OTHER_ACTORS, SHARED
from model.report import answers, titles
from model.report.answers import GROUP
from model.report.lines import lines
from model.results import results
from ui import format as write
from ui import frame
from ui.i18n import _, n_, name
from ui.parts import (
    chart,
    empty,
    figures,
    first_steps,
    gap_charts,
    gap_tables,
    headline,
    listing,
    owner_shares,
    table,
)
from ui.parts import emissions as path_words
from ui.parts import targets as climate
from ui.parts.headline import Figure

BY_YEAR = "The municipal group's investment need by what covers it"

state = frame.require()
result = results(state.plan_id, state.scenario)
reading, language = state.reading, state.language
head = result.plan.head


def main() -> None:
    headline.show(
        titles.overview(result, reading, language),
        figures.of_group(result, reading) if result.base.size[1] else [],
        tag=_("example") if head.example else "",
        notes=answers.caveats(result, reading, language),
    )
    if not result.plan.size[1]:
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        if not result.base.size[1]:
            first_steps.show(result.document())
        frame.link("tillganglighet", _("Accessibility"))
        return
    wide, narrow = st.columns([3, 1], gap="large")
    with wide:
        by_year()
    with narrow:
        headline.beside(_("Beside the group's need"), beside())
    whose, tonnes = st.columns(2, gap="large")
    with whose:
        owners()
    with tonnes:
        emissions()
    # The law asks for a link to the statement on the page that one comes to first.
    frame.link("tillganglighet", _("Accessibility"))


def by_year() -> None:
    """The one chart: the group's need against its cover, year by year."""
    own = lines(result, "year", reading, language)
    drawn = gap_charts.of_group("year", own, max((line.need for line in own), default=0))
    if drawn is None:
        listing.text(_("No amount is known of what the municipal group needs to invest."))
    else:
        words = chart.Words(
            titles.of_chart(result, "year", reading, own, language),
            answers.subtitle(result, reading, language, BY_YEAR),
            head.source or _("unknown"),
            drawn.alt,
        )
        chart.place(drawn.figure, words, key="overview-years", meanings=drawn.meanings)
        table.show(
            gap_tables.table(
                "year", own, _("{shows}, MSEK", shows=_(BY_YEAR)), answers.figures(result, reading)
            )
        )
    frame.link("finansieringsgap", _("The gap by sector, department, owner and source"))


def beside() -> list[Figure]:
    """What is no part of the group's gap: other actors, what is shared, one-off expenditure."""
    group, other, shared = (
        answers.figures(result, reading, key) for key in (GROUP, "other", "shared")
    )

    def need(sums: answers.GroupFigures) -> str:
        if not sums.need and sums.unknown:
            return write.unknown()
        return write.money(sums.need, lower_bound=sums.at_least(sums.need))

    return [
        Figure(
            need(other),
            _("Other actors' need"),
            _("No financing gap of the municipality's"),
            OTHER_ACTORS,
            "other-actors",
        ),
        Figure(
            need(shared),
            _("Shared measures' need"),
            _("Nobody has said who pays what"),
            SHARED,
        ),
        Figure(
            write.money(group.one_off),
            _("The group's one-off operating expenditure"),
            _("{amount} of it without cover", amount=write.money(group.one_off_gap))
            if group.one_off_gap
            else "",
            word="one-off",
        ),
    ]


def owners() -> None:
    """Public, shared and private, beside what Umeå has published."""
    drawn, words = owner_shares.drawn(result, reading, language)
    chart.place(drawn, words, key="overview-owners", meanings=owner_shares.MEANINGS)


def emissions() -> None:
    """What the measures do a year, and what is missing to the municipality's targets."""
    effect, found = result.effect(), result.emissions()
    target = next(iter(found.comparable), None)
    headline.beside(
        path_words.sentence(found, target) if target else _("Tonnes against the target"),
        [
            Figure(
                climate.tonnes(effect.yearly),
                _("The measures, every year, CO2e"),
                climate.spread(effect.yearly),
            ),
            Figure(
                climate.tonnes(effect.unclear),
                _("The measures, unclear whether every year, CO2e"),
                _("Not added to the above") if effect.unclear.mid else "",
            ),
        ],
    )
    said = [
        n_(
            "{count} of {measures} measures says nothing about emissions.",
            "{count} of {measures} measures say nothing about emissions.",
            effect.unstated,
            measures=effect.stated + effect.unstated,
        )
    ]
    if found.path is None:
        said.append(
            _(
                "The plan is for no municipality with published emissions, so there is no baseline "
                "and no target to compare with."
            )
        )
    said += [f"{name(each.aim)}. {path_words.reach(each)}" for each in found.targets]
    listing.text(*said)
    frame.link("klimatmal", _("Emissions"))


main()
