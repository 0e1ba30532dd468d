"""Effects from activity: what follows from what is known of a measure, by factors with a source.

An activity is yearly: megawatt-hours saved, litres replaced, vehicles and their distance. What it
saves of one carrier, less what it needs of another, times their emission factors, is tonnes. The
factor of each year is that year's, of exactly the plan's boundary (:mod:`model.factors`); where it
is not known the effect is not known, with its reason, and nothing else is put in its place.

Low meets low and high meets high, except that what takes the old one's place is then at its other
end: a range of what could be, not a probability. Worked in exact decimals, given as floats.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np

from model.entries import ActivityKind, Carrier
from model.factors import (
    Assumptions,
    Factor,
    Reason,
    choose,
    energy_content,
    years_of_change,
)
from model.plan import Effects
from model.rows import Activity, Measure, PlanHead

TONNES = {"co2e": "co2e_reduction", "fossil_co2": "fossil_co2_reduction"}
WEEKS, MINUTES, KWH_PER_MWH, KG_PER_TONNE = Decimal(52), Decimal(60), Decimal(1000), Decimal(1000)
KM_PER_RATE = Decimal(100)


@dataclass(frozen=True)
class Line:
    """An activity with what its measure says. ``in_service`` and ``lifetime`` are years, 0 where
    not said; ``stated`` are the indicators that the measure states an effect in."""

    measure: int
    place: int
    row: Activity
    in_service: int = 0
    lifetime: int = 0
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Amount:
    """Low, mid and high; ``from_below`` where only the lower bound is known."""

    low: Decimal
    mid: Decimal
    high: Decimal
    from_below: bool = False

    @classmethod
    def of(cls, row) -> "Amount | None":
        """Of a row or an assumption's value; None where it is not known."""
        mid = row.mid if hasattr(row, "mid") else row.value
        if mid is None:
            return None
        low, high = (mid if end is None else end for end in (row.low, row.high))
        return cls(low, mid, high, row.low is not None and row.high is None)

    @classmethod
    def point(cls, value: Decimal) -> "Amount":
        return cls(value, value, value)

    def times(self, other: "Amount") -> "Amount":
        """The product; ``self`` is not negative, ``other`` may be."""
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        below = (self.from_below or other.from_below) and other.low >= 0
        return Amount(min(ends), self.mid * other.mid, max(ends), below)

    def less(self, other: "Amount | None") -> "Amount":
        """The difference, each end against the other's other end."""
        if other is None:
            return self
        return Amount(self.low - other.high, self.mid - other.mid, self.high - other.low)

    def scaled(self, times: Decimal, over: Decimal = Decimal(1)) -> "Amount":
        """Times a figure that is not negative, divided last."""
        ends = (end * times / over for end in (self.low, self.mid, self.high))
        return Amount(*ends, self.from_below)


@dataclass(frozen=True)
class Level:
    """A yearly amount from a year on, until the next, and the factors that it was made with."""

    year: int
    amount: Amount
    before: Factor | None = None
    after: Factor | None = None


@dataclass(frozen=True)
class Derived:
    """An effect that follows. ``ends`` is the first year without it, None where no year is said.

    What the measure states itself is counted ``instead_of`` it: the indicator that it stands in,
    empty where it states none.
    """

    indicator: str
    gas: str
    basis: str
    boundary: str
    levels: tuple[Level, ...]
    ends: int | None
    instead_of: str = ""

    @property
    def counted(self) -> bool:
        """Whether it counts: the measure states no figure of its own."""
        return not self.instead_of

    def at(self, year: int) -> Level | None:
        """The level in a year, None before it begins and after its end."""
        if self.ends is not None and year >= self.ends:
            return None
        if self.basis == "once":
            return next((level for level in self.levels if level.year == year), None)
        return next((each for each in reversed(self.levels) if each.year <= year), None)


