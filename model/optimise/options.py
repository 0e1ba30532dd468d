"""Every way to carry out a measure, one column each: the measure as it is delayed, and what the
kernel says that it then takes and gives.

Nothing is shared between measures, so what the kernel says of the whole plan delayed is what it
says of each measure, and a choice adds up to what the model shows, to the öre.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import takewhile

import numpy as np

from model.entries import Funding
from model.errors import InvalidData
from model.financing import Analysis, investment
from model.funding_suggestions import Suggestion
from model.optimise.goal import Goal
from model.optimise.worth import Benefits, Worth, worth
from model.owners import GROUP, parts
from model.plan import Appropriations, Plan
from model.readings import COUNTED, effective_payments, read
from model.scenario import Delay, Scenario, apply
from model.years import BEFORE

# What has come so far is carried out as planned.
BEGUN = ("procured", "in_service")


@dataclass(frozen=True)
class DebtYear:
    """A year of the level without the plan's measures, öre; None where not known.

    ``net_debt`` is as the year ends, less cash. ``restarts``: its opening debt is the stated one,
    because the year before is not known.
    """

    year: int
    own_funds: int | None
    net_debt: int | None
    ceiling: int | None
    restarts: bool


@dataclass(frozen=True, eq=False)
class Facts:
    """What a choice rests on besides the plan. ``funding`` is the sources by key, ``suggestions``
    what measures could seek, ``owners`` every kind of owner."""

    benefits: Benefits
    debt: tuple[DebtYear, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    funding: Mapping[str, Funding] = field(default_factory=dict)
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Options:
    """Columns: (options,), or (years, options) in öre over ``years``.

    ``own`` is the level's own money, ``gap`` its financing gap, ``need`` the whole measure's unpaid
    expenditure, ``ours`` the level's part of its investment, ``spent`` and ``received`` as in the
    financing analysis (zero where the goal does not ask), ``funded`` the payments of a source.
    ``value`` is what it gives by itself. ``starts`` is the first year with expenditure, 0 where
    there is none.

    Of the measures: ``out`` says why one is no candidate, empty where it is; ``untouched`` are
    those that are not the level's and stay as they are; ``held`` those that must be carried out.
    """

    plan: Plan
    goal: Goal
    years: np.ndarray
    measure: np.ndarray
    delay: np.ndarray
    starts: np.ndarray
    own: np.ndarray
    gap: np.ndarray
    need: np.ndarray
    invested: np.ndarray
    ours: np.ndarray
    spent: np.ndarray
    received: np.ndarray
    funded: Mapping[str, np.ndarray]
    value: np.ndarray
    worth: Worth
    out: np.ndarray
    untouched: np.ndarray
    held: np.ndarray
    begun: np.ndarray

    @cached_property
    def window(self) -> np.ndarray:
        """Mask of the goal's years."""
        return np.isin(self.years, list(self.goal.years))

    @cached_property
    def cost(self) -> np.ndarray:
        """Own money over all years, (options,) öre."""
        return self.own.sum(axis=0)

    def of(self, measure: int) -> np.ndarray:
        """The places of a measure's options: they stand together, the earliest first."""
        return np.arange(*np.searchsorted(self.measure, [measure, measure + 1]))


