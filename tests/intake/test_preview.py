"""What an import would change in a plan, before anybody agrees."""

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest

from model import commands
from model.intake.preview import YearDifference, difference
from model.intake.reading import read_workbook
from model.reference import plan_documents
from model.rows import Effect, Expenditure, Measure, PlanDocument, PlanHead, Prerequisite
from model.store import documents
from tests.intake.sheets import budget, codes, read, sheet, xlsx

HEAD = PlanHead(
    id="prov",
    name="Prov",
    municipality="2480",
    base_year=2025,
    first_year=2026,
    last_year=2030,
    system_boundary="municipal_group",
)
ROWS = [("Fastighetsnämnden", 7, "Solceller", 1000, 500), (None, 8, "Värmepump", 10, None)]


def _plan(*measures: Measure, **parts) -> PlanDocument:
    return PlanDocument(plan=HEAD, measures=measures, **parts)


def test_everything_is_new_in_an_empty_plan():
    reading = budget(*ROWS)
    found = difference(_plan(), reading)
    assert found.new == found.measures == reading.measures
    assert found.years == (
        YearDifference("2026", Decimal(0), Decimal(1_010_000)),
        YearDifference("2027", Decimal(0), Decimal(500_000)),
    )
    assert found.errors == ()


def test_the_same_workbook_again_changes_nothing():
    reading = budget(*ROWS)
    found = difference(_plan(*reading.measures), reading)
    assert (found.new, found.changed, found.untouched) == ((), (), ())
    assert found.unchanged == reading.measures
    assert {year.change for year in found.years} == {Decimal(0)}


def test_a_newer_version_tells_new_changed_and_untouched_apart():
    old = budget(*ROWS)
    new = budget(
        ("Fastighetsnämnden", 7, "Solceller på tak", 1000, 700), (None, 9, "Fönster", 5, 5)
    )
    found = difference(_plan(*old.measures), new)
    assert [m.name for m in found.new] == ["Fönster"]
    assert [m.name for m in found.untouched] == ["Värmepump"]
    (change,) = found.changed
    assert change.new.id == change.old.id == "7-solceller"
    assert change.fields == ("name", "expenditures", "appropriations")
    assert found.years[1] == YearDifference("2027", Decimal(500_000), Decimal(705_000))


def test_what_the_sheet_does_not_say_stays_as_the_plan_has_it():
    known = Measure(
        id="hbg-05",
        name="Solceller",
        sector="energy",
        owner="mixed",
        owner_kind="mixed",
        green_category="renewable_energy",
        effects=(Effect(indicator="renewable_energy", unit="MWh", mid=1600, basis="per_year"),),
        expenditures=(Expenditure(kind="one_off_operating", year=2026, mid=1),),
    )
    found = difference(_plan(known), budget(*ROWS))
    (change,) = found.changed
    assert change.fields == (
        "department",
        "project_number",
        "expenditures",
        "appropriations",
    )
    assert change.new.id == "hbg-05"
    assert (change.new.owner, change.new.effects) == ("mixed", known.effects)
    assert [e.mid for e in change.new.expenditures] == [Decimal(1_000_000), Decimal(500_000)]
    assert {e.kind for e in change.new.expenditures} == {"one_off_operating"}


def test_a_note_is_added_once_to_the_one_that_stands():
    headings = ("Nämnd", "Nr", "Objekt", "Kommentar", 2026)
    reading = budget(("Kulturnämnden", 3, "Bibliotek", "Preliminärt", 5), headings=headings)
    old = reading.measures[0].model_copy(update={"note": "Enligt avtal"})
    (change,) = difference(_plan(old), reading).changed
    assert change.new.note == "Enligt avtal\nPreliminärt"
    assert difference(_plan(change.new), reading).unchanged == (change.new,)


def _renumbered():
    old = budget(("Kommunstyrelsen", 21, "Klimatnätverk", 100, 100))
    new = budget(("Kommunstyrelsen", 22, "Klimatnätverk", 300, None))
    return old, new


def test_the_same_name_with_another_number_is_asked_about():
    old, new = _renumbered()
    found = difference(_plan(*old.measures), new)
    (asked,) = found.errors
    assert (asked.code, asked.ref) == ("ask_same", "bok.xlsx!Budget!A3")
    assert asked.question.flag == "--same 22-klimatnatverk={choice}"
    assert asked.question.choices == ("21-klimatnatverk", "new")


