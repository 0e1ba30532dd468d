"""Grants and rules: what breaks a rule, what else could be sought, the calendar, the portfolio."""

from datetime import date

import streamlit as st

from model.funding_suggestions import at_most, limited_to_areas
from model.reference import reference
from model.report import answers
from model.results import results
from ui import format as write
from ui import frame
from ui.charts import rules as charts
from ui.i18n import _, mark, n_
from ui.parts import chart, editor, empty, headline, listing, portfolio
from ui.parts import rules as words
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

SHOWS = mark("Grants granted, applied for and as ideas, by source, against the rules")
FIRST = 12


def page() -> None:
    editor.notice()
    headline.show(
        answers.under_scenario(result, sentence(), state.language),
        figures() if result.base.size[1] else [],
        tag=_("example") if result.plan.head.example else "",
        notes=[
            _(
                "A help to read the rules, not a decision: whoever gives the grant decides. "
                "Findings never stop a save."
            )
        ],
    )
    if calendar:
        drawn, beside = st.columns([2, 1], gap="large")
        with beside:
            not_judged()
        with drawn:
            the_chart()
        listing.heading(_("What was found, with the rule"))
        if findings:
            tables.show(words.findings(findings))
        else:
            listing.text(_("No rule has anything to say about the grants."))
    elif not result.base.size[1]:
        empty.no_measures(in_scenario=False)
    else:
        empty.show(
            _("The plan has no grants."),
            _("Enter grants at the measures, or see below what could be sought."),
            page="atgarder",
            link=_("Go to Measures"),
        )
    if result.base.size[1]:
        to_seek()
    if calendar:
        listing.heading(_("Grant calendar"))
        tables.show(words.calendar(calendar, today))
    listing.heading(_("Local portfolio: what agencies have granted here"))
    portfolio.show(result, state)


def sentence() -> str:
    count = len(result.plan.grants.id)
    if not count and suggestions:
        return _(
            "The plan has no grants; up to {amount} could be sought",
            amount=write.money(at_most(suggestions)),
        )
    if not count:
        return _("The plan has no grants whose rules could be judged")
    if breaking:
        said = n_(
            "{count} of {whole} grants breaks a rule",
            "{count} of {whole} grants break a rule",
            len(breaking),
            whole=count,
        )
    else:
        said = _("None of {whole} grants breaks a rule that can be judged", whole=count)
    if not unknown:
        return said
    return n_(
        "{said}, and {count} lacks facts to judge by",
        "{said}, and {count} lack facts to judge by",
        len(unknown),
        said=said,
    )


def figures() -> list[Figure]:
    amounts = {(entry.measure, entry.grant): entry.amount for entry in calendar}
    ahead = [(found, entry) for entry in calendar if (found := entry.next_day(today))]
    next_day = min(ahead, key=lambda each: each[0][0], default=None)
    return [
        Figure(
            write.money(sum(amounts[key] for key in breaking)),
            _("In grants that break a rule"),
            _("stated in the plan"),
            meaning=charts.ABOVE,
        ),
        Figure(str(len(unknown)), _("Grants that lack facts"), _("see the table for which")),
        Figure(
            write.money(at_most(suggestions)),
            _("Could be sought besides, at most"),
            _("the largest source of each measure"),
        ),
        Figure(
            next_day[0][0].isoformat() if next_day else _("none stated"),
            _("Next day to keep"),
            f"{words.day_word(next_day[0][1])}, {next_day[1].measure_name}" if next_day else "",
        ),
    ]


def the_chart() -> None:
    sources = words.by_source(calendar, findings)
    above = sum(source.above for source in sources)
    chart.place(
        charts.figure(sources),
        Words(
            _("{amount} of the grants lies above what a rule allows", amount=write.money(above))
            if above
            else _("All grants lie within the rules that can be judged"),
            answers.subtitle(result, state.reading, state.language, SHOWS),
            result.plan.head.source or result.plan.head.name,
            charts.describe(sources),
        ),
        key="rules",
        meanings=[charts.PARTS[part] for part in charts.parts(sources)],
    )


def not_judged() -> None:
    """What the chart does not say: rules nobody has checked, what others pay."""
    unsure = sum(not each.rule.verified for each in findings)
    areas = limited_to_areas(result.plan.head, reference(), today)
    others = [entry for entry in calendar if entry.source == "other_actor"]
    listing.text(
        _("Beside it:"),
        n_(
            "{count} finding rests on a rule that is not verified in its source.",
            "{count} findings rest on rules that are not verified in their sources.",
            unsure,
        )
        if unsure
        else "",
        n_(
            "{count} open source is for some counties only and is not proposed, because the plan "
            "names no municipality.",
            "{count} open sources are for some counties only and are not proposed, because the "
            "plan names no municipality.",
            len(areas),
        )
        if areas
        else "",
        _(
            "{amount} are other actors' commitments: their money, judged by no rule of public "
            "support.",
            amount=write.money(sum(entry.amount for entry in others)),
        )
        if others
        else "",
        _("Ideas and applications are counted in full here, whatever their probability."),
    )


def to_seek() -> None:
    listing.heading(_("What else could be sought"))
    if not suggestions:
        listing.text(_("Nothing is left to seek: every measure is financed, or has begun."))
        return
    tables.show(words.suggested(suggestions[:FIRST], result.assumptions()))
    if suggestions[FIRST:]:
        tables.folded(words.suggested(suggestions[FIRST:], result.assumptions(), rest=True))
    listing.text(
        _(
            "Sources for the same measure are alternatives and are not added: all public money "
            "together is at most the whole cost."
        )
    )
    listing.entries(words.conditions(suggestions))


state = frame.require()
result = results(state.plan_id, state.scenario)
today = date.today()
findings = result.rule_findings()
suggestions = result.suggestions(today)
calendar = result.grant_calendar(today)
breaking = {(each.measure, each.grant) for each in findings if each.breaks}
unknown = {(each.measure, each.grant) for each in findings if each.unknown}
page()
