"""Numbers as Swedes write them, read strictly: what can mean two things is said to, never guessed.

Thousands are set off by spaces of any kind (or dots, when there is more than one or a comma after
them), the decimal sign is a comma, and a single point is one too where it cannot be anything else.
The signs are Babel's for Swedish and English; its own parser takes ``1.234`` for 1.234 and refuses
U+2212, so the grammar is ours. A unit of money beside the number makes it kronor, also when it
stands before it (*SEK 5m*); a percent sign makes it a share.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale

Reason = Literal[
    "blank",
    "blank_or_zero",
    "not_known",
    "ambiguous",
    "foreign_format",
    "foreign_currency",
    "out_of_range",
    "not_a_number",
]
Flag = Literal["lower_bound", "upper_bound", "approximate", ""]
# What a single point before three digits is, where a person has said it.
Point = Literal["thousands", "decimal"]

# More digits than a spreadsheet keeps are not an amount that anybody counted.
LARGEST = Decimal(10) ** 15
# No amount takes so many signs to write; what does is a sentence.
LONGEST = 200
SEK = "SEK"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text says: ``value``, or ``low`` and ``high``, or the ``reason`` why it is neither.

    ``unit`` is ``SEK`` when the text named a unit of money (the numbers are then kronor), ``share``
    when it is a percentage (12,5 % is 0.125), and empty when the text names none.
    """

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Literal["SEK", "share", ""] = ""
    reason: Reason | None = None
    flag: Flag = ""


_THOUSAND = r"tusen|thousand"
_MILLION = r"milj(?:on(?:er)?)?\.?|millions?"
_BILLION = r"miljard(?:er)?|mdr|billions?"
_KRONOR = r"(?:kr(?:onor)?|sek)"
# What a unit of money is called, and how many kronor it is.
UNITS = {
    Decimal(1): rf"{_KRONOR}|:-|,-",
    Decimal(10) ** 3: rf"tkr|kkr|tsek|ksek|t ?kr|(?:{_THOUSAND}) ?{_KRONOR}",
    Decimal(10) ** 6: rf"mnkr|mkr|mn? ?(?:kr|sek)|(?:{_MILLION}) ?{_KRONOR}?",
    Decimal(10) ** 9: rf"mdkr|md ?kr|bn? ?sek|(?:{_BILLION}) ?{_KRONOR}?",
}
_UNITS = [(factor, re.compile(words, re.IGNORECASE)) for factor, words in UNITS.items()]
# How many of a currency a word or letter beside it stands for: MEUR, 5m.
_MAGNITUDES = {
    Decimal(10) ** 3: rf"t|k|{_THOUSAND}",
    Decimal(10) ** 6: rf"mn?|{_MILLION}",
    Decimal(10) ** 9: rf"bn?|md|{_BILLION}",
}
_MANY = [(factor, re.compile(words, re.IGNORECASE)) for factor, words in _MAGNITUDES.items()]
MAGNITUDE = re.compile("|".join(_MAGNITUDES.values()), re.IGNORECASE)
CURRENCIES = {
    "EUR": r"eur|euros?|€",
    "NOK": r"nok|norska kronor",
    "DKK": r"dkk|danska kronor",
    "USD": r"usd|us ?dollars?|dollars?|\$",
    "GBP": r"gbp|pund|£",
}
_FOREIGN = [
    (code, re.compile(rf"(?P<many>{MAGNITUDE.pattern})?\.? ?(?:{words})", re.I))
    for code, words in CURRENCIES.items()
]
# Any unit of money, to find amounts in a sentence with.
MONEY = re.compile(
    "|".join(
        [*UNITS.values(), *(words.pattern.replace("?P<many>", "?:") for _, words in _FOREIGN)]
    ),
    re.IGNORECASE,
)
# A unit of money before the number.
_BEFORE = re.compile(
    rf"(?P<unit>{MONEY.pattern})[.:]? ?(?P<number>[-+(]? ?[0-9].*)",
    re.IGNORECASE,
)

