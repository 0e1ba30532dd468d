"""A carbon budget: what each year may emit so that all years together emit the budget.

Four methods, side by side. E is the first year's emission, B the budget from that year on, and
t = 0, 1, 2 … the years since:

==================== =============================================================================
infinite_geometric   E (1 − r)^t without end, r = E/B. Örnsköldsvik's published 19,8 % a year
                     (Klimatkontrakt 2030, version 2025/26, section 5.1); the one that we begin with
finite_geometric     E q^t until a last year, q such that the years add up to B
linear               E − d t, as many tonnes less each year until zero, d such that they add up to B
exponential          a rate that begins at E and falls by e^(−E/B) a year, without end; a year emits
                     what the rate adds up to during it: the form that Klimatkollen has used
==================== =============================================================================

The share r is kept unrounded; with the rounded 19,8 % the path would miss the budget. Fossil CO2
and CO2e are different budgets and are never mixed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from model.errors import InvalidData

Method = Literal["infinite_geometric", "finite_geometric", "linear", "exponential"]
METHODS: tuple[Method, ...] = get_args(Method)
LAST_YEAR = 2050
HALVINGS = 200


@dataclass(frozen=True)
class BudgetPath:
    """A carbon budget used up: what each year may emit, in t.

    ``yearly_reduction`` is a share of the year before, ``yearly_tonnes`` of a straight line; None
    where the method has the other. ``left`` is what of the budget remains after each year, and
    ``ends`` the year after which nothing may be emitted, None without end.
    """

    method: Method
    years: tuple[int, ...]
    emissions: tuple[float, ...]
    left: tuple[float, ...]
    yearly_reduction: float | None = None
    yearly_tonnes: float | None = None
    ends: int | None = None


def carbon_budget_path(
    remaining: float,
    first_year: int,
    first_year_emission: float,
    last_year: int,
    method: Method = "infinite_geometric",
    end_year: int = LAST_YEAR,
) -> BudgetPath:
    """The path of one method from ``first_year`` to ``last_year``.

    ``remaining`` (t) is the budget from ``first_year`` on; ``end_year`` is the last year of the
    finite geometric path. InvalidData when the first year alone would use up the budget, or when
    the last year is not after the first.
    """
    if not 0 < first_year_emission < remaining:
        raise InvalidData(
            "The first year's emission is {first} t and the budget {budget} t: expected an emission"
            " above zero and below the budget.",
            first=first_year_emission,
            budget=remaining,
        )
    if method == "finite_geometric" and end_year <= first_year:
        raise InvalidData(
            "The budget runs from {first} to {last}: the last year comes later.",
            first=first_year,
            last=end_year,
        )
    step = np.arange(last_year - first_year + 1)
    end = end_year - first_year + 1
    emissions, left, told = _PATHS[method](float(remaining), float(first_year_emission), step, end)
    ends = told.pop("ends", None)
    return BudgetPath(
        method,
        tuple((first_year + step).tolist()),
        tuple(emissions.tolist()),
        tuple(left.tolist()),
        ends=None if ends is None else first_year + ends,
        **told,
    )


def _infinite_geometric(budget: float, first: float, step: np.ndarray, end: int):
    share = first / budget
    told = {"yearly_reduction": share}
    return first * (1 - share) ** step, budget * (1 - share) ** (step + 1), told


def _finite_geometric(budget: float, first: float, step: np.ndarray, end: int):
    """q is found by halving; sums of powers are added up, which holds at q = 1 too."""
    powers = np.arange(end)
    low, high = 0.0, max(1.0, budget / first)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        more = first * (middle**powers).sum() > budget
        low, high = (low, middle) if more else (middle, high)
    q = (low + high) / 2
    whole = first * q**powers
    emissions = np.where(step < end, first * q ** np.minimum(step, end - 1), 0.0)
    left = budget - np.cumsum(whole)[np.minimum(step, end - 1)]
    told = {"yearly_reduction": 1 - q, "ends": end - 1}
    return emissions, np.where(step < end - 1, left, 0.0), told


def _linear(budget: float, first: float, step: np.ndarray, end: int):
    """With n years above zero, n E − d n (n − 1)/2 = B; as d is at least E/n, B is at most
    E (n + 1)/2."""
    n = max(2, int(np.ceil(2 * budget / first - 1)))
    fall = 2 * (n * first - budget) / (n * (n - 1))
    emissions = np.maximum(first - fall * step, 0.0)
    counted = np.minimum(step + 1, n)
    left = budget - (counted * first - fall * counted * (counted - 1) / 2)
    told = {"yearly_tonnes": fall, "ends": n - 1}
    return emissions, np.where(step + 1 >= n, 0.0, left), told


def _exponential(budget: float, first: float, step: np.ndarray, end: int):
    rate = first / budget
    left = budget * np.exp(-rate * (step + 1))
    told = {"yearly_reduction": -float(np.expm1(-rate))}
    return budget * np.exp(-rate * step) - left, left, told


_PATHS: dict[Method, Callable] = {
    "infinite_geometric": _infinite_geometric,
    "finite_geometric": _finite_geometric,
    "linear": _linear,
    "exponential": _exponential,
}


@dataclass(frozen=True)
class RunOut:
    """When emissions have used up a budget: the ``year`` in which they pass it, None when they do
    not by ``until``; ``left`` (t) is then what remains. Both None where a year is not known.
    """

    year: int | None
    until: int
    left: float | None

    @property
    def known(self) -> bool:
        """Whether it can be said."""
        return self.year is not None or self.left is not None


def runs_out(
    remaining: float,
    from_year: int,
    years: Sequence[int],
    emissions: Sequence[float],
    *,
    gas: str,
    of_gas: str,
) -> RunOut:
    """The year in which a path of ``of_gas`` has emitted a budget of ``gas`` that counts from
    ``from_year``. Years before are not counted; a path that begins later says nothing.

    InvalidData when the gases differ.
    """
    if gas != of_gas:
        raise InvalidData(
            "The budget counts {gas} and the emissions {other}: they are never compared. Read in "
            "emissions of the budget's gas.",
            gas=gas,
            other=of_gas,
        )
    years = np.asarray(years)
    if not len(years) or years[0] > from_year:
        return RunOut(None, int(years[-1]) if len(years) else from_year, None)
    counted = years >= from_year
    used = np.cumsum(np.asarray(emissions, dtype=float)[counted])
    passed = np.flatnonzero(used > remaining)
    until = int(years[-1])
    unknown = np.flatnonzero(np.isnan(used))
    if len(passed):
        return RunOut(int(years[counted][passed[0]]), until, None)
    if len(unknown) or not len(used):
        return RunOut(None, until, None)
    return RunOut(None, until, float(remaining - used[-1]))
