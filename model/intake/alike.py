"""Rows that differ in few fields: what a whole column says is validated once, not for each cell."""

from collections.abc import Callable
from typing import TypeVar

from model.rows import Row

R = TypeVar("R", bound=Row)


def alike(row: R) -> Callable[..., R]:
    """Makes rows that are as a validated one but for the fields that are given.

    What is given is not validated again: it must be known to satisfy the rules of its field, and
    of the row together with the rest. A row is made as unpickling makes it, without its detours:
    a large workbook has half a million of them.
    """
    kind, values, new, put = type(row), row.__dict__, object.__new__, object.__setattr__
    given = row.__pydantic_fields_set__

    def make(**others: object) -> R:
        made = new(kind)
        put(made, "__dict__", values | others)
        put(made, "__pydantic_fields_set__", given)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made

    return make
