"""Points to draw at: evenly spread numbers with a seed; what moves together; ranges as triangles.

A point is one number between 0 and 1 for every dimension. They are Sobol's (Sobol' 1967, scrambled
as Owen 1995), which fill the space more evenly than chance, so that fewer draws are needed. The
same seed always gives the same points, to the last digit. Everything is pure.
"""

import numpy as np

# As many dimensions as Sobol's directions are tabled for; further ones are drawn by chance.
SOBOL_MOST = 21_201


class Points:
    """Points of ``dimensions``, one batch after the other. The first dimensions are the most even.

    ``batch`` is how many points are taken at a time: a power of two, which keeps them even.
    """

    def __init__(self, dimensions: int, seed: int, batch: int):
        self.dimensions, self.batch = dimensions, batch
        self._chance = np.random.default_rng([seed, 1])
        self._even = None
        if dimensions:
            # Imported when something is drawn: it takes longer than the draws of a plan.
            from scipy.stats.qmc import Sobol

            even = min(dimensions, SOBOL_MOST)
            self._even = Sobol(even, rng=np.random.default_rng(seed))

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

    Both are between 0 and 1 and of one shape. Behind each stands a normal deviate, and
    ``correlation`` is that of any two deviates with the same common number. The result is again
    evenly spread between 0 and 1.
    """
    if not correlation:
        return own
    from scipy.special import ndtr, ndtri

    return ndtr(np.sqrt(correlation) * ndtri(common) + np.sqrt(1 - correlation) * ndtri(own))


class Triangles:
    """Triangular distributions from low over mid, the likeliest, to high: three arrays (items,)."""

    def __init__(self, low: np.ndarray, mid: np.ndarray, high: np.ndarray):
        self.low, self.mid, self.high = (
            np.asarray(each, dtype=float)[:, None] for each in (low, mid, high)
        )
        width = self.high - self.low
        self._below = np.sqrt(width * (self.mid - self.low))
        self._above = np.sqrt(width * (self.high - self.mid))
        with np.errstate(divide="ignore", invalid="ignore"):
            self._peak = np.where(width > 0, (self.mid - self.low) / width, 0.0)

    def at(self, place: np.ndarray, root: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """(items, draws): what so large a part of each distribution lies below.

        ``place`` is the part, (items, draws); ``root`` its square root and ``rest`` that of what is
        left to 1, which several items may share. 0 gives low and 1 gives high, exactly.
        """
        return np.where(
            place < self._peak, self.low + self._below * root, self.high - self._above * rest
        )


def half_up(amounts: np.ndarray) -> np.ndarray:
    """Amounts that are not negative as whole öre, half up."""
    return np.floor(amounts + 0.5).astype(np.int64)
