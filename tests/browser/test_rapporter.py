"""Reports in a browser: a document is taken along, and checked by the same page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.browsing import ACCESSIBILITY, open_page, scrolls_sideways

PLAN = "plan=exempelkommunen"


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_page_is_accessible_and_fits(app, new_page, width):
    page = new_page(width)
    open_page(page, f"{app}/rapporter?{PLAN}")
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)


def test_a_document_is_taken_along_and_its_seal_checked(app, page, tmp_path):
    open_page(page, f"{app}/rapporter?{PLAN}")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Worddokument").click()
    path = tmp_path / taken.value.suggested_filename
    taken.value.save_as(path)
    assert path.name.endswith(".docx")
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_text("Oförändrade siffror ur exempelkommunen").wait_for()
