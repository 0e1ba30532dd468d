"""A workshop in a browser: walked through with keys, and usable by all in both themes."""

from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe

from tests.browser.browsing import (
    ACCESSIBILITY,
    WIDTHS,
    open_page,
    run_anew,
    scrolls_sideways,
    settled,
)

PLAN = "plan=exempelkommunen"
PROJECTOR = {"width": 1920, "height": 1080}


def asked(page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def press(page, key: str) -> None:
    with run_anew(page):
        page.keyboard.press(key)


def test_a_workshop_is_begun_walked_with_keys_toggled_hidden_reloaded_and_left(app, page):
    page.set_viewport_size(PROJECTOR)
    open_page(page, f"{app}/workshop?{PLAN}")
    with run_anew(page):
        page.get_by_role("button", name="Starta visningen").click()
    heading, status = page.locator("h1.answer"), page.locator(".looked-at")
    assert "behöver investera 322,0" in heading.inner_text().replace("\xa0", " ")
    assert page.locator(".st-key-masthead").count() == 0
    press(page, "ArrowRight")
    press(page, "PageDown")
    assert "Två år senare" in status.inner_text()
    assert "3 av 5" in status.inner_text()
    with run_anew(page):
        page.get_by_text("Alla åtgärder 30 % dyrare").click()
    assert asked(page)["cost"] == ["30"]
    press(page, "h")
    assert heading.inner_text().startswith("Två år senare, ändrat: •••")
    drawn = page.locator(".main-svg text").all_text_contents()
    assert not any("342" in text for text in drawn)
    page.reload()
    settled(page)
    assert heading.inner_text().startswith("Två år senare, ändrat: •••")
    assert "3 av 5" in status.inner_text()
    press(page, "r")
    assert "cost" not in asked(page)
    press(page, "h")
    assert "254,0" in heading.inner_text()
    with page.expect_download() as found:
        page.keyboard.press("s")
    assert found.value.suggested_filename.endswith(".png")
    size = heading.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 40
    press(page, "Escape")
    assert "show" not in asked(page)
    assert page.locator(".st-key-masthead").count() == 1


def test_the_stage_and_the_desk_are_accessible_and_fit_in_both_themes(app, page):
    found = []
    for theme in ("", "&theme=contrast"):
        for address in ("&show=1&step=3&scenario=two_years_late&notes=1", ""):
            open_page(page, f"{app}/workshop?{PLAN}{address}{theme}")
            for width in (WIDTHS["desk"], WIDTHS["phone"]):
                page.set_viewport_size(width)
                settled(page)
                found += Axe().run(page, options=ACCESSIBILITY).response["violations"]
                assert not scrolls_sideways(page)
    assert found == []
