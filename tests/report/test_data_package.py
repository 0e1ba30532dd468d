"""The data package: its tables add up to the model to the öre, in CSV and in Parquet alike."""

import csv
import json
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import duckdb
import pytest
from pyarrow import parquet

from model.report import answers
from model.report.data_package.build import data_package
from model.report.data_package.tables import TABLES
from model.results import results
from model.rows import OwnerShare
from model.scenario import CostFactor, Scenario
from tests.model.conftest import appropriation, grant, measure

GROUP = "municipal_group"


class Package:
    """A data package opened."""

    def __init__(self, content: bytes):
        with ZipFile(BytesIO(content)) as package:
            self.files = {name: package.read(name) for name in package.namelist()}
        self.described = json.loads(self.files["datapackage.json"])

    def rows(self, name: str) -> list[dict]:
        return list(csv.DictReader(StringIO(self.files[f"{name}.csv"].decode(), newline="")))

    def table(self, name: str):
        return parquet.read_table(BytesIO(self.files[f"{name}.parquet"]))


@pytest.fixture(scope="module")
def package(own_plans):
    return Package(data_package(results("exempelkommunen", store=own_plans), "secured"))


@pytest.mark.parametrize("reading", ["secured", "planned", "best_case"])
def test_need_cover_and_gap_add_up_to_the_models_to_the_ore(example, package, reading):
    sums = answers.figures(example, reading)
    rows = [
        row
        for row in package.rows("gap")
        if row["reading"] == reading and row["actor_group"] == GROUP
    ]
    for name in ("need", "covered", "gap", "one_off", "one_off_gap"):
        assert sum(Decimal(row[name]) for row in rows) * 100 == getattr(sums, name)
    cover = [row for row in package.rows("cover") if row["reading"] == reading]
    everyone = example.totals(reading)
    assert sum(Decimal(row["amount"]) for row in cover) * 100 == everyone.covered


def test_csv_and_parquet_hold_the_same(package):
    for table in TABLES:
        rows, columns = package.rows(table.name), package.table(table.name)
        assert len(rows) == columns.num_rows
        assert list(rows[0] if rows else columns.column_names) == columns.column_names
        for field in table.fields:
            stored = columns[field.name].to_pylist()
            if field.type == "money":
                said = [Decimal(row[field.name]) if row[field.name] else None for row in rows]
                assert said == stored
            assert [row[field.name] == "" for row in rows] == [each is None for each in stored]


def test_duckdb_reads_both_files_and_sums_them_alike(package, tmp_path, example):
    for name in ("gap.csv", "gap.parquet"):
        (tmp_path / name).write_bytes(package.files[name])
    asked = "SELECT sum(gap::DECIMAL(18,2)) FROM '{}' WHERE reading = 'secured'"
    with duckdb.connect() as database:
        sums = [
            database.sql(asked.format(tmp_path / name)).fetchone()[0]
            for name in ("gap.csv", "gap.parquet")
        ]
    assert sums == [Decimal(example.totals("secured").gap) / 100] * 2


def test_every_file_is_described_with_its_size_and_every_column_with_its_type(package):
    resources = {each["path"]: each for each in package.described["resources"]}
    assert set(resources) == set(package.files) - {"datapackage.json"}
    for path, resource in resources.items():
        assert resource["bytes"] == len(package.files[path])
        assert resource["hash"].startswith("sha256:")
        assert all(each["description"] and each["type"] for each in resource["schema"]["fields"])
    assert package.described["sources"] == [{"title": "Påhittat exempel"}]
    assert "EXEMPEL" in package.described["title"]
    assert "Ingen licens är angiven" in package.described["description"]


def test_keys_are_unique_and_every_row_belongs_to_a_measure(package):
    known = {row["id"] for row in package.rows("measures")}
    for table in TABLES:
        rows = package.rows(table.name)
        keys = [tuple(row[name] for name in table.key) for row in rows]
        assert not table.key or len(set(keys)) == len(keys), table.name
        if table.measure_key:
            assert {row["measure"] for row in rows} <= known


def test_what_a_person_typed_is_no_formula_in_csv_and_stands_as_typed_in_parquet(result_of):
    typed = "=HYPERLINK(0)"
    made = Package(data_package(result_of(measure(need={2026: 1}, department=typed)), "secured"))
    assert made.rows("measures")[0]["department"] == f"'{typed}"
    assert made.table("measures")["department"].to_pylist() == [typed]


def test_shared_owners_a_scenario_and_years_without_a_number_are_kept(result_of):
    shares = (
        OwnerShare(owner="municipality", share="0.4"),
        OwnerShare(owner="business", share="0.6"),
    )
    dearer = Scenario(id="dyrare", name="Dyrare", adjustments=(CostFactor(factor=1.5),))
    result = result_of(
        measure(
            "a",
            {2026: 1001, "later": 10},
            owner="mixed",
            owner_kind="mixed",
            owner_shares=shares,
            grants=(grant("g", {2026: 100}),),
            appropriations=(appropriation(2026, 50),),
        ),
        measure("okand"),
        scenario=dearer,
    )
    made = Package(data_package(result, "secured"))
    rows = [row for row in made.rows("gap") if row["reading"] == "secured"]
    assert {row["owner"] for row in rows} == {"municipality", "business"}
    assert {row["year"] for row in rows} == {"2026", "later"}
    assert sum(Decimal(row["need"]) for row in rows) * 100 == result.totals("secured").need
    assert [row["mid"] for row in made.rows("expenditures")] == ["1001.00", "10.00"]
    assert "50" in made.described["description"]


def test_the_expected_reading_is_there_only_where_it_is_asked_for(result_of):
    result = result_of(measure(need={2026: 1}))
    for reading, there in (("secured", False), ("expected", True)):
        rows = Package(data_package(result, reading)).rows("gap")
        assert ("expected" in {row["reading"] for row in rows}) == there


def test_the_licence_of_the_house_style_is_stated(tmp_path):
    from model.report.house_style import house_style

    (tmp_path / "house_style.yaml").write_text(
        'default:\n  accent: "#00527a"\n  font: Calibri\n  licence: {name: CC0-1.0}\n', "utf-8"
    )
    assert house_style("", tmp_path).licence.name == "CC0-1.0"
