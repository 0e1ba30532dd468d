"""Measures on their way in: what has been read of each so far, from one row of a sheet or many.

Every reader of a sheet fills drafts, and :func:`finish` makes measures of them: ids that are the
same each time, the parts of one project put together, and a finding for what cannot be a measure.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import ValidationError

from model.intake.amounts import written
from model.intake.ledger import Ledger
from model.intake.mapping import normal
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
INCOME_ALONE = (
    "The income of {name} stands in a table of its own, and no table has its expenditure. "
    "Give both the same project number."
)
MORE_THAN_COST = (
    "The income of {name} is {found} kronor in all, more than its expenditure of {expected} kronor."
)
BAD_ROW = "The row {name} cannot be imported: {problem}"


@dataclass(frozen=True)
class NamedFunding:
    """Money that a sheet names and that makes no grant. ``source`` is a key, or the sheet's words.

    Without ``amount`` the sheet does not say how much, and with an amount and no ``year`` not when.
    With both, it is the municipality's own or
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
    and amount where the sheet says them (:class:`NamedFunding`). ``start`` and ``end`` are when,
    and ``cost_text`` what it costs, in the sheet's words. ``table`` tells the tables of a workbook
    apart, where a project may stand in several; ``is_income`` says that this one holds income only.
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
    start: str = ""
    end: str = ""
    cost_text: str = ""
    table: int | None = None
    is_income: bool = False
    id: str = ""

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
    """The drafts as measures with ids, each once, and the money that makes no grant.

    A project whose expenditure stands in one table and its income, or other years, in another is
    put together. Each draft gets the ``id`` of its measure.
    """
    drafts = _together(list(drafts), ledger)
    short = [slug(draft.number, draft.name) for draft in drafts]
    shared = {brief for brief, count in Counter(short).items() if count > 1}
    measures, funding, seen = [], [], {}
    for draft, brief in zip(drafts, short, strict=True):
        made = slug(draft.number, draft.name, draft.department) if brief in shared else brief
        if made in seen:
            fields = {"name": draft.name, "other": seen[made]}
            ledger.error(draft.sheet, draft.cell, "same_row_twice", SAME_ROW, **fields)
            continue
        seen[made] = draft.ref if draft.cell is None else draft.cell.ref
        draft.id = made
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


def _together(drafts: list[Draft], ledger: Ledger) -> list[Draft]:
    """The drafts with those of one project as one. Rows of the same table are never put together.

    A project is known by its number, or without one by its name, in a department that is the same
    or that one of them does not say.
    """
    kept: list[Draft] = []
    by_key: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        keys = [("number", normal(draft.number))] if draft.number else []
        keys.append(("name", normal(draft.name)))
        found = next(
            (other for key in keys for other in by_key.get(key, ()) if _completes(other, draft)),
            None,
        )
        if found is not None:
            _add(found, draft)
            continue
        kept.append(draft)
        for key in keys:
            by_key.setdefault(key, []).append(draft)
    for draft in kept:
        if draft.is_income and not draft.expenditures:
            ledger.warn(
                draft.sheet, draft.cell, "income_without_project", INCOME_ALONE, name=draft.name
            )
        elif draft.grants:
            _check_against_cost(draft, ledger)
    return kept


def _check_against_cost(draft: Draft, ledger: Ledger) -> None:
    """A warning when the grants of a project are more than it costs."""
    costs = [row.high or row.mid for row in draft.expenditures]
    if not costs or None in costs:
        return
    total = sum(
        payment.amount
        for grant in draft.grants
        if grant.status != "idea"
        for payment in grant.payments
    )
    if total > sum(costs):
        fields = {"name": draft.name, "found": written(total), "expected": written(sum(costs))}
        ledger.warn(draft.sheet, draft.cell, "grant_above_expenditure", MORE_THAN_COST, **fields)


def _completes(one: Draft, other: Draft) -> bool:
    """Whether two rows are of one project and say different things of it."""
    if one.table == other.table or one.table is None or other.table is None:
        return False
    if one.number and other.number and normal(one.number) != normal(other.number):
        return False
    if one.department and other.department and normal(one.department) != normal(other.department):
        return False
    alone = not one.expenditures or not other.expenditures
    if normal(one.name) != normal(other.name) and not (alone and one.number and other.number):
        return False
    said = {(e.kind, e.scope, e.year, e.paid) for e in one.expenditures}
    again = {(e.kind, e.scope, e.year, e.paid) for e in other.expenditures}
    paid = {payment.year for grant in one.grants for payment in grant.payments}
    repaid = {payment.year for grant in other.grants for payment in grant.payments}
    something = bool(said or paid) and bool(again or repaid)
    return something and not said & again and not (paid and repaid and paid & repaid)


def _add(one: Draft, other: Draft) -> None:
    """Put what another table says of a project with what the first one did."""
    if not one.expenditures and other.expenditures:
        one.name, one.ref, one.cell, one.sheet = other.name, other.ref, other.cell, other.sheet
    one.number = one.number or other.number
    one.department = one.department or other.department
    one.is_income = one.is_income and other.is_income
    notes = [d.values.get("note", "") for d in (one, other)]
    one.values = {**other.values, **{k: v for k, v in one.values.items() if v not in (None, "")}}
    one.values["note"] = "\n".join(dict.fromkeys(filter(None, notes)))
    one.start, one.end = one.start or other.start, one.end or other.end
    one.cost_text = one.cost_text or other.cost_text
    taken = {grant.id for grant in one.grants}
    for grant in other.grants:
        made, number = grant.id, 2
        while made in taken:
            made, number = f"{grant.id}-{number}", number + 1
        taken.add(made)
        one.grants.append(grant.model_copy(update={"id": made}))
    one.expenditures += other.expenditures
    one.appropriations += other.appropriations
    one.running_costs += other.running_costs
    one.effects += other.effects
    one.funding += other.funding
