"""The gap page and the overview in a browser: picking a bar, what lies behind it, files."""

import io
from contextlib import closing
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from pptx import Presentation

from model import commands
from model.rows import Expenditure, Measure, PlanDocument, PlanHead
from model.store.connection import Store
from tests.browser.browsing import (
    HOSTILE,
    ROOT,
    hindrances,
    open_page,
    running,
    settled,
)

PLAN = "plan=exempelkommunen"


def captions(page) -> list[str]:
    return page.locator(".table caption").all_inner_texts()


def click_bar(page, status: int, place: int) -> None:
    """Click a part of a bar in the first chart: ``status`` is its place in the bar."""
    part = page.locator(".barlayer .trace").nth(status).locator("path").nth(place)
    box = part.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".table caption", has_text=" åtgärder, mnkr").wait_for()
    settled(page)


def choose(page, name: str) -> None:
    """Choose in the list under the first chart."""
    page.get_by_label("Visa åtgärderna bakom").first.click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).click()
    settled(page)


def download(page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as found:
        page.get_by_role("button", name=name).click()
    file = found.value
    return file.suggested_filename, file.path().read_bytes()


def test_clicking_a_part_of_a_bar_opens_its_measures(app, page):
    open_page(page, f"{app}/finansieringsgap?{PLAN}")
    click_bar(page, status=-1, place=2)
    assert captions(page)[0] == "2027, saknas: 7 åtgärder, mnkr"
    rows = page.locator(".table").first.locator("tbody tr")
    assert rows.count() == 7
    assert page.locator(".table").first.locator("tfoot").inner_text().split() == [
        *("Summa", "124,0", "45,0", "79,0")
    ]


def test_the_same_is_reached_by_keyboard_and_a_measure_opens_with_its_view_kept(app, page):
    open_page(page, f"{app}/finansieringsgap?{PLAN}&reading=planned&by=sector")
    choose(page, "Energisystem")
    assert captions(page)[0] == "Energisystem: 1 åtgärd, mnkr"
    page.get_by_role("link", name="Spillvärme från industrin").click()
    page.wait_for_url("**/atgarder?*")
    settled(page)
    said = parse_qs(urlsplit(page.url).query)
    assert (said["measure"], said["reading"]) == (["ex-06"], ["planned"])


def test_letting_go_of_a_bar_closes_what_it_opened(app, page):
    open_page(page, f"{app}/finansieringsgap?{PLAN}")
    choose(page, "2026")
    assert captions(page)[0].startswith("2026")
    page.locator('[data-testid="stSelectbox"]').last.get_by_label("Clear value").click()
    settled(page)
    assert not captions(page)[0].startswith("2026")


def test_a_picked_bar_stays_picked_when_the_reading_changes(app, page):
    open_page(page, f"{app}/finansieringsgap?{PLAN}")
    choose(page, "2028")
    page.get_by_text("Bästa fall").click()
    page.wait_for_url("**reading=best_case*")
    settled(page)
    assert captions(page)[0].startswith("2028")


def test_others_stand_in_a_panel_of_their_own(app, page):
    open_page(page, f"{app}/finansieringsgap?{PLAN}")
    assert page.locator('[data-testid="stPlotlyChart"]').count() == 1
    page.get_by_text("Allas, var för sig").click()
    page.wait_for_url("**whose=all*")
    settled(page)
    assert page.locator('[data-testid="stPlotlyChart"]').count() == 2
    assert page.locator("h2").nth(1).inner_text().startswith("Andra aktörer behöver investera")


def test_the_gap_is_taken_along_as_text_workbook_and_slides(app, page):
    open_page(page, f"{app}/finansieringsgap?{PLAN}&by=department&scenario=costs_plus_30")
    name, content = download(page, "Tabellen som CSV")
    assert (
        name == "EXEMPEL-finansieringsgap-exempelkommunen-v1-costs_plus_30-secured-department.csv"
    )
    assert content.decode("utf-8-sig").startswith("Aktörsgrupp;Nämnd eller bolag;")
    name, content = download(page, "Excel")
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    name, content = download(page, "Bildspel")
    assert len(Presentation(io.BytesIO(content)).slides) >= 3


@pytest.mark.parametrize("view", ["by=readiness&whose=all", "by=actor_group&reading=best_case"])
def test_every_reader_can_use_the_gap_page(app, page, view):
    open_page(page, f"{app}/finansieringsgap?{PLAN}&{view}")
    if "readiness" in view:
        choose(page, "Pilot")
    assert hindrances(page) == []


def test_the_overview_leads_to_the_gap_with_the_same_view(app, page):
    open_page(page, f"{app}/oversikt?{PLAN}&scenario=two_years_late")
    page.get_by_role("link", name="Gapet per sektor").click()
    page.wait_for_url("**/finansieringsgap?*")
    settled(page)
    assert "scenario=two_years_late" in page.url
    assert page.locator("h1").inner_text().startswith("Två år senare: ")


def test_what_people_have_typed_shows_literally_and_runs_nothing(tmp_path, page):
    head = PlanHead(
        id="prov",
        name=HOSTILE,
        municipality="",
        base_year=2025,
        first_year=2026,
        last_year=2027,
        system_boundary="municipal_group",
    )
    measure = Measure(
        id="a",
        name=HOSTILE,
        owner="municipality",
        owner_kind="public",
        department=HOSTILE,
        source_ref=HOSTILE,
        expenditures=(Expenditure(year=2026, mid=Decimal(1_000_000)),),
    )
    database = tmp_path / "hostile.duckdb"
    with closing(Store.open(database)) as store:
        commands.create_plan(PlanDocument(plan=head, measures=(measure,)), "x", store=store)
    with running(ROOT / "app.py", database) as address:
        open_page(page, f"{address}/finansieringsgap?plan=prov&by=department")
        assert "<img src=x onerror" in page.locator(".js-plotly-plot").first.text_content()
        page.get_by_label("Visa åtgärderna bakom").first.click()
        page.get_by_role("option").first.click()
        settled(page)
        row = page.locator(".table").first.locator("tbody tr").first.inner_text()
        assert row.count(HOSTILE) == 2
        assert page.locator("main img, [data-testid=stMain] img").count() == 0
        open_page(page, f"{address}/oversikt?plan=prov")
        assert page.locator("[data-testid=stMain] img").count() == 0
