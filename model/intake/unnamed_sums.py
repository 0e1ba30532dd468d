"""Rows that are sums although no word says so: their figures do.

A row without a name that comes to what stands above or below it is a sum, and so is one that is
called as the department or section whose rows it adds up. A row with a name of its own and without
a number, as large as all rows above it together, may be either: that is asked.
"""

from model.errors import Question
from model.intake.groups import ZERO, Span, Totals, agrees, checked_keys
from model.intake.ledger import Ledger
from model.intake.mapping import normal
from model.intake.row_kinds import Row, TableRows
from model.intake.row_words import Words

ASK_SUM = (
    "The row {name} is as large as all rows above it together. "
    "Begin its name with Summa if it is their sum, or give it a project number if it is not."
)
ASK_INCOME = (
    "The row {name} may be income of the project above it, or a project of its own. "
    "Say which, or write the source and a minus before an income."
)


def resolve(table: TableRows, words: Words, ledger: Ledger) -> None:
    """Find the unnamed sums of a table, and ask about rows that may be one. Changes row kinds."""
    _Resolver(table, words, ledger).resolve()


class _Resolver:
    def __init__(self, table: TableRows, words: Words, ledger: Ledger):
        self.table, self.words, self.ledger = table, words, ledger
        self.sheet = table.table.sheet
        self.numbered = table.table.column("number") is not None
        self.span = Span(checked_keys(table))
        # Where a group of rows may begin, counted in rows; and the last sum.
        self.starts, self.last_sum = [0], 0
        self.department = ""

    def resolve(self) -> None:
        for place, row in enumerate(self.table.rows):
            if row.department and row.kind in ("project", "heading"):
                changed = normal(row.department) != self.department
                self.department = normal(row.department)
                if changed and place:
                    self.starts.append(place)
            if row.kind in ("nameless", "project") and not row.said and not row.number:
                self._judge(place, row)
            if row.kind == "doubtful":
                self._ask(row, "ask_row", ASK_INCOME, ("income", "measure", "ignore"))
            self.span.append(row)
            if row.kind == "sum":
                self.last_sum = place + 1
            if row.kind in ("sum", "heading"):
                self.starts.append(place + 1)

    def _judge(self, place: int, row: Row) -> None:
        if not any(row.values.values()):
            return
        nameless = row.kind == "nameless"
        named_as_group = nameless or self._is_group(row)
        if named_as_group and self._equals_above(place, row, 1 if nameless else 2):
            row.kind = "sum"
        elif not named_as_group and self._equals(place, row, self.last_sum, 2):
            self._ask(row, "ask_sum", ASK_SUM, ("sum", "measure"))
        elif (named_as_group or self.numbered) and self._equals_below(place, row):
            row.kind = "sum"
            row.heads = True

    def _is_group(self, row: Row) -> bool:
        """The row is called as a department, a section, or what a sum names."""
        name = normal(row.name)
        return (
            name == self.department
            or self.words.is_department(name)
            or bool(self.words.section(name))
        )

    def _equals_above(self, place: int, row: Row, least: int) -> bool:
        return any(self._equals(place, row, start, least) for start in reversed(self.starts))

    def _equals(self, place: int, row: Row, start: int, least: int) -> bool:
        if self.span.count(start, place) < least:
            return False
        return agrees(row.values, self.span.totals(start, place), whole=True)

    def _equals_below(self, place: int, row: Row) -> bool:
        """Whether the rows that follow come to this one, up to the next that may be a group."""
        below = Totals()
        largest = max((key for key, value in row.values.items() if value), key=row.values.get)
        for other in self.table.rows[place + 1 :]:
            group = other.kind in ("sum", "heading") or not (
                other.number if self.numbered else not self._is_group(other)
            )
            if group and below.count and agrees(row.values, below, whole=True):
                return True
            if other.kind == "income" or (other.kind == "project" and not group):
                below.add(other)
            if (
                below.gross.get(largest, ZERO) - below.income.get(largest, ZERO)
                > row.values[largest]
            ):
                return False
        return bool(below.count) and agrees(row.values, below, whole=True)

    def _ask(self, row: Row, code: str, template: str, choices: tuple[str, ...]) -> None:
        question = Question(f"--row {self.sheet.title}!{row.place}={{choice}}", choices)
        cell = row.cells.get(self.table.name_index, row.first)
        self.ledger.ask(self.sheet, cell, code, template, question, name=row.name)
