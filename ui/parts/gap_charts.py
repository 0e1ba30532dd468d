"""Charts of the gap: lines of a result (:mod:`model.report.lines`) drawn, and their picks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.palette import COVER, GAP, MESSY_MIDDLE, Meaning
from model.reference import reference
from model.report.answers import GROUP
from model.report.lines import Line
from model.years import is_calendar_year
from ui.charts.stack import Stack
from ui.i18n import _
from ui.parts.chart import Pick

if TYPE_CHECKING:
    from ui.charts.style import Drawing


@dataclass(frozen=True, eq=False)
class Drawn:
    """A figure, the same in words, what its colours mean, and what in it can be picked."""

    figure: "Drawing"
    alt: str
    meanings: tuple[Meaning, ...]
    picks: Mapping[str, str]


def of_group(by: str, lines: Sequence[Line], top: int) -> Drawn | None:
    """The municipal group's lines by one of ``lines.BREAKDOWNS``; None where no need is known.

    ``top`` (öre) is the largest need of the charts that share a scale.
    """
    if not any(line.need for line in lines):
        return None
    return {"year": _years, "actor_group": _steps}.get(by, _categories)(by, lines, top)


def of_others(by: str, groups: Mapping[str, Sequence[Line]], top: int) -> Drawn | None:
    """Other actors' need and what is shared, each in its panel; None where there is none.

    What is picked is (key, actor group).
    """
    from ui.charts import beside

    def panel(group: str, lines: Sequence[Line]) -> beside.Panel:
        drawn = stack(lines)
        return beside.Panel(
            group, drawn.keys, drawn.labels, drawn.need, drawn.lower_bound, drawn.unknown
        )

    shown = {group: _worth_drawing(by, lines) for group, lines in groups.items()}
    if by == "year":
        shown = _same_years(shown)
    panels = [panel(group, lines) for group, lines in shown.items() if lines]
    if not panels:
        return None
    if by == "year":
        before = any(_before(lines) for lines in shown.values())
        figure = beside.by_year(panels, top, before=before)
    else:
        figure = beside.by_category(panels, top)
    return Drawn(
        figure,
        beside.describe(panels),
        tuple(panel.meaning for panel in panels),
        {line.key: line.label for lines in shown.values() for line in lines if line.measures},
    )


def stack(lines: Sequence[Line]) -> Stack:
    """The lines as a chart draws them."""

    def column(amounts) -> np.ndarray:
        return np.array(list(amounts), dtype=np.int64)

    return Stack(
        keys=tuple(line.key for line in lines),
        labels=tuple(line.label for line in lines),
        cover={
            status: column(line.cover.get(status, 0) for line in lines)
            for status in COVER
            if any(line.cover.get(status) for line in lines)
        },
        gap=column(line.gap for line in lines),
        lower_bound=np.array([line.from_below for line in lines], dtype=bool),
        unknown=np.array([not line.need and line.unknown > 0 for line in lines], dtype=bool),
    )


def picked_of(by: str, pick: Pick) -> Pick:
    """(key, status) of the lines that a pick in the group's chart means."""
    if by != "actor_group":
        return pick
    return GROUP, "" if pick[0] == "need" else pick[0]


def _years(by: str, lines: Sequence[Line], top: int) -> Drawn:
    from ui.charts import need_and_cover

    drawn = stack(lines)
    return Drawn(
        need_and_cover.figure(drawn, before=_before(lines), top=top),
        need_and_cover.describe(drawn),
        tuple(drawn.meanings),
        {line.key: line.label for line in lines if line.measures},
    )


def _categories(by: str, lines: Sequence[Line], top: int) -> Drawn:
    from ui.charts import by_category

    shown = _worth_drawing(by, lines)
    drawn = stack(shown)
    band = _messy_middle() if by == "readiness" else ()
    marked = [MESSY_MIDDLE] if any(line.key in band for line in shown) else []
    return Drawn(
        by_category.figure(drawn, sort=False, split=by != "source", band=band, top=top),
        by_category.describe(drawn),
        (*drawn.meanings, *marked),
        {line.key: line.label for line in shown},
    )


def _steps(by: str, lines: Sequence[Line], top: int) -> Drawn:
    from ui.charts import style, waterfall

    (whole,) = lines
    steps = {status: style.word(COVER[status]) for status in COVER if whole.cover.get(status)}
    missing = {"gap": style.word(GAP)} if whole.gap else {}
    return Drawn(
        waterfall.figure(whole.cover, whole.gap),
        waterfall.describe(whole.cover, whole.gap),
        (),
        {"need": _("Investment need"), **steps, **missing},
    )


def _messy_middle() -> Collection[str]:
    return [key for key, stage in reference().readiness.items() if stage.messy_middle]


def _worth_drawing(by: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with a need, or with one that nobody knows; of years all, or none."""
    if by == "year":
        return tuple(lines) if any(line.need for line in lines) else ()
    return tuple(line for line in lines if line.need or line.unknown)


def _same_years(groups: Mapping[str, Sequence[Line]]) -> dict[str, tuple[Line, ...]]:
    """The groups that have lines, each with every year that any of them has."""
    years = {int(line.key): line.label for lines in groups.values() for line in lines}

    def fill(lines: Sequence[Line]) -> tuple[Line, ...]:
        found = {int(line.key): line for line in lines}
        return tuple(found.get(y, Line(str(y), years[y], 0, 0)) for y in sorted(years))

    return {group: fill(lines) for group, lines in groups.items() if lines}


def _before(lines: Sequence[Line]) -> bool:
    """Whether the first of the years is what lies before the plan's first one."""
    return bool(lines) and not is_calendar_year(int(lines[0].key))
