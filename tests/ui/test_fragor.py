"""The page of the council's questions."""

import pytest

from tests.ui.conftest import said

EXAMPLE, PUBLISHED = "exempelkommunen", "helsingborg-2030"


def text(app) -> str:
    return said(app).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("plan", [EXAMPLE, PUBLISHED])
def test_ten_questions_stand_with_their_answers(opened, plan, language):
    page = text(opened("fragor", plan=plan, lang=language))
    assert page.count('<h2 class="section"') == 10


def test_the_year_asked_about_stands_in_the_address(opened):
    assert "Vad kostar det driften 2028" in text(opened("fragor", plan=EXAMPLE))
    assert "Vad kostar det driften 2030" in text(opened("fragor", plan=EXAMPLE, year="2030"))


def test_what_lacks_its_figures_is_counted(opened):
    assert "Alla 10 frågor från fullmäktige har svar" in text(opened("fragor", plan=EXAMPLE))
    assert "saknar sina uppgifter" in text(opened("fragor", plan=PUBLISHED))


def test_empty_and_hostile_plans_are_shown(opened, empty_plan, hostile_plan):
    assert "Inget att svara på än" in text(opened("fragor", plan=empty_plan))
    assert "<img" not in said(opened("fragor", plan=hostile_plan))


def test_in_what_prices_the_amounts_are_is_said_once(opened):
    assert text(opened("fragor", plan=PUBLISHED)).count("Prisnivå okänd, moms okänd") == 1
