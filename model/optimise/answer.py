"""The best choice for a goal, with how surely it is the best, and the model's own figures of it."""

import time
from dataclasses import dataclass, field

import numpy as np

from model.optimise.goal import Goal
from model.optimise.greedy import greedy, keeps
from model.optimise.options import Facts, Options, gap_of, options, own_money
from model.optimise.problem import Problem, problem
from model.optimise.relax import Relaxation, relaxations
from model.optimise.search import Choice, best
from model.optimise.seeking import adjustments
from model.optimise.worth import reached
from model.plan import Plan
from model.scenario import Adjustment, Delay, Scenario, SwitchOff, Where, apply

# So much of the time there is goes to the search; the rest to figures, reasons and margins.
SEARCHING = 0.75


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
    """The best choice in the goal's ``seconds``, of which the building of the program is a part.
    InvalidData where the goal cannot be understood."""
    began = time.perf_counter()
    whole = problem(options(plan, goal, facts), facts)
    by_list = Choice(greedy(whole))
    list_keeps = all(keeps(limit, by_list.chosen) for limit in whole.limits) and _rules(
        whole, by_list.chosen
    )
    start = by_list.chosen if list_keeps else None
    solved, choice = best(whole, start, began + goal.seconds * SEARCHING)
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
