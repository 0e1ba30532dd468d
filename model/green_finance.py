"""Green finance of a plan on a day, in one of two modes: what is approved, what stands on which
measure, what could still be allocated, what waits, and the impact that is reported.

=================== ===============================================================================
approved_projects   a lender (Kommuninvest) approves whole projects and loans are attached to them
own_programme       the municipality issues bonds under its own framework and allocates a pool
=================== ===============================================================================

Worked out of rows as they stand, before any scenario. Amounts are whole öre, None not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from model.entries import GreenFramework
from model.errors import NotFound, Violation
from model.green_allocation import (
    LIVE,
    Line,
    Standing,
    Waiting,
    cap_limits,
    lines,
    propose,
    standings,
    waiting,
)
from model.green_eligibility import (
    eligible,
    granted,
    project_cost,
    screened,
    workflow,
)
from model.green_impact import Yearly, financed_shares, reported, whole, yearly
from model.green_result import (
    Approval,
    GreenFinance,
    Project,
    Proposal,
    Reported,
    Terms,
)
from model.money import split, to_kronor
from model.municipal_rows import GreenReport
from model.reference import Reference
from model.rows import Measure, PlanDocument
from model.validate_green import validate_green
from model.validate_lists import validate_list
from model.validate_rules import QUANTITY_DECIMALS


def frameworks_of(mode: str, known: Reference) -> dict[str, GreenFramework]:
    """The versions of frameworks in a mode, by key."""
    return {key: each for key, each in known.green_frameworks.items() if each.mode == mode}


def grid_factors(known: Reference) -> tuple[str, ...]:
    """The emission factors of electricity that a report may be made by."""
    return tuple(
        key
        for key, each in known.assumptions.items()
        if each.emission and each.emission.carrier == "electricity" and each.unit == "g CO2e/kWh"
    )


def green_finance(document: PlanDocument, terms: Terms, known: Reference) -> GreenFinance:
    """A plan's green finance by the terms. NotFound for a framework that the mode does not have."""
    framework = _framework(document, terms, known)
    terms = _filled_in(terms, framework)
    factor = _factor(terms, known)
    loans = {loan.id: loan for loan in document.loans}
    every = standings(document.loans, terms.on)
    in_mode = [each for each in every if _mode(each, known) == terms.mode]
    taken: dict[str, int] = {}
    on_measure: dict[str, list[tuple[Standing, Line]]] = {}
    approved: dict[tuple[str, str], int | None] = {}
    for standing in every:
        attached = lines(standing, loans, terms.on)
        approved |= _approved(standing, attached)
        for line in attached:
            taken[line.measure] = taken.get(line.measure, 0) + line.amount
            on_measure.setdefault(line.measure, []).append((standing, line))
    projects = _projects(document, terms, framework, taken, known)
    effects = yearly(document.measures, factor)
    found = [
        row
        for measure in document.measures
        for row in _reported(
            measure, on_measure.get(measure.id, ()), approved, effects, terms, known
        )
        if _mode(row.standing, known) == terms.mode
    ]
    held = [
        waited
        for each in in_mode
        if (waited := waiting(each, _deadline(each, known), terms.on)) is not None
    ]
    return GreenFinance(
        terms=terms,
        framework=framework,
        grid_factor=factor,
        standings=tuple(in_mode),
        projects=tuple(projects),
        approvals=_approvals(in_mode, found),
        reported=tuple(found),
        waiting=tuple(held),
        proposals=tuple(_proposals(held, in_mode, projects, found, known)),
        findings=tuple(_findings(document, known)),
    )


