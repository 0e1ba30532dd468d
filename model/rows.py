"""What a plan is made of, one class per row. The one definition that files, workbooks, the store,
the command line and the edit forms share. What is the municipality's and no measure's stands in
:mod:`model.municipal_rows`.

A measure holds everything that belongs to it, so it is also the unit in which a plan is changed and
in which the journal keeps old and new. Amounts are kronor; ``None`` means not known and is never
read as zero. Field names are those of the tables in ``store/sql``.
"""

from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from model.emission_rows import (
    BaselineYear,
    BusinessAsUsual,
    EmissionBudget,
    EmissionSeries,
    EmissionTarget,
    Interaction,
)
from model.money import ORE, Money
from model.municipal_rows import (
    AgencyGrant,
    FeeYear,
    FinancialTarget,
    GreenReport,
    InternalFlow,
    Loan,
    LocalValue,
    Prerequisite,
    Programme,
    SavedScenario,
)
from model.row import Day, Month, Name, NotNegative, OptionalName, Quantity, Row, Share, Slug, Text
from model.spend_rows import DepartmentBudget, Intensity, Spend
from model.workshop_rows import Workshop
from model.years import Year

OwnerKind = Literal["public", "private", "mixed"]
Readiness = Literal[
    "idea",
    "study",
    "pilot",
    "total_decision",
    "appropriation",
    "start_permit",
    "procured",
    "in_service",
]
PriceLevel = Literal["nominal", "real", "unknown"]
Vat = Literal["excluded", "included", "unknown"]
GrantStatus = Literal["granted", "applied", "idea"]
GREEN_STEPS = ("identified", "environment_verified", "finance_selected", "committee_approved")


class _Range(Row):
    """Low, mid and high of one figure.

    ``mid`` alone is a point value. ``low`` and ``high`` give a mid halfway between them. ``low``
    alone is a lower bound (*minst*), and mid is that bound. Nothing at all is not known.
    """

    @model_validator(mode="before")
    @classmethod
    def _fill_mid(cls, data: object) -> object:
        if not isinstance(data, dict) or data.get("mid") is not None or data.get("low") is None:
            return data
        try:
            low, high = Decimal(str(data["low"])), data.get("high")
            mid = low if high is None else (low + Decimal(str(high))) / 2
            if cls._money:
                mid = mid.quantize(ORE, ROUND_HALF_UP)
        except ArithmeticError as error:
            raise ValueError(
                f"low and high are no numbers to count with: {data['low']!r}, {data.get('high')!r}"
            ) from error
        return {**data, "mid": mid}

    _money: ClassVar[bool] = False

    @model_validator(mode="after")
    def _ordered(self):
        if self.low is None and self.high is None:
            return self
        known = [value for value in (self.low, self.mid, self.high) if value is not None]
        if known != sorted(known):
            raise ValueError(
                f"low, mid and high are not in order: {self.low}, {self.mid}, {self.high}"
            )
        if self.high is not None and self.low is None:
            raise ValueError("high is given without low")
        return self

    @property
    def is_lower_bound(self) -> bool:
        """Only a lower bound is known: shown as *minst*."""
        return self.low is not None and self.high is None


class Expenditure(_Range):
    """What is to be paid in a year for a measure. ``paid`` is already paid, whoever paid it."""

    _money: ClassVar[bool] = True

    kind: Literal["investment", "avoided_investment", "one_off_operating"] = "investment"
    scope: Literal["total", "incremental"] = "total"
    year: Year
    low: Money | None = None
    mid: Money | None = None
    high: Money | None = None
    paid: bool = False
    price_level: PriceLevel = "unknown"
    price_year: int | None = None
    vat: Vat = "unknown"
    note: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _sane(self):
        if self.mid is not None and (self.mid < 0 or (self.low is not None and self.low < 0)):
            raise ValueError(
                "an expenditure is not negative: income is a grant, a saving a running cost"
            )
        if self.price_level == "real" and self.price_year is None:
            raise ValueError("a real amount needs its price year")
        return self


class RunningCost(Row):
    """Yearly change in running cost; negative is a saving."""

    item: Literal["operation", "maintenance", "energy", "rent", "lease", "income", "other"] = (
        "other"
    )
    department: Text = ""
    year: Year
    amount: Money
    in_frame: bool | None = None
    price_level: PriceLevel = "unknown"
    price_year: int | None = None
    note: Text = ""
    source_ref: Text = ""


class Effect(_Range):
    """A physical change. ``basis`` says whether it comes every year, once, or is not said."""

    indicator: str
    unit: str
    year: Year | None = None
    low: Quantity | None = None
    mid: Quantity | None = None
    high: Quantity | None = None
    basis: Literal["per_year", "once", "unclear"]
    gas: Literal["co2e", "fossil_co2", ""] = ""
    boundary: Literal["territorial", "consumption", "organisation", ""] = ""
    method: Text = ""
    effect_group: Text = ""
    note: Text = ""
    source_ref: Text = ""


