"""Amounts without years, spread over the years of their measure.

The rule is the assumption ``plans/undated_spread``; the years are nobody's publication, and whoever
reads them is told so.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from model.intake.answers import Answers
from model.intake.mentions import Span
from model.intake.table import Table
from model.money import ORE
from model.reference import reference
from model.years import BEFORE, LATER

Period = tuple[int, int]
THOUSAND = Decimal(1000)
_FIRST_YEAR = "plans/undated_first_year"
# No plan is longer; a title with years farther apart speaks of something else.
LONGEST = 40

_RANGE = re.compile(r"(?<![0-9])(20[0-9]{2})\s*[–—-]\s*(20[0-9]{2})(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


def period_of(tables: Iterable[Table], file: str, answers: Answers) -> tuple[Period | None, bool]:
    """First and last year of the plan, and whether its first year is only assumed.

    A person's answer goes first, then what the titles say: from and to, or only to. None when
    nothing says it.
    """
    if answers.period is not None:
        return answers.period, False
    texts = [text for table in tables for text in (table.title, table.sheet.title)] + [file]
    stated = {(int(first), int(last)) for text in texts for first, last in _RANGE.findall(text)}
    stated = {(first, last) for first, last in stated if 0 < last - first <= LONGEST}
    if stated:
        return (stated.pop(), False) if len(stated) == 1 else (None, False)
    first = int(reference().assumptions[_FIRST_YEAR].latest.central)
    ends = {int(year) for text in texts for year in _YEAR.findall(text)}
    ends = {year for year in ends if 0 < year - first <= LONGEST}
    return ((first, ends.pop()), True) if len(ends) == 1 else (None, False)


def years_of(start: int | None, end: int | None, period: Period) -> tuple[int, ...]:
    """The years that a measure's amounts are spread over, by what it states of itself."""
    first, last = period
    if start is None:
        start = first if end is None or end >= first else end
    if end is None:
        end = max(last, start)
    return tuple(range(start, end + 1))


def within(year: int, period: Period) -> int:
    """The column of a plan that a year belongs in: itself, before its first or after its last."""
    first, last = period
    return BEFORE if year < first else LATER if year > last else year


def spread(span: Span, years: tuple[int, ...], period: Period) -> dict[int, Span]:
    """Low, mid and high over the years, evenly and exactly, by column of the plan.

    In whole thousands of kronor where all three are, else in öre, the remainder on the first years.
    """
    whole = all(end is None or end % THOUSAND == 0 for end in span)
    shares = [_evenly(end, len(years), THOUSAND if whole else ORE) for end in span]
    found: dict[int, list[Decimal | None]] = {}
    for place, year in enumerate(years):
        column = within(year, period)
        before = found.get(column, [None if share is None else Decimal(0) for share in shares])
        found[column] = [
            None if share is None else total + share[place]
            for total, share in zip(before, shares, strict=True)
        ]
    return {column: Span(*ends) for column, ends in found.items()}


def _evenly(amount: Decimal | None, parts: int, unit: Decimal) -> list[Decimal] | None:
    if amount is None:
        return None
    units = int(amount / unit)
    each, rest = divmod(units, parts)
    return [(each + (place < rest)) * unit for place in range(parts)]
