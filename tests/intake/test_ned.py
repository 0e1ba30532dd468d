"""The national emissions database's own download: its layout, and what is wrong in others."""

from decimal import Decimal

import pytest

from model.emission_rows import BaselineYear
from model.errors import InvalidData
from model.intake.ned import merged, read_ned, understood
from model.intake.reader import Workbook
from model.reference import reference
from tests.intake.sheets import sheet, xlsx

HEADINGS = ("Huvudsektor", "Undersektor", "Län", "Kommun")
YEARS = (1990, 2023, 2024)
SECTORS = [each.name for each in reference().ned_sectors.values()]
UMEA = (*("Västerbottens län", "Umeå"),)


def download(
    rows, *, substance="Växthusgaser totalt", years=YEARS, above=1, title="Emissioner"
) -> list[tuple]:
    """A sheet in the database's layout: what it is, years as text over the headings, the rows."""
    said = [("Nationella emissionsdatabasen",), ("Ämne", substance), ("Enhet", "ton")]
    said += [("Uttag", "2026-02-01")] + [()] * above
    over = (*(None,) * 4, *map(str, years))
    return [*said, over, HEADINGS, *rows]


def rows(place=UMEA, tonnes=lambda sector, year: 1000 * (sector + 1) + year - 1990):
    """Every main sector with a sub-sector, and all sectors together; numbers as text."""
    found = []
    for number, name in enumerate(SECTORS):
        said = [f"{tonnes(number, year)}.25" for year in YEARS]
        found += [(name, "Alla", *place, *said), (name, "Del av sektorn", *place, *said)]
    whole = [
        str(sum(Decimal(f"{tonnes(number, year)}.25") for number in range(len(SECTORS))))
        for year in YEARS
    ]
    return [*found, ("Alla", "Alla", *place, *whole)]


EVERYWHERE = rows(("Alla", "Alla")) + rows(("Västerbottens län", "Alla")) + rows()


def read(cells, municipality="Umeå", file="GGT.xlsx", title="Emissioner"):
    return understood(Workbook(file, (sheet(cells, title),)), municipality)


def codes(found) -> list[tuple[str, str]]:
    return [(each.code, each.ref) for each in found.violations]


def test_a_municipalitys_main_sectors_are_read_from_a_real_file():
    found = read_ned(xlsx(("Emissioner", download(EVERYWHERE))), "nedladdning.xlsx", "Umeå kommun")
    assert (found.gas, found.years, found.missing, found.violations) == ("co2e", YEARS, 0, ())
    assert len(found.rows) == 9 * 3
    first = found.rows[0]
    assert (first.sector, first.year, first.tonnes) == ("machinery", 1990, Decimal("1000.25"))
    assert (first.boundary, first.gas) == ("territorial", "co2e")
    assert first.source_ref.startswith("SMHI, Nationella emissionsdatabasen, nedladdning.xlsx!")
    assert first.source_ref.endswith("!E46")


@pytest.mark.parametrize("above", [0, 1, 3])
def test_so_many_rows_may_stand_above_the_years(above):
    assert len(read(download(rows(), above=above)).rows) == 27


def test_the_years_may_stand_in_the_row_of_headings_and_be_numbers():
    cells = [("Växthusgaser totalt",), (*HEADINGS, *YEARS), *rows()]
    assert read(cells).years == YEARS


@pytest.mark.parametrize(
    ("substance", "file", "gas"),
    [
        ("Växthusgaser totalt", "x.xlsx", "co2e"),
        ("Växthusgaser totalt, CO2-ekv.", "x.xlsx", "co2e"),
        ("Koldioxid (CO2)", "x.xlsx", "fossil_co2"),
        ("", "emissioner_GGT.xlsx", "co2e"),
        ("", "CO2.xlsx", "fossil_co2"),
    ],
)
def test_the_gas_is_what_the_file_says_it_is(substance, file, gas):
    assert read(download(rows(), substance=substance), file=file).gas == gas


@pytest.mark.parametrize(
    ("substance", "said"),
    [
        ("Metan (CH4), CO2-ekv.", "metan"),
        ("Kväveoxider (NOx)", "kväve"),
        ("Biogen koldioxid (CO2)", "biogen"),
        ("PM2.5 (partiklar < 2.5 mikrom.)", "partiklar"),
    ],
)
def test_another_substance_is_no_baseline(substance, said):
    with pytest.raises(InvalidData, match=said) as refused:
        read(download(rows(), substance=substance), file="x.xlsx")
    assert refused.value.violations[0].code == "other_substance"