def options(plan: Plan, goal: Goal, facts: Facts) -> Options:
    """Every permitted way to carry out every candidate. InvalidData when one that must be carried
    out cannot be."""
    goal.check(plan)
    delays = range(min(goal.most_delay, max(goal.last - plan.head.first_year, 0)) + 1)
    plans = [apply(plan, _all_later(delay)) for delay in delays]
    tables = [_Tables(each, plan, goal) for each in plans]
    gives = worth(plans, goal, facts.benefits)
    untouched, out = _candidates(plan, goal, gives)
    begun = _begun(plan)
    must = np.isin(plan.tags["id"], goal.must) & ~untouched
    held = must | ((begun & ~np.isin(plan.tags["id"], goal.never)) & goal.committed & ~untouched)
    permitted = np.array([_permitted(table, plan, goal, d) for d, table in enumerate(tables)])
    permitted[:, (out != "") & ~held] = False
    as_planned = held & begun & goal.committed
    permitted[1:, as_planned] = False
    permitted[0, as_planned] = True
    for place in np.flatnonzero(must & ~permitted.any(axis=0)):
        raise InvalidData(
            "The goal demands {measure}, which cannot be carried out within {first} to {last}: "
            "choose other years, or do not demand it.",
            measure=str(plan.tags["id"][place]),
            first=goal.first,
            last=goal.last,
        )
    out[(out == "") & ~permitted.any(axis=0)] = "outside_years"
    # By measure, the earliest first.
    measure, delay = np.nonzero(permitted.T)

    def taken(name: str) -> np.ndarray:
        stacked = np.array([getattr(table, name) for table in tables])
        return stacked[delay, ..., measure].T

    known = np.nan_to_num(gives.own)
    return Options(
        plan=plan,
        goal=goal,
        years=tables[0].axis,
        measure=measure,
        delay=delay,
        starts=taken("starts"),
        **{name: taken(name) for name in _Tables.BY_YEAR},
        funded={
            limit.source: np.array([table.funded[limit.source] for table in tables])[
                delay, :, measure
            ].T
            for limit in goal.sources
        },
        value=known[delay, measure],
        worth=gives,
        out=out,
        untouched=untouched,
        held=held,
        begun=begun,
    )


def debt_without(analysis: Analysis) -> tuple[DebtYear, ...]:
    """The years of a financing analysis of a plan without any measure."""
    found, before = [], None
    for each in analysis.years:
        restarts = before is None or before.closing_debt is None
        found.append(DebtYear(each.year, each.own_funds, each.net_debt, each.ceiling, restarts))
        before = each
    return tuple(found)


