"""Beslutsläge: how far each project has come on the way from the council's decision to service."""

from model.language import DEFAULT, Language, translate
from model.reference import reference
from model.report import words
from model.report.council.grid import Builder, Column, Grid, Value
from model.report.council.own_part import Part, by_section, own_parts, shared_out
from model.results import Result

# The steps of a council's decisions; what comes before them is the way to the first.
STEPS = ("total_decision", "appropriation", "start_permit", "procured", "in_service")


def decision_status(result: Result, reading: str, language: Language = DEFAULT) -> Grid:
    """The group's projects with the steps that they have taken, and what waits on the next one."""
    stages = reference().readiness
    order = list(stages)
    outcome = result.outcome(reading)
    need, gap = (shared_out(result, table).sum(axis=0) for table in (outcome.need, outcome.gap))

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    builder = Builder(
        say("Decision status"),
        (
            Column(say("Project"), "text"),
            Column(say("Now"), "text"),
            *(Column(words.name(stages[step], language), "text") for step in STEPS),
            Column(say("Decision"), "text"),
            Column(say("Next step"), "text"),
            Column(say("Investment need")),
            Column(say("No decision")),
        ),
    )

    def values(part: Part) -> list[Value]:
        stage = part.measure.readiness
        return [
            words.tag("readiness", stage or "", language),
            *(_taken(stage, step, order, language) for step in STEPS),
            part.measure.decision,
            _next(stage, order, language),
            part.value(int(need[part.part])),
            part.value(int(gap[part.part])),
        ]

    by_section(builder, own_parts(result), values, language)
    return builder.grid()


def _taken(stage: str | None, step: str, order: list[str], language: Language) -> str | None:
    """Yes, no, or not known where nobody has said how far the project has come."""
    if stage is None:
        return None
    taken = order.index(stage) >= order.index(step)
    return translate("yes" if taken else "no", language)


def _next(stage: str | None, order: list[str], language: Language) -> str | None:
    if stage is None:
        return None
    left = [step for step in STEPS if order.index(step) > order.index(stage)]
    return words.tag("readiness", left[0], language) if left else ""
