"""Stages follow from what the plan dates; what stands still says what would release it."""

import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.__main__ import main
from model.firmness import FIRMNESS, firmness
from model.implementation import NOT_KNOWN, implementation
from model.money import kronor_text
from model.readings import read
from model.reference import reference
from model.results import results
from model.rows import Expenditure, OwnerShare
from model.scenario import CostFactor, Delay, PrivateShare, Scenario, SwitchOff, apply
from model.store.connection import Store
from model.store.seed import seed_if_empty
from tests.model.conftest import appropriation, grant, kronor, measure

TODAY = date(2026, 6, 1)
LATE = Scenario(id="late", name="late", adjustments=(Delay(years=1),))


@pytest.fixture(scope="module")
def example():
    """The example municipality that comes with the project, from a store of its own."""
    store = Store.open(None)
    seed_if_empty(store)
    yield results("exempelkommunen", store=store)
    store.close()


def stages(result, column: int = 0, actor_group: str | None = "municipal_group") -> list[str]:
    """A measure's stages: now, 2026, 2027, 2028; empty where not known."""
    found = result.implementation(actor_group)
    return [found.key(row, column) for row in range(len(found.stage))]


def held(result, reading: str = "secured") -> list[tuple]:
    """(measure, year, reason, kronor) of everything that stands still."""
    names = result.plan.tags["id"]
    return [
        (str(names[each.place]), each.year, hold.kind, kronor(hold.ore))
        for each in result.standstills(reading, TODAY).still
        for hold in each.holds
    ]


def test_an_idea_without_dates_is_an_idea_now_and_nobody_knows_what_then(result_of):
    assert stages(result_of(measure(readiness="idea"))) == ["idea", "", "", ""]


def test_a_year_with_expenditure_needs_an_appropriation_and_no_more(result_of):
    result = result_of(measure(readiness="pilot", need={2027: 10}))
    assert stages(result) == ["pilot", "pilot", "appropriation", ""]


def test_one_off_operating_expenditure_needs_an_appropriation_too(result_of):
    study = Expenditure(kind="one_off_operating", year=2026, mid=10)
    assert stages(result_of(measure(readiness="idea", expenditures=(study,))))[1] == "appropriation"


def test_what_is_further_on_than_its_dates_say_stays_there(result_of):
    result = result_of(measure(readiness="procured", need={2026: 10, 2028: 10}))
    assert stages(result) == ["procured"] * 4


def test_a_measure_is_in_service_from_the_year_in_which_it_is_taken_in_use(result_of):
    result = result_of(measure(need={2026: 10}, in_service="2028-03"))
    assert stages(result) == ["", "appropriation", "appropriation", "in_service"]


def test_what_was_paid_before_the_plan_was_decided(result_of):
    result = result_of(measure(readiness="pilot", need={"before": 5, 2028: 10}))
    assert stages(result) == ["pilot", "appropriation", "appropriation", "appropriation"]


def test_what_has_something_to_pay_after_the_plan_is_dated_to_its_end(result_of):
    result = result_of(measure(readiness="study", need={"later": 10}))
    assert stages(result) == ["study"] * 4


def test_other_actors_decide_in_ways_of_their_own(result_of):
    result = result_of(
        measure(readiness="study", need={2027: 10}, owner="business", owner_kind="private")
    )
    assert len(result.implementation().places) == 0
    assert stages(result, actor_group=None) == ["study", "study", "study", ""]


def test_in_service_is_the_end_and_needs_no_date(result_of):
    assert stages(result_of(measure(readiness="in_service"))) == ["in_service"] * 4


def test_a_scenario_that_delays_moves_the_stages(result_of):
    result = result_of(
        measure(readiness="pilot", need={2027: 10}, in_service="2028-06"), scenario=LATE
    )
    assert stages(result) == ["pilot", "pilot", "pilot", "appropriation", "in_service"]


