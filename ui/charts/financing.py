"""Debt against its ceiling, or a share against its target: a bar per year, limits as lines."""

from dataclasses import dataclass

from model.palette import ACCENT, BASELINE, GAP, LOAN, Meaning
from ui import safe
from ui.charts import style
from ui.i18n import _

DEBT = Meaning("Debt at the end of the year", LOAN.colour)
NEED = Meaning("Borrowing need", LOAN.colour)
PAID_BACK = Meaning("Pays debt back", LOAN.colour, "outlined")
OVER = Meaning("Beyond the limit", GAP.colour)
SHARE = Meaning("Each year's share", ACCENT)


@dataclass(frozen=True)
class Limit:
    """A line across the years: its ``label``, and a value per year, None where not known.

    ``target`` is the council's own and dashed, else it binds and is solid.
    """

    label: str
    values: tuple[float | None, ...]
    target: bool = True


@dataclass(frozen=True)
class Years:
    """Values by year in ``unit``, None where not known; ``texts`` say them. ``over`` is the part
    of a value that lies beyond what binds, and ``over_texts`` say that.
    """

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    over: tuple[float, ...]
    texts: tuple[str, ...]
    over_texts: tuple[str, ...]
    meaning: Meaning
    unit: str
    limits: tuple[Limit, ...] = ()

    @property
    def meanings(self) -> list[Meaning]:
        """What the bars mean."""
        below = [PAID_BACK] if any((value or 0) < 0 for value in self.values) else []
        return [self.meaning, *below, *([OVER] if any(self.over) else [])]


def figure(years: Years) -> style.Drawing:
    """One bar per year with its amount above, and the limits as lines with their names."""
    drawn = style.figure(height=400)
    labels = tuple(safe.plotly(label) for label in years.labels)
    kept = [
        None if value is None else value - over
        for value, over in zip(years.values, years.over, strict=True)
    ]
    for meaning, chosen in (
        (years.meaning, [value if (value or 0) >= 0 else None for value in kept]),
        (PAID_BACK, [value if (value or 0) < 0 else None for value in kept]),
        (OVER, [over or None for over in years.over]),
    ):
        if not any(chosen):
            continue
        drawn.add_bar(
            x=labels,
            y=chosen,
            marker=style.marker(meaning),
            hovertext=[
                f"{label}<br>{style.word(meaning)}: {text}"
                for label, text in zip(labels, years.texts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for limit in years.limits:
        dash = "dash" if limit.target else "solid"
        # White beneath, so that it shows on dark bars too.
        for line in ({"color": style.WHITE, "width": 4}, {"color": BASELINE.colour, "dash": dash}):
            drawn.add_scatter(
                x=labels,
                y=list(limit.values),
                mode="lines",
                line={"width": 2, **line},
                hoverinfo="skip",
            )
    for limit in years.limits:
        _name(drawn, limit, years)
    _values(drawn, years)
    drawn.update_layout(
        barmode="relative",
        bargap=0.3,
        margin=style.MARGINS | {"t": 36},
        xaxis=style.years_axis(labels, automargin=False),
        yaxis=style.amounts_axis(automargin=True) | _span(years),
    )
    drawn.add_annotation(style.unit(years.unit))
    return drawn


def describe(years: Years) -> str:
    """The chart in a sentence."""
    said = [f"{label} {text}" for label, text in zip(years.labels, years.texts, strict=True)]
    return _(
        "Bars by year: {years}. Lines: {limits}.",
        years=", ".join(said),
        limits=", ".join(limit.label for limit in years.limits) or _("none"),
    )


def _name(drawn: style.Drawing, limit: Limit, years: Years) -> None:
    """What binds is named above its line to the left, a target below its line to the right."""
    known = [i for i, value in enumerate(limit.values) if value is not None]
    if not known:
        return
    # A place on an axis of categories is its number: a year would be taken for one.
    at = known[-1] + 0.4 if limit.target else known[0] - 0.4
    crowded = not limit.target and years.over[known[0]] > 0
    drawn.add_annotation(
        text=safe.plotly(limit.label),
        x=at,
        y=limit.values[known[-1] if limit.target else known[0]],
        xanchor="right" if limit.target else "left",
        yanchor="top" if limit.target else "bottom",
        yshift=-4 if limit.target else 22 if crowded else 4,
        showarrow=False,
        bgcolor="rgba(255,255,255,0.9)",
        font={"size": style.SMALL},
    )


def _values(drawn: style.Drawing, years: Years) -> None:
    """Each year's value inside its bar, where lines do not cross it; under one that goes below
    zero, where nothing does."""
    for place, (value, text) in enumerate(zip(years.values, years.texts, strict=True)):
        inside, below = (value or 0) > 0, (value or 0) < 0
        drawn.add_annotation(
            text=text,
            x=place,
            y=value / 2 if inside else value or 0,
            yanchor="middle" if inside else "top" if below else "bottom",
            yshift=0 if inside else -2 if below else 2,
            showarrow=False,
            font={"color": style.WHITE if inside else BASELINE.colour, "size": style.SIZE},
        )
        if years.over[place]:
            drawn.add_annotation(
                text=f"<b>{years.over_texts[place]}</b>",
                x=place,
                y=value,
                yanchor="bottom",
                yshift=2,
                showarrow=False,
                font={"color": OVER.colour, "size": style.SIZE},
            )


def _span(years: Years) -> dict:
    """The value axis from zero, or from below it where a year pays debt back."""
    every = [value for value in years.values if value is not None]
    every += [value for limit in years.limits for value in limit.values if value is not None]
    top, bottom = max([*every, 0]), min([*every, 0])
    return {"range": [bottom * 1.15, (top * 1.18) or 0.1]}


__all__ = ["DEBT", "NEED", "OVER", "SHARE", "Limit", "Years", "describe", "figure"]
