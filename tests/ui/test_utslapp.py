"""Emissions: what is missing to a target, how that changes with what is chosen, and the way in."""

import pytest

from model import commands, records
from model.emission_rows import BusinessAsUsual, EmissionBudget
from model.reference import plan_documents, reference
from model.results import results
from model.rows import PlanDocument
from tests.intake.sheets import xlsx
from tests.intake.test_ned import download, rows
from tests.ui.conftest import made, said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"
ADDRESS = "klimatmal"


@pytest.fixture
def bare_plan(request) -> str:
    """A plan for no municipality with nothing in it, one for each test: they write into it."""
    head = plan_documents()[0].plan
    key = "bar-" + str(abs(hash(request.node.name)))[:8]
    changes = {"id": key, "name": "Bar plan", "municipality": "", "note": "", "source": ""}
    return made(PlanDocument(plan=head.model_copy(update=changes)))


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def answer(app) -> str:
    return text(app).split('<h1 class="answer">')[1].split("</h1>")[0]


@pytest.mark.parametrize("scenario", sorted(reference().scenarios))
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_the_page_holds_for_every_plan_and_scenario(opened, plan, scenario):
    assert "fattas till målet 203" in answer(opened(ADDRESS, plan=plan, scenario=scenario))


def test_the_answer_is_what_is_missing_to_the_nearest_target(opened):
    app = opened(ADDRESS, plan=EXAMPLE)
    assert answer(app).startswith("47 468 t fattas till målet 2030")
    found = text(app)
    assert "Åtgärderna tar utsläppen från 213 435 t till 182 768 t 2030" in found
    assert "14 till" in found
    assert "3 407 t vardera 2030" in found
    assert "Åtgärderna minskar utsläppen 2030 med" in found
    assert "målet gäller kommunkoncernen och utsläppen något annat" in found


def test_helsingborg_is_so_far_from_its_target_with_the_effects_of_its_own_boundary(opened):
    app = opened(ADDRESS, plan=PUBLISHED)
    assert answer(app).startswith("269 336 t fattas till målet 2030")
    found = text(app)
    # 105 150 t come every year; 12 500 of them are about consumption and stand apart.
    assert "92 650 t" in found
    assert "gäller invånarna, var utsläppen än sker" in found


def test_where_no_measure_counts_nothing_says_that_all_do(opened):
    page = text(opened(ADDRESS, plan=EXAMPLE, scenario="business_as_usual"))
    assert "Alla planens åtgärder räknas" not in page
    assert "Det som fattas kräver åtgärder som minskar de här utsläppen." in page


def test_another_target_is_looked_at_by_its_place_in_the_address(opened):
    assert "fattas till målet 2040" in answer(opened(ADDRESS, plan=EXAMPLE, target="1"))


def test_only_what_has_come_far_enough_counts(opened):
    app = opened(ADDRESS, plan=EXAMPLE, stage="procured")
    assert answer(app).startswith("74 345 t fattas")
    assert "räcker inte tillsammans" in text(app)


def test_emissions_go_on_as_now_when_that_is_chosen(opened):
    app = opened(ADDRESS, plan=EXAMPLE, usual="level")
    assert "Utan planen 2030" in text(app)
    assert "225 900 t till 195 233 t 2030" in text(app)


@pytest.mark.parametrize("by", ["sector", "readiness", "id"])
def test_wedges_are_told_by_sector_readiness_or_measure(opened, by):
    found = text(opened(ADDRESS, plan=EXAMPLE, by=by))
    expected = {"sector": "− Industri", "readiness": "− Utredning", "id": "− Övriga åtgärder"}
    assert expected[by] in found


def test_fossil_co2_is_another_series_with_its_own_effects(opened):
    app = opened(ADDRESS, plan=EXAMPLE, of="fossil_co2-territorial")
    assert "inget mål går att jämföra med" in answer(app)
    assert "Fossil CO2, kommunen som område, t fossil CO2 per år" in text(app)


