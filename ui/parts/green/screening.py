"""What of the plan could be financed green, by category: a screening of plans, not an approval."""

from collections.abc import Sequence

import streamlit as st

from model.green_bonds import PoolRow
from model.report import answers
from model.results import Result
from ui import format as write
from ui.charts import green as charts
from ui.charts.green import Category
from ui.i18n import _, mark, n_
from ui.parts import chart, empty, headline, listing
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.green import words
from ui.parts.headline import Figure
from ui.state import State

SHOWS = mark("Green expenditure of the municipal group less grants, by category")


def answer(result: Result, state: State) -> None:
    """The sentence and its figures."""
    rows = result.green_pool(state.reading)
    headline.show(
        answers.under_scenario(result, _sentence(result, rows), state.language),
        _figures(result, rows),
        tag=_("example") if result.plan.head.example else "",
        notes=[
            _(
                "Screening, not an approval: what may be allocated is spent outlay in projects "
                "that a green committee or a lender has approved, and is a smaller figure."
            )
        ],
    )


def show(result: Result, state: State) -> None:
    """The chart by category with its table, and what is not in it."""
    rows = result.green_pool(state.reading)
    if _total(rows, "expenditure"):
        drawn, beside = st.columns([2, 1], gap="large")
        with beside:
            _not_in_it(result, state, rows)
        with drawn:
            _the_chart(result, state, rows)
    else:
        empty.show(
            _("No measure of the municipal group has both an expenditure and a green category."),
            _("Give measures a green category, and the share of them that is green."),
            page="atgarder",
            link=_("Go to Measures"),
        )
        if rows:
            tables.show(words.pool(rows))
        _not_in_it(result, state, rows)


def _total(rows: Sequence[PoolRow], amount: str) -> int:
    return sum(getattr(row, amount) for row in rows)


def _sentence(result: Result, rows: Sequence[PoolRow]) -> str:
    if _total(rows, "eligible"):
        return _(
            "{amount} of the municipal group's planned expenditure could be tried as green",
            amount=write.money(_total(rows, "eligible"), lower_bound=_from_below(result, rows)),
        )
    if _total(rows, "shared"):
        return _("Only shared measures have green expenditure, and nobody has split it")
    return _("Nothing of the municipal group's planned expenditure can be tried as green")


def _from_below(result: Result, rows: Sequence[PoolRow]) -> bool:
    counted = [line.measure for row in rows for line in row.counted]
    return bool(result.plan.lower_bound[counted].any())


def _figures(result: Result, rows: Sequence[PoolRow]) -> list[Figure]:
    expenditure, grants, spent = (
        _total(rows, "expenditure"),
        _total(rows, "grants"),
        _total(rows, "spent"),
    )
    return [
        Figure(
            write.money(expenditure, lower_bound=_from_below(result, rows)),
            _("Green expenditure"),
            _("{amount} of it paid", amount=write.money(spent)) if spent else "",
        ),
        Figure(write.money(grants), _("less grants"), _("of the reading")),
        Figure(
            write.money(
                _total(rows, "eligible"),
                lower_bound=_from_below(result, rows) and _total(rows, "eligible") > 0,
            ),
            _("Left to try"),
            meaning=charts.LEFT,
        ),
        Figure(
            write.money(_total(rows, "shared")),
            _("Shared measures, beside"),
            _("split unknown, not counted in"),
        ),
    ]


def _the_chart(result: Result, state: State, rows: Sequence[PoolRow]) -> None:
    categories = [
        Category(row.category, words.category(row.category), row.eligible, row.grants)
        for row in rows
        if row.expenditure
    ]
    hoped = state.reading in ("expected", "best_case")
    grants = charts.HOPED if hoped else charts.GRANTS
    picked = chart.place(
        charts.figure(categories, grants),
        Words(
            _title(rows),
            answers.subtitle(result, state.reading, state.language, SHOWS),
            result.plan.head.source or result.plan.head.name,
            charts.describe(categories),
        ),
        key="green",
        meanings=[charts.LEFT, *([grants] if _total(rows, "grants") else [])],
        table=words.pool(rows),
        picks={row.category: words.category(row.category) for row in rows},
    )
    for row in rows:
        if picked and picked[0] == row.category:
            tables.show(words.measures(row, result.plan))


def _title(shown: Sequence[PoolRow]) -> str:
    most = max(shown, key=lambda row: row.eligible)
    if not most.eligible:
        return _("Nothing is left to try when grants are deducted")
    return _(
        "Most is left to try in {category}: {part} of {whole}",
        category=words.category(most.category),
        part=write.money(most.eligible),
        whole=write.money(_total(shown, "eligible")),
    )


def _not_in_it(result: Result, state: State, rows: Sequence[PoolRow]) -> None:
    left = words.left_out(result.left_out_of_green_pool(state.reading))
    assumed = sum(row.share_assumed for row in rows)
    if left:
        listing.text(_("Not in it:"), *left)
    if assumed:
        listing.text(
            n_(
                "{count} measure states no green share: the whole of it is counted.",
                "{count} measures state no green share: the whole of them is counted.",
                assumed,
            )
        )
    listing.text(_("A loan or a bond covers no measure's gap: it is how the group borrows."))
