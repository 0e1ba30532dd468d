"""Reports in a browser: a document is taken along, and checked by the same page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.browsing import ACCESSIBILITY, open_page, scrolls_sideways, settled
from tests.browser.keyboard import focused, skip_to_the_answer, tab_to

PLAN = "plan=exempelkommunen"


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_page_is_accessible_and_fits(app, new_page, width):
    page = new_page(width)
    open_page(page, f"{app}/rapporter?{PLAN}")
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)


def test_with_keys_alone_reports_are_taken_along_and_one_is_checked(app, page, tmp_path):
    open_page(page, f"{app}/rapporter?{PLAN}")
    skip_to_the_answer(page)
    made = {"Worddokument": ".docx", "Bildspel": ".pptx", "Excel med formler": ".xlsx"}
    for label, suffix in made.items():
        tab_to(page, label)
        with page.expect_download() as taken:
            page.keyboard.press("Enter")
        path = tmp_path / taken.value.suggested_filename
        taken.value.save_as(path)
        assert path.suffix == suffix
        focused(page, label)
    settled(page)
    tab_to(page, "Välj en fil: Rapport att kontrollera")
    chosen = []

    def asked(chooser):
        chosen.append(chooser)

    page.on("filechooser", asked)
    for _attempt in range(5):  # again where nothing has come: the button may just be drawn anew
        page.keyboard.press("Enter")
        page.wait_for_timeout(1_000)
        if chosen:
            break
    chosen[0].set_files(path)
    page.get_by_text("Oförändrade siffror ur exempelkommunen").wait_for()
    page.wait_for_function("document.activeElement.closest('.st-key-report-to-check')")
