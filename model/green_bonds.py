"""What could be financed green: the plan's eligible expenditure, by category.

This is a screening of plans, before any committee has approved a project and before money is spent;
what may be reported as allocated is a later and smaller figure. One-off operating expenditure is
never eligible, other actors' expenditure is not the municipality's to finance, and grants are
deducted.
"""

from dataclasses import dataclass

import numpy as np

from model.money import scale
from model.plan import Plan
from model.readings import Outcome


@dataclass(frozen=True)
class PoolRow:
    """One green category, whole öre. ``eligible`` is green expenditure less ``grants``.

    ``spent`` is the part of the green expenditure already paid. ``share_assumed`` counts measures
    whose green share nobody has stated, taken as the whole. ``measures`` are indices into the plan.
    """

    category: str
    expenditure: int
    grants: int
    eligible: int
    spent: int
    share_assumed: int
    measures: tuple[int, ...]


def green_pool(plan: Plan, outcome: Outcome) -> list[PoolRow]:
    """Screened green expenditure by category, the largest first; other actors' left out."""
    need, paid = outcome.need.sum(axis=0), plan.paid.sum(axis=0)
    share = np.where(np.isnan(plan.green_share), 1.0, plan.green_share)
    cover = outcome.cover
    by_grants = np.zeros_like(need)
    from_grants = np.isin(cover.status, ["granted", "applied", "idea"])
    np.add.at(by_grants, cover.measure[from_grants], cover.amount[from_grants])
    candidate = (plan.tags["actor_group"] != "other") & (need > 0)
    categories = plan.tags["green_category"]
    rows = []
    for category in sorted(set(categories[candidate]) - {""}):
        chosen = np.flatnonzero(candidate & (categories == category))
        green = scale(need[chosen], share[chosen])
        # Grants and green finance together never exceed a project's green expenditure.
        eligible = np.maximum(green - by_grants[chosen], 0)
        rows.append(
            PoolRow(
                category=category,
                expenditure=int(green.sum()),
                grants=int((green - eligible).sum()),
                eligible=int(eligible.sum()),
                spent=int(np.minimum(paid[chosen], green).sum()),
                share_assumed=int(np.isnan(plan.green_share[chosen]).sum()),
                measures=tuple(chosen.tolist()),
            )
        )
    return sorted(rows, key=lambda row: -row.expenditure)
