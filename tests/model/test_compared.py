"""Scenarios compared: each figure is the one of its own page, and unknown is never zero."""

import pytest

from model.command_line.compare import refuse_the_same
from model.compared import borrowing, compared, lowered, tonnes_steps, who_pays
from model.comparison import standing
from model.emission_rows import EmissionTarget
from model.errors import InvalidData
from model.report import compared as said
from model.rows import Effect
from model.scenario import AS_IS, CostFactor, Delay, SwitchOff, Where
from tests.model.conftest import appropriation, grant, kronor, measure
from tests.model.test_emission_paths import FLAT, TERRITORY, doing, emitted

DEARER = CostFactor(factor=1.5)
WITHOUT_A = SwitchOff(where=Where(tags={"id": ("a",)}))
EMITS = {"head": TERRITORY, "baseline": emitted({2024: 1000}), "business_as_usual": FLAT}


def beside(result, *adjustments):
    return result.under(AS_IS.then(*adjustments))


def amounts(found, key: str) -> list:
    return [each.mid for each in found.line(key).amounts]


def test_a_scenario_of_nothing_differs_in_nothing(result_of):
    plan = result_of(doing("a", 100, need={2026: 100}, lifetime_years=10), **EMITS)
    found = compared([plan, beside(plan)], "secured")
    assert {change for line in found.lines for change in line.differences} == {0, None}
    assert [line.key for line in found.lines if None in line.differences] == ["borrowing"]


def test_each_figure_is_that_of_its_own_page(result_of):
    plan = result_of(
        doing("a", 100, need={2026: 100}, grants=(grant("g", {2026: 40}),)),
        measure("b", need={2027: 60}, appropriations=(appropriation(2027, 30),)),
        measure("c", need={2026: 70}, owner="household", owner_kind="private"),
        **EMITS,
    )
    dearer = beside(plan, DEARER)
    found = compared([plan, dearer], "secured")
    for place, result in enumerate((plan, dearer)):
        group = standing(result, "secured").group
        whole = (group.need, group.covered, group.gap)
        assert tuple(amounts(found, key)[place] for key in ("need", "covered", "gap")) == whole
        paid = who_pays(result, "secured")
        assert sum(paid.values()) == group.covered
        assert amounts(found, "granted")[place] == paid["granted"]
        path = result.emissions().path
        assert amounts(found, "tonnes")[place] == path.wedges.total()[path.at(2028)]
        total = result.benefits().total(result.benefits().of(kind="society"))
        assert amounts(found, "benefits")[place] == round(total.mid * 100)
        effect = result.operating("secured").total("municipality")[2]
        assert amounts(found, "operating")[place] in (None, effect)
    assert [kronor(change) for change in found.line("need").differences] == [0, 80]
    assert [kronor(change) for change in found.line("other").differences] == [0, 35]
    assert "applied" not in [line.key for line in found.lines]


def test_tonnes_are_of_the_plans_last_year_before_any_delay_and_in_all_until_it(result_of):
    plan = result_of(doing("a", 100), doing("b", 10, "2027-06"), **EMITS)
    late = beside(plan, Delay(years=1))
    found = compared([plan, late], "secured")
    assert (found.year, found.target) == (2028, False)
    assert amounts(found, "tonnes") == [110, 100]
    assert amounts(found, "tonnes_in_all") == [100 + 110, 100]
    assert amounts(found, "last_year") == [2028, 2029]


def test_tonnes_without_emissions_to_begin_from_are_unknown_and_what_is_stated_stands_beside(
    result_of,
):
    plan = result_of(doing("a", 100), head=TERRITORY)
    found = compared([plan, beside(plan, WITHOUT_A)], "secured")
    assert amounts(found, "tonnes") == [None, None]
    assert amounts(found, "yearly") == [100, 0]
    assert found.line("yearly").differences == (0, -100)


def test_measures_that_say_nothing_of_emissions_leave_them_unknown_and_no_measures_are_zero(
    result_of,
):
    plan = result_of(measure("a", need={2026: 1}), **EMITS)
    assert lowered(plan, 2028) is None
    assert lowered(beside(plan, SwitchOff()), 2028).mid == 0
    assert lowered(plan, 1990) is None


def test_a_need_that_nobody_knows_is_unknown_and_so_is_its_difference(result_of):
    plan = result_of(measure("a"))
    found = compared([plan, beside(plan, SwitchOff())], "secured")
    assert amounts(found, "need") == [None, 0]
    assert found.line("need").differences == (None, None)


def test_what_must_be_borrowed_is_unknown_without_prerequisites(result_of):
    assert borrowing(result_of(measure("a", need={2026: 1})), "secured", 2028) is None


def test_a_target_that_can_be_compared_with_says_the_year(result_of):
    target = EmissionTarget(name="Mål", year=2030, boundary="territory", gas="co2e", tonnes=500)
    plan = result_of(doing("a", 100), **EMITS, emission_targets=(target,))
    found = compared([plan, beside(plan)], "secured")
    assert (found.year, found.target) == (2030, True)


def test_steps_of_tonnes_add_up(result_of):
    plan = result_of(doing("a", 100), doing("b", 10), **EMITS)
    found = tonnes_steps(plan, beside(plan, DEARER, WITHOUT_A, Delay(years=3)), 2028)
    assert [step.change for step in found.steps] == [0, -100, -10]
    assert (found.start, found.end) == (110, 0)


def test_the_order_is_said_and_where_it_matters(result_of):
    plan = result_of(measure("a", need={2026: 100}), measure("b", need={2026: 200}))
    late = beside(plan, Delay(years=1))
    other = beside(plan, DEARER, WITHOUT_A)
    found = said.steps_of("gap", late, other, compared([late, other], "secured"))
    text = said.order_says(found)
    assert text.startswith("Det som bara Planen, ändrad gör tas bort")
    assert said.order_matters(found, "gap", plan) == [
        "Med ”Åtgärd a genomförs inte”: −150\xa0kr här, −100\xa0kr ensamt"
    ]


def test_unknown_tonnes_have_no_steps_of_zero(result_of):
    effect = Effect(indicator="co2e_reduction", unit="t CO2e", mid=5, basis="once")
    plan = result_of(measure("a", effects=(effect,)), head=TERRITORY)
    found = tonnes_steps(plan, beside(plan, WITHOUT_A), 2028)
    assert (found.change, found.steps[0].change) == (None, None)
    assert said.difference_title(found, "tonnes", plan) == (
        "Hur Planen, ändrad skiljer sig från Planen som den är i ton är okänt"
    )


def test_two_names_of_one_scenario_are_not_compared_with_each_other():
    """``plan+plan`` does what ``plan`` does, and has its hash."""
    hashes = [AS_IS.then(*AS_IS.adjustments).hash, AS_IS.hash]
    with pytest.raises(InvalidData, match="plan\\+plan and plan are the same scenario"):
        refuse_the_same(["plan+plan", "plan"], hashes)