_SV, _EN = (Locale.parse(language).number_symbols["latn"] for language in ("sv", "en"))
_COMMA, _POINT_SIGN = _SV["decimal"], _EN["decimal"]
# Every space that Unicode has, and that a person may have typed, pasted or not seen, is one space.
_SPACES = str.maketrans(
    dict.fromkeys([_SV["group"], *(chr(code) for code in range(0x2000, 0x200C))], " ")
    | dict.fromkeys("\u202f\u205f\u3000\u2060\ufeff\t\n\r", " ")
)
_DASHES = f"-{_SV['minusSign']}\u2013\u2014\u2010\u2011"
DASH = re.compile(f"[{_DASHES}]")
_MINUS = str.maketrans(dict.fromkeys(_DASHES, "-"))
_NOT_KNOWN = re.compile(
    r"tbd|t\.b\.d\.?|to be (?:decided|determined)|n ?[/.] ?a\.?|not (?:available|known)|unknown"
    r"|okänt?|(?:är )?(?:ej|inte) (?:känt?|beslutat|klart?|tillgängligt?|beräknat|angivet)"
    r"|(?:uppgift )?saknas|uppgift ej tillgänglig|utreds|beslutas senare|\?+",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"(?:>=?|≥|minst|lägst|åtminstone|över|mer än|from|från|at least|more than|over)\s*",
    re.IGNORECASE,
)
_UPPER = re.compile(
    r"(?:<=?|≤|högst|som mest|max\.?|maximalt|upp till|uppemot|under|mindre än|at most|up to"
    r"|less than|below)\s*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:ca\.?|cirka|c:a|omkring|ungefär|uppskattningsvis|drygt|knappt|[~≈]|about|approx\.?"
    r"|approximately|around)\s*",
    re.IGNORECASE,
)
_BOUNDS: tuple[tuple[re.Pattern, Flag], ...] = (
    (_LOWER, "lower_bound"),
    (_UPPER, "upper_bound"),
    (_ABOUT, "approximate"),
)
# A word that bounds the number after it, to find amounts in a sentence with.
BOUND = re.compile(
    "|".join(pattern.pattern.removesuffix(r"\s*") for pattern, _ in _BOUNDS), re.IGNORECASE
)
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?e([+-]?[0-9]+)", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?P<low>.*[0-9])\s*(?P<unit>[^\W\d_][\w ]*?|%|:-)?\s*(?:[{_DASHES}]|till|to|à)\s*"
    r"(?P<high>[0-9].*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:mellan|between) (.*[0-9].*) (?:och|and) ([0-9].*)", re.IGNORECASE)

_SWEDISH = re.compile(rf"[0-9]{{1,3}}(?: [0-9]{{3}})+(?:{_COMMA}[0-9]+)?|[0-9]+(?:{_COMMA}[0-9]+)?")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_POINT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)\.[0-9]+")
_ENGLISH = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:['’´][0-9]{3})+(?:[.,][0-9]+)?"
)
_THREE_AFTER_ONE_SIGN = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_YEARS = re.compile(r"(?:19|20)[0-9][0-9]")


def parse(text: str, point: Point | None = None) -> Parsed:
    """What a cell's text says as a number. Always an answer, never an error.

    ``point`` is what a person has said of ``1.234``, which is otherwise *ambiguous*.
    """
    if text.isascii() and text.isdigit() and len(text) <= LARGEST.adjusted():
        return Parsed(Decimal(text))
    found, unit = _read(text, point)
    if unit in CURRENCIES and found.reason is None:
        return Parsed(reason="foreign_currency")
    return found


def parse_in_currency(text: str, point: Point | None = None) -> tuple[Parsed, str]:
    """As :func:`parse`, and the currency's code; amounts that are not kronor are in that currency.

    The code is empty when the text names none.
    """
    found, unit = _read(text, point)
    return found, "" if unit == "share" else unit


