"""What departments bought, out of a supplier ledger or accounts: read, summed, nothing lost.

The file is read as every other (``guard``, in a child process). Lines are summed by department,
category, account and year; suppliers are not read. A negative line is a credit: it is taken off,
and how much is said. What is no purchase, hidden, a sum or without an amount is left out and said,
so that what is read and what is left out are together every amount of the file.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, get_args

from model.errors import Violation
from model.intake import headed
from model.intake.amounts import LARGEST_AMOUNT, TOO_LARGE, figure, written
from model.intake.guard import read as read_cells
from model.intake.headed import Headed
from model.intake.mapping import normal, vocabulary
from model.intake.reader import Cell, Workbook
from model.spend_rows import Spend, Vat, folded

LAYOUT = "ledger"
# So many findings are enough to mend a file by; it is refused by the first.
MOST_FINDINGS = 100
FIRST_YEAR, LAST_YEAR = 1990, 2100

Why = Literal["not_purchase", "hidden", "sum", "no_amount"]
WHY: tuple[Why, ...] = get_args(Why)

BAD_YEAR = "“{found}” is no year from {first} to {last}: write the year, or the date as 2024-06-30."
NO_ACCOUNT = "“{found}” is no account: expected digits, such as 4012, or a category."
NOTHING_BOUGHT = (
    "{file} has no purchases: every line is left out. Check which accounts count as purchases."
)
_YEAR = re.compile(
    r"((?:19|20|21)\d\d)"
    r"(?:[-/.]?(?:13|(?:0[1-9]|1[0-2])(?:[-/.]?(?:0[1-9]|[12]\d|3[01]))?))?",
    re.ASCII,
)
_ACCOUNT = re.compile(r"([0-9]{2,10})(?:\s+(.+))?")


@dataclass(frozen=True)
class Bought:
    """One line of a ledger, kronor."""

    department: str
    category: str
    account: str
    year: int
    amount: Decimal
    ref: str


@dataclass(frozen=True)
class Left:
    """Lines that were left out for one reason, their sum, and where the first stands."""

    why: Why
    lines: int
    amount: Decimal
    first: str


@dataclass(frozen=True)
class SpendReading:
    """A ledger as it was read: ``rows`` for the plan, and what is said of the rest.

    ``lines`` were read and ``credits`` of them are negative; ``unit`` is kronor per unit of the
    file, ``vat`` what its amounts are.
    """

    file: str
    rows: tuple[Spend, ...]
    lines: int
    credits: int
    unit: Decimal
    vat: Vat
    left: tuple[Left, ...] = ()
    violations: tuple[Violation, ...] = ()

    @property
    def total(self) -> Decimal:
        """What was bought, after credits."""
        return sum((row.amount for row in self.rows), Decimal(0))

    @property
    def credited(self) -> Decimal:
        """What the credits took off."""
        return sum((row.credited for row in self.rows), Decimal(0))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it is of."""
        return tuple(sorted({row.year for row in self.rows}))

    @property
    def errors(self) -> tuple[Violation, ...]:
        """What must be mended in the file before its rows are saved."""
        return tuple(each for each in self.violations if each.severity == "error")


@dataclass
class Tally:
    """What a reading has come to so far."""

    file: str
    not_purchases: Sequence[str]
    bought: list[Bought] = field(default_factory=list)
    found: list[Violation] = field(default_factory=list)
    left: dict[Why, Left] = field(default_factory=dict)

    def take(self, line: Bought) -> None:
        """A line that is bought, unless its account is of something else."""
        if line.account and line.account.startswith(tuple(self.not_purchases)):
            self.leave("not_purchase", line.amount, line.ref)
        else:
            self.bought.append(line)

    def leave(self, why: Why, amount: Decimal, ref: str) -> None:
        """A line that is left out."""
        before = self.left.get(why, Left(why, 0, Decimal(0), ref))
        lines, amount = before.lines + 1, before.amount + amount
        self.left[why] = replace(before, lines=lines, amount=amount)

    def refuse(self, code: str, ref: str, template: str, **fields: object) -> None:
        """A finding for which nothing is saved."""
        if len(self.found) < MOST_FINDINGS:
            self.found.append(Violation("error", code, ref, template, fields))

    def reading(self, unit: Decimal, vat: Vat) -> SpendReading:
        """All of it, summed."""
        if not self.bought and not self.found:
            self.refuse("nothing_bought", self.file, NOTHING_BOUGHT, file=self.file)
        return SpendReading(
            self.file,
            summed(self.bought, vat),
            len(self.bought),
            sum(line.amount < 0 for line in self.bought),
            unit,
            vat,
            tuple(self.left[why] for why in WHY if why in self.left),
            tuple(self.found),
        )


def read_spend(
    content: bytes,
    name: str,
    *,
    vat: Vat | None = None,
    not_purchases: Sequence[str] | None = None,
) -> SpendReading:
    """The purchases of an uploaded ledger: Excel, OpenDocument, CSV or SIE 4.

    ``vat`` says what the amounts are where the file does not; ``not_purchases`` are first digits of
    accounts that are none, those of Kommun-Bas unless given. InvalidData, naming the file, when it
    cannot be read or lacks a column.
    """
    return understood(read_cells(content, name), vat=vat, not_purchases=not_purchases)


