"""The page of the council's tables: who pays, what has no decision, and each table in its turn."""

import pytest

from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def test_the_answer_is_what_has_no_decision(opened):
    page = text(opened("investeringsplan", plan=EXAMPLE))
    assert "199,0 mnkr av kommunkoncernens 322,0 mnkr saknar beslut" in page
    for heading in ("Skattefinansierat", "Kommunala bolag", "Finansieringsform ej angiven"):
        assert heading in page


def test_heading_figures_chart_and_sum_agree_on_what_is_known_only_from_below(opened):
    page = text(opened("investeringsplan", plan=PUBLISHED))
    assert "Inget av kommunkoncernens minst 3,3 miljarder har beslut" in page
    assert page.count("<dd>minst 3,3 miljarder") == 2
    assert "Kommunala bolag: minst 2,4 miljarder saknar beslut" in page
    assert "minst 3 293,5" in page


@pytest.mark.parametrize(
    ("table", "heading"),
    [
        ("plan", "Ombudgeteras"),
        ("decisions", "Största likviditetsbehov"),
        ("status", "Nästa steg"),
        ("changes", "Första år nu"),
        ("below", "Ton CO2e per år som uteblir"),
        ("financing", "2029"),
        ("operating", "Inarbetat i ram?"),
        ("grants", "Återkravsrisk"),
    ],
)
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_each_table_stands_in_the_address(opened, plan, table, heading):
    assert f">{heading}</th>" in text(opened("investeringsplan", plan=plan, table=table))


@pytest.mark.parametrize("table", ["plan", "changes", "financing", "operating", "grants"])
def test_empty_and_hostile_plans_are_shown(opened, empty_plan, hostile_plan, table):
    assert "Planen har inga åtgärder än" in text(
        opened("investeringsplan", plan=empty_plan, table=table)
    )
    assert "<img" not in said(opened("investeringsplan", plan=hostile_plan, table=table))
