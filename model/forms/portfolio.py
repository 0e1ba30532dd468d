"""The form of what agencies have granted, with the measure that each grant belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.forms.form import Field, Form, Table
from model.forms.kinds import Amount, Choice, Day, Text
from model.forms.measure import NAME_LENGTH, free
from model.intake.slugs import slug
from model.row import Row
from model.rows import AgencyGrant


class AgencyGrants(Row):
    """The list as one row, which is what a form makes."""

    rows: tuple[AgencyGrant, ...] = ()


@dataclass(frozen=True)
class AgencyGrantTable(Table):
    """Grants; one written by hand gets its id from agency and title."""

    def build(self, values: Mapping[str, object], taken: Iterable[Row]) -> Row:
        wanted = str(values.get("id") or slug(str(values["agency"]), str(values["title"])))
        return super().build({**values, "id": free(wanted, (row.id for row in taken))}, taken)


def agency_grants_form(measures: Mapping[str, str], unit: str = "tkr") -> Form:
    """``measures`` are the plan's measures, name by id."""
    return Form(
        AgencyGrants,
        tables=(
            AgencyGrantTable(
                "rows",
                "Granted by agencies",
                AgencyGrant,
                (
                    Field("title", "Title", Text(NAME_LENGTH), required=True),
                    Field("measure", "Measure", Choice(measures)),
                    Field("organisation", "Organisation", Text()),
                    Field("agency", "Agency", Text(NAME_LENGTH), required=True),
                    Field("amount", "Amount", Amount(unit)),
                    Field("granted_on", "Granted on", Day()),
                    Field("source_ref", "Source", Text()),
                ),
                hidden=(
                    *("id", "programme", "reference", "category", "ends_on", "status", "note"),
                ),
            ),
        ),
    )
