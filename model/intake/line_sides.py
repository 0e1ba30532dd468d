"""Which side each line of a ledger is on: money that is used, or money that comes in.

An account tells its side where its chart is known; a type and a column of income say it in words;
otherwise the sign does. Whether expenditure is written with a minus, and whether income is written
alike, shows in what the accounts of either side come to.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from model.errors import Question
from model.intake.accounts import Chart, Group, Kind, charts, fitting
from model.intake.amounts import kronor, written
from model.intake.answers import Answers, RowKind
from model.intake.ledger import Ledger
from model.intake.line_balance import Line, Project
from model.intake.mapping import normal
from model.intake.reader import Cell
from model.intake.table import Column, Flow, Stage, Table

ASK_ACCOUNTS = (
    "What the column “{heading}” says of each line is not known: {charts}. Use accounts of a chart "
    "that is known, or let the signs of the amounts tell expenditure from income."
)
ASK_LINE = (
    "What the account “{account}” is, expenditure or income, is not known. Say what the line is."
)
ASK_SIGN = (
    "Expenditure and income cannot be told apart: accounts of expenditure come to {uses} kronor "
    "and accounts of income to {sources} kronor. Say how expenditure is written."
)


@dataclass
class Written:
    """An amount as it is written, before its side is known. ``said`` is what a person said of its
    row, ``about`` what else the line says in words."""

    project: Project
    cell: Cell
    year: int
    stage: Stage
    amount: Decimal
    account: str
    name: str
    about: str
    flow: Flow | None
    said: RowKind | None
    group: Group | None = None

    @property
    def label(self) -> str:
        """The account and its name."""
        return " ".join(part for part in (self.account, self.name) if part)

    @property
    def in_its_column(self) -> Decimal:
        """The amount with a minus where its column is one of income."""
        return -abs(self.amount) if self.flow == "income" else self.amount

    @property
    def is_use(self) -> bool | None:
        """True for money used, False for money that comes in, None when only its sign tells."""
        if self.said in ("measure", "income"):
            return self.said == "measure"
        if self.flow in ("expenditure", "income"):
            return self.flow == "expenditure"
        return None if self.group is None else self.group.is_use


def plain(heading: str) -> str:
    """A heading as charts of accounts have it: no underscores."""
    return normal(re.sub(r"[_\s]+", " ", heading))


def is_of_a_chart(column: Column) -> bool:
    """Whether a heading is one under which a chart of accounts is known to stand."""
    return any(plain(column.heading) in chart.headings for chart in charts().values())


def sided(
    lines: list[Written], code: Column | None, table: Table, answers: Answers, ledger: Ledger
) -> tuple[list[Line], Chart | None]:
    """The lines with their kinds and with amounts that are positive where money is used.

    ``code`` is the column of their accounts. Also the chart that they follow, when it is known.
    """
    chart = _choose_chart(lines, code, table, ledger) if code and lines else None
    used, came = _signs(lines, table, answers, ledger)
    made = []
    for line in lines:
        amount = -line.amount * came if line.is_use is False else line.amount * used
        kind = _kind(line, amount, chart, lambda line=line: _ask(line, table, ledger))
        made.append(
            Line(
                line.project,
                table.sheet,
                line.cell,
                line.year,
                line.stage,
                kind,
                amount,
                line.label or line.project.name,
            )
        )
    return made, chart


def _choose_chart(lines: list[Written], code: Column, table: Table, ledger: Ledger) -> Chart | None:
    """Find the chart of accounts that the lines follow, and each line's group in it."""
    found = fitting(
        plain(code.heading),
        [(line.account, line.name, line.in_its_column) for line in lines if line.amount],
        in_words=code.role == "type",
    )
    if len(found) == 1:
        for line in lines:
            line.group = found[0].group(line.account, line.name, line.about)
        return found[0]
    if found or code.role != "ignore":
        flag = f"--column {table.sheet.title}!{code.letter}={{choice}}"
        fields = {
            "heading": code.heading,
            "charts": ", ".join(chart.name for chart in found) or "–",
        }
        question = Question(flag, ("ignore",))
        ledger.ask(table.sheet, code.cell, "ask_column", ASK_ACCOUNTS, question, **fields)
    return None


def _signs(
    lines: Iterable[Written], table: Table, answers: Answers, ledger: Ledger
) -> tuple[int, int]:
    """What uses are multiplied by to be positive, and sources."""
    uses, sources = Decimal(0), Decimal(0)
    for line in lines:
        if line.is_use is not None:
            uses, sources = (
                (uses + line.amount, sources) if line.is_use else (uses, sources + line.amount)
            )
    said = answers.sign(table.sheet.title)
    if said is not None:
        used = -1 if said == "negative" else 1
    elif uses or sources:
        used = 1 if (uses or -sources) > 0 else -1
    else:
        used = -1 if table.flipped else 1
    if said is None and uses < 0 and sources < 0:
        flag = f"--sign {table.sheet.title}={{choice}}"
        question = Question(flag, ("positive", "negative"))
        fields = {"uses": written(kronor(uses)), "sources": written(kronor(sources))}
        ledger.ask(table.sheet, None, "ask_sign", ASK_SIGN, question, **fields)
    if not sources:
        return used, -used
    return used, 1 if sources > 0 else -1


def _kind(line: Written, amount: Decimal, chart: Chart | None, ask: Callable[[], None]) -> Kind:
    if (
        line.group is not None
        and line.said != "measure"
        and line.group.is_use in (line.is_use, None)
    ):
        return line.group.kind(amount)
    if line.is_use is not None:
        return "investment" if line.is_use else "grant"
    if chart is not None and line.amount:
        ask()
    return "investment" if amount >= 0 else "unnamed"


def _ask(line: Written, table: Table, ledger: Ledger) -> None:
    flag = f"--row {table.sheet.title}!{line.cell.row}={{choice}}"
    question = Question(flag, ("measure", "income", "ignore"))
    fields = {"account": line.label or "–"}
    ledger.ask(table.sheet, line.cell, "ask_row", ASK_LINE, question, **fields)
