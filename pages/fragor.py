"""Questions from the council: what politicians ask, answered for the active plan and scenario."""

import streamlit as st

from model.formatting import capitalise
from model.report import answers as gap_answers
from model.report import words
from model.report.council.book import council_workbook
from model.report.council.questions import answers
from model.results import results
from model.years import is_calendar_year
from ui import frame
from ui import state as view
from ui.i18n import _, n_
from ui.parts import chart, council, empty, headline, listing
from ui.parts import table as tables
from ui.parts.chart import Download

state = frame.require()
result = results(state.plan_id, state.scenario)
reading, language = state.reading, state.language
head = result.plan.head


def page() -> None:
    if not result.plan.size[1]:
        headline.show(_("Nothing to answer yet"))
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        return
    top = st.container()
    year = year_asked()
    found = answers(result, reading, year, language)
    unknown = sum(not answer.known for _question, answer in found)
    with top:
        headline.show(
            gap_answers.under_scenario(result, sentence(len(found), unknown), language),
            tag=_("example") if head.example else "",
            notes=[in_prices(), *gap_answers.caveats(result, reading, language)],
        )
    titles = {entry.address: _(entry.title) for entry in frame.PAGES}
    for question, answer in found:
        listing.heading(_(question.asked, year=year), anchor=question.key)
        listing.text(answer.sentence + ".")
        if answer.notes:
            listing.points(*answer.notes)
        if answer.grid is not None and answer.grid.rows:
            tables.folded(council.table(answer.grid))
        frame.link(question.page, _("To {page}", page=titles[question.page]))
    take_along([answer.grid for _question, answer in found if answer.grid is not None])


def in_prices() -> str:
    """In what prices and with what VAT every amount of the page is: said once."""
    said = (words.price_level(result.plan, language), words.vat(result.plan, language))
    return capitalise(", ".join(said))


def year_asked() -> int:
    """The year that questions about a year are asked for; it stands in the address."""
    years = [str(year) for year in result.plan.years if is_calendar_year(int(year))]
    said = "".join(view.said("year")[-1:])
    usual = years[min(2, len(years) - 1)]
    with st.columns([1, 3])[0]:
        chosen = st.selectbox(
            _("Year asked about"), years, **view.saying("year", said if said in years else usual)
        )
    return int(chosen)


def sentence(asked: int, unknown: int) -> str:
    if not unknown:
        return _("All {count} questions of the council have an answer", count=asked)
    return n_(
        "{known} of {asked} questions of the council have an answer; {count} lacks its figures",
        "{known} of {asked} questions of the council have an answer; {count} lack their figures",
        unknown,
        known=asked - unknown,
        asked=asked,
    )


def take_along(grids: list) -> None:
    name = f"{_('questions').lower()}-{head.id}-v{result.plan.version}.xlsx"
    chart.offer(
        "questions",
        [
            Download(
                _("The tables as Excel"),
                name,
                lambda: council_workbook(result, reading, grids, language),
            )
        ],
    )


page()
