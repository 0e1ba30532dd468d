"""Ledgers: tables with many lines for each project, expenditure and financing with opposite signs.

A line says by its account, its type or its sign whether money is used or comes in (``accounts``);
a year is a column of its own or stands in the line. ``lines`` puts them together by project.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from model.errors import Question
from model.intake.accounts import Chart
from model.intake.amounts import Amount, figure, read_amount
from model.intake.answers import Answers
from model.intake.ledger import Ledger
from model.intake.line_balance import Line, Project
from model.intake.line_sides import Written, is_of_a_chart, sided
from model.intake.line_sums import LineSums
from model.intake.lines import CODE, Lines, Terms, gather
from model.intake.mapping import Vocabulary, normal
from model.intake.numbers import parse
from model.intake.reader import Cell
from model.intake.sums import SumCheck
from model.intake.table import Column, Table, Unit
from model.years import BEFORE, LATER

SUM = "a sum, checked against its parts"
UNUSED = "a column that the plan has no use for: {heading}"
SAID = "left out, as was said of row {row}"
NO_AMOUNT = "a project without an amount"
NO_PROJECT = "a line of no project"
NO_YEAR = "an amount whose year is not known"
UNIT_NOT_KNOWN = "the unit of the sheet is not known"

ASK_YEAR = (
    "The amounts under “{heading}” are of one year, and nothing says which. Say the year of the "
    "budget, or write it in the heading: Budget 2026."
)
ASK_RATE = (
    "The accounts are those of {chart}, so the amounts are in {currency}, and nothing says what "
    "that is in kronor. Say how many kronor 1 {currency} is."
)
MONEY_NOT_READ = "The column “{heading}” is not read from a ledger. Its amounts are left out."
YEAR_OF_NAME = "No heading says of which year the amounts are. “{name}” says {year}."
BAD_YEAR = "“{found}” is no year. Write it with four digits: 2026."
NO_PROJECT_LINE = "The line has an amount and no project. Write the project's number or name."
RANGE = "“{found}” is no single amount. Write one amount on each line."

# What a ledger's lines are not made of; a sum of the row is nobody's loss.
_OTHER_MONEY = ("decided_total", "forecast_total", "carry_over", "operation")
# A name that is a code: 1.035.01.
_CODE = re.compile(r"[0-9][0-9.\-/]*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def read_lines(
    tables: Iterable[Table], vocabulary: Vocabulary, answers: Answers, ledger: Ledger
) -> Lines:
    """The lines of a workbook's ledgers as drafts, with the balance of each year.

    A project may have lines in several tables. Questions go to the ledger; lines that are asked
    about are in the balance by their signs.
    """
    projects: dict[str, Project] = {}
    lines: list[Line] = []
    sums: list[SumCheck] = []
    units: dict[tuple[str, tuple[int, ...]], Unit] = {}
    vat = vocabulary.vat
    for table in tables:
        reader = _TableReader(table, vocabulary, answers, ledger, projects)
        lines += reader.lines()
        sums += reader.checks
        if reader.unit is not table.unit:
            units[table.sheet.title, table.header] = reader.unit
        if reader.chart is not None and reader.chart.vat != "unknown":
            vat = reader.chart.vat
    for project in set(projects.values()) - {line.project for line in lines}:
        for sheet, cell in project.cells:
            ledger.leave(sheet, [cell], NO_AMOUNT)
    made = gather(lines, ledger, Terms(vocabulary.owners, vocabulary.price_level, vat))
    return replace(made, sums=tuple(sums), units=units)


class _TableReader:
    """Reads the lines of one table."""

    def __init__(
        self,
        table: Table,
        vocabulary: Vocabulary,
        answers: Answers,
        ledger: Ledger,
        projects: dict[str, Project],
    ):
        self.table, self.sheet = table, table.sheet
        self.vocabulary, self.answers, self.ledger = vocabulary, answers, ledger
        self.projects = projects
        self.money = self._money()
        self.has_income = any(column.flow == "income" for column in self.money)
        self.code, self.code_name = self._code_columns()
        self.chart: Chart | None = None
        self.unit = table.unit
        self.current: Project | None = None
        self.department = ""
        self.sums = LineSums()
        self.checks: list[SumCheck] = []
        begins = (*vocabulary.sums, *vocabulary.sums_without_number)
        self.sum_words = re.compile(rf"(?:{'|'.join(re.escape(w) for w in begins)})(?!\w)")

    def lines(self) -> list[Line]:
        """Every amount of the table as a line with its side and kind."""
        if self.table.unit is None and not any(column.unit for column in self.money):
            cells = (cell for _row, cells in self.table.rows() for cell in cells.values())
            self.ledger.leave(self.sheet, cells, UNIT_NOT_KNOWN)
            return []
        self.years = self._years()
        for row, cells in self.table.rows():
            self.sums.lines += self._read_row(row, cells)
        raw = self.sums.lines
        self._tell_of_other_money()
        self._stage(raw)
        lines, self.chart = sided(raw, self.code, self.table, self.answers, self.ledger)
        years = {column: year for column, (year, _stage) in self.years.items()}
        self.checks = self.sums.check(lines, years, self.sheet, self.ledger)
        rate = self._rate()
        return [replace(line, amount=line.amount * rate) for line in lines]

    # Columns

    def _money(self) -> tuple[Column, ...]:
        """The columns of amounts. In a table without years over them, an amount is a total."""
        amounts = self.table.amounts
        if any(column.flow == "income" for column in amounts):
            # A net column beside them says the same again.
            amounts = tuple(column for column in amounts if column.flow != "net")
        if any(column.flow != "income" for column in amounts):
            return amounts
        whole = [c for c in self.table.columns if c.role == "total" and c.flow != "net"]
        return (*whole[:1], *amounts)

    def _code_columns(self) -> tuple[Column | None, Column | None]:
        """The column of accounts (or types, or functions) and the one with their names."""
        known = [self.table.column(role) for role in ("account", "type")]
        code = next((column for column in known if column is not None), None)
        if code is None:
            # Functions have no role of their own, and tell financing from the rest.
            code = next(filter(self._may_tell, self.table.columns), None)
        if code is None:
            return None, None
        name = self.table.column("account_name")
        if name is None:
            beside = self.table.by_index.get(code.index + 1)
            texts = beside is not None and beside.role in ("ignore", "type", "comment")
            name = beside if texts else None
        return code, name

    def _may_tell(self, column: Column) -> bool:
        """A column of codes that a chart knows, unless a person has said to leave it out."""
        said = self.answers.column(self.sheet.title, column.heading, column.letter)
        return column.role == "ignore" and said is None and is_of_a_chart(column)

    def _years(self) -> dict[int, tuple[int, str]]:
        """Year and stage of each column of money, where the column says it itself."""
        years = {}
        for column in self.money:
            stage = column.stage or "bare"
            year = {"before": BEFORE, "later": LATER}.get(stage, column.year)
            if year is None and self.table.column("year") is None:
                year, stage = self._year_of_all(column), "budget"
            if year is not None:
                years[column.index] = year, stage
        return years

    def _year_of_all(self, column: Column) -> int | None:
        """The year of a ledger of one year: as was said, or by the name of the sheet or file."""
        if self.answers.period and self.answers.period[0] == self.answers.period[1]:
            return self.answers.period[0]
        for name in (self.sheet.title, self.ledger.workbook.file):
            named = set(_YEAR.findall(name))
            if len(named) == 1:
                fields = {"name": name, "year": named.copy().pop()}
                self.ledger.warn(self.sheet, column.cell, "year_of_name", YEAR_OF_NAME, **fields)
                return int(named.pop())
        question = Question("--period {choice}-{choice}")
        heading = column.heading
        self.ledger.ask(self.sheet, column.cell, "ask_period", ASK_YEAR, question, heading=heading)
        return None

    def _rate(self) -> Decimal:
        """Kronor per coin of the country whose accounts these are, if the sheet says no currency.

        Krone is what both a Swede and a Norwegian call theirs, so “kr” does not tell them apart.
        """
        currency = "SEK" if self.chart is None else self.chart.currency
        if currency == "SEK" or self.unit is None or self.unit.currency != "SEK":
            return Decimal(1)
        rate = self.answers.rates.get(currency)
        if rate is None:
            question = Question(f"--rate {currency}={{choice}}")
            fields = {"chart": self.chart.name, "currency": currency}
            cell = self.code.cell
            self.ledger.ask(self.sheet, cell, "ask_rate", ASK_RATE, question, **fields)
        self.unit = Unit(
            self.unit.factor * (rate or 1),
            self.unit.cell,
            f"{self.unit.evidence}; {self.chart.name}",
            currency,
            rate is not None,
        )
        return rate or Decimal(1)

    def _stage(self, lines: list[Written]) -> None:
        """Of years that stand in the lines, the first is the budget and later ones are planned."""
        bare = [line for line in lines if line.stage == "bare" and self.table.column("year")]
        budget = min((line.year for line in bare), default=None)
        for line in bare:
            line.stage = "budget" if line.year == budget else "plan"

    # Rows

    def _read_row(self, row: int, cells: Mapping[int, Cell]) -> Iterator[Written]:
        said = self.answers.row(self.sheet.title, row)
        money = {c.index: cells[c.index] for c in self.money if c.index in cells}
        self._leave_others(cells)
        if said in ("ignore", "heading", "part"):
            self.ledger.leave(self.sheet, cells.values(), SAID, row=row)
            return
        if said == "sum" or (said is None and self._is_sum(cells)):
            self._read_sum(money, cells)
            return
        project = self._project(cells)
        if project is None:
            for cell in money.values():
                if figure(cell, Decimal(1)).amount not in (None, Amount(Decimal(0))):
                    self.ledger.refuse(self.sheet, cell, "line_without_project", NO_PROJECT_LINE)
            self.ledger.leave(self.sheet, cells.values(), NO_PROJECT)
            return
        year = self._year_of_row(cells)
        account, name = self._text(cells, self.code), self._text(cells, self.code_name)
        about = " ".join(project.departments)
        for column in self.money:
            if column.index not in money:
                continue
            found = self._amount(column, money[column.index])
            if found is None:
                continue
            when = self.years.get(column.index) or year
            if when is None:
                self.ledger.leave(self.sheet, [money[column.index]], NO_YEAR)
                continue
            # A heading of expenditure alone says nothing of lines with accounts of either side.
            cell, flow = money[column.index], column.flow if self.has_income else None
            yield Written(project, cell, *when, found, account, name, about, flow, said)

    def _tell_of_other_money(self) -> None:
        """A column of money that is not read here is worth knowing of."""
        read = {column.index for column in self.money}
        for column in self.table.columns:
            if column.role in _OTHER_MONEY and column.index not in read:
                fields = {"heading": column.heading}
                code = "money_not_read"
                self.ledger.warn(self.sheet, column.cell, code, MONEY_NOT_READ, **fields)

    def _leave_others(self, cells: Mapping[int, Cell]) -> None:
        """What is neither money nor the number of the project: codes, mostly."""
        kept = {column.index for column in self.money}
        kept |= {c.index for c in self.table.columns if c.role in ("number", "name")}
        headings = {c.index: c.heading for c in (*self.table.unknown, *self.table.columns)}
        for index, cell in cells.items():
            if index not in kept:
                column = self.table.by_index.get(index)
                code = column is not None and column.role in ("account", "type", "year", "unit")
                template = CODE if code or (self.code and index == self.code.index) else UNUSED
                heading = headings.get(index, cell.ref)
                self.ledger.leave(self.sheet, [cell], template, heading=heading)

    def _text(self, cells: Mapping[int, Cell], column: Column | None) -> str:
        cell = None if column is None else cells.get(column.index)
        return "" if cell is None else " ".join(cell.text.split())

    def _is_sum(self, cells: Mapping[int, Cell]) -> bool:
        account = self._text(cells, self.code)
        if account:  # then it is a line, whatever its project is called
            return bool(self.sum_words.match(normal(account)))
        roles = ("number", "name", "department", "account_name")
        names = [self._text(cells, self.table.column(role)) for role in roles]
        return any(self.sum_words.match(normal(name)) for name in names)

    def _read_sum(self, money: Mapping[int, Cell], cells: Mapping[int, Cell]) -> None:
        stated = {}
        for column in self.money:
            cell = money.get(column.index)
            amount = None if cell is None else self._amount(column, cell)
            if amount is not None:
                stated[column.index] = cell, amount
        self.ledger.leave(self.sheet, cells.values(), SUM)
        label = next((cell.text for cell in cells.values() if cell.kind == "text"), "")
        self.sums.state(label, stated)

    def _project(self, cells: Mapping[int, Cell]) -> Project | None:
        """The project of a row; a row that names none belongs to the one above."""
        columns = [self.table.column(role) for role in ("number", "name")]
        number, name = (self._text(cells, column) for column in columns)
        department = self._text(cells, self.table.column("department"))
        if not number and _CODE.fullmatch(name):
            number, name = name, ""
        if number or name:
            # The same name under another department is another project.
            self.department = department or self.department
            key = normal(number) or f"{normal(name)} | {normal(self.department)}"
            if key not in self.projects:
                # A ledger of codes alone: whose the line is and what for is all that it says.
                about = (department, self._text(cells, self.code_name))
                title = name or ", ".join(part for part in about if part) or number
                cell = next(cells[c.index] for c in reversed(columns) if c and c.index in cells)
                self.projects[key] = Project(self.sheet, cell, number, title)
            if self.projects[key] is not self.current:
                self.sums.begin_project()
            self.current = self.projects[key]
        if self.current is None:
            return None
        if department:
            self.current.departments.setdefault(department)
        where = self.table.column("district")
        self.current.district = self.current.district or self._text(cells, where)
        self.current.cells += [
            (self.sheet, cells[c.index]) for c in (*columns, where) if c and c.index in cells
        ]
        return self.current

    def _year_of_row(self, cells: Mapping[int, Cell]) -> tuple[int, str] | None:
        """The year that a line names, as a budget; later ones become plan years afterwards."""
        column = self.table.column("year")
        cell = None if column is None else cells.get(column.index)
        if cell is None:
            return None
        found = _YEAR.search(cell.text)
        if found is None:
            self.ledger.error(self.sheet, cell, "bad_year", BAD_YEAR, found=cell.text)
            return None
        return int(found[1]), "bare"

    def _amount(self, column: Column, cell: Cell) -> Decimal | None:
        """The exact amount of a cell in kronor, not rounded, or None when it says none."""
        unit: Unit | None = column.unit or self.table.unit
        if unit is None:
            self.ledger.leave(self.sheet, [cell], UNIT_NOT_KNOWN)
            return None
        amount = read_amount(
            self.ledger, self.sheet, cell, unit.factor, negative=True, point=self.answers.point
        )
        if amount is None:
            return None
        if not amount.is_exact:
            self.ledger.refuse(self.sheet, cell, "range_in_ledger", RANGE)
            return None
        if cell.kind == "number":
            return cell.value * unit.factor
        parsed = parse(cell.value, self.answers.point)
        return amount.value if parsed.unit or parsed.value is None else parsed.value * unit.factor
