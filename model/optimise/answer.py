"""The best choice for a goal, with how surely it is the best, and the model's own figures of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from model.optimise.goal import Goal
from model.optimise.greedy import greedy, keeps
from model.optimise.options import Facts, Options, gap_of, options, own_money
from model.optimise.problem import THOUSAND, Limit, Problem, per_option, problem
from model.optimise.program import Solved, solve
from model.optimise.relax import Relaxation, relaxations
from model.optimise.seeking import MILLION, Seek, adjustments
from model.optimise.worth import reached
from model.plan import Plan
from model.scenario import Adjustment, Delay, Scenario, SwitchOff, Where, apply

# Few enough for the best to be found, not only what is within a hair of it.
FEW = 400
NEAR = 1e-4
ROUNDS = 5


@dataclass(frozen=True, eq=False)
class Choice:
    """Options carried out (mask), and what is sought: shares in millionths."""

    chosen: np.ndarray
    made: Mapping[Seek, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Figures:
    """What the model itself says of the plan under a choice, öre: of the level, by year of
    ``options.years``. ``value`` is in the goal's unit, of what was chosen alone."""

    value: float
    own: np.ndarray
    gap: np.ndarray

    @property
    def cost(self) -> int:
        """Own money in all."""
        return int(self.own.sum())


@dataclass(frozen=True, eq=False)
class Answer:
    """The answer to a goal. ``choice`` is None when nothing keeps to all of it, and then
    ``relaxations`` are the smallest changes that would let something do so.

    ``proven``: no choice is better; else it may be better by the share ``distance`` at most, or
    nobody knows by how much (NaN). ``list`` is the choice from a list sorted by benefit per krona;
    ``list_keeps`` is false when it misses what is to be reached.
    """

    problem: Problem
    choice: Choice | None
    figures: Figures | None
    proven: bool
    distance: float
    list: Choice | None
    list_figures: Figures | None
    list_keeps: bool
    relaxations: tuple[Relaxation, ...]
    contradiction: bool
    seconds: float

    @property
    def options(self) -> Options:
        """Every way to carry out a measure."""
        return self.problem.options

    @property
    def goal(self) -> Goal:
        """What was asked."""
        return self.problem.goal

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """The answer as a scenario says it, after the adjustments that the plan has already."""
        return () if self.choice is None else said(self.problem, self.choice, self._facts)

    _facts: Facts = field(default_factory=lambda: Facts(lambda plan: np.zeros(plan.size[1])))


def optimise(plan: Plan, goal: Goal, facts: Facts) -> Answer:
    """The best choice. InvalidData where the goal cannot be understood."""
    began = time.perf_counter()
    whole = problem(options(plan, goal, facts), facts)
    by_list = Choice(greedy(whole))
    list_keeps = all(keeps(limit, by_list.chosen) for limit in whole.limits) and _rules(
        whole, by_list.chosen
    )
    solved, choice = _best(whole, by_list.chosen if list_keeps else None, began)
    found: tuple[Relaxation, ...] = ()
    contradiction = False
    if choice is None and solved.infeasible:
        found = relaxations(whole, seconds=max(goal.seconds - (time.perf_counter() - began), 1.0))
        contradiction = not found
    return Answer(
        problem=whole,
        choice=choice,
        figures=choice and evaluate(whole, choice, facts),
        proven=choice is not None and solved.proven,
        distance=solved.distance if choice is not None else np.nan,
        list=by_list,
        list_figures=evaluate(whole, by_list, facts),
        list_keeps=list_keeps,
        relaxations=found,
        contradiction=contradiction,
        seconds=time.perf_counter() - began,
        _facts=facts,
    )


def objective(whole: Problem, rate: float = 0.0) -> tuple[np.ndarray, bool]:
    """What is made small, or large (True), (columns,); ``rate`` is benefit per thousand kronor."""
    aim = whole.goal.aim
    if aim == "most":
        return whole.value, True
    if aim == "per_krona":
        return whole.value - rate * whole.cost / THOUSAND, True
    return (whole.cost if aim == "least_cost" else whole.gap) / THOUSAND, False


