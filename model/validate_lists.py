"""What the lists that a plan holds besides measures must satisfy beyond their own form.

Pure, and told like :mod:`model.validate`. ``measures`` are the ids of the plan's measures, for the
lists whose rows name one.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

from model import validate_spend, validate_workshops
from model.errors import Violation
from model.factors import implausible
from model.green_eligibility import version_in_force
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
from model.reference import Reference
from model.row import Row
from model.rows import PlanHead
from model.saved_scenarios import named_in, resolved
from model.validate_emissions import EMISSION_LISTS
from model.validate_rules import impossible_years, too_exact, twice, unknown_keys

# The modes of a green framework under which money is lent.
LENDING = ("approved_projects", "own_programme")
# Which measures a row names, for the lists whose rows name any.
NAMING_LISTS: dict[str, Callable[[Row], set[str]]] = {
    "loans": lambda loan: {allocation.measure for allocation in loan.allocations},
    "agency_grants": lambda grant: {grant.measure} if grant.measure else set(),
    "interactions": lambda pair: {pair.first, pair.second},
    "scenarios": named_in,
}


def validate_list(
    name: str,
    rows: Iterable[Row],
    head: PlanHead,
    known: Reference,
    measures: Collection[str],
    saved: Collection[str] = (),
) -> list[Violation]:
    """Every finding in one of a plan's lists, by its name in ``PlanDocument``. ``saved`` are the
    ids of the scenarios that the plan keeps, which its workshops may name."""
    rows = tuple(rows)
    found = list(PLAN_LISTS[name](rows, head, known))
    if name == "workshops":
        found += validate_workshops.scenarios(rows, head, {*known.scenarios, *saved})
    for row in rows if name in NAMING_LISTS else ():
        for measure in sorted(NAMING_LISTS[name](row) - set(measures)):
            found.append(
                Violation(
                    "error",
                    "unknown_measure",
                    f"{head.id}/{name}/{row.id}",
                    "The plan has no measure {measure}: choose one that it has.",
                    {"measure": measure},
                )
            )
    return found


def _programmes(
    programmes: tuple[Programme, ...], head: PlanHead, known: Reference
) -> list[Violation]:
    """Every finding in the programmes of a plan."""
    keys = [(f"programmes/{each.id}/source", "funding", each.source) for each in programmes]
    return [
        *unknown_keys(head.id, keys, known),
        *twice(f"{head.id}/programmes", [each.id for each in programmes]),
        *impossible_years(f"{head.id}/programmes", [each.year for each in programmes]),
    ]


def _prerequisites(
    prerequisites: tuple[Prerequisite, ...], head: PlanHead, known: Reference
) -> list[Violation]:
    """Every finding in the municipality's own figures."""
    at = f"{head.id}/prerequisites"
    return [
        *twice(at, [f"{each.level} {each.year}" for each in prerequisites]),
        *impossible_years(at, [each.year for each in prerequisites]),
        *(
            found
            for each in prerequisites
            for found in too_exact(
                f"{at}/{each.level}/{each.year}",
                {
                    "internal_interest": each.internal_interest,
                    "average_interest": each.average_interest,
                    "price_index": each.price_index,
                },
            )
        ),
    ]


def _loans(loans: tuple[Loan, ...], head: PlanHead, known: Reference) -> Iterator[Violation]:
    at = f"{head.id}/loans"
    keys = [(f"loans/{loan.id}/framework", "green_frameworks", loan.framework) for loan in loans]
    yield from unknown_keys(head.id, keys, known)
    yield from twice(at, [loan.id for loan in loans])
    ids = {loan.id for loan in loans}
    for loan in loans:
        yield from too_exact(f"{at}/{loan.id}", {"interest": loan.interest})
        if loan.refinances and (loan.refinances not in ids or loan.refinances == loan.id):
            yield Violation(
                "error",
                "unknown_loan",
                f"{at}/{loan.id}/refinances",
                "{refinances} is no other loan of the plan: name the loan that this one replaces.",
                {"refinances": loan.refinances},
            )
        allocated = sum(allocation.amount for allocation in loan.allocations)
        if loan.disbursed is not None and allocated > loan.disbursed:
            yield Violation(
                "error",
                "more_allocated_than_disbursed",
                f"{at}/{loan.id}/allocations",
                "{allocated} kronor are allocated, and {disbursed} are paid out: allocate no more "
                "than that.",
                {"allocated": allocated, "disbursed": loan.disbursed},
            )
        yield from _framework_dates(f"{at}/{loan.id}", loan, known)


