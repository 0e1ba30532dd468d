"""Frågor från fullmäktige: what politicians ask of an investment plan, answered for the active one.

Every answer is worked out from the plan in its scenario and reading, says what it does not know,
and leads to the page where its figures are.
"""

from collections.abc import Callable
from dataclasses import dataclass

from model.language import DEFAULT, Language
from model.report.council.questions import climate, limits, money, operation
from model.report.council.questions.answer import Answer
from model.results import Result


@dataclass(frozen=True)
class Question:
    """A question as it is asked (an English msgid), what answers it, and the page behind it.

    ``answer`` takes the result, the reading, the year asked about and the language.
    """

    key: str
    asked: str
    page: str
    answer: Callable[[Result, str, int, Language], Answer]


# A new question is a line here and a function that answers it.
QUESTIONS = (
    Question(
        "operating",
        "What does it cost the operating budget in {year}, and how many öre of tax?",
        "driftkonsekvenser",
        operation.operating_cost,
    ),
    Question("no_grants", "What if we get no grants?", "finansieringsgap", money.without_grants),
    Question("wait", "What can wait a year?", "scenarier", money.can_wait),
    Question("whose", "Is it the company's money or ours?", "investeringsplan", money.whose),
    Question("water", "Does the water fee rise?", "driftkonsekvenser", limits.water_fee),
    Question("anyway", "What would we have done anyway?", "lonsamhet", climate.anyway),
    Question(
        "limits",
        "Do we keep the result target and the debt ceiling?",
        "finansieringsanalys",
        limits.targets,
    ),
    Question("tonnes", "Most tonnes per krona that we pay?", "lonsamhet", climate.most_tonnes),
    Question("saving", "Which committee gets the saving?", "driftkonsekvenser", operation.savings),
    Question("today", "What do we decide today?", "investeringsplan", money.to_decide),
)


def answers(
    result: Result, reading: str, year: int, language: Language = DEFAULT
) -> list[tuple[Question, Answer]]:
    """Every question with its answer."""
    return [(each, each.answer(result, reading, year, language)) for each in QUESTIONS]
