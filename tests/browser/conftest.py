"""The real app in a real Chromium. Skipped without one, except in CI, where that is a failure."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.browsing import ROOT, WIDTHS, free_port, leaves_the_machine, running, seen_on

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",
]
TABS = 40
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            # A browser may miss a key or a frame on a loaded machine; a fault fails every time.
            item.add_marker(pytest.mark.flaky(reruns=2))
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="there is no chromium on the path"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """What stood on every page that was open when a test failed, in the report of the failure."""
    report = yield
    if report.failed and "browser" in item.funcargs:
        for context in item.funcargs["browser"].contexts:
            for page in context.pages:
                report.sections.append((f"Page {page.url}", seen_on(page)))
    return report


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def windows(browser):
    """The one window that is open, kept from module to module."""
    kept = []
    yield kept
    for window in kept:
        window.close()


@pytest.fixture(scope="module")
def window(browser, windows):
    """A window that stays open. Its tabs share a process, which then knows Streamlit's scripts:
    that halves the time to open a page. What closed tabs leave behind goes with the window, so
    a module that begins after many of them begins with a new one.
    """
    if windows and windows[0].opened > TABS:
        windows.pop().close()
    if not windows:
        window = browser.new_context(locale="sv-SE")
        window.opened = 0
        tab = window.new_page()
        tab.route("**", lambda route: route.fulfill(body=""))
        tab.goto("http://127.0.0.1")
        windows.append(window)
    return windows[0]


@pytest.fixture(scope="session")
def ports() -> tuple[int, int]:
    """Of the shared app and of the cold one: kept, for a window knows its scripts by them."""
    return free_port(), free_port()


@pytest.fixture(scope="module")
def app(tmp_path_factory, ports):
    """The address of an app shared by a module's tests."""
    database = tmp_path_factory.mktemp("app") / "app.duckdb"
    with running(ROOT / "app.py", database, ports[0]) as address:
        yield address


@pytest.fixture
def cold_app(tmp_path, ports):
    """The address of an app that has just started and that nobody has visited."""
    with running(ROOT / "app.py", tmp_path / "cold.duckdb", ports[1]) as address:
        yield address


@pytest.fixture
def new_page(browser, window):
    """Open pages of a width (``desk`` or ``phone``), each of a person of its own. Nothing they do
    may leave this machine, and no script on them may open a dialog.
    """
    people, left, dialogs = [], [], []

    def requested(request):
        if leaves_the_machine(request):
            left.append(request.url)

    def opened(dialog):
        dialogs.append(dialog.message)
        dialog.dismiss()

    def open_at(width: str = "desk"):
        person = browser.new_context(locale="sv-SE") if people else window
        people.append(person)
        person.on("request", requested)
        person.on("dialog", opened)
        page = person.new_page()
        window.opened += person is window
        page.set_viewport_size(WIDTHS[width])
        return page

    yield open_at
    for person in people[1:]:
        person.close()
    for page in window.pages[1:]:
        page.close()
    window.clear_cookies()
    if people:
        window.remove_listener("request", requested)
        window.remove_listener("dialog", opened)
    assert left == []
    assert dialogs == []


@pytest.fixture
def page(new_page):
    """A page at a desk."""
    return new_page()
