"""From one scenario to another, step by step: what each part adds or takes away."""

from collections.abc import Sequence

from model.palette import ACCENT, GAP, MUTED, Meaning
from ui.charts import style, waterfall
from ui.charts.waterfall import Step, Unit
from ui.i18n import _

# So many steps are drawn; the smallest of more are drawn as one.
MOST = 10
# What is measured, in whole. A step's way is told by its place and its sign.
WHOLE = {"gap": GAP, "tonnes": Meaning("Lower emissions", ACCENT)}
STEP = Meaning("What a step changes", MUTED)
# A step by its label, and what it changes.
Change = tuple[str, int | float]


def figure(
    of: str, before: tuple[str, int | float], changes: Sequence[Change], after: str
) -> style.Drawing:
    """``of`` is ``gap`` (öre) or ``tonnes``; ``before`` is a name and its amount, and ``after`` the
    name of what the changes, in their order, make of it. Names may be what a person typed."""
    return waterfall.draw(_steps(of, before, changes, after), _unit(of), plus=True)


def describe(
    of: str, before: tuple[str, int | float], changes: Sequence[Change], after: str
) -> str:
    """The chart in a sentence."""
    first, *between, last = _steps(of, before, changes, after)
    unit = _unit(of)
    said = [f"{step.label} {_sign(step)}{unit.said(step.amount)}" for step in between]
    return _(
        "Steps from {before}, {start}, to {after}, {end}. {steps}.",
        before=first.label,
        start=unit.said(first.amount),
        after=last.label,
        end=unit.said(last.amount),
        steps="; ".join(said),
    )


def meanings(of: str) -> list[Meaning]:
    """What the bars mean."""
    return [WHOLE[of], STEP]


def _steps(
    of: str, before: tuple[str, int | float], changes: Sequence[Change], after: str
) -> list[Step]:
    name, reached = before
    steps = [Step("before", name, WHOLE[of], 0, reached)]
    for number, (label, change) in enumerate(_drawn(changes)):
        steps.append(Step(str(number), label, STEP, reached, change))
        reached += change
    return [*steps, Step("after", after, WHOLE[of], 0, reached)]


def _drawn(changes: Sequence[Change]) -> list[Change]:
    """Those that change something, in their order; of too many the smallest as one, last."""
    moving = [change for change in changes if change[1]]
    if len(moving) <= MOST:
        return moving
    by_size = sorted(range(len(moving)), key=lambda place: -abs(moving[place][1]))
    kept = sorted(by_size[: MOST - 1])
    rest = [moving[place][1] for place in by_size[MOST - 1 :]]
    label = _("{count} smaller steps together", count=len(rest))
    return [*(moving[place] for place in kept), (label, sum(rest))]


def _unit(of: str) -> Unit:
    return waterfall.money() if of == "gap" else waterfall.tonnes()


def _sign(step: Step) -> str:
    return "+" if step.amount > 0 else ""
