"""Of which year, and of what, the amounts of a column are, when its heading alone does not say."""

import re

from model.intake.candidates import NOT_KNOWN, Candidates, choice
from model.intake.headings import Meaning
from model.intake.mapping import normal
from model.intake.table import Because

YEAR_OF_TITLE = "The heading “{heading}” has no year; the title says {year}."
YEAR_BESIDE = "The heading “{heading}” has no year; it stands beside {year}."
BEYOND_YEARS = "The period “{heading}” lies after the last year."
EARLIER_BUDGET = "“{heading}” is the budget of a year before {year}, which the title names."
YEAR_OF_SHEET = "“{heading}” is of {year}, the only year that the titles name."
FIRST_YEAR = "“{heading}” is the first year without another word: the budget year."
NEXT_YEAR = "“{heading}” comes after the budget year: a plan year."
ASK_OVERLAP = (
    "The column “{heading}” reaches into {year}, which has a column of its own. "
    "Say what it is for, or that it is to be left out."
)
ASK_STAGE = (
    "The column “{heading}” is of a year before the budget year, and does not say whether it is "
    "an outcome, a forecast or a budget. Say which, or that it is to be left out."
)
ASK_EARLIER = (
    "The column “{heading}” is the budget of a year before {year}, whose budget stands beside it. "
    "Say that it is to be left out, or what it is for."
)
ASK_YEAR = "The column “{heading}” does not say which year it is for. Say which."


def settle_spans(found: Candidates) -> None:
    """A period after the last year comes later; one that has columns is their sum."""
    years = [c.year for c in found.of("amount") if c.year and c.stage not in ("before",)]
    for column in found.of("total"):
        span = found.meanings.get(column.index, Meaning(None)).span
        if span is None or not years:
            continue
        if span[0] > max(years):
            because = Because(BEYOND_YEARS, {"heading": column.heading})
            found.set(column, role="amount", year=None, stage="later", because=because)
        elif span[1] < min(years):
            because = Because(NOT_KNOWN, {"heading": column.heading})
            found.set(column, role="ignore", confidence=0, because=because)


def settle_years(found: Candidates, title_year: int | None, only_year: int | None) -> None:
    """Amounts whose heading has no year take that of the title or of the columns beside."""
    _settle_year_of_sheet(found, only_year)
    amounts = found.of("amount")
    spending = [c for c in amounts if c.year and c.flow in (None, "expenditure")]
    for column in amounts:
        if column.year or column.stage not in ("budget", "plan", "bare"):
            continue
        if title_year and column.stage == "budget":
            fields = {"heading": column.heading, "year": title_year}
            because = Because(YEAR_OF_TITLE, fields)
            found.set(column, year=title_year, confidence=85, because=because)
        else:
            found.ask(column, ASK_YEAR, (), heading=column.heading)
    beside = {"amount": "income", "total": "net"}
    loose = [
        column
        for role, flow in beside.items()
        for column in found.of(role)
        if column.year is None
        and column.stage is None
        and column.flow == flow
        and found.meanings.get(column.index, Meaning(None)).span is None
    ]
    by_flow = {flow: [c for c in loose if c.flow == flow] for flow in ("income", "net")}
    for same in by_flow.values():
        if not same or len(same) != len({c.year for c in spending}):
            continue
        for column in same:
            left = [c for c in spending if c.index < column.index]
            if not left:
                continue
            near = left[-1]
            fields = {"heading": column.heading, "year": near.year}
            found.set(
                column,
                role="amount",
                year=near.year,
                stage=near.stage,
                confidence=85,
                because=Because(YEAR_BESIDE, fields),
            )


def _settle_year_of_sheet(found: Candidates, only_year: int | None) -> None:
    """Belopp on a sheet named 2026 is of that year; the total of a project is of no year."""
    if not only_year or any(c.year or c.stage for c in found.of("amount")):
        return
    for column in found.of("total"):
        whole = re.search(r"total|summa|\bsum\b|hela|projekt", normal(column.heading))
        if whole or found.profiles[column.index].content != "number":
            continue
        because = Because(YEAR_OF_SHEET, {"heading": column.heading, "year": only_year})
        found.set(
            column,
            role="amount",
            year=only_year,
            stage="bare",
            confidence=min(column.confidence, 85),
            because=because,
        )


def settle_stages(found: Candidates, title_year: int | None) -> None:
    """The first bare year is the budget unless another is named so; later ones are plan."""
    dated = [c for c in found.of("amount", "operation") if c.year]
    named = [c.year for c in dated if c.stage == "budget" and c.role == "amount"]
    planned = [c.year for c in dated if c.stage == "plan" and c.role == "amount"]
    bare = [c.year for c in dated if c.stage == "bare" and c.role == "amount"]
    budget = min(named or bare or planned, default=None)
    if not named and title_year in bare:
        budget = title_year
    if not named and planned and bare and min(planned) < budget:
        budget = None
    for column in dated:
        if column.stage != "bare" or budget is None or column.year < budget:
            continue
        first = column.year == budget
        fields = {"heading": column.heading, "year": column.year}
        template = FIRST_YEAR if first else NEXT_YEAR
        found.set(column, stage="budget" if first else "plan", because=Because(template, fields))
    _settle_earlier_budgets(found, title_year, named, planned)
    calendar = [c.year for c in found.of("amount") if c.year and c.stage in ("budget", "plan")]
    for column in found.of("amount"):
        if column.index in found.answered or not found.profiles[column.index].filled:
            continue
        if column.stage == "bare" and column.year:
            choices = tuple(
                f"amount:{column.year}:{stage}" for stage in ("actual", "forecast", "budget")
            )
            found.ask(column, ASK_STAGE, (*choices, "ignore"), heading=column.heading)
        late = column.stage == "before" and column.year and calendar
        if late and column.year >= min(calendar):
            fields = {"heading": column.heading, "year": column.year}
            found.ask(column, ASK_OVERLAP, ("amount::before", "ignore"), **fields)


def _settle_earlier_budgets(
    found: Candidates, title_year: int | None, named: list[int], planned: list[int]
) -> None:
    """Last year's budget beside this year's: no decision of this plan.

    Years that stand under one heading *Budget* are a budget of several years.
    """
    known = title_year in named
    before_plan = [year for year in named if not planned or year < min(planned)]
    if not known and (not planned or not before_plan):
        return
    budget = title_year if known else max(before_plan)
    over_plan = _heading_cells(found, "plan")
    together = _heading_cells(found, "budget", budget) - over_plan
    for column in found.of("amount"):
        if column.stage != "budget" or not column.year or column.year >= budget:
            continue
        if together & _heading_cells(found, "budget", column.year):
            continue
        fields = {"heading": column.heading, "year": budget}
        if known:
            found.set(column, role="ignore", because=Because(EARLIER_BUDGET, fields))
        else:
            choices = ("ignore", choice(column), "amount::before")
            found.ask(column, ASK_EARLIER, choices, **fields)


def _heading_cells(found: Candidates, stage: str, year: int | None = None) -> set[str]:
    """The cells that stand over the columns of a stage, of one year or all."""
    return {
        cell.ref
        for column in found.of("amount")
        if column.stage == stage and year in (None, column.year)
        for cell in found.region.headings.get(column.index, ())
    }
