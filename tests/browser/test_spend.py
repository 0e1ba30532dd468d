"""Emissions from purchases and the climate budget in a browser: a file in, and both pages fit."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.browsing import ACCESSIBILITY, open_page, pick, scrolls_sideways, settled
from tests.intake.sheets import xlsx

PLAN = "plan=exempelkommunen"


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_ledger_is_read_in_and_a_department_set_against_its_budget(app, new_page, width):
    page = new_page(width)
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
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)
    open_page(page, f"{app}/klimatbudget?{PLAN}&reading=planned")
    pick(page.get_by_role("combobox", name="Nämnd eller bolag"), "Exempel Energi AB")
    page.wait_for_url("**department=exempel*")
    settled(page)
    assert "av de 4" in page.locator("h1.answer").inner_text()
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)
