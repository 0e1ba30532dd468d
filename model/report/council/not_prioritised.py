"""Ej prioriterat: what falls below the line, and the tonnes that are lost with it.

Below the line is what the council has given no money in any year of the plan, and nobody else
either; and what the scenario does not carry out at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model import measures as listed
from model.emissions import standing
from model.language import DEFAULT, Language, translate
from model.report.answers import GROUP, members
from model.report.council.grid import AtLeast, Builder, Column, Grid, Value
from model.report.council.own_part import Part, own_parts, shared_out
from model.results import Result
from model.scenario import AS_IS


@dataclass(frozen=True)
class Below:
    """A measure below the line, öre. ``tonnes`` a year, None where nobody has stated them."""

    part: Part
    need: Value
    tonnes: float | None
    reason: str


def not_prioritised(result: Result, language: Language = DEFAULT) -> Grid:
    """What the plan years leave without money, the most expensive first."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    builder = Builder(
        say("Not prioritised"),
        (
            Column(say("Project"), "text"),
            Column(say("Department or company"), "text"),
            Column(say("Investment need")),
            Column(say("Tonnes CO2e a year lost"), "tonnes"),
            Column(say("Why"), "text"),
        ),
    )
    found = below_the_line(result)
    rows = [
        builder.row(
            [
                each.part.measure.name,
                each.part.department,
                each.need,
                each.tonnes,
                say(each.reason),
            ],
            each.part.measure.id,
        )
        for each in found
    ]
    if rows:
        builder.sum(say("Sum"), rows, "total")
    return builder.grid(
        say(
            "Below the line stands what has neither a grant nor a decided or planned appropriation "
            "in any year, and what the scenario does not carry out."
        )
    )


def below_the_line(result: Result) -> list[Below]:
    """The group's measures below the line, the most expensive first and the unknown last."""
    found = [*_without_money(result), *_not_carried_out(result)]
    return sorted(found, key=lambda each: (each.need is None, -_figure(each.need)))


def _without_money(result: Result) -> Iterator[Below]:
    outcome = result.outcome("planned")
    covered = (outcome.need - outcome.gap).sum(axis=0)
    need = shared_out(result, outcome.need.sum(axis=0))
    tonnes = _yearly_tonnes(result)
    for part in own_parts(result):
        one_off_only = part.known and not outcome.need[:, part.place].any()
        if not covered[part.place] and not one_off_only:
            yield Below(
                part,
                part.value(int(need[part.part])),
                tonnes[part.place],
                "No appropriation and no grant",
            )


def _not_carried_out(result: Result) -> Iterator[Below]:
    kept = set(result.plan.tags["id"])
    base = Result(result.base, result.base, AS_IS, result.store)
    need = shared_out(base, result.base.need.mid.sum(axis=0))
    tonnes = _yearly_tonnes(base)
    for part in own_parts(base):
        if part.measure.id not in kept:
            yield Below(
                part,
                part.value(int(need[part.part])),
                tonnes[part.place],
                "Not carried out in the scenario",
            )


def _yearly_tonnes(result: Result) -> list[float | None]:
    """Tonnes a year by measure, each shared effect with its first measure."""
    chosen = members(result.plan, GROUP)
    seen: set[str] = set()
    effects = result.plan.effects.take(standing(result.plan.effects))
    found: list[float | None] = [None] * result.plan.size[1]
    for line in np.flatnonzero(
        (effects.indicator == listed.INDICATOR)
        & (effects.basis == "per_year")
        & ~np.isnan(effects.mid)
    ):
        group, place = str(effects.effect_group[line]), int(effects.measure[line])
        if not chosen[place] or (group and group in seen):
            continue
        seen.add(group)
        found[place] = (found[place] or 0.0) + float(effects.mid[line])
    return found


def _figure(value: Value) -> float:
    return float(value.figure if isinstance(value, AtLeast) else value or 0)
