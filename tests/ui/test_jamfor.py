"""Scenarios compared: the address says which, the table how they differ."""

from tests.ui.conftest import said

PLAN = "exempelkommunen"


def test_the_scenarios_beside_stand_in_the_address(opened, followed):
    app = opened("jamfor", plan=PLAN, compare="costs_plus_30")
    assert app.multiselect(key="compare").value == ["costs_plus_30"]
    app.multiselect(key="compare").set_value(["costs_plus_30", "two_years_late"]).run()
    assert app.query_params["compare"] == "costs_plus_30,two_years_late"
    app.multiselect(key="compare").set_value([]).run()
    assert app.query_params["compare"] == ""
    assert followed("jamfor", app).multiselect(key="compare").value == []


def test_the_table_sets_the_scenarios_against_the_plan(opened):
    app = opened("jamfor", plan=PLAN, compare="costs_plus_30,business_as_usual")
    (row,) = [part for part in said(app).split("<tr>") if "Saknas, mot planen som den är" in part]
    cells = [cell.split("</td>")[0] for cell in row.split('<td class="figure">')[1:]]
    assert cells == ["–", "+92,4", "−199,0"]
