"""A scenario as the model uses it, and how scenarios become one: :func:`combine`.

One law: adjustments and rules stand after each other, and of two values of one assumption the later
wins. So ``combine(a, combine(b, c)) == combine(combine(a, b), c)``, and the plan as it is adds
nothing on either side.
"""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, field_validator

from model.scenario.adjustments import Adjustment, Factor
from model.scenario.where import Frozen

Level = Literal["low", "central", "high"]
Reading = Literal["secured", "planned", "expected", "best_case"]
TOGETHER = "+"


class Override(Frozen):
    """Another value of an assumption: one of its levels, or values by year in its own unit.

    ``price_year`` is that of the values where they are money.
    """

    path: str
    level: Level | None = None
    values: tuple[tuple[int, Decimal], ...] = ()
    price_year: int | None = None


class Reinforce(Frozen):
    """Measures that do more, or less, together: their effects times ``factor`` while all are on.

    ``effect`` is an indicator, ``emissions`` for all that lower or store emissions, or empty for
    every effect.
    """

    measures: Annotated[tuple[str, ...], Field(min_length=2)]
    effect: str = ""
    factor: Factor


class Scenario(Frozen):
    """A named list of adjustments, other values of assumptions, and rules between measures.

    It stands on its own: what it extends is part of it. ``reading`` is the one that it moves, for
    pages to switch to. Of each group in ``exclude`` at most one measure may be carried out;
    ``require`` pairs a measure with those that it needs. ``adjusted`` says that somebody has added
    to the one that the id names.
    """

    id: str
    name: str
    name_en: str = ""
    note: str = ""
    note_en: str = ""
    author: str = ""
    reading: Reading | None = None
    assumptions: tuple[Override, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    exclude: tuple[tuple[str, ...], ...] = ()
    require: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reinforce: tuple[Reinforce, ...] = ()
    adjusted: bool = False

    @field_validator("assumptions")
    @classmethod
    def _one_value_each(cls, assumptions):
        return tuple({each.path: each for each in assumptions}.values())

    @property
    def hash(self) -> str:
        """What the scenario does, whatever it is called: the cache key's half."""
        content: list = [adjustment.model_dump(mode="json") for adjustment in self.adjustments]
        values = sorted(self.assumptions, key=lambda each: each.path)
        rules = [self.exclude, self.require, [each.model_dump() for each in self.reinforce]]
        content.append([[each.model_dump(mode="json") for each in values], rules])
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def changes(self) -> bool:
        """Whether it does anything to any plan; rules that only forbid do not."""
        return bool(self.adjustments or self.assumptions or self.reinforce)

    @property
    def carries_nothing_out(self) -> bool:
        """Whether every measure of any plan is switched off."""
        return any(each.do == "switch_off" and not each.where.tags for each in self.adjustments)

    def then(self, *adjustments: Adjustment) -> "Scenario":
        """This scenario with more adjustments after its own."""
        more = {"adjustments": self.adjustments + adjustments}
        return self.model_copy(update=more | {"adjusted": self.adjusted or bool(adjustments)})


AS_IS = Scenario(id="plan", name="Planen som den är", name_en="The plan as it is")


def combine(*scenarios: Scenario) -> Scenario:
    """The scenarios as one, in their order. The plan as it is where there are none."""
    parts = [each for each in scenarios if each != AS_IS]
    if len(parts) < 2:
        return parts[0] if parts else AS_IS
    return Scenario(
        id=TOGETHER.join(each.id for each in parts),
        name=" + ".join(each.name for each in parts),
        name_en=" + ".join(each.name_en or each.name for each in parts),
        note=" ".join(filter(None, (each.note for each in parts))),
        note_en=" ".join(filter(None, (each.note_en for each in parts))),
        author=", ".join(_once(each.author.split(", ") for each in parts if each.author)),
        reading=next((each.reading for each in reversed(parts) if each.reading), None),
        assumptions=_all(each.assumptions for each in parts),
        adjustments=_all(each.adjustments for each in parts),
        exclude=_once(each.exclude for each in parts),
        require=_once(each.require for each in parts),
        reinforce=_once(each.reinforce for each in parts),
        adjusted=any(each.adjusted for each in parts),
    )


def _all(parts: Iterable[Iterable]) -> tuple:
    return tuple(item for part in parts for item in part)


def _once(parts: Iterable[Iterable]) -> tuple:
    """A rule (or an author) that stands in two of the scenarios is one."""
    return tuple(dict.fromkeys(_all(parts)))
