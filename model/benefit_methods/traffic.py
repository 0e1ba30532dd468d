"""Accidents and noise."""

from collections.abc import Mapping

# Where a band of decibels begins: what a decibel is worth rises with the level.
NOISE_BANDS = (50, 55, 65)


def per_accident(
    *,
    deaths: float,
    severe: float,
    slight: float,
    value_of_life: float,
    value_of_severe: float,
    value_of_slight: float,
) -> float:
    """Kronor that an accident costs, by how many each injures: persons per accident."""
    return deaths * value_of_life + severe * value_of_severe + slight * value_of_slight


def noise(before: float, after: float, persons: float, values: Mapping[int, float]) -> float:
    """What it is worth a year that persons at ``before`` dB come to ``after`` dB.

    ``values`` are per decibel, person and year by the decibels where their band begins
    (``NOISE_BANDS``), in any currency. Below the first band nothing is counted; a higher level
    than before is worth less than nothing. ValueError where a band lacks its value.
    """
    missing = set(NOISE_BANDS) - set(values)
    if missing:
        raise ValueError(f"no value for the bands from {sorted(missing)} dB")
    quiet, loud = sorted((before, after))
    ends = (*NOISE_BANDS[1:], float("inf"))
    decibels = {
        since: max(0.0, min(loud, until) - max(quiet, since))
        for since, until in zip(NOISE_BANDS, ends, strict=True)
    }
    worth = persons * sum(values[since] * amount for since, amount in decibels.items())
    return worth if before >= after else -worth