class Activity(_Range):
    """What is known of a measure instead of its effect: yearly, of a kind in ``data/activities``.

    ``per`` is a second figure that the quantity is multiplied by (km per vehicle). What is saved
    is of ``from_carrier``, what takes its place of ``to_carrier``; ``from_rate`` and ``to_rate``
    are their consumption, ``from_factor`` and ``to_factor`` name emission factors to count with.
    ``first_year`` is the year after the measure is in service where it is not said.
    """

    kind: str
    unit: str
    low: Quantity | None = None
    mid: Quantity | None = None
    high: Quantity | None = None
    per: Quantity | None = None
    first_year: Year | None = None
    last_year: Year | None = None
    from_carrier: str = ""
    to_carrier: str = ""
    from_rate: Quantity | None = None
    to_rate: Quantity | None = None
    from_factor: str = ""
    to_factor: str = ""
    note: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _sane(self):
        figures = (self.low, self.mid, self.per, self.from_rate, self.to_rate)
        if any(figure is not None and figure < 0 for figure in figures):
            raise ValueError("an activity is not negative: state what is saved or replaced")
        if None not in (self.first_year, self.last_year) and self.last_year < self.first_year:
            raise ValueError("an activity ends before it begins")
        return self


class Payment(Row):
    """Money of a grant that arrives in a year."""

    year: Year
    amount: NotNegative


class Grant(Row):
    """Money from a source outside the budget. ``source`` is a key of ``data/funding``.

    The grant is the lower of what the payments sum to and ``share`` times the actual eligible
    expenditure. An application has a probability; what it is not said for is unknown.

    ``aid_basis`` is the rule by which support to an undertaking is lawful: an article's key in
    ``state_aid`` (``gber_36``), ``de_minimis``, or ``none`` where no market is concerned; with
    ``aid_bonuses`` that raise the article's share.
    """

    id: Slug
    source: str
    status: GrantStatus
    payments: tuple[Payment, ...] = Field(min_length=1)
    probability: Share | None = None
    eligible_expenditure: NotNegative | None = None
    share: Share | None = None
    reference: Text = ""
    apply_by: Day = ""
    applied_on: Day = ""
    decided_on: str = ""
    last_claim: str = ""
    final_report: Day = ""
    aid_basis: str = ""
    aid_bonuses: tuple[Literal["small", "medium", "area_a", "area_c"], ...] = ()
    conditions: Text = ""
    note: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _probability_only_of_applications(self):
        if self.probability is not None and self.status == "granted":
            raise ValueError("what is granted has no probability")
        years = [payment.year for payment in self.payments]
        if len(years) != len(set(years)):
            raise ValueError("a grant has two payments in one year")
        return self


class Appropriation(Row):
    """The council's decision to spend: of one year, gross or net of grants.

    ``carry_over`` is the part that, if unspent, a decision moves to the next year.
    """

    year: Year
    basis: Literal["gross", "net"] = "net"
    status: Literal["decided", "planned", "requested"]
    amount: NotNegative
    carry_over: NotNegative = Decimal(0)
    decision: Text = ""
    source_ref: Text = ""


class Component(Row):
    """A part of an asset with a life of its own; land is not depreciated and has none.

    ``share`` is of the investment. What is ``reinvested`` is bought anew, at the same price, when
    its life is over.
    """

    name: Name
    share: Share
    lifetime_years: Annotated[int, Field(ge=1, le=200)] | None = None
    land: bool = False
    reinvested: bool = False
    note: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _land_or_life(self):
        if self.land == (self.lifetime_years is not None):
            raise ValueError("a component has a lifetime, or is land, which has none")
        return self


class GreenStep(Row):
    """A step of a measure's way to green finance, who took it and when."""

    framework: str
    step: Literal[GREEN_STEPS]
    by: Name
    on: Day
    note: Text = ""

    @model_validator(mode="after")
    def _dated(self):
        if not self.on:
            raise ValueError("a step has a date: when it was taken")
        return self


class GreenAnswer(Row):
    """An answer to a screening question of a framework (``data/green_frameworks``)."""

    framework: str
    question: str
    answer: Literal["yes", "no", "unclear"]
    by: Text = ""
    on: Day = ""
    note: Text = ""


class OwnerShare(Row):
    """The part of a measure's expenditure that one owner pays."""

    owner: str
    share: Share


# What tells the rows of a measure apart.
_OWNER, _ID, _NAME = attrgetter("owner"), attrgetter("id"), attrgetter("name")
_EXPENDITURE = attrgetter("kind", "scope", "year", "paid")
_APPROPRIATION = attrgetter("year", "basis", "status")
_STEP, _QUESTION = attrgetter("framework", "step"), attrgetter("framework", "question")


