"""What the calculating sheets are, and every assumption that they use with where it comes from."""

from dataclasses import dataclass

from model.entries import Assumption
from model.formatting import capitalise
from model.language import note as noted
from model.rates import at
from model.reference import reference
from model.report import words
from model.report.book.inputs import Frame
from model.report.sheet import Column, Sheet

_SHOWN = ("economy/calculation_rate", "accounting/internal_interest")
_STATUSES = {"verified": "verified", "unverified": "unverified"}
# Who says an internal interest: model.rates.
_SAID = {
    "municipality": "the plan",
    "assumption": "the assumption below",
    "": "unknown",
}
_LEVELS = {"low": 1, "mid": 2, "high": 3}


@dataclass(frozen=True)
class Cells:
    """Where the figures stand that formulas of many sheets refer to."""

    level: str
    rate: str
    base_year: str
    interest_base: str
    basis: str
    internal: dict[int, str]


def assumptions_sheet(sheet: Sheet, frame: Frame, years: list[int]) -> Cells:
    """The plan's own settings, which may be changed, and the assumptions behind them.

    ``years`` are those that internal interest is needed for.
    """
    say, head = frame.say, frame.plan.head
    sheet.title(
        frame.view.marked(say("Assumptions that the calculation uses")),
        say("What has a coloured ground may be changed, and the sheets follow."),
    )
    look = [
        Column(say("Assumption"), 46, "text"),
        Column(say("Value"), 12, "input_count"),
        Column(say("Low"), 10, "number"),
        Column(say("High"), 10, "number"),
        Column(say("Unit"), 16, "text"),
        Column(say("Price year"), 12, "count"),
        Column(say("In force from"), 12, "count"),
        Column(say("Source"), 46, "text"),
        Column(say("Status"), 14, "text"),
        Column(say("Note"), 50, "text"),
    ]
    sheet.head(look)

    def setting(
        label: str, value: float | None, kind: str, unit: str, source: str = "the plan", **fields
    ) -> str:
        sheet.columns([look[0], Column("", 12, kind), *look[2:]])
        row = sheet.line(
            [say(label, **fields), value, None, None, say(unit), None, None, say(source)]
        )
        return f"'{sheet.name}'!$B${row + 1}"

    sheet.section(say("Settings"))
    cells = Cells(
        level=setting(
            "Which need counts: 1 low, 2 mid, 3 high", _LEVELS["mid"], "input_count", "number"
        ),
        rate=setting(
            "Calculation rate, real", float(head.calculation_rate), "input_rate", "per year"
        ),
        base_year=setting("Base year", head.base_year, "input_count", "year"),
        interest_base=setting(
            "Internal interest on book value: 1 net of undissolved grants, 2 gross",
            1,
            "input_count",
            "number",
            "a choice of the calculation's",
        ),
        basis=setting(
            "Expenditure of the financing analysis: 1 decided, 2 the whole need",
            1,
            "input_count",
            "number",
            "a choice of the calculation's",
        ),
        internal={
            year: setting(
                "Internal interest {year}",
                rate.value,
                "input_rate",
                "per year",
                _SAID[rate.said],
                year=year,
            )
            for year in years
            for rate in [at(frame.view.result.rates().internal, year)]
        },
    )
    sheet.columns([look[0], Column("", 12, "number"), *look[2:]])
    sheet.section(say("Assumptions from the project's data"))
    known = reference()
    for key in _SHOWN:
        _assumption(sheet, frame, known.assumptions[key])
    return cells


def _assumption(sheet: Sheet, frame: Frame, assumption: Assumption) -> None:
    say, known, value = frame.say, reference(), assumption.latest
    language = frame.view.language
    source = known.sources[value.source]
    unit = known.units.get(assumption.unit)
    sheet.line(
        [
            words.name(assumption, language),
            _number(value.value),
            _number(value.low),
            _number(value.high),
            words.name(unit, language) if unit else assumption.unit,
            value.price_year if isinstance(value.price_year, int) else value.price_year or "",
            value.since,
            ", ".join(filter(None, [source.publisher, source.title, source.year])),
            say(_STATUSES[value.status]),
            noted(value, language),
        ]
    )


def readme_sheet(sheet: Sheet, frame: Frame, sheets: list[tuple[str, str]]) -> None:
    """What the workbook is, what it was made from, and what each calculating sheet holds.

    ``sheets`` are names of sheets with what they hold, as English msgids.
    """
    say, view = frame.say, frame.view
    head = view.plan.head
    sheet.title(
        view.marked(say("Read me: how this workbook calculates")),
        say("The plan a second time, as formulas that anybody can follow and change."),
    )
    sheet.columns([Column("", 34, "text"), Column("", 100, "text")])
    sheet.width([34, 100])
    facts = [
        ("Plan", view.marked(head.name)),
        ("Version of the plan", str(view.plan.version)),
        ("Scenario", words.scenario(view.result.scenario, view.language)),
        *(
            ("Adjustment", text)
            for text in words.adjustments(view.result.scenario, view.language, view.result.base)
        ),
        ("Price level", words.price_level(view.plan, view.language)),
        ("VAT", words.vat(view.plan, view.language)),
        ("Unit", say("thousand SEK, exact to the öre; shown without decimals")),
        ("Source", head.source or say("unknown")),
        ("Made on", view.today.isoformat()),
        (
            "The sheets before this one",
            say("show the result as it was when the workbook was made, in one reading."),
        ),
        (
            "The sheets after this one",
            say(
                "calculate it anew: every result is a formula. Amounts are nominal and as the "
                "scenario makes them. Change a cell with a coloured ground and the rest follows; "
                "the checks say how far it has moved from what was exported."
            ),
        ),
        (
            "Not in formulas",
            say(
                "the expected value (a mean over the outcomes of applications), the conversion "
                "between real and nominal prices, what a scenario changes, and the flows of the "
                "net present values, which are the model's: changed needs do not reach them."
            ),
        ),
    ]
    for label, text in facts:
        sheet.fact(say(label), text)
    sheet.space()
    sheet.section(say("Sheets"))
    for name, text in sheets:
        sheet.fact(name, capitalise(say(text)))


def _number(value) -> float | None:
    return None if value is None else float(value)
