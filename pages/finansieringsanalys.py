"""Financing analysis: do the decisions have money, and how long does the debt ceiling hold?"""

from decimal import Decimal

import streamlit as st

from model.financing import BASES, INTEREST_SHIFTS, LEVELS
from model.palette import GAP
from model.report import answers
from model.report import financing as words
from model.results import results
from ui import format as write
from ui import frame
from ui import state as view
from ui.charts import financing as charts
from ui.i18n import _, mark
from ui.parts import chart, debt, empty, fees, headline, listing, toggles
from ui.parts import financing as parts
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

# What the chart can show that is no share.
IN_MONEY = ("debt", "borrowing")
# What the chart shows of whom: the debt, what is borrowed, or a share that has a target.
SHOWS = {
    ("municipality", "debt"): mark("The municipality's debt, after the plan's investments"),
    ("group", "debt"): mark("The municipal group's debt, after the plan's investments"),
    ("municipality", "borrowing"): mark("What the municipality must borrow each year"),
    ("group", "borrowing"): mark("What the municipal group must borrow each year"),
    ("municipality", "share"): mark("The municipality's share each year, against the target"),
    ("group", "share"): mark("The municipal group's share each year, against the target"),
}

state = frame.require()
result = results(state.plan_id, state.scenario)
reading = state.reading


def main() -> None:
    level = _said("level", LEVELS)
    basis = _said("basis", BASES)
    shift = Decimal(_said("interest", [str(each) for each in INTEREST_SHIFTS]))
    analysis = result.financing(level, reading, basis, shift)
    whole = result.financing(level, reading, "need", shift)
    targets = result.financial_targets(level, reading, basis, shift)
    # Money within the group or loans alone can be analysed; with nothing at all there is no table.
    nothing_yet = not result.base.size[1] and not any(
        result.listed(each) for each in ("prerequisites", "loans", "fee_years")
    )
    headline.show(
        answers.under_scenario(result, words.answer(analysis, state.language), state.language),
        [] if nothing_yet else figures(analysis),
        tag=_("example") if result.plan.head.example else "",
        notes=notes(analysis, whole),
    )
    if nothing_yet:
        empty.no_measures(in_scenario=False)
        not_entered()
        return
    entered = any(row.level == level for row in result.listed("prerequisites"))
    # Where nearly every figure is unknown it is said once, and the tables are there to be opened.
    show = tables.show if entered else tables.folded
    drawn, beside = st.columns([2, 1], gap="large")
    with beside:
        kind = choices(analysis, targets)
    with drawn:
        if entered:
            the_chart(kind, analysis, targets, level)
        else:
            not_entered()
    show(parts.table(analysis))
    listing.points(*what_it_holds(analysis))
    listing.heading(_("Need against financing and investment capacity"))
    show(parts.capacity(whole))
    goals(targets)
    loans(analysis, show)
    group()
    operations()
    listing.heading(_("How the figures come about"))
    source = words.source_of_figures(result, level) or _("unknown")
    listing.entries(parts.formulas(analysis, whole, source))
    tables.folded(parts.behind(result, analysis, reading))


def not_entered() -> None:
    """What to enter before there is a debt to follow."""
    empty.show(
        _("The municipality's own figures are not entered for this level."),
        _("Enter result, depreciation, debt and debt ceiling by year under Prerequisites."),
        page="atgarder",
        link=_("Go to Measures"),
    )


def _said(name: str, options) -> str:
    """What the address says, or the first."""
    said = "".join(view.said(name)[-1:])
    return said if said in options else next(iter(options))


def figures(analysis) -> list[Figure]:
    last, tightest = analysis.years[-1], analysis.tightest
    needs = [year.borrowing_need for year in analysis.years]
    need = None if None in needs else sum(needs)
    spent = sum(year.expenditure for year in analysis.years)
    label = _("To borrow") if (need or 0) >= 0 else _("Left to pay debt back")
    return [
        Figure(write.money(spent), _("Investment expenditure"), _(words.BASES[analysis.basis])),
        Figure(write.money(None if need is None else abs(need)), label, word="borrowing-need"),
        Figure(write.money(last.closing_debt), _("Debt at the end of {year}", year=last.year)),
        Figure(
            write.money(tightest.margin if tightest else None),
            _("Smallest margin to the ceiling"),
            str(tightest.year) if tightest else "",
            GAP if analysis.breach else None,
            "debt-ceiling",
        ),
    ]


def notes(analysis, whole) -> list[str]:
    said = list(answers.caveats(result, reading, state.language))
    if analysis.basis == "decided" and whole.tightest is not None:
        answer = words.answer(whole, state.language)
        said.append(
            _("If the whole need is paid: {answer}", answer=answer[:1].lower() + answer[1:])
        )
    broken = [each for each in result.financial_targets(*_view(analysis)) if each.breach]
    if broken:
        said.append(
            _(
                "Targets broken: {targets}",
                targets="; ".join(": ".join(words.target_words(e, state.language)) for e in broken),
            )
        )
    return said


def _view(analysis) -> tuple:
    return analysis.level, reading, analysis.basis, analysis.shift


