"""What follows from what is known of a measure: by hand, for any figures, and what is refused."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from model.activity import effect_lines, lines_of, work_out
from model.emissions import Span
from model.entries import DatedValue
from model.factors import BOUNDARIES, Factor, Reason, choose, implausible
from model.reference import reference
from model.rows import Activity, Effect, PlanHead
from tests.model.conftest import HEAD, measure

CASES = Path(__file__).parents[1] / "cases" / "activities.yaml"
known = reference()
DIESEL, HEAT = known.carriers["diesel"], known.carriers["district_heating"]
LOCAL = "emission_factors/district_heating_local_ttw"


def head(boundary: str = "ttw", **fields) -> PlanHead:
    return PlanHead(**{**HEAD, "last_year": 2030, "emission_boundary": boundary, **fields})


def worked(*activities: Activity, boundary: str = "ttw", assumptions=None, **fields):
    """The activities of one measure, worked out."""
    one = measure("a", activities=activities, **fields)
    return work_out(lines_of([one]), head(boundary), known, assumptions or known.assumptions)


def saved(mid=100, carrier: str = "heating_oil", **fields) -> Activity:
    fields = {"kind": "energy_saved", "unit": "MWh", "first_year": 2027, **fields}
    return Activity(mid=mid, from_carrier=carrier, **fields)


def with_own(key: str, *values: tuple[int, float]):
    """The assumptions with a plan's own values of one of them, by year."""
    own = tuple(
        DatedValue.model_validate(
            {
                "from": year,
                "central": Decimal(str(value)),
                "source": "tool-assumption",
                "status": "unverified",
            }
        )
        for year, value in values
    )
    return {**known.assumptions, key: known.assumptions[key].model_copy(update={"values": own})}


@pytest.mark.parametrize("case", yaml.safe_load(CASES.read_text("utf-8")), ids=lambda c: c["case"])
def test_cases_worked_by_hand(case):
    row = Activity(**case["activity"])
    (found,) = worked(row, boundary=case["boundary"])
    levels = {each.indicator: each.levels[0].amount for each in found.derived}
    assert {name: float(each.mid) for name, each in levels.items()} == case["expect"]
    asked = {reason.code for reason in found.reasons} - {"boundary_unknown"}
    assert asked == ({case["missing"]} if "missing" in case else set())


def test_the_factor_is_that_of_the_year(result_of):
    """Diesel from well to wheel: 3.17 kg/l until 2025, 3.04 from 2026, when the obligation rose."""
    row = Activity(kind="fuel_replaced", unit="l", mid=1000, first_year=2025, from_carrier="diesel")
    (found,) = worked(row, boundary="wtw")
    assert [found.tonnes.at(year).amount.mid for year in (2025, 2026, 2030)] == [
        Decimal("3.17"),
        Decimal("3.04"),
        Decimal("3.04"),
    ]
    assert found.tonnes.at(2024) is None


def test_only_the_boundary_that_is_asked_for_is_chosen():
    for carrier in known.carriers.values():
        for boundary in BOUNDARIES:
            for gas in ("co2e", "fossil_co2"):
                found = choose(carrier, 2030, boundary, known.assumptions, gas=gas)
                if isinstance(found, Factor):
                    scope = found.assumption.emission
                    assert (scope.carrier, scope.boundary) == (carrier.key, boundary)
                    assert scope.gas == gas or found.mid == 0


def test_a_comparator_or_a_suppliers_figure_is_never_chosen_unasked():
    found = choose(DIESEL, 2017, "wtw", known.assumptions)
    assert found.assumption.key == "emission_factors/diesel_mk1_wtw"
    found = choose(known.carriers["hvo100"], 2026, "wtw", known.assumptions)
    assert found.assumption.key == "emission_factors/hvo100_wtw"
    named = "emission_factors/diesel_fossil_wtw"
    found = choose(DIESEL, 2026, "wtw", known.assumptions, named=named)
    # 95.1 g/MJ × 35.5 MJ/l
    assert found.mid == Decimal("3.37605")


