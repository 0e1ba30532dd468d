"""Emission factors: which one counts a carrier in a year within a boundary, in kg per its unit.

Only a factor of exactly the boundary that is asked for is chosen, and never another in its place:
where there is none it is asked for. A factor that is named counts also where its source does not
say its boundary, and then that is said. Figures are exact decimals.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from model.entries import Assumption, Carrier, DatedValue
from model.errors import NotFound, Violation
from model.municipal_rows import LocalValue

BOUNDARIES = ("ttw", "wtw", "lca")
MJ_PER_MWH = Decimal(3600)
# What a unit is per, and how many kilos one of it is.
_UNITS: Mapping[str, tuple[str, Decimal]] = {
    "g CO2e/kWh": ("MWh", Decimal(1)),
    "kg CO2e/kWh": ("MWh", Decimal(1000)),
    "g CO2e/MJ": ("MJ", Decimal("0.001")),
    "kg CO2e/l": ("l", Decimal(1)),
    "kg CO2/l": ("l", Decimal(1)),
    "kg CO2e/Nm3": ("Nm3", Decimal(1)),
    "g CO2e/vkm": ("km", Decimal("0.001")),
    "t CO2e/t": ("t", Decimal(1000)),
}
Assumptions = Mapping[str, Assumption]


@dataclass(frozen=True)
class Reason:
    """Why something could not be worked out, to be told where it is asked.

    ``severity`` is error where what was entered contradicts itself, warning where it is lacking.
    ``field`` is the activity's field that it is about.
    """

    code: str
    template: str
    fields: Mapping[str, object]
    field: str = ""
    severity: str = "warning"

    def at(self, ref: str) -> Violation:
        """The finding at a place of the plan."""
        where = f"{ref}.{self.field}" if self.field else ref
        return Violation(self.severity, self.code, where, self.template, dict(self.fields))


@dataclass(frozen=True)
class Factor:
    """A factor in force: ``low``, ``mid`` and ``high`` kg of its gas per unit of the carrier."""

    assumption: Assumption
    value: DatedValue
    carrier: Carrier
    low: Decimal
    mid: Decimal
    high: Decimal


def choose(
    carrier: Carrier,
    year: int,
    boundary: str,
    assumptions: Assumptions,
    *,
    gas: str = "co2e",
    named: str = "",
) -> Factor | Reason:
    """The factor of a carrier in a year: the one that is ``named``, or of those that count the
    boundary and the gas, by one of the carrier's methods, the one whose value is newest."""
    if boundary not in BOUNDARIES:
        return Reason("no_boundary", NO_BOUNDARY, {})
    if named:
        return _named(carrier, year, boundary, assumptions, gas, named)
    found = []
    for assumption in assumptions.values():
        scope = assumption.emission
        if (
            scope is None
            or scope.carrier != carrier.key
            or scope.boundary != boundary
            or scope.method not in carrier.methods
        ):
            continue
        value = _in_force(assumption, year)
        # Nothing emitted is nothing of either gas.
        if value is not None and (scope.gas == gas or value.value == 0):
            found.append((value.since, assumption, value))
    if not found:
        return _asked(carrier, year, boundary, assumptions)
    newest = max(since for since, *_ in found)
    chosen = [each for each in found if each[0] == newest]
    if len(chosen) > 1:
        several = tuple(assumption for _, assumption, _ in chosen)
        return Reason(
            "several_factors", SEVERAL, {"carrier": carrier, "year": year, "factors": several}
        )
    return _converted(chosen[0][1], chosen[0][2], carrier, assumptions)


def years_of_change(carrier: Carrier, assumptions: Assumptions) -> set[int]:
    """The years from which some factor of the carrier has a new value."""
    return {
        value.since
        for assumption in assumptions.values()
        if assumption.emission is not None and assumption.emission.carrier == carrier.key
        for value in assumption.values
    }


def implausible(
    assumption: Assumption,
    value: DatedValue | LocalValue,
    carriers: Mapping[str, Carrier],
    assumptions: Assumptions,
) -> Iterator[Reason]:
    """What a value of a factor says that its carrier's bounds rule out, and a unit that does not
    fit the carrier."""
    scope = assumption.emission
    carrier = carriers.get(scope.carrier) if scope else None
    if carrier is None:
        return
    scale = kilos_per_unit(assumption.unit, carrier, assumptions)
    if scale is None:
        yield Reason("wrong_unit", NO_UNIT, {"unit": assumption.unit, "carrier": carrier})
        return
    bounds = carrier.plausible
    in_bounds = kilos_per_unit(bounds.unit, carrier, assumptions)
    mid = value.mid if isinstance(value, LocalValue) else value.central
    for figure in dict.fromkeys((value.low, mid, value.high)):
        if figure is not None and not (
            bounds.low * in_bounds <= figure * scale <= bounds.high * in_bounds
        ):
            fields = {
                "carrier": carrier,
                "found": _plain(figure),
                "unit": assumption.unit,
                "low": _plain(bounds.low),
                "high": _plain(bounds.high),
                "bounds_unit": bounds.unit,
            }
            yield Reason("implausible_factor", IMPLAUSIBLE, fields, severity="error")


