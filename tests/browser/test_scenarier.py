"""Scenarios in a browser: a toggle moves the chart, the address is the scenario."""

from urllib.parse import parse_qs, urlsplit

from tests.browser.browsing import open_page, run_anew, settled

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


def test_a_slider_changes_the_answer_and_the_address_and_keeps_its_focus(app, page):
    open_page(page, f"{app}/scenarier?{PLAN}")
    slide(page, "Senare start", "delay=1", "delay=2")
    assert query(page)["delay"] == ["2"]
    assert answer(page) == (
        "Planen, ändrad: 254,0 mnkr saknas till 2032, 55,0 mnkr mer än i planen som den är"
    )
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Senare start"


def test_the_link_in_the_address_bar_shows_the_same_to_somebody_else(app, new_page):
    first = new_page()
    open_page(first, f"{app}/scenarier?{PLAN}&reading=planned&compare=")
    slide(first, "Det som inte är förbrukat kostar", "cost=5", "cost=10")
    second = new_page()
    open_page(second, first.url)
    assert answer(second) == answer(first)
    effects = [page.locator("ul.effects").all_inner_texts() for page in (first, second)]
    assert effects[0] == effects[1] != []


def test_the_chip_says_the_effect_that_the_toggle_says(app, page):
    open_page(page, f"{app}/scenarier?{PLAN}&delay=2")
    chip = page.locator("[class*=st-key-chip-]").inner_text().replace("\xa0", " ")
    assert "(+55,0 mnkr)" in chip
    said = page.locator("ul.effects").inner_text().replace("\xa0", " ")
    assert said == "Alla åtgärder 2 år senare: +55,0 mnkr på gapet"


def test_a_scenario_of_another_reading_offers_that_reading(app, page):
    open_page(page, f"{app}/scenarier?{PLAN}&scenario=klimatklivet_max&reading=secured")
    page.get_by_role("button", name="Visa läsarten Förväntat").click()
    page.wait_for_url("**reading=expected*")
    settled(page)
    assert "13,5 mnkr mindre" in answer(page)


def test_back_to_the_plan_as_it_is(app, page):
    open_page(page, f"{app}/scenarier?{PLAN}&scenario=costs_plus_30&delay=2&off=ex-01")
    page.get_by_role("button", name="Tillbaka till planen som den är").click()
    page.wait_for_url(lambda url: "delay" not in url)
    settled(page)
    assert query(page) == {"plan": ["exempelkommunen"]}
    assert answer(page).startswith("199,0 mnkr saknas till 2030")
