"""Year by year from the base year to the end of the longest life: the axis of every appraisal."""

import numpy as np

from model.plan import Plan
from model.prices import Deflator
from model.years import BEFORE, LATER


class Horizon:
    """The years that a plan's measures are judged over, and where its amounts go on them.

    ``service`` is the year (index) in which a measure is taken in use, or of its last investment
    where that is not said; ``end`` the last year of its life, 0 where its lifetime is not known.
    ``factors`` (years of the plan, measures) make nominal kronor real, 1 for amounts of unknown
    prices.
    """

    def __init__(self, plan: Plan, prices: Deflator):
        base, last = plan.head.base_year, int(plan.head.last_year)
        self.base, self.last, self.measures = base, last, plan.size[1]
        self.rows = np.array([self.index(int(year)) for year in plan.years])
        invested = plan.need.mid + plan.incremental.mid > 0
        latest = np.where(invested, self.rows[:, None], 0).max(axis=0, initial=0)
        self.service = np.where(plan.in_service > 0, plan.in_service - base, latest)
        self.end = np.where(plan.assets.lifetime > 0, self.service + plan.assets.lifetime, 0)
        self.length = max(int(self.end.max(initial=0)), int(self.rows.max())) + 1
        as_is = plan.prices["unknown"] | plan.unconverted
        self.factors = np.where(as_is, 1.0, prices.factors[:, None])

    def index(self, year: int) -> int:
        """The row of a year of the plan: before it year 0, later than it the year after it."""
        if year in (BEFORE, LATER):
            return 0 if year == BEFORE else self.last + 1 - self.base
        return min(max(year - self.base, 0), self.last + 1 - self.base)

    def real(self, ore: np.ndarray) -> np.ndarray:
        """(years of the plan, measures) in öre, as real kronor on the axis."""
        table = np.zeros((self.length, self.measures))
        np.add.at(table, self.rows, ore * self.factors / 100)
        return table

    def levels(self, series: np.ndarray, year: np.ndarray, amount: np.ndarray) -> np.ndarray:
        """(length, series): yearly levels that hold from the year they are stated until the next.

        Three columns of one length; two amounts of one series and year add up.
        """
        count = int(series.max(initial=-1)) + 1
        stated = np.zeros((self.length, count))
        since = np.full((self.length, count), -1)
        np.add.at(stated, (year, series), amount)
        since[year, series] = year
        since = np.maximum.accumulate(since, axis=0)
        held = np.take_along_axis(stated, np.maximum(since, 0), axis=0)
        return np.where(since >= 0, held, 0.0)

    def alive(self, measure: np.ndarray) -> np.ndarray:
        """(length, lines): whether a line's measure still lives at the end of the year."""
        return np.arange(self.length)[:, None] <= self.end[measure]
