"""The workbook's long lists: every measure with its years, and every amount with its source."""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from model.errors import StaleWrite
from model.formatting import capitalise
from model.money import to_ore
from model.report import words
from model.report.answers import GROUP
from model.report.sheet import Cell, Column, Formula, Sheet, cell, total
from model.report.tables import begin
from model.report.view import View
from model.rows import Measure
from model.store.documents import read_document
from model.years import LATER

_TEXTS = ("sector", "owner", "department", "readiness")
_KINDS = {
    "investment": "Investment",
    "avoided_investment": "Avoided investment",
    "one_off_operating": "One-off operating expenditure",
}
_APPROPRIATIONS = {
    "decided": "Decided appropriation",
    "planned": "Planned appropriation",
    "requested": "Requested appropriation",
}
_GRANTS = {"granted": "Grant, granted", "applied": "Grant, applied for", "idea": "Idea"}


def measures_sheet(sheet: Sheet, view: View) -> None:
    """Each measure on a line: what it is, low, mid and high, its years, cover and gap."""
    begin(sheet, view, "Measures with their need, cover and gap, all actors")
    plan = view.plan
    years = [Column(view.year(int(year)), 11) for year in plan.years]
    tags = (*_TEXTS, *(["district"] if plan.says("district") else []))
    texts = [Column(capitalise(view.say(words.TAGS[tag])), 18, "text") for tag in tags]
    sheet.head(
        [
            Column(view.say("No."), 6, "count"),
            Column(view.say("Project number"), 12, "text"),
            Column(view.say("Measure"), 40, "text"),
            *texts,
            Column(view.say("Low")),
            Column(view.say("Mid")),
            Column(view.say("High")),
            *years,
            Column(view.say("Covered")),
            Column(view.say("Not covered")),
            Column(view.say("of which the group's gap")),
            Column(view.say("One-off operating expenditure")),
            Column(view.say("Note"), 26, "text"),
            Column(view.say("Source"), 34, "text"),
        ],
        frozen=3,
    )
    outcome = view.result.outcome(view.reading)
    of_group = {
        row.key: row.gap for row in view.result.by("measure", view.reading, actor_group=GROUP)
    }
    number = {key: number for number, key in enumerate(view.result.base.tags["id"], 1)}
    low = 3 + len(texts)
    first_year = low + 3
    covered = first_year + len(years)
    first = sheet.row
    for place in range(plan.size[1]):
        need, gap = int(outcome.need[:, place].sum()), int(outcome.gap[:, place].sum())
        here = sheet.row
        amounts: list[Cell] = [view.say("unknown")] * 3
        rest: list[Cell] = [None] * (len(years) + 3)
        if plan.known[place]:
            amounts = [
                int(plan.need.low[:, place].sum()),
                total(need, here, first_year, here, covered - 1),
                int(plan.need.high[:, place].sum()),
            ]
            rest = [
                *(int(amount) for amount in outcome.need[:, place]),
                need - gap,
                Formula(f"={cell(here, low + 1)}-{cell(here, covered)}", gap),
                of_group.get(plan.tags["id"][place], 0),
            ]
        sheet.line(
            [
                number[plan.tags["id"][place]],
                plan.tags["project_number"][place],
                plan.tags["name"][place],
                *(view.tag(tag, plan.tags[tag][place]) for tag in tags),
                *amounts,
                *rest,
                int(outcome.one_off[:, place].sum()) if plan.known[place] else None,
                _note(view, place),
                plan.tags["source_ref"][place],
            ]
        )
    if plan.size[1]:
        sums = [
            *(int(getattr(plan.need, level).sum()) for level in ("low", "mid", "high")),
            *(int(amount) for amount in outcome.need.sum(axis=1)),
            int(outcome.need.sum() - outcome.gap.sum()),
            int(outcome.gap.sum()),
            sum(of_group.values()),
            int(outcome.one_off.sum()),
        ]
        sheet.line(
            [
                None,
                None,
                view.say("Sum, all actors"),
                *[None] * len(texts),
                *(
                    total(value, first, column, sheet.row - 1, column)
                    for column, value in enumerate(sums, low)
                ),
            ],
            "sum",
        )
        sheet.note(
            view.say(
                "What is not covered is a financing gap only for the municipal group; for other "
                "actors it is what they need to invest."
            )
        )


