"""Need against cover by year: each year's need as a stack of what covers it, the gap on top."""

from model.formatting import year_spans
from model.palette import MEANINGS
from model.report.largest import years_of_most
from ui import format as write
from ui import safe
from ui.charts import style
from ui.charts.stack import Stack
from ui.i18n import _


def figure(years: Stack, *, before: bool = False, top: int | None = None) -> style.Drawing:
    """One bar per year. Each part's ``customdata`` is (key, status), the status ``gap`` on top.

    With ``before`` the first bar is what lies before the plan's first year, and stands apart.
    ``top`` (öre) is the highest need of the charts that share a scale.
    """
    labels = tuple(safe.plotly(label) for label in years.labels)
    drawn = style.figure(height=400)
    for name in years.parts:
        meaning = MEANINGS[name]
        amounts = years.gap if name == "gap" else years.cover[name]
        drawn.add_bar(
            x=labels,
            y=style.drawn_amounts(amounts),
            marker=style.marker(meaning),
            customdata=[(key, name) for key in years.keys],
            hovertext=[
                f"{label}<br>{style.word(meaning)}: {write.money(int(amount))}"
                for label, amount in zip(labels, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            **(_amounts_on_top(years) if name == "gap" else {}),
        )
    highest = int(years.need.max(initial=0)) if top is None else top
    drawn.update_layout(
        barmode="stack",
        bargap=0.25,
        margin=style.MARGINS,
        annotations=[style.unit(_("MSEK"))],
        xaxis=style.years_axis(labels, automargin=False),
        yaxis=style.amounts_axis(_top(highest), automargin=False),
    )
    if before:
        style.set_apart(drawn)
    return drawn


def describe(years: Stack) -> str:
    """The chart in a sentence."""
    if not years.need.any():
        return _("No investment need is known for any year.")
    worst = int(years.gap.argmax())
    if not years.gap[worst]:
        return _("Stacked bars by year: the whole need of {need} is covered.", **_totals(years))
    return _(
        "Stacked bars by year: of the need of {need}, {gap} is missing, most in {year}: {most}.",
        **_totals(years),
        year=year_spans(years_of_most(years.labels, years.gap.tolist())),
        most=write.money(int(years.gap[worst])),
    )


def _totals(years: Stack) -> dict[str, str]:
    return {"need": write.money(int(years.need.sum())), "gap": write.money(int(years.gap.sum()))}


def _amounts_on_top(years: Stack) -> dict:
    """The gap's amount above its bar, upright where the bars are narrow."""
    gap = MEANINGS["gap"]
    return {
        "text": [
            f"<b>{write.at_least(write.mnkr(int(amount)), years.bound(i))}</b>" if amount else ""
            for i, amount in enumerate(years.gap)
        ],
        "textposition": "outside",
        "textfont": {"color": gap.colour, "size": style.SIZE},
        "cliponaxis": False,
    }


def _top(highest: int) -> float:
    """The end of the value axis: room above the highest bar for its amount."""
    return max(float(style.millions(highest)) * 1.18, 0.1)
