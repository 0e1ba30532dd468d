"""The council's questions: each answered from the plan, and honest where the plan lacks it."""

from decimal import Decimal

import pytest

from model.language import translate
from model.report import answers as gap
from model.report.council.questions import QUESTIONS, answers
from model.results import READINGS
from model.rows import Effect, Prerequisite, RunningCost
from tests.model.conftest import appropriation, grant, measure
from tests.report.conftest import ENGLISH
from ui.frame import PAGES

KEYS = {question.key for question in QUESTIONS}


def answered(result, reading="secured", year=2028, language="sv"):
    return {question.key: answer for question, answer in answers(result, reading, year, language)}


def test_every_question_leads_to_a_page_that_there_is():
    assert {question.page for question in QUESTIONS} <= {page.address for page in PAGES}
    assert len(KEYS) == len(QUESTIONS) == 10


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("plan", ["helsingborg", "example"])
def test_every_question_is_answered_for_both_plans_in_swedish(request, plan, reading):
    found = answered(request.getfixturevalue(plan), reading)
    assert set(found) == KEYS
    for answer in found.values():
        assert answer.sentence
        assert not ENGLISH.search(answer.sentence)
        for note in answer.notes:
            assert not ENGLISH.search(note)


def test_a_plan_without_figures_says_what_to_enter(helsingborg):
    found = answered(helsingborg)
    for key in ("anyway", "limits", "saving"):
        assert not found[key].known
        assert found[key].notes


def test_what_no_figure_is_known_of_costs_an_unknown_amount_and_not_nothing(result_of):
    found = answered(result_of(measure("a", {2026: 100})))["operating"]
    assert found.sentence == "Vad det kostar 2028 är okänt"
    assert not found.known
    assert found.notes


def test_without_grants_more_is_missing_by_what_they_would_have_paid(result_of):
    result = result_of(
        measure("a", {2026: 100}, grants=(grant("g", {2026: 30}),)),
        measure("b", {2026: 10}, appropriations=(appropriation(2026, 10, basis="gross"),)),
    )
    found = answered(result)["no_grants"]
    assert found.grid.column("Saknas") == [7000, 7000, 7000, 7000, 10000]
    assert "mer än nu" in found.sentence


def test_what_has_begun_or_is_granted_cannot_wait(result_of):
    result = result_of(
        measure("vantar", {2026: 5}, readiness="appropriation"),
        measure("upphandlad", {2026: 7}, readiness="procured"),
        measure("bidrag", {2026: 11}, grants=(grant("g", {2026: 1}),)),
        measure("senare", {2027: 13}),
    )
    grid = answered(result)["wait"].grid
    assert grid.column("Projekt") == ["Åtgärd vantar"]
    assert grid.total.values[2] == 500


def test_the_companies_money_stands_apart_from_ours(result_of):
    result = result_of(
        measure("a", {2026: 2_000_000}),
        measure("b", {2026: 3_000_000}, owner="municipal_company"),
    )
    sentence = answered(result)["whose"].sentence.replace("\xa0", " ")
    assert sentence == "2,0 mnkr är kommunens och 3,0 mnkr bolagens"


def test_the_department_with_the_largest_saving_is_named_also_when_it_is_in_no_frame(result_of):
    def saving(department, amount, in_frame):
        row = RunningCost(
            item="energy",
            department=department,
            year=2028,
            amount=Decimal(amount),
            in_frame=in_frame,
        )
        return (row,)

    result = result_of(
        measure("a", {2026: 1}, running_costs=saving("FN", -100, True)),
        measure("b", {2026: 1}, running_costs=saving("TN", -300, False)),
    )
    found = answered(result)["saving"]
    assert found.sentence.startswith("TN får mest")
    assert [row.values for row in found.grid.rows[:2]] == [("TN", 0, 30000), ("FN", 10000, 0)]


def test_most_tonnes_per_krona_counts_only_what_we_pay(result_of):
    def tonnes(amount):
        fields = {"unit": "t CO2e", "basis": "per_year"}
        return (Effect(indicator="co2e_reduction", mid=Decimal(amount), **fields),)

    result = result_of(
        measure("dyr", {2026: 2_000_000}, effects=tonnes(100)),
        measure(
            "bidrag",
            {2026: 2_000_000},
            effects=tonnes(80),
            grants=(grant("g", {2026: 1_000_000}),),
        ),
        measure("okand", {2026: 1_000_000}),
    )
    found = answered(result)["tonnes"]
    assert found.grid.column("Ton per år och mnkr") == [80, 50]
    assert "1 av koncernens åtgärder" in found.notes[0]


def test_what_waits_for_a_decision_is_the_secured_gap(example):
    found = answered(example, "best_case")["today"]
    place = [column.label for column in found.grid.columns].index("Alla år")
    assert found.grid.total.values[place] == gap.figures(example, "secured").gap


def test_a_broken_target_is_said_in_the_answer(result_of):
    result = result_of(
        measure("a", {2026: 500}, appropriations=(appropriation(2026, 500),)),
        prerequisites=(
            Prerequisite(
                year=2026,
                result=Decimal(10),
                depreciation=Decimal(0),
                dissolved_grants=Decimal(0),
                other_funds=Decimal(0),
                opening_debt=Decimal(0),
                debt_ceiling=Decimal(100),
            ),
        ),
    )
    sentence = answered(result)["limits"].sentence
    assert sentence.startswith("Låneramen räcker inte")


def test_the_questions_are_asked_in_swedish_and_english():
    for question in QUESTIONS:
        asked = translate(question.asked, "sv", year=2028)
        assert asked != translate(question.asked, "en", year=2028)
        assert asked.endswith("?")
