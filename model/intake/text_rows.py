"""One row of a plan that words its costs and effects: who, when, what it costs and what it does.

The texts themselves stay in the measure's note, under their own headings. A grant without a year
waits as later until the plan's period is known.
"""

import re
from dataclasses import replace

from model.intake.amounts import Amount, accept
from model.intake.answers import Answers
from model.intake.choices import sector_key
from model.intake.cost_texts import private_actors_only
from model.intake.draft import Draft
from model.intake.funding_rows import Income, Source, add_income, note
from model.intake.ledger import Ledger
from model.intake.project_facts import Facts
from model.intake.reader import Cell
from model.intake.row_words import Words
from model.intake.table import Role
from model.intake.table_rows import Row, TableRows
from model.intake.text_costs import Costs
from model.intake.text_effects import Effects
from model.intake.worded import Worded, judge
from model.intake.year_texts import YearText, read_year
from model.years import LATER

YEAR_NOT_READ = "“{found}” is no year: write one such as 2028, or leave the cell empty."
YEARS_NOT_ORDERED = "{name} begins in {start} and is done in {end}. Correct one of the years."

_ONLY_A_PART = re.compile(r"\((?:endast|only|bara|enbart)\b", re.IGNORECASE)
_BEGINS = re.compile(r"start|börja|begin", re.IGNORECASE)
_NOT_IN_COST = re.compile(
    r"\b(?:exkl|excl|exklusive|excluding)\b[^,;]*(?:kostnad|cost)"
    r"|(?:ingår (?:ej|inte)|not included) i\w* [^,;]*(?:kostnad|cost)",
    re.IGNORECASE,
)


class TextRows:
    """Reads the rows of one table."""

    def __init__(self, rows: TableRows, words: Words, answers: Answers, ledger: Ledger):
        self.rows, self.table, self.sheet = rows, rows.table, rows.table.sheet
        self.words, self.ledger = words, ledger
        self.costs = Costs(self.table, answers, ledger)
        self.effects = Effects(self.table, answers, ledger)
        self.facts = Facts(rows, words, ledger)

    def read(self, row: Row, section: str = "") -> Worded:
        """The measure of a row. Its numbers are taken or refused; what is not read is left.

        ``section`` is the heading that the row stands under: a sector, or a department.
        """
        cell = self._cell(row, "name")
        ref = self.ledger.ref(self.sheet, cell)
        draft = Draft(self.sheet, cell, ref, row.name, row.number)
        worded = Worded(draft, row.place, row.said)
        for role in ("name", "number"):
            self._take(row, role)
        self._people(row, worded, section)
        self._sector(row, worded, section)
        self._years(row, worded)
        self.costs.read(row, worded)
        self.effects.read(row, worded)
        self._comment(row, worded)
        self.facts.district(draft, row)
        self.facts.marks(draft, row)
        self._income(row, worded)
        self.facts.named_source(draft, row)
        judge(worded, self.ledger)
        return worded

    def _cell(self, row: Row, role: Role) -> Cell | None:
        column = self.table.column(role)
        cell = None if column is None else row.cells.get(column.index)
        return cell if cell is not None and cell.text else None

    def _take(self, row: Row, role: Role) -> str:
        """The text of a column, taken; nothing when the cell is empty or shows an error."""
        cell = self._cell(row, role)
        if cell is None or cell.kind == "error":
            return ""
        self.ledger.take(self.sheet, cell)
        return " ".join(cell.text.split())

    def _people(self, row: Row, worded: Worded, section: str) -> None:
        draft, owner = worded.draft, self._take(row, "owner")
        around = (section, self.table.department, owner)
        draft.department = self._take(row, "department") or next(
            (text for text in around if self.words.is_department(text)), ""
        )
        draft.values |= {
            "responsible": owner,
            "stakeholders": self._take(row, "stakeholders"),
            "decision": self._take(row, "decision"),
        }
        if private_actors_only(owner):
            worded.flags.add("private_cost")
        if _ONLY_A_PART.search(owner):
            worded.flags.add("cost_bearer_unclear")

    def _sector(self, row: Row, worded: Worded, section: str) -> None:
        """The sector that its column names, or else the heading or sheet that the row stands on."""
        said = self._take(row, "sector")
        named = (said,) if said else (section, self.table.department)
        key = next((key for text in named if (key := sector_key(text))), "")
        if key:
            worded.draft.values["sector"] = key
        elif said:
            note(worded.draft, f"{self.table.column('sector').heading}: {said}")

    def _years(self, row: Row, worded: Worded) -> None:
        """When the measure begins and is done; a period, or a lone column *När*, says both."""
        start, end = self._year(row, "start"), self._year(row, "end")
        worded.start, worded.end = start.first, end.last
        column = self.table.column("start")
        only = self.table.column("end") is None and not _BEGINS.search(
            column.heading if column else ""
        )
        if end.last is None and (only or start.last != start.first):
            worded.end = start.last
        if start.first is None and end.last != end.first and not end.alternatives:
            worded.start = end.first
        draft = worded.draft
        draft.start, draft.end = (str(year or "") for year in (worded.start, worded.end))
        if end.alternatives:
            worded.flags.add("end_year_ambiguous")
        if start.approximate or end.approximate:
            worded.flags.add("approximate_year")
        if worded.start is not None and worded.end is not None and worded.start > worded.end:
            fields = {"name": row.name, "start": worded.start, "end": worded.end}
            cell = self._cell(row, "end") or worded.draft.cell
            self.ledger.error(self.sheet, cell, "years_not_ordered", YEARS_NOT_ORDERED, **fields)
            worded.start = None

    def _year(self, row: Row, role: Role) -> YearText:
        cell = self._cell(row, role)
        if cell is None:
            return YearText()
        found = read_year(cell)
        if found.unread:
            self.ledger.refuse(self.sheet, cell, "not_a_year", YEAR_NOT_READ)
        else:
            self.ledger.take(self.sheet, cell)
        return found

    def _income(self, row: Row, worded: Worded) -> None:
        """Grants and the like in a column of their own, from whom another column says."""
        use = next((use for use in self.rows.uses.values() if use.flow == "income"), None)
        found = None if use is None else row.figures.get(use.index)
        if found is None:
            return
        value = row.values.get(use.key)  # income is positive here however the sheet writes it
        if value is not None:
            found = replace(found, amount=Amount(value))
        amount = accept(self.ledger, self.sheet, found)
        if amount is not None and amount.mid:
            source = self.facts.source(row, Source("", "", None))
            income = Income(found.cell, source, [(LATER, amount.mid, found.cell)])
            add_income(worded.draft, income, self.ledger, self.sheet)

    def _comment(self, row: Row, worded: Worded) -> None:
        said = self._take(row, "comment")
        if not said:
            return
        note(worded.draft, said)
        if _NOT_IN_COST.search(said):
            worded.flags.add("partial_scope")
        self.effects.comment(row, worded)
