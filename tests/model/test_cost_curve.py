"""The cost curve where it is valid, and the ranking by value where it is not."""

from model.rows import Effect
from tests.model.test_appraisal import running, tonnes, worked


def saving(kronor: int, amount: float) -> dict:
    """A measure that saves so many kronor in all, in value of the base year, and so many tonnes."""
    cost = {"expenditures": (), "lifetime_years": 1}
    return {**cost, "running_costs": (running(-kronor),), "effects": (tonnes(amount),)}


def test_of_two_that_save_as_much_the_one_with_more_tonnes_is_not_ranked_last(result_of):
    """A saves 1 000 and 10 t, B 1 000 and 100 t: −100 and −10 kronor a tonne. B is the better."""
    spent = worked().expenditures[:1]
    rows = {"expenditures": (spent[0].model_copy(update={"mid": 1}),)}
    result = result_of(
        worked("a", **{**saving(1_000, 10), **rows}),
        worked("b", **{**saving(1_000, 100), **rows}),
        worked("c", running_costs=(running(0),)),
    )
    curve = result.cost_curve("owner")
    assert [step.measures for step in curve.costing] == [(2,)]
    assert {step.measures for step in curve.paying} == {(0,), (1,)}
    cheap, dear = (step for step in sorted(curve.paying, key=lambda step: step.cost_per_tonne))
    assert (cheap.tonnes, dear.tonnes) == (10, 100)
    assert cheap.net_present_value == dear.net_present_value


def test_costs_rise_along_the_curve_and_values_fall_along_the_ranking(result_of):
    curve = result_of(
        worked("a", effects=(tonnes(10),), running_costs=(running(0),)),
        worked("b", effects=(tonnes(100),), running_costs=(running(0),)),
        worked("c", running_costs=(running(-1_500_000),)),
        worked("d"),
    ).cost_curve("owner")
    assert [step.measures for step in curve.costing] == [(1,), (0,)]
    assert [step.measures for step in curve.paying] == [(2,), (3,)]


def test_a_joint_effect_is_one_bar_with_both_costs_and_the_tonnes_once(result_of):
    shared = {"effects": (tonnes(300, effect_group="bilar"),), "running_costs": (running(0),)}
    result = result_of(worked("a", **shared), worked("b", **shared))
    (step,) = result.cost_curve("owner").costing
    assert (step.measures, step.tonnes, step.net_present_value) == ((0, 1), 300, -20_000_000)
    alone = result_of(worked("a", **shared), head={"id": "ensam"}).cost_curve("owner").costing[0]
    assert step.cost_per_tonne == 2 * alone.cost_per_tonne


def test_a_joint_effect_without_its_whole_cost_has_no_place(result_of):
    shared = (tonnes(300, effect_group="bilar"),)
    result = result_of(
        worked("a", effects=shared), worked("b", effects=shared, lifetime_years=None)
    )
    curve = result.cost_curve("society")
    assert [(left.measures, left.reason) for left in curve.left_out] == [((0, 1), "no_lifetime")]
    steps, left_out = result.ranking("society")
    assert steps == ()
    assert [(left.measures, left.reason) for left in left_out] == [
        ((0,), "no_lifetime"),
        ((1,), "no_lifetime"),
    ]


def test_every_measure_has_one_place(result_of):
    other = Effect(indicator="energy_saved", unit="MWh", mid=3, basis="per_year")
    result = result_of(
        worked("a"),
        worked("b", effects=(other,)),
        worked("c", expenditures=()),
        worked("d", effects=(tonnes(5, basis="unclear"),)),
    )
    for view in ("municipality", "owner", "society"):
        curve = result.cost_curve(view)
        placed = [m for s in (*curve.costing, *curve.paying, *curve.left_out) for m in s.measures]
        assert sorted(placed) == [0, 1, 2, 3]
        steps, left_out = result.ranking(view)
        assert sorted(m for s in (*steps, *left_out) for m in s.measures) == [0, 1, 2, 3]


def test_a_known_value_is_ranked_without_tonnes(result_of):
    steps, left_out = result_of(worked(effects=())).ranking("owner")
    assert ([step.measures for step in steps], left_out) == ([(0,)], ())
