"""What is refused and what is asked of activities, with its place and its reason."""

import pytest

from model import commands, records
from model.errors import InvalidData
from model.reference import reference
from model.rows import Activity, Effect, LocalValue, PlanDocument, PlanHead
from model.validate import validate_document, validate_measure
from tests.model.conftest import HEAD, measure

known = reference()
OIL = {"kind": "energy_saved", "unit": "MWh", "mid": 100, "from_carrier": "heating_oil"}
OIL |= {"first_year": 2027, "from_factor": "emission_factors/heating_oil"}


def head(boundary: str = "ttw", **fields) -> PlanHead:
    return PlanHead(**{**HEAD, "emission_boundary": boundary, **fields})


def found(row: dict, boundary: str = "ttw", **fields) -> dict[str, tuple[str, str]]:
    """Severity and place of every finding about the activity, by code."""
    one = measure("a", activities=(Activity(**row),), **fields)
    return {
        each.code: (each.severity, each.ref.removeprefix("prov/a/"))
        for each in validate_measure(one, head(boundary), known)
        if "activities" in each.ref
    }


def test_a_sound_activity_is_only_told_what_its_source_does_not_say():
    assert found(OIL) == {"boundary_unknown": ("warning", "activities.0.from_factor")}


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"kind": "horses"}, "unknown_key", "kind"),
        ({"from_carrier": "coal"}, "unknown_key", "from_carrier"),
        ({"from_factor": "emission_factors/coal"}, "unknown_key", "from_factor"),
        ({"unit": "GWh"}, "wrong_unit", "unit"),
        ({"first_year": None}, "activity_without_year", "first_year"),
        ({"first_year": "later"}, "activity_without_year", "first_year"),
        ({"first_year": 1927}, "impossible_year", "first_year"),
        ({"from_carrier": "diesel", "from_factor": ""}, "carrier_does_not_fit", "from_carrier"),
        ({"to_carrier": "electricity"}, "carrier_does_not_fit", "to_carrier"),
        ({"per": 12}, "figure_without_use", "per"),
        (
            {"from_factor": "emission_factors/district_heating_umea"},
            "factor_of_other_carrier",
            "from_factor",
        ),
    ],
)
def test_what_does_not_fit_is_an_error_at_its_place(change, code, place):
    severity, ref = found({**OIL, **change})[code]
    assert severity == "error"
    assert place in ref


def test_a_factor_of_another_boundary_is_an_error_with_its_reason():
    row = {"kind": "fuel_replaced", "unit": "l", "mid": 10, "first_year": 2027}
    row |= {"from_carrier": "diesel", "from_factor": "emission_factors/diesel_mk1_wtw"}
    one = measure("a", activities=(Activity(**row),))
    (wrong,) = [v for v in validate_measure(one, head(), known) if v.code == "wrong_boundary"]
    assert wrong.severity == "error"
    assert wrong.ref == "prov/a/activities.0.from_factor"
    assert "from well to wheel" in wrong.message
    assert "where the energy is used" in wrong.message
    assert "wrong_boundary" not in found(row, "wtw")


def test_what_is_lacking_is_a_warning_and_can_be_saved():
    row = {**OIL, "from_factor": ""}
    assert found(row)["factor_not_known"] == ("warning", "activities.0.from_factor")
    assert found(row, "")["no_boundary"][0] == "warning"
    assert found({**OIL, "mid": None})["activity_unknown"][0] == "warning"


def test_what_is_both_stated_and_follows_is_told_and_the_stated_figure_stands():
    stated = Effect(indicator="energy_saved", unit="MWh", basis="per_year", mid=90)
    assert found(OIL, effects=(stated,))["stated_and_derived"][0] == "warning"


def test_a_stated_effect_of_another_boundary_than_the_plans_is_never_added_to_it():
    stated = Effect(
        indicator="co2e_reduction", unit="t CO2e", basis="per_year", mid=9, boundary="territorial"
    )
    one = measure("a", effects=(stated,))
    (wrong,) = [v for v in validate_measure(one, head("wtw"), known) if "mixed" in v.code]
    assert (wrong.severity, wrong.ref) == ("error", "prov/a/effects.0.boundary")
    assert "Åtgärd a" in wrong.message
    assert [v for v in validate_measure(one, head("ttw"), known) if "mixed" in v.code] == []


def test_a_plan_does_not_change_what_it_counts_under_measures_that_count_something_else(store):
    stated = Effect(
        indicator="co2e_reduction", unit="t CO2e", basis="per_year", mid=9, boundary="territorial"
    )
    plan = PlanDocument(plan=head("ttw"), measures=(measure("a", effects=(stated,)),))
    version = commands.create_plan(plan, "Prov", store=store)
    with pytest.raises(InvalidData) as refused:
        commands.save_plan_head("prov", head("lca"), version, "Prov", store=store)
    assert [v.code for v in refused.value.violations] == ["mixed_boundaries"]
    assert records.document("prov", store)[0].plan.emission_boundary == "ttw"


@pytest.mark.parametrize(
    ("assumption", "fields", "code"),
    [
        ("emission_factors/district_heating_local_ttw", {"mid": 537000}, "implausible_factor"),
        ("emission_factors/electricity_nordic_lca", {"mid": 30000}, "implausible_factor"),
        ("emission_factors/diesel_mk1_wtw", {"mid": 342, "unit": "kg CO2e/kWh"}, "wrong_unit"),
        ("emission_factors/diesel_mk1_wtw", {"mid": 342}, "implausible_factor"),
    ],
)
def test_a_plans_own_factor_that_cannot_be_right_is_refused(assumption, fields, code):
    own = LocalValue(assumption=assumption, year=2026, source="Bolaget", **fields)
    findings = validate_document(PlanDocument(plan=head(), local_values=(own,)), known)
    assert code in {each.code for each in findings if each.severity == "error"}
    assert all(assumption in each.ref for each in findings)


def test_the_plans_own_local_factor_is_used_and_no_longer_asked_for(result_of):
    key = "emission_factors/district_heating_local_ttw"
    row = Activity(
        kind="energy_saved", unit="MWh", mid=1000, first_year=2027, from_carrier="district_heating"
    )
    own = LocalValue(assumption=key, year=2026, mid=50, source="Bolaget")
    terms = {"emission_boundary": "ttw"}
    asked = result_of(measure("a", activities=(row,)), head=terms)
    assert asked.effect().stated == 0
    result = result_of(
        measure("a", activities=(row,)), head={**terms, "id": "egen"}, local_values=(own,)
    )
    assert result.effect().yearly.mid == 50
    (worked,) = result.activities()
    assert worked.reasons == ()
    assert worked.tonnes.levels[0].before.value.status == "stated"
