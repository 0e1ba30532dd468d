"""From the whole need to what is new, and what nobody has said on the way."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.rows import Expenditure, OwnerShare
from tests.model.conftest import appropriation, grant, kronor, measure

STEPS = ("need", "anyway", "budgeted", "not_said", "new")


def steps(result, group: str | None = "municipal_group") -> list:
    found = result.bridge(group)
    return [kronor(found.total(step)) for step in STEPS]


def more(amount: int) -> tuple[Expenditure, ...]:
    return (
        Expenditure(year=2026, mid=1_000),
        Expenditure(year=2026, mid=amount, scope="incremental"),
    )


def test_what_would_be_done_anyway_is_what_the_budget_pays_first(result_of):
    result = result_of(
        measure(
            need={2026: 1_000},
            alternative_investment=300,
            appropriations=(appropriation(2026, 400), appropriation(2026, 150, "planned")),
        )
    )
    assert steps(result) == [1_000, 300, 250, 0, 450]


def test_the_whole_less_what_is_above_business_as_usual_would_be_done_anyway(result_of):
    assert steps(result_of(measure(expenditures=more(400)))) == [1_000, 600, 0, 0, 400]


def test_what_is_not_said_is_neither_done_anyway_nor_new(result_of):
    result = result_of(measure(need={2026: 1_000}, appropriations=(appropriation(2026, 400),)))
    assert steps(result) == [1_000, 0, 400, 600, 0]
    assert result.bridge().unsaid.tolist() == [True]


def test_none_is_an_answer(result_of):
    result = result_of(measure(need={2026: 1_000}, alternative_investment=0))
    assert steps(result) == [1_000, 0, 0, 0, 1_000]
    assert not result.bridge().unsaid.any()


def test_a_grant_is_new_money(result_of):
    given_ = (grant("g", {2026: 200}),)
    result = result_of(measure(need={2026: 1_000}, alternative_investment=0, grants=given_))
    assert steps(result) == [1_000, 0, 0, 0, 1_000]


def test_climate_in_the_need_and_in_what_is_new(result_of):
    result = result_of(
        measure("a", need={2026: 1_000}, alternative_investment=600, climate_share="0.25"),
        measure("b", need={2026: 100}, alternative_investment=0, climate_marked=True),
        measure("c", need={2026: 100}, alternative_investment=0, climate_marked=False),
        measure("d", need={2026: 100}, alternative_investment=0),
    )
    found = result.bridge()
    assert [kronor(amount) for amount in found.climate] == [250, 100, 0, 0]
    assert [kronor(amount) for amount in found.new_climate] == [100, 100, 0, 0]
    assert found.climate_unsaid.tolist() == [False, False, False, True]


def test_avoided_investment_stands_beside_the_need(result_of):
    spent = (
        Expenditure(year=2026, mid=500),
        Expenditure(year=2027, mid=200, kind="avoided_investment"),
    )
    found = result_of(measure(expenditures=spent)).bridge()
    assert [kronor(found.total("need")), kronor(found.total("avoided"))] == [500, 200]
    assert kronor(found.net) == 300


def test_the_groups_part_is_bridged_and_other_actors_stand_outside(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.25"),
        OwnerShare(owner="state", share="0.75"),
    )
    mixed = {"owner": "mixed", "owner_kind": "mixed", "owner_shares": shares}
    private = {"owner": "household", "owner_kind": "private"}
    result = result_of(
        measure("a", need={2026: 400}, alternative_investment=100, **mixed),
        measure("b", need={2026: 70}, alternative_investment=0, **private),
        measure("c", **private),
        measure("d"),
    )
    assert steps(result) == [100, 25, 0, 0, 75]
    assert steps(result, None) == [470, 100, 0, 0, 370]
    assert result.bridge().unknown.tolist() == [False, False, False, True]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2_000),
            st.none() | st.integers(0, 3_000),
            st.integers(0, 2_000),
            st.sampled_from(["0.25", "0.333333", "1"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_steps_are_the_need_to_the_ore(store, rows):
    import uuid

    from model import commands
    from model.results import results
    from model.rows import PlanDocument, PlanHead
    from tests.model.conftest import HEAD

    def one(place: int, need: int, anyway, budget: int, share: str):
        parts = {"owner": "municipality", "owner_kind": "public"}
        if share != "1":
            rest = str(1 - float(share))[:8]
            owners = (
                OwnerShare(owner="municipality", share=share),
                OwnerShare(owner="state", share=rest),
            )
            parts = {"owner": "mixed", "owner_kind": "mixed", "owner_shares": owners}
        return measure(
            f"m{place}",
            need={2026: need},
            alternative_investment=anyway,
            appropriations=(appropriation(2026, budget),),
            **parts,
        )

    head = {**HEAD, "id": f"p-{uuid.uuid4().hex[:12]}"}
    measures = tuple(one(place, *row) for place, row in enumerate(rows))
    commands.create_plan(
        PlanDocument(plan=PlanHead(**head), measures=measures), "provaren", store=store
    )
    result = results(head["id"], store=store)
    for group in ("municipal_group", "other", None):
        found = result.bridge(group)
        parts = [getattr(found, step) for step in STEPS]
        assert (parts[0] == sum(parts[1:])).all()
        assert all((part >= 0).all() for part in parts)
