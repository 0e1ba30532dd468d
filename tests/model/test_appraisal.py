"""Whether a plan's measures pay: streams in three views, figures by hand, and the second loop."""

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.economics import differences, generated
from model.appraisal import judge
from model.errors import InvalidData
from model.rows import Component, Effect, Expenditure, OwnerShare, Prerequisite, RunningCost
from model.streams import PARTS, Streams
from tests.model.conftest import grant, measure

TONNES = {"indicator": "co2e_reduction", "unit": "t CO2e", "basis": "per_year"}


def tonnes(amount: float, **fields) -> Effect:
    return Effect(**{**TONNES, "mid": amount, **fields})


def running(amount: int, year: int = 2026, **fields) -> RunningCost:
    return RunningCost(year=year, amount=amount, price_level="nominal", **fields)


def invested(amount: int, year: object = "before", **fields) -> Expenditure:
    return Expenditure(year=year, mid=amount, price_level="nominal", **fields)


def worked(key: str = "a", **fields):
    """10 MSEK in the base year, 0.9 MSEK saved in each of the 20 years after it."""
    return measure(
        key,
        **{
            "expenditures": (invested(10_000_000),),
            "running_costs": (running(-900_000),),
            "lifetime_years": 20,
            "effects": (tonnes(300),),
            **fields,
        },
    )


def figure(result, name: str, view: str = "owner", place: int = 0, **how) -> float:
    return float(getattr(result.economics(view, **how).measures, name)[place])


def why(result, name: str = "net_present_value", view: str = "owner", place: int = 0) -> str:
    return result.economics(view).measures.reasons[name][place]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("net_present_value", 2_791_162.97),
        ("internal_rate", 0.06394877709),
        ("benefit_cost_ratio", 1.2791163),
        ("net_benefit_invested", 0.2791163),
        ("net_benefit_invested_and_run", 0.2791163),
        ("payback", 11.1111),
        ("discounted_payback", 14.3193),
        ("annuity", 196_389.23),
        ("cost_per_tonne", -654.63),
    ],
)
def test_a_plans_measure_gives_the_worked_case(result_of, name, expected):
    decimals = len(str(expected).split(".")[1])
    assert round(figure(result_of(worked()), name), decimals) == expected


def test_the_tax_factor_on_what_taxes_pay_turns_the_sign(result_of):
    result = result_of(worked())
    plain, taxed = (result.economics("society", tax_factor=on).measures for on in (False, True))
    without = plain.net_present_value[0] - 0.3 * 10_000_000
    assert taxed.net_present_value[0] == pytest.approx(without)
    assert taxed.net_benefit_invested[0] == pytest.approx(without / 13_000_000)


def test_the_tax_factor_is_for_society_and_for_what_taxes_pay(result_of):
    result = result_of(
        worked(),
        worked("b", financing_form="water"),
        worked("c", owner="household", owner_kind="private"),
    )
    for view in ("municipality", "owner"):
        plain, taxed = (result.economics(view, tax_factor=on).measures for on in (False, True))
        assert np.array_equal(plain.net_present_value, taxed.net_present_value, equal_nan=True)
    plain, taxed = (result.economics("society", tax_factor=on).measures for on in (False, True))
    assert (plain.net_present_value == taxed.net_present_value).tolist() == [False, True, True]


def test_a_tonne_is_worth_what_the_source_says_and_its_cost_is_before_that(result_of):
    result = result_of(worked())
    worth = 300 * 7000 * -npf.pv(0.035, 20, 1)
    assert figure(result, "net_present_value", "society") == pytest.approx(
        figure(result, "net_present_value") + worth
    )
    assert figure(result, "cost_per_tonne", "society") == pytest.approx(
        figure(result, "cost_per_tonne")
    )


def test_the_municipality_sees_its_part_and_society_no_grants(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.25"),
        OwnerShare(owner="state", share="0.75"),
    )
    mixed = {"owner": "mixed", "owner_kind": "mixed", "owner_shares": shares}
    result = result_of(worked(grants=(grant("g", {2026: 1_000_000}),), **mixed))
    owner = figure(result, "net_present_value")
    assert owner == pytest.approx(2_791_162.97 + 1_000_000 / 1.035)
    assert figure(result, "net_present_value", "municipality") == pytest.approx(owner / 4)
    assert not result.economics("society").streams.parts["grants"].any()


