"""What the viewer looks at. Only this module and :mod:`ui.address_bar` touch Streamlit's session.

The address is the state (:mod:`ui.address`): widgets show what it says and write what they are
changed to into it. The session keeps only what does not belong in a link: the user's name, and
what a page is in the middle of.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st

from model.commands import who_am_i
from model.language import Language
from model.poll import is_device
from model.reference import reference
from model.results import READINGS, PlanSummary, plans, results, scenario_of, scenarios
from model.scenario import Adjustment, Scenario
from model.voting import new_device
from ui import address, address_bar
from ui.address import Known, Unknown, View

_STATE = "state"
_WHO = "who"
_KEPT = "kept:"
DEVICE = "klimatinvest-device"
_CHANGES = "changes"
_UNDONE = 20


@dataclass(frozen=True)
class State:
    """One view: a plan under a scenario in a reading and a language, and who is looking.

    ``plan`` is None when the store holds no plan. ``scenario`` is the chosen one with the toggles
    after its own adjustments. ``unknown`` is what the address said that nobody understands.
    """

    plan: PlanSummary | None
    scenario: Scenario
    reading: str
    language: Language
    given_name: str
    view: View
    plans: tuple[PlanSummary, ...]
    unknown: tuple[Unknown, ...] = ()

    @property
    def plan_id(self) -> str:
        """The id of the plan; of a state without a plan an empty string."""
        return self.plan.id if self.plan else ""

    @property
    def who(self) -> str:
        """For the journal: the name given here, the signed-in user, or the computer's user."""
        return self.given_name or _signed_in() or who_am_i()

    @property
    def base(self) -> Scenario:
        """The chosen scenario, or several together, before the toggles."""
        return _base(self.view, self.plan)

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios to choose from by id: shipped, and saved in the plan."""
        return _scenarios(self.plan)

    def seen(self, view: View) -> "State":
        """The state of another view of the same plan. NotFound for a scenario that there is not."""
        base = _base(view, self.plan)
        return replace(
            self,
            view=view,
            scenario=base.then(*view.toggles),
            reading=view.reading or base.reading or READINGS[0],
            language=view.language,
        )

    @property
    def query(self) -> dict[str, str | list[str]]:
        """The query string of a link that shows this view."""
        return address.write(self.view)


def read() -> State:
    """Read the address and remember it for the run. The frame does so once, before the page."""
    state = _state(address_bar.says())
    st.session_state[_STATE] = state
    address_bar.put_right()
    return state


def at(query: str) -> State:
    """The view of another address, by its query string: one that was kept."""
    return _state(parse_qs(query))


def current() -> State:
    """The view of this run."""
    return st.session_state[_STATE] if _STATE in st.session_state else read()


def show(view: View) -> None:
    """Write the view into the address; what the address says about other things stays."""
    with address_bar.writing():
        kept = {
            name: said
            for name, said in address_bar.says().items()
            if name not in address.PARAMETERS
        }
        st.query_params.from_dict({**kept, **address.write(view)})


def change(change: Callable[[View], View]) -> None:
    """Change the view that the address shows: what a button does when clicked."""
    view, unknown = _view(tuple(plans()))
    changed = change(view)
    gone = next((each.value for each in unknown if each.parameter == "plan"), "")
    if gone and changed.plan == view.plan:
        # Somebody has deleted it meanwhile: the page goes on saying so, until another is chosen.
        changed = replace(changed, plan=gone)
    _remember(view, changed)
    show(changed)


def can_undo() -> bool:
    """Whether the scenario on screen is what the last change in this session made of it."""
    return bool(_past(current().view))


def undo() -> None:
    """Take the last change of the scenario back, one more each time."""
    view, _ = _view(tuple(plans()))
    past = _past(view)
    if past:
        before, _after = past[-1]
        keep(_CHANGES, past[:-1])
        show(replace(view, scenario=before.scenario, toggles=before.toggles))


def sayable(*adjustments: Adjustment) -> bool:
    """Whether the address can say these as toggles."""
    known = replace(_known(()), tagged=lambda plan, tag, value: True)
    return address.sayable(adjustments, known)


def said(name: str) -> tuple[str, ...]:
    """What the address says about something that is no part of the view: which measure is open,
    which measures are listed."""
    return tuple(address_bar.says().get(name, ()))


def say(**values: str | Sequence[str]) -> None:
    """Write such things into the address; empty takes them out. What a button does when clicked."""
    with address_bar.writing():
        for name, value in values.items():
            if value:
                st.query_params[name] = value
            elif name in st.query_params:
                del st.query_params[name]


def saying(name: str, value: Any) -> dict[str, Any]:
    """Arguments for a widget that shows ``value`` and says what it is changed to as ``name``."""
    return holding(f"said-{name}", value, lambda chosen: say(**{name: chosen}))


def saying_too(**values: str) -> str:
    """The address of this page with ``values`` said besides what is said now, for a link."""
    query = {**address_bar.says(), **values}
    return f"?{urlencode({name: value for name, value in query.items() if value}, doseq=True)}"


def is_shown(key: str) -> bool:
    """Whether a widget of that key stood on the page in the last run: what it holds is kept."""
    return key in st.session_state


def adjustments(said: Iterable[str]) -> tuple[tuple[Adjustment, ...], tuple[str, ...]]:
    """What toggles mean that are written as an address writes them (``delay=2``), each parameter
    with its value; and those of them that nobody understands."""
    found = tuple(plans())
    query: dict[str, list[str]] = {}
    for each in said:
        parameter, _equals, value = each.partition("=")
        query.setdefault(parameter, []).append(value)
    plan = _view(found)[0].plan
    view, unknown = address.read({**query, "plan": [plan]}, _known(found))
    strange = [parameter for parameter in query if parameter not in address.TOGGLES]
    return view.toggles, (
        *(f"{each.parameter}={each.value}" for each in unknown),
        *(f"{parameter}={value}" for parameter in strange for value in query[parameter]),
    )


def written(toggles: Iterable[Adjustment]) -> tuple[str, ...]:
    """Toggles as an address writes them: what :func:`adjustments` reads."""
    query = address.write(View(toggles=tuple(toggles)))
    return tuple(f"{parameter}={value}" for parameter in query for value in query[parameter])


def look_at(plan_id: str) -> None:
    """Look at another plan, with nothing else about it said."""
    say(measure="")
    change(lambda view: replace(view, plan=plan_id))


def toggle(*adjustments: Adjustment) -> None:
    """Add adjustments to the scenario."""
    change(lambda view: view.toggled(*adjustments))


def untoggle(*adjustments: Adjustment) -> None:
    """Take adjustments out of the scenario again."""
    change(lambda view: view.without(*adjustments))


def bound(key: str, value: Any, set_: Callable[[View, Any], View]) -> dict[str, Any]:
    """Arguments for a widget that shows ``value`` of the view and sets it when changed.

    >>> st.selectbox(_("Plan"), ids, **bound("plan", view.plan, lambda v, id: replace(v, plan=id)))
    """
    return holding(key, value, lambda chosen: change(lambda view: set_(view, chosen)))


def holding(key: str, value: Any, set_: Callable[[Any], None]) -> dict[str, Any]:
    """Arguments for a widget that shows ``value`` and calls ``set_`` with what it is changed to."""
    st.session_state[key] = value
    return hearing(key, set_)


def hearing(key: str, set_: Callable[[Any], None]) -> dict[str, Any]:
    """Arguments for a widget that keeps its own value and calls ``set_`` with each new one."""
    return {"key": key, "on_change": lambda: set_(st.session_state[key])}


def naming() -> dict[str, Any]:
    """Arguments for the text field with the user's name. It lasts as long as the session."""
    st.session_state.setdefault(_WHO, "")
    return {"key": _WHO, "persist_state": "session", "placeholder": _signed_in() or who_am_i()}