def understood(
    book: Workbook, *, vat: Vat | None = None, not_purchases: Sequence[str] | None = None
) -> SpendReading:
    """The purchases of a workbook that has been read."""
    layout = headed.layout(LAYOUT)
    left_out = layout.not_purchases if not_purchases is None else not_purchases
    tally = Tally(book.file, tuple(filter(None, left_out)))
    if book.format == "sie":
        from model.intake import spend_sie

        spend_sie.read(book, tally)
        # Accounts keep value added tax apart, so what is on the others is without.
        return tally.reading(Decimal(1), vat or "excluded")
    table = headed.find(book, layout)
    heading = table.heading("amount")
    unit = headed.unit(heading)
    for row, cells in table.sheet.rows.items():
        if row > table.row:
            _line(table, row, cells, unit, tally)
    said = headed.vat(heading)
    return tally.reading(unit, said if said != "unknown" else vat or "unknown")


def merged(standing: Iterable[Spend], read: Iterable[Spend]) -> tuple[Spend, ...]:
    """The plan's purchases with those of a ledger: it stands instead of the years that it is of."""
    read = tuple(read)
    years = {row.year for row in read}
    return (*(row for row in standing if row.year not in years), *read)


def summed_by_department(rows: Iterable[Spend]) -> dict[str, dict[int, Decimal]]:
    """Kronor by department, as first written, and year."""
    found: dict[str, dict[int, Decimal]] = {}
    names: dict[str, str] = {}
    for row in rows:
        by_year = found.setdefault(names.setdefault(folded(row.department), row.department), {})
        by_year[row.year] = by_year.get(row.year, Decimal(0)) + row.amount
    return found


def summed(lines: Iterable[Bought], vat: Vat) -> tuple[Spend, ...]:
    """Lines as rows of a plan, by year, department, category and account as first written."""
    groups: dict[tuple, list[Bought]] = {}
    for line in lines:
        key = line.year, folded(line.department), folded(line.category), line.account
        groups.setdefault(key, []).append(line)
    return tuple(
        Spend(
            department=of[0].department,
            category=of[0].category,
            account=of[0].account,
            year=of[0].year,
            amount=sum(line.amount for line in of),
            credited=-sum((line.amount for line in of if line.amount < 0), Decimal(0)),
            lines=len(of),
            vat=vat,
            source_ref=of[0].ref,
        )
        for _, of in sorted(groups.items())
    )


def _line(table: Headed, row: int, cells: dict[int, Cell], unit: Decimal, tally: Tally) -> None:
    ref = table.ref(row, "amount")
    cell = table.cell(cells, "amount")
    told = figure(cell, unit) if cell else None
    if told is None or not told.says_something or told.problem[:1] == ("not_known",):
        if any(table.cell(cells, name) for name in ("department", "account", "category")):
            tally.leave("no_amount", Decimal(0), ref)
        return
    amount = _amount(told, ref, tally)
    if amount is None:
        return
    if table.sheet.is_hidden(cell):
        tally.leave("hidden", amount, ref)
    elif _is_sum(table, cells):
        tally.leave("sum", amount, ref)
    else:
        year = _year(table, row, cells, tally)
        coded = _coded(table, row, cells, tally)
        if year is not None and coded is not None:
            department = table.text(cells, "department")[:500]
            tally.take(Bought(department, coded[1], coded[0], year, amount, ref))


def _amount(told, ref: str, tally: Tally) -> Decimal | None:
    cell = told.cell
    if told.problem:
        tally.refuse(told.problem[0], ref, told.problem[1], found=cell.text)
        return None
    if not told.amount.is_exact:
        _refuse_range(ref, cell, tally)
        return None
    if abs(told.amount.mid) > LARGEST_AMOUNT:
        fields = {"found": cell.text, "amount": written(told.amount.mid)}
        tally.refuse("amount_too_large", ref, TOO_LARGE, **fields)
        return None
    return told.amount.mid


def _refuse_range(ref: str, cell: Cell, tally: Tally) -> None:
    tally.refuse(
        "a_range",
        ref,
        "“{found}” is no one amount: a ledger says what was paid. Write the amount.",
        found=cell.text,
    )


def _is_sum(table: Headed, cells: dict[int, Cell]) -> bool:
    """The first text of the row begins as sums do, and the row says no account."""
    words = vocabulary()
    first = normal(next(iter(cells.values())).text)
    return first.startswith(words.sums) or first in words.sums_without_number


def _year(table: Headed, row: int, cells: dict[int, Cell], tally: Tally) -> int | None:
    name = "year" if "year" in table.columns else "date"
    cell = table.cell(cells, name)
    text = cell.text if cell else ""
    if cell is not None and cell.kind == "date":
        # A year that Excel shows as a date is that number, and not a day in 1905.
        plain = cell.serial is not None and FIRST_YEAR <= cell.serial <= LAST_YEAR
        text = f"{cell.serial:f}" if plain else text[:10]
    matched = _YEAR.fullmatch(text)
    if matched and FIRST_YEAR <= int(matched[1]) <= LAST_YEAR:
        return int(matched[1])
    fields = {"found": text, "first": FIRST_YEAR, "last": LAST_YEAR}
    tally.refuse("no_year", table.ref(row, name), BAD_YEAR, **fields)
    return None


def _coded(table: Headed, row: int, cells: dict[int, Cell], tally: Tally) -> tuple[str, str] | None:
    """(account, category); a name after the account is the category where no column says it."""
    category = table.text(cells, "category")[:500]
    text = table.text(cells, "account")
    if not text:
        return "", category
    matched = _ACCOUNT.fullmatch(text)
    if matched is None:
        tally.refuse("no_account", table.ref(row, "account"), NO_ACCOUNT, found=text)
        return None
    return matched[1], category or (matched[2] or "")
