"""Green bonds: what of the plan could be financed green, by category; a screening."""

import streamlit as st

from model.green_bonds import PoolRow
from model.reference import reference
from model.report import answers
from model.results import results
from ui import format as write
from ui import frame
from ui.charts import green as charts
from ui.charts.green import Category
from ui.i18n import _, mark, n_
from ui.parts import chart, empty, headline, listing
from ui.parts import green as words
from ui.parts import table as tables
from ui.parts.chart import Words
from ui.parts.headline import Figure

SHOWS = mark("Green expenditure of the municipal group less grants, by category")


def page() -> None:
    headline.show(
        answers.under_scenario(result, sentence(), state.language),
        figures(),
        tag=_("example") if result.plan.head.example else "",
        notes=[
            _(
                "Screening, not an approval: what may be allocated is spent outlay in projects "
                "that a green committee or a lender has approved, and is a smaller figure."
            )
        ],
    )
    if total("expenditure"):
        drawn, beside = st.columns([2, 1], gap="large")
        with beside:
            not_in_it()
        with drawn:
            the_chart()
    else:
        empty.show(
            _("No measure of the municipal group has both an expenditure and a green category."),
            _("Give measures a green category, and the share of them that is green."),
            page="atgarder",
            link=_("Go to Measures"),
        )
        if rows:
            tables.show(words.pool(rows))
        not_in_it()
    listing.heading(_("Frameworks and their versions"))
    listing.terms([words.framework(entry, rows) for entry in reference().green_frameworks.values()])
    listing.heading(_("What the frameworks call the categories"))
    tables.show(words.mapping())
    listing.points(*words.mapping_notes())


def total(amount: str) -> int:
    return sum(getattr(row, amount) for row in rows)


def sentence() -> str:
    if total("eligible"):
        return _(
            "{amount} of the municipal group's planned expenditure could be tried as green",
            amount=write.money(total("eligible"), lower_bound=from_below()),
        )
    if total("shared"):
        return _("Only shared measures have green expenditure, and nobody has split it")
    return _("Nothing of the municipal group's planned expenditure can be tried as green")


def from_below() -> bool:
    counted = [line.measure for row in rows for line in row.counted]
    return bool(result.plan.lower_bound[counted].any())


def figures() -> list[Figure]:
    expenditure, grants, spent = total("expenditure"), total("grants"), total("spent")
    return [
        Figure(
            write.money(expenditure, lower_bound=from_below()),
            _("Green expenditure"),
            _("{amount} of it paid", amount=write.money(spent)) if spent else "",
        ),
        Figure(write.money(grants), _("less grants"), _("of the reading")),
        Figure(
            write.money(total("eligible"), lower_bound=from_below() and total("eligible") > 0),
            _("Left to try"),
            meaning=charts.LEFT,
        ),
        Figure(
            write.money(total("shared")),
            _("Shared measures, beside"),
            _("split unknown, not counted in"),
        ),
    ]


def the_chart() -> None:
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
            title(rows),
            answers.subtitle(result, state.reading, state.language, SHOWS),
            result.plan.head.source or result.plan.head.name,
            charts.describe(categories),
        ),
        key="green",
        meanings=[charts.LEFT, *([grants] if total("grants") else [])],
        table=words.pool(rows),
        picks={row.category: words.category(row.category) for row in rows},
    )
    for row in rows:
        if picked and picked[0] == row.category:
            tables.show(words.measures(row, result.plan))


def title(shown: list[PoolRow]) -> str:
    most = max(shown, key=lambda row: row.eligible)
    if not most.eligible:
        return _("Nothing is left to try when grants are deducted")
    return _(
        "Most is left to try in {category}: {part} of {whole}",
        category=words.category(most.category),
        part=write.money(most.eligible),
        whole=write.money(total("eligible")),
    )


def not_in_it() -> None:
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


state = frame.require()
result = results(state.plan_id, state.scenario)
rows = result.green_pool(state.reading)
page()
