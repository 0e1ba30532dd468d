"""The four readings, on plans that went through the store."""

from itertools import product

import pytest

from model.money import to_kronor
from model.readings import READINGS
from model.rows import Expenditure
from tests.model.conftest import appropriation, by_year, grant, kronor, measure


def gap(result, reading) -> int:
    return kronor(result.outcome(reading).gap.sum())


def test_a_budget_column_is_decided_and_a_plan_column_planned(result_of):
    result = result_of(
        measure(
            need={2026: 5_000, 2027: 3_000},
            appropriations=(appropriation(2026, 5_000), appropriation(2027, 3_000, "planned")),
        )
    )
    assert by_year(result.outcome("secured").gap) == [0, 0, 3_000, 0]
    assert by_year(result.outcome("planned").gap) == [0, 0, 0, 0]


def test_decision_and_money_are_never_added(result_of):
    result = result_of(
        measure(
            need={2026: 1_000},
            grants=(grant("k", {2026: 300}),),
            appropriations=(appropriation(2026, 800, basis="gross"),),
        )
    )
    covered = {(row.status, row.source): row.amount for row in result.cover("source", "secured")}
    assert covered == {("granted", "klimatklivet"): 30_000, ("decided", "own_budget"): 50_000}
    assert gap(result, "secured") == 200


def test_a_share_of_no_stated_eligible_sum_is_of_the_whole_expenditure(result_of):
    award = {"share": "0.5"}
    cheap = measure("cheap", need={2026: 800}, grants=(grant("g", {2026: 500}, **award),))
    dear = measure("dear", need={2026: 1_300}, grants=(grant("g", {2026: 500}, **award),))
    unknown = measure("unknown", grants=(grant("g", {2026: 500}, **award),))
    gaps = result_of(cheap, dear, unknown).outcome("secured").gap.sum(axis=0)
    assert [kronor(each) for each in gaps] == [400, 800, 0]


def test_the_expected_gap_is_a_mean_over_outcomes_and_not_the_gap_of_the_mean(result_of):
    result = result_of(
        measure(
            need={2026: 1_000},
            grants=(
                grant("g", {2026: 400}),
                grant("s", {2026: 800}, "applied", probability="0.5"),
            ),
        )
    )
    assert [gap(result, reading) for reading in READINGS] == [600, 600, 300, 0]


def test_three_applications_give_the_mean_of_eight_worlds(result_of):
    chances = {"x": 0.5, "y": 0.25, "z": 0.8}
    result = result_of(
        measure(
            need={2026: 1_000},
            grants=tuple(
                grant(key, {2026: 600}, "applied", probability=str(chance))
                for key, chance in chances.items()
            ),
        )
    )
    by_hand = 0.0
    for wins in product((0, 1), repeat=3):
        weight = 1.0
        for won, chance in zip(wins, chances.values(), strict=True):
            weight *= chance if won else 1 - chance
        by_hand += weight * max(0, 1_000 - 600 * sum(wins))
    assert gap(result, "expected") == round(by_hand, 2)


def test_more_than_ten_applications_are_drawn_with_a_fixed_seed(result_of):
    grants = tuple(grant(f"g{n}", {2026: 100}, "applied", probability="0.5") for n in range(12))
    expected = gap(result_of(measure(need={2026: 10_000}, grants=grants)), "expected")
    # Never saturated, so the mean gap is need less 12 × 100 × 0.5, within four standard errors.
    assert abs(expected - 9_400) < 4 * 100 * (12 * 0.25 / 4096) ** 0.5 + 1


def test_an_application_without_a_stated_chance_is_not_counted_on(result_of):
    result = result_of(measure(need={2026: 100}, grants=(grant("s", {2026: 100}, "applied"),)))
    assert [gap(result, reading) for reading in READINGS] == [100, 100, 100, 0]


def test_an_idea_counts_in_the_best_case_only(result_of):
    result = result_of(measure(need={2026: 100}, grants=(grant("i", {2026: 60}, "idea"),)))
    assert [gap(result, reading) for reading in READINGS] == [100, 100, 100, 40]


def test_one_off_operating_expenditure_has_its_own_gap_and_waits_for_investment(result_of):
    spent = (
        Expenditure(year=2026, mid=100),
        Expenditure(kind="one_off_operating", year=2026, mid=50),
    )
    result = result_of(
        measure(expenditures=spent, appropriations=(appropriation(2026, 120),)),
        measure("b", expenditures=(Expenditure(kind="one_off_operating", year=2027, mid=70),)),
    )
    totals = result.totals("secured")
    assert (kronor(totals.need), kronor(totals.gap)) == (100, 0)
    assert (kronor(totals.one_off_operating), kronor(totals.one_off_gap)) == (120, 100)


