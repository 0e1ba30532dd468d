"""A least for a district or a sector: met at the least loss, and what it costs said."""

from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import commands
from model.errors import InvalidData
from model.formatting import SPACE
from model.optimise.conditions import keeping
from model.optimise.explain import explain
from model.optimise.goal import Bound, over, same_but
from model.optimise.margin import margins
from model.optimise.search import objective
from model.report import prioritised as words
from model.results import results
from model.rows import PlanDocument, PlanHead
from model.store.connection import Store
from tests.model.conftest import HEAD
from tests.model.test_optimise import MILLION, QUICK, chosen, everything, gives

DISTRICTS = ("Centrum", "Byn", "")
QUICKER = settings(QUICK, max_examples=6)


@pytest.fixture
def town(result_of):
    """Three cheap measures in the centre that give much, two dear ones in the village."""
    return result_of(
        gives("a", 5, 100, district="Centrum"),
        gives("b", 6, 90, district="Centrum"),
        gives("c", 7, 80, district="Centrum"),
        gives("d", 4, 10, district="Byn"),
        gives("e", 8, 30, district="Byn"),
    )


@pytest.fixture(scope="module")
def open_store():
    store = Store.open(None)
    yield store
    store.close()


@st.composite
def choices(draw):
    """Up to twelve measures in districts and sectors, and what is asked of one of those."""
    rows = [
        gives(
            f"m{number}",
            draw(st.integers(1, 30)),
            draw(st.integers(0, 200)),
            district=draw(st.sampled_from(DISTRICTS)),
            sector=draw(st.sampled_from(["transport", "buildings"])),
        )
        for number in range(draw(st.integers(2, 12)))
    ]
    tag, value = draw(st.sampled_from([("district", "Byn"), ("sector", "buildings")]))
    measured = draw(st.sampled_from(["need", "measures", "tonnes"]))
    most = {"need": 40 * MILLION, "measures": 4, "tonnes": 200}[measured]
    return rows, Bound(tag, value, draw(st.integers(0, most)), measured)


NUMBERS = count()


def asked(store, rows, bound, **how):
    """The choice among a new plan's measures with the minimum; None where nothing is so tagged."""
    key = f"minst-{next(NUMBERS)}"
    head = PlanHead(**{**HEAD, "id": key})
    commands.create_plan(PlanDocument(plan=head, measures=tuple(rows)), "prov", store=store)
    result = results(key, store=store)
    if bound.value not in result.plan.tags[bound.tag]:
        return None
    return result.prioritised(over(result.plan, most_delay=0, minimum=(bound,), **how))


@QUICKER
@given(choices(), st.integers(10, 120), st.sampled_from(["most", "least_cost"]))
def test_no_choice_that_meets_the_minimum_is_better(open_store, drawn, budget, aim):
    rows, bound = drawn
    how = {"total": budget * MILLION} if aim == "most" else {"aim": aim, "at_least": 50.0}
    answer = asked(open_store, rows, bound, **how)
    if answer is None:
        return
    found = list(everything(answer))
    if answer.choice is None:
        assert not found
        assert _needed(answer) == pytest.approx(_most_of_the_minimum(answer))
        return
    assert answer.proven
    if aim == "most":
        assert answer.figures.value == max(worth for worth, _, _ in found)
    else:
        assert answer.figures.cost == min(cost for _, cost, _ in found)


def _needed(answer) -> float:
    """What the minimum alone must become."""
    ways = [each.moved for each in answer.relaxations if each.moved[0][0].kind == "minimum"]
    return ways[0][0][2] if ways else 0.0


def _most_of_the_minimum(answer) -> float:
    """The most of what is asked for that keeps to all else, by brute force."""
    (least,) = [each for each in answer.problem.limits if each.kind == "minimum"]
    of, goal, options = least.of.astype(float), answer.goal, answer.options
    every = (np.arange(2 ** len(of))[:, None] >> np.arange(len(of))) & 1
    kept = every @ options.value >= (goal.at_least or 0.0)
    if goal.total is not None:
        kept &= every @ options.cost <= goal.total
    return (every @ of)[kept].max(initial=0.0)


@QUICKER
@given(choices(), st.integers(20, 120))
def test_what_a_little_less_gives_is_what_it_gives_when_asked_anew(open_store, drawn, budget):
    rows, bound = drawn
    answer = asked(open_store, rows, bound, total=budget * MILLION)
    if answer is None or answer.choice is None:
        return
    for margin in margins(answer):
        if margin.limit.kind != "minimum":
            continue
        easier = Bound(bound.tag, bound.value, bound.amount - margin.step, bound.measured)
        again = asked(open_store, rows, easier, total=answer.goal.total)
        assert margin.gain == pytest.approx(again.figures.value - answer.figures.value, abs=1e-3)


