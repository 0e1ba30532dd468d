"""A whole workshop as one story: from an empty plan to what is taken along to the council."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterable
from io import BytesIO
from itertools import combinations

import openpyxl
from docx import Document
from pptx import Presentation

from model import voting
from model.formatting import MILLION, mnkr
from model.report import answers
from model.report.changes import change_title
from model.report.seal.check import check
from model.results import results, scenario_of
from model.scenario import AS_IS
from model.store.connection import Store
from tests.browser.browsing import ROOT, go_to, open_page, run_anew, running, settled
from tests.report.conftest import convert, convert_all

__all__ = ["convert", "convert_all"]  # fixtures

PLAN = "provkoping-2030"
READING = "secured"
COLUMNS = ["Investeringsbehov", "Täckt", "Saknas"]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "locale": "sv-SE",
}
# Number: name, department, by year (tkr), what is decided of the first year, tonnes a year.
PROJECTS = {
    1: ("Solceller på skolor", "Fastighetsnämnden", (6000, 6000), 0, 100),
    2: ("Laddplatser för lastbilar", "Tekniska nämnden", (8000, 12000), 0, 900),
    3: ("Energieffektivisering av skolor", "Fastighetsnämnden", (20000, 40000), 20000, 1500),
    4: ("Biogas ur matavfall", "Miljönämnden", (30000, 50000), 0, 2600),
    5: ("Cykelbro över ån", "Tekniska nämnden", (0, 30000), 0, 300),
}
BUDGET = 101
# What five phones choose within the budget. Three want 3, two each 2 and 4, and one 5: from the top
# 3 (60) and 2 (20) fit, and then neither 4 (80) nor 5 (30).
CHOICES = ((3, 2), (3,), (3, 5), (4,), (4, 2))
ROOMS = {2, 3}


class Phone:
    """A participant with a phone in the hand: a browser of its own, narrow, with touch."""

    def __init__(self, browser, address: str):
        self.person, self.address = browser.new_context(**PHONE), address
        self.page = self.opened()

    def opened(self):
        page = self.person.new_page()
        open_page(page, self.address)
        return page

    def tick(self, *numbers: int) -> None:
        for number in numbers:
            name = PROJECTS[number][0]
            with run_anew(self.page):
                self.page.locator(".st-key-ballot").get_by_text(name).tap()

    def answer(self, label: str = "Skicka mitt svar") -> None:
        with run_anew(self.page):
            self.page.get_by_role("button", name=label).tap()
        self.page.get_by_text("Ditt svar är räknat").wait_for()

    def lose_the_connection_and_reload(self) -> None:
        self.person.set_offline(True)
        self.person.set_offline(False)
        self.page.reload()
        settled(self.page)

    @property
    def chosen(self) -> str:
        return plain(self.page.locator(".krona").inner_text())


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def heading(page) -> str:
    return plain(page.locator("h1.answer").inner_text()).strip()


def press(page, name: str) -> None:
    with run_anew(page):
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name: str, address: str) -> None:
    with run_anew(page):
        page.get_by_role("link", name=name).click()
    page.wait_for_url(f"**/{address}?*")
    settled(page)


def write(page, label: str, text: str) -> None:
    field = page.get_by_label(label).last
    field.fill(text)
    with run_anew(page):
        field.press("Tab")


def download(page, name: str) -> bytes:
    with page.expect_download() as taken:
        page.get_by_role("button", name=name).click()
    return taken.value.path().read_bytes()


def filled(template: bytes) -> bytes:
    """The project's own workbook with the projects in it, from its first year on."""
    book = openpyxl.load_workbook(BytesIO(template))

    def line(sheet: str, row: int, said: dict[str, object], years: tuple[int, ...] = ()) -> None:
        page = book[sheet]
        columns = {str(cell.value): cell.column for cell in page[5] if cell.value is not None}
        first = next(each for each in columns if each.isdecimal()) if years else "0"
        by_year = {str(int(first) + step): amount for step, amount in enumerate(years)}
        for column, value in (said | by_year).items():
            page.cell(row, columns[column], value)

    for row, (number, (name, department, years, decided, tonnes)) in enumerate(PROJECTS.items(), 7):
        project = {"Projektnr": str(number)}
        about = {"Benämning": name, "Ägare": "Kommunen", "Nämnd/bolag": department}
        effect = {"Indikator": "Minskade utsläpp av växthusgaser", "Enhet": "t CO2e/år"}
        line("1 Projekt", row, project | about)
        line("2 Utgifter", row, project | {"Central": sum(years)}, years)
        line("7 Effekt", row, project | effect | {"Central": tonnes})
        if decided:
            line(
                "3 Anslag", 7, project | {"Brutto/netto": "brutto", "Status": "anslag"}, (decided,)
            )
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def a_plan_is_begun_and_its_workbook_read_in(page, app) -> str:
    """What the page with the gap then answers."""
    open_page(page, f"{app}/underlag?plan=exempelkommunen")
    page.get_by_text("Börja en tom plan").click()
    write(page, "Planens namn", "Provköping 2030")
    write(page, "Kommun", "0780")
    page.get_by_role("button", name="Gör planen").click()
    page.wait_for_url(f"**plan={PLAN}*")
    settled(page)
    workbook = filled(download(page, "Hämta mallen"))
    with run_anew(page):
        page.locator('[class*="st-key-upload-"] input[type=file]').set_input_files(
            {"name": "provkoping.xlsx", "mimeType": "", "buffer": workbook}
        )
    press(page, "Läs in")
    follow(page, "Se finansieringsgapet", "finansieringsgap")
    return heading(page)


