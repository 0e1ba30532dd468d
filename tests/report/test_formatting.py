"""Numbers and colours that screens and documents share; Swedish is tried where screens bind it."""

import pytest

from model import formatting
from model.palette import COVER, GAP, MEANINGS

MNKR = 100_000_000


def test_the_language_is_an_argument():
    assert formatting.money(1_234 * MNKR, language="en") == "1.2\u00a0billion\u00a0SEK"
    assert formatting.money(1_234 * MNKR) == "1,2\u00a0miljarder"


def test_a_sentence_can_have_a_zero_in_figures():
    assert formatting.money(0) == "–"
    assert formatting.money(0, zero="0") == "0"


def test_every_meaning_of_a_stacked_bar_has_a_form_of_its_own():
    stacked = [*COVER.values(), GAP]
    assert len({(meaning.colour, meaning.fill) for meaning in stacked}) == len(stacked)


@pytest.mark.parametrize("name", MEANINGS)
def test_every_colour_is_told_from_white(name):
    assert _contrast(MEANINGS[name].colour) >= 3


def _contrast(colour: str) -> float:
    """WCAG contrast against white."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
