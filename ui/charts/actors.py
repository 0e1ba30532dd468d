"""Other actors' need by owner: what support pays of it, and what they pay themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import COVER, OTHER_ACTORS, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

OWN = Meaning("To be paid by the owner", OTHER_ACTORS.colour)
SUPPORT = Meaning("Support of the reading", COVER["granted"].colour)
HOPED = Meaning("Support of the reading, not all granted", COVER["applied"].colour, "hatched")


@dataclass(frozen=True)
class Actor:
    """One owner, whole öre. ``gap`` says its profitability gap in words; ``from_below``: no more
    than a lower bound of its need is known."""

    key: str
    label: str
    own: int
    support: int
    gap: str
    from_below: bool = False

    @property
    def need(self) -> int:
        """What it must invest, with support and without."""
        return self.own + self.support


def figure(actors: Sequence[Actor], support: Meaning = SUPPORT) -> style.Drawing:
    """One row per owner in the given order. Each part's ``customdata`` is (key, part)."""
    drawn = style.rows(
        [actor.label for actor in actors],
        [
            f"{write.mnkr(actor.need, lower_bound=actor.from_below)}; {actor.gap}"
            for actor in actors
        ],
        right=_("Need, MSEK; profitability gap"),
    )
    for part, meaning in (("support", support), ("own", OWN)):
        amounts = [getattr(actor, part) for actor in actors]
        if not any(amounts):
            continue
        drawn.add_bar(
            orientation="h",
            x=style.drawn_amounts(amounts),
            y=[-row for row in range(len(actors))],
            width=style.BAR,
            marker=style.marker(meaning),
            customdata=[(actor.key, part) for actor in actors],
            hovertext=[
                f"{safe.plotly(actor.label)}<br>{style.word(meaning)}: {write.money(amount)}"
                for actor, amount in zip(actors, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(barmode="stack")
    return drawn


def describe(actors: Sequence[Actor]) -> str:
    """The chart in a sentence."""
    parts = [
        f"{actor.label}: {write.money(actor.need, lower_bound=actor.from_below)} ({actor.gap})"
        for actor in actors
    ]
    return _("Bars of need by owner. {parts}.", parts="; ".join(parts))
