"""Fee-financed operations (water, waste, district heating): closed economies.

What a measure costs here is paid by those who use the service and by nobody else: its effect on
what taxes pay for is nil, and a surplus of fees never pays for a road. A measure costs its
depreciation and the interest on the capital borrowed for it, from the month it is taken in use, and
its change of running cost, less the public grants that are dissolved over its lifetime. What it has
cost less its grants and what is written off is taken to be borrowed.

Amounts are whole öre; what is not known is None, and measures that lack what is needed are counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from model.depreciation import Pieces, interest, schedule
from model.financing import Ore, add, negative, ore
from model.loans import half_up
from model.money import scale
from model.municipal_rows import FeeForm, FeeYear
from model.owners import MILLION, group_part
from model.plan import Plan, calendar_years
from model.readings import Outcome

FORMS: tuple[FeeForm, ...] = ("water", "waste", "district_heating")


@dataclass(frozen=True)
class Cost:
    """What the measures cost in a year, öre. ``grants`` are dissolved and lower it."""

    depreciation: int
    interest: Ore
    running_cost: int
    grants: int

    @property
    def total(self) -> Ore:
        """All of it."""
        return add(self.depreciation, self.interest, self.running_cost, -self.grants)


@dataclass(frozen=True)
class EconomyYear:
    """A year of an operation. ``income`` and ``cost`` are its own, before the plan's measures.

    ``surplus`` is what earlier years have left of fees as the year begins.
    """

    year: int
    customers: int | None
    income: Ore
    cost: Ore
    surplus: Ore
    measures: Cost

    @property
    def result(self) -> Ore:
        """Fees less all costs, at the fees that stand."""
        return add(self.income, negative(self.cost), negative(self.measures.total))

    @property
    def closing_surplus(self) -> Ore:
        """What is carried to the next year, to be given back or charged within the law's years."""
        return add(self.surplus, self.result)

    @property
    def per_customer(self) -> Ore:
        """What the measures cost a customer in the year."""
        return per_customer(self.measures.total, self.customers)

    @property
    def tax_effect(self) -> int:
        """What it changes for what taxes pay for: nothing."""
        return 0


@dataclass(frozen=True)
class Economy:
    """One operation. ``full_year`` is the measures' first whole year in use, all of them together,
    and ``customers`` the last number that is known. ``incomplete`` are measures (indices) whose
    lifetime or start is not said: their capital cost is in no sum.
    """

    form: FeeForm
    years: tuple[EconomyYear, ...]
    full_year: Cost
    customers: int | None
    measures: tuple[int, ...]
    incomplete: tuple[int, ...]

    @property
    def per_customer(self) -> Ore:
        """What the measures cost a customer in a full year."""
        return per_customer(self.full_year.total, self.customers)


def yearly_cost(
    investment: int, years: int, borrowed: int, interest: Decimal, running_cost: int = 0
) -> Cost:
    """The first full year of an investment of which ``borrowed`` is borrowed, öre."""
    return Cost(
        depreciation=half_up(Fraction(investment, years)),
        interest=half_up(borrowed * Fraction(interest)),
        running_cost=running_cost,
        grants=0,
    )


def per_customer(amount: Ore, customers: int | None) -> Ore:
    """An amount shared out among the customers, whole öre."""
    return None if amount is None or not customers else half_up(Fraction(amount, customers))


def economies(plan: Plan, outcome: Outcome, rows: Iterable[FeeYear]) -> tuple[Economy, ...]:
    """The operations that the plan has measures or figures of, with the reading's grants."""
    rows = tuple(rows)
    return tuple(
        found
        for form in FORMS
        if (found := _economy(plan, outcome, form, [row for row in rows if row.form == form]))
    )


