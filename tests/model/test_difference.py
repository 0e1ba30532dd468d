"""How one scenario becomes another, step by step."""

from hypothesis import given, settings
from hypothesis import strategies as st

from model.comparison import gap_steps, standing
from model.difference import difference, parts, with_parts
from model.results import READINGS, results
from model.scenario import (
    AS_IS,
    CostFactor,
    Delay,
    Scenario,
    SourceOff,
    SuccessRate,
    SwitchOff,
    Where,
)
from tests.model.conftest import appropriation, grant, kronor, measure

WITHOUT_A = SwitchOff(where=Where(tags={"id": ("a",)}))
DEARER = CostFactor(factor=1.3)
LATER = Delay(years=2)
PARTS = (
    WITHOUT_A,
    DEARER,
    LATER,
    CostFactor(factor=0.333, where=Where(tags={"sector": ("energy",)})),
    Delay(years=1, where=Where(tags={"id": ("b",)})),
    SourceOff(source="klimatklivet"),
    SuccessRate(source="klimatklivet", probability=0.9),
)


def scenario(*adjustments, key: str = "s") -> Scenario:
    return Scenario(id=key, name=key, adjustments=adjustments)


def counted(chosen: Scenario) -> int:
    """A value in which order and company matter: the parts read as digits."""
    return sum(10**place * (1 + PARTS.index(p)) for place, p in enumerate(chosen.adjustments))


def three(result_of):
    """Measures with grants, an application and appropriations, so that what is done to one changes
    what the next does."""
    return result_of(
        measure("a", need={2026: 101, 2027: 50}, grants=(grant("g", {2026: 40}),)),
        measure(
            "b",
            need={2026: 77, 2028: 33},
            sector="energy",
            grants=(grant("h", {2027: 20}, "applied", probability="0.5"),),
            appropriations=(appropriation(2026, 60), appropriation(2028, 20, "planned")),
        ),
        measure("c", need={2027: 10}, owner="household", owner_kind="private"),
    )


def test_a_scenario_becomes_itself_in_no_step():
    same = scenario(DEARER, LATER)
    found = difference(same, same, counted)
    assert (found.steps, found.change, found.order_matters) == ((), 0, False)


def test_what_the_other_lacks_is_taken_out_first_and_in_its_order():
    one, other = scenario(WITHOUT_A, DEARER), scenario(LATER, PARTS[5])
    steps = difference(one, other, counted).steps
    assert [(step.how, step.part) for step in steps] == [
        ("out", WITHOUT_A),
        ("out", DEARER),
        ("in", LATER),
        ("in", PARTS[5]),
    ]


def test_what_both_do_stays_and_what_is_put_in_stands_where_the_other_has_it():
    stops = []
    difference(
        scenario(DEARER),
        scenario(LATER, DEARER, WITHOUT_A),
        lambda chosen: stops.append(parts(chosen)) or 0,
        alone=False,
    )
    assert stops == [(DEARER,), (LATER, DEARER), (LATER, DEARER, WITHOUT_A)]


def test_the_same_parts_in_another_order_are_a_step_of_their_own():
    (step,) = difference(scenario(DEARER, LATER), scenario(LATER, DEARER), counted).steps
    assert (step.how, step.part, step.order_matters) == ("order", None, False)
    assert step.change == counted(scenario(LATER, DEARER)) - counted(scenario(DEARER, LATER))


def test_a_part_that_stands_twice_is_put_in_once_more():
    (step,) = difference(scenario(DEARER), scenario(DEARER, DEARER), counted).steps
    assert (step.how, step.part) == ("in", DEARER)


def test_what_is_not_known_is_no_step_of_zero():
    (step,) = difference(scenario(), scenario(DEARER), lambda chosen: None).steps
    assert (step.change, step.alone, step.order_matters) == (None, None, False)


def test_a_scenario_with_its_own_parts_is_itself():
    assert with_parts(scenario(DEARER, LATER), parts(scenario(DEARER, LATER))) == scenario(
        DEARER, LATER
    )


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(PARTS)), st.lists(st.sampled_from(PARTS)))
def test_steps_add_up_whatever_is_counted_and_the_last_stop_is_the_other(one, other):
    found = difference(scenario(*one), scenario(*other), counted)
    assert found.start == counted(scenario(*one))
    assert found.end == counted(scenario(*other))
    assert sum(step.change for step in found.steps) == found.change
    back = difference(scenario(*other), scenario(*one), counted)
    assert back.change == -found.change


def test_the_steps_of_the_gap_add_up_to_the_ore_in_every_reading(result_of):
    plan = three(result_of)

    @settings(deadline=None, max_examples=30)
    @given(
        st.lists(st.sampled_from(PARTS), max_size=4, unique=True),
        st.lists(st.sampled_from(PARTS), max_size=4, unique=True),
        st.sampled_from(READINGS),
    )
    def holds(one, other, reading):
        before, after = plan.under(scenario(*one)), plan.under(scenario(*other))
        steps = gap_steps(before, after, reading)
        gaps = [standing(each, reading).group.gap for each in (before, after)]
        assert [steps.start, steps.end] == gaps
        assert sum(step.change for step in steps.steps) == gaps[1] - gaps[0]

    holds()


def test_dearer_and_without_by_hand(result_of):
    """A costs 100, B 200, no money. 30 % dearer and then without A: +90, then -130."""
    plan = result_of(measure("a", need={2026: 100}), measure("b", need={2026: 200}))
    found = gap_steps(plan, plan.under(scenario(DEARER, WITHOUT_A)), "secured")
    assert [kronor(step.change) for step in found.steps] == [90, -130]
    assert [kronor(step.alone) for step in found.steps] == [90, -100]
    assert [step.order_matters for step in found.steps] == [False, True]
    assert (kronor(found.start), kronor(found.end)) == (300, 260)


def test_a_plan_under_a_scenario_is_what_the_results_are(result_of):
    plan = three(result_of)
    chosen = scenario(DEARER, LATER)
    apart = results("prov", chosen, plan.store)
    assert plan.under(chosen).totals("planned") == apart.totals("planned")
    assert plan.under(AS_IS).plan is plan.base
