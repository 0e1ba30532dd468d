"""Measures shared out among their owners, to the öre."""

from decimal import Decimal

import numpy as np

from model.owners import parts
from model.rows import OwnerShare
from tests.model.conftest import appropriation, grant, measure

THIRDS = (
    OwnerShare(owner="municipality", share=Decimal("0.333333")),
    OwnerShare(owner="business", share=Decimal("0.666667")),
)


def test_the_parts_of_a_measure_add_up_to_it(result_of):
    plan = result_of(
        measure("a", {2026: 100}), measure("b", {2026: 1}, owner="mixed", owner_shares=THIRDS)
    ).plan
    found = parts(plan)
    shared_out = found.of(plan.need.mid)
    for place in range(2):
        of_measure = shared_out[:, found.measure == place].sum(axis=1)
        assert (of_measure == plan.need.mid[:, place]).all()


def test_a_measure_without_shares_is_one_whole_part(result_of):
    found = parts(result_of(measure("a", {2026: 100})).plan)
    assert (found.since, found.until) == (np.array([0]), np.array([1_000_000]))
    assert found.actor_group.tolist() == ["municipal_group"]


def test_groups_without_a_query_are_the_same_as_with_one(result_of):
    result = result_of(
        measure("a", {2026: 100, 2027: 31}),
        measure("b", {2026: 77}, owner="mixed", owner_shares=THIRDS),
        measure("c", {2027: 5}, owner="household"),
    )
    for level in ("low", "mid", "high"):
        asked = {row.key: row for row in result.by("actor_group", "secured", level=level)}
        assert result.groups("secured", level) == asked


def test_what_covers_an_owners_part_adds_up_to_its_need_less_its_gap(result_of):
    """Also where every source of a shared measure is an odd number of öre."""
    shares = tuple(
        OwnerShare(owner=owner, share=Decimal(share))
        for owner, share in (("municipality", "0.333333"), ("household", "0.666667"))
    )
    result = result_of(
        measure(
            need={2026: Decimal("1000.01"), 2027: Decimal("777.77")},
            owner="mixed",
            owner_kind="mixed",
            owner_shares=shares,
            grants=(
                grant("a", {2026: Decimal("100.01")}),
                grant("b", {2026: Decimal("33.35")}, source="life"),
                grant("c", {2027: Decimal("0.01")}, source="other_actor"),
            ),
            appropriations=(appropriation(2027, Decimal("50.53")),),
        )
    )
    for by in ("owner", "actor_group"):
        covers = result.cover(by, "secured")
        for row in result.by(by, "secured"):
            assert sum(each.amount for each in covers if each.key == row.key) == row.covered
