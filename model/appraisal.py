"""Whether measures pay: every figure of :mod:`model.economics` for many streams at once.

A figure that does not exist is NaN with its reason. Amounts are real kronor, floats: figures to
compare by, and nothing that is booked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.economics import (
    annuity,
    benefit_cost_ratio,
    discount_factors,
    internal_rate,
    payback_years,
)
from model.plan import Plan
from model.prices import Deflator
from model.streams import INVESTED, VALUED, Streams, UnitValue, View

# The figures, in the order in which they are shown.
FIGURES = (
    "net_present_value",
    "internal_rate",
    "benefit_cost_ratio",
    "net_benefit_invested",
    "net_benefit_invested_and_run",
    "payback",
    "discounted_payback",
    "annuity",
    "cost_per_tonne",
)
PACKAGES = (
    "sector",
    "owner",
    "department",
    "district",
    "green_category",
    "financing_form",
    "readiness",
)


@dataclass(frozen=True, eq=False)
class Economics:
    """Every figure, (columns,); NaN where ``reasons`` of that figure says why.

    =============================  ==============================================================
    net_present_value              kronor in year 0
    internal_rate                  the rate at which it is nothing (no_root, several_roots)
    benefit_cost_ratio             present value of what comes in per krona of what goes out:
                                   investment net of grants and of what it saves investing, and
                                   higher running cost
    net_benefit_invested           NNK-i: net present value per krona invested, net
    net_benefit_invested_and_run   NNK-idu: the same per krona invested and of higher running cost
    payback, discounted_payback    years from year 0 (not_within_life)
    annuity                        the net present value as an equal amount every year of the life
    cost_per_tonne                 net cost per tonne CO2e, tonnes discounted like money
    =============================  ==============================================================

    ``invested``, ``running`` and ``benefits`` are the present values that the ratios are made of,
    ``tonnes`` the discounted and ``tonnes_a_year`` those of the best year.
    """

    net_present_value: np.ndarray
    internal_rate: np.ndarray
    benefit_cost_ratio: np.ndarray
    net_benefit_invested: np.ndarray
    net_benefit_invested_and_run: np.ndarray
    payback: np.ndarray
    discounted_payback: np.ndarray
    annuity: np.ndarray
    cost_per_tonne: np.ndarray
    invested: np.ndarray
    running: np.ndarray
    benefits: np.ndarray
    abatement: np.ndarray
    tonnes: np.ndarray
    tonnes_a_year: np.ndarray
    reasons: Mapping[str, np.ndarray]


def judge(streams: Streams, rate: float) -> Economics:
    """Every figure of every column at a real rate. InvalidData for −100 % or below."""
    net = streams.net
    factors = discount_factors(len(net), rate)

    def present(flows: np.ndarray) -> np.ndarray:
        # Not a matrix product: for products this small its threads wait longer than they work.
        return np.einsum("t,tm->m", factors, flows)

    worth = {name: present(part) for name, part in streams.parts.items()}
    value = sum(worth.values())
    # A net investment of nothing or less (grants cover all of it) is nothing to divide by.
    invested = -sum(worth[name] for name in INVESTED)
    running = -(worth["running_higher"] + worth["running_tax"])
    benefits = worth["running_lower"] + sum(worth[name] for name in VALUED)
    found = internal_rate(net)
    abatement, tonnes = present(streams.abatement), present(streams.tonnes)
    with np.errstate(divide="ignore", invalid="ignore"):
        yearly = annuity(value, rate, np.where(streams.end > 0, streams.end, np.nan))
    figures = {
        "net_present_value": value,
        "internal_rate": found.rate,
        "benefit_cost_ratio": np.where(
            invested > 0, benefit_cost_ratio(benefits, invested + running), np.nan
        ),
        "net_benefit_invested": benefit_cost_ratio(value, invested),
        "net_benefit_invested_and_run": np.where(
            invested > 0, benefit_cost_ratio(value, invested + running), np.nan
        ),
        "payback": payback_years(net),
        "discounted_payback": payback_years(net, rate),
        "annuity": yearly,
        "cost_per_tonne": benefit_cost_ratio(abatement, tonnes),
    }
    why = {
        "internal_rate": found.reason,
        "payback": "not_within_life",
        "discounted_payback": "not_within_life",
        "cost_per_tonne": np.where(streams.tonnes_reason == "", "no_tonnes", streams.tonnes_reason),
    }
    unknown = streams.reason != ""
    reasons = {}
    figures["cost_per_tonne"][streams.tonnes_reason != ""] = np.nan
    for name, figure in figures.items():
        figures[name] = np.where(unknown, np.nan, figure)
        missing = np.isnan(figures[name])
        own = np.where(missing, why.get(name, "nothing_invested"), "")
        reasons[name] = np.where(unknown, streams.reason, own).astype(object)
    return Economics(
        **figures,
        invested=invested,
        running=running,
        benefits=benefits,
        abatement=abatement,
        tonnes=tonnes,
        tonnes_a_year=streams.tonnes.max(axis=0, initial=0),
        reasons=reasons,
    )


@dataclass(frozen=True, eq=False)
class Appraisal:
    """A plan's measures in one view at one rate, and the packages that they make up.

    ``values`` are what effects are worth, empty but in society's view.
    """

    plan: Plan
    view: View
    rate: float
    tax_factor: float
    prices: Deflator
    values: tuple[UnitValue, ...]
    streams: Streams

    @cached_property
    def measures(self) -> Economics:
        """Every measure's figures."""
        return judge(self.streams, self.rate)

    def package(self, members: np.ndarray) -> tuple[Streams, Economics]:
        """What masks (measures, packages) make up, and their figures."""
        together = self.streams.packages(np.asarray(members, dtype=bool))
        return together, judge(together, self.rate)

    @cached_property
    def whole(self) -> tuple[Streams, Economics]:
        """Every measure that is known, together: one column."""
        return self.package(np.ones((self.plan.size[1], 1), dtype=bool))

    def by(self, tag: str) -> tuple[list[str], Streams, Economics]:
        """Packages by a tag of ``PACKAGES``: its keys, streams and figures."""
        keys = sorted(set(self.plan.tags[tag].tolist()))
        members = np.column_stack([self.plan.tags[tag] == key for key in keys] or [[]])
        return (keys, *self.package(members))

    @cached_property
    def joint(self) -> tuple[Streams, Economics]:
        """Measures that share an effect, together: one column for each shared effect."""
        joint = self.streams.joint
        groups = np.unique(joint[joint >= 0])
        return self.package(joint[:, None] == groups[None, :])