def test_a_move_says_from_where_to_where_and_why(result_of):
    found = result_of(measure(readiness="pilot", need={2027: 10}, in_service="2028-06"))
    said = [
        (move.year, move.since, move.to, move.because, kronor(move.ore))
        for move in found.implementation().moves
    ]
    assert said == [
        (2027, "pilot", "appropriation", "expenditure", 10),
        (2028, "appropriation", "in_service", "service", 0),
    ]


def test_of_a_shared_measure_the_groups_part_counts(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.25"),
        OwnerShare(owner="region", share="0.75"),
    )
    result = result_of(measure(need={2026: 100}, owner="mixed", owner_shares=shares))
    assert kronor(result.implementation().ore[0]) == 25
    assert held(result) == [("a", 2026, "money", 25)]


def test_a_planned_appropriation_waits_for_a_decision_in_every_reading(result_of):
    result = result_of(
        measure(need={2026: 10, 2027: 30}, appropriations=(appropriation(2026, 10, "planned"),))
    )
    for reading in ("secured", "planned", "expected", "best_case"):
        assert held(result, reading) == [("a", 2026, "decision", 10)]
    (still,) = result.standstills("secured", TODAY).still
    assert kronor(still.behind) == 40


def test_only_the_first_year_that_is_left_to_pay_holds_a_measure_back(result_of):
    result = result_of(
        measure(need={2026: 10, 2027: 30}, appropriations=(appropriation(2026, 10),))
    )
    assert held(result) == []


def test_what_is_lacking_is_told_by_what_would_release_it(result_of):
    result = result_of(
        measure(
            need={2026: 100},
            readiness="total_decision",
            appropriations=(
                appropriation(2026, 40, "planned"),
                appropriation(2026, 5, "requested"),
            ),
            grants=(
                grant("sought", {2026: 30}, "applied", probability="0.5"),
                grant("thought", {2026: 20}, "idea"),
            ),
        )
    )
    everything = [
        ("a", 2026, "decision", 40),
        ("a", 2026, "answer", 30),
        ("a", 2026, "idea", 20),
        ("a", 2026, "money", 10),
    ]
    assert held(result) == held(result, "expected") == everything
    assert held(result, "best_case") == [everything[0], everything[3]]
    (still,) = result.standstills("secured", TODAY).still
    assert (still.stage, still.step) == ("total_decision", "appropriation")
    assert [grant.id for grant in still.holds[1].grants] == ["sought"]
    assert kronor(still.holds[3].requested) == 5


def test_one_off_operating_expenditure_stands_still_and_is_told_apart(result_of):
    study = Expenditure(kind="one_off_operating", year=2026, mid=7)
    (still,) = result_of(measure(expenditures=(study,))).standstills("secured", TODAY).still
    assert [(hold.kind, hold.ore, hold.one_off) for hold in still.holds] == [("money", 700, 700)]


def test_what_is_in_service_waits_for_nothing(result_of):
    assert held(result_of(measure(readiness="in_service", need={2026: 10}))) == []


def test_other_actors_do_not_stand_still(result_of):
    assert held(result_of(measure(need={2026: 10}, owner="household", owner_kind="private"))) == []


def test_of_what_states_no_expenditure_nobody_can_tell(result_of):
    found = result_of(measure("a"), measure("b", {2026: 0})).standstills("secured", TODAY)
    assert found.cannot_tell == (0,)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (grant("g", {2027: 5}, "applied", decided_on="2026-05-31"), "answer"),
        (grant("g", {2027: 5}, "applied", decided_on="2026-06-01"), None),
        (grant("g", {2027: 5}, "applied", decided_on="våren 2026"), None),
        (grant("g", {2025: 5}, "applied"), None),
        (grant("g", {2027: 5}, "idea", apply_by="2026-05-31"), "apply"),
        (grant("g", {2027: 5}, "granted", decided_on="2026-05-31"), None),
    ],
)
def test_a_grant_is_overdue_only_by_a_day_that_the_plan_states(result_of, row, what):
    found = result_of(measure(need={2027: 10}, grants=(row,))).standstills("secured", TODAY)
    assert [each.what for each in found.overdue] == ([what] if what else [])