def usual_total(found: Options) -> int:
    """A budget to begin with, whole million kronor in öre: what is held, and half of the rest."""
    first = np.unique(found.measure, return_index=True)[1]
    held = found.held[found.measure[first]]
    cost = found.cost[first]
    million = 100_000_000
    half = int(cost[held].sum()) + int(cost[~held].sum()) // 2
    return -(-half // million) * million


def usual_reach(found: Options) -> float:
    """What to reach to begin with: half of what all candidates would give, two figures of it.

    A joint effect that a measure which stays as it is would give first is none of theirs.
    """
    first = np.unique(found.measure, return_index=True)[1]
    first_of = set(found.measure.tolist())
    whole = float(np.maximum(found.value[first], 0).sum())
    for shared in found.worth.shared:
        can = takewhile(lambda member: not found.untouched[member[1]], enumerate(shared.measures))
        whole += max((float(shared.value[i, 0]) for i, m in can if m in first_of), default=0.0)
    half = whole / 2
    if half <= 0:
        return 0.0
    size = 10.0 ** (int(np.floor(np.log10(half))) - 1)
    return float(np.floor(half / size) * size)


def own_money(plan: Plan, goal: Goal) -> np.ndarray:
    """The level's own money for every measure, (years of the plan, measures) in öre: what no grant
    of the reading pays of what is not yet paid, investment and one-off."""
    given = plan.appropriations
    nothing = Appropriations(
        **{each.name: np.zeros_like(getattr(given, each.name)) for each in fields(given)}
    )
    found = read(plan.replace(appropriations=nothing), goal.reading)
    return _of_level(plan, goal, found.gap + found.one_off_gap)


def gap_of(plan: Plan, goal: Goal) -> np.ndarray:
    """The level's financing gap, (years of the plan, measures) in öre."""
    return _of_level(plan, goal, read(plan, goal.reading).gap)


def _all_later(years: int) -> Scenario:
    return Scenario(id="later", name="", adjustments=(Delay(years=years),) if years else ())


def _candidates(plan: Plan, goal: Goal, gives: Worth) -> tuple[np.ndarray, np.ndarray]:
    """Which measures are not the level's and stay as they are; and why one is no candidate."""
    of = parts(plan)
    ours = np.zeros(plan.size[1], dtype=bool)
    ours[of.measure[_is_ours(of, goal) & (of.until > of.since)]] = True
    shared = np.zeros(plan.size[1], dtype=bool)
    shared[of.measure[of.actor_group == "shared"]] = True
    out = gives.reason.copy()
    out[~plan.known] = "no_cost"
    out[np.isin(plan.tags["id"], goal.never)] = "never"
    out[~ours] = np.where(shared[~ours], "split_unknown", "not_ours")
    return ~ours, out


def _begun(plan: Plan) -> np.ndarray:
    """What something is paid for already, or is procured or in service."""
    paid = plan.paid.any(axis=0) | plan.one_off_paid.any(axis=0) | (plan.need.mid[0] > 0)
    return paid | np.isin(plan.tags["readiness"], BEGUN)


def _permitted(table: "_Tables", plan: Plan, goal: Goal, delay: int) -> np.ndarray:
    """Mask of the measures that may be carried out so much later."""
    allowed = ~table.outside
    if delay:
        # What takes no more money is as it is: there is nothing to delay.
        allowed &= table.starts > 0
    for key, year in goal.earliest:
        place = plan.tags["id"] == key
        allowed &= ~place | (table.starts == 0) | (table.starts >= year)
    return allowed


def _is_ours(of, goal: Goal) -> np.ndarray:
    if goal.level == "municipality":
        return of.owner == "municipality"
    return of.actor_group == GROUP


def _of_level(plan: Plan, goal: Goal, table: np.ndarray) -> np.ndarray:
    of = parts(plan)
    ours = _is_ours(of, goal)
    total = np.zeros(plan.size, dtype=np.int64)
    np.add.at(total.T, of.measure[ours], of.of(table)[:, ours].T)
    return total


class _Tables:
    """One delay: the kernel's tables on the axis of all years, (years, measures) in öre."""

    BY_YEAR = ("own", "gap", "need", "invested", "ours", "spent", "received")

    def __init__(self, plan: Plan, base: Plan, goal: Goal):
        self.axis = np.arange(
            min(goal.first, base.head.first_year), max(goal.last, base.head.last_year) + 1
        )
        unpaid = np.maximum(plan.need.mid - plan.paid, 0)
        one_off = np.maximum(plan.one_off.mid - plan.one_off_paid, 0)
        outcome = read(plan, goal.reading)
        need = unpaid + one_off
        spent = received = np.zeros(plan.size, dtype=np.int64)
        if goal.borrows:
            spent, received = investment(plan, outcome, goal.reading, goal.level, "need")
        own = own_money(plan, goal)
        self.own = self._on(plan, own)
        self.gap = self._on(plan, _of_level(plan, goal, outcome.gap))
        self.need = self._on(plan, need)
        self.invested = self._on(plan, unpaid)
        self.ours = self._on(plan, _of_level(plan, goal, unpaid))
        self.spent, self.received = self._on(plan, spent), self._on(plan, received)
        self.funded = {
            limit.source: self._on(plan, _payments(plan, limit.source, goal.reading))
            for limit in goal.sources
        }
        spends = (need > 0) & (plan.years > BEFORE)[:, None]
        never = np.iinfo(np.int64).max
        first = np.where(spends, plan.years[:, None], never).min(axis=0, initial=never)
        self.starts = np.where(first == never, 0, first)
        inside = np.isin(plan.years, list(goal.years))
        self.outside = (spends & ~inside[:, None]).any(axis=0)

    def _on(self, plan: Plan, table: np.ndarray) -> np.ndarray:
        placed = np.zeros((len(self.axis), table.shape[1]), dtype=np.int64)
        rows = np.isin(plan.years, self.axis)
        placed[np.isin(self.axis, plan.years[rows])] = table[rows]
        return placed


def _payments(plan: Plan, source: str, reading: str) -> np.ndarray:
    """What grants of a source that the reading counts pay, (years, measures) in öre."""
    lines = plan.grants.take(
        np.isin(plan.grants.status, COUNTED[reading]) & (plan.grants.source == source)
    )
    cost = (plan.need.mid + plan.one_off.mid).sum(axis=0)
    table = np.zeros(plan.size, dtype=np.int64)
    np.add.at(table.T, lines.measure, effective_payments(lines, cost).T)
    return table
