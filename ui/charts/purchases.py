"""What purchases emit, by department or category: rows sorted by size, from zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import ACCENT, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

EMITTED = Meaning("Emissions of purchases with a factor", ACCENT)


@dataclass(frozen=True)
class Row:
    """A row: its name (user text), t, and its share of the whole, None where there is none."""

    label: str
    tonnes: float
    share: float | None


def figure(rows: Sequence[Row]) -> style.Drawing:
    """One row per department or category in the given order."""
    drawn = style.rows(
        [row.label for row in rows], [_said(row) for row in rows], right=_("Tonnes and share")
    )
    drawn.add_bar(
        orientation="h",
        x=[row.tonnes or None for row in rows],
        y=[-at for at in range(len(rows))],
        width=style.BAR,
        marker=style.marker(EMITTED),
        hovertext=[f"{safe.plotly(row.label)}<br>{_said(row)}" for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    return drawn


def describe(rows: Sequence[Row]) -> str:
    """The chart in a sentence."""
    parts = "; ".join(f"{row.label}: {_said(row)}" for row in rows)
    return _("Bars sorted by emissions. {parts}.", parts=parts)


def _said(row: Row) -> str:
    if row.share is None:
        return write.tonnes(row.tonnes)
    return f"{write.tonnes(row.tonnes)}, {write.percent(row.share)}"
