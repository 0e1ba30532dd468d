"""Numbers as Swedes write them, read strictly: what can mean two things is said to, never guessed.

Thousands are set off by spaces of any kind (or dots, when there is more than one or a comma after
them), the decimal sign is a comma, and a single point is one too where it cannot be anything else.
A unit of money after the number makes it kronor; a percent sign makes it a share.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

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

# More digits than a spreadsheet keeps are not an amount that anybody counted.
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
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


# What a unit of money is called, and how many kronor it is.
UNITS = {
    Decimal(1): r"kr(?:onor)?|sek|:-",
    Decimal(10) ** 3: r"tkr|kkr|tsek|ksek|t ?kr|tusen ?(?:kr(?:onor)?)",
    Decimal(10) ** 6: r"mnkr|mn ?kr|mkr|m ?sek|mn ?sek|milj\.? ?kr|miljon(?:er)? ?(?:kr(?:onor)?)?",
    Decimal(10) ** 9: r"mdkr|md ?kr|mdr ?(?:kr)?|b ?sek|bn ?sek|miljard(?:er)? ?(?:kr(?:onor)?)?",
}
_UNITS = [(factor, re.compile(words, re.IGNORECASE)) for factor, words in UNITS.items()]
_FOREIGN = re.compile(r"(?:[kmb]n? ?)?(?:eur|euro|usd|dollar|nok|dkk|gbp)|[€$£]", re.IGNORECASE)

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\t\n\r", " "))
_DASHES = "-\u2212\u2013\u2014\u2010\u2011"
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2013\u2014\u2010\u2011", "-"))
_NOT_KNOWN = re.compile(
    r"tbd|n ?/ ?a|n\.a\.|not (?:available|known)|unknown|okänt?|ej känt?|ej beslutat|\?+",
    re.IGNORECASE,
)
_LOWER = re.compile(r"(?:>=?|≥|minst|över|mer än|from|från|at least)\s*", re.IGNORECASE)
_UPPER = re.compile(
    r"(?:<=?|≤|högst|max\.?|maximalt|upp till|under|at most|up to)\s*", re.IGNORECASE
)
_ABOUT = re.compile(r"(?:ca\.?|cirka|c:a|omkring|ungefär|~|≈|about)\s*", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?e([+-]?[0-9]+)", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?P<low>.*[0-9])\s*(?:[{_DASHES}]|till|to)\s*(?P<high>[0-9].*)", re.IGNORECASE
)

_SWEDISH = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_POINT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)\.[0-9]+")
_ENGLISH = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:['’][0-9]{3})+(?:[.,][0-9]+)?"
)
_THREE_AFTER_ONE_SIGN = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_YEARS = re.compile(r"(?:19|20)[0-9][0-9]")


def parse(text: str) -> Parsed:
    """What a cell's text says as a number. Always an answer, never an error."""
    text = " ".join(text.translate(_SPACES).split())
    if not text:
        return Parsed(reason="blank")
    if len(text) == 1 and text in _DASHES:
        return Parsed(reason="blank_or_zero")
    if _NOT_KNOWN.fullmatch(text):
        return Parsed(reason="not_known")
    for bound, flag in ((_LOWER, "lower_bound"), (_UPPER, "upper_bound"), (_ABOUT, "approximate")):
        found = bound.match(text)
        if found:
            return _bounded(text[found.end() :], flag)
    number, factor, unit = _without_unit(text)
    if unit == "foreign":
        return Parsed(reason="foreign_currency")
    span = _RANGE.fullmatch(number)
    if span:
        return _span(span["low"], span["high"], factor, unit)
    value = _number(number, bool(unit))
    return Parsed(reason=value) if isinstance(value, str) else Parsed(value * factor, unit=unit)


def _bounded(text: str, flag: Flag) -> Parsed:
    found = parse(text)
    if found.value is None or found.flag:
        return found if found.reason else Parsed(reason="not_a_number")
    if flag == "lower_bound":
        return Parsed(low=found.value, unit=found.unit, flag=flag)
    if flag == "upper_bound":
        return Parsed(high=found.value, unit=found.unit, flag=flag)
    return Parsed(found.value, unit=found.unit, flag=flag)


def _span(low: str, high: str, factor: Decimal, unit: str) -> Parsed:
    if not unit and _YEARS.fullmatch(low) and _YEARS.fullmatch(high):
        return Parsed(reason="ambiguous")  # 2026–2030 is a period as well as a range
    ends = [_number(end.strip(), bool(unit)) for end in (low, high)]
    for end in ends:
        if isinstance(end, str):
            return Parsed(reason=end)
    if not 0 <= ends[0] <= ends[1]:
        return Parsed(reason="not_a_number")
    return Parsed(low=ends[0] * factor, high=ends[1] * factor, unit=unit)


def _without_unit(text: str) -> tuple[str, Decimal, str]:
    """The text before its unit, what to multiply by, and the unit: SEK, share, foreign or none."""
    last_digit = max((place for place, sign in enumerate(text) if sign in "0123456789"), default=-1)
    number, unit = text[: last_digit + 1], text[last_digit + 1 :].strip()
    # A minus or a bracket after the number belongs to it.
    if unit[:1] in (*_DASHES, ")"):
        number, unit = number + unit[0], unit[1:].strip()
    if not unit:
        return number, Decimal(1), ""
    if unit == "%" or unit.casefold() == "procent":
        return number, Decimal("0.01"), "share"
    for factor, words in _UNITS:
        if words.fullmatch(unit):
            return number, factor, "SEK"
    if _FOREIGN.fullmatch(unit):
        return number, Decimal(1), "foreign"
    return text, Decimal(1), ""


def _number(text: str, has_unit: bool) -> Decimal | Reason:
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
    # With a unit after it, "1,234" is a decimal in Swedish; alone it may be an English thousand.
    if _THREE_AFTER_ONE_SIGN.fullmatch(text) and not (has_unit and "," in text):
        return "ambiguous"
    if _ENGLISH.fullmatch(text):
        return "foreign_format"
    if _SWEDISH.fullmatch(text) or _POINT.fullmatch(text):
        digits = text.replace(" ", "").replace(",", ".")
    elif _DOTTED.fullmatch(text):
        digits = text.replace(".", "").replace(",", ".")
    else:
        return "not_a_number"
    value = Decimal(digits)
    return sign * value if value < LARGEST else "out_of_range"


def _scientific(text: str) -> Reason:
    """1E5 may be a number or a code, and is asked; 1e400 is no amount either way."""
    exponent = int(_SCIENTIFIC.fullmatch(text)[1])
    return "out_of_range" if abs(exponent) >= LARGEST.adjusted() else "ambiguous"
