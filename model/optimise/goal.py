"""What is wanted of a choice of measures: the goal, and what it must keep to. Frozen data."""

import math
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal, get_args

from model.errors import InvalidData
from model.municipal_rows import Level
from model.plan import Plan, calendar_years
from model.readings import READINGS
from model.validate_rules import FIRST_YEAR, LAST_YEAR

Aim = Literal["most", "least_cost", "smallest_gap", "per_krona"]
Of = Literal["tonnes_a_year", "tonnes", "benefit"]
Measured = Literal["need", "measures", "tonnes"]
AIMS: tuple[Aim, ...] = get_args(Aim)
OF: tuple[Of, ...] = get_args(Of)
# What a measure may be gathered by in a capacity or a minimum.
GATHERED = ("sector", "department", "district", "owner", "green_category")


@dataclass(frozen=True)
class Bound:
    """At least or at most so much of the measures with a tag's value; ``year`` 0 is all years.

    ``measured`` is whole expenditure (öre), measures (those under way, in a year), or tonnes of
    the goal's kind. A year has no tonnes of its own.
    """

    tag: str
    value: str
    amount: float
    measured: Measured = "need"
    year: int = 0


@dataclass(frozen=True)
class SourceLimit:
    """A source outside the budget: at most ``total`` öre of it over the years, and so much a year.

    None: no limit. With ``seek`` measures without any grant of their own may apply for its largest
    share, with ``probability``; what the plan already seeks counts against the limit too.
    """

    source: str
    total: int | None = None
    by_year: tuple[tuple[int, int], ...] = ()
    seek: bool = False
    probability: float = 1.0


