"""The project's own kernels, as formulas of published figures call them: numbers in, a number out.

What the project calculates itself is recomputed by what it calculates with, and not by a copy.
"""

from collections.abc import Callable, Mapping

import numpy as np

from model import economics
from model.benefit_methods import air, health, jobs
from model.carbon_budget import carbon_budget_path
from model.errors import InvalidData
from model.green_impact import tonnes_per_million


def carbon_budget_reduction(remaining: float, first_year_emission: float) -> float:
    """The yearly share of the geometric path without end that uses up the budget exactly."""
    return carbon_budget_path(remaining, 0, first_year_emission, 0).yearly_reduction


def carbon_budget_left(remaining: float, first_year_emission: float, years: float) -> float:
    """What is left of the budget after so many years on that path, t."""
    return carbon_budget_path(remaining, 1, first_year_emission, round(years)).left[-1]


def pollution_cost(
    regional: float, per_exposure: float, ventilation: float, people: float, factor: float
) -> float:
    """Kronor per kilo let out in a town: the regional effect and the local one."""
    return air.per_kilo(
        regional=regional,
        per_exposure=per_exposure,
        ventilation=ventilation,
        population=people,
        factor=factor,
    )


def heat_benefit(
    people: float, minutes: float, risk: float, reference: float, mortality: float, value: float
) -> float:
    """Kronor a year that new walkers or cyclists are worth, by HEAT, when the effect is full."""
    reduction = health.risk_reduction(minutes, risk, reference)
    return health.deaths_avoided(people, mortality, reduction) * value


def present_value(invested: float, saving: float, years: float, rate: float) -> float:
    """Net present value of an investment in year 0 and an equal saving in each year after."""
    return economics.present_value(_flows(invested, saving, years), rate)


def internal_rate(invested: float, saving: float, years: float) -> float:
    """The rate at which the same is worth nothing."""
    return _one(economics.internal_rate(_flows(invested, saving, years)[:, None]).rate)


def payback(invested: float, saving: float, years: float) -> float:
    """Years until the savings have paid the investment."""
    return _one(economics.payback_years(_flows(invested, saving, years)))


def discounted_payback(invested: float, saving: float, years: float, rate: float) -> float:
    """The same with discounted savings."""
    return _one(economics.payback_years(_flows(invested, saving, years), rate))


def benefit_cost(invested: float, saving: float, years: float, rate: float) -> float:
    """Present value of the savings per krona invested."""
    benefits = economics.present_value(_flows(0, saving, years), rate)
    return _one(economics.benefit_cost_ratio(benefits, invested))


def net_benefit_per_krona(invested: float, saving: float, years: float, rate: float) -> float:
    """Net present value per krona invested."""
    value = present_value(invested, saving, years, rate)
    return _one(economics.net_benefit_per_krona(value, invested))


def annuity(invested: float, rate: float, years: float) -> float:
    """The equal yearly amount that the investment is worth."""
    return economics.annuity(invested, rate, years)


def cost_per_tonne(
    invested: float, saving: float, tonnes: float, years: float, rate: float
) -> float:
    """Levelised cost per tonne, tonnes discounted like money."""
    effect = _flows(0, tonnes, years)
    return _one(economics.cost_per_tonne(-_flows(invested, saving, years), effect, rate))


KERNELS: Mapping[str, Callable[..., float]] = {
    "carbon_budget_reduction": carbon_budget_reduction,
    "carbon_budget_left": carbon_budget_left,
    "tonnes_per_million": tonnes_per_million,
    "pollution_cost": pollution_cost,
    "heat_benefit": heat_benefit,
    "job_years": jobs.gross_job_years,
    "most_job_years": jobs.most_job_years,
    "present_value": present_value,
    "internal_rate": internal_rate,
    "payback": payback,
    "discounted_payback": discounted_payback,
    "benefit_cost": benefit_cost,
    "net_benefit_per_krona": net_benefit_per_krona,
    "annuity": annuity,
    "cost_per_tonne": cost_per_tonne,
}


def _flows(invested: float, saving: float, years: float) -> np.ndarray:
    return np.concatenate([[-invested], np.full(round(years), saving)])


def _one(figure) -> float:
    """The figure as a number. InvalidData where it does not exist."""
    number = float(np.asarray(figure).reshape(-1)[0])
    if np.isnan(number):
        raise InvalidData("The figure does not exist for these inputs: expected others.")
    return number
