"""The forms of the municipality's money: flows within the group, fees, financial targets."""

from model.forms import choices
from model.forms.form import Field, Form, Table
from model.forms.kinds import Amount, Choice, Percent, Quantity, Text, Whole, Year
from model.forms.measure import NAME_LENGTH
from model.forms.plan import LARGEST_RATE
from model.report.financing import TARGETS
from model.rows import FeeYear, FinancialTarget, InternalFlow, LocalValue, Row

FLOW_KINDS = {
    "lending": "New lending",
    "contribution": "Investment contribution",
    "rent": "Internal rent",
    "interest": "Internal interest",
}
FEE_FORMS = {key: choices.FINANCING_FORMS[key] for key in ("water", "waste", "district_heating")}


class InternalFlows(Row):
    """Money within the group as one row, which is what a form makes."""

    rows: tuple[InternalFlow, ...] = ()


class FeeYears(Row):
    """The fee-financed operations as one row."""

    rows: tuple[FeeYear, ...] = ()


class FinancialTargets(Row):
    """The council's targets as one row."""

    rows: tuple[FinancialTarget, ...] = ()


class LocalValues(Row):
    """The plan's own values of assumptions as one row."""

    rows: tuple[LocalValue, ...] = ()


def internal_flows_form(unit: str = "tkr") -> Form:
    """Lending, contributions, rents and interest between the municipality and its companies."""
    return _list(
        InternalFlows,
        "Money within the group",
        InternalFlow,
        Field("kind", "Kind", Choice(FLOW_KINDS), required=True),
        Field(
            "payer",
            "Payer",
            Text(NAME_LENGTH),
            required=True,
            help="Kommunen, or the name of a company",
        ),
        Field("receiver", "Receiver", Text(NAME_LENGTH), required=True),
        Field("year", "Year", Year(open_ended=False), required=True),
        Field("amount", "Amount", Amount(unit), required=True),
        Field("note", "Note", Text()),
        Field("source_ref", "Source", Text()),
    )


def fee_years_form(unit: str = "tkr") -> Form:
    """Fee-financed operations year by year, before the plan's measures."""
    signed = Amount(unit, negative=True)
    return _list(
        FeeYears,
        "Fee-financed operations",
        FeeYear,
        Field("form", "Operation", Choice(FEE_FORMS), required=True),
        Field("year", "Year", Year(open_ended=False), required=True),
        Field("customers", "Customers", Whole()),
        Field("income", "Fees and other income", signed),
        Field("cost", "Costs before the measures", signed),
        Field("surplus", "Surplus as the year begins", signed),
        Field("interest", "Interest on borrowed capital", Percent(LARGEST_RATE)),
        Field("source_ref", "Source", Text()),
    )


def financial_targets_form(unit: str = "tkr") -> Form:
    """The council's financial targets. Limits are shares of one or kronor, whatever the unit."""
    return _list(
        FinancialTargets,
        "Financial targets",
        FinancialTarget,
        Field("level", "Level", Choice(choices.LEVELS), begins="municipality"),
        Field("kind", "Target", Choice(TARGETS), required=True),
        Field(
            "limit",
            "Limit",
            Quantity(),
            required=True,
            help="A share such as 0,02 for 2 %, or kronor for debt",
        ),
        Field("from_year", "From year", Year(open_ended=False)),
        Field("decision", "Decision", Text()),
        Field("source_ref", "Source", Text()),
    )


def local_values_form() -> Form:
    """The plan's own values of assumptions, each with its source. Figures are in its unit."""
    return _list(
        LocalValues,
        "The plan's own values",
        LocalValue,
        Field("assumption", "Assumption", Choice(of="assumptions"), required=True),
        Field("year", "From year", Year(open_ended=False), required=True),
        Field("mid", "Value", Quantity()),
        Field("low", "Low", Quantity()),
        Field("high", "High", Quantity()),
        Field("unit", "Unit", Text(), help="The assumption's own; checked where it is stated"),
        Field("price_year", "Price year", Year(open_ended=False)),
        Field("source", "Source", Text(NAME_LENGTH), required=True),
        Field("note", "Note", Text()),
    )


def _list(whole: type[Row], label: str, row: type[Row], *fields: Field) -> Form:
    return Form(whole, tables=(Table("rows", label, row, fields),))
