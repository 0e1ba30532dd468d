"""Investment plan: the tables that the council decides on, who pays and what has no decision."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from model import records
from model.palette import GAP
from model.report import answers
from model.report.council.book import council_workbook
from model.report.council.changes import changes_since
from model.report.council.decisions import decisions_and_money
from model.report.council.financing_table import financing_table
from model.report.council.grant_days import grant_days
from model.report.council.grid import Grid
from model.report.council.investment_plan import investment_plan
from model.report.council.not_prioritised import not_prioritised
from model.report.council.operating_impact import operating_impact
from model.report.council.readiness import decision_status
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
    group = answers.figures(result, reading)
    headline.show(
        answers.under_scenario(result, sentence(group), language),
        [
            Figure(
                write.money(group.need, lower_bound=group.lower_bounds > 0), _("Investment need")
            ),
            Figure(write.money(group.covered), _("decided or paid")),
            Figure(write.money(group.gap), _("no decision"), meaning=GAP),
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
        empty.no_measures(in_scenario=bool(result.base.size[1]))
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
    if group.gap:
        return _(
            "{gap} of the municipal group's {need} has no decision",
            gap=write.money(group.gap),
            need=need(group),
        )
    if group.need:
        return _("All of the municipal group's known need is decided")
    return _("The municipal group has no known investment need")


def need(group: answers.GroupFigures) -> str:
    return write.money(group.need, lower_bound=group.lower_bounds > 0)


def the_chart() -> None:
    lines = by_payer(result, reading, language)
    drawn = gap_charts.of_group("payer", lines, 0)
    if drawn is None:
        return
    most = max(lines, key=lambda line: line.gap)
    title = (
        _("{payer}: {amount} has no decision", payer=most.label, amount=write.money(most.gap))
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
    return made()[key]()


def made() -> dict[str, Callable[[], Grid]]:
    return {
        "plan": partial(investment_plan, result, reading, language),
        "decisions": partial(decisions_and_money, result, reading, language),
        "status": partial(decision_status, result, reading, language),
        "financing": lambda: financing_table(result.financing("municipality", reading), language),
        "operating": partial(operating_impact, result, reading, "municipality", language=language),
        "changes": changes,
        "below": partial(not_prioritised, result, language),
        "grants": partial(grant_days, result, language),
    }


def changes() -> Grid:
    """What differs from an earlier version, which the address names; the one before otherwise."""
    earlier = versions_before()
    if not earlier:
        return changes_between(result.base.version)
    since = st.selectbox(
        _("Compared with version"), earlier, **view.saying("since", version_asked(earlier))
    )
    return changes_between(int(since))


def versions_before() -> list[str]:
    """The versions that the plan has been at, the latest first."""
    versions = [entry.version for entry in records.history(state.plan_id)]
    return [str(version) for version in versions if version < result.base.version]


def version_asked(earlier: list[str]) -> str:
    said = "".join(view.said("since")[-1:])
    return said if said in earlier else earlier[0]


def changes_between(since: int) -> Grid:
    old = records.document_at(state.plan_id, since)
    return changes_since({m.id: m for m in old.measures}, result.measures(), language)


def take_along() -> None:
    """All the tables in one workbook."""

    def workbook() -> bytes:
        earlier = versions_before()
        since = int(version_asked(earlier)) if earlier else result.base.version
        tables_made = made() | {"changes": partial(changes_between, since)}
        grids = [tables_made[key]() for key in TABLES]
        return council_workbook(result, reading, grids, language)

    name = f"{_('investment plan').replace(' ', '-')}-{head.id}-v{result.plan.version}.xlsx"
    chart.offer("council", [Download(_("All tables as Excel"), name, workbook)])


page()
