"""The robust choice and the trade-off curve: what belongs to every good choice, what hangs on what,
and what ever more costs at least."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import InvalidData
from model.optimise.conditions import keeping
from model.optimise.goal import Bound, SourceLimit, over
from model.optimise.robust import NEARLY_ALL
from model.rows import Effect
from model.uncertainty import Stopped
from tests.model.conftest import grant, measure
from tests.model.test_optimise import (  # noqa: F401 - the fixture is used by its name
    MILLION,
    QUICK,
    everything,
    gives,
    open_store,
    opened,
    plans,
)

# A curve is many solutions: a few plans are enough.
FEW = settings(QUICK, max_examples=6)


def part_of(found, key: str):
    ids = found.options.plan.tags["id"].tolist()
    return next(part for part in found.parts if ids[part.place] == key)


def ranged(key: str, low: int, high: int, amount: float, **fields):
    """A measure that costs between two amounts, million kronor, in 2026."""
    from model.rows import Expenditure

    mid = (low + high) * 500_000
    row = Expenditure(year=2026, low=low * 1_000_000, mid=mid, high=high * 1_000_000)
    effect = Effect(
        indicator="co2e_reduction", unit="t CO2e", mid=Decimal(str(amount)), basis="per_year"
    )
    return measure(key, expenditures=(row,), effects=(effect,), **fields)


def test_what_is_certain_is_in_every_choice_or_in_none(result_of):
    result = result_of(gives("a", 5, 100), gives("b", 5, 90), gives("c", 5, 10))
    goal = over(result.plan, total=10 * MILLION)
    found = result.robust(goal, 20)
    central = result.prioritised(goal)
    assert found.met.all()
    carried = np.zeros(3, dtype=bool)
    carried[central.options.measure[central.choice.chosen]] = True
    assert (found.carried == carried[:, None]).all()
    assert (found.value == central.figures.value).all()
    assert (found.cost == central.figures.cost).all()
    assert {(part.share, part.kind) for part in found.parts} == {(1.0, "no_regret"), (0.0, "never")}


def test_a_measure_that_is_best_in_every_world_has_the_share_one(result_of):
    result = result_of(ranged("bra", 1, 4, 500), ranged("x", 4, 12, 90), ranged("y", 4, 12, 90))
    found = result.robust(over(result.plan, total=12 * MILLION), 40)
    assert part_of(found, "bra").share == 1.0
    assert part_of(found, "bra").kind == "no_regret"
    assert (found.cost[found.met] <= 12 * MILLION).all()
    others = part_of(found, "x").share + part_of(found, "y").share
    assert 0 < others < 2 * NEARLY_ALL


def test_a_measure_hangs_on_the_grant_without_which_it_is_not_chosen(result_of):
    sought = grant("ansokan", {2026: 8_000_000}, "applied", probability=Decimal("0.5"))
    result = result_of(gives("sokt", 10, 100, grants=(sought,)), gives("annan", 8, 90))
    found = result.robust(over(result.plan, total=8 * MILLION, reading="expected"), 40)
    with_grant = part_of(found, "sokt")
    assert with_grant.kind == "hangs"
    assert with_grant.hangs.driver.kind == "application"
    assert (with_grant.hangs.high, with_grant.hangs.low) == (1.0, 0.0)
    # What is crowded out hangs on the same application, the other way.
    out = part_of(found, "annan").hangs
    assert (out.driver, out.high, out.low) == (with_grant.hangs.driver, 0.0, 1.0)
    # A reading that counts no application leaves nothing to hang on it.
    secured = result.robust(over(result.plan, total=8 * MILLION), 20)
    assert part_of(secured, "annan").share == 1.0


def test_effects_are_drawn_between_their_low_and_high(result_of):
    effect = Effect(
        indicator="co2e_reduction", unit="t CO2e", low=50, mid=100, high=150, basis="per_year"
    )
    result = result_of(measure("a", {2026: 5_000_000}, effects=(effect,)), gives("b", 5, 100))
    found = result.robust(over(result.plan, total=5 * MILLION), 40)
    assert part_of(found, "a").kind == "hangs"
    assert part_of(found, "a").hangs.driver.kind == "effect"
    assert part_of(found, "a").share + part_of(found, "b").share == 1.0
    assert (found.value >= 100).all()
    assert found.value.max() < 150
    again = result.robust(over(result.plan, total=5 * MILLION), 40, seed=1)
    assert (again.value != found.value).any()


def test_worlds_that_cannot_keep_to_the_goal_are_counted_and_not_taken_for_anything(result_of):
    result = result_of(ranged("a", 5, 15, 100))
    goal = over(result.plan, aim="least_cost", at_least=100.0, total=10 * MILLION)
    found = result.robust(goal, 40)
    assert 10 < found.met.sum() < 30
    assert part_of(found, "a").share == 1.0
    never = result.robust(over(result.plan, aim="least_cost", at_least=500.0), 20)
    assert (never.met.sum(), never.parts) == (0, ())


def test_draws_can_be_stopped_and_too_few_are_refused(result_of):
    result = result_of(gives("a", 5, 100), gives("b", 5, 90))
    goal = over(result.plan, total=5 * MILLION)
    with pytest.raises(Stopped):
        result.robust(goal, 20, tell=lambda done, of: done == 3)
    with pytest.raises(Stopped):
        result.frontier(goal, tell=lambda done, of: True)
    with pytest.raises(InvalidData, match="20 to"):
        result.robust(goal, 5)
    with pytest.raises(InvalidData, match="no curve"):
        result.frontier(goal, 2)


@FEW
@given(plans(3))
def test_the_curve_of_a_small_plan_is_every_choice_that_nothing_betters(open_store, rows):  # noqa: F811
    result = opened(open_store, rows)
    goal = over(result.plan, unclear=True, most_delay=0, total=MILLION)
    found = result.frontier(goal, 24)
    answer = result.prioritised(over(result.plan, unclear=True, most_delay=0))
    choices = {(round(worth, 6), cost) for worth, cost, _ in everything(answer)}
    best = {
        (worth, cost)
        for worth, cost in choices
        if not any(w >= worth and c <= cost and (w, c) != (worth, cost) for w, c in choices)
    }
    assert {(round(p.value, 6), p.cost) for p in found.points} == best
    for before, after in pairwise(found.points):
        assert before.value < after.value
        assert before.cost < after.cost


@st.composite
def conditions(draw, count: int):
    """Limits of every kind that a page can say, on measures m0, m1 …"""
    names = [f"m{n}" for n in range(count)]
    one, other = draw(st.permutations(names))[:2] if count > 1 else (names[0], names[0])
    said = {}
    if count > 1 and draw(st.booleans()):
        said[draw(st.sampled_from(["excludes", "requires"]))] = [f"{one}={other}"]
    if draw(st.booleans()):
        said["earliest"] = [f"{one}={draw(st.integers(2026, 2028))}"]
    if draw(st.booleans()):
        year = draw(st.sampled_from(["@each", "@2027", ""]))
        most = draw(st.sampled_from(["3", "1 st", "6"]))
        said["capacity"] = [f"sector:transport{year}={most}"]
    if draw(st.booleans()):
        said["minimum"] = [f"sector:transport={draw(st.sampled_from(['1', '1 st', '20 t']))}"]
    if draw(st.booleans()):
        said["cap"] = [f"klimatklivet{draw(st.sampled_from(['', '@2026']))}=0,5"]
    return said


@QUICK
@given(st.data(), plans(5), st.integers(5, 60))
def test_no_choice_is_better_within_the_new_limits_either(open_store, data, rows, budget):  # noqa: F811
    result = opened(open_store, rows)
    goal = over(result.plan, total=budget * MILLION // 10, unclear=True, reading="expected")
    asked = keeping(goal, data.draw(conditions(len(rows))))
    answer = result.prioritised(asked)
    options = answer.options
    ids = options.plan.tags["id"]

    def allowed(taken: np.ndarray) -> bool:
        on = {str(key) for key in ids[options.measure[taken]]}
        apart = all(not {a, b} <= on for a, b in asked.excludes)
        return apart and all(b in on for a, b in asked.requires if a in on)

    found = [worth for worth, _, _ in everything(answer, allowed)]
    if answer.choice is None:
        assert found == []
    else:
        assert allowed(answer.choice.chosen)
        # What has begun goes on as planned.
        on = answer.choice.chosen & ~options.begun[options.measure]
        starts = dict(zip(ids[options.measure[on]], options.starts[on], strict=True))
        assert all(starts.get(key, year) >= year for key, year in asked.earliest)
        assert answer.figures.value == pytest.approx(max(found), abs=1e-6)


def test_limits_are_read_as_they_are_written(result_of):
    result = result_of(gives("a", 5, 100, department="Gata: väst"), gives("b", 5, 90))
    goal = over(result.plan)
    said = keeping(
        goal,
        {
            "capacity": ["department:Gata: väst@each=2,5", "sector:transport@2027=2 st"],
            "minimum": ["sector:transport=500 t"],
            "earliest": ["a=2027"],
            "excludes": ["a=b"],
            "cap": ["klimatklivet=10", "klimatklivet@2026=4"],
            "self_financing": ["80 %", "0,5"],
        },
    )
    assert said.at_most == (
        *(Bound("department", "Gata: väst", MILLION * 5 // 2, year=y) for y in (2026, 2027, 2028)),
        Bound("sector", "transport", 2.0, "measures", 2027),
    )
    assert said.minimum == (Bound("sector", "transport", 500.0, "tonnes"),)
    assert (said.earliest, said.excludes) == ((("a", 2027),), (("a", "b"),))
    limit = SourceLimit("klimatklivet", 10 * MILLION, ((2026, 4 * MILLION),))
    assert said.sources == (limit,)
    assert said.self_financing == Decimal("0.8")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("capacity", "department=5"),
        ("capacity", "department:Gata=mycket"),
        ("capacity", "department:Gata@snart=5"),
        ("earliest", "a"),
        ("self_financing", "80"),
    ],
)
def test_what_cannot_be_read_as_a_limit_is_refused(result_of, name, said):
    result = result_of(gives("a", 5, 100))
    with pytest.raises(InvalidData):
        keeping(over(result.plan), {name: [said]})
