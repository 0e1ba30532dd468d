"""Every report carries what it was made from, and a check says whether it still says that."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Inches

from model import commands
from model.errors import InvalidData
from model.report import answers
from model.report.council.book import council_workbook
from model.report.council.decisions import decisions_and_money
from model.report.data_package.build import data_package
from model.report.document.council_paper import council_paper
from model.report.seal import hash_of
from model.report.seal.check import answer, check, sentences
from model.report.seal.figures import figures_in, numbers
from model.report.seal.package import MAX_PARTS
from model.report.slides import gap_slides
from model.report.workbook import gap_workbook
from model.results import results
from model.scenario import CostFactor, Scenario
from tests.model.conftest import appropriation, measure


def tables(result, reading):
    return council_workbook(result, reading, [decisions_and_money(result, reading)])


MAKERS = {
    "document": council_paper,
    "slides": gap_slides,
    "workbook": gap_workbook,
    "tables": tables,
    "package": data_package,
}


@pytest.fixture
def small(result_of):
    """A plan of two measures, in a store of its own."""
    return result_of(
        measure("a", {2026: 10**7}, appropriations=(appropriation(2026, 4 * 10**6),)),
        measure("b", {2027: 2 * 10**6}),
    )


@pytest.fixture(scope="module")
def paper(own_plans):
    """The example's Word file."""
    return council_paper(results("exempelkommunen", store=own_plans), "secured")


def changed_later(result):
    """The plan one version on, with the first measure dearer."""
    dearer = measure("a", {2026: 3 * 10**7})
    commands.save_measure("prov", dearer, result.base.version, "provaren", store=result.store)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_report_as_it_was_made_is_unchanged(small, kind):
    found = check(MAKERS[kind](small, "secured"), small.store)
    assert (found.seal.kind, found.changed, found.journal, found.now) == (kind, (), "same", 1)
    assert found.sound
    sums = answers.figures(small, "secured")
    assert (found.seal.need, found.seal.gap) == (sums.need, sums.gap)
    assert found.seal.figures == hash_of(small, "secured")
    assert sentences(found)[:2] == [
        "Oförändrade siffror ur prov, version 1",
        "Det är planens nuvarande version",
    ]


@pytest.mark.parametrize("kind", ["slides", "package"])
def test_an_older_report_says_what_has_moved_since(small, kind):
    report = MAKERS[kind](small, "secured")
    changed_later(small)
    found = check(report, small.store)
    assert (found.changed, found.journal, found.now) == ((), "same", 2)
    said = [line.replace("\xa0", " ") for line in sentences(found)]
    assert said[:2] == ["Oförändrade siffror ur prov, version 1", "Planen är nu version 2"]
    assert "Saknas: 8,0 mnkr i rapporten, 32,0 mnkr i planen nu" in said


def test_a_report_of_a_plan_that_is_not_here_is_only_compared_with_its_own_seal(small, own_plans):
    found = check(gap_slides(small, "secured"), own_plans)
    assert (found.changed, found.journal, found.now) == ((), "unknown", None)
    assert not found.sound
    assert "Planen finns inte här" in sentences(found)


def test_the_scenario_lies_in_the_seal_and_is_worked_out_anew(small):
    dearer = Scenario(id="dyrare", name="Dyrare", adjustments=(CostFactor(factor=1.5),))
    result = results("prov", dearer, small.store)
    report = gap_slides(result, "secured")
    changed_later(small)
    found = check(report, small.store)
    assert found.seal.as_scenario == dearer
    assert (found.seal.scenario_hash, found.journal) == (dearer.hash, "same")


def test_an_overwritten_figure_in_word_names_its_chapter(example, paper):
    document = Document(BytesIO(paper))
    table = document.tables[2]
    table.rows[1].cells[1].paragraphs[0].runs[0].text = "999,9"
    found = check(saved(document), example.store)
    assert found.changed == ("Behov",)
    assert sentences(found)[0] == "Ändrad sedan den gjordes, på 1 ställe: kapitlet Behov"


