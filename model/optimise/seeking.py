"""New applications: which measure may seek how much of which source, and what excludes what.

A measure that has no grant of its own may seek; what a source gives, and to whom, is what
:mod:`model.funding_suggestions` finds. A new application pays pro rata to the measure's investment,
as the adjustment *seek_maximum* does.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from model.optimise.options import Facts, Options
from model.scenario import SeekMaximum, Where

MILLION = 1_000_000


@dataclass(frozen=True)
class Seek:
    """One measure and source: at most ``share`` (millionths) of its investment."""

    measure: int
    source: str
    share: int
    probability: float
    state_aid: bool
    excludes: tuple[str, ...]


def seeks(options: Options, facts: Facts) -> list[Seek]:
    """Every application that may be made; none where the goal seeks nothing."""
    goal, plan = options.goal, options.plan
    limits = {limit.source: limit for limit in goal.sources if limit.seek}
    if not limits:
        return []
    need = plan.need.mid.sum(axis=0)
    able = options.untouched | options.begun | (need == 0) | plan.paid.any(axis=0)
    able = ~able & np.isin(np.arange(plan.size[1]), options.measure)
    able[plan.grants.measure] = False
    places = {str(key): place for place, key in enumerate(plan.tags["id"])}
    found = []
    for each in facts.suggestions:
        place, scheme = places.get(each.measure), facts.funding.get(each.source)
        if each.source not in limits or place is None or not able[place] or not each.amount:
            continue
        if scheme.owners and plan.tags["owner"][place] not in scheme.owners:
            continue
        share = min(each.amount * MILLION // int(need[place]), MILLION)
        if share:
            found.append(
                Seek(
                    place,
                    each.source,
                    int(share),
                    limits[each.source].probability if goal.reading == "expected" else 1.0,
                    bool(scheme.state_aid),
                    tuple(scheme.excludes),
                )
            )
    return found


def together(found: list[Seek]) -> list[tuple[Seek, Seek]]:
    """Pairs of applications of one measure that exclude each other."""
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if one.measure == other.measure
        and (one.source in other.excludes or other.source in one.excludes)
    ]


def adjustments(options: Options, made: dict[Seek, int], facts: Facts) -> list[SeekMaximum]:
    """The applications (share in millionths) as a scenario says them, by source and share."""
    limits = {limit.source: limit for limit in options.goal.sources}
    ids = options.plan.tags["id"]
    alike: dict[tuple[str, int], list[str]] = {}
    for seek, share in made.items():
        if share:
            alike.setdefault((seek.source, share), []).append(str(ids[seek.measure]))
    return [
        SeekMaximum(
            source=source,
            probability=limits[source].probability,
            share=share / MILLION,
            owners=facts.funding[source].owners or facts.owners,
            where=Where(tags={"id": tuple(sorted(of))}),  # type: ignore[arg-type]
        )
        for (source, share), of in sorted(alike.items())
    ]