def test_a_file_that_does_not_say_its_substance_is_refused():
    with pytest.raises(InvalidData, match="does not say which substance"):
        read(download(rows(), substance=""), file="nedladdning.xlsx")


def test_another_unit_is_refused():
    cells = download(rows())
    cells[2] = ("Enhet", "kg")
    with pytest.raises(InvalidData, match="in kg"):
        read(cells)


@pytest.mark.parametrize("unit", ["tusen ton", "1000 ton", "1 000 ton", "kt", "Mt", "miljoner ton"])
def test_thousands_of_tonnes_are_not_taken_for_tonnes(unit):
    cells = download(rows())
    cells[2] = ("Enhet", unit)
    with pytest.raises(InvalidData, match=f"in {unit.casefold()}"):
        read(cells)


def test_a_year_over_two_columns_is_refused_with_both():
    with pytest.raises(InvalidData, match="in F6 and G6"):
        read(download(rows(), years=(1990, 2024, 2024)))


def test_a_sum_beyond_every_number_is_a_finding():
    cells = download(rows())
    cells[-1] = (*cells[-1][:4], "1e9999999", *cells[-1][5:])
    assert [code for code, _ in codes(read(cells))] == ["no_tonnes"]


def test_a_file_without_a_single_figure_is_a_finding():
    empty = [(*row[:4], "..", "..", "..") for row in rows()]
    found = read(download(empty))
    assert ([code for code, _ in codes(found)], found.rows) == (["no_figures"], ())


def test_a_workbook_that_is_no_download_says_what_was_expected():
    with pytest.raises(InvalidData, match="Huvudsektor, Undersektor, Län and Kommun"):
        read([("Projekt", 2026), ("Skola", 5)])
    with pytest.raises(InvalidData, match="no years"):
        read([("Växthusgaser totalt",), HEADINGS, *rows()])


def test_a_municipality_that_is_not_there_is_said_with_those_like_it():
    found = read(download(EVERYWHERE), "Uméa")
    assert [code for code, _ in codes(found)] == ["municipality_not_in_file"]
    assert "Umeå" in found.errors[0].message
    assert found.rows == ()


def test_a_figure_that_is_no_tonnes_is_named_by_its_cell():
    cells = download(rows())
    cells[7] = (*cells[7][:4], "saknas", "-5", "7")
    found = read(cells)
    assert codes(found)[:2] == [
        ("no_tonnes", "GGT.xlsx!Emissioner!E8"),
        ("no_tonnes", "GGT.xlsx!Emissioner!F8"),
    ]


def test_an_empty_cell_is_not_zero_and_is_counted():
    cells = download(rows())
    cells[7] = (*cells[7][:4], None, "–", *cells[7][6:])
    found = read(cells)
    assert (found.missing, found.errors) == (2, ())
    assert [row.year for row in found.rows if row.sector == "machinery"] == [2024]


def test_sectors_that_do_not_add_up_to_the_files_own_sum_are_refused():
    cells = download(rows())
    cells[7] = (*cells[7][:6], "999999")
    assert [code for code, _ in codes(read(cells))] == ["sum_differs"]


def test_a_sector_that_is_gone_unknown_or_there_twice_is_said():
    without = [row for row in rows() if row[0] not in ("Jordbruk", "Alla")]
    assert codes(read(download(without)))[0][0] == "sector_missing"
    twice = [*without, without[0]]
    assert "sector_twice" in [code for code, _ in codes(read(download(twice)))]
    unknown = [*without, ("Rymdfart", "Alla", *UMEA, "1", "2", "3")]
    assert "unknown_sector" in [code for code, _ in codes(read(download(unknown)))]


def test_a_sectors_name_may_be_set_with_other_spaces():
    spaced = [(row[0].replace("(inkl.avlopp)", "(inkl. avlopp)"), *row[1:]) for row in rows()]
    assert read(download(spaced)).violations == ()


def test_a_file_stands_instead_of_what_it_is_about_and_leaves_the_rest():
    def row(sector, year, tonnes, **fields):
        return BaselineYear(sector=sector, year=year, tonnes=tonnes, **fields)

    fossil = row("waste", 2024, 9, gas="fossil_co2")
    standing = (row("waste", 2023, 1), row("waste", 2024, 2), row("transport", 2000, 5), fossil)
    found, new, changed, gone = merged(
        standing, (row("waste", 2023, 1), row("waste", 2024, 3), row("waste", 2025, 4))
    )
    assert (new, changed, gone) == (1, 1, 1)
    assert [(each.year, each.tonnes) for each in found] == [
        (2024, 9),
        (2023, 1),
        (2024, 3),
        (2025, 4),
    ]