def choices(analysis, targets) -> str:
    """Level, expenditure, interest and what the chart shows: all in the address."""
    shifts = {str(each): parts.shift_label(each) for each in INTEREST_SHIFTS}
    _choose("level", _("Whose money"), {key: _(said) for key, said in words.LEVELS.items()})
    _choose("basis", _("Expenditure counted"), {k: _(said) for k, said in words.BASES.items()})
    _choose("interest", _("Interest on what is not bound"), shifts)
    shown = _choose("chart", _("The chart shows"), parts.available(analysis, targets))
    toggles.panel(state, ("cost", "delay"))
    return shown


def _choose(name: str, label: str, options: dict[str, str]) -> str:
    chosen = _said(name, options)
    return st.radio(label, list(options), format_func=options.get, **view.saying(name, chosen))


def the_chart(kind: str, analysis, targets, level: str) -> None:
    years = parts.chart(kind, analysis, targets, result)
    if not any(value is not None for value in years.values):
        listing.text(_("There is nothing to draw until those figures are known."))
        return
    chart.place(
        charts.figure(years),
        Words(
            title(kind, analysis, targets),
            answers.subtitle(result, reading, state.language, shows(level, kind), unit(kind)),
            words.source_of_figures(result, level) or _("unknown"),
            charts.describe(years),
        ),
        key=f"financing-{kind}",
        meanings=years.meanings,
    )


def shows(level: str, kind: str) -> str:
    return SHOWS[level, kind if kind in IN_MONEY else "share"]


def unit(kind: str) -> str:
    return "MSEK" if kind in IN_MONEY else "percent"


def title(kind: str, analysis, targets) -> str:
    if kind == "debt":
        return words.answer(analysis, state.language)
    if kind == "borrowing":
        needs = [year.borrowing_need for year in analysis.years]
        total = None if None in needs else sum(needs)
        if total is not None and total < 0:
            return _("Debt can be paid back by {amount}", amount=write.money(-total))
        return _("{amount} must be borrowed", amount=write.money(total))
    (target,) = (each for each in targets if each.target.kind == kind)
    return ": ".join(words.target_words(target, state.language))


def what_it_holds(analysis) -> list[str]:
    """What the figures are before, what is outside them, and what no table of money holds."""
    cash, groups = result.cash(), result.groups(reading)
    one_off = groups[answers.GROUP].one_off if answers.GROUP in groups else 0
    return [
        _(
            "The municipality's figures are before the plan's measures: investments outside the "
            "plan belong to other own funds. The measures' own depreciation lowers the result and "
            "is added back, so it changes no own funds."
        ),
        _(
            "Not in the table: the group's change of running cost, {amount} in {year}.",
            amount=write.money(cash.amount),
            year=cash.year,
        )
        if cash
        else "",
        _(
            "Not in the table: the group's one-off operating expenditure, {amount}. It takes no "
            "loan.",
            amount=write.money(one_off),
        )
        if one_off
        else "",
        _(
            "Grants count in the year in which they come. A negative borrowing need pays debt "
            "back; what is left when there is no debt is kept for the next year. A year "
            "without expenditure has no degree of self-financing."
        ),
        _("Before the first year: {amount}.", amount=write.money(analysis.before))
        if analysis.before
        else "",
        _("After the last year: {amount}.", amount=write.money(analysis.later))
        if analysis.later
        else "",
    ]


def goals(targets) -> None:
    listing.heading(_("The council's financial targets"))
    if targets:
        listing.terms(parts.target_terms(targets))
    else:
        listing.text(_("No financial targets are entered for this level."))


def loans(analysis, show) -> None:
    listing.heading(_("Loans, maturities and interest"))
    found = [
        plan
        for plan in result.loans()
        if analysis.level == "group" or plan.loan.level == "municipality"
    ]
    years = [year.year for year in analysis.years]
    if found:
        tables.show(debt.loans(found))
        tables.show(debt.maturities(found, years))
    else:
        listing.text(_("No loans are entered: all of the debt is taken to pay average interest."))
    show(parts.interest(result, analysis, reading))
    listing.points(
        _(
            "A loan keeps its rate until it matures. The rest of the debt, and what is borrowed "
            "anew, pays the year's average interest, and a higher rate reaches it: what it costs "
            "more lowers the result."
        )
    )
    if found:
        listing.terms([debt.discount(found, years, result.assumptions())])


def group() -> None:
    listing.heading(_("Within the municipal group"))
    found = parts.eliminated(result)
    if found is None:
        listing.text(_("No lending, contributions, rents or interest within the group is entered."))
        return
    tables.show(found)
    listing.points(
        _(
            "What the municipality borrows and lends on is owed once by the group. In the "
            "municipality's own table new lending and contributions stand among other items."
        )
    )


def operations() -> None:
    listing.heading(_("Fee-financed operations"))
    found = result.fees(reading)
    if not found:
        listing.text(_("The plan has no measures that fees pay for."))
    for economy in found:
        listing.text(fees.title(economy))
        tables.show(fees.table(economy))
        listing.points(*fees.notes(economy, result.plan))
        listing.entries([fees.formula(economy)])


main()
