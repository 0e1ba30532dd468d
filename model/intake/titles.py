"""What stands above a table: whose it is, of which year, and whether it holds projects at all."""

import re
from collections.abc import Iterable

from model.intake.headings import plain
from model.intake.mapping import Vocabulary
from model.intake.regions import Region
from model.intake.table import Flow

_INTRODUCTION = re.compile(
    r"^(?:(?:investerings(?:budget|plan|ar)|investeringar|budget|plan|för|[0-9]{4}(?:\s*[-–]\s*[0-9]{4})?"
    r"|[,:–-])\s*)+",
    re.IGNORECASE,
)
_ADOPTED = re.compile(r"\b(?:av|enligt|i|till|från|by)\b", re.IGNORECASE)


def other_kind(region: Region, vocabulary: Vocabulary) -> str:
    """The words that say that a table holds no projects."""
    words = whole_words(vocabulary.other_tables)
    for text in (region.sheet.title, *(cell.text for cell in region.titles[-3:])):
        spoken = plain(text)
        if words.search(spoken) and "invest" not in spoken:
            return " ".join(text.split())
    return ""


def title_year(region: Region) -> int | None:
    """The year that the titles name as the budget's, or the only one they name."""
    texts = [cell.text for cell in reversed(region.titles)] + [region.sheet.title]
    for text in texts:
        found = re.search(r"budget\w*\s*(?:för\s*)?(20[0-9]{2})(?![0-9-])", plain(text))
        if found:
            return int(found[1])
    for text in texts:
        years = set(re.findall(r"(?<![0-9-])(20[0-9]{2})(?![0-9]|-[01])", plain(text)))
        if len(years) == 1:
            return int(years.pop())
    return None


def only_year(region: Region) -> int | None:
    """The year of a sheet that is of one year: named 2026, or Investeringar 2026."""
    for text in (region.sheet.title, *(cell.text for cell in reversed(region.titles))):
        years = re.findall(r"(?<![0-9-])(20[0-9]{2})(?![0-9]|-[01])", plain(text))
        if years:
            return int(years[0]) if len(years) == 1 and "plan" not in plain(text) else None
    return None


def flow_of(region: Region, vocabulary: Vocabulary) -> Flow:
    """What amounts are whose heading does not say: the nearest title that does."""
    for text in (*(cell.text for cell in reversed(region.titles)), region.sheet.title):
        spoken = plain(text)
        flows = [
            flow for flow, words in vocabulary.titles.items() if whole_words(words).search(spoken)
        ]
        if len(flows) == 1:
            return flows[0]
    return "expenditure"


def department_of(region: Region, vocabulary: Vocabulary) -> str:
    """The department that a title row or the title of the sheet names, or nothing."""
    for text in (*(cell.text for cell in reversed(region.titles)), region.sheet.title):
        named = _department_in(text, vocabulary)
        if named:
            return named
    return ""


def _department_in(text: str, vocabulary: Vocabulary) -> str:
    """The department in a title: what ends as one does, without the words before it."""
    ending = "|".join(map(re.escape, vocabulary.departments))
    named = re.search(
        r"(?:nämnd|förvaltning|bolag|department)\s*:\s*(?P<after>.+)$", text, re.IGNORECASE
    )
    if named:
        return " ".join(named["after"].split())
    text = _INTRODUCTION.sub("", " ".join(text.split()))
    # Who adopted the budget is not whose it is: the department is what the title begins with.
    capital = r"[A-ZÅÄÖ0-9][\w&.-]*"
    found = re.match(
        rf"(?P<name>(?:{capital}\s+(?:(?:och|&)\s+)?)*(?:[A-ZÅÄÖ]|(?<=\s))[\w-]*(?i:{ending}))(?!\w)",
        text,
    )
    if found is None:
        found = re.fullmatch(rf"(?i:(?P<name>(?:[\w-]+\s+){{0,2}}[\w-]*(?:{ending})))", text)
        if found is not None and _ADOPTED.search(text):
            return ""
    return found["name"] if found else ""


def whole_words(words: Iterable[str]) -> re.Pattern:
    """Matches any of the words as a word of its own."""
    joined = "|".join(re.escape(plain(word)) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined or '(?!)'})(?!\w)")