def test_the_answer_decides_whether_it_is_the_same_or_another_measure():
    old, new = _renumbered()
    plan = _plan(*old.measures)
    another = difference(plan, new, {"22-klimatnatverk": "new"})
    assert [m.id for m in another.new] == ["22-klimatnatverk"]
    assert (another.untouched, another.errors) == (old.measures, ())
    same = difference(plan, new, {"22-klimatnatverk": "21-klimatnatverk"})
    (change,) = same.changed
    assert (change.new.id, change.new.project_number) == ("21-klimatnatverk", "22")
    assert (same.new, same.untouched, same.errors) == ((), (), ())
    assert [near.answer for near in same.near] == ["21-klimatnatverk"]


@pytest.mark.parametrize(
    ("old", "new", "asked"),
    [
        ("Solceller på skoltaken", "Solceller på skoltak", True),
        ("Gatubelysning etapp 1", "Gatubelysning etapp 2", False),
        ("Solceller på skoltaken", "Bergvärme", False),
    ],
)
def test_names_that_are_almost_the_same_are_asked_about(old, new, asked):
    headings = ("Nämnd", "Objekt", 2026)
    before, after = (budget(("Tekniska", name, 5), headings=headings) for name in (old, new))
    found = difference(_plan(*before.measures), after)
    assert [v.code for v in found.errors] == (["ask_same"] if asked else [])


def test_a_number_that_has_come_to_mean_something_else_is_asked_about():
    old = budget(("Tekniska", 7, "Solceller på skoltak", 5, 5))
    new = budget(("Tekniska", 7, "Ny ishall", 9, 9))
    assert [v.code for v in difference(_plan(*old.measures), new).errors] == ["ask_same"]


def test_what_only_the_earlier_version_of_the_file_had_is_gone_and_stays_until_said():
    sheets = [sheet([["Belopp i tkr"], ["Nämnd", "Nr", "Objekt", 2026, 2027], *ROWS])]
    old = read(*sheets, file="Investeringsbudget 2026 v1.xlsx")
    by_hand = Measure(id="egen", name="Egen åtgärd", source_ref="för hand")
    rest = [["Belopp i tkr"], ["Nämnd", "Nr", "Objekt", 2026, 2027], ROWS[0]]
    new = read(sheet(rest), file="investeringsbudget_2026-v2 slutlig.xlsx")
    found = difference(_plan(*old.measures, by_hand), new)
    assert [m.name for m in found.gone] == ["Värmepump"]
    assert [m.name for m in found.untouched] == ["Värmepump", "Egen åtgärd"]


def test_a_new_measure_never_takes_the_id_of_another():
    other = Measure(id="7-solceller", name="Något annat", project_number="70")
    found = difference(_plan(other), budget(*ROWS))
    assert [m.id for m in found.new] == ["7-solceller-2", "8-varmepump"]


def test_prerequisites_are_added_to_those_that_stand():
    old = Prerequisite(year=2026, result=Decimal(5), residents=100)
    new = Prerequisite(year=2026, result=Decimal(7), source_ref="m.xlsx!9!A7")
    group = Prerequisite(level="group", year=2026, result=Decimal(1))
    reading = replace(budget(*ROWS), prerequisites=(new, group))
    found = difference(_plan(prerequisites=(old,)), reading)
    assert found.lists["prerequisites"] == (
        old.model_copy(update={"result": Decimal(7), "source_ref": "m.xlsx!9!A7"}),
        group,
    )


def test_an_import_writes_what_the_preview_showed_and_again_nothing(store):
    rows = [["Belopp i tkr"], ["Nämnd", "Nr", "Objekt", 2026, 2027], *ROWS]
    content = xlsx(("Budget", rows))
    reading = read_workbook(content, "b.xlsx")
    version = commands.create_plan(_plan(), "anna", store=store)
    for _ in range(2):
        with store.read() as cursor:
            document, version = documents.read_document(cursor, "prov")
        found = difference(document, reading)
        commands.import_measures(
            "prov",
            found.measures,
            version,
            "anna",
            file_name=reading.file.name,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            store=store,
        )
    with store.read() as cursor:
        document, after = documents.read_document(cursor, "prov")
    assert after == version
    assert document.measures == reading.measures


def test_the_published_plan_takes_the_budget_sheet_without_losing_what_it_knew(shared):
    plan = next(p for p in plan_documents() if p.plan.id == "helsingborg-2030")
    reading = read_workbook(shared / "workbooks" / "helsingborg_budget_sheet.xlsx")
    found = difference(plan, reading)
    assert codes(reading) == []
    assert (len(found.changed), len(found.untouched)) == (28, 13)
    assert (found.new, found.errors) == ((), ())
    assert all(change.new.sector == change.old.sector for change in found.changed)
