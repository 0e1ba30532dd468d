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
    return waterfall.draw(_steps(need, anyway, budgeted, not_said), waterfall.money())


def describe(need: int, anyway: int, budgeted: int, not_said: int) -> str:
    """The chart in a sentence."""
    steps = _steps(need, anyway, budgeted, not_said)
    said = [f"{step.label}: {write.money(abs(step.amount))}" for step in steps]
    return _("Steps from the whole need to what is new. {steps}.", steps="; ".join(said))


def _steps(need: int, anyway: int, budgeted: int, not_said: int) -> list[waterfall.Step]:
    left = need
    steps = [waterfall.Step("need", style.word(NEED), NEED, 0, need)]
    for name, meaning, amount in (
        ("anyway", ANYWAY, anyway),
        ("budgeted", BUDGETED, budgeted),
        ("not_said", NOT_SAID, not_said),
    ):
        if amount:
            steps.append(waterfall.Step(name, style.word(meaning), meaning, left, -amount))
            left -= amount
    return [*steps, waterfall.Step("new", style.word(NEW), NEW, 0, left)]
