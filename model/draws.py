"""Points to draw at: evenly spread numbers with a seed; what moves together; and ranges.

A point is one number between 0 and 1 for every dimension. They are Sobol's (Sobol' 1967, scrambled
as Owen 1995) or Latin hypercubes (McKay, Beckman and Conover 1979): both fill the space more evenly
than chance, so that fewer draws are needed. The same seed always gives the same points, to the last
digit.

A range is a triangle, or PERT (Malcolm, Roseboom, Clark and Fazar 1959): a beta distribution with
mean (low + 4 x likeliest + high) / 6, which trusts the ends less. Everything is pure.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np

Spread = Literal["sobol", "latin"]
Shape = Literal["triangular", "pert"]

# As many dimensions as Sobol's directions are tabled for; further ones are drawn by chance.
SOBOL_MOST = 21_201


class Points:
    """Points of ``dimensions``, one batch after the other. Sobol's first dimensions are the most
    even.

    ``batch`` is how many points are taken at a time: a power of two keeps Sobol's even, and each
    batch is a Latin hypercube of its own, so that more points may always be taken.
    """

    def __init__(
        self, dimensions: int, seed: int | Sequence[int], batch: int, spread: Spread = "sobol"
    ):
        self.dimensions, self.batch = dimensions, batch
        self._chance = np.random.default_rng([*np.atleast_1d(seed), 1])
        self._even = None
        if dimensions:
            # Imported when something is drawn: it takes longer than the draws of a plan.
            from scipy.stats.qmc import LatinHypercube, Sobol

            kind = Sobol if spread == "sobol" else LatinHypercube
            even = min(dimensions, SOBOL_MOST) if spread == "sobol" else dimensions
            self._even = kind(even, rng=np.random.default_rng(seed))

    def take(self) -> np.ndarray:
        """The next points, (dimensions, batch), each at least 0 and below 1."""
        points = np.empty((self.dimensions, self.batch))
        if self._even is not None:
            even = self._even.random(self.batch)
            points[: even.shape[1]] = even.T
            rest = points[even.shape[1] :]
            rest[:] = self._chance.random(rest.shape)
        return points


def together(own: np.ndarray, common: np.ndarray, correlation: float) -> np.ndarray:
    """Numbers of their ``own`` that share what is ``common``: a Gaussian copula of one factor.

    Both are between 0 and 1: ``own`` (items, draws) and ``common`` the same or one that is
    broadcast to it. Behind each stands a normal deviate, and ``correlation`` is that of any two
    deviates with the same common number. The result is again evenly spread between 0 and 1.
    """
    if not correlation:
        return own
    from scipy.special import ndtr, ndtri

    return ndtr(np.sqrt(correlation) * ndtri(common) + np.sqrt(1 - correlation) * ndtri(own))


def in_groups(
    own: np.ndarray, common: np.ndarray, group: np.ndarray, correlation: float
) -> np.ndarray:
    """:func:`together` where items ``own`` (items, draws) share by ``group`` (items,), an index
    into ``common`` (groups, draws)."""
    if not correlation or not len(own):
        return own
    from scipy.special import ndtr, ndtri

    # The deviate of what is common is worked out once for its group.
    shared = np.sqrt(correlation) * ndtri(common)
    deviate = ndtri(own)
    deviate *= np.sqrt(1 - correlation)
    deviate += shared[group]
    return ndtr(deviate, out=deviate)


class Triangles:
    """Triangular distributions from low over mid, the likeliest, to high: three arrays (items,)."""

    def __init__(self, low: np.ndarray, mid: np.ndarray, high: np.ndarray):
        self.low, self.mid, self.high = _columns(low, mid, high)
        width = self.high - self.low
        self._below = np.sqrt(width * (self.mid - self.low))
        self._above = np.sqrt(width * (self.high - self.mid))
        self._peak = _peak(self.low, self.mid, self.high)

    def draw(self, place: np.ndarray, rows: np.ndarray | slice = slice(None)) -> np.ndarray:
        """(items, draws): what so large a part of each distribution lies below.

        ``place`` is the part, (places, draws), and ``rows`` (items,) says which of its rows each
        item lies at. 0 gives low and 1 gives high, exactly.
        """
        root, rest = np.sqrt(place), np.sqrt(1 - place)
        return np.where(
            place[rows] < self._peak,
            self.low + self._below * root[rows],
            self.high - self._above * rest[rows],
        )

    def mean(self) -> np.ndarray:
        """(items,)"""
        return (self.low + self.mid + self.high)[:, 0] / 3

    def variance(self) -> np.ndarray:
        """(items,)"""
        low, mid, high = self.low, self.mid, self.high
        return (low**2 + mid**2 + high**2 - low * mid - low * high - mid * high)[:, 0] / 18


class Perts:
    """PERT distributions, as :class:`Triangles`: beta of 1 + 4 (mid - low) / (high - low) and
    1 + 4 (high - mid) / (high - low), stretched from low to high.

    Quantiles are read between the nodes of a table, to within a ten-thousandth of high - low.
    """

    def __init__(self, low: np.ndarray, mid: np.ndarray, high: np.ndarray):
        self.low, self.mid, self.high = _columns(low, mid, high)
        row = _peak(self.low, self.mid, self.high) * (PEAKS - 1)
        above = np.minimum(row.astype(np.int64), PEAKS - 2)
        self._row, self._between = above * NODES, row - above

    def draw(self, place: np.ndarray, rows: np.ndarray | slice = slice(None)) -> np.ndarray:
        """(items, draws), as of :class:`Triangles`."""
        from scipy.special import ndtri

        node = (np.clip(ndtri(place), -FARTHEST, FARTHEST) + FARTHEST) * (
            (NODES - 1) / (2 * FARTHEST)
        )
        before = np.minimum(node.astype(np.int64), NODES - 2)
        part = (node - before)[rows]
        start = self._row + before[rows]
        table = _pert_table()
        found = _read_between(table, start, part)
        found += self._between * (_read_between(table, start + NODES, part) - found)
        return np.clip(self.low + (self.high - self.low) * found, self.low, self.high)

    def mean(self) -> np.ndarray:
        """(items,)"""
        return (self.low + 4 * self.mid + self.high)[:, 0] / 6

    def variance(self) -> np.ndarray:
        """(items,)"""
        return ((self.mean() - self.low[:, 0]) * (self.high[:, 0] - self.mean())) / 7


SHAPES = {"triangular": Triangles, "pert": Perts}
# The table of PERT: so many places of the likeliest value, and normal deviates out to so far.
PEAKS, NODES, FARTHEST = 129, 1025, 6.0


@lru_cache(maxsize=1)
def _pert_table() -> np.ndarray:
    """(PEAKS * NODES,) the quantiles between 0 and 1, by likeliest value and by normal deviate.

    Deviates rather than parts, because the quantiles are smooth in them to the very ends.
    """
    from scipy.special import betaincinv, ndtr

    peak = np.linspace(0, 1, PEAKS)[:, None]
    table = betaincinv(1 + 4 * peak, 5 - 4 * peak, ndtr(np.linspace(-FARTHEST, FARTHEST, NODES)))
    table[:, 0], table[:, -1] = 0.0, 1.0
    return table.ravel()


def _read_between(table: np.ndarray, start: np.ndarray, part: np.ndarray) -> np.ndarray:
    low = table.take(start)
    return low + part * (table.take(start + 1) - low)


def _columns(*of: np.ndarray) -> list[np.ndarray]:
    return [np.asarray(each, dtype=float)[:, None] for each in of]


def _peak(low: np.ndarray, mid: np.ndarray, high: np.ndarray) -> np.ndarray:
    """How far from low to high mid lies, 0 to 1; 0 where they are one."""
    width = high - low
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(width > 0, (mid - low) / width, 0.0)


def half_up(amounts: np.ndarray) -> np.ndarray:
    """Amounts that are not negative as whole öre, half up."""
    return np.floor(amounts + 0.5).astype(np.int64)