@dataclass(frozen=True)
class Goal:
    """What to reach and what to keep to. Amounts are whole öre of the level's own money.

    ============  ===================================================================
    most          the most of ``of`` within the budget
    least_cost    the least own money for at least ``at_least`` of ``of``
    smallest_gap  the smallest financing gap, with at least ``at_least``
    per_krona     the most of ``of`` per krona of own money
    ============  ===================================================================

    ``of`` is tonnes a year when all is done, tonnes until the last year of the goal, or society's
    benefit (present value, kronor). Own money is expenditure, investment and one-off, that is not
    yet paid, less the grants of the ``reading``. ``budget`` is by year, ``total`` over all years.

    A measure may start up to ``most_delay`` years later than planned, never before ``earliest``
    and never so late that anything is paid after ``last``. With ``committed`` what has begun is
    carried out as planned. ``excludes`` are pairs of which at most one is carried out, ``requires``
    pairs of which the first needs the second. ``debt_ceiling`` and ``self_financing`` (a share, at
    least) are those of the financing analysis at the same level, by the whole need.
    """

    first: int
    last: int
    aim: Aim = "most"
    of: Of = "tonnes_a_year"
    at_least: float | None = None
    budget: tuple[tuple[int, int], ...] = ()
    total: int | None = None
    level: Level = "group"
    reading: str = "secured"
    unclear: bool = False
    most_delay: int = 20
    committed: bool = True
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    earliest: tuple[tuple[str, int], ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    at_most: tuple[Bound, ...] = ()
    minimum: tuple[Bound, ...] = ()
    sources: tuple[SourceLimit, ...] = ()
    debt_ceiling: bool = False
    self_financing: Decimal | None = None
    seconds: float = 10.0

    @property
    def years(self) -> range:
        """The years of the goal."""
        return range(self.first, self.last + 1)

    @property
    def seeks(self) -> bool:
        """Whether new applications may be made."""
        return any(limit.seek for limit in self.sources)

    @property
    def borrows(self) -> bool:
        """Whether it keeps to a limit of the financing analysis."""
        return self.debt_ceiling or self.self_financing is not None

    def check(self, plan: Plan) -> None:
        """InvalidData when it contradicts itself or names what the plan does not have."""
        _check_choices(self)
        _check_amounts(self)
        _check_names(self, plan)


def over(plan: Plan, **how) -> Goal:
    """A goal over the plan's own years, unless ``how`` says others."""
    years = plan.years[calendar_years(plan.years)]
    return Goal(**{"first": int(years[0]), "last": int(years[-1]), **how})


def _check_choices(goal: Goal) -> None:
    for name, choices in (
        ("aim", AIMS),
        ("of", OF),
        ("level", ("municipality", "group")),
        ("reading", READINGS),
    ):
        said = getattr(goal, name)
        if said not in choices:
            raise InvalidData(
                "“{found}” is no {name} of a goal: expected one of {choices}.",
                found=said,
                name=name,
                choices=", ".join(choices),
            )
    if goal.seeks and (goal.aim == "smallest_gap" or goal.reading not in ("expected", "best_case")):
        raise InvalidData(
            "New applications count in the readings expected and best_case only, and not towards "
            "the smallest gap: choose another reading or aim, or seek nothing new."
        )


def _check_amounts(goal: Goal) -> None:
    if goal.last < goal.first:
        raise InvalidData(
            "The goal ends in {last}, before it begins in {first}: expected a later last year.",
            first=goal.first,
            last=goal.last,
        )
    if goal.aim in ("least_cost",) and goal.at_least is None:
        raise InvalidData("The least cost of nothing is nothing: say how much is to be reached.")
    amounts = [amount for _, amount in goal.budget] + [goal.total or 0, goal.at_least or 0]
    amounts += [bound.amount for bound in (*goal.at_most, *goal.minimum)]
    amounts += [limit.total or 0 for limit in goal.sources]
    amounts += [amount for limit in goal.sources for _, amount in limit.by_year]
    if any(amount < 0 for amount in amounts):
        raise InvalidData("An amount of the goal is below zero: expected zero or more.")
    _check_numbers(goal, amounts)
    years = [year for year, _ in goal.budget]
    years += [year for limit in goal.sources for year, _ in limit.by_year]
    years += [bound.year for bound in (*goal.at_most, *goal.minimum) if bound.year]
    for year in years:
        if year not in goal.years:
            raise InvalidData(
                "The goal limits {year}, which is none of its years {first} to {last}.",
                year=year,
                first=goal.first,
                last=goal.last,
            )


def _check_numbers(goal: Goal, amounts: list[float]) -> None:
    """What counts can be made with: ordinary numbers, and years within reach."""
    numbers = [*amounts, goal.self_financing or 0, goal.seconds]
    if not all(math.isfinite(number) for number in numbers):
        raise InvalidData("A number of the goal is endless or no number: write an ordinary one.")
    if goal.seconds <= 0:
        raise InvalidData(
            "The search may take {found} seconds: expected more than zero.", found=goal.seconds
        )
    if goal.most_delay < 0:
        raise InvalidData(
            "The most delay is {found} years: expected zero or more.", found=goal.most_delay
        )
    for year in (goal.first, goal.last):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InvalidData(
                "The year {year} cannot be right: expected {first} to {last}.",
                year=year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
    for limit in goal.sources:
        if not 0 <= limit.probability <= 1:
            raise InvalidData(
                "The probability of applications is {found}: expected 0 to 1.",
                found=limit.probability,
            )
    for first, second in (*goal.excludes, *goal.requires):
        if first == second:
            raise InvalidData("{measure} stands against itself: name two measures.", measure=first)


def _check_names(goal: Goal, plan: Plan) -> None:
    ids = set(plan.tags["id"].tolist())
    pairs = [each for pair in (*goal.excludes, *goal.requires) for each in pair]
    named = [*goal.must, *goal.never, *pairs, *(each for each, _ in goal.earliest)]
    for each in named:
        if each not in ids:
            raise InvalidData(
                "The goal names the measure {measure}, which the plan under this scenario does "
                "not have.",
                measure=each,
            )
    both = sorted(set(goal.must) & set(goal.never))
    if both:
        raise InvalidData(
            "The goal both demands and forbids {measure}: choose one.", measure=both[0]
        )
    for bound in (*goal.at_most, *goal.minimum):
        if bound.tag not in GATHERED:
            raise InvalidData(
                "“{tag}” gathers no measures: expected one of {choices}.",
                tag=bound.tag,
                choices=", ".join(GATHERED),
            )
        if bound.value not in plan.tags[bound.tag]:
            raise InvalidData(
                "No measure belongs to “{value}”: check how it is written.",
                value=bound.value,
            )


def same_but(goal: Goal, **changes) -> Goal:
    """The goal with some of it changed."""
    return Goal(**{each.name: getattr(goal, each.name) for each in fields(goal)} | changes)
