"""One value as text and back, by its kind: amounts, shares, years, choices.

Numbers are read as Swedes write them (:mod:`model.intake.numbers`), strictly: what can be read in
two ways is refused with both. What a kind writes it reads as the same value.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from model.formatting import MINUS, THIN_SPACE
from model.intake.amounts import LARGEST_AMOUNT
from model.intake.numbers import Parsed, parse
from model.money import to_kronor, to_ore
from model.years import BEFORE, LATER, parse_year, year_label

# Kronor per unit that amounts are typed in.
UNITS: Mapping[str, Decimal] = {
    "tkr": Decimal(1000),
    "mnkr": Decimal(1_000_000),
    "kr": Decimal(1),
}

NOT_AN_AMOUNT = (
    "“{found}” is no amount in {unit}. Write a number such as 1 234,5, or leave it empty when it "
    "is not known."
)
NOT_A_NUMBER = "“{found}” is no number. Write a number such as 1 234,5."
DASH = "“{found}” may be zero or not known. Write 0, or leave it empty when it is not known."
TWO_WAYS = (
    "“{found}” can be read in two ways. Write it with spaces between thousands, as 1 234, or with "
    "the decimals that it has, as 1,2340."
)
ENGLISH = (
    "“{found}” is written as an English number. Write it with spaces between thousands and a "
    "decimal comma: 1 234,50."
)
FOREIGN = "“{found}” is not in kronor. Write the amount in kronor."
TOO_LARGE = "“{found}” is more than a municipality pays. Check the amount and its unit, {unit}."
NEGATIVE = "“{found}” is negative: expected zero or more."
ONE_FIGURE = "“{found}” is a range or a bound. Write its ends under Low and High."
UPPER_BOUND = (
    "“{found}” says no more than that it is not higher. Write low and high, or one figure."
)
NOT_A_SHARE = "“{found}” is no percentage. Write a number from 0 to 100 with a percent sign."
WHICH_SHARE = (
    "“{found}” may be a share or a percentage. Write it with a percent sign: 50 % or 0,5 %."
)
NOT_A_YEAR = "“{found}” is no year: expected a year such as 2027, “before” or “later”."
NOT_WHOLE = "“{found}” is no whole number: expected a number such as 25."
NOT_A_MONTH = "“{found}” is no year and month: expected 2027-06."
NOT_A_DAY = "“{found}” is no date: expected 2027-06-30."
NOT_A_CODE = "“{found}” is no municipality code: expected four digits, such as 1283."
NOT_A_CHOICE = "“{found}” is not among the choices. Choose one in the list."
TOO_LONG = "The text has {length} characters: at most {limit} fit."

_BY_REASON = {"ambiguous": TWO_WAYS, "foreign_format": ENGLISH, "blank_or_zero": DASH}
_BEFORE = re.compile(
    r"before|före|t\.? ?o\.? ?m\.?(?: \d{4})?|till och med(?: \d{4})?|until \d{4}", re.I
)
_LATER = re.compile(r"later|senare|därefter", re.I)
_THREE_AFTER_ONE_COMMA = re.compile(r"−?[1-9]\d{0,2},\d{3}")


class Unreadable(Exception):
    """A text that is no value of its kind. ``template`` and ``fields`` say what was expected."""

    def __init__(self, template: str, **fields: object):
        self.template, self.fields = template, fields
        super().__init__(template.format(**fields))


@dataclass(frozen=True)
class Range:
    """What an amount or quantity was read as: one figure, or its ends. All None: not known."""

    mid: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


class Kind:
    """A way to write a value. ``figure`` is set right-aligned."""

    figure = False

    def write(self, value: object) -> str:
        """The value as text to type over; empty for what is not known."""
        return "" if value is None else str(value)

    def read(self, text: str) -> object:
        """The value, None for nothing. Unreadable says what was expected."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Kind):
    """Free text, on one line unless ``long``."""

    limit: int = 4000
    long: bool = False

    def read(self, text: str) -> str:
        if len(text) > self.limit:
            raise Unreadable(TOO_LONG, length=len(text), limit=self.limit)
        return text


@dataclass(frozen=True)
class Code(Kind):
    """A municipality's code at Statistics Sweden: four digits, or nothing."""

    def read(self, text: str) -> str:
        if text and not re.fullmatch(r"[0-9]{4}", text):
            raise Unreadable(NOT_A_CODE, found=text)
        return text


@dataclass(frozen=True)
class Words(Kind):
    """Several words, set off by commas: the quality flags of a measure."""

    def write(self, value: object) -> str:
        return ", ".join(value or ())

    def read(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (word.strip() for word in text.split(",")))))


