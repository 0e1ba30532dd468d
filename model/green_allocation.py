"""Green loans and bonds on a day: six amounts that are not one, what stands on which measure, and
what could be allocated of the rest.

Amounts are whole öre; what is not known is None. A loan that another refinances is replaced on the
day the other is issued, and its allocations end: what the other has on the same measures, up to as
much, is refinancing and no new allocation. Amortisation is taken pro rata of what is allocated and
what is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import numpy as np

from model.green_eligibility import months_before
from model.money import scale, split, to_ore
from model.municipal_rows import Allocation, Loan

State = Literal["approved", "committed", "outstanding", "matured", "replaced"]
LIVE = ("approved", "committed", "outstanding")


@dataclass(frozen=True)
class Standing:
    """A green loan or bond on a day.

    ``approved`` is what the lender or the council has granted; ``committed`` what is bound by an
    agreement with a day of payment; ``disbursed`` what is paid out; ``allocated`` what of that
    stands on measures; ``outstanding`` what is not paid back; ``matured`` what has been repaid or
    replaced as a whole; ``unallocated`` what is paid out and stands on nothing.
    """

    loan: Loan
    state: State
    approved: int | None
    committed: int | None
    disbursed: int | None
    allocated: int
    outstanding: int | None
    matured: int | None
    unallocated: int | None


@dataclass(frozen=True)
class Line:
    """What of a loan stands on a measure. ``reported`` is what amortisation has left of it, and
    ``refinancing`` what of it stood there before, under the loan that this one replaces."""

    loan: str
    measure: str
    amount: int
    refinancing: int
    reported: int | None
    on: str
    note: str

    @property
    def new(self) -> int:
        """What is financed for the first time."""
        return self.amount - self.refinancing


@dataclass(frozen=True)
class Waiting:
    """Money that is paid out and not allocated: since when, for how many whole months, and where.

    ``deadline`` is None where the framework's time to allocate is not known.
    """

    loan: str
    amount: int
    since: date | None
    months: int | None
    place: str
    deadline: date | None
    overdue: bool


def standings(loans: Sequence[Loan], on: date) -> list[Standing]:
    """The green loans of a plan as they stand on a day, in the plan's order."""
    replaced = {
        loan.refinances for loan in loans if loan.refinances and _has_begun(loan.issued_on, on)
    }
    return [_standing(loan, loan.id in replaced, on) for loan in loans if loan.green]


def lines(standing: Standing, loans: Mapping[str, Loan], on: date) -> list[Line]:
    """What of a loan stands on which measure on a day; nothing once it is matured or replaced."""
    if standing.state not in LIVE:
        return []
    loan = standing.loan
    before = loans.get(loan.refinances)
    allocations = _stands(loan, on)
    reported = _reported(standing, allocations)
    return [
        Line(
            loan.id,
            each.measure,
            to_ore(each.amount),
            _refinanced(loan, before, each),
            left,
            each.on,
            each.note,
        )
        for each, left in zip(allocations, reported, strict=True)
    ]


def waiting(standing: Standing, deadline_months: int | None, on: date) -> Waiting | None:
    """What of a loan is paid out and stands on nothing; None where there is none of it."""
    if standing.state != "outstanding" or not standing.unallocated:
        return None
    loan = standing.loan
    since = date.fromisoformat(loan.issued_on) if loan.issued_on else None
    deadline = None
    if since and deadline_months is not None:
        deadline = months_before(since, -deadline_months)
    return Waiting(
        loan.id,
        standing.unallocated,
        since,
        None if since is None else months_between(since, on),
        loan.unallocated_place,
        deadline,
        deadline is not None and on > deadline,
    )


def months_between(since: date, until: date) -> int:
    """Whole months from one day to another, 0 where the other comes first."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(months - (until.day < since.day), 0)


def propose(
    amount: int,
    rooms: Sequence[int],
    categories: Sequence[str],
    limits: Mapping[str, int] | None = None,
) -> list[int]:
    """Share ``amount`` out over measures, pro rata to the ``rooms`` that are left in each.

    None gets more than its room, and a category in ``limits`` no more than its limit together. What
    cannot be placed is not: the parts then add up to less than the amount. The same rooms always
    give the same parts.
    """
    room = np.array(rooms, dtype=np.int64).reshape(-1)
    if not room.size or amount <= 0:
        return [0] * len(rooms)
    for category, limit in (limits or {}).items():
        there = np.array([each == category for each in categories])
        if room[there].sum() > limit:
            room[there] = split(np.int64(max(limit, 0)), room[there])
    return [int(part) for part in split(np.int64(min(amount, int(room.sum()))), room)]


def cap_limits(
    caps: Mapping[str, Decimal], volume: int, allocated: Mapping[str, int]
) -> dict[str, int]:
    """What may still be allocated in each capped category, öre, of a volume of bonds."""
    return {
        category: max(int(scale(np.int64(volume), float(share))) - allocated.get(category, 0), 0)
        for category, share in caps.items()
    }


def _standing(loan: Loan, replaced: bool, on: date) -> Standing:
    issued = _has_begun(loan.issued_on, on)
    approved, disbursed, outstanding = (
        None if amount is None else to_ore(amount)
        for amount in (loan.approved, loan.disbursed, loan.outstanding)
    )
    if not issued:
        disbursed = outstanding = 0
    state: State = "outstanding"
    if replaced:
        state = "replaced"
    elif loan.matures_on and _has_begun(loan.matures_on, on):
        state = "matured"
    elif not issued:
        state = "committed"
    elif not loan.issued_on and not disbursed:
        state = "approved"
    over = state in ("matured", "replaced")
    allocated = sum(to_ore(each.amount) for each in _stands(loan, on))
    return Standing(
        loan=loan,
        state=state,
        approved=approved,
        committed=approved if loan.issued_on else 0,
        disbursed=disbursed,
        allocated=0 if over else allocated,
        outstanding=0 if over else outstanding,
        matured=disbursed if over else 0,
        unallocated=_unallocated(state, disbursed, allocated),
    )


def _unallocated(state: State, disbursed: int | None, allocated: int) -> int | None:
    if state in ("matured", "replaced"):
        return 0
    return None if disbursed is None else max(disbursed - allocated, 0)


def _reported(standing: Standing, allocations: Sequence[Allocation]) -> list[int | None]:
    """What is outstanding, shared out over allocations and what is not allocated."""
    amounts = [to_ore(each.amount) for each in allocations]
    if standing.outstanding is None or standing.unallocated is None:
        return [None] * len(amounts)
    weights = np.array([*amounts, standing.unallocated], dtype=np.int64)
    if not weights.sum():
        return [0] * len(amounts)
    # More allocated than paid out is an error elsewhere; more is never reported than allocated.
    left = min(standing.outstanding, int(weights.sum()))
    return [int(part) for part in split(np.int64(left), weights)[:-1]]


def _refinanced(loan: Loan, before: Loan | None, each: Allocation) -> int:
    """The part that pays back an older loan: green as far as that stood here, otherwise all."""
    if before is None:
        return 0
    if not before.green:
        return to_ore(each.amount)
    stood = sum(to_ore(old.amount) for old in before.allocations if old.measure == each.measure)
    return min(to_ore(each.amount), stood)


def _stands(loan: Loan, on: date) -> list[Allocation]:
    """The allocations that are made by a day; one without a day is made with its loan."""
    return [each for each in loan.allocations if _has_begun(each.on or loan.issued_on, on)]


def _has_begun(day: str, on: date) -> bool:
    """Whether a day, as text, has come; a day that nobody has said is taken to have."""
    return not day or date.fromisoformat(day) <= on
