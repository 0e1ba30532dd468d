"""Which encoding a text file has: told by which one gives Swedish letters."""

import re
from itertools import islice

from .cells import Refused

ENCODING = (
    "It cannot be told how the letters of the file {file} are encoded. "
    "Open it in Excel, save it as .xlsx and try again."
)
READ_AS = "The text file was read as {encoding}, separated by “{separator}”."

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LETTERS = frozenset("åäöÅÄÖéÉèüÜæÆøØ")
# What a budget holds besides letters: spaces, dashes, quotes, a few signs.
_SIGNS = frozenset("\u00a0–—”“’…•§°²³½€£±×«»·à")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ENOUGH = 20_000
NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "cp437": "CP437",
}


def decode(content: bytes) -> tuple[str, str]:
    """The text, and the codec that gave it. Refused when none gives one."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(codec), codec
            except UnicodeDecodeError as error:
                raise Refused(ENCODING) from error
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    # The first wins when both are as likely: Excel writes it, and only DOS the other.
    texts = {codec: content.decode(codec, "replace") for codec in ("cp1252", "cp437")}
    codec = max(texts, key=lambda codec: _likeness(texts[codec]))
    if _likeness(texts[codec]) <= 0:
        raise Refused(ENCODING)
    return texts[codec], codec


def _likeness(text: str) -> int:
    """Swedish letters beside a letter and familiar signs, less what is neither."""
    score = 0
    for found in islice(_NOT_ASCII.finditer(text), _ENOUGH):
        sign, place = found[0], found.start()
        if sign in _LETTERS:
            beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
            score += 2 if any(c.isalpha() for c in beside) else 0
        elif sign in _SIGNS:
            score += 1
        else:
            score -= 2
    return score
