"""What the rules of funding look at: measures and their grants as a scenario would have them.

Amounts come from the plan's arrays, whole öre; what no array holds (dates, basis of aid, lifetime)
from the measures as they are stored. A grant that the scenario adds has no ``row``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from model.emissions import standing
from model.entries import Funding
from model.owners import MILLION
from model.plan import Plan
from model.readings import effective_payments
from model.reference import Reference
from model.rows import Grant, Measure
from model.years import is_calendar_year

KILO = 1000


@dataclass(frozen=True)
class Support:
    """One grant. ``stated`` is what its payments sum to, ``amount`` what the lower-of rule leaves.

    ``eligible`` and ``share`` are None where not stated; ``payments`` are by year.
    """

    id: str
    source: str
    scheme: Funding | None
    status: str
    stated: int
    amount: int
    eligible: int | None
    share: float | None
    payments: Mapping[int, int]
    row: Grant | None

    @property
    def public(self) -> bool:
        """From the state or the EU."""
        return self.scheme is not None and self.scheme.public

    @property
    def state_aid(self) -> bool:
        """State aid, when an undertaking gets it."""
        return self.scheme is not None and self.scheme.state_aid

    @property
    def aid_basis(self) -> str:
        """By which rule it is lawful; empty where not said."""
        return self.row.aid_basis if self.row else ""

    @property
    def applied_on(self) -> date | None:
        """The day of the application, where a whole date is stated."""
        return day(self.row.applied_on) if self.row else None

    @property
    def decided_on(self) -> date | None:
        """The day of the decision, where a whole date is stated."""
        return day(self.row.decided_on) if self.row else None

    @property
    def year(self) -> int | None:
        """The first calendar year with a payment."""
        return min((year for year in self.payments if is_calendar_year(year)), default=None)

    @property
    def day(self) -> date | None:
        """The day by which the source's shares are judged: of decision, application, or the end
        of the first year with a payment."""
        stated = self.decided_on or self.applied_on
        return stated or (date(self.year, 12, 31) if self.year else None)


@dataclass(frozen=True)
class Subject:
    """One measure. ``investment`` and ``one_off`` are expenditure in mid, ``paid`` the part of the
    investment that is paid, ``own`` the appropriations decided and planned, all whole öre.

    ``owners`` are (key, millionths); empty where nobody has said who owns it. ``known`` is false
    when no expenditure at all is stated. ``co2e_kg`` is (low, mid, high) of the whole lifetime.
    """

    place: int
    id: str
    name: str
    owners: tuple[tuple[str, int], ...]
    sector: str
    readiness: str
    in_service: int
    investment: int
    one_off: int
    paid: int
    own: int
    known: bool
    lower_bound: bool
    tonnes_a_year: tuple[float, float, float] | None
    tonnes_once: tuple[float, float, float] | None
    row: Measure
    supports: tuple[Support, ...]

    @property
    def cost(self) -> int:
        """Investment and one-off operating expenditure."""
        return self.investment + self.one_off

    @property
    def undertaking(self) -> str:
        """Who it is that gets the aid: company or department, as far as anybody has said."""
        return self.row.department or self.row.responsible or self.name

    @property
    def lifetime(self) -> int | None:
        """Years in use."""
        return self.row.lifetime_years

    @property
    def paid_before_plan(self) -> bool:
        """Something is paid already."""
        return self.paid > 0 or any(each.paid for each in self.row.expenditures)

    @cached_property
    def co2e_kg(self) -> tuple[float, float, float] | None:
        """Low, mid and high kg CO2e over the lifetime; None where it cannot be worked out."""
        parts = []
        if self.tonnes_a_year is not None:
            if self.lifetime is None:
                return None
            parts.append([tonnes * self.lifetime for tonnes in self.tonnes_a_year])
        if self.tonnes_once is not None:
            parts.append(list(self.tonnes_once))
        if not parts:
            return None
        low, mid, high = (KILO * sum(ends) for ends in zip(*parts, strict=True))
        return low, mid, high


def subjects(plan: Plan, measures: Mapping[str, Measure], known: Reference) -> list[Subject]:
    """Every measure of the plan with its grants, in the plan's order."""
    need, one_off = plan.need.mid.sum(axis=0), plan.one_off.mid.sum(axis=0)
    given = plan.appropriations
    own = sum(
        getattr(given, name).sum(axis=0)
        for name in ("decided_gross", "decided_net", "planned_gross", "planned_net")
    )
    by_measure = _supports(plan, measures, known, need + one_off)
    owners = _owners(plan)
    return [
        Subject(
            place=place,
            id=str(plan.tags["id"][place]),
            name=str(plan.tags["name"][place]),
            owners=owners[place],
            sector=str(plan.tags["sector"][place]),
            readiness=str(plan.tags["readiness"][place]),
            in_service=int(plan.in_service[place]),
            investment=int(need[place]),
            one_off=int(one_off[place]),
            paid=int(plan.paid[:, place].sum()),
            own=int(own[place]),
            known=bool(plan.known[place]),
            lower_bound=bool(plan.lower_bound[place]),
            tonnes_a_year=_tonnes(plan, place, "per_year"),
            tonnes_once=_tonnes(plan, place, "once"),
            row=measures[str(plan.tags["id"][place])],
            supports=tuple(by_measure[place]),
        )
        for place in range(plan.size[1])
    ]


