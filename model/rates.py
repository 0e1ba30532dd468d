"""The municipality's interest rates, tax krona and customers, by year.

A rate holds from the year it is stated for until another is stated; before the first one it is not
known. What a tax krona yields and how many customers there are is of its own year only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.entries import Assumption
from model.municipal_rows import FeeYear, Prerequisite

INTERNAL_INTEREST = "accounting/internal_interest"
Said = Literal["municipality", "assumption", ""]


@dataclass(frozen=True)
class Rate:
    """A yearly rate, None where not known; ``since`` is the year that it was stated for, ``said``
    by whom.
    """

    value: float | None = None
    since: int = 0
    said: Said = ""


@dataclass(frozen=True)
class Rates:
    """By year: the internal interest that a department pays; the loan interest of the
    ``municipality``, of the ``group`` (its companies) and of each fee-financed form; what one tax
    krona yields in öre; and customers by fee-financed form.
    """

    internal: Mapping[int, Rate]
    municipality: Mapping[int, Rate]
    group: Mapping[int, Rate]
    fees: Mapping[str, Mapping[int, Rate]]
    tax_krona: Mapping[int, int]
    customers: Mapping[tuple[str, int], int]

    def fee(self, form: str, year: int) -> Rate:
        """The loan interest of a fee-financed form: its own where stated, else the group's."""
        own = self.fees.get(form, {})
        return at(own, year) if at(own, year).said else at(self.group, year)


def at(rates: Mapping[int, Rate], year: int) -> Rate:
    """The rate in force in a year: the latest one stated up to it."""
    stated = [since for since in rates if since <= year]
    return rates[max(stated)] if stated else Rate()


def column(rates: Mapping[int, Rate], years: np.ndarray) -> np.ndarray:
    """(years,) floats, NaN where the rate is not known."""
    return as_column([at(rates, int(year)) for year in years])


def as_column(rates: Iterable[Rate]) -> np.ndarray:
    """Rates as floats, NaN where not known."""
    return np.array([np.nan if rate.value is None else rate.value for rate in rates])


def rates(
    prerequisites: Iterable[Prerequisite],
    fee_years: Iterable[FeeYear],
    proposed: Assumption | None = None,
) -> Rates:
    """From a plan's own rows; where those say no internal interest, from what is ``proposed``
    (``accounting/internal_interest``), year by year. A group that states no interest of its own
    borrows as the municipality does.
    """
    prerequisites, fee_years = tuple(prerequisites), tuple(fee_years)
    ours = [row for row in prerequisites if row.level == "municipality"]
    groups = [row for row in prerequisites if row.level == "group"]
    municipality = _stated(ours, "average_interest")
    internal = _stated(ours, "internal_interest")
    if not internal and proposed is not None:
        internal = {
            each.since: Rate(
                None if each.value is None else float(each.value),
                each.since,
                "assumption" if each.value is not None else "",
            )
            for each in proposed.values
        }
    fees: dict[str, dict[int, Rate]] = {}
    customers: dict[tuple[str, int], int] = {
        ("water", row.year): row.water_customers for row in prerequisites if row.water_customers
    }
    for row in fee_years:
        if row.interest is not None:
            rate = Rate(float(row.interest), row.year, "municipality")
            fees.setdefault(row.form, {})[row.year] = rate
        if row.customers:
            customers[row.form, row.year] = row.customers
    return Rates(
        internal=internal,
        municipality=municipality,
        group=_stated(groups, "average_interest") or municipality,
        fees=fees,
        tax_krona={row.year: int(row.tax_krona * 100) for row in ours if row.tax_krona},
        customers=customers,
    )


def _stated(rows: list[Prerequisite], field: str) -> dict[int, Rate]:
    return {
        row.year: Rate(float(getattr(row, field)), row.year, "municipality")
        for row in rows
        if getattr(row, field) is not None
    }
