"""What a column of a table holds: texts or numbers, marks, years, codes; and what numbers say.

A sample of the rows is enough to tell what a column is for. Each text is parsed once.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from model.intake.headings import Content
from model.intake.numbers import Parsed, parse
from model.intake.reader import Cell

SAMPLE = 300

parsed = lru_cache(maxsize=100_000)(parse)
_CODE = re.compile(r"[A-Za-zÅÄÖåäö]{0,4}[-./ ]?[0-9]+(?:[-./ ][0-9A-Za-z]+)*")
_WHEN = re.compile(r"(?:19|20)[0-9]{2}(?:[-/. ]?(?:0[1-9]|1[0-2]))?")
_COST = re.compile(
    r"[0-9][0-9  .,–-]*\s*(?:tkr|kkr|kr\b|kronor|mn|m ?kr|m ?sek|sek|bsek|mdkr|milj|[km]?eur|€)",
    re.IGNORECASE,
)
_SAYS_NOTHING = ("blank", "blank_or_zero", "not_known")


def value_of(cell: Cell) -> Decimal | None:
    """The number that a cell holds, also one that is written as text; of a range its middle."""
    if cell.kind == "number":
        return cell.value
    if cell.kind != "text":
        return None
    found: Parsed = parsed(cell.value)
    if found.reason or found.unit == "share":
        return None
    if found.value is not None:
        return found.value
    ends = [end for end in (found.low, found.high) if end is not None]
    return sum(ends, Decimal(0)) / len(ends)


@dataclass(frozen=True)
class Profile:
    """Counts of a column's sampled cells. ``silent`` are dashes and the like.

    ``texts`` are cells with words, ``worded`` those of them with an amount in them;
    ``distinct`` is how many different texts or numbers there are.
    """

    filled: int
    numbers: int
    years: int
    codes: int
    texts: int
    worded: int
    silent: int
    dates: int
    distinct: int
    longest: int

    @property
    def content(self) -> Content:
        """What mostly stands there: texts, numbers, or nothing that tells."""
        if self.texts > self.numbers:
            return "text"
        return "number" if self.numbers else "empty"

    @property
    def is_years(self) -> bool:
        """Nothing but years, or years with a month."""
        return 0 < self.numbers == self.years

    @property
    def is_codes(self) -> bool:
        """Project numbers and the like: digits, perhaps with letters and points."""
        return 0 < self.filled == self.codes + self.silent


def sample(cells: Iterable[Cell], most: int = SAMPLE) -> list[Cell]:
    """The first cells, and of many every so many."""
    cells = list(cells)
    if len(cells) <= most:
        return cells
    step = len(cells) // (most // 2)
    return cells[: most // 2] + cells[most // 2 :: step]


def profile(cells: Iterable[Cell]) -> Profile:
    """What the cells of a column hold."""
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for cell in cells:
        text = cell.text
        if not text and cell.kind == "text":
            continue
        counts["filled"] += 1
        counts["longest"] = max(counts["longest"], len(text))
        seen.add(text.casefold())
        if cell.kind == "date":
            counts["dates"] += 1
            continue
        if cell.kind == "number" or cell.kind in ("uncached", "error", "out_of_range"):
            counts["numbers"] += 1
            counts["years"] += bool(_WHEN.fullmatch(text))
            counts["codes"] += (
                cell.kind == "number" and cell.value == cell.value.to_integral_value()
            )
            continue
        found = parsed(text)
        counts["codes"] += bool(_CODE.fullmatch(text))
        if found.reason in _SAYS_NOTHING:
            counts["silent"] += 1
        elif found.reason is None and not found.unit:
            counts["numbers"] += 1
            counts["years"] += bool(_WHEN.fullmatch(text))
        elif found.reason in ("ambiguous", "foreign_format") and len(text) < 20:
            counts["numbers"] += 1
        else:
            counts["texts"] += 1
            counts["worded"] += found.reason is None or bool(_COST.search(text))
    return Profile(
        counts["filled"],
        counts["numbers"],
        counts["years"],
        counts["codes"],
        counts["texts"],
        counts["worded"],
        counts["silent"],
        counts["dates"],
        len(seen),
        counts["longest"],
    )
