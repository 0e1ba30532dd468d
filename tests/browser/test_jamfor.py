"""Scenarios compared in a browser."""

from tests.browser.browsing import open_page, settled
from tests.browser.test_scenarier import query

PLAN = "plan=exempelkommunen"


def test_scenarios_are_chosen_to_stand_beside(app, page):
    open_page(page, f"{app}/jamfor?{PLAN}&compare=costs_plus_30")
    beside = page.locator(".st-key-compare input")
    beside.click()
    beside.fill("Två år")
    page.get_by_role("option", name="Två år senare").click()
    page.wait_for_url("**two_years_late*")
    settled(page)
    assert query(page)["compare"] == ["costs_plus_30,two_years_late"]
    table = page.locator(".table").last
    assert "Två år senare" in table.inner_text()
