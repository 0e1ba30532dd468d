"""The years of a plan, with the two columns that are no years.

Budget sheets keep what was spent up to the year before the first one in a column of its own
(*till och med*), and what lies beyond the last one in another (*senare*). Both are stored as year
numbers that sort where they belong and that no calendar uses.
"""

from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

BEFORE = 0
LATER = 9999
_WORDS = {"before": BEFORE, "later": LATER}
_LABELS = {year: word for word, year in _WORDS.items()}


def parse_year(value: object) -> int:
    """A year from 1900 to 2199, or ``before`` or ``later``. ValueError for anything else."""
    if isinstance(value, str) and value in _WORDS:
        return _WORDS[value]
    try:
        year = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        year = -1
    if isinstance(value, bool) or not (year in _LABELS or 1900 <= year < 2200):
        raise ValueError(f"{value!r} is no year: expected 1900 to 2199, 'before' or 'later'")
    return year


def year_label(year: int) -> str:
    """``before``, ``later`` or the year's four digits: the key in files and on the command line."""
    return _LABELS.get(year, str(year))


def is_calendar_year(year: int) -> bool:
    """False for the columns *before* and *later*."""
    return year not in _LABELS


Year = Annotated[int, BeforeValidator(parse_year), PlainSerializer(year_label, when_used="json")]
