from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model import formatting
from model.intake.numbers import Parsed, parse, parse_in_currency
from model.money import to_kronor

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "numbers.yaml").read_text("utf-8"))


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_number_is_read_as_a_swede_means_it(case):
    assert parse(case["text"]) == Parsed(
        value=_decimal(case.get("value")),
        low=_decimal(case.get("low")),
        high=_decimal(case.get("high")),
        unit=case.get("unit", ""),
        reason=case.get("why"),
        flag=case.get("flag", ""),
    )


def test_every_shared_case_is_read_as_it_says(shared):
    cases = yaml.safe_load((shared / "cases" / "numbers.yaml").read_text("utf-8"))
    assert len(cases) >= 24
    for case in cases:
        expected = case["expect"]
        ends = expected if isinstance(expected, dict) else {}
        assert parse(case["text"]) == Parsed(
            value=None if isinstance(expected, dict) else _decimal(expected),
            low=_decimal(ends.get("low")),
            high=_decimal(ends.get("high")),
            unit=case.get("unit", ""),
            reason=case.get("reason"),
            flag=case.get("flag", ""),
        ), case["text"]


@given(st.text(max_size=40))
def test_any_text_at_all_gets_an_answer(text):
    found = parse(text)
    figures = [figure for figure in (found.value, found.low, found.high) if figure is not None]
    assert bool(figures) != bool(found.reason)


@given(
    st.integers(min_value=-(10**12), max_value=10**12),
    st.sampled_from([" ", "\u00a0", "\u202f"]),
    st.sampled_from(["-", "\u2212"]),
    st.integers(min_value=0, max_value=2),
)
def test_what_is_written_in_swedish_is_read_back_exactly(hundredths, space, minus, decimals):
    value = Decimal(hundredths).scaleb(-decimals)
    text = f"{abs(value):,.{decimals}f}".replace(",", space).replace(".", ",")
    assert parse((minus if value < 0 else "") + text).value == value


@pytest.mark.parametrize("text", ["١٢٣", "１２３", "1²", "12 ٣٠٠", "１,5 mnkr"])
def test_digits_of_other_scripts_are_no_number(text):
    assert parse(text).reason == "not_a_number"


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False),
    st.integers(min_value=0, max_value=2),
)
def test_a_number_that_is_shown_is_read_back_exactly(value, decimals):
    shown = formatting.number(value, decimals)
    read = parse(shown)
    assert formatting.number(read.value, decimals) == shown
    assert abs(read.value - value) <= Decimal("0.5").scaleb(-decimals)


@given(st.integers(min_value=1, max_value=10**16), st.booleans())
def test_an_amount_that_is_shown_is_read_back_exactly(ore, negative):
    ore = -ore if negative else ore
    assert parse(formatting.kronor(ore)) == Parsed(to_kronor(ore), unit="SEK")


@given(st.integers(min_value=100, max_value=10**14), st.integers(min_value=100, max_value=10**14))
def test_an_amount_in_words_says_the_same_when_it_is_read_and_shown_again(first, second):
    low, high = sorted((first, second))
    texts = [formatting.money(low), formatting.money(low, lower_bound=True)]
    if formatting.money(low) != formatting.money(high):
        texts.append(formatting.money_range(low, high))
    for shown in texts:
        read = parse(shown)
        assert read.unit == "SEK"
        ends = [end if end is None else int(end * 100) for end in (read.low, read.high)]
        if read.value is not None:
            again = formatting.money(int(read.value * 100))
        elif read.flag == "lower_bound":
            again = formatting.money(ends[0], lower_bound=True)
        else:
            again = formatting.money_range(*ends)
        assert again == shown


@given(st.integers(min_value=0, max_value=1000))
def test_a_share_that_is_shown_is_read_back_exactly(thousandths):
    share = Decimal(thousandths) / 1000
    assert parse(formatting.percent(share, 1)) == Parsed(share, unit="share")


@pytest.mark.parametrize(
    ("text", "thousands", "decimal"),
    [
        ("1.234", "1234", "1.234"),
        ("-1.234", "-1234", "-1.234"),
        ("1.234 mnkr", "1234000000", "1234000"),
        ("12.5", "12.5", "12.5"),
        ("1,234", "1.234", None),
    ],
)
def test_what_a_person_has_said_of_a_point_is_what_it_is(text, thousands, decimal):
    assert parse(text, "thousands").value == _decimal(thousands)
    assert parse(text, "decimal").value == _decimal(decimal)


def test_an_amount_in_another_currency_can_be_had_in_that_currency():
    assert parse_in_currency("213,5 MEUR") == (Parsed(Decimal(213_500_000)), "EUR")
    assert parse_in_currency("minst 40 €") == (Parsed(low=Decimal(40), flag="lower_bound"), "EUR")
    assert parse_in_currency("5 mnkr") == (Parsed(Decimal(5_000_000), unit="SEK"), "SEK")
    assert parse_in_currency("5 %") == (Parsed(Decimal("0.05"), unit="share"), "")


@given(st.text(alphabet="0123456789 .,-–()~<>%krMSEK€till", max_size=60))
def test_whatever_is_typed_of_the_signs_of_amounts_gets_an_answer(text):
    found = parse(text)
    figures = [figure for figure in (found.value, found.low, found.high) if figure is not None]
    assert bool(figures) != bool(found.reason)


def test_a_sentence_is_no_number_however_long():
    assert parse("~" * 40_000).reason == "not_a_number"
    assert parse("1 " * 20_000).reason == "not_a_number"
