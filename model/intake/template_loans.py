"""The template's sheet of green debt: a line per agreement and project, as loans that are
allocated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import ValidationError

from model.intake.slugs import slug
from model.intake.template_lines import Line
from model.intake.template_rows import Project
from model.municipal_rows import Allocation, Loan

DIFFERS = (
    "{heading} is another than in {other}, for the same agreement {name}. Make them the same on "
    "all its lines."
)
ALLOCATED_NOTHING = (
    "The agreement {name} has nothing paid out to the project {number}: it is read as approved "
    "only."
)
SAME_PROJECT = (
    "The agreement {name} has another line for the same project, in {other}. Add them together."
)
# What is the agreement's and not the line's, with its heading.
_COMMON = {
    "lender": "Långivare",
    "framework": "Ramverksversion",
    "approved_on": "Godkänt datum",
    "matures_on": "Förfall",
}
_AMOUNTS = ("approved", "disbursed", "outstanding")


@dataclass
class _Agreement:
    first: Line
    common: dict[str, object]
    lines: list[tuple[Line, Project | None]] = field(default_factory=list)


class GreenDebt:
    """Collects the lines of agreements; what they are follows when every line has been read."""

    def __init__(self):
        self._agreements: dict[str, _Agreement] = {}

    def add(self, line: Line, project: Project | None) -> None:
        """A line of an agreement, for a project or for none."""
        name = line.value("name")
        common = {key: line.value(key) or "" for key in _COMMON}
        for key in (*_AMOUNTS, "refinancing"):
            line.value(key)
        if name is None or not common["framework"]:
            return
        agreement = self._agreements.setdefault(str(name), _Agreement(line, common))
        for key, heading in _COMMON.items():
            if common[key] and agreement.common[key] and common[key] != agreement.common[key]:
                fields = {"heading": heading, "other": agreement.first.ref, "name": name}
                line.error(key, "agreement_differs", DIFFERS, **fields)
                return
            agreement.common[key] = agreement.common[key] or common[key]
        same = [each for each, other in agreement.lines if other is project]
        if project is not None and same:
            line.error("project", "same_line", SAME_PROJECT, name=name, other=same[0].ref)
            return
        agreement.lines.append((line, project))

    def loans(self, ids: Mapping[str, str], refuse) -> tuple[Loan, ...]:
        """The agreements as loans. ``ids`` are measures by project number; ``refuse`` is told of
        what a loan's own rules forbid."""
        made = []
        for name, agreement in self._agreements.items():
            try:
                made.append(self._loan(name, agreement, ids))
            except ValidationError as error:
                refuse(agreement.first, error, "bad_agreement")
        return tuple(made)

    def _loan(self, name: str, agreement: _Agreement, ids: Mapping[str, str]) -> Loan:
        allocations = []
        for line, project in agreement.lines:
            if project is None or project.number not in ids:
                continue
            if not line.value("disbursed"):
                fields = {"name": name, "number": project.number}
                line.warn("disbursed", "allocated_nothing", ALLOCATED_NOTHING, **fields)
                continue
            allocations.append(
                Allocation(measure=ids[project.number], amount=line.value("disbursed"))
            )
        refinancing = any(line.value("refinancing") == "yes" for line, _ in agreement.lines)
        return Loan(
            id=slug(name),
            name=name,
            **agreement.common,
            **{key: _sum(agreement, key) for key in _AMOUNTS},
            allocations=tuple(allocations),
            note="Refinansiering" if refinancing else "",
            source_ref=agreement.first.ref,
        )


def _sum(agreement: _Agreement, key: str) -> Decimal | None:
    """What the lines say together; None where one of them does not."""
    amounts = [line.value(key) for line, _ in agreement.lines]
    return None if None in amounts else sum(amounts)
