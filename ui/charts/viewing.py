"""A finished chart as it is looked at: larger on a projector, stronger in contrast, or without its
figures, so that people guess first. The one place that knows how; each returns a new drawing.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from model.palette import strong
from ui.charts.style import SIZE, Drawing

# On a projector of 1080 lines: text of at least 20 pixels, and a chart that leaves room for words.
PROJECTOR = 1.7
TALLEST = 600
# A row's name and figure stand over its bar: so much taller it may become, and so much it must.
_ROOMY, _TIGHT = 3.2, 1.1
_LENGTHS = {"yshift", "xshift", "borderpad", "thickness"}
_HIDDEN = "•••"
# Markup and what stands for a sign is no figure.
_MARKUP = re.compile(r"(<[^>]*>|&#?\w+;)")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_FIGURE = re.compile(
    r"(?<![\w.,])[+\u2212-]?\d+(?:[\u00a0\u202f\u2009 ]\d{3})*(?:[.,]\d+)*(?![\w])"
)
_STYLED = re.compile(
    r'((?:colour|color|light): ?|(?:color|fill|stroke)=")(#[0-9A-Fa-f]{6})',
)


def enlarged(drawn: Drawing, scale: float = PROJECTOR) -> Drawing:
    """Every text, line and margin ``scale`` times as large; the height as much, within a screen."""

    def larger(name: str, value: Any, within: tuple[str, ...]) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        parent = within[-1] if within else ""
        if (
            name in _LENGTHS
            or (name == "size" and parent != "")
            or (name == "width" and parent in ("line", "error_x", "error_y"))
            or (parent == "margin")
        ):
            return value * scale
        return value

    shown = Drawing(_walk(drawn.drawn["layout"], larger))
    shown.drawn["data"] = [_walk(trace, larger) for trace in drawn.drawn["data"]]
    layout = shown.drawn["layout"]
    layout.setdefault("font", {}).setdefault("size", SIZE * scale)
    height = drawn.drawn["layout"]["height"]
    of_rows = layout.get("yaxis", {}).get("visible") is False
    roomy = height * (_ROOMY if of_rows else scale)
    layout["height"] = round(max(height * _TIGHT, min(roomy, TALLEST)))
    return shown


def in_contrast(drawn: Drawing) -> Drawing:
    """In the colours of high contrast; patterns and outlines stay."""

    def stronger(name: str, value: Any, within: tuple[str, ...]) -> Any:
        if not isinstance(value, str):
            return value
        if name in ("colorway",) or name.endswith("color"):
            return strong(value)
        return styled(value) if name in ("text", "ticktext") else value

    shown = Drawing(_walk(drawn.drawn["layout"], stronger))
    shown.drawn["data"] = [_walk(trace, stronger) for trace in drawn.drawn["data"]]
    return shown


def styled(markup: str) -> str:
    """The colours that markup states in its styles, or as SVG does, in high contrast."""
    return _STYLED.sub(lambda found: found[1] + strong(found[2]), markup)


def concealed(drawn: Drawing) -> Drawing:
    """Without its figures: no amount in words, none on the axes, nothing that a mouse brings."""

    def without(name: str, value: Any, within: tuple[str, ...]) -> Any:
        return conceal(value) if name == "text" and isinstance(value, str) else value

    layout = _walk(drawn.drawn["layout"], without)
    for name, axis in layout.items():
        if re.fullmatch(r"[xy]axis\d*", name) and axis.get("rangemode") == "tozero":
            axis["showticklabels"] = False
    shown = Drawing(layout)
    shown.drawn["data"] = [
        {
            **{k: v for k, v in _walk(trace, without).items() if not k.startswith("hover")},
            "hoverinfo": "skip",
        }
        for trace in drawn.drawn["data"]
    ]
    return shown


def conceal(text: str) -> str:
    """The text with dots for its figures; years stay."""

    def dots(found: re.Match) -> str:
        return found[0] if _YEAR.fullmatch(found[0]) else _HIDDEN

    parts = _MARKUP.split(text)
    return "".join(part if i % 2 else _FIGURE.sub(dots, part) for i, part in enumerate(parts))


def _walk(value: Any, change: Callable, name: str = "", within: tuple[str, ...] = ()) -> Any:
    """A copy with every leaf changed by ``change(name, value, names of the mappings around)``."""
    if isinstance(value, Mapping):
        inside = (*within, name) if name else within
        return {key: _walk(each, change, key, inside) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(each, change, name, within) for each in value]
    return change(name, value, within)
