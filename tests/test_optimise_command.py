"""``python -m model optimise``: the same choice as the page, with its limits and its reasons."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from model.__main__ import main

ROOT = Path(__file__).parents[1]
PLAN = ("optimise", "--plan", "exempelkommunen")


def plain(capsys) -> str:
    """What was said, with ordinary spaces."""
    return capsys.readouterr().out.replace("\u202f", " ").replace("\xa0", " ")


def test_the_answer_is_json_and_nothing_else(tmp_path):
    database = {"KLIMATINVEST_DB": str(tmp_path / "a.duckdb")}
    done = subprocess.run(
        [sys.executable, "-m", "model", *PLAN, "--total", "145", "--json"],
        cwd=ROOT,
        env={**os.environ, **database},
        capture_output=True,
        text=True,
        check=False,
    )
    answer = json.loads(done.stdout)
    assert (answer["value"], answer["own_money"], answer["proven"]) == (6090, "94000000.00", True)
    assert [each["measure"] for each in answer["chosen"]][:2] == ["ex-06", "ex-03"]
    lost = {each["measure"]: each["lost"] for each in answer["not_prioritised"]}
    assert lost == {"ex-07": 600, "ex-01": 150, "ex-08": None, "ex-16": None}
    assert answer["margins"][0]["next_step"] == pytest.approx(900_000_000)
    assert answer["adjustments"][0]["do"] == "switch_off"


@pytest.mark.parametrize(
    "said",
    [
        ("--most-delay", "-1"),
        ("--years", "2026-999999"),
        ("--at-least", "nan"),
        ("--seconds", "inf"),
        ("--seek", "klimatklivet", "--probability", "1.5"),
        ("--requires", "ex-01=ex-01"),
        ("--excludes", "ex-01=ex-01"),
    ],
)
def test_what_no_goal_can_be_is_refused_in_a_sentence(capsys, said):
    assert main([*PLAN, *said]) == 2
    assert capsys.readouterr().err.startswith("klimatinvest: ")


def test_what_cannot_count_is_refused_and_not_left_out(capsys):
    for chance in ("nan", "inf", "0.5"):
        assert main([*PLAN, "--total", "145", f"--probability={chance}"]) == 2
        assert "name their source too, with --seek" in capsys.readouterr().err
    sought = ("--reading", "expected", "--seek", "klimatklivet")
    for wrong, why in (
        ((*sought, "--probability=nan"), "probability of applications is nan: expected 0 to 1"),
        (("--seconds=-1",), "may take -1.0 seconds: expected more than zero"),
        (("--seconds=inf",), "endless or no number"),
        (("--at-least=nan",), "endless or no number"),
    ):
        assert main([*PLAN, "--total", "145", *wrong]) == 2
        assert why in capsys.readouterr().err


@pytest.mark.parametrize("amount", ["inf", "1e30", "abc", "nan"])
def test_an_amount_that_is_none_is_refused_in_a_sentence(capsys, amount):
    with pytest.raises(SystemExit) as refused:
        main(["simulate", "exempelkommunen", "--within", amount])
    assert refused.value.code == 2
    assert "is no amount in kronor" in capsys.readouterr().err


def test_every_limit_can_be_said(ask):
    answer = ask(
        *PLAN,
        *("--total", "200", "--budget", "2027=90", "--years", "2026-2030", "--level", "group"),
        *("--capacity", "department:Tekniska nämnden@2027=30", "--minimum", "sector:water=5"),
        *("--source", "klimatklivet@2027=60", "--requires", "ex-01=ex-07"),
        *("--self-financing", "1 %", "--earliest", "ex-07=2026"),
        *("--must", "ex-07", "--excludes", "ex-14=ex-01", "--debt-ceiling"),
    )
    assert answer["met"]
    assert {each["kind"] for each in answer["limits"]} == {
        *("budget", "total", "capacity", "minimum", "source", "debt_ceiling", "self_financing"),
    }


def test_a_least_for_a_district_says_what_is_chosen_for_it(ask):
    answer = ask(*PLAN, "--total", "90", "--minimum", "district:Centrum=80mnkr")
    least = {"kind": "minimum", "tag": "district", "key": "Centrum", "year": None}
    needed = [each["measure"] for each in answer["chosen"] if least in each["needed_for"]]
    assert sorted(needed) == ["ex-04", "ex-14"]
    (price,) = [each for each in answer["margins"] if each["limit"] == "minimum"]
    assert (price["gain"], price["next_gain"]) == (0.0, 1700.0)


def test_new_applications_are_sought_in_a_reading_that_counts_them(ask, capsys):
    sought = ("--seek", "klimatklivet=60", "--total", "120")
    assert ask(*PLAN, "--reading", "expected", *sought)["met"]
    assert main([*PLAN, *sought]) == 2
    assert "expected and best_case" in capsys.readouterr().err


def test_a_goal_out_of_reach_is_answered_with_the_least_that_must_give(capsys):
    assert main([*PLAN, "--budget", "30"]) == 0
    said = plain(capsys)
    assert "nothing keeps to all of it" in said
    assert "The budget of 2027: 30.0 MSEK becomes 34.0 MSEK" in said


@pytest.mark.parametrize(
    "wrong", [("--budget", "mycket"), ("--years", "2026"), ("--requires", "ex-01")]
)
def test_what_is_not_understood_is_refused(capsys, wrong):
    assert main([*PLAN, *wrong]) == 2
    assert wrong[1] in capsys.readouterr().err


def test_the_robust_choice_and_the_curve_are_asked_for_alike(ask, capsys):
    found = ask(*PLAN, "--total", "120", "--reading", "expected", "--unclear", "--robust", "40")
    shares = {each["measure"]: each["share"] for each in found["measures"]}
    assert (found["draws"], found["met"], shares["ex-08"], shares["ex-07"]) == (40, 40, 1.0, 0.0)
    hangs = next(each for each in found["measures"] if each["measure"] == "ex-14")
    assert (hangs["kind"], hangs["hangs_on"]["kind"]) == ("hangs", "cost")
    curve = ask(*PLAN, "--unclear", "--frontier", "5")
    values = [point["value"] for point in curve["points"]]
    assert len(values) == 5
    assert values == sorted(values)
    assert all(point["proven"] for point in curve["points"])
    assert main([*PLAN, "--robust", "20", "--frontier"]) == 2
    assert "one at a time" in capsys.readouterr().err
    assert main([*PLAN, "--unclear", "--frontier"]) == 0
    assert "the least own money for ever more tonnes_a_year" in capsys.readouterr().out
    assert main([*PLAN, "--robust", "20", "--total", "120"]) == 0
    assert "20 of them keep to the goal" in capsys.readouterr().out


def test_the_time_asked_for_is_the_time_of_the_whole_answer(ask):
    answer = ask(*PLAN, "--total", "120", "--seconds", "0.2")
    assert answer["met"]
    assert answer["seconds"] < 2


def test_the_answer_can_be_read_without_json(capsys):
    assert main([*PLAN, "--total", "145"]) == 0
    said = plain(capsys)
    assert "6090 for 94000000.00 of own money, proven best" in said
    assert "No room in the budget of all years" in said
    assert "9.0 MSEK more gives 300 t more" in said
