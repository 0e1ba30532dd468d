"""What a measure's effects must satisfy so that benefits can be counted on them, and once.

Pure. An error stops a write; a warning is shown and may be right.
"""

from collections.abc import Iterator

from model.benefit_methods import jobs
from model.entries import Benefit
from model.errors import Violation
from model.reference import Reference
from model.rows import Effect, Measure
from model.years import is_calendar_year

LABOUR_COST = "jobs/labour_cost"
JOBS = "jobs"


def validate_effects(at: str, measure: Measure, known: Reference) -> Iterator[Violation]:
    """Every finding in a measure's effects; ``at`` is its place in the plan."""
    if not measure.effects:
        return
    yield from _units(at, measure, known)
    yield from _without_year(at, measure)
    yield from _twice(at, measure)
    yield from _same_benefit(at, measure, known)
    yield from _jobs(at, measure, known)


def _units(at: str, measure: Measure, known: Reference) -> Iterator[Violation]:
    for position, effect in enumerate(measure.effects):
        indicator = known.indicators.get(effect.indicator)
        if indicator and effect.unit != indicator.unit:
            yield Violation(
                "error",
                "wrong_unit",
                f"{at}/effects.{position}.unit",
                "{indicator} is in {expected}, but the effect is in {unit}: convert the figure.",
                {
                    "indicator": effect.indicator,
                    "expected": indicator.unit,
                    "unit": effect.unit,
                },
            )


def _without_year(at: str, measure: Measure) -> Iterator[Violation]:
    """An effect begins in its own year, or the year after the measure is taken in use."""
    invested = any(row.kind == "investment" and row.mid for row in measure.expenditures)
    if measure.in_service or invested:
        return
    for position, effect in enumerate(measure.effects):
        if effect.year is None and effect.mid is not None and effect.basis != "unclear":
            yield Violation(
                "warning",
                "effect_without_year",
                f"{at}/effects.{position}.year",
                "The effect on {indicator} has no year, and neither a month in service nor an "
                "investment says when it begins: it is in no year's sum. State its year.",
                {"indicator": effect.indicator},
            )


def _twice(at: str, measure: Measure) -> Iterator[Violation]:
    """The same line once more is added to the first, and is hardly meant."""
    seen: dict[tuple, int] = {}
    for position, effect in enumerate(measure.effects):
        same = _said(effect)
        if effect.mid is not None and same in seen:
            yield Violation(
                "warning",
                "effect_twice",
                f"{at}/effects.{position}",
                "The effect on {indicator}, {amount} {unit}, stands twice (line {first} too): both "
                "are counted. Delete one, or say what tells them apart.",
                {
                    "indicator": effect.indicator,
                    "amount": effect.mid,
                    "unit": effect.unit,
                    "first": seen[same] + 1,
                },
            )
        seen.setdefault(same, position)


def _said(effect: Effect) -> tuple:
    return (
        *(effect.indicator, effect.year, effect.basis, effect.effect_group),
        *(effect.low, effect.mid, effect.high, effect.note),
    )


def _same_benefit(at: str, measure: Measure, known: Reference) -> Iterator[Violation]:
    """Two effects of one measure that are valued as the same benefit: one of them counts."""
    stated = {effect.indicator for effect in measure.effects if effect.mid is not None}
    groups: dict[str, list[Benefit]] = {}
    for benefit in known.benefits.values():
        if benefit.exclusion_group and benefit.indicator in stated:
            groups.setdefault(benefit.exclusion_group, []).append(benefit)
    for benefits in groups.values():
        ranked = sorted(benefits, key=lambda each: each.exclusion_rank)
        first = ranked[0]
        for other in ranked[1:]:
            if other.indicator == first.indicator or other.exclusion_rank == first.exclusion_rank:
                continue
            position = next(
                place
                for place, effect in enumerate(measure.effects)
                if effect.indicator == other.indicator
            )
            yield Violation(
                "warning",
                "double_count",
                f"{at}/effects.{position}",
                "{one} and {other} are effects of the same benefit: it is counted once, by the "
                "first that has a value.",
                {"one": first.indicator, "other": other.indicator},
            )
            break


def _jobs(at: str, measure: Measure, known: Reference) -> Iterator[Violation]:
    """More job-years than the money could pay for if all of it were wages."""
    bound = known.assumptions.get(LABOUR_COST)
    if bound is None or bound.latest.value is None:
        return
    cost = float(bound.latest.value)
    spent = [row for row in measure.expenditures if row.mid and row.kind != "avoided_investment"]
    kronor = float(sum(row.mid if row.high is None else row.high for row in spent))
    years = len({row.year for row in spent if is_calendar_year(row.year)}) or 1
    for position, effect in enumerate(measure.effects):
        if effect.indicator != JOBS or effect.mid is None or not kronor:
            continue
        job_years = float(effect.mid) * (years if effect.basis == "per_year" else 1)
        if not jobs.is_plausible(job_years, kronor, cost):
            yield Violation(
                "warning",
                "implausible_jobs",
                f"{at}/effects.{position}",
                "{jobs} job-years for {kronor} MSEK are {each} for each million: at {cost} kronor "
                "for a job-year a million pays for at most {most}, if all of it is wages. Check "
                "whether the figure counts job-years.",
                {
                    "jobs": round(job_years, 1),
                    "kronor": round(kronor / jobs.MILLION, 1),
                    "each": round(job_years / kronor * jobs.MILLION, 1),
                    "cost": round(cost),
                    "most": round(jobs.most_job_years(jobs.MILLION, cost), 1),
                },
            )
