"""What is read in by year against the sheet's own sums."""

from decimal import Decimal

from model.intake.reconciliation import YearCheck, failing, years
from tests.intake.sheets import budget, read, sheet

HEADINGS = ("Nämnd", "Nr", "Investeringsobjekt", 2026, 2027)
FIRST, SECOND = ("Fastighetsnämnden", 7, "Solceller", 1000, 500), (None, 8, "Pump", 10, None)
THIRD = ("Tekniska nämnden", 9, "Cykelväg", 300, 200)
THOUSAND = Decimal(1000)


def check(year: str, imported: int, compared: int | None, stated: int | None) -> YearCheck:
    return YearCheck(
        year,
        imported * THOUSAND,
        None if compared is None else compared * THOUSAND,
        None if stated is None else stated * THOUSAND,
    )


def test_one_sum_over_all_is_what_a_year_is_compared_with():
    reading = budget(FIRST, SECOND, ("Summa", None, None, 1010, 500), headings=HEADINGS)
    assert years(reading) == (check("2026", 1010, 1010, 1010), check("2027", 500, 500, 500))
    assert {each.difference for each in years(reading)} == {Decimal(0)}
    assert failing(reading) == ()


def test_sums_of_the_parts_are_not_counted_with_the_sum_over_them():
    rows = [
        FIRST,
        SECOND,
        ("Summa Fastighetsnämnden", None, None, 1010, 500),
        THIRD,
        ("Summa Tekniska nämnden", None, None, 300, 200),
        ("Totalt", None, None, 1310, 700),
    ]
    both = (check("2026", 1310, 1310, 1310), check("2027", 700, 700, 700))
    assert years(budget(*rows, headings=HEADINGS)) == both
    assert years(budget(*rows[:-1], headings=HEADINGS)) == both


def test_a_sum_that_does_not_agree_leaves_its_difference():
    reading = budget(FIRST, SECOND, ("Summa", None, None, 1011, 500), headings=HEADINGS)
    first, second = years(reading)
    assert (first.difference, second.difference) == (Decimal(1000), Decimal(0))
    (wrong,) = failing(reading)
    assert (wrong.ref, wrong.difference) == ("bok.xlsx!Budget!D5", Decimal(1000))


def test_a_year_without_a_sum_has_nothing_to_be_compared_with():
    assert years(budget(FIRST, headings=HEADINGS)) == (
        check("2026", 1000, None, None),
        check("2027", 500, None, None),
    )
    assert years(budget(FIRST, headings=HEADINGS))[0].difference is None


def test_a_sheet_without_sums_stands_beside_one_that_has_them():
    reading = read(
        sheet([["Belopp i tkr"], HEADINGS, FIRST, ("Summa", None, None, 1000, 500)], "A"),
        sheet([["Belopp i tkr"], HEADINGS, THIRD], "B"),
    )
    first, _second = years(reading)
    assert first == check("2026", 1300, 1000, 1000)
    assert first.not_compared == 300 * THOUSAND


def test_sums_of_income_are_not_those_of_expenditure():
    headings = ("Nämnd", "Nr", "Investeringsobjekt", "Utgift 2026", "Bidrag 2026", "Netto 2026")
    rows = [
        ("Fastighetsnämnden", 7, "Solceller", 1000, -400, 600),
        (None, 8, "Pump", 10, 0, 10),
        ("Summa", None, None, 1010, -400, 610),
    ]
    assert years(budget(*rows, headings=headings)) == (check("2026", 1010, 1010, 1010),)
