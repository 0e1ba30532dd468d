"""Price levels: real amounts to nominal kronor, because nominal is what money meets.

100 in 2026 prices that fall due in 2028, with an index that rises 3 % a year, are 106,09. The index
is the municipality's own series; where it does not reach, the amount stays as it is and is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.money import scale


@dataclass(frozen=True)
class Converted:
    """``amounts`` are the columns low, mid and high in nominal öre; ``failed`` masks the rows
    that are real and for which the index lacks a year."""

    amounts: dict[str, np.ndarray]
    failed: np.ndarray


def to_nominal(rows: Mapping[str, np.ndarray], index: Mapping[int, float]) -> Converted:
    """Convert the rows' ``low``, ``mid`` and ``high`` (öre) from ``price_year`` to ``year``.

    Rows are columns of one length with ``is_real``, ``price_year`` and ``year``; ``index`` gives
    the price level by year, on any base.
    """
    real = rows["is_real"].astype(bool)
    factor = np.ones(len(real))
    failed = np.zeros(len(real), dtype=bool)
    for row in np.flatnonzero(real):
        due, based = index.get(int(rows["year"][row])), index.get(int(rows["price_year"][row]))
        if due is None or based is None:
            failed[row] = rows["year"][row] != rows["price_year"][row]
        else:
            factor[row] = due / based
    levels = ("low", "mid", "high")
    if not real.any():
        return Converted({level: rows[level] for level in levels}, failed)
    return Converted({level: scale(rows[level], factor) for level in levels}, failed)
