"""Rows that differ in few fields: what a whole column says is validated once, not for each cell."""

from collections.abc import Callable
from typing import TypeVar

from model.rows import Row

R = TypeVar("R", bound=Row)


def alike(row: R) -> Callable[..., R]:
    """Makes rows that are as a validated one but for the fields that are given.

    What is given is not validated again: it must be known to satisfy the rules of its field, and
    of the row together with the rest. A row is made as unpickling makes it.
    """
    kind, state, values = type(row), row.__getstate__(), row.__dict__

    def make(**others: object) -> R:
        made = kind.__new__(kind)
        made.__setstate__(state | {"__dict__": values | others})
        return made

    return make
