"""One mode of green lending: the answer, the projects, what is approved, allocated and reported."""

import streamlit as st

from model import commands, records
from model.errors import KlimatinvestError
from model.formatting import ZERO
from model.green_finance import to_keep
from model.green_result import GreenFinance
from model.report import green_tables as listed
from model.report.green_reports import file_name, green_workbook, method
from model.results import Result
from ui import errors
from ui import format as write
from ui import state as view
from ui.charts import green_projects as charts
from ui.i18n import _, language, mark, n_
from ui.parts import chart, empty, headline, listing, plan_forms
from ui.parts import table as tables
from ui.parts.chart import Download, Words
from ui.parts.green import terms
from ui.parts.green.tables import read
from ui.parts.headline import Figure
from ui.state import State

SHOWS = mark("Spent green outlay of the municipal group by what finances it")


def answer(result: Result, found: GreenFinance) -> None:
    """The sentence of the mode and its figures."""
    approved = found.terms.mode == "approved_projects"
    headline.show(
        _approved_sentence(found) if approved else _programme_sentence(found),
        _approved_figures(found) if approved else _programme_figures(found),
        tag=_("example") if result.base.head.example else "",
    )


def show(result: Result, found: GreenFinance, state: State) -> None:
    """The chart with its choices, and the tables under it."""
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        terms.choose(found, result)
    with drawn:
        _the_chart(result, found)
    if found.projects:
        tables.show(read(listed.pool(found, language())))
    errors.violations(found.findings)
    listing.heading(_("The way to approval"))
    if found.projects:
        tables.show(read(listed.workflow(found, language())))
        listing.text(_("Steps and answers are entered on the measure, when it is edited."))
    _lent(result, found, state)
    _reports(result, found, state)


def _lent(result: Result, found: GreenFinance, state: State) -> None:
    """What is approved or waits, and the loans themselves with their form."""
    if found.terms.mode == "approved_projects":
        listing.heading(_("Approved projects and loans"))
        if found.approvals:
            tables.show(read(listed.approvals(found, language())))
    else:
        listing.heading(_("Bonds, and what waits"))
        if found.waiting:
            tables.show(read(listed.unallocated(found, language())))
        if any(each.amounts for each in found.proposals):
            tables.show(read(listed.proposals(found, language())))
            listing.text(
                _(
                    "Pro rata to what is left to allocate in approved projects, the oldest money "
                    "first. It is a proposal: allocations are entered with the loans."
                )
            )
    if found.standings:
        tables.folded(read(listed.loans(found, language())))
    document = result.document()
    plan_forms.part("loans", result, state, document)


def _reports(result: Result, found: GreenFinance, state: State) -> None:
    """Both reports, how they are counted, and the reports that were made before."""
    listing.heading(_("Allocation report"), "allocation")
    if not found.reported:
        empty.show(
            _("Nothing is allocated yet, so there is nothing to report."),
            _("Enter a loan under a framework of this mode, and what it finances."),
        )
        return
    tables.show(read(listed.allocation(found, language())))
    listing.heading(_("Impact report"), "impact")
    tables.show(read(listed.impact(found, language())))
    listing.points(_impact_sentence(found), *method(found, language()))
    chart.offer(
        "green-reports",
        [
            Download(
                _("Download both reports (.xlsx)"),
                file_name(result, found, language()),
                lambda: green_workbook(result, found, language()),
            )
        ],
    )
    listing.heading(_("Earlier reports and restatements"))
    document = result.document()
    tables.show(read(listed.restatements(document.green_reports, found, language())))
    st.button(
        _("Keep as a report for {year}", year=found.terms.on.year),
        key="keep-report",
        on_click=_keep,
        args=(result, found, state),
    )
    plan_forms.part("green_reports", result, state, document)


def _keep(result: Result, found: GreenFinance, state: State) -> None:
    """Keep what is reported now: what the button does when clicked."""
    kept, version = records.document(state.plan_id)
    report = to_keep(found, kept.green_reports, state.who)
    try:
        if version != result.base.version:
            raise KlimatinvestError("The plan has changed since it was read: look at it again.")
        version = commands.save_list(
            state.plan_id, "green_reports", (*kept.green_reports, report), version, state.who
        )
    except KlimatinvestError as error:
        view.keep("refused", error)
        return
    view.keep("notice", _("Saved as version {version} of the plan.", version=version))


