"""``python -m model simulate``: the same worlds as the page, with everything that they rest on."""

import json

import pytest

from model.__main__ import main
from model.results import results
from model.uncertainty import settings_of

PLAN = ("simulate", "exempelkommunen", "--draws", "512")


def ask(capsys, *arguments: str) -> dict:
    """Runs the command in this process; returns its JSON."""
    assert main([*PLAN, *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_setting_can_be_said_and_gives_what_the_page_shows(capsys):
    answer = ask(
        capsys,
        *("--shape", "pert", "--points", "latin", "--correlation", "0.6", "--common", "all"),
        *("--effect-correlation", "0.5", "--under", "110000000", "--book", "department"),
    )
    result = results("exempelkommunen")
    settings = settings_of(
        result.assumptions(),
        draws=512,
        shape="pert",
        spread="latin",
        correlation=0.6,
        common="all",
        effect_correlation=0.5,
    )
    found = result.uncertainty(settings)
    assert answer["within"] == {
        "limit": "110000000.00",
        "share": found.share_within(110_000_000_00),
    }
    assert answer["gap"]["mean_over_draws"] == f"{found.mean / 100:.2f}"
    assert answer["gap"]["mean_over_draws"] != answer["gap"]["gap_of_expected_money"]
    impact = result.uncertain_operating(settings, "department")
    last = answer["operating"]["years"][-1]
    assert answer["operating"]["book"] == "department"
    assert last["p50"] == f"{impact.fan()[1, -1] / 100:.2f}"
    assert answer["energy_price_path"] == {"low": -0.02, "mid": 0, "high": 0.06}
    assert answer["convergence"][-1]["p90"]["error"] > 0


def test_the_answer_is_read_in_a_terminal(capsys):
    assert main([*PLAN, "--under", "110000000"]) == 0
    said = capsys.readouterr().out
    assert "at most 110000000.00 in" in said
    assert "target for 2030 met in" in said
    assert "operating impact (municipality) in 2031" in said
    assert said.count("explains") == 5


@pytest.mark.parametrize(
    "wrong", [("--effect-correlation", "2"), ("--correlation", "nan"), ("--draws", "0")]
)
def test_settings_that_mean_nothing_are_refused_in_a_sentence(capsys, wrong):
    assert main([*PLAN, *wrong]) == 2
    assert capsys.readouterr().err.startswith("klimatinvest: ")