def keep(name: str, value: Any) -> None:
    """Remember something for this session that does not belong in a link."""
    st.session_state[_KEPT + name] = value


def kept(name: str, otherwise: Any = None) -> Any:
    """What :func:`keep` remembers."""
    return st.session_state.get(_KEPT + name, otherwise)


def forget(name: str) -> None:
    """Let go of what :func:`keep` remembers."""
    st.session_state.pop(_KEPT + name, None)


def device() -> str:
    """The token of this browser: the one in its cookie, or else made for this session."""
    token = kept(DEVICE) or str(st.context.cookies.get(DEVICE, ""))
    if not is_device(token):
        token = new_device()
    keep(DEVICE, token)
    return token


def server() -> str:
    """The server as this browser calls it, such as ``http://192.168.1.7:8501``; empty when it does
    not say."""
    url = urlsplit(st.context.url or "")
    return f"{url.scheme}://{url.netloc}" if url.netloc else ""


def clickable(key: str) -> dict[str, Any]:
    """Arguments for a chart whose parts can be clicked: :func:`picked` says which one was."""

    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            keep(key, tuple(points[0]["customdata"]))
        else:
            forget(key)

    return {"key": key, "on_select": clicked, "selection_mode": "points"}


def choosable(key: str, chosen: str | None) -> dict[str, Any]:
    """Arguments for the list from which the same can be picked as from the chart ``key``."""
    listed = f"{key}-list"
    st.session_state[listed] = chosen

    def listed_changed() -> None:
        category = st.session_state[listed]
        if category is None:
            forget(key)
        else:
            keep(key, (category, ""))

    return {"key": listed, "on_change": listed_changed, "index": None}


