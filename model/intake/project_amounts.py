"""What a project's row says of need and decisions, year by year.

An expenditure column is need, and the appropriation that its stage says. What is carried over was
decided for the year before the budget and is spent in the budget year: it is need there, and an
appropriation of the year before that a decision moves on. A net column alone is need and a net
appropriation; beside expenditure and income it is checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial

from model.intake.alike import alike
from model.intake.amount_columns import Use
from model.intake.amounts import LARGEST_AMOUNT, Amount, accept, written
from model.intake.draft import Draft
from model.intake.ledger import Ledger
from model.intake.sums import compare, rounding
from model.intake.table_rows import Row, TableRows
from model.rows import Appropriation, Expenditure, PriceLevel, Vat
from model.years import BEFORE, year_label

NET = "expenditure less income, checked against them"
RANGE_IN_BUDGET = (
    "“{found}” is no single amount: it is read as need, and no appropriation is entered for it."
)
NET_WITHOUT_INCOME = (
    "{name} has a net of {found} kronor and an expenditure of {expected} kronor in {year}, and the "
    "sheet does not say who pays the difference. The appropriation is the net."
)
CARRIED_NOWHERE = (
    "{name} has {found} kronor carried over, and the table has no budget year to carry them to."
)
NO_BUDGET_YEAR = "carried over, and no budget year to carry it to"


@dataclass(slots=True)
class _Year:
    """What a row says of one year: the exact parts, their cells, and the decision."""

    amounts: list[Amount] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    status: str = ""

    @property
    def value(self) -> Decimal:
        return sum((amount.value for amount in self.amounts), Decimal(0))


@dataclass(frozen=True)
class Terms:
    """What the rows of a table have in common. ``budget_year`` is None without budget and plan."""

    price_level: PriceLevel
    vat: Vat
    budget_year: int | None


class ProjectAmounts:
    """Reads the amounts of the rows of one table."""

    def __init__(self, rows: TableRows, terms: Terms, ledger: Ledger):
        self.rows, self.terms, self.ledger = rows, terms, ledger
        self.sheet = rows.table.sheet
        uses = rows.uses.values()
        amounts = [use for use in uses if use.purpose == "amount"]
        self.expenditure = [use for use in amounts if use.flow == "expenditure"]
        self.net = [use for use in amounts if use.flow == "net"]
        self.income = [use for use in amounts if use.flow == "income"]
        self.carried = next((use for use in uses if use.column.role == "carry_over"), None)
        self.gross_years = {use.year for use in self.expenditure}
        self.income_years = {use.year for use in self.income}
        in_order = sorted({use.year for use in self.expenditure})
        # As nearly all tables are: a column per year, and nothing else that changes what it says.
        self.is_plain = not (self.net or self.carried) and in_order == [
            use.year for use in self.expenditure
        ]
        # No cell of the sheet has a longer reference.
        longest = f"{ledger.ref(self.sheet)}!XFD1048576"
        self._need = cache(partial(_need, longest, terms))
        self._decision = cache(partial(_decision, longest))

    def read(self, draft: Draft, row: Row, *, appropriates: bool) -> None:
        """Enter need and, where the owner is the municipality, decisions."""
        if self.is_plain:
            for use in self.expenditure:
                amount, ref = self._amount(row, use)
                if amount is not None:
                    self._enter_alone(draft, use.year, use.status, amount, ref, appropriates)
            return
        years: dict[int, _Year] = {}
        for use in self.expenditure:
            self._add(years, row, use)
        nets: dict[int, tuple[Decimal, str]] = {}
        for use in self.net:
            if use.year in self.gross_years:
                self._check_net(draft, row, use, years, nets)
            else:
                self._net_alone(row, use, years, nets)
        carried = self._carried(draft, row)
        if carried is not None:
            years.setdefault(self.terms.budget_year, _Year())
        for year in sorted(years):
            more = carried if year == self.terms.budget_year else None
            self._enter(draft, year, years[year], nets.get(year), more, appropriates)

    def _add(self, years: dict[int, _Year], row: Row, use: Use) -> None:
        amount, ref = self._amount(row, use)
        if amount is not None:
            into = years.setdefault(use.year, _Year())
            into.amounts.append(amount)
            into.refs.append(ref)
            into.status = use.status

    def _amount(self, row: Row, use: Use) -> tuple[Amount | None, str]:
        """What a row says in a column, and its cell. A range is no decision."""
        found = row.figures.get(use.index)
        if found is None:
            return None, ""
        amount = accept(self.ledger, self.sheet, self.rows.positive(found, use))
        if amount is None:
            return None, ""
        ref = self.ledger.cite(self.sheet, found.cell)
        if use.status and amount.low is not None:
            fields = {"found": found.cell.text}
            self.ledger.warn(self.sheet, found.cell, "range_in_budget", RANGE_IN_BUDGET, **fields)
        return amount, ref

    def _carried(self, draft: Draft, row: Row) -> tuple[Amount, str] | None:
        """What is carried over to the budget year, and its cell."""
        use = self.carried
        found = None if use is None else row.figures.get(use.index)
        if found is None:
            return None
        if self.terms.budget_year is None:
            fields = {"name": draft.name, "found": found.cell.text}
            self.ledger.warn(self.sheet, found.cell, "carried_nowhere", CARRIED_NOWHERE, **fields)
            self.ledger.leave(self.sheet, [found.cell], NO_BUDGET_YEAR)
            return None
        amount = accept(self.ledger, self.sheet, self.rows.positive(found, use))
        if amount is None:
            return None
        ref = self.ledger.cite(self.sheet, found.cell)
        return (amount, ref) if amount.value else None

    def _check_net(
        self,
        draft: Draft,
        row: Row,
        use: Use,
        years: Mapping[int, _Year],
        nets: dict[int, tuple[Decimal, str]],
    ) -> None:
        """Net is expenditure less income; without a column of income it is the appropriation."""
        found = row.figures.get(use.index)
        if found is None:
            return
        self.ledger.leave(self.sheet, [found.cell], NET)
        net = row.values.get(use.key)
        gross = [row.values.get(other.key) for other in self.expenditure if other.year == use.year]
        income = [row.values.get(other.key) for other in self.income if other.year == use.year]
        refused = any(
            other.key in row.values and row.values[other.key] is None
            for other in (*self.expenditure, *self.income)
            if other.year == use.year
        )
        if net is None or refused:
            return
        spent = sum((value for value in gross if value), Decimal(0))
        earned = sum((value for value in income if value), Decimal(0))
        if use.year in self.income_years:
            slack = rounding(self.rows, found.decimals, use.index, 2)
            compare(self.ledger, self.sheet, found.cell, net, spent - earned, 2, slack)
        elif net != spent and use.year in years and net >= 0:
            fields = {
                "name": draft.name,
                "found": written(net),
                "expected": written(spent),
                "year": year_label(use.year),
            }
            self.ledger.warn(
                self.sheet, found.cell, "net_without_income", NET_WITHOUT_INCOME, **fields
            )
            nets[use.year] = net, self.ledger.ref(self.sheet, found.cell)

    def _net_alone(
        self, row: Row, use: Use, years: dict[int, _Year], nets: dict[int, tuple[Decimal, str]]
    ) -> None:
        """Need is what is net, and what income pays where the row says it."""
        self._add(years, row, use)
        year = years.get(use.year)
        if year is None:
            return
        nets[use.year] = year.value, year.refs[-1]
        for other in self.income:
            found = row.figures.get(other.index)
            if other.year == use.year and found is not None and found.amount is not None:
                year.amounts.append(Amount(abs(found.amount.value)))
                year.refs.append(self.ledger.ref(self.sheet, found.cell))

    def _enter(
        self,
        draft: Draft,
        year: int,
        said: _Year,
        net: tuple[Decimal, str] | None,
        carried: tuple[Amount, str] | None,
        appropriates: bool,
    ) -> None:
        if carried is None and net is None and len(said.amounts) == 1:
            self._enter_alone(draft, year, said.status, said.amounts[0], said.refs[0], appropriates)
            return
        amounts, refs = [*said.amounts], [*said.refs]
        if carried is not None:
            amounts.append(carried[0])
            refs.append(carried[1])
        draft.expenditures.append(_expenditure(year, amounts, refs, self.terms))
        if not appropriates:
            return
        exact = all(amount.is_exact for amount in said.amounts)
        if carried is not None and carried[0].is_exact:
            _carry_over(draft, year - 1, *carried)
        if said.status and (exact or net):
            amount, ref = net or (said.value, "; ".join(said.refs))
            draft.appropriations.append(
                Appropriation(
                    year=year,
                    basis="net" if net else "gross",
                    status=said.status,
                    amount=amount,
                    source_ref=ref,
                )
            )

    def _enter_alone(
        self, draft: Draft, year: int, status: str, amount: Amount, ref: str, appropriates: bool
    ) -> None:
        """One amount in one cell, as nearly all are; :func:`accept` has seen to its size."""
        if amount.low is not None:
            draft.expenditures.append(_expenditure(year, [amount], [ref], self.terms))
            return
        mid = amount.mid
        draft.expenditures.append(self._need(year)(mid=mid, source_ref=ref))
        if appropriates and status:
            decision = self._decision(year, status)(amount=mid, source_ref=ref)
            draft.appropriations.append(decision)


def _need(ref: str, terms: Terms, year: int) -> Callable[..., Expenditure]:
    """Makes rows of need of a year: exact amounts up to the largest, references up to this long."""
    return alike(_expenditure(year, [Amount(LARGEST_AMOUNT)], [ref], terms))


def _decision(ref: str, year: int, status: str) -> Callable[..., Appropriation]:
    """Makes gross appropriations of a year, as :func:`_need`."""
    return alike(
        Appropriation(
            year=year, basis="gross", status=status, amount=LARGEST_AMOUNT, source_ref=ref
        )
    )


def _carry_over(draft: Draft, year: int, amount: Amount, ref: str) -> None:
    """An appropriation of the year before, all of which a decision moves to the budget year."""
    for place, before in enumerate(draft.appropriations):
        if (before.year, before.basis, before.status) == (year, "gross", "decided"):
            whole = {"carry_over": amount.value, "amount": max(before.amount, amount.value)}
            draft.appropriations[place] = before.model_copy(update=whole)
            return
    draft.appropriations.append(
        Appropriation(
            year=year,
            basis="gross",
            status="decided",
            amount=amount.value,
            carry_over=amount.value,
            source_ref=ref,
        )
    )


def _expenditure(year: int, amounts: list[Amount], refs: list[str], terms: Terms) -> Expenditure:
    if len(amounts) == 1:
        low, mid, high = amounts[0].low, amounts[0].mid, amounts[0].high
    elif all(amount.is_exact for amount in amounts):
        low, mid, high = None, sum(amount.value for amount in amounts), None
    else:
        mid = None
        low = sum(a.value if a.is_exact else a.low for a in amounts)
        tops = [a.value if a.is_exact else a.high for a in amounts]
        high = None if None in tops else sum(tops)
    return Expenditure(
        year=year,
        low=low,
        mid=mid,
        high=high,
        paid=year == BEFORE,
        price_level=terms.price_level,
        vat=terms.vat,
        source_ref="; ".join(refs),
    )
