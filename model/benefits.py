"""What society gains, benefit by benefit: effects times sourced prices, and what nobody can value.

Pure. Kronor are real, at the end of each year, year 0 (the base year) not discounted; they are
figures to compare by and nothing that is booked. Cash for somebody's budget and value to society
are kept apart, what values the same thing is never added, and a benefit without an effect in the
plan or without a price is listed as such, not dropped.

A benefit's range is everything low at once and everything high at once. A sum's range is not: each
uncertain thing (an assumption, the effects of one indicator) is varied alone, and the deviations
are combined as independent ones, by the root of their squares. All low at once is there on request.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from model.benefit_lines import NEVER, Steps, steps
from model.benefit_methods import health
from model.benefit_prices import Assumptions, Input, Price, Prices
from model.economics import discount_factors
from model.emissions import Effect, Span, effect, unstated
from model.entries import Assumption, Benefit, DatedValue
from model.horizon import Horizon
from model.money import scale
from model.owners import group_part
from model.plan import Plan, calendar_years
from model.prices import Deflator

State = Literal["valued", "counted", "no_effect", "unquantified"]
LEVELS = 3
LOW, MID, HIGH = range(LEVELS)


@dataclass(frozen=True)
class Cash:
    """What a year's change in running cost is for the municipal group's budget, whole öre.

    Negative where it saves. ``year`` is the plan's last, when the measures are in place.
    """

    year: int
    amount: int


def cash(plan: Plan) -> Cash | None:
    """The group's change in running cost in the plan's last year; None where none is stated.

    It is money, not value to society, and stands apart from every benefit.
    """
    part = group_part(plan)
    ours = plan.running_cost[:, part > 0]
    if not ours.any():
        return None
    last = int(np.flatnonzero(calendar_years(plan.years))[-1])
    amounts = scale(plan.running_cost[last], part)
    return Cash(int(plan.years[last]), int(amounts.sum()))


@dataclass(frozen=True, eq=False)
class Worth:
    """What some steps of a benefit are worth in kronor, each low, mid and high.

    ``yearly`` is a year at full effect, at the price of the plan's last year; ``present`` the
    present value and ``undiscounted`` the plain sum over the years that the measures live;
    ``by_year`` is (3, years).
    """

    yearly: np.ndarray
    present: np.ndarray
    undiscounted: np.ndarray
    by_year: np.ndarray


@dataclass(frozen=True, eq=False)
class ValuedBenefit:
    """A benefit in one plan.

    ``state`` says how far it could be taken: ``valued``, ``counted`` (an effect but no price),
    ``no_effect`` (no measure states it) or ``unquantified``. ``worth`` is of all its effects, and
    ``counted`` of those that go into the sums: what another benefit values already is not there.
    ``steps`` are indices into the plan's steps, ``in_sum`` masks those that count, ``present`` is
    (3, steps).
    """

    benefit: Benefit
    state: State
    effect: Effect | None = None
    price: Price | None = None
    worth: Worth | None = None
    counted: Worth | None = None
    steps: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    in_sum: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    present: np.ndarray = field(default_factory=lambda: np.zeros((LEVELS, 0)))

    @property
    def value(self) -> Span | None:
        """Kronor of a year at full effect; None where it has no price."""
        return None if self.worth is None else self.span("yearly", self.worth)

    def span(self, what: str, worth: Worth | None = None) -> Span:
        """``yearly``, ``present`` or ``undiscounted`` of what goes into sums, low to high."""
        low, mid, high = getattr(worth or self.counted, what).tolist()
        return Span(low, mid, high, self.from_below)

    @property
    def from_below(self) -> bool:
        """Some part of it is only a lower bound: of the effect, or of the price."""
        return bool(self.effect and self.effect.yearly.from_below) or bool(
            self.price and self.price.from_below
        )

    @property
    def adds(self) -> bool:
        """Whether any of it goes into the sums."""
        return self.state == "valued" and bool(self.in_sum.any())

    @property
    def unit_value(self) -> DatedValue | None:
        """The assumption's value, where it is one that is kronor per unit as it stands."""
        inputs = [each for each in self.inputs if each.role == "unit_value"]
        return inputs[0].value if inputs else None

    @property
    def assumption(self) -> Assumption | None:
        """The assumption of :attr:`unit_value`."""
        inputs = [each for each in self.inputs if each.role == "unit_value"]
        return inputs[0].assumption if inputs else None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What fills the roles of its method."""
        return self.price.inputs if self.price else ()


@dataclass(frozen=True)
class Driver:
    """What makes a sum uncertain: what it would be if only this were low, or high, kronor.

    ``key`` is an assumption where ``kind`` says so, else an indicator.
    """

    kind: Literal["assumption", "effect"]
    key: str
    low: float
    high: float


def exclusive(benefits: Iterable[ValuedBenefit], one: ValuedBenefit) -> list[ValuedBenefit]:
    """The other benefits that value the same thing as ``one``, and are never added to it."""
    group, rank = one.benefit.exclusion_group, one.benefit.exclusion_rank
    return [
        each
        for each in benefits
        if group
        and each.benefit.exclusion_group == group
        and each.benefit.key != one.benefit.key
        and each.benefit.exclusion_rank != rank
    ]


@dataclass(frozen=True, eq=False)
class Benefits:
    """Every benefit of the reference data, in its order, with what a plan makes of it.

    ``years`` are the calendar years of the axis. ``without_year`` are the measures (indices) with a
    yearly effect that nothing dates, which are in no year and no present value; ``without_life``
    those whose life is not known, whose effects are counted to the plan's last year.
    """

    plan: Plan
    axis: Horizon
    steps: Steps
    listed: tuple[ValuedBenefit, ...]
    years: np.ndarray
    rate: float
    without_year: np.ndarray
    without_life: np.ndarray

    def __iter__(self):
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)

    @property
    def last(self) -> int:
        """The plan's last year as an index of ``years``."""
        return min(self.axis.last - self.axis.base, len(self.years) - 1)

    @cached_property
    def added(self) -> tuple[ValuedBenefit, ...]:
        """The benefits that go into sums, the largest present value first."""
        chosen = [each for each in self.listed if each.adds]
        return tuple(sorted(chosen, key=lambda each: -each.counted.present[MID]))

    def of(self, *, kind: str | None = None, beneficiary: str | None = None):
        """Those that add, of a kind (cash or society) and of who gains."""
        return tuple(
            each
            for each in self.added
            if kind in (None, each.benefit.kind) and beneficiary in (None, each.benefit.beneficiary)
        )

    def total(
        self,
        chosen: Sequence[ValuedBenefit] | None = None,
        what: str = "present",
        *,
        together: bool = False,
    ) -> Span:
        """The sum of ``yearly``, ``present`` or ``undiscounted`` of benefits that add.

        Its range takes what is uncertain as independent; ``together`` takes everything low at once
        and everything high at once.
        """
        chosen = self.added if chosen is None else chosen
        sums = sum((getattr(each.counted, what) for each in chosen), np.zeros(LEVELS))
        below = any(each.from_below for each in chosen)
        if together or not chosen:
            return Span(*sums.tolist(), from_below=below)
        apart = self.drivers(chosen, what)
        mid = float(sums[MID])
        down = sum((mid - each.low) ** 2 for each in apart) ** 0.5
        up = sum((each.high - mid) ** 2 for each in apart) ** 0.5
        return Span(mid - down, mid, mid + up, below)

    def drivers(
        self, chosen: Sequence[ValuedBenefit] | None = None, what: str = "present"
    ) -> list[Driver]:
        """What the sum would be if one thing alone were low or high, the widest first."""
        chosen = self.added if chosen is None else chosen
        mid = float(sum(getattr(each.counted, what)[MID] for each in chosen))
        found: dict[tuple[str, str], np.ndarray] = {}
        for each in chosen:
            worth = float(getattr(each.counted, what)[MID])
            keys = {one.role: one.assumption.key for one in each.inputs}
            for role, ends in each.price.swings.items():
                apart = np.sort(worth * (np.array(ends) - 1))
                key = ("assumption", keys[role])
                found[key] = found.get(key, 0) + apart
            by_effect = self._by_effect(each, what)
            if by_effect.any():
                key = ("effect", each.benefit.indicator)
                found[key] = found.get(key, 0) + by_effect
        drivers = [Driver(*key, mid + float(a[0]), mid + float(a[1])) for key, a in found.items()]
        return sorted(drivers, key=lambda driver: driver.low - driver.high)

    def _by_effect(self, each: ValuedBenefit, what: str) -> np.ndarray:
        """How much lower and higher a benefit is by the range of its effects alone."""
        chosen = self.steps.take(each.steps[each.in_sum])
        weights = self._weights(each, what)[MID]
        if what == "yearly":
            per_unit = np.where(chosen.once, 0.0, weights[0, 0])
        else:
            counts = (chosen.begins >= 0) & (chosen.begins <= chosen.ends)
            per_unit = np.where(counts, weights[chosen.begins * counts, chosen.ends * counts], 0)
        sums = (chosen.amounts * per_unit).sum(axis=1)
        return np.sort((sums - sums[MID])[[LOW, HIGH]])

    def _weights(self, each: ValuedBenefit, what: str) -> np.ndarray:
        """(3, begins, ends): kronor that one unit is worth which lives from a year to another."""
        if what == "yearly":
            return each.price.levels[:, self.last][:, None, None]
        rate = self.rate if what == "present" else 0.0
        return _lived(each.price, len(self.years), rate)

    def measures(self, each: ValuedBenefit) -> list[tuple[int, float]]:
        """The measures behind a benefit: (index, kronor of present value), the largest first."""
        sums = np.zeros(self.plan.size[1])
        np.add.at(sums, self.steps.measure[each.steps], each.present[MID] * each.in_sum)
        stated = np.unique(self.steps.measure[each.steps])
        return sorted(((int(at), float(sums[at])) for at in stated), key=lambda pair: -pair[1])

    def by_measure(self, each: ValuedBenefit) -> np.ndarray:
        """(measures,): present value of what counts, at mid."""
        sums = np.zeros(self.plan.size[1])
        np.add.at(sums, self.steps.measure[each.steps], each.present[MID] * each.in_sum)
        return sums

    def table(self, each: ValuedBenefit) -> np.ndarray:
        """(years, measures): kronor a year of what counts, at mid, not discounted."""
        table = np.zeros((len(self.years), self.plan.size[1]))
        chosen = self.steps.take(each.steps[each.in_sum])
        chosen = chosen.take((chosen.begins >= 0) & (chosen.begins < len(self.years)))
        flowing = _flowing(each.price, len(self.years))[MID]
        years = np.arange(len(self.years))
        alive = years[None, :] <= chosen.ends[:, None]
        amounts = chosen.amounts[MID][:, None] * flowing[chosen.begins] * alive
        amounts[chosen.once] = 0.0
        once = np.flatnonzero(chosen.once)
        amounts[once, chosen.begins[once]] = (
            chosen.amounts[MID][once] * each.price.levels[MID][chosen.begins[once]]
        )
        np.add.at(table.T, chosen.measure, amounts)
        return table

    def asked(self) -> dict[str, list[ValuedBenefit]]:
        """Assumptions that nobody has stated, with the benefits of the plan that wait for them."""
        found: dict[str, list[ValuedBenefit]] = {}
        for each in self.listed:
            if each.effect and each.effect.stated and each.price:
                for key in each.price.asked:
                    found.setdefault(key, []).append(each)
        return found


