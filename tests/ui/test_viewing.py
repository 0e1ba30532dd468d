"""A chart as it is looked at: larger, stronger in contrast, or without its figures."""

import json
import re

import pytest

from model import palette
from model.palette import strong
from tests.ui.test_charts import FIGURES
from ui.charts import viewing


def luminance(colour: str) -> float:
    """WCAG's relative luminance of ``#RRGGBB``."""

    def part(at: int) -> float:
        value = int(colour[at : at + 2], 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)


def to_white(colour: str) -> float:
    """The contrast of a colour to white."""
    return 1.05 / (luminance(colour) + 0.05)


def texts(drawn) -> list[str]:
    """Everything that a chart says, also to a mouse."""
    found = []

    def walk(value, name=""):
        if isinstance(value, dict):
            for key, each in value.items():
                walk(each, key)
        elif isinstance(value, list | tuple):
            for each in value:
                walk(each, name)
        elif isinstance(value, str) and name in ("text", "hovertext"):
            found.append(value)

    walk(drawn.drawn)
    return found


def meanings() -> list[palette.Meaning]:
    groups = [palette.MEANINGS, palette.OWNER_KINDS, palette.OPERATING, palette.VERDICTS]
    return [meaning for group in groups for meaning in group.values()]


def test_in_high_contrast_every_meaning_stands_at_seven_to_one():
    for meaning in meanings():
        assert to_white(strong(meaning.colour)) >= 7, meaning.word
    for colour in (palette.ACCENT, palette.INK, palette.MUTED):
        assert to_white(strong(colour)) >= 7, colour


def test_high_contrast_keeps_apart_what_the_colours_kept_apart():
    colours = {meaning.colour for meaning in meanings()}
    assert len({strong(colour) for colour in colours}) == len(colours)


@pytest.mark.parametrize("name", FIGURES)
def test_no_colour_of_the_palette_is_left_in_high_contrast(name):
    shown = viewing.in_contrast(FIGURES[name])
    left = re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(shown.drawn, default=list))
    assert [colour for colour in left if strong(colour) != colour] == []
    assert shown.checked


@pytest.mark.parametrize("name", FIGURES)
def test_on_a_projector_no_text_is_smaller_than_twenty_pixels(name):
    before = json.dumps(FIGURES[name].drawn, default=list)
    shown = viewing.enlarged(FIGURES[name])
    assert json.dumps(FIGURES[name].drawn, default=list) == before
    fonts = re.findall(r'font": {[^{}]*"size": ([\d.]+)', json.dumps(shown.drawn, default=list))
    assert fonts
    assert min(map(float, fonts)) >= 20
    assert shown.checked.layout.height <= max(
        viewing.TALLEST, FIGURES[name].drawn["layout"]["height"] * 1.2
    )


@pytest.mark.parametrize("name", FIGURES)
def test_a_hidden_figure_is_nowhere_in_the_chart(name):
    shown = viewing.concealed(FIGURES[name])
    words = " ".join(re.sub(r"<[^>]*>|&[^;]+;", " ", text) for text in texts(shown))
    assert re.findall(r"\d[\d.,]*", re.sub(r"\b20\d\d\b|CO2e", "", words)) == []
    assert "hovertext" not in json.dumps(shown.drawn, default=list)
    assert shown.checked


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("199,0 mnkr saknas till 2030", "••• mnkr saknas till 2030"),
        ("6\u202f090 t CO2e om året 2026–2030", "••• t CO2e om året 2026–2030"),
        ("1.9 billion, 1,234 measures", "••• billion, ••• measures"),
        (
            '<b style="color:#B84E00">79,0</b> av &#36; 3',
            '<b style="color:#B84E00">•••</b> av &#36; •••',
        ),
        ("+55,0 mnkr, \u221212,0 mnkr, 61\u00a0%", "••• mnkr, ••• mnkr, •••\u00a0%"),
        ("Ingenting saknas", "Ingenting saknas"),
    ],
)
def test_figures_become_dots_and_years_stay(said, hidden):
    assert viewing.conceal(said) == hidden