def a_scenario_is_toggled_and_kept(page) -> str:
    go_to(page, "scenarier")
    with run_anew(page):
        page.get_by_role("switch", name="Två år senare").press("Space")
    return kept(page, "Dröjer två år", "drojer-tva-ar")


def kept(page, name: str, key: str) -> str:
    if not page.get_by_label("Scenariots namn").count():
        with run_anew(page):
            page.get_by_text("Spara, ändra, läs in eller dela ett scenario").click()
    write(page, "Scenariots namn", name)
    press(page, "Spara scenariot")
    page.wait_for_url(f"**scenario={key}*")
    settled(page)
    return heading(page)


def a_workshop_is_prepared_and_shown(page) -> str:
    """What the step that was added says on the stage."""
    go_to(page, "workshop")
    press(page, "Lägg till det som visas nu")
    write(page, "Visningens namn", "Nämndens workshop")
    press(page, "Spara som en kopia")
    press(page, "Starta visningen")
    with run_anew(page):
        page.keyboard.press("ArrowRight")
    said = heading(page)
    with run_anew(page):
        page.keyboard.press("Escape")
    return said


def the_room_is_asked(page, app, browser) -> str:
    """What the room's choice is said to give, beside the model's, when the vote is closed."""
    open_page(page, f"{app}/fraga-rummet?plan={PLAN}")
    press(page, "Öppna frågan")
    address = page.locator(".code-address").inner_text()
    phones = [Phone(browser, address) for _choice in CHOICES]
    for phone, choice in zip(phones, CHOICES, strict=True):
        phone.tick(*choice)
    twice, cut = phones[:2]
    cut.lose_the_connection_and_reload()
    assert cut.chosen == f"Valt 60,0 mnkr · kvar {BUDGET - 60},0 mnkr"
    for phone in phones:
        phone.answer()
    # The first one opens the question anew and answers again, other than before and then the same.
    twice.page = twice.opened()
    assert twice.chosen == f"Valt 80,0 mnkr · kvar {BUDGET - 80},0 mnkr"
    for _time in range(2):
        twice.tick(2)
        twice.answer("Svara på nytt")
    # Nobody has touched the leader's page.
    page.locator(".figures dd").first.filter(has_text=str(len(CHOICES))).wait_for()
    page.get_by_role("button", name="Stäng frågan").click()
    page.get_by_role("link", name="Visa rummets val som scenario").wait_for()
    settled(page)
    for phone in phones:
        phone.person.close()
    return heading(page)


def what_the_room_chose_is_kept_and_taken_along(page) -> tuple[str, dict[str, bytes]]:
    follow(page, "Visa rummets val som scenario", "scenarier")
    said = kept(page, "Rummets val", "rummets-val")
    go_to(page, "rapporter")
    labels = {"docx": "Worddokument", "pptx": "Bildspel (PowerPoint)"}
    return said, {suffix: download(page, label) for suffix, label in labels.items()}


