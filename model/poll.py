"""A question to a room: what can be answered, what an answer must keep to, and how answers count.

Three kinds: to choose measures within a budget (``budget``), to choose one of some scenarios
(``scenario``), and to guess a figure before it is shown (``estimate``). Amounts are whole öre.
Pure: :mod:`model.voting` keeps questions and answers.
"""

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Literal

from model.errors import InvalidData

Kind = Literal["budget", "scenario", "estimate"]
KINDS: tuple[Kind, ...] = ("budget", "scenario", "estimate")
# What can be guessed, and its unit.
FIGURES = {"gap": "mnkr", "need": "mnkr", "tonnes": "t"}
MOST_OPTIONS = 20
LARGEST = Decimal(1_000_000_000)
_DEVICE = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Option:
    """What can be chosen: a measure with its cost in öre, or a scenario."""

    id: str
    name: str
    cost: int = 0


@dataclass(frozen=True)
class Poll:
    """A question as it was put. ``seen`` is the address's query of the view that it was put in.

    ``budget`` (öre) belongs to the kind of that name; ``figure``, a key of ``FIGURES``, and the
    true ``answer`` in its unit to ``estimate``. Times are UTC; ``closed_at`` is None while answers
    are taken.
    """

    id: str
    plan_id: str
    plan_version: int
    kind: Kind
    seen: str
    options: tuple[Option, ...] = ()
    budget: int | None = None
    figure: str = ""
    answer: Decimal | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether answers are taken."""
        return self.closed_at is None

    @property
    def unit(self) -> str:
        """The unit of what is guessed."""
        return FIGURES.get(self.figure, "")

    def cost_of(self, chosen: Sequence[str]) -> int:
        """What a choice costs, öre."""
        return sum(option.cost for option in self.options if option.id in chosen)


@dataclass(frozen=True)
class Vote:
    """One device's answer: ids of what is chosen, or a guess in the poll's unit."""

    chosen: tuple[str, ...] = ()
    estimate: Decimal | None = None


@dataclass(frozen=True)
class Ranked:
    """An option with how many chose it. ``place`` begins with 1 and is shared by those whose counts
    are equal. ``money`` is what they put there together, öre; ``share`` that of all money put
    anywhere. ``within``: above the line."""

    option: Option
    place: int
    choosers: int
    money: int
    share: float
    within: bool


@dataclass(frozen=True)
class Ranking:
    """All options, the most chosen first. ``used`` is what those above the line cost, öre. ``tied``
    are those that the line parts from others with as many choosers."""

    votes: int
    ranked: tuple[Ranked, ...]
    used: int
    tied: tuple[Option, ...]

    @property
    def within(self) -> tuple[Option, ...]:
        """What the room chooses."""
        return tuple(each.option for each in self.ranked if each.within)

    @property
    def below(self) -> tuple[Option, ...]:
        """What it does not."""
        return tuple(each.option for each in self.ranked if not each.within)


@dataclass(frozen=True)
class Spread:
    """Guesses together, in the poll's unit. ``near`` are those within a tenth of the answer."""

    votes: int
    lowest: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    highest: Decimal
    near: int


def check_poll(poll: Poll) -> None:
    """InvalidData when the question cannot be put."""
    ids = [option.id for option in poll.options]
    if poll.kind not in KINDS:
        raise InvalidData("There is no such kind of question as “{kind}”.", kind=poll.kind)
    if poll.kind == "estimate":
        if poll.figure not in FIGURES or poll.answer is None:
            raise InvalidData(
                "What is to be guessed is not known in this plan: choose another figure."
            )
        return
    if not 2 <= len(ids) <= MOST_OPTIONS or len(set(ids)) < len(ids):
        raise InvalidData(
            "The question has {count} things to choose between: expected 2 to {most}, each once.",
            count=len(set(ids)),
            most=MOST_OPTIONS,
        )
    if poll.kind == "budget":
        if poll.budget is None or poll.budget <= 0:
            raise InvalidData("The budget must be more than nothing.")
        dearest = max(poll.options, key=lambda option: option.cost)
        if dearest.cost > poll.budget:
            raise InvalidData(
                "{measure} alone costs more than the budget: raise it, or do not ask about that.",
                measure=dearest.name,
            )
        if poll.cost_of(ids) <= poll.budget:
            raise InvalidData(
                "Everything fits within the budget, so there is nothing to choose: lower it, or "
                "ask about more measures."
            )


