"""Measures on their way in: what has been read of each so far, from one row of a sheet or many.

Every reader of a sheet fills drafts, and :func:`finish` makes measures of them: ids that are the
same each time, the parts of one project put together, and a finding for what cannot be a measure.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import ValidationError

from model.intake.ledger import Ledger
from model.intake.reader import Cell, Sheet
from model.intake.slugs import slug
from model.rows import (
    Appropriation,
    Effect,
    Expenditure,
    Grant,
    GrantStatus,
    Measure,
    RunningCost,
)

SAME_ROW = "The row {name} stands twice, here and in {other}. Delete one, or give them numbers."
BAD_ROW = "The row {name} cannot be imported: {problem}"


@dataclass(frozen=True)
class NamedFunding:
    """Money that a sheet names and that makes no grant. ``source`` is a key, or the sheet's words.

    Without ``amount`` the sheet does not say how much. With it, it is the municipality's own or
    borrowed money of a year, which stands behind an appropriation and covers no measure.
    """

    measure_id: str
    source: str
    status: GrantStatus | None
    source_ref: str
    year: int | None = None
    amount: Decimal | None = None


@dataclass
class Draft:
    """A measure while it is read. ``values`` are its other fields by name.

    ``funding`` is money that makes no grant: source, status, reference of the cell, and the year
    and amount where the sheet says them (:class:`NamedFunding`).
    """

    sheet: Sheet
    cell: Cell
    ref: str
    name: str
    number: str = ""
    department: str = ""
    values: dict[str, object] = field(default_factory=dict)
    expenditures: list[Expenditure] = field(default_factory=list)
    appropriations: list[Appropriation] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    running_costs: list[RunningCost] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    funding: list[tuple] = field(default_factory=list)

    def measure(self, made: str) -> Measure:
        """The draft as a measure with this id. ValidationError when it breaks a rule of rows."""
        return Measure(
            id=made,
            name=self.name,
            department=self.department,
            project_number=self.number,
            source_ref=self.ref,
            expenditures=tuple(self.expenditures),
            appropriations=tuple(self.appropriations),
            grants=tuple(self.grants),
            running_costs=tuple(self.running_costs),
            effects=tuple(self.effects),
            **self.values,
        )


def finish(
    drafts: Iterable[Draft], ledger: Ledger
) -> tuple[tuple[Measure, ...], tuple[NamedFunding, ...]]:
    """The drafts as measures with ids, each once, and the money that makes no grant."""
    drafts = list(drafts)
    short = [slug(draft.number, draft.name) for draft in drafts]
    shared = {brief for brief, count in Counter(short).items() if count > 1}
    measures, funding, seen = [], [], {}
    for draft, brief in zip(drafts, short, strict=True):
        made = slug(draft.number, draft.name, draft.department) if brief in shared else brief
        if made in seen:
            fields = {"name": draft.name, "other": seen[made]}
            ledger.error(draft.sheet, draft.cell, "same_row_twice", SAME_ROW, **fields)
            continue
        seen[made] = draft.cell.ref
        try:
            measures.append(draft.measure(made))
        except ValidationError as error:
            problem = "; ".join(fault["msg"] for fault in error.errors(include_url=False))
            ledger.error(
                draft.sheet, draft.cell, "bad_row", BAD_ROW, name=draft.name, problem=problem
            )
            continue
        funding += [NamedFunding(made, *named) for named in draft.funding]
    return tuple(measures), tuple(funding)
