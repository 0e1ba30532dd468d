"""Scenarios compared: the address says which, the table how they differ, the steps why."""

import pytest

from tests.ui.conftest import said

PLAN = "exempelkommunen"


def plain(app) -> str:
    """Everything said, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def cells(app, name: str) -> list[str]:
    """The figures of one row of a table."""
    (row,) = [part for part in plain(app).split("<tr") if f'<th scope="row">{name}</th>' in part]
    return [cell.split("</td>")[0] for cell in row.split('<td class="figure">')[1:]]


def charts(app) -> list[str]:
    return [title.split("<")[0] for title in plain(app).split('<h2 class="chart-title">')[1:]]


def test_the_scenarios_beside_stand_in_the_address(opened, followed):
    app = opened("jamfor", plan=PLAN, compare="costs_plus_30")
    assert app.multiselect(key="compare").value == ["costs_plus_30"]
    app.multiselect(key="compare").set_value(["two_years_late", "costs_plus_30"]).run()
    assert app.query_params["compare"] == "two_years_late,costs_plus_30"
    app.multiselect(key="compare").set_value([]).run()
    assert app.query_params["compare"] == ""
    app = followed("jamfor", app)
    assert app.multiselect(key="compare").value == []
    assert "Välj minst ett till att ställa bredvid." in said(app)


def test_six_scenarios_are_the_most(opened):
    most = opened("jamfor", plan=PLAN).multiselect(key="compare").proto.max_selections
    assert most == 5


def test_every_figure_stands_against_that_of_the_first(opened):
    app = opened("jamfor", plan=PLAN, compare="costs_plus_30,business_as_usual")
    assert cells(app, "Saknas, mnkr") == ["199,0", "291,4", "+92,4", "–", "−199,0"]
    assert cells(app, "Beviljat bidrag, mnkr") == ["64,0", "71,0", "+7,0", "–", "−64,0"]
    assert cells(app, "Minskade utsläpp 2030") == ["30 667 t", "30 667 t", "–", "–", "−30 667 t"]
    assert cells(app, "Ökad driftkostnad 2030, kommunen, mnkr") == [
        *("6,2*", "8,7*", "+2,5", "–", "−6,2"),
    ]
    (benefits,) = [
        part.split("</th>")[0]
        for part in plain(app).split('<th scope="row">')
        if part.startswith("Nyttor för samhället, nuvärde, mnkr")
    ]
    assert benefits == "Nyttor för samhället, nuvärde, mnkr i 2017/2006 års priser"
    assert "* Det som är känt; en del är okänt och ingår inte." in said(app)


def test_what_is_unknown_is_not_compared(opened):
    app = opened("jamfor", plan="helsingborg-2030", compare="costs_plus_30")
    assert (
        cells(app, "Lånebehov till 2030, om allt genomförs (minus: skulden amorteras), mnkr")
        == ["okänt"] * 3
    )


def test_there_are_three_charts_and_each_says_its_answer(opened):
    app = opened("jamfor", plan=PLAN, compare="costs_plus_30,two_years_late")
    assert len(app.get("plotly_chart")) == 3
    assert charts(app) == [
        "Störst del är täckt med Planen som den är: 123,0 mnkr av 322,0 mnkr",
        "92,4 mnkr mer saknas med Kostnader +30 % än med Planen som den är",
        "Mest på ett år saknas 2027 med Kostnader +30 %: 120,2 mnkr",
    ]


def test_the_way_to_the_most_different_is_shown_unless_another_is_asked_for(opened):
    query = {"plan": PLAN, "compare": "two_years_late,costs_plus_30,business_as_usual"}
    assert opened("jamfor", **query).selectbox(key="said-to").value == "business_as_usual"
    app = opened("jamfor", **query, to="two_years_late")
    assert charts(app)[1] == "55,0 mnkr mer saknas med Två år senare än med Planen som den är"
    assert opened("jamfor", **query, to="nowhere").selectbox(key="said-to").value == (
        "business_as_usual"
    )


def test_the_steps_stand_in_their_order_and_where_it_matters_is_said(opened):
    app = opened(
        "jamfor",
        plan=PLAN,
        scenario="costs_plus_30",
        off="ex-01",
        delay="2",
        compare="two_years_late",
    )
    assert cells(app, "1. Utan ”Alla åtgärder 30 % dyrare”") == ["−70,4", "194,0", "−70,4"]
    assert cells(app, "2. Utan ”Energieffektivisering av skolor genomförs inte”") == [
        *("+60,0", "254,0", "+78,0"),
    ]
    assert "Det som bara Kostnader +30 %, ändrat gör tas bort, i den ordning" in plain(app)
    assert "genomförs inte”: +60,0 mnkr här, +78,0 mnkr ensamt" in plain(app)


def test_the_steps_may_be_in_tonnes(opened):
    app = opened("jamfor", plan=PLAN, compare="two_years_late", steps="tonnes")
    assert charts(app)[1] == (
        "Två år senare minskar utsläppen med 24 957 t mindre än Planen som den är"
    )
    assert cells(app, "1. Med ”Alla åtgärder 2 år senare”") == ["−24 957 t", "5 710 t"]


def test_steps_of_nothing_are_not_drawn_but_listed(opened):
    app = opened("jamfor", plan=PLAN, rate="5", compare="plan")
    assert len(app.get("plotly_chart")) == 2
    assert cells(app, "1. Utan ”Kalkylränta 5 %”") == ["–", "199,0", "–"]
    assert "Lika mycket saknas med Planen som den är som med Planen, ändrad." in plain(app)


def test_two_that_do_the_same_have_no_steps(opened):
    app = opened("jamfor", plan=PLAN, cost="30", compare="costs_plus_30")
    assert len(app.get("plotly_chart")) == 2
    assert "Kostnader +30 % gör detsamma som Planen, ändrad." in plain(app)


def test_an_empty_plan_says_what_to_do(opened, empty_plan):
    app = opened("jamfor", plan=empty_plan)
    assert "Planen har inga åtgärder än." in said(app)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("steps", ["gap", "tonnes"])
def test_what_people_type_is_shown_as_typed(opened, hostile_plan, steps):
    app = opened("jamfor", plan=hostile_plan, off="ex-01", delay="1@department:x", steps=steps)
    assert "<img" not in said(app)
    assert "&lt;img src=x onerror=alert(1)&gt;" in said(app)
