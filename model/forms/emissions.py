"""The forms of emissions: what was emitted, how it goes on, targets and carbon budgets."""

from collections.abc import Mapping

from model.emission_rows import (
    BaselineYear,
    BusinessAsUsual,
    EmissionBudget,
    EmissionSeries,
    EmissionTarget,
    Interaction,
)
from model.forms.form import Field, Form, Table
from model.forms.kinds import Choice, Percent, Quantity, Text, Year, YesNo
from model.row import Row

GASES = {"co2e": "Greenhouse gases (CO2e)", "fossil_co2": "Fossil CO2"}
BOUNDARIES = {
    "territorial": "The municipality as a territory",
    "consumption": "Residents, wherever the emissions are",
    "organisation": "The municipal organisation",
    "municipal_group": "The municipal group",
}
AIM_BOUNDARIES = {
    "territory": BOUNDARIES["territorial"],
    "city": "The city within the municipality",
    "residents": BOUNDARIES["consumption"],
    "organisation": BOUNDARIES["organisation"],
    "municipal_group": BOUNDARIES["municipal_group"],
}
METHODS = {
    "trend": "Trend",
    "level": "As now",
    "driver": "By a driver",
    "given": "Given path",
}
DECISIONS = {"decided": "Decided", "proposed": "Proposed", "stated": "Stated"}
GAS = Field("gas", "Gas", Choice(GASES), begins="co2e")
BOUNDARY = Field("boundary", "Boundary", Choice(BOUNDARIES), begins="territorial")
SECTOR = Field(
    "sector", "Sector of the database", Choice(of="ned_sectors"), help="Empty: all together"
)
NOTE, SOURCE = Field("note", "Note", Text()), Field("source_ref", "Source", Text())


class Baselines(Row):
    """What was emitted, as one row: what a form makes."""

    rows: tuple[BaselineYear, ...] = ()


class BusinessesAsUsual(Row):
    """How emissions go on without the plan, as one row."""

    rows: tuple[BusinessAsUsual, ...] = ()


class EmissionSeriesRows(Row):
    """The series that business as usual follows, as one row."""

    rows: tuple[EmissionSeries, ...] = ()


class EmissionTargets(Row):
    """The plan's own targets as one row."""

    rows: tuple[EmissionTarget, ...] = ()


class Interactions(Row):
    """Measures that do less together, as one row."""

    rows: tuple[Interaction, ...] = ()


class EmissionBudgets(Row):
    """The plan's carbon budgets as one row."""

    rows: tuple[EmissionBudget, ...] = ()


def baseline_form() -> Form:
    """Tonnes by sector and year."""
    return _list(
        Baselines,
        "Emissions year by year",
        BaselineYear,
        SECTOR,
        Field("year", "Year", Year(open_ended=False), required=True),
        GAS,
        BOUNDARY,
        Field("tonnes", "Tonnes", Quantity(), required=True),
        SOURCE,
    )


def business_as_usual_form() -> Form:
    """How each sector goes on without the plan."""
    return _list(
        BusinessesAsUsual,
        "Emissions without the plan",
        BusinessAsUsual,
        SECTOR,
        GAS,
        BOUNDARY,
        Field("method", "Method", Choice(METHODS), required=True),
        Field("first_year", "Trend from", Year(open_ended=False)),
        Field("last_year", "Trend until", Year(open_ended=False)),
        Field("series", "Series", Text(), help="Of a driver or a given path: its name below"),
        Field("elasticity", "Elasticity", Quantity(), help="1 where nothing is said"),
        NOTE,
        SOURCE,
    )


def emission_series_form() -> Form:
    """Drivers and given paths, year by year."""
    return _list(
        EmissionSeriesRows,
        "Drivers and given paths",
        EmissionSeries,
        Field("series", "Series", Text(), required=True),
        Field("year", "Year", Year(open_ended=False), required=True),
        Field("value", "Value", Quantity(), required=True),
        Field("unit", "Unit", Text(), help="t for a given path"),
        SOURCE,
    )


def emission_targets_form() -> Form:
    """Climate targets."""
    return _list(
        EmissionTargets,
        "Climate targets",
        EmissionTarget,
        Field("name", "Name", Text(), required=True),
        Field("year", "Year", Year(open_ended=False), required=True),
        Field("boundary", "Boundary", Choice(AIM_BOUNDARIES), begins="territory"),
        GAS,
        Field("reduction", "Reduction", Percent()),
        Field("base_year", "Since", Year(open_ended=False)),
        Field("tonnes", "Or tonnes at most", Quantity()),
        Field("net_zero", "Net zero", YesNo(), begins="no"),
        Field("decision", "How firm", Choice(DECISIONS), begins="stated"),
        NOTE,
        SOURCE,
    )


def interactions_form(measures: Mapping[str, str]) -> Form:
    """Pairs of measures. ``measures`` are names by id."""
    chosen = Choice(measures, named=True)
    return _list(
        Interactions,
        "Measures that do less together",
        Interaction,
        Field("first", "Measure", chosen, required=True),
        Field("second", "And measure", chosen, required=True),
        Field(
            "share",
            "Together of their sum",
            Percent(),
            required=True,
            help="100 % where they do not touch each other",
        ),
        NOTE,
        SOURCE,
    )


def emission_budgets_form() -> Form:
    """Carbon budgets."""
    return _list(
        EmissionBudgets,
        "Carbon budgets",
        EmissionBudget,
        Field("gas", "Gas", Choice(GASES), begins="fossil_co2"),
        BOUNDARY,
        Field("remaining", "Left to emit, t", Quantity(), required=True),
        Field("from_year", "From year", Year(open_ended=False), required=True),
        Field("first_year_emission", "The first year's emission, t", Quantity()),
        Field("last_year", "Last year of a path with an end", Year(open_ended=False)),
        NOTE,
        SOURCE,
    )


def _list(whole: type[Row], label: str, row: type[Row], *fields: Field) -> Form:
    return Form(whole, tables=(Table("rows", label, row, fields),))