def test_a_grant_counts_as_the_reading_says(result_of):
    sought = grant("g", {2026: 1_000_000}, "applied", probability="0.25")
    result = result_of(worked(grants=(sought,)))
    values = {
        reading: figure(result, "net_present_value", reading=reading)
        for reading in ("secured", "expected", "best_case")
    }
    assert values["expected"] - values["secured"] == pytest.approx(250_000 / 1.035)
    assert values["best_case"] - values["secured"] == pytest.approx(1_000_000 / 1.035)


@pytest.mark.parametrize(
    ("fields", "view", "reason"),
    [
        ({"expenditures": ()}, "owner", "no_cost"),
        ({"lifetime_years": None}, "owner", "no_lifetime"),
        ({"running_costs": ()}, "owner", "no_running_cost"),
        ({"effects": ()}, "society", "no_effect"),
        ({"effects": (tonnes(5, basis="unclear"),)}, "society", "no_effect"),
        ({"owner": "household", "owner_kind": "private"}, "municipality", "not_ours"),
        ({"owner": "mixed", "owner_kind": "mixed"}, "municipality", "split_unknown"),
    ],
)
def test_what_is_not_known_has_its_reason_and_is_not_zero(result_of, fields, view, reason):
    result = result_of(worked(**fields), worked("b"))
    assert why(result, view=view) == reason
    assert np.isnan(figure(result, "net_present_value", view))
    together, whole = result.economics(view).whole
    assert together.counted.ravel().tolist() == [False, True]
    assert whole.net_present_value[0] == figure(result, "net_present_value", view, place=1)


def test_a_running_cost_of_nothing_is_known(result_of):
    result = result_of(worked(running_costs=(running(0),)))
    assert figure(result, "net_present_value") == -10_000_000
    assert why(result, "internal_rate") == "no_root"


def test_tonnes_that_may_come_once_are_no_cost_per_tonne(result_of):
    result = result_of(worked(effects=(tonnes(5, basis="unclear"),)))
    assert why(result, "cost_per_tonne") == "unclear_tonnes"
    assert figure(result, "net_present_value") > 0


def test_a_level_holds_until_another_is_stated_and_the_last_to_the_end_of_the_life(result_of):
    result = result_of(
        worked(
            running_costs=(running(-100, 2026), running(-300, 2028), running(0, 2027, item="rent")),
            lifetime_years=5,
        )
    )
    saved = result.economics("owner").streams.parts["running_lower"][:, 0]
    assert saved.tolist() == [0, 100, 100, 300, 300, 300]


def test_a_stated_end_of_a_running_cost_ends_it(result_of):
    result = result_of(worked(running_costs=(running(70, 2026), running(0, 2028))))
    cost = result.economics("owner").streams.parts["running_higher"][:, 0]
    assert cost[:5].tolist() == [0, -70, -70, 0, 0]


def test_the_life_begins_after_the_year_it_is_taken_in_use(result_of):
    result = result_of(worked(in_service="2027-06", lifetime_years=3))
    found = result.economics("owner").streams
    assert found.tonnes[:, 0].tolist() == [0, 0, 0, 300, 300, 300]
    assert found.end[0] == 5


def test_components_are_bought_anew_within_the_life(result_of):
    parts = (
        Component(name="Batteri", share="0.4", lifetime_years=8, reinvested=True),
        Component(name="Skal", share="0.6", lifetime_years=20),
    )
    again = result_of(worked(components=parts)).economics("owner").streams.parts["reinvestment"]
    assert np.flatnonzero(again[:, 0]).tolist() == [8, 16]
    assert again[8, 0] == -4_000_000


def test_what_would_be_invested_anyway_is_no_cost_of_the_measure(result_of):
    more = (invested(10_000_000), invested(4_000_000, scope="incremental"))
    result = result_of(
        worked(alternative_investment=6_000_000),
        worked("b", expenditures=more),
        worked("c", expenditures=more[1:]),
    )
    values = result.economics("owner").measures.net_present_value
    assert values.tolist() == pytest.approx([2_791_162.97 + 6_000_000] * 3)


