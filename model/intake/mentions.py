"""Figures in a sentence: where each stands, with its bounds, its unit and what it is per.

A climate plan writes its costs and effects in words (*>75 M SEK (TBD)*, *7 000–20 000 ton CO2e per
year, if implemented*). This finds the figures; ``cost_texts`` and ``effect_texts`` say what they
are. Nothing is dropped: what no rule takes is left over, and can be named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from model.intake.numbers import BOUND, DASH, MAGNITUDE, Parsed

_NUMBER = r"[0-9]{1,3}(?:[ .,'’][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?"
_YEARLY = r"år|year|annum|yr"
_PER = (
    rf"\s*(?:(?P<yearly>årlig(?:en|a)?\b|annually\b|yearly\b|om året\b|p\.a\.|varje år\b"
    rf"|(?:per|/|a)\s*(?:{_YEARLY})\b)"
    rf"|(?:per\s+|/\s*)(?P<per>(?:\w+\s+){{0,2}}?(?:ton(?:ne)?s?|t)\b(?:\s*CO2\w*)?|\w+))"
)
_EVERY_YEAR = re.compile(rf"\b(?:per (?:{_YEARLY})|årlig\w*|annual\w*|yearly|varje år)\b", re.I)
# What parts a sentence: a figure is of the kind that its own part says.
_CONNECTOR = re.compile(
    r"(?<!\w)(?:and|och|samt|plus)(?!\w)|[;+&]|[,.](?=\s|$)|(?=\b(?:varav|därav|of which|inkl)\b)",
    re.IGNORECASE,
)
_SIGNS = " ;,.:()+&/–—-"


@dataclass(frozen=True)
class Span:
    """Low, mid and high of one figure: a range, a lower bound (no high), or mid alone."""

    low: Decimal | None
    mid: Decimal
    high: Decimal | None = None

    def __iter__(self) -> Iterator[Decimal | None]:
        return iter((self.low, self.mid, self.high))

    def times(self, factor: Decimal) -> "Span":
        """The same in another unit."""
        return Span(*(None if end is None else end * factor for end in self))


def span_of(parsed: Parsed) -> Span | None:
    """The figures that were read, None where there is none. An upper bound is all that is known."""
    if parsed.low is not None and parsed.high is not None:
        return Span(parsed.low, (parsed.low + parsed.high) / 2, parsed.high)
    if parsed.low is not None:
        return Span(parsed.low, parsed.low)
    only = parsed.high if parsed.value is None else parsed.value
    return None if only is None else Span(None, only)


@dataclass(frozen=True)
class Mention:
    """A figure in a text, from ``start`` to ``end``, with its unit and what it is per.

    ``text`` is the number with its bound or range and the unit that stands before it, ``unit`` the
    unit after it. ``per`` is *year*, or the words it is per, or empty. ``clause`` is the part of
    the sentence around it, and ``alone`` says that it holds no word. ``whole`` is false where a
    letter or another figure follows at once: then nobody can know what it is.
    """

    start: int
    end: int
    text: str
    unit: str
    per: str
    clause: str
    alone: bool
    whole: bool


Phrases = Mapping[str, re.Pattern]
# What is longer is a description and no figure with a few words beside it.
LONGEST = 1000


def compiled(phrases: Mapping[str, tuple[str, ...]]) -> Phrases:
    """One pattern of phrases by what they say."""
    return {
        said: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        for said, patterns in phrases.items()
    }


def understood(text: str, known: Phrases) -> tuple[frozenset[str], str]:
    """What the phrases in a text say, in the order in which they are known, and what is left.

    The phrases' places are kept, empty, so that a figure in one is not read as another.
    """
    said = set()
    for meaning, pattern in known.items():
        spans = [found.span() for found in pattern.finditer(text)]
        if spans:
            said.add(meaning)
            text = mask(text, spans)
    return frozenset(said), text


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with some of its parts taken out and their places kept."""
    for start, end in spans:
        text = text[:start] + (";" + " " * (end - start))[: end - start] + text[end:]
    return text


def words_left(text: str, neutral: re.Pattern) -> str:
    """What is left of a text without the words that say nothing; empty when only signs are."""
    return " ".join(neutral.sub(" ", text).split()).strip(_SIGNS)


@lru_cache
def _pattern(units: re.Pattern) -> re.Pattern:
    number = rf"(?:{_NUMBER})"
    dash = rf"\s*(?:{DASH.pattern}|till\b|to\b|à)\s*"
    return re.compile(
        rf"(?<![\w.,])(?P<text>(?:(?:{BOUND.pattern})\s*|{DASH.pattern}\s?(?=[0-9]))?"
        rf"(?:mellan\s+|between\s+)?(?P<before>(?:{units.pattern})[.:]?\s?)?{number}"
        rf"(?:\s?(?:{units.pattern})(?={dash}[0-9]|\s+(?:och|and)\s+[0-9]))?"
        rf"(?:{dash}{number}|(?:(?<=[0-9])|(?<=[A-Za-z]))(?P<joined>\s+(?:och|and)\s+){number})?"
        rf"(?(before)(?:\s?(?:{MAGNITUDE.pattern})(?!\w))?))"
        rf"(?:\s*(?P<unit>{units.pattern})(?![\w²³]))?(?P<tail>{_PER})?",
        re.IGNORECASE,
    )


def mentions(text: str, units: re.Pattern) -> Iterator[Mention]:
    """The figures of a text, in order. ``units`` is a pattern of the units that it may have."""
    found = list(_found(text, units))
    starts = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found), len(text)]
    for place, match in enumerate(found):
        before = text[starts[place] : match.start()]
        after = text[match.end() : ends[place + 1]]
        near = _CONNECTOR.split(before)[-1], _CONNECTOR.split(after)[0]
        yearly = match["yearly"] or (not match["per"] and _EVERY_YEAR.search(near[1]))
        per = "year" if yearly else match["per"] or ""
        last = place + 1 == len(found)
        whole = not after[:1].isalnum() and (last or bool(after.strip()) or _ended(match))
        if place and not before.strip():
            whole = whole and _ended(match) and _ended(found[place - 1])
        yield Mention(
            match.start(),
            match.end(),
            match["text"].strip(),
            match["unit"] or "",
            per,
            " ".join(f"{near[0]} {near[1]}".split()),
            not (near[0] + near[1]).strip(_SIGNS),
            whole,
        )


def _ended(match: re.Match) -> bool:
    """Something says where the figure ends: a unit, or what it is per."""
    return any(match[name] for name in ("unit", "before", "tail"))


def _found(text: str, units: re.Pattern) -> Iterator[re.Match]:
    """Matches of a figure. *Och* joins two figures only after *mellan*."""
    pattern, place = _pattern(units), 0
    while match := pattern.search(text, place):
        if match["joined"] and not re.match(r"(?:mellan|between)\b", match["text"], re.IGNORECASE):
            match = pattern.match(text, match.start(), match.start("joined"))
        yield match
        place = match.end()
