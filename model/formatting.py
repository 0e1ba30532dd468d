"""Numbers as people read them, in Swedish or English. Pure: the language is an argument.

Swedish: a narrow no-break space between thousands, a decimal comma, U+2212 for minus, years without
separators. What is not known is a word, never a zero. Amounts are whole öre; rounding is half up.
"""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from model.language import DEFAULT, Language, translate
from model.years import BEFORE, LATER

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
DASH = "–"
MILLION = 100_000_000
BILLION = 1_000 * MILLION
_TENTH = MILLION // 10


def number(value: Decimal | int | float, language: Language = DEFAULT, decimals: int = 0) -> str:
    """``1 234,5``: grouped by thousands, with exactly so many decimals."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), pattern, locale=language)
    # Babel groups Swedish by U+00A0, which is as wide as a word space.
    text = text.replace("\u00a0", NARROW_SPACE)
    return MINUS + text if rounded < 0 else text


def percent(share: Decimal | float | None, language: Language = DEFAULT, decimals: int = 0) -> str:
    """A share as ``80 %``; not known is *okänt*."""
    if share is None:
        return unknown(language)
    hundredths = number(Decimal(str(share)) * 100, language, decimals)
    return translate("{number}%", language, number=hundredths)


def millions(ore: int | None, language: Language = DEFAULT) -> str:
    """The number alone, in millions of kronor: ``1 234,5``. For columns whose head says the unit.

    A dash is a true zero; what is not zero but rounds to it says that it is less than 0,1.
    """
    if ore is None:
        return unknown(language)
    if ore == 0:
        return DASH
    if abs(ore) < _TENTH // 2:
        return "<" + NARROW_SPACE + number(Decimal("0.1"), language, 1)
    return number(_in(ore, MILLION), language, 1)


def money(ore: int | None, language: Language = DEFAULT, *, lower_bound: bool = False) -> str:
    """``1 234,5 mnkr``, or *okänt*; ``minst`` goes before a lower bound."""
    if ore is None:
        return unknown(language)
    figure = number(0, language) if ore == 0 else millions(ore, language)
    text = translate("SEK {number} million", language, number=figure)
    return at_least(text, language) if lower_bound else text


def headline(ore: int | None, language: Language = DEFAULT, *, lower_bound: bool = False) -> str:
    """``234,5 mnkr`` up to 999,9, above that ``1,9 miljarder``: what a title says."""
    if ore is None or abs(_in(ore, _TENTH)) < 10_000:
        return money(ore, language, lower_bound=lower_bound)
    figure = number(_in(ore, BILLION), language, 1)
    text = translate("SEK {number} billion", language, number=figure)
    return at_least(text, language) if lower_bound else text


def at_least(text: str, language: Language = DEFAULT) -> str:
    """``minst`` before what is only known from below."""
    return translate("at least {amount}", language, amount=text)


def unknown(language: Language = DEFAULT) -> str:
    """The word for what is not known."""
    return translate("unknown", language)


def year(value: int, first_year: int, language: Language = DEFAULT) -> str:
    """A year's four digits, *T.o.m. 2025* for what comes before the plan, *Senare* for after."""
    if value == BEFORE:
        return translate("Until {year}", language, year=first_year - 1)
    return translate("Later", language) if value == LATER else str(value)


def capitalise(text: str) -> str:
    """The first letter upper-case and the rest as it is."""
    return text[:1].upper() + text[1:]


def _in(ore: int, unit: int) -> Decimal:
    """Öre in a larger unit, rounded half up at what one decimal of it can show."""
    places = Decimal(1) if unit == _TENTH else Decimal("0.1")
    return (Decimal(int(ore)) / unit).quantize(places, ROUND_HALF_UP)
