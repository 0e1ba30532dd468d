"""What of a measure may be financed green: spent outlay × green share − grants, as rows say it.

Reports are about what has happened, so everything here is worked out of the plan's rows as they
stand, before any scenario. Amounts are whole öre. Conventions, each the careful one:

- An outlay is known by its year. It is spent from the year's first day on, and as old as that: a
  year is within a look-back only when the whole of it is.
- Outlay without a year (before the plan's first, or only *spent so far*) is outside every look-back
  that is known.
- A grant that is granted is deducted whole, also the part that is not yet paid, by the rule of the
  lower amount (:func:`model.gap.grant_limit`).
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from model.entries import GreenFramework, Owner, ScreeningQuestion
from model.gap import grant_limit
from model.money import to_ore
from model.owners import group_share
from model.rows import GREEN_STEPS, Expenditure, Measure
from model.years import is_calendar_year

# Why a measure has nothing to finance green, or nothing that is known: code -> English msgid.
REASONS = {
    "not_green": "It has no green category, or is said not to be green",
    "category_outside": "The framework has no such category",
    "other_actor": "Another actor's investment, not the municipal group's to finance",
    "one_off": "One-off operating expenditure: studies, project management and contributions are "
    "never green",
    "condition_not_met": "A condition of the framework is answered otherwise than it asks",
    "split_unknown": "Nobody has said what of it is the municipal group's",
    "share_unknown": "Nobody has said how large a share of it is green",
    "outlay_unknown": "No investment is stated: it is unknown, or there is none, as of a "
    "requirement in procurement",
    "nothing_spent": "Nothing of it is spent yet",
    "outside_look_back": "What is spent is older than the framework's look-back, or has no year",
    "covered_by_grants": "Grants pay for the whole of what is spent",
}
# With these nothing is known of what is eligible; with the others it is zero.
UNKNOWN = ("split_unknown", "share_unknown", "outlay_unknown")


@dataclass(frozen=True)
class Eligible:
    """One measure's outlay that may be financed green, whole öre, before other green loans.

    ``spent`` is the municipal group's part of the investment that is paid, ``outside`` what of it
    lies outside the look-back or has no year. ``green`` is the rest times the green share, and
    ``eligible`` what granted ``grants`` leave of it; None where it is not known. ``reason`` is a
    key of ``REASONS``, empty where something is eligible.
    """

    measure: str
    category: str
    share: Decimal | None
    spent: int
    outside: int
    green: int | None
    grants: int
    eligible: int | None
    reason: str = ""


@dataclass(frozen=True)
class Workflow:
    """How far a measure has come in a framework. ``taken`` are (step, who, when), in order.

    ``missing`` are the steps before the next that nobody has taken; ``unanswered`` the keys of
    questions without an answer, ``against`` of conditions answered otherwise than asked.
    """

    measure: str
    framework: str
    taken: tuple[tuple[str, str, str], ...]
    next_step: str
    missing: tuple[str, ...]
    unanswered: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def approved(self) -> bool:
        """Whether the committee, or the lender's, has approved it."""
        return any(step == GREEN_STEPS[-1] for step, _who, _when in self.taken)


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; the month's last where it has no such day.

    The first of all days where there is none so early.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def within_look_back(outlay: date, reporting: date, months: int | None) -> bool:
    """Whether an outlay of a day may be reported on another. Any may where no look-back is known,
    but nothing that lies ahead."""
    if outlay > reporting:
        return False
    return months is None or outlay >= months_before(reporting, months)


def left_for(spent: int, grants: int, other_green: int) -> int:
    """What is left for one more green loan, öre: never below zero."""
    return max(spent - grants - other_green, 0)


def version_in_force(
    frameworks: Mapping[str, GreenFramework], like: GreenFramework, day: date
) -> str:
    """The version of the same issuer in force on a day: the latest such, empty where none is."""
    found = [
        key
        for key, each in frameworks.items()
        if each.issuer == like.issuer and each.mode == like.mode and each.in_force(day)
    ]
    return max(found, key=lambda key: frameworks[key].since or date.min, default="")


def eligible(
    measure: Measure,
    framework: GreenFramework | None,
    owners: Mapping[str, Owner],
    on: date,
    look_back_months: int | None,
) -> Eligible:
    """A measure's eligible outlay on a day, under a framework (any, where None)."""
    part = group_share(measure, owners)
    spent, outside = _spent(measure, part, on, look_back_months)
    grants = 0 if part is None else to_ore(granted(measure) * part / 100)
    green = None
    if part is not None and measure.green_share is not None:
        green = to_ore((Decimal(spent - outside) / 100) * measure.green_share)
    reason = _never(measure, framework, part) or _not_now(measure, part, spent, outside)
    left = 0
    if reason in UNKNOWN:
        left = None
    elif not reason:
        left = left_for(green, grants, 0)
        reason = "" if left else "covered_by_grants"
    return Eligible(
        measure.id,
        measure.green_category,
        measure.green_share,
        spent,
        outside,
        None if reason in UNKNOWN else green,
        grants,
        left,
        reason,
    )


