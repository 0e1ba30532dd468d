"""Scenarios in a browser: a toggle moves the chart, the address is the scenario."""

from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from model.report.answers import GROUP
from model.results import results
from model.scenario import AS_IS, CostFactor, Delay
from tests.browser.browsing import (
    ACCESSIBILITY,
    go_to,
    open_page,
    run_anew,
    scrolls_sideways,
    settled,
)

PLAN = "plan=exempelkommunen"


def query(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def answer(page) -> str:
    """The heading with ordinary spaces, without the mark that an example has."""
    text = page.locator("h1.answer").evaluate("heading => heading.firstChild.textContent")
    return text.replace("\xa0", " ").strip()


def slide(page, name: str, *values: str) -> None:
    """Move a slider with the keyboard, through what the address then says step by step."""
    page.get_by_role("slider", name=name).focus()
    for value in values:
        with run_anew(page):
            page.keyboard.press("ArrowRight")
        page.wait_for_url(f"**{value}*")


def drawn(page) -> list[int]:
    """The gap that the chart shows: in all, and by year with the scenario's bars last, in öre."""
    found = page.locator("svg.chart, svg.chart rect")
    return found.evaluate_all("all => all.map(each => Number(each.dataset.ore))")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_toggles_are_accessible_and_fit(app, new_page, width):
    page = new_page(width)
    open_page(page, f"{app}/scenarier?{PLAN}&delay=2&cost=10&without=klimatklivet&off=ex-01")
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)


def test_with_the_keyboard_alone_the_chart_is_the_models_to_the_ore(app, page):
    open_page(page, f"{app}/scenarier?{PLAN}")
    page.get_by_role("switch", name="Två år senare").focus()
    with run_anew(page):
        page.keyboard.press("Space")
    page.wait_for_url("**delay=2*")
    slide(page, "Det som inte är förbrukat kostar", "cost=5", "cost=10")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label.replace("\xa0", " ") == "Det som inte är förbrukat kostar: +28,6 mnkr"
    assert answer(page) == (
        "Planen, ändrad: 282,6 mnkr saknas till 2032, 83,6 mnkr mer än i planen som den är"
    )
    scenario = AS_IS.then(Delay(years=2), CostFactor(factor=1.1))
    rows = results("exempelkommunen", scenario).by("year", "secured", actor_group=GROUP)
    gaps = [row.gap for row in rows if row.need or int(row.key) < 9999]
    whole, *bars = drawn(page)
    assert (whole, bars[-len(gaps) :]) == (sum(gaps), gaps)
    page.get_by_role("button", name="Ångra").focus()
    with run_anew(page):
        page.keyboard.press("Enter")
    page.wait_for_url("**cost=5*")
    assert query(page)["delay"] == ["2"]


def test_the_link_in_the_address_bar_shows_the_same_to_somebody_else(app, new_page):
    first = new_page()
    open_page(first, f"{app}/scenarier?{PLAN}&reading=planned&compare=")
    slide(first, "Det som inte är förbrukat kostar", "cost=5", "cost=10")
    second = new_page()
    open_page(second, first.url)
    assert answer(second) == answer(first)
    effects = [page.locator("ul.effects").all_inner_texts() for page in (first, second)]
    assert effects[0] == effects[1] != []


def test_back_to_the_plan_as_it_is(app, page):
    open_page(page, f"{app}/scenarier?{PLAN}&scenario=costs_plus_30&delay=2&off=ex-01")
    page.get_by_role("button", name="Tillbaka till planen som den är").click()
    page.wait_for_url(lambda url: "delay" not in url)
    settled(page)
    assert query(page) == {"plan": ["exempelkommunen"]}
    assert answer(page).startswith("199,0 mnkr saknas till 2030")


def test_what_is_typed_and_not_saved_is_there_after_another_page(app, page):
    open_page(page, f"{app}/scenarier?{PLAN}&delay=2")
    with run_anew(page):
        page.get_by_text("Spara, ändra, läs in eller dela").click()
    scenario = page.get_by_role("textbox", name="Scenariots namn")
    scenario.press_sequentially("Halvfärdigt")
    # As a touch does: the field is left and the link followed in one moment.
    go_to(page, "osakerhet")
    go_to(page, "underlag")
    page.get_by_text("Börja en tom plan").click()
    plan = page.get_by_role("textbox", name="Planens namn")
    plan.press_sequentially("Halv plan")
    go_to(page, "atgarder")
    go_to(page, "underlag")
    page.get_by_text("Börja en tom plan").click()
    assert plan.input_value() == "Halv plan"
    go_to(page, "scenarier")
    if not scenario.count():
        page.get_by_text("Spara, ändra, läs in eller dela").click()
    assert scenario.input_value() == "Halvfärdigt"
