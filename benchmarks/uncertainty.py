"""The gap in many worlds against a loop over a pandas frame, draw by draw, and at large.

The loop matches the same drawn needs and grants one cell at a time. It must agree to the öre before
its time counts. Time is the processor's: others may share it.
"""

import time

import numpy as np

from benchmarks.matching import loop_over_frame
from benchmarks.plans import generated
from model.readings import sum_lines
from model.uncertain_tonnes import simulate_tonnes
from model.uncertainty import Settings, simulate
from model.worlds import World, Worlds, drawn

DRAWS = 10_000


def loop_over_draws(worlds: Worlds, world: World) -> list[np.ndarray]:
    """The gap of each draw by the loop."""
    found = []
    for draw in range(world.won.shape[1]):
        plan = worlds.one(world.take([draw]))
        given = plan.appropriations
        grants = sum_lines(plan.grants.payments, plan.grants.measure, plan.size)
        found.append(loop_over_frame(plan.need.mid, grants, given.decided_net + given.planned_net))
    return found


def side_by_side(measures: int, years: int, looped: int) -> str:
    """Ours and the loop, in the same run, by the processor's time."""
    plan, settings = generated(measures, years), Settings(draws=DRAWS, correlation=0.3)
    worlds = Worlds(plan)
    world, _at = next(drawn(worlds, 1, settings.seed, settings.common, settings.correlation))
    some = world.take(np.arange(looped))
    start = time.process_time()
    by_loop = loop_over_draws(worlds, some)
    loop = (time.process_time() - start) / looped * DRAWS
    assert all((worlds.gap(some)[:, :, i] == gap).all() for i, gap in enumerate(by_loop))
    ours = taken(lambda: simulate(plan, settings))
    return (
        f"{DRAWS} draws of {measures} x {years}: {ours:.2f} s; a pandas loop, from {looped} of "
        f"them: {loop:.0f} s, {loop / ours:.0f} times as long"
    )


def taken(work) -> float:
    """Seconds of the processor, the least of two."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return min(once(), once())


def tonnes() -> float:
    """Seconds for the emissions of as many measures, over 26 years."""
    mid = np.random.default_rng(1).integers(1, 1000, 2_000) * np.ones((26, 1))
    sectors = np.full(2_000, "transport", dtype=object)
    of = (0.8 * mid, mid, 1.4 * mid, sectors, Settings(draws=DRAWS, effect_correlation=0.3))
    return taken(lambda: simulate_tonnes(np.arange(2026, 2052), *of))


def measure() -> list[str]:
    """The lines of the report."""
    small = generated(200, 10)
    others = [
        f"{shape}, {spread} {taken(lambda of=of: simulate(small, of)):.2f} s"
        for shape, spread in (("triangular", "latin"), ("pert", "sobol"), ("pert", "latin"))
        for of in [Settings(draws=DRAWS, correlation=0.3, shape=shape, spread=spread)]
    ]
    return [
        side_by_side(200, 10, 3),
        f"200 x 10 otherwise: {'; '.join(others)}",
        side_by_side(2_000, 26, 1),
        f"{DRAWS} draws of the emissions of 2000 x 26: {tonnes():.2f} s",
    ]
