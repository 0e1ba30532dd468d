"""Price levels, value added tax and currency: what must be said before two amounts are added.

Nominal is what money meets: 100 in 2026 prices that fall due in 2028, with an index that rises 3 %
a year, are 106,09. Whether something pays is judged in real prices, so there the way is the other.
The index is the municipality's own series, and where it has none the consumer price index; where it
does not reach, the amount stays as it is and is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.entries import Assumption
from model.errors import InvalidData
from model.finance import municipal_cost
from model.money import scale, to_ore
from model.rows import Measure
from model.years import BEFORE, LATER

Index = Mapping[int, float]
LEVELS = ("low", "mid", "high")


@dataclass(frozen=True)
class Converted:
    """``amounts`` are the columns of amounts in nominal öre; ``failed`` masks the rows that are
    real and for which the index lacks a year."""

    amounts: dict[str, np.ndarray]
    failed: np.ndarray


def to_nominal(
    rows: Mapping[str, np.ndarray], index: Index, levels: Sequence[str] = LEVELS
) -> Converted:
    """Convert the rows' amounts (öre, columns ``levels``) from ``price_year`` to ``year``.

    Rows are columns of one length with ``is_real``, ``price_year`` and ``year``; ``index`` gives
    the price level by year, on any base.
    """
    real = rows["is_real"].astype(bool)
    factor = np.ones(len(real))
    failed = np.zeros(len(real), dtype=bool)
    for row in np.flatnonzero(real):
        due, based = index.get(int(rows["year"][row])), index.get(int(rows["price_year"][row]))
        if due is None or based is None:
            failed[row] = rows["year"][row] != rows["price_year"][row]
        else:
            factor[row] = due / based
    if not real.any():
        return Converted({level: rows[level] for level in levels}, failed)
    return Converted({level: scale(rows[level], factor) for level in levels}, failed)


@dataclass(frozen=True)
class Deflator:
    """How nominal kronor become real ones, in the prices of ``price_year``.

    ``price_year`` is 0 where no index reaches the plan: then nothing is converted. ``basis`` says
    whose index it is. ``lacking`` are the years that it does not have: they are taken at the
    price level of the nearest earlier year that it has, or of the first.
    """

    price_year: int
    basis: Literal["own", "general", "none"]
    factors: np.ndarray
    lacking: tuple[int, ...]


def deflator(base_year: int, years: np.ndarray, own: Index, general: Index) -> Deflator:
    """The factors by which amounts of ``years`` are multiplied, shape (years,).

    The prices are those of the base year, or of the first year after it that the index has. What
    lies before the plan is taken in the base year's prices and what lies after it in the last.
    """
    index, basis = (own, "own") if own else (general, "general")
    reached = sorted(year for year in index if year >= base_year)
    calendar = [int(year) for year in years if year not in (BEFORE, LATER)]
    if not reached:
        return Deflator(0, "none", np.ones(len(years)), tuple(calendar))
    price_year = reached[0]

    def level(year: int) -> float:
        if year in index:
            return index[year]
        earlier = [each for each in reached if each <= year]
        return index[earlier[-1] if earlier else price_year]

    at = {BEFORE: base_year, LATER: calendar[-1] if calendar else base_year}
    factors = [index[price_year] / level(at.get(int(year), int(year))) for year in years]
    lacking = tuple(year for year in calendar if year not in index)
    return Deflator(price_year, basis, np.array(factors), lacking)


def between(price_year: int, wanted: int, own: Index, general: Index) -> float | None:
    """What an amount in the prices of one year is multiplied by to be in those of another.

    None where neither index has both years.
    """
    if price_year == wanted:
        return 1.0
    for index in (own, general):
        if price_year in index and wanted in index:
            return index[wanted] / index[price_year]
    return None


def dated(assumption: Assumption) -> dict[int, float]:
    """An index or a rate of the reference data by year: the values that are known."""
    return {each.since: float(each.value) for each in assumption.values if each.value is not None}


def in_kronor(amount: float, rate: Assumption, year: int) -> float:
    """An amount in a foreign currency at the rate in force that year (``economy/eur_sek``).

    NotFound before the first rate; InvalidData where the one in force is not known.
    """
    value = rate.at(year).value
    if value is None:
        raise InvalidData(
            "The rate {rate} is not known for {year}: state it in data/assumptions.",
            rate=rate.key,
            year=year,
        )
    return amount * float(value)


@dataclass(frozen=True)
class WithVat:
    """Need of measures that is stated with VAT, öre: as stated, and as the owner bears it.

    ``measures`` are their ids. Those of ``VAT_STAYS`` bear the tax and are not among them.
    """

    stated: int
    without: int
    measures: tuple[str, ...]


def stated_with_vat(measures: Sequence[Measure], vat_rate: float) -> WithVat:
    """What of these measures' expenditure stands with VAT that their owner gets back.

    The plan keeps what the sheet says; this is what the need would be without the tax.
    """
    stated = without = 0
    found = []
    for measure in measures:
        amount = sum(
            to_ore(row.mid)
            for row in measure.expenditures
            if row.vat == "included"
            and row.scope == "total"
            and row.kind != "avoided_investment"
            and row.mid is not None
        )
        cost = int(municipal_cost(amount, measure.asset, vat_rate))
        if cost != amount:
            stated, without = stated + amount, without + cost
            found.append(measure.id)
    return WithVat(stated, without, tuple(found))
