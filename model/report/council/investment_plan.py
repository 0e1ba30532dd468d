"""Investeringsplan: what each project costs year by year, what it is paid and what is undecided.

Year columns are the expenditure of the plan under its scenario, nominal. Income is what grants pay
of it in the reading; *no decision* is what neither grants nor appropriations of the reading cover.
"""

from decimal import Decimal

import numpy as np

from model.language import DEFAULT, Language, translate
from model.money import to_ore
from model.report.council.grid import Builder, Column, Grid, Value
from model.report.council.own_part import Part, by_section, own_parts, shared_out
from model.results import Result
from model.years import LATER, is_calendar_year


def investment_plan(result: Result, reading: str, language: Language = DEFAULT) -> Grid:
    """The group's investment plan by section, department and project."""
    plan, outcome = result.plan, result.outcome(reading)
    years = [row for row, year in enumerate(plan.years) if is_calendar_year(int(year))]
    later = [row for row, year in enumerate(plan.years) if year == LATER]
    need, gap = shared_out(result, outcome.need), shared_out(result, outcome.gap)
    income = shared_out(result, paid_by_grants(result, reading))
    carried = shared_out(result, plan.appropriations.carry_over)

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    first, *rest = (int(plan.years[row]) for row in years)
    builder = Builder(
        say("Investment plan"),
        (
            Column(say("Project"), "text"),
            Column(say("Total expenditure decided")),
            Column(say("Forecast")),
            Column(say("Spent")),
            Column(say("Carried over")),
            Column(say("Budget {year}", year=first)),
            *(
                Column(say("Plan {year}", year=year) if place == 0 else str(year))
                for place, year in enumerate(rest)
            ),
            *(Column(say("Later years")) for _ in later),
            Column(say("Grant income")),
            Column(say("Net")),
            Column(say("No decision")),
        ),
    )

    def values(part: Part) -> list[Value]:
        columns = need[[*years, *later], part.part]
        paid = int(income[[*years, *later], part.part].sum())
        return [
            stated(part.measure.decided_total),
            stated(part.measure.forecast_total),
            spent(part, int(need[0, part.part])),
            # What the year before the first left unspent, by a decision.
            int(carried[0, part.part]),
            *(part.value(int(amount)) for amount in columns),
            paid,
            part.value(int(columns.sum()) - paid),
            part.value(int(gap[:, part.part].sum())),
        ]

    listed = [part for part in own_parts(result) if not _only_one_off(result, part)]
    by_section(builder, listed, values, language)
    return builder.grid(
        say("Income is what grants pay of the years shown, in the reading."),
        say("Total decided, forecast and spent are of the whole project, as entered.")
        if any(not part.whole for part in listed)
        else "",
    )


def paid_by_grants(result: Result, reading: str) -> np.ndarray:
    """What grants pay of the investment need in the reading, (years, measures) in öre."""
    cover = result.outcome(reading).cover
    paid = np.zeros(result.plan.size, dtype=np.int64)
    grants = np.isin(cover.status, ["granted", "applied", "idea"])
    np.add.at(paid, (cover.year[grants], cover.measure[grants]), cover.amount[grants])
    return paid


def stated(kronor: Decimal | None) -> Value:
    """An amount as entered, öre; None where it is not."""
    return None if kronor is None else to_ore(kronor)


def spent(part: Part, before: int) -> Value:
    """What is spent until the first year: as entered, or else the money of before it."""
    if part.measure.spent is not None:
        return to_ore(part.measure.spent)
    return before or None


def _only_one_off(result: Result, part: Part) -> bool:
    """Studies and the like are no investments: they stand among decisions and money."""
    plan = result.plan
    return bool(plan.one_off.mid[:, part.place].any() and not plan.need.mid[:, part.place].any())
