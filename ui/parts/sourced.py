"""A figure with what belongs to it in words: unit, range, price year, status and source."""

from decimal import Decimal

from model.entries import PriceYear, Range, Sourced
from model.reference import reference
from ui import format as write
from ui.i18n import _, name
from ui.parts.table import Mark

SHARES = ("share", "per year")
BARE = ("number", "factor", "index", "rule")
DECIMALS = 6


def amount(value: Decimal | float | None, unit: str) -> str:
    """``7 000 kronor per ton koldioxidekvivalenter``: as many decimals as the figure has.

    Shares are written as percent. *okänt* for None. ``unit`` is a key of ``data/units.yaml``.
    """
    if value is None:
        return write.unknown()
    if unit in SHARES:
        text = write.percent(value, decimals(Decimal(str(value)) * 100))
        return text if unit == "share" else _("{share} a year", share=text)
    figure = write.number(value, decimals(value))
    if unit in BARE:
        return figure
    return f"{figure} {name(reference().units[unit])}"


def span(entry: Range, unit: str) -> str:
    """``0–5 % per år, centralt 3,5 % per år``: low, central and high, in one unit."""
    if entry.low is None and entry.high is None:
        return amount(entry.central, unit)
    if entry.high is None:
        return write.at_least(amount(entry.low, unit))
    if entry.low is None:
        return _("at most {figure}", figure=amount(entry.high, unit))
    low, high = _figure(entry.low, unit), amount(entry.high, unit)
    if entry.central is None:
        return f"{low}–{high}"
    return _(
        "{low}–{high}, central {central}",
        low=low,
        high=high,
        central=_figure(entry.central, unit),
    )


def price_year(said: PriceYear) -> str:
    """``2017 års priser``; empty where a figure is no money."""
    if said is None:
        return ""
    if said == "nominal":
        return _("nominal prices")
    if said == "unknown":
        return _("price year unknown")
    return _("{year} prices", year=said)


def status(sourced: Sourced) -> str:
    """Whether the figure was found in its source; what was not is set off."""
    said = {"verified": _("verified"), "stated": _("the plan's own")}
    return said.get(sourced.status) or Mark(_("unverified"))


def mark(sourced: Sourced) -> str:
    """*overifierad* after a figure that was not found in its source, else nothing."""
    return {"verified": "", "stated": _("the plan's own")}.get(sourced.status, _("unverified"))


def source(sourced: Sourced) -> str:
    """``Klimatkontrakt 2030 Umeå, version 2025/26 (Umeå kommun …), avsnitt 5.1``"""
    return ", ".join(filter(None, [title(sourced.source), sourced.source_ref]))


def title(key: str) -> str:
    """The title of a source, and who published it."""
    found = reference().sources[key]
    publisher = f"{found.publisher} {found.year}".strip()
    return f"{found.title} ({publisher})"


def decimals(value: Decimal | float) -> int:
    """How many decimals a figure has."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return min(max(-int(exponent), 0), DECIMALS)


def _figure(value: Decimal, unit: str) -> str:
    """Without its unit, where that stands beside."""
    if unit in SHARES:
        return write.percent(value, decimals(value * 100))
    return write.number(value, decimals(value))
