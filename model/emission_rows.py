"""The rows of a plan that say what is emitted, what would be without the measures, and what is
aimed for. Lists of the municipality's own, as those of :mod:`model.municipal_rows`.

Every row names its gas and boundary, and rows that differ there are never added.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.row import Name, Quantity, Row, Share, Slug, Text

Gas = Literal["co2e", "fossil_co2"]
# What is counted: within the borders, by residents, by the municipality itself, or by its group.
Boundary = Literal["territorial", "consumption", "organisation", "municipal_group"]
AimBoundary = Literal["organisation", "municipal_group", "territory", "city", "residents"]
UsualMethod = Literal["trend", "level", "driver", "given"]

CalendarYear = Annotated[int, Field(ge=1900, lt=2200)]
Tonnes = Annotated[Quantity, Field(ge=0, le=Decimal("1e12"))]
Positive = Annotated[Quantity, Field(gt=0, le=Decimal("1e12"))]


class BaselineYear(Row):
    """Tonnes emitted in a year. ``sector`` is a key of ``ned_sectors``, empty for all together."""

    sector: str = ""
    year: CalendarYear
    gas: Gas = "co2e"
    boundary: Boundary = "territorial"
    tonnes: Tonnes
    source_ref: Text = ""


class BusinessAsUsual(Row):
    """How a sector's emissions go on without the plan; without a sector, all that have no own row.

    ======== ===========================================================================
    trend    the yearly change fitted to ``first_year``–``last_year``, from the latest year on
    level    as in the latest year
    driver   as the series changes, to the power of ``elasticity`` (1 where not said)
    given    the series itself, in tonnes
    ======== ===========================================================================
    """

    sector: str = ""
    gas: Gas = "co2e"
    boundary: Boundary = "territorial"
    method: UsualMethod
    first_year: CalendarYear | None = None
    last_year: CalendarYear | None = None
    series: str = ""
    elasticity: Annotated[Quantity, Field(ge=-10, le=10)] | None = None
    note: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _consistent(self):
        if self.method in ("driver", "given") and not self.series:
            raise ValueError(f"the method {self.method} needs a series: name it")
        if self.first_year and self.last_year and self.first_year >= self.last_year:
            raise ValueError("a trend runs from a year to a later one")
        return self


class EmissionSeries(Row):
    """A year of a series that business as usual follows: residents, an index, or tonnes."""

    series: Name
    year: CalendarYear
    value: Positive
    unit: Text = ""
    source_ref: Text = ""


class EmissionTarget(Row):
    """A target of the plan's own. ``reduction`` is a share of the emissions in ``base_year``.

    ``net_zero`` alone says that sinks are to be as large as what is still emitted.
    """

    name: Name
    year: CalendarYear
    boundary: AimBoundary = "territory"
    gas: Gas = "co2e"
    reduction: Share | None = None
    base_year: CalendarYear | None = None
    tonnes: Tonnes | None = None
    net_zero: bool = False
    decision: Literal["decided", "proposed", "stated"] = "stated"
    note: Text = ""
    source_ref: Text = ""

    @model_validator(mode="after")
    def _says_a_level(self):
        if self.reduction is not None and self.base_year is None:
            raise ValueError("a reduction needs the year that it is counted from")
        if self.reduction is not None and self.tonnes is not None:
            raise ValueError("a target is a reduction or tonnes, not both")
        return self


class Interaction(Row):
    """Two measures that do less together: both at once give ``share`` of their sum of tonnes."""

    first: Slug
    second: Slug
    share: Share
    note: Text = ""
    source_ref: Text = ""

    @property
    def id(self) -> str:
        """What the pair is called in a finding."""
        return f"{self.first}-{self.second}"


class EmissionBudget(Row):
    """What may still be emitted from a year on, t. ``first_year_emission`` is that year's part.

    ``last_year`` is the last year of the method with an end.
    """

    gas: Gas = "fossil_co2"
    boundary: Boundary = "territorial"
    remaining: Positive
    from_year: CalendarYear
    first_year_emission: Positive | None = None
    last_year: CalendarYear | None = None
    note: Text = ""
    source_ref: Text = ""
