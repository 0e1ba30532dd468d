"""The data that comes with the project: whole, sourced, and true to what was published."""

import json
from decimal import Decimal

import pytest
import yaml

from model.entries import Sourced
from model.reference import DATA, Reference, plan_documents, reference
from model.rows import Measure, PlanDocument
from model.scenario import AS_IS
from model.years import BEFORE

MILLION = 1_000_000
known: Reference = reference()
helsingborg, example = plan_documents()


def mid(document: PlanDocument, kind: str = "investment", **tags) -> Decimal:
    """The mid expenditure of a kind, of the measures with the tags."""
    return sum(
        row.mid
        for measure in having(document, **tags)
        for row in measure.expenditures
        if row.kind == kind
    )


def having(document: PlanDocument, **tags) -> list[Measure]:
    return [
        measure
        for measure in document.measures
        if all(getattr(measure, tag) == value for tag, value in tags.items())
    ]


def figures() -> list[tuple[str, Sourced]]:
    """Everything in the reference data that somebody published, with where it stands."""
    found = []

    def walk(where: str, value: object) -> None:
        if isinstance(value, Sourced):
            found.append((where, value))
        if hasattr(value, "model_fields_set"):
            for field in type(value).model_fields:
                walk(f"{where}.{field}", getattr(value, field))
        elif isinstance(value, tuple):
            for position, each in enumerate(value):
                walk(f"{where}.{position}", each)

    for name in ("municipalities", "funding", "green_categories", "green_frameworks", "benefits"):
        for key, value in getattr(known, name).items():
            walk(f"{name}.{key}", value)
    for key, value in known.assumptions.items():
        walk(f"assumptions.{key}", value)
    return found


def test_every_figure_has_a_source_and_a_status():
    assert len(figures()) > 300
    for where, figure in figures():
        assert figure.source in known.sources, where
        assert figure.status in ("verified", "unverified"), where


def test_every_assumption_has_a_unit_and_every_value_says_something():
    for path, assumption in known.assumptions.items():
        assert assumption.unit in known.units, path
        for value in assumption.values:
            assert value.value is not None or value.text or value.note, path
            assert value.source, path


def test_what_has_no_source_is_unverified_and_asks_to_be_replaced():
    own = [
        value
        for assumption in known.assumptions.values()
        for value in assumption.values
        if value.source == "tool-assumption" and value.value is not None
    ]
    assert own
    for value in own:
        assert value.status == "unverified"
        assert "Ersätt" in value.note


def test_what_is_recalled_and_not_found_is_unverified():
    for path in (
        "economy/consumer_price_index",
        "economy/tax_factor",
        "health/heat_cycling_relative_risk",
        "health/per_cycled_km",
        "state_aid/gber_36",
        "lifetimes/bridge",
        "funding/application_success",
    ):
        values = [value for value in known.assumptions[path].values if value.value is not None]
        assert {value.status for value in values} == {"unverified"}, path


def test_every_source_is_used():
    statement = known.accessibility
    used = {figure.source for _, figure in figures()}
    used |= {each.source for each in (statement.law, statement.guidance, statement.supervisor)}
    assert set(known.sources) - used == {"example", "plan-itself", "scenario"}, (
        "which plans and scenarios themselves use"
    )


def test_every_file_in_the_data_folder_is_read():
    folders = {path.name for path in DATA.iterdir() if path.is_dir()}
    assert folders - {"locale", "mappings"} == {
        "assumptions",
        "benefits",
        "funding",
        "green_categories",
        "green_frameworks",
        "municipalities",
        "plans",
        "published",
        "scenarios",
        "workshops",
    }
    assert len(list((DATA / "assumptions").rglob("*.yaml"))) == len(known.assumptions)


def test_what_is_shown_has_a_name_in_both_languages():
    for name in (
        "sectors",
        "owners",
        "readiness",
        "funding",
        "benefits",
        "units",
        "indicators",
        "workshops",
    ):
        for key, entry in getattr(known, name).items():
            assert entry.name, key
            assert entry.name_en, key
    for scenario in known.scenarios.values():
        assert scenario.name, scenario.id
        assert scenario.name_en, scenario.id


@pytest.mark.parametrize(
    ("code", "name", "residents", "in_1990", "in_2024"),
    [
        ("2580", "Luleå", 80_304, 3_169_546, 2_995_748),
        ("2480", "Umeå", 135_273, 481_807, 365_010),
        ("2284", "Örnsköldsvik", 55_338, 746_875, 301_062),
        ("2380", "Östersund", 64_963, 337_830, 134_610),
        ("1780", "Karlstad", 99_007, 499_924, 262_348),
        ("1283", "Helsingborg", 152_776, 1_081_244, 516_012),
    ],
)
def test_a_city_has_its_residents_and_its_emissions(code, name, residents, in_1990, in_2024):
    city = known.municipalities[code]
    assert (city.name, city.population.value) == (name, residents)
    assert round(city.baseline.total(1990)) == in_1990
    assert round(city.baseline.total(2024)) == in_2024


