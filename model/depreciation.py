"""Straight-line depreciation by month, component by component, whole to the öre.

A piece is a component's part of what is paid in one go: it has a cost, a life and the month from
which it is in service. Months are counted, so the first and the last year are parts of a year, and
what is reached so far is rounded, not each year: the years add up to the cost. Land is a piece
without a life, which keeps its value. A piece that is bought anew costs the same and lives as long.
"""

from dataclasses import dataclass, fields

import numpy as np

from model.owners import MILLION

MONTHS = 12


@dataclass(frozen=True, eq=False)
class Pieces:
    """(pieces,): ``cost`` in öre, ``lifetime`` in years (0: land), in service since ``month`` of
    ``year``; ``reinvested`` pieces are bought anew when their life is over.
    """

    cost: np.ndarray
    lifetime: np.ndarray
    year: np.ndarray
    month: np.ndarray
    reinvested: np.ndarray

    def take(self, chosen: np.ndarray) -> "Pieces":
        """The chosen pieces (mask or indices)."""
        return Pieces(**{f.name: getattr(self, f.name)[chosen] for f in fields(self)})


@dataclass(frozen=True, eq=False)
class Schedule:
    """(years, pieces) in öre. ``opening`` is the book value as the year begins, ``added`` what is
    taken in service during it (``reinvested``: of that what is bought anew), ``months`` how many
    months of the year what is added is in service.
    """

    depreciation: np.ndarray
    opening: np.ndarray
    added: np.ndarray
    reinvested: np.ndarray
    months: np.ndarray

    @property
    def closing(self) -> np.ndarray:
        """The book value as the year ends."""
        return self.opening + self.added - self.depreciation

    @property
    def base(self) -> np.ndarray:
        """What interest is reckoned on, as öre times months: the opening book value for the whole
        year, and what is added for the months that it is in service.
        """
        return self.opening * MONTHS + self.added * self.months


def schedule(pieces: Pieces, years: np.ndarray) -> Schedule:
    """Depreciation and book value of every piece in each of ``years`` (any calendar years)."""
    life = pieces.lifetime * MONTHS
    since = (np.asarray(years)[:, None] - pieces.year) * MONTHS + MONTHS + 1 - pieces.month
    after, before = np.maximum(since, 0), np.maximum(since - MONTHS, 0)
    started_before, started = _started(before, pieces), _started(after, pieces)
    written_before, written = _written_off(before, pieces), _written_off(after, pieces)
    added = (started - started_before) * pieces.cost
    first = (started_before == 0) & (started > 0)
    began = np.where(started > 0, (started - 1) * life, 0)
    return Schedule(
        depreciation=written - written_before,
        opening=started_before * pieces.cost - written_before,
        added=added,
        reinvested=np.where(first, 0, added),
        months=np.where(added > 0, np.minimum(after - began, MONTHS), 0),
    )


def interest(base: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Interest in öre on ``base`` (öre times months, of :attr:`Schedule.base`), half up.

    ``rate`` is yearly, broadcast to ``base``, taken to six decimals; NaN (not known) gives 0, and
    whoever asks must say so. OverflowError beyond 64 bits.
    """
    millionths = np.rint(np.nan_to_num(np.asarray(rate, dtype=float)) * MILLION).astype(np.int64)
    if (np.abs(base.astype(float)) * np.abs(millionths) > np.iinfo(np.int64).max // 2).any():
        raise OverflowError("an amount times its interest does not fit whole öre in 64 bits")
    product, whole = base * millionths, MONTHS * MILLION
    return np.sign(product) * ((np.abs(product) + whole // 2) // whole)


def _started(months: np.ndarray, pieces: Pieces) -> np.ndarray:
    """How many times the piece has been bought when so many months have passed since the first."""
    life = np.maximum(pieces.lifetime * MONTHS, 1)
    renewed = pieces.reinvested & (pieces.lifetime > 0)
    return np.where(renewed, -(-months // life), (months > 0).astype(np.int64))


def _written_off(months: np.ndarray, pieces: Pieces) -> np.ndarray:
    """What is depreciated of the piece and its successors by then, half up."""
    life = np.maximum(pieces.lifetime * MONTHS, 1)
    lived = np.where(pieces.reinvested, months, np.minimum(months, life))
    whole, rest = np.divmod(lived, life)
    reached = whole * pieces.cost + (2 * pieces.cost * rest + life) // (2 * life)
    return np.where(pieces.lifetime > 0, reached, 0)
