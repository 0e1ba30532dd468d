"""Tables without years: a row per measure, with what it costs and does in words or as one amount.

Climate plans are written so. A cost is spread over the years that its measure states, or else over
the plan's period, by the assumption ``plans/undated_spread``; the years are then nobody's
publication, and a warning says so once for each table. Subtotals are checked against the middle of
each range and never imported. Whatever else holds a number is left out by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from model import language
from model.errors import Question, Violation
from model.intake.amounts import kronor, written
from model.intake.answers import Answers
from model.intake.cost_texts import read_cost
from model.intake.draft import Draft
from model.intake.ledger import Ledger
from model.intake.mapping import Vocabulary, normal
from model.intake.mentions import Span
from model.intake.reader import Cell
from model.intake.row_kinds import rows_of
from model.intake.row_words import Words
from model.intake.shared_effects import relate
from model.intake.spreading import Period, period_of, spread, within, years_of
from model.intake.sums import SUM, SumCheck, compare
from model.intake.table import Table
from model.intake.table_rows import Row, TableRows
from model.intake.text_rows import TextRows
from model.intake.worded import Worded
from model.rows import Expenditure, Payment, RunningCost
from model.years import LATER, is_calendar_year

HEADING = "a heading"
PART = "a part of the row above, already in it"
IGNORED = "on a row that a person has left out"
NO_NAME = "a row without a name"
UNUSED = "a column that the plan has no use for: {heading}"
UNKNOWN = "a column whose meaning is not known: {heading}"
NO_HEADING = "a column without a heading"

NAMELESS = (
    "The row has a cost or an effect and no name. Write what it is for; if it is a sum, begin it "
    "with Summa."
)
ASK_INCOME = (
    "The row {name} may be income of the row above it, or a measure of its own. Say which, or "
    "write a grant in a column for it."
)
ASK_PERIOD = (
    "{count} amounts have no year, and nothing in the workbook says which years the plan covers. "
    "Say its first and last year; until then they stand as later."
)
SPREAD = (
    "{count} amounts have no year of their own. They are spread evenly over the years that their "
    "measures state, otherwise over {first}–{last}: these years are an assumption and nobody has "
    "published them. Say another period where it is another."
)
SPREAD_NOTE = "spread evenly over {first}–{last}: the year is not published"
TONNES_DIFFER = "The sum says {stated} tonnes; the measures make {expected} tonnes."


@dataclass(frozen=True)
class TextReading:
    """What tables without years come to: measures on their way in, and the sums that were seen."""

    drafts: tuple[Draft, ...]
    sums: tuple[SumCheck, ...]


def read_texts(
    tables: Sequence[Table], vocabulary: Vocabulary, answers: Answers, ledger: Ledger
) -> TextReading:
    """The measures of tables of the shape *undated*. Findings and the rest go to the ledger."""
    words = Words(vocabulary)
    period, assumed = period_of(tables, ledger.workbook.file, answers)
    drafts: list[Draft] = []
    sums: list[SumCheck] = []
    asked = False
    for table in tables:
        reader = _TextTable(rows_of(table, words, answers), words, answers, ledger)
        reader.read()
        reader.spread(period, assumed, asked)
        asked = asked or (period is None and bool(reader.undated))
        drafts += [worded.draft for worded in reader.measures]
        sums += reader.sums
    return TextReading(tuple(drafts), tuple(sums))


class _TextTable:
    """Reads one table from the top."""

    def __init__(self, rows: TableRows, words: Words, answers: Answers, ledger: Ledger):
        self.all_rows, self.table, self.sheet = rows.rows, rows.table, rows.table.sheet
        self.words, self.answers, self.ledger = words, answers, ledger
        self.rows = TextRows(rows, words, answers, ledger)
        self.costs, self.effects = self.rows.costs, self.rows.effects
        self.measures: list[Worded] = []
        self.starts = [0]
        self.section = ""
        self.sums: list[SumCheck] = []
        # What is spread without both years stated.
        self.undated: list[Worded] = []

    def read(self) -> None:
        """The measures, with every number of the table accounted for."""
        for row in self.all_rows:
            self._row(row)
            self._leave_rest(row)
        relate(self.measures, self.table, self.ledger)
        for worded in self.measures:
            worded.draft.values["flags"] = tuple(sorted(worded.flags))

    def _row(self, row: Row) -> None:
        content = self._content(row)
        if row.kind == "sum":
            self._check_sum(row)
            self.starts.append(len(self.measures))
        elif row.kind in ("header", "ignored"):
            reason = HEADING if row.kind == "header" else IGNORED
            self.ledger.leave(self.sheet, row.cells.values(), reason)
        elif row.kind == "part":
            self.ledger.leave(self.sheet, row.cells.values(), PART)
        elif not row.name and content:
            self.ledger.error(self.sheet, content[0], "amount_without_name", NAMELESS)
            self.ledger.leave(self.sheet, row.cells.values(), NO_NAME)
        elif not row.name or (row.kind == "heading" and not content):
            self.ledger.leave(self.sheet, row.cells.values(), HEADING)
            self.starts.append(len(self.measures))
            self.section = row.name or row.first.text
        else:
            self._measure(row)

    def _measure(self, row: Row) -> None:
        if row.kind in ("income", "doubtful") and not row.said:
            place = f"--row {self.sheet.title}!{row.place}={{choice}}"
            question = Question(place, ("measure", "ignore"))
            fields = {"name": row.name}
            self.ledger.ask(self.sheet, row.first, "ask_row", ASK_INCOME, question, **fields)
        self.measures.append(self.rows.read(row, self.section))

    def _content(self, row: Row) -> list[Cell]:
        """The cells of a row that say what something costs or does."""
        columns = (self.costs.column, self.effects.column, self.table.column("operation"))
        cells = (row.cells.get(column.index) for column in columns if column is not None)
        return [cell for cell in cells if cell is not None and cell.text]

    def _leave_rest(self, row: Row) -> None:
        """Leave out what stands in columns that nothing was read from."""
        unknown = {column.index: column for column in self.table.unknown}
        for index, cell in row.cells.items():
            if self.ledger.is_taken(self.sheet, cell):
                continue
            column = self.table.by_index.get(index)
            if column is not None:
                self.ledger.leave(self.sheet, [cell], UNUSED, heading=column.heading)
            elif index in unknown:
                self.ledger.leave(self.sheet, [cell], UNKNOWN, heading=unknown[index].heading)
            else:
                self.ledger.leave(self.sheet, [cell], NO_HEADING)

    # Sums

    def _check_sum(self, row: Row) -> None:
        """A sum is of the measures since the last one or the last heading, or of all above it."""
        self.ledger.leave(self.sheet, row.cells.values(), SUM)
        if self.costs.column is not None:
            cell = row.cells.get(self.costs.column.index)
            self._check(cell, row, self._amounts(), self._stated_amount(cell))
        if self.effects.column is not None:
            self._check_tonnes(row.cells.get(self.effects.column.index), row)

    def _amounts(self) -> list[Decimal | None]:
        """The middle of each measure's amount; None where it was refused."""
        return [
            None if worded.refused else worded.once.mid if worded.once else Decimal(0)
            for worded in self.measures
        ]

    def _groups(self, row: Row) -> list[slice]:
        """The measures that a sum may be of, the likeliest first."""
        groups = [slice(start, None) for start in reversed(self.starts)]
        label = normal(row.label)
        whole = self.words.sums_without_number.match(label) or label.startswith("total")
        groups = [group for group in groups if self.measures[group]]
        return groups[::-1] if whole else groups

    def _stated_amount(self, cell: Cell | None) -> Decimal | None:
        if cell is None or self.costs.unit is None:
            return None
        if cell.kind == "number":
            return kronor(cell.value * self.costs.unit)
        once = read_cost(cell.text, self.costs.unit, self.answers.point).once
        return None if once is None else kronor(once.mid)

    def _check(
        self, cell: Cell | None, row: Row, amounts: list[Decimal | None], stated: Decimal | None
    ) -> None:
        groups = self._groups(row)
        if stated is None or not groups:
            return
        found = [
            None if None in amounts[group] else sum(amounts[group], Decimal(0)) for group in groups
        ]
        if stated in found:
            expected, group = stated, groups[found.index(stated)]
        else:
            expected, group = found[0], groups[0]
        if expected is None:
            return
        ref, role = self.ledger.ref(self.sheet, cell), self.costs.column.role
        label = row.name or row.first.text
        self.sums.append(SumCheck(ref, label, role, stated, expected))
        slack = _last_digit(cell) * self.costs.unit / 2
        parts = len(self.measures[group])
        compare(self.ledger, self.sheet, cell, stated, expected, parts, slack)

    def _check_tonnes(self, cell: Cell | None, row: Row) -> None:
        stated = None if cell is None else self.effects.stated(cell)
        groups = self._groups(row)
        if stated is None or not groups:
            return
        tonnes = [worded.tonnes or Decimal(0) for worded in self.measures]
        found = [sum(tonnes[group], Decimal(0)) for group in groups]
        slack = _last_digit(cell) * (self.effects.unit or 1) / 2
        if min(abs(total - stated) for total in found) > slack:
            fields = {"stated": written(stated), "expected": written(found[0])}
            self.ledger.warn(self.sheet, cell, "tonnes_differ", TONNES_DIFFER, **fields)

    # Years

    def spread(self, period: Period | None, assumed: bool, asked: bool) -> None:
        """Give every amount its years, and say whose they are."""
        for worded in self.measures:
            if worded.once is not None:
                self._expenditures(worded, period)
            if worded.yearly is not None:
                self._running_costs(worded, period)
            self._grants(worded, period)
        count = len(self.undated)
        if not count:
            return
        cell = self.costs.column.cell
        if period is not None:
            fields = {"count": count, "first": period[0], "last": period[1]}
            question = Question("--period {choice}", ("{first}-{last}".format(**fields),))
            self.ledger.violations.append(
                Violation(
                    "warning",
                    "years_spread",
                    self.ledger.ref(self.sheet, cell),
                    SPREAD,
                    fields,
                    question if assumed else None,
                )
            )
        elif not asked:
            question = Question("--period {choice}")
            self.ledger.ask(self.sheet, cell, "ask_period", ASK_PERIOD, question, count=count)

    def _expenditures(self, worded: Worded, period: Period | None) -> None:
        self.undated.append(worded)
        ref = self.ledger.ref(self.sheet, worded.cell)
        note, parts = "", {LATER: worded.once}
        stated = (worded.start, worded.end)
        own = period or (None if None in stated else stated)
        if own is not None:
            years = years_of(*stated, own)
            parts = spread(worded.once, years, own)
            if len(years) > 1:
                fields = {"first": years[0], "last": years[-1]}
                note = language.translate(SPREAD_NOTE, language.DEFAULT, **fields)
        for year, span in parts.items():
            cost = worded.cost
            worded.draft.expenditures.append(
                Expenditure(
                    kind=worded.kind,
                    year=year,
                    low=span.low,
                    mid=span.mid,
                    high=span.high,
                    price_level="real" if cost and cost.price_year else "unknown",
                    price_year=cost.price_year if cost else None,
                    vat=cost.vat if cost else "unknown",
                    note=note,
                    source_ref=ref,
                )
            )

    def _grants(self, worded: Worded, period: Period | None) -> None:
        """Grants without a year are paid over the years that their measure is spread over."""
        if period is None:
            return
        years = years_of(worded.start, worded.end, period)
        for place, grant in enumerate(worded.draft.grants):
            total = Span(None, sum(payment.amount for payment in grant.payments))
            payments = tuple(
                Payment(year=year, amount=part.mid)
                for year, part in spread(total, years, period).items()
                if part.mid
            )
            worded.draft.grants[place] = grant.model_copy(update={"payments": payments})

    def _running_costs(self, worded: Worded, period: Period | None) -> None:
        """A yearly cost comes every year of its measure, or once it is done, within the period."""
        if worded not in self.undated:
            self.undated.append(worded)
        cell = worded.yearly_cell or worded.cell
        start, end = worded.start, worded.end
        if worded.once is not None and end is not None:
            start, end = end + 1, None
        own = period or (None if None in (start, end) else (start, end))
        if own is None:
            return
        for year in years_of(start, end, own):
            if is_calendar_year(within(year, own)):
                worded.draft.running_costs.append(
                    RunningCost(
                        item="operation",
                        year=year,
                        amount=worded.yearly.mid,
                        source_ref=self.ledger.ref(self.sheet, cell),
                    )
                )


def _last_digit(cell: Cell) -> Decimal:
    """The worth of the last digit that a cell shows."""
    exponent = cell.value.as_tuple().exponent if isinstance(cell.value, Decimal) else 0
    return Decimal(1).scaleb(min(0, exponent))
