"""A workshop that is being prepared: what is changed and not yet saved, kept while one looks at
other pages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from model import commands
from model.errors import InvalidData
from model.forms.plan import free
from model.intake.slugs import slug
from model.results import Result
from model.workshop_rows import Workshop, WorkshopStep
from ui import state as view
from ui.state import State


@dataclass(frozen=True)
class Draft:
    """``begun`` is the workshop as it stood, ``now`` as it is on screen."""

    begun: Workshop
    now: Workshop

    @property
    def changed(self) -> bool:
        """Whether anything is not saved."""
        return self.now != self.begun


def of(workshop: Workshop, state: State) -> Draft:
    """The draft of a workshop; one as it stands where nothing is changed."""
    return view.kept(_name(state, workshop.id)) or Draft(workshop, workshop)


def change_step(draft: Draft, state: State, number: int, **fields: Any) -> None:
    """Change what a step says."""
    steps = list(draft.now.steps)
    steps[number - 1] = steps[number - 1].model_copy(update=fields)
    _keep(draft, state, steps=tuple(steps))


def add(draft: Draft, state: State, number: int, step: WorkshopStep) -> None:
    """A new step after another, and look at it."""
    steps = draft.now.steps
    _keep(draft, state, steps=(*steps[:number], step, *steps[number:]))
    view.say(step=str(number + 1))


def remove(draft: Draft, state: State, number: int) -> None:
    """Take a step out."""
    steps = draft.now.steps
    _keep(draft, state, steps=(*steps[: number - 1], *steps[number:]))
    view.say(step=str(max(number - 1, 1)))


def move(draft: Draft, state: State, number: int, by: int) -> None:
    """Move a step up (-1) or down (1)."""
    steps = list(draft.now.steps)
    steps.insert(number - 1 + by, steps.pop(number - 1))
    _keep(draft, state, steps=tuple(steps))
    view.say(step=str(number + by))


def rename(draft: Draft, state: State, name: str) -> None:
    """What it is called."""
    if name.strip():
        _keep(draft, state, name=name.strip())


def forget(draft: Draft, state: State) -> None:
    """Back to the workshop as it is saved."""
    view.forget(_name(state, draft.begun.id))


def save(draft: Draft, result: Result, state: State, *, copy: bool) -> tuple[str, int]:
    """Save the draft in the plan, over its own workshop or as a ``copy``; returns the workshop's
    id and the plan's version. InvalidData when somebody else has saved it meanwhile."""
    own = {each.id: each for each in result.document().workshops}
    stands = own.get(draft.begun.id)
    workshop = draft.now
    if copy:
        workshop = workshop.model_copy(
            update={"id": free(slug(workshop.name) or "workshop", own.keys())}
        )
    elif stands is not None and stands != draft.begun:
        raise InvalidData(
            "Somebody else has saved the workshop {name} while you changed it. Nothing was saved: "
            "save yours as a copy, or take back your changes to see theirs.",
            name=draft.begun.name,
        )
    version = commands.save_list(
        state.plan_id,
        "workshops",
        (own | {workshop.id: workshop}).values(),
        result.base.version,
        state.who,
    )
    forget(draft, state)
    return workshop.id, version


def take_away(workshop: Workshop, result: Result, state: State) -> int:
    """Take a workshop out of the plan; returns the plan's version."""
    left: Iterable[Workshop] = (
        each for each in result.document().workshops if each.id != workshop.id
    )
    return commands.save_list(state.plan_id, "workshops", left, result.base.version, state.who)


def _keep(draft: Draft, state: State, **fields: Any) -> None:
    changed = draft.now.model_copy(update=fields)
    view.keep(_name(state, draft.begun.id), replace(draft, now=changed))


def _name(state: State, workshop_id: str) -> str:
    return f"workshop-{state.plan_id}-{workshop_id}-{state.language}"
