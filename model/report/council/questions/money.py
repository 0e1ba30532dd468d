"""Questions about whose money pays, what waits, and what is decided."""

import numpy as np

from model.formatting import money
from model.language import Language, translate
from model.owners import parts
from model.readings import read
from model.report import words
from model.report.answers import GROUP, figures
from model.report.council.grid import Builder, Column
from model.report.council.own_part import Part, named, own_parts, shared_out
from model.report.council.questions.answer import Answer
from model.report.council.readiness import STEPS
from model.report.council.sections import by_payer
from model.results import READINGS, Result

_STARTED = ("procured", "in_service")


def without_grants(result: Result, reading: str, year: int, language: Language) -> Answer:
    """The gap of every reading, and with no grant at all, not even a granted one."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    plan = result.plan
    alone = plan.replace(grants=plan.grants.take(np.zeros(len(plan.grants.measure), dtype=bool)))
    ours = parts(plan).actor_group == GROUP
    nothing = int(shared_out(result, read(alone, reading).gap)[:, ours].sum())
    builder = Builder(say("The gap by what comes in"), (Column("", "text"), Column(say("Missing"))))
    for each in READINGS:
        builder.row([say(words.READINGS[each]), figures(result, each).gap])
    builder.row([say("No grant at all, not even what is granted"), nothing])
    sums = figures(result, reading)
    now = sums.gap
    if not len(plan.grants.measure):
        sentence = say(
            "No grant stands in the plan: {amount} is missing as it is",
            amount=money(now, zero="0", lower_bound=sums.from_below, language=language),
        )
    else:
        sentence = say(
            "Without grants {amount} is missing, {more} more than now",
            amount=money(nothing, zero="0", lower_bound=sums.from_below, language=language),
            more=money(nothing - now, zero="0", language=language),
        )
    return Answer(sentence, builder.grid(), (say("Gross appropriations pay what grants do not."),))


def can_wait(result: Result, reading: str, year: int, language: Language) -> Answer:
    """What has not begun and no granted money holds to its time, with the first year's amount."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    plan = result.plan
    need = shared_out(result, result.outcome(reading).need)
    row = int(np.flatnonzero(plan.years == plan.head.first_year)[0])
    held = set(plan.grants.measure[plan.grants.status == "granted"].tolist())
    begun = plan.paid.any(axis=0) | (plan.need.mid[0] > 0)
    tonnes = {line.place: line for line in _yearly(result)}
    builder = Builder(
        say("Not begun and not held by granted money"),
        (
            Column(say("Project"), "text"),
            Column(say("Readiness"), "text"),
            Column(say("Moves out of {year}", year=plan.head.first_year)),
            Column(say("Tonnes CO2e a year that come later"), "tonnes"),
        ),
    )
    rows, tied = [], 0
    for part in own_parts(result):
        amount = int(need[row, part.part])
        if not amount:
            continue
        if begun[part.place] or part.measure.readiness in _STARTED or part.place in held:
            tied += amount
            continue
        rows.append(
            builder.row(
                [
                    named(part, language),
                    words.tag("readiness", part.measure.readiness or "", language),
                    amount,
                    tonnes.get(part.place, _Nothing).tonnes,
                ],
                part.measure.id,
            )
        )
    if not rows:
        return Answer(
            say(
                "Nothing of {year}: what is to be paid then has begun or is held by granted money",
                year=plan.head.first_year,
            )
        )
    place = builder.sum(say("Sum"), rows, "total")
    moved = builder.rows[place].values[2]
    return Answer(
        say(
            "{amount} of {year} can wait; {tied} has begun or is held by granted money",
            amount=money(int(moved), language=language),
            tied=money(tied, zero="0", language=language),
            year=plan.head.first_year,
        ),
        builder.grid(),
        (say("Whether costs rise meanwhile is shown by the scenario that starts later."),),
    )


class _Nothing:
    """A measure that states no tonnes."""

    tonnes = None


def _yearly(result: Result):
    from model import measures

    return [line for line in measures.lines(result, "secured") if line.basis == "per_year"]


def whose(result: Result, reading: str, year: int, language: Language) -> Answer:
    """The municipality's own money and its companies', apart."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    lines = by_payer(result, reading, language)
    builder = Builder(
        say("Who pays in the end"),
        (
            Column("", "text"),
            Column(say("Investment need")),
            Column(say("Paid by grants")),
            Column(say("Own money, decided or planned")),
            Column(say("No decision")),
        ),
    )
    rows = [
        builder.row(
            [
                line.label,
                line.need,
                sum(line.cover.get(status, 0) for status in ("granted", "applied", "idea")),
                sum(line.cover.get(status, 0) for status in ("paid", "decided", "planned")),
                line.gap,
            ]
        )
        for line in lines
    ]
    if rows:
        builder.sum(say("Sum"), rows, "total")
    companies = sum(line.need for line in lines if line.key == "companies")
    whole = sum(line.need for line in lines)
    if not whole:
        return Answer(say("No investment need of the group is known"), known=False)
    return Answer(
        say(
            "{ours} is the municipality's and {theirs} its companies'",
            ours=money(whole - companies, zero="0", language=language),
            theirs=money(companies, zero="0", language=language),
        ),
        builder.grid(),
        (say("Fees pay for water and waste; no surplus of theirs pays a road."),),
    )


def to_decide(result: Result, reading: str, year: int, language: Language) -> Answer:
    """What waits for the council: each project's next decision and the money without one."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    plan, outcome = result.plan, result.outcome("secured")
    gap = shared_out(result, outcome.gap)
    first = int(np.flatnonzero(plan.years == plan.head.first_year)[0])
    builder = Builder(
        say("Waits for a decision"),
        (
            Column(say("Project"), "text"),
            Column(say("Next decision"), "text"),
            Column(str(plan.head.first_year)),
            Column(say("All years")),
        ),
    )
    rows = [
        builder.row(
            [
                named(part, language),
                _decision(part, language),
                part.value(int(gap[first, part.part])),
                part.value(int(gap[:, part.part].sum())),
            ],
            part.measure.id,
        )
        for part in own_parts(result)
        if gap[:, part.part].any() or not part.known
    ]
    if not gap.any():
        return Answer(say("Nothing: all that is known has a decision"))
    place = builder.sum(say("Sum"), rows, "total")
    now, whole = (_ore(value) for value in builder.rows[place].values[2:4])
    template = (
        "{now} for {year}, and {whole} in all that no decision covers"
        if now
        else "Nothing for {year}, but {whole} in all that no decision covers"
    )
    return Answer(
        say(
            template,
            now=money(now, language=language),
            year=plan.head.first_year,
            whole=money(
                whole,
                lower_bound=figures(result, "secured").from_below,
                language=language,
            ),
        ),
        builder.grid(),
    )


def _decision(part: Part, language: Language) -> str | None:
    stage = part.measure.readiness
    if stage is None:
        return None
    order = [*("idea", "study", "pilot"), *STEPS]
    left = [step for step in STEPS[:3] if order.index(step) > order.index(stage)]
    if left:
        return words.tag("readiness", left[0], language)
    return translate("More money", language)


def _ore(value) -> int:
    return int(getattr(value, "figure", value) or 0)
