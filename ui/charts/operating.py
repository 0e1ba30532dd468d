"""Operating impact by year: what costs upward from zero, what lowers the cost downward, and the sum
of both as a line across the bar with its amount.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from model.palette import INK, OPERATING, Meaning
from ui import format as write
from ui.charts import style
from ui.i18n import _

_NET = 34


def figure(years: Sequence[int], columns: Mapping[str, np.ndarray]) -> style.Drawing:
    """One bar per year; ``columns`` are (years,) öre by key of ``palette.OPERATING``."""
    labels = tuple(str(year) for year in years)
    drawn = style.figure(height=400)
    for name in parts(columns):
        meaning, amounts = OPERATING[name], columns[name]
        drawn.add_bar(
            x=labels,
            y=style.drawn_amounts(amounts),
            marker=style.marker(meaning),
            hovertext=[
                f"{label}<br>{style.word(meaning)}: {write.money(int(amount))}"
                for label, amount in zip(labels, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    net, up, down = _net(columns), _part(columns, np.maximum), _part(columns, np.minimum)
    drawn.add_scatter(
        x=labels,
        y=style.millions(net),
        mode="markers",
        marker={"symbol": "line-ew", "size": _NET, "line": {"color": INK, "width": 3}},
        hovertext=[
            _("{year}: {amount} in all", year=label, amount=write.money(int(amount)))
            for label, amount in zip(labels, net, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    highest, lowest = float(style.millions(up).max()), float(style.millions(down).min())
    room = max(highest - lowest, 0.1) * 0.14
    # As points and not as notes: a note at "2026" would stand at the 2026th category.
    drawn.add_scatter(
        x=labels,
        y=style.millions(up) + room / 8,
        mode="text",
        text=[f"<b>{write.mnkr(int(amount))}</b>" for amount in net],
        textposition="top center",
        textfont={"color": INK, "size": style.SIZE},
        cliponaxis=False,
        hoverinfo="skip",
    )
    drawn.add_annotation(style.unit(_("MSEK")))
    drawn.update_layout(
        barmode="relative",
        bargap=0.3,
        margin=style.MARGINS,
        xaxis=style.years_axis(labels, automargin=False),
        yaxis=style.amounts_axis(automargin=False)
        | {"range": [lowest - (room if lowest < 0 else 0), highest + room]},
    )
    return drawn


def parts(columns: Mapping[str, np.ndarray]) -> list[str]:
    """The columns that hold something, in the order of the bar."""
    return [name for name in OPERATING if name in columns and np.any(columns[name])]


def meanings(columns: Mapping[str, np.ndarray]) -> list[Meaning]:
    """For the key of the chart."""
    return [OPERATING[name] for name in parts(columns)]


def describe(years: Sequence[int], columns: Mapping[str, np.ndarray]) -> str:
    """The chart in a sentence."""
    said = "; ".join(
        f"{year}: {write.money(int(amount))}"
        for year, amount in zip(years, _net(columns), strict=True)
    )
    return _("Stacked bars by year, costs upward and what lowers them downward. {sums}.", sums=said)


def _net(columns: Mapping[str, np.ndarray]) -> np.ndarray:
    return sum(np.asarray(amounts) for amounts in columns.values())


def _part(columns: Mapping[str, np.ndarray], of) -> np.ndarray:
    return sum(of(amounts, 0) for amounts in columns.values())
