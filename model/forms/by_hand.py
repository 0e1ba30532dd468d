"""Where a figure comes from once somebody has typed another: from them, and no longer the cell.

What it came from before is in the journal.
"""

from model.forms.compare import differences
from model.rows import Measure, Row

_LISTS = (
    *("expenditures", "running_costs", "effects", "activities", "grants", "appropriations"),
    "components",
)
_FIGURES = ("low", "mid", "high", "amount", "payments", "eligible_expenditure", "share")
_FIGURES += ("per", "from_rate", "to_rate")


def signed(old: Measure | None, new: Measure, signature: str) -> Measure:
    """The measure with ``signature`` as the source of its new and changed figures.

    A source that was typed together with the figure stands.
    """
    lists = {name: list(getattr(new, name)) for name in _LISTS}
    for change in differences(old, new):
        if (
            change.field in lists
            and change.new is not None
            and _is_unsigned(change.old, change.new)
        ):
            lines = lists[change.field]
            place = next(i for i, line in enumerate(lines) if line is change.new)
            lines[place] = change.new.model_copy(update={"source_ref": signature})
    own = {"source_ref": signature} if old is None and not new.source_ref else {}
    return new.model_copy(update={name: tuple(lines) for name, lines in lists.items()} | own)


def _is_unsigned(old: Row | None, new: Row) -> bool:
    """Whether a figure is another while its source is still the old one, or none."""
    if old is None:
        return not new.source_ref
    return _figures(old) != _figures(new) and new.source_ref in ("", old.source_ref)


def _figures(line: Row) -> list:
    return [getattr(line, name, None) for name in _FIGURES]
