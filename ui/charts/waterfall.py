"""From the need, step by step through what covers it, to the gap; and how any such steps look."""

from collections.abc import Mapping, Sequence

from model.palette import ACCENT, COVER, MEANINGS, Meaning
from ui import format as write
from ui.charts import style
from ui.i18n import _

_NEED = Meaning("Investment need", ACCENT)
# Name, meaning, where the bar starts and its amount, öre.
Step = tuple[str, Meaning, int, int]


def figure(cover: Mapping[str, int], gap: int) -> style.Drawing:
    """``cover`` is öre by status of :data:`model.palette.COVER`, ``gap`` öre; need is their sum.

    Each step's ``customdata`` is (status, status), with ``need`` first and ``gap`` last.
    """
    return draw(_steps(cover, gap), "gap")


def draw(steps: Sequence[Step], last: str) -> style.Drawing:
    """Steps down from the first; the one called ``last`` is what is left, and stands out."""
    drawn = style.rows(
        [style.word(meaning) for _name, meaning, _start, _amount in steps],
        [_signed(row, step, last) for row, step in enumerate(steps)],
        right=_("MSEK"),
    )
    for row, (name, meaning, start, amount) in enumerate(steps):
        drawn.add_bar(
            orientation="h",
            x=[float(style.millions(amount))],
            base=[float(style.millions(start))],
            y=[-row],
            width=style.BAR,
            marker=style.marker(meaning),
            customdata=[(name, name)],
            hovertext=[f"{style.word(meaning)}: {write.money(amount)}"],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for row, (_name, _meaning, start, amount) in enumerate(steps[:-1]):
        level = start if row else amount
        drawn.add_shape(
            type="line",
            x0=float(style.millions(level)),
            x1=float(style.millions(level)),
            y0=-row - style.BAR / 2,
            y1=-row - 1 + style.BAR / 2,
            line={"color": style.MUTED, "width": 1},
        )
    # The bars end before the column of figures, so that no step crosses one.
    drawn.update_layout(barmode="overlay", xaxis={"range": [0, max(_drawn_width(steps), 0.1)]})
    return drawn


def describe(cover: Mapping[str, int], gap: int) -> str:
    """The chart in a sentence."""
    parts = [
        f"{style.word(meaning).lower()} {write.money(amount)}"
        for name, meaning, _start, amount in _steps(cover, gap)[1:]
    ]
    need = write.money(sum(cover.values()) + gap)
    return _("Steps from the need of {need}: {parts}.", need=need, parts=", ".join(parts))


def _steps(cover: Mapping[str, int], gap: int) -> list[Step]:
    """Each step down from the one before."""
    left = sum(cover.values()) + gap
    steps = [("need", _NEED, 0, left)]
    for name, meaning in COVER.items():
        if cover.get(name):
            left -= cover[name]
            steps.append((name, meaning, left, cover[name]))
    return [*steps, ("gap", MEANINGS["gap"], 0, gap)]


def _drawn_width(steps: Sequence[Step]) -> float:
    return float(style.millions(steps[0][3])) / 0.8


def _signed(row: int, step: Step, last: str) -> str:
    name, meaning, _start, amount = step
    if name == last:
        return f'<b style="color:{meaning.colour}">{write.mnkr(amount)}</b>'
    return write.mnkr(-amount if row else amount)
