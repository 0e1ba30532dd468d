"""A few years of one measure, small enough to follow by eye, matched by the kernel itself.

They are cases of ``tests/cases/gap.yaml`` and are tested to say what those say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from model.gap import match
from model.money import to_kronor, to_ore


@dataclass(frozen=True)
class Example:
    """``title`` is an English msgid and the name of the case; amounts are kronor by year."""

    title: str
    need: Mapping[int, int]
    grants: Mapping[int, int] = field(default_factory=dict)
    appropriations: Mapping[int, int] = field(default_factory=dict)
    carry_over: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Matched:
    """What the kernel makes of an example. By year, öre; ``surplus`` and ``lapsed`` in all."""

    years: tuple[int, ...]
    gap: tuple[int, ...]
    liquidity: tuple[int, ...]
    surplus: int
    lapsed: int


EXAMPLES = (
    Example(
        "A grant of 150 that comes before the second half of the work pays 50 of it",
        need={2026: 100, 2027: 100},
        grants={2026: 150},
    ),
    Example(
        "A grant in arrears closes the gap and leaves a year to bridge",
        need={2026: 100, 2027: 0},
        grants={2027: 100},
    ),
    Example(
        "The year's grant pays before the year's appropriation, and the rest of that lapses",
        need={2026: 1000},
        grants={2026: 400},
        appropriations={2026: 700},
    ),
    Example(
        "A decided carry-over saves it for the next year",
        need={2026: 100, 2027: 100},
        appropriations={2026: 150},
        carry_over={2026: 50},
    ),
)


def matched(example: Example) -> Matched:
    """The example as the gap kernel matches it."""
    years = tuple(sorted(example.need))

    def column(amounts: Mapping[int, int]) -> np.ndarray:
        return np.array([[to_ore(amounts.get(year, 0))] for year in years], dtype=np.int64)

    found = match(
        column(example.need),
        column(example.grants),
        column(example.appropriations),
        column(example.carry_over),
    )
    return Matched(
        years,
        tuple(found.gap[:, 0].tolist()),
        tuple(found.liquidity[:, 0].tolist()),
        int(found.surplus[0]),
        int(found.lapsed[0]),
    )


def kronor(ore: int) -> int:
    """Öre of an example as whole kronor."""
    return int(to_kronor(ore))
