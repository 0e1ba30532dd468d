"""Workbooks in, in a browser: from the file on the desk to the gap on the screen; and backups."""

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.browser.browsing import (
    go_to,
    hindrances,
    open_page,
    pick,
    run_anew,
    settled,
)
from tests.intake.sheets import xlsx

SHEET = "helsingborg_budget_sheet.xlsx"
PLAN = "plan=exempelkommunen"
HEADINGS = ("Nämnd", "Nr", "Investeringsobjekt", "Ramkod", 2026, 2027)
ROWS = [
    ("Fastighetsnämnden", 7, "Solceller på tak", 17, 1000, 500),
    (None, 8, "Bergvärme i badhuset", 18, 10, None),
    (None, None, "Summa", None, 1010, 500),
]
WRONG = [(*ROWS[0][:4], "12 st", 500), ROWS[1]]


def choose(page, file) -> None:
    """Choose a workbook, and wait until it has been read."""
    upload(page, "upload", file)


def upload(page, field: str, file) -> None:
    where = page.locator(f'[class*="st-key-{field}-"]')
    with run_anew(page):
        where.locator("input[type=file]").set_input_files(file)
    where.locator('[data-testid="stFileChip"]').wait_for()


def into_a_new_plan(page, name: str) -> None:
    pick(page.locator(".st-key-upload-target input"), "En ny plan")
    fill(page.locator(".st-key-upload-plan-name input"), name)


def fill(field, text: str) -> None:
    """Write in a text field and leave it."""
    field.fill(text)
    with run_anew(field.page):
        field.press("Enter")


def press(page, label: str) -> None:
    with run_anew(page):
        page.get_by_role("button", name=label, exact=True).click()


def read_in(page) -> None:
    press(page, "Läs in")


def is_offered(page) -> bool:
    """Whether the page offers to read the workbook in, or says why it does not."""
    button = page.get_by_role("button", name="Läs in", exact=True)
    button.or_(page.get_by_text("Inget kan läsas in")).or_(page.get_by_text("Inget ändras")).or_(
        page.locator(".notice")
    ).first.wait_for()
    return button.count() == 1


def figure(page, label: str) -> str:
    """A figure by the words under it."""
    found = page.locator("dl.figures > div", has=page.locator("dt", has_text=label))
    return found.locator("dd").inner_text()


def table(page, caption: str) -> list[list[str]]:
    found = page.locator("table", has=page.locator("caption", has_text=caption))
    return [row.locator("th, td").all_inner_texts() for row in found.locator("tr").all()]


def workbook(*rows, unit: str = "Belopp i tkr") -> dict:
    """A workbook of a few rows, as a browser uploads it."""
    content = xlsx(("Budget", [[unit], HEADINGS, *rows]))
    return {"name": "budget.xlsx", "mimeType": "", "buffer": content}


def test_a_budget_sheet_becomes_a_plan_and_its_gap_is_seen(app, page, shared):
    open_page(page, f"{app}/underlag?{PLAN}")
    choose(page, shared / "workbooks" / SHEET)
    assert page.get_by_text(f"{SHEET}: 28 åtgärder, 13,5 miljarder i investering").count() == 1
    into_a_new_plan(page, "Helsingborgs budget")
    years = table(page, "Utgift per år mot bladets egna summor")
    assert [row[:4] for row in years[1:]] == [
        [year, amount, amount, "0,00\xa0kr"]
        for year, amount in (
            ("T.o.m. 2025", "94,7"),
            ("2026", "3\u202f270,1"),
            ("2027", "2\u202f902,1"),
            ("2028", "2\u202f852,1"),
            ("2029", "2\u202f185,5"),
            ("2030", "2\u202f185,5"),
            ("Summa", "13\u202f490,0"),
        )
    ]
    assert [figure(page, label) for label in ("tal läses in", "utelämnas", "talceller")] == [
        "146",
        "89",
        "235",
    ]
    assert figure(page, "skillnad mot bladets egna summor") == "0,00\xa0kr"
    assert page.get_by_text("Texten ”Belopp i tkr” i A3 säger det.").count() == 1
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
    assert not is_offered(page)
    assert page.locator(".imported").count() == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta", exact=True).click()
    assert Path(download.value.path()).read_bytes() == (shared / "workbooks" / SHEET).read_bytes()


