"""What measures cost against what they are worth, and who pays for whose gain.

Pure. Present values in real kronor at the plan's calculation rate, from society's streams
(:mod:`model.streams`) and the benefits that count (:mod:`model.benefits`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.appraisal import Appraisal
from model.benefits import Benefits, ValuedBenefit
from model.economics import discount_factors
from model.owners import GROUP, MILLION, parts
from model.streams import INVESTED

OWNER = "owner"
COSTS = ("running_higher", "running_lower", "running_tax")


@dataclass(frozen=True)
class Balance:
    """Costs and benefits of the ``measures`` of which both are known, kronor of present value.

    ``investment`` is net of what it saves investing, ``running`` the change in running cost; both
    are positive where they cost. ``benefits`` are by category, largest first.
    """

    investment: float
    running: float
    benefits: Mapping[str, float]
    measures: int
    all_measures: int

    @property
    def net(self) -> float:
        """What is left when benefits have paid the costs."""
        return sum(self.benefits.values()) - self.investment - self.running


@dataclass(frozen=True)
class Payer:
    """An owner who invests, and what whom gains by those measures: kronor of present value.

    ``invests`` is net of what it saves investing, of the measures whose cost is known. Shares that
    nobody has stated stand under ``mixed``.
    """

    owner: str
    invests: float
    gains: Mapping[str, float]
    without_cost: int


def balance(found: Benefits, society: Appraisal) -> Balance:
    """Costs against benefits, of the measures that society's appraisal knows whole."""
    counted = society.whole[0].counted[:, 0]
    present = _present(society)
    by_category: dict[str, float] = {}
    for each in found.of(kind="society"):
        worth = float(found.by_measure(each)[counted].sum())
        if worth:
            category = each.benefit.category
            by_category[category] = by_category.get(category, 0.0) + worth
    return Balance(
        investment=-float(present(*INVESTED)[counted].sum()),
        running=-float(present(*COSTS)[counted].sum()),
        benefits=dict(sorted(by_category.items(), key=lambda pair: -pair[1])),
        measures=int(counted.sum()),
        all_measures=len(counted),
    )


def payers(found: Benefits, society: Appraisal) -> tuple[Payer, ...]:
    """Owner × who gains, those who invest most first."""
    plan, shared_out = found.plan, parts(found.plan)
    share = (shared_out.until - shared_out.since) / MILLION
    invested = -_present(society)(*INVESTED) * plan.known
    ours = shared_out.actor_group == GROUP
    owners: dict[str, dict[str, float]] = {}
    for each in found.added:
        worth = found.by_measure(each)[shared_out.measure] * share
        for part in np.flatnonzero(worth):
            gains = owners.setdefault(str(shared_out.owner[part]), {})
            who = beneficiary(each, bool(ours[part]))
            gains[who] = gains.get(who, 0.0) + float(worth[part])
    paid = invested[shared_out.measure] * share
    listed = []
    for owner in dict.fromkeys(shared_out.owner.tolist()):
        theirs = shared_out.owner == owner
        measures = np.unique(shared_out.measure[theirs])
        unknown = int((~plan.known[measures]).sum())
        row = Payer(owner, float(paid[theirs].sum()), owners.get(owner, {}), unknown)
        if row.invests or row.gains:
            listed.append(row)
    return tuple(sorted(listed, key=lambda row: -row.invests))


def beneficiary(each: ValuedBenefit, municipal: bool) -> str:
    """Who gains: money is the owner's, whoever that is; value to society is whose data says."""
    if each.benefit.kind == "society" or municipal:
        return each.benefit.beneficiary
    return OWNER


def _present(society: Appraisal):
    """A function of names of parts: their present value by measure."""
    factors = discount_factors(len(society.streams.tonnes), society.rate)

    def of(*names: str) -> np.ndarray:
        return sum(factors @ society.streams.parts[name] for name in dict.fromkeys(names))

    return of
