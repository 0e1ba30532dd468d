"""The allocation report and the impact report as a workbook that can be counted again.

Amounts are tkr, exact. Shares, financed tonnes, what is left and all sums are live formulas with
their values stored; what is not known stands as a word and is in no sum. What a person has typed is
text and never runs.
"""

from datetime import date

from model.formatting import capitalise, unknown
from model.green_result import GreenFinance
from model.language import DEFAULT, Language
from model.municipal_rows import GreenReport
from model.reference import reference
from model.report import green_tables as tables
from model.report import words
from model.report.green_tables import Listed, Value
from model.report.seal import sealed
from model.report.sheet import Book, Cell, Column, Formula, Sheet, cell, total
from model.report.view import View
from model.results import Result

_SHEETS = {
    "allocation": "Allocation report",
    "impact": "Impact report",
    "approvals": "Approvals",
    "loans": "Loans and bonds",
    "pool": "Eligible pool",
    "unallocated": "Unallocated",
    "workflow": "Steps",
}


def green_workbook(
    result: Result, found: GreenFinance, language: Language = DEFAULT, today: date | None = None
) -> bytes:
    """Both reports and what they rest on, as .xlsx, one sheet per table."""
    view = View(result, "secured", language, today or date.today())
    head = result.base.head
    title = f"{head.name} · {view.say('Green finance')}"
    book = Book(title, view.mark, f"Klimatinvest · {found.terms.on}", view.today)
    for name, sheet_name in _SHEETS.items():
        sheet = book.sheet(view.say(sheet_name))
        listed = tables.TABLES[name](found, language)
        _begin(sheet, view, listed, found)
        write(sheet, listed, language)
        if name == "impact":
            _notes(sheet, view, found)
    reports: tuple[GreenReport, ...] = result.document().green_reports
    kept = tables.restatements(reports, found, language)
    sheet = book.sheet(view.say("Restatements"))
    _begin(sheet, view, kept, found)
    write(sheet, kept, language)
    return sealed(book.content(), view, "tables")


def file_name(result: Result, found: GreenFinance, language: Language = DEFAULT) -> str:
    """``exempel-gron-finansiering-exempelkommunen-v1-2026-12-31.xlsx``"""
    head = result.base.head
    parts = [
        words.translate("EXAMPLE", language).lower() if head.example else "",
        "green-finance" if language == "en" else "gron-finansiering",
        found.terms.mode.replace("_", "-"),
        head.id,
        f"v{result.base.version}",
        found.terms.on.isoformat(),
    ]
    return "-".join(filter(None, parts)) + ".xlsx"


def write(sheet: Sheet, listed: Listed, language: Language) -> None:
    """A table with its formulas, and the sums of what is known under it."""
    places = {column.name: place for place, column in enumerate(listed.columns)}
    sheet.head(
        [
            Column(words.translate(column.label, language), column.width, column.kind)
            for column in listed.columns
        ]
    )
    first = sheet.row
    for row in listed.rows:
        here = sheet.row
        at = {name: cell(here, place) for name, place in places.items()}
        values = dict(zip(places, row, strict=True))
        sheet.line(
            [_cell(column.formula, values, at, column.name, language) for column in listed.columns]
        )
    if listed.rows and any(column.added for column in listed.columns):
        sums = listed.sums()
        sheet.line(
            [
                words.translate("Sum", language)
                if place == 0
                else total(value, first, place, sheet.row - 1, place)
                if value is not None
                else None
                for place, value in enumerate(sums)
            ],
            "sum",
        )
        if any(None in row for row in listed.rows):
            sheet.note(words.translate("What is unknown is in no sum.", language))


def _cell(
    formula: str, values: dict[str, Value], at: dict[str, str], name: str, language: Language
) -> Cell:
    value = values[name]
    if value is None:
        return unknown(language=language)
    operands = [each for each in at if f"{{{each}}}" in formula]
    if formula and all(values[each] is not None for each in operands):
        return Formula(formula.format(**at), value)
    return value


def _begin(sheet: Sheet, view: View, listed: Listed, found: GreenFinance) -> None:
    sheet.title(
        view.marked(view.say(listed.title)),
        " · ".join(
            [
                capitalise(view.say("thousand SEK")),
                words.name(found.framework, view.language),
                view.say("as of {day}", day=found.terms.on),
                view.say(
                    "{plan}, version {version}",
                    plan=view.result.base.head.name,
                    version=view.result.base.version,
                ),
            ]
        ),
    )


def _notes(sheet: Sheet, view: View, found: GreenFinance) -> None:
    """How the impact is counted, under the table."""
    for text in method(found, view.language):
        sheet.note(text)


def method(found: GreenFinance, language: Language = DEFAULT) -> list[str]:
    """What a reader must know of how the reports are counted: denominator, look-back, factor."""

    def say(text: str, **fields: object) -> str:
        return words.translate(text, language, **fields)

    terms, framework = found.terms, found.framework
    denominator = say(tables.DENOMINATORS[terms.denominator])
    said = [
        say("Share of the project: outstanding ÷ {denominator}.", denominator=denominator)
        if framework.denominator
        else say(
            "Share of the project: outstanding ÷ {denominator}. The framework's denominator is "
            "unknown: this one is assumed.",
            denominator=denominator,
        )
    ]
    if terms.look_back_months is None:
        said.append(
            say("The framework's look-back is unknown: no outlay is left out for its age. Ask.")
        )
    else:
        said.append(
            say(
                "Look-back {months} months: a year's outlay counts only when the whole year is "
                "within it, and outlay without a year does not.",
                months=terms.look_back_months,
            )
        )
    if found.grid_factor is None:
        said.append(say("Tonnes are those that the plan states, by its own methods."))
    else:
        entry = reference().assumptions[terms.grid_factor]
        said.append(
            say(
                "Electricity is counted by {factor}, {value} g CO2e/kWh, from {year}; measures "
                "without electricity by the plan's own tonnes.",
                factor=words.name(entry, language),
                value=found.grid_factor,
                year=entry.latest.since,
            )
        )
        newest = entry.values[-1]
        if newest is not entry.latest:
            said.append(say("A newer value, from {year}, is not found: ask.", year=newest.since))
    return [
        *said,
        say(
            "Only what is said to come every year is reported, before it happens (ex ante), and "
            "only the financed share of it. Reduced and avoided are told apart by category."
        ),
    ]