@lru_cache(maxsize=1 << 16)
def _read(text: str, point: Point | None) -> tuple[Parsed, str]:
    text = " ".join(text.translate(_SPACES).split())
    if not text:
        return Parsed(reason="blank"), ""
    if len(text) > LONGEST:
        return Parsed(reason="not_a_number"), ""
    if text[0].isdigit() and _SWEDISH.fullmatch(text):  # nearly all of them
        value = _number(text, False, point)
        return (Parsed(reason=value) if isinstance(value, str) else Parsed(value)), ""
    if len(text) == 1 and text in _DASHES:
        return Parsed(reason="blank_or_zero"), ""
    if _NOT_KNOWN.fullmatch(text):
        return Parsed(reason="not_known"), ""
    for bound, flag in _BOUNDS:
        found = bound.match(text)
        if found:
            return _bounded(text[found.end() :], flag, found[0], point)
    bracketed = re.fullmatch(r"\(([^()]+)\)", text)
    if bracketed:
        return _negated(*_read(bracketed[1], point))
    number, factor, unit = _without_unit(text)
    span = _RANGE.fullmatch(number)
    if span:
        return _span(span["low"], span["unit"] or "", span["high"], factor, unit, point), unit
    between = _BETWEEN.fullmatch(number)
    if between:
        low, _, low_unit = _without_unit(between[1])
        words = between[1][len(low) :].strip()
        return _span(low, words if low_unit else "", between[2], factor, unit, point), unit
    value = _number(number, bool(unit), point)
    if isinstance(value, str):
        return Parsed(reason=value), unit
    return Parsed(value * factor, unit=_parsed_unit(unit)), unit


def _parsed_unit(unit: str) -> Literal["SEK", "share", ""]:
    return unit if unit in (SEK, "share") else ""


def _bounded(text: str, flag: Flag, word: str, point: Point | None) -> tuple[Parsed, str]:
    found, unit = _read(text, point)
    if found.reason:
        return found, unit
    if found.flag:
        return Parsed(reason="not_a_number"), unit
    if found.value is None:
        # "Från 5 till 7" is 5 to 7, and "ca 5–7" roughly so; "minst 5–7" says nothing clear.
        if word.strip().casefold() in ("från", "from"):
            return found, unit
        if flag == "approximate":
            return replace(found, flag=flag), unit
        return Parsed(reason="not_a_number"), unit
    if flag == "lower_bound":
        return Parsed(low=found.value, unit=found.unit, flag=flag), unit
    if flag == "upper_bound":
        return Parsed(high=found.value, unit=found.unit, flag=flag), unit
    return replace(found, flag=flag), unit


def _negated(found: Parsed, unit: str) -> tuple[Parsed, str]:
    """An accountant's brackets make an amount negative, and nothing else."""
    if found.reason:
        return found, unit
    if found.value is None or found.flag or found.value < 0:
        return Parsed(reason="not_a_number"), unit
    return replace(found, value=-found.value), unit


def _span(
    low: str, low_unit: str, high: str, factor: Decimal, unit: str, point: Point | None
) -> Parsed:
    """A range, whose low end may have a unit of its own: 500 tkr–2 mnkr."""
    if not unit and _YEARS.fullmatch(low) and _YEARS.fullmatch(high):
        return Parsed(reason="ambiguous")  # 2026–2030 is a period as well as a range
    factors = (factor, factor)
    if low_unit:
        own, own_unit = _named(low_unit)
        if not unit or own_unit != unit:
            return Parsed(reason="not_a_number")
        factors = (own, factor)
    ends = []
    for end, times in zip((low, high), factors, strict=True):
        value = _number(end.strip(), bool(unit), point)
        if isinstance(value, str):
            return Parsed(reason=value)
        ends.append(value * times)
    if not 0 <= ends[0] <= ends[1]:
        return Parsed(reason="not_a_number")
    return Parsed(low=ends[0], high=ends[1], unit=_parsed_unit(unit))


