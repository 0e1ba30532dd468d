"""Amounts out of cells: whole kronor and öre, or a located finding that says why not."""

from dataclasses import dataclass
from decimal import Decimal

from model.formatting import number
from model.intake.ledger import Ledger
from model.intake.numbers import parse
from model.intake.reader import Cell, Sheet
from model.money import to_kronor, to_ore

# No Swedish municipality pays so much in a year: an amount above it has the wrong unit.
LARGEST_AMOUNT = Decimal(90) * 10**9

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

_BY_REASON = {
    "ambiguous": AMBIGUOUS,
    "foreign_format": FOREIGN_FORMAT,
    "foreign_currency": FOREIGN_CURRENCY,
    "out_of_range": OUT_OF_RANGE,
    "not_a_number": NOT_A_NUMBER,
}


@dataclass(frozen=True)
class Amount:
    """An amount in kronor: ``mid``, or ``low`` and ``high``, or only ``low`` (*minst*)."""

    mid: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_exact(self) -> bool:
        """One figure, no range and no bound."""
        return self.low is None

    @property
    def value(self) -> Decimal:
        """Mid; of a range halfway; of a lower bound that bound."""
        if self.mid is not None:
            return self.mid
        return kronor((self.low + (self.low if self.high is None else self.high)) / 2)


def kronor(amount: Decimal) -> Decimal:
    """Rounded half up to two decimals."""
    return to_kronor(to_ore(amount))


def written(amount: Decimal) -> str:
    """Kronor as a Swedish sheet writes them (1 234 or 1 234,50), for findings in any language."""
    return number(amount, 0 if amount == amount.to_integral_value() else 2, language="sv")


def read_amount(
    ledger: Ledger, sheet: Sheet, cell: Cell, unit: Decimal, *, negative: bool = False
) -> Amount | None:
    """The amount in a cell, in kronor, or None: nothing stated, not known, or refused.

    ``unit`` is kronor per unit of the sheet; a unit in the cell itself goes before it. What is
    refused gets a finding; ``negative`` allows amounts below zero. The cell is not yet taken.
    """
    figures = _figures(ledger, sheet, cell, unit)
    if figures is None:
        return None
    known = [figure for figure in figures if figure is not None]
    largest = max(known, key=abs)
    if abs(largest) > LARGEST_AMOUNT:
        ledger.refuse(sheet, cell, "too_large", TOO_LARGE, amount=written(largest))
        return None
    if not negative and min(known) < 0:
        ledger.refuse(sheet, cell, "negative_amount", NEGATIVE)
        return None
    return Amount(*(None if figure is None else kronor(figure) for figure in figures))


def _figures(
    ledger: Ledger, sheet: Sheet, cell: Cell, unit: Decimal
) -> tuple[Decimal | None, Decimal | None, Decimal | None] | None:
    """Mid, low and high in kronor, not rounded."""
    if cell.kind == "number":
        if "%" in cell.number_format:
            ledger.refuse(sheet, cell, "not_an_amount", NOT_AN_AMOUNT)
            return None
        return cell.value * unit, None, None
    if cell.kind != "text":
        refuse_kind(ledger, sheet, cell)
        return None
    parsed = parse(cell.value)
    if parsed.reason in ("blank", "blank_or_zero"):
        return None
    if parsed.reason == "not_known":
        ledger.warn(sheet, cell, "not_known", NOT_KNOWN, found=cell.text)
        return None
    if parsed.reason:
        ledger.refuse(sheet, cell, parsed.reason, _BY_REASON[parsed.reason])
        return None
    if parsed.unit == "share" or parsed.flag == "upper_bound":
        ledger.refuse(sheet, cell, "not_an_amount", NOT_AN_AMOUNT)
        return None
    factor = Decimal(1) if parsed.unit == "SEK" else unit
    return tuple(
        None if figure is None else figure * factor
        for figure in (parsed.value, parsed.low, parsed.high)
    )


def refuse_kind(ledger: Ledger, sheet: Sheet, cell: Cell) -> None:
    """Refuse a cell whose kind of content is no amount: an error, a date, a formula unsaved."""
    code, template = {
        "error": ("error_value", ERROR_VALUE),
        "uncached": ("uncached_formula", UNCACHED),
        "out_of_range": ("out_of_range", OUT_OF_RANGE),
        "date": ("date_for_amount", DATE),
        "boolean": ("not_a_number", NOT_A_NUMBER),
    }[cell.kind]
    ledger.refuse(sheet, cell, code, template)
