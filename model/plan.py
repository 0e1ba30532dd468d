"""A plan as immutable, aligned arrays: what scenarios change and the kernel reads.

Everything is columnar. Amounts are int64 whole öre of shape (years, measures); ``years`` begins
with ``BEFORE`` and ends with ``LATER`` when the plan has money there. Tags are string arrays of
length measures, empty where not known. What a measure may have several of (grants, effects, owner
shares) are line tables of their own, whose ``measure`` column is the index of the measure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

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
    "district",
    "readiness",
    "green_category",
    "green_framework",
    "financing_form",
    "investment_type",
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


class _Lines:
    """What the line tables share: columns of one length, the last axis of each."""

    def take(self, lines: np.ndarray):
        """The chosen lines (mask or indices)."""
        return self._each(lambda column: column[..., lines])

    def append(self, more):
        """These lines and then ``more``."""
        columns = {
            f.name: np.concatenate([getattr(self, f.name), getattr(more, f.name)], axis=-1)
            for f in fields(self)
        }
        return type(self)(**columns)

    def replace(self, **columns):
        """A copy with some columns replaced."""
        return replace(self, **columns)

    def keep_measures(self, kept: np.ndarray):
        """The lines of the kept measures (mask), renumbered to their new places."""
        lines = self.take(kept[self.measure])
        return lines.replace(measure=(np.cumsum(kept) - 1)[lines.measure])

    def _each(self, change):
        return type(self)(**{f.name: change(getattr(self, f.name)) for f in fields(self)})


@dataclass(frozen=True, eq=False)
class Grants(_Lines):
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


@dataclass(frozen=True, eq=False)
class Effects(_Lines):
    """Effect lines: floats in ``unit``, NaN where not known; ``year`` 0 where none is said.

    Where only a lower bound is known ``high`` is NaN and ``low`` is not.
    """

    measure: np.ndarray
    indicator: np.ndarray
    unit: np.ndarray
    basis: np.ndarray
    gas: np.ndarray
    boundary: np.ndarray
    effect_group: np.ndarray
    year: np.ndarray
    low: np.ndarray
    mid: np.ndarray
    high: np.ndarray


@dataclass(frozen=True, eq=False)
class OwnerShares(_Lines):
    """Known shares of owners: ``share`` in millionths; a measure's lines add up to 1 000 000."""

    measure: np.ndarray
    owner: np.ndarray
    owner_kind: np.ndarray
    actor_group: np.ndarray
    share: np.ndarray

    @classmethod
    def of(cls, lines: list[tuple[int, str, str, str, int]]) -> "OwnerShares":
        """From rows in the order of the columns."""
        measure, owner, kind, group, share = zip(*lines, strict=True) if lines else ([],) * 5
        return cls(
            np.array(measure, dtype=np.int64),
            np.array(owner, dtype=object),
            np.array(kind, dtype=object),
            np.array(group, dtype=object),
            np.array(share, dtype=np.int64),
        )


@dataclass(frozen=True, eq=False)
class RunningCosts(_Lines):
    """Lines of changed running cost. ``amounts`` is (years, lines) in öre, negative where it saves.

    ``in_frame`` is 1 where the change is in the department's frame, 0 where it is not, -1 where
    nobody has said. ``department`` is empty where it is the measure's own. ``year`` is the year
    that a line is about, also where its amount is zero.
    """

    measure: np.ndarray
    year: np.ndarray
    item: np.ndarray
    department: np.ndarray
    in_frame: np.ndarray
    amounts: np.ndarray


@dataclass(frozen=True, eq=False)
class Components(_Lines):
    """Parts of assets: ``share`` of the investment in millionths, ``lifetime`` years, 0 for land.

    A measure's lines add up to 1 000 000; one without lines is an asset of one life.
    """

    measure: np.ndarray
    name: np.ndarray
    share: np.ndarray
    lifetime: np.ndarray
    reinvested: np.ndarray


@dataclass(frozen=True, eq=False)
class Assets:
    """What each measure makes, (measures,). ``lifetime`` years and ``service_month`` are 0 where
    not said; ``replaced`` (book value of what it replaces) and ``alternative`` (what the owner
    would invest without it) are öre, -1 where not said; ``climate_share`` NaN where not said;
    ``climate_marked`` 1, 0, or -1 where not said.
    """

    lifetime: np.ndarray
    service_month: np.ndarray
    replaced: np.ndarray
    alternative: np.ndarray
    climate_share: np.ndarray
    climate_marked: np.ndarray


