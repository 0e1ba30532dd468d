"""Need, cover and gap of sectors, owners, departments ...: rows sorted by size."""

from collections.abc import Collection

from model.palette import MEANINGS, MESSY_MIDDLE
from ui import format as write
from ui import safe
from ui.charts import style
from ui.charts.stack import Stack
from ui.i18n import _


def figure(
    categories: Stack,
    *,
    sort: bool = True,
    split: bool = True,
    band: Collection[str] = (),
    top: int | None = None,
) -> style.Drawing:
    """One row per category, largest need first unless ``sort`` is false (readiness has an order).

    Without ``split`` a row says its amount alone, not how much of it is missing. ``band`` are the
    keys of neighbouring rows that belong together, ``top`` (öre) the end of the scale where charts
    must agree. Each part's ``customdata`` is (key, status).
    """
    ordered = categories.largest_first() if sort else categories
    drawn = style.rows(
        list(ordered.labels),
        [_amounts(ordered, row, split) for row in range(len(ordered.keys))],
        right=_("Missing of the need, MSEK") if split else _("MSEK"),
    )
    if top:
        drawn.update_xaxes(range=[0, float(style.millions(top))])
    for name in ordered.parts:
        meaning = MEANINGS[name]
        amounts = ordered.gap if name == "gap" else ordered.cover[name]
        drawn.add_bar(
            orientation="h",
            x=style.drawn_amounts(amounts),
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
    if band:
        _ground(drawn, [row for row, key in enumerate(ordered.keys) if key in band])
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


def _amounts(categories: Stack, row: int, split: bool) -> str:
    if categories.not_known(row):
        return write.unknown()
    need = write.at_least(write.mnkr(int(categories.need[row])), categories.bound(row))
    gap = int(categories.gap[row])
    missing = write.mnkr(gap if split else int(categories.need[row]))
    if gap:
        missing = f'<b style="color:{MEANINGS["gap"].colour}">{missing}</b>'
    return _("{gap} of {need}", gap=missing, need=need) if split else missing


def _ground(drawn: style.Drawing, rows: list[int]) -> None:
    """A ground of its own under neighbouring rows."""
    if rows:
        drawn.add_shape(
            type="rect",
            layer="below",
            xref="paper",
            x0=0,
            x1=1,
            y0=0.72 - rows[0],
            y1=-0.26 - rows[-1],
            fillcolor=MESSY_MIDDLE.light,
            line={"width": 0},
        )
