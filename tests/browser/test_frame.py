"""The frame in a browser: deep links, navigation, the address as state, two languages, WCAG."""

from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from model.commands import delete_plan
from model.results import plans
from model.store.connection import Store
from model.store.seed import seed_if_empty
from tests.browser.browsing import (
    ACCESSIBILITY,
    HOSTILE,
    ROOT,
    go_to,
    hindrances,
    open_page,
    run_anew,
    running,
    scrolls_sideways,
    settled,
)
from ui.frame import GROUPS, PAGES, Group
from ui.i18n import _

ADDRESSES = [page.address for page in PAGES]
QUERY = "plan=exempelkommunen&scenario=costs_plus_30&reading=planned&delay=2"


def query(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def chip(page, text: str):
    return page.locator(".st-key-chips").get_by_role("button", name=text)


def group_of(address: str) -> Group:
    return next(group for group in GROUPS if address in [entry.address for entry in group.pages])


def lit(page) -> list[str]:
    """What the navigation says that is looked at: the group, and the page in it."""
    return page.locator(".lines a[aria-current]").all_inner_texts()


def chips(page) -> list[str]:
    """What the chips say, without what each does to the gap, which stands in brackets after it."""
    texts = [chip.inner_text() for chip in page.locator("[class*=st-key-chip-]").all()]
    return [text.split("\n")[0].partition(" (")[0] for text in texts]


# A server for each is slow to start: the page at the root, and one that is furthest from it.
@pytest.mark.parametrize("address", [ADDRESSES[0], GROUPS[-1].pages[-1].address])
def test_a_deep_link_opens_its_page_on_a_server_that_has_just_started(cold_app, page, address):
    open_page(page, f"{cold_app}/{address}?{QUERY}")
    title = next(entry.title for entry in PAGES if entry.address == address)
    assert page.url == f"{cold_app}/{address}?{QUERY}"
    assert page.title() == f"{_(title)} – Klimatinvest"
    assert lit(page) == [_(group_of(address).title), _(title)]
    assert page.locator('[data-testid="stException"], [role=alert]').count() == 0
    assert page.get_by_role("dialog").count() == 0
    assert chips(page)[1] == "Alla åtgärder 2 år senare"


def test_the_root_is_the_overview(app, page):
    open_page(page, app)
    assert page.title() == "Översikt – Klimatinvest"


# Within the app from page to page: that takes less than half the time of opening each.
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.pages[0].address)
def test_every_page_of_a_group_is_accessible_and_fits_its_width(app, page, group):
    open_page(page, f"{app}/{group.pages[0].address}?{QUERY}")
    found = {}
    for entry in group.pages:
        go_to(page, entry.address)
        assert page.title() == f"{_(entry.title)} – Klimatinvest"
        found[entry.address] = hindrances(page)
    assert found == {entry.address: [] for entry in group.pages}


def test_the_navigation_keeps_the_view(app, page):
    open_page(page, f"{app}/oversikt?{QUERY}")
    go_to(page, "scenarier")
    assert query(page) == parse_qs(QUERY)
    assert page.title() == "Scenarier – Klimatinvest"
    page.go_back()
    page.wait_for_url("**/oversikt?*")
    settled(page)
    assert query(page) == parse_qs(QUERY)


def test_a_group_shows_its_pages_and_leads_to_the_first(app, page):
    open_page(page, f"{app}/oversikt?{QUERY}")
    for group in GROUPS:
        with run_anew(page):
            page.locator(".groups").get_by_role("link", name=_(group.title), exact=True).click()
        page.wait_for_url(f"**/{group.pages[0].address}?*")
        shown = page.locator(".lines ul").last.get_by_role("link").all_inner_texts()
        assert shown == [_(entry.title) for entry in group.pages]
        assert lit(page) == [_(group.title), _(group.pages[0].title)]
        assert query(page) == parse_qs(QUERY)


def test_the_keyboard_comes_to_the_groups_then_their_pages_then_the_language(app, page):
    open_page(page, f"{app}/lonsamhet?{QUERY}")
    money = group_of("lonsamhet")
    expected = [_(group.title) for group in GROUPS] + [_(entry.title) for entry in money.pages]
    page.locator(".groups a").first.focus()
    reached = []
    for _press in range(len(expected) + 1):
        reached.append(page.evaluate("document.activeElement.innerText"))
        page.keyboard.press("Tab")
    assert reached == [*expected, "In English"]


def test_the_menu_of_a_phone_leads_to_every_page(app, new_page):
    page = new_page("phone")
    open_page(page, f"{app}/oversikt?{QUERY}")
    assert not page.locator(".lines").is_visible()
    page.get_by_text("Meny: Översikt").click()
    assert not scrolls_sideways(page)
    links = page.locator(".menu a")
    assert links.all_inner_texts() == [_(entry.title) for entry in PAGES]
    with run_anew(page):
        links.filter(has_text="Metod").click()
    page.wait_for_url("**/metod?*")
    assert query(page) == parse_qs(QUERY)
    assert not links.first.is_visible()


