"""Emissions from purchases and the climate budget in a browser: a file in, and both pages fit."""

from tests.browser.browsing import hindrances, open_page, pick, settled
from tests.intake.sheets import xlsx

PLAN = "plan=exempelkommunen"


def test_a_ledger_is_read_in_and_a_department_set_against_its_budget(app, page):
    open_page(page, f"{app}/inkopsutslapp?{PLAN}")
    rows = [("Förvaltning", "Kategori", "År", "Belopp"), ("Kulturnämnden", "Resor", 2022, 100)]
    page.locator("input[type=file]").first.set_input_files(
        {
            "name": "inköp.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": xlsx(("Blad", rows)),
        }
    )
    page.get_by_text("1 inköpsrad är läst").wait_for()
    settled(page)
    assert hindrances(page) == []
    open_page(page, f"{app}/klimatbudget?{PLAN}&reading=planned")
    pick(page.get_by_role("combobox", name="Nämnd eller bolag"), "Exempel Energi AB")
    page.wait_for_url("**department=exempel*")
    settled(page)
    assert "av de 4" in page.locator("h1.answer").inner_text()
    assert hindrances(page) == []
