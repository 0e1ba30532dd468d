"""The choice as a mixed-integer program: one whole column per option, and a row per limit.

Money stands in thousands of kronor, so that an öre is well above what the solver takes for
nothing. Joint effects are linear by a column per member that gives the effect if it is the first
that is carried out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from model.optimise.goal import Bound, Goal, Measured
from model.optimise.options import Facts, Options
from model.optimise.program import INFINITE, Program
from model.optimise.seeking import Seek, seeks, together

# Öre per unit of money in the program.
THOUSAND = 100_000
KINDS = (
    "budget",
    "total",
    "source",
    "debt_ceiling",
    "self_financing",
    "capacity",
    "minimum",
    "reach",
)


@dataclass(frozen=True, eq=False)
class Limit:
    """One limit: ``least <= of . options (+ seeking . shares) <= most``, in öre or plain numbers.

    ``kind`` is one of ``KINDS``, ``key`` what it is about (a source, a value of ``tag``), ``year``
    0 for all years. ``money``: in öre; else ``counted`` says whether it is measures or tonnes.
    """

    kind: str
    key: str
    year: int
    money: bool
    of: np.ndarray
    least: float = -INFINITE
    most: float = INFINITE
    seeking: np.ndarray = field(default_factory=lambda: np.zeros(0))
    counted: Measured = "tonnes"
    tag: str = ""

    @property
    def scale(self) -> float:
        """Of one unit in the program."""
        return THOUSAND if self.money else 1.0

    @property
    def exact(self) -> bool:
        """Whether whole öre or numbers add up to it, without any share that is sought."""
        return self.of.dtype == np.int64 and not self.seeking.any()

    def amount(self, chosen: np.ndarray, shares: np.ndarray) -> float:
        """What a choice (mask of options) comes to."""
        amount = self.of[chosen].sum()
        return float(amount + self.seeking @ shares) if len(shares) else amount

    def holds(self, amount: float) -> bool:
        """Whether an amount keeps to it, to the öre."""
        spare = 0 if self.exact else 1e-6 * max(abs(amount), 1.0)
        return self.least - spare <= amount <= self.most + spare


@dataclass(frozen=True)
class Member:
    """A measure of a joint effect: the columns that say whether its options give the effect, and
    the column ``before`` that says whether an earlier one does (None: there is no earlier)."""

    options: tuple[int, ...]
    gives: tuple[int, ...]
    before: int | None
    first: bool


@dataclass(frozen=True, eq=False)
class Problem:
    """A program with what its columns and rows mean.

    ``options`` are the first columns; ``shares`` those of ``seeks``, ``members`` those of joint
    effects, ``either`` the choice between two applications with their share columns. ``value`` and
    ``cost`` are (columns,) in the goal's unit and in öre; ``gap`` in öre. ``rows`` is the place of
    every limit.
    """

    options: Options
    seeks: tuple[Seek, ...]
    program: Program
    limits: tuple[Limit, ...]
    rows: tuple[int, ...]
    shares: np.ndarray
    members: tuple[Member, ...]
    either: tuple[tuple[int, tuple[int, ...]], ...]
    value: np.ndarray
    cost: np.ndarray
    gap: np.ndarray

    @property
    def goal(self) -> Goal:
        """What is wanted."""
        return self.options.goal

    def columns_of(self, chosen: np.ndarray, shares: np.ndarray | None = None) -> np.ndarray:
        """Every column of a choice of options (mask) and shares (share columns,)."""
        values = np.zeros(len(self.program.lower))
        values[: len(chosen)] = chosen
        if shares is not None:
            values[self.shares] = shares
        earlier = 0.0
        for member in self.members:
            earlier = 0.0 if member.first else earlier
            if member.before is not None:
                values[member.before] = earlier
            of = list(member.options)
            values[list(member.gives)] = values[of] * (1.0 - earlier)
            earlier = max(earlier, float(values[of].sum()))
        for column, one in self.either:
            values[column] = float(values[list(one)].sum() > 0)
        return values

    def worth_of(self, chosen: np.ndarray) -> float:
        """What a choice of options (mask) gives."""
        options = self.options
        given = float(options.value[chosen].sum())
        delay_of = dict(zip(options.measure[chosen], options.delay[chosen], strict=True))
        for shared in options.worth.shared:
            for member, measure in enumerate(shared.measures):
                if options.untouched[measure]:
                    break
                if measure in delay_of:
                    given += shared.value[member, delay_of[measure]]
                    break
        return given


def problem(options: Options, facts: Facts) -> Problem:
    """The whole program of a goal."""
    goal, program = options.goal, Program()
    count = len(options.measure)
    program.columns(count, whole=True)
    _each_once(program, options)
    _pairs(program, options)
    value, members = _value(program, options)
    found = seeks(options, facts)
    shares, either = _seeking(program, options, found)
    columns = len(program.lower)
    value = np.pad(value, (0, columns - len(value)))
    cost, gap = np.zeros(columns), np.zeros(columns)
    cost[:count], gap[:count] = options.cost, options.gap.sum(axis=0)
    saved = _saved(options, found)
    cost[shares] = -saved.sum(axis=0)
    limits = [_with_shares(each, options, found, saved) for each in _limits(options, facts)]
    places = np.concatenate([np.arange(count), shares]).astype(np.int64)
    rows = [
        program.row(
            places,
            np.concatenate([limit.of, limit.seeking]) / limit.scale,
            limit.least / limit.scale,
            limit.most / limit.scale,
        )
        for limit in limits
    ]
    if goal.at_least is not None:
        limits.append(Limit("reach", "", 0, False, options.value, least=goal.at_least))
        rows.append(program.row(np.arange(columns), value, lower=goal.at_least))
    return Problem(
        options=options,
        seeks=tuple(found),
        program=program,
        limits=tuple(limits),
        rows=tuple(rows),
        shares=shares,
        members=tuple(members),
        either=tuple(either),
        value=value,
        cost=cost,
        gap=gap,
    )


def _each_once(program: Program, options: Options) -> None:
    """A measure is carried out once or not at all; what is held is carried out."""
    for measure in np.unique(options.measure):
        of, held = options.of(measure), bool(options.held[measure])
        if held and len(of) == 1:
            program.fix(of, 1.0)
        elif held or len(of) > 1:
            program.row(of, 1.0, lower=1.0 if held else 0.0, upper=1.0)


def _pairs(program: Program, options: Options) -> None:
    ids = options.plan.tags["id"].tolist()
    for one, other in options.goal.excludes:
        of_both = [*options.of(ids.index(one)), *options.of(ids.index(other))]
        fixed = sum(bool(options.untouched[ids.index(each)]) for each in (one, other))
        program.row(of_both, 1.0, upper=1.0 - fixed)
    for one, needed in options.goal.requires:
        if not options.untouched[ids.index(needed)]:
            of_one, of_needed = options.of(ids.index(one)), options.of(ids.index(needed))
            signs = np.concatenate([np.ones(len(of_one)), -np.ones(len(of_needed))])
            program.row([*of_one, *of_needed], signs, upper=0.0)


def _value(program: Program, options: Options) -> tuple[np.ndarray, list[Member]]:
    """What every column gives; adds the columns of joint effects.

    ``before`` is 1 when a measure earlier in the group is carried out: then a later one gives
    nothing.
    """
    value, members = [*options.value], []
    for shared in options.worth.shared:
        before: int | None = None
        for member, measure in enumerate(shared.measures):
            if options.untouched[measure]:
                break
            of = options.of(measure)
            gives = program.columns(len(of))
            members.append(Member(tuple(of), tuple(gives), before, member == 0))
            value += [*shared.value[member, options.delay[of]]]
            for option, column in zip(of, gives, strict=True):
                program.row([column, option], [1.0, -1.0], upper=0.0)
            signs = [*np.ones(len(of)), *-np.ones(len(of))]
            if before is None:
                program.row([*gives, *of], signs, lower=0.0)
            else:
                program.row([*gives, before], 1.0, upper=1.0)
                program.row([*gives, *of, before], [*signs, 1.0], lower=0.0)
            if member + 1 < len(shared.measures):
                now = int(program.columns(1)[0])
                value.append(0.0)
                earlier = [] if before is None else [before]
                ones = [1.0, *[-1.0] * (len(of) + len(earlier))]
                program.row([now, *of, *earlier], ones, upper=0.0)
                program.row([now, *of], [1.0, *[-1.0] * len(of)], lower=0.0)
                for each in earlier:
                    program.row([now, each], [1.0, -1.0], lower=0.0)
                before = now
    return np.array(value), members


def _seeking(program: Program, options: Options, found: list[Seek]):
    """The shares sought, a column for each option of a seek's measure; see :func:`per_option`."""
    columns, place = [], {}
    for seek in found:
        most = seek.share / 1e6
        for option in options.of(seek.measure):
            column = int(program.columns(1, upper=most)[0])
            program.row([column, option], [1.0, -most], upper=0.0)
            columns.append(column)
            place.setdefault(seek, []).append(column)
    for measure in sorted({seek.measure for seek in found}):
        own = [seek for seek in found if seek.measure == measure]
        every = [column for seek in own for column in place[seek]]
        program.row(every, 1.0, upper=1.0)
        aid = [seek for seek in own if seek.state_aid]
        if len(aid) > 1:
            most = max(seek.share for seek in aid) / 1e6
            program.row([c for seek in aid for c in place[seek]], 1.0, upper=most)
    choices = []
    for one, other in together(found):
        either = int(program.columns(1, whole=True)[0])
        program.row([*place[one], either], [*[1.0] * len(place[one]), -one.share / 1e6], upper=0.0)
        most = other.share / 1e6
        program.row([*place[other], either], [*[1.0] * len(place[other]), most], upper=most)
        choices.append((either, tuple(place[one])))
    return np.array(columns, dtype=np.int64), choices


