"""How loans are paid back, what falls due in which year, and what they cost in interest.

Amounts are whole öre and every krona borrowed is paid back or falls due: parts are differences of
balances that are rounded once, half up. Payments come at the end of a year. A loan whose terms are
not known has no schedule, and says which of them are missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from model.money import to_ore
from model.municipal_rows import Loan

Repayment = Literal["serial", "annuity", "bullet"]


@dataclass(frozen=True)
class LoanYear:
    """A year of a loan, öre: ``amortisation`` as agreed, and what is ``due`` when it matures.

    ``interest`` is on what was outstanding as the year began; None where the rate is not known.
    """

    year: int
    opening: int
    amortisation: int
    due: int
    interest: int | None

    @property
    def closing(self) -> int:
        """What is outstanding as the year ends."""
        return self.opening - self.amortisation - self.due


@dataclass(frozen=True)
class LoanPlan:
    """A loan with its years; none where something needed for them is ``missing`` (field names)."""

    loan: Loan
    years: tuple[LoanYear, ...]
    missing: tuple[str, ...] = ()

    def opening(self, year: int) -> int:
        """What is outstanding as the year begins; 0 outside the loan's years."""
        return next((each.opening for each in self.years if each.year == year), 0)


@dataclass(frozen=True)
class LadderYear:
    """All loans in a year, öre. ``refinanced`` is the part of ``due`` that loans of the plan take
    over; ``open`` is what must be borrowed anew at the rate of that day.
    """

    year: int
    opening: int
    amortisation: int
    due: int
    refinanced: int
    interest: int | None

    @property
    def open(self) -> int:
        """What falls due and no loan of the plan takes over."""
        return self.due - self.refinanced


def schedule(
    principal: int,
    repayment: Repayment,
    years: int,
    rate: Decimal | None,
    first_year: int,
    matures_after: int | None = None,
) -> tuple[LoanYear, ...]:
    """The years of a loan of ``principal`` öre, the first payment in ``first_year``.

    ``years`` is how long paying it back would take; it may mature before (``matures_after`` years),
    and what is left then falls due. ValueError for an annuity without a rate, which nothing says
    the parts of.
    """
    if repayment == "annuity" and rate is None:
        raise ValueError("an annuity needs a rate: nothing else says how it is paid back")
    last = years if matures_after is None else min(years, matures_after)
    balances = [_balance(principal, repayment, years, rate, t) for t in range(last + 1)]
    found = []
    for t in range(1, last + 1):
        opening, closing = balances[t - 1], balances[t]
        ends = t == last
        due = (opening if repayment == "bullet" else closing) if ends else 0
        amortisation = 0 if repayment == "bullet" else opening - closing
        interest = None if rate is None else half_up(opening * Fraction(rate))
        found.append(LoanYear(first_year + t - 1, opening, amortisation, due, interest))
    return tuple(found)


def plan_of(loan: Loan, first_year: int) -> LoanPlan:
    """The years of a loan from ``first_year`` on.

    What is outstanding of a loan that stands is taken to be so as the first year begins. One that
    is paid out later begins the year after, with what is paid out, or else approved.
    """
    issued, matures = _year(loan.issued_on), _year(loan.matures_on)
    term = loan.term_years
    if matures is None and issued is not None and term is not None:
        matures = issued + term
    to_come = issued is not None and issued >= first_year
    amount = loan.outstanding
    if to_come:
        amount = loan.disbursed if loan.disbursed is not None else loan.approved
    missing = {
        "outstanding": amount is None,
        "repayment": not loan.repayment,
        "matures_on": matures is None,
        "interest": loan.interest is None and loan.repayment == "annuity",
    }
    if any(missing.values()):
        return LoanPlan(loan, (), tuple(name for name, is_so in missing.items() if is_so))
    begins = issued + 1 if to_come else first_year
    left = matures - begins + 1
    if left <= 0 or not amount:
        return LoanPlan(loan, ())
    repaid = left if term is None or issued is None else max(issued + term - begins + 1, left)
    years = schedule(to_ore(amount), loan.repayment, repaid, loan.interest, begins, left)
    return LoanPlan(loan, years)


def ladder(plans: Iterable[LoanPlan], years: Iterable[int]) -> tuple[LadderYear, ...]:
    """What all the loans pay back, and what falls due, year by year."""
    plans = tuple(plans)
    takes_over = {plan.loan.refinances: plan for plan in plans if plan.loan.refinances}

    def of(year: int) -> LadderYear:
        at = [(plan, each) for plan in plans for each in plan.years if each.year == year]
        refinanced = 0
        for plan, each in at:
            new = takes_over.get(plan.loan.id)
            refinanced += min(each.due, new.years[0].opening if new and new.years else 0)
        interest = [each.interest for _plan, each in at]
        return LadderYear(
            year,
            opening=sum(each.opening for _plan, each in at),
            amortisation=sum(each.amortisation for _plan, each in at),
            due=sum(each.due for _plan, each in at),
            refinanced=refinanced,
            interest=None if None in interest else sum(interest),
        )

    return tuple(of(year) for year in years)


def green_discount(
    plans: Iterable[LoanPlan], discount: Decimal, years: Iterable[int]
) -> tuple[int, ...]:
    """What Kommuninvest's discount is worth in each year, öre: on what its green loans have
    outstanding as the year begins. The loans' own rates already hold it: it is shown, not deducted.
    """
    green = [plan for plan in plans if plan.loan.framework.startswith("kommuninvest")]
    return tuple(
        half_up(sum(plan.opening(year) for plan in green) * Fraction(discount)) for year in years
    )


def half_up(amount: Fraction) -> int:
    """Whole öre, half up and away from zero."""
    whole = (abs(amount) * 2 + 1) // 2
    return int(whole) if amount >= 0 else -int(whole)


def _balance(
    principal: int, repayment: Repayment, years: int, rate: Decimal | None, paid: int
) -> int:
    """What is outstanding after ``paid`` of ``years`` payments."""
    if repayment == "bullet":
        return principal if paid < years else 0
    if repayment == "serial" or not rate:
        return principal - half_up(Fraction(principal * paid, years))
    growth = 1 + Fraction(rate)
    whole = growth**years
    return half_up(principal * (whole - growth**paid) / (whole - 1))


def _year(day: str) -> int | None:
    return int(day[:4]) if day else None
