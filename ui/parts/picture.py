"""What stands under a chart: its source, and the chart as a picture to take along.

The browser draws the picture (``ui/picture.js``) from what stands on the page: title, subtitle,
key, figure and source, and what is stated here. It needs neither a server nor a program besides.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import wrap
from types import MappingProxyType

from model.report import answers
from model.report import words as terms
from ui import safe
from ui.i18n import _
from ui.state import State

KINDS = ("png", "svg")
# Letters of a file's name without its ending.
LONGEST = 80


def foot(
    title: str,
    source: str,
    alt: str,
    said: Sequence[str],
    *,
    besides: Sequence[str] = (),
    keys: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The foot as HTML. Everything may hold what a person typed; ``said`` stands in the picture
    only, and what is ``besides`` the source under the chart too. ``keys`` (kind -> key) press the
    buttons (ui/keys.js).
    """
    buttons = " ".join(
        f'<button type="button" data-picture="{kind}" {_key(keys.get(kind))}'
        f'aria-label="{kind.upper()}: {safe.html(title)}">{kind.upper()}</button>'
        for kind in KINDS
    )
    under = " · ".join([_("Source: {source}", source=source), *besides])
    failed = _(
        "This browser could not make the picture. The slides under Reports have the charts as "
        "charts that can be edited."
    )
    return (
        f'<div class="chart-foot" data-name="{file_name(title)}" data-alt="{safe.html(alt)}" '
        f'data-said="{safe.html(" · ".join(said))}" data-failed="{safe.html(failed)}">'
        f'<p class="chart-source">{safe.html(under)}</p>'
        f'<p class="chart-save">{safe.html(_("Save as a picture:"))} {buttons}</p>'
        '<p class="failed" role="status"></p></div>'
    )


def _key(key: str | None) -> str:
    return f'data-keys="{key}" aria-keyshortcuts="{key.upper()}" ' if key else ""


def stands_alone(state: State, day: date) -> list[str]:
    """What a picture says that has left its page: plan, scenario, reading, and the day."""
    said = [f"Klimatinvest {day.isoformat()}"]
    if not state.plan:
        return said
    language = state.language
    of = [
        _("{plan}, version {version}", plan=state.plan.name, version=state.plan.version),
        f"{_('Scenario').lower()}: {terms.scenario(state.scenario, language)}",
        answers.reading_label(state.reading, language),
    ]
    if state.plan.example:
        of.insert(0, _("EXAMPLE: invented figures"))
    if state.reading == "expected":
        of.append(_("Expected value – not for decision papers"))
    return [*of, *said]


def file_name(title: str) -> str:
    """A title as a file's name: small letters of a to z, figures, and hyphens between words."""
    parted = unicodedata.normalize("NFKD", title.replace("–", "-"))
    plain = parted.encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return wrap(" ".join(["klimatinvest", *words]), LONGEST)[0].replace(" ", "-")