def benefits(
    plan: Plan,
    reference,
    assumptions: Assumptions,
    deflator: Deflator,
    preferred: Iterable[str] = (),
) -> Benefits:
    """Every benefit valued at the plan's calculation rate.

    ``assumptions`` are the reference data's, with the plan's own values over them. Of benefits that
    value the same thing a ``preferred`` one counts (by key) where the measure states its effect.
    """
    axis = Horizon(plan, deflator)
    base = plan.head.base_year
    years = base + np.arange(axis.length)
    found = steps(plan, axis)
    rate = float(plan.head.calculation_rate)
    prices = Prices(assumptions, years, base, deflator.price_year, plan.price_index)
    rows = {key: np.flatnonzero(found.indicator == key) for key in set(found.indicator.tolist())}
    nothing = np.zeros(0, dtype=np.int64)
    stated = {key: effect(plan, key) for key in set(plan.effects.indicator.tolist())}
    first: list[tuple[Benefit, State, Effect | None, Price | None, np.ndarray]] = []
    for benefit in reference.benefits.values():
        amounts = stated.get(benefit.indicator)
        chosen = rows.get(benefit.indicator, nothing)
        price = prices.of(benefit) if amounts is not None or benefit.method else None
        if not benefit.quantified:
            state: State = "unquantified"
        elif amounts is None or not amounts.stated:
            state, amounts = "no_effect", amounts or unstated(plan, benefit.indicator)
        else:
            state = "valued" if price and price.levels is not None else "counted"
        first.append((benefit, state, amounts, price, chosen))
    valued = {each[0].key: (each[0], each[4]) for each in first if each[1] == "valued"}
    counts = _counting(plan, found, valued, frozenset(preferred))
    last = min(axis.last - axis.base, axis.length - 1)
    listed = tuple(
        ValuedBenefit(benefit, state, amounts, price)
        if state != "valued"
        else _worked_out(
            ValuedBenefit(benefit, state, amounts, price, steps=chosen, in_sum=counts[benefit.key]),
            found,
            rate,
            last,
        )
        for benefit, state, amounts, price, chosen in first
    )
    yearly = found.take(~found.once)
    timeless = np.unique(yearly.measure[yearly.begins == NEVER])
    lifeless = np.unique(yearly.measure[(plan.assets.lifetime == 0)[yearly.measure]])
    return Benefits(plan, axis, found, listed, years, rate, timeless, lifeless)


