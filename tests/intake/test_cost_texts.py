from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.forms.choices import FLAGS
from model.intake.cost_texts import CostText, read_cost
from model.intake.mentions import Span

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "cost_texts.yaml").read_text("utf-8"))
MILLION = Decimal(10) ** 6


def span(figures: list | None) -> Span | None:
    if figures is None:
        return None
    return Span(*(None if figure is None else Decimal(str(figure)) for figure in figures))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_cost_is_read_as_the_plan_words_it(case):
    assert read_cost(case["text"], MILLION) == CostText(
        case["text"],
        once=span(case.get("once")),
        yearly=span(case.get("yearly")),
        per_tonne=span(case.get("per_tonne")),
        currency=case.get("currency", "SEK"),
        nature=case.get("nature", ""),
        flags=tuple(case.get("flags", ())),
        unread=tuple(case.get("unread", ())),
        ambiguous=case.get("ambiguous", False),
        rest=case.get("rest", ""),
        vat=case.get("vat", "unknown"),
        price_year=case.get("price_year"),
    )


def test_every_cost_of_the_published_plan_is_read_to_the_krona(shared):
    truth = yaml.safe_load((shared / "workbooks" / "helsingborg_truth.json").read_text("utf-8"))
    costed = [measure for measure in truth["measures"] if measure["cost_text"]]
    assert len(costed) == 32
    for measure in costed:
        found = read_cost(measure["cost_text"], MILLION)
        low, high, mid = (measure[f"capex_{end}_sek"] for end in ("low", "high", "mid"))
        expected = None if mid is None else Span(None, Decimal(mid))
        if low != high:
            expected = Span(*(None if end is None else Decimal(end) for end in (low, mid, high)))
        assert (found.once, found.unread, found.rest) == (expected, (), ""), measure["cost_text"]


def test_every_flag_that_a_text_gives_has_words():
    given_flags = {flag for case in CASES for flag in case.get("flags", ())}
    assert given_flags <= set(FLAGS)


def test_a_figure_without_a_unit_is_no_amount_when_no_unit_is_known():
    assert read_cost("12–14", None).unread == ("12–14",)
    assert read_cost("12–14 mnkr", None).once == span([12_000_000, 13_000_000, 14_000_000])


def test_what_a_person_has_said_of_a_point_settles_it():
    assert read_cost("1.234 tkr", MILLION, "thousands").once == span([None, 1_234_000, None])
    assert read_cost("1.234 tkr", MILLION, "decimal").once == span([None, 1_234, None])


@given(st.text(alphabet="0123456789 .,;-–()<>/+%kroM SEKårtonenvaravochdrift", max_size=80))
def test_any_text_gets_an_answer_and_no_figure_of_it_is_lost(text):
    found = read_cost(text, MILLION)
    spans = [found.once, found.yearly, found.per_tonne]
    digits = any(sign.isdigit() for sign in text)
    named = any(spans) or found.unread or any(sign.isdigit() for sign in found.rest)
    assert not digits or named or found.price_year


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=10**6))
def test_a_range_is_read_back_exactly(first, second):
    low, high = sorted((first, second))
    text = f"{low:,}–{high:,} tkr (TBD)".replace(",", " ")
    expected = Span(*(Decimal(end) * 1000 for end in (low, Decimal(low + high) / 2, high)))
    years = 1900 <= low <= 2099 and 1900 <= high <= 2099
    assert years or read_cost(text, MILLION).once == expected