def per_option(options: Options, found: list[Seek] | tuple[Seek, ...]) -> list[tuple[Seek, int]]:
    """What every share column is: its application and its option."""
    return [(seek, int(option)) for seek in found for option in options.of(seek.measure)]


def _saved(options: Options, found: list[Seek]) -> np.ndarray:
    """Own money that a whole share (1) saves, (years, share columns) in öre."""
    columns = [
        options.ours[:, option] * seek.probability for seek, option in per_option(options, found)
    ]
    return np.array(columns).T if columns else np.zeros((len(options.years), 0))


def _with_shares(limit: Limit, options: Options, found: list[Seek], saved: np.ndarray) -> Limit:
    """The limit with what new applications do to it."""
    if not found:
        return limit
    rows = options.window if limit.year == 0 else options.years == limit.year
    if limit.kind in ("budget", "total"):
        # A share is rounded down to millionths: what that may cost is kept free.
        spare = sum(float(options.ours[rows][:, o].sum()) for _, o in per_option(options, found))
        seeking = -saved[rows].sum(axis=0)
        return replace(limit, seeking=seeking, most=limit.most - 1e-6 * spare)
    if limit.kind == "debt_ceiling":
        until = (options.years <= limit.year) & (options.years >= int(limit.key))
        return replace(limit, seeking=-saved[until].sum(axis=0))
    if limit.kind == "self_financing":
        return replace(limit, seeking=saved[rows].sum(axis=0))
    if limit.kind == "source":
        seeking = [
            float(options.invested[rows][:, option].sum()) * (seek.source == limit.key)
            for seek, option in per_option(options, found)
        ]
        return replace(limit, seeking=np.array(seeking))
    return replace(limit, seeking=np.zeros(saved.shape[1]))


