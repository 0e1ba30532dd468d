"""Emissions from purchases and the climate budget on screen: answers, files, empty states."""

import pytest

from model import commands, records
from tests.intake.sheets import xlsx
from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"
PAGES = ("inkopsutslapp", "klimatbudget")


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_the_pages_hold_for_every_plan_and_say_everything_in_english_too(opened, address, plan):
    assert '<h1 class="answer">' in said(opened(address, plan=plan, scenario="two_years_late"))
    english = said(opened(address, plan=plan, lang="en"))
    heading = english.split('<h1 class="answer">')[1].split("</h1>")[0]
    assert not {"och", "av", "är", "inköp"} & set(heading.split())


@pytest.mark.parametrize("address", PAGES)
def test_what_people_type_is_shown_as_typed(opened, hostile_plan, address):
    assert "<img" not in said(opened(address, plan=hostile_plan))


def test_the_answer_says_whose_purchases_emit_the_most_and_on_how_much_it_rests(opened):
    page = text(opened("inkopsutslapp", plan=EXAMPLE))
    assert "Inköpen gav 24 057 t CO2e 2022, och Tekniska nämnden står för 59 %" in page
    assert "räknat på 81 % av inköpen" in page
    assert "115,0 mnkr är okänt" in page
    assert "exempel" in page.split("</h1>")[0]
    missing = page.split("Inte räknat, det största först, mnkr")[-1].split("</table>")[0]
    assert missing.index("IT-tjänster") < missing.index("Konsulter")
    assert "Krediteringar på 1,5 mnkr är avdragna" in page
    assert "Inköpen är utan moms" in page


def test_a_year_and_categories_are_toggles(opened):
    page = text(opened("inkopsutslapp", plan=EXAMPLE, year="2020", chart="category"))
    assert "Inköpen gav 23 564 t CO2e 2020" in page
    assert "Entreprenader och anläggning släpper ut mest" in page


def test_a_department_is_set_against_its_budget_until_2030(opened):
    page = text(opened("inkopsutslapp", plan=EXAMPLE, chart="path", department="tekniska nämnden"))
    assert "Tekniska nämnden: 17 621 t 2030 om inget görs" in page
    assert "Utsläppsbudget: 50 % mindre 2030 än 2022; 7 152 t 2030." in page
    assert "1 åtgärd har ton med en annan avgränsning" in page
    none = opened("inkopsutslapp", plan=EXAMPLE, chart="path", department="kommunstyrelsen")
    assert "har ingen utsläppsbudget" in text(none)


def test_every_factor_stands_with_its_price_year_index_and_source(opened):
    page = text(opened("inkopsutslapp", plan=EXAMPLE))
    factors = page.split("Faktorer: inköp × prisindex × kg per krona = utsläpp")[-1]
    row = factors.split("40–41")[3].split("</tr>")[0]  # the third of the years
    for cell in ("2022", "0,050", "2021", "0,923", "230,0", "10 612 t", "Påhittat exempel"):
        assert f">{cell}<" in row


def test_a_plan_without_purchases_says_which_file_to_give(opened, empty_plan):
    page = text(opened("inkopsutslapp", plan=empty_plan))
    assert "Inga inköp är inlästa, så vad de släpper ut är okänt" in page
    assert "förvaltning, konto eller kategori, år eller datum, belopp" in page


def test_a_ledger_and_factors_are_shown_and_saved_each_by_one_command(opened, empty_plan):
    app = opened("inkopsutslapp", plan=empty_plan)
    rows = [("Förvaltning", "Kategori", "År", "Belopp exkl moms"), ("Tekniska", "El", 2022, 1000)]
    app.file_uploader[0].upload("inköp.xlsx", xlsx(("Blad", rows))).run()
    assert "1 inköpsrad är läst" in text(app)
    assert records.document(empty_plan)[0].spend == ()
    _, version = records.document(empty_plan)
    app.button(key="save-spend").click().run()
    assert not app.exception
    document, after = records.document(empty_plan)
    assert after == version + 1
    assert [(row.department, row.amount) for row in document.spend] == [("Tekniska", 1000)]
    assert "ingen faktor säger vad de släpper ut" in text(app)
    factors = "Kategori;kg CO2e per krona;Prisår;Gas;Avgränsning;Källa\r\n"
    content = (factors + "El;0,5;2022;CO2e;konsumtion;Påhittad\r\n").encode()
    app.file_uploader[1].upload("faktorer.csv", content).run()
    assert "1 faktor är läst" in text(app)
    app.button(key="save-intensities").click().run()
    assert "Inköpen gav 0,5 t CO2e 2022, och Tekniska står för 100 %" in text(app)
    commands.save_list(empty_plan, "spend", (), after + 1, "test")
    commands.save_list(empty_plan, "intensities", (), after + 2, "test")


