"""Numbers as a councillor reads them."""

import pytest

from model import formatting as f
from model.palette import COVER, GAP, MEANINGS

MNKR = 100_000_000


@pytest.mark.parametrize(
    ("ore", "swedish", "english"),
    [
        (None, "okänt", "unknown"),
        (0, "0 mnkr", "SEK 0 million"),
        (1, "<_0,1 mnkr", "SEK <_0.1 million"),
        (5_000_000, "0,1 mnkr", "SEK 0.1 million"),
        (99_994_999_999, "999,9 mnkr", "SEK 999.9 million"),
        (1_234_5 * MNKR // 10, "1_234,5 mnkr", "SEK 1,234.5 million"),
        (-590_000_000, "−5,9 mnkr", "SEK −5.9 million"),
    ],
)
def test_money_is_millions_of_kronor_with_one_decimal(ore, swedish, english):
    assert f.money(ore, "sv") == swedish.replace(" ", "\u00a0").replace("_", "\u202f")
    assert f.money(ore, "en") == english.replace("_", "\u202f")


def test_a_headline_goes_over_to_miljarder_where_one_decimal_would_say_a_thousand_millions():
    assert f.headline(99_994_999_999) == "999,9\u00a0mnkr"
    assert f.headline(99_995_000_000) == "1,0\u00a0miljarder"
    assert f.headline(190_000_000_000, "en") == "SEK 1.9 billion"


def test_a_lower_bound_says_so():
    assert f.money(75 * MNKR, lower_bound=True) == "minst 75,0\u00a0mnkr"
    assert f.headline(2_000 * MNKR, "en", lower_bound=True) == "at least SEK 2.0 billion"


def test_a_dash_is_only_for_a_true_zero():
    assert f.millions(0) == "–"
    assert f.millions(1) == "<\u202f0,1"
    assert f.millions(None) == "okänt"


def test_years_have_no_separators_and_the_two_columns_have_words():
    assert [f.year(y, 2026) for y in (0, 2026, 9999)] == ["T.o.m. 2025", "2026", "Senare"]


def test_a_share_is_a_percentage():
    assert f.percent(0.8) == "80\u00a0%"
    assert f.percent(None) == "okänt"


def test_every_meaning_has_a_form_of_its_own():
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
