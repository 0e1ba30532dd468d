"""The same projects on two sheets: an old version of a table, or a summary of the others.

Which one is old is told by the titles and the texts above the tables. Where nothing tells, it is
asked: importing both would count every krona twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from model.errors import Question
from model.intake.answers import Answers
from model.intake.headings import plain
from model.intake.ledger import Ledger
from model.intake.mapping import Vocabulary, normal
from model.intake.table import Table

OLD = "an older version of the sheet {other}"
SUMMARY = "a summary of projects that other sheets have"
OLD_VERSION = (
    "The sheet {sheet} has the same projects as {other} and is read as an older version: “{text}”. "
    "It is left out."
)
SUMMARY_SHEET = "The sheet {sheet} sums up projects that other sheets have. It is left out."
ASK_SHEET = (
    "The sheets {sheet} and {other} have the same projects, and nothing says which one is to be "
    "read. Say that one of them is to be left out."
)

ASK_TABLE = (
    "Two tables on the sheet {sheet} have the same projects and years, and nothing says which one "
    "is to be read. Delete the other one, or say that the sheet is to be left out."
)

# What share of the smaller table's projects the larger one must have.
SAME = 0.6
_DATE = re.compile(r"(20[0-9]{2})[-/]?([01][0-9])[-/]?([0-3][0-9])")
_VERSION = re.compile(r"\b(?:v|ver|version|rev|utgåva)\.?\s*([0-9]+(?:\.[0-9]+)?)\b")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


@dataclass(frozen=True)
class LeftOut:
    """Why a table is not read."""

    template: str
    fields: dict[str, object]


def without_doubles(
    tables: Sequence[Table],
    vocabulary: Vocabulary,
    answers: Answers,
    ledger: Ledger,
) -> dict[int, LeftOut]:
    """The tables that another one replaces, by their place, and why."""
    if len(tables) < 2:
        return {}
    passed = _beginning(
        (*vocabulary.sums, *vocabulary.sums_without_number, *vocabulary.parts, *vocabulary.incomes)
    )
    names = [_projects(table, passed) for table in tables]
    out: dict[int, LeftOut] = {}
    for one, two in combinations(range(len(tables)), 2):
        if one not in out and two not in out and _alike(tables, names, one, two):
            found = _replaced(tables, (one, two), vocabulary, answers, ledger)
            if found is not None:
                out[found[0]] = found[1]
    return out


def _replaced(
    tables: Sequence[Table],
    pair: tuple[int, int],
    vocabulary: Vocabulary,
    answers: Answers,
    ledger: Ledger,
) -> tuple[int, LeftOut] | None:
    """Which of two tables is not read, with a warning; asked, and neither, when nothing tells."""
    sheets = [tables[place].sheet.title for place in pair]
    if all(answers.sheets.get(title) for title in sheets):
        return None
    summaries = _words(vocabulary.summaries)
    summary = [place for place in pair if summaries.search(plain(tables[place].sheet.title))]
    if len(summary) == 1:
        table = tables[summary[0]]
        fields = {"sheet": table.sheet.title}
        ledger.warn(table.sheet, table.columns[0].cell, "summary_sheet", SUMMARY_SHEET, **fields)
        return summary[0], LeftOut(SUMMARY, {})
    same = sheets[0] == sheets[1]
    texts = [tables[place].title if same else _titled(tables[place]) for place in pair]
    older = _older(texts, vocabulary)
    if older is None:
        table, fields = tables[pair[1]], {"sheet": sheets[0], "other": sheets[1]}
        choices = tuple(f"{title}=no" for title in dict.fromkeys(sheets))
        question = Question("--sheet {choice}", choices)
        template = ASK_TABLE if same else ASK_SHEET
        ledger.ask(table.sheet, table.columns[0].cell, "ask_sheet", template, question, **fields)
        return None
    place, text = pair[older[0]], older[1]
    table, other = tables[place], sheets[1 - older[0]]
    fields = {"sheet": table.sheet.title, "other": other, "text": text}
    ledger.warn(table.sheet, table.columns[0].cell, "old_version", OLD_VERSION, **fields)
    return place, LeftOut(OLD, {"other": other})


def _titled(table: Table) -> str:
    return f"{table.sheet.title} | {table.title}"


@dataclass(frozen=True)
class _Projects:
    """What names the projects of a table: their names, and with their numbers where it has any."""

    names: frozenset[str]
    numbered: frozenset[str]

    def shared(self, other: "_Projects") -> float:
        """What share of the smaller one's projects the other has too."""
        both = bool(self.numbered and other.numbered)
        mine, theirs = (self.numbered, other.numbered) if both else (self.names, other.names)
        smaller = min(len(mine), len(theirs))
        return len(mine & theirs) / smaller if smaller else 0


def _projects(table: Table, passed: re.Pattern) -> _Projects:
    """The projects of a table; rows of sums and parts are none."""
    name, number = table.column("name"), table.column("number")
    names, numbered = set(), set()
    for _, cells in table.rows():
        called = normal(cells[name.index].text) if name and name.index in cells else ""
        code = normal(cells[number.index].text) if number and number.index in cells else ""
        if not (called or code) or any(passed.match(text) for text in (called, code)):
            continue
        names.add(called or code)
        if code:
            numbered.add(f"{code}|{called}")
    return _Projects(frozenset(names), frozenset(numbered))


def _alike(tables: Sequence[Table], names: list[_Projects], one: int, two: int) -> bool:
    """Two tables with mostly the same projects, and amounts of the same years."""
    first, second = tables[one], tables[two]
    if first.flow != second.flow or first.shape != second.shape:
        return False
    if first.department and second.department and first.department != second.department:
        return False
    if names[one].shared(names[two]) < SAME:
        return False
    years = [
        {(c.year, c.flow or "expenditure") for c in table.amounts if c.year or c.stage}
        for table in (first, second)
    ]
    if first.sheet.title == second.sheet.title:
        return bool(years[0] & years[1])
    return bool(years[0] & years[1]) or not (years[0] or years[1])


def _older(texts: list[str], vocabulary: Vocabulary) -> tuple[int, str] | None:
    """Which of two titles is the older one's, and the words that say so."""
    spoken = [plain(text) for text in texts]
    old, new = _words(vocabulary.old_titles), _words(vocabulary.new_titles)
    for pattern, is_old in ((old, True), (new, False)):
        found = [pattern.search(text) for text in spoken]
        if bool(found[0]) != bool(found[1]):
            place = 0 if found[0] else 1
            return (place if is_old else 1 - place), found[place][0]
    for pattern in (_VERSION, _DATE, _YEAR):
        found = [pattern.findall(text) for text in spoken]
        if not (found[0] and found[1]):
            continue
        values = [_ordered(group) for group in found]
        if values[0] != values[1]:
            place = 0 if values[0] < values[1] else 1
            return place, pattern.search(spoken[place])[0]
    return None


def _ordered(found: list) -> tuple:
    """What a version, date or year is ordered by: the last one that is named."""
    last = found[-1]
    parts = last if isinstance(last, tuple) else last.split(".")
    return tuple(int(part) for part in parts)


def _beginning(words: Sequence[str]) -> re.Pattern:
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _words(words: Sequence[str]) -> re.Pattern:
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined or '(?!)'})(?!\w)")