def _framework(document: PlanDocument, terms: Terms, known: Reference) -> GreenFramework:
    """The named version, or of the mode's the latest in force: the loans' own before others."""
    versions = frameworks_of(terms.mode, known)
    if terms.framework:
        if terms.framework not in versions:
            raise NotFound(
                "There is no framework {framework} in this mode; there are {known}.",
                framework=terms.framework,
                known=", ".join(versions),
            )
        return versions[terms.framework]
    used = [loan.framework for loan in document.loans if loan.framework in versions]
    used += [each.green_framework for each in document.measures]
    own = {versions[key].issuer for key in used if key in versions}

    def rank(each: GreenFramework) -> tuple:
        return each.issuer in own, each.in_force(terms.on), each.since or date.min

    return max(versions.values(), key=rank)


def _filled_in(terms: Terms, framework: GreenFramework) -> Terms:
    """What the framework says goes before what is asked of the user."""
    return replace(
        terms,
        framework=framework.key,
        look_back_months=(
            terms.look_back_months
            if framework.look_back_months is None
            else framework.look_back_months
        ),
        denominator=framework.denominator or terms.denominator or "gross",
        grid_factor=terms.grid_factor or framework.grid_factor or "plan",
    )


def _factor(terms: Terms, known: Reference) -> Decimal | None:
    if terms.grid_factor == "plan":
        return None
    if terms.grid_factor not in known.assumptions:
        raise NotFound(
            "There is no emission factor {factor}; there are {known}.",
            factor=terms.grid_factor,
            known=", ".join(grid_factors(known)),
        )
    # A year whose value was not found takes the last that was, and the report says which.
    return known.assumptions[terms.grid_factor].latest.value


def _mode(standing: Standing, known: Reference) -> str:
    found = known.green_frameworks.get(standing.loan.framework)
    return found.mode if found else ""


def _deadline(standing: Standing, known: Reference) -> int | None:
    return known.green_frameworks[standing.loan.framework].allocation_deadline_months


def _projects(
    document: PlanDocument,
    terms: Terms,
    framework: GreenFramework,
    taken: Mapping[str, int],
    known: Reference,
) -> list[Project]:
    """The plan's green measures, and others that loans stand on; largest room first."""
    found = [
        Project(
            measure,
            eligible(measure, framework, known.owners, terms.on, terms.look_back_months),
            workflow(measure, framework.key, framework),
            taken.get(measure.id, 0),
        )
        for measure in document.measures
        if measure.green_category or measure.green or measure.id in taken
    ]
    return sorted(found, key=lambda each: (-(each.left or 0), each.measure.name, each.measure.id))


def _reported(
    measure: Measure,
    standing_lines: Sequence[tuple[Standing, Line]],
    approved: Mapping[tuple[str, str], int | None],
    effects: Mapping[str, Yearly],
    terms: Terms,
    known: Reference,
) -> list[Reported]:
    """A measure's lines, of both modes: the lenders' shares are cut together."""
    cost = project_cost(measure)
    if cost is not None and terms.denominator == "net_of_grants":
        cost = max(cost - granted(measure), 0)
    outstanding = [line.reported for _standing, line in standing_lines]
    cost = whole(outstanding, cost)
    shares = financed_shares(outstanding, cost)
    activities = screened(measure, known.green_frameworks)
    return [
        Reported(
            line,
            standing,
            measure,
            approved[standing.loan.id, line.measure],
            cost,
            share,
            effects[measure.id],
            reported(effects[measure.id].tonnes, share),
            activities,
        )
        for (standing, line), share in zip(standing_lines, shares, strict=True)
    ]


def _approved(standing: Standing, attached: Sequence[Line]) -> dict[tuple[str, str], int | None]:
    """A loan's approval shared out over its projects, pro rata to what stands on each."""
    amounts = np.array([line.amount for line in attached], dtype=np.int64)
    if standing.approved is None or not amounts.sum():
        return {(line.loan, line.measure): None for line in attached}
    parts = split(np.int64(standing.approved), amounts)
    return {
        (line.loan, line.measure): int(part) for line, part in zip(attached, parts, strict=True)
    }


