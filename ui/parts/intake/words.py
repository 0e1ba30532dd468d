"""What columns, tables and answers are called on the page."""

from collections.abc import Mapping
from decimal import Decimal

from model.intake.answers import UNITS, ColumnAnswer
from model.intake.table import Because, Column, Shape, Unit
from model.money import to_ore
from ui import format as write
from ui import safe
from ui.i18n import _, mark

SHAPES: Mapping[Shape, str] = {
    "projects": mark("A row for each project"),
    "lines": mark("Several rows for each project"),
    "undated": mark("A row for each project, without years"),
}

# What a column can be said to be: ROLE, or amount:STAGE:FLOW.
MEANINGS: Mapping[str, str] = {
    "name": mark("Name of the project"),
    "number": mark("Project number"),
    "department": mark("Department or company"),
    "district": mark("District or locality"),
    "owner": mark("Owner"),
    "stakeholders": mark("Others who take part"),
    "amount:budget:expenditure": mark("Budget: expenditure"),
    "amount:plan:expenditure": mark("Plan: expenditure"),
    "amount:before:expenditure": mark("Spent up to and including"),
    "amount:actual:expenditure": mark("Actual of a year"),
    "amount:forecast:expenditure": mark("Forecast of a year"),
    "amount:later:expenditure": mark("Expenditure later on"),
    "amount:budget:income": mark("Budget: grant or income"),
    "amount:plan:income": mark("Plan: grant or income"),
    "amount:before:income": mark("Income up to and including"),
    "amount:later:income": mark("Income later on"),
    "amount:budget:net": mark("Budget: net"),
    "amount:plan:net": mark("Plan: net"),
    "amount:before:net": mark("Net up to and including"),
    "amount:later:net": mark("Net later on"),
    "total": mark("Sum of the row"),
    "decided_total": mark("Total expenditure decided"),
    "forecast_total": mark("Forecast of the total"),
    "carry_over": mark("Carried over"),
    "operation": mark("Effect on operating costs"),
    "cost_text": mark("Cost in words"),
    "sector": mark("Sector"),
    "green": mark("Mark of green bonds"),
    "fossil_free": mark("Mark of fossil-free"),
    "source": mark("Source of funding"),
    "status": mark("Status of the funding"),
    "start": mark("Starts"),
    "end": mark("Ends"),
    "year": mark("Year of the row"),
    "tonnes": mark("Tonnes of greenhouse gas"),
    "account": mark("Account"),
    "account_name": mark("Name of the account"),
    "type": mark("Kind of row"),
    "unit": mark("Unit of the row"),
    "decision": mark("Decision"),
    "comment": mark("Comment"),
    "ignore": mark("Nothing for the plan"),
}
# The same in the head of a column, where its year is known.
_SHORT: Mapping[str, str] = {
    "amount:budget:expenditure": mark("Budget {year}"),
    "amount:plan:expenditure": mark("Plan {year}"),
    "amount:before:expenditure": mark("Until {year}"),
    "amount:actual:expenditure": mark("Actual {year}"),
    "amount:forecast:expenditure": mark("Forecast {year}"),
    "amount:budget:income": mark("Income, budget {year}"),
    "amount:plan:income": mark("Income, plan {year}"),
    "amount:before:income": mark("Income until {year}"),
    "amount:budget:net": mark("Net, budget {year}"),
    "amount:plan:net": mark("Net, plan {year}"),
    "amount:before:net": mark("Net until {year}"),
}
_DATED = ("budget", "plan", "before", "actual", "forecast")

# The words that choices of a question are, where the choice itself is a key.
CHOICES: Mapping[str, str] = {
    "kr": mark("kronor"),
    "tkr": mark("thousands of kronor (tkr)"),
    "mnkr": mark("millions of kronor (mnkr)"),
    "mdkr": mark("billions of kronor (mdkr)"),
    "positive": mark("as positive amounts"),
    "negative": mark("as negative amounts"),
    "yes": mark("Yes"),
    "no": mark("No"),
    "thousands": mark("a thousands separator"),
    "decimal": mark("a decimal point"),
    "measure": mark("a project of its own"),
    "sum": mark("a sum"),
    "part": mark("a part of the row above"),
    "heading": mark("a heading"),
    "income": mark("income of the project above"),
}


def meaning(column: Column) -> str:
    """What a column was understood as, as a key of :data:`MEANINGS`."""
    if column.role != "amount":
        return column.role
    return f"amount:{column.stage or 'bare'}:{column.flow or 'expenditure'}"


def said(meaning: str, year: int | None) -> ColumnAnswer:
    """The answer that a meaning and a year are."""
    role, *rest = meaning.split(":")
    stage, flow = rest or (None, None)
    return ColumnAnswer(role=role, year=year if is_dated(meaning) else None, stage=stage, flow=flow)


def is_dated(meaning: str) -> bool:
    """Whether a meaning needs a year to be whole."""
    return meaning == "operation" or meaning.split(":")[1:2] in [[stage] for stage in _DATED]


def short(column: Column) -> str:
    """What a column was understood as, in a few words with its year."""
    return dated(meaning(column), column.year)


def dated(meaning: str, year: int | None) -> str:
    """A meaning with its year, in words."""
    if year and meaning in _SHORT:
        return _(_SHORT[meaning], year=year)
    label = MEANINGS.get(meaning)
    text = _(label) if label else _("Amounts of a year, it is not known which")
    return f"{text}, {year}" if year else text


def unit(known: Unit) -> str:
    """A unit in a word: ``tkr``, or what one unit is where it has no name."""
    if not known.rate_known:
        return known.currency
    name = unit_name(known.factor)
    return name or write.kronor(to_ore(known.factor))


def unit_name(factor: Decimal) -> str:
    """``tkr`` for a thousand kronor; empty for a unit that has no name."""
    return next((word for word, kronor in UNITS.items() if kronor == factor), "")


def choice(value: str) -> str:
    """What a choice of a question is called: its word, a column's meaning, or what it says."""
    role, *rest = value.split(":")
    if value.endswith("=no"):
        return _("leave out {sheet}", sheet=safe.line(value.removesuffix("=no")))
    if value in CHOICES:
        return _(CHOICES[value])
    if role == "amount" and len(rest) >= 2:
        year, stage, *flow = rest
        key = f"amount:{stage}:{(flow or ['expenditure'])[0]}"
        if key in MEANINGS:
            return dated(key, int(year) if year.isdigit() else None)
    return _(MEANINGS[value]) if value in MEANINGS else safe.line(value)


def reason(because: Because) -> str:
    """Why something is understood as it is; empty where nothing is said."""
    return _(because.template, **because.fields) if because.template else ""
