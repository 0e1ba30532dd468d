"""The measures in a browser: the list, one of them whole, and editing by hand.

Each test that changes something has a measure of its own.
"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import (
    HOSTILE,
    go_to,
    open_page,
    point_at,
    run_anew,
    settled,
)

PLAN = "plan=exempelkommunen"
# A table that is edited: the height of a row, and how wide its first columns are.
ROW = 35
YEAR, FIGURE = 110, 130


def query(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def heading(page) -> str:
    """The page's heading, without the mark that an example has."""
    return page.locator("h1").first.evaluate("heading => heading.firstChild.textContent").strip()


def open_measure(page, app, measure: str, more: str = "") -> None:
    open_page(page, f"{app}/atgarder?{PLAN}&measure={measure}{more}")


def edit(page) -> None:
    with run_anew(page):
        page.locator(".st-key-edit-measure button").click()
    page.get_by_role("button", name="Spara").wait_for()


def save(page) -> None:
    with run_anew(page):
        page.get_by_role("button", name="Spara", exact=True).click()


def tab(page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    settled(page)


def field(page, name: str):
    return page.locator(f'[class*="-{name}"] input').first


def fill(page, name: str, text: str) -> None:
    field(page, name).fill(text)
    with run_anew(page):
        field(page, name).press("Enter")


def type_in_cell(page, table: str, row: int, column: int, text: str) -> None:
    """Type in one of the figures that follow the year: ``row`` and ``column`` count from 0."""
    cell = page.locator(f'[class*="-{table}"]').get_by_test_id(f"glide-cell-{column + 2}-{row}")
    point_at(page, *place(page, table, row, YEAR + FIGURE * column + FIGURE // 2))
    page.mouse.down()
    page.mouse.up()
    expect(cell).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    editor = page.locator(".gdg-input")
    editor.fill(text)
    with run_anew(page):
        editor.press("Enter")
    expect(cell).to_have_text(text)


def add_row(page, table: str, row: int, year: str) -> None:
    """Click the empty row after the last, and choose the year in the list that opens."""
    point_at(page, *place(page, table, row, YEAR // 2))
    with run_anew(page):
        page.mouse.down()
        page.mouse.up()
    with run_anew(page):
        page.get_by_role("option", name=year).click()


def place(page, table: str, row: int, across: int) -> tuple[float, float]:
    """Where a row is on the screen, so far across from its first cell."""
    grid = page.locator(f'[class*="-{table}"] [data-testid="stDataFrame"]').first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    return box["x"] + ROW + across, box["y"] + ROW * (row + 1) + ROW // 2


def rows(page):
    """The rows of the list."""
    return page.locator("table").first.locator("tbody tr")


def stated(page, word: str) -> str:
    """What the open measure says under a word."""
    return page.locator(f'.terms div:has(dt:text-is("{word}")) dd').inner_text()


def cell(page, caption: str, row: int, column: str) -> str:
    """A cell of the table under a heading."""
    table = page.locator(f'h2:text-is("{caption}") >> xpath=following::table[1]')
    columns = table.locator("thead th").all_inner_texts()
    return (
        table.locator("tbody tr").nth(row).locator("th, td").nth(columns.index(column)).inner_text()
    )


def test_a_click_on_a_name_opens_the_measure_and_the_way_back_keeps_the_filter(app, page):
    open_page(page, f"{app}/atgarder?{PLAN}&sector=transport")
    page.get_by_role("link", name="Cykelstråk").click()
    page.wait_for_url("**measure=ex-04*")
    settled(page)
    assert heading(page) == "Cykelstråk mellan centrum och högskolan"
    page.get_by_role("link", name="Alla åtgärder").click()
    page.wait_for_url(lambda url: "measure" not in url)
    settled(page)
    assert query(page)["sector"] == ["transport"]
    assert rows(page).count() == 7


def test_the_session_lives_on_when_a_link_is_followed(app, page):
    open_page(page, f"{app}/atgarder?{PLAN}")
    page.get_by_role("button", name="Ditt namn").click()
    name = page.get_by_label("Ditt namn, till journalen över ändringar")
    name.fill("Åsa Öberg")
    name.press("Enter")
    settled(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Cykelstråk").click()
    page.wait_for_url("**measure=ex-04*")
    settled(page)
    assert page.get_by_role("button", name="Åsa Öberg").count() == 1


def test_the_list_is_filtered_sorted_and_summed(app, page):
    open_page(page, f"{app}/atgarder?{PLAN}&only=gap")
    shown = rows(page).count()
    page.get_by_role("link", name="Saknas").click()
    page.wait_for_url("**sort=-gap*")
    settled(page)
    assert rows(page).count() == shown
    columns = page.locator("thead th").all_inner_texts()
    at = columns.index("Saknas ↓")
    amounts = [
        float(row.locator("th, td").nth(at).inner_text().replace(",", "."))
        for row in rows(page).all()
    ]
    assert amounts == sorted(amounts, reverse=True)
    foot = page.locator("tfoot tr").first.locator("th, td").nth(at).inner_text()
    assert float(foot.replace(",", ".")) == pytest.approx(sum(amounts), abs=0.05 * len(amounts))


def test_a_measure_that_the_plan_does_not_have_is_said(app, page):
    open_page(page, f"{app}/atgarder?{PLAN}&measure=nowhere")
    assert "nowhere" in page.locator(".notice").inner_text()
    assert rows(page).count() == 16


def test_an_amount_is_typed_with_a_decimal_comma(app, page):
    open_measure(page, app, "ex-04")
    edit(page)
    fill(page, "decided_total", "2500,5")
    assert page.get_by_text("tolkat som 2\u202f500,5 tkr").count() == 1
    tab(page, "Utgifter")
    type_in_cell(page, "expenditures", 1, 1, "17250,25")
    assert "Tolkat som 2026: 17\u202f250,25 tkr" in page.get_by_text("Tolkat som 2026").inner_text()
    save(page)
    assert stated(page, "Beslutad totalutgift") == "2\u202f500,5 tkr"
    assert cell(page, "Utgifter", 1, "Centralt") == "17\u202f250,25"
    assert "för hand" in cell(page, "Utgifter", 1, "Källa")
    assert cell(page, "Utgifter", 0, "Källa") == "Påhittat exempel"
    page.locator("summary").filter(visible=True).first.click()
    told = page.locator(".entry li").all_inner_texts()
    assert any("17\u202f250,25 tkr" in line and "16\u202f000 tkr" in line for line in told)


def test_what_cannot_be_read_is_said_by_field_and_nothing_is_saved(app, page):
    open_measure(page, app, "ex-03")
    edit(page)
    fill(page, "decided_total", "1,234")
    save(page)
    errors = page.locator(".findings.error").inner_text()
    assert "Beslutad totalutgift" in errors
    assert "1,2340" in errors
    open_measure(page, app, "ex-03")
    assert stated(page, "Beslutad totalutgift") == "30\u202f000 tkr"


def test_two_people_editing_the_same_measure_lose_nothing(app, new_page):
    anna, bo = new_page(), new_page()
    for page in (anna, bo):
        open_measure(page, app, "ex-01")
        edit(page)
    fill(anna, "decided_total", "50000")
    fill(anna, "department", "Annas nämnd")
    save(anna)
    fill(bo, "decided_total", "70000")
    fill(bo, "responsible", "Bo")
    save(bo)
    warning = bo.locator(".notice").inner_text()
    seen, now = sorted(int(number) for number in re.findall(r"version (\d+)", warning))
    assert now == seen + 1
    changed = bo.locator("table", has_text="Skrivet av dig").inner_text()
    assert "50\u202f000 tkr" in changed
    assert "70\u202f000 tkr" in changed
    assert "Annas nämnd" in changed
    # Her own words still stand in the form, and Anna's where only Anna wrote.
    assert field(bo, "decided_total").input_value() == "70\u202f000"
    assert field(bo, "responsible").input_value() == "Bo"
    assert field(bo, "department").input_value() == "Annas nämnd"
    save(bo)
    assert stated(bo, "Beslutad totalutgift") == "70\u202f000 tkr"
    assert stated(bo, "Ansvarig") == "Bo"
    assert stated(bo, "Nämnd eller bolag") == "Annas nämnd"
    assert bo.locator(".entry summary").count() == 3  # made, and twice changed


def test_a_measure_that_another_deletes_can_be_put_back(app, new_page):
    anna, bo = new_page(), new_page()
    for page in (anna, bo):
        open_measure(page, app, "ex-07")
    edit(bo)
    fill(bo, "responsible", "Bo")
    anna.get_by_role("button", name="Ta bort").click()
    anna.get_by_role("button", name="Ja, ta bort åtgärden").click()
    anna.wait_for_url(lambda url: "measure" not in url)
    settled(anna)
    save(bo)
    assert "har tagit bort detta" in bo.locator(".notice", has_text="version").inner_text()
    save(bo)
    assert stated(bo, "Ansvarig") == "Bo"


def test_what_is_typed_stands_after_a_visit_to_another_page(app, page):
    open_measure(page, app, "ex-05")
    edit(page)
    fill(page, "decided_total", "777")
    go_to(page, "metod")
    page.go_back()
    page.wait_for_url("**/atgarder?*")
    settled(page)
    assert field(page, "decided_total").input_value() == "777"


def test_a_measure_is_made_and_taken_away_by_hand(app, page):
    open_page(page, f"{app}/atgarder?{PLAN}")
    page.locator(".st-key-new-measure button").click()
    settled(page)
    fill(page, "name", "Solceller på taket")
    tab(page, "Utgifter")
    add_row(page, "expenditures", 0, "2027")
    type_in_cell(page, "expenditures", 0, 1, "tusen")
    save(page)
    assert "Utgifter, rad 1, Centralt" in page.locator(".findings.error").inner_text()
    type_in_cell(page, "expenditures", 0, 1, "1200")
    save(page)
    page.wait_for_url("**measure=solceller-pa-taket*")
    settled(page)
    assert cell(page, "Utgifter", 0, "Centralt") == "1\u202f200"
    page.get_by_role("button", name="Ta bort").click()
    page.get_by_role("button", name="Ja, ta bort åtgärden").click()
    page.wait_for_url(lambda url: "measure" not in url)
    settled(page)
    assert rows(page).count() == 16


def test_the_plan_itself_is_edited(app, page):
    open_page(page, f"{app}/atgarder?{PLAN}")
    page.get_by_text("Planens egna uppgifter").click()
    page.locator('[class*="st-key-edit-exempelkommunen-head"] button').click()
    settled(page)
    fill(page, "head-0-name", "Nya planen")
    save(page)
    assert page.locator(".st-key-plan input").input_value().startswith("Nya planen")


def test_a_hostile_name_that_is_typed_is_shown_literally(app, page):
    open_measure(page, app, "ex-08")
    edit(page)
    fill(page, "name", HOSTILE)
    save(page)
    assert heading(page) == HOSTILE
    open_page(page, f"{app}/atgarder?{PLAN}")
    page.locator(".st-key-view").wait_for()
    page.get_by_text("Planens egna uppgifter").click()
    page.locator('[class*="st-key-edit-exempelkommunen-head"] button').click()
    settled(page)
    fill(page, "head-0-name", HOSTILE)
    save(page)
    open_page(page, f"{app}/atgarder?{PLAN}")
    assert page.locator("img").count() == 0
    assert page.locator("tbody a", has_text=HOSTILE).inner_text() == HOSTILE
    open_page(page, f"{app}/underlag?{PLAN}")
    assert HOSTILE in page.locator(".entry", has_text="ändrade").nth(1).inner_text()
