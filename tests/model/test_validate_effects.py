"""Effects that cannot be counted, or would be counted twice, are found and placed."""

import pytest

from model.reference import reference
from model.rows import Effect, PlanHead
from model.validate import validate_measure
from tests.model.conftest import HEAD, measure

head = PlanHead(**HEAD)


def findings(*effects: Effect, need: dict | None = None, **fields) -> list[tuple[str, str]]:
    of = measure(need=need, effects=effects, **fields)
    found = validate_measure(of, head, reference())
    return [(each.code, each.ref) for each in found if "effects" in each.ref]


def effect(indicator: str = "co2e_reduction", unit: str = "t CO2e", mid=10, **fields) -> Effect:
    return Effect(
        **{"indicator": indicator, "unit": unit, "mid": mid, "basis": "per_year"} | fields
    )


def test_an_effect_that_nothing_dates_is_found():
    assert findings(effect()) == [("effect_without_year", "prov/a/effects.0.year")]


@pytest.mark.parametrize(
    "said", [{"need": {2026: 5}}, {"in_service": "2027-01"}], ids=["an investment", "in service"]
)
def test_an_effect_of_a_dated_measure_needs_no_year(said):
    assert findings(effect(), **said) == []


def test_an_effect_with_its_year_is_dated():
    assert findings(effect(year=2027)) == []


def test_what_may_come_once_or_every_year_is_asked_about_elsewhere():
    assert findings(effect(basis="unclear")) == []


def test_a_unit_that_does_not_fit_is_an_error_at_its_place():
    assert findings(effect(unit="kg", year=2027)) == [("wrong_unit", "prov/a/effects.0.unit")]


def test_the_same_line_twice_is_found_at_the_second():
    twice = effect(year=2027)
    assert findings(twice, twice) == [("effect_twice", "prov/a/effects.1")]
    assert findings(twice, effect(year=2028)) == []
    assert findings(twice, effect(year=2027, note="annan panna")) == []


def test_the_same_kilometre_is_not_valued_twice():
    found = findings(
        effect("new_cyclists", "persons", 800, year=2027),
        effect("cycled_km", "km", 10**6, year=2027),
    )
    assert found == [("double_count", "prov/a/effects.1")]


def test_walking_and_cycling_are_two_benefits():
    found = findings(
        effect("new_cyclists", "persons", year=2027), effect("new_walkers", "persons", year=2027)
    )
    assert found == []


def test_twenty_jobs_for_each_million_are_flagged():
    jobs = effect("jobs", "person-years", 20, basis="once", year=2026)
    assert findings(jobs, need={2026: 1_000_000}) == [("implausible_jobs", "prov/a/effects.0")]


def test_jobs_that_the_money_can_pay_for_are_not():
    jobs = effect("jobs", "person-years", 1.5, basis="once", year=2026)
    assert findings(jobs, need={2026: 1_000_000}) == []


def test_jobs_of_every_year_are_paid_every_year():
    jobs = effect("jobs", "person-years", 1, year=2026)
    assert findings(jobs, need={2026: 1_000_000, 2027: 1_000_000}) == []
    assert findings(jobs, need={2026: 500_000, 2027: 500_000}) == [
        ("implausible_jobs", "prov/a/effects.0")
    ]
