"""Grants by source and status, with what lies above the rule set off."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.palette import COVER, GAP, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

ABOVE = Meaning("Above what a rule allows", GAP.colour)
PARTS = {
    "granted": COVER["granted"],
    "applied": COVER["applied"],
    "idea": COVER["idea"],
    "above": ABOVE,
}


@dataclass(frozen=True)
class Source:
    """The grants of one source, whole öre: within the rules by status, and ``above`` them."""

    key: str
    label: str
    granted: int
    applied: int
    idea: int
    above: int

    @property
    def total(self) -> int:
        """Everything."""
        return self.granted + self.applied + self.idea + self.above


def figure(sources: Sequence[Source]) -> style.Drawing:
    """One row per source in the given order. Each part's ``customdata`` is (key, part)."""
    drawn = style.rows(
        [source.label for source in sources],
        [_amounts(source) for source in sources],
        right=_("Grants, MSEK"),
    )
    for part in parts(sources):
        meaning = PARTS[part]
        amounts = [getattr(source, part) for source in sources]
        drawn.add_bar(
            orientation="h",
            x=style.drawn_amounts(amounts),
            y=[-row for row in range(len(sources))],
            width=style.BAR,
            marker=style.marker(meaning),
            customdata=[(source.key, part) for source in sources],
            hovertext=[
                f"{safe.plotly(source.label)}<br>{style.word(meaning)}: {write.money(amount)}"
                for source, amount in zip(sources, amounts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(barmode="stack")
    return drawn


def parts(sources: Sequence[Source]) -> list[str]:
    """What the bars show, in their order."""
    return [part for part in PARTS if any(getattr(source, part) for source in sources)]


def describe(sources: Sequence[Source]) -> str:
    """The chart in a sentence."""
    said = "; ".join(
        _("{source}: {amount}", source=source.label, amount=write.money(source.total))
        for source in sources
    )
    return _("Bars by source of money: {parts}.", parts=said)


def _amounts(source: Source) -> str:
    total = write.mnkr(source.total)
    if not source.above:
        return total
    above = f'<b style="color:{ABOVE.colour}">{write.mnkr(source.above)}</b>'
    return _("{above} above, of {total}", above=above, total=total)
