"""Scenarios compared, to take along: the slide and the workbook hold the page's figures."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from model.compared import compared
from model.report.compared_files import compared_slides, compared_workbook
from model.scenario import AS_IS, CostFactor, Delay, SwitchOff
from tests.report.conftest import ENGLISH
from tests.report.test_slides import series_of, texts_of


@pytest.fixture
def three(example):
    """The example as it is, dearer, and dearer and later."""
    dearer = CostFactor(factor=1.3)
    others = (AS_IS.then(dearer), AS_IS.then(dearer, Delay(years=2)))
    return compared([example, *map(example.under, others)], "secured")


def test_the_slide_says_the_answer_and_draws_who_pays(three):
    (slide,) = Presentation(BytesIO(compared_slides(three))).slides
    assert slide.shapes.title.text_frame.text.startswith("Minst saknas med Planen som den är")
    assert series_of(slide)["Saknas"] == tuple(
        each.group.gap / 100_000_000 for each in three.standings
    )
    assert any("scenarier: Planen som den är, Planen, ändrad" in text for text in texts_of(slide))
    notes = slide.notes_slide.notes_text_frame.text
    assert "2. Med ”Alla åtgärder 2 år senare”: " in notes
    assert not ENGLISH.search(notes)


def test_the_slide_of_nothing_has_no_chart(example):
    nothing = compared([example.under(AS_IS.then(SwitchOff()))] * 2, "secured")
    (slide,) = Presentation(BytesIO(compared_slides(nothing))).slides
    assert not [shape for shape in slide.shapes if shape.has_chart]


def test_the_workbook_adds_the_steps_up(three):
    book = load_workbook(BytesIO(compared_workbook(three)))
    assert [name[2:] for name in book.sheetnames] == [
        "Belopp",
        "Ton",
        "Planen, ändrad",
        "Planen, ändrad",
    ]
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    (gap,) = [row for row in rows if row[0] == "Saknas"]
    first, *others = [each.group.gap / 100_000 for each in three.standings]
    assert gap[1:6] == [first, *(figure for gap in others for figure in (gap, gap - first))]
    (formula,) = [cell.value for cell in book.worksheets[3]["B"] if "=SUM(" in str(cell.value)]
    values = load_workbook(BytesIO(compared_workbook(three)), data_only=True).worksheets[3]
    assert [cell.value for cell in values["B"] if cell.value][-1] == others[1] - first
    assert formula.startswith("=SUM(B")