def test_an_address_that_says_nothing_known_shows_the_usual(opened):
    usual = answer(opened(ADDRESS, plan=EXAMPLE))
    odd = {"target": "99x", "stage": "nej", "usual": "ja", "by": "färg", "of": "metan-rymden"}
    assert answer(opened(ADDRESS, plan=EXAMPLE, **odd)) == usual


def test_the_carbon_budget_stands_by_four_methods_with_the_year_when_it_is_gone(opened):
    found = text(opened(ADDRESS, plan=EXAMPLE))
    table = found.split("Vad budgeten rymmer med varje metod")[-1].split("</table>")[0]
    assert table.count("<tr") == 5
    out = found.split("När budgeten tar slut")[-1].split("</table>")[0]
    assert "Utan planen" in out
    assert "Två år senare" in out


def test_a_budget_without_emissions_of_its_gas_says_what_to_read_in(opened, bare_plan):
    version = results(bare_plan).base.version
    budget = EmissionBudget(remaining=1000, from_year=2025, first_year_emission=100)
    commands.save_list(bare_plan, "emission_budgets", (budget,), version, "provaren")
    found = text(opened(ADDRESS, plan=bare_plan))
    assert "Läs in databasens fil för den gasen" in found


def test_a_plan_without_emissions_asks_for_the_databases_file(opened, bare_plan):
    app = opened(ADDRESS, plan=bare_plan)
    assert answer(app) == "Planen har inga utsläpp att räkna från ännu"
    assert "Läs in nationella emissionsdatabasens fil nedan" in text(app)


def test_a_plan_whose_emissions_follow_a_series_that_it_lacks_has_a_page(opened):
    document = next(each for each in plan_documents() if each.plan.id == EXAMPLE)
    row = BusinessAsUsual(method="driver", series="Finns inte")
    changes = {"plan": document.plan.model_copy(update={"id": "utan-serie"})}
    changes |= {"business_as_usual": (row,), "emission_series": ()}
    app = opened(ADDRESS, plan=made(document.model_copy(update=changes)))
    assert "serien räcker inte hela vägen" in text(app)


def test_the_databases_file_is_read_shown_and_saved(opened, bare_plan):
    app = opened(ADDRESS, plan=bare_plan)
    app.text_input(key="ned-of").set_value("Umeå").run()
    app.file_uploader[0].upload("GGT.xlsx", xlsx(("Emissioner", download(rows())))).run()
    assert "Växthusgaser (CO2e), Umeå, 1990–2024: 27 uppgifter är nya" in text(app)
    app.button(key="save-ned").click().run()
    assert not app.exception
    document, _version = records.document(bare_plan)
    assert len(document.baseline) == 27
    assert "återstår" in answer(app)


def test_a_file_that_is_something_else_says_what_was_expected(opened, bare_plan):
    app = opened(ADDRESS, plan=bare_plan)
    app.text_input(key="ned-of").set_value("Umeå").run()
    app.file_uploader[0].upload("b.xlsx", xlsx(("Budget", [("Projekt", 2026), ("Skola", 5)]))).run()
    shown = text(app) + " ".join(each.value for each in (*app.error, *app.warning))
    assert "Huvudsektor, Undersektor, Län och Kommun" in shown
    assert not [button for button in app.button if button.key == "save-ned"]


def test_an_example_is_not_compared_with_a_real_city(opened):
    chosen = text(opened(ADDRESS, plan=EXAMPLE, city="2480"))
    assert "Planens ton jämförs inte: planen gäller inte Umeå." in chosen
    assert "målet gäller staden inom kommunen" in chosen


def test_everything_is_said_in_english_too(opened):
    app = opened(ADDRESS, plan=EXAMPLE, lang="en")
    assert answer(app).startswith("47,468 t are missing to the target for 2030")


def test_what_people_type_is_shown_as_typed(opened, hostile_plan):
    assert "<img" not in said(opened(ADDRESS, plan=hostile_plan, by="id"))
