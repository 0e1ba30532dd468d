"""Uncertainty in a browser: an amount is typed, and the answer follows."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.browsing import ACCESSIBILITY, open_page, scrolls_sideways, settled

PLAN = "plan=exempelkommunen&reading=expected"


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_page_is_accessible_and_fits(app, new_page, width):
    page = new_page(width)
    open_page(page, f"{app}/osakerhet?{PLAN}")
    page.locator(".st-key-tornado .main-svg").first.wait_for()
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)


def test_an_amount_is_typed_and_its_probability_is_told_and_linked(app, page):
    open_page(page, f"{app}/osakerhet?{PLAN}")
    field = page.get_by_label("Sannolikhet att gapet är högst, mnkr")
    field.fill("200")
    field.press("Enter")
    page.wait_for_url("**under=200*")
    settled(page)
    figures = page.locator("dl.figures").first.inner_text().replace("\xa0", " ")
    assert "Sannolikhet att gapet är högst 200,0 mnkr" in figures
    assert "100 %" in figures
