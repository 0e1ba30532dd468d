"""The form of a measure: its tags in sections, and a table for each list that it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.forms import choices
from model.forms.form import Field, Form, Section, Table
from model.forms.kinds import (
    Amount,
    Choice,
    Day,
    Month,
    Percent,
    Quantity,
    Text,
    Whole,
    Words,
    Year,
    YesNo,
)
from model.intake.slugs import slug
from model.reference import reference
from model.rows import (
    Activity,
    Appropriation,
    Component,
    Effect,
    Expenditure,
    Grant,
    GreenAnswer,
    GreenStep,
    Measure,
    OwnerShare,
    PlanHead,
    Row,
    RunningCost,
)
from model.years import BEFORE, LATER, year_label

NAME_LENGTH = 500
# Operation goes on after the plan's last year.
YEARS_AFTER = 15
_PAYMENT = "payment "


def measure_form(head: PlanHead, measure: Measure | None = None, unit: str = "tkr") -> Form:
    """The form of a measure of the plan, with amounts typed in ``unit``.

    The measure decides which years its grants have columns for, besides those of the plan.
    """
    amount = Amount(unit)
    when = Year(offered=_offered_years(head, measure), first=head.first_year)
    return Form(
        Measure,
        sections=(
            Section(
                "The measure",
                (
                    Field("name", "Name", Text(NAME_LENGTH), required=True),
                    Field("description", "Description", Text(long=True)),
                    Field("sector", "Sector", Choice(of="sectors")),
                    Field("readiness", "Readiness", Choice(of="readiness")),
                    Field("project_number", "Project number", Text()),
                    Field("decision", "Decision", Text()),
                    Field("starts", "Work begins", Month(), help="Year and month: 2027-03"),
                    Field("in_service", "In service", Month(), help="Year and month: 2028-06"),
                    Field("lifetime_years", "Lifetime, years", Whole()),
                ),
            ),
            Section(
                "Who is responsible",
                (
                    Field("owner", "Owner", Choice(of="owners")),
                    Field("owner_kind", "Kind of owner", Choice(choices.OWNER_KINDS)),
                    Field("department", "Department or company", Text()),
                    Field("district", "District or locality", Text(NAME_LENGTH)),
                    Field("responsible", "Responsible", Text()),
                    Field("stakeholders", "Others involved", Text()),
                ),
            ),
            Section(
                "Money",
                (
                    Field("financing_form", "Form of financing", Choice(choices.FINANCING_FORMS)),
                    Field(
                        "investment_type", "Type of investment", Choice(choices.INVESTMENT_TYPES)
                    ),
                    Field(
                        "asset",
                        "Asset with VAT",
                        Choice(choices.ASSETS),
                        help="Whose VAT the municipality does not get back",
                    ),
                    Field("decided_total", "Total expenditure decided", amount),
                    Field("forecast_total", "Final cost forecast", amount),
                    Field("spent", "Spent so far", amount),
                    Field(
                        "alternative_investment",
                        "Investment otherwise",
                        amount,
                        help="What the owner would invest without the measure",
                    ),
                    Field("replaced_book_value", "Book value of what is replaced", amount),
                ),
            ),
            Section(
                "Green",
                (
                    Field("climate_marked", "Climate-marked in the budget", YesNo()),
                    Field(
                        "climate_share",
                        "Climate share",
                        Percent(),
                        help="What of the expenditure is for the climate",
                    ),
                    Field("green", "Green", YesNo()),
                    Field("green_category", "Green category", Choice(of="green_categories")),
                    Field("green_framework", "Green framework", Choice(of="green_frameworks")),
                    Field("green_share", "Green share", Percent()),
                ),
            ),
            Section(
                "Notes and source",
                (
                    Field("note", "Note", Text(long=True)),
                    Field("source_ref", "Source", Text()),
                    Field("flags", "Quality flags", Words()),
                ),
            ),
        ),
        tables=(
            Table("owner_shares", "Owner shares", OwnerShare, _OWNER_SHARES),
            Table("expenditures", "Expenditures", Expenditure, _expenditures(head, unit, when)),
            GrantTable(
                "grants",
                "Grants",
                Grant,
                _grants(unit, payment_years(head, measure)),
                hidden=("id",),
            ),
            Table("appropriations", "Appropriations", Appropriation, _appropriations(unit, when)),
            Table("running_costs", "Running costs", RunningCost, _running_costs(head, unit, when)),
            Table("components", "Components", Component, _COMPONENTS),
            EffectTable("effects", "Effects", Effect, _EFFECTS),
            ActivityTable("activities", "Activities", Activity, _ACTIVITIES),
            Table("green_steps", "Steps towards green finance", GreenStep, _GREEN_STEPS),
            Table("green_answers", "Screening questions", GreenAnswer, _GREEN_ANSWERS),
        ),
    )


def new_id(measure: Measure, taken: Iterable[str]) -> str:
    """An id for a new measure, from its project number and name, that no other has."""
    return free(slug(measure.project_number, measure.name), taken)


def free(wanted: str, taken: Iterable[str]) -> str:
    """``wanted``, or with the first number after it that nobody has taken."""
    taken, found, number = set(taken), wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def payment_years(head: PlanHead, measure: Measure | None) -> tuple[int, ...]:
    """The years that a grant may be paid in: the plan's, before, later, and those it has now."""
    years = {BEFORE, LATER, *range(head.first_year, head.last_year + 1)}
    if measure is not None:
        years |= {payment.year for grant in measure.grants for payment in grant.payments}
    return tuple(sorted(years))


