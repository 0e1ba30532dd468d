"""Prioritera on screen: the goal in the address, what is chosen, what is not, the scenario."""

import re

import pytest

from model.reference import reference
from model.results import results
from model.scenario import SeekMaximum, Where
from tests.ui.conftest import said
from ui.address import Known, View, read, write

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def label(app) -> str:
    """What the first condition's button says, with ordinary spaces and nothing escaped."""
    said_ = app.button(key="condition-0").label.replace("\\", "")
    return said_.replace("\xa0", " ").replace("\u202f", " ")


def test_karlstads_question_has_an_answer_before_anybody_has_said_an_amount(opened):
    page = text(opened("prioritera", plan=EXAMPLE))
    assert (
        "94,0 av högst 145,0 mnkr egna pengar 2026–2030 ger 6 090 t CO2e om året; 750 t CO2e om "
        "året prioriteras inte" in page
    )
    assert "det som redan är påbörjat och hälften av det övriga som går att välja" in page
    assert "begränsar: nästa åtgärd ryms inte" in page
    assert "Kronor per ton och år" in page
    assert "Inget val är bättre: det är bevisat" in page
    assert "1,0 mnkr till i budgeten för alla år ändrar ingenting; 9,0 mnkr till ger 300 t" in page


def test_a_measure_that_the_plan_does_not_have_is_said_and_left_out(opened):
    page = text(opened("prioritera", plan=EXAMPLE, must="finnsinte"))
    assert "Adressen säger must=finnsinte, som inte finns här" in page
    assert "94,0 av högst 145,0 mnkr" in page


def test_below_the_line_stands_what_is_lost_and_why(opened):
    page = text(opened("prioritera", plan=PUBLISHED, total="200", unclear="1"))
    assert "200,0 mnkr egna pengar 2026–2030 ger 56 701 t CO2e om året" in page
    line = re.search(r"CCS-anläggning vid kraftvärmeverket.*?</tr>", page)[0]
    assert "100 000" in line
    assert "Ryms inte i budgeten för alla år" in line
    assert "Ingen utgift är angiven" in page
    assert "10 åtgärder är delade och ingen har angett vem som betalar vad" in page


def test_the_goal_is_typed_as_swedes_write_and_stands_in_the_address(opened, followed):
    app = opened("prioritera", plan=EXAMPLE)
    app.text_input(key="goal-total").set_value("154,5").run()
    assert app.query_params["total"] == "154,5"
    assert "tolkat som 154,5 mnkr" in text(app)
    assert "154,5 mnkr egna pengar 2026–2030 ger 6 390 t" in text(followed("prioritera", app))


def test_what_to_reach_begins_with_something_that_can_be_reached(opened):
    for plan in (EXAMPLE, PUBLISHED):
        page = text(opened("prioritera", plan=plan, aim="least_cost"))
        assert "Inget val håller hela målet" not in page


def test_what_is_no_amount_stays_in_its_field_and_says_why(opened):
    app = opened("prioritera", plan=EXAMPLE)
    app.text_input(key="goal-total").set_value("mycket").run()
    assert "total" not in app.query_params
    assert "”mycket” är inget belopp i mnkr" in text(app)


def test_what_cannot_be_met_says_the_least_that_must_give(opened):
    page = text(opened("prioritera", plan=EXAMPLE, yearly="30"))
    assert "2027 års budget: 30,0 mnkr blir 34,0 mnkr" in page
    least = text(opened("prioritera", plan=EXAMPLE, aim="least_cost", least="90000"))
    assert "Det som ska nås: 90 000 t blir 6 840 t" in least


def test_what_must_be_carried_out_outside_the_years_is_said_and_can_be_undone(opened):
    app = opened("prioritera", plan=EXAMPLE, **{"from": "2026", "to": "2026", "must": "ex-01"})
    assert "Målet kräver ex-01, som inte går att genomföra under 2026 till 2026" in text(app)
    assert app.multiselect(key="said-must").value == ["ex-01"]


@pytest.mark.parametrize(
    ("aim", "of"),
    [
        ("least_cost", "tonnes"),
        ("smallest_gap", "tonnes_a_year"),
        ("per_krona", "tonnes_a_year"),
        ("most", "benefit"),
    ],
)
def test_every_goal_holds_on_the_plans_that_come_along(opened, aim, of):
    for plan in (EXAMPLE, PUBLISHED):
        assert '<h1 class="answer">' in said(opened("prioritera", plan=plan, aim=aim, of=of))


def test_a_condition_is_added_and_taken_away_and_stands_in_the_address(opened, followed):
    app = opened("prioritera", plan=EXAMPLE)
    app.selectbox(key="condition-kind-0").set_value("capacity").run()
    app.selectbox(key="condition-tag-0").set_value(("department", "Tekniska nämnden")).run()
    app.selectbox(key="condition-when-0").set_value("@2027").run()
    app.text_input(key="condition-amount-0").set_value("20,5").run()
    app.button(key="condition-add").click().run()
    assert app.query_params["capacity"] == "department:Tekniska nämnden@2027=20,5"
    again = followed("prioritera", app)
    assert "Tekniska nämnden: högst 20,5 mnkr 2027" in label(again)
    assert "Kapaciteten hos Tekniska nämnden 2027" in text(again)
    again.button(key="condition-0").click().run()
    assert "capacity" not in again.query_params


