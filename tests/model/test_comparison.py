"""One scenario beside another."""

from decimal import Decimal

from model.comparison import (
    Change,
    change,
    moving_reading,
    need_and_gap,
    standing,
    usual_company,
    years_of,
)
from model.results import results
from model.rows import OwnerShare
from model.scenario import (
    AS_IS,
    CalculationRate,
    CostFactor,
    Delay,
    PrivateShare,
    Scenario,
    SourceOff,
    SuccessRate,
    SwitchOff,
    Where,
)
from tests.model.conftest import grant, kronor, measure


def beside(result, *adjustments):
    """The same plan under the adjustments."""
    return results("prov", AS_IS.then(*adjustments), result.store)


def test_dearer_measures_widen_the_gap_by_the_whole_overrun(result_of):
    plan = result_of(measure(need={2026: 100}, grants=(grant("g", {2026: 40}),)))
    assert change(plan, beside(plan, CostFactor(factor=1.3)), "secured") == Change(30_00, 0)


def test_a_delay_moves_the_gap_and_does_not_change_its_size(result_of):
    plan = result_of(measure(need={2026: 100, 2028: 50}))
    later = beside(plan, Delay(years=2))
    assert change(plan, later, "secured") == Change(0, 100_00)
    assert years_of("secured", plan, later) == (2026, 2027, 2028, 2029, 2030)


def test_years_before_and_after_the_plan_are_shown_only_where_the_group_has_need(result_of):
    plan = result_of(measure(need={"before": 10, 2026: 100, "later": 5}))
    assert years_of("secured", plan) == (0, 2026, 2027, 2028, 9999)


def test_the_years_add_up_as_the_breakdown_does(result_of):
    shares = (
        OwnerShare(owner="municipality", share=Decimal("0.333333")),
        OwnerShare(owner="state", share=Decimal("0.666667")),
    )
    mixed = {"owner": "mixed", "owner_kind": "mixed", "owner_shares": shares}
    plan = result_of(
        measure("a", need={2026: 100, 2027: 1}, grants=(grant("g", {2026: 40}),), **mixed),
        measure("b", need={2028: 10}),
    )
    rows = plan.by("year", "secured", actor_group="municipal_group")
    assert plan.group_by_year("secured") == {int(row.key): (row.need, row.gap) for row in rows}


def test_a_year_that_a_plan_lacks_is_zero(result_of):
    plan = result_of(measure(need={2028: 50}))
    need, gap = need_and_gap(plan, "secured", (2028, 2031))
    assert (need.tolist(), gap.tolist()) == ([50_00, 0], [50_00, 0])


def test_a_success_rate_moves_the_expected_reading_and_not_the_secured_one(result_of):
    applied = grant("g", {2026: 40}, "applied", probability="0.5")
    plan = result_of(measure(need={2026: 100}, grants=(applied,)))
    surer = beside(plan, SuccessRate(source="klimatklivet", probability=0.75))
    assert not change(plan, surer, "secured")
    assert change(plan, surer, "expected") == Change(-10_00, 0)
    assert moving_reading(plan, surer, "secured") == "expected"
    assert moving_reading(plan, surer, "expected") == "expected"


def test_a_source_that_is_only_an_idea_moves_the_best_case(result_of):
    plan = result_of(measure(need={2026: 100}, grants=(grant("g", {2026: 40}, "idea"),)))
    less = beside(plan, SourceOff(source="klimatklivet"))
    assert moving_reading(plan, less, "secured") == "best_case"


def test_the_calculation_rate_moves_no_reading(result_of):
    plan = result_of(measure(need={2026: 100}))
    assert moving_reading(plan, beside(plan, CalculationRate(rate=0.05)), "secured") is None


def test_other_actors_and_shared_need_stand_beside_the_groups(result_of):
    found = standing(
        result_of(
            measure("a", need={2026: 100}),
            measure("b", need={2026: 70}, owner="household", owner_kind="private"),
            measure("c", need={2026: 20}, owner="mixed", owner_kind="mixed"),
        ),
        "secured",
    )
    needs = [kronor(part.need) for part in (found.group, found.other, found.shared)]
    assert (needs, kronor(found.group.gap), found.last_year) == ([100, 70, 20], 100, 2028)


def test_a_stated_private_share_moves_shared_need_to_the_group(result_of):
    plan = result_of(measure(need={2026: 100}, owner="mixed", owner_kind="mixed"))
    assert change(plan, beside(plan, PrivateShare(share=0.8)), "secured") == Change(20_00, 0)


NOTHING = Scenario(id="nothing", name="Inget", adjustments=(SwitchOff(),))
LATE = Scenario(id="late", name="Sent", adjustments=(Delay(years=2),))
PART = Scenario(
    id="part", name="Del", adjustments=(SwitchOff(where=Where(tags={"sector": ["energy"]})),)
)
SHIPPED = {scenario.id: scenario for scenario in (AS_IS, NOTHING, LATE, PART)}


def test_the_usual_company_is_the_plan_and_what_changes_it():
    assert usual_company(SHIPPED, "plan", adjusted=False) == ("late", "part")
    assert usual_company(SHIPPED, "late", adjusted=False) == ("plan", "part")


def test_an_adjusted_scenario_is_compared_with_what_it_was_made_from():
    assert usual_company(SHIPPED, "plan", adjusted=True) == ("plan", "late", "part")


def test_four_scenarios_stand_side_by_side_unless_more_are_asked_for():
    many = SHIPPED | {
        str(i): Scenario(id=str(i), name=str(i), adjustments=(Delay(years=i),)) for i in range(1, 5)
    }
    assert len(usual_company(many, "late", adjusted=True)) == 3
