"""What each adjustment of the view does to the gap by itself: the gap with it less the gap without.

What several do together may be more or less than the sum of what each does.
"""

from model.comparison import Change, change, moving_reading
from model.results import Result, results
from model.scenario import AS_IS, Adjustment
from ui import format as write
from ui.i18n import _
from ui.state import State


def short(state: State, *adjustments: Adjustment) -> str:
    """``+55,0 mnkr``, for a chip: of toggles together, or of the shipped scenario where none is
    given. Empty where the gap is as large."""
    found = change(*_pair(state, adjustments), state.reading)
    return signed(found.gap) if found.gap else ""


def brief(state: State, *adjustments: Adjustment) -> str:
    """The same on a widget, where it also says so when nothing moves in this reading."""
    found = change(*_pair(state, adjustments), state.reading)
    if found.gap:
        return signed(found.gap)
    if found.moved:
        return _("{amount} in other years", amount=write.money(found.moved))
    return _("nothing in {reading}", reading=label(state.reading))


def said(state: State, *adjustments: Adjustment) -> str:
    """What toggles do to the gap in this reading, or in which reading they do something."""
    return between(*_pair(state, adjustments), state.reading)


def between(before: Result, after: Result, reading: str) -> str:
    """The same of what has changed from one result to another."""
    found = change(before, after, reading)
    if found:
        return _in_words(found)
    moved = moving_reading(before, after, reading)
    if moved is None:
        return _("changes no gap, in any reading")
    return _(
        "changes nothing in the reading {reading}; in {other} {effect}",
        reading=label(reading),
        other=label(moved),
        effect=_in_words(change(before, after, moved)),
    )


def signed(ore: int) -> str:
    """``+55,0 mnkr``, ``−12,0 mnkr``; a dash for no difference."""
    return f"+{write.money(ore)}" if ore > 0 else write.money(ore)


def label(reading: str) -> str:
    """What a reading is called."""
    from ui.parts import chips  # it writes effects on its chips

    return chips.readings()[reading].label


def _in_words(found: Change) -> str:
    if found.gap:
        return _("{amount} on the gap", amount=signed(found.gap))
    return _("the gap is as large, {amount} of it in other years", amount=write.money(found.moved))


def _pair(state: State, adjustments: tuple[Adjustment, ...]) -> tuple[Result, Result]:
    """The plan without the adjustments, and with them."""
    base = state.base if adjustments else AS_IS
    kept = [each for each in state.view.toggles if each not in adjustments]
    before = results(state.plan_id, base.then(*kept))
    return before, results(state.plan_id, state.scenario)
