"""Reading what a scenario says of an assumption: a level, or values by year within its bounds."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from model.factors import implausible
from model.scenario.assumed import dated_values
from model.scenario.compose import Level, Override

if TYPE_CHECKING:
    from model.entries import Assumption
    from model.reference import Reference

# A plan states this itself: a scenario changes it by an adjustment of its own.
CALCULATION_RATE = "economy/calculation_rate"
LEVELS = get_args(Level)
FIRST_YEAR, LAST_YEAR = 1990, 2100
# What a value in a unit can be at all, where the assumption has no bounds of its own.
# Sizes that a value in any unit has: what is outside them is a slip of the keyboard.
_SMALLEST, _LARGEST = Decimal("1e-12"), Decimal("1e12")
_BOUNDS = {"share": (Decimal(0), Decimal(1)), "per year": (Decimal(-1), Decimal(1))}

Fault = Callable[..., None]


def read_override(path: str, said: object, known: "Reference", fault: Fault) -> Override | None:
    """What stands under an assumption's path; None with every fault told."""
    at, assumption = ("assumptions", path), known.assumptions.get(path)
    if assumption is None:
        return None
    if path == CALCULATION_RATE:
        fault(
            at,
            "{at}: the plan states its own calculation rate: use the adjustment calculation_rate.",
        )
        return None
    if isinstance(said, str):
        return _level(path, said, assumption, fault)
    if not isinstance(said, dict) or not said:
        fault(at, "{at}: expected low, central or high, or values by year ({{2027: 1.2}}).")
        return None
    if "level" in said:
        if len(said) > 1:
            fault(
                at,
                "{at}: says both a level and values by year: keep one of them.",
                "contradiction",
            )
            return None
        return _level(path, said["level"], assumption, fault)
    return _by_year(path, said, assumption, known, fault)


def _level(path: str, said: object, assumption: "Assumption", fault: Fault) -> Override | None:
    at = ("assumptions", path)
    if said not in LEVELS:
        fault(
            at,
            "{at}: {found} is no level: expected {known}, or values by year.",
            found=said,
            known=", ".join(LEVELS),
        )
        return None
    if all(getattr(value, said) is None for value in assumption.values):
        fault(
            at,
            "{at}: the assumption has no {level} value: state values by year instead.",
            level=said,
        )
        return None
    return Override(path=path, level=said)


def _by_year(
    path: str, said: dict, assumption: "Assumption", known: "Reference", fault: Fault
) -> Override | None:
    at, sound = ("assumptions", path), True
    price_year = said.get("price_year")
    values: dict[int, Decimal] = {}
    for year, value in said.items():
        if year == "price_year":
            continue
        if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
            fault(
                (*at, year),
                "{at}: {year} is no year: expected {first} to {last}.",
                year=year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
            sound = False
        elif isinstance(value, bool) or not isinstance(value, int | Decimal):
            fault(
                (*at, year),
                "{at}: {found} is no number: write it with a decimal point.",
                found=value,
            )
            sound = False
        elif value and not _SMALLEST <= abs(Decimal(value)) <= _LARGEST:
            fault(
                (*at, year),
                "{at}: {found} cannot be right: expected 0, or {low} to {high} in size.",
                "implausible_value",
                found=f"{Decimal(value):.3E}",
                low=_SMALLEST,
                high=f"{_LARGEST:,f}",
            )
            sound = False
        else:
            values[year] = Decimal(value)
    if not values:
        if sound:
            fault(at, "{at}: states no value for any year.")
        return None
    if known.units[assumption.unit].money:
        if price_year is None and not isinstance(assumption.latest.price_year, int):
            fault(at, "{at}: is money: say which year's prices, as price_year among the years.")
            sound = False
        elif price_year is not None and not (
            isinstance(price_year, int) and FIRST_YEAR <= price_year <= LAST_YEAR
        ):
            fault(
                (*at, "price_year"),
                "{at}: {year} is no year: expected {first} to {last}.",
                year=price_year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
            sound = False
    if not sound:
        return None
    override = Override(path=path, values=tuple(sorted(values.items())), price_year=price_year)
    return override if _plausible(override, assumption, known, fault) else None


def _plausible(
    override: Override, assumption: "Assumption", known: "Reference", fault: Fault
) -> bool:
    sound = True
    low, high = _BOUNDS.get(assumption.unit, (None, None))
    for value in dated_values(assumption, override):
        at = ("assumptions", override.path, value.since)
        if low is not None and not low <= value.central <= high:
            fault(
                at,
                "{at}: {found} {unit} cannot be right: expected {low} to {high}.",
                "implausible_value",
                found=value.central,
                unit=assumption.unit,
                low=low,
                high=high,
            )
            sound = False
        for reason in implausible(assumption, value, known.carriers, known.assumptions):
            fault(
                at,
                "{at}: {found} {unit} cannot be right for {carrier}: expected {low} to {high} "
                "{bounds_unit}.",
                reason.code,
                **reason.fields,
            )
            sound = False
    return sound
