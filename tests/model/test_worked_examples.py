"""The examples that the method page shows are the cases that the kernel is tested with."""

from pathlib import Path

import pytest
import yaml

from model.worked_examples import EXAMPLES, kronor, matched

CASES = {
    case["case"]: case
    for case in yaml.safe_load(
        (Path(__file__).parents[1] / "cases" / "gap.yaml").read_text("utf-8")
    )
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_an_example_is_a_case_and_says_what_it_says(example):
    case = CASES[example.title]
    given = {
        name: getattr(example, name)
        for name in ("need", "grants", "appropriations", "carry_over")
        if getattr(example, name)
    }
    assert given == case["input"]
    found, expected = matched(example), case["expect"]
    assert [kronor(amount) for amount in found.gap] == list(expected["gap"].values())
    assert kronor(found.lapsed) == expected.get("lapsed", 0)
    assert kronor(found.surplus) == expected.get("surplus", 0)
    if "liquidity" in expected:
        assert [kronor(amount) for amount in found.liquidity] == list(
            expected["liquidity"].values()
        )
