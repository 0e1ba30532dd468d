"""Rows that are sums or parts although no word says so: their figures do.

A row without a name that comes to what stands above or below it is a sum, and so is one that is
called as the department or section whose rows it adds up. Rows beneath a project that together come
to it are its steps. A row with a name of its own and without a number, as large as all rows above
it together, may be a project or their sum; one beneath the total of everything may be no project at
all: that is asked.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from model.errors import Question
from model.intake.amount_columns import Key
from model.intake.groups import ZERO, Span, Totals, agrees, checked_keys
from model.intake.ledger import Ledger
from model.intake.mapping import normal
from model.intake.row_words import Words
from model.intake.sums import rounding
from model.intake.sums_above import sums_above
from model.intake.table_rows import Row, TableRows

ASK_SUM = (
    "The row {name} is as large as all rows above it together. "
    "Begin its name with Summa if it is their sum, or give it a project number if it is not."
)
ASK_SUM_ABOVE = (
    "The row {name} is as large as the rows right below it together. "
    "Say whether it is their sum or a project of its own."
)
ASK_INCOME = (
    "The row {name} may be income of the project above it, or a project of its own. "
    "Say which, or write the source and a minus before an income."
)

ASK_STEP = (
    "The row {name} may be a part of the project above it, or a project of its own. "
    "Say which, or begin its name with varav if it is a part."
)
ASK_BELOW = (
    "The row {name} stands beneath the sum of everything, and has no number. "
    "Say whether it is a project, or is to be left out."
)
# Rounding of so many rows is the most that is waited for.
MANY = 10_000
_BULLETS = "-–—•·*"


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
        self.department = normal(table.table.department)
        # The sum of everything above it that nothing has begun anew after.
        self.total: Row | None = None
        self.asked: set[int] = set()

    def resolve(self) -> None:
        self._steps()
        self._above()
        last = max((i for i, row in enumerate(self.table.rows) if row.kind == "sum"), default=-1)
        for place, row in enumerate(self.table.rows):
            if row.department and row.kind in ("project", "heading"):
                changed = normal(row.department) != self.department
                self.department = normal(row.department)
                if changed and place:
                    self.starts.append(place)
            elif row.kind == "heading":
                self.department = normal(row.label)
            judged = row.said or row.number or row.place in self.asked
            if row.kind in ("nameless", "project") and not judged:
                self._judge(place, row)
            if self._is_beneath_all(place, row, last):
                if normal(row.label) in self.words.financing_rows:
                    row.kind = "aside"
                else:
                    row.kind = "doubtful"
                    self._ask(row, "ask_row", ASK_BELOW, ("ignore", "measure"))
            elif row.kind == "doubtful" and row.place not in self.asked:
                self._ask(row, "ask_row", ASK_INCOME, ("income", "measure", "ignore"))
            self._follow_total(place, row)
            self.span.append(row)
            if row.kind == "sum":
                self.last_sum = place + 1
            if row.kind in ("sum", "heading"):
                self.starts.append(place + 1)

    def _steps(self) -> None:
        """Rows beneath a project, without numbers, that come to it are its parts."""
        rows = self.table.rows
        for place, row in enumerate(rows):
            if row.kind != "project" or self._is_step(row):
                continue
            run = list(takewhile(self._is_step, self._beneath(place)))
            marked = bool(run)
            if not run and self.numbered and row.number:
                run = list(self._beneath(place))
            if not run or (not marked and len(run) == 1):
                continue
            together = Totals()
            for other in run:
                together.add(other)
            if agrees(row.values, together, whole=True):
                for other in run:
                    other.kind = "part"
            elif marked:
                for other in run:
                    other.kind = "doubtful"
                    self._ask(other, "ask_row", ASK_STEP, ("part", "measure"))

    def _above(self) -> None:
        """Without numbers, rows that come to those right below them are sums where several do."""
        if self.numbered:
            return
        rows, ends = self.table.rows, sums_above(self.table.rows)
        groups = {place for place, end in ends.items() if end - place > 2}
        for place in ends:
            row = rows[place]
            if place in groups and len(groups) > 1:
                row.kind, row.heads = "sum", True
            elif not self._is_group(row):
                self._ask(row, "ask_sum", ASK_SUM_ABOVE, ("sum", "measure"))

    def _beneath(self, place: int) -> Iterator[Row]:
        """The rows right beneath a project that may be parts of it."""
        return takewhile(
            lambda row: row.kind == "project" and not (row.number or row.department or row.said),
            self._after(place),
        )

    def _after(self, place: int) -> Iterator[Row]:
        """The rows after one, without a copy of them."""
        rows = self.table.rows
        return (rows[number] for number in range(place + 1, len(rows)))

    def _is_step(self, row: Row) -> bool:
        """The name is set off as in a list, or indented, and has no number."""
        cell = row.cells.get(self.table.name_index)
        said = cell.value if cell is not None and cell.kind == "text" else ""
        return not row.number and (said[:1] in _BULLETS if said[:1].strip() else bool(said))

    def _follow_total(self, place: int, row: Row) -> None:
        """Remember the sum of everything, until something new begins."""
        if row.kind == "sum" and not row.heads:
            whole = self.span.count(0, place) > 1 and agrees(row.values, self.span.totals(0, place))
            self.total = row if whole else None
        elif row.kind in ("heading", "project"):
            begun = row.number or (row.kind == "heading" and self._is_group(row))
            if begun or (row.department and row.name):
                self.total = None

    def _is_beneath_all(self, place: int, row: Row, last: int) -> bool:
        """A row without number and department beneath the sum of everything, or the last sum."""
        if self.total is None or row.number or row.said or (row.department and row.name):
            return False
        if row.kind not in ("project", "nameless") or not row.label:
            return False
        label = normal(self.total.label)
        return place > last or label.startswith(("total", "summa total"))

    def _judge(self, place: int, row: Row) -> None:
        if not any(row.values.values()):
            return
        nameless = row.kind == "nameless"
        named_as_group = nameless or self._is_group(row)
        # One project may be all there is of its department.
        own = nameless or normal(row.name) == self.department
        if named_as_group and self._equals_above(place, row, 1 if own else 2):
            row.kind = "sum"
        elif not named_as_group and self._equals(place, row, self.last_sum, 2):
            self._ask(row, "ask_sum", ASK_SUM, ("sum", "measure"))
        elif (named_as_group or self.numbered) and self._equals_below(place, row):
            row.kind = "sum"
            row.heads = True

    def _is_group(self, row: Row) -> bool:
        """The row is called as a department, a section, or what a sum names."""
        name = normal(row.name or row.label)
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
        return self._agrees(row, self.span.totals(start, place))

    def _agrees(self, row: Row, group: Totals) -> bool:
        """Exactly; a row that is called as its group may also be rounded."""
        if agrees(row.values, group, whole=True):
            return True
        if not self._is_group(row):
            return False
        return agrees(row.values, group, whole=True, slack=self._slack(row, group.count))

    def _slack(self, row: Row, parts: int) -> dict[Key, Decimal]:
        return {
            self.table.uses[index].key: rounding(self.table, found.decimals, index, parts)
            for index, found in row.figures.items()
        }

    def _equals_below(self, place: int, row: Row) -> bool:
        """Whether the rows that follow come to this one, up to the next that may be a group."""
        below = Totals()
        largest = max((key for key, value in row.values.items() if value), key=row.values.get)
        most = row.values[largest] + self._slack(row, MANY)[largest]
        for other in self._after(place):
            group = other.kind in ("sum", "heading") or not (
                other.number if self.numbered else not self._is_group(other)
            )
            if group and below.count and self._agrees(row, below):
                return True
            # Income stands beneath its project, so what is left is known when the next one begins.
            left = below.gross.get(largest, ZERO) - below.income.get(largest, ZERO)
            if other.kind not in ("income", "part") and left > most:
                return False
            if other.kind == "income" or (other.kind == "project" and not group):
                below.add(other)
        return bool(below.count) and self._agrees(row, below)

    def _ask(self, row: Row, code: str, template: str, choices: tuple[str, ...]) -> None:
        question = Question(f"--row {self.sheet.title}!{row.place}={{choice}}", choices)
        cell = row.cells.get(self.table.name_index, row.first)
        self.asked.add(row.place)
        self.ledger.ask(self.sheet, cell, code, template, question, name=row.name or row.label)
