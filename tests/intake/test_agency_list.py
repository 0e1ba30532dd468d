"""Agencies' lists of grants: Klimatklivet's own layout, any agency's, and what is wrong in them."""

from decimal import Decimal

import pytest

from model.errors import InvalidData
from model.intake.agency_list import layouts, read_agency_list, same, understood
from model.intake.reader import Workbook
from model.reference import reference
from tests.intake.sheets import sheet, xlsx

KLIMATKLIVET = (
    *("Ärendenummer", "Organisationsnamn", "Rubrik", "Åtgärdskategori", "Län", "Beviljat belopp"),
    *("laddpunkter", "Laddinfra", "Kommun", "Bifallsdatum", "Slutdatum", "Status", "Förordning"),
)
GENERAL = ("Myndighet", "Organisation", "Titel", "Kommun", "Belopp", "Datum")


def row(number: str = "NV-1-1", municipality: str = "Umeå", amount=1_250_000, **more) -> tuple:
    return (
        number,
        more.get("organisation", "Umeå Energi AB"),
        more.get("title", "Publik laddning vid hamnen"),
        "Laddstation",
        "Västerbotten",
        amount,
        12,
        "Ja",
        municipality,
        more.get("granted", 45292),
        more.get("ends", 46022),
        "Pågående",
        "2015:517",
    )


def read(*rows: tuple, headings=KLIMATKLIVET, municipality: str = "Umeå"):
    return understood(
        Workbook("lista.xlsx", (sheet([headings, *rows], "Beviljade"),)), municipality
    )


def codes(found) -> list[tuple[str, str]]:
    return [(each.code, each.ref) for each in found.violations]


def test_klimatklivets_workbook_is_read_from_a_real_file_and_filtered():
    content = xlsx(
        ("Läs mig", [["Beviljade ansökningar"]]),
        ("Beviljade", [["Uttag 2026"], [], KLIMATKLIVET, row(), row("NV-2-1", "Luleå")]),
    )
    found = read_agency_list(content, "klimatklivet.xlsx", "Umeå kommun")
    (grant,) = found.rows
    assert found.layout.agency == "Naturvårdsverket"
    assert (grant.id, grant.reference, grant.programme) == (
        "naturvardsverket-nv-1-1",
        "NV-1-1",
        "klimatklivet",
    )
    assert (grant.amount, grant.granted_on, grant.ends_on) == (
        Decimal("1250000.00"),
        "2024-01-01",
        "2025-12-31",
    )
    assert (grant.organisation, grant.category, grant.status) == (
        "Umeå Energi AB",
        "Laddstation",
        "Pågående",
    )
    assert grant.source_ref == "klimatklivet.xlsx!Beviljade!C4"
    assert (found.elsewhere, found.violations, grant.measure) == (1, (), "")


def test_a_general_list_has_its_agency_in_a_column():
    found = read(
        ("Vinnova", "Umeå kommun", "Viable Cities", "Umeå", 500, "2025-03-01"),
        ("Energimyndigheten", "Umeå kommun", "Viable Cities", "Umeå", 600, "2025-03-02"),
        headings=GENERAL,
    )
    assert [(each.agency, each.amount, each.granted_on) for each in found.rows] == [
        ("Vinnova", 500, "2025-03-01"),
        ("Energimyndigheten", 600, "2025-03-02"),
    ]


def test_a_text_file_is_read_too():
    first = "Vinnova;Umeå;Pilot;Umeå;1 500 000;2025-03-01"
    text = f"Myndighet;Organisation;Titel;Kommun;Belopp;Datum\n{first}\n"
    (grant,) = read_agency_list(text.encode(), "lista.csv", "Umeå").rows
    assert (grant.amount, grant.granted_on) == (1_500_000, "2025-03-01")


def test_two_projects_of_one_name_are_two():
    same = ("Vinnova", "Umeå kommun", "Pilot", "Umeå", 500, "2025-03-01")
    found = read(same, same, headings=GENERAL)
    assert [each.id for each in found.rows] == [
        "vinnova-umea-kommun-pilot",
        "vinnova-umea-kommun-pilot-2",
    ]


def test_missing_columns_are_named_where_the_headings_stand():
    with pytest.raises(InvalidData) as refused:
        read(("NV-1",), headings=("Ärendenummer", "Organisationsnamn", "Rubrik", "Åtgärdskategori"))
    (found,) = refused.value.violations
    assert (found.code, found.ref) == ("missing_columns", "lista.xlsx!Beviljade!A1")
    assert found.fields["columns"] == "Beviljat belopp, Kommun, Bifallsdatum"


def test_a_workbook_of_something_else_is_refused():
    with pytest.raises(InvalidData) as refused:
        read((1, 2), headings=("Investering", 2026))
    assert refused.value.violations[0].code == "no_list"


def test_an_amount_in_words_is_refused_by_its_cell():
    found = read(row(amount="cirka en miljon"), row("NV-2", amount=-5), row("NV-3", amount=None))
    assert codes(found) == [
        ("no_amount", "lista.xlsx!Beviljade!F2"),
        ("no_amount", "lista.xlsx!Beviljade!F3"),
    ]
    assert found.errors == found.violations
    assert found.rows[2].amount is None


def test_a_date_that_is_none_is_refused_by_its_cell():
    assert codes(read(row(granted="i våras"))) == [("no_date", "lista.xlsx!Beviljade!J2")]


def test_a_case_that_stands_twice_is_named_with_both_places():
    found = read(row(), row("NV-2"), row())
    assert codes(found) == [("reference_twice", "lista.xlsx!Beviljade!A4")]
    assert found.violations[0].fields["first"] == "C2"


def test_a_row_without_a_title_is_refused():
    assert codes(read(row(title=None))) == [("missing_value", "lista.xlsx!Beviljade!C2")]


def test_a_municipality_that_is_not_in_the_list_is_told_which_are():
    found = read(row(municipality="Ume"), row("NV-2", "Kiruna"))
    assert codes(found) == [("municipality_not_in_list", "lista.xlsx!Beviljade!A1")]
    assert found.violations[0].fields["near"].startswith("Ume")
    with pytest.raises(InvalidData):
        read(row(), municipality=" ")


def test_a_grant_to_several_municipalities_says_so():
    (grant,) = read(row(municipality="Umeå, Robertsfors")).rows
    assert grant.note == "Kommuner: Umeå, Robertsfors"


def test_a_municipality_is_known_by_its_name_with_and_without_kommun():
    for name in ("Karlstads kommun", "KARLSTAD", "Karlstad kommun", "Karlstads stad"):
        assert same("Karlstad", name)
    assert same("Borås", "Borås kommun")
    assert same("Borås stad", "Borås kommun")
    assert not same("Boden", "Borås")


def test_every_layout_names_a_source_of_the_data():
    assert {each.programme for each in layouts()} - {""} <= set(reference().funding)
    for each in layouts():
        assert set(each.required) <= set(each.columns)
