"""Charts drawn on the server: a few bars as SVG, in the browser before a hand has left the switch.

A library that draws in the browser takes longer than all else together, so a chart that answers a
toggle is drawn here. Places from left to right are percent of the chart's width and sizes are
pixels, so that a phone shows the same text in the same size. Every text goes through
:func:`ui.safe.markup`, and every bar says its amount in whole öre (``data-ore``).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from model.formatting import MILLION
from model.palette import GRID, MUTED, Meaning
from ui import format as write
from ui import safe
from ui.i18n import _

HEIGHT, ABOVE, BELOW = 360, 36, 44
# So many years have room for their names and amounts: on a desk, and on a phone.
DESK, PHONE = 14, 8
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Picture:
    """A finished chart: what is drawn, and the amount in whole öre that it is about."""

    drawn: str
    ore: int

    def markup(self, key: str, title: str, alt: str) -> str:
        """The whole of it for ``st.markdown``, on one line. ``key`` tells it from other charts.

        ``title`` and ``alt`` say it to who cannot see it. They may hold what a person typed.
        """
        return (
            f'<figure class="drawn"><svg class="chart" role="img" width="100%" height="{HEIGHT}" '
            f'aria-labelledby="{key}-title {key}-alt" data-ore="{self.ore}">'
            f'<title id="{key}-title">{safe.markup(title)}</title>'
            f'<desc id="{key}-alt">{safe.markup(alt)}</desc>{self.drawn}</svg></figure>'
        )


@dataclass(frozen=True)
class Scale:
    """From öre to pixels, from zero up to a round number above ``largest``."""

    largest: int

    @cached_property
    def step(self) -> float:
        """Between two lines, in millions of kronor: at most five of them."""
        most = max(self.largest / MILLION, 0.4)
        size = 10.0 ** math.floor(math.log10(most / 4))
        return next(size * step for step in _STEPS if most / (size * step) <= 4)

    @cached_property
    def lines(self) -> int:
        """How many lines there are above the one of zero."""
        return max(math.ceil(self.largest / MILLION / self.step), 1)

    def height(self, ore: int) -> float:
        """How high a bar is, in pixels."""
        room = HEIGHT - ABOVE - BELOW
        return round(ore / MILLION / (self.step * self.lines) * room, 2)

    def y(self, ore: int) -> float:
        """Where its top is, in pixels from above."""
        return round(HEIGHT - BELOW - self.height(ore), 2)

    def drawn(self) -> str:
        """The lines with their amounts, and the unit above them."""
        decimals = next(d for d in range(3) if round(self.step * 10**d, 6).is_integer())
        marks = [f'<text class="amount" x="-8" y="14">{safe.markup(_("MSEK"))}</text>']
        for line in range(self.lines + 1):
            y = self.y(round(line * self.step * MILLION))
            colour = GRID if line else MUTED
            text = safe.markup(write.number(line * self.step, decimals))
            marks.append(
                f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="{colour}"/>'
                f'<text class="amount" x="-8" y="{y + 4}">{text}</text>'
            )
        return "".join(marks)


def bar(
    place: int, of: int, ore: int, scale: Scale, meaning: Meaning, says: str, width: float
) -> str:
    """A bar at ``place`` of ``of``, ``width`` as part of its place. ``says`` is user text."""
    slot = 100 / of
    left = round(slot * (place + (1 - width) / 2), 3)
    return (
        f'<rect x="{left}%" y="{scale.y(ore)}" width="{round(slot * width, 3)}%" '
        f'height="{scale.height(ore)}" {_look(meaning)} data-ore="{ore}">'
        f"<title>{safe.markup(says)}</title></rect>"
    )


def above(place: int, of: int, ore: int, scale: Scale, meaning: Meaning, *, minor: bool) -> str:
    """The amount above a bar; where the bars are many the ``minor`` ones have no room."""
    if minor and of > DESK:
        return ""
    hidden = " wide" if minor and of > PHONE else ""
    return (
        f'<text class="above{hidden}" x="{_middle(place, of)}%" y="{scale.y(ore) - 6}" '
        f'color="{meaning.colour}">{safe.markup(write.mnkr(ore))}</text>'
    )


def years(labels: Sequence[str]) -> str:
    """What stands under each bar, on one or two lines; of many years not every one."""
    of = len(labels)
    return "".join(_year(place, of, label) for place, label in enumerate(labels))


def _year(place: int, of: int, label: str) -> str:
    if place % math.ceil(of / (2 * DESK)):
        return ""
    hidden = " wide" if place % math.ceil(of / PHONE) else ""
    middle = _middle(place, of)
    first, _space, second = label.partition(" ")
    below = f'<tspan x="{middle}%" dy="15">{safe.markup(second)}</tspan>' if second else ""
    return (
        f'<text class="year{hidden}" x="{middle}%" y="{HEIGHT - BELOW + 18}">'
        f"{safe.markup(first)}{below}</text>"
    )


def _middle(place: int, of: int) -> float:
    return round(100 / of * (place + 0.5), 3)


def _look(meaning: Meaning) -> str:
    """Solid or outlined; nothing drawn here is uncertain."""
    if meaning.fill == "outlined":
        return f'fill="{meaning.light}" stroke="{meaning.colour}" stroke-width="1.5"'
    return f'fill="{meaning.colour}"'
