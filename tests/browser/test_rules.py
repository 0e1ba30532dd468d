"""Grants and rules in a browser: the page fits, and an agency's list is read in and agreed to."""

from tests.browser.browsing import hindrances, open_page, settled
from tests.intake.sheets import xlsx
from tests.intake.test_agency_list import KLIMATKLIVET, row

PLAN = "plan=exempelkommunen"


def test_grants_and_rules_are_accessible_and_fit(app, page):
    open_page(page, f"{app}/bidrag?{PLAN}")
    page.locator(".st-key-rules .main-svg").first.wait_for()
    page.locator("details.entry summary").first.click()
    assert hindrances(page) == []


def test_a_list_from_an_agency_is_read_in_and_its_match_is_agreed_to(app, page):
    open_page(page, f"{app}/bidrag?{PLAN}")
    field = page.get_by_label("Kommun, som listan skriver den")
    field.fill("Exempelkommunen")
    field.press("Enter")
    settled(page)
    here = row(
        "NV-77-1",
        "Exempelkommunen",
        title="Utsortering av plast före förbränning",
        organisation="Exempel Avfall AB",
    )
    content = xlsx(("Beviljade", [KLIMATKLIVET, here, row("NV-2-1", "Umeå")]))
    page.locator("[data-testid=stFileUploader] input").set_input_files(
        {
            "name": "klimatklivet.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": content,
        }
    )
    page.get_by_text("1 bidrag här, 1 nya och 0 ändrade; 1 ligger i andra kommuner").wait_for()
    page.get_by_role("button", name="Spara listan i planen").click()
    match = page.get_by_text("Utsortering av plast före förbränning är Utsortering")
    match.wait_for()
    settled(page)
    match.click()
    settled(page)
    page.get_by_role("button", name="Spara de förkryssade").click()
    page.get_by_text("i 6 bidrag; 4 av dem hör till en åtgärd").wait_for()


def test_a_list_with_a_fault_says_where_and_saves_nothing(app, page):
    open_page(page, f"{app}/bidrag?{PLAN}")
    field = page.get_by_label("Kommun, som listan skriver den")
    field.fill("Exempelkommunen")
    field.press("Enter")
    settled(page)
    content = xlsx(("Blad1", [KLIMATKLIVET, row("NV-9-9", "Exempelkommunen", amount="okänt")]))
    page.locator("[data-testid=stFileUploader] input").set_input_files(
        {"name": "lista.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_text("lista.xlsx!Blad1!F2").wait_for()
    assert page.get_by_text("Inget sparas förrän listan är rättad.").count() == 1
    assert page.get_by_role("button", name="Spara listan i planen").count() == 0
