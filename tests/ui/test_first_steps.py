"""Who has just begun is led by the hand: what to do next, and how far the plan has come."""

import pytest

from model.reference import plan_documents
from tests.ui.conftest import said
from ui.frame import PAGES
from ui.parts import first_steps

ABOUT_NO_PLAN = {"metod", "publicerat", "ordlista", "tillganglighet"}
OF_A_PLAN = [page.address for page in PAGES if page.address not in ABOUT_NO_PLAN]
FILLED_IN_HERE = {"underlag", "klimatmal", "inkopsutslapp", "klimatbudget"}


def labels(app) -> list[str]:
    """What the links of the page say."""
    return [link.proto.label for link in app.get("page_link")]


@pytest.mark.parametrize("address", sorted(set(OF_A_PLAN) - FILLED_IN_HERE))
def test_every_page_of_an_empty_plan_says_where_to_begin(opened, empty_plan, address):
    app = opened(address, plan=empty_plan)
    assert 'class="empty"' in said(app)
    assert {"Gå till Underlag", "Gå till Åtgärder"} & set(labels(app))


@pytest.mark.parametrize("address", ["oversikt", "finansieringsgap", "scenarier", "nyttor"])
def test_an_empty_plan_shows_no_figures_that_are_only_dashes(opened, empty_plan, address):
    assert 'class="figures"' not in said(opened(address, plan=empty_plan))


def test_the_example_is_one_click_away_from_an_empty_plan_and_says_that_it_is_invented(
    opened, empty_plan
):
    app = opened("oversikt", plan=empty_plan)
    (link,) = [
        link.proto for link in app.get("page_link") if "påhittat exempel" in link.proto.label
    ]
    assert "plan=exempelkommunen" in link.query_string


def test_the_overview_of_an_empty_plan_lists_five_steps_each_with_its_page(opened, empty_plan):
    shown = said(opened("oversikt", plan=empty_plan))
    steps = shown.split('<ol class="first-steps">')[1].split("</ol>")[0]
    assert steps.count("<li><a href=") == 5
    assert f"plan={empty_plan}" in steps
    assert "klart" not in steps


def test_a_plan_with_measures_shows_no_steps_on_its_overview(opened):
    assert "first-steps" not in said(opened("oversikt", plan="exempelkommunen"))


def test_what_is_done_is_read_from_the_plan_and_looking_is_never_marked():
    example = plan_documents()[-1]
    bare = example.model_copy(update={"measures": (), "scenarios": (), "workshops": ()})
    assert [step.done for step in first_steps.steps(bare)] == [False] * 5
    read = example.model_copy(update={"scenarios": (), "workshops": ()})
    assert [step.done for step in first_steps.steps(read)] == [True, False, True, False, False]


def test_source_data_says_how_far_the_plan_has_come(opened):
    shown = said(opened("underlag", plan="exempelkommunen"))
    assert shown.split('<ol class="first-steps">')[1].split("</ol>")[0].count("klart") >= 2
