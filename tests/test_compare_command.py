"""``python -m model compare``: the same figures and steps as the page."""

from decimal import Decimal

import pytest

from model.__main__ import main

PLAN = ("compare", "--plan", "exempelkommunen")


def test_the_figures_and_the_steps_of_the_first_to_each_other(ask):
    answer = ask(*PLAN, "plan", "two_years_late", "costs_plus_30")
    assert [each["id"] for each in answer["scenarios"]] == [
        "plan",
        "two_years_late",
        "costs_plus_30",
    ]
    lines = {line["key"]: line for line in answer["lines"]}
    assert [each["mid"] for each in lines["gap"]["amounts"]] == [
        "199000000.00",
        "254000000.00",
        "291400000.00",
    ]
    assert lines["gap"]["differences"] == ["0.00", "55000000.00", "92400000.00"]
    assert [each["mid"] for each in lines["tonnes"]["amounts"]] == [30667, 5710, 30667]
    assert lines["operating"]["amounts"][0]["partly"]
    assert [(each["to"], each["of"]) for each in answer["steps"]] == [
        ("two_years_late", "gap"),
        ("two_years_late", "tonnes"),
        ("costs_plus_30", "gap"),
        ("costs_plus_30", "tonnes"),
    ]


@pytest.mark.parametrize("reading", ["secured", "expected"])
def test_the_steps_add_up_to_the_difference(ask, reading):
    answer = ask(
        *PLAN, "costs_plus_30", "two_years_late", "business_as_usual", "--reading", reading
    )
    gaps = next(line for line in answer["lines"] if line["key"] == "gap")
    for found, change in zip(answer["steps"][::2], gaps["differences"][1:], strict=True):
        assert found["steps"]
        assert sum(Decimal(step["change"]) for step in found["steps"]) == Decimal(change)
    (out, put_in) = answer["steps"][0]["steps"]
    assert (out["how"], put_in["how"]) == ("out", "in")
    assert out["part"]["do"] == "cost_factor"


def test_a_reader_at_a_terminal_sees_the_same(capsys):
    assert main([*PLAN, "costs_plus_30", "two_years_late"]) == 0
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert "37.4 MSEK less is missing with Two years late than with Costs +30" in said
    assert "-92400000.00  Without “All measures 30" in said
    assert "+55000000.00  With “All measures 2 years later”" in said


@pytest.mark.parametrize(
    "named",
    [("plan",), ("plan", "plan"), ("plan", "nowhere"), (*"abcdefg",)],
    ids=str,
)
def test_too_few_too_many_and_unknown_scenarios_are_refused(capsys, named):
    assert main([*PLAN, *named]) == 2
    assert "Expected 2 to 6" in (said := capsys.readouterr().err) or "There is no" in said
