"""Bidragskalender: every grant with its days, and what may have to be paid back, with the reason.

The risk is worked out from what the plan says: what began before its decision, work that is
completed after the last claim, days that have passed, expenditure that has fallen below what the
grant was reckoned on, a lifetime shorter than what is paid must be kept. Where nothing of that is
found the risk is *none known*, which is not none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from model.errors import Violation
from model.funding_facts import Subject, Support, day
from model.funding_findings import Finding, digits
from model.rows import PlanHead

# Findings that are a reason to pay back or get less; the others are about getting it at all.
RISKS = ("started_before_decision", "claim_late", "claim_early", "keep", "lower_of")


@dataclass(frozen=True)
class Entry:
    """One grant's days as they are stated (empty where not), its amount in öre and its risks."""

    measure: str
    measure_name: str
    grant: str
    source: str
    status: str
    amount: int
    apply_by: str
    applied_on: str
    decided_on: str
    last_claim: str
    final_report: str
    risks: tuple[Violation, ...]

    def next_day(self, today: date) -> tuple[date, str] | None:
        """The next day to keep, and its field; None when no whole date lies ahead."""
        waiting = ("apply_by",) if self.status == "idea" else ()
        granted = ("last_claim", "final_report") if self.status == "granted" else ()
        dates = [
            (found, name)
            for name in (*waiting, *granted)
            if (found := day(getattr(self, name))) and found >= today
        ]
        return min(dates, default=None)


def calendar(
    subjects: list[Subject], findings: list[Finding], head: PlanHead, today: date
) -> list[Entry]:
    """Every grant, those with a day ahead first in order of it, then the plan's order."""
    by_grant: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_grant.setdefault((finding.measure, finding.grant), []).append(finding)
    entries = [
        Entry(
            measure=subject.id,
            measure_name=subject.name,
            grant=support.id,
            source=support.source,
            status=support.status,
            amount=support.amount,
            **{name: getattr(support.row, name) if support.row else "" for name in _DAYS},
            risks=(
                *(
                    found.violation
                    for found in by_grant.get((subject.id, support.id), ())
                    if found.code in RISKS
                ),
                *_risks(subject, support, head, today),
            ),
        )
        for subject in subjects
        for support in subject.supports
    ]
    far = date.max
    return sorted(entries, key=lambda each: (each.next_day(today) or (far, ""))[0])


def _risks(subject: Subject, support: Support, head: PlanHead, today: date) -> Iterator[Violation]:
    ref = f"{head.id}/{subject.id}/grants/{support.id}"
    row = support.row
    if row is None:
        return
    apply_by = day(row.apply_by)
    if support.status == "idea" and apply_by and apply_by < today:
        yield Violation(
            "warning",
            "apply_by_passed",
            f"{ref}/apply_by",
            "The last day to apply, {day}, has passed and nothing is applied for.",
            {"day": apply_by},
        )
    if support.status != "granted":
        return
    last, report = day(row.last_claim), day(row.final_report)
    if last and subject.row.in_service > f"{last:%Y-%m}":
        yield Violation(
            "warning",
            "completed_after_last_claim",
            f"{ref}/last_claim",
            "Completion {done} comes after the last claim {last}: what is spent later is not paid.",
            {"done": subject.row.in_service, "last": last},
        )
    elif last and not subject.row.in_service and subject.in_service > last.year:
        yield Violation(
            "warning",
            "completed_after_last_claim",
            f"{ref}/last_claim",
            "Completion {done} comes after the last claim {last}: what is spent later is not paid.",
            {"done": subject.in_service, "last": last},
        )
    for name, passed in (("last_claim", last), ("final_report", report)):
        if passed and passed < today:
            yield Violation(
                "warning",
                f"{name}_passed",
                f"{ref}/{name}",
                _PASSED[name],
                {"day": passed},
            )
    if support.eligible is not None and subject.known and support.eligible > subject.cost:
        yield Violation(
            "warning",
            "cost_below_eligible",
            f"{ref}/eligible_expenditure",
            "The expenditure is {cost} kronor and the grant was reckoned on {eligible}: it is cut "
            "pro rata.",
            {"cost": digits(subject.cost), "eligible": digits(support.eligible)},
        )


_DAYS = ("apply_by", "applied_on", "decided_on", "last_claim", "final_report")
_PASSED = {
    "last_claim": "The last claim {day} has passed: what is not claimed is lost.",
    "final_report": "The final report was due {day}: see that it is handed in.",
}