def test_what_is_paid_already_is_covered_whoever_paid(result_of):
    spent = (Expenditure(year="before", mid=60, paid=True), Expenditure(year=2026, mid=60))
    result = result_of(measure(expenditures=spent, appropriations=(appropriation(2026, 40),)))
    assert by_year(result.outcome("secured").gap) == [0, 20, 0, 0]
    paid = [row for row in result.cover("source", "secured") if row.status == "paid"]
    assert [(row.source, row.amount) for row in paid] == [("already_paid", 6_000)]


def test_one_off_expenditure_that_is_paid_already_has_no_gap(result_of):
    spent = (
        Expenditure(kind="one_off_operating", year=2026, mid=30, paid=True),
        Expenditure(kind="one_off_operating", year=2026, mid=20),
    )
    totals = result_of(measure(expenditures=spent)).totals("secured")
    assert (kronor(totals.one_off_operating), kronor(totals.one_off_gap)) == (50, 20)


def test_what_is_not_known_is_counted_and_is_not_zero(result_of):
    totals = result_of(
        measure("a", need={2026: 100}),
        measure("b"),
        measure("c", expenditures=(Expenditure(year=2026),)),
    ).totals("secured")
    assert (kronor(totals.need), totals.measures, totals.measures_without_expenditure) == (
        100,
        3,
        2,
    )


def test_a_lower_bound_counts_at_its_value_and_says_so(result_of):
    result = result_of(measure(expenditures=(Expenditure(year=2026, low=75),)))
    assert (kronor(result.totals("secured").need), result.totals("secured").lower_bounds) == (75, 1)
    assert kronor(result.totals("secured", "high").need) == 75


def test_what_is_avoided_stands_beside_the_need(result_of):
    spent = (
        Expenditure(year=2026, mid=500),
        Expenditure(kind="avoided_investment", year=2027, mid=200),
    )
    result = result_of(measure(expenditures=spent))
    assert kronor(result.totals("secured").need) == 500
    assert kronor(result.plan.avoided.mid.sum()) == 200


def test_expenditure_against_business_as_usual_is_never_summed_with_totals(result_of):
    spent = (
        Expenditure(year=2026, mid=500),
        Expenditure(scope="incremental", year=2026, mid=120),
    )
    assert kronor(result_of(measure(expenditures=spent)).totals("secured").need) == 500


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("by", ["year", "sector", "owner", "owner_kind", "actor_group", "source"])
def test_every_breakdown_adds_up_to_the_whole(result_of, reading, by):
    result = result_of(
        measure(
            "a",
            need={"before": 7, 2026: 100, 2027: 33},
            grants=(
                grant("g", {2026: 11}),
                grant("s", {2027: 40}, "applied", probability="0.3", source="eruf_ovre_norrland"),
                grant("i", {2028: 9}, "idea"),
            ),
            appropriations=(appropriation(2026, 50), appropriation(2027, 9, "planned")),
        ),
        measure(
            "b",
            need={2027: "33.33", 2029: 10},
            owner="mixed",
            owner_kind="mixed",
            owner_shares=(
                {"owner": "household", "share": "0.333333"},
                {"owner": "municipality", "share": "0.666667"},
            ),
        ),
    )
    totals = result.totals(reading)
    assert totals.need == totals.covered + totals.gap
    if by == "source":
        assert sum(row.amount for row in result.cover(by, reading)) == totals.covered
        return
    rows = result.by(by, reading)
    assert sum(row.need for row in rows) == totals.need
    assert sum(row.covered for row in rows) == totals.covered
    assert sum(row.gap for row in rows) == totals.gap


def test_known_shares_split_a_measure_to_the_ore(result_of):
    shares = [("household", "0.333333"), ("business", "0.333333"), ("municipality", "0.333334")]
    result = result_of(
        measure(
            need={2026: "100.01"},
            owner="mixed",
            owner_kind="mixed",
            owner_shares=tuple({"owner": owner, "share": share} for owner, share in shares),
        )
    )
    parts = {row.key: to_kronor(row.need) for row in result.by("owner", "secured")}
    assert sum(parts.values()) == to_kronor(10_001)
    assert set(parts) == {"household", "business", "municipality"}
    assert (
        result.by("actor_group", "secured", actor_group="municipal_group")[0].need
        == parts["municipality"] * 100
    )
