"""Reading reference data: what is loaded, and how every fault is named by file and key."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from model.entries import Assumption, Range
from model.errors import InvalidData, NotFound, Violation
from model.reference import DATA, load, reference


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of data/ to break."""
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("locale")))


def faults(folder: Path) -> tuple[Violation, ...]:
    with pytest.raises(InvalidData) as refused:
        load(folder).plans  # noqa: B018
    return refused.value.violations


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_wrong_value_is_named_by_file_and_key(folder):
    change(folder / "funding" / "klimatklivet.yaml", "share: 0.50", "share: 1.50")
    (fault,) = faults(folder)
    assert fault.ref == "data/funding/klimatklivet.yaml: shares.0.share"
    assert fault.code == "invalid_entry"
    assert fault.message.startswith("data/funding/klimatklivet.yaml: shares.0.share: ")


def test_every_fault_in_every_file_is_named_at_once(folder):
    change(folder / "funding" / "klimatklivet.yaml", "share: 0.50", "share: 1.50")
    change(folder / "funding" / "klimatklivet.yaml", "kind: grant", "kind: gift")
    change(folder / "municipalities" / "2480-umea.yaml", "value: 135273", "value: many")
    assert {fault.ref for fault in faults(folder)} == {
        "data/funding/klimatklivet.yaml: kind",
        "data/funding/klimatklivet.yaml: shares.0.share",
        "data/municipalities/2480-umea.yaml: population.value",
    }


def test_a_field_that_nobody_knows_is_refused(folder):
    change(folder / "benefits" / "noise.yaml", "status:", "colour: blue\nstatus:")
    (fault,) = faults(folder)
    assert fault.ref == "data/benefits/noise.yaml: colour"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "registry"),
    [
        (
            "assumptions/economy/tax_factor.yaml",
            "asek-7-chapter-5",
            "x",
            "values.0.source",
            "sources",
        ),
        ("assumptions/economy/tax_factor.yaml", "unit: factor", "unit: x", "unit", "units"),
        ("funding/epc.yaml", "[buildings, energy]", "[x]", "sectors.0", "sectors"),
        ("funding/epc.yaml", "kind:", "owners: [x]\nkind:", "owners.0", "owners"),
        (
            "funding/klimatklivet.yaml",
            "state_aid/gber_36",
            "x",
            "shares.1.capped_by",
            "assumptions",
        ),
        ("benefits/climate.yaml", "co2e_reduction", "x", "indicator", "indicators"),
        (
            "benefits/climate.yaml",
            "climate/carbon_value",
            "x",
            "assumptions.unit_value",
            "assumptions",
        ),
        ("indicators.yaml", "unit: MWh", "unit: x", "energy_saved.unit", "units"),
        (
            "green_frameworks/ostersund-2023.yaml",
            "- waste",
            "- x",
            "categories.4",
            "green_categories",
        ),
        (
            "scenarios/klimatklivet_max.yaml",
            ": klimatklivet",
            ": x",
            "adjustments.0.source",
            "funding",
        ),
        (
            "scenarios/klimatklivet_max.yaml",
            "funding/application_success",
            "x",
            "adjustments.0.probability",
            "assumptions",
        ),
    ],
)
def test_a_key_that_its_registry_lacks_is_named(folder, file, old, new, key, registry):
    change(folder / file, old, new)
    (fault,) = faults(folder)
    assert (fault.code, fault.ref) == ("unknown_key", f"data/{file}: {key}")
    assert fault.message.endswith(f"'x' is not in data/{registry}")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('municipality: "1283"', 'municipality: "9999"', "plan.municipality"),
        ("sector: energy", "sector: magic", "helsingborg-2030/hbg-01/sector"),
        ("owner: municipal_company", "owner: x", "helsingborg-2030/hbg-01/owner"),
        ("unit: t CO2e", "unit: MWh", "helsingborg-2030/hbg-01/effects.0.unit"),
        ("id: helsingborg-2030", "id: helsingborg", "plan.id"),
        ("base_year: 2025", "base_year: soon", "plan.base_year"),
    ],
)
def test_a_fault_in_a_plan_is_named_by_file_and_measure(folder, old, new, where):
    change(folder / "plans" / "helsingborg-2030.yaml", old, new)
    (fault,) = faults(folder)
    assert fault.ref == f"data/plans/helsingborg-2030.yaml: {where}"


def test_an_unknown_funding_key_in_a_plan_is_named(folder):
    change(folder / "plans" / "exempelkommunen.yaml", "source: klimatklivet", "source: lottery")
    (fault,) = faults(folder)
    assert fault.ref.endswith("exempelkommunen/ex-03/grants/ex-03-kk/source")


def test_a_file_that_is_no_yaml_is_named_with_its_line_and_nothing_else(folder):
    (folder / "funding" / "klimatklivet.yaml").write_text("name: a\nkind: [grant\n", "utf-8")
    (fault,) = faults(folder)
    assert fault.code == "unreadable_file"
    assert fault.message.startswith("data/funding/klimatklivet.yaml: line ")


def test_an_unreadable_registry_is_not_held_against_those_who_refer_to_it(folder):
    (folder / "sources.yaml").write_text("{", "utf-8")
    (fault,) = faults(folder)
    assert fault.ref == "data/sources.yaml"


def test_a_key_that_stands_twice_is_refused(folder):
    change(folder / "units.yaml", "share:", "share: {name: del, name_en: part}\nshare:")
    (fault,) = faults(folder)
    assert "'share' stands twice" in fault.message


