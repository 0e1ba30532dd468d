"""What each column of amounts is to a plan: need, decision, grant, a check, or nothing.

A budget column is need and a decided appropriation, a plan column need and a planned one, what is
paid up to a year is need that is already paid, and what comes later is need without a decision. A
forecast or an outcome of a year before the budget is left out where a column of what is spent so
far holds it already; where none does, it is paid before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from model.intake.table import Because, Column, Flow, Table
from model.years import BEFORE, LATER

# What an amount of a table speaks of, the same on every sheet: (kind, year, flow).
Key = tuple[str, int | None, str]
Purpose = Literal["amount", "total", "field", "unused"]

COVERED = "already in the column “{other}”: {heading}"
FORECAST = "a forecast of a year that the sheet has in another column: {heading}"
NO_YEAR = "an amount whose year is not known: {heading}"
SAME_AS = "the same year as the column “{other}”: {heading}"
SECOND = "a second column for the same thing: {heading}"

# Roles of kronor that are a figure of the whole project and no amount of a year.
FIELDS = ("decided_total", "forecast_total", "carry_over", "operation")
_STATUS = {"budget": "decided", "plan": "planned"}
_ORDER = {"before": 0, "actual": 1, "forecast": 2, "later": 4}


@dataclass(frozen=True)
class Use:
    """A column of kronor and what it is for. ``year`` is that of the plan: BEFORE, LATER or a year.

    ``status`` is of the appropriation that the column also is, empty when it is none. ``reason``
    says why it is *unused*.
    """

    column: Column
    key: Key
    flow: Flow
    purpose: Purpose
    year: int | None = None
    status: Literal["decided", "planned", ""] = ""
    reason: Because | None = None

    @property
    def index(self) -> int:
        """The column's number on the sheet."""
        return self.column.index

    @property
    def paid(self) -> bool:
        """Already paid when the budget begins."""
        return self.year == BEFORE

    @property
    def is_need(self) -> bool:
        """Holds expenditure of a year of the plan."""
        return self.purpose == "amount" and self.flow == "expenditure"


def uses(table: Table) -> dict[int, Use]:
    """What the columns of kronor of a table are for, by their number, from left to right."""
    found: dict[int, Use] = {}
    by_flow: dict[Flow, list[Column]] = {}
    for column in table.amounts:
        by_flow.setdefault(flow_of(column, table), []).append(column)
    for flow, columns in by_flow.items():
        for use in _of_flow(columns, flow):
            found[use.index] = use
    for column in table.columns:
        flow = flow_of(column, table)
        if column.role == "total":
            found[column.index] = Use(column, ("total", column.year, flow), flow, "total")
        elif column.role in FIELDS:
            key = (column.role, column.year, flow)
            found[column.index] = Use(column, key, flow, "field", column.year)
    return _once(dict(sorted(found.items())))


def flow_of(column: Column, table: Table) -> Flow:
    """The flow of a column: its own, or what the table's amounts are when its heading is silent."""
    return column.flow or table.flow


def _of_flow(columns: list[Column], flow: Flow) -> Iterable[Use]:
    calendar = {c.year for c in columns if c.stage in ("budget", "plan") and c.year is not None}
    before = max(
        (c for c in columns if c.stage == "before"),
        key=lambda column: column.year or LATER,
        default=None,
    )
    for column in columns:
        yield _use(column, flow, calendar, before, columns)


def _use(
    column: Column, flow: Flow, calendar: set[int], before: Column | None, columns: list[Column]
) -> Use:
    def unused(template: str, other: Column | None = None) -> Use:
        fields = {"heading": column.heading}
        if other is not None:
            fields["other"] = other.heading
        key = (f"{column.stage} {column.index}", column.year, flow)
        return Use(column, key, flow, "unused", reason=Because(template, fields))

    def counted(year: int, status: str = "") -> Use:
        kind = {BEFORE: "before", LATER: "later"}.get(year, "year")
        if year == BEFORE and column.stage != "before":
            kind = f"{column.stage} {column.year}"
        key = (kind, year if kind == "year" else None, flow)
        return Use(column, key, flow, "amount", year, status)

    stage, year = column.stage, column.year
    if stage == "before":
        return counted(BEFORE) if column is before else unused(COVERED, before)
    if stage == "later":
        return counted(LATER)
    if stage in _STATUS and year is not None:
        # Only a year that is said: spent "so far" may well be up to the budget year.
        if stage == "budget" and before is not None and before.year and _covers(before, year):
            return unused(COVERED, before)
        return counted(year, _STATUS[stage])
    if stage == "actual" and year is not None:
        return unused(COVERED, before) if _covers(before, year) else counted(BEFORE)
    if stage == "forecast" and year is not None:
        return _forecast(column, calendar, before, columns, unused, counted)
    if year is None and flow != "expenditure":
        # Income of the whole project, or what is net in all: a sum, checked where it has parts.
        return Use(column, ("total", None, flow), flow, "total")
    return unused(NO_YEAR)


def _covers(before: Column | None, year: int) -> bool:
    """What is spent so far, without a year or until this one, holds the year."""
    return before is not None and (before.year is None or before.year >= year)


def _forecast(column, calendar, before, columns, unused, counted) -> Use:
    year = column.year
    if year in calendar:
        return unused(FORECAST)
    if calendar and year < min(calendar):
        if _covers(before, year):
            return unused(COVERED, before)
        actual = next((c for c in columns if c.stage == "actual" and c.year == year), None)
        return unused(COVERED, actual) if actual is not None else counted(BEFORE)
    return counted(year)


def _once(found: Mapping[int, Use]) -> dict[int, Use]:
    """The first column of each key counts; a second one is left out (and has been asked about)."""
    first: dict[Key, Column] = {}
    kept = {}
    for index, use in found.items():
        other = first.setdefault(use.key, use.column)
        again = other is not use.column and use.purpose not in ("unused", "total")
        kept[index] = _second(use, other) if again else use
    return kept


def _second(use: Use, other: Column) -> Use:
    """A column that says the same as one before it."""
    fields: dict[str, object] = {"heading": use.column.heading}
    template = SECOND
    if use.purpose == "amount":
        template, fields = SAME_AS, fields | {"other": other.heading}
    key = (f"second {use.index}", use.year, use.flow)
    return Use(use.column, key, use.flow, "unused", reason=Because(template, fields))
