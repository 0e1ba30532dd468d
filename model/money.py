"""Money: kronor as Decimal with two decimals in files and tables, whole öre as int64 in arrays.

Rounding is half up (away from zero), and happens once, after a multiplication.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated

import numpy as np
from pydantic import BeforeValidator, Field, PlainSerializer

ORE = Decimal("0.01")


def _parse(value: object) -> object:
    if isinstance(value, bool) or (isinstance(value, float) and value != round(value, 2)):
        raise ValueError(f"{value!r} is no amount: expected kronor with at most two decimals")
    return Decimal(repr(value)) if isinstance(value, float) else value


Money = Annotated[
    Decimal,
    # Stated first, the bounds are checked in pydantic's core, which is much quicker.
    # The store counts öre in 18 digits of which two are decimals: 14 before the point.
    Field(max_digits=16, decimal_places=2),
    BeforeValidator(_parse),
    PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str, when_used="json"),
]


def to_ore(amount: Decimal | int | str) -> int:
    """Kronor to whole öre, half up. ValueError when it is no number."""
    try:
        return int((Decimal(amount) * 100).to_integral_value(ROUND_HALF_UP))
    except InvalidOperation as error:
        raise ValueError(f"{amount!r} is no amount in kronor") from error


def to_kronor(ore: int) -> Decimal:
    """Whole öre to kronor with two decimals, exactly."""
    return (Decimal(int(ore)) / 100).quantize(ORE)


def kronor_text(ore: int) -> str:
    """Whole öre as a decimal string in kronor (``"94667000.00"``), for JSON."""
    return str(to_kronor(ore))


def scale(ore: np.ndarray, factor: float | np.ndarray) -> np.ndarray:
    """``ore`` times ``factor`` in whole öre, half up. Same shape as the two broadcast together.

    A factor is taken to six decimals, so that the product is exact in 64 bits below 92 miljarder
    kronor per entry; what is larger raises OverflowError instead of wrapping round.
    """
    millionths = np.rint(np.asarray(factor, dtype=float) * 1_000_000).astype(np.int64)
    amounts = np.asarray(ore, dtype=np.int64)
    limit = np.iinfo(np.int64).max // 2
    if (np.abs(amounts.astype(float)) * np.abs(millionths) > limit).any():
        raise OverflowError("an amount times its factor does not fit whole öre in 64 bits")
    product = amounts * millionths
    return np.sign(product) * ((np.abs(product) + 500_000) // 1_000_000)


def split(total: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share ``total`` out pro rata to ``weights`` in whole öre, so that the parts add up exactly.

    ``weights`` is (parts, ...) and not negative, ``total`` is int64 of the remaining shape. A part
    of weight zero gets nothing and, as long as the weights are amounts that cover the total, no
    part gets more than its weight. Where all weights are zero every part is zero.
    """
    until = np.cumsum(weights, axis=0)
    whole = until[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        reached = np.where(whole > 0, until / whole, 0.0)
    # Rounding what is reached so far, not each part, makes the parts telescope to the total.
    rounded = np.floor(np.asarray(total) * reached + 0.5).astype(np.int64)
    rounded[-1] = np.where(whole > 0, total, 0)
    return np.diff(rounded, axis=0, prepend=0)
