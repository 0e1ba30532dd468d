"""Whose a measure is: the municipal group's part of it, and whether anybody has said."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from model.plan import Plan
from model.rows import Measure

if TYPE_CHECKING:
    from model.entries import Owner

MILLION = 1_000_000
GROUP = "municipal_group"
# A measure of these is paid by taxes unless it says another form of financing.
TAX_OWNERS = ("municipality", "region", "state")


def group_part(plan: Plan) -> np.ndarray:
    """The municipal group's part of each measure, 0 to 1; 0 where the split is not known."""
    part = (plan.tags["actor_group"] == GROUP).astype(float)
    shares = plan.owner_shares
    part[shares.measure] = 0
    ours = shares.actor_group == GROUP
    np.add.at(part, shares.measure[ours], shares.share[ours] / MILLION)
    return part


def actor_group(owner: str, owner_kind: str, owners: "Mapping[str, Owner]") -> str:
    """The headline's line: the municipal group, other actors, or shared between them.

    The owner says it where one is named. A public measure with several owners counts as the
    group's, a private one as other actors', and one whose split nobody knows as shared.
    """
    known = owners.get(owner)
    if known and known.actor_group != "shared":
        return known.actor_group
    return {"public": GROUP, "private": "other"}.get(owner_kind, "shared")


def group_share(measure: Measure, owners: "Mapping[str, Owner]") -> Decimal | None:
    """The municipal group's share of a measure as it was entered; None where nobody has said."""
    if measure.owner_shares:
        ours = (
            part.share
            for part in measure.owner_shares
            if part.owner in owners and owners[part.owner].actor_group == GROUP
        )
        return sum(ours, Decimal(0))
    group = actor_group(measure.owner, measure.owner_kind or "", owners)
    return {GROUP: Decimal(1), "other": Decimal(0)}.get(group)


def split_unknown(plan: Plan) -> np.ndarray:
    """Mask of the measures with several owners whose shares nobody has stated."""
    mask = plan.tags["actor_group"] == "shared"
    mask[plan.owner_shares.measure] = False
    return mask


def members(plan: Plan, actor_group: str | None) -> np.ndarray:
    """Mask of the measures that the group has a part in; of all where None."""
    if actor_group is None:
        return np.ones(plan.size[1], dtype=bool)
    shares = plan.owner_shares
    mask = plan.tags["actor_group"] == actor_group
    mask[np.unique(shares.measure)] = False
    mask[shares.measure[(shares.actor_group == actor_group) & (shares.share > 0)]] = True
    return mask


@dataclass(frozen=True, eq=False)
class Parts:
    """Every measure as parts of owners, by measure: its known shares, or the whole of it.

    A part is what lies between ``since`` and ``until`` millionths of its measure.
    """

    measure: np.ndarray
    owner: np.ndarray
    owner_kind: np.ndarray
    actor_group: np.ndarray
    since: np.ndarray
    until: np.ndarray

    def take(self, chosen: np.ndarray) -> "Parts":
        """Some of the parts (mask or indices)."""
        return Parts(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def of(self, amounts: np.ndarray) -> np.ndarray:
        """(..., measures) in öre shared out as (..., parts), which add up to the whole.

        What is reached so far is rounded down, as in ``store/sql/breakdown``.
        """
        shared_out = amounts[..., self.measure]
        shared = self.until - self.since < MILLION
        if shared.any():
            since, until = self.since[shared], self.until[shared]
            whole, rest = np.divmod(shared_out[..., shared], MILLION)
            reached = rest * until // MILLION - rest * since // MILLION
            shared_out[..., shared] = whole * (until - since) + reached
        return shared_out


def parts(plan: Plan) -> Parts:
    """The measures of a plan as parts of their owners."""
    shares = plan.owner_shares
    whole = np.flatnonzero(~np.isin(np.arange(plan.size[1]), shares.measure))
    measure = np.concatenate([whole, shares.measure]).astype(np.int64)
    share = np.concatenate([np.full(len(whole), MILLION), shares.share])
    order = np.argsort(measure, kind="stable")
    # Every measure's shares add up to a million, so the sum so far says where each part begins.
    until = np.cumsum(share[order])
    since = until - share[order]
    start = since // MILLION * MILLION
    owner, owner_kind, actor_group = (
        np.concatenate([plan.tags[name][whole], getattr(shares, name)])[order]
        for name in ("owner", "owner_kind", "actor_group")
    )
    return Parts(measure[order], owner, owner_kind, actor_group, since - start, until - start)


def of_group(plan: Plan, amounts: np.ndarray) -> np.ndarray:
    """The municipal group's part of ``amounts`` (..., measures) in öre, of the same shape."""
    of = parts(plan)
    ours = of.take(of.actor_group == GROUP)
    found = np.zeros_like(amounts)
    np.add.at(found.T, ours.measure, ours.of(amounts).T)
    return found


def tax_part(plan: Plan) -> np.ndarray:
    """The part of each measure that taxes pay, 0 to 1; NaN where nobody has said who pays.

    What is financed by fees is not. The municipality, a region and the state pay by taxes and a
    company does when the measure says so.
    """
    of = parts(plan)
    form = plan.tags["financing_form"][of.measure]
    paid = (form == "tax") & (of.owner_kind == "public")
    paid |= (form == "") & np.isin(of.owner, TAX_OWNERS)
    share = np.zeros(plan.size[1])
    np.add.at(share, of.measure, paid * (of.until - of.since) / MILLION)
    unsaid = (plan.tags["financing_form"] == "") & ~np.isin(
        np.arange(plan.size[1]), plan.owner_shares.measure
    )
    unsaid &= np.isin(plan.tags["owner"], ("", "mixed")) & (plan.tags["owner_kind"] != "private")
    return np.where(unsaid, np.nan, share)
