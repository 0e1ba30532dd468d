"""Prices that move by year: carbon by a series, energy by a carrier's price path."""

from collections.abc import Mapping, Sequence

import numpy as np


def by_year(series: Mapping[int, float], years: Sequence[int] | np.ndarray) -> np.ndarray:
    """The price in each year, on a straight line between the years that the series states.

    Before its first year and after its last it stands still. Shape (years,).
    """
    stated = sorted(series)
    return np.interp(np.asarray(years, dtype=float), stated, [series[year] for year in stated])


def worth(amounts: np.ndarray | float, series: Mapping[int, float], years) -> np.ndarray:
    """What tonnes or MWh a year are worth at a series of prices, in its own currency and prices."""
    return by_year(series, years) * amounts
