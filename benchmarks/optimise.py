"""Choosing measures within budgets: the exact answer beside the list sorted by benefit per krona.

Generated plans of 200 measures × 12 sources × 6 years and of 2 000. The second solver is
``scipy.optimize.milp`` on the same program: both must come to the same before any time counts.
"""

import time

import numpy as np

from model.optimise.answer import optimise
from model.optimise.frontier import frontier
from model.optimise.goal import Bound, Goal, SourceLimit
from model.optimise.margin import margins
from model.optimise.options import Facts, own_money
from model.optimise.robust import robust
from model.optimise.search import distance, objective
from model.plan import Amounts, Plan
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
from model.uncertainty import Settings

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


def by_pandas(plan: Plan, goal: Goal) -> tuple[float, float]:
    """(tonnes, seconds) of what a sheet does: measures sorted by tonnes per krona, taken from the
    top as long as every year's budget has room, as planned, and no other limit looked at."""
    import pandas as pd

    yearly = own_money(plan, goal)
    lines = plan.effects
    first = ~pd.Series(lines.effect_group).where(lines.effect_group != "").duplicated().to_numpy()
    counted = first | (lines.effect_group == "")
    began = time.process_time()
    frame = pd.DataFrame({"cost": yearly.sum(axis=0), "tonnes": 0.0})
    tonnes = pd.Series(np.where(counted, lines.mid, 0.0)).groupby(lines.measure).sum()
    frame.loc[tonnes.index, "tonnes"] = tonnes
    frame["rate"] = frame.tonnes / frame.cost
    left = pd.Series(dict(goal.budget)).reindex(plan.years, fill_value=0)
    given = 0.0
    for row in frame.sort_values("rate", ascending=False).itertuples():
        takes = yearly[:, row.Index]
        if (takes <= left.to_numpy()).all():
            left -= takes
            given += row.tonnes
    return given, time.process_time() - began


def measure() -> list[str]:
    """The lines of the report. Processor seconds, because others may share the machine."""
    said = []
    for measures, seconds, goal_seconds in ((200, 1.9, 2), (2_000, 20.0, 30)):
        plan = generated(measures)
        goal = goal_of(plan, seconds)
        began, used = time.perf_counter(), time.process_time()
        answer = optimise(plan, goal, Facts(nothing_valued))
        margins(answer)
        took, used = time.perf_counter() - began, time.process_time() - used
        exact, by_list = answer.figures.value, answer.list_figures.value
        proof = "proven" if answer.proven else f"within {answer.distance:.2%} of the best"
        other, other_took = second_solver(answer.problem, seconds)
        if answer.proven:
            assert other <= exact * (1 + 2e-4), (other, exact)
        sheet, sheet_took = by_pandas(plan, goal)
        said += [
            f"{measures} measures x {SOURCES} sources x {LAST - FIRST + 1} years, "
            f"{len(answer.options.measure)} ways: {took:.2f} s with its margins "
            f"({used:.2f} s of processor; asked {seconds:g}, goal {goal_seconds}), {proof}",
            f"  the sorted list gives {1 - by_list / exact:.1%} less",
            f"  pandas by tonnes per krona, budgets alone and nothing put off: "
            f"{sheet_took:.3f} s, {sheet / exact - 1:+.1%}",
            f"  scipy.optimize.milp on the same program: {other_took:.2f} s, "
            f"{other / exact - 1:+.3%}",
        ]
    return said + many_worlds()


def many_worlds(measures: int = 200, draws: int = 20) -> list[str]:
    """The robust choice and the curve of a plan with ranges."""
    plan, settings = generated(measures), Settings(draws=draws)
    need = plan.need
    plan = plan.replace(need=Amounts(need.mid * 9 // 10, need.mid, need.mid * 13 // 10))
    goal = goal_of(plan, 20.0)
    used = time.process_time()
    found = robust(plan, goal, Facts(nothing_valued), settings)
    each = (time.process_time() - used) / draws
    sure = sum(part.kind == "no_regret" for part in found.parts)
    used = time.process_time()
    curve = frontier(plan, goal, Facts(nothing_valued))
    return [
        f"robust choice, {measures} measures: {each:.2f} s of processor a draw, {sure} no-regret "
        f"of {len(found.parts)}; {found.unproven} of {draws} draws not proven",
        f"curve of {len(curve.points)} points: {time.process_time() - used:.1f} s of processor, "
        f"{sum(point.proven for point in curve.points)} proven",
    ]
