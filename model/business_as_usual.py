"""How emissions go on without the plan: by trend, as now, by a driver, or by a given path.

Every path begins in the inventory's latest year, at what was emitted then. A **trend** is the
yearly change of the straight line through the logarithm of the tonnes (least squares) over the
chosen years, carried on from the latest year: it falls or rises by one share a year and never goes
below zero. A **driver** moves emissions as it moves itself, to the power of its elasticity. A
series is read on straight lines between its years, and is not known outside them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from model.emission_rows import BusinessAsUsual, EmissionSeries
from model.inventory import Inventory

Why = Literal["", "too_few_years", "zero", "series_missing", "too_steep"]
TREND_YEARS = 10
LEAST_YEARS = 2


@dataclass(frozen=True)
class SectorPath:
    """How one sector's path came about. ``change`` is the trend's yearly change, a share.

    ``why`` says why the method could not be used: with ``too_few_years`` or ``zero`` the sector
    stays as it is; with ``series_missing``, or ``too_steep`` to be counted, its path is not known.
    """

    sector: str
    method: str
    first_year: int = 0
    last_year: int = 0
    change: float | None = None
    series: str = ""
    elasticity: float = 1.0
    why: Why = ""


@dataclass(frozen=True, eq=False)
class Usual:
    """Tonnes a year without the plan, (years, sectors); NaN where the path is not known."""

    years: np.ndarray
    tonnes: np.ndarray
    sectors: tuple[SectorPath, ...]

    @property
    def total(self) -> np.ndarray:
        """(years,) of all sectors; NaN in a year in which some sector is not known."""
        return self.tonnes.sum(axis=1)


def default_rows(inventory: Inventory, method: str = "trend") -> tuple[BusinessAsUsual, ...]:
    """The choice where nobody has made one: every sector by one method."""
    gas, boundary = inventory.of
    return (BusinessAsUsual(gas=gas, boundary=boundary, method=method),)


def usual(
    inventory: Inventory,
    years: np.ndarray,
    rows: Iterable[BusinessAsUsual] = (),
    series: Iterable[EmissionSeries] = (),
    trend_years: int = TREND_YEARS,
) -> Usual:
    """Business as usual in ``years``, the first of them the inventory's latest.

    ``rows`` of another gas or boundary are left alone; a sector without a row follows the one
    without a sector, and the trend of the last ``trend_years`` years where there is none.
    """
    chosen = {row.sector: row for row in rows if (row.gas, row.boundary) == inventory.of}
    values = _values(series)
    whole = chosen.get("")
    if whole and whole.method == "given" and inventory.sectors != ("",):
        return _given_together(inventory, years, whole, values)
    otherwise = whole or default_rows(inventory)[0]
    paths, columns = [], []
    for place, sector in enumerate(inventory.sectors):
        row = chosen.get(sector, otherwise)
        path, column = _path(inventory, place, years, row, values, trend_years)
        paths.append(replace(path, sector=sector))
        columns.append(column)
    return Usual(years, np.array(columns).T.reshape(len(years), len(columns)), tuple(paths))


def _path(
    inventory: Inventory,
    place: int,
    years: np.ndarray,
    row: BusinessAsUsual,
    values: Mapping[str, dict[int, float]],
    trend_years: int,
) -> tuple[SectorPath, np.ndarray]:
    latest = float(inventory.row(inventory.latest)[place])
    level = np.full(len(years), latest)
    if row.method == "level":
        return SectorPath("", "level"), level
    if row.method == "trend":
        last = row.last_year or inventory.latest
        first = row.first_year or last - trend_years + 1
        change, why = _trend(inventory, place, first, last)
        at, why = _finite(level, 1 + (change or 0.0), years - inventory.latest, why)
        return SectorPath("", "trend", first, last, change, why=why), at
    known = values.get(row.series, {})
    at = _between(known, years)
    if row.method == "given":
        at[0] = latest
        why = "series_missing" if np.isnan(at).any() else ""
        return SectorPath("", "given", series=row.series, why=why), at
    elasticity = 1.0 if row.elasticity is None else float(row.elasticity)
    why = "series_missing" if np.isnan(at).any() else ""
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = at / at[0]
    at, why = _finite(level, moved, elasticity, why)
    return SectorPath("", "driver", series=row.series, elasticity=elasticity, why=why), at


def _finite(level: np.ndarray, base, power, why: Why) -> tuple[np.ndarray, Why]:
    """``level * base ** power``; what is beyond every number is not known, and that is said."""
    with np.errstate(all="ignore"):
        at = level * np.power(base, power)
    endless = np.isinf(at)
    return np.where(endless, np.nan, at), "too_steep" if endless.any() else why


def _trend(inventory: Inventory, place: int, first: int, last: int) -> tuple[float | None, Why]:
    """The yearly change, or None with the reason why there is none."""
    if not inventory.row(inventory.latest)[place]:
        return None, "zero"
    said = np.array(inventory.stated)
    tonnes = inventory.tonnes[:, place]
    used = (said >= first) & (said <= last) & (np.nan_to_num(tonnes) > 0)
    if used.sum() < LEAST_YEARS:
        return None, "too_few_years"
    away = said[used] - said[used].mean()
    slope = (away * np.log(tonnes[used])).sum() / (away**2).sum()
    return float(np.expm1(slope)), ""


def _given_together(
    inventory: Inventory,
    years: np.ndarray,
    row: BusinessAsUsual,
    values: Mapping[str, dict[int, float]],
) -> Usual:
    """A path of all sectors together, shared among them as in the latest year."""
    latest = inventory.row(inventory.latest)
    at = _between(values.get(row.series, {}), years)
    at[0] = latest.sum()
    why = "series_missing" if np.isnan(at).any() else ""
    shares = latest / latest.sum() if latest.sum() else np.full(len(latest), 1 / len(latest))
    found = tuple(
        SectorPath(sector, "given", series=row.series, why=why) for sector in inventory.sectors
    )
    return Usual(years, at[:, None] * shares, found)


def _values(series: Iterable[EmissionSeries]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    for row in series:
        found.setdefault(row.series, {})[row.year] = float(row.value)
    return found


def _between(known: Mapping[int, float], years: np.ndarray) -> np.ndarray:
    """The series in ``years``, on straight lines; NaN before its first year and after its last."""
    if not known:
        return np.full(len(years), np.nan)
    said = sorted(known)
    at = np.interp(years, said, [known[year] for year in said], left=np.nan, right=np.nan)
    return at.astype(float)
