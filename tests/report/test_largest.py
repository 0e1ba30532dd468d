"""Titles about the largest year: they name it only where there is one."""

import pytest

from model.formatting import year_spans
from model.report.changes import worst_year_title
from model.report.largest import in_years, most_by_year, years_of_most

MSEK = 100_000_000
YEARS = (2026, 2027, 2028, 2029)


def said(*millions: float) -> str:
    amounts = [round(each * MSEK) for each in millions]
    return most_by_year(
        YEARS,
        amounts,
        "Most in {years}: {part}",
        "Most in {years}: {part} a year",
        "As much every year {years}: {part} a year",
        "sv",
    ).replace("\xa0", " ")


def test_one_year_with_more_than_the_others_is_named():
    assert said(1, 2.4, 1, 1) == "Mest 2027: 2,4 mnkr"


def test_some_years_alike_are_named_by_their_first_and_last():
    assert said(1, 2.4, 2.4, 1) == "Mest 2027–2028: 2,4 mnkr om året"
    assert said(2.4, 1, 2.4, 2.4) == "Mest 2026, 2028–2029: 2,4 mnkr om året"


def test_all_years_alike_have_no_largest():
    assert said(2.4, 2.4, 2.4, 2.4) == "Lika mycket varje år 2026–2029: 2,4 mnkr om året"


def test_a_saving_is_as_large_as_its_cost_would_be():
    assert said(1, -2.4, 2, 0) == "Mest 2027: −2,4 mnkr"


def test_an_ore_that_no_table_shows_makes_no_year_the_largest():
    thirds = [66_666_666_667, 66_666_666_667, 66_666_666_666]
    assert years_of_most(YEARS[:3], thirds) == ["2026", "2027", "2028"]


def test_a_title_in_billions_does_not_make_years_alike_that_the_table_tells_apart():
    assert years_of_most(YEARS[:2], [1_150 * MSEK, 1_240 * MSEK]) == ["2027"]


def test_nothing_has_no_largest_year():
    assert years_of_most(YEARS, [0, 0, 0, 0]) == []
    assert years_of_most((), ()) == []


@pytest.mark.parametrize(
    ("years", "span"),
    [
        ([], ""),
        ([2026], "2026"),
        ([2026, 2027, 2028, 2030], "2026–2028, 2030"),
        (["före 2026", 2026, 2027, "senare"], "före 2026, 2026–2027, senare"),
    ],
)
def test_years_that_follow_each_other_are_a_span(years, span):
    assert year_spans(years) == span


def test_as_much_in_several_years_is_not_the_most_in_one():
    gaps = [("planen", "2026", 5 * MSEK), ("planen", "2027", 5 * MSEK)]
    assert "Som mest saknas 5,0" in worst_year_title(gaps, "sv")
    assert "saknas 2026 med planen" in worst_year_title(gaps[:1], "sv")


def test_an_english_title_says_in_a_year_and_neither_in_until_nor_in_later():
    assert in_years(["2027"], "en") == "in 2027"
    assert in_years(["2026", "2027", "2030"], "en") == "in 2026–2027, 2030"
    assert in_years(["until 2025"], "en") == "until 2025"
    assert in_years(["later"], "en") == "later"
    assert in_years(["2027"], "sv") == "2027"
    gaps = [("the plan", "2026", 5 * MSEK)]
    assert "is missing in 2026 with the plan" in worst_year_title(gaps, "en")
