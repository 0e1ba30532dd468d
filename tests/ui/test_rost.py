"""A participant's page: few things, what is left in view, one answer a device."""

from decimal import Decimal

import pytest

from model import voting
from model.poll import Option, Poll, Vote, rank
from tests.ui.conftest import said

EXAMPLE = "exempelkommunen"
MILLION = 100_000_000
MEASURES = (
    Option("ex-07", "Ny rening", 80 * MILLION),
    Option("ex-01", "Skolor", 60 * MILLION),
    Option("ex-03", "Laddplatser", 18 * MILLION),
)


def text(app) -> str:
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


def put(kind: str, **fields) -> str:
    return voting.open_poll(Poll("", EXAMPLE, 1, kind, f"plan={EXAMPLE}", **fields))


@pytest.fixture
def budget(opened):
    opened("oversikt")
    return put("budget", options=MEASURES, budget=100 * MILLION)


def test_measures_are_chosen_until_the_budget_is_used(opened, budget):
    app = opened("rost", poll=budget)
    assert "Vilka åtgärder vill du ha, för högst 100,0 mnkr?" in text(app)
    assert "Valt 0 · kvar 100,0 mnkr" in text(app)
    app.checkbox(key="choose-ex-07").check().run()
    assert "Valt 80,0 mnkr · kvar 20,0 mnkr" in text(app)
    assert app.checkbox(key="choose-ex-01").disabled
    assert "ryms inte" in app.checkbox(key="choose-ex-01").label
    app.checkbox(key="choose-ex-03").check().run()
    assert voting.votes(budget)[1] == []
    app.button(key="answer").click().run()
    assert "Ditt svar är räknat: Ny rening, Laddplatser" in text(app)
    assert voting.votes(budget)[1] == [Vote(("ex-07", "ex-03"))]


def test_what_is_ticked_and_not_sent_is_there_when_the_phone_loads_the_page_anew(
    opened, followed, budget
):
    app = opened("rost", poll=budget)
    app.checkbox(key="choose-ex-07").check().run()
    app.checkbox(key="choose-ex-03").check().run()
    again = followed("rost", app)
    assert "Valt 98,0 mnkr · kvar 2,0 mnkr" in text(again)
    again.checkbox(key="choose-ex-03").uncheck().run()
    again.checkbox(key="choose-ex-07").uncheck().run()
    assert "Valt 0 · kvar 100,0 mnkr" in text(followed("rost", again))


def test_a_second_answer_of_a_phone_stands_instead_of_the_first(opened, budget):
    app = opened("rost", poll=budget)
    app.checkbox(key="choose-ex-07").check().run()
    app.button(key="answer").click().run()
    app.checkbox(key="choose-ex-07").uncheck().run()
    app.checkbox(key="choose-ex-01").check().run()
    app.button(key="answer").click().run()
    other = opened("rost", poll=budget)
    other.checkbox(key="choose-ex-01").check().run()
    other.button(key="answer").click().run()
    found = rank(*voting.votes(budget))
    assert found.votes == 2
    assert (found.ranked[0].option.id, found.ranked[0].choosers) == ("ex-01", 2)


def test_nothing_chosen_is_no_answer(opened, budget):
    app = opened("rost", poll=budget)
    app.button(key="answer").click().run()
    assert "Inget är valt" in text(app)
    assert voting.votes(budget)[1] == []


def test_one_scenario_is_chosen(opened):
    opened("oversikt")
    poll = put("scenario", options=(Option("plan", "Planen"), Option("no-klimatklivet", "Utan")))
    app = opened("rost", poll=poll)
    app.radio[0].set_value("plan").run()
    app.button(key="answer").click().run()
    assert "Ditt svar är räknat: Planen som den är" in text(app)
    assert voting.votes(poll)[1] == [Vote(("plan",))]


def test_a_guess_is_typed_as_swedes_write(opened):
    opened("oversikt")
    poll = put("estimate", figure="gap", answer=Decimal(199))
    app = opened("rost", poll=poll)
    assert "Hur stort är finansieringsgapet i Exempelkommunen" in text(app)
    assert "199" not in text(app)
    app.text_input[0].set_value("212,5")
    app.button[1].click().run()
    assert "Ditt svar är räknat: 212,5 mnkr" in text(app)
    assert voting.votes(poll)[1] == [Vote(estimate=Decimal("212.5"))]


def test_a_guess_that_is_not_sent_is_in_the_address(opened):
    opened("oversikt")
    poll = put("estimate", figure="gap", answer=Decimal(199))
    app = opened("rost", poll=poll, **{f"typed-{poll}": "212,5"})
    assert app.text_input[0].value == "212,5"
    assert voting.votes(poll)[1] == []
    app.button[1].click().run()
    assert voting.votes(poll)[1] == [Vote(estimate=Decimal("212.5"))]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("mycket", "är inget tal"),
        ("", "Inget tal är angivet"),
        ("99 999 999 999", "mellan 0 och en miljard"),
        ("-5", "mellan 0 och en miljard"),
    ],
)
def test_a_guess_that_is_none_says_why_and_is_not_saved(opened, typed, why):
    opened("oversikt")
    poll = put("estimate", figure="need", answer=Decimal(199))
    app = opened("rost", poll=poll)
    app.text_input[0].set_value(typed)
    app.button[1].click().run()
    assert why in text(app)
    assert voting.votes(poll)[1] == []


def test_a_closed_question_says_so_and_whether_this_phone_answered(opened, budget):
    app = opened("rost", poll=budget)
    app.checkbox(key="choose-ex-07").check().run()
    voting.close_poll(budget)
    app.button(key="answer").click().run()
    assert "Frågan är stängd, och inget svar kom från den här telefonen" in text(app)
    assert voting.votes(budget)[1] == []


@pytest.mark.parametrize("poll", ["", "finnsinte", "<script>alert(1)</script>"])
def test_an_address_without_its_question_says_what_to_do(opened, poll):
    page = text(opened("rost", poll=poll))
    assert "Det finns ingen sådan fråga. Läs av koden på skärmen igen." in page


def test_the_page_speaks_english_too(opened, budget):
    app = opened("rost", poll=budget, lang="en")
    assert "Which measures do you want, for 100.0 MSEK at most?" in text(app)


def test_what_a_person_typed_is_shown_as_typed(opened):
    opened("oversikt")
    name = "<img src=x> *kursiv* :smile:"
    options = (Option("a", name, MILLION), Option("b", "B", MILLION))
    poll = put("budget", options=options, budget=MILLION)
    app = opened("rost", poll=poll)
    assert "\\*kursiv\\*" in app.checkbox(key="choose-a").label
    app.checkbox(key="choose-a").check().run()
    app.button(key="answer").click().run()
    assert "&lt;img src=x&gt; *kursiv*" in text(app)
