"""What a cell of the template holds, by the content that its column says: a value or a finding."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from model.intake import choices
from model.intake.amounts import (
    AMBIGUOUS,
    ASK_NUMBER,
    FOREIGN_FORMAT,
    OUT_OF_RANGE,
    POINT,
    read_amount,
    refuse_kind,
)
from model.intake.ledger import Ledger
from model.intake.mapping import Column, normal
from model.intake.numbers import Parsed, Point, parse
from model.intake.reader import Cell, Sheet
from model.rows import PriceLevel

# What the store keeps of a quantity.
DECIMALS = 6
YES = ("ja", "j", "x", "yes", "sant", "true")
NO = ("nej", "n", "no", "falskt", "false")

NOT_A_NUMBER = "The cell holds “{found}” where a number belongs under {heading}."
NOT_A_SHARE = "The cell holds “{found}” where a percentage from 0 to 100 belongs under {heading}."
WHICH_SHARE = (
    "“{found}” under {heading} may be a share or a percentage. "
    "Write it with a percent sign, such as 50 % or 0,5 %."
)
NOT_A_COUNT = "The cell holds “{found}” where a whole number belongs under {heading}."
NOT_A_YEAR = "The cell holds “{found}” where a year such as 2027 belongs under {heading}."
NOT_A_MONTH = (
    "The cell holds “{found}” where a year and month such as 2027-06 belong under {heading}."
)
NOT_A_DAY = "The cell holds “{found}” where a date such as 2027-06-30 belongs under {heading}."
NOT_YES_NO = "The cell holds “{found}” where ja or nej belongs under {heading}."
NOT_A_CHOICE = "“{found}” is no choice under {heading}. Choose one of: {choices}."
NOT_A_PRICE_LEVEL = (
    "“{found}” is no price level. Write löpande, or the year of the prices, such as 2025."
)
NOT_ONE_AMOUNT = (
    "“{found}” is no single amount. Write the middle under Central, and the ends under Låg and Hög."
)


@dataclass(frozen=True)
class PriceBase:
    """Nominal, or real with the year of its prices."""

    level: PriceLevel
    year: int | None = None


def read_field(
    ledger: Ledger,
    sheet: Sheet,
    cell: Cell,
    column: Column,
    unit: Decimal,
    point: Point | None = None,
) -> object:
    """The cell's value by its column's content, taken into the ledger; None when there is none.

    Money is Decimal kronor, shares and rates Decimal parts of one. ``point`` is what a person has
    said of ``1.234``. What is refused has its finding.
    """
    if cell.kind in ("error", "uncached", "out_of_range"):
        refuse_kind(ledger, sheet, cell)
        return None
    if not cell.text:
        return None
    found = _CONTENTS[column.content](_Place(ledger, sheet, cell, column, unit, point))
    if found is not None:
        ledger.take(sheet, cell)
    return found


@dataclass(frozen=True)
class _Place:
    ledger: Ledger
    sheet: Sheet
    cell: Cell
    column: Column
    unit: Decimal
    point: Point | None

    def refuse(self, code: str, template: str, /, **fields: object) -> None:
        heading = self.column.heading.replace("{year}", "").strip() or "20xx"
        self.ledger.refuse(self.sheet, self.cell, code, template, heading=heading, **fields)

    def number(self, code: str, template: str) -> Parsed | None:
        """A plain number or percentage; None, refused, when it is neither."""
        if self.cell.kind == "number":
            percent = "%" in self.cell.number_format
            return Parsed(self.cell.value, unit="share" if percent else "")
        parsed = (
            parse(self.cell.text, self.point)
            if self.cell.kind == "text"
            else Parsed(reason="not_a_number")
        )
        if parsed.reason in ("blank", "blank_or_zero", "not_known"):
            return None
        if parsed.reason == "ambiguous" and parse(self.cell.text, "decimal").value is not None:
            self.ledger.refuse_and_ask(self.sheet, self.cell, "ask_number", ASK_NUMBER, POINT)
            return None
        if parsed.value is None or parsed.unit == "SEK":
            reasons = {
                "ambiguous": AMBIGUOUS,
                "foreign_format": FOREIGN_FORMAT,
                "out_of_range": OUT_OF_RANGE,
            }
            self.refuse(code, reasons.get(parsed.reason, template))
            return None
        return parsed


def _text(place: _Place) -> str:
    return " ".join(place.cell.text.split())


def _money(place: _Place) -> Decimal | None:
    amount = read_amount(
        place.ledger,
        place.sheet,
        place.cell,
        place.unit,
        negative=place.column.negative,
        point=place.point,
    )
    if amount is None:
        return None
    if not amount.is_exact:
        place.refuse("not_one_amount", NOT_ONE_AMOUNT)
        return None
    return amount.mid


def _share(place: _Place) -> Decimal | None:
    return _percentage(place, ambiguous_to=Decimal(1), largest=Decimal(1))


def _rate(place: _Place) -> Decimal | None:
    return _percentage(place, ambiguous_to=Decimal("0.1"), largest=Decimal("0.3"))


def _percentage(place: _Place, ambiguous_to: Decimal, largest: Decimal) -> Decimal | None:
    """A plain number is per cent; one so small that it may be a share already is asked about."""
    parsed = place.number("not_a_share", NOT_A_SHARE)
    if parsed is None:
        return None
    share = parsed.value
    if parsed.unit != "share":
        if 0 < share <= ambiguous_to:
            return place.refuse("ask_share", WHICH_SHARE)
        share /= 100
    if not 0 <= share <= largest:
        return place.refuse("not_a_share", NOT_A_SHARE)
    return round(share, DECIMALS)


def _number(place: _Place) -> Decimal | None:
    parsed = place.number("not_a_number", NOT_A_NUMBER)
    if parsed is None:
        return None
    if parsed.unit:
        return place.refuse("not_a_number", NOT_A_NUMBER)
    return round(parsed.value, DECIMALS)


def _count(place: _Place) -> int | None:
    parsed = place.number("not_a_count", NOT_A_COUNT)
    if parsed is None:
        return None
    if parsed.unit or parsed.value != int(parsed.value) or not 0 <= parsed.value < 10**9:
        return place.refuse("not_a_count", NOT_A_COUNT)
    return int(parsed.value)


def _year(place: _Place) -> int | None:
    number = place.cell.serial if place.cell.kind == "date" else None
    if number is None:
        parsed = place.number("not_a_year", NOT_A_YEAR)
        if parsed is None:
            return None
        number = parsed.value
    if number != int(number) or not 1900 <= number < 2200:
        return place.refuse("not_a_year", NOT_A_YEAR)
    return int(number)


def _month(place: _Place) -> str | None:
    text = str(place.cell.value) if place.cell.kind == "date" else place.cell.text
    found = re.fullmatch(r"(20[0-9][0-9])[-/. ]?(0?[1-9]|1[0-2])(?:-[0-9][0-9])?", text)
    if not found:
        return place.refuse("not_a_month", NOT_A_MONTH)
    return f"{found[1]}-{int(found[2]):02}"


def _day(place: _Place) -> str | None:
    text = str(place.cell.value) if place.cell.kind == "date" else place.cell.text
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return place.refuse("not_a_day", NOT_A_DAY)


def _yes_no(place: _Place) -> bool | None:
    if place.cell.kind == "boolean":
        return bool(place.cell.value)
    answer = normal(place.cell.text)
    if answer not in YES + NO:
        return place.refuse("not_yes_no", NOT_YES_NO)
    return answer in YES


def _choice(place: _Place) -> str | None:
    column = place.column
    known = {normal(name): key for name, key in column.choices.items()}
    # The keys themselves are accepted too, as what is exported holds them.
    known |= {key: key for key in column.choices.values()}
    names = tuple(column.choices)
    if column.of:
        known, names = choices.keys(column.of), choices.names(column.of)
    found = known.get(normal(place.cell.text))
    if found is None:
        return place.refuse("not_a_choice", NOT_A_CHOICE, choices=", ".join(names))
    return found


def _price_level(place: _Place) -> PriceBase | None:
    text = normal(place.cell.text)
    if re.fullmatch(r"löpande(?: priser)?|nominell[at]?|nominal", text):
        return PriceBase("nominal")
    real = re.fullmatch(
        r"(?:fast(?:a)?(?: priser?)?,? ?|real )?(20[0-9][0-9])(?: års priser| års prisnivå)?", text
    )
    if real:
        return PriceBase("real", int(real[1]))
    if text in ("okänt", "okänd", "unknown"):
        return PriceBase("unknown")
    return place.refuse("not_a_price_level", NOT_A_PRICE_LEVEL)


_CONTENTS: dict[str, Callable[[_Place], object]] = {
    "text": _text,
    "money": _money,
    "years": _money,
    "share": _share,
    "rate": _rate,
    "number": _number,
    "count": _count,
    "year": _year,
    "month": _month,
    "day": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "price_level": _price_level,
}
