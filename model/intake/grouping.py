"""Findings in the order in which a person mends them, those of one kind together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from model.errors import Violation


@dataclass(frozen=True)
class Group:
    """Findings of one kind, in the order in which they were found."""

    severity: Literal["error", "warning"]
    code: str
    findings: tuple[Violation, ...]

    @property
    def asks(self) -> bool:
        """Whether an answer is all that is missing."""
        return self.findings[0].question is not None


def grouped(violations: Iterable[Violation]) -> tuple[Group, ...]:
    """Questions first, then other errors, then warnings; within that in the order of the first."""
    kinds: dict[tuple, list[Violation]] = {}
    for found in violations:
        kinds.setdefault((found.severity, found.question is None, found.code), []).append(found)
    groups = [Group(severity, code, tuple(found)) for (severity, _, code), found in kinds.items()]
    return tuple(sorted(groups, key=lambda group: (group.severity == "warning", not group.asks)))