def _counting(
    plan: Plan,
    found: Steps,
    valued: Mapping[str, tuple[Benefit, np.ndarray]],
    preferred: frozenset[str],
) -> dict[str, np.ndarray]:
    """Which steps of each benefit go into sums: of what values the same thing, one for a measure.

    Within measures that share an effect the preferred benefit counts, else the one of lowest rank.
    """
    states_running = np.zeros(plan.size[1], dtype=bool)
    states_running[plan.running_costs.measure] = True
    open_ = {
        key: ~(states_running[found.measure[rows]] & benefit.yields_to_running_cost) & benefit.added
        for key, (benefit, rows) in valued.items()
    }
    by_group: dict[str, list[str]] = {}
    for key, (benefit, _) in valued.items():
        if benefit.exclusion_group:
            by_group.setdefault(benefit.exclusion_group, []).append(key)
    for keys in by_group.values():
        best = np.full(plan.size[1], np.iinfo(np.int64).max)
        rank = {key: 0 if key in preferred else valued[key][0].exclusion_rank for key in keys}
        for key in keys:
            rows = valued[key][1][open_[key]]
            np.minimum.at(best, found.unit[rows], rank[key])
        for key in keys:
            open_[key] = open_[key] & (best[found.unit[valued[key][1]]] == rank[key])
    return open_