@dataclass(frozen=True, eq=False)
class Appropriations:
    """Decisions to spend, each (years, measures) in öre. ``carry_over`` is from its year."""

    decided_gross: np.ndarray
    decided_net: np.ndarray
    planned_gross: np.ndarray
    planned_net: np.ndarray
    carry_over: np.ndarray

    def replace(self, **tables) -> "Appropriations":
        """A copy with some tables replaced."""
        return replace(self, **tables)


@dataclass(frozen=True, eq=False)
class Plan:
    """One plan in one version. Equal data always gives equal arrays, in the plan's own order.

    ``known`` says which measures have any expenditure stated, ``lower_bound`` which of them only
    from below, ``unconverted`` which hold real amounts that no index could make nominal; ``vat``
    which have expenditure that is said to be excluded, included or unknown of VAT, by that word,
    and ``prices`` which have expenditure or running cost stated nominal, real or in unknown prices;
    ``price_index`` is the municipality's own, by year;
    ``in_service`` is the year a measure is taken in use, 0 where not said; ``green_share`` NaN
    where not said. ``paid`` and ``one_off_paid`` are the parts of ``need.mid`` and ``one_off.mid``
    already paid; ``running_cost`` is negative where it saves.
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
    vat: Mapping[str, np.ndarray]
    prices: Mapping[str, np.ndarray]
    price_index: Mapping[int, float]
    in_service: np.ndarray
    green_share: np.ndarray
    paid: np.ndarray
    one_off_paid: np.ndarray
    incremental: Amounts
    incremental_known: np.ndarray
    assets: Assets
    components: Components
    running_costs: RunningCosts
    grants: Grants
    appropriations: Appropriations
    effects: Effects
    owner_shares: OwnerShares

    def says(self, tag: str) -> bool:
        """Whether any measure has a value of the tag."""
        return bool((self.tags[tag] != "").any())

    @property
    def size(self) -> tuple[int, int]:
        """(years, measures)"""
        return self.need.mid.shape

    @cached_property
    def running_cost(self) -> np.ndarray:
        """(years, measures) in öre: the sum of a measure's lines, negative where it saves."""
        total = np.zeros(self.size, dtype=np.int64)
        np.add.at(total.T, self.running_costs.measure, self.running_costs.amounts.T)
        return total

    def where(self, tags: Mapping[str, tuple[str, ...]]) -> np.ndarray:
        """Mask of the measures whose every named tag has one of the named values. KeyError else."""
        mask = np.ones(self.size[1], dtype=bool)
        for tag, values in tags.items():
            mask &= np.isin(self.tags[tag], np.array(values, dtype=object))
        return mask

    def keep(self, kept: np.ndarray) -> "Plan":
        """The plan with only the kept measures (mask), and nothing of the others."""
        return self.rearranged(lambda table: table[..., kept], lambda of: of.keep_measures(kept))

    def rearranged(
        self, columns: Callable[[np.ndarray], np.ndarray], lines: Callable[[Any], Any]
    ) -> "Plan":
        """The plan with other columns: ``columns`` makes them of each array whose last axis is the
        measures, and ``lines`` of each list of lines that name a measure."""
        given, assets = self.appropriations, self.assets
        return self.replace(
            tags={tag: columns(values) for tag, values in self.tags.items()},
            need=self.need.map(columns),
            one_off=self.one_off.map(columns),
            avoided=self.avoided.map(columns),
            known=columns(self.known),
            lower_bound=columns(self.lower_bound),
            unconverted=columns(self.unconverted),
            vat={said: columns(mask) for said, mask in self.vat.items()},
            prices={said: columns(mask) for said, mask in self.prices.items()},
            in_service=columns(self.in_service),
            green_share=columns(self.green_share),
            paid=columns(self.paid),
            one_off_paid=columns(self.one_off_paid),
            incremental=self.incremental.map(columns),
            incremental_known=columns(self.incremental_known),
            assets=Assets(**{f.name: columns(getattr(assets, f.name)) for f in fields(assets)}),
            components=lines(self.components),
            running_costs=lines(self.running_costs),
            grants=lines(self.grants),
            appropriations=Appropriations(
                **{f.name: columns(getattr(given, f.name)) for f in fields(given)}
            ),
            effects=lines(self.effects),
            owner_shares=lines(self.owner_shares),
        )

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
        years = np.asarray(years)
        reached = np.where(years > self.last, LATER, np.maximum(years, self.first - 1))
        return np.searchsorted(self.years, reached, side="right") - 1


def calendar_years(years: np.ndarray) -> np.ndarray:
    """Mask of the rows that are years, not *before* or *later*."""
    return np.array([is_calendar_year(int(year)) for year in years], dtype=bool)
