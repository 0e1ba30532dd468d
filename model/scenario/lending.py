"""What a scenario does to the municipality's loans and to the interest on the rest of its debt."""

from collections.abc import Iterable
from decimal import Decimal

from model.money import to_kronor, to_ore
from model.municipal_rows import Loan, Prerequisite
from model.scenario.adjustments import GreenLoans, LoanTerms
from model.scenario.compose import Scenario

_AMOUNTS = ("approved", "disbursed", "outstanding")


def loans_under(scenario: Scenario, loans: Iterable[Loan], first_year: int) -> tuple[Loan, ...]:
    """A plan's loans under the scenario: those that are paid out from ``first_year`` on, and those
    that it names."""
    found = tuple(loans)
    for adjustment in scenario.adjustments:
        if adjustment.do == "green_loans":
            found = tuple(
                _larger(loan, adjustment)
                if loan.green and _about(adjustment.loans, loan) and _to_come(loan, first_year)
                else loan
                for loan in found
            )
        elif adjustment.do == "loan_terms":
            found = tuple(
                _on_terms(loan, adjustment)
                if (loan.id in adjustment.loans)
                or (not adjustment.loans and _to_come(loan, first_year))
                else loan
                for loan in found
            )
    return found


def prerequisites_under(
    scenario: Scenario, rows: Iterable[Prerequisite], first_year: int
) -> tuple[Prerequisite, ...]:
    """The municipality's own figures: where loans in general get other interest, so does the rest
    of the debt from ``first_year`` on."""
    found = tuple(rows)
    for adjustment in scenario.adjustments:
        if adjustment.do == "loan_terms" and not adjustment.loans:
            found = tuple(
                row.model_copy(update={"average_interest": _rate(row.average_interest, adjustment)})
                if row.average_interest is not None and row.year >= first_year
                else row
                for row in found
            )
    return found


def _about(chosen: tuple[str, ...], loan: Loan) -> bool:
    return not chosen or loan.id in chosen


def _to_come(loan: Loan, first_year: int) -> bool:
    """Not paid out when the plan begins."""
    if loan.issued_on:
        return int(loan.issued_on[:4]) >= first_year
    return not loan.disbursed


def _larger(loan: Loan, adjustment: GreenLoans) -> Loan:
    factor = _exactly(adjustment.factor)

    def times(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else to_kronor(to_ore(amount * factor))

    changes = {name: times(getattr(loan, name)) for name in _AMOUNTS}
    changes["allocations"] = tuple(
        each.model_copy(update={"amount": times(each.amount)}) for each in loan.allocations
    )
    return loan.model_copy(update=changes)


def _on_terms(loan: Loan, terms: LoanTerms) -> Loan:
    changes: dict = {"interest": _rate(loan.interest, terms)}
    if terms.repayment:
        changes["repayment"] = terms.repayment
    if terms.term_years is not None:
        changes["term_years"] = terms.term_years
        if loan.issued_on:
            # It matures when its new term is over, whatever day was agreed before.
            changes["matures_on"] = ""
    return loan.model_copy(update=changes)


def _rate(rate: Decimal | None, terms: LoanTerms) -> Decimal | None:
    if terms.interest is not None:
        return _exactly(terms.interest)
    if terms.interest_change is None or rate is None:
        return rate
    return rate + _exactly(terms.interest_change)


def _exactly(number: float) -> Decimal:
    return round(Decimal(repr(number)), 6)