def test_of_a_bad_file_nothing_is_saved(opened, empty_plan):
    app = opened("inkopsutslapp", plan=empty_plan)
    before = records.document(empty_plan)
    rows = [("Förvaltning", "Kategori", "År", "Belopp"), ("Tekniska", "El", "i fjol", 1000)]
    app.file_uploader[0].upload("fel.xlsx", xlsx(("Blad", rows))).run()
    page = text(app)
    assert "fel.xlsx!Blad!C2" in page
    assert "Inget sparas förrän filen är rättad" in page
    assert not [button for button in app.button if button.key == "save-spend"]
    content = b"Kategori;kg CO2e per krona;Prisar\r\nEl;50;2022\r\n"
    app.file_uploader[1].upload("faktorer.csv", content).run()
    assert "saknar kolumnerna" in text(app)
    assert records.document(empty_plan) == before


def test_factors_in_grams_are_refused_when_they_are_saved(opened, empty_plan):
    app = opened("inkopsutslapp", plan=empty_plan)
    before = records.document(empty_plan)
    factors = "Kategori;kg CO2e per krona;Prisår;Gas;Avgränsning;Källa\r\n"
    content = (factors + "El;50;2022;CO2e;konsumtion;Påhittad\r\n").encode()
    app.file_uploader[1].upload("faktorer.csv", content).run()
    app.button(key="save-intensities").click().run()
    assert "50 kg per krona för El kan inte stämma" in text(app)
    assert records.document(empty_plan) == before


def test_the_climate_budget_says_what_decided_measures_with_money_take_away(opened):
    secured = text(opened("klimatbudget", plan=EXAMPLE))
    assert "tar bort 210 t av de 6 090 t som ska bort till 2030" in secured
    planned = text(opened("klimatbudget", plan=EXAMPLE, reading="planned"))
    assert "tar bort 2 210 t av de 6 090 t" in planned
    assert "Förvaltningar och bolag med åtgärder men utan budget: Exempel Vatten AB" in planned
    assert "Exempel Energi AB gör 1 000 t mer än sin bana 2030; det räknas inte" in planned
    row = planned.split(">Fastighetsnämnden<")[1].split("</tr>")[0]
    for cell in ("1 100 t", "330 t", "770 t", "210 t", "150 t", "410 t"):
        assert f">{cell}<" in row
    # Its only measure states no tonnes: not known, and not zero.
    board = planned.split(">Kommunstyrelsen<")[1].split("</tr>")[0]
    assert ">okänt<" in board


def test_the_climate_budget_by_purchases_follows_their_trend_when_asked(opened):
    asked = {"plan": EXAMPLE, "series": "co2e-consumption"}
    still = text(opened("klimatbudget", **asked))
    assert "av de 9 606 t som ska bort till 2030" in still
    trend = text(opened("klimatbudget", **asked, trend="1"))
    assert "av de 11 931 t som ska bort till 2030" in trend
    assert "följer utsläppen inköpens trend" in trend


def test_a_plan_without_budgets_says_what_to_enter(opened, empty_plan):
    page = text(opened("klimatbudget", plan=empty_plan))
    assert "Ingen förvaltning har en utsläppsbudget" in page
    assert "basår, målår och minskning" in page


def test_one_department_is_looked_at_alone(opened):
    page = text(
        opened("klimatbudget", plan=EXAMPLE, reading="planned", department="exempel energi ab")
    )
    assert "tar bort 2 000 t av de 4 500 t" in page
    assert "Laddplatser för tunga fordon" in page


@pytest.mark.parametrize("series", ["", "co2e-consumption"])
def test_where_no_measure_takes_anything_away_that_is_said_in_words(opened, series):
    asked = {"series": series} if series else {}
    page = text(opened("klimatbudget", plan=EXAMPLE, scenario="business_as_usual", **asked))
    assert "Beslutade åtgärder med pengar tar inte bort något av de" in page
