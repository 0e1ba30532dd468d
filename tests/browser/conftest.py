"""The real app in a real Chromium. Skipped without one, except in CI, where that is a failure."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.browsing import ROOT, WIDTHS, leaves_the_machine, running

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            # A browser may miss a key or a frame on a loaded machine; a fault fails every time.
            item.add_marker(pytest.mark.flaky(reruns=2))
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="there is no chromium on the path"))


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The address of an app shared by a module's tests."""
    with running(ROOT / "app.py", tmp_path_factory.mktemp("app") / "app.duckdb") as address:
        yield address


@pytest.fixture
def cold_app(tmp_path):
    """The address of an app that has just started and that nobody has visited."""
    with running(ROOT / "app.py", tmp_path / "cold.duckdb") as address:
        yield address


@pytest.fixture
def new_page(browser):
    """Open pages of a width (``desk`` or ``phone``). Nothing they do may leave this machine,
    and no script on them may open a dialog.
    """
    contexts, left, dialogs = [], [], []

    def open_at(width: str = "desk"):
        context = browser.new_context(locale="sv-SE", viewport=WIDTHS[width])
        context.on("request", lambda request: leaves_the_machine(request) and left.append(request))
        context.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        contexts.append(context)
        return context.new_page()

    yield open_at
    for context in contexts:
        context.close()
    assert [request.url for request in left] == []
    assert dialogs == []


@pytest.fixture
def page(new_page):
    """A page at a desk."""
    return new_page()
