"""What green loans and measures must satisfy together: pure, and told like :mod:`model.validate`.

Every allocation is judged on its own day, or its loan's: outlay spent by then, less granted grants
and what other green loans had on the measure. An error stops the loans from being saved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from model.errors import Violation
from model.green_allocation import Line, lines, standings
from model.green_eligibility import (
    UNKNOWN,
    Eligible,
    eligible,
    left_for,
    project_cost,
    workflow,
)
from model.money import kronor_text, scale, to_ore
from model.municipal_rows import Loan
from model.reference import Reference
from model.rows import Measure, PlanHead


def validate_green(
    loans: Sequence[Loan], measures: Iterable[Measure], head: PlanHead, known: Reference
) -> list[Violation]:
    """Every finding in what the loans finance. Allocations to measures that the plan has not are
    found elsewhere (:func:`model.validate_lists.validate_list`)."""
    by_id = {measure.id: measure for measure in measures}
    green = [loan for loan in loans if loan.framework in known.green_frameworks]
    return [
        *(
            found
            for loan in green
            for allocation in loan.allocations
            if allocation.measure in by_id
            for found in _allocation(head, loan, by_id[allocation.measure], loans, known)
        ),
        *_shares(head, loans, by_id),
        *_caps(head, green, by_id, known),
    ]


def allocation_day(loan: Loan, measure: str) -> date:
    """The day of a loan's allocation to a measure: its own, or the loan's, or the last of all."""
    said = next((each.on for each in loan.allocations if each.measure == measure), "")
    day = said or loan.issued_on
    return date.fromisoformat(day) if day else date.max


def others_on(measure: str, loan: Loan, loans: Sequence[Loan], on: date) -> int:
    """What other green loans have on a measure on a day, öre; not what this one replaces."""
    by_id = {each.id: each for each in loans}
    return sum(
        line.amount
        for standing in standings(loans, on)
        if standing.loan.id not in (loan.id, loan.refinances)
        for line in lines(standing, by_id, on)
        if line.measure == measure
    )


def _allocation(
    head: PlanHead, loan: Loan, measure: Measure, loans: Sequence[Loan], known: Reference
) -> Iterator[Violation]:
    at = f"{head.id}/loans/{loan.id}/allocations/{measure.id}"
    framework = known.green_frameworks[loan.framework]
    on = allocation_day(loan, measure.id)
    amount = next(each.amount for each in loan.allocations if each.measure == measure.id)
    found = eligible(measure, framework, known.owners, on, framework.look_back_months)
    fields = {"loan": loan.name, "measure": measure.name}
    if found.reason == "one_off":
        yield Violation(
            "error",
            "green_loan_for_operation",
            at,
            "{loan} cannot be allocated to {measure}: one-off operating expenditure and studies "
            "are never green and take no loan. Take the allocation away.",
            fields,
        )
        return
    yield from _amount(at, found, to_ore(amount), others_on(measure.id, loan, loans, on), fields)
    if not workflow(measure, loan.framework, framework).approved:
        yield Violation(
            "warning",
            "not_committee_approved",
            at,
            "{loan} is allocated to {measure}, which has no approval by the committee under "
            "{framework}: enter the step, or take the allocation away.",
            {**fields, "framework": framework.name},
        )


def _amount(at: str, found: Eligible, amount: int, others: int, fields: Mapping) -> Iterator:
    if found.reason in UNKNOWN:
        yield Violation(
            "warning",
            "eligible_unknown",
            at,
            "{loan} is allocated to {measure}, of which nobody knows what may be financed green: "
            "enter its green share, its owners' shares and what is spent.",
            dict(fields),
        )
        return
    left = left_for(found.eligible, 0, others)
    if amount > left:
        yield Violation(
            "error",
            "allocation_above_eligible",
            at,
            "{loan}: {amount} kronor are allocated to {measure}, and {left} may be: spent outlay "
            "{green}, less grants {grants} and other green loans {others}. Allocate no more.",
            {
                **fields,
                "amount": kronor_text(amount),
                "left": kronor_text(left),
                "green": kronor_text(found.green or 0),
                "grants": kronor_text(found.grants),
                "others": kronor_text(others),
            },
        )


def _shares(
    head: PlanHead, loans: Sequence[Loan], measures: Mapping[str, Measure]
) -> Iterator[Violation]:
    """All that stands on a project at once is no more than the project costs."""
    by_id = {loan.id: loan for loan in loans}
    # Judged on the last day that any allocation names, when most stands at once.
    days = [allocation_day(loan, each.measure) for loan in loans for each in loan.allocations]
    on = max(days, default=date.max)
    standing: dict[str, list[Line]] = {}
    for each in standings(loans, on):
        for line in lines(each, by_id, on):
            standing.setdefault(line.measure, []).append(line)
    for key, found in standing.items():
        cost = project_cost(measures[key]) if key in measures else None
        financed = sum(line.amount for line in found)
        if cost is not None and financed > cost:
            yield Violation(
                "error",
                "share_above_whole",
                f"{head.id}/loans/{found[-1].loan}/allocations/{key}",
                "Green loans of {financed} kronor stand on {measure}, which costs {cost}: a share "
                "is at most 100 %. Take some away.",
                {
                    "measure": measures[key].name,
                    "financed": kronor_text(financed),
                    "cost": kronor_text(cost),
                },
            )


def _caps(
    head: PlanHead, loans: Sequence[Loan], measures: Mapping[str, Measure], known: Reference
) -> Iterator[Violation]:
    """A programme's own volume keeps its caps. A lender's cap is of all that it lends."""
    for key in dict.fromkeys(loan.framework for loan in loans):
        framework = known.green_frameworks[key]
        own = [loan for loan in loans if loan.framework == key]
        if framework.mode != "own_programme" or any(loan.disbursed is None for loan in own):
            continue
        volume = sum(to_ore(loan.disbursed) for loan in own)
        for cap in framework.caps:
            found = sum(
                to_ore(each.amount)
                for loan in own
                for each in loan.allocations
                if each.measure in measures
                and measures[each.measure].green_category == cap.category
            )
            limit = int(scale(volume, float(cap.share)))
            if found > limit:
                yield Violation(
                    "error",
                    "category_above_cap",
                    f"{head.id}/loans",
                    "{amount} kronor stand in {category}, which may have {limit} of what is issued "
                    "under {framework}: allocate less there.",
                    {
                        "amount": kronor_text(found),
                        "category": known.green_categories[cap.category].name,
                        "limit": kronor_text(limit),
                        "framework": framework.name,
                    },
                )
