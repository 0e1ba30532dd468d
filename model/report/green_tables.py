"""The tables of green finance, once for screen, workbook and command line: columns and bare values.

Amounts are whole öre, shares exact fractions, tonnes and MWh floats; None is *okänt*. A column may
have the ``formula`` that a workbook writes, over other columns of its row by their names.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from model.formatting import number
from model.forms.choices import GREEN_STEPS
from model.green_eligibility import REASONS, asked, version_in_force
from model.green_result import GreenFinance, Project, Reported
from model.language import DEFAULT, Language, translate
from model.money import to_ore
from model.municipal_rows import GreenReport, Loan
from model.reference import reference
from model.report import words
from model.rows import Measure
from model.years import BEFORE, is_calendar_year

Value = int | float | Fraction | str | None
Kind = Literal["text", "amount", "share", "quantity"]
# What is screened against the taxonomy is never more than that.
SCREENING = "screening SC {activities}; DNSH not assessed; minimum safeguards not assessed"
NOT_SCREENED = "not screened"
IMPACT_KINDS = {"reduced": "reduced", "avoided": "avoided", "": "unknown"}
STATES = {
    "approved": "Approved",
    "committed": "Committed",
    "outstanding": "Outstanding",
    "matured": "Matured",
    "replaced": "Replaced by another",
}
MODES = {"approved_projects": "Approved projects (Kommuninvest)", "own_programme": "Own programme"}
DENOMINATORS = {
    "gross": "the project's gross expenditure",
    "net_of_grants": "the project's expenditure net of grants",
}


@dataclass(frozen=True)
class Col:
    """A column: an English msgid, what its values are, and whether they are added up below."""

    name: str
    label: str
    kind: Kind = "amount"
    added: bool = False
    formula: str = ""
    width: float = 13


@dataclass(frozen=True)
class Listed:
    """A table: what it shows (an English msgid), columns and rows."""

    title: str
    columns: tuple[Col, ...]
    rows: tuple[tuple[Value, ...], ...]

    def sums(self) -> tuple[Value, ...]:
        """The sum under each column that is added up, of what is known; None elsewhere."""
        by_column = zip(*self.rows, strict=True) if self.rows else [()] * len(self.columns)
        return tuple(
            sum(value for value in values if value is not None) if column.added else None
            for column, values in zip(self.columns, by_column, strict=True)
        )


def pool(found: GreenFinance, language: Language = DEFAULT) -> Listed:
    """What is spent, what of it is eligible, and what is left, project by project."""

    def row(each: Project) -> tuple[Value, ...]:
        has = each.eligible
        return (
            each.measure.name,
            has.spent,
            has.outside,
            None if has.share is None else Fraction(has.share),
            has.green,
            has.grants,
            has.eligible,
            each.others,
            each.left,
            category(has.category, language),
            translate(REASONS[has.reason], language) if has.reason else "",
        )

    return Listed(
        "What is eligible: spent outlay × green share − grants − green loans",
        (
            _MEASURE,
            Col("spent", "Spent outlay of the group", added=True),
            Col("outside", "of it outside the look-back", added=True),
            Col("share", "Green share", "share"),
            Col("green", "Green outlay"),
            Col("grants", "Grants"),
            Col("eligible", "Eligible", added=True),
            Col("others", "Green loans on it", added=True),
            Col("left", "Left to allocate", added=True),
            _CATEGORY,
            Col("why", "Why not", "text", width=44),
        ),
        tuple(map(row, found.projects)),
    )


def workflow(found: GreenFinance, language: Language = DEFAULT) -> Listed:
    """Who took which step and when, and what is missing for the next."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    def row(each: Project) -> tuple[Value, ...]:
        came = each.workflow
        taken = {step: f"{when} {who}" for step, who, when in came.taken}
        questions = {
            q.key: q.text_en if language == "en" else q.text
            for q in asked(found.framework, each.measure.green_category)
        }
        unanswered = [
            say("Not answered: {question}", question=questions[key]) for key in came.unanswered
        ]
        if len(unanswered) == len(questions) > 1:
            unanswered = [say("None of {count} questions is answered", count=len(questions))]
        missing = [
            *(say("{step} is missing", step=say(GREEN_STEPS[step])) for step in came.missing),
            *unanswered,
            *(
                say("Answered against the framework: {question}", question=questions[key])
                for key in came.against
            ),
        ]
        after = say(GREEN_STEPS[came.next_step]) if came.next_step else say("all steps are taken")
        return (
            each.measure.name,
            *(taken.get(step, "–") for step in GREEN_STEPS),
            after,
            "; ".join(missing),
        )

    return Listed(
        "The way to approval: who took which step, and when",
        (
            _MEASURE,
            *(Col(step, label, "text", width=22) for step, label in GREEN_STEPS.items()),
            Col("next", "Next step", "text", width=22),
            Col("missing", "What is missing", "text", width=50),
        ),
        tuple(map(row, found.projects)),
    )


