"""Who pays for whose investment: bands from payers to owners as wide as their amounts, a Sankey."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np

from model.palette import MUTED, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

REST = Meaning("Others", MUTED, "outlined")
# So many payers and owners have a name beside the bands; the smallest of more are one.
MOST = 6
PLOT, ABOVE, BELOW, BESIDE = 340, 28, 8, 112
# Letters of a line of a name, pixels of a line, and the space between two neighbours.
WIDEST, LINE, GAP = 15, 17, 14
POINTS = 16
NODE = 0.05


@dataclass(frozen=True)
class Flow:
    """An amount in whole öre, from a payer to an owner. Both may be what a person typed;
    ``meaning`` is the payer's."""

    payer: str
    owner: str
    meaning: Meaning
    amount: int


def figure(flows: Sequence[Flow]) -> style.Drawing:
    """Payers to the left and owners to the right, in the order given, the same krona as wide on
    both sides."""
    flows = _fewer([flow for flow in flows if flow.amount > 0])
    drawn = style.figure(height=PLOT + ABOVE + BELOW)
    payers, owners = _sums(flows, "payer"), _sums(flows, "owner")
    whole = sum(payers.values()) or 1
    # Of the height, what lies between neighbours is as much on both sides.
    space = GAP * (max(len(payers), len(owners), 1) - 1) / PLOT
    left, right = _places(payers, whole, space), _places(owners, whole, space)
    from_, to = dict(left), dict(right)
    for flow in flows:
        width = flow.amount / whole * (1 - space)
        _band(drawn, flow, from_[flow.payer], to[flow.owner], width)
        from_[flow.payer] -= width
        to[flow.owner] -= width
    meanings = {flow.payer: flow.meaning for flow in flows}
    for x, sums, places in ((0.0, payers, left), (1.0 - NODE, owners, right)):
        for name, amount in sums.items():
            top = places[name]
            colour = meanings[name].colour if not x else style.INK
            drawn.add_shape(
                type="rect",
                x0=x,
                x1=x + NODE,
                y0=top - amount / whole * (1 - space),
                y1=top,
                fillcolor=colour,
                line={"width": 0},
            )
    heads = ((0, "left", _("Who pays, MSEK")), (1, "right", _("Whose it is, MSEK")))
    drawn.update_layout(
        margin={"l": BESIDE, "r": BESIDE, "t": ABOVE, "b": BELOW, "pad": 0},
        annotations=[
            *_named(payers, left, whole, space, 0, "right"),
            *_named(owners, right, whole, space, 1, "left"),
            *(
                style.unit(text) | {"x": x, "xanchor": side, "xshift": shift}
                for (x, side, text), shift in zip(heads, (-BESIDE, BESIDE), strict=True)
            ),
        ],
        xaxis=style.hidden_axis(range=[0, 1]),
        yaxis=style.hidden_axis(range=[0, 1]),
    )
    return drawn


def describe(flows: Sequence[Flow]) -> str:
    """The chart in a sentence."""
    said = "; ".join(
        f"{flow.payer}, {flow.owner}: {write.money(flow.amount)}" for flow in flows if flow.amount
    )
    return _("Bands from who pays to whose it is. {flows}.", flows=said)


def _fewer(flows: Sequence[Flow]) -> list[Flow]:
    """Names beyond the largest as one, and each pair of names once."""
    kept = {side: _largest(flows, side) for side in ("payer", "owner")}
    rest, pairs = style.word(REST), {}
    for flow in flows:
        pays = flow.payer in kept["payer"]
        pair = (
            flow.payer if pays else rest,
            flow.owner if flow.owner in kept["owner"] else rest,
        )
        before = pairs[pair].amount if pair in pairs else 0
        pairs[pair] = Flow(*pair, flow.meaning if pays else REST, before + flow.amount)
    return sorted(pairs.values(), key=lambda flow: (flow.payer == rest, flow.owner == rest))


def _largest(flows: Sequence[Flow], side: str) -> set[str]:
    sums = _sums(flows, side)
    if len(sums) <= MOST:
        return set(sums)
    return set(sorted(sums, key=lambda name: -sums[name])[: MOST - 1])


def _sums(flows: Sequence[Flow], side: str) -> dict[str, int]:
    """Öre by name, in the order given."""
    sums: dict[str, int] = {}
    for flow in flows:
        sums[getattr(flow, side)] = sums.get(getattr(flow, side), 0) + flow.amount
    return sums


def _places(sums: dict[str, int], whole: int, space: float) -> dict[str, float]:
    """The top of each name's part of the height, from 1 downward, in the middle of it all."""
    between = GAP / PLOT
    top = 1 - (space - between * max(len(sums) - 1, 0)) / 2
    places = {}
    for name, amount in sums.items():
        places[name] = top
        top -= amount / whole * (1 - space) + between
    return places


def _band(drawn: style.Drawing, flow: Flow, start: float, end: float, width: float) -> None:
    """From ``start`` to ``end``, both its upper edge, level at both ends."""
    along = np.linspace(0, 1, POINTS)
    bend = end + (start - end) * (1 - (3 * along**2 - 2 * along**3))
    x = NODE + along * (1 - 2 * NODE)
    drawn.add_scatter(
        x=[*x.tolist(), *x[::-1].tolist()],
        y=[*bend.tolist(), *(bend[::-1] - width).tolist()],
        mode="lines",
        fill="toself",
        fillcolor=flow.meaning.light,
        line={"color": flow.meaning.colour, "width": 1, "simplify": False},
        hoveron="fills",
        hoverinfo="text",
        text=f"{safe.plotly(flow.payer)} → {safe.plotly(flow.owner)}: {write.money(flow.amount)}",
    )


def _named(
    sums: dict[str, int], places: dict[str, float], whole: int, space: float, x: int, anchor: str
) -> list[dict]:
    """Each name with its amount beside its part, moved apart where parts are thin."""
    texts = [
        [*wrap(safe.line(name), WIDEST, max_lines=2, placeholder=" …"), write.mnkr(amount)]
        for name, amount in sums.items()
    ]
    middles = [places[name] - amount / whole * (1 - space) / 2 for name, amount in sums.items()]
    rooms = [len(lines) * LINE / PLOT for lines in texts]
    # From below, as a chart counts.
    placed = style.apart(middles[::-1], rooms[::-1], 1.0)[::-1]
    return [
        {
            "text": "<br>".join([*map(safe.plotly, lines[:-1]), f"<b>{lines[-1]}</b>"]),
            "xref": "paper",
            "x": x,
            "xshift": 8 if x else -8,
            "y": y,
            "xanchor": anchor,
            "yanchor": "middle",
            "align": anchor,
            "showarrow": False,
            "font": {"size": style.SMALL},
        }
        for lines, y in zip(texts, placed, strict=True)
    ]