def kilos_per_unit(unit: str, carrier: Carrier, assumptions: Assumptions) -> Decimal | None:
    """How many kilos per unit of the carrier one of a factor's unit is; None where it fits not."""
    if unit not in _UNITS:
        return None
    per, kilos = _UNITS[unit]
    if per == carrier.unit:
        return kilos
    content, other = (energy_content(each, carrier, assumptions) for each in (carrier.unit, per))
    return None if content is None or other is None else kilos * content / other


def energy_content(unit: str, carrier: Carrier, assumptions: Assumptions) -> Decimal | None:
    """MJ in one of a unit, which may be the carrier's own; None where that is not known."""
    if unit in ("MJ", "MWh"):
        return Decimal(1) if unit == "MJ" else MJ_PER_MWH
    known = assumptions.get(carrier.energy or "") if unit == carrier.unit else None
    return known.latest.value if known else None


def _named(
    carrier: Carrier, year: int, boundary: str, assumptions: Assumptions, gas: str, named: str
) -> Factor | Reason:
    assumption = assumptions.get(named)
    scope = assumption.emission if assumption else None
    if scope is None:
        return Reason("unknown_factor", UNKNOWN, {"factor": named}, severity="error")
    fields = {"factor": assumption, "carrier": carrier, "year": year}
    if scope.carrier != carrier.key:
        return Reason("factor_of_other_carrier", OTHER_CARRIER, fields, severity="error")
    if scope.boundary not in (boundary, "unknown"):
        fields |= {"found": WORDS[scope.boundary], "expected": WORDS[boundary]}
        return Reason("wrong_boundary", WRONG_BOUNDARY, fields, severity="error")
    value = _in_force(assumption, year)
    if value is None:
        return Reason("factor_not_known", NOT_KNOWN, fields)
    if scope.gas != gas and value.value != 0:
        return Reason("mixed_gases", OTHER_GAS, fields, severity="error")
    return _converted(assumption, value, carrier, assumptions)


def _asked(carrier: Carrier, year: int, boundary: str, assumptions: Assumptions) -> Reason:
    """What to look for: the assumption that a plan can give its own value of, where there is."""
    fields = {"carrier": carrier, "year": year, "boundary": WORDS[boundary]}
    for key in carrier.factors:
        asked = assumptions.get(key)
        if asked is not None and asked.emission and asked.emission.boundary == boundary:
            return Reason("factor_not_known", ASKED, fields | {"factor": asked})
    return Reason("no_factor", NONE, fields)


def _in_force(assumption: Assumption, year: int) -> DatedValue | None:
    try:
        value = assumption.at(year)
    except NotFound:
        return None
    return None if value.value is None else value


def _converted(
    assumption: Assumption, value: DatedValue, carrier: Carrier, assumptions: Assumptions
) -> Factor | Reason:
    scale = kilos_per_unit(assumption.unit, carrier, assumptions)
    if scale is None:
        fields = {"unit": assumption.unit, "carrier": carrier}
        return Reason("wrong_unit", NO_UNIT, fields, severity="error")
    mid = value.value
    low, high = (mid if end is None else end for end in (value.low, value.high))
    return Factor(assumption, value, carrier, low * scale, mid * scale, high * scale)


def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


@dataclass(frozen=True)
class _Words:
    name: str
    name_en: str


WORDS = {
    "ttw": _Words("där energin används", "where the energy is used"),
    "wtw": _Words("från källa till hjul", "from well to wheel"),
    "lca": _Words("över hela livscykeln", "over the whole life cycle"),
    "unknown": _Words("källan säger inte vilka utsläpp", "the source does not say which emissions"),
}
NO_BOUNDARY = (
    "The plan does not say which emissions it counts, so no factor can be chosen: say under the "
    "plan's terms whether where the energy is used, from well to wheel or over the life cycle."
)
UNKNOWN = "{factor} is no emission factor of the reference data: choose one in the list."
OTHER_CARRIER = "{factor} is not a factor of {carrier}: choose one that is."
WRONG_BOUNDARY = (
    "{factor} counts emissions {found}, and the plan counts {expected}: what differs in boundary "
    "is never added. Choose a factor that counts the same."
)
NOT_KNOWN = (
    "{factor} has no known value for {year}: enter the plan's own value, or choose another factor."
)
OTHER_GAS = (
    "{factor} counts another gas than the rest of the activity: CO2e and fossil CO2 are never "
    "mixed. Choose factors of one gas."
)
ASKED = (
    "{carrier}: no factor that counts emissions {boundary} is known for {year}. Enter the plan's "
    "own value of “{factor}”."
)
NONE = (
    "{carrier}: no factor that counts emissions {boundary} is known for {year}. Name a factor of "
    "the activity, or state the effect itself."
)
SEVERAL = "Several factors of {carrier} are in force in {year}: {factors}. Name the one to use."
NO_UNIT = "A factor in {unit} does not fit {carrier}: convert it, or correct the carrier."
IMPLAUSIBLE = (
    "{found} {unit} cannot be right for {carrier}: expected {low} to {high} {bounds_unit}. Check "
    "the figure and its unit."
)
