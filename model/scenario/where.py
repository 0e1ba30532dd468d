"""Which measures an adjustment is about: those whose tags have some values."""

from collections.abc import Mapping

import numpy as np
from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from model.plan import TAGS, Plan


class Frozen(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Where(Frozen):
    """Which measures: every named tag has one of its values. Empty: all of them.

    Written as ``{sector: transport}`` or ``{id: [a, b]}``.
    """

    tags: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _plainly_written(cls, value: object) -> object:
        return {"tags": value} if isinstance(value, Mapping) and "tags" not in value else value

    @field_validator("tags", mode="before")
    @classmethod
    def _from_mapping(cls, value: object) -> object:
        if isinstance(value, Mapping):
            value = tuple(
                (tag, tuple(values) if isinstance(values, list | tuple) else (values,))
                for tag, values in value.items()
            )
        return value

    @field_validator("tags")
    @classmethod
    def _known(cls, tags):
        for tag, values in tags:
            if tag not in TAGS:
                raise ValueError(f"{tag!r} is no tag: expected one of {', '.join(TAGS)}")
            if not values:
                raise ValueError(f"{tag} has no value: say which, or leave it out")
        return tuple(sorted(tags))

    def mask(self, plan: Plan) -> np.ndarray:
        """Mask over the plan's measures."""
        return plan.where(dict(self.tags))


def everywhere() -> Where:
    """All measures."""
    return Where()
