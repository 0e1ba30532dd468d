from decimal import Decimal

import pytest

from model.intake.reader import Cell
from model.intake.year_texts import YearText, read_year, read_year_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2028", YearText(2028, 2028)),
        ("Klart 2028", YearText(2028, 2028)),
        ("2027/2028", YearText(2027, 2028, alternatives=True)),
        ("2027/28", YearText(2027, 2028, alternatives=True)),
        ("2027 eller 2028", YearText(2027, 2028, alternatives=True)),
        ("2026–2030", YearText(2026, 2030)),
        ("2026-30", YearText(2026, 2030)),
        ("ca 2030", YearText(2030, 2030, approximate=True)),
        ("efter 2030", YearText(2030, 2030, approximate=True)),
        ("dec 2026", YearText(2026, 2026)),
        ("2026-06", YearText(2026, 2026)),
        ("2026-06-30", YearText(2026, 2026)),
        ("202606", YearText(2026, 2026)),
        ("Q4 2026", YearText(2026, 2026)),
        ("våren 2026", YearText(2026, 2026)),
        ("löpande", YearText()),
        ("TBD", YearText()),
        ("om 3 år", YearText(unread=True)),
        ("3 år från 2026", YearText(2026, 2026, unread=True)),
        ("12", YearText(unread=True)),
    ],
)
def test_a_year_is_read_as_it_is_written(text, expected):
    assert read_year_text(text) == expected


def test_a_number_or_a_date_is_a_year_too():
    assert read_year(Cell(1, 1, "number", Decimal(2027))) == YearText(2027, 2027)
    assert read_year(Cell(1, 1, "number", Decimal("20.5"))) == YearText(unread=True)
    assert read_year(Cell(1, 1, "date", "2027-06-30", serial=Decimal(46568))).last == 2027


def test_a_year_that_a_date_format_hid_is_found_again():
    hidden = Cell(1, 1, "date", "1905-07-18", serial=Decimal(2026))
    assert read_year(hidden) == YearText(2026, 2026)