def picked(key: str) -> tuple[str, str] | None:
    """(category, status) of what was picked in a chart."""
    return kept(key)


def _remember(before: View, after: View) -> None:
    """What an undo goes back to. A change made otherwise (a link, the browser's back button) ends
    it: the address is the state, and this only a help to it."""
    if _scenario(before) != _scenario(after):
        keep(_CHANGES, [*_past(before), (before, after)][-_UNDONE:])


def _past(view: View) -> list[tuple[View, View]]:
    """The changes that led to the view, as (before, after); none that led elsewhere."""
    past = kept(_CHANGES, [])
    return past if past and _scenario(past[-1][1]) == _scenario(view) else []


def _scenario(view: View) -> tuple:
    return view.plan, view.scenario, view.toggles


def _state(query: Mapping[str, list[str]]) -> State:
    found = tuple(plans())
    view, unknown = _view(found, query)
    chosen = next((plan for plan in found if plan.id == view.plan), None)
    base = _base(view, chosen)
    return State(
        plan=chosen,
        scenario=base.then(*view.toggles),
        reading=view.reading or base.reading or READINGS[0],
        language=view.language,
        given_name=st.session_state.get(_WHO, "").strip(),
        view=view,
        plans=found,
        unknown=unknown,
    )


def _view(
    found: tuple[PlanSummary, ...], query: Mapping[str, list[str]] | None = None
) -> tuple[View, tuple[Unknown, ...]]:
    """The view of a query, or of the address, with the first plan where it names none."""
    view, unknown = address.read(address_bar.says() if query is None else query, _known(found))
    if not view.plan and found:
        view = replace(view, plan=found[0].id)
    return view, unknown


def _known(found: tuple[PlanSummary, ...]) -> Known:
    return Known(
        plans=[plan.id for plan in found],
        scenarios=reference().scenarios,
        saved=lambda plan: _scenarios(
            next((each for each in found if each.id == plan), found[0] if found else None)
        ),
        readings=READINGS,
        sources=reference().funding,
        cities=reference().municipalities,
        tagged=lambda plan, tag, value: bool(
            found and (results(plan or found[0].id).base.tags[tag] == value).any()
        ),
        seekers=lambda source: reference().funding[source].owners or tuple(reference().owners),
    )


def _scenarios(plan: PlanSummary | None) -> Mapping[str, Scenario]:
    return scenarios(plan.id, version=plan.version) if plan else scenarios()


def _base(view: View, plan: PlanSummary | None) -> Scenario:
    if plan is None:
        return scenario_of(view.scenario)
    return scenario_of(view.scenario, plan.id, version=plan.version)


def _signed_in() -> str:
    return str(st.user.get("email", "")) if st.user.get("is_logged_in") else ""
