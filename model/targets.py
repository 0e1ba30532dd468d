"""How far it is to a climate target, where that can be said.

A target is compared with yearly emissions only when both are of the same boundary and gas, and when
the target says a level: a reduction from a year that the series has, tonnes, or net zero, where
sinks are counted off what is still emitted. Otherwise the reason is said instead of a figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from model.emission_rows import EmissionTarget
from model.entries import Sourced, Target
from model.inventory import Inventory

Obstacle = Literal["boundary", "gas", "no_level", "no_base_year", "passed"]
# What the boundaries of emissions are called as boundaries of targets.
SAME = {
    "territorial": "territory",
    "consumption": "residents",
    "organisation": "organisation",
    "municipal_group": "municipal_group",
}
_TONNES = {"t CO2e": 1, "kt CO2e": 1000, "t CO2": 1, "kt CO2": 1000}


@dataclass(frozen=True)
class Aim:
    """A target, the plan's own or a published one. ``gas`` is empty where it does not say.

    ``reduction`` is a share of the emissions in ``base_year``; ``source`` is an entry of the
    reference data, or the words of the plan.
    """

    name: str
    name_en: str
    year: int
    boundary: str
    gas: str
    decision: str
    net_zero: bool = False
    reduction: Decimal | None = None
    base_year: int | None = None
    tonnes: float | None = None
    note: str = ""
    note_en: str = ""
    source: Sourced | str = ""


def published(target: Target) -> Aim:
    """A target of ``data/municipalities``."""
    tonnes = None
    if target.value is not None and target.unit in _TONNES:
        tonnes = float(target.value) * _TONNES[target.unit]
    return Aim(
        target.name,
        target.name_en,
        target.year,
        target.boundary,
        target.gas,
        target.decision,
        target.net_zero,
        target.reduction,
        target.base_year,
        tonnes,
        target.note,
        target.note_en,
        target,
    )


def stated(row: EmissionTarget) -> Aim:
    """A target of the plan's own."""
    return Aim(
        row.name,
        row.name,
        row.year,
        row.boundary,
        row.gas,
        row.decision,
        row.net_zero,
        row.reduction,
        row.base_year,
        None if row.tonnes is None else float(row.tonnes),
        row.note,
        "",
        row.source_ref,
    )


def aims(rows: Iterable[EmissionTarget], targets: Iterable[Target]) -> tuple[Aim, ...]:
    """The plan's own targets by year, or where it has none those published of its municipality."""
    found = [stated(row) for row in rows] or [published(target) for target in targets]
    return tuple(sorted(found, key=lambda aim: aim.year))


@dataclass(frozen=True)
class Distance:
    """From the latest emissions to a target, t a year.

    ``level`` is what the target allows, None where ``obstacle`` says why it is not comparable;
    with ``net`` it is what may be left once sinks are counted off.
    """

    target: Aim
    latest_year: int
    latest: float
    level: float | None = None
    net: bool = False
    obstacle: Obstacle | None = None

    @property
    def left(self) -> float | None:
        """What is still to be reduced, never below zero; None where it is not comparable."""
        return None if self.level is None else max(self.latest - self.level, 0.0)


def distance(aim: Aim, inventory: Inventory) -> Distance:
    """How far the inventory's latest year is from a target, or why that cannot be said."""
    latest_year = inventory.latest
    latest = inventory.total(latest_year)

    def found(level: float | None = None, obstacle: Obstacle | None = None, net: bool = False):
        return Distance(aim, latest_year, latest, level, net, obstacle)

    if aim.boundary != SAME[inventory.boundary]:
        return found(obstacle="boundary")
    if aim.year <= latest_year:
        return found(obstacle="passed")
    says_level = aim.reduction is not None or aim.tonnes is not None
    # Climate neutrality that names no gas is about all greenhouse gases.
    gas = aim.gas if says_level or aim.gas else "co2e"
    if gas != inventory.gas and (says_level or aim.net_zero):
        return found(obstacle="gas")
    if aim.reduction is not None:
        if aim.base_year not in inventory.years:
            return found(obstacle="no_base_year")
        base = Decimal(str(inventory.total(aim.base_year)))
        return found(float(base * (1 - aim.reduction)))
    if aim.tonnes is not None:
        return found(aim.tonnes)
    if aim.net_zero:
        return found(0.0, net=True)
    return found(obstacle="no_level")
