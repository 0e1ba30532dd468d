from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.intake.numbers import Parsed, parse

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
