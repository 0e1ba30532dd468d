"""What the workshops of a plan must satisfy: everything that a step names exists."""

from collections.abc import Collection, Iterable, Iterator

from model.errors import Violation
from model.readings import READINGS
from model.reference import Reference
from model.rows import PlanHead
from model.validate_rules import twice
from model.workshop_rows import Workshop
from model.workshops import SHOWS


def workshops(rows: Iterable[Workshop], head: PlanHead, known: Reference) -> Iterator[Violation]:
    """Every finding in the workshops."""
    at, rows = f"{head.id}/workshops", tuple(rows)
    yield from twice(at, [each.id for each in rows])
    for each in rows:
        yield from in_steps(f"{at}/{each.id}", each, known.scenarios)


def in_steps(at: str, workshop: Workshop, scenarios: Collection[str]) -> Iterator[Violation]:
    """What the steps of a workshop name and nobody has. Steps are counted from 1."""
    for number, step in enumerate(workshop.steps, 1):
        for field, said, expected in (
            ("shows", step.shows, SHOWS),
            ("scenario", step.scenario, scenarios),
            ("reading", step.reading, ("", *READINGS)),
        ):
            if said not in expected:
                yield Violation(
                    "error",
                    f"unknown_{field}",
                    f"{at}/{number}/{field}",
                    "Step {number} names {said}, which does not exist: expected one of "
                    "{expected}. Choose one of them.",
                    {
                        "number": number,
                        "said": said or "–",
                        "expected": ", ".join(filter(None, expected)),
                    },
                )
