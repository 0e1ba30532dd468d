"""What a heading says: its role, and of an amount its year, stage and flow.

A heading is read as a list of words. Years and units are taken out, and what remains is covered
with the longest phrases of the vocabulary; the last of them is the head of the heading (*Ansvarig
nämnd*), unless a preposition comes after it (*Namn på projekt*). A word that no phrase covers is
compared with rapidfuzz, and makes the meaning less sure.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from model.intake.mapping import Vocabulary
from model.intake.reader import Cell
from model.intake.table import Flow, Role, Stage
from model.intake.unit_words import UnitWords

Content = Literal["text", "number", "empty"]
Kind = tuple[str, str]  # ("role", "name"), ("stage", "plan") or ("flow", "net")

# Roles whose columns hold numbers that are amounts or effects.
MONEY: frozenset[Role] = frozenset(
    {"amount", "total", "decided_total", "forecast_total", "carry_over", "operation"}
)
NUMERIC: frozenset[Role] = MONEY | {"tonnes", "year", "account", "number", "ignore"}
FIRST_YEAR, LAST_YEAR = 1990, 2100
# How alike a misspelt word must be, of 100, and how long before its spelling can be doubted.
ALIKE, LONG_ENOUGH = 82, 4
LONGEST_HEADING = 120
LONGEST_PHRASE = 6

_YEAR = r"(?:199[0-9]|20[0-9][0-9])"
_FOOTNOTE = re.compile(r"(?<=\S)\s*(?:\*+|[¹²³⁴⁵]|(?<![0-9])[0-9]\))(?!\w)")
_DAY = re.compile(
    rf"(?P<iso>{_YEAR})-[01][0-9](?:-[0-3][0-9])?(?![0-9])"
    rf"|[0-3]?[0-9][/.-][01]?[0-9][/.\s-]+(?P<swedish>{_YEAR})"
    rf"|(?<![0-9])[0-3]?[0-9]\s*(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\s+"
    rf"(?P<month>{_YEAR})"
)
_SPAN = re.compile(
    rf"(?<![0-9])(?P<first>{_YEAR})\s*(?:-|/|till|to|och|tom)\s*(?P<last>{_YEAR}|[0-9][0-9])(?![0-9])"
)
_FROM = re.compile(
    rf"(?:fr\.?\s*o\.?\s*m\.?|from|från(?: och med)?|efter|after|>=?)\s*(?P<first>{_YEAR})(?![0-9])"
    rf"|(?<![0-9])(?P<open>{_YEAR})\s*"
    r"(?:\+|ff\b|och framåt|och senare|och därefter|framåt|-(?=\s*$|\s*[,)]))"
)
_UNTIL = re.compile(rf"(?:(?:^|(?<=\())\s*-|<=?|före|innan|before)\s*(?P<year>{_YEAR})(?![0-9])")
_LONG = re.compile(rf"(?<![0-9.,]){_YEAR}(?![0-9]|[.,][0-9])")
_SHORT = re.compile(r"(?P<word>[^\W\d_]+)\.?[\s'’-]*(?P<year>[1-5][0-9])(?![0-9%])")


@dataclass(frozen=True)
class Meaning:
    """What a heading says. ``role`` is None when it says nothing that is known.

    ``score`` is 0 to 100. ``span`` is a period of several years (2027–2029), whose amount is the
    sum of years that have columns, or lies beyond them. ``rival`` is another role that the heading
    may as well have.
    """

    role: Role | None
    score: int = 0
    year: int | None = None
    stage: Stage | None = None
    flow: Flow | None = None
    span: tuple[int, int] | None = None
    rival: Role | None = None
    words: str = ""
    exact: bool = False

    @property
    def is_money(self) -> bool:
        """Speaks of kronor."""
        return self.role in MONEY


NOTHING = Meaning(None)


@dataclass
class _Years:
    """The years of a heading: one, a period, open to the left (before) or to the right (later)."""

    year: int | None = None
    span: tuple[int, int] | None = None
    side: Literal["before", "later", ""] = ""


@dataclass
class _Cover:
    """The phrases that cover a heading, the words that none does, and how sure it is."""

    kinds: list[tuple[Kind, ...]] = field(default_factory=list)
    score: int = 100
    unknown: int = 0


def plain(text: str) -> str:
    """A heading as it is compared: small letters, plain spaces and hyphens, no footnote marks."""
    text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    text = re.sub(r"(?<=\w)-\s*\n\s*(?=[a-zåäöæø])", "", text)
    text = re.sub(r"[‐‑‒–—−]", "-", text.replace("_", " ").casefold())
    text = re.sub(r"/\s*(?=(?:år|year)\b)", " per ", text)
    return " ".join(_FOOTNOTE.sub(" ", text).split())


def words_of(text: str) -> list[str]:
    """The words of a plain text, without signs; abbreviations with full stops in one piece."""
    text = re.sub(r"\b(\w)\.\s*(?=\w\b)", r"\1", text)
    text = re.sub(r"\bt\s+o\s+m\b", "tom", text)
    text = re.sub(r"\bfr\s*o\s*m\b", "from", text)
    return re.findall(r"[^\W_]+", text)


def year_of(cell: Cell) -> int | None:
    """The year that a cell is when it is nothing but a year: 2026, or a date that stands for it.

    A year that a date format made into a day in 1905 is the number behind it.
    """
    if cell.kind == "number":
        return _as_year(cell.value)
    if cell.kind == "text":
        text = cell.text
        return int(text) if len(text) == 4 and re.fullmatch(_YEAR, text) else None
    if cell.kind == "date" and cell.serial is not None:
        hidden = _as_year(cell.serial)
        if hidden is not None:
            return hidden
        try:
            day = date.fromisoformat(str(cell.value)[:10])
        except ValueError:
            return None
        whole = (day.month, day.day) in ((1, 1), (12, 31))
        return day.year if whole and FIRST_YEAR <= day.year < LAST_YEAR else None
    return None


def _as_year(number: Decimal) -> int | None:
    return int(number) if FIRST_YEAR <= number < LAST_YEAR and number == int(number) else None


class Headings:
    """Reads headings by a vocabulary. What has been read once is remembered."""

    def __init__(self, vocabulary: Vocabulary):
        self.units = UnitWords(vocabulary)
        self._phrases: dict[str, tuple[Kind, ...]] = {}
        for family, groups in (
            ("role", vocabulary.columns),
            ("stage", vocabulary.stages),
            ("flow", vocabulary.flows),
        ):
            for key, phrases in groups.items():
                for phrase in phrases:
                    joined = "".join(words_of(plain(phrase)))
                    known = self._phrases.get(joined, ())
                    self._phrases[joined] = (*known, (family, key))
        self._noise = {"".join(words_of(plain(word))) for word in vocabulary.noise}
        self._prepositions = set(vocabulary.prepositions)
        self._spellings = [phrase for phrase in self._phrases if len(phrase) >= LONG_ENOUGH]
        self._endings = sorted(self._spellings, key=len, reverse=True)
        self._stage_words = {
            joined
            for joined, kinds in self._phrases.items()
            if any(family != "role" for family, _ in kinds)
        } | {"år", "year"}
        self.meaning = lru_cache(maxsize=20_000)(self._meaning)
        self._word = lru_cache(maxsize=20_000)(self._find_word)

    def of_cell(self, cell: Cell, content: Content = "empty") -> Meaning:
        """What a cell says as a heading by itself."""
        year = year_of(cell)
        if year is not None:
            return Meaning("amount", 100, year, "bare", exact=True)
        return self.meaning(cell.text, content) if cell.kind == "text" else NOTHING

    def is_unit(self, text: str) -> bool:
        """Says in which unit amounts are, and nothing else: Belopp i tkr."""
        bare, has_unit = self.units.without(plain(text))
        cover = self._cover(words_of(bare)) if has_unit else _Cover()
        return has_unit and all(("role", "total") in kinds for kinds in cover.kinds)

    def _meaning(self, text: str, content: Content = "empty") -> Meaning:
        """What a heading says over a column of texts, of numbers, or of nothing that is known.

        A word that may be a role of texts as well as money (*Bidrag*) is read by the content.
        """
        if not text or len(text) > LONGEST_HEADING:
            return NOTHING
        bare, has_unit = self.units.without(plain(text))
        bare, years = self._years(bare)
        cover = self._cover(words_of(bare))
        if not cover.kinds and (years.year or years.span):
            return self._amount(years, [], cover, has_unit)
        if not cover.kinds:
            # A heading that is nothing but a unit is over amounts, or in the corner of the table.
            if has_unit and not cover.unknown and content != "text":
                return Meaning("total", 90, words=text, exact=True)
            return NOTHING
        if content == "empty":
            content = "number" if years.year else "text"
        picked = [_by_content(kinds, content, bool(years.year)) for kinds in cover.kinds]
        if all(family != "role" for family, _ in picked):
            return self._amount(years, picked, cover, has_unit)
        return self._with_role(years, picked, cover)

    def _years(self, text: str) -> tuple[str, _Years]:
        """The text without its years, and them."""
        text = _DAY.sub(lambda found: f" {next(filter(None, found.groups()))} ", text)
        for pattern, side in ((_SPAN, ""), (_FROM, "later"), (_UNTIL, "before")):
            found = pattern.search(text)
            if found is None:
                continue
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            named = [year for year in found.groups() if year]
            if not side:
                last = named[1] if len(named[1]) == 4 else named[0][:2] + named[1]
                span = (int(named[0]), int(last))
                if span[0] >= span[1]:
                    continue
                return rest, _Years(span=span)
            return rest, _Years(int(named[0]), side=side)
        longs = _LONG.findall(text)
        if longs:
            same = set(longs)
            return _LONG.sub(" ", text), _Years(int(longs[-1]) if len(same) == 1 else None)
        # Two digits are a year only after a word that a year belongs to: B26, plan 27, t.o.m. 25.
        text = re.sub(r"\bt\.?\s*o\.?\s*m\b\.?", "tom", text)
        for found in _SHORT.finditer(text):
            if found["word"] in self._stage_words:
                rest = f"{text[: found.start()]}{found['word']} {text[found.end() :]}"
                return rest, _Years(2000 + int(found["year"]))
        if re.fullmatch(r"\s*['’][1-5][0-9]\s*", text):
            return "", _Years(2000 + int(text.strip()[1:]))
        return text, _Years()

    def _cover(self, words: list[str]) -> _Cover:
        """The phrases that cover the words before the first preposition."""
        cover = _Cover()
        place = 0
        while place < len(words):
            for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
                joined = "".join(words[place : place + length])
                kinds = self._phrases.get(joined)
                if kinds and not (length == 1 and joined in self._noise and cover.kinds):
                    cover.kinds.append(kinds)
                    place += length
                    break
            else:
                word = words[place]
                place += 1
                if word in self._prepositions and cover.kinds:
                    break
                if word in self._noise or word in self._prepositions or word.isdigit():
                    continue
                kinds, score = self._word(word)
                cover.score = min(cover.score, score)
                if kinds:
                    cover.kinds += kinds
                else:
                    cover.unknown += 1
        cover.score -= 8 * cover.unknown
        return cover

    def _find_word(self, word: str) -> tuple[list[tuple[Kind, ...]], int]:
        """What a single word that is no phrase means: a compound, or misspelt."""
        for prefix in ("netto", "brutto", "total"):
            rest = self._phrases.get(word.removeprefix(prefix))
            if word.startswith(prefix) and rest:
                return [self._phrases[prefix], rest], 95
        if len(word) >= LONG_ENOUGH:
            found = process.extractOne(word, self._spellings, scorer=fuzz.ratio, score_cutoff=ALIKE)
            if found is not None:
                return [self._phrases[found[0]]], int(found[1])
        for ending in self._endings:
            if word.endswith(ending):
                return [self._phrases[ending]], 84
        return [], 100

    @staticmethod
    def _amount(years: _Years, picked: list[Kind], cover: _Cover, has_unit: bool) -> Meaning:
        """A heading of nothing but years, stages and flows."""
        stages = [key for family, key in picked if family == "stage"]
        flows = [key for family, key in picked if family == "flow"]
        flow = "net" if "net" in flows else flows[-1] if flows else None
        stage = _stage(stages)
        score = cover.score
        exact = score == 100
        if years.side == "before":
            stage, years = "before", _Years(years.year - 1)
        elif years.side == "later" or stage == "later":
            return Meaning("amount", score, None, "later", flow, exact=exact)
        if stage == "before":
            year = years.span[1] if years.span else years.year
            return Meaning("amount", score, year, "before", flow, exact=exact)
        if years.span:
            return Meaning("total", score, None, stage, flow, years.span, exact=exact)
        if years.year or stage:
            return Meaning("amount", score, years.year, stage or "bare", flow, exact=exact)
        if flow == "income":
            return Meaning("amount", score, None, None, "income", exact=exact)
        return Meaning("total", score, None, None, flow, exact=exact)

    @staticmethod
    def _with_role(years: _Years, picked: list[Kind], cover: _Cover) -> Meaning:
        """A heading with a role in it: its last one, with what is said of the amount."""
        roles = [key for family, key in picked if family == "role"]
        stages = [key for family, key in picked if family == "stage"]
        flows = [key for family, key in picked if family == "flow"]
        role = roles[-1]
        others = [other for other in roles[:-1] if other != role]
        score = cover.score - 4 * len(set(others))
        exact = cover.score == 100 and not others
        flow = "net" if "net" in flows else flows[-1] if flows else None
        if role == "year" and years.year:
            return Meaning("amount", score, years.year, _stage(stages) or "bare", flow, exact=exact)
        if role not in MONEY:
            # "Kommentar till budget 2026" is a comment; what follows its head says of what.
            return Meaning(role, score, years.year, exact=exact)
        if role == "total":
            stage = _stage(stages)
            if stage in ("actual", "before"):
                return Meaning("amount", min(score, 90), years.year, "before", flow, exact=exact)
            if stage == "forecast":
                return Meaning("forecast_total", score, None, None, flow, exact=exact)
            if years.year and not stage:
                # "Total utgift 2026", "Belopp 2026": an amount of that year.
                return Meaning("amount", score, years.year, "bare", flow, exact=exact)
            if years.year and stage:
                return Meaning("amount", score, years.year, stage, flow, exact=exact)
            whole = stage == "budget" and not years.span
            role = "decided_total" if whole else "total"
            return Meaning(
                role, score, None, None if whole else stage, flow, years.span, exact=exact
            )
        stage = _stage(stages) or ("later" if years.side == "later" else None)
        return Meaning(role, score, years.year, stage, flow, years.span, exact=exact)


def _stage(stages: Iterable[str]) -> Stage | None:
    """What several words of time make together: an outcome up to a year is what is spent."""
    stages = list(dict.fromkeys(stages))
    if "before" in stages:
        # A budget up to a year is not spent: nobody can tell what it is.
        return "bare" if {"budget", "plan"} & set(stages) else "before"
    for stage in ("later", "actual", "forecast", "plan", "budget"):
        if stage in stages:
            return stage
    return None


def _by_content(kinds: tuple[Kind, ...], content: Content, dated: bool) -> Kind:
    """Of a word that may be more than one thing, what fits the content of the column."""
    if len(kinds) == 1:
        return kinds[0]
    # "Budget år 2026" is an amount; "Budgetår" stands over years.
    wanted = dated if ("role", "year") in kinds else content == "number"
    for kind in kinds:
        family, key = kind
        if (family != "role" or key in MONEY) == wanted:
            return kind
    return kinds[0]