def loans(found: GreenFinance, language: Language = DEFAULT) -> Listed:
    """The six amounts of each loan or bond, which are not one."""
    amounts = ("approved", "committed", "disbursed", "allocated", "outstanding", "matured")
    known = reference().green_frameworks
    return Listed(
        "Loans and bonds: six amounts that are not the same",
        (
            Col("loan", "Agreement or ISIN", "text", width=28),
            Col("lender", "Lender", "text", width=18),
            Col("framework", "Framework", "text", width=34),
            Col("approved_on", "Approved on", "text", width=12),
            Col("issued_on", "Paid out on", "text", width=12),
            Col("matures_on", "Matures on", "text", width=12),
            Col("by_approval", "Version on the day of approval", "text", width=16),
            Col("by_loan", "Version on the day of the loan", "text", width=16),
            Col("state", "State", "text", width=14),
            *(Col(name, _AMOUNTS[name], added=True) for name in amounts),
        ),
        tuple(
            (
                each.loan.name,
                each.loan.lender or None,
                words.name(known[each.loan.framework], language),
                each.loan.approved_on or None,
                each.loan.issued_on or None,
                each.loan.matures_on or None,
                *(_version(each.loan, day) for day in (each.loan.approved_on, each.loan.issued_on)),
                translate(STATES[each.state], language),
                *(getattr(each, name) for name in amounts),
            )
            for each in found.standings
        ),
    )


def approvals(found: GreenFinance, language: Language = DEFAULT) -> Listed:
    """What loans make of each approved project: the yearly report back to the lender."""
    names = {row.measure.id: row.measure.name for row in found.reported}
    titles = {each.loan.id: each.loan.name for each in found.standings}
    return Listed(
        "Approved projects and the loans attached to them",
        (
            _MEASURE,
            Col("loans", "Loans", "text", width=34),
            Col("approved", "Approved", added=True),
            Col("linked", "Loans attached", added=True),
            Col("outstanding", "Outstanding", added=True),
            Col("left", "Left to attach", added=True, formula="=MAX({approved}-{linked},0)"),
        ),
        tuple(
            (
                names.get(each.measure, translate("attached to no project", language)),
                ", ".join(titles[loan] for loan in each.loans),
                each.approved,
                each.linked,
                each.outstanding,
                each.left,
            )
            for each in found.approvals
        ),
    )


def unallocated(found: GreenFinance, language: Language = DEFAULT) -> Listed:
    """Money that is paid out and stands on nothing: where it lies, since when, and until when."""
    titles = {each.loan.id: each.loan.name for each in found.standings}
    proposed = {each.loan: sum(part for _, part in each.amounts) for each in found.proposals}
    return Listed(
        "Unallocated proceeds",
        (
            Col("loan", "Agreement or ISIN", "text", width=28),
            Col("amount", "Unallocated", added=True),
            Col("place", "Where it lies", "text", width=24),
            Col("since", "Since", "text", width=12),
            Col("months", "Age, months", "text", width=12),
            Col("deadline", "To be allocated by", "text", width=16),
            Col("proposed", "Could be allocated now", added=True),
        ),
        tuple(
            (
                titles[each.loan],
                each.amount,
                each.place or None,
                each.since.isoformat() if each.since else None,
                None if each.months is None else str(each.months),
                _deadline(each.deadline, each.overdue, language),
                proposed.get(each.loan, 0),
            )
            for each in found.waiting
        ),
    )