def test_the_local_factor_of_district_heating_is_asked_for_and_then_used():
    asked = choose(HEAT, 2027, "ttw", known.assumptions)
    assert isinstance(asked, Reason)
    assert asked.fields["factor"].key == LOCAL
    own = with_own(LOCAL, (2026, 50), (2029, 20))
    (found,) = worked(saved(1000, "district_heating"), assumptions=own)
    levels = [(level.year, level.amount.mid) for level in found.tonnes.levels]
    assert levels == [(2027, 50), (2029, 20)]


def test_a_named_factor_of_another_boundary_is_refused_and_nothing_is_put_in_its_place():
    row = Activity(
        kind="fuel_replaced",
        unit="l",
        mid=1000,
        first_year=2027,
        from_carrier="diesel",
        from_factor="emission_factors/diesel_with_obligation_wtw",
    )
    (found,) = worked(row, boundary="ttw")
    assert found.tonnes is None
    assert [reason.code for reason in found.reasons] == ["wrong_boundary"]


def test_fossil_carbon_dioxide_and_co2e_are_never_subtracted_from_each_other():
    row = Activity(
        kind="fuel_replaced",
        unit="l",
        mid=1000,
        first_year=2027,
        from_carrier="diesel",
        to_carrier="fame",
        to_rate=1,
        from_factor="emission_factors/diesel_fossil_ttw",
    )
    (found,) = worked(row, boundary="ttw")
    assert found.tonnes is None
    assert found.reasons


def test_a_plan_that_does_not_say_what_it_counts_is_asked():
    (found,) = worked(saved(carrier="electricity"), boundary="")
    assert [reason.code for reason in found.reasons] == ["no_boundary"]
    assert [each.indicator for each in found.derived] == ["energy_saved", "electricity_saved"]


def test_consumption_that_nobody_has_stated_is_asked_for_and_is_not_zero():
    row = Activity(
        kind="vehicles",
        unit="number",
        mid=10,
        per=15000,
        first_year=2027,
        from_carrier="petrol",
        to_carrier="electricity",
        from_rate=7,
    )
    (found,) = worked(row)
    assert found.tonnes is None
    assert [reason.code for reason in found.reasons] == ["assumption_not_known"]
    assert found.reasons[0].field == "to_rate"
    own = with_own("vehicles/consumption_electricity", (2020, 18))
    assert worked(row, assumptions=own)[0].tonnes.levels[0].amount.mid == Decimal("24.78")


def test_without_a_year_of_its_own_it_begins_the_year_after_the_measure_is_in_service():
    (found,) = worked(saved(carrier="electricity", first_year=None), in_service="2027-06")
    assert found.first == 2028
    (unsaid,) = worked(saved(first_year=None))
    assert (unsaid.derived, [r.code for r in unsaid.reasons]) == ((), ["activity_without_year"])


def test_a_stated_effect_stands_and_the_derived_one_is_not_counted_beside_it(result_of):
    stated = Effect(indicator="co2e_reduction", unit="t CO2e", basis="per_year", mid=40)
    row = saved(from_factor="emission_factors/heating_oil")
    one = measure("a", activities=(row,), effects=(stated,))
    result = result_of(one, head={"emission_boundary": "ttw"})
    assert result.effect().yearly == Span(40, 40, 40)
    assert result.effect("energy_saved").yearly.mid == 100
    (found,) = result.activities()
    assert found.tonnes.counted is False
    assert float(found.tonnes.levels[0].amount.mid) == 33.34


def test_derived_effects_stand_in_the_plan_beside_the_stated_ones(result_of):
    row = saved(low=90, mid=100, high=120, from_factor="emission_factors/heating_oil")
    one = measure("a", activities=(row,))
    result = result_of(one, measure("b"), head={"emission_boundary": "ttw"})
    assert result.effect().yearly == Span(30.006, 33.34, 40.008)
    assert result.effect().stated == 1
    effects = result.plan.effects
    assert effects.gas[effects.indicator == "co2e_reduction"].tolist() == ["co2e"]
    assert set(effects.year.tolist()) == {2027}


