"""How one scenario becomes another, one part at a time and in a stated order.

What the other lacks is taken out first, in the order in which it stands in the one; what the two
have in common is put in the other's order, where that differs; then what the one lacks is put in,
in the other's order and at its place there. Adjustments take effect in the order in which they
stand, so every stop on the way is a scenario of its own.

A step is a value after it less the value before, whatever the value is, and so the steps add up to
the whole difference. What parts do is not independent: a step by itself may give another figure,
and then the order matters and is said.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from model.scenario import Adjustment, Override, Reinforce, Scenario

# One thing that a scenario does, and that can be taken out of it or put in.
Part = Adjustment | Override | Reinforce
How = Literal["out", "order", "in"]
# What is compared: whole öre, tonnes, ...; None where it is not known.
Value = Callable[[Scenario], int | float | None]


@dataclass(frozen=True)
class Step:
    """One part taken ``out`` or put ``in``, or the common ones put in another ``order`` (no part).

    ``before`` and ``after`` are the value; ``alone`` is what the step would change if it were the
    only one, None where that was not asked for or is not known.
    """

    how: How
    part: Part | None
    before: int | float | None
    after: int | float | None
    alone: int | float | None = None

    @property
    def change(self) -> int | float | None:
        """What the step changes; None where it is not known."""
        return _less(self.after, self.before)

    @property
    def order_matters(self) -> bool:
        """Whether the step would change something else if it were the only one."""
        return None not in (self.alone, self.change) and self.alone != self.change


@dataclass(frozen=True)
class Difference:
    """From the value of the one scenario, ``start``, by steps to that of the other, ``end``."""

    before: Scenario
    after: Scenario
    start: int | float | None
    end: int | float | None
    steps: tuple[Step, ...]

    @property
    def change(self) -> int | float | None:
        """The whole difference: the sum of the steps."""
        return _less(self.end, self.start)

    @property
    def known(self) -> bool:
        """Whether every step is known."""
        return all(step.change is not None for step in self.steps)

    @property
    def order_matters(self) -> bool:
        """Whether another order could give other steps."""
        return any(step.order_matters for step in self.steps)


def parts(scenario: Scenario) -> tuple[Part, ...]:
    """Everything that a scenario does, in the order in which it takes effect; rules that only
    forbid do nothing."""
    return (*scenario.assumptions, *scenario.adjustments, *scenario.reinforce)


def with_parts(scenario: Scenario, chosen: Iterable[Part]) -> Scenario:
    """The scenario doing these things and nothing else."""
    kinds: dict[str, list[Part]] = {"assumptions": [], "adjustments": [], "reinforce": []}
    for part in chosen:
        match part:
            case Override():
                kinds["assumptions"].append(part)
            case Reinforce():
                kinds["reinforce"].append(part)
            case _:
                kinds["adjustments"].append(part)
    return scenario.model_copy(update={name: tuple(found) for name, found in kinds.items()})


def difference(
    before: Scenario, after: Scenario, value: Value, *, alone: bool = True
) -> Difference:
    """How ``value`` of one scenario becomes that of another. ``alone`` asks what each step would
    change by itself too, which is at most as many values again."""
    known: dict[tuple[Part, ...], int | float | None] = {}

    def of(chosen: tuple[Part, ...], scenario: Scenario = after) -> int | float | None:
        if chosen not in known:
            known[chosen] = value(with_parts(scenario, chosen))
        return known[chosen]

    first = parts(before)
    start = reached = of(first, before)
    steps = []
    for how, part, whole, single in _way(first, parts(after)):
        now = of(whole)
        by_itself = _less(of(single), start) if alone else None
        steps.append(Step(how, part, reached, now, by_itself))
        reached = now
    return Difference(before, after, start, reached, tuple(steps))


def _way(a: tuple[Part, ...], b: tuple[Part, ...]):
    """Step by step: how, the part, all parts after the step, and all if it were the only step."""
    common = _common(a, b)
    in_a, in_b = [i for i, _ in common], [j for _, j in common]
    left = list(range(len(a)))
    for i in (i for i in range(len(a)) if i not in in_a):
        left.remove(i)
        yield "out", a[i], _at(a, left), a[:i] + a[i + 1 :]
    placed = sorted(in_b)
    if placed != in_b:
        moved = dict(zip(in_a, placed, strict=True))
        single = tuple(b[moved[i]] if i in moved else each for i, each in enumerate(a))
        yield "order", None, _at(b, placed), single
    for j in (j for j in range(len(b)) if j not in in_b):
        placed = sorted([*placed, j])
        # By itself it stands before whatever the two have in common that follows it in the other.
        place = next((i for i, k in sorted(common, key=_second) if k > j), len(a))
        yield "in", b[j], _at(b, placed), (*a[:place], b[j], *a[place:])


def _common(a: tuple[Part, ...], b: tuple[Part, ...]) -> list[tuple[int, int]]:
    """The places (in a, in b) of the parts that both have, each once, by their place in a."""
    free = list(range(len(a)))
    found = []
    for j, part in enumerate(b):
        place = next((i for i in free if a[i] == part), None)
        if place is not None:
            free.remove(place)
            found.append((place, j))
    return sorted(found)


def _second(pair: tuple[int, int]) -> int:
    return pair[1]


def _at(of: tuple[Part, ...], places: Iterable[int]) -> tuple[Part, ...]:
    return tuple(of[place] for place in places)


def _less(after: int | float | None, before: int | float | None) -> int | float | None:
    return None if after is None or before is None else after - before
