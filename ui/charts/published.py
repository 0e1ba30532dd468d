"""Published figures by document: how many agree, do not agree, and cannot be recomputed."""

from collections.abc import Mapping, Sequence

from model.palette import VERDICTS
from ui import safe
from ui.charts import style
from ui.i18n import _


def figure(names: Sequence[str], counts: Sequence[Mapping[str, int]]) -> style.Drawing:
    """One row per document, in the order given; ``counts`` are figures by verdict."""
    drawn = style.rows(
        list(names),
        [
            _("{differs} of {all}", differs=each["differs"], all=sum(each.values()))
            for each in counts
        ],
        right=_("Do not agree, of all figures"),
    )
    for verdict, meaning in VERDICTS.items():
        drawn.add_bar(
            orientation="h",
            x=[each[verdict] or None for each in counts],
            y=[-row for row in range(len(names))],
            width=style.BAR,
            marker=style.marker(meaning),
            hovertext=[
                f"{safe.plotly(name)}<br>{style.word(meaning)}: {each[verdict]}"
                for name, each in zip(names, counts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    drawn.update_layout(barmode="stack")
    return drawn


def describe(names: Sequence[str], counts: Sequence[Mapping[str, int]]) -> str:
    """The chart in words."""
    said = [
        _(
            "{name}: {agrees} agree, {differs} do not, {cannot} cannot be recomputed",
            name=name,
            agrees=each["agrees"],
            differs=each["differs"],
            cannot=each["cannot"],
        )
        for name, each in zip(names, counts, strict=True)
    ]
    return "; ".join(said) + "."
