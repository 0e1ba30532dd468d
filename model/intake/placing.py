"""Where each row of a table stands: under which department and in which section.

A department is stated once and holds downwards, on its own row or in its column; a section says how
its rows are financed. A table that only repeats what others come to, a row per department, is a
summary: its rows are sums.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from model.errors import Question
from model.intake.ledger import Ledger
from model.intake.mapping import normal
from model.intake.row_words import Words
from model.intake.sums import Placed
from model.intake.table_rows import Row, TableRows

ASK_SUMMARY = (
    "The sheet {sheet} looks like a summary of others, and none of them has what {name} is the sum "
    "of. Say whether the row is a sum or a project."
)
# So many rows make a summary; one alone may be anything.
FEWEST = 2


def placed(rows: TableRows, words: Words) -> Iterator[Placed]:
    """The rows with their department and section, from the top."""
    department = rows.table.department
    section = ""
    beside = _stand_beside(rows, words)
    for place, row in enumerate(rows.rows):
        if _heads(row):
            label = row.label or row.name
            form = words.section(label)
            if form:
                section, department = form, rows.table.department
            elif row.department or words.is_department(label) or beside:
                department = row.department or label
        elif row.kind in ("project", "earning") and row.department:
            department = row.department
        own = words.sections.get(normal(department), section)
        yield Placed(rows, place, row, department, own)


def _stand_beside(rows: TableRows, words: Words) -> bool:
    """Whether a heading among those of departments is one as well, whatever its name.

    Not where departments are stated in a column, and not where a department's heading is followed
    by one that is no department's: that parts the department.
    """
    if rows.table.column("department") is not None:
        return False
    headings = [
        words.is_department(row.label or row.name) if _heads(row) else None
        for row in rows.rows
        if row.kind not in ("note", "header") and not words.section(row.label or row.name)
    ]
    parted = any(one and other is False for one, other in pairwise(headings))
    return True in headings and not parted


def _heads(row: Row) -> bool:
    """Whether the rows below are the row's."""
    return row.kind == "heading" or (row.kind == "sum" and row.heads)


def find_summaries(
    read: Sequence[tuple[TableRows, list[Placed]]], words: Words, ledger: Ledger
) -> None:
    """Tables whose rows are called as the departments or sections of the others are sums."""
    if len(read) < 2:
        return
    for rows, places in read:
        projects = [each.row for each in places if each.row.kind == "project"]
        if len(projects) < FEWEST or any(row.number or row.said for row in projects):
            continue
        others = {
            name
            for other, theirs in read
            if other is not rows
            for each in theirs
            if each.row.kind == "project"
            for name in (normal(each.department), each.section)
            if name
        }
        known = [row for row in projects if _names_one(row, others, words)]
        titled = any(word in normal(rows.table.sheet.title) for word in words.vocabulary.summaries)
        if len(known) == len(projects) or (titled and 2 * len(known) >= len(projects)):
            for row in projects:
                if row in known:
                    row.kind, row.label = "sum", row.name
                else:
                    _ask(rows, row, ledger)


def _names_one(row: Row, names: set[str], words: Words) -> bool:
    label = words.without_sum(normal(row.name))
    if words.section(label) in names - {""}:
        return True
    return any(
        label == name or label.startswith(f"{name} ") or name.startswith(f"{label} ")
        for name in names
    )


def _ask(rows: TableRows, row: Row, ledger: Ledger) -> None:
    sheet = rows.table.sheet
    question = Question(f"--row {sheet.title}!{row.place}={{choice}}", ("sum", "measure"))
    fields = {"sheet": sheet.title, "name": row.name}
    cell = row.cells.get(rows.name_index, row.first)
    ledger.ask(sheet, cell, "ask_sum", ASK_SUMMARY, question, **fields)
