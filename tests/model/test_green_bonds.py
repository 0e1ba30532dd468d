"""What could be financed green."""

from model.rows import Expenditure
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
