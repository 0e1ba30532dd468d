"""Lines of a ledger put together: what each project needs, who pays, and whether it comes out even.

A line is money used or money that comes in, of one project and one year. Uses that are investment
or one-off operating expenditure become need and, as in any budget, the council's decision to spend
it; grants become grants. Loans, funds and transfers are the money behind that decision: they cover
no measure, so they stand in the reading beside it and not in the plan. Tax that comes back,
instalments and allocations to funds are uses without a need. Everything is in the balance.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from model.intake.accounts import USES, Kind
from model.intake.amounts import kronor, written
from model.intake.choices import funding_within
from model.intake.draft import Draft
from model.intake.ledger import Ledger
from model.intake.line_balance import (
    STATUS,
    Balance,
    Line,
    Project,
    balances,
    sums_by_kind,
    tell,
)
from model.intake.mapping import OwnerRule
from model.intake.slugs import slug
from model.intake.sums import SumCheck
from model.intake.table import Unit
from model.rows import Appropriation, Expenditure, Grant, Payment, PriceLevel, Vat
from model.years import BEFORE, year_label

# Money for a measure's need.
NEED = ("investment", "one_off_operating")
# What the reading calls the source of money that covers no measure; else the ledger's own words.
SOURCE = {"loan": "loan", "own": "own_budget"}
# A commitment of somebody else than the municipality, where the ledger names no known source.
OTHERS = "other_actor"
# So many cells are named where an amount is made of more.
MOST_CELLS = 200

NOTHING = "0: nothing on this line in {year}"
OVER = "{year} is no budget and no plan: it counts in the balance only"
VAT = "value added tax that the municipality gets back: its need is without it"
OUTLAY = "{account}: money used that is no investment; it counts in the balance"
BEHIND = "{account}: the money behind the appropriation; it covers no measure"
POOLED = "{account}: money for no project of its own; it belongs to the municipality's financing"
NO_NEED = "{name} has no investment in a budget or plan year, so it is no measure"
TAKEN_BACK = "{account}: more is taken back than given in {year}"
CODE = "a code: {heading}"

NEGATIVE_NEED = (
    "The lines of {name} come to {amount} kronor in {year}, so expenditure was taken back. "
    "Nothing is imported for that year."
)
REPAID = (
    "The lines of {account} for {name} come to {amount} kronor in {year}: more is paid back than "
    "comes in. No grant is imported for that year."
)
STATUS_NOT_STATED = (
    "The ledger does not say whether {source} to {name} is granted. It is read as applied for."
)
MONEY_WITHOUT_PROJECT = (
    "{name} is {amount} kronor of financing without a use beside it. "
    "It is in the balance and given to no measure."
)


@dataclass(frozen=True)
class Pooled:
    """Money of a ledger with no use beside it: it pays for the budget, not for one measure."""

    number: str
    name: str
    source: str
    year: int
    amount: Decimal
    source_ref: str


@dataclass(frozen=True)
class Lines:
    """What a ledger comes to. ``pooled`` money and the ``balances`` are no part of the plan.

    ``sums`` are those that the ledger states itself, expenditure less financing. ``units`` are
    those that the accounts of a table tell better than its words, by sheet title and header rows.
    """

    drafts: tuple[Draft, ...] = ()
    balances: tuple[Balance, ...] = ()
    pooled: tuple[Pooled, ...] = ()
    sums: tuple[SumCheck, ...] = ()
    units: Mapping[tuple[str, tuple[int, ...]], Unit] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """What all lines of a ledger have in common: owners by department, price level and tax."""

    owners: tuple[OwnerRule, ...]
    price_level: PriceLevel
    vat: Vat


def gather(lines: Iterable[Line], ledger: Ledger, terms: Terms) -> Lines:
    """Put lines together by project, in the order in which the projects come, and balance them."""
    lines = list(lines)
    projects: dict[Project, list[Line]] = {}
    for line in lines:
        projects.setdefault(line.project, []).append(line)
    drafts, pooled, left = [], [], []
    for project, own in projects.items():
        planned = _planned(own, ledger)
        if _needs(planned):
            paid = [line for line in own if line.stage == "before" and line.amount]
            drafts.append(_Reader(project, planned, ledger, terms).draft(paid))
            _leave_past(own, ledger)
            continue
        _leave_past(own, ledger)
        if planned and all(line.kind not in USES for line in planned):
            pooled += _pooled(project, planned, ledger)
        else:
            left.append(project)
            _leave_project(project, planned, ledger)
    balanced = balances(lines)
    tell(lines, len(left), balanced, ledger)
    return Lines(tuple(drafts), balanced, tuple(pooled))


def _planned(lines: list[Line], ledger: Ledger) -> list[Line]:
    """The lines that are of a budget or plan and hold money."""
    for line in lines:
        if not line.amount and line.stage in STATUS:
            ledger.leave(line.sheet, [line.cell], NOTHING, year=year_label(line.year))
    return [line for line in lines if line.amount and line.stage in STATUS]


def _leave_past(lines: list[Line], ledger: Ledger) -> None:
    """Leave out what is of no budget or plan, unless it is need that is paid."""
    for line in lines:
        if line.stage not in STATUS:
            ledger.leave(line.sheet, [line.cell], OVER, year=year_label(line.year))


def _needs(lines: list[Line]) -> bool:
    return any(amount > 0 for (_year, kind), amount in sums_by_kind(lines).items() if kind in NEED)


def _leave_project(project: Project, lines: list[Line], ledger: Ledger) -> None:
    for (year, kind), amount in sums_by_kind(lines).items():
        if kind in NEED and amount < 0:
            _warn_negative(project, year, amount, ledger)
    for line in lines:
        ledger.leave(line.sheet, [line.cell], NO_NEED, name=project.name)
    for sheet, cell in project.cells:
        ledger.leave(sheet, [cell], NO_NEED, name=project.name)


def _warn_negative(project: Project, year: int, amount: Decimal, ledger: Ledger) -> None:
    fields = {"name": project.name, "year": year_label(year), "amount": written(kronor(amount))}
    ledger.warn(project.sheet, project.cell, "negative_need", NEGATIVE_NEED, **fields)


def _pooled(project: Project, lines: list[Line], ledger: Ledger) -> list[Pooled]:
    """Money without a use, by year and source."""
    found: dict[tuple[int, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.year, SOURCE.get(line.kind, line.account)), []).append(line)
        ledger.leave(line.sheet, [line.cell], POOLED, account=line.account)
    for sheet, cell in project.cells:
        ledger.leave(sheet, [cell], POOLED, account=lines[0].account)
    amount = written(kronor(-sum(line.amount for line in lines)))
    fields = {"name": project.label, "amount": amount}
    code = "money_without_project"
    ledger.warn(project.sheet, project.cell, code, MONEY_WITHOUT_PROJECT, **fields)
    return [
        Pooled(
            project.number,
            project.name,
            source,
            year,
            kronor(-sum(line.amount for line in of)),
            _refs(of, ledger),
        )
        for (year, source), of in found.items()
    ]


def _refs(lines: list[Line], ledger: Ledger) -> str:
    """Where an amount stands: ``book.xlsx!Sheet!G6, G9`` when it is made of several."""
    sheets: dict[str, list[str]] = {}
    for line in lines[:MOST_CELLS]:
        sheets.setdefault(ledger.ref(line.sheet), []).append(line.cell.ref)
    told = (f"{sheet}!{', '.join(refs)}" for sheet, refs in sheets.items())
    return "; ".join(told) + (" …" if len(lines) > MOST_CELLS else "")


class _Reader:
    """Makes one project's draft of its lines in budget and plan years."""

    def __init__(self, project: Project, lines: list[Line], ledger: Ledger, terms: Terms):
        self.project, self.lines, self.ledger, self.terms = project, lines, ledger, terms
        department = " / ".join(project.departments)
        # A ledger is of one municipality: without a department its lines are the municipality's.
        self.rule = next((rule for rule in terms.owners if rule.fits(department)), None)
        self.made = Draft(
            project.sheet,
            project.cell,
            ledger.ref(project.sheet, project.cell),
            project.name,
            project.number,
            department,
            {"district": project.district} if project.district else {},
        )

    def draft(self, paid: list[Line]) -> Draft:
        """The project with its need, appropriations, grants and what else pays for it.

        ``paid`` are lines of what was spent before the budget.
        """
        for sheet, cell in self.project.cells:
            self.ledger.take(sheet, cell)
        if self.rule is not None:
            self.made.values |= {"owner": self.rule.owner, "owner_kind": self.rule.owner_kind}
        needs: dict[tuple[int, Kind], list[Line]] = {}
        grants: dict[str, list[Line]] = {}
        behind: dict[tuple[int, Kind], list[Line]] = {}
        for line in self.lines:
            if line.kind in NEED:
                needs.setdefault((line.year, line.kind), []).append(line)
            elif line.kind == "grant":
                grants.setdefault(line.account, []).append(line)
            elif line.kind in USES:
                template = VAT if line.kind == "vat" else OUTLAY
                self._leave(line, template, account=line.account)
            else:
                behind.setdefault((line.year, line.kind), []).append(line)
        for kind in NEED:
            spent = [line for line in paid if line.kind == kind]
            if sum(line.amount for line in spent) > 0:
                self._read_need(BEFORE, kind, spent)
        for (year, kind), lines in needs.items():
            self._read_need(year, kind, lines)
        self._appropriate()
        for account, lines in grants.items():
            self._read_grant(account, lines)
        for (year, kind), lines in behind.items():
            self._read_money(year, kind, lines)
        return self.made

    def _leave(self, line: Line, template: str, **fields: object) -> None:
        self.ledger.leave(line.sheet, [line.cell], template, **fields)

    def _read_need(self, year: int, kind: Kind, lines: list[Line]) -> None:
        amount = kronor(sum(line.amount for line in lines))
        if amount < 0:
            _warn_negative(self.project, year, amount, self.ledger)
            for line in lines:
                self._leave(line, TAKEN_BACK, account=line.account, year=year_label(year))
            return
        for line in lines:
            self.ledger.take(line.sheet, line.cell)
        self.made.expenditures.append(
            Expenditure(
                kind=kind,
                year=year,
                mid=amount,
                paid=year == BEFORE,
                price_level=self.terms.price_level,
                vat=self.terms.vat,
                source_ref=_refs(lines, self.ledger),
            )
        )

    def _appropriate(self) -> None:
        """The council decides (or plans) to spend what the budget says, whatever pays for it."""
        if self.rule is None or not self.rule.appropriation:
            return
        stages = {line.year: line.stage for line in self.lines if line.kind in NEED}
        amounts: dict[int, Decimal] = {}
        refs: dict[int, list[str]] = {}
        for row in (row for row in self.made.expenditures if not row.paid):
            amounts[row.year] = amounts.get(row.year, Decimal(0)) + row.mid
            refs.setdefault(row.year, []).append(row.source_ref)
        for year, amount in amounts.items():
            status, ref = STATUS[stages[year]], "; ".join(refs[year])
            self.made.appropriations.append(
                Appropriation(
                    year=year, basis="gross", status=status, amount=amount, source_ref=ref
                )
            )

    def _read_grant(self, account: str, lines: list[Line]) -> None:
        by_year: dict[int, list[Line]] = {}
        for line in lines:
            by_year.setdefault(line.year, []).append(line)
        kept, payments = [], []
        for year, of in sorted(by_year.items()):
            amount = kronor(-sum(line.amount for line in of))
            label = year_label(year)
            if amount > 0:
                kept += of
                payments.append(Payment(year=year, amount=amount))
                continue
            for line in of:
                self._leave(line, TAKEN_BACK, account=account, year=label)
            fields = {"account": account, "name": self.made.name, "year": label}
            self.ledger.warn(
                of[0].sheet, of[0].cell, "repaid", REPAID, amount=written(amount), **fields
            )
        if not payments:
            return
        for line in kept:
            self.ledger.take(line.sheet, line.cell)
        fields = {"source": account, "name": self.made.name}
        self.ledger.warn(
            kept[0].sheet, kept[0].cell, "status_not_stated", STATUS_NOT_STATED, **fields
        )
        self.made.grants.append(
            Grant(
                id=slug(account),
                source=funding_within(account) or OTHERS,
                status="applied",
                payments=tuple(payments),
                note=account,
                source_ref=_refs(kept, self.ledger),
            )
        )

    def _read_money(self, year: int, kind: Kind, lines: list[Line]) -> None:
        for line in lines:
            self._leave(line, BEHIND, account=line.account)
        amount = kronor(-sum(line.amount for line in lines))
        source, ref = SOURCE.get(kind, lines[0].account), _refs(lines, self.ledger)
        self.made.funding.append((source, None, ref, year, amount))
