"""The forms of green finance: loans with what they finance, and the yearly reports that were made.

Loans and allocations are two tables of one form; in the plan an allocation is part of its loan.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pydantic import model_validator

from model.forms import choices
from model.forms.form import Field, Form, Table
from model.forms.kinds import Amount, Choice, Day, Percent, Quantity, Text, Whole, Year
from model.forms.measure import NAME_LENGTH, free
from model.intake.slugs import slug
from model.municipal_rows import GreenReport, Loan, LoanAllocation
from model.row import Row

LARGEST_RATE = Decimal("0.3")
_ALLOCATION = tuple(name for name in LoanAllocation.model_fields if name != "loan")


class Loans(Row):
    """A plan's loans as one row, which is what a form makes: allocations beside the loans."""

    loans: tuple[Loan, ...] = ()
    allocations: tuple[LoanAllocation, ...] = ()

    @classmethod
    def of(cls, loans: Iterable[Loan | Mapping]) -> "Loans":
        """The plan's own rows, taken apart."""
        rows = [Loan.model_validate(loan) for loan in loans]
        return cls(
            loans=tuple(loan.model_copy(update={"allocations": ()}) for loan in rows),
            allocations=tuple(
                LoanAllocation(loan=loan.id, **dict(each))
                for loan in rows
                for each in loan.allocations
            ),
        )

    @property
    def joined(self) -> tuple[Loan, ...]:
        """The plan's own rows again."""
        return tuple(
            Loan.model_validate(
                {
                    **dict(loan),
                    "allocations": [
                        {name: getattr(each, name) for name in _ALLOCATION}
                        for each in self.allocations
                        if each.loan == loan.id
                    ],
                }
            )
            for loan in self.loans
        )

    @model_validator(mode="after")
    def _fits_together(self):
        green = {loan.id: loan.green for loan in self.loans}
        for each in self.allocations:
            if each.loan not in green:
                raise ValueError("an allocation names a loan that is gone")
            if not green[each.loan]:
                raise ValueError("only a green loan has allocations")
        keys = [(each.loan, each.measure) for each in self.allocations]
        if len(keys) != len(set(keys)):
            raise ValueError("the loan has two allocations to one measure")
        return self


class GreenReports(Row):
    """The reports that were made as one row."""

    rows: tuple[GreenReport, ...] = ()


@dataclass(frozen=True)
class LoanTable(Table):
    """Loans; a new one gets its id from its name."""

    def build(self, values: Mapping[str, object], taken: Iterable[Row]) -> Row:
        wanted = str(values.get("id") or slug(str(values.get("name", ""))) or "lan")
        return super().build({**values, "id": free(wanted, (row.id for row in taken))}, taken)


def loans_form(
    unit: str = "tkr",
    loans: Mapping[str, str] | None = None,
    measures: Mapping[str, str] | None = None,
) -> Form:
    """Loans and what they finance. ``loans`` and ``measures`` are names by id, to choose from."""
    amount = Amount(unit)
    which = Choice(loans or {}, named=True)
    return Form(
        Loans,
        tables=(
            LoanTable(
                "loans",
                "Loans and bonds",
                Loan,
                (
                    Field("name", "Agreement or ISIN", Text(NAME_LENGTH), required=True),
                    Field("instrument", "Loan or bond", Choice(choices.INSTRUMENTS), begins="loan"),
                    Field("level", "Level", Choice(choices.LEVELS), begins="municipality"),
                    Field("lender", "Lender", Text()),
                    Field(
                        "framework",
                        "Green framework",
                        Choice(of="green_frameworks"),
                        help="Empty for an ordinary loan",
                    ),
                    Field("approved_on", "Approved on", Day()),
                    Field("issued_on", "Paid out on", Day()),
                    Field("matures_on", "Matures on", Day()),
                    Field("approved", "Approved", amount),
                    Field("disbursed", "Disbursed", amount),
                    Field("outstanding", "Outstanding", amount),
                    Field("repayment", "Repayment", Choice(choices.REPAYMENTS)),
                    Field("term_years", "Term, years", Whole()),
                    Field("interest", "Interest", Percent(LARGEST_RATE)),
                    Field("refinances", "Replaces the loan", which),
                    Field("unallocated_place", "Where unallocated money lies", Text()),
                    Field("note", "Note", Text()),
                    Field("source_ref", "Source", Text()),
                ),
                hidden=("id",),
            ),
            Table(
                "allocations",
                "Allocations",
                LoanAllocation,
                (
                    Field(
                        "loan",
                        "Agreement or ISIN",
                        which,
                        required=True,
                        help="A new loan can be chosen once it is saved",
                    ),
                    Field("measure", "Measure", Choice(measures or {}, named=True), required=True),
                    Field("amount", "Amount", amount, required=True),
                    Field("on", "On", Day()),
                    Field("note", "Note", Text()),
                ),
            ),
        ),
    )


def green_reports_form(unit: str = "tkr") -> Form:
    """Reports of green finance, as they were made."""
    return Form(
        GreenReports,
        tables=(
            Table(
                "rows",
                "Green finance reports",
                GreenReport,
                (
                    Field("year", "Year", Year(open_ended=False), required=True),
                    Field("edition", "Edition", Whole(), begins="1"),
                    Field("mode", "Mode", Choice(choices.GREEN_MODES), required=True),
                    Field("on", "As of", Day(), required=True),
                    Field(
                        "denominator", "Denominator", Choice(choices.DENOMINATORS), required=True
                    ),
                    Field("grid_factor", "Electricity counted by", Choice(of="assumptions")),
                    Field("factor", "Factor, g CO2e/kWh", Quantity()),
                    Field("allocated", "Allocated", Amount(unit)),
                    Field("outstanding", "Outstanding", Amount(unit)),
                    Field("project_tonnes", "The whole projects, t CO2e", Quantity()),
                    Field("tonnes", "Financed share, t CO2e", Quantity()),
                    Field("by", "By whom", Text(NAME_LENGTH), required=True),
                    Field("note", "Note", Text()),
                ),
            ),
        ),
    )
