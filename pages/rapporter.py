"""Reports: everything that can be taken along of what is looked at, and whether one still holds."""

from functools import partial

from model.palette import GAP
from model.report import EXPORTS, answers, file_name
from model.report.council.all_tables import all_tables
from model.report.council.book import council_workbook
from model.report.data_package.build import data_package
from model.results import EXPECTED, results
from ui import format as write
from ui import frame
from ui.i18n import _, n_
from ui.parts import chart, empty, headline, listing, report_check
from ui.parts.chart import Download
from ui.parts.headline import Figure

state = frame.require()
result = results(state.plan_id, state.scenario)
reading, language = state.reading, state.language
head = result.plan.head


def page() -> None:
    if not result.plan.size[1]:
        headline.show(_("Nothing to take along yet"))
        empty.no_measures(in_scenario=bool(result.base.size[1]))
        report_check.show()
        return
    sums = answers.figures(result, reading)

    def known(ore: int) -> str:
        return write.money(ore, lower_bound=sums.at_least(ore))

    offered = reports()
    headline.show(
        answers.under_scenario(result, sentence(len(offered), sums), language),
        [
            Figure(known(sums.need), _("Investment need")),
            Figure(write.money(sums.covered), _("Covered")),
            Figure(known(sums.gap), _("Missing"), meaning=GAP),
        ],
        tag=_("example") if head.example else "",
        notes=answers.caveats(result, reading, language),
    )
    if reading == EXPECTED:
        listing.text(
            _("The expected value stands in no council paper: choose another reading to get it.")
        )
    for key, (title, says, download) in offered.items():
        listing.heading(title)
        listing.text(says)
        chart.offer(key, [download])
    report_check.show()


def sentence(count: int, sums: answers.GroupFigures) -> str:
    if sums.gap:
        return n_(
            "{count} report of the same figures: {gap} is missing",
            "{count} reports of the same figures: {gap} is missing",
            count,
            gap=write.money(sums.gap, lower_bound=sums.from_below),
        )
    return n_(
        "{count} report of the same figures: nothing that is known is missing",
        "{count} reports of the same figures: nothing that is known is missing",
        count,
    )


def reports() -> dict[str, tuple[str, str, Download]]:
    """What is offered: title, what it holds and for whom, and the file, made when asked for."""
    offered = {
        "document": (
            _("The plan as a document"),
            _(
                "For the council's papers: summary, need, owners, decisions and money, gap, "
                "financing analysis, operating impact, benefits, risks, proposed decisions, and "
                "every measure and assumption with its source. Headings, tables and contents are "
                "Word's own and can be edited."
            ),
            exported(_("Word document"), ".docx"),
        ),
        "slides": (
            _("Slides"),
            _(
                "For the meeting: one answer a slide, with native charts that can be edited in "
                "PowerPoint and LibreOffice, and saved from there as pictures."
            ),
            exported(_("PowerPoint slides"), ".pptx"),
        ),
        "workbook": (
            _("The plan as live formulas"),
            _(
                "For whoever checks: the gap with sums that add themselves up, every amount with "
                "its cell, and the calculation a second time as formulas."
            ),
            exported(_("Excel with formulas"), ".xlsx"),
        ),
        "tables": (
            _("The council's tables"),
            _("For the budget: the tables of the page Investment plan, one sheet each."),
            Download(
                _("Tables as Excel"),
                f"{_('investment plan').replace(' ', '-')}-{head.id}-v{result.plan.version}.xlsx",
                tables,
            ),
        ),
        "package": (
            _("Data package"),
            _(
                "For whoever calculates on: measures, amounts, gap, assumptions and sources as CSV "
                "and Parquet, with a description of every column."
            ),
            Download(
                _("Data package (zip)"),
                file_name(result, reading, ".zip", language),
                partial(data_package, result, reading, language),
            ),
        ),
    }
    if reading == EXPECTED:
        del offered["document"]
    return offered


def exported(label: str, suffix: str) -> Download:
    make = partial(EXPORTS[suffix], result, reading, language)
    return Download(label, file_name(result, reading, suffix, language), make)


def tables() -> bytes:
    grids = [make() for make in all_tables(result, reading, language).values()]
    return council_workbook(result, reading, grids, language)


page()