@dataclass(frozen=True)
class Choice(Kind):
    """One key of ``words`` (key -> English msgid) or of a registry of ``data/`` named ``of``.

    Empty is nothing chosen. ``named`` words are names that people have given, and are not msgids.
    """

    words: Mapping[str, str] | None = None
    of: str = ""
    named: bool = False

    def read(self, text: str) -> str:
        if text and self.words is not None and text not in self.words:
            raise Unreadable(NOT_A_CHOICE, found=text)
        return text


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes, no, or not said."""

    def write(self, value: object) -> str:
        return "" if value is None else ("yes" if value else "no")

    def read(self, text: str) -> bool | None:
        if text in ("yes", "no"):
            return text == "yes"
        if text:
            raise Unreadable(NOT_A_CHOICE, found=text)
        return None


@dataclass(frozen=True)
class Amount(Kind):
    """Kronor, typed in ``unit``. ``ranges`` also takes *minst 80* and *80–110*, as a Range."""

    unit: str = "tkr"
    negative: bool = False
    ranges: bool = False
    figure = True

    def write(self, value: object) -> str:
        return "" if value is None else write_number(Decimal(str(value)) / UNITS[self.unit])

    def read(self, text: str) -> Decimal | Range | None:
        found = _parse(text, NOT_AN_AMOUNT, unit=self.unit)
        if found.unit == "share":
            raise Unreadable(NOT_AN_AMOUNT, found=text, unit=self.unit)
        factor = Decimal(1) if found.unit == "SEK" else UNITS[self.unit]
        ends = [
            None if end is None else end * factor for end in (found.value, found.low, found.high)
        ]
        for end in ends:
            if end is not None and abs(end) > LARGEST_AMOUNT:
                raise Unreadable(TOO_LARGE, found=text, unit=self.unit)
            if end is not None and end < 0 and not self.negative:
                raise Unreadable(NEGATIVE, found=text)
        return _ranged(
            [None if end is None else to_kronor(to_ore(end)) for end in ends], text, self
        )


@dataclass(frozen=True)
class Quantity(Kind):
    """A number in the unit of its row. ``ranges`` as for amounts."""

    ranges: bool = False
    figure = True

    def write(self, value: object) -> str:
        return "" if value is None else write_number(Decimal(str(value)))

    def read(self, text: str) -> Decimal | Range | None:
        found = _parse(text, NOT_A_NUMBER)
        if found.unit:
            raise Unreadable(NOT_A_NUMBER, found=text)
        return _ranged([found.value, found.low, found.high], text, self)


@dataclass(frozen=True)
class Percent(Kind):
    """A share of one, typed as a percentage of at most ``largest`` (of one)."""

    largest: Decimal = Decimal(1)
    figure = True

    def write(self, value: object) -> str:
        return "" if value is None else f"{write_number(Decimal(str(value)) * 100)} %"

    def read(self, text: str) -> Decimal | None:
        found = _parse(text, NOT_A_SHARE)
        if found.value is None and (found.low, found.high) == (None, None):
            return None
        if found.value is None or found.unit == "SEK":
            raise Unreadable(NOT_A_SHARE, found=text)
        share = found.value
        if found.unit != "share":
            if 0 < share <= 1:
                raise Unreadable(WHICH_SHARE, found=text)
            share /= 100
        if not 0 <= share <= self.largest:
            raise Unreadable(NOT_A_SHARE, found=text)
        return round(share, 6)


@dataclass(frozen=True)
class Year(Kind):
    """A year; with ``open_ended`` also *before* and *later*. ``offered`` are years to choose from,
    where any other is not expected; ``first`` is the year that *before* comes before."""

    open_ended: bool = True
    offered: tuple[int, ...] = ()
    first: int | None = None
    figure = True

    def write(self, value: object) -> str:
        return "" if value is None else year_label(int(value))

    def read(self, text: str) -> int | None:
        if not text:
            return None
        found = " ".join(text.split())
        if self.open_ended and _BEFORE.fullmatch(found):
            return BEFORE
        if self.open_ended and _LATER.fullmatch(found):
            return LATER
        try:
            year = parse_year(found)
        except ValueError:
            year = BEFORE
        if year in (BEFORE, LATER):
            raise Unreadable(NOT_A_YEAR, found=text)
        return year


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number."""

    figure = True

    def write(self, value: object) -> str:
        return "" if value is None else write_number(Decimal(int(value)))

    def read(self, text: str) -> int | None:
        found = _parse(text, NOT_WHOLE)
        if found.value is None and not (found.low or found.high):
            return None
        if found.value is None or found.unit or found.value != int(found.value):
            raise Unreadable(NOT_WHOLE, found=text)
        return int(found.value)


@dataclass(frozen=True)
class Month(Kind):
    """Year and month, ``2028-06``."""

    def read(self, text: str) -> str:
        found = re.fullmatch(r"((?:19|20|21)\d\d)[-/. ]?(0?[1-9]|1[0-2])", text)
        if text and not found:
            raise Unreadable(NOT_A_MONTH, found=text)
        return f"{found[1]}-{int(found[2]):02}" if found else ""


@dataclass(frozen=True)
class Day(Kind):
    """A date, ``2028-06-30``."""

    def read(self, text: str) -> str:
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            raise Unreadable(NOT_A_DAY, found=text) from None


def write_number(value: Decimal) -> str:
    """``1 234,5``: every digit of it, and never such that it can be read in two ways."""
    sign, digits, exponent = value.normalize().as_tuple()
    whole, rest = (
        divmod(int("".join(map(str, digits))), 10**-exponent)
        if exponent < 0
        else (
            int("".join(map(str, digits))) * 10**exponent,
            0,
        )
    )
    text = f"{whole:,}".replace(",", THIN_SPACE)
    if rest:
        text += f",{rest:0{-exponent}d}"
    if _THREE_AFTER_ONE_COMMA.fullmatch(text):
        text += "0"
    return MINUS + text if sign and value else text


def _parse(text: str, refusal: str, **fields: object) -> Parsed:
    """What the text says, nothing at all for what is empty or not known."""
    found = parse(text)
    if found.reason in ("blank", "not_known"):
        return Parsed()
    if found.reason == "foreign_currency":
        raise Unreadable(FOREIGN, found=text)
    if found.reason:
        raise Unreadable(_BY_REASON.get(found.reason, refusal), found=text, **fields)
    if found.flag == "upper_bound":
        raise Unreadable(UPPER_BOUND, found=text)
    return found


def _ranged(ends: list[Decimal | None], text: str, kind: Amount | Quantity):
    """One figure, or with ``ranges`` a Range."""
    mid, low, high = ends
    if kind.ranges:
        return Range(mid, low, high)
    if low is not None or high is not None:
        raise Unreadable(ONE_FIGURE, found=text)
    return mid
