"""Activities in words: from what was entered, by formula and factor with its source, to the effect.

Every step is written as it is counted, so that it can be done again with a pocket calculator.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from model import formatting
from model.activity import (
    KG_PER_TONNE,
    KM_PER_RATE,
    KWH_PER_MWH,
    Amount,
    Derived,
    Level,
    Worked,
    rate_unit,
)
from model.entries import Assumption, Carrier, DatedValue
from model.errors import worded
from model.factors import WORDS, Factor
from model.language import DEFAULT, Language, translate
from model.reference import Reference
from model.report import words

_SIGNS = {"m2": "m²", "Nm3": "Nm³", "kWh/m2": "kWh/m²", "Nm3/100 km": "Nm³/100 km", "number": ""}
_IN_WORDS = {"persons": "persons", "min/week": "minutes a week"}
GASES = {"co2e": "CO2e", "fossil_co2": "CO2"}
DECIMALS = 4


@dataclass(frozen=True)
class Source:
    """A figure that was counted with: the factor's name, its value with unit, its boundary, who
    published it, and whether it was found there."""

    key: str
    name: str
    value: str
    since: int
    boundary: str
    source: str
    status: str


@dataclass(frozen=True)
class Effect:
    """An effect that follows from a year on. ``amount`` has its unit, ``span`` its range or
    nothing; ``counted`` is false where the measure's own figure stands instead."""

    indicator: str
    year: int
    until: int | None
    yearly: bool
    level: Level
    amount: str
    span: str
    counted: bool


@dataclass(frozen=True)
class Told:
    """One activity in words. ``measure`` is its measure's place in the plan."""

    measure: int
    place: int
    activity: str
    effects: tuple[Effect, ...]
    steps: tuple[str, ...]
    sources: tuple[Source, ...]
    missing: tuple[str, ...]
    source_ref: str


def told(worked: Worked, known: Reference, language: Language = DEFAULT) -> Told:
    """An activity with every step from what was entered to what follows."""
    writing = _Writing(worked, known, language)
    return Told(
        worked.line.measure,
        worked.line.place,
        writing.activity(),
        tuple(writing.effects()),
        tuple(writing.steps()),
        tuple(writing.sources()),
        tuple(
            translate(reason.template, language, **worded(dict(reason.fields), language))
            for reason in worked.reasons
        ),
        worked.line.row.source_ref,
    )


