"""What a choice must keep to, written as the command line and an address write it, one text each.

==============  =================================================  ==============================
capacity        ``department:Gatunämnden@2027=40``                 at most, whole expenditure
minimum         ``sector:water=5``, ``district:Centrum=2 st``      at least
earliest        ``ex-07=2028``                                     starts no sooner
excludes        ``ex-01=ex-07``                                    at most one of them
requires        ``ex-01=ex-07``                                    the first needs the second
cap             ``klimatklivet@2027=20``                           at most from a source
self_financing  ``80 %``                                           at least, every year
==============  =================================================  ==============================

Amounts are million kronor, read as a form reads them; a capacity or a minimum may be in measures
(``2 st``) or, of all years, in tonnes (``500 t``). ``@each`` means every year by itself, and no
year all of them together.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from model.errors import InvalidData
from model.money import to_ore
from model.optimise.goal import Bound, Goal, SourceLimit, same_but
from model.optimise.goal import Measured as Unit

NAMES = ("capacity", "minimum", "earliest", "excludes", "requires", "cap", "self_financing")
EACH = "each"
_MEASURED = re.compile(r"(?P<amount>.*\d)\s*(?P<unit>st|t)")
_UNITS: Mapping[str, Unit] = {"st": "measures", "t": "tonnes"}


def keeping(goal: Goal, said: Mapping[str, Iterable[str]]) -> Goal:
    """The goal with what is said besides, by name; InvalidData where it is not understood."""
    found: dict[str, list] = {}
    for name in NAMES:
        for text in said.get(name, ()):
            for field, more in _read(name, text, goal).items():
                found.setdefault(field, []).extend(more)
    share = found.pop("self_financing", [])
    capped = found.pop("sources", [])
    changes = {field: (*getattr(goal, field), *more) for field, more in found.items()}
    if capped:
        changes["sources"] = _merged((*goal.sources, *capped))
    if share:
        changes["self_financing"] = max(share)
    return same_but(goal, **changes)


def pair(said: str, sign: str = "=") -> tuple[str, str]:
    """The two sides of a sign."""
    left, found, right = said.rpartition(sign)
    if not found or not left or not right:
        raise InvalidData(
            "“{found}” is not understood: expected two parts with {sign} between.",
            found=said,
            sign=sign,
        )
    return left, right


def whole(said: str) -> int:
    """A year."""
    if not said.isascii() or not said.isdigit():
        raise InvalidData("“{found}” is no year: expected four digits.", found=said)
    return int(said)


def amount(said: str) -> int:
    """Million kronor as öre, read as a form reads it."""
    return to_ore(_number(said, "mnkr"))


def _number(said: str, unit: str) -> Decimal:
    from model.forms.kinds import Amount, Quantity, Unreadable

    try:
        value = (Amount(unit) if unit else Quantity()).read(said)
    except Unreadable:
        value = None
    if not isinstance(value, Decimal):
        raise InvalidData(
            "“{found}” is no amount in million kronor. Write a number such as 12,5."
            if unit
            else "“{found}” is no number. Write a number such as 1 234,5.",
            found=said,
        )
    return value


def _read(name: str, said: str, goal: Goal) -> dict[str, list]:
    if name == "self_financing":
        return {name: [_share(said)]}
    left, right = pair(said)
    if name in ("excludes", "requires"):
        return {name: [(left, right)]}
    if name == "earliest":
        return {name: [(left, whole(right))]}
    key, years = _years(left, goal)
    if name == "cap":
        most = amount(right)
        by_year = tuple((year, most) for year in years if year)
        return {"sources": [SourceLimit(key, most if 0 in years else None, by_year)]}
    field = "at_most" if name == "capacity" else name
    # A department's name may hold a colon: the tag's does not.
    tag, _, value = key.partition(":")
    if not value:
        pair(tag, ":")
    measured, most = _measured(right)
    return {field: [Bound(tag, value, most, measured, year) for year in years]}


def _years(said: str, goal: Goal) -> tuple[str, list[int]]:
    """What is before ``@``, and the years that it is about; 0 is all together."""
    key, found, year = said.rpartition("@")
    if not found:
        return said, [0]
    return key, list(goal.years) if year == EACH else [whole(year)]


def _measured(said: str) -> tuple[Unit, float]:
    other = _MEASURED.fullmatch(said.strip())
    if other is None:
        return "need", amount(said)
    number = _number(other["amount"], "")
    if other["unit"] == "st" and number != int(number):
        raise InvalidData(
            "“{found}” is no number of measures: write a whole one, as in 2 st.", found=said
        )
    return _UNITS[other["unit"]], float(number)


def _share(said: str) -> Decimal:
    """A percentage, with its sign, or a share from 0 to 1, as a share."""
    text = said.strip()
    percent = text.removesuffix("%").strip()
    value = _number(percent, "")
    if percent == text and value > 2:
        raise InvalidData(
            "“{found}” may be a share or a percentage. Write it with a percent sign: 50 % or "
            "0,5 %.",
            found=said,
        )
    return value / 100 if percent != text else value


def _merged(limits: Iterable[SourceLimit]) -> tuple[SourceLimit, ...]:
    """One limit for each source: the lowest total, and every year."""
    found: dict[str, SourceLimit] = {}
    for each in limits:
        before = found.get(each.source)
        if before is None:
            found[each.source] = each
            continue
        totals = [total for total in (before.total, each.total) if total is not None]
        found[each.source] = replace(
            before,
            total=min(totals, default=None),
            by_year=(*before.by_year, *each.by_year),
            seek=before.seek or each.seek,
            probability=each.probability if each.seek else before.probability,
        )
    return tuple(found.values())
