"""A plan as immutable, aligned arrays: what scenarios change and the kernel reads.

Everything is columnar. Amounts are int64 whole öre of shape (years, measures); ``years`` begins with
``BEFORE`` and ends with ``LATER`` when the plan has money there. Tags are string arrays of length
measures, empty where not known. Lines that a measure may have several of (grants, effects, owner
shares) are tables of their own whose ``measure`` column is the index of the measure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from model.rows import PlanHead
from model.years import BEFORE, LATER, is_calendar_year

TAGS = (
    "id",
    "name",
    "sector",
    "owner",
    "owner_kind",
    "actor_group",
    "department",
    "readiness",
    "green_category",
    "financing_form",
    "project_number",
    "source_ref",
)


@dataclass(frozen=True, eq=False)
class Amounts:
    """Low, mid and high of one kind of expenditure, each (years, measures) in öre.

    Where only a lower bound is known, low = mid = high = that bound; where no range is, low and
    high equal mid.
    """

    low: np.ndarray
    mid: np.ndarray
    high: np.ndarray

    def map(self, change) -> "Amounts":
        """The same change (array -> array) made to all three."""
        return Amounts(change(self.low), change(self.mid), change(self.high))


@dataclass(frozen=True, eq=False)
class Grants:
    """Grant lines. ``payments`` is (years, lines) in öre, before the lower-of rule.

    ``probability`` and ``share`` are NaN and ``eligible`` is -1 where not stated.
    """

    measure: np.ndarray
    id: np.ndarray
    source: np.ndarray
    status: np.ndarray
    probability: np.ndarray
    share: np.ndarray
    eligible: np.ndarray
    payments: np.ndarray

    def take(self, lines: np.ndarray) -> "Grants":
        """The chosen lines (mask or indices)."""
        columns = {name: getattr(self, name)[lines] for name in _LINE_COLUMNS}
        return Grants(**columns, payments=self.payments[:, lines])

    def append(self, more: "Grants") -> "Grants":
        """These lines and then ``more``."""
        columns = {
            name: np.concatenate([getattr(self, name), getattr(more, name)])
            for name in _LINE_COLUMNS
        }
        return Grants(**columns, payments=np.hstack([self.payments, more.payments]))


_LINE_COLUMNS = ("measure", "id", "source", "status", "probability", "share", "eligible")


@dataclass(frozen=True, eq=False)
class Appropriations:
    """Decisions to spend, each (years, measures) in öre. ``carry_over`` is from its year."""

    decided_gross: np.ndarray
    decided_net: np.ndarray
    planned_gross: np.ndarray
    planned_net: np.ndarray
    carry_over: np.ndarray


@dataclass(frozen=True, eq=False)
class Effects:
    """Effect lines: amounts are floats in ``unit`` (NaN not known), ``year`` 0 where none is said."""

    measure: np.ndarray
    indicator: np.ndarray
    unit: np.ndarray
    basis: np.ndarray
    gas: np.ndarray
    effect_group: np.ndarray
    year: np.ndarray
    low: np.ndarray
    mid: np.ndarray
    high: np.ndarray


@dataclass(frozen=True, eq=False)
class OwnerShares:
    """Known shares of owners: ``share`` in millionths; a measure's lines add up to 1 000 000."""

    measure: np.ndarray
    owner: np.ndarray
    owner_kind: np.ndarray
    actor_group: np.ndarray
    share: np.ndarray


@dataclass(frozen=True, eq=False)
class Plan:
    """One plan in one version. Equal data always gives equal arrays, in the plan's own order.

    ``known`` says which measures have any expenditure stated, ``lower_bound`` which of them only
    from below, ``unconverted`` which hold real amounts that no index could make nominal. ``paid``
    is the part of ``need.mid`` already paid. ``running_cost`` is negative where it saves.
    """

    head: PlanHead
    version: int
    years: np.ndarray
    tags: Mapping[str, np.ndarray]
    need: Amounts
    one_off: Amounts
    avoided: Amounts
    known: np.ndarray
    lower_bound: np.ndarray
    unconverted: np.ndarray
    paid: np.ndarray
    running_cost: np.ndarray
    grants: Grants
    appropriations: Appropriations
    effects: Effects
    owner_shares: OwnerShares

    @property
    def size(self) -> tuple[int, int]:
        """(years, measures)"""
        return self.need.mid.shape

    def where(self, tags: Mapping[str, tuple[str, ...]]) -> np.ndarray:
        """Mask of the measures whose every named tag has one of the named values. KeyError else."""
        mask = np.ones(self.size[1], dtype=bool)
        for tag, values in tags.items():
            mask &= np.isin(self.tags[tag], np.array(values, dtype=object))
        return mask

    def replace(self, **changes) -> "Plan":
        """A copy with some fields replaced."""
        return replace(self, **changes)


@dataclass(frozen=True)
class YearAxis:
    """Where a year's money goes on the axis of a plan that runs from ``first`` to ``last``.

    Earlier years go to *before*, later ones to *later*.
    """

    first: int
    last: int
    with_later: bool = False
    years: np.ndarray = field(init=False)

    def __post_init__(self):
        calendar = list(range(self.first, self.last + 1))
        ends = [LATER] if self.with_later else []
        object.__setattr__(self, "years", np.array([BEFORE, *calendar, *ends]))

    def index(self, years: np.ndarray) -> np.ndarray:
        """Row of the axis for each year."""
        return np.searchsorted(self.years, np.clip(years, self.first - 1, None), side="right") - 1


def calendar_years(years: np.ndarray) -> np.ndarray:
    """Mask of the rows that are years, not *before* or *later*."""
    return np.array([is_calendar_year(int(year)) for year in years])
