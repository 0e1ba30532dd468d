"""Each method against cases worked by hand or published."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from model.benefit_methods import METHODS, air, health, jobs, paths, traffic
from model.economics import present_value
from model.entries import Benefit

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "benefits.yaml").read_text("utf-8"))


def named(case: dict) -> str:
    return case["case"]


@pytest.mark.parametrize("case", CASES["activity"], ids=named)
def test_new_travel_avoids_deaths_in_a_straight_line_with_its_minutes(case):
    of, expected = case["given"], case["expect"]
    reduction = health.risk_reduction(
        of["minutes"], of["relative_risk"], of["reference"], of["cap"]
    )
    deaths = health.deaths_avoided(of["people"], of["mortality"], reduction)
    assert reduction == pytest.approx(expected["reduction"], abs=1e-12)
    assert deaths == pytest.approx(expected["deaths"], abs=1e-12)
    each = health.per_person(
        minutes_per_week=of["minutes"],
        relative_risk=of["relative_risk"],
        reference_minutes=of["reference"],
        cap=of["cap"],
        mortality=of["mortality"],
        value_of_life=of["life"],
    )
    assert each * of["people"] == pytest.approx(expected["yearly"])


@pytest.mark.parametrize("case", CASES["activity"], ids=named)
def test_the_effect_of_new_travel_is_built_up_over_five_years(case):
    of, over, expected = case["given"], case["over"], case["expect"]
    yearly = expected["yearly"] * health.uptake(over["years"], over["build_up"])
    assert yearly[:6].tolist() == [expected["yearly"] * min(n / 5, 1) for n in range(1, 7)]
    assert yearly.sum() == pytest.approx(expected["undiscounted"])
    assert round(present_value(np.append(0, yearly), over["rate"])) == expected["present"]
    assert of["people"] == 1000


@pytest.mark.parametrize("case", CASES["activity"], ids=named)
def test_a_kilometre_is_worth_its_part_of_a_persons_year(case):
    of = case["given"]
    per_km = health.per_kilometre(
        speed=case["speed"],
        relative_risk=of["relative_risk"],
        reference_minutes=of["reference"],
        mortality=of["mortality"],
        value_of_life=of["life"],
    )
    kilometres = of["minutes"] / 60 * case["speed"] * 52
    assert round(per_km, 2) == case["expect"]["per_km"]
    assert per_km * kilometres * of["people"] == pytest.approx(case["expect"]["yearly"])


@pytest.mark.parametrize("case", CASES["capped"], ids=named)
def test_more_than_enough_travel_reduces_no_more_risk(case):
    found = health.risk_reduction(
        case["minutes"], case["relative_risk"], case["reference"], case["cap"]
    )
    assert found == case["expect"]


def test_the_line_is_straight_and_not_a_power():
    assert health.risk_reduction(60, 0.90, 100) != pytest.approx(1 - 0.90**0.6, abs=1e-3)


@pytest.mark.parametrize("case", CASES["towns"], ids=named)
def test_a_kilo_of_particles_costs_what_the_table_of_towns_says(case):
    found = air.local_cost(case["ventilation"], case["population"], case["per_exposure"])
    assert abs(found - case["expect"]) <= 3


@pytest.mark.parametrize("case", CASES["nitrogen"], ids=named)
def test_a_kilo_costs_the_region_and_the_town(case):
    found = air.per_kilo(
        regional=case["regional"],
        per_exposure=case["per_exposure"],
        ventilation=case["ventilation"],
        population=case["population"],
    )
    assert abs(found - case["expect"]) <= 1


def test_a_town_that_nobody_has_described_costs_only_the_region():
    assert air.per_kilo(regional=75, per_exposure=1.75, ventilation=1.4) == 75


def test_a_decibel_is_worth_what_its_band_says():
    values = {50: 14, 55: 28, 65: 54}
    assert traffic.noise(58, 52, 10, values) == 10 * (3 * 28 + 3 * 14)
    assert traffic.noise(70, 66, 1, values) == 4 * 54
    assert traffic.noise(49, 40, 1, values) == 0
    assert traffic.noise(52, 58, 1, values) == -traffic.noise(58, 52, 1, values)
    with pytest.raises(ValueError, match=r"\[65\]"):
        traffic.noise(58, 52, 1, {50: 14, 55: 28})


def test_an_accident_costs_those_it_injures():
    found = traffic.per_accident(
        deaths=0.01,
        severe=0.1,
        slight=1,
        value_of_life=40_500_000,
        value_of_severe=4_700_000,
        value_of_slight=300_000,
    )
    assert found == 405_000 + 470_000 + 300_000


def test_a_price_moves_on_a_straight_line_between_its_years_and_stands_still_outside_them():
    series = {2020: 80, 2025: 165, 2030: 250}
    assert paths.by_year(series, [2019, 2020, 2022, 2025, 2035]).tolist() == [80, 80, 114, 165, 250]
    assert paths.worth(np.array([10, 10]), series, [2020, 2030]).tolist() == [800, 2500]


def test_twenty_jobs_for_a_million_cannot_be_job_years():
    """Umeå's figure: 50 000 kronor for each."""
    assert jobs.most_job_years(1_000_000, 650_000) == pytest.approx(1.54, abs=0.005)
    assert not jobs.is_plausible(20, 1_000_000, 650_000)
    assert jobs.is_plausible(1.5, 1_000_000, 650_000)


def test_eighteen_jobs_per_million_euro_are_one_and_a_half_per_million_kronor():
    assert jobs.gross_job_years(1_000_000, 18, 11.3) == pytest.approx(1.593, abs=0.001)


@given(st.floats(0, 2000), st.floats(0, 2000), st.floats(0.5, 1.0))
@settings(max_examples=50)
def test_more_travel_never_reduces_less_risk(some, more, risk):
    low, high = sorted((some, more))
    assert health.risk_reduction(low, risk, 100, 0.45) <= health.risk_reduction(
        high, risk, 100, 0.45
    )


FIELDS = {
    "key": "x",
    "name": "x",
    "name_en": "x",
    "category": "health",
    "added_value": "x",
    "indicator": "cycled_km",
    "beneficiary": "residents",
    "kind": "society",
    "quantified": True,
    "source": "x",
    "status": "verified",
}


def test_a_benefit_names_what_its_method_needs():
    for wrong, said in (
        ({"method": "heat_kilometres"}, "needs mortality"),
        ({"method": "unit_value", "assumptions": {"unit_value": "a", "cap": "b"}}, "no role cap"),
        ({"assumptions": {"unit_value": "a"}}, "none is named"),
        ({"quantified": False, "reason": "x", "reason_en": "x", "method": "unit_value"}, "method"),
    ):
        with pytest.raises(ValueError, match=said):
            Benefit.model_validate({**FIELDS, **wrong})


def test_every_method_takes_its_roles_by_name():
    for key, method in METHODS.items():
        assert method.price(**dict.fromkeys(method.roles, 1.0)) >= 0, key
        assert method.optional <= set(method.roles), key
