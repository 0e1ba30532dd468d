"""The forms of a plan besides its measures: its head, programmes and yearly prerequisites."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from model.forms import choices
from model.forms.form import Answer, Draft, Field, Form, Section, Table
from model.forms.kinds import Amount, Choice, Code, Percent, Quantity, Text, Whole, Year
from model.forms.measure import NAME_LENGTH, free
from model.intake.slugs import slug
from model.language import DEFAULT, Language
from model.rows import PlanHead, Prerequisite, Programme, Row

LARGEST_RATE = Decimal("0.3")


class Programmes(Row):
    """The programmes of a plan as one row, which is what a form makes."""

    rows: tuple[Programme, ...] = ()


class Prerequisites(Row):
    """The municipality's own figures as one row."""

    rows: tuple[Prerequisite, ...] = ()


@dataclass(frozen=True)
class ProgrammeTable(Table):
    """Programmes; a new one gets its id from its name."""

    def build(self, values: Mapping[str, object], taken: Iterable[Row]) -> Row:
        wanted = str(values.get("id") or slug(str(values.get("name", ""))))
        return super().build({**values, "id": free(wanted, (row.id for row in taken))}, taken)


_WHEN = Section(
    "Years",
    (
        Field("base_year", "Base year", Year(open_ended=False), required=True),
        Field("first_year", "First year of the plan", Year(open_ended=False), required=True),
        Field("last_year", "Last year of the plan", Year(open_ended=False), required=True),
    ),
)
_NAME = Field("name", "Name of the plan", Text(NAME_LENGTH), required=True)
_CODE = Field(
    "municipality",
    "Municipality code",
    Code(),
    help="Four digits, such as 1283 for Helsingborg",
)
_TERMS = (
    Field("price_level", "Price level", Choice(choices.PRICE_LEVELS), begins="nominal"),
    Field("price_year", "Price year", Year(open_ended=False)),
    Field("vat", "VAT", Choice(choices.VAT), begins="excluded"),
    Field(
        "system_boundary",
        "System boundary",
        Choice(choices.SYSTEM_BOUNDARIES),
        required=True,
        begins="municipal_group",
    ),
    Field(
        "emission_boundary",
        "Emissions counted",
        Choice(choices.EMISSION_BOUNDARIES),
        help="What the emission factors of activities count; needed for tonnes from activities",
    ),
    Field("calculation_rate", "Calculation rate, real", Percent(LARGEST_RATE), required=True),
)

HEAD = Form(
    PlanHead,
    sections=(
        Section("Plan", (_NAME, _CODE)),
        _WHEN,
        Section("Terms", _TERMS),
        Section(
            "Notes and source",
            (
                Field("note", "Note", Text(long=True)),
                Field("source", "Source", Text(long=True)),
            ),
        ),
    ),
)


NEW = Form(PlanHead, sections=(Section("Plan", (_NAME, _CODE)), _WHEN, Section("Terms", _TERMS)))


def begun(base_year: int, first_year: int, last_year: int) -> Draft:
    """The form of a plan that does not stand yet, over these years."""
    years = {"base_year": base_year, "first_year": first_year, "last_year": last_year}
    rate = Percent().write(PlanHead.model_fields["calculation_rate"].default)
    return NEW.blank(**{name: str(year) for name, year in years.items()}, calculation_rate=rate)


def read_new(draft: Draft, taken: Iterable[str], language: Language = DEFAULT) -> Answer:
    """The head of a new plan, with an id from its name that no plan in ``taken`` has."""
    name = draft.fields.get("name", "")
    return NEW.read(draft, kept={"id": free(slug(name) or "plan", taken)}, language=language)


def programmes_form(unit: str = "tkr") -> Form:
    """Money for groups of measures, not yet shared out among them."""
    return Form(
        Programmes,
        tables=(
            ProgrammeTable(
                "rows",
                "Programmes",
                Programme,
                (
                    Field("name", "Name", Text(NAME_LENGTH), required=True),
                    Field("source", "Source of money", Choice(of="funding"), required=True),
                    Field("status", "Status", Choice(choices.PROGRAMME_STATUSES), required=True),
                    Field("year", "Year", Year(), required=True),
                    Field("amount", "Amount", Amount(unit), required=True),
                    Field("note", "Note", Text()),
                    Field("source_ref", "Source", Text()),
                ),
                hidden=("id",),
            ),
        ),
    )


def prerequisites_form(unit: str = "tkr") -> Form:
    """The municipality's own figures, one row per year and level."""
    signed = Amount(unit, negative=True)
    amounts = {
        "taxes_and_grants": "Taxes and grants",
        "result": "Result of the year",
        "depreciation": "Depreciation",
        "dissolved_grants": "Dissolved grants",
        "other_funds": "Other own funds",
        "opening_debt": "Opening debt",
        "debt_ceiling": "Debt ceiling",
        "tax_krona": "One tax krona",
    }
    return Form(
        Prerequisites,
        tables=(
            Table(
                "rows",
                "Prerequisites",
                Prerequisite,
                (
                    Field("year", "Year", Year(open_ended=False), required=True),
                    Field("level", "Level", Choice(choices.LEVELS), begins="municipality"),
                    *(Field(name, label, signed) for name, label in amounts.items()),
                    Field("internal_interest", "Internal interest", Percent(LARGEST_RATE)),
                    Field("average_interest", "Average interest on debt", Percent(LARGEST_RATE)),
                    Field("price_index", "Price index", Quantity()),
                    Field("residents", "Residents", Whole()),
                    Field("water_customers", "Water customers", Whole()),
                    Field("source_ref", "Source", Text()),
                ),
            ),
        ),
    )