def test_umea_splits_its_investment_need_eighty_twenty():
    umea = known.municipalities["2480"]
    assert umea.figure("private_share").central == Decimal("0.80")
    assert umea.figure("public_share").central == Decimal("0.20")
    assert umea.figure("scope_1").central == 283
    assert umea.figure("scope_2").central == Decimal("7.7")
    assert umea.figure("cobenefit").central == 130 * MILLION


def test_lulea_has_three_target_years_with_their_boundaries():
    targets = known.municipalities["2580"].targets
    assert [(target.year, target.boundary) for target in targets] == [
        (2030, "municipal_group"),
        (2040, "territory"),
        (2045, "residents"),
    ]
    assert {target.decision for target in targets} == {"proposed"}


def test_the_carbon_budget_of_ornskoldsvik_is_fossil_carbon_dioxide():
    budget = known.municipalities["2284"].carbon_budget
    assert budget.gas == "fossil_co2"
    assert budget.budget - budget.remaining == 758_336
    assert round(budget.first_year_emission / budget.remaining, 3) == Decimal("0.198")


def test_ostersund_has_eight_green_categories_and_one_that_kommuninvest_lacks():
    framework = known.green_frameworks["ostersund-2023"]
    assert len(framework.categories) == 8
    lacking = [
        key for key in framework.categories if known.green_categories[key].kommuninvest is None
    ]
    assert lacking == ["carbon_storage"]
    kommuninvest = known.green_frameworks["kommuninvest-from-2024-12"]
    assert [(cap.category, cap.share) for cap in kommuninvest.caps] == [
        ("environmental_measures", Decimal("0.30"))
    ]


def test_karlstads_programme_is_history():
    programme = known.municipalities["1780"].figure("programme_2022_2025")
    assert (programme.central, programme.unit) == (110, "MSEK")
    assert (programme.year, programme.last_year) == (2022, 2025)


def test_the_messy_middle_lies_between_pilot_and_procurement():
    assert [key for key, stage in known.readiness.items() if stage.messy_middle] == [
        "total_decision",
        "appropriation",
        "start_permit",
    ]


def test_there_is_a_scenario_for_the_plan_as_it_is():
    assert known.scenarios["plan"] is AS_IS


def test_helsingborg_has_41_measures_and_13_without_an_amount():
    assert len(helsingborg.measures) == 41
    assert sum(1 for measure in helsingborg.measures if measure.expenditures) == 28
    assert not helsingborg.plan.example


def test_helsingborg_adds_up_to_what_was_published():
    rows = [row for measure in helsingborg.measures for row in measure.expenditures]
    low = sum(row.mid if row.low is None else row.low for row in rows)
    high = sum(row.mid if row.high is None else row.high for row in rows)
    assert (low, sum(row.mid for row in rows), high) == (
        13_339 * MILLION,
        13_490 * MILLION,
        13_641 * MILLION,
    )
    assert sum(row.mid for row in rows if row.year == BEFORE) == 94_667_000


def test_helsingborg_is_public_shared_and_private_as_published():
    assert mid(helsingborg, "one_off_operating") == 18_500_000
    assert mid(helsingborg) == 13_471_500_000
    assert mid(helsingborg, owner_kind="public") == 3_293_500_000
    assert mid(helsingborg, owner_kind="mixed") == 1_980 * MILLION
    assert mid(helsingborg, owner_kind="private") == 8_198 * MILLION


def test_one_amount_of_helsingborg_is_a_lower_bound():
    bounds = {
        measure.id
        for measure in helsingborg.measures
        for row in measure.expenditures
        if row.is_lower_bound
    }
    assert bounds == {"hbg-07"}
    assert mid(helsingborg, id="hbg-07") == 75 * MILLION


def test_no_money_is_made_up_for_helsingborg():
    for measure in helsingborg.measures:
        assert not measure.grants
        assert not measure.appropriations
        assert not any(row.paid for row in measure.expenditures)
        assert measure.source_ref.startswith(
            "Helsingborg Climate City Contract, action plan, line "
        )


def test_the_effects_of_helsingborg_are_counted_once_and_the_unclear_apart():
    effects = [
        effect
        for measure in helsingborg.measures
        for effect in measure.effects
        if effect.indicator == "co2e_reduction" and effect.mid is not None
    ]
    grouped = [effect.effect_group for effect in effects if effect.effect_group]
    assert sorted(grouped) == ["HBG-CCS", "HBG-EV"]
    certain = sum(effect.mid for effect in effects if effect.basis == "per_year")
    assert certain == Decimal("105150.3")
    assert sum(effect.mid for effect in effects) == Decimal("299500.8")


