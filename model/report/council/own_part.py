"""The municipal group's part of a plan's measures, in the order in which a budget lists them.

A measure with known owner shares counts with the group's part of it; what nobody has split is not
the group's to budget and stands outside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from model.language import Language, translate
from model.owners import parts
from model.report.answers import GROUP
from model.report.council.grid import AtLeast, Builder, Value
from model.results import Result
from model.rows import Measure

COMPANIES = "companies"
# The sections of an investment plan, in order: who pays in the end.
SECTIONS = {
    "tax": "Tax-financed",
    "water": "Fee-financed: water and sewage",
    "waste": "Fee-financed: waste",
    "district_heating": "Fee-financed: district heating",
    "development": "Development",
    COMPANIES: "Municipal companies",
    "": "Form of financing not stated",
}


@dataclass(frozen=True)
class Part:
    """The group's part of one measure. ``place`` is its index in the plan, ``part`` in the parts.

    ``whole`` says that the group owns all of it.
    """

    place: int
    part: int
    measure: Measure
    section: str
    department: str
    known: bool
    lower_bound: bool
    whole: bool

    def value(self, ore: int) -> Value:
        """An amount of the measure: *okänt* where none is stated, *at least* where a bound is."""
        if not self.known:
            return None
        return AtLeast(ore) if self.lower_bound else ore


def own_parts(result: Result) -> list[Part]:
    """Every part of the group, by section, department and the plan's order."""
    plan, found = result.plan, parts(result.plan)
    measures = result.measures()
    listed = [
        Part(
            place=int(found.measure[part]),
            part=int(part),
            measure=(measure := measures[str(plan.tags["id"][found.measure[part]])]),
            section=_section(str(found.owner[part]), measure),
            department=measure.department,
            known=bool(plan.known[found.measure[part]]),
            lower_bound=bool(plan.lower_bound[found.measure[part]]),
            whole=bool(found.until[part] - found.since[part] == 1_000_000),
        )
        for part in np.flatnonzero(found.actor_group == GROUP)
    ]
    order = list(SECTIONS)
    return sorted(
        listed, key=lambda each: (order.index(each.section), each.department, each.place, each.part)
    )


def _section(owner: str, measure: Measure) -> str:
    return COMPANIES if owner == "municipal_company" else measure.financing_form


def shared_out(result: Result, amounts: np.ndarray) -> np.ndarray:
    """(..., measures) in öre as (..., parts): what :attr:`Part.part` is an index into."""
    return parts(result.plan).of(amounts)


def by_section(
    builder: Builder,
    listed: list[Part],
    values: Callable[[Part], list[Value]],
    language: Language,
) -> None:
    """Write every part under its section and department, with their sums and the whole's.

    ``values`` makes the cells after the name out of a part.
    """
    every = []
    for section, in_section in groupby(listed, key=lambda each: each.section):
        title = translate(SECTIONS[section], language)
        builder.heading(title)
        rows: list[int] = []
        for department, in_department in groupby(in_section, key=lambda each: each.department):
            own = [
                builder.row([named(part, language), *values(part)], part.measure.id)
                for part in in_department
            ]
            name = department or translate("Department not stated", language)
            builder.sum(translate("Sum {name}", language, name=name), own)
            rows += own
        builder.sum(translate("Sum {name}", language, name=title), rows)
        every += rows
    if every:
        builder.sum(translate("Sum of the municipal group", language), every, "total")


def named(part: Part, language: Language) -> str:
    """The measure's number and name, and that it is a part of it where it is."""
    number = part.measure.project_number
    name = f"{number} {part.measure.name}" if number else part.measure.name
    return name if part.whole else translate("{name} (the group's part)", language, name=name)