def amounts_sheet(sheet: Sheet, view: View) -> None:
    """Every amount of the plan as it was entered, with the cell or document that it came from."""
    begin(sheet, view, "Where every amount comes from, as the plan states it before any scenario")
    sheet.head(
        [
            Column(view.say("No."), 6, "count"),
            Column(view.say("Measure"), 40, "text"),
            Column(view.say("What"), 30, "text"),
            Column(view.say("Source of money"), 26, "text"),
            Column(view.say("Year"), 12, "text"),
            Column(view.say("Low")),
            Column(view.say("Mid")),
            Column(view.say("High")),
            Column(view.say("Price level"), 16, "text"),
            Column(view.say("VAT"), 14, "text"),
            Column(view.say("Workbook or document"), 40, "text"),
            Column(view.say("Sheet"), 20, "text"),
            Column(view.say("Cell"), 10, "text"),
            Column(view.say("Note"), 40, "text"),
        ],
        frozen=2,
    )
    with view.result.store.read() as cursor:
        document, version = read_document(cursor, view.plan.head.id)
    if version != view.result.base.version:
        raise StaleWrite(view.plan.head.id, view.result.base.version, version)
    for number, measure in enumerate(document.measures, 1):
        for line in _amounts(view, measure):
            sheet.line([number, measure.name, *line])


def _amounts(view: View, measure: Measure) -> Iterator[list[Cell]]:
    """One line per amount of a measure, from the column that says what it is."""

    def prices(level: str, year: int | None) -> str:
        words_of = {"nominal": "nominal prices", "unknown": "price level unknown"}
        return view.say(words_of.get(level, "{year} prices"), year=year)

    def amount(kronor: Decimal | None) -> Cell:
        return view.say("unknown") if kronor is None else to_ore(kronor)

    for spent in measure.expenditures:
        what = view.say(_KINDS[spent.kind])
        if spent.paid:
            what = view.say("{what}, already paid", what=what)
        if spent.scope == "incremental":
            what = view.say("{what}, against business as usual", what=what)
        high: Cell = None
        if spent.is_lower_bound:
            high = view.say("at least")
        elif spent.high is not None:
            high = amount(spent.high)
        yield [
            what,
            "",
            view.year(spent.year),
            None if spent.low is None else amount(spent.low),
            amount(spent.mid),
            high,
            prices(spent.price_level, spent.price_year),
            view.say(words.VAT[spent.vat]),
            *_address(spent.source_ref or measure.source_ref),
            spent.note,
        ]
    for grant in measure.grants:
        for payment in grant.payments:
            yield [
                view.say(_GRANTS[grant.status]),
                view.tag("source", grant.source),
                view.year(payment.year),
                None,
                amount(payment.amount),
                None,
                view.say("nominal prices"),
                "",
                *_address(grant.source_ref or grant.reference or measure.source_ref),
                grant.note,
            ]
    for given in measure.appropriations:
        yield [
            view.say(_APPROPRIATIONS[given.status]),
            view.tag("source", "own_budget"),
            view.year(given.year),
            None,
            amount(given.amount),
            None,
            view.say("nominal prices"),
            "",
            *_address(given.source_ref or measure.source_ref),
            given.decision,
        ]
    for cost in measure.running_costs:
        yield [
            view.say("Change in running cost"),
            "",
            view.year(cost.year),
            None,
            amount(cost.amount),
            None,
            prices(cost.price_level, cost.price_year),
            "",
            *_address(cost.source_ref or measure.source_ref),
            cost.note,
        ]


def _address(source_ref: str) -> list[Cell]:
    """``book.xlsx!Sheet!C7`` as its three parts; anything else is a document."""
    parts = source_ref.split("!")
    if len(parts) == 3:
        return list(parts)
    return [source_ref, "", ""]


def _note(view: View, place: int) -> str:
    """What must be known about a measure's amounts."""
    plan = view.plan
    notes = []
    if not plan.known[place]:
        notes.append(view.say("no known amount"))
    if plan.lower_bound[place]:
        notes.append(view.say("at least"))
    if plan.unconverted[place]:
        notes.append(view.say("real prices, not converted"))
    if plan.years[-1] == LATER and np.any(plan.need.mid[-1, place]):
        notes.append(view.say("continues after the plan's years"))
    return capitalise(", ".join(notes))