class Measure(Row):
    """One thing to do, with all that belongs to it. ``id`` is unique in its plan.

    ``district`` is the part of the municipality that it is for: *stadsdel eller ort*.
    """

    id: Slug
    name: Name
    description: Text = ""
    sector: str = ""
    owner: str = ""
    owner_kind: OwnerKind | None = None
    owner_shares: tuple[OwnerShare, ...] = ()
    department: Text = ""
    district: OptionalName = ""
    responsible: Text = ""
    stakeholders: Text = ""
    project_number: Text = ""
    financing_form: Literal["tax", "water", "waste", "district_heating", "development", ""] = ""
    investment_type: Literal["new", "reinvestment", "adaptation", ""] = ""
    readiness: Readiness | None = None
    decision: Text = ""
    lifetime_years: Annotated[int, Field(ge=1, le=200)] | None = None
    starts: Month = ""
    in_service: Month = ""
    asset: Literal["dwelling", "passenger_car", ""] = ""
    decided_total: NotNegative | None = None
    forecast_total: NotNegative | None = None
    spent: NotNegative | None = None
    replaced_book_value: NotNegative | None = None
    alternative_investment: NotNegative | None = None
    climate_marked: bool | None = None
    climate_share: Share | None = None
    green: bool | None = None
    green_category: str = ""
    green_framework: str = ""
    green_share: Share | None = None
    flags: tuple[str, ...] = ()
    note: Text = ""
    source_ref: Text = ""
    expenditures: tuple[Expenditure, ...] = ()
    running_costs: tuple[RunningCost, ...] = ()
    effects: tuple[Effect, ...] = ()
    activities: tuple[Activity, ...] = ()
    grants: tuple[Grant, ...] = ()
    appropriations: tuple[Appropriation, ...] = ()
    components: tuple[Component, ...] = ()
    green_steps: tuple[GreenStep, ...] = ()
    green_answers: tuple[GreenAnswer, ...] = ()

    @model_validator(mode="after")
    def _consistent(self):
        if self.owner_shares and sum(part.share for part in self.owner_shares) != 1:
            raise ValueError("the owners' shares do not add up to 1")
        if self.components and sum(part.share for part in self.components) != 1:
            raise ValueError("the components' shares do not add up to 1")
        for what, rows, key in (
            ("owner", self.owner_shares, _OWNER),
            ("grant id", self.grants, _ID),
            ("expenditure", self.expenditures, _EXPENDITURE),
            ("appropriation", self.appropriations, _APPROPRIATION),
            ("component", self.components, _NAME),
            ("step towards green finance", self.green_steps, _STEP),
            ("screening question", self.green_answers, _QUESTION),
        ):
            if len(rows) > 1 and len(set(map(key, rows))) != len(rows):
                raise ValueError(f"the same {what} stands twice")
        return self


class PlanHead(Row):
    """A plan without its measures. ``calculation_rate`` is real and socio-economic.

    ``emission_boundary`` is what its emission factors count: where the energy is used (``ttw``, as
    territorial statistics do), from well to wheel, or over the life cycle; empty where not said.
    """

    id: Slug
    name: Name
    municipality: str
    base_year: int
    first_year: int
    last_year: int
    price_level: PriceLevel = "unknown"
    price_year: int | None = None
    vat: Vat = "unknown"
    system_boundary: Literal["organisation", "municipal_group", "territory"]
    emission_boundary: Literal["ttw", "wtw", "lca", ""] = ""
    calculation_rate: Quantity = Decimal("0.035")
    example: bool = False
    note: Text = ""
    source: Text = ""

    @model_validator(mode="after")
    def _years_in_order(self):
        if not self.base_year <= self.first_year <= self.last_year:
            raise ValueError("expected base year <= first year <= last year")
        return self


class PlanDocument(Row):
    """A whole plan as one document: what a plan file holds and a new plan is made of.

    What it lists besides measures is the municipality's own: :mod:`model.municipal_rows` and
    :mod:`model.spend_rows`.
    """

    plan: PlanHead
    measures: tuple[Measure, ...] = ()
    programmes: tuple[Programme, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    loans: tuple[Loan, ...] = ()
    internal_flows: tuple[InternalFlow, ...] = ()
    fee_years: tuple[FeeYear, ...] = ()
    financial_targets: tuple[FinancialTarget, ...] = ()
    agency_grants: tuple[AgencyGrant, ...] = ()
    green_reports: tuple[GreenReport, ...] = ()
    local_values: tuple[LocalValue, ...] = ()
    baseline: tuple[BaselineYear, ...] = ()
    business_as_usual: tuple[BusinessAsUsual, ...] = ()
    emission_series: tuple[EmissionSeries, ...] = ()
    emission_targets: tuple[EmissionTarget, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    emission_budgets: tuple[EmissionBudget, ...] = ()
    spend: tuple[Spend, ...] = ()
    intensities: tuple[Intensity, ...] = ()
    department_budgets: tuple[DepartmentBudget, ...] = ()
    scenarios: tuple[SavedScenario, ...] = ()
    workshops: tuple[Workshop, ...] = ()

    @model_validator(mode="after")
    def _unique(self):
        ids = [measure.id for measure in self.measures]
        twice = sorted({i for i in ids if ids.count(i) > 1}) if len(ids) != len(set(ids)) else []
        if twice:
            raise ValueError(f"two measures have the id {', '.join(twice)}")
        return self