def test_an_unanswered_application_is_overdue_when_its_year_of_payment_is_over(result_of):
    result = result_of(measure(need={2026: 10}, grants=(grant("g", {2026: 5}, "applied"),)))
    assert result.standstills("secured", date(2026, 12, 31)).overdue == ()
    (late,) = result.standstills("secured", date(2027, 1, 1)).overdue
    assert (late.what, late.day) == ("payment", "2026")


def test_the_gap_of_every_stage_is_what_is_not_firm(example):
    """The same by the store's own breakdown, which shares out and adds up in SQL."""
    firm, stated = example.firmness(), example.plan.tags["readiness"]
    hoped = sum(firm.need[each] for each in ("planned", "applied", "idea", "missing"))
    whole = sum(firm.need.values())
    rows = example.by("readiness", "secured", actor_group="municipal_group")
    assert {row.key: (row.need, row.gap) for row in rows} == {
        row.key: (whole[:, stated == row.key].sum(), hoped[:, stated == row.key].sum())
        for row in rows
    }
    covered = Counter()
    for row in example.cover("readiness", "secured", actor_group="municipal_group"):
        covered[row.key, row.status] += row.amount
    for status in ("granted", "decided"):
        for row in rows:
            found = firm.need[status][:, stated == row.key].sum()
            assert found == covered[row.key, status]


_CHANGES = st.lists(
    st.one_of(
        st.builds(Delay, years=st.integers(1, 3)),
        st.builds(CostFactor, factor=st.sampled_from((0.5, 0.999_999, 1.3))),
        st.builds(PrivateShare, share=st.sampled_from((0.0, 1 / 3, 0.8))),
        st.just(SwitchOff(where={"tags": {"sector": ["transport"]}})),
    ),
    max_size=3,
)


@given(_CHANGES)
@settings(max_examples=25, deadline=None)
def test_no_stage_is_lost_and_every_krona_has_its_rung(example, changes):
    plan = apply(example.base, Scenario(id="s", name="s", adjustments=tuple(changes)))
    found = implementation(plan, list(reference().readiness))
    assert (found.counts().sum(axis=1) == len(found.places)).all()
    assert (found.amounts().sum(axis=1) == found.ore.sum()).all()
    known = found.stage != NOT_KNOWN
    later = known[:-1] & known[1:]
    assert (found.stage[1:][later] >= found.stage[:-1][later]).all()
    # What is not known any more does not come back.
    assert not (~known[1:-1] & known[2:] & known[:1]).any()
    outcomes = [read(plan, reading) for reading in ("secured", "planned", "best_case")]
    firm = firmness(plan, *outcomes)
    assert set(firm.need) == set(FIRMNESS)
    assert sum(each.sum() for each in firm.need.values()) == found.ore.sum()
    assert all((each >= -1).all() for each in firm.need.values())  # an öre of rounding of shares


def test_the_command_line_says_the_same_as_the_model(example, capsys):
    assert main(["implementation", "--plan", "exempelkommunen", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    found, held_back = example.implementation(), example.standstills()
    assert said["measures"] == len(found.places) == 9
    assert said["years"]["2030"]["in_service"] == {"measures": 6, "need": "282000000.00"}
    assert said["lacking"] == {
        kind: kronor_text(held_back.lacking(kind))
        for kind in ("decision", "answer", "idea", "money")
    }
    assert [each["measure"] for each in said["stands_still"]] == ["ex-07", "ex-14", "ex-08"]
    assert said["money_by_stage"]["study"]["applied"] == "20000000.00"
    assert main(["implementation", "--plan", "exempelkommunen"]) == 0
    assert "2027 ex-07" in capsys.readouterr().out
