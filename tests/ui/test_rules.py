"""Grants and rules: what the page says of grants, what could be sought, the calendar, the list."""

import pytest

from model import commands, records
from model.portfolio import agreed
from model.results import results
from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"
ADDRESS = "bidrag"


def text(app) -> str:
    """What the page says, with ordinary spaces."""
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("scenario", ["plan", "two_years_late", "klimatklivet_max"])
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_the_page_holds_for_every_plan_and_scenario(opened, plan, scenario):
    assert '<h1 class="answer">' in said(opened(ADDRESS, plan=plan, scenario=scenario))


def test_the_page_holds_for_an_empty_plan(opened, empty_plan):
    assert "Planen har inga bidrag" in text(opened(ADDRESS, plan=empty_plan))


def test_a_plan_without_grants_says_what_could_be_sought(opened):
    found = text(opened(ADDRESS, plan=PUBLISHED))
    assert "Planen har inga bidrag; upp till 1,7 miljarder kan sökas" in found


def test_what_people_type_is_shown_as_typed(opened, hostile_plan):
    assert "<img" not in said(opened(ADDRESS, plan=hostile_plan))


@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_everything_is_said_in_english_too(opened, plan):
    found = said(opened(ADDRESS, plan=plan, lang="en"))
    heading = found.split('<h1 class="answer">')[1].split("</h1>")[0]
    assert not {"och", "är", "av", "bidrag"} & set(heading.split())
    assert "begun before the decision" in found or plan == PUBLISHED


def test_the_answer_counts_the_grants_that_break_a_rule(opened):
    found = text(opened(ADDRESS, plan=EXAMPLE))
    assert "1 av 11 bidrag bryter mot en regel, och 3 saknar uppgifter att pröva mot" in found
    assert "4,0 mnkr av bidragen ligger över vad en regel tillåter" in found


def test_a_finding_names_the_rule_and_its_paragraph(opened):
    found = text(opened(ADDRESS, plan=EXAMPLE))
    assert "Åtgärden börjar 2026-01, före beslutet 2026-03-02." in found
    assert (
        "7 §: Inte till åtgärder som har påbörjats före beslutet. (Förordning (2015:517)" in found
    )


def test_a_rule_that_nobody_has_checked_is_marked(opened):
    found = text(opened(ADDRESS, plan=EXAMPLE))
    row = found.split("Exempelverken verkar på en marknad")[1].split("</tr>")[0]
    assert '<span class="tag">overifierad</span>' in row


def test_what_could_be_sought_says_why_and_what_to_judge(opened):
    found = text(opened(ADDRESS, plan=EXAMPLE))
    assert "40 % av investeringen; statsstödstaket avgör; 0,30 kg CO2e per krona" in found
    assert "7 §: Inte till åtgärder som krävs enligt lag." in found
    assert "läggs inte ihop" in found


def test_the_calendar_says_what_may_be_paid_back(opened):
    found = text(opened(ADDRESS, plan=EXAMPLE))
    calendar = found.split("Bidragskalender, belopp i mnkr")[-1].split("</table>")[0]
    assert "Återkravsrisk" in calendar
    assert "Åtgärden blir klar 2028-09, efter sista rekvisition 2027-12-31" in calendar
    assert "ingen känd" in calendar


def test_a_proposed_match_is_saved_only_when_somebody_says_so(opened):
    app = opened(ADDRESS, plan=EXAMPLE)
    assert "i 5 bidrag; 1 av dem hör till en åtgärd" in text(app)
    document, version = records.document(EXAMPLE)
    app.button(key="agree-matches").click().run()
    assert not app.exception
    now, after = records.document(EXAMPLE)
    assert after == version + 1
    assert {row.reference: row.measure for row in now.agency_grants} == {
        "NV-exempel-3": "ex-03",
        "NV-exempel-6": "ex-06",
        "NV-exempel-9": "",
        "TRV-exempel-4": "ex-04",
        "2024-exempel-1": "",
    }
    assert "3 av dem hör till en åtgärd" in text(app)
    commands.save_list(EXAMPLE, "agency_grants", document.agency_grants, after, "test")


def test_the_list_is_edited_by_hand(opened):
    app = opened(ADDRESS, plan=EXAMPLE)
    before = records.document(EXAMPLE)[1]
    app.button(key="edit-exempelkommunen-agency_grants").click().run()
    assert not app.exception
    save = [button for button in app.button if button.label == "Spara"]
    save[0].click().run()
    assert not app.exception
    assert records.document(EXAMPLE)[1] == before


def test_the_proposals_are_those_of_the_model():
    found = results(EXAMPLE).portfolio()
    rows = agreed(found.rows, found.proposals)
    assert sum(bool(row.measure) for row in rows) == found.matched + len(found.proposals)
