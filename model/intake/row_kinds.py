"""What each row of a table is: a project, a sum, a part of another row, income, or a heading.

A row is judged by its words and by whether it holds amounts; a row that may be a sum although
nothing says so is judged by its figures in ``sums``. What a person has said of a row goes first.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from model.intake.amount_columns import Use, uses
from model.intake.amounts import figure
from model.intake.answers import Answers
from model.intake.choices import funding_key, funding_within
from model.intake.mapping import normal
from model.intake.reader import Cell
from model.intake.row_words import Words
from model.intake.table import Table
from model.intake.table_rows import Kind, Row, TableRows, name_index

_SAID: Mapping[str, Kind] = {
    "measure": "project",
    "sum": "sum",
    "part": "part",
    "income": "income",
    "heading": "heading",
    "ignore": "ignored",
}
# Signs that stand before a name in a list and are no part of it.
_BULLET = re.compile(r"^[\W_]+")
_DIGIT = re.compile(r"[0-9]")
_FOR_OTHERS = re.compile(r"(?:till|åt|to|for)\b")
_FROM = re.compile(r"[\s:,–-]*(?:från|av|from)\b")


def rows_of(table: Table, words: Words, answers: Answers) -> TableRows:
    """The rows of a table, each with its kind."""
    found = TableRows(table, uses(table), (), {})
    units = {
        index: unit
        for index, use in found.uses.items()
        if (unit := found.unit(use.column)) is not None
    }
    reader = _Reader(table, words, answers, found.uses, units)
    rows = reader.read()
    return TableRows(table, found.uses, rows, reader.mixed)


class _Reader:
    def __init__(
        self,
        table: Table,
        words: Words,
        answers: Answers,
        by_column: Mapping[int, Use],
        units: Mapping[int, Decimal],
    ):
        self.table, self.words, self.answers = table, words, answers
        self.uses, self.units = by_column, units
        self.mixed: dict[int, tuple[Cell, ...]] = {}
        self.columns = {
            role: None if column is None else column.index
            for role in ("department", "number", "name", "type")
            for column in [table.column(role)]
        }
        self.columns["name"] = name_index(table)
        self.first_money = min(by_column, default=table.right + 1)
        self.headings = {
            column.index: {normal(part) for part in (column.heading, _text(column.cell)) if part}
            for column in table.columns
        }

    def read(self) -> tuple[Row, ...]:
        rows = [
            self._row(place, cells)
            for place, cells in self.table.rows()
            if place not in self.table.repeats
        ]
        signs = self._signs(rows)
        for row in rows:
            for index, found in row.figures.items():
                use = self.uses[index]
                if found.amount is not None:
                    value = found.amount.value
                    row.values[use.key] = -value if index in signs else value
                elif found.is_refused:
                    row.values[use.key] = None
        self.sum_names = {
            self.words.without_sum(row.sum_label) for row in rows if row.sum_label is not None
        }
        above: Row | None = None
        mode: Kind | None = None
        summed = False
        for row in rows:
            row.kind = self._kind(row, above)
            if row.kind == "heading":
                mode = self._mode(normal(row.label))
                if mode == "aside" and not summed and self.columns["number"] is None:
                    mode = None  # before any sum it may as well head projects
            elif mode == "aside" and not row.said and not row.number:
                row.kind = "aside"
            elif mode == "earning" and row.kind == "project" and not row.said:
                row.kind = "earning"
            elif row.kind == "sum":
                mode, summed = None, True
            if row.kind == "project":
                above = row
            elif row.kind in ("sum", "heading", "header"):
                above = None
        return tuple(rows)

    def _mode(self, label: str) -> Kind | None:
        """What stands beneath a heading: income, how the whole is financed, or projects."""
        vocabulary = self.words.vocabulary
        if label in map(normal, vocabulary.titles.get("income", ())):
            return "earning"
        others = (*vocabulary.other_tables, *vocabulary.columns.get("source", ()))
        return "aside" if label in map(normal, others) else None

    def _row(self, place: int, cells: dict[int, Cell]) -> Row:
        texts = (_text(cells.get(self.columns[role])) for role in ("department", "number", "name"))
        point = self.answers.point
        figures = {
            index: figure(cells[index], unit, point)
            for index, unit in self.units.items()
            if index in cells
        }
        department, number, name = texts
        if number and not (department or name or _DIGIT.search(number)):
            # Words alone in the column of numbers head what is below, or name a sum.
            number, name = "", number
        row = Row(place, cells, department, number, name, figures)
        row.labels = tuple(self._labels(row))
        row.sum_label = next((each for each in row.labels if self._is_sum(each, number)), None)
        return row

    def _signs(self, rows: list[Row]) -> set[int]:
        """The columns whose amounts change sign to be positive: expenditure, and income each."""
        flipped = {i for i, u in self.uses.items() if u.flow != "income" and self.table.flipped}
        for index in (i for i, use in self.uses.items() if use.flow == "income"):
            found = [row.figures[index] for row in rows if index in row.figures]
            stated = [each for each in found if each.amount is not None and each.amount.value]
            negative = [each.cell for each in stated if each.amount.value < 0]
            if 2 * len(negative) > len(stated):
                flipped.add(index)
                negative = [each.cell for each in stated if each.amount.value > 0]
            if negative:
                self.mixed[index] = tuple(negative)
        return flipped

    def _labels(self, row: Row) -> Iterator[str]:
        """What the row is called, in small letters: what may be a name, or else any text."""
        labels = [row.department, row.name, row.number]
        if not row.name and not row.department:
            labels += [
                _text(cell)
                for index, cell in row.cells.items()
                if index < self.first_money and cell.kind == "text"
            ]
        return (_without_bullet(normal(label)) for label in labels if label)

    def _is_sum(self, label: str, number: str) -> bool:
        words = self.words
        if words.sums.match(label) or label in words.vocabulary.sums_without_number:
            return True
        # "Kommunstyrelsen totalt" ends as a sum does; so might a project, which then has a number.
        return not number and bool(
            words.sums_without_number.match(label)
            or words.sum_within.search(label)
            or words.sum_at_end.search(label)
            or words.nets.match(label)
        )

    def _kind(self, row: Row, above: Row | None) -> Kind:
        said = self.answers.row(self.table.sheet.title, row.place)
        if said is not None:
            row.said = True
            row.label = row.sum_label or row.name or row.department
            return _SAID[said]
        if self._is_header(row):
            return "header"
        if row.sum_label is not None:
            row.label = row.sum_label
            return "sum"
        labels = row.labels
        if any(self.words.parts.match(label) for label in labels):
            row.earns = any(self.words.names_funding(label) for label in labels)
            return "part"
        row.label = row.name or row.department or next(iter(labels), "")
        if not row.name:
            return "nameless" if row.has_amounts else "heading" if labels else "note"
        income = self._income(row, above) if above is not None else None
        if income is not None:
            return income
        if not row.has_amounts and not row.number and self._is_heading(row):
            return "heading"
        return "project"

    def _is_header(self, row: Row) -> bool:
        """The headings once more: what stands in the name's column is its heading, and so on."""
        if row.name and normal(row.name) not in self.headings.get(self.columns["name"], ()):
            return False
        same = sum(
            normal(cell.text) in self.headings.get(index, ())
            or (index in self.uses and cell.text == str(self.uses[index].column.year))
            for index, cell in row.cells.items()
        )
        return same >= 2 and 2 * same >= len(row.cells)

    def _is_heading(self, row: Row) -> bool:
        """A name with neither a number nor an amount. Where projects have numbers, any such."""
        if self.columns["number"] is not None:
            return True
        label = normal(row.name)
        alone = len(row.cells) == 1
        return (
            bool(self.words.section(label))
            or (self.words.is_department(label) and not row.department)
            or row.name.endswith(":")
            or label in self.sum_names
            or (alone and (self._is_merged(row) or self._mode(label) is not None))
        )

    def _is_merged(self, row: Row) -> bool:
        ref = f"{row.first.ref}:"
        return any(merged.startswith(ref) for merged in self.table.sheet.merged)

    def _income(self, row: Row, above: Row) -> Kind | None:
        """Whether the row is income of the project above it, by its words and its sign."""
        if self.table.flow == "income" or (row.number and row.number != above.number):
            return None
        stated = [value for key, value in row.values.items() if value and key[2] == "expenditure"]
        negative = bool(stated) and max(stated) < 0
        label = _without_bullet(normal(row.name))
        if self._type(row) is not None:
            return "income"
        if funding_key(label):
            return "income"
        found = self.words.incomes.match(label)
        if found is None:
            named = funding_within(label) or self.words.funding.search(label)
            # What is negative and has no number may well be income of the project, by its own name.
            return None if not negative else "income" if named else "doubtful"
        rest = label[found.end() :].strip()
        if _FOR_OTHERS.match(rest):
            return None
        source = _FROM.match(rest) or rest[:1] == ":" or funding_within(rest)
        if not row.has_amounts:
            return "income" if source else None
        if negative or source or not rest or self.columns["number"] is not None:
            return "income"
        return "doubtful"

    def _type(self, row: Row) -> str | None:
        """The word in the column of types that says that the row is income."""
        cell = row.cells.get(self.columns["type"])
        said = "" if cell is None else normal(cell.text)
        return said if said and self.words.incomes.fullmatch(said) else None


def _without_bullet(label: str) -> str:
    return label if label[:1].isalnum() else _BULLET.sub("", label)


def _text(cell: Cell | None) -> str:
    """What a cell says on one line; nothing where it shows an error instead."""
    if cell is None or cell.kind in ("error", "uncached"):
        return ""
    return " ".join(cell.text.split())