def _offered_years(head: PlanHead, measure: Measure | None) -> tuple[int, ...]:
    """The years to choose from: around the plan's, and those that the measure has now."""
    years = {BEFORE, LATER, *range(head.base_year, head.last_year + YEARS_AFTER + 1)}
    if measure is not None:
        lists = (measure.expenditures, measure.appropriations, measure.running_costs)
        years |= {row.year for rows in lists for row in rows}
    return tuple(sorted(years))


@dataclass(frozen=True)
class GrantTable(Table):
    """Grants with a column for each year's payment; a new one gets its number from its source."""

    def value(self, row: Row, name: str) -> object:
        if not name.startswith(_PAYMENT):
            return getattr(row, name)
        year = name.removeprefix(_PAYMENT)
        paid = (each.amount for each in row.payments if year_label(each.year) == year)
        return next(paid, None)

    def build(self, values: Mapping[str, object], taken: Iterable[Row]) -> Row:
        payments = [
            {"year": name.removeprefix(_PAYMENT), "amount": value}
            for name, value in values.items()
            if name.startswith(_PAYMENT)
        ]
        own = {name: value for name, value in values.items() if not name.startswith(_PAYMENT)}
        wanted = str(own.get("id") or slug(str(own.get("source", ""))))
        own["id"] = free(wanted, (row.id for row in taken))
        return super().build(own | {"payments": payments}, taken)


@dataclass(frozen=True)
class EffectTable(Table):
    """Effects, each in its indicator's own unit."""

    def build(self, values: Mapping[str, object], taken: Iterable[Row]) -> Row:
        indicator = reference().indicators.get(str(values.get("indicator", "")))
        return super().build({**values, "unit": indicator.unit if indicator else ""}, taken)


@dataclass(frozen=True)
class ActivityTable(Table):
    """Activities, each in the unit of its kind."""

    def build(self, values: Mapping[str, object], taken: Iterable[Row]) -> Row:
        kind = reference().activities.get(str(values.get("kind", "")))
        return super().build({**values, "unit": kind.unit if kind else ""}, taken)


_OWNER_SHARES = (
    Field("owner", "Owner", Choice(of="owners"), required=True),
    Field("share", "Share", Percent(), required=True),
)
_EFFECTS = (
    Field("indicator", "Effect", Choice(of="indicators"), required=True),
    Field("basis", "How often", Choice(choices.BASES), required=True, begins="per_year"),
    Field("year", "Year", Year(open_ended=False)),
    Field("low", "Low", Quantity()),
    Field("mid", "Mid", Quantity(ranges=True)),
    Field("high", "High", Quantity()),
    Field("gas", "Gas", Choice(choices.GASES)),
    Field("boundary", "Boundary", Choice(choices.EFFECT_BOUNDARIES)),
    Field("method", "Method", Text()),
    Field("effect_group", "Shared effect", Text(), help="The same word for all who share it"),
    Field("note", "Note", Text()),
    Field("source_ref", "Source", Text()),
)
_ACTIVITIES = (
    Field("kind", "Activity", Choice(of="activities"), required=True),
    Field("low", "Low", Quantity()),
    Field("mid", "Mid", Quantity(ranges=True)),
    Field("high", "High", Quantity()),
    Field(
        "per",
        "Times",
        Quantity(),
        help="What the quantity is multiplied by: km per vehicle and year, minutes per person and "
        "week, or kWh saved per square metre",
    ),
    Field(
        "first_year",
        "First year",
        Year(open_ended=False),
        help="Empty: the year after the measure is taken into service",
    ),
    Field("last_year", "Last year", Year(open_ended=False), help="Empty: as long as it lives"),
    Field("from_carrier", "Saved or replaced", Choice(of="carriers")),
    Field(
        "from_rate",
        "Its consumption",
        Quantity(),
        help="l/100 km, kWh/100 km, Nm3/100 km, or kWh per square metre and year",
    ),
    Field(
        "from_factor",
        "Its emission factor",
        Choice(of="emission_factors"),
        help="Empty: the one of the plan's boundary in the year",
    ),
    Field("to_carrier", "Takes its place", Choice(of="carriers")),
    Field("to_rate", "Consumption of that", Quantity(), help="As for what is replaced"),
    Field("to_factor", "Emission factor of that", Choice(of="emission_factors")),
    Field("note", "Note", Text()),
    Field("source_ref", "Source", Text()),
)


