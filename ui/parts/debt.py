"""The plan's loans on screen: what falls due when, and what a green loan's discount is worth."""

from collections.abc import Mapping, Sequence

from model.entries import Assumption
from model.loans import LoanPlan, green_discount, ladder
from ui import format as write
from ui.i18n import _, mark, name, note
from ui.parts import sourced
from ui.parts.listing import Term
from ui.parts.table import Table

DISCOUNT = "green_bonds/kommuninvest_discount"
REPAYMENTS = {
    "serial": mark("equal parts"),
    "annuity": mark("equal payments"),
    "bullet": mark("all at the end"),
    "": mark("unknown"),
}
_MISSING = {
    "outstanding": mark("what is outstanding"),
    "repayment": mark("how it is paid back"),
    "matures_on": mark("when it matures"),
    "interest": mark("its interest"),
}


def loans(plans: Sequence[LoanPlan]) -> Table:
    """One row per loan as it was entered, and what is missing to say its years."""

    def amount(kronor) -> str:
        return write.unknown() if kronor is None else write.mnkr(int(kronor * 100))

    def row(plan: LoanPlan) -> list[str]:
        loan = plan.loan
        missing = ", ".join(_(_MISSING[each]) for each in plan.missing)
        return [
            loan.name + (f" ({_('green')})" if loan.green else ""),
            loan.lender or write.unknown(),
            _(REPAYMENTS[loan.repayment]),
            loan.matures_on or write.unknown(),
            _("missing: {what}", what=missing) if missing else loan.source_ref or write.unknown(),
            amount(loan.outstanding),
            write.percent(loan.interest, 2),
        ]

    return Table(
        _("Loans, MSEK"),
        (
            *(_("Loan"), _("Lender"), _("Paid back in"), _("Matures"), _("Source")),
            *(_("Outstanding"), _("Interest rate")),
        ),
        [row(plan) for plan in plans],
        text=frozenset(range(1, 5)),
    )


def maturities(plans: Sequence[LoanPlan], years: Sequence[int]) -> Table:
    """What is paid back and falls due, year by year."""
    rungs = ladder(plans, years)
    rows = (
        (_("Outstanding as the year begins"), "opening"),
        (_("Amortisation"), "amortisation"),
        (_("Falls due"), "due"),
        (_("taken over by a loan of the plan"), "refinanced"),
        (_("to borrow anew"), "open"),
        (_("Interest on these loans"), "interest"),
    )
    return Table(
        _("Maturities by year, MSEK"),
        ("", *map(str, years)),
        [(label, *(write.mnkr(getattr(rung, of)) for rung in rungs)) for label, of in rows],
    )


def discount(
    plans: Sequence[LoanPlan], years: Sequence[int], known: Mapping[str, Assumption]
) -> Term:
    """What Kommuninvest's discount on green loans is worth a year, with its source and status."""
    entry = known[DISCOUNT]
    value = entry.latest
    worth = green_discount(plans, value.value, years)
    said = ", ".join(
        f"{year}: {write.kronor(amount)}"
        for year, amount in zip(years, worth, strict=True)
        if amount
    )
    return Term(
        name(entry),
        said or _("no green loan of Kommuninvest's is outstanding"),
        (
            _(
                "{rate} on what is outstanding as the year begins. The loans' own rates already "
                "hold it: it is shown and not deducted.",
                rate=sourced.amount(value.value, entry.unit),
            ),
            note(value),
            _("Source: {source}", source=sourced.source(value)),
        ),
        sourced.status(value),
    )
