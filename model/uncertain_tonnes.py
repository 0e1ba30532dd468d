"""How sure the emissions are: what measures lower them by in many draws, and targets met.

A measure's effect is drawn between its low and its high, all years together. It is linear in what
is drawn, so that every year of every draw is one product of matrices. Pure.
"""

from dataclasses import dataclass

import numpy as np

from model.draws import SHAPES, Points, in_groups
from model.emission_paths import EmissionPath
from model.emission_result import TargetPath
from model.quantiles import FAN, quantiles_of
from model.uncertainty import Settings
from model.worlds import BATCH

FINE = 1024


@dataclass(frozen=True, eq=False)
class Tonnes:
    """What measures lower emissions by in every draw, (years, draws) in t a year.

    ``certain`` measures have no range, and ``ranged`` do.
    """

    years: np.ndarray
    lowered: np.ndarray
    ranged: int
    certain: int

    def left(self, usual: np.ndarray, quantiles=FAN) -> np.ndarray:
        """(quantiles, years) in t: what is left of ``usual`` (years,), the emissions without the
        measures. NaN where those are not known."""
        return usual - quantiles_of(self.lowered, [1 - each for each in quantiles])

    def share_reaching(self, tonnes: float, row: int = -1) -> float:
        """The share of the draws in which a year (a row, the last by default) lowers by so much."""
        return float((self.lowered[row] >= tonnes).mean())

    def share_meeting(self, path: EmissionPath, target: TargetPath) -> float:
        """The share of the draws in which a comparable target is met in its own year."""
        row = path.at(target.aim.year)
        stored = float(path.stored[row]) if target.distance.net else 0.0
        asked = float(path.usual.total[row]) - stored - target.distance.level
        return self.share_reaching(asked, row)


def tonnes_of(path: EmissionPath, sectors: np.ndarray, settings: Settings) -> Tonnes:
    """What the counted measures of a path lower emissions by; ``sectors`` are all measures'."""
    counted = path.wedges.counted
    levels = (getattr(path.wedges, level)[:, counted] for level in ("low", "mid", "high"))
    return simulate_tonnes(path.years, *levels, sectors[counted], settings)


def simulate_tonnes(
    years: np.ndarray,
    low: np.ndarray,
    mid: np.ndarray,
    high: np.ndarray,
    sectors: np.ndarray,
    settings: Settings,
) -> Tonnes:
    """Draw what measures lower emissions by: three tables (years, measures) in t a year.

    Effects in one of ``sectors`` (measures,), or all where the settings say so, are correlated as
    ``effect_correlation`` says.
    """
    ranged = np.flatnonzero((low != high).any(axis=0))
    order = ranged[np.argsort(-np.abs(high - low)[:, ranged].sum(axis=0), kind="stable")]
    does = (mid != 0).any(axis=0)
    does[order] = False
    # What changes sign or size over the years is another range; most measures have one.
    rows, columns = np.nonzero((low != high)[:, order])
    triples = np.stack([of[rows, order[columns]] for of in (low, mid, high)] + [columns])
    distinct, which = np.unique(triples, axis=1, return_inverse=True)
    *ends, likeliest, measure = distinct[[0, 2, 1, 3]]
    lowest, highest = np.sort(ends, axis=0)
    ranges = SHAPES[settings.shape](lowest, np.clip(likeliest, lowest, highest), highest)
    adds = np.zeros((len(years), distinct.shape[1]))
    adds[rows, which.ravel()] = 1.0
    sure = mid[:, does].sum(axis=1) + np.where(low == high, mid, 0.0)[:, order].sum(axis=1)
    names = sectors[order] if settings.common == "sector" else np.full(len(order), "")
    groups, group = np.unique(names.astype(str), return_inverse=True)
    common = len(groups) if settings.effect_correlation else 0
    points = Points(common + len(order), settings.seed, BATCH, settings.spread)
    lowered = np.empty((len(years), settings.draws))
    for start in range(0, settings.draws, BATCH):
        at = points.take()
        own = in_groups(at[common:], at[:common], group, settings.effect_correlation)
        size = min(BATCH, settings.draws - start)
        # Whole kilograms, nearly: sums of such numbers are exact, in whatever order.
        drawn = np.rint(ranges.draw(own, measure.astype(np.int64)) * FINE) / FINE
        lowered[:, start : start + size] = (adds @ drawn + sure[:, None])[:, :size]
    return Tonnes(years, lowered, len(order), int(does.sum()))
