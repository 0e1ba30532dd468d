"""What a file of ``data/published`` holds: figures as printed, and how they can be recomputed."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.entries import (
    AssumptionKey,
    Entry,
    Name,
    Named,
    Number,
    PriceYear,
    Range,
    SourceKey,
    Status,
    UnitKey,
)
from model.expression import names

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Cannot = Literal["input", "unpublished", "garbled"]


class Input(Entry):
    """Something that a formula starts from: a printed ``value`` with its unit, another figure
    ``of`` the same publication, or an ``assumption``. Without any of them it is not known."""

    value: Number | None = None
    name: str = ""
    name_en: str = ""
    unit: UnitKey | None = None
    ref: str = ""
    of: str = ""
    assumption: AssumptionKey | None = None

    @model_validator(mode="after")
    def _one_origin(self):
        if bool(self.of) + (self.assumption is not None) + (self.value is not None) > 1:
            raise ValueError("an input has one of value, of and assumption")
        if not self.of and not self.assumption and not (self.name and self.name_en and self.unit):
            raise ValueError("a printed input needs name, name_en and unit")
        return self


class Beside(Entry):
    """Something else that the inputs say, worth knowing beside the figure."""

    name: Name
    name_en: Name
    formula: Name
    unit: UnitKey


class PublishedFigure(Range, Named):
    """A figure as it was printed. ``low`` alone was printed as *more than*.

    ``formula`` is arithmetic over ``inputs`` (:mod:`model.expression`), with the project's own
    kernels as functions. A recomputed figure agrees within ``tolerance``, which is what printing
    rounded away. Without a formula ``cannot`` says why there is none. ``why`` tells what differs.
    ``source`` and ``status`` are the publication's where they are left out.
    """

    key: Identifier
    text: str = ""
    text_en: str = ""
    unit: UnitKey
    price_year: PriceYear = None
    ref: str = ""
    source: SourceKey | None = None
    status: Status | None = None
    inputs: dict[Identifier, Input] = Field(default_factory=dict)
    formula: str = ""
    tolerance: Number = Decimal(0)
    cannot: Cannot | None = None
    why: str = ""
    why_en: str = ""
    beside: tuple[Beside, ...] = ()

    @model_validator(mode="after")
    def _whole(self):
        if bool(self.formula) == (self.cannot is not None):
            raise ValueError("a figure has a formula, or says in cannot why there is none")
        if self.value is None and not (self.text and self.text_en):
            raise ValueError("a figure without a number needs text and text_en")
        if bool(self.why) != bool(self.why_en):
            raise ValueError("why and why_en belong together")
        if self.tolerance < 0:
            raise ValueError("a tolerance is not below zero")
        for formula in filter(None, (self.formula, *(each.formula for each in self.beside))):
            unknown = names(formula)[0] - set(self.inputs)
            if unknown:
                raise ValueError(f"{sorted(unknown)} of {formula!r} are no inputs")
        return self


class Contradiction(Entry):
    """Figures of one publication that cannot all be right, and why."""

    figures: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    why: Name
    why_en: Name


class Publication(Named):
    """What one document or city has published. ``worked`` is an example of the project's own, to
    be followed by hand, and no publication."""

    source: SourceKey
    status: Status
    worked: bool = False
    figures: tuple[PublishedFigure, ...]
    contradictions: tuple[Contradiction, ...] = ()

    @model_validator(mode="after")
    def _refers_to_its_own(self):
        keys = [figure.key for figure in self.figures]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{sorted({k for k in keys if keys.count(k) > 1})} stand twice")
        named = {each.of for figure in self.figures for each in figure.inputs.values() if each.of}
        named |= {key for found in self.contradictions for key in found.figures}
        if named - set(keys):
            raise ValueError(f"{sorted(named - set(keys))} are no figures here")
        return self
