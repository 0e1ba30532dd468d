"""The same projects on two sheets: an old version of a table, or a summary of the others.

Which one is old is told by the titles and the texts above the tables. Where nothing tells, it is
asked: importing both would count every krona twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    if len({table.sheet.title for table in tables}) < 2:
        return {}
    passed = _beginning(
        (*vocabulary.sums, *vocabulary.sums_without_number, *vocabulary.parts, *vocabulary.incomes)
    )
    names = [_projects(table, passed) for table in tables]
    out: dict[int, LeftOut] = {}
    summaries = _words(vocabulary.summaries)
    for one in range(len(tables)):
        for two in range(one + 1, len(tables)):
            if one in out or two in out or not _alike(tables, names, one, two):
                continue
            pair = (one, two)
            sheets = [tables[place].sheet.title for place in pair]
            if all(answers.sheets.get(title) for title in sheets):
                continue
            summary = [
                place for place in pair if summaries.search(plain(tables[place].sheet.title))
            ]
            if len(summary) == 1:
                table = tables[summary[0]]
                out[summary[0]] = LeftOut(SUMMARY, {})
                fields = {"sheet": table.sheet.title}
                ledger.warn(
                    table.sheet, table.columns[0].cell, "summary_sheet", SUMMARY_SHEET, **fields
                )
                continue
            texts = [f"{table.sheet.title} | {table.title}" for table in (tables[one], tables[two])]
            older = _older(texts, vocabulary)
            if older is None:
                question = Question("--sheet {choice}", tuple(f"{title}=no" for title in sheets))
                fields = {"sheet": sheets[0], "other": sheets[1]}
                table = tables[two]
                ledger.ask(
                    table.sheet, table.columns[0].cell, "ask_sheet", ASK_SHEET, question, **fields
                )
                continue
            place, text = pair[older[0]], older[1]
            other = sheets[1 - older[0]]
            table = tables[place]
            out[place] = LeftOut(OLD, {"other": other})
            fields = {"sheet": table.sheet.title, "other": other, "text": text}
            ledger.warn(table.sheet, table.columns[0].cell, "old_version", OLD_VERSION, **fields)
    return out


def _projects(table: Table, passed: re.Pattern) -> frozenset[str]:
    """What names the projects of a table, number and name; rows of sums and parts are none."""
    name, number = table.column("name"), table.column("number")
    found = set()
    for _, cells in table.rows():
        texts = [
            normal(cells[c.index].text)
            for c in (number, name)
            if c is not None and c.index in cells
        ]
        if texts and not any(passed.match(text) for text in texts):
            found.add("|".join(texts))
    return frozenset(found)


def _alike(tables: Sequence[Table], names: list[frozenset[str]], one: int, two: int) -> bool:
    """Two tables on different sheets with mostly the same projects and the same amounts' years."""
    first, second = tables[one], tables[two]
    if first.sheet.title == second.sheet.title or first.flow != second.flow:
        return False
    same = first.fingerprint == second.fingerprint
    if not same and (first.shape, first.department) != (second.shape, second.department):
        return False
    smaller = min(len(names[one]), len(names[two]))
    if not smaller or len(names[one] & names[two]) < smaller * SAME:
        return False
    if first.fingerprint == second.fingerprint:
        return True
    years = [
        {(c.year, c.stage, c.flow) for c in table.amounts if c.year} for table in (first, second)
    ]
    return bool(years[0] & years[1]) or not (years[0] or years[1])


def _older(texts: list[str], vocabulary: Vocabulary) -> tuple[int, str] | None:
    """Which of two titles is the older one's, and the words that say so."""
    spoken = [plain(text) for text in texts]
    old, new = _words(vocabulary.old_titles), _words(vocabulary.new_titles)
    for pattern, is_old in ((old, True), (new, False)):
        found = [pattern.search(text) for text in spoken]
        if bool(found[0]) != bool(found[1]):
            place = 0 if found[0] else 1
            match = found[place]
            return (place if is_old else 1 - place), match[0]
    for pattern in (_VERSION, _DATE, _YEAR):
        found = [pattern.findall(text) for text in spoken]
        if found[0] and found[1] and found[0] != found[1]:
            values = [_ordered(group) for group in found]
            if values[0] != values[1]:
                place = 0 if values[0] < values[1] else 1
                match = pattern.search(spoken[place])
                return place, match[0]
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
