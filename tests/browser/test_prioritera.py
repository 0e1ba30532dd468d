"""Prioritera in a browser: a goal is typed, and the choice opens as a scenario."""

from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.browsing import ACCESSIBILITY, open_page, run_anew, scrolls_sideways

PLAN = "plan=exempelkommunen"
# A link that holds conditions opens the part where they stand.
LIMITS = (
    "&yearly=60&seeking=klimatklivet&capacity=department:Tekniska nämnden@each=30"
    "&earliest=ex-07=2028&show=curve"
)


def test_a_goal_is_typed_and_its_choice_opens_as_a_scenario(app, page):
    open_page(page, f"{app}/prioritera?{PLAN}")
    field = page.get_by_role("textbox", name="Egna pengar totalt, mnkr")
    field.fill("154,5")
    with run_anew(page):
        field.press("Enter")
    heading = page.locator("h1.answer")
    heading.filter(has_text="154,5").wait_for()
    assert "ger 6" in heading.inner_text()
    with run_anew(page):
        page.get_by_role("link", name="Se valet som ett scenario, på alla sidor").click()
    page.wait_for_url("**/scenarier?*")
    query = parse_qs(urlsplit(page.url).query)
    assert query["off"] == ["@id:ex-01,ex-08,ex-14,ex-16"]
    assert "Planen, ändrad" in page.locator("h1.answer").inner_text()


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_choice_is_accessible_and_fits(app, new_page, width):
    page = new_page(width)
    open_page(page, f"{app}/prioritera?{PLAN}&reading=expected{LIMITS}")
    page.locator(".main-svg").first.wait_for()
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)
