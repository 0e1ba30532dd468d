"""Workbooks in, in a browser: from the file on the desk to the gap on the screen; and backups."""

import re
from pathlib import Path

from tests.browser.browsing import open_page, settled

SHEET = "helsingborg_budget_sheet.xlsx"
PLAN = "plan=exempelkommunen"


def choose(page, file) -> None:
    """Choose a workbook, and wait until it has been read."""
    upload(page, "upload", file)


def upload(page, field: str, file) -> None:
    where = page.locator(f'[class*="st-key-{field}-"]')
    where.locator("input[type=file]").set_input_files(file)
    where.locator('[data-testid="stFileChip"]').wait_for()
    page.wait_for_timeout(500)
    settled(page)


def into_a_new_plan(page, name: str) -> None:
    page.locator(".st-key-upload-target input").click()
    page.get_by_role("option", name="En ny plan").click()
    settled(page)
    field = page.locator(".st-key-upload-plan-name input")
    field.fill(name)
    field.press("Enter")
    settled(page)


def read_in(page) -> None:
    page.get_by_role("button", name="Läs in", exact=True).click()
    settled(page)


def table(page, caption: str) -> list[list[str]]:
    found = page.locator("table", has=page.locator("caption", has_text=caption))
    return [row.locator("th, td").all_inner_texts() for row in found.locator("tr").all()]


def test_a_budget_sheet_becomes_a_plan_and_its_gap_is_seen(cold_app, page, shared):
    open_page(page, f"{cold_app}/underlag?{PLAN}")
    choose(page, shared / "workbooks" / SHEET)
    assert page.get_by_text(f"{SHEET}: 28 åtgärder, 13,5 miljarder i investering").count() == 1
    into_a_new_plan(page, "Helsingborgs budget")
    years = table(page, "Investeringsutgift per år")
    assert [row[:2] for row in years[1:]] == [
        ["T.o.m. 2025", "94,7"],
        ["2026", "3\u202f270,1"],
        ["2027", "2\u202f902,1"],
        ["2028", "2\u202f852,1"],
        ["2029", "2\u202f185,5"],
        ["2030", "2\u202f185,5"],
        ["Summa", "13\u202f490,0"],
    ]
    assert page.get_by_text("235 tal: 146 läses in och 89 utelämnas").count() == 1
    assert page.get_by_text("Investeringsbudget A3: Belopp i tkr").count() == 1
    read_in(page)
    assert "28 åtgärder" in page.locator('[data-testid="stAlertContentSuccess"]').inner_text()
    page.get_by_role("link", name="Se finansieringsgapet").click()
    page.wait_for_url("**/finansieringsgap?plan=helsingborgs-budget*")
    settled(page)
    # The budget year is decided; only the plan years are missing where nothing is decided.
    missing = page.locator("h1").inner_text()
    assert re.search(r"\d\smiljarder saknas", missing)
    assert page.locator("table tfoot").first.inner_text().startswith("Saknas")


def test_the_same_file_twice_changes_nothing_and_is_listed_once(cold_app, page, shared):
    open_page(page, f"{cold_app}/underlag?{PLAN}")
    choose(page, shared / "workbooks" / SHEET)
    read_in(page)
    choose(page, shared / "workbooks" / SHEET)
    assert page.get_by_text("Inget ändras").count() == 1
    assert page.get_by_role("button", name="Läs in", exact=True).count() == 0
    assert page.locator(".imported").count() == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta", exact=True).click()
    assert Path(download.value.path()).read_bytes() == (shared / "workbooks" / SHEET).read_bytes()


