"""Benefits, green bonds, climate targets and method in a browser, also with hostile names."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from model import commands
from model.reference import plan_documents
from model.store.connection import Store
from model.store.seed import seed_if_empty
from tests.browser.browsing import (
    ACCESSIBILITY,
    HOSTILE,
    ROOT,
    go_to,
    hindrances,
    open_page,
    pick,
    running,
    scrolls_sideways,
    settled,
)
from ui.frame import PAGES

PLAN = "plan=exempelkommunen"


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory):
    """An app whose example plan has markup in every text that a person may type."""
    database = tmp_path_factory.mktemp("hostile") / "app.duckdb"
    example = plan_documents()[-1]
    head = example.plan.model_copy(
        update={"id": "elak", "name": HOSTILE, "note": HOSTILE, "source": HOSTILE}
    )
    texts = {"name": HOSTILE, "department": HOSTILE, "source_ref": HOSTILE, "note": HOSTILE}
    measures = tuple(measure.model_copy(update=texts) for measure in example.measures)
    store = Store.open(database)
    seed_if_empty(store)
    plan = example.model_copy(update={"plan": head, "measures": measures})
    commands.create_plan(plan, "test", store=store)
    store.close()
    with running(ROOT / "app.py", database) as address:
        yield address


def test_hostile_names_show_as_typed_and_run_nothing_on_any_page(hostile_app, page):
    open_page(page, f"{hostile_app}/{PAGES[-1].address}?plan=elak&off=ex-01&delay=1")
    for entry in PAGES:
        go_to(page, entry.address)
        assert page.locator("img").count() == 0
        assert page.locator('[data-testid="stException"]').count() == 0
        assert not scrolls_sideways(page)
        assert HOSTILE in page.locator("body").inner_text()


def test_the_measures_behind_a_green_category_are_shown_as_typed(hostile_app, page):
    open_page(page, f"{hostile_app}/grona-obligationer?plan=elak")
    pick(page.get_by_role("combobox", name="Visa åtgärderna bakom"), "Hållbara transporter")
    page.get_by_text("Åtgärderna bakom Hållbara transporter").first.wait_for()
    assert page.locator(".table a", has_text=HOSTILE).count() == 3


def test_a_city_with_a_carbon_budget_is_accessible_and_fits(app, page):
    open_page(page, f"{app}/klimatmal?{PLAN}&city=2284")
    page.locator(".st-key-budget .main-svg").first.wait_for()
    assert page.locator('[data-testid="stPlotlyChart"]').count() == 3
    assert hindrances(page) == []


@pytest.mark.parametrize("mode", ["approved_projects", "own_programme"])
def test_a_mode_of_green_finance_is_accessible_and_fits(app, page, mode):
    open_page(page, f"{app}/grona-obligationer?{PLAN}&on=2026-12-31&mode={mode}")
    page.locator(".main-svg").first.wait_for()
    assert hindrances(page) == []


def test_a_municipality_is_chosen_into_the_address(app, page):
    open_page(page, f"{app}/klimatmal?{PLAN}")
    pick(page.get_by_role("combobox", name="Publicerade uppgifter för"), "Umeå")
    page.wait_for_url("**city=2480*")
    settled(page)
    assert "Planens ton jämförs inte: planen gäller inte Umeå." in page.inner_text("body")


def test_assumptions_are_searched_and_the_search_is_a_link(app, new_page):
    page = new_page()
    open_page(page, f"{app}/metod?{PLAN}")
    field = page.get_by_label("Sök bland antaganden")
    field.fill("klimatklivet budget")
    field.press("Enter")
    page.wait_for_url("**search=klimatklivet*")
    settled(page)
    again = new_page()
    open_page(again, page.url)
    assert again.get_by_label("Sök bland antaganden").input_value() == "klimatklivet budget"
    assert "antagande" in again.locator(".table caption", has_text="fun").inner_text()


def test_everything_that_opens_on_the_method_page_is_accessible(app, page):
    open_page(page, f"{app}/metod?{PLAN}")
    for summary in page.locator("[data-testid=stExpander] summary").all()[-3:]:
        summary.click()
    page.locator("details.entry summary").first.click()
    assert Axe().run(page, options=ACCESSIBILITY).response["violations"] == []


def test_a_link_in_the_contents_leads_down_the_page(app, page):
    open_page(page, f"{app}/metod?{PLAN}")
    page.locator(".contents a", has_text="Finansieringskällor").click()
    assert page.locator("#money").is_visible()
    assert page.url.endswith("#money")
