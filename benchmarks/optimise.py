"""Choosing measures within budgets: the exact answer beside the list sorted by benefit per krona.

Generated plans of 200 measures × 12 sources × 6 years and of 2 000. The second solver is
``scipy.optimize.milp`` on the same program: both must come to the same before any time counts.
"""

import time

import numpy as np

from model.optimise.answer import optimise
from model.optimise.goal import Bound, Goal, SourceLimit
from model.optimise.options import Facts
from model.optimise.search import distance, objective
from model.plan import Plan
from model.reference import reference
from model.rows import (
    Effect,
    Expenditure,
    Grant,
    Measure,
    Payment,
    PlanDocument,
    PlanHead,
)

FIRST, LAST = 2026, 2031
SOURCES = 12
DEPARTMENTS = 8


def generated(measures: int, seed: int = 2030) -> Plan:
    """A plan of measures in one to three years, half of them with a grant applied for."""
    from model import commands
    from model.results import results
    from model.store.connection import Store

    random = np.random.default_rng(seed)
    sources = sorted(k for k, each in reference().funding.items() if each.kind == "grant")[:SOURCES]
    rows = []
    for number in range(measures):
        start = int(random.integers(FIRST, LAST))
        years = range(start, min(start + int(random.integers(1, 4)), LAST + 1))
        amounts = {year: int(random.integers(200, 20_000)) * 1000 for year in years}
        grants = ()
        if random.random() < 0.5:
            paid = tuple(Payment(year=y, amount=a // 3) for y, a in amounts.items())
            grants = (
                Grant(
                    id="ansokan",
                    source=sources[number % len(sources)],
                    status="applied",
                    probability=0.5,
                    payments=paid,
                ),
            )
        tonnes = round(float(sum(amounts.values()) / 1e6 * random.lognormal(3, 0.6)), 1)
        rows.append(
            Measure(
                id=f"m-{number}",
                name=f"Åtgärd {number}",
                sector=("transport", "buildings", "energy", "waste")[number % 4],
                owner="municipality",
                owner_kind="public",
                department=f"Nämnd {number % DEPARTMENTS}",
                expenditures=tuple(Expenditure(year=y, mid=a) for y, a in amounts.items()),
                effects=(
                    Effect(
                        indicator="co2e_reduction",
                        unit="t CO2e",
                        mid=tonnes,
                        basis="per_year",
                        effect_group=f"g{number // 2}" if number % 20 < 2 else "",
                    ),
                ),
                grants=grants,
            )
        )
    head = PlanHead(
        id="matning",
        name="Mätning",
        municipality="2480",
        base_year=FIRST,
        first_year=FIRST,
        last_year=LAST,
        system_boundary="municipal_group",
    )
    store = Store.open(None)
    commands.create_plan(PlanDocument(plan=head, measures=tuple(rows)), "mätning", store=store)
    return results("matning", store=store).plan


def goal_of(plan: Plan, seconds: float) -> Goal:
    """Two fifths of what it takes, spread evenly, twelve capped sources, departments capped."""
    whole = int(plan.need.mid.sum())
    years = range(FIRST, LAST + 1)
    sources = np.unique(plan.grants.source)
    of_source = {s: int(plan.grants.payments[:, plan.grants.source == s].sum()) for s in sources}
    return Goal(
        FIRST,
        LAST,
        reading="expected",
        budget=tuple((year, whole // 15) for year in years),
        sources=tuple(
            SourceLimit(str(s), most // 2, tuple((y, most // 8) for y in years))
            for s, most in of_source.items()
        ),
        at_most=tuple(
            Bound("department", f"Nämnd {n}", whole // 80, year=year)
            for n in range(DEPARTMENTS)
            for year in years
        ),
        seconds=seconds,
    )


def nothing_valued(plan: Plan) -> np.ndarray:
    """No benefit besides tonnes."""
    return np.full(plan.size[1], np.nan)


def second_solver(whole, seconds: float) -> tuple[float, float]:
    """(objective, seconds) of scipy.optimize.milp on the same program."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    program = whole.program
    aim, most = objective(whole)
    starts, index, value = program.matrix()
    matrix = csr_array((value, index, starts), shape=program.size)
    began = time.perf_counter()
    found = milp(
        -aim if most else aim,
        constraints=LinearConstraint(matrix, program.row_lower, program.row_upper),
        bounds=Bounds(program.lower, program.upper),
        integrality=np.array(program.whole, dtype=int),
        options={"time_limit": seconds, "mip_rel_gap": distance(whole)},
    )
    return float(-found.fun if most else found.fun), time.perf_counter() - began


def measure() -> list[str]:
    """The lines of the report."""
    said = []
    for measures, seconds in ((200, 1.5), (2_000, 20.0)):
        plan = generated(measures)
        goal = goal_of(plan, seconds)
        began = time.perf_counter()
        answer = optimise(plan, goal, Facts(nothing_valued))
        took = time.perf_counter() - began
        exact, by_list = answer.figures.value, answer.list_figures.value
        proof = "proven" if answer.proven else f"within {answer.distance:.2%} of the best"
        other, other_took = second_solver(answer.problem, seconds)
        if answer.proven:
            assert other <= exact * (1 + 2e-4), (other, exact)
        said += [
            f"{measures} measures x {SOURCES} sources x {LAST - FIRST + 1} years, "
            f"{len(answer.options.measure)} ways: {took:.2f} s, {proof}",
            f"  the sorted list gives {1 - by_list / exact:.1%} less",
            f"  scipy.optimize.milp on the same program: {other_took:.2f} s, "
            f"{other / exact - 1:+.3%}",
        ]
    return said
