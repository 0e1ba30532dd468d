"""What many draws say together: quantiles, and how they settle as draws are added. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

FAN = (0.1, 0.5, 0.9)
# The draws are cut into so many runs, and how the runs differ tells the error of them together.
RUNS, FIRST = 8, 256


def quantiles_of(draws: np.ndarray, quantiles: Sequence[float] = FAN) -> np.ndarray:
    """(quantiles, ...) over the last axis: drawn values themselves, so öre stay whole."""
    return np.quantile(draws, quantiles, axis=-1, method="inverted_cdf")


class Settled(NamedTuple):
    """A total by the first ``draws``: its mean and its fan, and the error of each, in its unit.

    An error is the standard error by batches: that of eight runs of draws, one after the other,
    over the root of eight. Evenly spread points differ less together than run by run, so that it is
    rather too large. NaN where there are too few draws for it.
    """

    draws: int
    mean: float
    mean_error: float
    fan: tuple[float, ...]
    fan_errors: tuple[float, ...]


def convergence(total: np.ndarray) -> tuple[Settled, ...]:
    """How ``total`` (draws,) settles, for ever twice as many draws, and for all."""
    most = len(total)
    counts = [2**power for power in range(8, 21) if 2**power < most] + [most]
    return tuple(_settled(total[:count].astype(float)) for count in counts)


def _settled(total: np.ndarray) -> Settled:
    size = len(total) // RUNS
    mean, fan = float(total.mean()), tuple(quantiles_of(total).tolist())
    if len(total) < FIRST:
        return Settled(len(total), mean, np.nan, fan, (np.nan,) * len(FAN))
    runs = total[: size * RUNS].reshape(RUNS, size)
    each = np.vstack([runs.mean(axis=1), quantiles_of(runs)])
    mean_error, *fan_errors = (each.std(axis=1, ddof=1) / RUNS**0.5).tolist()
    return Settled(len(total), mean, mean_error, fan, tuple(fan_errors))
