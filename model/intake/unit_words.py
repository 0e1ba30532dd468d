"""Units of money in a text: how many kronor, euro or other coins each of them is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from model.intake.answers import UNITS
from model.intake.mapping import Vocabulary

_MANY = re.compile(r"tusen|thousand|\b000|[0 ]000|\bmilj|million|billion|hundra", re.IGNORECASE)
_RATE = r"(?P<rate>[0-9]+(?:[.,][0-9]+)?)"


@dataclass(frozen=True)
class Stated:
    """A unit that a text names: coins of a currency per unit, and the word."""

    factor: Decimal
    currency: str
    word: str


def _any(words: Iterable[str]) -> str:
    """Longest first, any space or a comma between words."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s,]*") for word in ordered)


def _joined(word: str) -> str:
    return re.sub(r"[\s,]", "", word).casefold()


class UnitWords:
    """Finds units of money by a vocabulary."""

    def __init__(self, vocabulary: Vocabulary):
        swedish = [(UNITS[key], word) for key, words in vocabulary.units.items() for word in words]
        self._factors = {_joined(word): factor for factor, word in swedish}
        self._multiples = {
            _joined(word): factor
            for factor, words in vocabulary.multiples.items()
            for word in words
        }
        self._codes = {
            word: code for code, words in vocabulary.currencies.items() for word in words
        }
        coins = _any(self._codes)
        many = _any(word for words in vocabulary.multiples.values() for word in words)
        # A unit per something else (kr/ton) is no unit of amounts, and neither is 450 tkr one.
        self._unit = re.compile(
            rf"(?<![\w/:])(?:(?P<foreign>(?:(?P<many>{many})\s*)?(?P<coin>{coins}))"
            rf"|(?P<swedish>{_any(word for _, word in swedish)}))(?!\w|\s*/|\s+per\b|-)",
            re.IGNORECASE,
        )
        # 1 EUR = 11,30 kr; 11,30 kr/EUR; kurs EUR: 11,30; växelkurs 11,30 kr per EUR.
        kronor = r"(?:kr(?:onor)?|sek)(?!\w)"
        rates = (
            rf"(?<!\w)(?:1\s*)?(?P<coin>{coins})\s*(?:=|motsvarar|är|:|/\s*(?:sek|kr)\W{{0,3}})"
            rf"\s*{_RATE}(?:\s*{kronor})?",
            rf"{_RATE}\s*{kronor}\s*(?:/|per)\s*(?:1\s*)?(?P<coin>{coins})(?!\w)",
            rf"(?:kurs|rate)\W{{0,3}}(?P<coin>{coins})[^0-9]{{0,12}}{_RATE}(?:\s*{kronor})?",
        )
        self._rates = [re.compile(pattern, re.IGNORECASE) for pattern in rates]
        self.named = lru_cache(maxsize=20_000)(self._named)

    def _named(self, text: str) -> tuple[Stated, ...]:
        """The units that a text names, each once, in order."""
        text = text.replace("\u00a0", " ").replace("\u202f", " ")
        for rate in self._rates:
            text = rate.sub(" ", text)
        found: dict[tuple[Decimal, str], Stated] = {}
        rest = self._unit.sub(" ", text)
        for match in self._unit.finditer(text):
            if self._is_amount(text, match):
                continue
            stated = self._stated(match)
            if stated.factor == 1 and _MANY.search(rest):
                continue  # kronor, and a word that may say how many of them
            found.setdefault((stated.factor, stated.currency), stated)
        return tuple(found.values())

    def _stated(self, match: re.Match) -> Stated:
        word = " ".join(match[0].split())
        if match["swedish"]:
            return Stated(self._factors[_joined(word)], "SEK", word)
        many = _joined(match["many"] or "")
        code = self._codes[match["coin"].casefold()]
        return Stated(self._multiples.get(many, Decimal(1)), code, word)

    @staticmethod
    def _is_amount(text: str, match: re.Match) -> bool:
        """Stands after a number that is no year: 450 tkr is an amount, Budget 2026 tkr is not."""
        before = text[: match.start()].rstrip()
        if not before or not before[-1].isdigit() or re.match(r"1\s?000", match[0]):
            return False
        return not re.search(r"(?<![0-9.,])(?:19|20)[0-9]{2}$", before)

    def without(self, text: str) -> tuple[str, bool]:
        """A text without its units and the brackets around them, and whether it had any."""
        if not self._unit.search(text):
            return text, False
        bare = self._unit.sub(" ", text)
        bare = re.sub(r"[(\[]\s*(?:i\s*)?[)\]]|,\s*(?:i\s*)?$", " ", bare)
        return " ".join(bare.split()), True

    def rate(self, text: str) -> tuple[str, Decimal] | None:
        """A currency and the kronor that a text says it costs: 1 EUR = 11,30 kr."""
        for pattern in self._rates:
            found = pattern.search(text)
            if found:
                rate = Decimal(found["rate"].replace(",", "."))
                return self._codes[found["coin"].casefold()], rate
        return None

    def coin(self, text: str) -> str:
        """The currency that a text names, or nothing."""
        named = [stated.currency for stated in self.named(text) if stated.currency != "SEK"]
        return named[0] if named else ""
