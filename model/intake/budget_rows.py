"""Tables with a row per project and a column per year, as measures on their way in.

A budget column is need and a decided appropriation, a plan column need and a planned one, and what
is paid up to a year is need that is already paid; rows of other actors get need only. What is
carried over (*ombudgeteras*) was decided for the year before the budget and is spent in it: it is
an appropriation of that year that may be carried over, and need of the budget year, beside the
budget's own amount. A net column alone is need and a net appropriation; beside its expenditure it
is checked. Sums are checked against their parts and never imported; whatever else holds a number
is left out by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from model.errors import Question
from model.intake.amount_columns import Use
from model.intake.amounts import Figure, accept, report
from model.intake.answers import Answers
from model.intake.because import Because
from model.intake.choices import funding_within
from model.intake.draft import Draft
from model.intake.funding_rows import (
    Income,
    Source,
    add_income,
    add_named,
    single_year,
    source_of,
)
from model.intake.ledger import REFUSED, Ledger
from model.intake.mapping import Vocabulary
from model.intake.placing import find_summaries, placed
from model.intake.project_amounts import ProjectAmounts, Terms
from model.intake.project_facts import Facts
from model.intake.reader import Cell, column_letter
from model.intake.row_kinds import rows_of
from model.intake.row_totals import check_totals, is_checked
from model.intake.row_words import Words
from model.intake.sums import Checker, Placed, SumCheck
from model.intake.table import Table
from model.intake.table_rows import Row, TableRows
from model.intake.unnamed_sums import resolve

HEADING = "a heading"
PART = "a part of the row above, already in it"
UNUSED = "a column that the plan has no use for: {heading}"
UNKNOWN = "a column whose meaning is not known: {heading}"
NO_HEADING = "a column without a heading"
NO_NAME = "a row without a name"
UNIT_NOT_KNOWN = "the unit of the sheet is not known"
ASIDE = "in a part of the table that holds no projects"
IGNORED = "on a row that a person has left out"
NO_PROJECT = "income of no single project"

LEFT_ASIDE = (
    "The rows from {name} on say how the whole is paid for, or something else than projects. "
    "They are left out."
)
AMOUNT_WITHOUT_NAME = (
    "The row has an amount and no name. Write what it is for; if it is a sum, begin it with Summa."
)
NO_AMOUNT = "The row {name} has no amount in any year: its need is read as not known."
NO_DEPARTMENT = "The row {name} stands under no department, so its owner is not known."
NO_DEPARTMENTS = "The table names no department, so the owners of its rows are not known."
HEADING_ROW = "“{name}” has neither a number nor an amount: it is read as a heading."
INCOME_SIGN = (
    "“{found}” has the other sign than the rest of the column “{heading}”. "
    "Write all income in the column with the same sign."
)
INCOME_WITHOUT_PROJECT = (
    "The income {name} stands beneath no project. Write it under its project, or say that the row "
    "is a sum or is to be left out."
)


@dataclass(frozen=True)
class BudgetRows:
    """What tables with a row per project come to, and their sums with what was found."""

    drafts: tuple[Draft, ...] = ()
    sums: tuple[SumCheck, ...] = ()


def read_rows(
    tables: Sequence[Table], vocabulary: Vocabulary, answers: Answers, ledger: Ledger
) -> BudgetRows:
    """The projects of the tables. Findings and what is left out go to the ledger."""
    words = Words(vocabulary)
    read: list[tuple[TableRows, list[Placed]]] = []
    for table in tables:
        rows = rows_of(table, words, answers)
        if not rows.known_unit:
            ledger.leave(table.sheet, _body(table), UNIT_NOT_KNOWN)
            continue
        resolve(rows, words, ledger)
        read.append((rows, list(placed(rows, words))))
    find_summaries(read, words, ledger)
    drafts = [
        draft
        for rows, places in read
        for draft in _TableReader(rows, words, answers, ledger).read(places)
    ]
    sums = Checker(ledger, words).check(read)
    for rows, _ in read:
        sums += check_totals(rows, ledger)
    return BudgetRows(tuple(drafts), sums)


def _why_unread(table: Table, uses: Mapping[int, Use], index: int) -> Because | None:
    """Why nothing is read from a column, or None when its amounts are."""
    column, use = table.by_index.get(index), uses.get(index)
    if column is None:
        unknown = next((c.heading for c in table.unknown if c.index == index), "")
        return Because(UNKNOWN, {"heading": unknown}) if unknown else Because(NO_HEADING)
    return Because(UNUSED, {"heading": column.heading}) if use is None else use.reason


def _body(table: Table) -> Iterator[Cell]:
    return (cell for _, cells in table.rows() for cell in cells.values())


class _TableReader:
    """Reads the rows of one table from the top."""

    def __init__(self, rows: TableRows, words: Words, answers: Answers, ledger: Ledger):
        self.rows, self.words, self.answers, self.ledger = rows, words, answers, ledger
        self.table, self.sheet = rows.table, rows.table.sheet
        self.vocabulary = words.vocabulary
        self.first_place = f"{ledger.ref(self.sheet)}!{column_letter(min(self.table.by_index))}"
        self.facts = Facts(rows, words, ledger)
        used = rows.uses.values()
        self.income = [u for u in used if u.flow == "income" and u.purpose in ("amount", "total")]
        planned = [use.year for use in used if use.status]
        decided = [use.year for use in used if use.status == "decided"]
        terms = Terms(
            self.vocabulary.price_level,
            self.vocabulary.vat,
            min(decided or planned, default=None),
        )
        self.amounts = ProjectAmounts(rows, terms, ledger)
        self._unread = cache(partial(_why_unread, self.table, rows.uses))
        self._read = frozenset(i for i in rows.uses if self._unread(i) is None)

    def read(self, places: Sequence[Placed]) -> list[Draft]:
        """The projects. Every number of the rows is accounted for, but for those of sums."""
        drafts: list[Draft] = []
        above: Draft | None = None
        earned: list[Draft] = []
        before = ""
        nowhere = not any(placed.department for placed in places)
        for each in places:
            row = each.row
            if row.kind == "project":
                above = self._project(each, nowhere)
                drafts.append(above)
            elif row.kind in ("part", "income"):
                self._beneath(row, above)
            elif row.kind == "earning":
                earned.append(self._earning(each))
            else:
                if row.kind == "aside" and row.has_amounts and before != "aside":
                    cell = row.cells.get(self.rows.name_index, row.first)
                    fields = {"name": row.label or row.name}
                    self.ledger.warn(self.sheet, cell, "rows_left_out", LEFT_ASIDE, **fields)
                self._other(row)
                if row.kind in ("sum", "heading", "header"):
                    above = None
            before = row.kind
            if row.kind != "sum":
                self._sweep(row)
        if nowhere and drafts:
            self.ledger.warn(
                self.sheet, self.table.columns[0].cell, "no_department", NO_DEPARTMENTS
            )
        drafts += earned
        for index, cells in self.rows.mixed.items():
            heading = self.rows.uses[index].column.heading
            for cell in cells:
                if self.ledger.is_taken(self.sheet, cell):
                    self.ledger.refuse(
                        self.sheet, cell, "income_sign", INCOME_SIGN, heading=heading
                    )
        return drafts

    # Rows that are no project

    def _other(self, row: Row) -> None:
        leave = self.ledger.leave
        if row.kind == "heading":
            numbered = self.table.column("number") is not None
            known = self.words.section(row.label) or self.words.is_department(row.label)
            if row.name and numbered and not known:
                cell = row.cells.get(self.rows.name_index, row.first)
                self.ledger.warn(self.sheet, cell, "heading_row", HEADING_ROW, name=row.name)
            leave(self.sheet, row.cells.values(), HEADING)
        elif row.kind == "header":
            leave(self.sheet, row.cells.values(), HEADING)
        elif row.kind == "nameless":
            for found in row.figures.values():
                if found.is_refused and found.cell.kind != "text":
                    report(self.ledger, self.sheet, found)
                elif found.says_something:
                    question = Question(
                        f"--row {self.sheet.title}!{row.place}={{choice}}", ("sum", "ignore")
                    )
                    code = "amount_without_name"
                    self.ledger.refuse_and_ask(
                        self.sheet, found.cell, code, AMOUNT_WITHOUT_NAME, question
                    )
            leave(self.sheet, row.cells.values(), NO_NAME)
        elif row.kind == "ignored":
            leave(self.sheet, row.cells.values(), IGNORED)
        elif row.kind == "aside":
            leave(self.sheet, row.cells.values(), ASIDE)
        elif row.kind == "doubtful":
            leave(self.sheet, row.cells.values(), REFUSED)
        elif row.kind == "note":
            leave(self.sheet, row.cells.values(), NO_NAME)

    def _sweep(self, row: Row) -> None:
        """Leave out what stands in columns that nothing is read from."""
        for index, cell in row.cells.items():
            if (index in self._read and index in row.figures) or not cell.is_numeric:
                continue
            reason = self._unread(index)
            if reason is not None:
                self.ledger.leave(self.sheet, [cell], reason.template, **reason.fields)
            else:
                self.ledger.leave(self.sheet, [cell], UNIT_NOT_KNOWN)

    # Income and parts beneath a project

    def _beneath(self, row: Row, draft: Draft | None) -> None:
        cell = row.cells.get(self.rows.name_index, row.first)
        if row.kind == "part" and (draft is None or not self._names_funding(row)):
            self.ledger.leave(self.sheet, row.cells.values(), PART)
        elif draft is None:
            question = Question(
                f"--row {self.sheet.title}!{row.place}={{choice}}", ("sum", "ignore", "measure")
            )
            fields = {"name": row.name}
            self.ledger.ask(self.sheet, cell, "ask_row", INCOME_WITHOUT_PROJECT, question, **fields)
            self.ledger.leave(self.sheet, row.cells.values(), NO_PROJECT)
        else:
            income = Income(cell, self.facts.source(row, source_of(row.name, self.words)))
            self._lines_beneath(row, income, draft)
            if income.lines:
                add_income(draft, income, self.ledger, self.sheet)
            elif not any(found.is_refused for found in row.figures.values()):
                add_named(draft, income.source, cell, self.ledger, self.sheet)
            self.ledger.leave(self.sheet, row.cells.values(), PART)

    def _earning(self, each: Placed) -> Draft:
        """A row of income that names its project itself, put together with that afterwards."""
        row, cell = each.row, each.row.cells.get(self.rows.name_index, each.row.first)
        ref = f"{self.first_place}{row.place}"
        draft = Draft(self.sheet, cell, ref, row.name, row.number, each.department)
        draft.table, draft.is_income = id(row), True
        self.facts.take_texts(row)
        income = Income(cell, self.facts.source(row, Source("", "", None)))
        self._lines_beneath(row, income, draft)
        add_income(draft, income, self.ledger, self.sheet)
        self.ledger.leave(self.sheet, row.cells.values(), PART)
        return draft

    def _names_funding(self, row: Row) -> bool:
        return row.earns or source_of(row.name, self.words).pays_for_others

    def _lines_beneath(self, row: Row, income: Income, draft: Draft) -> None:
        """The amounts of a row of income by year; without one, what its sum says."""
        stated = {value > 0 for value in row.values.values() if value}
        for index, found in row.figures.items():
            use = self.rows.uses[index]
            if use.purpose != "amount" or use.flow == "net" or not found.says_something:
                continue
            if len(stated) > 1 and found.amount is not None and found.amount.value:
                heading = row.name
                self.ledger.refuse(
                    self.sheet, found.cell, "income_sign", INCOME_SIGN, heading=heading
                )
                continue
            amount = accept(self.ledger, self.sheet, found, negative=True)
            if amount is not None:
                income.lines.append((use.year, abs(amount.value), found.cell))
        totals = [
            found
            for index, found in row.figures.items()
            if self.rows.uses[index].purpose == "total" and found.amount is not None
        ]
        if not income.lines and totals:
            self._undated(income, totals[0], draft)

    def _undated(self, income: Income, found: Figure, draft: Draft) -> None:
        """Income without a year is of the project's only year, or its year is not known."""
        amount = accept(self.ledger, self.sheet, found, negative=True)
        if amount is not None:
            years = {row.year: None for row in draft.expenditures if row.mid}
            year = single_year(self.answers.period, years)
            income.lines.append((year, abs(amount.value), found.cell))

    # Projects

    def _project(self, each: Placed, nowhere: bool) -> Draft:
        row, cell = each.row, each.row.cells.get(self.rows.name_index, each.row.first)
        ref = f"{self.first_place}{row.place}"
        draft = Draft(self.sheet, cell, ref, row.name, row.number, each.department)
        draft.table, draft.is_income = id(self.table), self.table.flow == "income"
        if not each.department and not nowhere:
            self.ledger.warn(self.sheet, cell, "no_department", NO_DEPARTMENT, name=row.name)
        self.facts.take_texts(row)
        rule = self.facts.owner(draft, row)
        if each.section and each.section != "fees":
            draft.values["financing_form"] = each.section
        self.amounts.read(draft, row, appropriates=rule is None or rule.appropriation)
        self._income_columns(row, draft)
        stated = any(found.amount is not None or found.is_refused for found in row.figures.values())
        if not stated and self.table.flow != "income":
            self.ledger.warn(self.sheet, cell, "no_amount", NO_AMOUNT, name=row.name)
        self.facts.read(draft, row)
        return draft

    def _income_columns(self, row: Row, draft: Draft) -> None:
        """Columns of income become a grant, from the source that the row or the heading names."""
        by_source: dict[Source, Income] = {}
        for use in self.income:
            found = row.figures.get(use.index)
            if found is None or not found.says_something:
                continue
            if use.purpose == "total" and is_checked(self.rows, use):
                continue
            income = self._income(row, use, found, by_source)
            if use.purpose == "total":
                self._undated(income, found, draft)
                continue
            amount = accept(self.ledger, self.sheet, found, negative=True)
            if amount is not None:
                income.lines.append((use.year, abs(amount.value), found.cell))
        for income in by_source.values():
            add_income(draft, income, self.ledger, self.sheet)

    def _income(self, row: Row, use: Use, found: Figure, by_source: dict[Source, Income]) -> Income:
        key = funding_within(use.column.heading)
        named = Source(key, key and use.column.heading, None)
        source = self.facts.source(row, named)
        return by_source.setdefault(source, Income(found.cell, source))
