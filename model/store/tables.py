"""How the rows of :mod:`model.rows` lie in tables: the one place that both ways know.

A list of a row is a table of its own; ``position`` or ``line`` keeps the list's order. An ``id``
is called after what it names. Amounts travel as exact decimals, never by way of float.
"""

import duckdb
from duckdb import ColumnExpression, ConstantExpression, StarExpression

from model.emission_rows import (
    BaselineYear,
    BusinessAsUsual,
    EmissionBudget,
    EmissionSeries,
    EmissionTarget,
    Interaction,
)
from model.errors import InvalidData
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
from model.row import Row
from model.spend_rows import DepartmentBudget, Intensity, Spend
from model.workshop_rows import Workshop

Cursor = duckdb.DuckDBPyConnection

# The table of each list that a measure holds (grants have one more, grant_payment, below them).
LINES = {
    "owner_shares": "owner_share",
    "expenditures": "expenditure",
    "running_costs": "running_cost",
    "effects": "effect",
    "activities": "activity",
    "grants": "grants",
    "appropriations": "appropriation",
    "components": "component",
    "green_steps": "green_step",
    "green_answers": "green_answer",
}
# The table of each list that a plan holds besides measures, and the kind of its rows.
PLAN_LISTS: dict[str, tuple[str, type[Row]]] = {
    "programmes": ("programme", Programme),
    "prerequisites": ("prerequisite", Prerequisite),
    "loans": ("loan", Loan),
    "internal_flows": ("internal_flow", InternalFlow),
    "fee_years": ("fee_year", FeeYear),
    "financial_targets": ("financial_target", FinancialTarget),
    "agency_grants": ("agency_grant", AgencyGrant),
    "green_reports": ("green_report", GreenReport),
    "local_values": ("local_value", LocalValue),
    "baseline": ("baseline_year", BaselineYear),
    "business_as_usual": ("business_as_usual", BusinessAsUsual),
    "emission_series": ("emission_series", EmissionSeries),
    "emission_targets": ("emission_target", EmissionTarget),
    "interactions": ("interaction", Interaction),
    "emission_budgets": ("emission_budget", EmissionBudget),
    "spend": ("spend", Spend),
    "intensities": ("intensity", Intensity),
    "department_budgets": ("department_budget", DepartmentBudget),
    "scenarios": ("scenario", SavedScenario),
    "workshops": ("workshop", Workshop),
}


def insert(cursor: Cursor, table: str, rows: list[dict]) -> None:
    """Append rows to a table in one go. InvalidData for a figure that its column cannot hold."""
    if not rows:
        return
    import pyarrow as pa  # slow to import, and reading needs none of it

    columns = cursor.table(table).limit(0).to_arrow_table().schema
    try:
        batch = pa.Table.from_pylist(rows, schema=columns)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise InvalidData(
            "A figure in {table} does not fit the store, which keeps kronor with two decimals and "
            "quantities with six: {detail}",
            table=table,
            detail=str(error),
        ) from error
    cursor.from_arrow(batch).insert_into(table)


def select(cursor: Cursor, table: str, plan_id: str, measure_id: str | None = None) -> list[dict]:
    """Rows of a plan, or of one measure of it, in their order and without what only places them."""
    found = cursor.table(table).filter(_equals("plan_id", plan_id))
    if measure_id is not None:
        found = found.filter(_equals("measure_id", measure_id))
    placing = [name for name in ("plan_id", "position", "line") if name in found.columns]
    found = found.sort(placing[-1]).select(StarExpression(exclude=placing))
    names = found.columns
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _equals(column: str, value: str) -> duckdb.Expression:
    return ColumnExpression(column) == ConstantExpression(value)