def _worked_out(each: ValuedBenefit, found: Steps, rate: float, last: int) -> ValuedBenefit:
    """The benefit with its worth, of all of its effects and of those that count."""
    chosen, price = found.take(each.steps), each.price
    length = price.levels.shape[1]
    dated = (chosen.begins >= 0) & (chosen.begins < length) & (chosen.begins <= chosen.ends)
    begins, ends = chosen.begins * dated, np.minimum(chosen.ends, length - 1) * dated
    lived, plain = _lived(price, length, rate), _lived(price, length, 0.0)
    factor = discount_factors(length, rate)
    # What is to the bad is lowest where its price is highest.
    level = np.where(chosen.worse, [[HIGH], [MID], [LOW]], [[LOW], [MID], [HIGH]])
    at_once = price.levels[level, begins]
    present = np.where(chosen.once, at_once * factor[begins], lived[level, begins, ends])
    undiscounted = np.where(chosen.once, at_once, plain[level, begins, ends])
    present, undiscounted = (chosen.amounts * dated * of for of in (present, undiscounted))
    yearly = chosen.amounts * price.levels[level, last] * ~chosen.once
    flowing = _flowing(price, length)

    def worth(mask: np.ndarray) -> Worth:
        by_year = np.zeros((LEVELS, length))
        for place in range(LEVELS):
            for of in (LOW, MID, HIGH):
                part = mask & dated & (level[place] == of)
                if not part.any():
                    continue
                often = part & ~chosen.once
                living = np.zeros((length, length))
                np.add.at(living, (begins[often], ends[often]), chosen.amounts[place][often])
                alive = np.cumsum(living[:, ::-1], axis=1)[:, ::-1]
                by_year[place] += (alive * flowing[of]).sum(axis=0)
                once = part & chosen.once
                np.add.at(by_year[place], begins[once], undiscounted[place][once])
        return Worth(*(of[:, mask].sum(axis=1) for of in (yearly, present, undiscounted)), by_year)

    everything = worth(np.ones(len(begins), dtype=bool))
    counted = everything if each.in_sum.all() else worth(each.in_sum)
    return ValuedBenefit(
        each.benefit,
        each.state,
        each.effect,
        price,
        everything,
        counted,
        each.steps,
        each.in_sum,
        present,
    )


def _flowing(price: Price, length: int) -> np.ndarray:
    """(3, begins, years): kronor a year of one unit that begins in a year, while it lives."""
    taken_up = np.zeros((length, length))
    share = health.uptake(length, price.build_up)
    if price.lasts is not None:
        share[price.lasts :] = 0.0
    for begins in range(length):
        taken_up[begins, begins:] = share[: length - begins]
    return price.levels[:, None, :] * taken_up


def _lived(price: Price, length: int, rate: float) -> np.ndarray:
    """(3, begins, ends): kronor of one unit that lives from a year to another, discounted."""
    return np.cumsum(_flowing(price, length) * discount_factors(length, rate), axis=2)
