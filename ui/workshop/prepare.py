"""A workshop at the desk: its steps with their texts and toggles, saved, and begun."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from model.errors import KlimatinvestError
from model.results import Result
from model.workshop_rows import Workshop, WorkshopStep
from model.workshops import SHOWS, as_yaml, from_yaml
from ui import errors, safe
from ui import state as view
from ui.i18n import _, n_, name
from ui.parts import chart, chips, editor, empty, headline, list_file, listing
from ui.state import State
from ui.workshop import charts, draft, stage, toggles
from ui.workshop.draft import Draft
from ui.workshop.storylines import not_understood, seen

LARGEST_MB = 1


def show(known: Mapping[str, Workshop], chosen: Workshop, result: Result, state: State) -> None:
    """Everything about one workshop, of those that the plan has."""
    editor.notice()
    prepared = draft.of(chosen, state)
    workshop = prepared.now
    own = chosen.id in {each.id for each in result.document().workshops}
    headline.show(
        n_(
            "The workshop “{name}” has {count} step",
            "The workshop “{name}” has {count} steps",
            len(workshop.steps),
            name=workshop.name,
        ),
        tag=_("example") if result.base.head.example else "",
        notes=[
            _("Saved in the plan") if own else _("Comes along with the program"),
            *([_("with changes that are not saved")] if prepared.changed else []),
        ],
    )
    errors_of(workshop, state)
    if not result.base.size[1]:
        empty.no_measures(in_scenario=False)
    wide, narrow = st.columns([2, 1], gap="large")
    number = stage.step_of(workshop)
    with narrow:
        _choose(known, chosen)
        _begin(prepared, state)
        _steps(prepared, number, state)
    with wide:
        _step(prepared, number, state)
        _preview(workshop.steps[number - 1], state)
    _keep(prepared, own, result, state)
    _files(workshop, result, state)
    _how()


def errors_of(workshop: Workshop, state: State) -> None:
    """Toggles that this plan does not understand: they are left out when the workshop is shown."""
    strange = not_understood(state, workshop)
    if strange:
        errors.say(*strange, severity="warning")


def _choose(known: Mapping[str, Workshop], chosen: Workshop) -> None:
    st.selectbox(
        _("Workshop"),
        list(known),
        format_func=lambda key: safe.line(known[key].name),
        **view.holding("said-workshop", chosen.id, lambda key: view.say(workshop=key, step="")),
    )


def _begin(prepared: Draft, state: State) -> None:
    st.button(
        _("Start the workshop"),
        key="workshop-begin",
        type="primary",
        disabled=prepared.changed,
        on_click=stage.begin,
        args=(prepared.begun, state),
    )
    if prepared.changed:
        st.caption(_("Save first: what is shown is what is saved."))
    st.toggle(
        _("Letters are keys too (R, H, T, S)"),
        **view.holding(
            "said-keys", not stage.letters_off(), lambda on: view.say(keys="" if on else "off")
        ),
    )


def _steps(prepared: Draft, number: int, state: State) -> None:
    steps = prepared.now.steps

    def label(place: int) -> str:
        step = steps[place - 1]
        shows = _(SHOWS.get(step.shows, step.shows))
        # Two steps may show the same of different scenarios.
        scenario = state.scenarios.get(step.scenario)
        of = f" ({name(scenario)})" if scenario and scenario.changes and not step.title else ""
        return safe.text(f"{place}. {step.title or shows}{of}")

    st.radio(
        _("Steps"),
        range(1, len(steps) + 1),
        format_func=label,
        **view.holding("said-step", number, lambda place: view.say(step=str(place))),
    )
    with st.container(horizontal=True, gap="small"):
        for key, text, run, args, disabled in (
            ("up", _("Move up"), draft.move, (-1,), number == 1),
            ("down", _("Move down"), draft.move, (1,), number == len(steps)),
            ("remove", _("Remove step"), draft.remove, (), len(steps) == 1),
            ("add", _("Add what is looked at"), draft.add, (_looked_at(state),), False),
        ):
            st.button(
                text,
                key=f"workshop-{key}",
                disabled=disabled,
                on_click=run,
                args=(prepared, state, number, *args),
            )


def _looked_at(state: State) -> WorkshopStep:
    """A step of the scenario, the toggles and the reading that the page above shows."""
    toggles_ = view.written(state.view.toggles)
    return WorkshopStep(
        shows="against_plan" if state.scenario.adjustments else "need",
        scenario=state.view.scenario,
        toggles=toggles_,
        reading=state.view.reading,
        offers=toggles_,
    )


def _step(prepared: Draft, number: int, state: State) -> None:
    step = prepared.now.steps[number - 1]
    scenarios, readings = state.scenarios, chips.readings()
    offered = toggles.choices(state, (*step.toggles, *step.offers))
    listing.heading(_("Step {number}", number=number))

    def saying(field: str, make=lambda value: value) -> dict:
        value = getattr(step, field)
        return view.holding(
            f"step-{field}",
            list(value) if isinstance(value, tuple) else value,
            lambda value: draft.change_step(prepared, state, number, **{field: make(value)}),
        )

    st.selectbox(_("Shows"), [*SHOWS], format_func=lambda key: _(SHOWS[key]), **saying("shows"))
    first, second = st.columns(2)
    with first:
        st.selectbox(
            _("Scenario"),
            [*dict.fromkeys([*scenarios, step.scenario])],
            format_func=lambda key: safe.line(name(scenarios[key]) if key in scenarios else key),
            **saying("scenario"),
        )
    with second:
        st.selectbox(
            _("Reading"),
            ["", *readings],
            format_func=lambda key: readings[key].label if key else _("As the scenario"),
            **saying("reading"),
        )
    for field, label in (
        ("toggles", _("On when the step opens")),
        ("offers", _("Switches to offer")),
    ):
        st.multiselect(
            label,
            [*offered],
            format_func=offered.get,
            placeholder=_("None"),
            **saying(field, tuple),
        )
    st.text_input(
        _("Title, where the chart's own answer is not wanted"),
        max_chars=300,
        **saying("title", str.strip),
    )
    st.text_area(_("Speaker text"), max_chars=4000, **saying("speaker", str.strip))


def _preview(step: WorkshopStep, state: State) -> None:
    """The chart of the step as it opens."""
    picture = charts.draw(step.shows, state.seen(seen(state, step)))
    if picture.figure is None:
        listing.text(picture.words.title + ".", picture.missing)
        return
    words = replace(picture.words, title=step.title or picture.words.title)
    chart.place(picture.figure, words, key="workshop-preview", meanings=picture.meanings)


def _keep(prepared: Draft, own: bool, result: Result, state: State) -> None:
    listing.heading(_("Save in the plan"))
    st.text_input(
        _("Name of the workshop"),
        max_chars=200,
        **view.holding(
            "workshop-name", prepared.now.name, lambda said: draft.rename(prepared, state, said)
        ),
    )
    with st.container(horizontal=True, gap="small"):
        if st.button(_("Save"), key="workshop-save"):
            _save(prepared, result, state, copy=False)
        if st.button(_("Save as a copy"), key="workshop-copy"):
            _save(prepared, result, state, copy=True)
        st.button(
            _("Take back the changes"),
            key="workshop-forget",
            disabled=not prepared.changed,
            on_click=draft.forget,
            args=(prepared, state),
        )
        if own and st.button(_("Take away the workshop"), key="workshop-away"):
            try:
                version = draft.take_away(prepared.begun, result, state)
            except KlimatinvestError as error:
                errors.show(error)
                return
            draft.forget(prepared, state)
            _done(version, "")


def _save(prepared: Draft, result: Result, state: State, *, copy: bool) -> None:
    try:
        key, version = draft.save(prepared, result, state, copy=copy)
    except KlimatinvestError as error:
        errors.show(error)
        return
    _done(version, key)


def _done(version: int, key: str) -> None:
    view.say(workshop=key)
    view.keep("notice", _("Saved as version {version} of the plan.", version=version))
    st.rerun()


def _files(workshop: Workshop, result: Result, state: State) -> None:
    """The workshop as a file, and one from a file."""
    listing.heading(_("As a file"))
    st.download_button(
        _("Download the workshop (YAML)"),
        lambda: as_yaml(workshop).encode(),
        file_name=f"{workshop.id}.yaml",
        mime="application/yaml",
        key="workshop-download",
        on_click="ignore",
    )
    found = list_file.uploaded(
        _("Read in a workshop (YAML)"),
        "workshop-file",
        _Read,
        LARGEST_MB,
        _("Reading …"),
    )
    if found is None:
        return
    errors_of(found.workshop, state)
    read = found.workshop
    own = {each.id: each for each in result.document().workshops}
    text = (
        _("Save “{name}” instead of the plan's own", name=safe.text(read.name))
        if read.id in own
        else _("Save “{name}” in the plan", name=safe.text(read.name))
    )
    if st.button(text, key="workshop-read"):
        view.say(workshop=read.id, step="")
        rows = [*(own | {read.id: read}).values()]
        list_file.save("workshops", rows, result.base.version, state, "workshop-file")


class _Read:
    """A file that was read: the workshop in it, and no findings, for a fault refuses it whole."""

    violations = ()

    def __init__(self, content: bytes, file: str):
        self.workshop = from_yaml(content, file)


def _how() -> None:
    listing.heading(_("On the projector"))
    listing.points(
        _("Arrow right or PageDown goes on, arrow left or PageUp back; a clicker sends the same."),
        _("R opens the step anew, H hides the figures, T shows the speaker text, Esc leaves."),
        _(
            "S saves the chart as it is seen, as a picture (PNG); both PNG and SVG stand by its "
            "source when the mouse or the Tab key is there."
        ),
        _("Everything is in the address: a reload or a lost connection changes nothing."),
        _("Figures that are hidden are dots, so that people guess first; years stay."),
    )
