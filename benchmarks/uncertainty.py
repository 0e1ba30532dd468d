"""The gap in many worlds against a loop over a pandas frame, draw by draw, and at large.

The loop matches the same drawn needs and grants one cell at a time. It must agree to the öre before
its time counts.
"""

import time

import numpy as np

from benchmarks.matching import fastest, loop_over_frame
from benchmarks.plans import generated
from model.readings import sum_lines
from model.uncertainty import Settings, simulate
from model.worlds import World, Worlds, drawn

DRAWS, LOOPED = 10_000, 3


def loop_over_draws(worlds: Worlds, world: World) -> list[np.ndarray]:
    """The gap of each draw by the loop."""
    found = []
    for draw in range(world.won.shape[1]):
        plan = worlds.one(world.take([draw]))
        given = plan.appropriations
        grants = sum_lines(plan.grants.payments, plan.grants.measure, plan.size)
        found.append(loop_over_frame(plan.need.mid, grants, given.decided_net + given.planned_net))
    return found


def measure() -> list[str]:
    """The lines of the report."""
    plan, settings = generated(200, 10), Settings(draws=DRAWS, correlation=0.3)
    worlds = Worlds(plan)
    world, _at = next(drawn(worlds, 1, settings.seed, settings.common, settings.correlation))
    some = world.take(np.arange(LOOPED))
    start = time.perf_counter()
    looped = loop_over_draws(worlds, some)
    loop = (time.perf_counter() - start) / LOOPED * DRAWS
    assert all((worlds.gap(some)[:, :, i] == gap).all() for i, gap in enumerate(looped))
    ours = fastest(lambda: simulate(plan, settings), 3)
    large = generated(2_000, 26)
    start = time.perf_counter()
    simulate(large, settings)
    whole = time.perf_counter() - start
    return [
        f"10 000 draws of 200 x 10: {ours:.2f} s",
        f"the same by a pandas loop, from {LOOPED} draws: {loop:.0f} s, "
        f"{loop / ours:.0f} times as long",
        f"10 000 draws of 2 000 x 26: {whole:.1f} s",
    ]
