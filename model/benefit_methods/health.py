"""Physical activity, as the World Health Organization's HEAT for walking and cycling counts it.

Only new travel counts, and only of adults in the age range that the study is about: who already
walked or cycled gains nothing, and of children and the old the risk is not known. Risk falls in a
straight line with minutes, up to a cap. Sources: health/heat_* in ``data/assumptions``.
"""

import numpy as np

WEEKS = 52
MINUTES = 60


def risk_reduction(
    minutes_per_week: float, relative_risk: float, reference_minutes: float, cap: float = 1.0
) -> float:
    """The share by which the risk of dying falls: linear in minutes, and no more than ``cap``."""
    return min((1 - relative_risk) * minutes_per_week / reference_minutes, cap)


def deaths_avoided(people: float, mortality: float, reduction: float) -> float:
    """Deaths avoided a year among new walkers or cyclists; ``mortality`` is a share a year."""
    return people * mortality * reduction


def uptake(years: int, build_up: float) -> np.ndarray:
    """The share of the full effect in year 1, 2, … of the change: a straight line, (years,)."""
    reached = np.arange(1, years + 1, dtype=float)
    return np.minimum(reached / build_up, 1.0) if build_up > 0 else np.ones(years)


def per_person(
    *,
    minutes_per_week: float,
    relative_risk: float,
    reference_minutes: float,
    cap: float,
    mortality: float,
    value_of_life: float,
) -> float:
    """Kronor a year that a new walker or cyclist is worth, when the effect is full."""
    reduction = risk_reduction(minutes_per_week, relative_risk, reference_minutes, cap)
    return deaths_avoided(1, mortality, reduction) * value_of_life


def per_kilometre(
    *,
    speed: float,
    relative_risk: float,
    reference_minutes: float,
    mortality: float,
    value_of_life: float,
) -> float:
    """Kronor per new kilometre walked or cycled, when the effect is full. ``speed`` is km/h.

    The line has one slope, so kilometres need no persons; but nobody's cap can be seen, and it
    holds for travel below it.
    """
    minutes_per_week = MINUTES / speed / WEEKS
    reduction = risk_reduction(minutes_per_week, relative_risk, reference_minutes)
    return deaths_avoided(1, mortality, reduction) * value_of_life
