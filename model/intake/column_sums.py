"""Which columns are the sum of their row, with or without a heading that says so."""

import re
from decimal import Decimal

from model.intake.candidates import Candidates
from model.intake.mapping import normal
from model.intake.table import Because, Column

# How many of the rows must agree before a column is the sum of others.
MOST = Decimal("0.8")

SUM_OF_ROW = "The amounts are the sums of their rows."
NOT_THE_SUM = "“{heading}” is larger than the years together: the whole project."


def settle_totals(found: Candidates) -> None:
    """A column is the sum of its row when its figures say so, also without a heading."""
    amounts = [c for c in found.of("amount") if c.stage not in ("actual", "forecast")]
    if not amounts:
        return
    for column in found.columns.values():
        held = found.profiles[column.index]
        if held.content != "number" or column.index in found.answered:
            continue
        unknown = column.confidence == 0
        if unknown and _is_sum(found, column, amounts):
            found.set(column, role="total", confidence=90, because=Because(SUM_OF_ROW))
        elif column.role == "total" and not _is_sum(found, column, amounts):
            _whole_project(found, column, amounts)


def _whole_project(found: Candidates, column: Column, amounts: list[Column]) -> None:
    """Larger than its row, and not called a sum: what the whole project costs."""
    called_sum = re.search(r"\bsumma\b|\bsum\b|\btotalt\b|\bs:a\b", normal(column.heading))
    money = re.search(r"utgift|kostnad|investering|belopp|projekt|cost", normal(column.heading))
    if called_sum or not money or column.flow not in (None, "expenditure"):
        return
    larger = smaller = 0
    for row in found.rows:
        stated, parts = found.figures(row, column, amounts)
        if stated is not None and parts:
            whole = sum(parts.values(), Decimal(0))
            larger += abs(stated) > abs(whole)
            smaller += abs(stated) < abs(whole)
    if larger and not smaller:
        because = Because(NOT_THE_SUM, {"heading": column.heading})
        found.set(column, role="decided_total", confidence=85, because=because)


def _is_sum(found: Candidates, column: Column, amounts: list[Column]) -> bool:
    """Whether most rows have here the sum of their years, of one flow or net of income."""
    spending = [c for c in amounts if c.flow in (None, "expenditure")]
    income = [c for c in amounts if c.flow == "income"]
    unpaid = [c for c in spending if c.stage != "before"]
    within = [c for c in unpaid if c.stage != "later"]
    groups = [(group, []) for group in (spending, unpaid, within) if group]
    if income:
        groups += [(income, []), (spending, income)]
    agreed = [0] * len(groups)
    compared = telling = 0
    for row in found.rows:
        stated, parts = found.figures(row, column, amounts)
        if stated is None or not parts:
            continue
        compared += 1
        telling += sum(value != 0 for value in parts.values()) > 1
        for place, (plus, minus) in enumerate(groups):
            whole = sum((parts.get(c.index, Decimal(0)) for c in plus), Decimal(0))
            less = sum((parts.get(c.index, Decimal(0)) for c in minus), Decimal(0))
            near = max(Decimal(len(parts)), abs(stated) / 1000)
            near = near if stated == stated.to_integral_value() else near / 10
            agreed[place] += any(
                abs(stated - other) <= (near if other != whole or telling else 0)
                for other in (whole - less, whole + less)
            )
    return telling > 0 and max(agreed, default=0) >= compared * MOST
