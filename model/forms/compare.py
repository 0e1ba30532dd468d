"""Two versions of the same row told apart, part by part, and three put together into one.

A part is a field of the row, or one line of a list that it holds: lines are known by what they are
about (an expenditure by its kind, scope, year and whether it is paid), not by their place.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import ValidationError

from model.municipal_rows import LoanAllocation
from model.rows import (
    Activity,
    AgencyGrant,
    Appropriation,
    Component,
    Effect,
    Expenditure,
    FeeYear,
    FinancialTarget,
    Grant,
    GreenAnswer,
    GreenReport,
    GreenStep,
    InternalFlow,
    Loan,
    Prerequisite,
    Programme,
    Row,
    RunningCost,
)

# What a line is about. Lines about the same thing are told apart by their order.
_ABOUT: Mapping[type[Row], Callable[[Row], tuple]] = {
    Expenditure: lambda row: (row.kind, row.scope, row.year, row.paid),
    RunningCost: lambda row: (row.item, row.department, row.year),
    Effect: lambda row: (row.indicator, row.basis, row.year),
    Activity: lambda row: (row.kind, row.from_carrier, row.to_carrier, row.first_year),
    Grant: lambda row: (row.id,),
    Appropriation: lambda row: (row.year, row.basis, row.status),
    Component: lambda row: (row.name,),
    GreenStep: lambda row: (row.framework, row.step),
    GreenAnswer: lambda row: (row.framework, row.question),
    Programme: lambda row: (row.id,),
    Prerequisite: lambda row: (row.level, row.year),
    Loan: lambda row: (row.id,),
    LoanAllocation: lambda row: (row.loan, row.measure),
    InternalFlow: lambda row: (row.kind, row.payer, row.receiver, row.year),
    FeeYear: lambda row: (row.form, row.year),
    FinancialTarget: lambda row: (row.level, row.kind),
    AgencyGrant: lambda row: (row.id,),
    GreenReport: lambda row: (row.mode, row.year, row.edition),
}

Part = tuple[str, tuple]


@dataclass(frozen=True)
class Change:
    """One part that differs. ``field`` is the row's, ``about`` says which line of a list it is.

    ``old`` and ``new`` are values or lines; None where the line is on one side only.
    """

    field: str
    about: tuple
    old: object
    new: object

    @property
    def part(self) -> Part:
        """What identifies the part in both versions."""
        return self.field, self.about


@dataclass(frozen=True)
class Merge:
    """Two people's changes to the same row, put together.

    ``mine`` and ``theirs`` are what each changed; ``both`` are the parts that both changed, each in
    a way of its own, where ``row`` has one of the two.
    """

    row: Row
    mine: tuple[Change, ...]
    theirs: tuple[Change, ...]
    both: frozenset[Part]


def differences(old: Row | None, new: Row | None) -> tuple[Change, ...]:
    """Every part that differs, in the order of the row's fields. None is a row with nothing set."""
    kind = type(new if old is None else old)
    before, after = _parts(old, kind), _parts(new, kind)
    return tuple(
        Change(*part, before.get(part), after.get(part))
        for part in dict.fromkeys([*before, *after])
        if before.get(part) != after.get(part)
    )


def merge(
    base: Row, mine: Row, theirs: Row, *, prefer: Literal["mine", "theirs"] = "mine"
) -> Merge:
    """What two people have made of ``base``: the changes of both.

    Where both changed a part it is as ``prefer`` has it. When the parts do not fit together by the
    row's rules, the whole is as ``prefer`` has it.
    """
    my_changes = {change.part: change for change in differences(base, mine)}
    their_changes = {change.part: change for change in differences(base, theirs)}
    both = {
        part
        for part, change in my_changes.items()
        if part in their_changes and their_changes[part].new != change.new
    }
    last = my_changes if prefer == "mine" else their_changes
    try:
        row = _apply(base, {**my_changes, **their_changes, **last})
    except ValidationError:
        row = mine if prefer == "mine" else theirs
        both = my_changes.keys() | their_changes.keys()
    return Merge(row, tuple(my_changes.values()), tuple(their_changes.values()), frozenset(both))


def _apply(base: Row, changes: Mapping[Part, Change]) -> Row:
    """The row with the changes made. ValidationError when its rules forbid them together."""
    parts = _parts(base, type(base)) | {part: change.new for part, change in changes.items()}
    values: dict[str, object] = {name: [] for name in _lists(type(base))}
    for (name, about), value in parts.items():
        if not about:
            values[name] = value
        elif value is not None:
            values[name].append(value)
    return type(base).model_validate(values)


def _parts(row: Row | None, kind: type[Row]) -> dict[Part, object]:
    """Fields and lines by what they are about. Of None, its fields as when nothing is set."""
    lists = _lists(kind)
    parts: dict[Part, object] = {}
    for name, info in kind.model_fields.items():
        if name not in lists:
            unset = None if info.is_required() else info.default
            parts[name, ()] = unset if row is None else getattr(row, name)
            continue
        seen: Counter[tuple] = Counter()
        for line in () if row is None else getattr(row, name):
            about = _ABOUT[type(line)](line)
            parts[name, (*about, seen[about])] = line
            seen[about] += 1
    return parts


def _lists(kind: type[Row]) -> tuple[str, ...]:
    """The fields that are compared line by line. Owner shares mean something together only."""
    return tuple(
        name
        for name, info in kind.model_fields.items()
        if any(line in _ABOUT for line in get_args(info.annotation))
    )