def test_an_import_based_on_an_old_version_is_refused(cold_app, new_page, shared):
    anna, bo = new_page(), new_page()
    open_page(bo, f"{cold_app}/underlag?{PLAN}")
    choose(bo, shared / "workbooks" / SHEET)
    open_page(anna, f"{cold_app}/atgarder?{PLAN}&measure=ex-07")
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
    page.get_by_role("button", name="Välj en fil: Arbetsbok med investeringsbudgeten").wait_for()
    choose(page, {"name": "../../etc/x.xlsx", "mimeType": "", "buffer": b"not a workbook"})
    refusal = page.locator(".notice").inner_text()
    assert "x.xlsx" in refusal
    assert ".." not in refusal
    assert "etc" not in refusal
    assert not is_offered(page)


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


def test_an_empty_plan_is_made_for_any_municipality(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
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
    go_to(page, "atgarder")
    assert "Planen har inga åtgärder än" in page.locator("body").inner_text()


def test_a_backup_is_taken_and_brings_back_what_was(cold_app, page, tmp_path):
    open_page(page, f"{cold_app}/underlag?{PLAN}")
    page.get_by_role("button", name="Gör en säkerhetskopia").click()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta säkerhetskopian").click()
    backup = tmp_path / download.value.suggested_filename
    download.value.save_as(backup)
    open_page(page, f"{cold_app}/atgarder?{PLAN}&measure=ex-07")
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
    open_page(page, f"{cold_app}/atgarder?{PLAN}&measure=ex-07")
    assert page.locator("h1").inner_text().startswith("Ny rening och biogas")


def test_a_file_that_is_no_backup_is_refused_and_nothing_is_replaced(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
    no_database = {"name": "kopia.duckdb", "mimeType": "", "buffer": b"not a database" * 100}
    upload(page, "restore", no_database)
    refusal = page.locator(".notice").last.inner_text()
    assert "kopia.duckdb" in refusal
    assert "/tmp" not in refusal
    assert page.get_by_role("button", name="Ja, ersätt allt").count() == 0


def test_a_unit_is_asked_for_and_answered_where_it_is_asked(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
    choose(page, workbook(*ROWS, unit="Investeringar"))
    assert not is_offered(page)
    with run_anew(page):
        page.get_by_text("tusental kronor (tkr)").first.click()
    assert is_offered(page)
    assert page.get_by_text("budget.xlsx: 2 åtgärder, 1,5 mnkr i investering").count() == 1
    press(page, "Ta tillbaka")
    assert not is_offered(page)


def test_a_column_is_corrected(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
    choose(page, workbook(*ROWS[:2]))
    pick(page.get_by_label("Kolumn D är"), "Beslutad totalutgift")
    assert page.get_by_text("Kolumnen Ramkod i Budget är: Beslutad totalutgift").count() == 1
    assert page.locator(".sheet thead th", has_text="Beslutad totalutgift").count() == 1


def test_a_cell_is_mended_in_place_read_in_and_undone(cold_app, page):
    open_page(page, f"{cold_app}/underlag?{PLAN}")
    choose(page, workbook(*WRONG))
    assert not is_offered(page)
    assert page.locator(".sheet td.refused", has_text="12 st").count() == 1
    fill(page.get_by_label("Vad Budget E3 ska innehålla, tkr"), "runt tolv")
    assert "runt tolv" in page.locator(".echo.wrong").inner_text()
    # Who hears the page is told, and told of which field.
    asked = page.get_by_label("Vad Budget E3 ska innehålla, tkr")
    expect(asked).to_have_attribute("aria-invalid", "true", timeout=30_000)
    said = asked.get_attribute("aria-describedby")
    assert "runt tolv" in page.locator(f"#{said}[role=alert]").inner_text()
    fill(page.get_by_label("Vad Budget E3 ska innehålla, tkr"), "1 234,5")
    said = "Budget E3 innehöll ”12 st”: tolkat som 1\u202f234,5 tkr"
    assert page.get_by_text(said).count() == 1
    read_in(page)
    assert "2 åtgärder" in page.locator('[data-testid="stAlertContentSuccess"]').inner_text()
    open_page(page, f"{cold_app}/atgarder?{PLAN}&measure=7-solceller-pa-tak")
    body = page.locator("body").inner_text()
    assert "Rättat för hand: budget.xlsx!Budget!E3 innehöll ”12 st”" in body
    assert "budget.xlsx!Budget!F3" in body
    open_page(page, f"{cold_app}/underlag?{PLAN}")
    page.get_by_role("button", name="Ångra inläsningen", exact=True).click()
    assert page.get_by_text("2 åtgärder som den lade till tas bort").count() == 1
    press(page, "Ja, ångra inläsningen")
    assert page.get_by_role("button", name="Ångra inläsningen", exact=True).count() == 0
    open_page(page, f"{cold_app}/atgarder?{PLAN}")
    assert page.get_by_text("Solceller på tak").count() == 0


def test_a_corrected_file_keeps_every_decision(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
    choose(page, workbook(*WRONG, unit="Investeringar"))
    with run_anew(page):
        page.get_by_text("tusental kronor (tkr)").first.click()
    assert not is_offered(page)
    with run_anew(page):
        page.locator('[class*="st-key-upload-"] [data-testid="stFileChip"] button').click()
    choose(page, workbook(*ROWS, unit="Investeringar"))
    expect(page.locator(".sheet td.refused")).to_have_count(0)
    assert is_offered(page)
    assert page.get_by_text("Enhet i Budget: tusental kronor (tkr)").count() == 1


def test_the_walk_is_found_again_after_another_page(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
    choose(page, workbook(*WRONG))
    fill(page.get_by_label("Vad Budget E3 ska innehålla, tkr"), "12")
    go_to(page, "atgarder")
    go_to(page, "underlag")
    assert page.get_by_text("tolkat som 12 tkr").count() == 1
    assert is_offered(page)
    press(page, "Lägg undan filen")
    assert page.locator(".sheet").count() == 0


def test_the_user_s_own_workbook_comes_back_with_its_cells_marked(app, page, tmp_path):
    open_page(page, f"{app}/underlag?{PLAN}")
    choose(page, workbook(*WRONG))
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta arbetsboken med cellerna markerade").click()
    file = tmp_path / "markerad.xlsx"
    download.value.save_as(file)
    marked = openpyxl.load_workbook(file)["Budget"]["E3"]
    assert marked.value == "12 st"
    assert "Skriv ett tal" in marked.comment.text


def test_the_walk_is_accessible_and_fits_its_width(app, page, shared):
    for file in (workbook(*WRONG, unit="Investeringar"), shared / "workbooks" / SHEET):
        open_page(page, f"{app}/underlag?{PLAN}")
        choose(page, file)
        assert hindrances(page) == []
        assert page.locator(".sheet").count() == 1


def test_the_walk_can_be_gone_with_the_keyboard_alone(app, page):
    open_page(page, f"{app}/underlag?{PLAN}")
    choose(page, workbook(*ROWS, unit="Investeringar"))
    tab_to(page, "region", "Bladet Budget så som det tolkades")
    tab_to(page, "radio", "kronor")
    with run_anew(page):
        page.keyboard.press("ArrowRight")  # goes to the next choice, and takes it
    tab_to(page, "button", "Läs in")
    with run_anew(page):
        page.keyboard.press("Enter")
    assert "2 åtgärder" in page.locator('[data-testid="stAlertContentSuccess"]').inner_text()


def tab_to(page, role: str, name: str) -> None:
    """Move the focus forward with the tab key until something of that role and name has it."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    for _step in range(200):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no tab key leads to {role} {name}")