def _approvals(in_mode: Sequence[Standing], found: Sequence[Reported]) -> tuple[Approval, ...]:
    """Approved, attached, outstanding and left, by project; what is attached to none comes last."""

    def total(amounts: Iterable[int | None]) -> int | None:
        listed = list(amounts)
        return None if None in listed else sum(listed)

    by_measure: dict[str, list[Reported]] = {}
    for row in found:
        by_measure.setdefault(row.measure.id, []).append(row)
    attached = [
        Approval(
            measure,
            tuple(row.line.loan for row in rows),
            total(row.approved for row in rows),
            sum(row.line.amount for row in rows),
            total(row.line.reported for row in rows),
        )
        for measure, rows in by_measure.items()
    ]
    used = {row.line.loan for row in found}
    return (
        *attached,
        *(
            Approval("", (each.loan.id,), each.approved, 0, each.outstanding)
            for each in in_mode
            if each.state in LIVE and each.loan.id not in used
        ),
    )


def _proposals(
    held: Sequence[Waiting],
    in_mode: Sequence[Standing],
    projects: Sequence[Project],
    found: Sequence[Reported],
    known: Reference,
) -> list[Proposal]:
    """What waits, the oldest first, shared out over approved projects with room."""
    rooms = {each.measure.id: each.left or 0 for each in projects if each.workflow.approved}
    category = {each.measure.id: each.measure.green_category for each in projects}
    proposed = []
    for waited in sorted(held, key=lambda each: (each.since or date.max, each.loan)):
        loan = next(each.loan for each in in_mode if each.loan.id == waited.loan)
        framework = known.green_frameworks[loan.framework]
        limits = {}
        if framework.mode == "own_programme" and framework.caps:
            own = [each for each in in_mode if each.loan.framework == loan.framework]
            allocated: dict[str, int] = {}
            for row in found:
                if row.standing.loan.framework == loan.framework:
                    of = category[row.measure.id]
                    allocated[of] = allocated.get(of, 0) + row.line.amount
            limits = cap_limits(
                {cap.category: cap.share for cap in framework.caps},
                sum(each.disbursed or 0 for each in own if each.state in LIVE),
                allocated,
            )
        ids = [key for key in rooms if category[key] in framework.categories]
        amounts = propose(
            waited.amount, [rooms[key] for key in ids], [category[key] for key in ids], limits
        )
        for key, amount in zip(ids, amounts, strict=True):
            rooms[key] -= amount
        placed = tuple((key, part) for key, part in zip(ids, amounts, strict=True) if part)
        proposed.append(
            Proposal(waited.loan, placed, waited.amount - sum(part for _, part in placed))
        )
    return proposed


def _findings(document: PlanDocument, known: Reference) -> list[Violation]:
    ids = [measure.id for measure in document.measures]
    return [
        *validate_list("loans", document.loans, document.plan, known, ids),
        *validate_green(document.loans, document.measures, document.plan, known),
    ]


def to_keep(
    found: GreenFinance, reports: Sequence[GreenReport], by: str, note: str = ""
) -> GreenReport:
    """What is reported now as a row to keep: another edition where its year has one already."""
    year, mode = found.terms.on.year, found.terms.mode
    editions = [each.edition for each in reports if (each.year, each.mode) == (year, mode)]
    by_factor = found.grid_factor is not None
    return GreenReport(
        year=year,
        edition=max(editions, default=0) + 1,
        mode=mode,
        on=found.terms.on.isoformat(),
        denominator=found.terms.denominator,
        grid_factor=found.terms.grid_factor if by_factor else "",
        factor=found.grid_factor,
        allocated=to_kronor(found.allocated),
        outstanding=None if found.outstanding is None else to_kronor(found.outstanding),
        project_tonnes=_rounded(found.project_tonnes),
        tonnes=_rounded(found.tonnes),
        by=by,
        note=note,
    )


def _rounded(tonnes: float | None) -> Decimal | None:
    return None if tonnes is None else round(Decimal(str(tonnes)), QUANTITY_DECIMALS)
