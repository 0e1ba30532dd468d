"""The page with every kind of chart: each is drawn on real figures, and leads to its page."""

import pytest

from model.results import results
from tests.ui.conftest import said
from ui.frame import PAGES
from ui.i18n import speaking
from ui.parts import gallery, picture

EXAMPLE = "exempelkommunen"


def test_every_kind_is_in_one_group_and_leads_to_a_page_that_is_there():
    grouped = [key for _name, keys in gallery.GROUPS.values() for key in keys]
    assert sorted(grouped) == sorted(gallery.KINDS)
    assert {kind.page for kind in gallery.KINDS.values()} <= {page.address for page in PAGES}


@pytest.mark.parametrize("group", gallery.GROUPS)
def test_a_group_draws_each_of_its_kinds(opened, group):
    app = opened("diagram", plan=EXAMPLE, kinds=group)
    assert len(app.get("plotly_chart")) == len(gallery.GROUPS[group][1])
    assert said(app).count('data-picture="png"') == len(gallery.GROUPS[group][1])


def test_an_empty_plan_says_what_to_do_first(opened, empty_plan):
    app = opened("diagram", plan=empty_plan)
    assert not app.get("plotly_chart")
    assert 'class="empty"' in said(app)


def test_the_key_is_heard_where_it_is_what_the_page_is_about(opened):
    body = said(opened("diagram", plan=EXAMPLE))
    assert '<ul class="key"><li>' in body


def test_a_chart_says_under_it_what_its_picture_says(opened):
    body = said(opened("diagram", plan=EXAMPLE, reading="expected", scenario="costs_plus_30"))
    plan = results(EXAMPLE).plan
    foot = body[body.index("data-said=") :][:400].replace("\xa0", " ")
    version = f"version {plan.version}"  # other tests of this run may have saved into the plan
    for part in (plan.head.name, version, "scenario: Kostnader +30 %", "läsart: förväntat"):
        assert part in foot
    assert "inte för beslutsunderlag" in foot.lower()


def test_a_file_is_called_what_its_chart_says():
    assert picture.file_name("Mest saknas 2027: 79,0 av 199,0 mnkr") == (
        "klimatinvest-mest-saknas-2027-79-0-av-199-0-mnkr"
    )
    assert picture.file_name("Högst 5 % 2026–2030") == "klimatinvest-hogst-5-2026-2030"
    assert picture.file_name("<å> " * 90).startswith("klimatinvest-a-a")
    assert len(picture.file_name("ord " * 90)) <= picture.LONGEST


def test_the_foot_takes_no_markup_from_anybody():
    with speaking("sv"):
        foot = picture.foot('"><img src=x>', "<b>", '"onclick="x', ["<i>"])
    assert "<img" not in foot
    assert "<b>" not in foot
    assert '"onclick' not in foot
