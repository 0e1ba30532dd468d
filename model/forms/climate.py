"""The form of what departments may emit."""

from model.forms import choices
from model.forms.form import Field, Form, Table
from model.forms.kinds import Choice, Percent, Quantity, Text, Year
from model.forms.measure import NAME_LENGTH
from model.rows import DepartmentBudget, Row

PATHS = {"linear": "A straight line", "exponential": "The same share less every year"}


class DepartmentBudgets(Row):
    """The departments' budgets as one row, which is what a form makes."""

    rows: tuple[DepartmentBudget, ...] = ()


def department_budgets_form(unit: str = "tkr") -> Form:
    """What departments may emit. Tonnes, whatever the unit of amounts."""
    return Form(
        DepartmentBudgets,
        tables=(
            Table(
                "rows",
                "Emission budgets of departments",
                DepartmentBudget,
                (
                    Field("department", "Department", Text(NAME_LENGTH), required=True),
                    Field("gas", "Gas", Choice(choices.GASES), begins="co2e"),
                    Field("boundary", "Boundary", Choice(choices.EFFECT_BOUNDARIES), required=True),
                    Field("base_year", "Base year", Year(open_ended=False), required=True),
                    Field(
                        "base_tonnes",
                        "Tonnes in the base year",
                        Quantity(),
                        help="Empty: what its purchases emitted that year",
                    ),
                    Field("target_year", "Target year", Year(open_ended=False), required=True),
                    Field("reduction", "Reduction", Percent(), required=True),
                    Field("path", "Path", Choice(PATHS), begins="linear"),
                    Field("decision", "Decision", Text()),
                    Field("source_ref", "Source", Text()),
                ),
            ),
        ),
    )
