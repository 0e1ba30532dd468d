"""The theme that the address says: the ordinary light one, or high contrast.

What the style sheet draws follows its custom properties; what carries a colour in itself (a chart,
a key to it) goes through here. A browser whose user has asked for more contrast gets the style
sheet's part of it without asking.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ui import state as view
from ui.address import CONTRAST

if TYPE_CHECKING:
    from ui.charts.style import Drawing

_STYLE = Path(__file__).parent / "style.css"
_CONTRAST = Path(__file__).parent / "contrast.css"


def is_contrast() -> bool:
    """Whether the page is in high contrast."""
    return view.said("theme")[-1:] == (CONTRAST,)


def style_sheet() -> str:
    """The style sheet of the theme, as an element."""
    return _sheet(is_contrast())


def of_chart(drawn: "Drawing") -> "Drawing":
    """The chart in the theme's colours."""
    from ui.charts import viewing

    return viewing.in_contrast(drawn) if is_contrast() else drawn


def of_markup(html: str) -> str:
    """Markup that states colours in its styles, in the theme's."""
    from ui.charts import viewing

    return viewing.styled(html) if is_contrast() else html


@cache
def _sheet(contrast: bool) -> str:
    more = _CONTRAST.read_text("utf-8")
    if not contrast:
        more = f"@media (prefers-contrast: more) {{\n{more}}}\n"
    return f"<style>{_STYLE.read_text('utf-8')}\n{more}</style>"