class _Writing:
    def __init__(self, worked: Worked, known: Reference, language: Language):
        self.worked, self.row, self.kind = worked, worked.line.row, worked.kind
        self.known, self.language = known, language

    def activity(self) -> str:
        """``Sparad energi: 100 MWh, eldningsolja``"""
        carriers = [self._name(each) for each in (self.worked.saves, self.worked.needs) if each]
        quantity = self._span(Amount.of(self.row), self.kind.unit)
        said = f"{self._name(self.kind)}: {quantity}"
        return ", ".join([said, " → ".join(carriers)]) if carriers else said

    def effects(self) -> Iterator[Effect]:
        for derived in self.worked.derived:
            unit = self.known.indicators[derived.indicator].unit
            for number, level in enumerate(derived.levels):
                later = (
                    derived.levels[number + 1].year if number + 1 < len(derived.levels) else None
                )
                ends = later or derived.ends
                mid = self._figure(level.amount.mid, unit)
                yield Effect(
                    self._name(self.known.indicators[derived.indicator]),
                    level.year,
                    ends - 1 if ends else None,
                    derived.basis == "per_year",
                    level,
                    formatting.at_least(mid, level.amount.from_below, language=self.language),
                    self._range(level.amount, unit),
                    derived.counted,
                )

    def steps(self) -> Iterator[str]:
        """Each multiplication on a line, at the middle figures."""
        worked, amount = self.worked, self.worked.amount
        if amount is None:
            return
        of_amount = self._amount_unit()
        if self.row.per is not None and self.kind.per is not None:
            quantity = self._figure(self.row.mid, self.kind.unit)
            said = f"{quantity} × {self._figure(self.row.per, self.kind.per.unit)}"
            if self.kind.speed:
                weeks = translate(
                    "52 weeks ÷ 60 minutes × {speed} km/h", self.language, **self._speed()
                )
                said = f"{said} × {weeks}"
            elif self.kind.per.unit == "kWh/m2":
                said = f"{said} ÷ {self._number(KWH_PER_MWH)}"
            yield f"{said} = {self._figure(amount.mid, of_amount)}"
        for carrier, used in ((worked.saves, worked.before), (worked.needs, worked.after)):
            if carrier is None or used is None or used.mid == amount.mid:
                continue
            rate = used.mid / amount.mid if amount.mid else Decimal(0)
            yield (
                f"{self._figure(amount.mid, of_amount)} × {self._rate(rate, carrier)}"
                f" = {self._used(used, carrier)}"
            )
        tonnes = worked.tonnes
        for level in tonnes.levels if tonnes else ():
            yield self._product(level, tonnes)

    def sources(self) -> Iterator[Source]:
        seen: set[tuple[str, int]] = set()
        tonnes = self.worked.tonnes
        for level in tonnes.levels if tonnes else ():
            for factor in (level.before, level.after):
                if factor and (key := (factor.assumption.key, factor.value.since)) not in seen:
                    seen.add(key)
                    yield self._source(factor.assumption, factor.value)
        for key in (self.kind.speed, *self._assumed()):
            assumption = self.known.assumptions.get(key or "")
            if assumption and assumption.latest.value is not None:
                yield self._source(assumption, assumption.latest)

    def _assumed(self) -> Iterator[str]:
        """The assumptions that consumption was taken from, where the measure states none."""
        carriers = [each for each in (self.worked.saves, self.worked.needs) if each]
        stated = (self.row.from_rate, self.row.to_rate)
        if self.kind.rate == "distance":
            pairs = zip(carriers, stated, strict=False)
            yield from (each.consumption or "" for each, rate in pairs if rate is None)
        elif self.kind.to and not self.kind.rate and self.row.to_rate is None:
            yield from (each.energy or "" for each in carriers if len(carriers) > 1)

    def _product(self, level: Level, tonnes: Derived) -> str:
        sides = [
            f"{self._used(used, carrier)} × {self._factor(factor)}"
            for used, carrier, factor in (
                (self.worked.before, self.worked.saves, level.before),
                (self.worked.after, self.worked.needs, level.after),
            )
            if used is not None and carrier is not None and factor is not None
        ]
        unit = self.known.indicators[tonnes.indicator].unit
        result = self._figure(level.amount.mid, unit)
        whole = sides[0] if len(sides) == 1 else f"({f' {formatting.MINUS} '.join(sides)})"
        return f"{level.year}: {whole} ÷ {self._number(KG_PER_TONNE)} = {result}"

    def _factor(self, factor: Factor) -> str:
        gas = GASES[factor.assumption.emission.gas]
        unit = _SIGNS.get(factor.carrier.unit, factor.carrier.unit)
        return f"{self._number(factor.mid)} kg {gas}/{unit}"

    def _source(self, assumption: Assumption, value: DatedValue) -> Source:
        published = self.known.sources[value.source]
        said = f"{published.title} ({f'{published.publisher} {published.year}'.strip()})"
        emission = assumption.emission
        return Source(
            assumption.key,
            self._name(assumption),
            self._span(Amount.of(value), assumption.unit),
            value.since,
            self._name(WORDS[emission.boundary]) if emission else "",
            ", ".join(filter(None, [said, value.source_ref])),
            value.status,
        )

    def _rate(self, per_amount: Decimal, carrier: Carrier) -> str:
        unit = rate_unit(self.kind, carrier)
        if self.kind.rate == "area":
            per_amount *= KWH_PER_MWH
            return f"{self._figure(per_amount, unit)} ÷ {self._number(KWH_PER_MWH)}"
        if self.kind.rate == "distance":
            in_kwh = KWH_PER_MWH if carrier.unit == "MWh" else 1
            over = f" ÷ {self._number(KWH_PER_MWH)}" if carrier.unit == "MWh" else ""
            return f"{self._figure(per_amount * KM_PER_RATE * in_kwh, unit)}{over}"
        if carrier.unit == "MWh":
            return f"{self._figure(per_amount * KWH_PER_MWH, unit)} ÷ {self._number(KWH_PER_MWH)}"
        return self._figure(per_amount, unit)

    def _used(self, used: Amount, carrier: Carrier) -> str:
        return f"{self._figure(used.mid, carrier.unit)} {self._name(carrier).lower()}"

    def _amount_unit(self) -> str:
        if self.kind.speed:
            return "km"
        if self.kind.per is None:
            return self.kind.unit
        return "MWh" if self.kind.per.unit == "kWh/m2" else self.kind.per.unit

    def _speed(self) -> dict[str, str]:
        found = self.known.assumptions[self.kind.speed].latest.value
        return {"speed": self._number(found)}

    def _span(self, amount: Amount | None, unit: str) -> str:
        if amount is None:
            return formatting.unknown(language=self.language)
        if amount.from_below:
            return formatting.at_least(self._figure(amount.mid, unit), language=self.language)
        if amount.low == amount.high:
            return self._figure(amount.mid, unit)
        return f"{self._number(amount.low)}–{self._figure(amount.high, unit)}"

    def _range(self, amount: Amount, unit: str) -> str:
        if amount.low == amount.high or amount.from_below:
            return ""
        return f"{self._number(amount.low)}–{self._figure(amount.high, unit)}"

    def _figure(self, value: Decimal, unit: str) -> str:
        sign = _SIGNS.get(unit, unit)
        if unit in _IN_WORDS:
            sign = translate(_IN_WORDS[unit], self.language)
        return f"{self._number(value)} {sign}".strip()

    def _number(self, value: Decimal) -> str:
        """As many decimals as the figure has, at most four of a small one and one of a large."""
        most = DECIMALS if abs(value) < 100 else 1
        exact = round(Decimal(value), most)
        decimals = max(-int(exact.normalize().as_tuple().exponent), 0)
        return formatting.number(exact, decimals, language=self.language)

    def _name(self, entry) -> str:
        return words.name(entry, self.language)


