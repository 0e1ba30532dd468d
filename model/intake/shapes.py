"""The shape of a table: a row per project, many lines per project, or costs without years."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from model.intake.column_years import FIRST_YEAR, NEXT_YEAR
from model.intake.columns import Understood
from model.intake.contents import value_of
from model.intake.headings import plain
from model.intake.mapping import normal
from model.intake.regions import Region
from model.intake.table import Because, Column, Shape, Table

# Of how many of a ledger's lines each says a project of its own, at most.
REPEATED = 0.8


def shape_of(region: Region, columns: tuple[Column, ...]) -> Shape:
    """A row per project with years, many rows per project, or a row per project without."""
    roles = {column.role for column in columns}
    dated = [c for c in columns if c.role == "amount" and c.flow != "income"]
    kinds = [c for c in columns if c.role in ("account", "type", "account_name")]
    if "year" in roles and not any(c.year for c in dated):
        return "lines"
    if any(_repeats(region, columns, kind) for kind in kinds):
        return "lines"
    if _balances(region, dated or [c for c in columns if c.role == "total"]):
        return "lines"
    return "projects" if dated else "undated"


def _repeats(region: Region, columns: tuple[Column, ...], kind: Column) -> bool:
    """Whether a project stands on rows of different kinds, or many rows are of few projects."""
    roles = {c.role: c.index for c in reversed(columns)}
    key = roles.get("number", roles.get("name"))
    lines, projects, last, department = 0, set(), "", ""
    kinds: dict[tuple[str, str], set[str]] = {}
    for cells in region.body.values():
        if roles.get("department") in cells:
            department = normal(cells[roles["department"]].text)
        said = key in cells
        if said:
            last = normal(cells[key].text)
        if kind.index in cells:
            lines += 1
            projects.add(last)
            # Names are those of their department; a number is one project's wherever it stands.
            whose = "" if "number" in roles else department
            if said and kind.role != "account_name":
                kinds.setdefault((last, whose), set()).add(cells[kind.index].text)
    several = any(len(found) > 1 for found in kinds.values())
    return several or (lines > 1 and len(projects) < REPEATED * lines)


def _balances(region: Region, money: Sequence[Column]) -> bool:
    """Whether amounts have both signs and come out at nothing in every column."""
    some = False
    for column in money:
        values = [value_of(cell) or 0 for cell in region.column(column.index)]
        if sum(values):
            return False
        some = some or any(value < 0 for value in values)
    return some


def fingerprint(understood: Understood) -> str:
    """The same for the same headings in another year."""
    columns = sorted((*understood.columns, *understood.unknown), key=lambda c: c.index)
    years = [c.year for c in columns if c.year]
    first = min(years, default=0)
    parts = []
    for column in columns:
        words = [
            f"+{int(word) - first}" if re.fullmatch(r"20[0-9]{2}", word) else word
            for word in re.findall(r"20[0-9]{2}|[^\W\d_]+|[0-9]+", plain(column.heading))
        ]
        if column.year and f"{column.year % 100}" in words:
            words[words.index(f"{column.year % 100}")] = f"+{column.year - first}"
        parts.append(" ".join(words))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def one_budget_year(tables: list[Table]) -> list[Table]:
    """Of sheets that each hold one year without another word, the first year is the budget."""
    alone = {
        table.amounts[0].year
        for table in tables
        if len({c.year for c in table.amounts}) == 1 and _is_unnamed(table.amounts[0])
    }
    if len(alone) < 2:
        return tables

    def staged(column: Column) -> Column:
        if column.year not in alone or column.year == min(alone) or not _is_unnamed(column):
            return column
        because = Because(NEXT_YEAR, {"heading": column.heading, "year": column.year})
        return replace(column, stage="plan", because=because)

    return [replace(t, columns=tuple(staged(c) for c in t.columns)) for t in tables]


def _is_unnamed(column: Column) -> bool:
    """A budget only because no other word says what it is."""
    return column.role == "amount" and column.because.template == FIRST_YEAR
