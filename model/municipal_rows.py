"""The rows of a plan that are the municipality's and no measure's: its own figures, its debt, its
fee-financed operations, its targets, and what agencies have granted in the municipality.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.money import Money
from model.row import Day, Name, NotNegative, Quantity, Row, Slug, Text
from model.years import Year

Level = Literal["municipality", "group"]
FeeForm = Literal["water", "waste", "district_heating"]


class Programme(Row):
    """Money for a group of measures that is not yet shared out among them. Covers no measure."""

    id: Slug
    name: Name
    source: str
    status: Literal["granted", "decided", "planned", "applied", "idea"]
    year: Year
    amount: NotNegative
    note: Text = ""
    source_ref: Text = ""


class Prerequisite(Row):
    """The municipality's own figures of a year, for municipality or group (FINANCE sheet 9)."""

    level: Level = "municipality"
    year: Year
    taxes_and_grants: Money | None = None
    result: Money | None = None
    depreciation: Money | None = None
    dissolved_grants: Money | None = None
    other_funds: Money | None = None
    opening_debt: Money | None = None
    debt_ceiling: Money | None = None
    internal_interest: Quantity | None = None
    average_interest: Quantity | None = None
    price_index: Quantity | None = None
    tax_krona: Money | None = None
    residents: int | None = None
    water_customers: int | None = None
    source_ref: Text = ""


class Allocation(Row):
    """What of a green loan or bond stands on one measure since a day."""

    measure: Slug
    amount: NotNegative
    on: Day = ""
    note: Text = ""


class Loan(Row):
    """A loan or bond: what is approved, paid out and outstanding, and how it is paid back.

    A ``serial`` loan is paid back in equal parts, an ``annuity`` in equal payments with the
    interest, a ``bullet`` all at the end. It is green when it names a ``framework``, and then
    ``allocations`` say which measures it finances; ``unallocated_place`` is where the rest lies.
    ``refinances`` is the id of the loan whose place it takes.
    """

    id: Slug
    name: Name
    instrument: Literal["loan", "bond"] = "loan"
    level: Level = "municipality"
    lender: Text = ""
    framework: str = ""
    approved_on: Day = ""
    issued_on: Day = ""
    matures_on: Day = ""
    approved: NotNegative | None = None
    disbursed: NotNegative | None = None
    outstanding: NotNegative | None = None
    repayment: Literal["serial", "annuity", "bullet", ""] = ""
    term_years: Annotated[int, Field(ge=1, le=100)] | None = None
    interest: Quantity | None = None
    refinances: str = ""
    unallocated_place: Text = ""
    allocations: tuple[Allocation, ...] = ()
    note: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _consistent(self):
        for smaller, larger in (("disbursed", "approved"), ("outstanding", "disbursed")):
            below, above = getattr(self, smaller), getattr(self, larger)
            if below is not None and above is not None and below > above:
                raise ValueError(f"{smaller} is more than {larger}: {below}, {above}")
        if self.issued_on and self.matures_on and self.matures_on <= self.issued_on:
            raise ValueError("the loan matures before it is paid out")
        if self.allocations and not self.framework:
            raise ValueError("only a green loan has allocations: name its framework")
        measures = [allocation.measure for allocation in self.allocations]
        if len(measures) != len(set(measures)):
            raise ValueError("the loan has two allocations to one measure")
        return self

    @property
    def green(self) -> bool:
        """Whether it stands under a green framework."""
        return bool(self.framework)


class LoanAllocation(Allocation):
    """An allocation with the loan that it is of: a line in a form of its own."""

    loan: str


class InternalFlow(Row):
    """Money between the municipality and its companies in a year, which the group eliminates.

    ``lending`` is new lending of the year, ``contribution`` an investment contribution, ``rent``
    and ``interest`` what the receiver is paid for it.
    """

    kind: Literal["lending", "contribution", "rent", "interest"]
    payer: Name
    receiver: Name
    year: Year
    amount: NotNegative
    note: Text = ""
    source_ref: Text = ""