def _framework_dates(at: str, loan: Loan, known: Reference) -> Iterator[Violation]:
    """The framework's version is that of the day of approval, and of the day of the loan."""
    framework = known.green_frameworks.get(loan.framework)
    if framework is None:
        return
    if framework.mode not in LENDING:
        yield Violation(
            "error",
            "framework_lends_nothing",
            f"{at}/framework",
            "{framework} is no lender's or issuer's framework: choose the one that the loan is "
            "taken under.",
            {"framework": framework.name},
        )
        return
    for field, severity in (("approved_on", "error"), ("issued_on", "warning")):
        day = getattr(loan, field)
        if not day or framework.in_force(date.fromisoformat(day)):
            continue
        other = version_in_force(known.green_frameworks, framework, date.fromisoformat(day))
        yield Violation(
            severity,
            "framework_not_in_force",
            f"{at}/{field}",
            "{framework} was not in force on {day}: expected {other}. Choose that version, or mend "
            "the date.",
            {
                "framework": framework.name,
                "day": day,
                "other": known.green_frameworks[other].name if other else "–",
            },
        )


def _internal_flows(
    flows: tuple[InternalFlow, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/internal_flows"
    yield from impossible_years(at, [flow.year for flow in flows])
    for position, flow in enumerate(flows):
        if flow.payer == flow.receiver:
            yield Violation(
                "error",
                "same_payer_and_receiver",
                f"{at}/{position}",
                "{name} cannot pay itself: name two parts of the group.",
                {"name": flow.payer},
            )


def _fee_years(years: tuple[FeeYear, ...], head: PlanHead, known: Reference) -> Iterator[Violation]:
    at = f"{head.id}/fee_years"
    yield from twice(at, [f"{year.form} {year.year}" for year in years])
    yield from impossible_years(at, [year.year for year in years])
    for year in years:
        yield from too_exact(f"{at}/{year.form}/{year.year}", {"interest": year.interest})


def _financial_targets(
    targets: tuple[FinancialTarget, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/financial_targets"
    yield from twice(at, [f"{target.level} {target.kind}" for target in targets])
    for target in targets:
        yield from too_exact(f"{at}/{target.level}/{target.kind}", {"limit": target.limit})


def _scenarios(
    rows: tuple[SavedScenario, ...], head: PlanHead, known: Reference
) -> Iterable[Violation]:
    return resolved(rows, known, plan_id=head.id).found if rows else ()


def _agency_grants(
    grants: tuple[AgencyGrant, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    keys = [(f"agency_grants/{grant.id}", "funding", grant.programme) for grant in grants]
    yield from unknown_keys(head.id, keys, known)
    yield from twice(f"{head.id}/agency_grants", [grant.id for grant in grants])


def _green_reports(
    reports: tuple[GreenReport, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/green_reports"
    keys = [("grid_factor", "assumptions", report.grid_factor) for report in reports]
    yield from unknown_keys(at, keys, known)
    yield from twice(at, [f"{each.mode} {each.year} {each.edition}" for each in reports])
    yield from impossible_years(at, [report.year for report in reports])
    for each in reports:
        yield from too_exact(
            f"{at}/{each.year}",
            {
                "factor": each.factor,
                "project_tonnes": each.project_tonnes,
                "tonnes": each.tonnes,
            },
        )


def _local_values(
    values: tuple[LocalValue, ...], head: PlanHead, known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/local_values"
    keys = [(f"{each.assumption}/{each.year}", "assumptions", each.assumption) for each in values]
    yield from unknown_keys(at, keys, known)
    yield from twice(at, [f"{each.assumption} {each.year}" for each in values])
    yield from impossible_years(at, [each.year for each in values])
    for each in values:
        place = f"{at}/{each.assumption}/{each.year}"
        yield from too_exact(place, {name: getattr(each, name) for name in ("low", "mid", "high")})
        if (assumption := known.assumptions.get(each.assumption)) is None:
            continue
        if each.unit not in ("", assumption.unit):
            yield Violation(
                "error",
                "wrong_unit",
                f"{place}/unit",
                "{assumption} is stated in {unit}, and the assumption is in {expected}: convert "
                "the value, or choose another assumption.",
                {
                    "assumption": assumption,
                    "unit": each.unit,
                    "expected": assumption.unit,
                },
            )
        for reason in implausible(assumption, each, known.carriers, known.assumptions):
            yield reason.at(place)
        if known.units[assumption.unit].money and each.price_year is None:
            yield Violation(
                "error",
                "no_price_year",
                f"{place}/price_year",
                "{assumption} is money and has no price year: state the year whose prices it is "
                "in.",
                {"assumption": assumption},
            )


PLAN_LISTS: dict[str, Callable[..., Iterable[Violation]]] = {
    "programmes": _programmes,
    "prerequisites": _prerequisites,
    "loans": _loans,
    "internal_flows": _internal_flows,
    "fee_years": _fee_years,
    "financial_targets": _financial_targets,
    "agency_grants": _agency_grants,
    "green_reports": _green_reports,
    "local_values": _local_values,
    **EMISSION_LISTS,
    "spend": validate_spend.spend,
    "intensities": validate_spend.intensities,
    "department_budgets": validate_spend.department_budgets,
    "scenarios": _scenarios,
    "workshops": validate_workshops.workshops,
}