def check_vote(poll: Poll, vote: Vote) -> None:
    """InvalidData when the answer is none to this question; nothing of it counts then."""
    if not poll.open:
        raise InvalidData("The question is closed. Your answer was not saved.")
    if poll.kind == "estimate":
        _check_estimate(vote)
        return
    if vote.estimate is not None or not vote.chosen:
        raise InvalidData("Nothing is chosen. Choose first, then answer.")
    foreign = set(vote.chosen) - {option.id for option in poll.options}
    if foreign or len(set(vote.chosen)) < len(vote.chosen):
        raise InvalidData(
            "Something was chosen that this question does not ask about. Your answer was not "
            "saved: load the page again."
        )
    if poll.kind == "scenario" and len(vote.chosen) > 1:
        raise InvalidData("Choose one scenario only. Your answer was not saved.")
    if poll.kind == "budget" and poll.cost_of(vote.chosen) > poll.budget:
        raise InvalidData("What is chosen costs more than the budget. Your answer was not saved.")


def is_device(token: str) -> bool:
    """Whether a text may be a device's token."""
    return _DEVICE.fullmatch(token) is not None


def check_device(token: str) -> None:
    """InvalidData when a device's token is none that we give out."""
    if not is_device(token):
        raise InvalidData("This phone could not be recognised: load the page again.")


def _check_estimate(vote: Vote) -> None:
    guess = vote.estimate
    if vote.chosen or guess is None:
        raise InvalidData("No number was given. Write one, then answer.")
    if not guess.is_finite() or not 0 <= guess <= LARGEST:
        raise InvalidData("The number must be between 0 and a billion. Your answer was not saved.")
    if guess != round(guess, 6):
        raise InvalidData("The number has more than six decimals. Your answer was not saved.")


def rank(poll: Poll, votes: Sequence[Vote]) -> Ranking:
    """The options by how many chose them, and the line.

    From the top, each is within as long as it fits in what is left of the budget; one that does
    not fit is passed over. Of those with as many choosers the cheapest comes first. What nobody
    chose is below. Of scenarios those with the most votes are within, more than one when equal.
    """
    counts = Counter(each for vote in votes for each in vote.chosen)
    put = sum(counts[option.id] * option.cost for option in poll.options)
    order = sorted(
        range(len(poll.options)),
        key=lambda i: (-counts[poll.options[i].id], poll.options[i].cost, i),
    )
    most = max((counts[option.id] for option in poll.options), default=0)
    left, place, ranked = poll.budget or 0, 0, []
    for position, i in enumerate(order, start=1):
        option = poll.options[i]
        count = counts[option.id]
        if not ranked or ranked[-1].choosers != count:
            place = position
        if poll.kind == "budget":
            within = count > 0 and option.cost <= left
            left -= option.cost if within else 0
        else:
            within = 0 < count == most
        money = count * option.cost
        ranked.append(Ranked(option, place, count, money, money / put if put else 0.0, within))
    return Ranking(len(votes), tuple(ranked), (poll.budget or 0) - left, tuple(_tied(poll, ranked)))


def _tied(poll: Poll, ranked: Sequence[Ranked]) -> list[Option]:
    """Those that have as many choosers as another on the other side of the line; of scenarios those
    that share the first place."""
    found: list[Option] = []
    for count, group in groupby(ranked, key=lambda each: each.choosers):
        same = list(group)
        sides = {each.within for each in same}
        parted = len(sides) > 1 if poll.kind == "budget" else len(same) > 1 and sides == {True}
        if count and parted:
            found += [each.option for each in same]
    return found


def spread(poll: Poll, votes: Sequence[Vote]) -> Spread | None:
    """The guesses' median and quartiles, interpolated between neighbours; None
    where nobody has guessed."""
    guesses = sorted(vote.estimate for vote in votes if vote.estimate is not None)
    if not guesses:
        return None
    lower = median = upper = guesses[0]
    if len(guesses) > 1:
        lower, median, upper = statistics.quantiles(guesses, n=4, method="inclusive")
    near = 0
    if poll.answer is not None:
        tenth = abs(poll.answer) / 10
        near = sum(abs(guess - poll.answer) <= tenth for guess in guesses)
    return Spread(len(guesses), guesses[0], lower, median, upper, guesses[-1], near)
