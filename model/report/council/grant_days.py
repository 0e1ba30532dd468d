"""Bidragskalender as a council's table: every grant with its days and what may be paid back."""

from model.language import DEFAULT, Language, message, translate
from model.report import words
from model.report.council.grid import Builder, Column, Grid
from model.results import Result

_STATUSES = {"granted": "Granted", "applied": "Applied for", "idea": "Idea"}


def grant_days(result: Result, language: Language = DEFAULT) -> Grid:
    """The grants of the plan in its scenario, those with a day ahead first."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    builder = Builder(
        say("Grant calendar"),
        (
            Column(say("Project"), "text"),
            Column(say("Source of money"), "text"),
            Column(say("Status"), "text"),
            Column(say("Amount")),
            *(
                Column(say(label), "text")
                for label in ("Last day to apply", "Decision", "Claim", "Final report")
            ),
            Column(say("Risk of repayment"), "text"),
        ),
    )
    rows = [
        builder.row(
            [
                entry.measure_name,
                words.tag("source", entry.source, language),
                say(_STATUSES[entry.status]),
                entry.amount,
                *(
                    day or None
                    for day in (
                        entry.apply_by,
                        entry.decided_on,
                        entry.last_claim,
                        entry.final_report,
                    )
                ),
                " ".join(message(risk, language) for risk in entry.risks) or say("none known"),
            ],
            entry.measure,
        )
        for entry in result.grant_calendar()
    ]
    if rows:
        builder.sum(say("Sum"), rows, "total")
    return builder.grid()
