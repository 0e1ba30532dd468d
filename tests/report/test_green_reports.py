"""The reports of green finance as a workbook: what the model says, counted again by formulas."""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from model import commands
from model.green_result import Terms
from model.reference import plan_documents
from model.report import green_tables as tables
from model.report.green_answer import answer
from model.report.green_reports import file_name, green_workbook
from model.results import results
from tests.report.conftest import ENGLISH

END = date(2026, 12, 31)
SHEETS = [
    "Allokeringsrapport",
    "Effektrapport",
    "Godkännanden",
    "Lån och obligationer",
    "Underlag",
    "Ej allokerat",
    "Steg",
    "Omräkningar",
]
OURS = re.compile(
    r"=SUM\([A-Z]+\d+(:[A-Z]+\d+)?\)|=[A-Z]+\d+[/*+][A-Z]+\d+|=MAX\([A-Z]+\d+-[A-Z]+\d+,0\)"
)


@pytest.fixture(params=["approved_projects", "own_programme"])
def found(request, example):
    return example.green_finance(Terms(END, request.param))


def opened(content: bytes, values: bool = True):
    return load_workbook(BytesIO(content), data_only=values)


def rows_of(sheet, head: str = "Projekt") -> list[dict]:
    """The lines of a sheet's table by the labels of its head."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(place for place, row in enumerate(rows) if row[0] == head)
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :] if row[0]]


def test_it_has_its_sheets_in_order(example, found):
    book = opened(green_workbook(example, found))
    assert book.sheetnames == SHEETS


def test_every_formula_is_ours_and_has_its_value(example, found):
    content = green_workbook(example, found)
    book, values = opened(content, values=False), opened(content)
    count = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    assert OURS.fullmatch(cell.value), cell.value
                    assert values[sheet.title][cell.coordinate].value is not None
    assert count > 20


def test_the_allocation_and_impact_reports_are_the_models(example):
    has = example.green_finance(Terms(END))
    book = opened(green_workbook(example, has))
    allocated = rows_of(book["Allokeringsrapport"])
    first = allocated[0]
    assert (first["Projekt"], first["Låntagare"], first["Startår"]) == (
        "Energieffektivisering av skolor",
        "Fastighetsnämnden",
        "2024",
    )
    amounts = ("Beviljat", "Allokerat", "Utestående", "Nämnare", "Nyfinansiering", "Refinansiering")
    assert [first[name] for name in amounts] == [40_000, 5_000, 4_500, 80_000, 5_000, 0]
    assert first["Andel av projektet"] == 4.5 / 80
    assert first["Taxonomiaktivitet"] == "screening SC 7.2; DNSH ej bedömd; minimiskydd ej bedömt"
    assert allocated[-1]["Allokerat"] == 15_000
    impact = rows_of(book["Effektrapport"])
    assert [row["Finansierad andel, t CO2e"] for row in impact[:3]] == pytest.approx(
        [8.4375, 315.0, 323.4375]
    )
    assert [row["Minskade eller undvikna"] for row in impact[:2]] == ["undvikna", "minskade"]
    notes = " ".join(str(row[0]) for row in book["Effektrapport"].iter_rows(values_only=True))
    assert "utestående ÷ projektets bruttoutgift. Ramverkets nämnare är okänd" in notes
    assert "Ramverkets återblickstid är okänd" in notes


def test_what_is_unknown_stands_as_a_word_and_is_in_no_sum(example):
    book = opened(green_workbook(example, example.green_finance(Terms(END, "own_programme"))))
    impact = rows_of(book["Effektrapport"])
    assert impact[1]["Finansierad andel, t CO2e"] == "okänt"
    assert impact[2]["Finansierad andel, t CO2e"] == 26.25
    (waits,) = rows_of(book["Ej allokerat"], "Avtal eller ISIN")[:1]
    assert (waits["Ej allokerat"], waits["Var det ligger"], waits["Ålder, månader"]) == (
        10_000,
        "Koncernkontot",
        "18",
    )
    assert waits["Ska vara allokerat"] == "okänt"


def test_another_factor_shows_the_earlier_report_beside(example):
    factor = "emission_factors/electricity_green_bond"
    has = example.green_finance(Terms(END, grid_factor=factor))
    earlier, now = rows_of(opened(green_workbook(example, has))["Omräkningar"], "År (utgåva)")
    assert (earlier["Elen räknad med"], earlier["Finansierad andel, t CO2e"]) == (
        "planens egna ton",
        341.875,
    )
    assert now["Elen räknad med"] == (
        "El, nordisk rapportering av gröna obligationer, 315,0 g CO2e/kWh"
    )
    assert now["Finansierad andel, t CO2e"] == pytest.approx(4.5 / 80 * 141.75 + 315)


def test_nothing_is_ever_called_aligned_with_the_taxonomy(example, found):
    said = " ".join(
        str(value)
        for sheet in opened(green_workbook(example, found))
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value
    )
    assert "taxonomianpass" not in said.lower()
    assert "inte bedömd" in said


def test_nothing_that_a_person_has_typed_runs(store):
    document = plan_documents()[-1]
    text = '=HYPERLINK("http://127.0.0.1:9/")'
    hostile = document.model_copy(
        update={
            "measures": tuple(
                each.model_copy(update={"name": text, "department": "+1+1"})
                for each in document.measures
            ),
            "loans": tuple(
                each.model_copy(update={"name": "-2+3", "lender": "@SUM(A1)"})
                for each in document.loans
            ),
        }
    )
    commands.create_plan(hostile, "provaren", store=store)
    result = results("exempelkommunen", store=store)
    book = opened(green_workbook(result, result.green_finance(Terms(END))), values=False)
    typed = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in (text, "+1+1", "-2+3", "@SUM(A1)")
    ]
    assert typed
    assert {cell.data_type for cell in typed} == {"s"}


def test_in_english_nothing_is_left_in_swedish_and_the_other_way_round(example, found):
    for listed in tables.TABLES.values():
        english, swedish = listed(found, "en"), listed(found, "sv")
        assert english.columns == swedish.columns
    heads = [
        cell
        for sheet in opened(green_workbook(example, found, "sv"))
        for row in sheet.iter_rows(min_row=1, max_row=6, values_only=True)
        for cell in row
        if isinstance(cell, str)
    ]
    assert [text for text in heads if ENGLISH.search(text)] == []


def test_the_file_is_called_after_the_plan_the_mode_and_the_day(example, found):
    name = file_name(example, found)
    mode = found.terms.mode.replace("_", "-")
    assert name == f"exempel-gron-finansiering-{mode}-exempelkommunen-v1-2026-12-31.xlsx"


def test_the_command_lines_answer_is_the_same_tables(example):
    has = example.green_finance(Terms(END, "own_programme"))
    said = answer(example, has)
    assert (said["eligible"], said["allocated"]) == ("38000000.00", "20000000.00")
    assert [row["tonnes"] for row in said["impact"]] == [26.25, None]
    assert said["unallocated"][0]["amount"] == "10000000.00"
    assert set(tables.TABLES) <= set(said)


def test_libreoffice_counts_the_same(example, convert, tmp_path):
    content = green_workbook(example, example.green_finance(Terms(END)))
    path = tmp_path / "green.xlsx"
    path.write_bytes(content)
    counted = load_workbook(convert(path, "xlsx"), data_only=True)
    stored = opened(content)
    formulas = opened(content, values=False)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours = stored[sheet.title][cell.coordinate].value
                    theirs = counted[sheet.title][cell.coordinate].value
                    assert theirs == pytest.approx(ours, abs=1e-9), cell.coordinate