def test_helsingborg_agrees_with_the_facts_measure_by_measure(shared):
    path = shared / "workbooks" / "helsingborg_truth.json"
    truth = {fact["id"].lower(): fact for fact in json.loads(path.read_text("utf-8"))["measures"]}
    assert [measure.id for measure in helsingborg.measures] == list(truth)
    for measure in helsingborg.measures:
        fact = truth[measure.id]
        for field in ("name", "sector", "owner", "owner_kind"):
            assert getattr(measure, field) == fact[field], measure.id
        planned = {row.year: row.mid for row in measure.expenditures}
        published = (fact.get("budget") or {}).get("per_year_sek", {})
        for label, amount in published.items():
            year = BEFORE if label == "tom_2025" else int(label.rstrip("_"))
            assert planned.get(year, 0) == amount, (measure.id, label)
        for bound in ("low", "high"):
            if fact[f"capex_{bound}_sek"] is not None:
                total = sum(
                    row.mid if getattr(row, bound) is None else getattr(row, bound)
                    for row in measure.expenditures
                )
                assert total == fact[f"capex_{bound}_sek"], (measure.id, bound)


def test_the_example_says_that_it_is_one():
    assert example.plan.example
    assert "exempel" in example.plan.name
    assert example.plan.source == "Påhittat exempel"


def test_the_example_shows_every_kind_of_everything():
    measures = example.measures
    grants = [grant for measure in measures for grant in measure.grants]
    given = [row for measure in measures for row in measure.appropriations]
    rows = [row for measure in measures for row in measure.expenditures]
    assert {grant.status for grant in grants} == {"granted", "applied", "idea"}
    assert {row.status for row in given} == {"decided", "planned", "requested"}
    assert {row.basis for row in given} == {"gross", "net"}
    assert any(row.carry_over for row in given)
    assert {measure.owner for measure in measures} == set(known.owners)
    assert {measure.readiness for measure in measures} >= set(known.readiness)
    assert {measure.sector for measure in measures} == set(known.sectors)
    assert {row.kind for row in rows} == {"investment", "avoided_investment", "one_off_operating"}
    assert any(row.paid and row.year == BEFORE for row in rows)
    assert any(row.is_lower_bound for row in rows)
    assert any(row.high for row in rows)
    assert any(not measure.expenditures for measure in measures)
    assert any(measure.owner_shares for measure in measures)
    assert {row.basis for measure in measures for row in measure.effects} >= {"per_year", "unclear"}
    assert any(row.amount < 0 for measure in measures for row in measure.running_costs)
    assert any(row.amount > 0 for measure in measures for row in measure.running_costs)
    assert {row.level for row in example.prerequisites} == {"municipality", "group"}
    assert {row.year for row in example.prerequisites} == set(range(2026, 2031))
    assert example.programmes


def test_the_example_has_a_grant_that_is_cut_one_that_is_too_large_and_one_in_arrears():
    by_id = {measure.id: measure for measure in example.measures}
    (cut,) = by_id["ex-06"].grants
    assert sum(payment.amount for payment in cut.payments) == 30 * MILLION
    assert cut.share * cut.eligible_expenditure == 24 * MILLION
    large = sum(payment.amount for grant in by_id["ex-05"].grants for payment in grant.payments)
    assert large - mid(example, id="ex-05") == MILLION
    (late,) = by_id["ex-03"].grants
    assert max(payment.year for payment in late.payments) > max(
        row.year for row in by_id["ex-03"].expenditures
    )


def test_the_example_is_mostly_private_as_such_plans_are():
    private = mid(example, owner_kind="private") / mid(example)
    assert Decimal("0.6") < private < Decimal("0.7")
    assert mid(example) == 1_222 * MILLION


def test_a_plan_is_loaded_once():
    assert plan_documents() is plan_documents()
    assert known.plans is known.plans


def test_what_is_noted_of_shared_data_is_noted_in_both_languages():
    """Plans, layouts and what a municipality says itself are in the language they were written."""
    folders = ("assumptions", "benefits", "funding", "green_categories", "green_frameworks")
    files = [file for folder in folders for file in (DATA / folder).rglob("*.yaml")]

    def lacking(found) -> bool:
        if isinstance(found, dict):
            return bool(found.get("note")) > bool(found.get("note_en")) or any(
                map(lacking, found.values())
            )
        return isinstance(found, list) and any(map(lacking, found))

    assert not [f.name for f in files if lacking(yaml.safe_load(f.read_text("utf-8")))]