def document(result, language: Language = DEFAULT) -> dict:
    """What a plan's activities give, for the command line: every figure as it was counted."""
    known, ids = result.known(), list(result.measures())
    found = []
    for worked in result.activities():
        said = told(worked, known, language)
        found.append(
            {
                "measure": ids[said.measure],
                "activity": said.activity,
                "effects": [
                    {
                        "indicator": derived.indicator,
                        "unit": known.indicators[derived.indicator].unit,
                        "basis": derived.basis,
                        "boundary": derived.boundary,
                        "counted": derived.counted,
                        "until": derived.ends - 1 if derived.ends else None,
                        "levels": [
                            {
                                "from": level.year,
                                **{
                                    end: float(getattr(level.amount, end))
                                    for end in ("low", "mid", "high")
                                },
                            }
                            for level in derived.levels
                        ],
                    }
                    for derived in worked.derived
                ],
                "steps": list(said.steps),
                "sources": [vars(source) for source in said.sources],
                "missing": list(said.missing),
            }
        )
    head = result.base.head
    return {
        "plan": head.id,
        "emission_boundary": head.emission_boundary,
        "activities": found,
    }


def lines(answer: dict) -> str:
    """The same, to be read."""
    said = [f"{answer['plan']}, emissions counted: {answer['emission_boundary'] or 'not said'}"]
    for each in answer["activities"]:
        said.append(f"{each['measure']}: {each['activity']}")
        said += [f"  {step}" for step in each["steps"]]
        for effect in each["effects"]:
            often = "a year" if effect["basis"] == "per_year" else "once"
            stands = "" if effect["counted"] else ", not counted: the measure states its own"
            said += [
                f"  {effect['indicator']}: {_spread(level)} {effect['unit']} {often}"
                f" from {level['from']}{stands}"
                for level in effect["levels"]
            ]
        said += [
            f"  {source['name']} {source['value']}, {source['boundary'] or 'assumption'}"
            f" [{source['source']}, {source['status']}]"
            for source in each["sources"]
        ]
        said += [f"  asked: {reason}" for reason in each["missing"]]
    return "\n".join(said)


def _spread(level: dict) -> str:
    mid, low, high = (
        f"{level[end]:,.4f}".rstrip("0").rstrip(".") for end in ("mid", "low", "high")
    )
    return mid if low == high else f"{mid} ({low} to {high})"