class FeeYear(Row):
    """A year of a fee-financed operation, before the plan's measures: a closed economy.

    ``surplus`` is what earlier years have left of fees (negative: customers are owed less than
    nothing), to be regulated within the law's years. ``interest`` is that of borrowed capital.
    """

    form: FeeForm
    year: Year
    customers: Annotated[int, Field(gt=0)] | None = None
    income: Money | None = None
    cost: Money | None = None
    surplus: Money | None = None
    interest: Quantity | None = None
    source_ref: Text = ""


class FinancialTarget(Row):
    """A target that the council has set itself. Shares are of one, amounts kronor.

    =========================== ====================================================
    self_financing              own funds and grants per krona of investment, at least
    result_share                result of taxes and grants, at least
    debt                        debt at the end of the year, at most
    debt_per_resident           the same per resident, at most
    interest_share              interest of taxes and grants, at most
    =========================== ====================================================
    """

    level: Level = "municipality"
    kind: Literal["self_financing", "result_share", "debt", "debt_per_resident", "interest_share"]
    limit: Annotated[Quantity, Field(ge=0, le=Decimal("1e15"))]
    from_year: Year | None = None
    decision: Text = ""
    source_ref: Text = ""


class LocalValue(Row):
    """The plan's own value of an assumption from a year on: it stands over the shared one.

    ``assumption`` is its path in ``data/assumptions``. ``unit`` may be left out; where it is
    stated it must be the assumption's own. ``source`` says where the municipality has it from.
    """

    assumption: Name
    year: Year
    low: Quantity | None = None
    mid: Quantity | None = None
    high: Quantity | None = None
    unit: Text = ""
    price_year: Year | None = None
    source: Name
    note: Text = ""

    @model_validator(mode="after")
    def _ordered(self):
        known = [value for value in (self.low, self.mid, self.high) if value is not None]
        if not known:
            raise ValueError("a local value needs a figure: low, mid or high")
        if known != sorted(known):
            raise ValueError("low, mid and high are not in order")
        return self


class SavedScenario(Row):
    """A scenario that somebody has saved in the plan.

    ``content`` is what it does, as YAML in the form of :mod:`model.scenario.form` without what it
    is called: empty for one that does nothing.
    """

    id: Slug
    name: Name
    name_en: Annotated[str, Field(max_length=500)] = ""
    note: Text = ""
    note_en: Text = ""
    author: Annotated[str, Field(max_length=500)] = ""
    content: Annotated[str, Field(max_length=200_000)] = ""


class AgencyGrant(Row):
    """What an agency has granted to somebody in the municipality, from the agency's own list.

    ``measure`` is the measure of the plan that it belongs to, once somebody has said so.
    """

    id: Slug
    agency: Name
    programme: str = ""
    reference: Text = ""
    organisation: Text = ""
    title: Name
    category: Text = ""
    amount: NotNegative | None = None
    granted_on: Day = ""
    ends_on: Day = ""
    status: Text = ""
    measure: str = ""
    note: Text = ""
    source_ref: Text = ""


class GreenReport(Row):
    """A yearly report of green finance as it was made: its method stands with its figures.

    A later ``edition`` of the same year restates it by another method, and the earlier stays.
    ``grid_factor`` is the assumption whose value ``factor`` was used, empty where tonnes are the
    plan's own.
    """

    year: Year
    edition: Annotated[int, Field(ge=1, le=99)] = 1
    mode: Literal["approved_projects", "own_programme"]
    on: Day
    denominator: Literal["gross", "net_of_grants"]
    grid_factor: Text = ""
    factor: Quantity | None = None
    allocated: NotNegative | None = None
    outstanding: NotNegative | None = None
    project_tonnes: Quantity | None = None
    tonnes: Quantity | None = None
    by: Name
    note: Text = ""

    @model_validator(mode="after")
    def _dated(self):
        if not self.on:
            raise ValueError("a report has a date: the day that it describes")
        return self
