"""Implementation on screen: the answer, what stands still and why, the stages, the money."""

import numpy as np
import pytest

from model.palette import INK
from tests.ui.conftest import said
from ui.charts.stages import Stages, describe, figure
from ui.i18n import speaking

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"
SHOWN = Stages(
    ("Nu", "2026", "2027"),
    ("Idé", "Beslutad totalutgift", "Tagen i bruk", "okänt"),
    np.array([[2.0, 1, 0, 0], [2, 1, 0, 0], [0, 0, 2, 1]]),
    [["2", "1", "0", "0"], ["2", "1", "0", "0"], ["0", "0", "2", "1"]],
    "åtgärder",
)


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def test_the_answer_says_what_is_early_and_what_waits_for_what(opened):
    page = text(opened("genomforande", plan=EXAMPLE))
    assert (
        "2 av 9 åtgärder är ännu idéer, utredningar eller piloter; 15,0 mnkr väntar på beslut och "
        "13,0 mnkr på pengar" in page
    )
    assert "6 av 9 åtgärder ska vara i bruk 2030" in page
    assert "1 åtgärd är delad och ingen har sagt vem som betalar vad" in page


def test_what_stands_still_says_what_would_release_it_and_leads_to_the_measure(opened):
    page = text(opened("genomforande", plan=EXAMPLE))
    assert "anslaget för 2027, som är planerat, beslutas" in page
    assert "ett anslag för 2027: 8,0 mnkr är äskat och finns i ingen plan" in page
    assert "measure=ex-07" in page


def test_money_is_tied_to_the_stage_that_its_measures_stand_at(opened):
    page = text(opened("genomforande", plan=EXAMPLE))
    table = page.split("Kommunkoncernens behov efter steg i dag")[2].split("</table>")[0]
    row = table.split("Utredning</th>")[1].split("</tr>")[0]
    cells = [cell.split("</td>")[0].split(">")[-1] for cell in row.split("<td")[1:]]
    assert cells == ["1", "80,0", "–", "–", "–", "30,0", "20,0", "–", "30,0"]


def test_in_the_best_case_only_a_decision_and_money_nobody_has_thought_of_hold_back(opened):
    page = text(opened("genomforande", plan=EXAMPLE, reading="best_case"))
    assert "15,0 mnkr väntar på beslut och 13,0 mnkr på pengar" in page


def test_everybodys_measures_can_be_shown_and_counted_in_money(opened):
    page = text(opened("genomforande", plan=EXAMPLE, whose="all", unit="money"))
    assert "6 av 16 åtgärder ska vara i bruk 2030" in page
    assert "2 åtgärder anger inte hur långt de har kommit" in page
    # The answer stays the group's.
    assert "2 av 9 åtgärder är ännu" in page


def test_a_plan_that_states_no_stage_says_so(opened):
    page = text(opened("genomforande", plan=PUBLISHED))
    assert "Ingen har angett hur långt åtgärderna har kommit; 1,2 miljarder saknas" in page
    assert "29 åtgärder anger inte hur långt de har kommit: fyll i beslutsläget" in page


def test_a_scenario_stands_in_the_title_and_moves_the_years(opened):
    page = text(opened("genomforande", plan=EXAMPLE, scenario="two_years_late"))
    assert "6 av 9 åtgärder ska vara i bruk 2032" in page


def test_an_empty_plan_says_what_to_do(opened, empty_plan):
    assert 'class="empty"' in said(opened("genomforande", plan=empty_plan))


def test_when_nothing_is_carried_out_another_scenario_is_offered(opened):
    app = opened("genomforande", plan=EXAMPLE, scenario="business_as_usual")
    assert "Kommunkoncernen har inga åtgärder att genomföra" in text(app)


def test_what_people_type_is_shown_as_typed(opened, hostile_plan):
    assert "<img" not in said(opened("genomforande", plan=hostile_plan))


@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_everything_is_said_in_english_too(opened, plan):
    heading = said(opened("genomforande", plan=plan, lang="en")).split('class="answer">')[1]
    assert not {"och", "är", "av", "åtgärder"} & set(heading.split("</h1>")[0].split())


def test_stages_stack_in_order_with_a_dark_outline_and_the_unknown_on_top():
    drawn = figure(SHOWN).checked
    assert [trace.y[2] for trace in drawn.data] == [None, None, 2, 1]
    assert {trace.marker.line.color for trace in drawn.data[:-1]} == {INK}
    assert drawn.layout.yaxis.range == (0, 3)


def test_stages_are_named_at_the_first_bar_and_at_the_last():
    names = [note.text for note in figure(SHOWN).checked.layout.annotations[1:]]
    assert names == ["Idé", "Beslutad<br>totalutgift", "Tagen i bruk", "okänt"]


def test_names_of_thin_parts_do_not_lie_on_each_other():
    thin = np.array([[100.0, 1, 1, 1]] * 3)
    drawn = Stages(SHOWN.columns, SHOWN.names, thin, [["x"] * 4] * 3, "mnkr")
    places = [note.y for note in figure(drawn).checked.layout.annotations[1:5]]
    gaps = np.diff(places) * 360 / drawn.top
    assert (gaps >= 16).all()
    assert places[-1] <= drawn.top


def test_the_chart_says_what_it_shows():
    with speaking("sv"):
        assert describe(SHOWN) == (
            "Staplar, åtgärder, efter det steg som minst är nått. Nu: Idé 2, Beslutad totalutgift "
            "1. 2027: Tagen i bruk 2, okänt 1."
        )
