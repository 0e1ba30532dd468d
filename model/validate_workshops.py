"""What the workshops of a plan must satisfy: everything that a step names exists."""

from collections.abc import Collection, Iterable, Iterator

from model.errors import Violation
from model.readings import READINGS
from model.reference import Reference
from model.rows import PlanHead
from model.scenario import TOGETHER
from model.validate_rules import twice
from model.workshop_rows import Workshop
from model.workshops import SHOWS


def workshops(rows: Iterable[Workshop], head: PlanHead, known: Reference) -> Iterator[Violation]:
    """Every finding in the workshops but which scenarios they name: :func:`scenarios`."""
    at, rows = f"{head.id}/workshops", tuple(rows)
    yield from twice(at, [each.id for each in rows])
    for each in rows:
        yield from charts_and_readings(f"{at}/{each.id}", each)


def scenarios(
    rows: Iterable[Workshop], head: PlanHead, known: Collection[str]
) -> Iterator[Violation]:
    """The scenarios that steps name and that are none of ``known``."""
    for each in rows:
        yield from unknown_scenarios(f"{head.id}/workshops/{each.id}", each, known)


def charts_and_readings(at: str, workshop: Workshop) -> Iterator[Violation]:
    """The charts and readings that steps name and that do not exist."""
    for number, step in enumerate(workshop.steps, 1):
        yield from _one_of(at, number, "shows", step.shows, SHOWS)
        if step.reading:
            yield from _one_of(at, number, "reading", step.reading, READINGS)


def unknown_scenarios(at: str, workshop: Workshop, known: Collection[str]) -> Iterator[Violation]:
    """The scenarios that the steps name and that are none of ``known``; ``a+b`` names two."""
    for number, step in enumerate(workshop.steps, 1):
        for key in step.scenario.split(TOGETHER):
            yield from _one_of(at, number, "scenario", key, sorted(known))


def _one_of(
    at: str, number: int, field: str, said: str, expected: Collection[str]
) -> Iterator[Violation]:
    """Steps are counted from 1."""
    if said not in expected:
        yield Violation(
            "error",
            f"unknown_{field}",
            f"{at}/{number}/{field}",
            "Step {number} names {said}, which does not exist: expected one of {expected}. Choose "
            "one of them.",
            {"number": number, "said": said or "–", "expected": ", ".join(expected)},
        )
