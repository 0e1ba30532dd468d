"""From the need, step by step through what covers it, to the gap; and how any such steps look."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from model.palette import ACCENT, COVER, MEANINGS, Meaning
from ui import format as write
from ui import safe
from ui.charts import style
from ui.i18n import _

_NEED = Meaning("Investment need", ACCENT)


class Step(NamedTuple):
    """A bar that goes from where the one before it ends, by its signed amount. ``label`` may be
    what a person typed."""

    name: str
    label: str
    meaning: Meaning
    start: int | float
    amount: int | float

    @property
    def end(self) -> int | float:
        """Where it ends, and the next one begins."""
        return self.start + self.amount


class Unit(NamedTuple):
    """How amounts are drawn and said: the head of their column, a place on the axis, a cell, and
    an amount with its unit."""

    head: str
    place: Callable
    cell: Callable[..., str]
    said: Callable[..., str]


def money() -> Unit:
    """Öre, in millions."""
    return Unit(_("MSEK"), style.millions, write.mnkr, write.money)


def tonnes() -> Unit:
    """Tonnes."""
    return Unit("t", float, write.tonnes, write.tonnes)


def figure(cover: Mapping[str, int], gap: int) -> style.Drawing:
    """``cover`` is öre by status of :data:`model.palette.COVER`, ``gap`` öre; need is their sum.

    Each step's ``customdata`` is (status, status), with ``need`` first and ``gap`` last.
    """
    return draw(_steps(cover, gap), money())


def draw(steps: Sequence[Step], unit: Unit, *, plus: bool = False) -> style.Drawing:
    """Steps from the first to the last, which are whole amounts; the last stands out. With ``plus``
    a step that adds says so by its sign."""
    last = len(steps) - 1

    def said(row: int, step: Step, write_: Callable[..., str]) -> str:
        sign = "+" if plus and 0 < row < last and step.amount > 0 else ""
        return f"{sign}{write_(step.amount)}"

    def figure_of(row: int, step: Step) -> str:
        text = said(row, step, unit.cell)
        return f'<b style="color:{step.meaning.colour}">{text}</b>' if row == last else text

    drawn = style.rows(
        [step.label for step in steps],
        [figure_of(row, step) for row, step in enumerate(steps)],
        right=unit.head,
    )
    for row, step in enumerate(steps):
        low, high = sorted((step.start, step.end))
        drawn.add_bar(
            orientation="h",
            x=[float(unit.place(high - low))],
            base=[float(unit.place(low))],
            y=[-row],
            width=style.BAR,
            marker=style.marker(step.meaning),
            customdata=[(step.name, step.name)],
            hovertext=[f"{safe.plotly(step.label)}: {said(row, step, unit.said)}"],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for row, step in enumerate(steps[:-1]):
        place = float(unit.place(step.end))
        drawn.add_shape(
            type="line",
            x0=place,
            x1=place,
            y0=-row - style.BAR / 2,
            y1=-row - 1 + style.BAR / 2,
            line={"color": style.MUTED, "width": 1},
        )
    ends = [0, *(end for step in steps for end in (step.start, step.end))]
    # The bars end before the column of figures, so that no step crosses one.
    width = max(float(unit.place(max(ends))) / 0.8, 0.1)
    drawn.update_layout(barmode="overlay", xaxis={"range": [float(unit.place(min(ends))), width]})
    return drawn


def describe(cover: Mapping[str, int], gap: int) -> str:
    """The chart in a sentence."""
    parts = [
        f"{step.label.lower()} {write.money(abs(step.amount))}" for step in _steps(cover, gap)[1:]
    ]
    need = write.money(sum(cover.values()) + gap)
    return _("Steps from the need of {need}: {parts}.", need=need, parts=", ".join(parts))


def _steps(cover: Mapping[str, int], gap: int) -> list[Step]:
    """Each step down from the one before."""
    left = sum(cover.values()) + gap
    steps = [Step("need", style.word(_NEED), _NEED, 0, left)]
    for name, meaning in COVER.items():
        if cover.get(name):
            steps.append(Step(name, style.word(meaning), meaning, left, -cover[name]))
            left -= cover[name]
    return [*steps, Step("gap", style.word(MEANINGS["gap"]), MEANINGS["gap"], 0, gap)]
