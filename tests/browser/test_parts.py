"""The shared parts and charts in a browser: literal, clickable, accessible, never too wide."""

import re
from pathlib import Path

import pytest

from tests.browser.browsing import (
    HOSTILE,
    hindrances,
    open_page,
    running,
    settled,
)

SPECIMENS = Path(__file__).parent / "specimens.py"
PARTS = (
    "h1.answer",
    "dl.figures",
    '[data-testid="stMarkdown"]',
    ".chart-subtitle",
    ".chart-source",
    ".table",
    ".findings",
    ".empty",
    "[role=alert]",
    '[data-testid="stButton"] button',
)


@pytest.fixture(scope="module")
def specimens(tmp_path_factory):
    with running(SPECIMENS, tmp_path_factory.mktemp("specimens") / "s.duckdb") as address:
        yield f"{address}/?plan=exempelkommunen"


@pytest.fixture
def page(new_page, specimens):
    page = new_page()
    open_page(page, specimens)
    return page


def test_every_part_is_accessible_and_fits_its_width(page):
    assert hindrances(page) == []


def test_what_a_person_typed_is_shown_as_typed_by_every_part(page):
    for part in PARTS:
        found = page.locator(part).first
        assert HOSTILE in " ".join(found.inner_text().split()), part
        assert found.locator("img").count() == 0, part


def test_no_markup_became_an_element_and_nothing_ran(page):
    assert page.locator('img[src="x"], img[src*="127.0.0.1:9"], .katex').count() == 0


def test_charts_write_names_as_typed(page):
    texts = page.evaluate(
        "[...document.querySelectorAll('.main-svg text')].map(text => text.textContent)"
    )
    assert HOSTILE in texts
    assert any(text.startswith("<img src=x onerror=alert(1)>") and "…" in text for text in texts)


def test_every_chart_has_a_name_for_who_cannot_see_it(page):
    names = page.evaluate(
        """[...document.querySelectorAll('[data-testid="stPlotlyChart"]')].map(chart =>
            chart.getAttribute('aria-label')
            || chart.querySelector('[aria-label]')?.getAttribute('aria-label'))"""
    )
    assert len(names) == 6
    assert all(name and HOSTILE in name for name in names)


def test_a_click_on_a_bar_opens_it_and_the_list_says_which(page):
    bar = page.locator(".st-key-years .trace.bars .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("document.body.innerText.includes(\"picked ('2026', 'paid')\")")
    settled(page)
    assert page.locator(".st-key-years-list input").input_value() == "2026"


def test_the_list_opens_a_whole_year_without_a_mouse(page):
    page.locator(".st-key-years-list input").focus()
    page.keyboard.type("2028")
    page.keyboard.press("Enter")
    page.wait_for_function("document.body.innerText.includes(\"picked ('2028', '')\")")


def test_a_toggle_is_written_into_the_address_and_back(page):
    page.locator(".st-key-delay input").focus()
    for _press in range(2):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("delay=2"))
    settled(page)
    page.locator(".st-key-delay input").focus()
    page.keyboard.press("Home")
    page.wait_for_url(lambda url: "delay" not in url)


def test_a_fault_is_a_sentence_with_a_reference_and_no_traceback(page):
    alert = page.locator("[role=alert]").last.inner_text()
    assert re.search(r"Något gick fel här och inget sparades\..* under [0-9a-f]{6}\.", alert)
    assert "ZeroDivisionError" not in page.locator("body").inner_text()
    assert page.locator('[data-testid="stException"]').count() == 0


def test_a_download_is_made_when_it_is_asked_for(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ned").first.click()
    assert Path(download.value.path()).read_bytes() == b"kronor"
