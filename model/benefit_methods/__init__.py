"""How an effect becomes kronor: one small pure function per method, by the key that data names.

A method's function takes what it needs by name and returns kronor per unit of the effect and year,
at full effect. Each name is a *role* that a benefit in ``data/benefits`` fills with an assumption.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.benefit_methods import air, health, traffic

# The unit of a role that is money per unit of the effect: SEK/<unit> or EUR/<unit>.
PER_UNIT = "money per unit"


def unit_value(*, unit_value: float) -> float:
    """Kronor per unit, as the assumption states it."""
    return unit_value


@dataclass(frozen=True)
class Method:
    """A function, what it must be given, and the unit of the effect that it starts from.

    ``roles`` are the units that assumptions must be in; ``optional`` roles may be unknown, and then
    only a part is valued (*minst*); ``assumed`` may be left out of data. ``unit`` is None where any
    effect will do. ``moves``: the assumption is a series by year, with straight lines between.
    """

    price: Callable[..., float]
    roles: Mapping[str, str]
    unit: str | None = None
    optional: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()
    moves: bool = False


_HEAT = {
    "relative_risk": "factor",
    "reference_minutes": "min/week",
    "mortality": "per year",
    "value_of_life": "SEK",
}

METHODS: Mapping[str, Method] = {
    "unit_value": Method(unit_value, {"unit_value": PER_UNIT}),
    "price_path": Method(unit_value, {"unit_value": PER_UNIT}, moves=True),
    "heat_persons": Method(
        health.per_person, {**_HEAT, "minutes_per_week": "min/week", "cap": "share"}, "persons"
    ),
    "heat_kilometres": Method(health.per_kilometre, {**_HEAT, "speed": "km/h"}, "km"),
    "air_pollution": Method(
        air.per_kilo,
        {
            "regional": "SEK/kg",
            "per_exposure": "SEK/exposure",
            "factor": "factor",
            "ventilation": "factor",
            "population": "persons",
        },
        "kg",
        optional=frozenset({"ventilation", "population"}),
        assumed=frozenset({"regional"}),
    ),
    "accidents": Method(
        traffic.per_accident,
        {
            "deaths": "persons/accident",
            "severe": "persons/accident",
            "slight": "persons/accident",
            "value_of_life": "SEK",
            "value_of_severe": "SEK",
            "value_of_slight": "SEK",
        },
        "number",
    ),
}
