"""The page of the operating impact: whose book, which year, what is unknown, and the formulas."""

import pytest

from model.operating import BOOKS
from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"
PAGE = "driftkonsekvenser"


def text(app) -> str:
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def answer(app) -> str:
    return text(app).split('<h1 class="answer">')[1].split("<")[0].strip()


def test_the_answer_is_a_year_of_the_municipality_and_its_tax(opened):
    assert answer(opened(PAGE, plan=EXAMPLE)) == (
        "Driften ökar med 6,2 mnkr 2030, 3,6 öre i skatt, av det som är känt"
    )
    assert answer(opened(PAGE, plan=EXAMPLE, year="2028")).startswith(
        "Driften ökar med 1,5 mnkr 2028, 0,90 öre i skatt"
    )


def test_a_book_is_chosen_into_the_address(opened, followed):
    app = opened(PAGE, plan=EXAMPLE)
    app.radio(key="said-book").set_value("fee").run()
    assert app.query_params["book"] == "fee"
    assert "194 kr per VA-kund" in answer(followed(PAGE, app))


def test_interest_is_on_net_or_gross_book_value(opened):
    net = text(opened(PAGE, plan=EXAMPLE, book="department"))
    gross = text(opened(PAGE, plan=EXAMPLE, book="department", interest="gross"))
    assert "(42,6 mnkr − oupplösta bidrag 19,4 mnkr) × räntan = 0,6 mnkr" in net
    assert "bokfört värde 42,6 mnkr × räntan = 1,1 mnkr" in gross


def test_each_project_opens_to_how_it_is_reckoned(opened):
    page = text(opened(PAGE, plan=EXAMPLE))
    assert "Ventilation och styrning: 30,0 mnkr på 20 år från 2028-12 = 1,5 mnkr om året" in page
    assert "1 av 12 månader 2028, köps på nytt 2048" in page
    assert "2,5 %, planens förutsättningar 2030" in page
    assert "Mark: 2,2 mnkr från 2028-09, mark, skrivs inte av" in page


def test_what_is_unknown_is_listed_with_what_to_fill_in(opened):
    page = text(opened(PAGE, plan=PUBLISHED))
    assert "Ingen har angett nyttjandeperioden: 20 projekt" in page
    assert "öre i skatt okänt" in page
    assert "Ange internränta" not in page.split("Det som är okänt")[0]


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("scenario", ["plan", "business_as_usual", "two_years_late"])
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_every_book_holds_for_every_plan_and_scenario(opened, plan, scenario, book):
    assert answer(opened(PAGE, plan=plan, scenario=scenario, book=book))


@pytest.mark.parametrize("book", BOOKS)
def test_empty_and_hostile_plans_are_shown(opened, empty_plan, hostile_plan, book):
    assert "Planen har inga åtgärder än" in text(opened(PAGE, plan=empty_plan, book=book))
    assert "<img" not in said(opened(PAGE, plan=hostile_plan, book=book))


def test_it_is_said_in_english_too(opened):
    app = opened(PAGE, plan=EXAMPLE, lang="en")
    assert answer(app).startswith("Operating cost rises by")
    assert "How the figures of 2030 are reckoned" in text(app)


def test_no_year_is_the_most_where_all_are_alike(opened):
    assert "Lika mycket varje år 2026–2030: 2,4 mnkr om året" in text(opened(PAGE, plan=PUBLISHED))
