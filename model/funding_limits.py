"""The most that a source pays: its share of the right base, and its largest amount.

``base`` of a share says of what: the investment, the eligible expenditure, the whole project, its
preparation (one-off operating expenditure), or labour and material. Where a measure has several
owners, only the part of those that the source reaches counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from model.entries import Funding, FundingShare
from model.errors import NotFound
from model.funding_facts import Subject, Support
from model.money import to_ore
from model.owners import MILLION
from model.reference import Reference


@dataclass(frozen=True)
class Limit:
    """The most that one source pays for one measure, whole öre.

    ``base`` is the amount that the ``share`` is of. ``by`` is the figure of the owner whose share
    is the largest.
    """

    maximum: int
    share: Decimal
    base: int
    by: FundingShare


def maximum_grant(
    scheme: Funding,
    owner: str,
    cost: int,
    on: date,
    known: Reference,
    purpose: str = "",
    *,
    turn_key: bool = True,
) -> int | None:
    """The most that one owner gets for one installation or project that costs ``cost`` öre.

    None where the source states no share for the owner on that day. Of a ``turn_key`` price only
    the part counts that the share's ``eligible_part`` says. NotFound when a largest amount is in a
    currency without a rate.
    """
    share = scheme.share(owner, on, purpose)
    if share is None:
        return None
    most = to_ore(Decimal(cost) / 100 * _part(share, known, turn_key) * share.share)
    largest = largest_amount(share, on, known)
    return most if largest is None else min(most, largest)


def largest_amount(share: FundingShare, on: date, known: Reference) -> int | None:
    """The share's largest amount in öre on a day; None where it states none."""
    if share.maximum_amount is None:
        return None
    if share.currency == "SEK":
        return to_ore(share.maximum_amount)
    rate = known.assumptions["economy/eur_sek"].at(on.year).value
    if rate is None:
        raise NotFound("No rate for the euro is known for {year}.", year=on.year)
    return to_ore(share.maximum_amount * rate)


def eligible_owners(scheme: Funding, subject: Subject) -> list[tuple[str, int]]:
    """The owners of a measure that the source reaches, with their parts in millionths."""
    return [
        (owner, part)
        for owner, part in subject.owners
        if not scheme.owners or owner in scheme.owners
    ]


def limit(
    scheme: Funding, subject: Subject, on: date | None, known: Reference, support: Support | None
) -> Limit | None:
    """The most that the source pays for the measure by its share; None where it states no share
    for the owners or no expenditure is known.

    A stated eligible expenditure of ``support`` is the base, if the measure costs as much. A share
    for one purpose counts only when the source has no other purposes: nobody says for which a
    measure is.
    """
    found: list[tuple[Decimal, int, FundingShare]] = []
    for owner, part in eligible_owners(scheme, subject):
        share = _share(scheme, owner, on)
        if share is not None:
            found.append((share.share, part, share))
    if not found:
        return None
    by = max(found, key=lambda each: each[0])[2]
    whole = base_of(by, subject, support)
    if not whole:
        return None
    counted = Decimal(sum(part for _, part, _ in found)) / MILLION
    weighed = sum((share * part for share, part, _ in found), Decimal(0)) / MILLION
    eligible = _part(by, known, turn_key=True)
    return Limit(
        maximum=to_ore(Decimal(whole) / 100 * weighed * eligible),
        share=by.share,
        base=to_ore(Decimal(whole) / 100 * counted * eligible),
        by=by,
    )


def base_of(share: FundingShare, subject: Subject, support: Support | None) -> int:
    """What the share is of, öre: never more than the measure costs; 0 where nothing is known."""
    natural = {
        "investment": subject.investment,
        "eligible_cost": subject.cost,
        "project": subject.cost,
        "preparation": subject.one_off,
        "labour_and_material": subject.investment,
    }[share.base]
    stated = support.eligible if support else None
    if stated is None:
        return natural
    return min(stated, natural) if subject.known else stated


def one_for_all(shares: Iterable[FundingShare]) -> bool:
    """Whether the shares are for no purpose in particular."""
    return not any(share.purpose for share in shares)


def _share(scheme: Funding, owner: str, on: date | None) -> FundingShare | None:
    """The share in force; of purposes that nobody has told apart, the largest."""
    of_owner = [
        share
        for share in scheme.shares
        if (not share.owners or owner in share.owners)
        and (share.until is None if on is None else share.covers(on))
    ]
    return max(of_owner, key=lambda share: share.share, default=None)


def _part(share: FundingShare, known: Reference, turn_key: bool) -> Decimal:
    if share.eligible_part is None or not turn_key:
        return Decimal(1)
    return known.assumptions[share.eligible_part].latest.value or Decimal(1)
