"""From the whole need to what is new: done anyway, in the budget already, climate, and the rest.

The whole of a measure's expenditure is no measure of what climate work costs: part of it would have
been spent anyway, and part is in the ordinary budget already. Amounts are whole öre over all years
of the plan, and every step is what is left of the need after the one before it:

need = anyway + budgeted + not_said + new

What nobody has said stays unknown: where it is not said what would have been done anyway, what is
left after the budget is neither that nor new.
"""

from dataclasses import dataclass

import numpy as np

from model.money import scale
from model.owners import members, parts
from model.plan import Plan
from model.readings import Outcome

BUDGETED = ("paid", "decided", "planned")


@dataclass(frozen=True, eq=False)
class Bridge:
    """Each (measures,) in öre, of one actor group's part or of everybody's.

    ``anyway`` would have been invested without the measure. ``budgeted`` is already paid, decided
    or planned in the budget beyond that. ``not_said`` is left of measures that do not say what
    would have been done anyway (``unsaid``, mask), ``new`` of those that do. ``climate`` is the
    part of ``need`` that is climate, ``new_climate`` that of ``new``; ``climate_unsaid`` masks the
    measures that say nothing of it, which are in neither. ``avoided`` is investment that the
    measure makes needless, and stands beside. ``unknown`` masks measures without an amount.
    """

    need: np.ndarray
    anyway: np.ndarray
    budgeted: np.ndarray
    not_said: np.ndarray
    new: np.ndarray
    climate: np.ndarray
    new_climate: np.ndarray
    avoided: np.ndarray
    unsaid: np.ndarray
    climate_unsaid: np.ndarray
    unknown: np.ndarray

    def total(self, step: str) -> int:
        """The sum of a step over the measures."""
        return int(getattr(self, step).sum())

    @property
    def net(self) -> int:
        """The need less the investment that is avoided."""
        return self.total("need") - self.total("avoided")


def bridge(plan: Plan, outcome: Outcome, actor_group: str | None = "municipal_group") -> Bridge:
    """The bridge of an actor group's part (everybody's where None), with ``outcome``'s cover.

    Take the reading *planned*: it counts both what is decided and what is planned.
    """
    cover = outcome.cover
    in_budget = np.zeros(plan.size[1], dtype=np.int64)
    ours = np.isin(cover.status, BUDGETED)
    np.add.at(in_budget, cover.measure[ours], cover.amount[ours])
    whole = plan.need.mid.sum(axis=0)
    need = _part(plan, whole, actor_group)
    alternative, said = _alternative(plan, whole)
    anyway = np.minimum(_part(plan, alternative, actor_group), need)
    # What would have been done anyway is what the budget pays first.
    budgeted = np.clip(_part(plan, in_budget, actor_group) - anyway, 0, need - anyway)
    left = need - anyway - budgeted
    share, marked = plan.assets.climate_share, plan.assets.climate_marked
    # Marked as climate with no share said: the whole of it, as with a green share.
    share = np.where(np.isnan(share) & (marked >= 0), marked, share)
    unsaid = np.isnan(share)
    share = np.nan_to_num(share)
    new = np.where(said, left, 0)
    return Bridge(
        need=need,
        anyway=anyway,
        budgeted=budgeted,
        not_said=left - new,
        new=new,
        climate=scale(need, share),
        new_climate=scale(new, share),
        avoided=_part(plan, plan.avoided.mid.sum(axis=0), actor_group),
        unsaid=~said & (need > 0),
        climate_unsaid=unsaid & (need > 0),
        unknown=~plan.known & members(plan, actor_group),
    )


def _alternative(plan: Plan, whole: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What would have been invested without each measure, öre, and whether anybody has said."""
    stated = plan.assets.alternative
    by_more = np.maximum(whole - plan.incremental.mid.sum(axis=0), 0)
    anyway = np.where(plan.incremental_known, by_more, np.maximum(stated, 0))
    return np.minimum(anyway, whole), plan.incremental_known | (stated >= 0)


def _part(plan: Plan, amounts: np.ndarray, actor_group: str | None) -> np.ndarray:
    """A group's part of amounts (measures,) in öre."""
    if actor_group is None:
        return amounts
    of = parts(plan)
    chosen = of.actor_group == actor_group
    part = np.zeros_like(amounts)
    np.add.at(part, of.measure[chosen], of.of(amounts)[chosen])
    return part
