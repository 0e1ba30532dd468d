"""Amounts out of cells: whole kronor and öre, or a located finding that says why not."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from model.errors import Question
from model.formatting import number
from model.intake.ledger import Ledger
from model.intake.numbers import Parsed, Point, parse
from model.intake.reader import Cell, Sheet
from model.money import ORE

# No Swedish municipality pays so much in a year: an amount above it has the wrong unit.
LARGEST_AMOUNT = Decimal(90) * 10**9
# Room for any number of a sheet in any unit, which is then refused as too large.
_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
_NOTHING = Decimal("0.00")

NOT_A_NUMBER = (
    "The cell holds “{found}” where an amount belongs. "
    "Write a number such as 1 234,5, or leave the cell empty when the amount is not known."
)
AMBIGUOUS = (
    "“{found}” can be read in two ways. Write the amount with spaces between thousands and a "
    "decimal comma: 1 234 or 1,234 kr."
)
FOREIGN_FORMAT = (
    "“{found}” is written as an English number. Write it with spaces between thousands and a "
    "decimal comma: 1 234,50."
)
FOREIGN_CURRENCY = "“{found}” is not in kronor. Write the amount in kronor."
OUT_OF_RANGE = "“{found}” has more digits than an amount can have. Write the amount again."
TOO_LARGE = (
    "{found} would be {amount} kronor, more than a municipality pays. "
    "Check the amount and the unit of the sheet."
)
ERROR_VALUE = "The cell shows the error {found}. Mend its formula, or write the value."
UNCACHED = (
    "The cell holds a formula that was saved without its result. "
    "Open the workbook in Excel, save it and try again."
)
DATE = "The cell holds the date {found} where an amount belongs. Write the amount as a number."
NOT_AN_AMOUNT = "The cell holds “{found}” where an amount in kronor belongs."
NEGATIVE = (
    "The amount {found} is negative. Write an expenditure as a positive amount, "
    "and an income as a grant of its own."
)
NOT_KNOWN = "“{found}”: the amount is read as not known."
ASK_NUMBER = (
    "“{found}” can be read in two ways: with a point between thousands, or as a decimal. "
    "Say which, or write the amount with spaces between thousands and a decimal comma: 1 234,5."
)
POINT = Question("--point {choice}", ("thousands", "decimal"))

_BY_KIND = {
    "error": ("error_value", ERROR_VALUE),
    "uncached": ("uncached_formula", UNCACHED),
    "out_of_range": ("out_of_range", OUT_OF_RANGE),
    "date": ("date_for_amount", DATE),
    "boolean": ("not_a_number", NOT_A_NUMBER),
}
_BY_REASON = {
    "ambiguous": AMBIGUOUS,
    "foreign_format": FOREIGN_FORMAT,
    "foreign_currency": FOREIGN_CURRENCY,
    "out_of_range": OUT_OF_RANGE,
    "not_a_number": NOT_A_NUMBER,
}


# Amounts and figures are not frozen, though nobody changes one: see ``reader.Cell``.
@dataclass(slots=True, unsafe_hash=True)
class Amount:
    """An amount in kronor: ``mid``, or ``low`` and ``high``, or only ``low`` (*minst*)."""

    mid: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_exact(self) -> bool:
        """One figure, no range and no bound."""
        return self.low is None

    def __neg__(self) -> "Amount":
        """The same with the other sign; a bound then bounds from the other side."""
        if self.mid is not None:
            return Amount(-self.mid)
        return Amount(None, -self.low if self.high is None else -self.high, self.high and -self.low)

    @property
    def value(self) -> Decimal:
        """Mid; of a range halfway; of a lower bound that bound."""
        if self.mid is not None:
            return self.mid
        return kronor((self.low + (self.low if self.high is None else self.high)) / 2)


def kronor(amount: Decimal) -> Decimal:
    """Rounded half up to two decimals. There is no zero below zero."""
    return amount.quantize(ORE, context=_EXACT) or _NOTHING


def written(amount: Decimal) -> str:
    """Kronor as a Swedish sheet writes them (1 234 or 1 234,50), for findings in any language."""
    return number(amount, 0 if amount == amount.to_integral_value() else 2, language="sv")


@dataclass(slots=True, unsafe_hash=True)
class Figure:
    """What a cell says as an amount, before anybody knows what it is an amount of.

    ``amount`` is None when the cell states none; ``problem`` is then the code and the template of
    a finding, empty when a blank says all. Code *not_known* is worth a warning, others refuse.
    ``text_decimals`` are those that a text was written with.
    """

    cell: Cell
    amount: Amount | None = None
    problem: tuple[str, str] | tuple[()] = ()
    text_decimals: int = 0

    @property
    def decimals(self) -> int:
        """How many decimals the figure was written with."""
        if self.cell.kind == "number" and self.amount is not None:
            return _decimals(self.cell.value)
        return self.text_decimals

    @property
    def is_refused(self) -> bool:
        """There is something in the cell, and it is no amount."""
        return bool(self.problem) and self.problem[0] != "not_known"

    @property
    def says_something(self) -> bool:
        """The cell holds an amount, or what cannot be one."""
        return self.amount is not None or bool(self.problem)


def figure(cell: Cell, unit: Decimal, point: Point | None = None) -> Figure:
    """What a cell says as an amount in kronor. Finds nothing out about what it is for.

    ``unit`` is kronor per unit of the sheet; a unit in the cell itself goes before it. ``point`` is
    what a person has said of ``1.234``.
    """
    if cell.kind == "number":
        if "%" in cell.number_format:
            return Figure(cell, problem=("not_an_amount", NOT_AN_AMOUNT))
        return Figure(cell, Amount(kronor(cell.value * unit)))
    if cell.kind != "text":
        return Figure(cell, problem=_BY_KIND[cell.kind])
    return _of_text(cell, parse(cell.value, point), unit)


def _of_text(cell: Cell, parsed: Parsed, unit: Decimal) -> Figure:
    if parsed.reason in ("blank", "blank_or_zero"):
        return Figure(cell)
    if parsed.reason == "not_known":
        return Figure(cell, problem=("not_known", NOT_KNOWN))
    if parsed.reason == "ambiguous" and parse(cell.value, "decimal").reason is None:
        return Figure(cell, problem=("ask_number", ASK_NUMBER))
    if parsed.reason:
        return Figure(cell, problem=(parsed.reason, _BY_REASON[parsed.reason]))
    if parsed.unit == "share" or parsed.flag == "upper_bound":
        return Figure(cell, problem=("not_an_amount", NOT_AN_AMOUNT))
    factor = Decimal(1) if parsed.unit == "SEK" else unit
    figures = (parsed.value, parsed.low, parsed.high)
    decimals = max(_decimals(f) for f in figures if f is not None)
    return Figure(
        cell, Amount(*(None if f is None else kronor(f * factor) for f in figures)), (), decimals
    )


def _decimals(amount: Decimal) -> int:
    return max(0, -amount.as_tuple().exponent)


def read_amount(
    ledger: Ledger,
    sheet: Sheet,
    cell: Cell,
    unit: Decimal,
    *,
    negative: bool = False,
    point: Point | None = None,
) -> Amount | None:
    """The amount in a cell, in kronor, or None: nothing stated, not known, or refused.

    As :func:`figure`, and what is refused gets a finding; ``negative`` allows amounts below zero.
    The cell is not yet taken.
    """
    return accept(ledger, sheet, figure(cell, unit, point), negative=negative)


def accept(ledger: Ledger, sheet: Sheet, found: Figure, *, negative: bool = False) -> Amount | None:
    """The amount of a figure that is to be imported; a finding and None when it cannot be."""
    if found.problem:
        report(ledger, sheet, found)
        return None
    amount = found.amount
    if amount is None:
        return None
    if amount.low is None and 0 <= amount.mid <= LARGEST_AMOUNT:
        return amount
    known = [value for value in (amount.mid, amount.low, amount.high) if value is not None]
    largest = max(known, key=abs)
    if abs(largest) > LARGEST_AMOUNT:
        ledger.refuse(sheet, found.cell, "too_large", TOO_LARGE, amount=written(largest))
        return None
    if not negative and min(known) < 0:
        ledger.refuse(sheet, found.cell, "negative_amount", NEGATIVE)
        return None
    return amount


def report(ledger: Ledger, sheet: Sheet, found: Figure) -> None:
    """The finding for a figure with a problem."""
    code, template = found.problem
    cell = found.cell
    if code == "not_known":
        ledger.warn(sheet, cell, code, template, found=cell.text)
    elif code == "ask_number":
        ledger.refuse_and_ask(sheet, cell, code, template, POINT)
    else:
        ledger.refuse(sheet, cell, code, template)


def refuse_kind(ledger: Ledger, sheet: Sheet, cell: Cell) -> None:
    """Refuse a cell whose kind of content is no amount: an error, a date, a formula unsaved."""
    ledger.refuse(sheet, cell, *_BY_KIND[cell.kind])
