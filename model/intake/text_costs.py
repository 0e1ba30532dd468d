"""The cost of a row, in kronor: an amount, words that hold one, or a finding that says why not."""

from decimal import Decimal
from functools import cached_property

from model.errors import Question
from model.intake.amounts import (
    LARGEST_AMOUNT,
    POINT,
    TOO_LARGE,
    accept,
    figure,
    kronor,
    report,
    written,
)
from model.intake.answers import Answers
from model.intake.cost_texts import CostText, read_cost
from model.intake.funding_rows import note
from model.intake.ledger import Ledger
from model.intake.mentions import Span
from model.intake.numbers import SEK
from model.intake.reader import Cell
from model.intake.table import Column, Role, Table
from model.intake.table_rows import Row
from model.intake.worded import Worded

COST_NOT_READ = (
    "The cost of {name} says “{text}”, and what {words} is cannot be known. Write the investment "
    "as one amount, and a running cost with /år after it."
)
COST_WORDS = "The cost of {name} also says “{rest}”: the words are kept and change no amount."
COST_NOT_KNOWN = "The cost of {name} is “{text}”: its amount is read as not known."
COST_PER_TONNE = (
    "{name} costs “{text}”: a cost per tonne is kept in its note and not entered, since nobody "
    "says for how many tonnes."
)
ASK_POINT = (
    "“{text}” can be read in two ways: with a point between thousands, or as a decimal. Say which, "
    "or write the figure with spaces between thousands and a decimal comma: 1 234,5."
)
ASK_RATE = (
    "{name} is stated in {currency}: “{text}”. Say how many kronor one {currency} is, or write the "
    "amount in kronor."
)
UNIT_NOT_KNOWN = "the unit of the sheet is not known"

# Where the cost of a measure stands, the likeliest first.
ROLES: tuple[Role, ...] = ("cost_text", "total", "decided_total", "forecast_total")
_TOTALS = ("decided_total", "forecast_total")


