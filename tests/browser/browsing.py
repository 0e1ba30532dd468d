"""Driving the app in a real Chromium: start it, wait for it, look at it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Locator, Page, Request, TimeoutError, ViewportSize

from ui.frame import GROUPS

ROOT = Path(__file__).parents[2]
WIDTHS = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
# 200 % of what fits a desk, and 400 % (WCAG 1.4.10).
REFLOWED = ({"width": 720, "height": 450}, {"width": 320, "height": 640})
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/) C*2*H*4 =1+1 :red[x] $x$"
ACCESSIBILITY = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],  # describing all that is well takes a third of the time
}
_START = 60
# A run may begin anew (a page that was reached cold does): be sure that it has not.
_STILL = """() => {
    const app = document.querySelector('[data-testid="stApp"]')?.dataset ?? {};
    const still = app.testConnectionState === 'CONNECTED' && app.testScriptState === 'notRunning'
        && document.querySelector('.brand') && !document.querySelector('[data-testid="stSkeleton"]')
        && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
            .every(chart => chart.querySelector('.main-svg'));
    window.stillSince = still ? window.stillSince ?? performance.now() : undefined;
    return performance.now() - window.stillSince > 150;
}"""


@contextlib.contextmanager
def running(script: Path, database: Path, port: int | None = None) -> Iterator[str]:
    """A server of its own on a port, any free one, cold, with its own database. Yields its
    address."""
    port = port or free_port()
    log = database.with_suffix(".log").open("w")
    # The database's folder and the port are all that differs from `make run`.
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", str(script)),
            *("--server.port", str(port), "--server.headless", "true"),
        ],
        cwd=ROOT,
        env={**_compiling(), "KLIMATINVEST_DB": str(database), "PYTHONPATH": str(ROOT)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(10)
        log.close()


def _compiling() -> dict[str, str]:
    """The environment, in which a server may keep what it compiles for the next one to start."""
    return {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def settled(page: Page, timeout: float = 30_000) -> None:
    """Wait until the script has run to its end and every chart stands."""
    page.evaluate("window.stillSince = undefined")
    page.wait_for_function(_STILL, timeout=timeout)


@contextlib.contextmanager
def run_anew(page: Page) -> Iterator[None]:
    """Wait for the run that what is done inside brings about, also when it is sent only later."""
    # What is sent is certain; a short run may end before the page has drawn that it began.
    page.evaluate(
        """() => {
            const send = WebSocket.prototype.send;
            window.begun = false;
            WebSocket.prototype.send = function (...message) {
                WebSocket.prototype.send = send;
                window.begun = true;
                return send.apply(this, message);
            };
        }"""
    )
    yield
    page.wait_for_function("window.begun")
    settled(page)


def pick(field: Locator, option: str) -> None:
    """Choose in a list: opened with a key, again when the page still scrolled and closed it, and
    shortened by what is typed, for only what is seen of a list is there."""
    page = field.page
    listed = page.get_by_role("option").first
    for _attempt in range(5):
        field.press("ArrowDown")
        with contextlib.suppress(TimeoutError):
            listed.wait_for(timeout=3_000)
            break
    page.keyboard.type(option)
    with run_anew(page):
        page.get_by_role("option", name=option, exact=True).click()


def point_at(page: Page, x: float, y: float) -> None:
    """Move the mouse there as a hand does, some frames before it clicks: a table that is edited
    listens to nothing before it has drawn itself with the mouse over it.
    """
    page.evaluate("window.frames_drawn = 0")
    page.mouse.move(x, y)
    page.wait_for_function("++window.frames_drawn > 2")  # asked once in every frame


def open_page(page: Page, url: str) -> None:
    """Go to an address and wait until it is all there."""
    page.goto(url)
    settled(page)


def go_to(page: Page, address: str) -> None:
    """Open a page by the navigation, by way of its group where another one is open."""
    pages = page.locator(".lines > ul").last

    def follow(links: Locator, leads: str) -> None:
        with run_anew(page):
            links.locator(f'a[href^="{leads}?"]').click()
        page.wait_for_url(f"**/{leads}?*")

    if pages.locator(f'a[href^="{address}?"]').count() == 0:
        group = next(g for g in GROUPS if address in [entry.address for entry in g.pages])
        follow(page.locator(".groups"), group.pages[0].address)
    if pages.locator(f'a[href^="{address}?"][aria-current]').count() == 0:
        follow(pages, address)


def whole(page: Page, path: Path) -> None:
    """A screenshot of everything on the page, also what one would scroll to."""
    width = page.viewport_size["width"]
    before = page.viewport_size
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(int(height), before["height"])})
    page.wait_for_timeout(300)
    page.screenshot(path=path)
    page.set_viewport_size(before)


def scrolls_sideways(page: Page) -> bool:
    """Whether any of the page itself lies outside its width."""
    return page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
            .some(element => element.scrollWidth > element.clientWidth)"""
    )


def hindrances(page: Page) -> list[str]:
    """What keeps somebody from using the page as it stands: rules of accessibility that it breaks,
    and contents beside its width. At a desk in the theme that it is in, on a phone in the other
    one (high contrast, or the ordinary one) where it has two, and without axe at 200 % zoom and at
    320 pixels; the page is left as wide as it was, in the other theme.
    """
    before, found = page.viewport_size, []

    def look(width: ViewportSize) -> None:
        page.set_viewport_size(width)
        settled(page)
        if scrolls_sideways(page):
            found.append(f"scrolls sideways at {width['width']} px")

    # Colours are the same at every width, and rules about the rest in every theme: two looks do.
    look(WIDTHS["desk"])
    found += Axe().run(page, options=ACCESSIBILITY).response["violations"]
    page.set_viewport_size(WIDTHS["phone"])
    contrast = page.locator(".st-key-theme button")
    if contrast.count():
        with run_anew(page):
            contrast.click()
    look(WIDTHS["phone"])
    found += Axe().run(page, options=ACCESSIBILITY).response["violations"]
    for width in REFLOWED:
        look(width)
    page.set_viewport_size(before)
    return found


def seen_on(page: Page) -> str:
    """Language, what the console was told, and the beginning of what is read on a page."""
    said = [f"{each.type}: {each.text}" for each in page.console_messages()]
    said += [f"uncaught: {error}" for error in page.page_errors()]
    try:
        language = page.locator("html").get_attribute("lang", timeout=2_000)
        text = page.locator("body").inner_text(timeout=2_000)[:3000]
    except Error as error:
        language, text = None, f"(cannot be read: {error})"
    return "\n".join([f"lang: {language}", *said, text])


def leaves_the_machine(request: Request) -> bool:
    """Whether a request goes anywhere but to the server under test."""
    parts = urlsplit(request.url)
    return parts.scheme not in ("data", "blob") and (
        parts.hostname not in ("127.0.0.1", "localhost") or parts.port == 9
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(address: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), urlopen(f"{address}/_stcore/health") as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the app did not start within {_START} s")
