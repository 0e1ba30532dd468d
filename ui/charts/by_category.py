"""Need, cover and gap of sectors, owners, departments ...: rows sorted by size."""

import plotly.graph_objects as go

from model.palette import MEANINGS
from ui import format as write
from ui import safe
from ui.charts import style
from ui.charts.stack import Stack
from ui.i18n import _


def figure(categories: Stack, *, sort: bool = True) -> go.Figure:
    """One row per category, largest need first unless ``sort`` is false (readiness has an order).

    Each part's ``customdata`` is (key, status).
    """
    ordered = categories.largest_first() if sort else categories
    drawn = style.rows(
        list(ordered.labels),
        [_amounts(ordered, row) for row in range(len(ordered.keys))],
        right=_("Missing of the need, MSEK"),
    )
    for name in ordered.parts:
        meaning = MEANINGS[name]
        amounts = ordered.gap if name == "gap" else ordered.cover[name]
        drawn.add_bar(
            orientation="h",
            x=style.millions(amounts),
            y=[-row for row in range(len(ordered.keys))],
            width=style.BAR,
            marker=style.marker(meaning),
            customdata=[(key, name) for key in ordered.keys],
            hovertext=[
                f"{safe.plotly(label)}<br>{style.word(meaning)}: {write.money(int(amount))}"
                for label, amount in zip(ordered.labels, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(barmode="stack")
    return drawn


def describe(categories: Stack) -> str:
    """The chart in a sentence."""
    if not categories.need.any():
        return _("No investment need is known.")
    first = categories.largest_first()
    return _(
        "Bars sorted by need: {name} is largest with {need}, of which {gap} is missing.",
        name=first.labels[0],
        need=write.money(int(first.need[0])),
        gap=write.money(int(first.gap[0])),
    )


def _amounts(categories: Stack, row: int) -> str:
    need = write.at_least(write.mnkr(int(categories.need[row])), categories.bound(row))
    gap = int(categories.gap[row])
    if not categories.need[row]:
        return need
    missing = write.mnkr(gap)
    if gap:
        missing = f'<b style="color:{MEANINGS["gap"].colour}">{missing}</b>'
    return _("{gap} of {need}", gap=missing, need=need)
