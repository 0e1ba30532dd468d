"""The figures under a headline: the municipal group's need, cover and gap."""

from model.palette import ACCENT, GAP, Meaning
from model.report import answers
from model.results import Result
from ui import format as write
from ui.i18n import _
from ui.parts.headline import Figure

_NEED = Meaning("Investment need", ACCENT)


def of_group(result: Result, reading: str) -> list[Figure]:
    """Need and gap with their range in words, what is covered, and what has no amount."""
    mid = answers.figures(result, reading)
    low, high = (answers.figures(result, reading, level=level) for level in ("low", "high"))
    everyone = answers.figures(result, reading, None)
    need = write.money(mid.need, lower_bound=mid.at_least(mid.need))
    gap = write.money(mid.gap, lower_bound=mid.at_least(mid.gap))
    if not mid.need and mid.unknown:
        need = gap = write.unknown()
    return [
        Figure(need, _("Investment need"), _range(low.need, high.need), _NEED, "need"),
        Figure(write.money(mid.covered), _("Covered"), _share(mid.covered, mid.need)),
        Figure(gap, _("Missing"), _range(low.gap, high.gap), GAP, "gap"),
        *([_unknown(everyone, mid)] if everyone.measures else []),
    ]


def _unknown(everyone: answers.GroupFigures, group: answers.GroupFigures) -> Figure:
    """How many measures have no amount, and how many of them are the group's."""
    return Figure(
        _("{count} of {measures} measures", count=everyone.unknown, measures=everyone.measures),
        _("Without an amount"),
        _("{count} of them in the municipal group", count=group.unknown)
        if everyone.unknown
        else "",
    )


def _range(low: int, high: int) -> str:
    """What it is when every expenditure is at its low, and at its high."""
    if low == high:
        return ""
    return _("range {span}", span=write.money_range(low, high))


def _share(part: int, whole: int) -> str:
    return _("{share} of the need", share=write.percent(part / whole)) if part else ""
