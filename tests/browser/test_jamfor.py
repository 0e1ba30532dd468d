"""Scenarios compared in a browser, by keys alone."""

from tests.browser.browsing import open_page, run_anew
from tests.browser.keyboard import focus, skip_to_the_answer, tab_to
from tests.browser.test_scenarier import query

PLAN = "plan=exempelkommunen"


def test_with_keys_alone_scenarios_are_chosen_taken_away_and_compared(app, page):
    open_page(page, f"{app}/jamfor?{PLAN}&compare=costs_plus_30")
    skip_to_the_answer(page)
    tab_to(page, "Scenarier att visa bredvid")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Två år")
    page.get_by_role("option", name="Två år senare").wait_for()
    page.keyboard.press("ArrowDown")
    with run_anew(page):
        page.keyboard.press("Enter")
    assert query(page)["compare"] == ["costs_plus_30,two_years_late"]
    assert focus(page).startswith("Scenarier att visa bredvid")
    page.keyboard.press("Escape")
    assert "Två år senare" in page.locator(".table").last.inner_text()
    tab_to(page, "Kostnader +30", "Shift+Tab")
    with run_anew(page):
        page.keyboard.press("Delete")
    assert query(page)["compare"] == ["two_years_late"]
    assert focus(page).startswith("Två år senare")
    tab_to(page, "Vad som saknas")
    page.keyboard.press("ArrowRight")
    with run_anew(page):
        page.keyboard.press("Space")
    assert query(page)["steps"] == ["tonnes"]
    assert focus(page).startswith("Ton")
    tab_to(page, "Excel")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.endswith(".xlsx")
