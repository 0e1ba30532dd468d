"""Benefits, green bonds, climate targets and method: what they say of plans and of the data."""

import pytest

from model.reference import reference
from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"
ADDRESSES = (
    "finansieringsanalys",
    "andra-aktorer",
    "nyttor",
    "lonsamhet",
    "grona-obligationer",
    "klimatmal",
    "metod",
)


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("scenario", ["plan", "business_as_usual", "two_years_late"])
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_every_page_holds_for_every_plan_and_scenario(opened, address, plan, scenario):
    assert '<h1 class="answer">' in said(opened(address, plan=plan, scenario=scenario))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_holds_for_an_empty_plan(opened, empty_plan, address):
    assert '<h1 class="answer">' in said(opened(address, plan=empty_plan))


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_people_type_is_shown_as_typed(opened, hostile_plan, address):
    assert "<img" not in said(opened(address, plan=hostile_plan))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_everything_is_said_in_english_too(opened, address, plan):
    app = opened(address, plan=plan, lang="en", city="2480")
    heading = said(app).split('<h1 class="answer">')[1].split("</h1>")[0]
    assert not {"och", "är", "av", "åtgärder"} & set(heading.split())


def test_the_pool_is_a_screening_and_says_what_is_not_in_it(opened):
    said_ = text(opened("grona-obligationer", plan=EXAMPLE))
    assert "236,0 mnkr av kommunkoncernens planerade utgifter kan prövas som gröna" in said_
    assert "Screening, inte godkänt" in said_
    assert "20,0 mnkr hos andra aktörer i gröna kategorier" in said_


def test_a_category_opens_to_its_measures(opened):
    app = opened("grona-obligationer", plan=EXAMPLE)
    app.selectbox(key="green-list").set_value("energy_efficiency").run()
    assert "Spillvärme från industrin till fjärrvärmenätet" in text(app)
    assert "90 %" in text(app)


def test_a_framework_without_a_category_says_which(opened):
    said_ = text(opened("grona-obligationer", plan=PUBLISHED))
    assert "Har kategorier för 1,1 miljarder av underlaget; ingen för Kollagring" in said_


def test_the_city_is_chosen_into_the_address(opened, followed):
    app = opened("klimatmal", plan=EXAMPLE)
    app.selectbox(key="city").set_value("2284").run()
    assert app.query_params["city"] == "2284"
    assert "1 108 880 t kvar att släppa ut från 2025: 19,8 % mindre varje år" in text(
        followed("klimatmal", app)
    )


def test_every_assumption_is_on_the_page_with_its_source(opened):
    app = opened("metod", plan=PUBLISHED)
    found = text(app)
    missing = [a.name for a in reference().assumptions.values() if a.name not in found]
    assert missing == []
    assert f"{len(reference().assumptions)} antaganden ligger bakom siffrorna" in found


def test_assumptions_are_searched_for(opened):
    app = opened("metod", plan=PUBLISHED, search="reduktionsplikt diesel")
    assert "3 antaganden funna" in text(app)
    app.text_input(key="said-search").set_value("ingenstans nämnt").run()
    assert app.query_params["search"] == "ingenstans nämnt"
    assert "Inget antagande innehåller de orden." in [caption.value for caption in app.caption]


def test_the_worked_example_is_computed_and_shown(opened):
    said_ = text(opened("metod"))
    assert "Ett bidrag på 150 som kommer före arbetets andra hälft betalar 50 av den" in said_


def test_the_plans_own_rule_is_shown_for_that_plan_only(opened):
    rule = "Fördelning på år i planen för Helsingborg"
    before_the_list = 'id="assumptions"'
    assert rule in text(opened("metod", plan=PUBLISHED)).split(before_the_list)[0]
    assert rule not in text(opened("metod", plan=EXAMPLE)).split(before_the_list)[0]


def test_every_source_of_money_is_listed_with_its_rules(opened):
    found = text(opened("metod"))
    assert all(entry.name in found for entry in reference().funding.values())
    assert "7 §: Inte till åtgärder som har påbörjats före beslutet." in found
