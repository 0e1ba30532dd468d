"""Operating impact: what the measures do to the operating budget, in whose book, and the tax."""

import streamlit as st

from model.operating import Policy
from model.operating_table import OperatingTable, by_year, operating_table
from model.report import answers
from model.report import operating as words
from model.report.council.book import council_workbook
from model.report.council.operating_impact import operating_impact
from model.results import results
from ui import frame
from ui import state as view
from ui.charts import operating as charts
from ui.i18n import _, mark
from ui.parts import chart, council, empty, headline, listing, toggles
from ui.parts import operating as parts
from ui.parts import table as tables
from ui.parts.chart import Download, Words

SHOWS = {
    "municipality": mark("What the measures change in the municipality's operating cost"),
    "department": mark("What the measures change in the departments' operating cost"),
    "group": mark("What the measures change in the municipal group's operating cost"),
    "fee": mark("What the measures change in the cost of fee-financed operations"),
}
BASES = {
    "net": mark("Book value less undissolved grants"),
    "gross": mark("Gross book value"),
}

state = frame.require()
result = results(state.plan_id, state.scenario)
reading, language = state.reading, state.language
head = result.plan.head


def page() -> None:
    top = st.container()
    if not result.plan.size[1]:
        with top:
            headline.show(_("There is nothing to reckon on yet"))
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        return
    wide, narrow = st.columns([3, 1], gap="large")
    with narrow:
        book = one_of("book", _("Whose book"), words.BOOKS)
        last = result.plan.head.last_year
        years = [str(year) for year in range(result.plan.head.first_year, last + 1)]
        year = one_of("year", _("Year"), dict(zip(years, years, strict=True)), str(last))
        inside = book in ("department", "municipality")
        base = one_of("interest", _("Internal interest on"), BASES) if inside else "net"
        toggles.panel(state, ("cost", "delay"))
    policy = Policy(interest_base=base)
    found = result.operating(reading, policy)
    table = operating_table(found, book, int(year))
    with top:
        headline.show(
            answers.under_scenario(result, words.sentence(found, table, language), language),
            parts.figures(found, table),
            tag=_("example") if head.example else "",
            notes=notes(found, table),
        )
    with wide:
        the_chart(found, table)
    grid = operating_impact(result, reading, book, int(year), policy, language)
    if table.rows:
        tables.show(council.table(grid))
        listing.points(*grid.notes)
        chart.offer("operating", [download(policy, int(year))])
        lacking(found, table)
        formulas(found, table)


def one_of(name: str, label: str, options: dict[str, str], usual: str = "") -> str:
    """A choice of this page's own, as the address says it; else the usual or the first one."""
    said = "".join(view.said(name)[-1:])
    chosen = said if said in options else usual or next(iter(options))
    if len(options) > 4:
        return st.selectbox(label, list(options), **view.saying(name, chosen))
    return st.radio(
        label,
        list(options),
        format_func=lambda key: _(options[key]),
        **view.saying(name, chosen),
    )


def notes(found, table: OperatingTable) -> list[str]:
    said = [_(words.BOOK_MEANS[table.book])]
    if found.split_unknown:
        said.append(
            _(
                "Measures whose owners' shares nobody has stated are in no book: {count}",
                count=found.split_unknown,
            )
        )
    return said


def the_chart(found, table: OperatingTable) -> None:
    columns = by_year(found, table.book)
    if not any(amounts.any() for amounts in columns.values()):
        empty.show(
            _("No operating impact of this book is known."),
            _("Enter lifetime, month in service and changed running costs."),
            page="atgarder",
            link=_("Go to Measures"),
        )
        return
    chart.place(
        charts.figure(table.years, columns),
        Words(
            answers.under_scenario(result, words.chart_title(table, language), language),
            answers.subtitle(result, reading, language, SHOWS[table.book]),
            head.source or _("unknown"),
            charts.describe(table.years, columns),
        ),
        key="operating",
        meanings=charts.meanings(columns),
    )


def download(policy: Policy, year: int) -> Download:
    def workbook() -> bytes:
        grids = [
            operating_impact(result, reading, book, year, policy, language) for book in words.BOOKS
        ]
        return council_workbook(result, reading, grids, language)

    name = f"{_('operating impact').replace(' ', '-')}-{head.id}-v{result.plan.version}.xlsx"
    return Download(_("All four books as Excel"), name, workbook)


def lacking(found, table: OperatingTable) -> None:
    """What is not known, and what to fill in."""
    entries = parts.unknown(found, table, result.plan)
    if not entries:
        return
    listing.heading(_("What is not known"))
    listing.text(_("None of this is counted as zero: it is in no sum."))
    listing.entries(entries)
    frame.link("atgarder", _("Go to Measures"))


def formulas(found, table: OperatingTable) -> None:
    """Every project's figures, as they are reckoned."""
    listing.heading(_("How the figures of {year} are reckoned", year=table.year))
    listing.text(
        _(
            "Depreciation is straight-line by month from the month in service, component by "
            "component. Interest is on the book value as the year begins; what is taken in service "
            "during the year bears it for its months. What is paid after that is in service from "
            "the same month of its own year. A rate holds until another is stated."
        ),
        *(parts.tax(found, table) if table.book != "fee" else []),
    )
    listing.entries([parts.project(found, table, row, result) for row in table.rows])


page()
