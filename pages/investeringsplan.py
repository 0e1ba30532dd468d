"""Investment plan: the tables that the council decides on, who pays and what has no decision."""

import streamlit as st

from model.palette import GAP
from model.report import answers
from model.report.council.all_tables import all_tables, versions_before
from model.report.council.book import council_workbook
from model.report.council.grid import Grid
from model.report.council.sections import by_payer
from model.results import results
from ui import format as write
from ui import frame
from ui import state as view
from ui.i18n import _, mark
from ui.parts import chart, council, empty, gap_charts, headline, listing
from ui.parts import table as tables
from ui.parts.chart import Download, Words
from ui.parts.headline import Figure

SHOWS = mark("The municipal group's investment need by who pays in the end")
TABLES = {
    "plan": mark("Investment plan"),
    "decisions": mark("Decisions and money"),
    "financing": mark("Financing analysis"),
    "operating": mark("Operating impact"),
    "changes": mark("Change since an earlier version"),
    "below": mark("Not prioritised"),
    "grants": mark("Grant calendar"),
    "status": mark("Decision status"),
}

state = frame.require()
result = results(state.plan_id, state.scenario)
reading, language = state.reading, state.language
head = result.plan.head


def page() -> None:
    if not result.base.size[1]:
        headline.show(_("The plan is empty: what must be invested is not known"))
        empty.no_measures(in_scenario=False)
        return
    group = answers.figures(result, reading)
    headline.show(
        answers.under_scenario(result, sentence(group), language),
        [
            Figure(at_least(group.need, group), _("Investment need")),
            Figure(write.money(group.covered), _("decided or paid")),
            Figure(at_least(group.gap, group), _("no decision"), meaning=GAP),
            Figure(
                write.money(group.one_off),
                _("one-off operating expenditure, beside"),
                _("{amount} of it missing", amount=write.money(group.one_off_gap))
                if group.one_off
                else "",
            ),
        ],
        tag=_("example") if head.example else "",
        notes=answers.caveats(result, reading, language),
    )
    if not result.plan.size[1]:
        empty.no_measures(in_scenario=True)
        return
    wide, narrow = st.columns([3, 1], gap="large")
    with narrow:
        grid = chosen()
    with wide:
        the_chart()
    tables.show(council.table(grid))
    listing.points(*grid.notes)
    take_along()


def sentence(group: answers.GroupFigures) -> str:
    need = at_least(group.need, group)
    if group.gap and group.gap == group.need:
        return _("None of the municipal group's {need} has a decision", need=need)
    if group.gap:
        return _(
            "{gap} of the municipal group's {need} has no decision",
            gap=at_least(group.gap, group),
            need=need,
        )
    if group.need:
        return _("All of the municipal group's known need is decided")
    return _("The municipal group has no known investment need")


def at_least(amount: int, group: answers.GroupFigures) -> str:
    """An amount as the table's sums say it: a measure without an amount can only make it more."""
    return write.money(amount, lower_bound=group.at_least(amount))


def the_chart() -> None:
    lines = by_payer(result, reading, language)
    drawn = gap_charts.of_group("payer", lines, 0)
    if drawn is None:
        return
    most = max(lines, key=lambda line: line.gap)
    title = (
        _(
            "{payer}: {amount} has no decision",
            payer=most.label,
            amount=write.money(most.gap, lower_bound=most.from_below),
        )
        if most.gap
        else _("Everything that is known is decided")
    )
    chart.place(
        drawn.figure,
        Words(
            answers.under_scenario(result, title, language),
            answers.subtitle(result, reading, language, SHOWS),
            head.source or _("unknown"),
            drawn.alt,
        ),
        key="payers",
        meanings=drawn.meanings,
    )


def chosen() -> Grid:
    """The table that is looked at; which one stands in the address."""
    said = "".join(view.said("table")[-1:])
    key = st.radio(
        _("Table"),
        list(TABLES),
        format_func=lambda each: _(TABLES[each]),
        **view.saying("table", said if said in TABLES else "plan"),
    )
    since = compared_with() if key == "changes" else None
    return all_tables(result, reading, language, since)[key]()


def compared_with() -> int | None:
    """The earlier version that changes are told from, which the address names."""
    earlier = [str(version) for version in versions_before(result)]
    if not earlier:
        return None
    since = st.selectbox(
        _("Compared with version"), earlier, **view.saying("since", version_asked(earlier))
    )
    return int(since)


def version_asked(earlier: list[str]) -> str:
    said = "".join(view.said("since")[-1:])
    return said if said in earlier else earlier[0]


def take_along() -> None:
    """All the tables in one workbook."""

    def workbook() -> bytes:
        earlier = [str(version) for version in versions_before(result)]
        since = int(version_asked(earlier)) if earlier else None
        grids = [make() for make in all_tables(result, reading, language, since).values()]
        return council_workbook(result, reading, grids, language)

    name = f"{_('investment plan').replace(' ', '-')}-{head.id}-v{result.plan.version}.xlsx"
    chart.offer("council", [Download(_("All tables as Excel"), name, workbook)])


page()
