"""The Chromium that measurements are made in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ARGUMENTS


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, closed afterwards. RuntimeError when no chromium is on the path."""
    found = shutil.which("chromium")
    if found is None:
        raise RuntimeError("no chromium on the path: install it to measure the screen")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