def distance(whole: Problem) -> float:
    """How near the best a large choice must come, as a share of it; a small one is exact."""
    return 0.0 if len(whole.options.measure) <= FEW else NEAR


def choice_of(whole: Problem, values: np.ndarray) -> Choice:
    """The columns of a solution as a choice. Shares are rounded down, so that nothing costs less
    than it was taken for."""
    chosen = np.zeros(len(whole.options.measure), dtype=bool)
    chosen[:] = values[: len(chosen)] > 0.5
    made: dict[Seek, int] = {}
    for (seek, option), column in zip(
        per_option(whole.options, whole.seeks), whole.shares, strict=True
    ):
        if chosen[option]:
            made[seek] = min(int(np.floor(values[column] * MILLION + 1e-3)), seek.share)
    return Choice(chosen, made)


def shares_of(whole: Problem, choice: Choice) -> np.ndarray:
    """The share of every share column, (share columns,)."""
    return np.array(
        [
            choice.made.get(seek, 0) / MILLION if choice.chosen[option] else 0.0
            for seek, option in per_option(whole.options, whole.seeks)
        ]
    )


def said(whole: Problem, choice: Choice, facts: Facts) -> tuple[Adjustment, ...]:
    """A choice as adjustments: what is not carried out, what is later, what is sought."""
    opts = whole.options
    ids = opts.plan.tags["id"]
    carried = np.zeros(len(ids), dtype=bool)
    carried[opts.measure[choice.chosen]] = True
    off = ids[~carried & ~opts.untouched]

    def only(chosen: np.ndarray) -> Where:
        return Where(tags={"id": tuple(str(key) for key in chosen)})  # type: ignore[arg-type]

    found: list[Adjustment] = [SwitchOff(where=only(off))] if len(off) else []
    delays = opts.delay[choice.chosen]
    for years in np.unique(delays[delays > 0]):
        later = opts.measure[choice.chosen][delays == years]
        found.append(Delay(years=int(years), where=only(ids[later])))
    return (*found, *adjustments(opts, dict(choice.made), facts))


def evaluate(whole: Problem, choice: Choice, facts: Facts) -> Figures:
    """What the model says of the plan under a choice."""
    opts, goal = whole.options, whole.goal
    plan = apply(opts.plan, Scenario(id="", name="", adjustments=said(whole, choice, facts)))
    ids = opts.plan.tags["id"]
    known = (opts.out == "") | (opts.held & ~np.isnan(opts.worth.own[0]))
    chosen = np.isin(plan.tags["id"], ids[known & ~opts.untouched])
    others = opts.plan.keep(opts.untouched)
    nobody = np.zeros(others.size[1], dtype=bool)
    before = reached(others, goal, facts.benefits, nobody)

    def on_axis(table: np.ndarray) -> np.ndarray:
        sums = dict(zip(plan.years.tolist(), table.sum(axis=1).tolist(), strict=True))
        return np.array([sums.get(int(year), 0) for year in opts.years], dtype=np.int64)

    return Figures(
        reached(plan, goal, facts.benefits, chosen) - before,
        on_axis(own_money(plan, goal)),
        on_axis(gap_of(plan, goal)),
    )


def _rules(whole: Problem, chosen: np.ndarray) -> bool:
    """Whether a choice keeps to the pairs of the goal."""
    opts = whole.options
    ids = opts.plan.tags["id"]
    carried = {str(key) for key in (*ids[opts.measure[chosen]], *ids[opts.untouched])}
    return not any(a in carried and b in carried for a, b in whole.goal.excludes) and all(
        b in carried for a, b in whole.goal.requires if a in carried
    )


