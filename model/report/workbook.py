"""The gap as a workbook that a finance officer can check: live sums, every amount with its source.

Amounts are tkr, exact. Need and cover stand on the sheets as the model gives them; every sum and
every gap is a formula with its value stored, so that the workbook adds itself up again.
"""

from datetime import date

from model.formatting import capitalise
from model.language import DEFAULT, Language
from model.reference import reference
from model.report import answers, words
from model.report.listings import amounts_sheet, measures_sheet
from model.report.plan_book import calculating_sheets
from model.report.seal import sealed
from model.report.sheet import Book, Cell, Column, Formula, Sheet
from model.report.tables import breakdown_sheet, by_year_sheet, source_sheet
from model.report.view import View
from model.results import EXPECTED, READINGS, Result


def gap_workbook(
    result: Result, reading: str, language: Language = DEFAULT, today: date | None = None
) -> bytes:
    """The financing gap of a result in one reading, as .xlsx. Amounts in tkr.

    ValueError for an unknown reading; StaleWrite when somebody has changed the plan since the
    result was read.
    """
    view = View(result, reading, language, today or date.today())
    book = Book(
        title=f"{result.plan.head.name} · {view.say('Financing gap')}",
        mark=view.mark,
        footer=f"Klimatinvest · {view.scenario}",
        today=view.today,
    )
    # The summary comes first and refers to the sheet after it, which is written before it.
    summary = book.sheet(view.say("Summary"), one_page=True)
    totals = by_year_sheet(book.sheet(view.say("By year")), view)
    _summary_sheet(summary, view, totals)
    breakdown_sheet(book.sheet(view.say("By sector")), view, "sector")
    breakdown_sheet(book.sheet(view.say("By owner")), view, "owner")
    breakdown_sheet(book.sheet(view.say("By department")), view, "department")
    if result.base.says("district"):
        breakdown_sheet(book.sheet(view.say("By district")), view, "district")
    source_sheet(book.sheet(view.say("By source")), view)
    breakdown_sheet(book.sheet(view.say("Readiness")), view, "readiness")
    measures_sheet(book.sheet(view.say("Measures")), view)
    amounts_sheet(book.sheet(view.say("Sources")), view)
    calculating_sheets(book, view, totals)
    return sealed(book.content(), view, "workbook")


def _summary_sheet(sheet: Sheet, view: View, totals: dict[str, str]) -> None:
    """The answer, the actor groups side by side, and what it all rests on.

    ``totals`` says in which cell of another sheet each group's need, and the gap, is summed.
    """
    result, reading = view.result, view.reading
    sheet.title(
        view.marked(answers.gap_title(result, reading, view.language)),
        view.say("The municipal group's financing gap, and what else the plan holds"),
        answers.caveats(result, reading, view.language),
    )
    groups = tuple(words.ACTOR_GROUPS)
    amounts = [
        Column(capitalise(view.say("thousand SEK")), 52, "text"),
        *(Column(view.say(words.ACTOR_GROUPS[group]), 20) for group in groups),
    ]
    sheet.head(amounts)
    figures = {
        level: [answers.figures(result, reading, group, level) for group in groups]
        for level in ("low", "mid", "high")
    }
    mid = figures["mid"]
    # Only the group has a financing gap; what other actors lack is another question.
    no_gap = (view.say("not applicable"), view.say("split unknown"))

    def line(label: str, values: list[Cell], style: str = "") -> None:
        sheet.line([view.say(label), *values], style)

    def linked(key: str, value: int) -> Cell:
        return Formula(f"={totals[key]}", value) if key in totals else value

    line("Investment need, low", [sums.need for sums in figures["low"]])
    line(
        "Investment need, mid",
        [linked(group, sums.need) for group, sums in zip(groups, mid, strict=True)],
        "sum",
    )
    line("Investment need, high", [sums.need for sums in figures["high"]])
    line("Covered", [sums.covered for sums in mid])
    line("Missing, low", [figures["low"][0].gap, *no_gap])
    line("Missing, mid", [linked("gap", mid[0].gap), *no_gap], "sum")
    line("Missing, high", [figures["high"][0].gap, *no_gap])
    line("One-off operating expenditure, no part of the need", [sums.one_off for sums in mid])
    line("One-off operating expenditure without cover", [mid[0].one_off_gap, *no_gap])
    sheet.space()
    sheet.section(view.say("What the municipal group is missing in each reading"))
    for other in READINGS:
        # The expected value stands in no council paper: only where somebody has asked for it.
        if other != EXPECTED or reading == EXPECTED:
            label = f"{view.say(words.READINGS[other])}: {view.say(words.READING_MEANS[other])}"
            sheet.line([capitalise(label), answers.figures(result, other).gap])
    sheet.space()
    sheet.section(view.say("Money that meets no need, all actors together"))
    everyone = result.totals(reading)
    line("Grants left over", [everyone.surplus])
    line("Appropriations that lapse", [everyone.lapsed])
    sheet.space()
    sheet.columns([amounts[0], *(Column("", 20, "count") for _ in groups)])
    sheet.section(view.say("Number of measures"))
    line("Measures", [sums.measures for sums in mid])
    line("of which without a known amount (unknown)", [sums.unknown for sums in mid])
    line("of which known only from below (at least)", [sums.lower_bounds for sums in mid])
    sheet.space()
    sheet.section(view.say("What the figures rest on"))
    for label, text in _facts(view):
        sheet.fact(view.say(label), text)


def _facts(view: View) -> list[tuple[str, str]]:
    """What a reader needs to make the figures again, as (msgid of the label, text)."""
    head, language = view.plan.head, view.language
    municipality = reference().municipalities.get(head.municipality)
    reading = words.READINGS[view.reading], words.READING_MEANS[view.reading]
    scenario = view.result.scenario
    facts = [
        ("Plan", view.marked(head.name)),
        *([("Municipality", words.name(municipality, language))] if municipality else []),
        ("Version of the plan", str(view.plan.version)),
        ("Years", f"{head.first_year}–{head.last_year}"),
        ("Base year", str(head.base_year)),
        ("Scenario", words.scenario(scenario, language)),
        *(("Adjustment", text) for text in words.adjustments(scenario, language, view.result.base)),
        ("Reading", ": ".join(view.say(text) for text in reading)),
        ("Price level", words.price_level(view.plan, language)),
        ("VAT", words.vat(view.plan, language)),
        ("System boundary", view.say(words.BOUNDARIES[head.system_boundary])),
        ("Source", head.source or view.say("unknown")),
        ("Made on", view.today.isoformat()),
    ]
    return [*facts, ("Note", head.note)] if head.note else facts
