"""Steering by keys alone: what has the focus, whether that is seen, and the way to something."""

from playwright.sync_api import Page

_FOCUS = """() => {
    const held = document.activeElement, box = held.getBoundingClientRect();
    const ringed = each => {
        const style = getComputedStyle(each);
        const lined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
        return each.offsetWidth >= 20 && (lined || style.boxShadow !== 'none');
    };
    let seen = false;
    for (let each = held; each && !each.matches('body, .stElementContainer');) {
        seen ||= ringed(each);
        each = each.parentElement;
    }
    const labelled = held.closest('label') ?? held;
    const said = held.getAttribute('aria-label') ?? labelled.textContent;
    return {
        name: held === document.body ? '' : said.trim().replace(/\\s+/g, ' '),
        seen: seen && box.bottom > 0 && box.top < innerHeight,
    };
}"""


def focus(page: Page) -> str:
    """What has the focus is called; empty where nothing has it."""
    return page.evaluate(_FOCUS)["name"]


def focused(page: Page, name: str) -> None:
    """Wait until the focus is on what is called so."""
    page.wait_for_function(f"name => ({_FOCUS})().name.startsWith(name)", arg=name)


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab (or ``Shift+Tab``) until the focus is on what is called so, seen at every step."""
    passed = []
    while not passed or not passed[-1].startswith(name):
        assert len(passed) < 80, f"{name} is not reached by {key}: {passed}"
        page.keyboard.press(key)
        found = page.evaluate(_FOCUS)
        assert found["seen"] or not found["name"], f"the focus on {found['name']} is not seen"
        passed.append(found["name"])


def skip_to_the_answer(page: Page) -> None:
    """Take the link past the head of the page, as one does who has heard it."""
    tab_to(page, "Till svaret, förbi sidhuvudet")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('h1.answer')")
