"""Need as a stack: what covers it, by status, and the gap on top."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from model.palette import COVER, MEANINGS, Meaning


@dataclass(frozen=True, eq=False)
class Stack:
    """Need of some categories. All amounts are int64 öre of length categories.

    ``keys`` name the categories in results, ``labels`` on screen (they may be what a person typed).
    ``cover`` is by status of :data:`model.palette.COVER`; a status left out covers nothing.
    ``lower_bound`` marks categories whose need is only known from below, ``unknown`` those where
    none of it is known.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    cover: Mapping[str, np.ndarray]
    gap: np.ndarray
    lower_bound: np.ndarray | None = field(default=None)
    unknown: np.ndarray | None = field(default=None)

    def __post_init__(self):
        size = len(self.keys)
        for name, amounts in {**self.cover, "gap": self.gap}.items():
            if len(amounts) != size or len(self.labels) != size:
                raise ValueError(f"{name} has {len(amounts)} amounts: expected {size}, as keys")
        unknown = set(self.cover) - set(COVER)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are no statuses: expected some of {list(COVER)}")

    @property
    def covered(self) -> np.ndarray:
        """Sum of the cover, by category."""
        return sum((np.asarray(part) for part in self.cover.values()), np.zeros_like(self.gap))

    @property
    def need(self) -> np.ndarray:
        """Cover and gap, by category."""
        return self.covered + self.gap

    @property
    def statuses(self) -> list[str]:
        """The statuses that cover something, in the order of the bar."""
        return [name for name in COVER if name in self.cover and np.any(self.cover[name])]

    @property
    def parts(self) -> list[str]:
        """What the bar shows, bottom to top: the statuses, and ``gap`` where there is one."""
        return [*self.statuses, *(["gap"] if np.any(self.gap) else [])]

    @property
    def meanings(self) -> list[Meaning]:
        """The parts' meanings, for the key of the chart."""
        return [MEANINGS[part] for part in self.parts]

    def bound(self, index: int) -> bool:
        """Whether the category's need is only known from below."""
        return self.lower_bound is not None and bool(self.lower_bound[index])

    def not_known(self, index: int) -> bool:
        """Whether nothing of the category's need is known."""
        return self.unknown is not None and bool(self.unknown[index])

    def largest_first(self) -> "Stack":
        """The same, sorted by need; equal ones keep their order."""
        order = np.argsort(-self.need, kind="stable")
        return Stack(
            keys=tuple(self.keys[i] for i in order),
            labels=tuple(self.labels[i] for i in order),
            cover={name: np.asarray(part)[order] for name, part in self.cover.items()},
            gap=np.asarray(self.gap)[order],
            lower_bound=None if self.lower_bound is None else np.asarray(self.lower_bound)[order],
            unknown=None if self.unknown is None else np.asarray(self.unknown)[order],
        )
