"""The forms of the municipality's money write every row and read it back equal."""

import pytest

from model.forms.municipal import (
    FeeYears,
    FinancialTargets,
    InternalFlows,
    fee_years_form,
    financial_targets_form,
    internal_flows_form,
)
from model.reference import plan_documents

EXAMPLE = next(each for each in plan_documents() if each.plan.id == "exempelkommunen")
LISTS = {
    "internal_flows": (InternalFlows, internal_flows_form),
    "fee_years": (FeeYears, fee_years_form),
    "financial_targets": (FinancialTargets, financial_targets_form),
}


@pytest.mark.parametrize("unit", ["kr", "tkr", "mnkr"])
@pytest.mark.parametrize("name", LISTS)
def test_what_a_form_writes_it_reads_again(name, unit):
    whole, form = LISTS[name]
    rows = whole(rows=getattr(EXAMPLE, name))
    made = form(unit)
    answer = made.read(made.write(rows), original=rows)
    assert answer.violations == ()
    assert answer.value == rows


@pytest.mark.parametrize("name", LISTS)
def test_every_field_of_a_row_stands_in_its_form(name):
    whole, form = LISTS[name]
    (table,) = form().tables
    assert {field.name for field in table.fields} == set(table.row.model_fields)
    assert whole.model_fields["rows"].annotation == tuple[table.row, ...]