_COMPONENTS = (
    Field("name", "Component", Text(NAME_LENGTH), required=True),
    Field("share", "Share of the investment", Percent(), required=True),
    Field("lifetime_years", "Lifetime, years", Whole()),
    Field("land", "Land", YesNo(), begins="no", quiet=True),
    Field("reinvested", "Reinvested when worn out", YesNo(), begins="no", quiet=True),
    Field("note", "Note", Text()),
    Field("source_ref", "Source", Text()),
)
_GREEN_STEPS = (
    Field("framework", "Green framework", Choice(of="green_frameworks"), required=True),
    Field("step", "Step", Choice(choices.GREEN_STEPS), required=True),
    Field("by", "By whom", Text(NAME_LENGTH), required=True),
    Field("on", "On", Day(), required=True),
    Field("note", "Note", Text()),
)
_GREEN_ANSWERS = (
    Field("framework", "Green framework", Choice(of="green_frameworks"), required=True),
    Field("question", "Question", Text(), required=True),
    Field("answer", "Answer", Choice(choices.GREEN_ANSWERS), required=True),
    Field("by", "By whom", Text()),
    Field("on", "On", Day()),
    Field("note", "Note", Text()),
)


def _prices(head: PlanHead) -> tuple[Field, ...]:
    return (
        Field(
            "price_level",
            "Price level",
            Choice(choices.PRICE_LEVELS),
            begins=head.price_level,
        ),
        Field(
            "price_year",
            "Price year",
            Year(open_ended=False),
            begins="" if head.price_year is None else str(head.price_year),
        ),
    )


def _expenditures(head: PlanHead, unit: str, when: Year) -> tuple[Field, ...]:
    return (
        Field("year", "Year", when, required=True),
        Field("low", "Low", Amount(unit)),
        Field(
            "mid",
            "Mid",
            Amount(unit, ranges=True),
            help="Empty when it is halfway between low and high, or not known",
        ),
        Field("high", "High", Amount(unit)),
        Field("kind", "Type", Choice(choices.EXPENDITURE_KINDS), begins="investment"),
        Field("paid", "Already paid", YesNo(), begins="no", quiet=True),
        Field("scope", "Scope", Choice(choices.SCOPES), begins="total", quiet=True),
        *_prices(head),
        Field("vat", "VAT", Choice(choices.VAT), begins=head.vat),
        Field("note", "Note", Text()),
        Field("source_ref", "Source", Text()),
    )


def _grants(unit: str, years: Iterable[int]) -> tuple[Field, ...]:
    return (
        Field("source", "Source of money", Choice(of="funding"), required=True),
        Field("status", "Status", Choice(choices.GRANT_STATUSES), required=True),
        Field("probability", "Probability", Percent()),
        *(Field(f"{_PAYMENT}{year_label(year)}", year_label(year), Amount(unit)) for year in years),
        Field("eligible_expenditure", "Eligible expenditure", Amount(unit)),
        Field("share", "Share of it", Percent()),
        Field("reference", "Reference number", Text()),
        Field("apply_by", "Apply by", Day()),
        Field("applied_on", "Applied on", Day()),
        Field("decided_on", "Decided on", Text()),
        Field("last_claim", "Last claim", Text()),
        Field("final_report", "Final report by", Day()),
        Field("aid_basis", "State aid rule", Text(), help="gber_36, de_minimis or none"),
        Field("aid_bonuses", "State aid bonuses", Words(), help="small, medium, area_a, area_c"),
        Field("conditions", "Conditions", Text()),
        Field("note", "Note", Text()),
        Field("source_ref", "Source", Text()),
    )


def _appropriations(unit: str, when: Year) -> tuple[Field, ...]:
    return (
        Field("year", "Year", when, required=True),
        Field("amount", "Amount", Amount(unit), required=True),
        Field("status", "Status", Choice(choices.APPROPRIATION_STATUSES), required=True),
        Field("basis", "Basis", Choice(choices.APPROPRIATION_BASES), begins="net"),
        Field(
            "carry_over",
            "Carried over",
            Amount(unit),
            help="What of it, if unspent, a decision moves to the next year",
        ),
        Field("decision", "Decision", Text()),
        Field("source_ref", "Source", Text()),
    )


def _running_costs(head: PlanHead, unit: str, when: Year) -> tuple[Field, ...]:
    return (
        Field("year", "Year", when, required=True),
        Field(
            "amount",
            "Amount",
            Amount(unit, negative=True),
            required=True,
            help="An increase is positive, a saving negative",
        ),
        Field("item", "Item", Choice(choices.RUNNING_COST_ITEMS), begins="other"),
        Field("department", "Department", Text()),
        Field("in_frame", "In the department's frame", YesNo()),
        *_prices(head),
        Field("note", "Note", Text()),
        Field("source_ref", "Source", Text()),
    )
