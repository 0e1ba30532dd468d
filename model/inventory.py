"""What has been emitted: one series of tonnes by sector and year, of one gas within one boundary.

Series that differ in gas or boundary are inventories of their own and are never added.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from model.emission_rows import BaselineYear
from model.entries import Baseline, Sourced
from model.errors import NotFound


@dataclass(frozen=True, eq=False)
class Inventory:
    """Tonnes a year. ``tonnes`` is (years, sectors), NaN where a sector has no figure.

    ``sectors`` are keys of ``ned_sectors``, or one empty key for all together. ``source`` is where
    the figures stand: an entry of the reference data, or the cells' own words where ``own``.
    """

    gas: str
    boundary: str
    sectors: tuple[str, ...]
    stated: tuple[int, ...]
    tonnes: np.ndarray
    source: Sourced | str = ""

    @property
    def own(self) -> bool:
        """Whether the plan states it, and not the reference data."""
        return isinstance(self.source, str)

    @property
    def of(self) -> tuple[str, str]:
        """Gas and boundary: what must agree before anything is added or compared."""
        return self.gas, self.boundary

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which every sector has a figure, in order."""
        whole = ~np.isnan(self.tonnes).any(axis=1)
        return tuple(year for year, known in zip(self.stated, whole, strict=True) if known)

    @property
    def incomplete(self) -> tuple[int, ...]:
        """The years that some sector lacks: they have no total."""
        return tuple(year for year in self.stated if year not in self.years)

    @property
    def latest(self) -> int:
        """The last whole year: where every path begins."""
        return self.years[-1]

    def row(self, year: int) -> np.ndarray:
        """(sectors,) tonnes in a year. NotFound when some sector has no figure for it."""
        if year not in self.years:
            raise NotFound("There are no emissions for {year}.", year=year)
        return self.tonnes[self.stated.index(year)]

    def total(self, year: int) -> float:
        """Tonnes of all sectors in a year. NotFound when some sector has no figure for it."""
        return float(self.row(year).sum())


def published(baseline: Baseline) -> Inventory:
    """The emissions that ``data/municipalities`` has."""
    sectors, years = tuple(baseline.emissions), baseline.years
    by_year = [[baseline.emissions[key][year] for key in sectors] for year in years]
    return Inventory(
        baseline.gas, baseline.boundary, sectors, years, np.array(by_year, dtype=float), baseline
    )


def stated(rows: Iterable[BaselineYear]) -> tuple[Inventory, ...]:
    """The plan's own emissions, one inventory per gas and boundary, in the order of the rows."""
    series: dict[tuple[str, str], list[BaselineYear]] = {}
    for row in rows:
        series.setdefault((row.gas, row.boundary), []).append(row)
    return tuple(_stated(*of, found) for of, found in series.items())


def _stated(gas: str, boundary: str, rows: list[BaselineYear]) -> Inventory:
    sectors = tuple(dict.fromkeys(row.sector for row in rows))
    years = tuple(sorted({row.year for row in rows}))
    tonnes = np.full((len(years), len(sectors)), np.nan)
    for row in rows:
        tonnes[years.index(row.year), sectors.index(row.sector)] = float(row.tonnes)
    sources = sorted({row.source_ref.split("!")[0] for row in rows if row.source_ref})
    return Inventory(gas, boundary, sectors, years, tonnes, ", ".join(sources))


def inventories(rows: Iterable[BaselineYear], baseline: Baseline | None) -> tuple[Inventory, ...]:
    """Every inventory with a whole year: the plan's own, and the published one it has not replaced.

    ``baseline`` is that of the plan's municipality, None where the reference data has none.
    """
    own = stated(rows)
    more = [] if baseline is None else [published(baseline)]
    taken = {each.of for each in own if each.years}
    return tuple(
        each for each in (*own, *(each for each in more if each.of not in taken)) if each.years
    )