def test_two_files_for_one_municipality_are_refused(folder):
    umea = folder / "municipalities" / "2480-umea.yaml"
    shutil.copy(umea, folder / "municipalities" / "2480-ume.yaml")
    (fault,) = faults(folder)
    assert fault.ref == "data/municipalities/2480-umea.yaml"
    assert fault.message.endswith("'2480' stands in data/municipalities/2480-ume.yaml too")


def test_money_without_a_price_year_is_refused(folder):
    file = "assumptions/climate/carbon_value.yaml"
    change(folder / file, "    price_year: 2017\n", "")
    (fault,) = faults(folder)
    assert fault.ref == f"data/{file}: values.0.price_year"


def test_a_unit_value_in_another_unit_than_its_indicator_is_refused(folder):
    change(folder / "benefits" / "climate.yaml", "co2e_reduction", "energy_saved")
    (fault,) = faults(folder)
    assert fault.message.endswith("is in SEK/t CO2e, expected SEK/MWh or EUR/MWh")


def test_a_new_funding_source_is_one_file(folder):
    new = (folder / "funding" / "life.yaml").read_text("utf-8").replace("LIFE", "Nytt stöd")
    (folder / "funding" / "nytt_stod.yaml").write_text(new, "utf-8")
    assert load(folder).funding["nytt_stod"].name == "Nytt stöd"


def test_a_decimal_in_a_file_is_exact():
    rate = reference().assumptions["economy/calculation_rate"].at(2026).central
    assert rate == Decimal("0.035")
    assert isinstance(rate, Decimal)


def test_an_old_value_is_kept_and_the_one_in_force_is_found():
    rate = reference().assumptions["economy/calculation_rate"]
    assert (rate.at(2019).central, rate.at(2020).central) == (Decimal("0.04"), Decimal("0.035"))
    with pytest.raises(NotFound, match="has no value for 2000"):
        rate.at(2000)


def test_a_value_that_was_not_found_is_asked_for_and_never_carried_on():
    interest = reference().assumptions["accounting/internal_interest"]
    assert interest.at(2025).value == Decimal("0.025")
    assert interest.at(2026).value is None
    assert interest.latest.since == 2025


def test_a_range_without_central_is_read_halfway_and_a_bound_as_itself():
    assert Range(low=10, high=13).value == Decimal("11.5")
    assert Range(low=10).value == 10
    assert Range().value is None


def test_a_range_out_of_order_is_refused():
    with pytest.raises(ValidationError, match="not in order"):
        Range(low=2, central=1)


def test_a_value_that_says_nothing_needs_a_note():
    value = {"from": 2025, "source": "a", "status": "unverified"}
    with pytest.raises(ValidationError, match="needs a note"):
        Assumption(key="a", name="a", name_en="a", unit="share", values=[value])


def test_reference_data_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        reference().funding["klimatklivet"].kind = "loan"


def test_the_just_transition_fund_reaches_norrbotten_and_vasterbotten_only():
    cities = reference().municipalities.values()
    jtf = reference().funding["jtf"]
    assert {city.name for city in cities if jtf.reaches(city)} == {"Luleå", "Umeå"}


def test_klimatklivet_gives_a_municipality_half_and_a_household_nothing():
    klimatklivet = reference().funding["klimatklivet"]
    assert klimatklivet.share("municipality").share == Decimal("0.50")
    assert klimatklivet.share("municipal_company").share == Decimal("0.70")
    assert klimatklivet.share("household") is None
    assert "household" not in klimatklivet.owners


def test_green_technology_gives_what_it_gave_on_the_day():
    source = reference().funding["gron_teknik"]
    assert source.share("household", date(2024, 6, 1), "solar").share == Decimal("0.20")
    assert source.share("household", date(2026, 1, 1), "solar").share == Decimal("0.15")
    assert source.share("household", purpose="solar").share == Decimal("0.15")


def test_seeking_klimatklivet_at_its_maximum_takes_the_rule_from_the_source():
    rules = reference().scenarios["klimatklivet_max"].adjustments
    shares = {owner: rule.share for rule in rules for owner in rule.owners}
    assert shares["municipality"] == 0.5
    assert shares["municipal_company"] == 0.4, "state aid caps what a company may hope for"
    assert "household" not in shares
    assert {rule.probability for rule in rules} == {0.5}


def test_the_plan_as_it_is_comes_first_among_the_scenarios():
    assert list(reference().scenarios) == [
        "plan",
        "business_as_usual",
        "klimatklivet_max",
        "two_years_late",
        "costs_plus_30",
        "without_klimatklivet",
        "interest_plus_1",
        "calculation_rate_5",
        "health_cautious",
    ]


def test_a_baseline_by_sector_adds_up_to_the_municipality():
    umea = reference().municipalities["2480"].baseline
    by_sector = reference().baseline("2480", 2024)
    assert sum(by_sector.values()) == pytest.approx(umea.total(2024))
    assert round(umea.total(2024)) == 365_010
    with pytest.raises(NotFound):
        umea.total(1066)


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("central: 90.4", "central: 30000", "values.0", "30000 g CO2e/kWh cannot be right"),
        ("unit: g CO2e/kWh", "unit: kg CO2e/l", "unit", "does not fit Electricity"),
        ("carrier: electricity", "carrier: coal", "emission.carrier", "'coal' is not in"),
    ],
)
def test_a_factor_that_cannot_be_right_is_named_by_file_and_key(folder, old, new, key, said):
    change(folder / "assumptions" / "emission_factors" / "electricity_nordic_lca.yaml", old, new)
    (fault,) = faults(folder)
    assert fault.ref.endswith(f"electricity_nordic_lca.yaml: {key}")
    assert said in fault.message
