"""The four readings of a scenario against a loop over a pandas frame, and the kernel at large.

The loop is what a spreadsheet's formulas do, row by row. It must agree with the kernel to the öre
(the expected reading to its rounding) before its time counts.
"""

import time

import numpy as np
import pandas as pd

from benchmarks.plans import generated
from model.gap import match
from model.plan import Plan
from model.readings import READINGS, read
from model.scenario import AS_IS, CostFactor, apply


def fastest(run, times: int = 5) -> float:
    """Seconds of the fastest of some runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def loop_over_frame(need: np.ndarray, grants: np.ndarray, given: np.ndarray) -> np.ndarray:
    """The same matching as ``gap.match``, one cell at a time in a pandas frame."""
    years, measures = need.shape
    index = pd.MultiIndex.from_product([range(measures), range(years)], names=["measure", "year"])
    frame = pd.DataFrame(
        {
            name: table.T.ravel()
            for name, table in (("need", need), ("grant", grants), ("given", given))
        },
        index=index,
    )
    gap = np.zeros((years, measures), dtype=np.int64)
    for measure, rows in frame.groupby(level="measure"):
        saved = 0
        for (_, year), row in rows.iterrows():
            saved += row["grant"]
            paid = min(saved, row["need"])
            saved -= paid
            gap[year, measure] = max(row["need"] - paid - row["given"], 0)
        for year in range(years):
            paid = min(saved, gap[year, measure])
            saved -= paid
            gap[year, measure] -= paid
    return gap


def loop_over_readings(plan: Plan) -> dict[str, np.ndarray]:
    """All four readings by the loop, the expected one as the mean of its two worlds."""
    need, given = plan.need.mid, plan.appropriations
    money = {}
    for status in ("granted", "applied"):
        lines = plan.grants.take(plan.grants.status == status)
        money[status] = np.zeros_like(need)
        np.add.at(money[status].T, lines.measure, lines.payments.T)
    granted, won = money["granted"], money["granted"] + money["applied"]
    planned = given.decided_net + given.planned_net
    chance = plan.grants.probability[plan.grants.status == "applied"]
    gap = {
        "secured": loop_over_frame(need, granted, given.decided_net),
        "planned": loop_over_frame(need, granted, planned),
        "best_case": loop_over_frame(need, won, planned),
    }
    mean = chance * gap["best_case"] + (1 - chance) * gap["planned"]
    return gap | {"expected": np.floor(mean + 0.5).astype(np.int64)}


def measure() -> list[str]:
    """The lines of the report."""
    plan = generated(2_000, 26)
    scenario = AS_IS.then(CostFactor(factor=1.3))

    def one_scenario():
        changed = apply(plan, scenario)
        return {reading: read(changed, reading) for reading in READINGS}

    start = time.perf_counter()
    looped = loop_over_readings(apply(plan, scenario))
    loop = time.perf_counter() - start
    for reading, outcome in one_scenario().items():
        assert np.abs(looped[reading] - outcome.gap).max() <= (reading == "expected"), reading
    ours = fastest(one_scenario)
    need, given = plan.need.mid, plan.appropriations.decided_net
    grants = plan.grants.payments[:, : need.shape[1]]
    large = [np.tile(table, (1, 73))[:, :145_000] for table in (need, grants, given)]
    national = fastest(lambda: match(*large), 3)
    return [
        f"one scenario in four readings, 2 000 x 26: {ours * 1000:.1f} ms",
        f"the same by a pandas loop: {loop:.2f} s, {loop / ours:.0f} times as long",
        f"the kernel, 145 000 x 26: {national * 1000:.0f} ms",
    ]