class Costs:
    """Reads the costs of one table."""

    def __init__(self, table: Table, answers: Answers, ledger: Ledger):
        self.table, self.sheet = table, table.sheet
        self.answers, self.ledger = answers, ledger
        spending = [column for column in table.columns if column.flow in (None, "expenditure")]
        found = (column for role in ROLES for column in spending if column.role == role)
        self.column = next(found, None)
        self.asked_rates: set[str] = set()

    @cached_property
    def unit(self) -> Decimal | None:
        """Kronor per unit of a cost that names none; None when that has to be asked for."""
        return self._unit(self.column)

    def _unit(self, column: Column | None) -> Decimal | None:
        unit = (column.unit if column else None) or self.table.unit
        return unit.factor if unit is not None and unit.rate_known else None

    def read(self, row: Row, worded: Worded) -> None:
        """The cost of a row, and its running cost where that has a column of its own."""
        cell = self._cell(row, self.column)
        if cell is not None:
            worded.cell, worded.draft.cost_text = cell, " ".join(cell.text.split())
            if cell.kind == "text":
                worded.once, worded.yearly = self._text(worded, cell, self.column)
            else:
                worded.once = self._number(worded, cell, self.column)
        for role in _TOTALS:
            column = self.table.column(role)
            cell = self._cell(row, column)
            if cell is not None and column is not self.column:
                self._total(worded, cell, column)
        self._operation(row, worded)

    def _cell(self, row: Row, column: Column | None) -> Cell | None:
        cell = None if column is None else row.cells.get(column.index)
        return cell if cell is not None and (cell.text or cell.kind == "uncached") else None

    def _operation(self, row: Row, worded: Worded) -> None:
        """A column of running costs is of every year, also where a text does not repeat it."""
        column = self.table.column("operation")
        cell = self._cell(row, column)
        if cell is None:
            return
        if cell.kind == "text":
            once, yearly = self._text(worded, cell, column)
            yearly = yearly or once
        else:
            yearly = self._number(worded, cell, column)
        if yearly is not None and worded.yearly is not None:
            self._refuse(worded, cell, cell.text, f"“{cell.text}”")
        elif yearly is not None:
            worded.yearly, worded.yearly_cell = yearly, cell

    def _total(self, worded: Worded, cell: Cell, column: Column) -> None:
        """The decision or the forecast of the whole measure, beside its cost."""
        unit = self._unit(column)
        if unit is None:
            self.ledger.leave(self.sheet, [cell], UNIT_NOT_KNOWN)
            return
        amount = accept(self.ledger, self.sheet, figure(cell, unit, self.answers.point))
        if amount is not None:
            self.ledger.take(self.sheet, cell)
            worded.draft.values[column.role] = amount.value

    def _number(self, worded: Worded, cell: Cell, column: Column) -> Span | None:
        """A cost that is a number, in the unit of its column."""
        unit = self._unit(column)
        if unit is None:
            worded.refused = True
            self.ledger.leave(self.sheet, [cell], UNIT_NOT_KNOWN)
            return None
        found = figure(cell, unit, self.answers.point)
        if found.problem:
            worded.refused = True
            report(self.ledger, self.sheet, found)
            return None
        self.ledger.take(self.sheet, cell)
        return self._kronor(worded, cell, Span(None, found.amount.value), Decimal(1))

    def _text(self, worded: Worded, cell: Cell, column: Column) -> tuple[Span | None, Span | None]:
        """What a text says that something costs, once and every year."""
        cost = read_cost(cell.text, self._unit(column), self.answers.point)
        if column is self.column:
            worded.cost = cost
        worded.flags |= set(cost.flags)
        note(worded.draft, f"{column.heading}: ”{cost.text}”")
        if cost.unread:
            self._unread(worded, cell, cost)
            return None, None
        rate = self._rate(worded, cell, cost)
        if rate is None:
            return None, None
        self.ledger.take(self.sheet, cell)
        once, yearly = (self._kronor(worded, cell, span, rate) for span in (cost.once, cost.yearly))
        self._remark(worded, cell, cost)
        return once, yearly

    def _remark(self, worded: Worded, cell: Cell, cost: CostText) -> None:
        """What is worth knowing of a text that was read."""
        fields = {"name": worded.draft.name, "text": cost.text}
        if cost.per_tonne is not None:
            self.ledger.warn(self.sheet, cell, "cost_per_tonne", COST_PER_TONNE, **fields)
        known = cost.once is not None or cost.yearly is not None
        if cost.rest and known:
            fields = {"name": worded.draft.name, "rest": cost.rest}
            self.ledger.warn(self.sheet, cell, "words_beside", COST_WORDS, **fields)
        elif not known and "ordinary_operations" not in cost.flags:
            self.ledger.warn(self.sheet, cell, "not_known", COST_NOT_KNOWN, **fields)

    def _unread(self, worded: Worded, cell: Cell, cost: CostText) -> None:
        if cost.ambiguous and self.answers.point is None:
            worded.refused = True
            fields = {"text": cost.text}
            self.ledger.ask(self.sheet, cell, "ask_number", ASK_POINT, POINT, **fields)
        elif self.unit is None and self.table.unit is None:
            worded.refused = True  # the unit has been asked for
        else:
            found = ", ".join(f"“{words}”" for words in cost.unread)
            self._refuse(worded, cell, cost.text, found)

    def _refuse(self, worded: Worded, cell: Cell, text: str, found: str) -> None:
        worded.refused = True
        fields = {"name": worded.draft.name, "text": text, "words": found}
        self.ledger.refuse(self.sheet, cell, "cost_not_read", COST_NOT_READ, **fields)

    def _rate(self, worded: Worded, cell: Cell, cost: CostText) -> Decimal | None:
        """Kronor per unit of the currency; None, asked for once, when nobody has said."""
        if cost.currency == SEK:
            return Decimal(1)
        rate = self.answers.rates.get(cost.currency)
        if rate is None:
            worded.refused = True
            if cost.currency not in self.asked_rates:
                self.asked_rates.add(cost.currency)
                question = Question(f"--rate {cost.currency}={{choice}}")
                fields = {"name": worded.draft.name, "currency": cost.currency, "text": cost.text}
                self.ledger.ask(self.sheet, cell, "ask_rate", ASK_RATE, question, **fields)
        return rate

    def _kronor(self, worded: Worded, cell: Cell, span: Span | None, rate: Decimal) -> Span | None:
        """Whole öre, or None and a finding when that is no amount of a municipality."""
        if span is None:
            return None
        amounts = Span(*(None if end is None else kronor(end * rate) for end in span))
        largest = amounts.high or amounts.mid
        if largest > LARGEST_AMOUNT:
            worded.refused = True
            fields = {"amount": written(largest)}
            self.ledger.refuse(self.sheet, cell, "too_large", TOO_LARGE, **fields)
        elif amounts.mid < 0:
            self._refuse(worded, cell, cell.text, f"“{cell.text}”")
        else:
            return amounts
        return None
