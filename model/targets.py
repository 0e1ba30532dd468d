"""How far it is to a climate target, where that can be said.

A target is compared with yearly emissions only when both are of the same boundary and gas, and when
the target says a level: a reduction from a year that the series has, or tonnes. Otherwise the
reason is said instead of a figure.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from model.entries import Baseline, Target
from model.plan import Plan

Obstacle = Literal["boundary", "gas", "no_level", "no_base_year", "passed"]
# What the boundaries of emissions are called as boundaries of targets.
_SAME = {"territorial": "territory"}
_TONNES = {"t CO2e": 1, "kt CO2e": 1000, "t CO2": 1, "kt CO2": 1000}


@dataclass(frozen=True)
class Distance:
    """From the latest emissions to a target, in the baseline's unit (t a year).

    ``level`` is what the target allows, None where ``obstacle`` says why it is not comparable.
    """

    target: Target
    latest_year: int
    latest: float
    level: float | None = None
    obstacle: Obstacle | None = None

    @property
    def left(self) -> float | None:
        """What is still to be reduced, never below zero; None where it is not comparable."""
        return None if self.level is None else max(self.latest - self.level, 0.0)


def distance(target: Target, baseline: Baseline) -> Distance:
    """How far the baseline's latest year is from a target, or why that cannot be said."""
    latest_year = baseline.years[-1]
    latest = baseline.total(latest_year)

    def found(level: float | None = None, obstacle: Obstacle | None = None) -> Distance:
        return Distance(target, latest_year, latest, level, obstacle)

    if target.boundary != _SAME[baseline.boundary]:
        return found(obstacle="boundary")
    if target.year < latest_year:
        return found(obstacle="passed")
    if target.reduction is not None:
        if target.gas != baseline.gas:
            return found(obstacle="gas")
        if target.base_year not in baseline.years:
            return found(obstacle="no_base_year")
        base = Decimal(str(baseline.total(target.base_year)))
        return found(level=float(base * (1 - target.reduction)))
    if target.value is not None and target.unit in _TONNES:
        if target.gas != baseline.gas:
            return found(obstacle="gas")
        return found(level=float(target.value) * _TONNES[target.unit])
    return found(obstacle="no_level")


def counts_in_territory(plan: Plan, municipality: str) -> bool:
    """Whether the plan's tonnes fall where the municipality's territorial emissions do."""
    head = plan.head
    return head.municipality == municipality and head.system_boundary == "territory"
