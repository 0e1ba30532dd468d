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
PLOT, ABOVE, BELOW, BESIDE = 440, 28, 8, 112
# Letters of a line of a name, its pixels in a wide window, and the space between two neighbours.
WIDEST, LINE, GAP = 17, 19, 6
POINTS = 16
NODE = 0.05


@dataclass(frozen=True)
class Flow:
    """An amount in whole öre, from a payer to an owner. Both may be what a person typed;
    ``meaning`` is the payer's. ``from_below``: it is at least this much."""

    payer: str
    owner: str
    meaning: Meaning
    amount: int
    from_below: bool = False

    @property
    def money(self) -> str:
        """The amount in words."""
        return write.money(self.amount, lower_bound=self.from_below)


def figure(flows: Sequence[Flow]) -> style.Drawing:
    """Payers to the left and owners to the right, in the order given, the same krona as wide on
    both sides."""
    flows = _fewer([flow for flow in flows if flow.amount > 0])
    drawn = style.figure(height=PLOT + ABOVE + BELOW)
    payers, owners = _sums(flows, "payer"), _sums(flows, "owner")
    size = _size(payers, owners)
    left, right = _places(payers, size), _places(owners, size)
    from_, to = dict(left), dict(right)
    for flow in flows:
        width = flow.amount * size
        _band(drawn, flow, from_[flow.payer], to[flow.owner], width)
        from_[flow.payer] -= width
        to[flow.owner] -= width
    colours = {flow.payer: flow.meaning.colour for flow in flows}
    for x, sums, places in ((0.0, payers, left), (1.0 - NODE, owners, right)):
        for name, amount in sums.items():
            drawn.add_shape(
                type="rect",
                x0=x,
                x1=x + NODE,
                y0=places[name] - amount * size,
                y1=places[name],
                fillcolor=style.INK if x else colours[name],
                line={"width": 0},
            )
    heads = ((0, "left", _("Who pays, MSEK")), (1, "right", _("Whose it is, MSEK")))
    drawn.update_layout(
        margin={"l": BESIDE, "r": BESIDE, "t": ABOVE, "b": BELOW, "pad": 0},
        annotations=[
            *_named(payers, left, size, 0, "right", {f.payer for f in flows if f.from_below}),
            *_named(owners, right, size, 1, "left", {f.owner for f in flows if f.from_below}),
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
    said = "; ".join(f"{flow.payer}, {flow.owner}: {flow.money}" for flow in flows if flow.amount)
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
        meaning = flow.meaning if pays else REST
        before = pairs.get(pair, Flow(*pair, meaning, 0))
        pairs[pair] = Flow(
            *pair, meaning, before.amount + flow.amount, before.from_below or flow.from_below
        )
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


def _lines(name: str, amount: int, from_below: bool = False) -> list[str]:
    """What stands beside a part, line by line: its name, and last its amount."""
    said = wrap(safe.line(name), WIDEST, max_lines=2, placeholder=" …")
    return [*said, write.mnkr(amount, lower_bound=from_below)]


def _rooms(sums: dict[str, int]) -> list[float]:
    """Of the height, what each name with its amount takes."""
    return [(len(_lines(name, amount)) * LINE + GAP) / PLOT for name, amount in sums.items()]


def _size(*sides: dict[str, int]) -> float:
    """Of the height, a krona's öre: as much as leaves room for every name on either side."""
    least, most = 0.0, 1 / max(sum(sides[0].values()), 1)
    for _step in range(40):
        middle = (least + most) / 2
        fits = all(
            sum(
                max(amount * middle + GAP / PLOT, room)
                for amount, room in zip(side.values(), _rooms(side), strict=True)
            )
            <= 1
            for side in sides
        )
        least, most = (middle, most) if fits else (least, middle)
    return least


def _places(sums: dict[str, int], size: float) -> dict[str, float]:
    """The top of each name's part, from 1 downward, in the middle of the room that it takes."""
    slots = [
        max(amount * size + GAP / PLOT, room)
        for amount, room in zip(sums.values(), _rooms(sums), strict=True)
    ]
    between = (1 - sum(slots)) / max(len(slots), 1)
    top, places = 1.0, {}
    for (name, amount), slot in zip(sums.items(), slots, strict=True):
        places[name] = top - (slot + between - amount * size) / 2
        top -= slot + between
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
        text=f"{safe.plotly(flow.payer)} → {safe.plotly(flow.owner)}: {flow.money}",
    )


def _named(
    sums: dict[str, int],
    places: dict[str, float],
    size: float,
    x: int,
    anchor: str,
    from_below: set[str],
) -> list[dict]:
    """Each name with its amount beside its part."""
    texts = []
    for name, amount in sums.items():
        *said, last = _lines(name, amount, name in from_below)
        texts.append(
            {
                "text": "<br>".join([*map(safe.plotly, said), f"<b>{last}</b>"]),
                "xref": "paper",
                "x": x,
                "xshift": 8 if x else -8,
                "y": places[name] - amount * size / 2,
                "xanchor": anchor,
                "yanchor": "middle",
                "align": anchor,
                "showarrow": False,
                "font": {"size": style.SMALL},
            }
        )
    return texts
