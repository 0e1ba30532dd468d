"""What stands still, for want of a decision or of money, and what would set it going.

A measure of the municipal group stands still when the first year in which it still has something to
pay is not covered by money that is firm. What is lacking there is told by what would release it:

======== =========================================================================================
decision a planned appropriation that is not decided. No reading makes it so
answer   an application that nobody has answered. An expected value releases nothing either
idea     a grant that is thought of and not applied for
money    nothing that anybody has thought of
======== =========================================================================================

Under the best case applications and ideas are money. What is in service waits for nothing, and of
what states no expenditure nobody can tell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from model.firmness import Firmness
from model.funding_facts import Subject, Support, day
from model.implementation import SERVICE
from model.money import to_ore
from model.owners import GROUP, members
from model.plan import Plan
from model.readings import COUNTED

Kind = Literal["decision", "answer", "idea", "money"]
KINDS: tuple[Kind, ...] = ("decision", "answer", "idea", "money")
# The rung of model.firmness that each is.
_RUNGS = {"decision": "planned", "answer": "applied", "idea": "idea", "money": "missing"}
_GRANTS = {"answer": "applied", "idea": "idea"}


@dataclass(frozen=True)
class Hold:
    """Why a measure stands still: what is lacking of its first year, whole öre.

    ``one_off`` is the part of ``ore`` that is one-off operating expenditure. ``grants`` are those
    that would release it. ``requested`` has been asked for, and is in no plan.
    """

    kind: Kind
    ore: int
    one_off: int
    grants: tuple[Support, ...]
    requested: int


@dataclass(frozen=True)
class Standstill:
    """A measure that stands still at ``stage`` (empty where not stated) before ``year``.

    ``behind`` is all that it has left to pay, whole öre: what waits behind the first year.
    ``step`` is the next stage, empty where it has none or nobody has said how far it has come.
    """

    place: int
    stage: str
    step: str
    year: int
    behind: int
    holds: tuple[Hold, ...]

    @property
    def ore(self) -> int:
        """What is lacking of the first year."""
        return sum(hold.ore for hold in self.holds)


@dataclass(frozen=True)
class Overdue:
    """A grant whose day has passed with nothing decided: ``day`` as stated, ``ore`` all of it.

    ``answer`` was due, a ``payment`` was to come in a year that is over, or the last day to
    ``apply`` is past.
    """

    place: int
    grant: Support
    what: Literal["answer", "payment", "apply"]
    day: str


@dataclass(frozen=True)
class Standstills:
    """What stands still, in order of year and then the most lacking; what is overdue; and places of
    the measures that state no expenditure and are not in service, of which nobody can tell."""

    still: tuple[Standstill, ...]
    overdue: tuple[Overdue, ...]
    cannot_tell: tuple[int, ...]

    def lacking(self, *kinds: Kind) -> int:
        """What is lacking of the measures' first years for these reasons, whole öre."""
        return sum(hold.ore for each in self.still for hold in each.holds if hold.kind in kinds)

    def count(self, *kinds: Kind) -> int:
        """How many measures lack something for one of these reasons."""
        return sum(any(hold.kind in kinds for hold in each.holds) for each in self.still)


def standstills(
    plan: Plan,
    firm: Firmness,
    subjects: Sequence[Subject],
    stages: Sequence[str],
    reading: str,
    today: date,
) -> Standstills:
    """What of the group's measures stands still under a reading.

    ``subjects`` are the plan's measures in its order, ``stages`` the keys of readiness in order.
    """
    ours = np.flatnonzero(members(plan, GROUP)).tolist()
    waits = [place for place in ours if subjects[place].readiness != SERVICE]
    kinds = _kinds(reading)
    found = (_standstill(plan, firm, subjects[place], list(stages), kinds) for place in waits)
    return Standstills(
        tuple(sorted(filter(None, found), key=lambda each: (each.year, -each.ore, each.place))),
        tuple(each for place in ours for each in _overdue(subjects[place], today)),
        tuple(place for place in waits if not plan.known[place]),
    )


def _kinds(reading: str) -> tuple[Kind, ...]:
    """What holds a measure back in a reading: an idea that it counts is money, and so then is an
    application; the mean over answers is no answer."""
    hopes = "idea" in COUNTED[reading]
    return tuple(kind for kind in KINDS if not (hopes and kind in _GRANTS))


def _standstill(
    plan: Plan, firm: Firmness, subject: Subject, stages: list[str], kinds: tuple[Kind, ...]
) -> Standstill | None:
    place = subject.place
    unpaid = firm.unpaid[:, place]
    # What lies before the plan's first year is spent.
    left = np.flatnonzero(unpaid[1:] > 0) + 1
    if not len(left):
        return None
    row = int(left[0])
    year = int(plan.years[row])
    holds = []
    for kind in kinds:
        rung = _RUNGS[kind]
        one_off = int(firm.one_off[rung][row, place])
        ore = int(firm.need[rung][row, place]) + one_off
        if ore > 0:
            grants = tuple(
                each for each in subject.supports if each.status == _GRANTS.get(kind, "")
            )
            asked = _requested(subject, year) if kind == "money" else 0
            holds.append(Hold(kind, ore, one_off, grants, asked))
    if not holds:
        return None
    return Standstill(
        place,
        subject.readiness,
        _next(subject.readiness, stages),
        year,
        int(unpaid[1:].sum()),
        tuple(holds),
    )


def _next(stage: str, stages: list[str]) -> str:
    after = stages[stages.index(stage) + 1 :] if stage else []
    return after[0] if after else ""


def _requested(subject: Subject, year: int) -> int:
    return sum(
        to_ore(each.amount)
        for each in subject.row.appropriations
        if each.status == "requested" and each.year == year
    )


def _overdue(subject: Subject, today: date) -> Iterator[Overdue]:
    for grant in subject.supports:
        answer = grant.decided_on
        apply_by = day(grant.row.apply_by) if grant.row else None
        if grant.status == "applied" and answer and answer < today:
            yield Overdue(subject.place, grant, "answer", answer.isoformat())
        elif grant.status == "applied" and grant.year and grant.year < today.year:
            yield Overdue(subject.place, grant, "payment", str(grant.year))
        elif grant.status == "idea" and apply_by and apply_by < today:
            yield Overdue(subject.place, grant, "apply", apply_by.isoformat())