def _best(whole: Problem, start: np.ndarray | None, began: float) -> tuple[Solved, Choice | None]:
    """Solve, and once more among what is equally good: the cheapest, and then the earliest."""
    seconds = whole.goal.seconds
    begin = None if start is None else whole.columns_of(start)
    if whole.goal.aim == "per_krona":
        solved, choice = _per_krona(whole, begin, seconds * 0.7)
    else:
        solved, choice = _exact(whole, *objective(whole), begin, seconds * 0.7)
    if choice is None:
        return solved, None
    left = min(seconds - (time.perf_counter() - began), max(solved.seconds, 0.2))
    return solved, _tidy(whole, choice, left) or choice


def _exact(
    whole: Problem, aim: np.ndarray, most: bool, start: np.ndarray | None, seconds: float
) -> tuple[Solved, Choice | None]:
    """Solve, and tighten by what the solver's tolerance let through, until every limit holds."""
    program, began = whole.program, time.perf_counter()
    for _ in range(ROUNDS):
        left = seconds - (time.perf_counter() - began)
        solved = solve(program, aim, most=most, seconds=left, distance=distance(whole), start=start)
        if solved.values is None:
            return solved, None
        choice = choice_of(whole, solved.values)
        missed = broken(whole, choice)
        if not missed:
            return solved, choice
        program = program.copy()
        for row, limit, amount in missed:
            if amount > limit.most:
                program.row_upper[row] -= (amount - limit.most + 1) / limit.scale
            else:
                program.row_lower[row] += (limit.least - amount + 1) / limit.scale
    return solved, None


def broken(whole: Problem, choice: Choice) -> list[tuple[int, Limit, float]]:
    """The limits that a choice does not keep to, with their rows and what they come to."""
    shares = shares_of(whole, choice)
    found = []
    for row, limit in zip(whole.rows, whole.limits, strict=True):
        if limit.kind == "reach":
            continue
        amount = limit.amount(choice.chosen, shares)
        if not limit.holds(amount):
            found.append((row, limit, amount))
    return found


def _per_krona(
    whole: Problem, start: np.ndarray | None, seconds: float
) -> tuple[Solved, Choice | None]:
    """Dinkelbach: the best of benefit less rate times cost, with the rate that it then gives."""
    rate, began, best = 0.0, time.perf_counter(), None
    for _ in range(20):
        left = max(seconds - (time.perf_counter() - began), 0.05)
        solved, choice = _exact(whole, *objective(whole, rate), start, left)
        if choice is None:
            return best or (solved, None)
        values = _values(whole, choice)
        worth, cost = float(whole.value @ values), float(whole.cost @ values) / THOUSAND
        if best and (cost <= 0 or worth / cost <= rate * (1 + 1e-9)):
            return best
        best = solved, choice
        if cost <= 0:
            return best
        rate = worth / cost
    return best


def _values(whole: Problem, choice: Choice) -> np.ndarray:
    return whole.columns_of(choice.chosen, shares_of(whole, choice))


def _tidy(whole: Problem, choice: Choice, seconds: float) -> Choice | None:
    """Among what reaches as much: the cheapest, and then the earliest. None when time is up."""
    if seconds <= 0.02:
        return None
    values = _values(whole, choice)
    program = whole.program.copy()
    everything = np.arange(len(values))
    aim, most = objective(whole)
    if whole.goal.aim == "per_krona":
        return None
    reached_ = float(aim @ values)
    spare = 1e-9 * max(abs(reached_), 1.0)
    if most:
        program.row(everything, aim, lower=reached_ - spare)
    else:
        program.row(everything, aim, upper=reached_ + spare)
    second = whole.cost / THOUSAND if most or whole.goal.aim == "smallest_gap" else -whole.value
    tie = np.zeros(len(values))
    tie[: len(whole.options.delay)] = whole.options.delay * 1e-3
    solved = solve(program, second + tie, seconds=seconds, start=values)
    if solved.values is None:
        return None
    found = choice_of(whole, solved.values)
    after = float(aim @ _values(whole, found))
    worse = after < reached_ - spare if most else after > reached_ + spare
    return None if broken(whole, found) or worse else found
