"""The municipality's own look: one file says it, and what could not be read is refused."""

from io import BytesIO

import pytest
from docx import Document
from PIL import Image

from model.errors import InvalidData
from model.report.document.paper import Paper
from model.report.house_style import HouseStyle, contrast, house_style, logo_of
from model.report.view import View


@pytest.fixture
def written(tmp_path):
    """A folder with this in its house style."""

    def made(more: str = ""):
        text = f'default:\n  accent: "#00527a"\n  font: Calibri\n{more}'
        (tmp_path / "house_style.yaml").write_text(text, "utf-8")
        return tmp_path

    return made


def test_the_shipped_style_is_ours_for_every_municipality():
    assert house_style("1283") == house_style() == HouseStyle(accent="#00527a", font="Calibri")


def test_a_municipality_has_its_own_over_the_default(written):
    folder = written('"2480":\n  accent: "#7a0019"\n')
    assert house_style("2480", folder) == HouseStyle(accent="#7a0019", font="Calibri")
    assert house_style("1283", folder).accent == "#00527a"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('"2480":\n  accent: "#ffcc00"\n', "2480.accent: #ffcc00 has a contrast of 1.5 to white"),
        ('"2480":\n  accent: blå\n', "no colour: expected #rrggbb"),
        ('"2480":\n  logo: ../hemligt.png\n', "2480.logo: ../hemligt.png is no .png or .jpg"),
        ('"2480":\n  colour: "#000000"\n', "2480.colour"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_key(written, more, said):
    with pytest.raises(InvalidData, match=said.replace("(", r"\(")) as refused:
        house_style("2480", written(more))
    assert "data/house_style.yaml" in str(refused.value)


def test_a_logo_stands_on_the_first_page_and_says_whose_it_is(written, example):
    folder = written('"2480":\n  logo: logo.png\n')
    Image.new("RGB", (40, 20), "#00527a").save(folder / "logo.png")
    style = house_style("2480", folder)
    assert logo_of(style) == (folder / "logo.png").resolve()
    paper = Paper(View(example, "secured"), style, "Plan", "Plan")
    paper.cover("Umeå", "Plan", "Underlag", [])
    paper.contents()
    paper.heading("Behov")
    word = Document(BytesIO(paper.content()))
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr") == "Umeå"


def test_contrast_is_that_of_wcag():
    assert contrast("#000000") == 21
    assert round(contrast("#767676"), 2) == 4.54
