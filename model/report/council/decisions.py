"""Beslut och pengar: what of each project's need is decided, which money pays, what is missing.

Decision and money are never added together. Appropriations stand net of grants, so that the row
adds up: need = paid + granted + decided + planned + applied + idea + missing.
"""

import numpy as np

from model.language import DEFAULT, Language, translate
from model.palette import COVER, GAP
from model.report import answers
from model.report.council.grid import Builder, Column, Grid, Value
from model.report.council.own_part import Part, by_section, own_parts, shared_out
from model.results import Result


def decisions_and_money(result: Result, reading: str, language: Language = DEFAULT) -> Grid:
    """The group's need by what covers it, project by project, over all years."""
    plan, outcome = result.plan, result.outcome(reading)

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    skipped = answers.not_counted(reading)
    statuses = [status for status in COVER if status not in skipped]
    cover = {status: np.zeros(plan.size, dtype=np.int64) for status in statuses}
    for status in statuses:
        of = outcome.cover.status == status
        places = outcome.cover.year[of], outcome.cover.measure[of]
        np.add.at(cover[status], places, outcome.cover.amount[of])
    given = plan.appropriations
    tables = [
        shared_out(result, table).sum(axis=0)
        for table in (outcome.need, *cover.values(), outcome.gap)
    ]
    lapsed = shared_out(result, outcome.lapsed)
    carried = shared_out(result, given.carry_over).sum(axis=0)
    waiting = shared_out(result, outcome.liquidity).max(axis=0)
    one_off, one_off_gap = (
        shared_out(result, table).sum(axis=0) for table in (outcome.one_off, outcome.one_off_gap)
    )
    builder = Builder(
        say("Decisions and money"),
        (
            Column(say("Project"), "text"),
            Column(say("Investment need")),
            *(Column(say(COVER[status].word)) for status in statuses),
            Column(say(GAP.word)),
            Column(say("Lapses")),
            Column(say("Carry-over decided")),
            Column(say("Largest liquidity need"), adds=False),
            Column(say("One-off operating expenditure")),
            Column(say("of which missing")),
        ),
    )

    def values(part: Part) -> list[Value]:
        need, *covered, gap = (int(table[part.part]) for table in tables)
        return [
            part.value(need),
            *covered,
            part.value(gap),
            int(lapsed[part.part]),
            int(carried[part.part]),
            int(waiting[part.part]),
            int(one_off[part.part]),
            int(one_off_gap[part.part]),
        ]

    by_section(builder, own_parts(result), values, language)
    return builder.grid(
        say("Appropriations stand net of grants, so that nothing is counted twice."),
        say("Not counted in this reading: {what}.", what=_words(skipped, language))
        if skipped
        else "",
        say("A liquidity need is bridged until the grants come; it is never summed."),
    )


def _words(statuses: tuple[str, ...], language: Language) -> str:
    return ", ".join(translate(COVER[status].word, language).lower() for status in statuses)
