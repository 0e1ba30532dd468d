"""How numbers are written. The spaces are spelled out: THIN between thousands, NB before units."""

from decimal import Decimal

import pytest

from model.years import BEFORE, LATER
from ui import format as write
from ui.i18n import speaking

THIN, NB, MINUS = "\u202f", "\u00a0", "\u2212"
MILLION = 100_000_000
BILLION = 1_000 * MILLION
AMOUNTS = (write.money, write.mnkr, write.tkr, write.kronor, write.tonnes)


@pytest.mark.parametrize(
    ("kronor", "text"),
    [
        (12_350_000, "12,4"),
        (12_349_999, "12,3"),
        (50_000, "0,1"),
        (-12_350_000, f"{MINUS}12,4"),
        (999_949_999, "999,9"),
    ],
)
def test_millions_have_one_decimal_rounded_half_away_from_zero(kronor, text):
    assert write.money(kronor * 100) == f"{text}{NB}mnkr"


def test_what_rounds_to_a_thousand_millions_is_a_billion():
    assert write.money(999_950_000 * 100) == f"1,0{NB}miljarder"


def test_billions_have_one_decimal():
    assert write.money(1_932_000_000 * 100) == f"1,9{NB}miljarder"
    assert write.money(13_450_000_000 * 100) == f"13,5{NB}miljarder"


def test_what_would_round_to_nothing_is_said_in_kronor():
    assert write.money(40_000 * 100) == f"40{THIN}000{NB}kr"
    assert write.money(49_999_99) == f"50{THIN}000{NB}kr"


@pytest.mark.parametrize("written", AMOUNTS)
def test_unknown_is_said_and_is_not_zero(written):
    assert written(None) == "okänt"


@pytest.mark.parametrize("written", AMOUNTS)
def test_a_true_zero_is_a_dash(written):
    assert written(0) == "–"


def test_a_little_is_no_true_zero():
    assert write.mnkr(1) == "0,0"


def test_a_lower_bound_says_so():
    assert write.money(75 * MILLION, lower_bound=True) == f"minst 75,0{NB}mnkr"
    assert write.mnkr(75 * MILLION, lower_bound=True) == "minst 75,0"


def test_a_column_in_millions_keeps_its_unit_above_a_thousand():
    assert write.mnkr(123_450_000_000) == f"1{THIN}234,5"


def test_thousands_are_whole():
    assert write.tkr(1_234_500_50) == f"1{THIN}235"


def test_exact_kronor_show_their_ore():
    assert write.kronor(94_667_000_00) == f"94{THIN}667{THIN}000{NB}kr"
    assert write.kronor(1_234_05) == f"1{THIN}234,05{NB}kr"
    assert write.kronor(-5_900_00) == f"{MINUS}5{THIN}900{NB}kr"


def test_a_range_says_its_unit_once():
    assert write.money_range(13_339 * MILLION, 13_641 * MILLION) == f"13,3–13,6{NB}miljarder"


def test_a_range_over_the_border_says_both_units():
    assert write.money_range(900 * MILLION, 2 * BILLION) == f"900,0{NB}mnkr–2,0{NB}miljarder"


def test_a_range_of_one_value_is_that_value():
    assert write.money_range(MILLION, MILLION) == f"1,0{NB}mnkr"
    assert write.money_range(MILLION, None) == f"minst 1,0{NB}mnkr"
    assert write.money_range(None, None) == "okänt"


def test_tonnes_are_whole_from_ten():
    assert write.tonnes(105_150) == f"105{THIN}150{NB}t"
    assert write.tonnes(2.45) == f"2,5{NB}t"
    assert write.tonnes(float("nan")) == "okänt"


def test_a_share_is_a_percentage():
    assert write.percent(0.198, 1) == f"19,8{NB}%"
    assert write.percent(Decimal("0.805")) == f"81{NB}%"


def test_years_have_no_separator_and_the_ends_have_words():
    assert write.year(2026) == "2026"
    assert write.year(BEFORE, first=2026) == "t.o.m. 2025"
    assert write.year(BEFORE) == "före"
    assert write.year(LATER) == "senare"


def test_english_writes_its_own_signs_and_units():
    with speaking("en"):
        assert write.money(123_450_000 * 100) == f"123.5{NB}MSEK"
        assert write.money(1_932_000_000 * 100) == f"1.9{NB}billion{NB}SEK"
        assert write.mnkr(123_450_000_000) == "1,234.5"
        assert write.percent(0.198, 1) == "19.8%"
        assert write.money(None) == "unknown"
    assert write.money(None) == "okänt"
