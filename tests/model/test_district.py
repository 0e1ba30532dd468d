"""The part of a municipality that a measure is for: stated, kept, counted by and picked out by."""

import hashlib
import shutil

import duckdb
import pytest
from pydantic import ValidationError

from model import commands, records
from model.measures import Filter, lines
from model.reference import reference
from model.report.lines import lines as gap_lines
from model.results import results
from model.rows import Measure, PlanDocument, PlanHead
from model.scenario import Scenario, SwitchOff, Where
from model.scenario.language import Names, read
from model.store.check import check
from model.store.connection import Store
from model.store.migrations import migrate
from tests.model.conftest import HEAD, measure


@pytest.fixture
def town(result_of):
    return result_of(
        measure("a", {2026: 5_000_000}, district="Centrum"),
        measure("b", {2026: 7_000_000}, district="Byn"),
        measure("c", {2027: 9_000_000}),
    )


def test_a_district_is_trimmed_and_may_be_left_out():
    assert Measure(id="a", name="A", district="  Norra byn ").district == "Norra byn"
    assert Measure(id="a", name="A").district == ""
    with pytest.raises(ValidationError, match="at most 500"):
        Measure(id="a", name="A", district="x" * 501)


def test_the_gap_by_district_adds_up_to_the_whole(town):
    rows = {row.key: row.gap for row in town.by("district", "secured")}
    assert rows == {"Centrum": 500_000_000, "Byn": 700_000_000, "": 900_000_000}
    assert sum(rows.values()) == town.totals("secured").gap
    assert [line.label for line in gap_lines(town, "district", "secured", "sv")] == [
        *("Okänt", "Byn", "Centrum")
    ]


def test_the_list_is_filtered_and_searched_by_district(town):
    every = lines(town, "secured")
    kept = [line.id for line in every if Filter(districts=("Byn",)).keeps(line)]
    found = [line.id for line in every if Filter(text="centr").keeps(line)]
    assert (kept, found) == (["b"], ["a"])


def test_a_scenario_is_about_the_measures_of_a_district(town):
    without = Scenario(
        id="utan", name="Utan byn", adjustments=(SwitchOff(where=Where(tags={"district": "Byn"})),)
    )
    under = results(town.plan.head.id, without, store=town.store)
    assert under.plan.tags["id"].tolist() == ["a", "c"]


def test_a_district_that_no_measure_has_is_told_by_file_and_line(town):
    text = b"name: Utan byn\nadjustments:\n  - {do: switch_off, where: {district: [Byn, Bynn]}}\n"
    (fault,) = read(text, "x.yaml", "x", Names.of(reference(), town.base)).found
    assert fault.code == "unknown_tag"
    assert "x.yaml:3" in fault.message
    assert "district Bynn" in fault.message


def test_a_change_of_district_is_kept_and_undone_as_any_other(town):
    store, plan = town.store, town.plan.head.id
    before, version = records.document(plan, store)
    moved = before.measures[0].model_copy(update={"district": "Hamnen"})
    content = b"a workbook"
    version = commands.import_measures(
        plan,
        [moved],
        version,
        "prov",
        file_name="budget.xlsx",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        store=store,
    )
    assert records.document(plan, store)[0].measures[0] == moved
    commands.undo_import(plan, version, "prov", store=store)
    assert records.document(plan, store)[0] == before
    assert check(store) == []


def test_a_database_from_before_opens_with_no_district_stated(tmp_path):
    new, old = tmp_path / "new.duckdb", tmp_path / "old.duckdb"
    store = Store.open(new)
    rows = tuple(measure(key, {2026: 5_000_000}) for key in "abc")
    plan = PlanDocument(plan=PlanHead(**HEAD), measures=rows)
    commands.create_plan(plan, "prov", store=store)
    store.close()
    with duckdb.connect(str(old)) as before:
        migrate(before, until=14)
        before.execute(f"ATTACH '{new}' AS new (READ_ONLY)")
        for (table,) in before.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'old'"
            " AND table_name <> 'migration'"
        ).fetchall():
            columns = "* EXCLUDE district" if table == "measure" else "*"
            before.execute(f"INSERT INTO {table} BY NAME SELECT {columns} FROM new.{table}")
    store = Store.open(old)
    # As a sudden stop would leave it: the file and its write-ahead log.
    for file in tmp_path.glob("old.duckdb*"):
        shutil.copy(file, tmp_path / file.name.replace("old", "stopped"))
    store.close()
    for path in (old, tmp_path / "stopped.duckdb"):
        store = Store.open(path)
        measures = records.document("prov", store)[0].measures
        assert [each.district for each in measures] == ["", "", ""]
        assert [each.id for each in measures] == ["a", "b", "c"]
        assert not [found for found in check(store) if found.severity == "error"]
        store.close()
