"""What else a measure could seek: open sources that reach it, how much, and what stands in the way.

A suggestion is a reason to read the call, not a promise. What is certain to be refused (another
owner, sector or area, a closed source, a source that excludes or is excluded by a grant that the
measure has) is not suggested; nor is anything for a measure that has begun, because sources pay for
what is to come, or to households from a source that does not name them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from model.entries import Funding, Rule
from model.errors import NotFound
from model.funding_facts import Subject
from model.funding_limits import eligible_owners, largest_amount, limit, one_for_all
from model.funding_rules import kg_per_krona
from model.funding_timing import BEGUN
from model.money import to_ore
from model.reference import Reference
from model.rows import PlanHead
from model.state_aid import OUTSIDE_MARKETS, cap, is_undertaking


@dataclass(frozen=True)
class Suggestion:
    """A source that a measure could seek money from, whole öre.

    ``amount`` is the most that is left to seek: the share of the eligible expenditure, and never
    more than what is ``uncovered`` or what all public money and state aid leave room for; None
    where the source states no share for its owner, or one for purposes that nobody has told apart.
    ``share`` is the source's, lowered by a cap on state aid. ``conditions`` are its rules that
    only a reader can judge, ``kg_per_krona`` the measure's climate benefit where the source asks
    for it. ``verified``: the share was found in its source.
    """

    measure: str
    measure_name: str
    source: str
    amount: int | None
    uncovered: int
    share: Decimal | None
    base: str
    capped: bool
    verified: bool
    conditions: tuple[Rule, ...]
    kg_per_krona: Decimal | None
    asks_yield: bool


# Rules that are judged, and so are no condition for a reader.
JUDGED = frozenset(
    {
        "asset_not_eligible",
        "owner_not_eligible",
        "outside_area",
        "scheme_closed",
        "share_above_maximum",
        "started_before_decision",
        "too_few_residents",
        "yield_below_guideline",
        # About being paid, not about seeking.
        "claim",
    }
)


def suggestions(
    subjects: list[Subject],
    uncovered: np.ndarray,
    head: PlanHead,
    known: Reference,
    today: date,
) -> list[Suggestion]:
    """What each measure that is not fully financed could seek, the largest amount first.

    ``uncovered`` is by measure what no grant and no appropriation pays, investment and one-off
    operating expenditure together, in öre.
    """
    found = [
        suggestion
        for subject in subjects
        if uncovered[subject.place] > 0
        for scheme in known.funding.values()
        if _reaches(scheme, subject, head, known, today)
        if (suggestion := _suggestion(scheme, subject, int(uncovered[subject.place]), known, today))
    ]
    return sorted(
        found,
        key=lambda each: (each.amount is None, -(each.amount or 0), each.measure, each.source),
    )


def at_most(found: list[Suggestion]) -> int:
    """What all measures could seek together, öre: of each the largest source, because the sources
    of one measure are alternatives."""
    best: dict[str, int] = {}
    for each in found:
        best[each.measure] = max(best.get(each.measure, 0), each.amount or 0)
    return sum(best.values())


def limited_to_areas(head: PlanHead, known: Reference, today: date) -> list[Funding]:
    """The open sources that could not be judged, because the plan names no municipality."""
    return [
        scheme
        for scheme in known.funding.values()
        if scheme.public and scheme.areas and not head.municipality
        if scheme.takes_applications(today)
    ]


def _reaches(
    scheme: Funding, subject: Subject, head: PlanHead, known: Reference, today: date
) -> bool:
    """Nothing that is known says no."""
    sources = {support.source for support in subject.supports}
    excluded = {
        key
        for support in subject.supports
        if support.scheme is not None
        for key in support.scheme.excludes
    }
    municipality = known.municipalities.get(head.municipality)
    too_small = (
        scheme.minimum_population is not None
        and municipality is not None
        and municipality.population.value < scheme.minimum_population
    )
    begun = subject.readiness in BEGUN or bool(
        subject.row.starts and subject.row.starts <= f"{today:%Y-%m}"
    )
    return (
        scheme.public
        and scheme.takes_applications(today)
        and scheme.key not in sources | excluded
        and sources.isdisjoint(scheme.excludes)
        and any(
            owner in scheme.owners or owner != "household"
            for owner, _ in eligible_owners(scheme, subject)
        )
        and not (scheme.sectors and subject.sector not in scheme.sectors)
        and (not scheme.areas or (bool(head.municipality) and scheme.covers(head.municipality)))
        and not too_small
        and not begun
        and subject.row.asset not in scheme.excluded_assets
        and (bool(subject.one_off) or scheme.for_investment or scheme.pays_for == "households")
    )


def _suggestion(
    scheme: Funding, subject: Subject, uncovered: int, known: Reference, today: date
) -> Suggestion | None:
    most = limit(scheme, subject, today, known, None) if one_for_all(scheme.shares) else None
    if most is None and scheme.shares and one_for_all(scheme.shares):
        return None
    share, amount, capped = None, None, False
    if most is not None:
        share, amount = most.share, most.maximum
        if not scheme.for_investment:
            amount = min(amount, to_ore(Decimal(subject.one_off) / 100 * most.share))
        elif scheme.not_started:
            # What is already paid is not paid again.
            amount = min(amount, to_ore(Decimal(subject.cost - subject.paid) / 100 * most.share))
        limited = _aid_share(scheme, subject, known)
        if limited is not None and limited < share:
            share, capped = limited, True
            amount = min(amount, to_ore(Decimal(most.base) / 100 * limited))
        amount = min(amount, uncovered, _room(scheme, subject, most.base, limited))
        try:
            largest = largest_amount(most.by, today, known)
        except NotFound:
            largest = None
        amount = max(amount if largest is None else min(amount, largest), 0)
        if amount == 0:
            return None
    return Suggestion(
        measure=subject.id,
        measure_name=subject.name,
        source=scheme.key,
        amount=amount,
        uncovered=uncovered,
        share=share,
        base=most.by.base if most else "",
        capped=capped,
        verified=(most.by if most else scheme).status == "verified" and not capped,
        conditions=tuple(rule for rule in scheme.rules if rule.rule not in JUDGED),
        kg_per_krona=kg_per_krona(subject) if scheme.yield_threshold else None,
        asks_yield=scheme.yield_threshold is not None,
    )


def _aid_share(scheme: Funding, subject: Subject, known: Reference) -> Decimal | None:
    """The share that state aid allows as a rule; None where it is no aid, or no article is named
    by a grant of the measure or by the source."""
    if not scheme.state_aid or not is_undertaking(subject, known):
        return None
    named = [
        (support.aid_basis, support.row.aid_bonuses)
        for support in subject.supports
        if support.row and support.aid_basis
    ]
    if any(basis == OUTSIDE_MARKETS for basis, _ in named):
        return None
    named += [
        (share.capped_by.removeprefix("state_aid/"), ())
        for share in scheme.shares
        if share.capped_by
    ]
    caps = [found.usual for basis, bonuses in named if (found := cap(basis, bonuses, known))]
    return max(caps, default=None)


def _room(scheme: Funding, subject: Subject, base: int, aid_share: Decimal | None) -> int:
    """What all public money leaves of the expenditure, and state aid of its cap; ideas not
    counted."""
    sought = [each for each in subject.supports if each.public and each.status != "idea"]
    room = subject.cost - sum(each.amount for each in sought)
    if aid_share is not None and scheme.state_aid:
        aid = sum(each.amount for each in sought if each.state_aid)
        room = min(room, to_ore(Decimal(base) / 100 * aid_share) - aid)
    return room
