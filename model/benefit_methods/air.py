"""What a kilo of air pollution costs: everywhere, and in the town where it is let out.

Local cost = factor × ventilation × √(people in the town) × value per exposure unit, as SIKA tables
it for Swedish towns (ASEK 4, 2006 prices). The town is the built-up area and not the municipality.
"""

import math


def exposure(ventilation: float, population: float, factor: float) -> float:
    """Exposure units per kilo let out in a town with so many people."""
    return factor * ventilation * math.sqrt(population)


def local_cost(
    ventilation: float, population: float, per_exposure: float, factor: float = 0.029
) -> float:
    """Kronor per kilo let out in the town, in the prices of ``per_exposure``."""
    return exposure(ventilation, population, factor) * per_exposure


def per_kilo(
    *,
    regional: float = 0.0,
    per_exposure: float = 0.0,
    ventilation: float | None = None,
    population: float | None = None,
    factor: float = 0.029,
) -> float:
    """Kronor per kilo: the regional effect, and the local one where the town is known."""
    if ventilation is None or population is None:
        return regional
    return regional + local_cost(ventilation, population, per_exposure, factor)
