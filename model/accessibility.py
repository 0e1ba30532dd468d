"""The accessibility statement that a Swedish public body gives of its digital service, as data.

``data/accessibility.yaml`` holds what has been found and tested, and what the municipality fills in
itself: who answers for the service and how to reach them. What is empty there is not known.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.entries import Entry, Name, Sourced

Address = Annotated[str, Field(pattern=r"^(https?://\S+)?$")]


class Statement(Entry):
    """A sentence in both languages."""

    says: Name
    says_en: Name


class Supervisor(Sourced):
    """Who supervises, and the address where anybody may ``report`` a service to them."""

    name: Name
    name_en: Name
    report: Address
    note_en: str = ""


class Shortcoming(Entry):
    """What is not accessible: ``where`` and ``what``, by which ``criterion`` of WCAG 2.1, ``why``
    it is so, and what there is ``instead`` (empty: nothing)."""

    criterion: Annotated[str, Field(pattern=r"^\d\.\d\.\d{1,2}$")]
    level: Literal["A", "AA"]
    where: Name
    where_en: Name
    what: Name
    what_en: Name
    why: Name
    why_en: Name
    instead: str = ""
    instead_en: str = ""


class Accessibility(Entry):
    """The whole statement. ``actor``, ``address`` and the ways to reach them may be empty."""

    actor: str = ""
    service: Name
    address: str = ""
    email: str = ""
    phone: str = ""
    form: Address = ""
    compliance: Literal["fully", "partly", "not"]
    assessed_on: date
    updated_on: date
    law: Sourced
    guidance: Sourced
    supervisor: Supervisor
    tested: tuple[Statement, ...] = Field(min_length=1)
    not_tested: tuple[Statement, ...] = ()
    keyboard: tuple[Statement, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()

    @model_validator(mode="after")
    def _agrees(self):
        if (self.compliance == "fully") == bool(self.shortcomings):
            raise ValueError("compliance is full where there is no shortcoming, and only there")
        if self.updated_on < self.assessed_on:
            raise ValueError("the statement was last changed before what it says was assessed")
        return self

    @property
    def contacts(self) -> tuple[str, ...]:
        """The ways to reach who answers for the service; none where nobody has stated any."""
        return tuple(way for way in (self.form, self.email, self.phone) if way)