def test_a_sentence_may_be_reworded_and_its_figures_not(example, paper):
    document = Document(BytesIO(paper))
    lead = next(p for p in document.paragraphs if p.text.startswith("Kommunkoncernen behöver"))
    text = lead.text
    lead.text = text.replace("Kommunkoncernen behöver investera", "Koncernen ska investera")
    assert check(saved(document), example.store).changed == ()
    lead.text = text.replace("322,0", "323,0")
    assert check(saved(document), example.store).changed == ("Sammanfattning",)


def test_an_overwritten_cell_names_its_sheet(small):
    book = load_workbook(BytesIO(gap_workbook(small, "secured")))
    book["Per år"]["B6"] = 12345
    assert "Per år" in check(saved(book), small.store).changed


def test_a_moved_bar_and_a_reworded_title_name_their_slide(example):
    deck = Presentation(BytesIO(gap_slides(example, "secured")))
    deck.slides[1].shapes.title.text_frame.text = "Inget saknas"
    deck.slides[0].shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "12"
    assert check(saved(deck), example.store).changed == ("1", "2")


def test_an_office_program_that_saves_a_workbook_anew_keeps_the_seal(example, convert_all):
    made = {"tables": tables(example, "secured")}
    found = check(convert_all(made)["tables"], example.store)
    assert (found.changed, found.journal) == ((), "same")


def test_a_seal_that_does_not_fit_the_plan_is_said(small):
    report = gap_slides(small, "secured")
    forged = rewritten(
        report,
        {
            "docProps/custom.xml": lambda body: body.replace(
                hash_of(small, "secured").encode(), b"0" * 64
            )
        },
    )
    found = check(forged, small.store)
    assert found.journal == "different"
    assert not found.sound
    assert any("ger inte de här siffrorna" in line for line in sentences(found))


def test_what_is_none_of_our_reports_is_refused():
    stranger = BytesIO()
    Document().save(stranger)
    for content, said in (
        (stranger.getvalue(), "carries no seal"),
        (b"hej", "no Word, PowerPoint or Excel file"),
        (stranger.getvalue()[:2000], "no Word, PowerPoint or Excel file"),
    ):
        with pytest.raises(InvalidData, match=said):
            check(content)


def test_a_file_that_unpacks_to_too_much_is_refused():
    bomb = BytesIO()
    with ZipFile(bomb, "w") as package:
        for number in range(MAX_PARTS + 1):
            package.writestr(f"xl/{number}.xml", b"")
    with pytest.raises(InvalidData, match="unpacks to more"):
        check(bomb.getvalue())


def test_the_properties_can_be_read_under_file_properties(small):
    body = ZipFile(BytesIO(gap_slides(small, "secured"))).read("docProps/custom.xml").decode()
    assert 'name="Klimatinvest plan"' in body
    assert "<vt:lpwstr>prov</vt:lpwstr>" in body
    assert max(map(len, body.split("<vt:lpwstr>"))) < 400


def test_the_answer_for_machines(small):
    said = answer(check(tables(small, "secured"), small.store))
    assert said["sound"]
    assert (said["plan"], said["version"], said["now"], said["changed"]) == ("prov", 1, 1, [])


def test_numbers_of_a_sentence_are_read_whole():
    assert numbers("Minst 1\u202f234,5 mnkr 2026–2030, −3,8 %") == [
        "1234,5",
        "2026",
        "–2030",
        "−3,8",
    ]


def test_every_sheet_slide_and_chapter_is_a_part(example, paper):
    assert list(figures_in(gap_slides(example, "secured"))) == ["1", "2", "3", "4", "5"]
    assert list(figures_in(paper))[:3] == [
        "Sammanfattning",
        "Behov",
        "Vem som ska investera",
    ]


def saved(file) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def rewritten(content: bytes, changes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for part in old.infolist():
            change = changes.get(part.filename, lambda body: body)
            new.writestr(part.filename, change(old.read(part.filename)))
    return out.getvalue()
