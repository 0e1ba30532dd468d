"""The workshops that a plan can show: its own, and those that come along."""

from collections.abc import Mapping
from dataclasses import replace

from model.reference import reference
from model.results import READINGS, Result
from model.workshop_rows import Workshop, WorkshopStep
from ui import state as view
from ui.address import View
from ui.i18n import _, language
from ui.state import State


def available(result: Result) -> Mapping[str, Workshop]:
    """Every workshop by its id, the plan's own first; what comes along in the active language."""
    own = {each.id: each for each in result.document().workshops}
    shipped = {key: each.told(language()) for key, each in reference().workshops.items()}
    return own | {key: each for key, each in shipped.items() if key not in own}


def seen(of: View, step: WorkshopStep) -> View:
    """The view in which a step opens, with the plan, the language and the theme of ``of``."""
    toggles, _unknown = view.adjustments(step.toggles)
    return View(
        plan=of.plan,
        scenario=step.scenario,
        reading=step.reading,
        language=of.language,
        theme=of.theme,
        toggles=toggles,
    )


def as_opened(state: State, step: WorkshopStep) -> State:
    """The state in which a step opens."""
    looked = seen(state.view, step)
    base = reference().scenarios[looked.scenario]
    return replace(
        state,
        view=looked,
        scenario=base.then(*looked.toggles),
        reading=looked.reading or base.reading or READINGS[0],
    )


def not_understood(workshop: Workshop) -> tuple[str, ...]:
    """Toggles of the steps that this plan does not understand, each in a sentence."""
    return tuple(
        _(
            "Step {number}: {toggle} does not exist in this plan and is left out.",
            number=number,
            toggle=toggle,
        )
        for number, step in enumerate(workshop.steps, 1)
        for toggle in dict.fromkeys(view.adjustments((*step.toggles, *step.offers))[1])
    )
