"""Questions about what the climate gets: what is done anyway, and most tonnes per krona."""

from model import measures
from model.formatting import money, number
from model.language import Language, translate, translate_plural
from model.report.council.grid import Builder, Column
from model.report.council.investment_plan import paid_by_grants
from model.report.council.own_part import named, own_parts, shared_out
from model.report.council.questions.answer import Answer
from model.results import Result

_SHOWN = 10


def anyway(result: Result, reading: str, year: int, language: Language) -> Answer:
    """The need of the group from what would be done anyway to what is new."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    found = result.bridge()
    builder = Builder(
        say("From the whole need to what is new"), (Column("", "text"), Column(say("All years")))
    )
    rows = [
        builder.row([say(label), found.total(step)])
        for step, label in (
            ("anyway", "Would have been done anyway"),
            ("budgeted", "In the ordinary budget already"),
            ("not_said", "Not said which"),
            ("new", "New"),
        )
    ]
    builder.sum(say("Investment need"), rows, "total")
    unsaid = int(found.unsaid.sum())
    if not found.total("need"):
        return Answer(say("No investment need of the group is known"), known=False)
    if not found.total("anyway"):
        return Answer(
            say("Nobody has said what would have been done anyway"),
            builder.grid(),
            (say("Enter at the measures what would be invested without them."),),
            known=False,
        )
    return Answer(
        say(
            "{amount} of {whole} would have been done anyway",
            amount=money(found.total("anyway"), language=language),
            whole=money(found.total("need"), language=language),
        ),
        builder.grid(),
        (
            translate_plural(
                "{count} measure does not say it.",
                "{count} measures do not say it.",
                unsaid,
                language,
            ),
        )
        if unsaid
        else (),
    )


def most_tonnes(result: Result, reading: str, year: int, language: Language) -> Answer:
    """The group's measures by tonnes a year per krona that the group itself pays."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    outcome = result.outcome(reading)
    need = shared_out(result, outcome.need.sum(axis=0))
    grants = shared_out(result, paid_by_grants(result, reading).sum(axis=0))
    yearly = {
        line.place: line.tonnes
        for line in measures.lines(result, reading)
        if line.basis == "per_year" and line.tonnes
    }
    rated, without = [], 0
    for part in own_parts(result):
        own = int(need[part.part] - grants[part.part])
        tonnes = yearly.get(part.place)
        if not part.known or tonnes is None or own <= 0 or not part.whole:
            without += 1
            continue
        rated.append((tonnes / (own / 100_000_000), part, tonnes, own))
    rated.sort(key=lambda each: -each[0])
    if not rated:
        return Answer(
            say("No measure of the group states both an amount and yearly tonnes"), known=False
        )
    builder = Builder(
        say("Tonnes a year per million kronor that we pay"),
        (
            Column(say("Project"), "text"),
            Column(say("We pay")),
            Column(say("Tonnes CO2e a year"), "tonnes"),
            Column(say("Tonnes a year per MSEK"), "count", adds=False),
        ),
    )
    for rate, part, tonnes, own in rated[:_SHOWN]:
        builder.row([named(part, language), own, tonnes, round(rate)], part.measure.id)
    best = rated[0]
    return Answer(
        say(
            "{measure}: {rate} tonnes a year per million that we pay",
            measure=best[1].measure.name,
            rate=number(round(best[0]), language=language),
        ),
        builder.grid(),
        (
            say(
                "{count} of the group's measures are not rated: they lack an amount or yearly "
                "tonnes, are shared, or cost us nothing.",
                count=without,
            ),
            say("Tonnes of one year, not of a lifetime: the page on profitability has both."),
        ),
    )
