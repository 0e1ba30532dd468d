"""A scenario as a person writes it: the one YAML form of files, saved scenarios and uploads.

A form refers to others (``extends``, an assumption for a probability, a source's own rule); a
:class:`~model.scenario.compose.Scenario` has all of that filled in. Writing a form and reading it
back gives the same form.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated

import yaml
from pydantic import Field, field_validator

from model.scenario.adjustments import Adjustment
from model.scenario.compose import AS_IS, TOGETHER, Reading, Reinforce, Scenario
from model.scenario.where import Frozen

# What a scenario is called and who says so; the rest is what it does.
CALLED = ("name", "name_en", "note", "note_en", "author")
# A level, or values by year as text or number (and ``price_year`` among the years).
Value = str | dict[int | str, Decimal | int | str]


class Form(Frozen):
    """The fields of a scenario file. ``order`` is the place of a shipped one in the list."""

    name: Annotated[str, Field(min_length=1, max_length=500)]
    name_en: Annotated[str, Field(max_length=500)] = ""
    note: Annotated[str, Field(max_length=4000)] = ""
    note_en: Annotated[str, Field(max_length=4000)] = ""
    author: Annotated[str, Field(max_length=500)] = ""
    order: int | None = None
    reading: Reading | None = None
    extends: tuple[str, ...] = ()
    assumptions: dict[str, Value] = Field(default_factory=dict)
    adjustments: tuple[dict, ...] = ()
    exclude: tuple[tuple[str, ...], ...] = ()
    require: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    reinforce: tuple[Reinforce, ...] = ()

    @field_validator("name")
    @classmethod
    def _one_line_of_words(cls, name: str) -> str:
        if not name.strip():
            raise ValueError("say what the scenario is called")
        if len(name.splitlines()) > 1:
            raise ValueError("expected one line")
        return name

    @field_validator(*CALLED)
    @classmethod
    def _can_be_printed(cls, text: str) -> str:
        # A Word file and a slide hold no control characters.
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
            raise ValueError("holds a control character, which cannot be printed: take it out")
        return text


def write(form: Form, without: Iterable[str] = ()) -> str:
    """The form as YAML, empty fields left out."""
    content = {
        name: _plain(value)
        for name in Form.model_fields
        if name not in without and (value := getattr(form, name)) not in (None, "", (), {})
    }
    if not content:
        return ""
    return yaml.dump(
        content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )


def content(form: Form) -> str:
    """What the form does, without what it is called: what a saved scenario keeps as text."""
    return write(form, without=(*CALLED, "order"))


def as_form(scenario: Scenario, base: str = AS_IS.id) -> Form:
    """A scenario that somebody has toggled together, as a form.

    ``base`` names what it is made of (ids with ``+`` between): the form extends those, and holds
    only the adjustments that ``scenario`` has itself.
    """
    parents = tuple(key for key in base.split(TOGETHER) if key != AS_IS.id)
    return Form(
        name=scenario.name,
        name_en=scenario.name_en,
        note=scenario.note,
        note_en=scenario.note_en,
        author=scenario.author,
        reading=scenario.reading,
        extends=parents,
        adjustments=tuple(adjustment_as_written(each) for each in scenario.adjustments),
    )


def adjustment_as_written(adjustment: Adjustment) -> dict:
    """An adjustment as the fields of a file: ``do`` first, usual values left out."""
    fields = adjustment.model_dump(exclude_defaults=True)
    fields.pop("owners", None) if adjustment.do == "owner_shares" else None
    if "shares" in fields:
        fields["shares"] = dict(fields["shares"])
    if adjustment.do == "seek_maximum":
        # Else the source's own rule would be filled in for what is left out here.
        fields["sectors"] = adjustment.sectors
    where = getattr(adjustment, "where", None)
    if "where" in fields:
        fields["where"] = {tag: list(values) for tag, values in where.tags}
    return {"do": adjustment.do, **_plain(fields)}


def _plain(value: object) -> object:
    if isinstance(value, Reinforce):
        return _plain(value.model_dump(exclude_defaults=True))
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


class _Dumper(yaml.SafeDumper):
    """Exact decimals; short lists and mappings of plain values on one line."""

    def ignore_aliases(self, data) -> bool:
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal):
    text = f"{value:f}"
    return dumper.represent_scalar(
        "tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int", text
    )


def _float(dumper: yaml.SafeDumper, value: float):
    return _decimal(dumper, Decimal(repr(value)))


def _sequence(dumper: yaml.SafeDumper, value: list):
    flat = all(not isinstance(each, list | dict) for each in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flat)


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(float, _float)
_Dumper.add_representer(list, _sequence)