def _limits(options: Options, facts: Facts) -> Iterator[Limit]:
    goal, window = options.goal, options.window
    for year, most in goal.budget:
        own = options.own[options.years == year].sum(axis=0)
        yield Limit("budget", "", year, True, own, most=most)
    if goal.total is not None:
        yield Limit("total", "", 0, True, options.own[window].sum(axis=0), most=goal.total)
    for limit in goal.sources:
        funded = options.funded[limit.source]
        if limit.total is not None:
            whole = funded[window].sum(axis=0)
            yield Limit("source", limit.source, 0, True, whole, most=limit.total)
        for year, most in limit.by_year:
            of_year = funded[options.years == year].sum(axis=0)
            yield Limit("source", limit.source, year, True, of_year, most=most)
    yield from _financing(options, facts)
    for bound in goal.at_most:
        yield _gathered("capacity", bound, options, most=bound.amount)
    for bound in goal.minimum:
        yield _gathered("minimum", bound, options, least=bound.amount)


def _gathered(kind: str, bound: Bound, options: Options, **ends: float) -> Limit:
    of_value = options.plan.tags[bound.tag][options.measure] == bound.value
    rows = options.years == bound.year if bound.year else options.window
    need = options.need[rows].sum(axis=0)
    if bound.measured == "tonnes":
        measured = options.value * of_value
    elif bound.measured == "measures":
        # In a year those under way; over all years those carried out.
        measured = ((need > 0) if bound.year else np.ones(len(need))).astype(np.int64) * of_value
    else:
        measured = need * of_value
    return Limit(
        kind,
        bound.value,
        bound.year,
        bound.measured == "need",
        measured,
        counted=bound.measured,
        tag=bound.tag,
        **ends,
    )


def _financing(options: Options, facts: Facts) -> Iterator[Limit]:
    goal = options.goal
    since = int(options.years[0])
    for each in facts.debt:
        row = options.years == each.year
        if each.restarts:
            since = each.year
        if not row.any() or each.year not in goal.years:
            continue
        if goal.debt_ceiling and each.net_debt is not None and each.ceiling is not None:
            until = (options.years <= each.year) & (options.years >= since)
            borrowed = (options.spent - options.received)[until].sum(axis=0)
            most = each.ceiling - each.net_debt
            yield Limit("debt_ceiling", str(since), each.year, True, borrowed, most=most)
        if goal.self_financing is not None and each.own_funds is not None:
            share = float(goal.self_financing)
            spent, received = options.spent[row].sum(axis=0), options.received[row].sum(axis=0)
            financed = received - share * spent
            least = -each.own_funds
            yield Limit("self_financing", "", each.year, True, financed, least=least)
