"""The leader's page: a question is put, and the room's answer stands beside the model's."""

from decimal import Decimal
from urllib.parse import parse_qs

import pytest

from model import voting
from model.poll import Vote
from model.report import answers
from model.results import results
from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def links(app) -> dict[str, dict]:
    """The links to other pages, each with its query."""
    return {link.proto.label: parse_qs(link.proto.query_string) for link in app.get("page_link")}


def opens(opened, **query) -> str:
    """Put a question as the page proposes it; its id, alone open."""
    app = opened("fraga-rummet", **{"plan": EXAMPLE, **query})
    app.button(key="open-question").click().run()
    return "".join(app.query_params["poll"])


def answer(poll: str, *votes: Vote) -> None:
    for number, vote in enumerate(votes):
        voting.cast_vote(poll, f"phone-number-{number:04}", vote)


def test_a_question_about_measures_is_put_as_the_page_proposes(opened):
    poll = voting.the_poll(opens(opened))
    assert poll.kind == "budget"
    assert [option.id for option in poll.options] == [
        *("ex-07", "ex-01", "ex-08", "ex-14", "ex-03", "ex-16")
    ]
    assert poll.budget == 102 * 100_000_000
    assert poll.open


def test_the_budget_and_the_measures_can_be_others(opened):
    app = opened("fraga-rummet", plan=EXAMPLE, about=["ex-07", "ex-01", "ex-03"])
    app.text_input(key="room-budget").set_value("98").run()
    app.button(key="open-question").click().run()
    poll = voting.the_poll("".join(app.query_params["poll"]))
    assert [option.id for option in poll.options] == ["ex-07", "ex-01", "ex-03"]
    assert poll.budget == 98 * 100_000_000


def test_a_budget_in_which_everything_fits_is_refused(opened):
    before = len(voting.polls(EXAMPLE))
    app = opened("fraga-rummet", plan=EXAMPLE, **{"room-budget": "1000"})
    app.button(key="open-question").click().run()
    assert "Allt ryms inom budgeten" in text(app)
    assert len(voting.polls(EXAMPLE)) == before


def test_the_rooms_choice_stands_beside_the_models_and_becomes_a_scenario(opened):
    poll = opens(opened)
    answer(poll, Vote(("ex-01", "ex-08")), Vote(("ex-01",)), Vote(("ex-14",)))
    app = opened("fraga-rummet", plan=EXAMPLE, poll=poll)
    assert "Vilka åtgärder vill du ha, för högst 102,0 mnkr?" in text(app)
    assert "1. Vald av 2 av 3 · 66,7 % av pengarna" in text(app) or "Vald av 2 av 3" in text(app)
    assert links(app) == {}
    app.button(key="close-question").click().run()
    page = text(app)
    # 60 + 20 + 20 fit within 102; the model takes 80 + 18.
    assert "Rummets val ger 4 240 t CO2e om året för 100,0 mnkr; modellens ger 6 390 t" in page
    assert "minst 4 240 t" in page
    found = links(app)
    assert found["Visa rummets val som scenario"]["off"] == ["@id:ex-07,ex-03,ex-16"]
    assert found["Visa modellens val som scenario"]["off"] == ["@id:ex-01,ex-08,ex-14,ex-16"]


def test_the_scenario_of_the_room_shows_the_gap_without_what_was_not_chosen(opened):
    poll = opens(opened)
    answer(poll, Vote(("ex-01", "ex-08", "ex-14")))
    voting.close_poll(poll)
    app = opened("fraga-rummet", plan=EXAMPLE, poll=poll)
    query = links(app)["Visa rummets val som scenario"]
    shown = opened("scenarier", **query)
    result = results(EXAMPLE)
    left = result.plan.keep(~(result.plan.where({"id": ("ex-07", "ex-03", "ex-16")})))
    assert left.size[1] == result.plan.size[1] - 3
    assert "Planen, ändrad" in text(shown)


def test_the_answer_to_a_guess_is_told_when_the_question_is_closed_only(opened):
    poll = opens(opened, ask="estimate", figure="gap")
    answer(poll, *(Vote(estimate=Decimal(guess)) for guess in (100, 190, 300)))
    truth = voting.the_poll(poll).answer
    assert truth == Decimal(answers.figures(results(EXAMPLE), "secured").gap) / 100_000_000
    app = opened("fraga-rummet", plan=EXAMPLE, poll=poll)
    assert "199 mnkr" not in text(app)
    assert "hälften av gissningarna mellan 145 mnkr och 245 mnkr" in text(app)
    app.button(key="close-question").click().run()
    assert "Rummet gissar 190 mnkr; svaret är 199 mnkr" in text(app)
    assert "1 gissning inom en tiondel från det" in text(app)


def test_scenarios_stand_with_their_gaps(opened):
    poll = opens(opened, ask="scenario")
    answer(poll, Vote(("costs_plus_30",)), Vote(("costs_plus_30",)), Vote(("plan",)))
    app = opened("fraga-rummet", plan=EXAMPLE, poll=poll)
    app.button(key="close-question").click().run()
    assert "har flest röster: 2 av 3" in text(app)
    assert "1 av 3 röster · 199,0 mnkr saknas" in text(app)
    (query,) = links(app).values()
    assert query["scenario"] == ["costs_plus_30"]


@pytest.mark.parametrize("ask", ["budget", "scenario", "estimate"])
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_every_question_is_followed_from_nobody_to_its_end(opened, plan, ask):
    poll = opens(opened, plan=plan, ask=ask, lang="en")
    app = opened("fraga-rummet", plan=plan, poll=poll, lang="en")
    app.button(key="close-question").click().run()
    assert "Nobody" in text(app)


def test_earlier_questions_are_listed_and_can_be_removed(opened):
    poll = opens(opened)
    assert f"poll={poll}" in text(opened("fraga-rummet", plan=EXAMPLE))
    app = opened("fraga-rummet", plan=EXAMPLE, poll=poll)
    app.button(key="remove-question").click().run()
    assert f"poll={poll}" not in text(app)
    assert poll not in [each.id for each in voting.polls(EXAMPLE)]


def test_a_question_that_is_not_there_or_of_another_plan_is_said_to_be_none(opened):
    assert "Det finns ingen sådan fråga" in text(opened("fraga-rummet", plan=EXAMPLE, poll="nej"))
    poll = opens(opened)
    page = text(opened("fraga-rummet", plan=PUBLISHED, poll=poll))
    assert "ställdes om en annan plan" in page


def test_an_empty_plan_says_what_to_do(opened, empty_plan):
    assert "Planen har inga åtgärder än" in text(opened("fraga-rummet", plan=empty_plan))


def test_the_servers_address_can_be_written(opened):
    app = opened("fraga-rummet", plan=EXAMPLE, poll=opens(opened))
    app.text_input(key="room-server").set_value("http://192.168.1.7:8501/").run()
    assert "http://192.168.1.7:8501/rost?poll=" in text(app)
    assert "data:image/svg+xml" in text(app)
    app.text_input(key="room-server").set_value("javascript:alert(1)").run()
    assert "är ingen adress till en server" in text(app)


def test_what_a_person_typed_is_shown_as_typed(opened, hostile_plan):
    app = opened("fraga-rummet", plan=hostile_plan)
    app.button(key="open-question").click().run()
    page = said(app)
    assert "<img" not in page
    assert "<script>alert" not in page
