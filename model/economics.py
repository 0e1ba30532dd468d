"""Whether a stream of money pays: present value, internal rate, payback, annuity, cost per tonne.

Flows are arrays of shape (years, measures), or (years,) for one; the first row is year 0, which is
not discounted, and each row is the end of its year. A rate is a share (0.035). Amounts may be in
any unit, results come in the same as floats: they are figures to compare measures by and nothing
that is booked. Where a figure does not exist it is NaN, with its reason.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.errors import InvalidData

Reason = Literal["", "no_root", "several_roots"]
# Internal rates are looked for from −95 % to 1 000 % a year. Where a stream turns more than once,
# roots are told apart that lie more than about one part in fifty of (1 + rate) from each other.
LOWEST, HIGHEST = 0.05, 11.0
GRID = np.geomspace(LOWEST, HIGHEST, 281)
MOST_STEPS = 200
# What is left of a present value at an internal rate, of the largest flow discounted there.
RESIDUAL = 1e-9


def discount_factors(years: int, rate: float) -> np.ndarray:
    """What a krona at the end of year 0, 1, … is worth in year 0. Shape (years,).

    InvalidData for a rate of −100 % or below, at which nothing is left to discount.
    """
    if not rate > -1:
        raise InvalidData("The rate {rate} cannot be used: expected above −1 (−100 %).", rate=rate)
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
    rate = np.full(flows.shape[1], np.nan)
    reason = np.full(flows.shape[1], "no_root", dtype=object)
    turns = _turns(flows)
    # By Descartes' rule a stream that turns once has exactly one root; only others need the grid.
    once, often = np.flatnonzero(turns == 1), np.flatnonzero(turns > 1)
    ends = np.array([LOWEST, HIGHEST])[:, None] ** -np.arange(len(flows), dtype=float)
    low, high = np.sign(ends @ flows[:, once])
    inside = low != high
    found = once[inside]
    _settle(rate, reason, flows, found, LOWEST, HIGHEST, low[inside])
    if len(often):
        signs = np.sign(GRID[:, None] ** -np.arange(len(flows), dtype=float) @ flows[:, often])
        changes = np.where(signs == 0, 1.0, signs)[1:] != np.where(signs == 0, 1.0, signs)[:-1]
        count = changes.sum(axis=0)
        reason[often[count > 1]] = "several_roots"
        single = count == 1
        at = changes[:, single].argmax(axis=0)
        below = signs[at, np.flatnonzero(single)]
        _settle(
            rate,
            reason,
            flows,
            often[single],
            GRID[at],
            GRID[at + 1],
            np.where(below == 0, 1.0, below),
        )
    return InternalRate(rate, reason)


def _turns(flows: np.ndarray) -> np.ndarray:
    """How often each stream changes its sign, whatever zeros lie between."""
    signs = np.sign(flows)
    last = np.zeros(flows.shape[1])
    turns = np.zeros(flows.shape[1], dtype=int)
    for row in signs:
        turns += row * last < 0
        last = np.where(row == 0, last, row)
    return turns


def _settle(rate, reason, flows, columns, low, high, sign) -> None:
    """Write the columns' only root between growth factors ``low`` and ``high`` into ``rate``."""
    if len(columns):
        # Picked columns come with their rows apart in memory, and the steps go row by row.
        chosen = np.ascontiguousarray(flows[:, columns])
        rate[columns] = _root(chosen, low, high, sign) - 1
        reason[columns] = ""


def _root(flows: np.ndarray, low, high, sign: np.ndarray) -> np.ndarray:
    """Growth factors between ``low`` and ``high`` where the value, ``sign`` at low, turns.

    Newton's steps on the logarithm of what comes in through what goes out, which is nearly a
    straight line in the logarithm of growth. They are kept inside the interval that the signs still
    allow: a step that would leave it halves it. ArithmeticError when a value is not brought to
    nothing.
    """
    both = np.stack([np.maximum(flows, 0), np.maximum(-flows, 0)], axis=1)
    # In discount factors, where the value is a polynomial; growth falls as they rise.
    most = np.broadcast_to(1 / np.asarray(low), sign.shape)
    least = np.broadcast_to(1 / np.asarray(high), sign.shape)
    at = np.clip(1.0, least, most)
    for _ in range(MOST_STEPS):
        (comes, goes), (more, less) = _values_and_slopes(both, at)
        same = np.sign(comes - goes) == sign
        most, least = np.where(same, at, most), np.where(same, least, at)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = at * np.exp(np.log(goes / comes) / (at * (more / comes - less / goes)))
        inside = (step >= least) & (step <= most)
        following = np.where(inside, step, np.sqrt(least * most))
        done = np.abs(following - at) <= 1e-14 * at
        at = following
        if done.all():
            break
    powers = np.ones_like(flows)
    powers[1:] = at
    terms = flows * np.multiply.accumulate(powers, axis=0)
    if (np.abs(terms.sum(axis=0)) > RESIDUAL * np.abs(terms).max(axis=0, initial=0)).any():
        raise ArithmeticError("an internal rate does not bring its present value to nothing")
    return 1 / at


def _values_and_slopes(flows: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The polynomials with these coefficients at these places, and their derivatives (Horner)."""
    value, slope = np.zeros(flows.shape[1:]), np.zeros(flows.shape[1:])
    for flow in flows[::-1]:
        slope *= at
        slope += value
        value *= at
        value += flow
    return value, slope


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