def proposals(found: GreenFinance, language: Language = DEFAULT) -> Listed:
    """What of each loan's waiting money could be allocated where, pro rata to what is left."""
    names = {each.measure.id: each.measure.name for each in found.projects}
    titles = {each.loan.id: each.loan.name for each in found.standings}
    return Listed(
        "Proposed allocation, pro rata to what is left to allocate in approved projects",
        (
            Col("loan", "Agreement or ISIN", "text", width=28),
            _MEASURE,
            Col("amount", "Proposed", added=True),
        ),
        tuple(
            (titles[each.loan], names[measure], amount)
            for each in found.proposals
            for measure, amount in each.amounts
        ),
    )


def allocation(found: GreenFinance, language: Language = DEFAULT) -> Listed:
    """The allocation report: what of which loan stands on which project."""

    def row(each: Reported) -> tuple[Value, ...]:
        measure, line = each.measure, each.line
        return (
            measure.name,
            measure.department or words.tag("owner", measure.owner, language),
            category(measure.green_category, language),
            each.standing.loan.name,
            each.approved,
            line.amount,
            line.reported,
            each.denominator,
            each.share,
            line.new,
            line.refinancing,
            start_year(measure),
            taxonomy(each.activities, language),
            translate("not assessed", language),
        )

    return Listed(
        "Allocation report",
        (
            _MEASURE,
            Col("borrower", "Borrower", "text", width=22),
            _CATEGORY,
            Col("loan", "Bond, ISIN or loan", "text", width=26),
            Col("approved", "Approved", added=True),
            Col("allocated", "Allocated", added=True, formula="={new}+{refinancing}"),
            Col("outstanding", "Outstanding", added=True),
            Col("denominator", "Denominator"),
            Col("share", "Share of the project", "share", formula="={outstanding}/{denominator}"),
            Col("new", "Financing", added=True),
            Col("refinancing", "Refinancing", added=True),
            Col("start", "Start year", "text", width=10),
            Col("activity", "Taxonomy activity", "text", width=40),
            Col("aligned", "Share assessed against the taxonomy", "text", width=16),
        ),
        tuple(map(row, found.reported)),
    )


def impact(found: GreenFinance, language: Language = DEFAULT) -> Listed:
    """The impact report: each project's yearly effect and the share of it that is financed."""

    def row(each: Reported) -> tuple[Value, ...]:
        measure, does = each.measure, each.yearly
        entry = reference().green_categories.get(measure.green_category)
        kind = entry.impact.kind if entry and entry.impact else ""
        factor = found.grid_factor if does.by_factor else None
        return (
            measure.name,
            category(measure.green_category, language),
            each.standing.loan.name,
            each.line.reported,
            each.denominator,
            each.share,
            does.tonnes,
            each.tonnes,
            translate(IMPACT_KINDS[kind], language),
            does.stated,
            None if factor is None else float(factor),
            translate("grid factor" if does.by_factor else "the plan's own", language),
            does.energy,
            does.electricity,
            _indicators(does.indicators, language),
            None if measure.lifetime_years is None else str(measure.lifetime_years),
            "ex ante",
        )

    return Listed(
        "Impact report, a year",
        (
            _MEASURE,
            _CATEGORY,
            Col("loan", "Bond, ISIN or loan", "text", width=26),
            Col("outstanding", "Outstanding", added=True),
            Col("denominator", "Denominator"),
            Col("share", "Share of the project", "share", formula="={outstanding}/{denominator}"),
            Col("project_tonnes", "The whole project, t CO2e", "quantity"),
            Col(
                "tonnes",
                "Financed share, t CO2e",
                "quantity",
                added=True,
                formula="={share}*{project_tonnes}",
            ),
            Col("kind", "Reduced or avoided", "text", width=14),
            Col("stated", "As the plan states it, t CO2e", "quantity"),
            Col("factor", "Baseline factor, g CO2e/kWh", "quantity"),
            Col("method", "Tonnes by", "text", width=18),
            Col("energy", "Energy, MWh", "quantity"),
            Col("electricity", "of it electricity, MWh", "quantity"),
            Col("indicator", "Indicator", "text", width=34),
            Col("lifetime", "Lifetime, years", "text", width=10),
            Col("ex", "Ex ante or ex post", "text", width=10),
        ),
        tuple(map(row, found.reported)),
    )


