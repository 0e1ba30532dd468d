"""From the whole investment need to what is new, step by step."""

from model.palette import ACCENT, COVER, MUTED, Meaning
from ui import format as write
from ui.charts import style, waterfall
from ui.i18n import _

NEED = Meaning("Investment need", ACCENT)
ANYWAY = Meaning("Would have been invested anyway", MUTED)
BUDGETED = Meaning("In the budget already", COVER["decided"].colour)
NOT_SAID = Meaning("Not said what would be done anyway", MUTED, "hatched")
NEW = Meaning("New money", "#B84E00")


def figure(need: int, anyway: int, budgeted: int, not_said: int) -> style.Drawing:
    """Amounts in öre; what is new is what is left. Steps of nothing are left out."""
    return waterfall.draw(_steps(need, anyway, budgeted, not_said), "new")


def describe(need: int, anyway: int, budgeted: int, not_said: int) -> str:
    """The chart in a sentence."""
    steps = _steps(need, anyway, budgeted, not_said)
    said = [f"{style.word(meaning)}: {write.money(amount)}" for _n, meaning, _s, amount in steps]
    return _("Steps from the whole need to what is new. {steps}.", steps="; ".join(said))


def _steps(need: int, anyway: int, budgeted: int, not_said: int) -> list[waterfall.Step]:
    left = need
    steps = [("need", NEED, 0, need)]
    for name, meaning, amount in (
        ("anyway", ANYWAY, anyway),
        ("budgeted", BUDGETED, budgeted),
        ("not_said", NOT_SAID, not_said),
    ):
        if amount:
            left -= amount
            steps.append((name, meaning, left, amount))
    return [*steps, ("new", NEW, 0, left)]