@pytest.mark.parametrize(
    ("name", "said_", "words"),
    [
        ("minimum", "sector:transport=1 st", "minst 1 åtgärd totalt"),
        ("minimum", "district:Centrum=80", "Centrum: minst 80,0 mnkr totalt"),
        ("earliest", "ex-07=2028", "tidigast 2028"),
        ("excludes", "ex-01=ex-14", "Inte både Energieffektivisering av skolor"),
        ("requires", "ex-01=ex-07", "Energieffektivisering av skolor kräver"),
        ("cap", "klimatklivet@2027=20", "Klimatklivet: högst 20,0 mnkr 2027"),
        ("self_financing", "10 %", "Självfinansieringsgrad minst 10 % varje år"),
    ],
)
def test_every_condition_of_a_link_is_said_in_words(opened, name, said_, words):
    app = opened("prioritera", plan=EXAMPLE, **{name: said_})
    assert words in label(app)


def test_what_is_chosen_for_a_district_and_what_that_costs_is_said(opened):
    page = text(opened("prioritera", plan=EXAMPLE, minimum="district:Centrum=80", total="90"))
    assert "Behövs för" in page
    assert "det minsta för Centrum" in page
    assert "40,0 mnkr mindre ger 1 700 t mer" in page
    assert "Behövs för" not in text(opened("prioritera", plan=EXAMPLE, total="90"))


def test_a_condition_that_cannot_be_says_why_and_changes_nothing(opened):
    page = text(opened("prioritera", plan=EXAMPLE, capacity="department:Finns inte=5"))
    assert "Ingen åtgärd hör till ”Finns inte”" in page
    assert "94,0 av högst 145,0 mnkr" in page


def test_the_robust_choice_is_drawn_when_it_is_asked_for(opened):
    goal = {"reading": "expected", "unclear": "1", "total": "120", "worlds": "50"}
    app = opened("prioritera", plan=EXAMPLE, show="robust", **goal)
    assert "är bra hur det än går, för" not in text(app)
    app.button(key="draw-worlds").click().run(timeout=60)
    page = text(app)
    assert "2 av 5 valbara åtgärder är bra hur det än går, för 38,0 mnkr egna pengar" in page
    assert "Den egna kostnaden:" in page
    assert "Här dras 11 kostnader, 13 effekter och 3 ansökningar" in page


@pytest.mark.parametrize(
    ("plan", "title"),
    [
        (EXAMPLE, "94,0 mnkr ger 7 690 t CO2e om året; de sista 1 050 t CO2e om året kräver"),
        (PUBLISHED, "436,8 mnkr ger 67 700 t CO2e om året; de sista 113 101 t"),
    ],
)
def test_the_curve_says_what_comes_cheaply_and_what_the_rest_takes(opened, plan, title):
    page = text(opened("prioritera", plan=plan, show="curve", unclear="1"))
    assert title in page
    assert "Varje punkt är den billigaste som finns: det är bevisat" in page


def test_an_empty_plan_says_what_to_do(opened, empty_plan):
    assert "Det finns inget att prioritera" in text(opened("prioritera", plan=empty_plan))


def test_what_a_person_typed_is_shown_as_typed(opened, hostile_plan):
    page = said(opened("prioritera", plan=hostile_plan, unclear="1"))
    assert "<script" not in page


def test_the_choice_as_a_scenario_shows_the_same_gap(opened):
    from model.optimise.goal import over

    result = results(EXAMPLE)
    answer = result.prioritised(over(result.plan, total=145 * 100_000_000, last=2030))
    query = write(View(plan=EXAMPLE).toggled(*answer.adjustments))
    app = opened("scenarier", **query)
    gap = int(answer.figures.gap.sum())
    assert f"{gap / 1e8:.1f}".replace(".", ",") + " mnkr saknas" in text(app)


def test_an_application_is_written_in_the_address_to_the_millionth():
    seek = SeekMaximum(
        source="klimatklivet",
        probability=0.4,
        share=0.312345,
        owners=reference().funding["klimatklivet"].owners,
        where=Where(tags={"id": ("ex-01", "ex-07")}),
    )
    known = Known(
        plans=[EXAMPLE],
        scenarios=["plan"],
        readings=["expected"],
        sources=reference().funding,
        seekers=lambda source: reference().funding[source].owners,
    )
    query = write(View(plan=EXAMPLE).toggled(seek))
    assert query["seek"] == ["klimatklivet:31.2345:40@id:ex-01,ex-07"]
    view, unknown = read(
        {name: [v] if isinstance(v, str) else v for name, v in query.items()}, known
    )
    assert (view.toggles, unknown) == ((seek,), ())
    bad, said_ = read({"seek": ["klimatklivet:31.23456:40"]}, known)
    assert (bad.toggles, [each.value for each in said_]) == ((), ["klimatklivet:31.23456:40"])


def test_the_top_sentence_answers_what_is_looked_at(opened):
    curve = text(opened("prioritera", plan=EXAMPLE, show="curve"))
    assert '<h1 class="answer">74,0 mnkr ger 5 790 t CO2e om året; de sista 1 050 t CO2e' in curve
    assert '<h2 class="chart-title">Allt ger 6 840 t CO2e om året och kräver 234,0 mnkr' in curve
    app = opened("prioritera", plan=EXAMPLE, show="robust", worlds="50")
    assert '<h1 class="answer">94,0 av högst 145,0 mnkr egna pengar' in text(app)
    app.button(key="draw-worlds").click().run()
    (answer,) = re.findall(r'<h1 class="answer">(.*?)</h1>', text(app))
    assert "2 av 4 valbara åtgärder är bra hur det än går, för 38,0 mnkr egna pengar" in answer


def test_years_that_take_as_much_of_our_own_money_are_named_together(opened):
    page = text(opened("prioritera", plan=PUBLISHED))
    assert "Mest egna pengar behövs 2026–2027: 70,1 mnkr om året, av 200,3 mnkr" in page