@dataclass(frozen=True)
class Worked:
    """An activity worked out. ``amount`` is the quantity times what it is per (MWh, km …);
    ``before`` is yearly what it saves of ``saves`` and ``after`` what it needs of ``needs``, in
    their units. ``reasons`` say what could not be worked out."""

    line: Line
    kind: ActivityKind
    first: int
    amount: Amount | None = None
    saves: Carrier | None = None
    before: Amount | None = None
    needs: Carrier | None = None
    after: Amount | None = None
    derived: tuple[Derived, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def tonnes(self) -> Derived | None:
        """What it does to emissions, where that is known."""
        return next((each for each in self.derived if each.indicator in TONNES.values()), None)


def lines_of(measures: Iterable[Measure]) -> list[Line]:
    """The activities of a plan's measures, in the plan's order."""
    return [
        Line(
            measure=place,
            place=number,
            row=row,
            in_service=int(measure.in_service[:4] or 0),
            lifetime=measure.lifetime_years or 0,
            stated=frozenset(e.indicator for e in measure.effects if e.mid is not None),
        )
        for place, measure in enumerate(measures)
        for number, row in enumerate(measure.activities)
    ]


def work_out(
    lines: Iterable[Line], head: PlanHead, known, assumptions: Assumptions
) -> tuple[Worked, ...]:
    """Every activity worked out. ``known`` is the reference data, ``assumptions`` its figures with
    the plan's own over them. What the reference data does not know gives no effect."""
    there = [line for line in lines if line.row.kind in known.activities]
    if not there:
        return ()
    factors = _Factors(head.emission_boundary, assumptions)
    return tuple(_Working(line, head, known, factors).worked() for line in there)


class _Factors:
    """The factors of a plan, each looked for once."""

    def __init__(self, boundary: str, assumptions: Assumptions):
        self.boundary, self.assumptions = boundary, assumptions
        self.choose, self.years = cache(self._choose), cache(self._years)

    def _choose(self, carrier: Carrier, year: int, gas: str, named: str) -> Factor | Reason:
        return choose(carrier, year, self.boundary, self.assumptions, gas=gas, named=named)

    def _years(self, carrier: Carrier) -> frozenset[int]:
        return frozenset(years_of_change(carrier, self.assumptions))


class _Gap(Exception):
    """Something that is not known stands in the way."""

    def __init__(self, code: str, template: str, field: str, **fields: object):
        self.reason = Reason(code, template, fields, field)


class _Working:
    """Works one activity out."""

    def __init__(self, line: Line, head: PlanHead, known, factors: _Factors):
        self.line, self.row, self.head = line, line.row, head
        self.factors, self.assumptions = factors, factors.assumptions
        self.kind: ActivityKind = known.activities[line.row.kind]
        self.saves: Carrier | None = known.carriers.get(self.row.from_carrier)
        self.needs: Carrier | None = known.carriers.get(self.row.to_carrier)
        self.first = first_year(line)
        self.ends = None if self.row.last_year is None else self.row.last_year + 1
        self.reasons: list[Reason] = []

    def worked(self) -> Worked:
        amount = before = after = None
        derived: list[Derived] = []
        try:
            amount = self._amount()
            before, after = self._carriers()
        except _Gap as gap:
            self.reasons.append(gap.reason)
        if amount is not None:
            derived += self._follows(amount, before and before.less(after))
            if before is not None:
                derived += self._tonnes(amount, before, after)
            before, after = (each and amount.times(each) for each in (before, after))
        return Worked(
            self.line,
            self.kind,
            self.first,
            amount,
            self.saves if self.kind.use else None,
            before,
            self.needs if self.kind.to else None,
            after,
            tuple(derived),
            tuple(self.reasons),
        )

    def _amount(self) -> Amount:
        """The quantity times what it is per, in the unit that its effects are counted in."""
        if self.kind.unit != self.row.unit:
            units = {"unit": self.row.unit, "expected": self.kind.unit}
            raise _Gap("wrong_unit", WRONG_UNIT, "unit", **units)
        if not self.first:
            raise _Gap("activity_without_year", NO_YEAR, "first_year")
        quantity = Amount.of(self.row)
        if quantity is None:
            raise _Gap("activity_unknown", NO_QUANTITY, "mid")
        if self.kind.per is None:
            return quantity
        if self.row.per is None:
            raise _Gap("activity_incomplete", NO_PER, "per", what=self.kind.per)
        amount = quantity.scaled(self.row.per)
        if self.kind.speed:
            speed = self._assumed(self.kind.speed, "per")
            return amount.times(speed).scaled(WEEKS, MINUTES)
        return amount.scaled(1 / KWH_PER_MWH) if self.kind.per.unit == "kWh/m2" else amount

    def _carriers(self) -> tuple[Amount | None, Amount | None]:
        """What one of the amount saves, and needs instead, in the carriers' units."""
        if not self.kind.use:
            return None, None
        if self.saves is None:
            raise _Gap("activity_incomplete", NO_CARRIER, "from_carrier")
        if not counts(self.kind, self.saves):
            names = {"carrier": self.saves, "kind": self.kind}
            raise _Gap("carrier_does_not_fit", DOES_NOT_FIT, "from_carrier", **names)
        before = self._rate(self.saves, self.row.from_rate, "from_rate")
        if not self.kind.to or self.needs is None:
            return before, None
        if self.kind.rate or self.row.to_rate is not None:
            return before, self._rate(self.needs, self.row.to_rate, "to_rate")
        contents = [
            energy_content(each.unit, each, self.assumptions) for each in (self.saves, self.needs)
        ]
        if None in contents:
            raise _Gap("activity_incomplete", NO_CONTENT, "to_rate", carrier=self.needs)
        return before, Amount.point(contents[0] / contents[1])

    def _rate(self, carrier: Carrier, stated: Decimal | None, field: str) -> Amount:
        """Units of a carrier for one of the amount (kilometre, square metre, or its own unit)."""
        if not self.kind.rate:
            if stated is None:
                return Amount.point(Decimal(1))
            return Amount.point(stated / KWH_PER_MWH if self._in_kwh(carrier) else stated)
        if self.kind.rate == "area":
            if stated is None:
                raise _Gap("activity_incomplete", NO_RATE, field, carrier=carrier, unit="kWh/m2")
            return Amount.point(stated / KWH_PER_MWH)
        if carrier.unit == "km":
            return Amount.point(Decimal(1))
        rate = Amount.point(stated) if stated is not None else None
        if rate is None:
            rate = self._assumed(carrier.consumption or "", field, carrier)
        per_km = rate.scaled(1 / KM_PER_RATE)
        return per_km.scaled(1 / KWH_PER_MWH) if self._in_kwh(carrier) else per_km

    def _in_kwh(self, carrier: Carrier) -> bool:
        """Whether a carrier's consumption is stated in kWh, where the amount is none of energy."""
        return carrier.unit == "MWh" != self.kind.unit

    def _assumed(self, key: str, field: str, carrier: Carrier | None = None) -> Amount:
        assumption = self.assumptions.get(key)
        found = assumption and Amount.of(assumption.latest)
        if found is not None:
            return found
        if assumption is None:
            unit = rate_unit(self.kind, carrier)
            raise _Gap("activity_incomplete", NO_RATE, field, carrier=carrier, unit=unit)
        raise _Gap("assumption_not_known", NO_ASSUMPTION, field, assumption=assumption)

    def _follows(self, amount: Amount, saved: Amount | None) -> Iterable[Derived]:
        """What follows besides tonnes."""
        for each in self.kind.effects:
            if each.when == "electric" and not (self.saves and self.saves.electric):
                continue
            if each.when == "combustion" and not (
                self.saves and self.saves.combustion and not (self.needs and self.needs.combustion)
            ):
                continue
            found = {
                "quantity": Amount.of(self.row),
                "amount": amount,
                "saved": saved and amount.times(saved),
            }[each.of]
            if found is not None:
                yield self._derived(each.indicator, "", each.basis, (Level(self.first, found),))

    def _tonnes(self, amount: Amount, before: Amount, after: Amount | None) -> Iterable[Derived]:
        """The tonnes of one gas: CO2e, or fossil CO2 where only that has factors."""
        why = None
        for gas in self._gases():
            levels, reason = self._levels(amount, before, after, gas)
            if levels:
                unsure = [
                    Reason("boundary_unknown", BOUNDARY_UNKNOWN, {"factor": each}, field)
                    for factor, field in (
                        (levels[0].before, "from_factor"),
                        (levels[0].after, "to_factor"),
                    )
                    if factor and (each := factor.assumption).emission.boundary == "unknown"
                ]
                self.reasons += unsure
                yield self._derived(TONNES[gas], gas, "per_year", levels)
                return
            why = why or reason
        self.reasons.append(why)

    def _gases(self) -> list[str]:
        """Which gas to try first: that of the factors that are named."""
        named = [
            self.assumptions[key].emission.gas
            for key in (self.row.from_factor, self.row.to_factor)
            if key in self.assumptions and self.assumptions[key].emission
        ]
        return list(dict.fromkeys([*named, *TONNES]))

    def _levels(
        self, amount: Amount, before: Amount, after: Amount | None, gas: str
    ) -> tuple[tuple[Level, ...], Reason | None]:
        """Tonnes from the first year, and from each year with another factor."""
        levels: list[Level] = []
        for year in self._years():
            factors: list[Factor | None] = []
            for carrier, named, field in (
                (self.saves, self.row.from_factor, "from_factor"),
                (self.needs if after else None, self.row.to_factor, "to_factor"),
            ):
                found = carrier and self.factors.choose(carrier, year, gas, named)
                if isinstance(found, Reason):
                    placed = Reason(found.code, found.template, found.fields, field, found.severity)
                    return (), placed
                factors.append(found)
            if levels and [f and f.value for f in (levels[-1].before, levels[-1].after)] == [
                f and f.value for f in factors
            ]:
                continue
            saved, needed = (
                each and factor and each.times(Amount(factor.low, factor.mid, factor.high))
                for each, factor in zip((before, after), factors, strict=True)
            )
            tonnes = amount.times(saved.less(needed)).scaled(1 / KG_PER_TONNE)
            levels.append(Level(year, tonnes, *factors))
        return tuple(levels), None

    def _years(self) -> list[int]:
        """The first year, and those after it from which some factor may be another."""
        until = max(self.head.last_year, self.first)
        if self.ends is not None:
            until = self.ends - 1
        elif self.line.in_service and self.line.lifetime:
            until = self.line.in_service + self.line.lifetime
        changes: set[int] = set()
        for carrier in (self.saves, self.needs):
            if carrier is not None:
                changes |= self.factors.years(carrier)
        return [self.first, *sorted(year for year in changes if self.first < year <= until)]

    def _derived(self, indicator: str, gas: str, basis: str, levels: tuple[Level, ...]) -> Derived:
        same = [indicator, *TONNES.values()] if gas else [indicator]
        return Derived(
            indicator,
            gas,
            basis,
            self.head.emission_boundary if gas else "",
            levels,
            None if basis == "once" else self.ends,
            next((each for each in same if each in self.line.stated), ""),
        )


def counts(kind: ActivityKind, carrier: Carrier) -> bool:
    """Whether a carrier can be saved by a kind of activity: it is of its use, and counted in the
    same unit where the amount is the carrier's own."""
    own = kind.per.unit if kind.per else kind.unit
    same = kind.rate or carrier.unit == ("MWh" if own == "kWh/m2" else own)
    return kind.use in carrier.uses and bool(same)


def first_year(line: Line) -> int:
    """The first year of an activity: its own, or the year after its measure is taken in use, as
    for every yearly effect; 0 where neither is said."""
    return line.row.first_year or (line.in_service + 1 if line.in_service else 0)


def rate_unit(kind: ActivityKind, carrier: Carrier | None) -> str:
    """What the consumption of a carrier is stated in, for a kind of activity."""
    if kind.rate == "area":
        return "kWh/m2"
    own = "kWh" if carrier and carrier.unit == "MWh" != kind.unit else carrier and carrier.unit
    return f"{own}/100 km" if kind.rate == "distance" else f"{own}/{kind.unit}"


def accounts(head: PlanHead) -> str:
    """Within which boundary the plan's tonnes from activities count: in a territory only what is
    emitted where the energy is used is territorial, and the rest is emitted for its consumption."""
    if head.system_boundary != "territory":
        return "organisation"
    return "territorial" if head.emission_boundary == "ttw" else "consumption"


def effect_lines(worked: Sequence[Worked], head: PlanHead, known) -> Effects:
    """The effects that count, as lines of a plan: what several activities of a measure do to one
    indicator is one series, a line for each year from which its level is another."""
    series: dict[tuple[int, str, str, str], list[Derived]] = {}
    for each in worked:
        for derived in each.derived:
            if derived.counted:
                key = (each.line.measure, derived.indicator, derived.basis, derived.gas)
                series.setdefault(key, []).append(derived)
    rows = []
    for (measure, indicator, basis, gas), parts in sorted(series.items()):
        unit = known.indicators[indicator].unit
        for year in sorted({year for part in parts for year in _changes(part)}):
            found = [level.amount for part in parts if (level := part.at(year))]
            within = accounts(head) if gas else ""
            rows.append((measure, indicator, unit, basis, gas, within, "", year, *_ends(found)))
    kinds = [np.int64, *[object] * 6, np.int64, *[np.float64] * 3]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(kinds)
    return Effects(*(np.array(c, dtype=k) for c, k in zip(columns, kinds, strict=True)))


def _changes(derived: Derived) -> list[int]:
    years = [level.year for level in derived.levels]
    return years if derived.ends is None else [*years, derived.ends]


def _ends(amounts: Sequence[Amount]) -> tuple[float, float, float]:
    """Low, mid and high of a sum: NaN for ends that are not known, both of a point."""
    low, mid, high = (
        float(sum(getattr(each, end) for each in amounts)) for end in ("low", "mid", "high")
    )
    if any(each.from_below for each in amounts):
        return low, mid, float("nan")
    return (float("nan"), mid, float("nan")) if low == mid == high else (low, mid, high)


NO_QUANTITY = "The quantity is not known, so no effect follows from it yet."
NO_YEAR = (
    "The activity has no year: fill in its first year, or when the measure is taken into service."
)
WRONG_UNIT = "The activity is in {unit}, but is counted in {expected}: convert the figure."
NO_PER = "The {what} is missing: fill it in, since no effect follows without it."
DOES_NOT_FIT = "{carrier} does not fit {kind}: choose another in the list, or leave it empty."
NO_CARRIER = "It is not said what is saved or replaced: choose it in the list."
NO_RATE = "The consumption of {carrier} is missing: fill it in, in {unit}."
NO_CONTENT = (
    "The energy content is not known, so how much {carrier} takes its place must be said: fill in "
    "how much of it there is for each unit that is replaced."
)
NO_ASSUMPTION = (
    "“{assumption}” has no known value: fill in the measure's own figure, or the plan's own value."
)
BOUNDARY_UNKNOWN = (
    "The source of {factor} does not say which emissions it counts: it is used since it is named, "
    "and may count others than the plan does."
)