def day(text: str) -> date | None:
    """A whole date as it is written in a row; None for a year, a month or words."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _supports(
    plan: Plan, measures: Mapping[str, Measure], known: Reference, cost: np.ndarray
) -> list[list[Support]]:
    grants = plan.grants
    effective = effective_payments(grants, cost).sum(axis=0)
    found: list[list[Support]] = [[] for _ in range(plan.size[1])]
    for line, place in enumerate(grants.measure):
        row = measures[str(plan.tags["id"][place])]
        key, share = str(grants.source[line]), float(grants.share[line])
        payments = grants.payments[:, line]
        found[place].append(
            Support(
                id=str(grants.id[line]),
                source=key,
                scheme=known.funding.get(key),
                status=str(grants.status[line]),
                stated=int(payments.sum()),
                amount=int(effective[line]),
                eligible=None if grants.eligible[line] < 0 else int(grants.eligible[line]),
                share=None if np.isnan(share) else share,
                payments={
                    int(year): int(amount)
                    for year, amount in zip(plan.years, payments, strict=True)
                    if amount
                },
                row=next((each for each in row.grants if each.id == grants.id[line]), None),
            )
        )
    return found


def _owners(plan: Plan) -> list[tuple[tuple[str, int], ...]]:
    shares = plan.owner_shares
    parts: list[list[tuple[str, int]]] = [[] for _ in range(plan.size[1])]
    for place, owner, share in zip(shares.measure, shares.owner, shares.share, strict=True):
        if share:
            parts[place].append((str(owner), int(share)))
    unsaid = ("", "mixed")
    return [
        tuple(listed) or (() if owner in unsaid else ((str(owner), MILLION),))
        for listed, owner in zip(parts, plan.tags["owner"], strict=True)
    ]


def _tonnes(plan: Plan, place: int, basis: str) -> tuple[float, float, float] | None:
    """Low, mid and high tonnes of CO2e, summed as :mod:`model.emissions` does; what has no range
    is its middle."""
    effects = plan.effects
    chosen = (
        (effects.measure == place)
        & (effects.indicator == "co2e_reduction")
        & (effects.basis == basis)
        & ~np.isnan(effects.mid)
    )
    effects = effects.take(chosen)
    chosen = standing(effects)
    if not chosen.any():
        return None
    mid = effects.mid[chosen]
    low = np.where(np.isnan(effects.low[chosen]), mid, effects.low[chosen])
    high = np.where(np.isnan(effects.high[chosen]), mid, effects.high[chosen])
    return float(low.sum()), float(mid.sum()), float(high.sum())
