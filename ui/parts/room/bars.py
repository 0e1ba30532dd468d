"""Counts as bars, large enough for the back of a room. Each bar's figures stand on it in text."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui import safe


@dataclass(frozen=True)
class Bar:
    """What was counted, how often, what is said besides, and tags. ``strong``: above the line.

    Texts may hold what a person typed.
    """

    label: str
    count: int
    says: str
    tags: tuple[str, ...] = ()
    strong: bool = True


def html(bars: Sequence[Bar]) -> str:
    """The bars as a list in their order, on one scale that begins with zero."""
    most = max((bar.count for bar in bars), default=0) or 1
    return f'<ul class="counts">{"".join(_bar(bar, most) for bar in bars)}</ul>'


def _bar(bar: Bar, most: int) -> str:
    tags = "".join(f' <span class="tag">{safe.html(tag)}</span>' for tag in bar.tags)
    kind = "" if bar.strong else ' class="below"'
    drawn = f'<span style="width: {100 * bar.count / most:.1f}%"></span>' if bar.count else ""
    return (
        f"<li{kind}><p><b>{safe.html(bar.label)}</b>{tags}</p>"
        f'<div aria-hidden="true">{drawn}</div><p>{safe.html(bar.says)}</p></li>'
    )
