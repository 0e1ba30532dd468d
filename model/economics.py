"""Whether a stream of money pays: present value, internal rate, payback, annuity, cost per tonne.

Flows are arrays of shape (years, measures), or (years,) for one; the first row is year 0, which is
not discounted, and each row is the end of its year. A rate is a share (0.035). Amounts may be in
any unit, results come in the same as floats: they are figures to compare measures by and nothing
that is booked. Where a figure does not exist it is NaN, with its reason.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Reason = Literal["", "no_root", "several_roots"]
# Internal rates are looked for from −99 % to 1 000 % a year; the grid tells roots apart that lie
# more than about one part in forty of (1 + rate) from each other.
LOWEST, HIGHEST = 0.01, 11.0
GRID = np.geomspace(LOWEST, HIGHEST, 281)
HALVINGS = 60
# What is left of a present value at an internal rate, of the largest flow discounted there.
RESIDUAL = 1e-9


def discount_factors(years: int, rate: float) -> np.ndarray:
    """What a krona at the end of year 0, 1, … is worth in year 0. Shape (years,)."""
    return (1.0 + rate) ** -np.arange(years, dtype=float)


def present_value(flows: np.ndarray, rate: float) -> np.ndarray:
    """Net present value in year 0. Shape (measures,), or a number for one stream."""
    flows = np.asarray(flows, dtype=float)
    return discount_factors(len(flows), rate) @ flows


def annuity(principal: np.ndarray | float, rate: float, years: np.ndarray | int) -> np.ndarray:
    """The equal yearly amount, at the end of each of ``years``, that is worth ``principal``."""
    years = np.asarray(years, dtype=float)
    if rate == 0:
        return principal / years
    return principal * rate / -np.expm1(-years * np.log1p(rate))


@dataclass(frozen=True)
class InternalRate:
    """The rate at which a stream is worth nothing, and why there is none where it is NaN."""

    rate: np.ndarray
    reason: np.ndarray


def internal_rate(flows: np.ndarray) -> InternalRate:
    """The internal rates of streams of shape (years, measures).

    A stream that never turns has none (*no_root*). One that turns more than once may have several,
    and then none of them says whether it pays (*several_roots*).
    """
    flows = np.asarray(flows, dtype=float)
    powers = GRID[:, None] ** -np.arange(len(flows), dtype=float)
    values = powers @ flows
    signs = np.where(values == 0, 1.0, np.sign(values))
    turns = signs[1:] != signs[:-1]
    count = turns.sum(axis=0)
    count = np.where((flows != 0).any(axis=0), count, 0)
    found = count == 1
    at = turns[:, found].argmax(axis=0)
    growth = _bisect(flows[:, found], GRID[at], GRID[at + 1], signs[at, np.flatnonzero(found)])
    rate = np.full(flows.shape[1], np.nan)
    rate[found] = growth - 1
    reason = np.where(found, "", np.where(count == 0, "no_root", "several_roots")).astype(object)
    return InternalRate(rate, reason)


def _bisect(flows: np.ndarray, low: np.ndarray, high: np.ndarray, sign: np.ndarray) -> np.ndarray:
    """Growth factors between ``low`` and ``high`` where the value, ``sign`` at low, turns."""
    exponents = -np.arange(len(flows), dtype=float)[:, None]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = np.sign((flows * middle**exponents).sum(axis=0)) == sign
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    middle = (low + high) / 2
    terms = flows * middle**exponents
    left = np.abs(terms.sum(axis=0))
    if (left > RESIDUAL * np.abs(terms).max(axis=0, initial=0)).any():
        raise ArithmeticError("an internal rate does not bring its present value to nothing")
    return middle


def payback_years(flows: np.ndarray, rate: float = 0.0) -> np.ndarray:
    """Years until what came in has paid what went out, within the year by even flow.

    With a rate the flows are discounted first. NaN where that never happens or the sum turns
    negative again afterwards.
    """
    flows = np.asarray(flows, dtype=float)
    discounted = flows * discount_factors(len(flows), rate).reshape(-1, *[1] * (flows.ndim - 1))
    so_far = np.cumsum(discounted, axis=0)
    unpaid = so_far < 0
    # The first year of the last stretch in which everything is paid.
    last_unpaid = len(flows) - 1 - unpaid[::-1].argmax(axis=0)
    year = np.where(unpaid.any(axis=0), last_unpaid + 1, 0)
    inside = np.minimum(year, len(flows) - 1)
    index = np.expand_dims(inside, 0)
    gained = np.take_along_axis(discounted, index, axis=0)[0]
    over = np.take_along_axis(so_far, index, axis=0)[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        years = np.where(year == 0, 0.0, inside - over / gained)
    return np.where(year < len(flows), years, np.nan)


def benefit_cost_ratio(benefits: np.ndarray, costs: np.ndarray) -> np.ndarray:
    """Present value of benefits per krona of costs, both positive; NaN without costs."""
    costs = np.asarray(costs, dtype=float)
    return np.divide(benefits, costs, out=np.full(costs.shape, np.nan), where=costs > 0)


def net_benefit_per_krona(net_present_value: np.ndarray, invested: np.ndarray) -> np.ndarray:
    """*Nettonuvärdeskvot*: net present value per krona of ``invested``; NaN without any.

    With the investment alone it is NNK-i; with operation and maintenance added, NNK-idu. The tax
    factor belongs in both the net present value and what is invested (ASEK chapter 5).
    """
    return benefit_cost_ratio(net_present_value, invested)


def cost_per_tonne(costs: np.ndarray, tonnes: np.ndarray, rate: float) -> np.ndarray:
    """Levelised cost: present value of net ``costs`` (positive) per tonne discounted like money.

    Below zero it ranks measures wrongly (a larger saving of tonnes looks worse), so they are
    ranked by present value: Taylor (2012); Kesicki and Ekins (2012). NaN without tonnes.
    """
    return benefit_cost_ratio(present_value(costs, rate), present_value(tonnes, rate))
