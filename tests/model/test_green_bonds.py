"""What could be financed green."""

from model.reference import plan_documents, reference
from model.rows import Expenditure, OwnerShare
from tests.model.conftest import grant, kronor, measure

GREEN = {"green_category": "clean_transport", "green": True}


def test_green_expenditure_less_grants_is_what_could_be_financed(result_of):
    pool = result_of(
        measure("a", need={2026: 400}, grants=(grant("g", {2026: 100}),), **GREEN),
        measure("b", need={2026: 100}, green_share="0.5", **GREEN),
    ).green_pool()
    (row,) = pool
    assert (kronor(row.expenditure), kronor(row.grants), kronor(row.eligible)) == (450, 100, 350)
    assert (row.share_assumed, row.measures) == (1, (0, 1))


def test_other_actors_and_one_off_expenditure_are_not_the_municipalitys_to_finance(result_of):
    study = (Expenditure(kind="one_off_operating", year=2026, mid=100),)
    pool = result_of(
        measure("a", need={2026: 400}, owner="household", owner_kind="private", **GREEN),
        measure("b", expenditures=study, **GREEN),
        measure("c", need={2026: 100}),
    ).green_pool()
    assert pool == []


def test_a_grant_larger_than_the_green_part_leaves_nothing_and_not_less(result_of):
    (row,) = result_of(
        measure(need={2026: 100}, green_share="0.2", grants=(grant("g", {2026: 60}),), **GREEN)
    ).green_pool()
    assert (kronor(row.expenditure), kronor(row.eligible)) == (20, 0)


def test_of_a_measure_with_several_owners_the_groups_part_counts(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.25"),
        OwnerShare(owner="state", share="0.75"),
    )
    result = result_of(
        measure(
            need={2026: 400},
            owner="mixed",
            owner_kind="mixed",
            owner_shares=shares,
            grants=(grant("g", {2026: 40}),),
            **GREEN,
        )
    )
    (row,) = result.green_pool()
    assert (kronor(row.expenditure), kronor(row.grants), kronor(row.eligible)) == (100, 10, 90)
    assert kronor(result.left_out_of_green_pool().other_actors) == 300


def test_what_nobody_has_split_stands_apart_and_in_no_sum(result_of):
    result = result_of(
        measure("a", need={2026: 400}, owner="mixed", owner_kind="mixed", **GREEN),
        measure("b", need={2026: 100}, **GREEN),
    )
    (row,) = result.green_pool()
    assert (kronor(row.expenditure), kronor(row.eligible), kronor(row.shared)) == (100, 100, 400)
    assert [line.split_unknown for line in row.lines] == [True, False]
    assert result.left_out_of_green_pool().other_actors == 0


def test_what_is_not_in_the_pool_is_counted(result_of):
    study = (Expenditure(kind="one_off_operating", year=2026, mid=7),)
    left = result_of(
        measure("a", need={2026: 400}, owner="household", owner_kind="private", **GREEN),
        measure("b", expenditures=study, **GREEN),
        measure("c", need={2026: 100}),
        measure("d", **GREEN),
    ).left_out_of_green_pool()
    assert (kronor(left.other_actors), kronor(left.one_off)) == (400, 7)
    assert (left.unknown, left.uncategorised) == (1, 1)


def test_plans_use_the_categories_and_frameworks_of_the_data():
    known = reference()
    for document in plan_documents():
        used = {measure.green_category for measure in document.measures} - {""}
        versions = {measure.green_framework for measure in document.measures} - {""}
        assert used <= set(known.green_categories)
        assert versions <= set(known.green_frameworks)
