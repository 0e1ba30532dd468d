"""The council's table of operating impact adds up to the model's books and says what is unknown."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from model.operating import BOOKS, Policy
from model.operating_table import operating_table
from model.report import operating as words
from model.report.council.book import council_workbook
from model.report.council.grid import AtLeast, Partly
from model.report.council.operating_impact import operating_impact
from model.rows import Prerequisite, RunningCost
from tests.model.conftest import measure
from tests.report.conftest import ENGLISH

COLUMNS = [
    "Projekt",
    "Avskrivning",
    "Internränta",
    "Drift/underhåll",
    "Energibesparing",
    "Upplösta bidrag",
    "Utrangering",
    "Summa 2026",
    "2027",
    "2028",
    "2029",
    "2030",
    "Helår",
    "Inarbetat i ram?",
]


def figure(value):
    return value.figure if isinstance(value, AtLeast) else value


def test_the_table_has_the_columns_that_finance_officers_give_it(example):
    assert [column.label for column in operating_impact(example, "secured").columns] == COLUMNS


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("year", [2026, 2028, 2030])
def test_the_total_is_the_models_book(example, book, year):
    grid = operating_impact(example, "secured", book, year)
    found = example.operating("secured")
    total = [figure(value) for value in grid.total.values]
    assert total[7:12] == found.total(book)[found.in_plan].tolist()
    assert sum(total[1:7]) == total[7 + year - 2026]


@pytest.mark.parametrize("book", BOOKS)
def test_every_sum_adds_up_the_lines_it_names(helsingborg, example, book):
    for result in (helsingborg, example):
        grid = operating_impact(result, "secured", book)
        for row in grid.rows:
            for place in range(1, 13) if row.of else ():
                known = [figure(grid.rows[line].values[place]) or 0 for line in row.of]
                assert (figure(row.values[place]) or 0) == sum(known)


def test_the_municipality_is_the_departments_with_another_interest(example):
    rows = operating_impact(example, "secured", "municipality").rows[-4:]
    departments, out, put_in, whole = ([figure(value) for value in row.values] for row in rows)
    assert [row[0] for row in (departments, out, put_in, whole)] == [
        "Summa nämnderna",
        "Internräntan tas bort",
        "Räntan på lån sätts in",
        "Summa kommunen",
    ]
    assert out[2] == -departments[2]
    assert whole[2] == put_in[2]


def test_a_sum_that_lacks_something_says_so_and_not_at_least_where_it_could_be_less(example):
    total = operating_impact(example, "secured").total
    assert type(total.values[1]) is AtLeast
    assert isinstance(total.values[11], Partly)


def test_whether_it_is_in_the_frame_is_said_of_every_project(example):
    grid = operating_impact(example, "secured")
    assert set(grid.column("Inarbetat i ram?")) == {"delvis", "nej", "–"}


def test_the_workbook_has_a_sheet_for_each_book(example):
    grids = [operating_impact(example, "secured", book) for book in words.BOOKS]
    book = load_workbook(BytesIO(council_workbook(example, "secured", grids)))
    assert len(book.sheetnames) == 4
    said = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert {"Internräntan tas bort", "Summa kommunen"} <= said


def test_the_answer_has_its_number_and_the_tax(result_of):
    said = (Prerequisite(year=2028, internal_interest="0.025", tax_krona=156_000_000),)
    result = result_of(
        measure(
            need={2026: 0},
            running_costs=(RunningCost(year=2028, amount=4_200_000, item="operation"),),
        ),
        prerequisites=said,
    )
    table = operating_table(result.operating(), "municipality", 2028)
    assert words.sentence(result.operating(), table).replace("\xa0", " ") == (
        "Driften ökar med 4,2 mnkr 2028, 2,7 öre i skatt"
    )
    table = operating_table(result.operating(), "municipality", 2027)
    assert words.sentence(result.operating(), table) == "Driften ändras inte 2027"


def test_everything_is_said_in_swedish_and_in_english(example):
    for book in BOOKS:
        grid = operating_impact(example, "secured", book, policy=Policy("gross"))
        said = [grid.title, *(column.label for column in grid.columns), *grid.notes]
        assert not [text for text in said if ENGLISH.search(text)]
        english = operating_impact(example, "secured", book, language="en")
        assert english.columns[3].label == "Operation/maintenance"