def test_avoided_investment_is_money_that_is_not_spent(result_of):
    spent = (invested(10_000_000), invested(1_000_000, 2026, kind="avoided_investment"))
    value = figure(result_of(worked(expenditures=spent)), "net_present_value")
    assert value == pytest.approx(2_791_162.97 + 1_000_000 / 1.035)


def test_nominal_kronor_are_deflated_by_the_municipalitys_own_index(result_of):
    index = tuple(
        Prerequisite(year=year, price_index=level)
        for year, level in ((2025, 100), (2026, 103), (2027, "106.09"), (2028, "109.2727"))
    )
    rows = {"expenditures": (invested(106_090, 2027),), "running_costs": (running(-1_030),)}
    result = result_of(worked(**rows), prerequisites=index)
    found = result.economics("owner")
    assert (found.prices.price_year, found.prices.basis) == (2025, "own")
    assert found.streams.parts["investment"][2, 0] == pytest.approx(-100_000)
    assert found.streams.parts["running_lower"][1:4, 0] == pytest.approx([1_000] * 3)


def test_amounts_of_unknown_prices_stand_as_they_are(result_of):
    index = (Prerequisite(year=2025, price_index=100), Prerequisite(year=2026, price_index=200))
    said = (Expenditure(year=2026, mid=100),)
    result = result_of(worked(expenditures=said), prerequisites=index)
    assert result.economics("owner").streams.parts["investment"][1, 0] == -100


def test_measures_with_a_joint_effect_are_judged_together_by_society(result_of):
    shared = (tonnes(300, effect_group="bilar"),)
    result = result_of(worked(effects=shared), worked("b", effects=shared))
    found = result.economics("society")
    assert found.measures.reasons["net_present_value"].tolist() == ["joint_effect"] * 2
    assert found.joint[1].tonnes_a_year.tolist() == [300]
    assert found.whole[1].net_present_value == pytest.approx(found.joint[1].net_present_value)
    apart = result.economics("owner").measures
    assert apart.net_present_value == pytest.approx([2_791_162.97] * 2)
    assert apart.reasons["cost_per_tonne"].tolist() == ["joint_effect"] * 2


def test_a_package_is_the_sum_of_its_measures(result_of):
    result = result_of(
        worked(),
        worked("b", sector="energy", running_costs=(running(-100_000),)),
        worked("c", lifetime_years=None),
    )
    found = result.economics("owner")
    keys, together, figures = found.by("sector")
    assert keys == ["energy", "transport"]
    assert together.counted.sum(axis=0).tolist() == [1, 1]
    assert figures.net_present_value.sum() == pytest.approx(found.whole[1].net_present_value[0])
    assert figures.net_present_value[1] == found.measures.net_present_value[0]


def test_the_plan_without_anything_has_figures_of_nothing(result_of):
    found = result_of().economics("society")
    assert found.whole[1].reasons["net_present_value"].tolist() == ["nothing_known"]
    assert found.by("sector")[0] == []


def test_a_rate_of_minus_a_hundred_percent_is_refused():
    with pytest.raises(InvalidData, match="above −1"):
        judge(generated(2), -1.0)


def test_two_thousand_measures_agree_with_numpy_financial():
    apart = differences(generated())
    assert max(apart.values()) <= 1e-9, apart


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 40))
def test_generated_measures_agree_with_numpy_financial(seed, years):
    apart = differences(generated(20, years, seed))
    assert max(apart.values()) <= 1e-9, apart


@given(
    st.lists(st.integers(-1_000, 1_000), min_size=2, max_size=12),
    st.floats(-0.5, 0.5),
)
def test_what_goes_in_as_any_part_is_worth_the_same(flows, rate):
    stream = np.array(flows, dtype=float)[:, None]
    parts = {name: np.zeros_like(stream) for name in PARTS}
    whole = Streams(
        "owner",
        2025,
        {**parts, "benefits": stream},
        np.zeros_like(stream),
        -stream,
        np.array([""], dtype=object),
        np.array(["no_tonnes"], dtype=object),
        np.array([len(flows) - 1]),
        np.array([-1]),
    )
    found = judge(whole, rate)
    assert found.net_present_value[0] == pytest.approx(npf.npv(rate, flows), rel=1e-9, abs=1e-6)
