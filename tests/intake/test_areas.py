"""The picture of a sheet: every cell is told to be what the reading took it for."""

from decimal import Decimal

from model.intake import mapping
from model.intake.areas import Areas, seen
from model.intake.reader import Workbook
from model.intake.reading import interpret
from tests.intake.sheets import sheet

ROWS = [
    ["Investeringar i tkr"],
    ["Nämnd", "Nr", "Investeringsobjekt", "Ramkod", 2026, 2027, "Totalt"],
    ["Fastighetsnämnden", 7, "Solceller", 17, 1000, "12 st", 1000],
    [None, 8, "Värmepump", 18, 10, 500, 510],
    [None, None, "Summa", None, 1010, 500, 1510],
    [None, 9, "Dold rad", 19, 5, 5, 10],
    ["* Preliminära belopp, 3 av dem"],
    [],
    [*[None] * 9, 4711],
]


def areas(rows=ROWS, **shape) -> Areas:
    drawn = sheet(rows, **shape)
    return Areas(interpret(Workbook("bok.xlsx", (drawn,)), "0" * 64, mapping.known()), drawn)


def named(found: Areas) -> dict[str, str]:
    return {cell.ref: found.area(cell) for cell in found.sheet.cells.values()}


def test_each_part_of_a_sheet_has_its_area():
    found = named(areas(hidden_rows=frozenset({6})))
    expected = {
        "text": ["A1", "A7"],
        "header": ["A2", "B2", "C2", "D2", "E2", "F2", "G2"],
        "project": ["A3", "B3", "C3", "E3", "B4", "C4", "E4", "F4"],
        "sum": ["G3", "G4", "C5", "E5", "F5", "G5"],
        "left_out": ["D3", "D4", "J9"],
        "hidden": ["B6", "C6", "D6", "E6", "F6", "G6"],
        "refused": ["F3"],
    }
    assert found == {ref: area for area, refs in expected.items() for ref in refs}


def test_what_was_left_out_or_refused_says_why():
    found = areas(hidden_rows=frozenset({6}))
    assert found.left_out["E6"].reason == "hidden in the workbook"
    assert found.refused["F3"].code == "not_a_number"


def test_a_whole_hidden_sheet_is_hidden():
    hidden = sheet([["Anteckningar"], [1, 2]], "Gammal", hidden=True)
    book = Workbook("bok.xlsx", (sheet(ROWS), hidden))
    reading = interpret(book, "0" * 64, mapping.known())
    assert set(named(Areas(reading, hidden)).values()) == {"hidden"}


def test_an_amount_has_the_unit_of_its_table():
    found = areas()
    assert found.unit_at(3, 6).factor == Decimal(1000)
    assert found.unit_at(3, 3) is None
    assert found.unit_at(99, 6) is None
    cells = found.sheet.cells
    assert found.is_amount(cells[3, 5])
    assert not found.is_amount(cells[3, 2])
    assert not found.is_amount(cells[2, 5])


def test_a_long_sheet_is_seen_by_its_first_and_last_rows_and_what_has_to_be_mended():
    long = sheet([[number] for number in range(1, 101)])
    assert seen(long, 200) == list(range(1, 101))
    assert seen(long, 10, [50, 500]) == [1, 2, 3, 4, 5, 6, 7, 8, 50, 99, 100]
    assert len(seen(long, 10, range(20, 80))) <= 20
