"""*Finansieringsanalys*: whether the plan's investments have money, for municipality and group.

Borrowing is computed here, once a year for all measures together, and never for one of them. The
municipality's own figures are **before the plan's measures**: their result, depreciation and
dissolved grants are those of everything else, and ``other_funds`` holds what else moves money,
investments outside the plan among it (negative). A measure's own depreciation lowers the result and
comes back as no payment, so that it changes no own funds; its running cost does, and stands in the
operating impact.

Expenditure is read in one of two ways. *Decided*: what grants and appropriations of the reading
cover, which asks whether the decisions have money. *Need*: the whole of it, which asks what there
is room for. Grants count in the year in which they come.

Amounts are whole öre. What is not known is None, and so is everything that rests on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import numpy as np

from model.internal_flows import through_municipality
from model.loans import LoanPlan, half_up
from model.money import to_ore
from model.municipal_rows import InternalFlow, Level, Prerequisite
from model.owners import GROUP, parts
from model.plan import Plan, calendar_years
from model.readings import Outcome, grants_received

LEVELS = ("municipality", "group")
BASES = ("decided", "need")
INTEREST_SHIFTS = (Decimal(0), Decimal("0.01"), Decimal("0.02"))
Basis = Literal["decided", "need"]
Ore = int | None


@dataclass(frozen=True)
class FinancingYear:
    """One year, whole öre; None is not known.

    ``own`` is the municipality's own result and ``extra_interest`` what a higher rate takes of it;
    ``other_funds`` and ``internal`` (lending and contributions within the group, net received) are
    the parts of ``other``. A negative ``borrowing_need`` pays debt back. ``cash`` is what is left
    when there is no debt to pay. ``exposed`` is the opening debt that a higher rate reaches.
    """

    year: int
    own: Ore
    extra_interest: Ore
    depreciation: Ore
    dissolved_grants: Ore
    other_funds: Ore
    internal: int
    grants: int
    expenditure: int
    opening_debt: Ore
    opening_cash: int
    ceiling: Ore
    exposed: Ore
    interest: Ore

    @property
    def result(self) -> Ore:
        """*Årets resultat*, after what a higher rate takes."""
        return add(self.own, negative(self.extra_interest))

    @property
    def other(self) -> Ore:
        """*Övrigt*: what else gives or takes money."""
        return add(self.other_funds, self.internal)

    @property
    def own_funds(self) -> Ore:
        """*Egna medel*."""
        return add(self.result, self.depreciation, negative(self.dissolved_grants), self.other)

    @property
    def borrowing_need(self) -> Ore:
        """*Lånebehov*: expenditure less own funds and grants; negative pays debt back."""
        return add(self.expenditure, negative(self.own_funds), -self.grants)

    @property
    def net_debt(self) -> Ore:
        """Debt less cash as the year ends; below zero there is cash and no debt."""
        return add(self.opening_debt, -self.opening_cash, self.borrowing_need)

    @property
    def closing_debt(self) -> Ore:
        """*Låneskuld UB*."""
        return None if self.net_debt is None else max(self.net_debt, 0)

    @property
    def cash(self) -> Ore:
        """What is left over when all debt is paid."""
        return None if self.net_debt is None else max(-self.net_debt, 0)

    @property
    def margin(self) -> Ore:
        """*Marginal*: ceiling less debt; negative is over the ceiling."""
        return add(self.ceiling, negative(self.closing_debt))

    @property
    def debt_room(self) -> Ore:
        """What may be borrowed as the year begins, cash included."""
        return add(self.ceiling, negative(self.opening_debt), self.opening_cash)

    @property
    def capacity(self) -> Ore:
        """*Investeringsutrymme*: own funds, grants and room to borrow."""
        return add(self.own_funds, self.grants, self.debt_room)

    @property
    def shortage(self) -> Ore:
        """Expenditure beyond the capacity."""
        lacking = add(self.expenditure, negative(self.capacity))
        return None if lacking is None else max(lacking, 0)

    @property
    def self_financing(self) -> Fraction | None:
        """*Självfinansieringsgrad*: own funds and grants per krona of expenditure."""
        if self.own_funds is None or not self.expenditure:
            return None
        return Fraction(self.own_funds + self.grants, self.expenditure)


@dataclass(frozen=True)
class Analysis:
    """The years of one level. ``before`` and ``later`` are expenditure outside them, öre."""

    level: Level
    basis: Basis
    shift: Decimal
    years: tuple[FinancingYear, ...]
    before: int = 0
    later: int = 0

    @property
    def breach(self) -> FinancingYear | None:
        """The first year over the debt ceiling."""
        return next((each for each in self.years if (each.margin or 0) < 0), None)

    @property
    def unknown(self) -> FinancingYear | None:
        """The first year whose margin is not known."""
        return next((each for each in self.years if each.margin is None), None)

    @property
    def tightest(self) -> FinancingYear | None:
        """The year with the smallest margin that is known."""
        known = [each for each in self.years if each.margin is not None]
        return min(known, key=lambda each: each.margin, default=None)


@dataclass(frozen=True)
class Line:
    """A row of a table. ``key`` names an attribute of :class:`FinancingYear`; ``sign`` is how it
    enters the sum below it. ``kind``: a ``post`` and a ``sum`` add up over the years, a ``stock``
    (debt, ceiling) and a ``ratio`` (Fraction) do not.
    """

    key: str
    sign: Literal["", "+", "−", "±", "="]
    kind: Literal["post", "sum", "stock", "ratio"]
    values: tuple[int | Fraction | None, ...]

    @property
    def total(self) -> Ore:
        """The sum over the years; None where a year is not known, or where nothing adds up."""
        if self.kind in ("stock", "ratio"):
            return None
        return add(*self.values) if self.values else 0


_ROWS = (
    ("result", "", "post"),
    ("depreciation", "+", "post"),
    ("dissolved_grants", "−", "post"),
    ("other", "±", "post"),
    ("own_funds", "=", "sum"),
    ("grants", "+", "post"),
    ("expenditure", "−", "post"),
    ("borrowing_need", "=", "sum"),
    ("closing_debt", "", "stock"),
    ("ceiling", "", "stock"),
    ("margin", "", "stock"),
    ("self_financing", "", "ratio"),
)
_CAPACITY = (
    ("own_funds", "", "post"),
    ("grants", "+", "post"),
    ("debt_room", "+", "stock"),
    ("capacity", "=", "stock"),
    ("expenditure", "−", "post"),
    ("shortage", "=", "stock"),
)


def lines(analysis: Analysis) -> tuple[Line, ...]:
    """The rows of *finansieringsanalys*, in their order, with a value for each year."""
    return _lines(_ROWS, analysis)


def capacity_lines(analysis: Analysis) -> tuple[Line, ...]:
    """The same years as need against existing financing and investment capacity."""
    return _lines(_CAPACITY, analysis)


def _lines(rows, analysis: Analysis) -> tuple[Line, ...]:
    return tuple(
        Line(key, sign, kind, tuple(getattr(each, key) for each in analysis.years))
        for key, sign, kind in rows
    )


def analyse(
    plan: Plan,
    outcome: Outcome,
    reading: str,
    level: Level,
    basis: Basis = "decided",
    *,
    prerequisites: Iterable[Prerequisite] = (),
    flows: Iterable[InternalFlow] = (),
    loans: Sequence[LoanPlan] = (),
    shift: Decimal = Decimal(0),
) -> Analysis:
    """The analysis of a plan in a reading: ``outcome`` is the plan read so.

    ``loans`` with a known rate keep it until they mature; the rest of the debt pays the year's
    average interest and ``shift`` more (0.01 is a percentage point), which lowers the result.
    """
    flows = tuple(flows)
    known = by_year(prerequisites, level)
    bound = [each for each in loans if level == "group" or each.loan.level == "municipality"]
    spent, received = (
        table.sum(axis=1) for table in investment(plan, outcome, reading, level, basis)
    )
    calendar = calendar_years(plan.years)
    found: list[FinancingYear] = []
    for index in np.flatnonzero(calendar):
        year = int(plan.years[index])
        internal = 0 if level == "group" else through_municipality(flows, year)
        found.append(
            _year(
                year,
                known.get(year, Prerequisite(level=level, year=year)),
                found[-1] if found else None,
                internal,
                int(spent[index]),
                int(received[index]),
                bound,
                shift,
            )
        )
    outside = np.flatnonzero(~calendar)
    early = outside[plan.years[outside] < (found[0].year if found else 0)]
    later = np.setdiff1d(outside, early)
    return Analysis(
        level, basis, shift, tuple(found), int(spent[early].sum()), int(spent[later].sum())
    )


def investment(
    plan: Plan, outcome: Outcome, reading: str, level: Level, basis: Basis
) -> tuple[np.ndarray, np.ndarray]:
    """What the level spends on each measure and what it receives in grants for it.

    Both (years, measures) in öre. A grant counts in the year in which it comes, as far as
    investment takes it.
    """
    shared_out = parts(plan)
    ours = (
        shared_out.owner == "municipality"
        if level == "municipality"
        else shared_out.actor_group == GROUP
    )

    def of_level(table: np.ndarray) -> np.ndarray:
        total = np.zeros(plan.size, dtype=np.int64)
        np.add.at(total.T, shared_out.measure[ours], shared_out.of(table)[:, ours].T)
        return total

    spent = of_level(outcome.need)
    if basis == "decided":
        spent = spent - of_level(outcome.gap)
    return spent, of_level(grants_received(plan, outcome, reading))


def _year(
    year: int,
    own: Prerequisite,
    before: FinancingYear | None,
    internal: int,
    spent: int,
    received: int,
    loans: Sequence[LoanPlan],
    shift: Decimal,
) -> FinancingYear:
    debt, cash = opening(own, before)
    fixed = [each for each in loans if each.loan.interest is not None]
    bound = sum(each.opening(year) for each in fixed)
    exposed = None if debt is None else max(debt - bound, 0)
    agreed = sum(line.interest for each in fixed for line in each.years if line.year == year)
    extra = 0 if not shift else times(exposed, shift)
    average = times(exposed, own.average_interest)
    return FinancingYear(
        year=year,
        own=ore(own.result),
        extra_interest=extra,
        depreciation=ore(own.depreciation),
        dissolved_grants=ore(own.dissolved_grants),
        other_funds=ore(own.other_funds),
        internal=internal,
        grants=received,
        expenditure=spent,
        opening_debt=debt,
        opening_cash=cash,
        ceiling=ore(own.debt_ceiling),
        exposed=exposed,
        interest=add(agreed, average, extra),
    )


def opening(own: Prerequisite, before: FinancingYear | None) -> tuple[Ore, int]:
    """Debt and cash as a year begins: what the year before ended in, or else what is stated."""
    if before is not None and before.closing_debt is not None:
        return before.closing_debt, before.cash or 0
    return ore(own.opening_debt), 0


def add(*amounts: Ore) -> Ore:
    """The sum; None where any of them is not known."""
    return None if None in amounts else sum(amounts)


def negative(amount: Ore) -> Ore:
    """The same taken away; None where it is not known."""
    return None if amount is None else -amount


def times(amount: Ore, share: Decimal | None) -> Ore:
    """A share of an amount, half up; None where either is not known."""
    return None if amount is None or share is None else half_up(amount * Fraction(share))


def ore(amount: Decimal | None) -> Ore:
    """Kronor to öre; None where not known."""
    return None if amount is None else to_ore(amount)


def by_year(rows: Iterable[Prerequisite], level: Level) -> Mapping[int, Prerequisite]:
    """The municipality's own figures of a level by year."""
    return {row.year: row for row in rows if row.level == level}