def test_a_phone_says_in_a_line_what_is_looked_at_and_unfolds_what_changes_it(app, new_page):
    page = new_page("phone")
    open_page(page, f"{app}/oversikt?{QUERY}")
    said, plan = page.locator(".st-key-viewed p"), page.get_by_role("combobox", name="Plan")
    assert "Exempelkommunen 2030 (exempel)" in said.inner_text()
    assert not plan.is_visible()
    page.get_by_text("Ändra vyn").focus()
    page.keyboard.press("Enter")
    with run_anew(page):
        page.get_by_role("radio", name="Förväntat").click()
    assert "läsart: förväntat" in said.inner_text()
    assert plan.is_visible()
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []
    assert not scrolls_sideways(page)


def test_a_chip_takes_its_adjustment_out_of_the_address(app, page):
    open_page(page, f"{app}/oversikt?{QUERY}")
    chip(page, "Alla åtgärder 2 år senare").click()
    page.wait_for_url(lambda url: "delay" not in url)
    settled(page)
    assert chips(page) == ["Alla åtgärder 30\u00a0% dyrare"]
    chip(page, "Alla åtgärder 30 % dyrare").click()
    page.wait_for_url(lambda url: "scenario" not in url)
    settled(page)
    assert chips(page) == []
    assert query(page) == {"plan": ["exempelkommunen"]}


def test_the_back_button_undoes_a_choice(app, page):
    open_page(page, f"{app}/oversikt?{QUERY}")
    chip(page, "Alla åtgärder 2 år senare").click()
    page.wait_for_url(lambda url: "delay" not in url)
    settled(page)
    page.go_back()
    page.wait_for_url(lambda url: "delay" in url)
    settled(page)
    assert chips(page)[1] == "Alla åtgärder 2 år senare"


def test_choosing_a_scenario_shows_the_reading_that_it_moves(app, page):
    open_page(page, f"{app}/oversikt?plan=exempelkommunen")
    page.locator(".st-key-scenario input").click()
    page.get_by_role("option", name="Klimatklivet, högsta möjliga").click()
    page.wait_for_url("**scenario=klimatklivet_max*")
    settled(page)
    chosen = page.locator('.st-key-reading button[aria-checked="true"]')
    assert chosen.inner_text() == "Förväntat"


def test_english_is_a_link_away_and_is_told_to_the_browser(app, page):
    open_page(page, f"{app}/finansieringsgap?{QUERY}")
    assert page.evaluate("document.documentElement.lang") == "sv"
    page.get_by_role("button", name="In English").click()
    page.wait_for_url("**lang=en*")
    settled(page)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Financing gap – Klimatinvest"
    go_to(page, "atgarder")
    assert page.title() == "Measures – Klimatinvest"


def test_what_an_address_says_that_nobody_knows_is_said_and_left_out(app, page):
    page.goto(app)
    settled(page)
    page.goto(f"{app}/oversikt?plan=nowhere&delay=99&unrelated=kept")
    settled(page)
    warning = page.locator("[role=alert]").inner_text()
    assert "plan=nowhere" in warning
    assert "delay=99" in warning
    assert "unrelated" not in warning
    assert query(page)["unrelated"] == ["kept"]


def test_markup_in_an_address_is_shown_and_runs_nothing(app, page):
    page.goto(app)
    settled(page)
    page.evaluate("text => location.assign('/oversikt?plan=' + encodeURIComponent(text))", HOSTILE)
    page.wait_for_url("**/oversikt?plan=*")
    settled(page)
    assert HOSTILE in page.locator("[role=alert]").inner_text()
    assert page.locator("[role=alert] img").count() == 0


def test_the_name_given_lasts_from_page_to_page(app, page):
    open_page(page, f"{app}/oversikt?{QUERY}")
    page.get_by_role("button", name="Ditt namn").click()
    field = page.get_by_label("Ditt namn, till journalen över ändringar")
    field.fill("Åsa Öberg")
    field.press("Enter")
    settled(page)
    page.keyboard.press("Escape")
    go_to(page, "metod")
    page.get_by_role("button", name="Åsa Öberg").click()
    assert field.input_value() == "Åsa Öberg"


def test_a_long_name_leaves_a_phone_its_width(app, new_page):
    page = new_page("phone")
    open_page(page, f"{app}/oversikt?{QUERY}")
    page.get_by_role("button", name="Ditt namn").click()
    field = page.get_by_label("Ditt namn, till journalen över ändringar")
    field.fill("Åsa " + "Öberg" * 20)
    with run_anew(page):
        field.press("Enter")
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="ÖbergÖberg").count() == 1
    assert not scrolls_sideways(page)


def test_a_store_without_plans_says_what_to_do(tmp_path, new_page):
    database = tmp_path / "empty.duckdb"
    store = Store.open(database)
    seed_if_empty(store)
    for plan in plans(store):
        delete_plan(plan.id, plan.version, "test", store=store)
    store.close()
    page = new_page()
    with running(ROOT / "app.py", database) as address:
        open_page(page, f"{address}/finansieringsgap")
        assert "Här finns ingen plan ännu." in page.locator(".empty").inner_text()
        page.get_by_role("link", name="Gå till Underlag").click()
        page.wait_for_url("**/underlag*")


def test_a_store_that_another_program_holds_is_said_in_a_sentence(tmp_path, new_page):
    database = tmp_path / "held.duckdb"
    page = new_page()
    with running(ROOT / "app.py", database) as first:
        open_page(page, first)
        with running(ROOT / "app.py", database) as second:
            page.goto(second)
            said = page.locator("[role=alert]").inner_text()
    assert "held.duckdb" in said
    assert "Traceback" not in said
