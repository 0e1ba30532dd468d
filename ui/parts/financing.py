"""*Finansieringsanalys* on screen: tables, what the chart shows, how each figure comes about."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from model.financial_targets import TargetOutcome
from model.financing import INTEREST_SHIFTS, Analysis, Line, capacity_lines, investment, lines
from model.internal_flows import KINDS
from model.report import financing as words
from model.results import Result
from ui import format as write
from ui import frame
from ui.charts.financing import DEBT, NEED, SHARE, Limit, Years
from ui.charts.style import millions
from ui.i18n import _, language, mark, n_
from ui.parts.listing import Entry, Term
from ui.parts.table import Link, Table

CHARTS = {
    "debt": mark("Debt against the ceiling"),
    "borrowing": mark("Borrowing need"),
    "self_financing": mark("Self-financing of investments"),
    "result_share": mark("Result, share of taxes and grants"),
    "interest_share": mark("Interest, share of taxes and grants"),
}
_FLOWS = {
    "lending": mark("New lending"),
    "contribution": mark("Investment contributions"),
    "rent": mark("Internal rents"),
    "interest": mark("Internal interest"),
}


def table(analysis: Analysis) -> Table:
    """The table that is presented, posts down and years across."""
    level = _(words.LEVELS[analysis.level]).lower()
    return _years_table(_("Financing analysis, {level}, MSEK", level=level), analysis, lines)


def capacity(analysis: Analysis) -> Table:
    """Need against existing financing and investment capacity."""
    return _years_table(_("Need against investment capacity, MSEK"), analysis, capacity_lines)


def _years_table(caption: str, analysis: Analysis, rows) -> Table:
    years = [str(year.year) for year in analysis.years]
    found: list[Line] = list(rows(analysis))
    return Table(
        caption,
        ("", *years, _("Sum")),
        [
            (words.label(line, language()), *words.cells(line, analysis, language()))
            for line in found
        ],
    )


def chart(kind: str, analysis: Analysis, targets: Sequence[TargetOutcome], result: Result) -> Years:
    """What one of ``CHARTS`` draws: a bar per year, and the ceiling and targets as lines."""
    labels = tuple(str(year.year) for year in analysis.years)
    if kind == "debt":
        debts = [year.closing_debt for year in analysis.years]
        over = [
            max(-(year.margin or 0), 0) if year.closing_debt is not None else 0
            for year in analysis.years
        ]
        ceilings = [year.ceiling for year in analysis.years]
        limits = [Limit(_ceiling(ceilings), _all_millions(ceilings), target=False)]
        limits += [_debt_limit(each, analysis, result) for each in targets if _of_debt(each)]
        drawn = tuple(float(millions(each)) for each in over)
        return Years(
            labels,
            _all_millions(debts),
            drawn,
            _texts(debts),
            _texts(over),
            DEBT,
            _("MSEK"),
            tuple(limit for limit in limits if any(limit.values)),
        )
    if kind == "borrowing":
        needs = [year.borrowing_need for year in analysis.years]
        nothing = tuple(0.0 for _year in labels)
        texts = _texts(needs)
        return Years(labels, _all_millions(needs), nothing, texts, texts, NEED, _("MSEK"))
    return _shares(kind, analysis, targets, labels)


def available(analysis: Analysis, targets: Sequence[TargetOutcome]) -> dict[str, str]:
    """The charts that have something to show: debt and borrowing, and shares with a target."""
    kinds = {each.target.kind for each in targets}
    return {
        key: _(shows)
        for key, shows in CHARTS.items()
        if key in ("debt", "borrowing") or key in kinds
    }


def _shares(
    kind: str, analysis: Analysis, targets: Sequence[TargetOutcome], labels: tuple[str, ...]
) -> Years:
    (target,) = (each for each in targets if each.target.kind == kind)
    by_year = {each.year: each for each in target.years}
    values: list[Fraction | None] = [
        by_year[year.year].value if year.year in by_year else None for year in analysis.years
    ]
    shown = tuple(None if value is None else float(value) * 100 for value in values)
    beyond = tuple(
        float(by_year[year.year].off or 0) * 100 if target.at_most and year.year in by_year else 0.0
        for year in analysis.years
    )
    limit = float(target.limit) * 100
    return Years(
        labels,
        shown,
        beyond,
        tuple(
            words.share(value, language(), 1) if year.year in by_year else ""
            for year, value in zip(analysis.years, values, strict=True)
        ),
        tuple(write.number(each, 1) if each else "" for each in beyond),
        SHARE,
        _("percent"),
        (Limit(words.target_words(target, language())[0], tuple(limit for _each in labels)),),
    )


def _of_debt(target: TargetOutcome) -> bool:
    return target.target.kind in ("debt", "debt_per_resident")


def _debt_limit(target: TargetOutcome, analysis: Analysis, result: Result) -> Limit:
    """A target for debt as krona of debt in each year in which it is in force."""
    residents = {
        row.year: row.residents
        for row in result.listed("prerequisites")
        if row.level == analysis.level
    }
    in_force = {each.year for each in target.years}

    def of(year: int) -> float | None:
        if year not in in_force:
            return None
        if target.target.kind == "debt":
            return float(target.limit) / 1e8
        people = residents.get(year)
        return None if not people else float(target.limit * people) / 1e8

    label = words.target_words(target, language())[0]
    return Limit(label, tuple(of(year.year) for year in analysis.years))


def _ceiling(ceilings: Sequence[int | None]) -> str:
    known = {each for each in ceilings if each is not None}
    name = _("Debt ceiling")
    return f"{name} {write.mnkr(known.pop())}" if len(known) == 1 else name


def _all_millions(amounts: Sequence[int | None]) -> tuple[float | None, ...]:
    return tuple(None if each is None else float(millions(each)) for each in amounts)


def _texts(amounts: Sequence[int | None]) -> tuple[str, ...]:
    return tuple(write.mnkr(each) for each in amounts)


def target_terms(targets: Sequence[TargetOutcome]) -> list[Term]:
    """Each target with how it goes, who decided it and where it stands."""
    found = []
    for each in targets:
        says, kept = words.target_words(each, language())
        target = each.target
        found.append(
            Term(
                says,
                kept,
                (
                    _("In force from {year}", year=target.from_year) if target.from_year else "",
                    _("Decision: {decision}", decision=target.decision) if target.decision else "",
                    _("Source: {source}", source=target.source_ref or write.unknown()),
                ),
            )
        )
    return found


def formulas(analysis: Analysis, whole: Analysis, source: str) -> list[Entry]:
    """Every worked-out figure with its formula in words and in numbers."""
    said = words.formulas(analysis, lines(analysis), language())
    room = [
        row for row in capacity_lines(whole) if row.key in ("debt_room", "capacity", "shortage")
    ]
    said += words.formulas(whole, room, language())
    return [
        Entry(
            _(words.LABELS[each.key]),
            (f"= {each.words}", _("MSEK; the municipality's figures: {source}", source=source)),
            each.years,
        )
        for each in said
    ]


def interest(result: Result, analysis: Analysis, reading: str) -> Table:
    """What the debt costs in interest, as it is and with higher rates."""

    def row(shift: Decimal) -> list[str]:
        found = result.financing(analysis.level, reading, analysis.basis, shift)
        return [shift_label(shift), *(write.mnkr(year.interest) for year in found.years)]

    exposed = [write.mnkr(year.exposed) for year in analysis.years]
    return Table(
        _("Interest by year, MSEK"),
        ("", *(str(year.year) for year in analysis.years)),
        [*map(row, INTEREST_SHIFTS), [_("Opening debt without a bound rate"), *exposed]],
    )


def shift_label(shift: Decimal) -> str:
    """``Ränta +1 procentenhet``"""
    if not shift:
        return _("Interest as budgeted")
    return n_(
        "Interest +{count} percentage point",
        "Interest +{count} percentage points",
        int(shift * 100),
    )


def eliminated(result: Result) -> Table | None:
    """What the group takes out of the sum of its parts; None where no flow is entered."""
    found = result.eliminated()
    rows = [
        (_(_FLOWS[kind]), *(write.mnkr(getattr(year, kind)) for year in found)) for kind in KINDS
    ]
    if not any(getattr(year, kind) for year in found for kind in KINDS):
        return None
    return Table(
        _("Within the group, taken out of the group's figures, MSEK"),
        ("", *(str(year.year) for year in found)),
        rows,
    )


def behind(result: Result, analysis: Analysis, reading: str) -> Table:
    """The measures behind expenditure and grants, with where their figures come from."""
    plan = result.plan
    spent, received = investment(
        plan, result.outcome(reading), reading, analysis.level, analysis.basis
    )
    rows = np.isin(plan.years, [year.year for year in analysis.years])
    totals = [table[rows].sum(axis=0) for table in (spent, received)]
    listed = np.flatnonzero(totals[0] + totals[1])
    order = listed[np.argsort(-totals[0][listed], kind="stable")]
    return Table(
        _("Measures behind expenditure and grants, MSEK"),
        (_("Measure"), _("Source"), _("Investment expenditure"), _("Grants received")),
        [
            (
                Link(
                    str(plan.tags["name"][measure]),
                    frame.href("atgarder", measure=str(plan.tags["id"][measure])),
                ),
                str(plan.tags["source_ref"][measure]) or write.unknown(),
                *(write.mnkr(int(total[measure])) for total in totals),
            )
            for measure in order
        ],
        total=(_("Sum"), "", *(write.mnkr(int(total.sum())) for total in totals)),
        text=frozenset({1}),
    )
