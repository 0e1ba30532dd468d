"""The lists that a plan holds besides measures, as forms: one place that screens go through.

A list is edited as one row (:class:`ListForm`): ``whole`` makes it of the plan's rows, ``rows``
takes them out again. A new list is one entry in ``LISTS``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model.forms.climate import DepartmentBudgets, department_budgets_form
from model.forms.emissions import (
    Baselines,
    BusinessesAsUsual,
    EmissionBudgets,
    EmissionSeriesRows,
    EmissionTargets,
    Interactions,
    baseline_form,
    business_as_usual_form,
    emission_budgets_form,
    emission_series_form,
    emission_targets_form,
    interactions_form,
)
from model.forms.form import Form
from model.forms.loans import GreenReports, Loans, green_reports_form, loans_form
from model.forms.municipal import (
    FeeYears,
    FinancialTargets,
    InternalFlows,
    LocalValues,
    fee_years_form,
    financial_targets_form,
    internal_flows_form,
    local_values_form,
)
from model.forms.plan import Prerequisites, Programmes, prerequisites_form, programmes_form
from model.row import Row
from model.rows import PlanDocument


@dataclass(frozen=True)
class ListForm:
    """A list of ``PlanDocument`` as a form. ``title``, ``empty`` and ``changed`` are English
    msgids: its heading, what is said where it has no rows, and what the journal says was done.

    ``form`` takes the unit of amounts and the plan, whose loans and measures it may offer; without
    a plan it offers nothing and only reads.
    """

    title: str
    empty: str
    changed: str
    form: Callable[[str, PlanDocument | None], Form]
    whole: Callable[[Iterable[Row | Mapping]], Row]
    rows: Callable[[Row], tuple[Row, ...]]


def _of_rows(kind: type[Row]) -> dict:
    """A form whose row holds the list as ``rows``."""
    return {"whole": lambda rows: kind(rows=tuple(rows)), "rows": lambda row: row.rows}


def _loans_form(unit: str, document: PlanDocument | None) -> Form:
    if document is None:
        return loans_form(unit)
    return loans_form(
        unit,
        {loan.id: loan.name for loan in document.loans},
        {measure.id: measure.name for measure in document.measures},
    )


LISTS: Mapping[str, ListForm] = MappingProxyType(
    {
        "programmes": ListForm(
            "Programmes: money that is not shared out among measures",
            "No programmes are entered.",
            "changed the programmes",
            lambda unit, document: programmes_form(unit),
            **_of_rows(Programmes),
        ),
        "prerequisites": ListForm(
            "Prerequisites: the municipality's own figures year by year",
            "No prerequisites are entered.",
            "changed the prerequisites",
            lambda unit, document: prerequisites_form(unit),
            **_of_rows(Prerequisites),
        ),
        "loans": ListForm(
            "Loans and bonds, and what green ones finance",
            "No loans are entered.",
            "changed the loans",
            _loans_form,
            whole=Loans.of,
            rows=lambda row: row.joined,
        ),
        "internal_flows": ListForm(
            "Money within the group",
            "No lending, contributions, rents or interest within the group is entered.",
            "changed the money within the group",
            lambda unit, document: internal_flows_form(unit),
            **_of_rows(InternalFlows),
        ),
        "fee_years": ListForm(
            "Fee-financed operations, year by year",
            "No fee-financed operation is entered.",
            "changed the fee-financed operations",
            lambda unit, document: fee_years_form(unit),
            **_of_rows(FeeYears),
        ),
        "financial_targets": ListForm(
            "The council's financial targets",
            "No financial targets are entered.",
            "changed the financial targets",
            lambda unit, document: financial_targets_form(unit),
            **_of_rows(FinancialTargets),
        ),
        "local_values": ListForm(
            "The plan's own values of assumptions",
            "No value of its own is entered: the shared assumptions hold.",
            "changed the plan's own values of assumptions",
            lambda unit, document: local_values_form(),
            **_of_rows(LocalValues),
        ),
        "green_reports": ListForm(
            "Green finance reports that were made",
            "No report is kept yet.",
            "changed the green finance reports",
            lambda unit, document: green_reports_form(unit),
            **_of_rows(GreenReports),
        ),
        "baseline": ListForm(
            "Emissions: what was emitted, by sector and year",
            "No emissions are entered.",
            "changed the emissions",
            lambda unit, document: baseline_form(),
            **_of_rows(Baselines),
        ),
        "business_as_usual": ListForm(
            "Emissions without the plan: how they go on",
            "Nothing is chosen: every sector follows its trend.",
            "changed how emissions go on without the plan",
            lambda unit, document: business_as_usual_form(),
            **_of_rows(BusinessesAsUsual),
        ),
        "emission_series": ListForm(
            "Drivers and given paths that emissions follow",
            "No driver and no path is entered.",
            "changed the drivers of emissions",
            lambda unit, document: emission_series_form(),
            **_of_rows(EmissionSeriesRows),
        ),
        "emission_targets": ListForm(
            "Climate targets of the plan's own",
            "No target of the plan's own is entered.",
            "changed the climate targets",
            lambda unit, document: emission_targets_form(),
            **_of_rows(EmissionTargets),
        ),
        "interactions": ListForm(
            "Measures that do less together than each alone",
            "No measures are said to do less together.",
            "changed which measures do less together",
            lambda unit, document: interactions_form(
                {each.id: each.name for each in document.measures} if document else {}
            ),
            **_of_rows(Interactions),
        ),
        "emission_budgets": ListForm(
            "Carbon budgets",
            "No carbon budget is entered.",
            "changed the carbon budgets",
            lambda unit, document: emission_budgets_form(),
            **_of_rows(EmissionBudgets),
        ),
        "department_budgets": ListForm(
            "What departments may emit: emission budgets",
            "No department has an emission budget.",
            "changed the departments' emission budgets",
            lambda unit, document: department_budgets_form(unit),
            **_of_rows(DepartmentBudgets),
        ),
    }
)
