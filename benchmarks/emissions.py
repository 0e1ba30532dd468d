"""The emission path of 2 000 measures over 30 years, against one measure and year at a time.

The loop does what the page says in words: a level holds from its year until the next one of its
measure, to the end of its life. Both must agree before a time counts.
"""

import numpy as np

from benchmarks.matching import fastest
from model.emission_paths import held_levels

YEARS = np.arange(2024, 2054)


def generated(measures: int = 2_000, seed: int = 2030) -> tuple[np.ndarray, ...]:
    """(begin, measure, amounts) of one to three levels a measure."""
    random = np.random.default_rng(seed)
    measure = np.sort(random.integers(0, measures, 2 * measures))
    begin = random.integers(2020, 2050, len(measure))
    amounts = random.integers(1, 5_000, (3, len(measure))).astype(float)
    return begin, measure, amounts


def loop(begin: np.ndarray, measure: np.ndarray, amounts: np.ndarray, measures: int) -> np.ndarray:
    """The same, line by line and year by year."""
    found = np.zeros((len(amounts), len(YEARS), measures))
    for each in range(measures):
        lines = np.flatnonzero(measure == each)
        for row, year in enumerate(YEARS):
            begun = lines[begin[lines] <= year]
            if len(begun):
                latest = begun[begin[begun] == begin[begun].max()]
                found[:, row, each] = amounts[:, latest].sum(axis=1)
    return found


def measure() -> list[str]:
    """The lines of the report."""
    lines = generated()
    expected = loop(*lines, 2_000)
    np.testing.assert_allclose(held_levels(YEARS, *lines, 2_000), expected, atol=1e-6)
    ours = fastest(lambda: held_levels(YEARS, *lines, 2_000))
    theirs = fastest(lambda: loop(*lines, 2_000), 1)
    return [f"emission path, 2 000 x 30: {1000 * ours:.1f} ms, {theirs / ours:.0f} times the loop"]