def _economy(plan: Plan, outcome: Outcome, form: FeeForm, rows: list[FeeYear]) -> Economy | None:
    part = group_part(plan)
    of_form = np.flatnonzero((plan.tags["financing_form"] == form) & (part > 0))
    if not (len(of_form) or rows):
        return None
    chosen = [int(measure) for measure in of_form]
    costly = outcome.need.sum(axis=0) > 0
    complete = [m for m in chosen if plan.in_service[m] and list(_lives(plan, m))]
    gross = _pieces(plan, complete, outcome.need.sum(axis=0), part)
    grants = _pieces(plan, complete, grants_of(plan, outcome), part)
    # A grant is given once: what is bought anew has none.
    both = gross, replace(grants, reinvested=grants.reinvested & False)
    running = scale(plan.running_cost[:, chosen], part[chosen]).sum(axis=1)
    own = {row.year: row for row in rows}
    years: list[EconomyYear] = []
    for index in np.flatnonzero(calendar_years(plan.years)):
        year = int(plan.years[index])
        row = own.get(year, FeeYear(form=form, year=year))
        carried = years[-1].closing_surplus if years else None
        years.append(
            EconomyYear(
                year=year,
                customers=row.customers,
                income=ore(row.income),
                cost=ore(row.cost),
                surplus=ore(row.surplus) if carried is None else carried,
                measures=_cost(*both, year, row.interest, int(running[index])),
            )
        )
    rates = [row.interest for row in rows if row.interest is not None]
    customers = [row.customers for row in rows if row.customers]
    at_once = [
        replace(each, year=each.year * 0, month=each.month * 0 + 1) for each in (gross, grants)
    ]
    return Economy(
        form=form,
        years=tuple(years),
        full_year=_cost(*at_once, 0, rates[-1] if rates else None, int(running[-1])),
        customers=customers[-1] if customers else None,
        measures=tuple(chosen),
        incomplete=tuple(m for m in chosen if costly[m] and m not in complete),
    )


def grants_of(plan: Plan, outcome: Outcome) -> np.ndarray:
    """What grants pay of each measure's investment, (measures,) in öre."""
    cover, total = outcome.cover, np.zeros(plan.size[1], dtype=np.int64)
    chosen = np.isin(cover.status, ["granted", "applied", "idea"])
    np.add.at(total, cover.measure[chosen], cover.amount[chosen])
    return total


def _lives(plan: Plan, measure: int) -> Iterator[tuple[int, int, bool]]:
    """(share in millionths, lifetime, whether bought anew) of the parts of what a measure makes."""
    parts = plan.components
    of = np.flatnonzero(parts.measure == measure)
    for line in of:
        yield int(parts.share[line]), int(parts.lifetime[line]), bool(parts.reinvested[line])
    if not len(of) and plan.assets.lifetime[measure]:
        yield MILLION, int(plan.assets.lifetime[measure]), False


def _pieces(plan: Plan, measures: list[int], amounts: np.ndarray, part: np.ndarray) -> Pieces:
    """The group's part of what the measures make, by component; the parts add up exactly."""
    amounts = scale(amounts, part)
    found: list[tuple[int, int, int, int, bool]] = []
    for measure in measures:
        so_far = reached = 0
        for share, life, anew in _lives(plan, measure):
            so_far += share
            until = half_up(Fraction(int(amounts[measure]) * so_far, MILLION))
            month = int(plan.assets.service_month[measure]) or 1
            found.append((until - reached, life, int(plan.in_service[measure]), month, anew))
            reached = until
    cost, life, year, month, anew = zip(*found, strict=True) if found else ((),) * 5
    whole = (np.array(each, dtype=np.int64) for each in (cost, life, year, month))
    return Pieces(*whole, np.array(anew, dtype=bool))


def _cost(gross: Pieces, grants: Pieces, year: int, rate: Decimal | None, running: int) -> Cost:
    written, dissolved = (schedule(pieces, np.array([year])) for pieces in (gross, grants))
    base = np.array(written.base.sum() - dissolved.base.sum())
    on_loans = None if rate is None else int(interest(base, float(rate)))
    return Cost(
        depreciation=int(written.depreciation.sum()),
        interest=on_loans if base else 0,
        running_cost=running,
        grants=int(dissolved.depreciation.sum()),
    )
