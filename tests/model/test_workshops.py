"""A prepared workshop: kept with its plan, refused where it names what is not, and as a file."""

import pytest

from model import commands
from model.errors import InvalidData
from model.municipal_rows import SavedScenario
from model.reference import plan_documents, reference
from model.store import journal
from model.store.documents import read_document
from model.validate_workshops import charts_and_readings, unknown_scenarios
from model.workshop_rows import Workshop, WorkshopStep
from model.workshops import SHOWS, as_yaml, from_yaml

OURS = Workshop(
    id="vart-mote",
    name="Vårt möte",
    steps=(
        WorkshopStep(shows="need"),
        WorkshopStep(
            shows="against_plan",
            scenario="two_years_late",
            toggles=("cost=30", "without=klimatklivet"),
            reading="expected",
            title="Om vi väntar",
            speaker="Säg så här: *inte* fetstil.\nOch en rad till.",
            offers=("delay=2@sector:transport",),
        ),
    ),
)


def findings(**step):
    workshop = Workshop(id="a", name="A", steps=(WorkshopStep(**{"shows": "need"} | step),))
    at = "plan/workshops/a"
    return [
        *charts_and_readings(at, workshop),
        *unknown_scenarios(at, workshop, reference().scenarios),
    ]


def test_a_workshop_is_kept_with_the_plan_and_in_its_journal(store):
    example = plan_documents()[-1]
    version = commands.create_plan(example, "test", store=store)
    after = commands.save_list("exempelkommunen", "workshops", [OURS], version, "Ada", store=store)
    with store.read() as cursor:
        document, read = read_document(cursor, "exempelkommunen")
        last = journal.at_version(cursor, "exempelkommunen", after)
    assert (document.workshops, read) == ((OURS,), after)
    assert (last.command, last.who) == ("save_workshops", "Ada")
    assert last.new["workshops"][0]["steps"][1]["toggles"] == ["cost=30", "without=klimatklivet"]


@pytest.mark.parametrize(
    ("field", "code"),
    [("shows", "unknown_shows"), ("scenario", "unknown_scenario"), ("reading", "unknown_reading")],
)
def test_what_a_step_names_and_nobody_has_is_named_with_its_place(field, code):
    (found,) = findings(**{field: "nonsens"})
    assert (found.code, found.ref) == (code, f"plan/workshops/a/1/{field}")
    assert "nonsens" in found.message


def test_a_workshop_that_names_a_strange_chart_is_not_saved(store):
    version = commands.create_plan(plan_documents()[-1], "test", store=store)
    strange = OURS.model_copy(update={"steps": (WorkshopStep(shows="tårtdiagram"),)})
    with pytest.raises(InvalidData) as refused:
        commands.save_list("exempelkommunen", "workshops", [strange], version, "Ada", store=store)
    assert [each.code for each in refused.value.violations] == ["unknown_shows"]
    with store.read() as cursor:
        assert read_document(cursor, "exempelkommunen")[0].workshops == ()


def test_a_step_may_name_a_scenario_of_the_plan_and_several_together(store):
    example = plan_documents()[-1]
    saved = SavedScenario(id="var-egen", name="Vår egen", content="")
    document = example.model_copy(update={"scenarios": (*example.scenarios, saved)})
    version = commands.create_plan(document, "test", store=store)

    def save(scenario: str) -> int:
        steps = (WorkshopStep(shows="need", scenario=scenario),)
        workshop = OURS.model_copy(update={"steps": steps})
        return commands.save_list(
            "exempelkommunen", "workshops", [workshop], version, "Ada", store=store
        )

    with pytest.raises(InvalidData):
        save("var-egen+nonsens")
    assert save("var-egen+two_years_late") == version + 1


def test_two_workshops_of_one_id_are_refused(store):
    version = commands.create_plan(plan_documents()[-1], "test", store=store)
    with pytest.raises(InvalidData):
        commands.save_list(
            "exempelkommunen", "workshops", [OURS, OURS], version, "Ada", store=store
        )


def test_a_workshop_as_a_file_comes_back_as_it_was():
    written = as_yaml(OURS)
    assert from_yaml(written.encode(), "mote.yaml") == OURS
    assert "offers: []" not in written


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("id: a\nname: A\nsteps: []\n", "steps"),
        ("id: a\nname: A\nsteps:\n- shows: need\n  toggles: [delay]\n", "steps.0.toggles.0"),
        ("id: a\nname: A\nsteps:\n- shows: need\n  colour: red\n", "steps.0.colour"),
        ("- a\n- b\n", "mote.yaml"),
    ],
)
def test_a_file_that_is_no_workshop_says_where(written, says):
    with pytest.raises(InvalidData) as refused:
        from_yaml(written.encode(), "mote.yaml")
    assert says in refused.value.violations[0].ref


def test_the_storylines_that_come_along_fit_any_plan_in_both_languages():
    first = next(iter(reference().workshops.values()))
    swedish, english = first.told("sv"), first.told("en")
    assert (swedish.name, english.name) == ("Fem steg till gapet", "Five steps to the gap")
    assert [step.shows for step in swedish.steps] == [
        "need",
        "gap",
        "against_plan",
        "against_plan",
        "first",
    ]
    for storyline in reference().workshops.values():
        for step in storyline.steps:
            assert step.shows in SHOWS
            assert step.speaker
            assert step.speaker_en


def test_a_file_without_an_id_gets_one_of_its_name():
    written = "name: Vårens möte\nsteps:\n- shows: need\n"
    assert from_yaml(written.encode(), "mote.yaml").id == "varens-mote"