def _without_unit(text: str) -> tuple[str, Decimal, str]:
    """The text without its unit, what to multiply by, and the unit: a currency, share or none."""
    last_digit = max((place for place, sign in enumerate(text) if sign in "0123456789"), default=-1)
    number, words = text[: last_digit + 1], text[last_digit + 1 :].strip()
    # A minus or a bracket after the number belongs to it.
    if words[:1] in (*_DASHES, ")"):
        number, words = number + words[0], words[1:].strip()
    before = _BEFORE.fullmatch(number)
    if before:
        factor, unit = _named(before["unit"])
        many = next((times for times, word in _MANY if word.fullmatch(words)), None)
        if not words:
            return before["number"], factor, unit
        if many is not None and factor == 1:
            return before["number"], many, unit
        return text, Decimal(1), ""
    if not words:
        return number, Decimal(1), ""
    factor, unit = _named(words)
    return (number, factor, unit) if unit else (text, Decimal(1), "")


@lru_cache(maxsize=1 << 10)
def _named(words: str) -> tuple[Decimal, str]:
    """What a unit multiplies by and the currency that it is of, *share*, or nothing when none."""
    words = words.strip()
    if words.endswith(".") and words[:-1].isalpha():
        words = words[:-1]
    if words == _SV["percentSign"] or words.casefold() == "procent":
        return Decimal("0.01"), "share"
    for factor, pattern in _UNITS:
        if pattern.fullmatch(words):
            return factor, SEK
    for code, pattern in _FOREIGN:
        found = pattern.fullmatch(words)
        if found:
            many = found["many"]
            of = (times for times, word in _MANY if many and word.fullmatch(many))
            return next(of, Decimal(1)), code
    return Decimal(1), ""


def _number(text: str, has_unit: bool, point: Point | None) -> Decimal | Reason:
    """One number without its unit, or why it is none."""
    text = text.translate(_MINUS)
    sign = 1
    bracketed = re.fullmatch(r"\((.+)\)", text)
    before = re.fullmatch(r"([+-]) ?(.+)", text)
    after = re.fullmatch(r"(.+?) ?-", text)
    if bracketed:
        sign, text = -1, bracketed[1].strip()
    elif before:
        sign, text = (-1 if before[1] == "-" else 1), before[2]
    elif after:
        sign, text = -1, after[1]
    if _SCIENTIFIC.fullmatch(text):
        return _scientific(text)
    if _THREE_AFTER_ONE_SIGN.fullmatch(text):
        # With a unit after it, "1,234" is a decimal in Swedish; alone it may be an English
        # thousand, unless the sheet is known to set its thousands off with points.
        if _POINT_SIGN in text:
            if point is None:
                return "ambiguous"
            text = text.replace(_POINT_SIGN, "" if point == "thousands" else _COMMA)
        elif not has_unit and point != "thousands":
            return "ambiguous"
    if _ENGLISH.fullmatch(text):
        return "foreign_format"
    if _SWEDISH.fullmatch(text) or _POINT.fullmatch(text):
        digits = text.replace(" ", "").replace(_COMMA, _POINT_SIGN)
    elif _DOTTED.fullmatch(text):
        digits = text.replace(_POINT_SIGN, "").replace(_COMMA, _POINT_SIGN)
    else:
        return "not_a_number"
    value = Decimal(digits)
    return sign * value if value < LARGEST else "out_of_range"


def _scientific(text: str) -> Reason:
    """1E5 may be a number or a code, and is asked; 1e400 is no amount either way."""
    exponent = int(_SCIENTIFIC.fullmatch(text)[1])
    return "out_of_range" if abs(exponent) >= LARGEST.adjusted() else "ambiguous"
