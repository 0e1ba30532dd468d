"""When something begins or is done, as a cell says it: 2028, *2027/2028*, *ca 2030*, a date."""

import re
from dataclasses import dataclass

from model.intake.reader import Cell

# The years that a measure of a plan may begin or be done in.
FIRST, LAST = 1950, 2100

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_SHORT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*[/–-]\s*([0-9]{2})(?![0-9/–-])")
_MONTH = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[-/. ]?(?:0[1-9]|1[0-2])(?:[-/. ][0-3][0-9])?(?![0-9])"
)
_OR = re.compile(r"(?:/|\beller\b|\bor\b)")
_ABOUT = re.compile(
    r"\b(?:ca|cirka|c:a|omkring|runt|ungefär|tidigast|efter|about|around|approx\w*|after)\b|[~≈]"
    r"|-talet\b",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(r"(?<!\bQ)(?<!\bK)(?<!\bkv )[0-9]+", re.IGNORECASE)


@dataclass(frozen=True)
class YearText:
    """The first and last year that a cell names, the same where it names one; None where none.

    ``alternatives`` says that they are two possibilities (*2027/2028*), ``approximate`` that they
    are not sure; ``unread`` that there is a figure which is no year.
    """

    first: int | None = None
    last: int | None = None
    alternatives: bool = False
    approximate: bool = False
    unread: bool = False


def read_year(cell: Cell) -> YearText:
    """What a cell says of when. Always an answer, never an error."""
    if cell.kind == "date":
        # A year that a date format made into a day in 1905 is the number behind it.
        serial = cell.serial
        if serial is not None and serial == int(serial) and FIRST <= serial <= LAST:
            return YearText(int(serial), int(serial))
        return read_year_text(str(cell.value)[:10])
    if cell.kind == "number":
        whole = cell.value == int(cell.value)
        return read_year_text(str(int(cell.value))) if whole else YearText(unread=True)
    return read_year_text(cell.text) if cell.kind == "text" else YearText(unread=True)


def read_year_text(text: str) -> YearText:
    """What a text says of when."""
    about = bool(_ABOUT.search(text))
    plain = _SHORT.sub(_with_century, text)
    if not _YEAR.search(plain):
        plain = _MONTH.sub(lambda found: found[1], plain)
    years = [int(year) for year in _YEAR.findall(plain) if FIRST <= int(year) <= LAST]
    if not years:
        return YearText(unread=bool(re.search(r"[0-9]", text)))
    rest = _YEAR.sub("", _MONTH.sub("", plain))
    return YearText(
        min(years),
        max(years),
        alternatives=len(set(years)) > 1 and bool(_OR.search(plain)),
        approximate=about,
        unread=bool(_OTHER_NUMBER.search(rest)),
    )


def _with_century(found: re.Match) -> str:
    """2027/28 is 2027/2028; 2027-06 is a month."""
    first, second = found[1], found[2]
    if int(second) <= 12 and int(second) <= int(first[2:]):
        return found[0]
    return f"{first}/{first[:2]}{second}" if "/" in found[0] else f"{first}-{first[:2]}{second}"
