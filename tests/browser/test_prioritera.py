"""Prioritera in a browser, by keys alone: a goal is typed, and the choice opens as a scenario."""

from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.browsing import (
    ACCESSIBILITY,
    open_page,
    run_anew,
    scrolls_sideways,
    settled,
)
from tests.browser.keyboard import focus, focused, skip_to_the_answer, tab_to

PLAN = "plan=exempelkommunen"
# A link that holds conditions opens the part where they stand.
LIMITS = (
    "&yearly=60&seeking=klimatklivet&capacity=department:Tekniska nämnden@each=30"
    "&earliest=ex-07=2028&show=curve"
)


def test_with_keys_alone_a_goal_is_typed_a_search_cancelled_and_the_choice_opened(app, page):
    open_page(page, f"{app}/prioritera?{PLAN}&worlds=500")
    skip_to_the_answer(page)
    heading = page.locator("h1.answer")
    tab_to(page, "Målet")
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert focus(page) == "Målet"
    tab_to(page, "Egna pengar totalt, mnkr")
    page.keyboard.press("Control+a")
    page.keyboard.type("154,5")
    with run_anew(page):
        page.keyboard.press("Enter")
    heading.filter(has_text="154,5").wait_for()
    assert "ger 6" in heading.inner_text()
    assert focus(page) == "Egna pengar totalt, mnkr"

    # A long search is cancelled by the button just before the one that began it, or by Escape.
    tab_to(page, "Bästa valet", "Shift+Tab")
    page.keyboard.press("ArrowRight")
    with run_anew(page):
        page.keyboard.press("Space")
    cancel = page.get_by_role("button", name="Avbryt (Esc)")
    for keys in (("Shift+Tab", "Enter"), ("Escape",)):
        tab_to(page, "Dra 500 utfall")
        page.keyboard.press("Enter")
        cancel.wait_for()
        for key in keys:
            page.keyboard.press(key)
        cancel.wait_for(state="detached")
        page.get_by_role("button", name="Dra 500 utfall").wait_for()
        settled(page)
        page.wait_for_function("document.activeElement !== document.body")
    tab_to(page, "Robust val", "Shift+Tab")
    page.keyboard.press("ArrowLeft")
    with run_anew(page):
        page.keyboard.press("Space")
    tab_to(page, "Se valet som ett scenario")
    with run_anew(page):
        page.keyboard.press("Enter")
    page.wait_for_url("**/scenarier?*")
    query = parse_qs(urlsplit(page.url).query)
    assert query["off"] == ["@id:ex-01,ex-08,ex-14,ex-16"]
    assert "Planen, ändrad" in heading.inner_text()
    focused(page, "Planen, ändrad")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_choice_is_accessible_and_fits(app, new_page, width):
    page = new_page(width)
    open_page(page, f"{app}/prioritera?{PLAN}&reading=expected{LIMITS}")
    page.locator(".main-svg").first.wait_for()
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)