def test_a_second_solver_finds_no_better_with_minimums(result_of):
    from benchmarks.optimise import second_solver

    random = np.random.default_rng(6)
    rows = [
        gives(
            f"m{n}",
            int(random.integers(1, 30)),
            float(random.integers(1, 300)),
            district=str(random.choice(["Centrum", "Byn", "Hamnen"])),
            sector=str(random.choice(["transport", "buildings", "energy"])),
        )
        for n in range(40)
    ]
    result = result_of(*rows)
    goal = over(
        result.plan,
        total=150 * MILLION,
        most_delay=0,
        minimum=(
            Bound("district", "Byn", 70 * MILLION),
            Bound("sector", "energy", 5, "measures"),
        ),
    )
    answer = result.prioritised(goal)
    second, _ = second_solver(answer.problem, 20)
    assert objective(answer.problem)[1]
    assert answer.proven
    assert answer.figures.value == pytest.approx(second, rel=1e-6)
    free = result.prioritised(same_but(goal, minimum=()))
    assert free.figures.value >= answer.figures.value


def test_a_district_gets_its_least_and_what_it_costs_is_said(town):
    goal = over(town.plan, total=18 * MILLION)
    assert set(chosen(town.prioritised(goal))) == {"a", "b", "c"}
    answer = town.prioritised(same_but(goal, minimum=(Bound("district", "Byn", 3 * MILLION),)))
    assert set(chosen(answer)) == {"a", "b", "d"}
    (least,) = [each for each in margins(answer) if each.limit.kind == "minimum"]
    # What is asked is 3 million: one less changes nothing, three less let c in instead of d.
    assert (least.gain, least.next_step, least.next_gain) == (0.0, 3 * MILLION, 70.0)
    said = words.margin(least, answer, "sv").replace(SPACE, " ")
    assert "1,0 mnkr mindre i det minsta för Byn ändrar ingenting; 3,0 mnkr mindre" in said
    assert "70 t" in said


def test_what_is_chosen_for_a_minimum_says_so(town):
    least = Bound("district", "Byn", 1, "measures")
    answer = town.prioritised(over(town.plan, total=18 * MILLION, minimum=(least,)))
    said = explain(answer)
    ids = answer.options.plan.tags["id"]
    assert [ids[each.place] for each in said.chosen if each.needed_for] == ["d"]
    (use,) = [use for use in said.uses if use.limit.kind == "minimum"]
    assert (use.binds, use.used, use.limit.tag) == (True, 1, "district")


def test_a_minimum_that_costs_nothing_is_not_spoken_of(town):
    least = Bound("district", "Centrum", 5 * MILLION)
    answer = town.prioritised(over(town.plan, total=18 * MILLION, minimum=(least,)))
    assert not [each for each in margins(answer) if each.limit.kind == "minimum"]


def test_a_list_from_the_top_says_that_it_misses_the_minimum(town):
    least = Bound("district", "Byn", 8 * MILLION)
    answer = town.prioritised(over(town.plan, total=18 * MILLION, minimum=(least,)))
    assert answer.choice is not None
    assert not answer.list_keeps


def test_a_minimum_out_of_reach_says_how_much_can_be_had(town):
    least = Bound("district", "Byn", 40 * MILLION)
    answer = town.prioritised(over(town.plan, minimum=(least,)))
    assert answer.choice is None
    (way,) = answer.relaxations
    said = words.relaxation(way, answer, "sv").replace(SPACE, " ")
    assert said == "Det minsta för Byn: 40,0 mnkr blir 12,0 mnkr"


def test_a_value_of_two_tags_is_called_by_the_one_that_was_said(result_of):
    result = result_of(gives("a", 5, 100, sector="transport", district="transport"))
    answer = result.prioritised(over(result.plan, minimum=(Bound("district", "transport", 1),)))
    (limit,) = answer.problem.limits
    assert words.limit(limit, "sv", result.plan) == "det minsta för transport"


def test_a_minimum_is_said_in_kronor_measures_or_tonnes(town):
    goal = over(town.plan)
    said = ("district:Byn=3mnkr", "district:Byn=2 st", "sector:transport=50t")
    assert keeping(goal, {"minimum": said}).minimum == (
        Bound("district", "Byn", 3 * MILLION),
        Bound("district", "Byn", 2.0, "measures"),
        Bound("sector", "transport", 50.0, "tonnes"),
    )
    with pytest.raises(InvalidData, match="no number of measures"):
        keeping(goal, {"minimum": ["district:Byn=1,5 st"]})
    with pytest.raises(InvalidData, match="No measure belongs"):
        keeping(goal, {"minimum": ["district:Ingenstans=1"]}).check(town.plan)
