"""Scenarios in the plan's own list: saved, told in the journal, taken out and in as files."""

import pytest

from model import records
from model import scenario_library as library
from model.commands import create_plan, delete_measure
from model.errors import InvalidData, NotFound, StaleWrite
from model.reference import reference
from model.results import results, scenario_of, scenarios
from model.rows import PlanDocument, PlanHead, SavedScenario
from model.scenario import CostFactor, Delay
from model.store.check import check
from tests.model.conftest import HEAD, measure

YAML = """name: Sent
name_en: Late
note: 'Om allt drar ut på tiden: två år.'
author: Kim
extends: [costs_plus_30]
adjustments:
- do: delay
  years: 2
  where:
    id: [a]
exclude:
- [a, b]
"""


@pytest.fixture
def plan(store) -> str:
    """A plan of two measures."""
    document = PlanDocument(
        plan=PlanHead(**HEAD), measures=(measure("a", {2026: 1}), measure("b", {2027: 2}))
    )
    create_plan(document, "Kim", store=store)
    return HEAD["id"]


def version(store, plan: str) -> int:
    return results(plan, store=store).base.version


def take_in(store, plan: str, text: str = YAML, label: str = "Sent scenario.yaml"):
    text = text.replace("exclude:\n- [a, b]\n", "")
    return library.take_in(plan, text.encode(), label, version(store, plan), "Kim", store=store)


def test_a_file_that_is_taken_in_comes_out_the_same(store, plan):
    text = YAML.replace("exclude:\n- [a, b]\n", "")
    assert take_in(store, plan) == ("sent-scenario", 2)
    assert library.export("sent-scenario", plan, store) == text
    id, _ = take_in(store, plan, library.export("sent-scenario", plan, store), "igen.yml")
    first, second = results(plan, store=store).listed("scenarios")
    assert id == "igen"
    assert first == second.model_copy(update={"id": "sent-scenario"})


def test_a_saved_scenario_stands_beside_the_shipped_ones(store, plan):
    take_in(store, plan)
    found = scenarios(plan, store)
    assert list(found) == [*reference().scenarios, "sent-scenario"]
    assert [type(each) for each in found["sent-scenario"].adjustments] == [CostFactor, Delay]
    together = scenario_of("sent-scenario+two_years_late", plan, store)
    assert together.name == "Sent + Två år senare"
    assert len(together.adjustments) == 3
    with pytest.raises(NotFound, match="no scenario nothing; there are plan"):
        scenario_of("plan+nothing", plan, store)


def test_a_plan_with_scenarios_is_the_same_in_the_store_and_by_its_journal(store, plan):
    take_in(store, plan)
    assert check(store) == []
    latest = records.history(plan, store=store)[0]
    assert (latest.command, latest.who, latest.version) == ("save_scenarios", "Kim", 2)
    assert latest.old == {"scenarios": []}
    assert latest.new["scenarios"][0]["name"] == "Sent"


def test_what_contradicts_itself_in_the_plan_is_not_taken_in(store, plan):
    with pytest.raises(InvalidData) as refused:
        library.take_in(plan, YAML.encode(), "s.yaml", 1, "Kim", store=store)
    (fault,) = refused.value.violations
    assert fault.code == "excluded_together"
    assert version(store, plan) == 1


def test_every_fault_of_a_file_is_told_and_nothing_saved(store, plan):
    text = "name: X\nextends: [nobody]\nadjustments:\n- {do: switch_off, where: {id: zzz}}\n"
    with pytest.raises(InvalidData) as refused:
        library.take_in(plan, text.encode(), "x.yaml", 1, "Kim", store=store)
    assert [fault.message.split(": ")[0] for fault in refused.value.violations] == [
        "x.yaml:4",
        "x.yaml:2",
    ]
    assert version(store, plan) == 1


def test_a_saved_scenario_is_changed_in_its_place_and_taken_away(store, plan):
    take_in(store, plan)
    form = library.saved(plan, store).forms["sent-scenario"]
    renamed = form.model_copy(update={"name": "Senare"})
    assert library.save(plan, "sent-scenario", renamed, 2, "Alex", store=store) == 3
    assert scenarios(plan, store)["sent-scenario"].name == "Senare"
    with pytest.raises(StaleWrite):
        library.delete(plan, "sent-scenario", 2, "Alex", store=store)
    assert library.delete(plan, "sent-scenario", 3, "Alex", store=store) == 4
    assert "sent-scenario" not in scenarios(plan, store)
    with pytest.raises(NotFound):
        library.delete(plan, "sent-scenario", 4, "Alex", store=store)


def test_what_another_scenario_extends_is_not_taken_away(store, plan):
    take_in(store, plan)
    take_in(store, plan, "name: Barn\nextends: [sent-scenario]\n", "barn.yaml")
    assert scenarios(plan, store)["barn"].hash == scenarios(plan, store)["sent-scenario"].hash
    with pytest.raises(InvalidData, match="no scenario sent-scenario"):
        library.delete(plan, "sent-scenario", 3, "Kim", store=store)


def test_a_measure_that_a_scenario_names_is_not_taken_away(store, plan):
    take_in(store, plan)
    with pytest.raises(InvalidData, match="Sent names it"):
        delete_measure(plan, "a", 2, "Kim", store=store)


def test_a_shipped_scenarios_id_cannot_be_taken(store, plan):
    with pytest.raises(InvalidData, match="another scenario plan"):
        take_in(store, plan, "name: Min\n", "plan.yaml")


def test_a_plan_file_may_hold_scenarios(store):
    row = SavedScenario(id="x", name="X", content="adjustments: [{do: delay, years: 1}]\n")
    document = PlanDocument(plan=PlanHead(**HEAD), measures=(), scenarios=(row,))
    create_plan(document, "Kim", store=store)
    assert scenarios(HEAD["id"], store)["x"].adjustments == (Delay(years=1),)
    broken = document.model_copy(
        update={
            "plan": document.plan.model_copy(update={"id": "annan"}),
            "scenarios": (row.model_copy(update={"content": "adjustments: [{do: dance}]"}),),
        }
    )
    with pytest.raises(InvalidData, match="cannot stand here"):
        create_plan(broken, "Kim", store=store)


@pytest.mark.parametrize(
    ("name", "id"), [("Hög energi", "hog-energi"), ("+++", "scenario"), ("A/b c", "a-b-c")]
)
def test_an_id_is_made_of_a_name(name, id):
    assert library.slug(name) == id
