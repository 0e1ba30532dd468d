"""An import is taken back exactly, or not at all; and what was confirmed about a layout is kept."""

import hashlib

import pytest

from model import commands, records
from model.errors import InvalidData, NotFound, StaleWrite
from model.rows import Measure, PlanDocument, PlanHead, Prerequisite
from model.store.check import check

HEAD = PlanHead(
    id="ny",
    name="Nystad 2030",
    municipality="0780",
    base_year=2025,
    first_year=2026,
    last_year=2030,
    system_boundary="municipal_group",
)


def take_in(store, plan_id, measures, version, content=b"a workbook", **more):
    return commands.import_measures(
        plan_id,
        measures,
        version,
        "Anna",
        file_name="budget.xlsx",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        store=store,
        **more,
    )


@pytest.fixture
def plan(store, document):
    commands.create_plan(document, "Anna", store=store)
    return document


def changed(plan):
    first = plan.measures[0].model_copy(update={"name": "Nytt namn"})
    return [first, Measure(id="helt-ny", name="Helt ny")]


def test_an_import_is_taken_back_to_the_very_same_plan(store, plan):
    before, version = records.document(plan.plan.id, store)
    rows = [Prerequisite(year=2026, residents=7)]
    version = take_in(store, plan.plan.id, changed(plan), version, lists={"prerequisites": rows})
    assert records.document(plan.plan.id, store)[0] != before
    assert commands.undo_import(plan.plan.id, version, "Bo", store=store) == version + 1
    assert records.document(plan.plan.id, store)[0] == before
    entry = records.history(plan.plan.id, store=store)[0]
    assert (entry.command, entry.who, entry.source) == ("undo_import", "Bo", "budget.xlsx")
    assert check(store) == []


def test_measures_that_an_import_took_away_come_back_to_their_places(store, plan):
    gone = plan.measures[0]
    version = take_in(store, plan.plan.id, [Measure(id="z", name="Z")], 1, removed=[gone.id])
    document, _ = records.document(plan.plan.id, store)
    assert [m.id for m in document.measures] == [*(m.id for m in plan.measures[1:]), "z"]
    assert check(store) == []
    commands.undo_import(plan.plan.id, version, "Bo", store=store)
    assert records.document(plan.plan.id, store)[0] == plan
    assert check(store) == []


def test_imports_are_taken_back_one_by_one_the_latest_first(store, plan):
    states = [records.document(plan.plan.id, store)[0]]
    version = 1
    for number, measure in enumerate(changed(plan)):
        version = take_in(store, plan.plan.id, [measure], version, content=b"%d" % number)
        states.append(records.document(plan.plan.id, store)[0])
    for state in reversed(states[:-1]):
        version = commands.undo_import(plan.plan.id, version, "Bo", store=store)
        assert records.document(plan.plan.id, store)[0] == state
    assert records.latest_import(plan.plan.id, store) is None
    with pytest.raises(InvalidData, match="has no import to take back"):
        commands.undo_import(plan.plan.id, version, "Bo", store=store)


def test_the_same_file_can_be_read_in_again_after_it_was_taken_back(store, plan):
    version = take_in(store, plan.plan.id, changed(plan), 1)
    imported, _ = records.document(plan.plan.id, store)
    version = commands.undo_import(plan.plan.id, version, "Bo", store=store)
    version = take_in(store, plan.plan.id, changed(plan), version)
    assert records.document(plan.plan.id, store)[0] == imported
    assert records.latest_import(plan.plan.id, store).version == version
    assert check(store) == []


def test_an_import_that_somebody_built_upon_is_not_taken_back(store, plan):
    version = take_in(store, plan.plan.id, changed(plan), 1)
    later = Measure(id="helt-ny", name="Helt ny", note="skriven senare")
    version = commands.save_measure(plan.plan.id, later, version, "Bo", store=store)
    state = records.document(plan.plan.id, store)
    with pytest.raises(InvalidData, match="changed since then are Helt ny"):
        commands.undo_import(plan.plan.id, version, "Bo", store=store)
    assert records.document(plan.plan.id, store) == state


def test_what_others_changed_elsewhere_since_the_import_stays(store, plan):
    version = take_in(store, plan.plan.id, changed(plan), 1)
    other = Measure(id="annat", name="Annat")
    version = commands.save_measure(plan.plan.id, other, version, "Bo", store=store)
    commands.undo_import(plan.plan.id, version, "Bo", store=store)
    measures = records.document(plan.plan.id, store)[0].measures
    assert measures == (*plan.measures, other)


def test_a_plan_that_the_import_made_goes_with_it(store):
    version = take_in(store, "ny", [Measure(id="a", name="A")], 0, new=HEAD)
    assert commands.undo_import("ny", version, "Bo", store=store) is None
    with pytest.raises(NotFound):
        records.document("ny", store)
    assert check(store) == []


def test_a_plan_that_was_there_empty_before_the_import_stays(store):
    commands.create_plan(PlanDocument(plan=HEAD), "Anna", store=store)
    version = take_in(store, "ny", [Measure(id="a", name="A")], 1)
    commands.undo_import("ny", version, "Bo", store=store)
    assert records.document("ny", store)[0].measures == ()


def test_taking_back_is_refused_when_the_plan_has_moved_on(store, plan):
    version = take_in(store, plan.plan.id, changed(plan), 1)
    with pytest.raises(StaleWrite):
        commands.undo_import(plan.plan.id, version - 1, "Bo", store=store)


def test_the_layout_confirmed_last_is_the_one_remembered(store):
    assert records.remembered_layout("f", store) is None
    for content in ("first", "second", "second"):
        commands.remember_layout("f", "Budget", content, "Anna", store=store)
    found = records.remembered_layout("f", store)
    assert (found.name, found.content, found.who) == ("Budget", "second", "Anna")
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM layout").fetchone() == (2,)
