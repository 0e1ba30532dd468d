"""Where in the municipality: read where a column says it, and not of one that says other things."""

import pytest

from tests.intake.sheets import budget, read, sheet

YEARS = (2026, 2027)
PLAIN = ("Nämnd", "Nr", "Objekt")


def districts(reading):
    return [measure.district for measure in reading.measures]


@pytest.mark.parametrize(
    "heading", ["Stadsdel", "KOMMUNDEL", "Ort", "Tätort", "Stadsdel/ort", "Stadsdel eller ort"]
)
def test_a_column_of_districts_is_read_as_written(heading):
    reading = budget(
        ("Barnnämnden", 7, "Skola", "  Norra   byn ", 1, 2),
        ("Barnnämnden", 8, "Förskola", None, 1, 2),
        headings=(*PLAIN, heading, *YEARS),
    )
    assert reading.errors == ()
    assert districts(reading) == ["Norra byn", ""]


@pytest.mark.parametrize("heading", ["Område", "Stadsområde", "Stadsdelsnämnd", "Ortnamn"])
def test_a_heading_that_means_something_else_keeps_its_meaning(heading):
    reading = budget(
        ("Barnnämnden", 7, "Skola", "Centrum", 1, 2), headings=(*PLAIN, heading, *YEARS)
    )
    assert districts(reading) == [""]


def test_places_are_names_where_nothing_else_is():
    reading = budget(("Byn", 1, 2), ("Centrum", 3, 4), headings=("Ort", *YEARS))
    assert [(each.name, each.district) for each in reading.measures] == [
        *(("Byn", ""), ("Centrum", ""))
    ]


def test_numbers_under_such_a_heading_are_no_districts():
    reading = budget(("Barnnämnden", 7, "Skola", 12, 1, 2), headings=(*PLAIN, "Ort", *YEARS))
    assert districts(reading) == [""]


def test_measures_in_words_say_their_district_too():
    rows = [["Åtgärd", "Kommundel", "Kostnad"], ["Solceller", "Östra", "5 mnkr"]]
    assert districts(read(sheet(rows, "Åtgärder"))) == ["Östra"]
