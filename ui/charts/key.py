"""The words of a chart's colours and patterns, beside it."""

from collections.abc import Iterable

from model.palette import Meaning
from ui.i18n import _


def html(meanings: Iterable[Meaning], *, heard: bool = False) -> str:
    """The key as HTML, in the order of the bar. Beside a chart, whose description says it all, it
    is not ``heard``."""
    items = "".join(
        f'<li><span class="swatch {meaning.fill}" style="--colour: {meaning.colour};'
        f' --light: {meaning.light}"></span>{_(meaning.word)}</li>'
        for meaning in meanings
    )
    hidden = "" if heard else ' aria-hidden="true"'
    return f'<ul class="key"{hidden}>{items}</ul>'
