"""The workshops that a plan can show: its own, and those that come along."""

from collections.abc import Mapping

from model.reference import reference
from model.results import Result
from model.scenario import AS_IS, TOGETHER
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


def seen(state: State, step: WorkshopStep) -> View:
    """The view in which a step opens, with the plan, the language and the theme of ``state``. A
    scenario that the plan no longer has is the plan as it is: :func:`not_understood` says so."""
    toggles, _unknown = view.adjustments(step.toggles)
    return View(
        plan=state.view.plan,
        scenario=AS_IS.id if _gone(state, step) else step.scenario,
        reading=step.reading,
        language=state.view.language,
        theme=state.view.theme,
        toggles=toggles,
    )


def not_understood(state: State, workshop: Workshop) -> tuple[str, ...]:
    """Scenarios and toggles of the steps that this plan does not have, each in a sentence."""
    return tuple(
        _(
            "Step {number}: {toggle} does not exist in this plan and is left out.",
            number=number,
            toggle=each,
        )
        for number, step in enumerate(workshop.steps, 1)
        for each in dict.fromkeys(
            [*_gone(state, step), *view.adjustments((*step.toggles, *step.offers))[1]]
        )
    )


def _gone(state: State, step: WorkshopStep) -> list[str]:
    return [key for key in step.scenario.split(TOGETHER) if key not in state.scenarios]
