"""The matching kernel: worked cases, and what must hold for any amounts."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.gap import grant_limit, match, net_of_grants

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "gap.yaml").read_text("utf-8"))


def by_year(amounts: dict[int, int], years: list[int]) -> np.ndarray:
    return np.array([[amounts.get(year, 0)] for year in years], dtype=np.int64)


def matched(case_input: dict) -> tuple[list[int], object]:
    tables = ("need", "grants", "appropriations", "carry_over")
    years = sorted({year for name in tables for year in case_input.get(name, {})})
    arrays = {name: by_year(case_input[name], years) for name in tables if name in case_input}
    arrays.setdefault("grants", by_year({}, years))
    return years, match(**arrays)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_worked_cases_of_matching(case):
    years, found = matched(case["input"])
    for name, expected in case["expect"].items():
        value = getattr(found, name)
        if value.ndim == 2:
            assert dict(zip(years, value[:, 0].tolist(), strict=True)) == expected
        else:
            assert value.tolist() == [expected]


def test_one_measures_surplus_never_hides_anothers_gap():
    found = match(np.array([[100, 100]]), np.array([[150, 20]]))
    assert found.gap.tolist() == [[0, 80]]
    assert found.surplus.tolist() == [50, 0]


def test_a_gross_appropriation_beside_a_grant_is_own_money_for_the_rest():
    need, grant = np.array([[1000]]), np.array([[300]])
    net = net_of_grants(np.array([[800]]), need, grant)
    assert net.tolist() == [[500]]
    assert match(need, grant, net).gap.tolist() == [[200]]


def test_a_net_appropriation_beside_its_grant_covers_the_whole():
    assert match(np.array([[1000]]), np.array([[400]]), np.array([[600]])).gap.tolist() == [[0]]


@pytest.mark.parametrize(
    ("expenditure", "grant"),
    [(1300, 500), (1000, 500), (800, 400)],
    ids=["costs rise and the grant stays", "costs hold", "costs fall and the grant with them"],
)
def test_a_grant_is_the_lower_of_amount_and_share(expenditure, grant):
    found = grant_limit(np.array([500]), np.array([0.5]), np.array([expenditure]))
    assert found.tolist() == [grant]


def test_a_share_is_of_the_eligible_part_only():
    assert grant_limit(np.array([100]), np.array([0.5]), np.array([60])).tolist() == [30]


def test_a_grant_without_a_stated_share_is_its_amount():
    assert grant_limit(np.array([500]), np.array([np.nan]), np.array([0])).tolist() == [500]


@pytest.mark.parametrize(
    ("grants", "what"),
    [
        (np.array([[1]]), r"grants is int64 \(1, 1\)"),
        (np.array([[0.5, 1]]), "grants is float64"),
        (np.array([[-1, 0]]), "grants has a negative entry"),
    ],
)
def test_money_of_the_wrong_form_is_refused_by_name(grants, what):
    with pytest.raises(ValueError, match=what):
        match(np.array([[1, 2]]), grants)


AMOUNT = st.one_of(st.just(0), st.integers(0, 300), st.integers(0, 10**13))


@st.composite
def tables(draw, count: int):
    """``count`` arrays of one shape, up to 6 years and 4 measures."""
    years, measures = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    row = st.lists(AMOUNT, min_size=measures, max_size=measures)
    grid = st.lists(row, min_size=years, max_size=years)
    return [np.array(draw(grid), dtype=np.int64) for _ in range(count)]


@given(tables(2))
def test_with_grants_alone_the_gaps_add_up_to_what_is_missing_in_all(drawn):
    need, grants = drawn
    found = match(need, grants)
    missing = np.maximum(need.sum(axis=0) - grants.sum(axis=0), 0)
    assert found.gap.sum(axis=0).tolist() == missing.tolist()
    spare = np.maximum(grants.sum(axis=0) - need.sum(axis=0), 0)
    assert found.surplus.tolist() == spare.tolist()


@given(tables(4))
def test_nothing_is_ever_negative_and_every_krona_is_somewhere(drawn):
    need, grants, given_, carry = drawn
    found = match(need, grants, given_, carry)
    for amounts in (found.gap, found.surplus, found.lapsed, found.liquidity, found.appropriated):
        assert amounts.min() >= 0
    by_grants = need - found.gap - found.appropriated
    assert by_grants.min() >= 0
    assert (by_grants.sum(axis=0) + found.surplus).tolist() == grants.sum(axis=0).tolist()
    assert (found.appropriated.sum(axis=0) + found.lapsed).tolist() == given_.sum(axis=0).tolist()


@given(tables(4), st.data())
def test_more_money_never_widens_any_years_gap(drawn, data):
    need, grants, given_, carry = drawn
    year = data.draw(st.integers(0, need.shape[0] - 1))
    measure = data.draw(st.integers(0, need.shape[1] - 1))
    more = data.draw(st.integers(1, 10**6))
    before = match(need, grants, given_, carry).gap
    for richer in (grants, given_, carry):
        changed = richer.copy()
        changed[year, measure] += more
        money = [changed if table is richer else table for table in (grants, given_, carry)]
        assert (match(need, *money).gap <= before).all()


@given(tables(4), st.randoms())
def test_the_order_of_measures_does_not_matter_and_nothing_is_shared(drawn, random):
    order = list(range(drawn[0].shape[1]))
    random.shuffle(order)
    together = match(*drawn)
    shuffled = match(*(table[:, order] for table in drawn))
    assert together.gap[:, order].tolist() == shuffled.gap.tolist()
    for measure in order:
        alone = match(*(table[:, [measure]] for table in drawn))
        assert alone.gap[:, 0].tolist() == together.gap[:, measure].tolist()


@given(tables(3))
def test_a_gross_appropriation_and_grants_together_never_cover_more_than_either_allows(drawn):
    need, grants, gross = drawn
    found = match(need, grants, net_of_grants(gross, need, grants))
    covered = need - found.gap
    by_grants_alone = need - match(need, grants).gap
    assert (covered.sum(axis=0) <= np.maximum(gross, by_grants_alone).sum(axis=0)).all()
    assert (covered.sum(axis=0) >= by_grants_alone.sum(axis=0)).all()


@given(tables(3))
def test_matching_changes_none_of_its_inputs(drawn):
    copies = [table.copy() for table in drawn]
    match(*drawn)
    for table, copy in zip(drawn, copies, strict=True):
        assert table.tolist() == copy.tolist()


def test_the_kernel_agrees_with_the_worked_cases_beside_the_checkout(shared):
    cases = yaml.safe_load((shared / "cases" / "gap.yaml").read_text("utf-8"))
    agreed = 0
    for case in cases:
        money = {
            {"appropriation": "appropriations"}.get(name, name): amounts
            for name, amounts in case["input"].items()
        }
        if not isinstance(money.get("need"), dict):
            continue
        years, found = matched(money)
        for name, expected in case["expect"].items():
            value = getattr(found, name)
            by_key = dict(zip(years, value[:, 0].tolist(), strict=True)) if value.ndim == 2 else {}
            assert (by_key or int(value[0])) == expected, case["name"]
        agreed += 1
    assert agreed >= 7