def _the_chart(result: Result, found: GreenFinance) -> None:
    bars = [
        charts.Bar(
            each.measure.name,
            min(each.eligible.grants, each.eligible.green),
            min(each.others, max(each.eligible.green - each.eligible.grants, 0)),
            each.left,
        )
        for each in found.projects
        if each.left is not None and each.eligible.green
    ]
    if not bars:
        empty.show(
            _("No green measure of the municipal group has spent outlay yet."),
            _(
                "Mark expenditures as paid, or enter what is spent so far, on measures with a "
                "green category and a green share."
            ),
            page="atgarder",
            link=_("Go to Measures"),
        )
        return
    chart.place(
        charts.figure(bars),
        Words(
            _title(found),
            _(
                "{shows}, MSEK · as of {day} · {plan}, version {version}",
                shows=_(SHOWS),
                day=found.terms.on.isoformat(),
                plan=result.base.head.name,
                version=result.base.version,
            ),
            result.base.head.source or result.base.head.name,
            charts.describe(bars),
        ),
        key="green-projects",
        meanings=charts.MEANINGS,
    )


def _title(found: GreenFinance) -> str:
    if not found.left:
        return _("Nothing is left to allocate: grants and green loans have it all")
    return _(
        "{left} of {eligible} eligible is left to allocate",
        left=write.money(found.left),
        eligible=write.money(found.eligible),
    )


def _approved_sentence(found: GreenFinance) -> str:
    if not found.standings:
        return _("No green loan is entered: {amount} could be financed", amount=_left(found))
    approved = found.total("approved")
    return _(
        "{linked} of {approved} approved is attached to projects, and {outstanding} of it is "
        "outstanding",
        linked=write.money(found.allocated, zero=_("nothing")),
        approved=write.money(approved),
        outstanding=write.money(found.outstanding, zero=_("nothing")),
    )


def _approved_figures(found: GreenFinance) -> list[Figure]:
    lefts = [each.left for each in found.approvals]
    left = None if None in lefts else sum(lefts)
    return [
        Figure(write.money(found.total("approved")), _("Approved")),
        Figure(write.money(found.allocated), _("Loans attached"), meaning=charts.PARTS["loans"]),
        Figure(write.money(left), _("Left to attach"), _("of what is approved")),
        _tonnes(found),
    ]


def _programme_sentence(found: GreenFinance) -> str:
    if not found.standings:
        return _("No green bond is entered: {amount} could be financed", amount=_left(found))
    waits = sum(each.amount for each in found.waiting)
    fields = {
        "allocated": write.money(found.allocated, zero=_("nothing")),
        "disbursed": write.money(found.total("disbursed")),
    }
    if not waits:
        return _("{allocated} of {disbursed} raised is allocated to green projects", **fields)
    return _(
        "{allocated} of {disbursed} raised is allocated to green projects, and {waits} waits",
        waits=write.money(waits),
        **fields,
    )


def _programme_figures(found: GreenFinance) -> list[Figure]:
    waits = sum(each.amount for each in found.waiting)
    ages = [each.months for each in found.waiting if each.months is not None]
    oldest = max(ages, default=None)
    now = sum(part for each in found.proposals for _measure, part in each.amounts)
    note = "" if oldest is None else n_("for {count} month", "for {count} months", oldest)
    return [
        Figure(write.money(found.allocated), _("Allocated"), meaning=charts.PARTS["loans"]),
        Figure(write.money(waits), _("Unallocated"), note),
        Figure(write.money(now), _("Could be allocated now"), _("in approved projects")),
        _tonnes(found),
    ]


def _tonnes(found: GreenFinance) -> Figure:
    label = _("Financed share a year, CO2e")
    if not found.reported:
        return Figure(ZERO, label, _("nothing is allocated"))
    return Figure(
        write.tonnes(found.tonnes),
        label,
        _("of the projects' {tonnes}", tonnes=write.tonnes(found.project_tonnes)),
    )


def _impact_sentence(found: GreenFinance) -> str:
    unknown = sum(each.tonnes is None for each in found.reported)
    said = _(
        "{tonnes} CO2e a year is the financed share of the projects' {whole}.",
        tonnes=write.tonnes(found.tonnes),
        whole=write.tonnes(found.project_tonnes),
    )
    if not unknown:
        return said
    return f"{said} " + n_(
        "Of {count} project the tonnes or the cost are unknown: it is in no sum.",
        "Of {count} projects the tonnes or the cost are unknown: they are in no sum.",
        unknown,
    )


def _left(found: GreenFinance) -> str:
    return write.money(found.left, zero=_("nothing"))
