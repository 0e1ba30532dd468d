"""A workbook's measures come in at once, with the plan they make and the file they came from."""

import hashlib
from decimal import Decimal

import pytest

from model import commands, records
from model.emission_rows import Interaction
from model.errors import InvalidData, NotFound
from model.rows import Expenditure, Measure, PlanHead, Prerequisite
from model.store.check import check

CONTENT = b"a workbook"
SHA = hashlib.sha256(CONTENT).hexdigest()
HEAD = PlanHead(
    id="ny",
    name="Nystad 2030",
    municipality="0780",
    base_year=2025,
    first_year=2026,
    last_year=2030,
    system_boundary="municipal_group",
)
MEASURE = Measure(
    id="tak", name="Solceller", expenditures=(Expenditure(year=2026, mid=Decimal(10)),)
)
PREREQUISITE = Prerequisite(year=2026, residents=100)


def take_in(store, *measures, version=0, **more):
    return commands.import_measures(
        "ny",
        measures or (MEASURE,),
        version,
        "Anna",
        file_name="budget.xlsx",
        content=CONTENT,
        sha256=SHA,
        store=store,
        **more,
    )


def test_a_plan_is_made_in_the_same_transaction_as_its_measures(store):
    assert take_in(store, new=HEAD) == 2
    document, version = records.document("ny", store)
    assert (document.plan, document.measures, version) == (HEAD, (MEASURE,), 2)
    assert [entry.command for entry in records.history("ny", store=store)] == [
        "import_measures",
        "create_plan",
    ]
    assert check(store) == []


def test_a_measure_goes_together_with_the_lists_that_named_it(store):
    other = MEASURE.model_copy(update={"id": "fjarrvarme"})
    pair = Interaction(first="tak", second="fjarrvarme", share=1)
    take_in(store, MEASURE, other, new=HEAD, lists={"interactions": [pair]})
    with pytest.raises(InvalidData):
        take_in(store, other, version=2, removed=["tak"])
    take_in(store, other, version=2, removed=["tak"], lists={"interactions": []})
    document, _ = records.document("ny", store)
    assert (document.measures, document.interactions) == ((other,), ())


def test_no_plan_is_left_behind_when_its_measures_are_refused(store):
    wrong = MEASURE.model_copy(update={"sector": "nowhere"})
    with pytest.raises(InvalidData):
        take_in(store, wrong, new=HEAD)
    with pytest.raises(NotFound):
        records.document("ny", store)


def test_a_new_plan_does_not_replace_one_that_stands(store):
    take_in(store, new=HEAD)
    with pytest.raises(InvalidData, match="There is a plan ny already"):
        take_in(store, new=HEAD)


def test_prerequisites_come_in_with_the_measures_and_stand_in_the_same_entry(store):
    take_in(store, new=HEAD, lists={"prerequisites": [PREREQUISITE]})
    assert records.document("ny", store)[0].prerequisites == (PREREQUISITE,)
    entry = records.history("ny", store=store)[0]
    assert list(entry.new) == ["measures", "prerequisites"]
    assert check(store) == []


def test_the_same_file_again_changes_nothing(store):
    version = take_in(store, new=HEAD, lists={"prerequisites": [PREREQUISITE]})
    assert take_in(store, version=version, lists={"prerequisites": [PREREQUISITE]}) == version
    assert len(records.imported("ny", store)) == 1


def test_an_imported_file_is_kept_with_who_and_when(store):
    take_in(store, new=HEAD)
    (file,) = records.imported(store=store)
    assert (file.plan_id, file.version, file.name, file.sha256, file.who) == (
        "ny",
        2,
        "budget.xlsx",
        SHA,
        "Anna",
    )
    assert file.imported_at == records.history("ny", store=store)[0].changed_at
    assert records.imported_content(file, store) == CONTENT


def test_the_history_of_a_measure_is_its_own(store):
    version = take_in(store, MEASURE, Measure(id="annan", name="Annan"), new=HEAD)
    commands.save_measure(
        "ny", MEASURE.model_copy(update={"name": "Solel"}), version, "Bo", store=store
    )
    entries = records.history("ny", "tak", store=store)
    assert [entry.who for entry in entries] == ["Bo", "Anna"]
    assert entries[0].old["measures"]["tak"]["name"] == "Solceller"
    assert [entry.who for entry in records.history("ny", "annan", store=store)] == ["Anna"]
    assert records.measure("ny", "tak", store)[0].name == "Solel"
