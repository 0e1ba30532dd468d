"""The lines of a result as a text file that Swedish Excel opens: semicolons, decimal commas."""

import csv
import io

from model.formatting import capitalise
from model.language import DEFAULT, Language, translate
from model.money import kronor_text
from model.palette import COVER, GAP
from model.report import words
from model.report.answers import GROUP
from model.report.lines import Line, lines
from model.results import Result

# Without its mark Excel reads the file as an older character set.
ENCODING = "utf-8-sig"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def gap_csv(result: Result, by: str, reading: str, language: Language = DEFAULT) -> bytes:
    """Need, cover and gap by one of ``lines.BREAKDOWNS``, one row per key and actor group.

    Amounts are exact kronor. Other actors have a need and no gap: theirs is left empty.
    """

    def say(text: str) -> str:
        return translate(text, language)

    header = [
        say("Actor group"),
        capitalise(say(words.TAGS[by])),
        *(f"{say(word)}, {say('SEK')}" for word in _columns(by)),
    ]
    rows = [
        [say(word), line.label, *_amounts(line, by, group)]
        for group, word in words.ACTOR_GROUPS.items()
        for line in lines(result, by, reading, language, group)
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([_text(cell) for cell in row] for row in [header, *rows])
    return buffer.getvalue().encode(ENCODING)


def _columns(by: str) -> list[str]:
    statuses = [meaning.word for meaning in COVER.values()]
    if by == "source":
        return [*statuses, "Sum"]
    return ["Investment need", *statuses, GAP.word, "One-off operating expenditure"]


def _amounts(line: Line, by: str, group: str) -> list[str]:
    statuses = [_kronor(line.cover.get(status, 0)) for status in COVER]
    if by == "source":
        return [*statuses, _kronor(line.need)]
    if not line.need and not line.one_off and line.unknown:
        return [""] * (len(statuses) + 3)
    gap = _kronor(line.gap) if group == GROUP else ""
    return [_kronor(line.need), *statuses, gap, _kronor(line.one_off)]


def _kronor(ore: int) -> str:
    return kronor_text(ore).replace(".", ",")


def _text(cell: str) -> str:
    """What somebody has typed is never a formula. Amounts have no sign: none is negative."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