def test_an_import_based_on_an_old_version_is_refused(cold_app, new_page, shared):
    anna, bo = new_page(), new_page()
    open_page(bo, f"{cold_app}/underlag?{PLAN}")
    choose(bo, shared / "workbooks" / SHEET)
    open_page(anna, f"{cold_app}/atgarder?{PLAN}&measure=ex-01")
    anna.get_by_role("button", name="Ta bort").click()
    anna.get_by_role("button", name="Ja, ta bort åtgärden").click()
    anna.wait_for_url(lambda url: "measure" not in url)
    settled(anna)
    read_in(bo)
    refusal = bo.locator(".notice").first.inner_text()
    assert "version 2" in refusal
    assert "version 1" in refusal
    read_in(bo)
    assert "28 åtgärder" in bo.locator('[data-testid="stAlertContentSuccess"]').inner_text()


def test_a_file_that_is_no_workbook_is_refused_by_its_own_name(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
    choose(page, {"name": "../../etc/x.xlsx", "mimeType": "", "buffer": b"not a workbook"})
    refusal = page.locator(".notice").inner_text()
    assert "x.xlsx" in refusal
    assert ".." not in refusal
    assert "etc" not in refusal
    assert page.get_by_role("button", name="Läs in", exact=True).count() == 0


def test_the_template_is_downloaded_and_read_as_the_project_s_own(app, page, tmp_path):
    open_page(page, f"{app}/underlag?{PLAN}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta mallen").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "klimatinvest-mall.xlsx"
    choose(page, file)
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.get_by_text("klimatinvest-mall.xlsx: 0 åtgärder").count() == 1


def test_an_empty_plan_is_made_for_any_municipality(cold_app, page):
    open_page(page, f"{cold_app}/underlag?{PLAN}")
    page.get_by_text("Börja en tom plan").click()
    page.get_by_role("button", name="Gör planen").click()
    settled(page)
    assert "Planens namn" in page.locator(".findings.error").inner_text()
    for name, text in (("name", "Växjö 2030"), ("municipality", "0780")):
        field = page.locator(f".st-key-empty-plan-{name} input")
        field.fill(text)
        field.press("Enter")
        settled(page)
    page.get_by_role("button", name="Gör planen").click()
    page.wait_for_url("**plan=vaxjo-2030*")
    settled(page)
    assert page.locator("h1").inner_text() == "Ingen arbetsbok är inläst i Växjö 2030 än"
    page.locator(".st-key-nav a", has_text="Åtgärder").click()
    page.wait_for_url("**/atgarder?*")
    settled(page)
    assert "Planen har inga åtgärder än" in page.locator("body").inner_text()


def test_a_backup_is_taken_and_brings_back_what_was(cold_app, page, tmp_path):
    open_page(page, f"{cold_app}/underlag?{PLAN}")
    page.get_by_role("button", name="Gör en säkerhetskopia").click()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta säkerhetskopian").click()
    backup = tmp_path / download.value.suggested_filename
    download.value.save_as(backup)
    open_page(page, f"{cold_app}/atgarder?{PLAN}&measure=ex-01")
    page.get_by_role("button", name="Ta bort").click()
    page.get_by_role("button", name="Ja, ta bort åtgärden").click()
    page.wait_for_url(lambda url: "measure" not in url)
    settled(page)
    open_page(page, f"{cold_app}/underlag?{PLAN}")
    upload(page, "restore", backup)
    page.get_by_role("button", name="Ja, ersätt allt").click()
    page.get_by_text("är återställd").wait_for()
    settled(page)
    page.get_by_role("button", name="Kontrollera allt").click()
    page.get_by_text("Alla kontroller gick bra").wait_for()
    open_page(page, f"{cold_app}/atgarder?{PLAN}&measure=ex-01")
    assert page.locator("h1").inner_text().startswith("Energieffektivisering av skolor")


def test_a_file_that_is_no_backup_is_refused_and_nothing_is_replaced(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
    no_database = {"name": "kopia.duckdb", "mimeType": "", "buffer": b"not a database" * 100}
    upload(page, "restore", no_database)
    refusal = page.locator(".notice").last.inner_text()
    assert "kopia.duckdb" in refusal
    assert "/tmp" not in refusal
    assert page.get_by_role("button", name="Ja, ersätt allt").count() == 0
