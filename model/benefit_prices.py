"""What one unit of an effect is worth, year by year, low to high: a benefit's method filled in.

Pure. A value is moved to the plan's price year where an index reaches; where none does, it stays in
its own, which is said. What nobody has stated is asked for and never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.benefit_methods import METHODS, paths
from model.entries import Assumption, Benefit, DatedValue, PriceYear
from model.prices import Index, between, dated

Assumptions = Mapping[str, Assumption]


@dataclass(frozen=True)
class Input:
    """What fills a role: an assumption and its latest value."""

    role: str
    assumption: Assumption
    value: DatedValue

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return self.value.value is not None


@dataclass(frozen=True, eq=False)
class Price:
    """Kronor per unit of the effect at full effect.

    ``levels`` is (3, years): low, mid and high; None where something needed is missing. ``asked``
    are the assumptions that have no value, of which the optional ones only make the price a lower
    bound (``from_below``). ``price_year`` is the one that the kronor are in, ``converted`` whether
    an index brought them there. ``swings`` is what each uncertain role alone does to the price:
    (low, high) as shares of mid.
    """

    inputs: tuple[Input, ...]
    levels: np.ndarray | None
    price_year: PriceYear
    converted: bool
    asked: tuple[str, ...]
    from_below: bool
    swings: Mapping[str, tuple[float, float]]
    growth: float = 0.0
    build_up: float = 0.0
    lasts: int | None = None


@dataclass(frozen=True)
class Prices:
    """What prices are made of: assumptions, the years of the axis, and how prices are moved.

    ``price_year`` is the plan's, 0 where no index reaches it.
    """

    assumptions: Assumptions
    years: np.ndarray
    base_year: int
    price_year: int
    own_index: Index

    def of(self, benefit: Benefit) -> Price | None:
        """The price of a benefit; None where no method is named."""
        if benefit.method is None:
            return None
        method = METHODS[benefit.method]
        inputs = tuple(
            Input(role, assumption, assumption.latest)
            for role, key in benefit.assumptions.items()
            if (assumption := self.assumptions.get(key)) is not None
        )
        missing = [each for each in inputs if not each.known]
        asked = tuple(each.assumption.key for each in missing)
        needed = [each for each in missing if each.role not in method.optional]
        only_part = bool(missing) and "regional" not in benefit.assumptions
        year = self._common_year([each for each in inputs if each.known])
        if needed or only_part or year is None:
            return Price(inputs, None, None, False, asked, False, {})
        levels, swings = self._levels(benefit, [each for each in inputs if each.known], year[0])
        return Price(
            inputs,
            levels * self._grown(benefit),
            year[0],
            year[1],
            asked,
            bool(missing),
            swings,
            self._plain(benefit.growth) or 0.0,
            self._plain(benefit.build_up) or 0.0,
            None if (lasts := self._plain(benefit.lasts)) is None else int(lasts),
        )

    def _plain(self, key: str | None) -> float | None:
        value = self.assumptions[key].latest.value if key in self.assumptions else None
        return None if value is None else float(value)

    def _grown(self, benefit: Benefit) -> np.ndarray:
        rate = self._plain(benefit.growth) or 0.0
        return (1 + rate) ** (self.years - self.base_year).astype(float)

    def _common_year(self, known: list[Input]) -> tuple[PriceYear, bool] | None:
        """The price year that all the money can be brought to, and whether an index does it.

        The plan's where it is reached; else the latest of their own; None where they cannot meet.
        """
        stated = {
            value.price_year
            for each in known
            if _is_money(each.assumption.unit)
            for value in each.assumption.values
            if value.value is not None and (value is each.value or len(known) == 1)
        }
        if not stated or not all(isinstance(year, int) for year in stated):
            return (next(iter(stated), None), False) if len(stated) <= 1 else None
        for wanted in (self.price_year, max(stated)):
            if wanted and all(self._between(year, wanted) is not None for year in stated):
                return wanted, stated != {wanted}
        return None

    @cached_property
    def _general_index(self) -> Index:
        return dated(self.assumptions["economy/consumer_price_index"])

    def _between(self, since: int, until: int) -> float | None:
        return between(since, until, self.own_index, self._general_index)

    def _ends(self, unit: str, value: DatedValue, year: PriceYear) -> np.ndarray:
        """Low, mid and high of a value; money as kronor of the price year."""
        mid = value.value
        ends = [mid if end is None else end for end in (value.low, mid, value.high)]
        factor = 1.0
        if unit.startswith("EUR"):
            factor = float(self.assumptions["economy/eur_sek"].latest.value)
        if _is_money(unit) and isinstance(value.price_year, int) and isinstance(year, int):
            factor *= self._between(value.price_year, year)
        return np.array(ends, dtype=float) * factor

    def _levels(
        self, benefit: Benefit, known: list[Input], year: PriceYear
    ) -> tuple[np.ndarray, dict[str, tuple[float, float]]]:
        """(3, years) before growth, and what each role alone does to mid."""
        method = METHODS[benefit.method]
        if method.moves:
            return self._path(known[0], year)
        values = {each.role: self._ends(each.assumption.unit, each.value, year) for each in known}
        mid = {role: ends[1] for role, ends in values.items()}
        price = method.price(**mid)
        low, high, swings = dict(mid), dict(mid), {}
        for role, ends in values.items():
            # A role may pull either way: a high relative risk makes a low benefit.
            found = sorted((method.price(**{**mid, role: end}), end) for end in (ends[0], ends[2]))
            low[role], high[role] = found[0][1], found[1][1]
            if price and found[0][0] != found[1][0]:
                swings[role] = (found[0][0] / price, found[1][0] / price)
        levels = np.array([method.price(**low), price, method.price(**high)])
        return np.repeat(levels[:, None], len(self.years), axis=1), swings

    def _path(self, each: Input, year: PriceYear) -> tuple[np.ndarray, dict]:
        """A series by year, between its years on a straight line."""
        unit = each.assumption.unit
        stated = {
            value.since: self._ends(unit, value, year)
            for value in each.assumption.values
            if value.value is not None
        }
        levels = np.array(
            [
                paths.by_year({since: ends[level] for since, ends in stated.items()}, self.years)
                for level in range(3)
            ]
        )
        mid = np.where(levels[1] == 0, 1.0, levels[1])
        ends = float((levels[0] / mid).min()), float((levels[2] / mid).max())
        return levels, {} if ends == (1.0, 1.0) else {each.role: ends}


def _is_money(unit: str) -> bool:
    """An exchange rate is none: kronor per euro have no price year."""
    return unit.split("/", maxsplit=1)[0] in ("SEK", "EUR") and unit != "SEK/EUR"
