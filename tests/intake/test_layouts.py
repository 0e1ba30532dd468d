"""Budgets in every layout: what is read is what was written, or the reading asks."""

import os

import pytest
from hypothesis import Phase, given, settings

from tests.intake.layouts.agreement import differences, simplest
from tests.intake.layouts.layout import Layout, layouts
from tests.intake.layouts.named import NAMED
from tests.intake.layouts.truth import EXAMPLE, Truth, is_plain, truths

# How many combinations are tried; the same each time, unless more are asked for.
EXAMPLES = int(os.environ.get("KLIMATINVEST_LAYOUTS", "20"))


@pytest.mark.parametrize("layout", NAMED.values(), ids=NAMED.keys())
def test_a_budget_is_read_as_it_was_meant(layout: Layout):
    assert differences(EXAMPLE, layout) == []


# What fails is made simpler convention by convention, which shrinking cannot do.
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
)
@given(truth=truths().filter(is_plain), layout=layouts())
def test_any_combination_of_conventions_is_read_as_it_was_meant(truth: Truth, layout: Layout):
    if differences(truth, layout):
        layout, problems = simplest(truth, layout)
        pytest.fail("\n".join([str(layout), *problems]))