class Kept:
    """What the app left in its store: the plan as it is and under what was kept, and the votes."""

    def __init__(self, store: Store):
        self.store = store
        self.as_is = self.under(AS_IS.id)
        self.late, self.room = self.under("drojer-tva-ar"), self.under("rummets-val")
        (poll,) = voting.polls(PLAN, store=store)
        self.votes = [
            sorted(int(option.partition("-")[0]) for option in vote.chosen)
            for vote in voting.votes(poll.id, store=store)[1]
        ]

    def under(self, key: str):
        return results(PLAN, scenario_of(key, PLAN, store=self.store), store=self.store)


def tonnes(numbers: Iterable[int]) -> int:
    return sum(PROJECTS[number][-1] for number in numbers)


def cost(numbers: Iterable[int]) -> int:
    return sum(sum(PROJECTS[number][2]) for number in numbers) // 1000


def the_best() -> tuple[int, ...]:
    """The choice with most tonnes within the budget, of every one that there is."""
    every = (each for count in range(len(PROJECTS) + 1) for each in combinations(PROJECTS, count))
    return max((each for each in every if cost(each) <= BUDGET), key=tonnes)


def rows_of(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def printed(convert, path) -> str | None:
    """What LibreOffice prints of a file, as running text; None where nothing reads that."""
    pages = convert(path, "pdf")
    assert pages.read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext") is None:
        return None
    text = subprocess.run(["pdftotext", pages, "-"], capture_output=True, check=True, text=True)
    return " ".join(plain(text.stdout).split())


def test_from_an_empty_plan_to_the_council(tmp_path, browser, page, convert):
    database = tmp_path / "workshop.duckdb"
    with running(ROOT / "app.py", database) as app:
        gap = a_plan_is_begun_and_its_workbook_read_in(page, app)
        late = a_scenario_is_toggled_and_kept(page)
        stage = a_workshop_is_prepared_and_shown(page)
        room = the_room_is_asked(page, app, browser)
        chosen, files = what_the_room_chose_is_kept_and_taken_along(page)

    with contextlib.closing(Store.open(database)) as store:
        kept = Kept(store)
        # The screens said what the model says.
        assert gap == plain(answers.gap_title(kept.as_is, READING))
        assert late == stage == plain(change_title(kept.as_is, kept.late, READING))
        assert chosen == plain(change_title(kept.as_is, kept.room, READING))
        # Every vote is there, each phone once; beside it stood the best of all choices.
        assert sorted(kept.votes) == sorted(map(sorted, CHOICES))
        assert room.replace(" ", "") == (
            f"Rummetsvalger{tonnes(ROOMS)}tCO2eomåretför{cost(ROOMS)},0mnkr;"
            f"modellensger{tonnes(the_best())}t"
        )
        years = kept.room.by("year", READING, actor_group="municipal_group")
        whole = answers.figures(kept.room, READING)
        for suffix, content in files.items():
            assert check(content, store).sound
            path = tmp_path / f"plan.{suffix}"
            path.write_bytes(content)
            text = printed(convert, path)
            assert text is None or "scenario: Rummets val" in text
            assert text is None or f"{mnkr(whole.gap)} mnkr saknas" in text
    # The files hold the model's figures, in tables and charts that can be edited.
    tables = [rows_of(table) for table in Document(BytesIO(files["docx"])).tables]
    (by_year,) = [rows for rows in tables if rows[0][:4] == ["År", *COLUMNS]]
    assert [row[1:4] for row in by_year[1:]] == [
        [mnkr(amount) for amount in (row.need, row.covered, row.gap)] for row in (*years, whole)
    ]
    first = Presentation(BytesIO(files["pptx"])).slides[0]
    (chart,) = [shape.chart for shape in first.shapes if shape.has_chart]
    (gaps,) = [series.values for series in chart.plots[0].series if series.name == "Saknas"]
    assert [amount or 0 for amount in gaps] == [
        row.gap / MILLION for row in years if row.key != "0"
    ]
