"""What green finance reports of its impact: the financed share of a yearly effect, pro rata.

The principles are those of the Nordic Position Paper on Green Bonds Impact Reporting (2020): yearly
impact, the share financed, reduced and avoided apart, the denominator printed. Shares are exact
fractions; tonnes are floats and no money.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from model.rows import Effect, Measure

ELECTRICITY = ("electricity_saved", "electricity_produced")
# What a report calls energy; electricity is part of what it stands in, and is not added to it.
ENERGY = ("energy_saved", "renewable_energy", "biogas_produced")
TONNES = "co2e_reduction"
GRAMS_PER_KWH_TO_TONNES_PER_MWH = Fraction(1, 1000)


@dataclass(frozen=True)
class Yearly:
    """What a measure does in a year, before it happens (ex ante). None: not known.

    ``tonnes`` is by the chosen grid factor where the measure states ``electricity`` in MWh
    (``by_factor``), and otherwise as the plan states it (``stated``). ``unclear`` are tonnes that
    nobody has said come every year, which are not reported; ``shared`` says that the effect is
    another measure's too and counted there.
    """

    tonnes: float | None
    stated: float | None
    by_factor: bool
    electricity: float | None
    energy: float | None
    indicators: tuple[tuple[str, float], ...]
    unclear: float | None = None
    shared: bool = False


def financed_shares(
    outstanding: Sequence[int | None], denominator: int | None
) -> list[Fraction | None]:
    """Each lender's share of a project, which never add up to more than the whole.

    ``denominator`` is the project's cost in öre, gross or net of grants (:func:`whole`). None where
    one of the two is not known, or is zero.
    """
    divisor = whole(outstanding, denominator)
    if not divisor:
        return [None] * len(outstanding)
    return [None if amount is None else Fraction(amount, divisor) for amount in outstanding]


def whole(outstanding: Sequence[int | None], denominator: int | None) -> int | None:
    """What shares are taken of: the project's cost, or the loans together where they are larger, so
    that each share then shrinks alike."""
    if denominator is None:
        return None
    return max(denominator, sum(amount for amount in outstanding if amount is not None))


def reported(yearly: float | None, share: Fraction | None) -> float | None:
    """The part of a yearly impact that is reported."""
    if yearly is None or share is None:
        return None
    return float(Fraction(yearly).limit_denominator(10**9) * share)


def tonnes_per_million(
    tonnes: Decimal | float, amount_sek: Decimal | int, financed: Decimal
) -> float:
    """Tonnes a year per million kronor, where the tonnes cover the share ``financed`` of the
    amount: as Kommuninvest counted for 2020. The method changed in 2024."""
    million = Fraction(str(amount_sek)) * Fraction(str(financed)) / 1_000_000
    return float(Fraction(str(tonnes)) / million)


def yearly(measures: Iterable[Measure], grid_factor: Decimal | None = None) -> dict[str, Yearly]:
    """Every measure's yearly effects by id. ``grid_factor`` in g CO2e/kWh restates electricity.

    An effect that several measures share is the first one's.
    """
    seen: set[tuple[str, str]] = set()
    found = {}
    for measure in measures:
        groups = {(row.indicator, row.effect_group) for row in measure.effects if row.effect_group}
        found[measure.id] = _yearly(measure, seen, grid_factor)
        seen |= groups
    return found


def _yearly(measure: Measure, seen: set[tuple[str, str]], grid_factor: Decimal | None) -> Yearly:
    own = [row for row in measure.effects if (row.indicator, row.effect_group) not in seen]
    every_year = [row for row in own if row.basis == "per_year"]
    stated = _sum(every_year, (TONNES,))
    electricity = _sum(every_year, ELECTRICITY)
    by_factor = grid_factor is not None and electricity is not None
    tonnes = stated
    if by_factor:
        factor = Fraction(grid_factor) * GRAMS_PER_KWH_TO_TONNES_PER_MWH
        tonnes = electricity * factor
    others = [
        (row.indicator, float(row.mid))
        for row in own
        if row.indicator not in (TONNES, *ENERGY, *ELECTRICITY)
        and row.mid is not None
        and row.basis != "unclear"
    ]
    return Yearly(
        _float(tonnes),
        _float(stated),
        by_factor,
        _float(electricity),
        _float(_sum(every_year, ENERGY)),
        tuple(others),
        _float(_sum([row for row in own if row.basis == "unclear"], (TONNES,))),
        shared=any(row.indicator == TONNES for row in measure.effects if row not in own),
    )


def _sum(effects: Iterable[Effect], indicators: Sequence[str]) -> Fraction | None:
    amounts = [
        Fraction(row.mid) for row in effects if row.indicator in indicators and row.mid is not None
    ]
    return sum(amounts, Fraction(0)) if amounts else None


def _float(amount: Fraction | None) -> float | None:
    return None if amount is None else float(amount)