def granted(measure: Measure) -> int:
    """The grants that are granted, whole öre: each the lower of its amount and its share."""
    grants = [grant for grant in measure.grants if grant.status == "granted"]
    if not grants:
        return 0
    cost = sum(to_ore(row.mid) for row in _outlays(measure, operating=True) if row.mid is not None)
    amounts = [sum(to_ore(payment.amount) for payment in grant.payments) for grant in grants]
    bases = [
        cost if grant.eligible_expenditure is None else to_ore(grant.eligible_expenditure)
        for grant in grants
    ]
    shares = [
        np.nan if grant.share is None or not base else float(grant.share)
        for grant, base in zip(grants, bases, strict=True)
    ]
    limited = grant_limit(
        np.array(amounts, dtype=np.int64), np.array(shares), np.array(bases, dtype=np.int64)
    )
    return int(limited.sum())


def project_cost(measure: Measure) -> int | None:
    """The whole investment, whoever pays it, whole öre: the final cost forecast, or what is entered
    by year. None where any of that is not known, or is known only from below: a share of it would
    be too large."""
    if measure.forecast_total is not None:
        return to_ore(measure.forecast_total)
    rows = list(_outlays(measure))
    if not rows or any(row.mid is None or row.is_lower_bound for row in rows):
        return None
    return sum(to_ore(row.mid) for row in rows)


def asked(framework: GreenFramework, category: str) -> list[ScreeningQuestion]:
    """The questions that a framework asks of measures in a category."""
    return [q for q in framework.questions if not q.categories or category in q.categories]


def workflow(measure: Measure, key: str, framework: GreenFramework) -> Workflow:
    """How far a measure has come, and what is missing for its next step."""
    steps = {step.step: step for step in measure.green_steps if step.framework == key}
    answers = {
        each.question: each.answer for each in measure.green_answers if each.framework == key
    }
    questions = asked(framework, measure.green_category)
    last = max((GREEN_STEPS.index(step) for step in steps), default=0)
    return Workflow(
        measure.id,
        key,
        tuple((step, steps[step].by, steps[step].on) for step in GREEN_STEPS if step in steps),
        next((step for step in GREEN_STEPS if step not in steps), ""),
        tuple(step for step in GREEN_STEPS[:last] if step not in steps),
        tuple(q.key for q in questions if answers.get(q.key, "unclear") == "unclear"),
        tuple(q.key for q in questions if _against(q, answers.get(q.key, ""))),
    )


def screened(measure: Measure, frameworks: Mapping[str, GreenFramework]) -> tuple[str, ...]:
    """The taxonomy's activities that the measure is screened against with a yes: screening only."""
    yes = {(a.framework, a.question) for a in measure.green_answers if a.answer == "yes"}
    return tuple(
        dict.fromkeys(
            question.activity
            for key, framework in frameworks.items()
            for question in framework.questions
            if question.kind == "taxonomy" and (key, question.key) in yes
        )
    )


def _against(question: ScreeningQuestion, answer: str) -> bool:
    return question.kind == "condition" and answer in ("yes", "no") and answer != question.expected


def _never(measure: Measure, framework: GreenFramework | None, part: Decimal | None) -> str:
    """Why nothing of the measure can ever be eligible under the framework."""
    if not any(_outlays(measure)):
        return "one_off" if any(_outlays(measure, operating=True)) else "outlay_unknown"
    if measure.green is False or not measure.green_category:
        return "not_green"
    if framework is None:
        return "other_actor" if part == 0 else ""
    if measure.green_category not in framework.categories:
        return "category_outside"
    answers = {a.question: a.answer for a in measure.green_answers if a.framework == framework.key}
    if any(_against(question, answers.get(question.key, "")) for question in framework.questions):
        return "condition_not_met"
    return "other_actor" if part == 0 else ""


def _not_now(measure: Measure, part: Decimal | None, spent: int, outside: int) -> str:
    """Why nothing is eligible yet, or nothing is known."""
    if part is None:
        return "split_unknown"
    if all(row.mid is None for row in _outlays(measure)) and measure.spent is None:
        return "outlay_unknown"
    if not spent:
        return "nothing_spent"
    if spent == outside:
        return "outside_look_back"
    return "share_unknown" if measure.green_share is None else ""


def _spent(measure: Measure, part: Decimal | None, on: date, months: int | None) -> tuple[int, int]:
    """The group's part of the investment that is paid, and what of it no look-back reaches.

    Of a measure that nobody has split, the whole. *Spent so far* counts where no paid outlay does.
    """
    part = Decimal(1) if part is None else part
    counted = undated = old = Decimal(0)
    rows = [row for row in _outlays(measure) if row.paid and row.mid is not None]
    for row in rows:
        if not is_calendar_year(row.year):
            undated += row.mid
        elif date(row.year, 1, 1) <= on:
            within = within_look_back(date(row.year, 1, 1), on, months)
            counted += row.mid
            old += 0 if within else row.mid
    if not rows and measure.spent is not None:
        undated = measure.spent
    whole = to_ore((counted + undated) * part)
    outside = to_ore((old + (0 if months is None else undated)) * part)
    return whole, outside


def _outlays(measure: Measure, operating: bool = False) -> "list[Expenditure]":
    """What is paid for the measure itself: its investment, and with ``operating`` the one-off."""
    kinds = ("investment", "one_off_operating") if operating else ("investment",)
    return [row for row in measure.expenditures if row.kind in kinds and row.scope == "total"]
