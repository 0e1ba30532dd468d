"""What could be financed green, by category: what grants pay of it, and what is left to try."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import COVER, LOAN, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

LEFT = Meaning("Left to try as green", LOAN.colour)
GRANTS = Meaning("Grants of the reading", COVER["granted"].colour)
HOPED = Meaning("Grants of the reading, not all granted", COVER["applied"].colour, "hatched")


@dataclass(frozen=True)
class Category:
    """One category, whole öre. ``label`` is its name on screen."""

    key: str
    label: str
    left: int
    grants: int


def figure(categories: Sequence[Category], grants: Meaning = GRANTS) -> style.Drawing:
    """One row per category in the given order. Each part's ``customdata`` is (key, part)."""
    drawn = style.rows(
        [category.label for category in categories],
        [_amounts(category) for category in categories],
        right=_("Left of green expenditure, MSEK"),
    )
    for part, meaning in (("left", LEFT), ("grants", grants)):
        amounts = [getattr(category, part) for category in categories]
        if not any(amounts):
            continue
        drawn.add_bar(
            orientation="h",
            x=style.millions(amounts),
            y=[-row for row in range(len(categories))],
            width=style.BAR,
            marker=style.marker(meaning),
            customdata=[(category.key, part) for category in categories],
            hovertext=[
                f"{safe.plotly(category.label)}<br>{style.word(meaning)}: {write.money(amount)}"
                for category, amount in zip(categories, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(barmode="stack")
    return drawn


def describe(categories: Sequence[Category]) -> str:
    """The chart in a sentence."""
    parts = [f"{category.label}: {write.money(category.left)}" for category in categories]
    return _("Bars by category, what is left to try as green. {parts}.", parts="; ".join(parts))


def _amounts(category: Category) -> str:
    left, whole = write.mnkr(category.left), write.mnkr(category.left + category.grants)
    return _("{part} of {whole}", part=left, whole=whole)