def test_two_activities_of_one_measure_add_up_year_by_year_and_end(result_of):
    factor = "emission_factors/heating_oil"
    first = saved(100, from_factor=factor, last_year=2029)
    second = saved(50, from_factor=factor, first_year=2028)
    lines = effect_lines(worked(first, second), head(), known)
    tonnes = lines.take(lines.indicator == "co2e_reduction")
    assert tonnes.year.tolist() == [2027, 2028, 2030]
    assert tonnes.mid.tolist() == [33.34, 50.01, 16.67]
    result = result_of(measure("a", activities=(first, second)), head={"emission_boundary": "ttw"})
    # A sum over all years counts the last level, never the levels after each other.
    assert result.effect().yearly.mid == 16.67


@pytest.mark.parametrize(
    ("key", "unit", "value"),
    [
        ("emission_factors/electricity_nordic_lca", "g CO2e/kWh", 30000),
        (LOCAL, "g CO2e/kWh", 537000),
        ("emission_factors/diesel_mk1_wtw", "kg CO2e/kWh", 342),
        ("emission_factors/heating_oil", "g CO2e/kWh", "0.3334"),
        ("emission_factors/electricity_nordic_lca", "g CO2e/kWh", -90),
    ],
)
def test_a_factor_that_cannot_be_right_is_refused(key, unit, value):
    assumption = with_own(key, (2020, value))[key].model_copy(update={"unit": unit})
    (found,) = implausible(assumption, assumption.latest, known.carriers, known.assumptions)
    assert found.code == "implausible_factor"
    assert str(value) in found.at("plan").message


def test_a_factor_in_a_unit_that_does_not_fit_its_carrier_is_refused():
    key = "emission_factors/district_heating_umea"
    assumption = known.assumptions[key].model_copy(update={"unit": "kg CO2e/l"})
    (found,) = implausible(assumption, assumption.latest, known.carriers, known.assumptions)
    assert found.code == "wrong_unit"


def test_every_factor_of_the_data_fits_its_carrier_and_its_bounds():
    for assumption in known.assumptions.values():
        for value in assumption.values:
            found = implausible(assumption, value, known.carriers, known.assumptions)
            assert list(found) == [], assumption.key


amounts = st.decimals(min_value=0, max_value=1_000_000, places=2)


@settings(max_examples=50, deadline=None)
@given(amounts, amounts, amounts, st.integers(2020, 2040), st.integers(0, 20))
def test_tonnes_are_in_order_and_twice_the_activity_is_twice_the_tonnes(a, b, c, year, more):
    low, mid, high = sorted((a, b, c))
    one = {"from_carrier": "heating_oil", "from_factor": "emission_factors/heating_oil"}
    one |= {"kind": "heating_converted", "unit": "m2", "from_rate": 150, "to_rate": 50}
    one |= {"to_carrier": "electricity", "first_year": year, "last_year": year + more}
    fields = ({"low": low * n, "mid": mid * n, "high": high * n} for n in (1, 2))
    (single,), (double,) = (worked(Activity(**one, **each), boundary="lca") for each in fields)
    if single.tonnes is None:
        assert year < 2021
        assert single.reasons
        return
    for level, twice in zip(single.tonnes.levels, double.tonnes.levels, strict=True):
        assert level.amount.low <= level.amount.mid <= level.amount.high
        assert twice.amount.mid == 2 * level.amount.mid
    lines = effect_lines((single,), head("lca"), known)
    tonnes = lines.take(lines.indicator == "co2e_reduction")
    assert tonnes.year[-1] == year + more + 1
    assert tonnes.mid[-1] == 0


def test_derived_lines_are_of_the_same_kind_as_stated_ones():
    lines = effect_lines(worked(saved(from_factor="emission_factors/heating_oil")), head(), known)
    assert (lines.measure.dtype, lines.year.dtype, lines.mid.dtype) == (
        np.int64,
        np.int64,
        np.float64,
    )
    none = effect_lines((), head(), known)
    assert len(none.measure) == 0


@pytest.mark.parametrize(
    ("system", "counts", "within"),
    [
        ("territory", "ttw", "territorial"),
        ("territory", "wtw", "consumption"),
        ("organisation", "wtw", "organisation"),
    ],
)
def test_tonnes_from_well_to_wheel_are_no_territorial_tonnes(system, counts, within):
    one = head(counts, system_boundary=system)
    lines = effect_lines(
        worked(saved(from_factor="emission_factors/heating_oil"), boundary=counts), one, known
    )
    assert lines.boundary[lines.indicator == "co2e_reduction"].tolist() == [within]
