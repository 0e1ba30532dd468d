"""What stands beside the group's gap: what others need to invest, and what is shared.

A need and no gap. Panels of their own, never stacked on the group's and on the same scale as it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.palette import OTHER_ACTORS, SHARED, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

MEANINGS = {"other": OTHER_ACTORS, "shared": SHARED}
PANEL = 230


@dataclass(frozen=True, eq=False)
class Panel:
    """The need of one actor group of ``MEANINGS``: int64 öre by key, named on screen by labels.

    ``lower_bound`` and ``unknown`` mark keys whose need is known from below, or not at all.
    """

    group: str
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    need: np.ndarray
    lower_bound: np.ndarray
    unknown: np.ndarray

    @property
    def meaning(self) -> Meaning:
        """What it is drawn as."""
        return MEANINGS[self.group]

    def amount(self, index: int) -> str:
        """The need of a key in words, without its unit."""
        if self.unknown[index]:
            return write.unknown()
        return write.mnkr(int(self.need[index]), lower_bound=bool(self.lower_bound[index]))


def by_year(panels: Sequence[Panel], top: int, *, before: bool = False) -> style.Drawing:
    """One row of columns per group over the same years. ``top`` (öre) is the group's own scale.

    Each bar's ``customdata`` is (key, actor group).
    """
    drawn = style.figure(height=PANEL * len(panels) + 16)
    highest = max([top, *(int(panel.need.max(initial=0)) for panel in panels)])
    end = float(style.millions(highest)) * 1.18 or 0.1
    for row, panel in enumerate(panels):
        axis = "" if row == 0 else str(row + 1)
        bottom, height = 1 - (row + 1) / len(panels), 1 / len(panels)
        labels = tuple(safe.plotly(label) for label in panel.labels)
        drawn.update_layout(
            {
                f"xaxis{axis}": style.years_axis(labels, automargin=False) | {"anchor": f"y{axis}"},
                f"yaxis{axis}": style.amounts_axis(end, automargin=False)
                | {
                    "anchor": f"x{axis}",
                    "domain": [bottom + 0.24 * height, bottom + 0.84 * height],
                    "nticks": 4,
                },
            }
        )
        drawn.add_annotation(
            text=f"<b>{style.word(panel.meaning)}</b>, {_('MSEK')}",
            xref="paper",
            yref="paper",
            x=0,
            y=bottom + 0.89 * height,
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
        )
        drawn.add_bar(
            x=labels,
            y=style.drawn_amounts(panel.need),
            xaxis=f"x{axis}",
            yaxis=f"y{axis}",
            marker=style.marker(panel.meaning),
            text=[panel.amount(i) if panel.need[i] else "" for i in range(len(labels))],
            textposition="outside",
            textfont={"size": style.SMALL},
            cliponaxis=False,
            **_picked(panel),
            hovertemplate=_HOVER,
        )
        if before:
            style.set_apart(drawn, axis)
    drawn.update_layout(bargap=0.25, margin=style.MARGINS | {"t": 8})
    return drawn


def by_category(panels: Sequence[Panel], top: int) -> style.Drawing:
    """One row per key of each group, the largest first. ``top`` (öre) is the group's own scale.

    Each bar's ``customdata`` is (key, actor group).
    """
    rows = [(panel, i) for panel in panels for i in np.argsort(-panel.need, kind="stable")]
    drawn = style.rows(
        [panel.labels[i] for panel, i in rows],
        [panel.amount(i) for panel, i in rows],
        right=_("Need, MSEK"),
    )
    highest = max([top, *(int(panel.need.max(initial=0)) for panel in panels)])
    drawn.update_xaxes(range=[0, float(style.millions(highest)) or 0.1])
    for panel in panels:
        places = [row for row, (of, _i) in enumerate(rows) if of is panel]
        order = [i for of, i in rows if of is panel]
        picked = {name: [values[i] for i in order] for name, values in _picked(panel).items()}
        drawn.add_bar(
            orientation="h",
            x=style.drawn_amounts(panel.need[order]),
            y=[-row for row in places],
            width=style.BAR,
            marker=style.marker(panel.meaning),
            **picked,
            hovertemplate=_HOVER,
        )
    return drawn


def describe(panels: Sequence[Panel]) -> str:
    """The chart in a sentence."""
    parts = [
        f"{style.word(panel.meaning).lower()} {write.money(int(panel.need.sum()))}"
        for panel in panels
    ]
    return _("Bars of what others need to invest: {parts}.", parts=", ".join(parts))


_HOVER = "%{hovertext}<extra></extra>"


def _picked(panel: Panel) -> dict:
    return {
        "customdata": [(key, panel.group) for key in panel.keys],
        "hovertext": [
            f"{safe.plotly(label)}<br>{style.word(panel.meaning)}: {write.money(int(amount))}"
            for label, amount in zip(panel.labels, panel.need, strict=True)
        ],
    }
