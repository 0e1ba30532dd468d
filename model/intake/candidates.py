"""The columns of a region while it is found out what they are for."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from model.errors import Question
from model.intake.contents import Profile, sample, value_of
from model.intake.headings import Meaning
from model.intake.ledger import Ledger
from model.intake.reader import Workbook
from model.intake.regions import Region
from model.intake.table import Column, Role

NOT_KNOWN = "The heading “{heading}” is not known."


class Candidates:
    """The columns of a region, what they hold and mean so far, and what has been asked.

    ``rows`` are a sample of the body. A column that a person has spoken about stays as it was said.
    """

    def __init__(self, region: Region, workbook: Workbook):
        self.region, self.sheet = region, region.sheet
        self.ledger = Ledger(workbook)
        self.rows = sample(region.body)
        self.profiles: dict[int, Profile] = {}
        self.meanings: dict[int, Meaning] = {}
        self.columns: dict[int, Column] = {}
        self.answered: set[int] = set()
        self.asked: set[int] = set()

    def of(self, *roles: Role) -> list[Column]:
        """The columns with one of the roles, from left to right."""
        return [column for column in self.columns.values() if column.role in roles]

    def set(self, column: Column, **changes: object) -> None:
        """Change what a column is understood as."""
        if column.index not in self.answered:
            self.columns[column.index] = replace(column, **changes)

    def figures(
        self, row: int, column: Column, amounts: Iterable[Column]
    ) -> tuple[Decimal | None, dict[int, Decimal]]:
        """What a row says in a column, and in the columns of amounts."""
        cells = self.region.body[row]
        stated = value_of(cells[column.index]) if column.index in cells else None
        parts = {}
        for amount in amounts:
            value = value_of(cells[amount.index]) if amount.index in cells else None
            if value is not None:
                parts[amount.index] = value
        return stated, parts

    def ask(
        self, column: Column, template: str, choices: tuple[str, ...], /, **fields: object
    ) -> None:
        """Ask what a column is for, once."""
        if column.index in self.answered or column.index in self.asked:
            return
        self.asked.add(column.index)
        cell = column.cell or next(self.region.column(column.index), None)
        flag = f"--column {self.sheet.title}!{column.letter}={{choice}}"
        self.ledger.ask(self.sheet, cell, "ask_column", template, Question(flag, choices), **fields)


def choice(column: Column) -> str:
    """A role as the flag takes it: amount:2026:budget:income."""
    parts = [column.role, column.year or "", column.stage or "", column.flow or ""]
    return ":".join(str(part) for part in parts).rstrip(":")