def restatements(
    reports: Sequence[GreenReport], found: GreenFinance, language: Language = DEFAULT
) -> Listed:
    """Reports as they were made, method beside figures, and last what the terms give now."""
    own = sorted(
        (each for each in reports if each.mode == found.terms.mode),
        key=lambda each: (each.year, each.edition),
    )

    def factor(key: str, value: Decimal | None) -> str:
        if not key or key == "plan":
            return translate("the plan's own tonnes", language)
        entry = reference().assumptions.get(key)
        said = words.name(entry, language) if entry else key
        return f"{said}, {number(value, 1, language=language)} g CO2e/kWh"

    def row(each: GreenReport) -> tuple[Value, ...]:
        return (
            f"{each.year} ({each.edition})",
            each.on,
            translate(DENOMINATORS[each.denominator], language),
            factor(each.grid_factor, each.factor),
            None if each.allocated is None else to_ore(each.allocated),
            None if each.outstanding is None else to_ore(each.outstanding),
            None if each.project_tonnes is None else float(each.project_tonnes),
            None if each.tonnes is None else float(each.tonnes),
            each.by,
            each.note,
        )

    now = (
        translate("now, not kept", language),
        found.terms.on.isoformat(),
        translate(DENOMINATORS[found.terms.denominator], language),
        factor(found.terms.grid_factor, found.grid_factor),
        found.allocated,
        found.outstanding,
        found.project_tonnes,
        found.tonnes,
        "",
        "",
    )
    return Listed(
        "Reports that were made, by their method, and what the same would be now",
        (
            Col("year", "Year (edition)", "text", width=16),
            Col("on", "As of", "text", width=12),
            Col("denominator", "Denominator", "text", width=28),
            Col("factor", "Electricity counted by", "text", width=34),
            Col("allocated", "Allocated"),
            Col("outstanding", "Outstanding"),
            Col("project_tonnes", "The whole projects, t CO2e", "quantity"),
            Col("tonnes", "Financed share, t CO2e", "quantity"),
            Col("by", "By whom", "text", width=18),
            Col("note", "Note", "text", width=36),
        ),
        (*map(row, own), now),
    )


def category(key: str, language: Language = DEFAULT) -> str:
    """A category's name; its key where the data does not know it, *okänt* where none is said."""
    return words.tag("green_category", key, language)


def taxonomy(activities: Iterable[str], language: Language = DEFAULT) -> str:
    """What the taxonomy questions are answered with: screening, and what is not assessed."""
    said = ", ".join(activities)
    return translate(SCREENING if said else NOT_SCREENED, language, activities=said)


def start_year(measure: Measure) -> str | None:
    """When work began: as the measure says, or its first year with an investment. None where some
    of that is spent already and has no year."""
    if measure.starts:
        return measure.starts[:4]
    if measure.spent or any(row.paid and row.year == BEFORE for row in measure.expenditures):
        return None
    years = [
        row.year
        for row in measure.expenditures
        if row.kind == "investment" and is_calendar_year(row.year)
    ]
    return str(min(years)) if years else None


def _version(loan: Loan, day: str) -> str | None:
    """The version of the loan's framework that was in force on a day; None where no day is said."""
    if not day:
        return None
    known = reference().green_frameworks
    found = version_in_force(known, known[loan.framework], date.fromisoformat(day))
    return known[found].version if found else "–"


def _deadline(deadline, overdue: bool, language: Language) -> str | None:
    if deadline is None:
        return None
    return translate("{day}, passed", language, day=deadline) if overdue else deadline.isoformat()


def _indicators(listed: Iterable[tuple[str, float]], language: Language) -> str:
    def said(key: str, amount: float) -> str:
        entry = reference().indicators[key]
        unit = words.name(reference().units[entry.unit], language)
        figure = number(amount, 0 if amount >= 10 else 1, language=language)
        return f"{words.name(entry, language)}: {figure} {unit}"

    return "; ".join(said(key, amount) for key, amount in listed if key in reference().indicators)


_MEASURE = Col("measure", "Project", "text", width=36)
_CATEGORY = Col("category", "Category", "text", width=22)
_AMOUNTS = {
    "approved": "Approved",
    "committed": "Committed",
    "disbursed": "Disbursed",
    "allocated": "Allocated",
    "outstanding": "Outstanding",
    "matured": "Matured",
}
TABLES: dict[str, Callable[[GreenFinance, Language], Listed]] = {
    "pool": pool,
    "workflow": workflow,
    "loans": loans,
    "approvals": approvals,
    "allocation": allocation,
    "impact": impact,
    "unallocated": unallocated,
    "proposals": proposals,
}
