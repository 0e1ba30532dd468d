from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.forms.choices import FLAGS
from model.intake.effect_texts import EffectText, Quantity, held_elsewhere, read_effect, read_sinks
from model.intake.mentions import Span

FILE = Path(__file__).parents[1] / "cases" / "effect_texts.yaml"
CASES = yaml.safe_load(FILE.read_text("utf-8"))


def quantity(indicator: str, figures: list, basis: str) -> Quantity:
    ends = (None if figure is None else Decimal(str(figure)) for figure in figures)
    return Quantity(indicator, Span(*ends), basis)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_an_effect_is_read_as_the_plan_words_it(case):
    reduction = case.get("reduction")
    assert read_effect(case["text"]) == EffectText(
        case["text"],
        reduction=reduction and quantity("co2e_reduction", reduction, case["basis"]),
        others=tuple(
            quantity(indicator, [None, mid, None], basis)
            for indicator, mid, basis in case.get("others", ())
        ),
        held=case.get("held", ""),
        flags=tuple(case.get("flags", ())),
        unread=tuple(case.get("unread", ())),
        ambiguous=case.get("ambiguous", False),
        rest=case.get("rest", ""),
    )


def test_every_effect_of_the_published_plan_is_read_to_the_tonne(shared):
    truth = yaml.safe_load((shared / "workbooks" / "helsingborg_truth.json").read_text("utf-8"))
    stated = [measure for measure in truth["measures"] if measure["co2_text"]]
    assert len(stated) == 36
    for measure in stated:
        found = read_effect(measure["co2_text"])
        low, high = (measure[f"co2_{end}_t"] for end in ("low", "high"))
        expected = None
        if low is not None:
            ends = [None, low, None] if low == high else [low, (low + high) / 2, high]
            expected = quantity("co2e_reduction", ends, measure["co2_basis"])
        assert (found.reduction, found.unread, found.rest) == (expected, (), ""), found.text


def test_what_the_heading_says_goes_for_a_figure_that_says_nothing_itself():
    assert read_effect("12", Decimal(1000), "per_year").reduction == quantity(
        "co2e_reduction", [None, 12000, None], "per_year"
    )
    assert read_effect("12 ton", Decimal(1000), "per_year").reduction == quantity(
        "co2e_reduction", [None, 12, None], "per_year"
    )
    assert read_effect("12", None).unread == ("12",)


@pytest.mark.parametrize(
    ("comment", "tonnes", "basis"),
    [
        ("Dessutom 100 000 ton biogen CO2 (kolsänka)", 100_000, "unclear"),
        ("Kolsänka 20 000 ton CO2e/år", 20_000, "per_year"),
        ("Kolsänka 2 500 ton CO2e/år; löpande till 2030", 2_500, "per_year"),
    ],
)
def test_a_comment_may_tell_of_a_sink(comment, tonnes, basis):
    assert read_sinks(comment) == (quantity("co2e_sink", [None, tonnes, None], basis),)


@pytest.mark.parametrize(
    "comment",
    ["8 000 m2, 1 600 MWh/år; 0,8 kg CO2/kWh (elbil)", "+40 GWh till 2030", "1 300 hushåll", ""],
)
def test_other_figures_in_a_comment_are_no_sink(comment):
    assert read_sinks(comment) == ()


def test_a_comment_may_say_which_measure_holds_the_effect():
    assert held_elsewhere("Effekten räknas i nr 1") == "nr 1"
    assert held_elsewhere("Ingår i sjuårig investeringsplan") == ""


def test_every_flag_that_a_text_gives_has_words():
    assert {flag for case in CASES for flag in case.get("flags", ())} <= set(FLAGS)


@given(st.text(alphabet="0123456789 .,;-–()<>/%tonCO2e perårMWhkg", max_size=80))
def test_any_text_gets_an_answer(text):
    found = read_effect(text)
    assert found.reduction is None or found.reduction.span.mid >= 0
