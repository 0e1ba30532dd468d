"""Numbers as they are read, in a language: one way to write money, tonnes, shares and years.

Amounts are whole öre. Rounding is half up, away from zero, on the exact integer. What is not known
is said (*okänt*), a lower bound says so (*minst*), and a dash stands only for a true zero. Spaces
inside a figure and before its unit do not break. Pure: screens bind the active language in
``ui.format``.
"""

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from model.language import DEFAULT, Language, translate
from model.years import BEFORE, LATER

THIN_SPACE = "\u202f"
SPACE = "\u00a0"
MINUS = "\u2212"
ZERO = "–"
KRONA = 100
THOUSAND = 1_000 * KRONA
MILLION = 1_000_000 * KRONA
BILLION = 1_000_000_000 * KRONA


@dataclass(frozen=True)
class Signs:
    """How a language writes a number: between thousands, and before decimals."""

    group: str
    decimal: str


@functools.cache
def signs(language: Language) -> Signs:
    """The signs that Babel gives for the language, with the space between thousands a thin one."""
    from babel import Locale

    symbols = Locale.parse(language).number_symbols["latn"]
    return Signs(symbols["group"].replace(SPACE, THIN_SPACE), symbols["decimal"])


def number(
    value: int | float | Decimal | None, decimals: int = 0, *, language: Language = DEFAULT
) -> str:
    """``1 234,5``: a number rounded half up to so many decimals; *okänt* for None."""
    if value is None:
        return unknown(language=language)
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    scaled = int((exact * 10**decimals).to_integral_value(ROUND_HALF_UP))
    return _digits(scaled, decimals, language)


def money(
    ore: int | None, *, lower_bound: bool = False, zero: str = ZERO, language: Language = DEFAULT
) -> str:
    """``123,4 mnkr`` up to 999,9 and then ``1,9 miljarder``: an amount in a sentence or a figure.

    What would round to 0,0 mnkr is said in whole kronor.
    """
    if ore is None:
        return unknown(language=language)
    ore = int(ore)
    if ore == 0:
        return zero
    if _rounded(ore, MILLION, 1) == 0:
        text = translate("{amount} SEK", language, amount=_amount(ore, KRONA, 0, language))
    elif abs(_rounded(ore, MILLION, 1)) < 10_000:
        text = translate("{amount} MSEK", language, amount=_amount(ore, MILLION, 1, language))
    else:
        text = translate(
            "{amount} billion SEK", language, amount=_amount(ore, BILLION, 1, language)
        )
    return at_least(_unbroken(text), lower_bound, language=language)


def money_range(low: int | None, high: int | None, *, language: Language = DEFAULT) -> str:
    """``13,3–13,6 miljarder``: low and high in words, one amount where they are the same."""
    if low is None or high is None or low == high:
        only = low if low is not None else high
        return money(only, lower_bound=high is None is not low, language=language)
    low_text, high_text = money(low, language=language), money(high, language=language)
    low_figure, _, low_unit = low_text.partition(SPACE)
    _, _, high_unit = high_text.partition(SPACE)
    if low_unit == high_unit:
        low_text = low_figure
    return low_text if low_text == high_text else f"{low_text}{ZERO}{high_text}"


def mnkr(ore: int | None, *, lower_bound: bool = False, language: Language = DEFAULT) -> str:
    """``1 234,5``: an amount in millions without its unit, for cells and bars that say it once."""
    return _cell(ore, MILLION, 1, lower_bound, language)


def tkr(ore: int | None, *, lower_bound: bool = False, language: Language = DEFAULT) -> str:
    """``1 234 500``: an amount in thousands without its unit, for tables that are edited."""
    return _cell(ore, THOUSAND, 0, lower_bound, language)


def kronor(ore: int | None, *, language: Language = DEFAULT) -> str:
    """``94 667 000 kr``: the exact amount, with öre where there are any."""
    if ore is None:
        return unknown(language=language)
    ore = int(ore)
    if ore == 0:
        return ZERO
    amount = _amount(ore, KRONA, 0 if ore % KRONA == 0 else 2, language)
    return _unbroken(translate("{amount} SEK", language, amount=amount))


def tonnes(
    amount: float | Decimal | None, *, lower_bound: bool = False, language: Language = DEFAULT
) -> str:
    """``105 150 t``: whole tonnes, with a decimal below ten."""
    if amount is None or math.isnan(amount):
        return unknown(language=language)
    if amount == 0:
        return ZERO
    figure = number(amount, 0 if abs(amount) >= 9.95 else 1, language=language)
    text = _unbroken(translate("{amount} t", language, amount=figure))
    return at_least(text, lower_bound, language=language)


def percent(
    share: float | Decimal | None, decimals: int = 0, *, language: Language = DEFAULT
) -> str:
    """``19,8 %`` of a share between 0 and 1."""
    if share is None:
        return unknown(language=language)
    exact = share if isinstance(share, Decimal) else Decimal(str(share))
    figure = number(exact * 100, decimals, language=language)
    return _unbroken(translate("{figure}%", language, figure=figure))


def year(value: int, first: int | None = None, *, language: Language = DEFAULT) -> str:
    """``2026``, never with a separator; *t.o.m. 2025* before ``first``, *senare* after the last."""
    if value == BEFORE:
        if first is None:
            return translate("before", language)
        return translate("until {year}", language, year=first - 1)
    return translate("later", language) if value == LATER else str(value)


def at_least(text: str, lower_bound: bool = True, *, language: Language = DEFAULT) -> str:
    """*minst* before a figure that is only known from below."""
    return translate("at least {figure}", language, figure=text) if lower_bound else text


def unknown(*, language: Language = DEFAULT) -> str:
    """The word for what is not known."""
    return translate("unknown", language)


def capitalise(text: str) -> str:
    """The first letter upper-case and the rest as it is: for a word that begins a sentence."""
    return text[:1].upper() + text[1:]


def _cell(ore: int | None, unit: int, decimals: int, lower_bound: bool, language: Language) -> str:
    if ore is None:
        return unknown(language=language)
    text = ZERO if ore == 0 else _amount(int(ore), unit, decimals, language)
    return at_least(text, lower_bound, language=language)


def year_spans(labels: Iterable[object]) -> str:
    """``2026–2028, 2030``: years that follow each other as their first and last.

    What is no calendar year (*före 2026*) stands by itself.
    """
    runs: list[list[str]] = []
    for label in map(str, labels):
        last = runs[-1][-1] if runs else ""
        if last.isdecimal() and label.isdecimal() and int(label) == int(last) + 1:
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _rounded(amount: int, unit: int, decimals: int) -> int:
    """``amount`` in ``unit`` with so many decimals, as an integer of them, half away from zero."""
    scaled = abs(amount) * 10**decimals
    return (1 if amount >= 0 else -1) * ((2 * scaled + unit) // (2 * unit))


def _amount(ore: int, unit: int, decimals: int, language: Language) -> str:
    return _digits(_rounded(ore, unit, decimals), decimals, language)


def _digits(scaled: int, decimals: int, language: Language) -> str:
    """An integer of so many decimals with its signs: (12345, 1) is ``1 234,5``."""
    written = signs(language)
    whole, rest = divmod(abs(scaled), 10**decimals)
    text = f"{whole:,}".replace(",", written.group)
    if decimals:
        text += f"{written.decimal}{rest:0{decimals}d}"
    return MINUS + text if scaled < 0 else text


def _unbroken(text: str) -> str:
    return text.replace(" ", SPACE)
