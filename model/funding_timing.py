"""When: begun before the decision, claimed in time, kept long enough."""

from collections.abc import Iterator

from model.funding_facts import day
from model.funding_findings import Finding, percent

# Stages at which work is done or ordered.
BEGUN = ("procured", "in_service")


def begun(subject, support, head, known, about) -> Iterator[Finding]:
    """What began before the decision, where the source pays nothing for that.

    Begun means work or a binding order; what is paid may be preparation, which is not.
    """
    if not support.scheme.not_started:
        return
    decided, starts = support.decided_on, subject.row.starts
    rule = {"rule": "started_before_decision"}
    if decided is None and support.status == "granted":
        if starts or subject.readiness in BEGUN or subject.paid_before_plan:
            yield about.mind(
                "decision_unknown",
                "The measure has begun or will begin, and the day of the decision is not stated: "
                "enter it.",
                **rule,
            )
        return
    if decided is not None and starts and starts < f"{decided:%Y-%m}":
        yield about.breaks(
            "started_before_decision",
            "The measure starts {starts}, before the decision of {decided}.",
            starts=starts,
            decided=decided,
        )
    elif decided is None and subject.readiness in BEGUN:
        yield about.breaks(
            "started_before_decision",
            "The measure is procured or in service, and nothing is decided yet.",
        )
    elif (
        decided is None
        and starts
        and support.applied_on
        and starts < support.applied_on.strftime("%Y-%m")
    ):
        yield about.breaks(
            "started_before_decision",
            "The measure starts {starts}, before the application of {applied}.",
            starts=starts,
            applied=support.applied_on,
        )
    elif decided is None and subject.paid_before_plan:
        yield about.mind(
            "start_unknown",
            "Something is paid already and nothing is decided: show that it is preparation only.",
            **rule,
        )


def dates(subject, support, head, known, about) -> Iterator[Finding]:
    """When the grant is claimed and paid, and how long what it paid for is kept."""
    scheme, last = support.scheme, day(support.row.last_claim) if support.row else None
    done = subject.row.in_service
    if scheme.claim_months and last and done:
        year, month = (int(part) for part in done.split("-"))
        months = (last.year - year) * 12 + last.month - month
        if months > scheme.claim_months:
            yield about.mind(
                "claim_late",
                "The last claim is {last}, more than {months} months after completion {done}.",
                rule="claim",
                last=last,
                months=scheme.claim_months,
                done=done,
            )
    if scheme.advance_share and subject.in_service:
        before = sum(
            amount for year, amount in support.payments.items() if year < subject.in_service
        )
        if before * 100 > support.stated * scheme.advance_share * 100:
            yield about.mind(
                "claim_early",
                "{found} kronor are paid out before the year of completion: at most {share} % of "
                "the grant is.",
                rule="claim",
                found=before,
                share=percent(scheme.advance_share),
            )
    life = subject.lifetime
    if scheme.keeps_years and life is not None and life < scheme.keeps_years:
        yield about.mind(
            "keep",
            "The lifetime is {life} years: what the grant pays must be kept for {years}.",
            life=life,
            years=scheme.keeps_years,
        )
