"""Money within the municipal group: what the municipality sees of it, and what the group does not.

The group's books are those of one household: what one part lends, contributes or pays in rent and
interest to another is no debt, income or cost of the whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.money import to_ore
from model.municipal_rows import InternalFlow

KINDS = ("lending", "contribution", "rent", "interest")
_MUNICIPALITY = ("kommun", "kommunen", "municipality", "the municipality")
_ENDINGS = (" kommun", "kommunen", " stad", " municipality")


@dataclass(frozen=True)
class Eliminated:
    """What of a year the group takes out of the sum of its parts, öre by kind."""

    year: int
    lending: int
    contribution: int
    rent: int
    interest: int


def is_municipality(name: str) -> bool:
    """Whether a payer or receiver is the municipality itself, by how it is written."""
    said = name.strip().casefold()
    return said in _MUNICIPALITY or said.endswith(_ENDINGS)


def through_municipality(flows: Iterable[InternalFlow], year: int) -> int:
    """Öre that the municipality receives in loans and contributions within the group, less what it
    pays: what it lends to a company it must have, or borrow. Rent and interest are in its result.
    """
    net = 0
    for flow in flows:
        if flow.year != year or flow.kind not in ("lending", "contribution"):
            continue
        net += to_ore(flow.amount) * (is_municipality(flow.receiver) - is_municipality(flow.payer))
    return net


def eliminated(flows: Iterable[InternalFlow], years: Iterable[int]) -> tuple[Eliminated, ...]:
    """What the group eliminates in each year."""
    flows = tuple(flows)

    def of(year: int, kind: str) -> int:
        return sum(to_ore(flow.amount) for flow in flows if (flow.year, flow.kind) == (year, kind))

    return tuple(Eliminated(year, **{kind: of(year, kind) for kind in KINDS}) for year in years)


def group_debt(debts: Mapping[str, int], flows: Iterable[InternalFlow]) -> int:
    """The group's debt to others, öre: what its parts owe, less what they owe each other.

    ``debts`` are by the names in ``flows``, whose lending they hold. ValueError where a part owes
    the others more than it owes at all.
    """
    within: dict[str, int] = {}
    for flow in flows:
        if flow.kind == "lending":
            within[flow.receiver] = within.get(flow.receiver, 0) + to_ore(flow.amount)
    for name, owed in within.items():
        if owed > debts.get(name, 0):
            raise ValueError(f"{name} owes {owed} within the group and {debts.get(name, 0)} in all")
    return sum(debts.values()) - sum(within.values())
