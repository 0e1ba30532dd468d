"""A climate budget year by year: what measures take away, against what is to be reduced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.palette import BASELINE, COVER, GAP, MUTED, Meaning
from ui import format as write
from ui.charts import style
from ui.i18n import _

KINDS: Mapping[str, Meaning] = {
    "funded": Meaning("Decided, with money", COVER["decided"].colour),
    "unfunded": Meaning("Decided, money is missing", GAP.colour, "hatched"),
    "cost_unknown": Meaning("Decided, expenditure not known", MUTED, "outlined"),
    "undecided": Meaning("Not decided", MUTED, "dotted"),
}
NEEDED = Meaning("To be reduced by the budget", BASELINE.colour, "outlined")


@dataclass(frozen=True)
class Years:
    """Tonnes by year: of measures by kind of :data:`KINDS`, and ``needed`` (None: not known)."""

    years: tuple[int, ...]
    tonnes: Mapping[str, Sequence[float]]
    needed: Sequence[float] | None

    @property
    def kinds(self) -> list[str]:
        """The kinds that are anything, bottom to top."""
        return [kind for kind in KINDS if any(self.tonnes[kind])]


def figure(shown: Years) -> style.Drawing:
    """Stacked bars by year, and the dashed line that they are to reach."""
    labels = tuple(str(year) for year in shown.years)
    drawn = style.figure(height=380)
    for kind in shown.kinds:
        meaning = KINDS[kind]
        drawn.add_bar(
            x=labels,
            y=[amount or None for amount in shown.tonnes[kind]],
            marker=style.marker(meaning),
            hovertext=[
                f"{year}<br>{style.word(meaning)}: {write.tonnes(amount)}"
                for year, amount in zip(labels, shown.tonnes[kind], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    if shown.needed is not None:
        drawn.add_scatter(
            x=labels,
            y=list(shown.needed),
            mode="lines+markers",
            line={"color": NEEDED.colour, "width": 2, "dash": "dash"},
            hovertext=[
                f"{year}<br>{style.word(NEEDED)}: {write.tonnes(amount)}"
                for year, amount in zip(labels, shown.needed, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(
        barmode="stack",
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        annotations=[style.unit(_("t CO2e a year")), *_named(shown)],
        xaxis=style.years_axis(labels),
        yaxis=style.amounts_axis(),
    )
    return drawn


def meanings(shown: Years) -> list[Meaning]:
    """The chart's key, in the order of the bar; the line is named where it is drawn."""
    return [KINDS[kind] for kind in shown.kinds]


def _named(shown: Years) -> list[dict]:
    """The line's name, above the years: among the bars it would be hard to read."""
    if shown.needed is None:
        return []
    place = style.unit(f"<b>– –</b> {style.word(NEEDED)}") | {"x": 1, "xanchor": "right"}
    return [place | {"font": {"color": NEEDED.colour, "size": style.SMALL}}]


def describe(shown: Years) -> str:
    """The last year in a sentence."""
    last = shown.years[-1]
    parts = [f"{style.word(KINDS[kind])} {write.tonnes(shown.tonnes[kind][-1])}" for kind in KINDS]
    if shown.needed is not None:
        parts.append(f"{style.word(NEEDED)} {write.tonnes(shown.needed[-1])}")
    return _("Bars by year; in {year}: {parts}.", year=last, parts="; ".join(parts))
