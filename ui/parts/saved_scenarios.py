"""Scenarios that are saved in the plan: save what is on screen, change, take away, share as a file
or by a link. Every change is one version of the plan, in the journal."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from model import scenario_library as library
from model.errors import KlimatinvestError
from model.municipal_rows import SavedScenario
from model.report import words
from model.results import results
from model.scenario import AS_IS, Scenario
from model.scenario.form import Form, as_form
from ui import errors, safe
from ui import state as view
from ui.i18n import _, language, message, note
from ui.parts import listing
from ui.parts.listing import Term
from ui.state import State

_LARGEST_MB = 1
_NOTICE, _TURN = "scenario-notice", "scenario-turn"


def show(state: State) -> None:
    """What is saved, and what can be done about it."""
    if not state.plan:
        return
    listing.heading(_("Saved scenarios"))
    _say_notice()
    found = results(state.plan_id)
    rows = found.listed("scenarios")
    _listed(state, rows)
    with st.expander(
        _("Save, change, read in or share a scenario"), key="keep", on_change="rerun"
    ) as folded:
        if folded.open:
            _keep(state, rows)
    errors.violations(results(state.plan_id, state.scenario).broken_rules())


def _keep(state: State, rows: tuple[SavedScenario, ...]) -> None:
    saving, file = st.columns(2, gap="large")
    with saving:
        _save_new(state, rows)
        if rows:
            _change(state, rows)
    with file:
        _take_in(state)
        _link(state)


def _listed(state: State, rows: tuple[SavedScenario, ...]) -> None:
    """Every saved scenario and what it does; what no longer holds together says why."""
    if not rows:
        listing.text(
            _(
                "No scenario is saved in this plan. Set the toggles above and save what is on "
                "screen, or read in a file."
            )
        )
        return
    saved, plan = library.saved(state.plan_id), results(state.plan_id).base
    listing.terms(
        Term(
            _called(row),
            _does(saved.scenarios.get(row.id), plan),
            notes=(
                note(row),
                _("Saved by {who}", who=row.author) if row.author else "",
            ),
        )
        for row in rows
    )
    if saved.found:
        errors.say(*map(message, saved.found), severity="warning")


def _does(scenario: Scenario | None, plan) -> str:
    if scenario is None:
        return _("Does not hold together any more")
    return "; ".join(words.adjustments(scenario, language(), plan)) or _("Nothing")


def _called(row: SavedScenario) -> str:
    return row.name_en if language() == "en" and row.name_en else row.name


def _save_new(state: State, rows: tuple[SavedScenario, ...]) -> None:
    """What is on screen, under a name."""
    st.markdown(f"**{_('Save what is on screen')}**")
    if not state.scenario.changes:
        listing.text(_("The plan is shown as it is: choose a scenario or set a toggle first."))
        return
    name = st.text_input(_("The scenario's name"), max_chars=200, **_typed("name"))
    note = st.text_area(_("What it is about"), max_chars=4000, height=80, **_typed("note"))
    if not st.button(_("Save the scenario"), key="save-scenario", type="primary"):
        return
    id = library.slug(name)
    if not name.strip():
        errors.say(_("Give the scenario a name first."))
    elif id in state.scenarios:
        errors.say(
            _("There is a scenario of that name already: choose another, or change that one.")
        )
    else:
        form = _on_screen(state).model_copy(update={"name": name.strip(), "note": note.strip()})
        _done(
            lambda: library.save(state.plan_id, id, form, state.plan.version, state.who),
            looking_at=id,
        )


def _on_screen(state: State) -> Form:
    """What the view shows, as a form: it extends what was chosen and holds the toggles."""
    toggles = AS_IS.then(*state.view.toggles)
    form = as_form(toggles, state.view.scenario)
    reading = state.view.reading or None
    return form.model_copy(update={"author": state.who, "reading": reading, "name_en": ""})


def _change(state: State, rows: tuple[SavedScenario, ...]) -> None:
    """Change, take away or take out one of them."""
    by_id = {row.id: row for row in rows}
    at = list(by_id).index(state.view.scenario) if state.view.scenario in by_id else 0
    chosen = st.selectbox(
        _("A saved scenario to change"),
        list(by_id),
        index=at,
        format_func=lambda id: safe.line(_called(by_id[id])),
        key=_key("chosen"),
    )
    row = by_id[chosen]
    form = library.saved(state.plan_id).forms.get(chosen)
    version = state.plan.version
    with st.container(horizontal=True, gap="small"):
        if form is not None:
            st.download_button(
                _("Download YAML"),
                library.export(chosen, state.plan_id),
                file_name=f"{chosen}.yaml",
                mime="application/yaml",
                key="download-scenario",
                on_click="ignore",
            )
            with st.popover(_("Change name and note")):
                _rename(state, row, form)
        if state.view.toggles and form is not None:
            with st.popover(_("Replace by what is on screen")):
                listing.text(
                    _("{scenario} then does what the page shows now.", scenario=_called(row))
                )
                if st.button(_("Yes, replace it"), key="replace-scenario"):
                    _replace(state, chosen, form)
        with st.popover(_("Delete")):
            listing.text(_("The journal keeps what it was."))
            if st.button(_("Yes, delete it"), key="delete-scenario"):
                _done(
                    lambda: library.delete(state.plan_id, chosen, version, state.who),
                    looking_at=AS_IS.id if state.view.scenario == chosen else "",
                )


def _rename(state: State, row: SavedScenario, form: Form) -> None:
    name = st.text_input(_("The scenario's name"), row.name, **_typed(f"name-{row.id}"))
    note = st.text_area(_("What it is about"), row.note, **_typed(f"note-{row.id}"))
    if st.button(_("Save"), key="rename-scenario") and name.strip():
        changed = form.model_copy(update={"name": name.strip(), "note": note.strip()})
        _done(lambda: library.save(state.plan_id, row.id, changed, state.plan.version, state.who))


def _replace(state: State, id: str, form: Form) -> None:
    """Let a saved scenario do what is on screen: on top of itself where it is what is shown."""
    shown = _on_screen(state)
    if id in shown.extends:
        own = form.adjustments + shown.adjustments
        others = tuple(each for each in shown.extends if each != id)
        shown = form.model_copy(
            update={"extends": form.extends + others, "adjustments": own, "author": state.who}
        )
    else:
        called = {name: getattr(form, name) for name in ("name", "name_en", "note", "note_en")}
        shown = shown.model_copy(update=called)
    _done(
        lambda: library.save(state.plan_id, id, shown, state.plan.version, state.who),
        looking_at=id,
    )


def _take_in(state: State) -> None:
    """A file that a colleague has written: checked, told what it does, and saved."""
    st.markdown(f"**{_('Read in a scenario file')}**")
    file = st.file_uploader(
        _("Scenario (.yaml)"), key=_key("file"), type=["yaml", "yml"], max_upload_size=_LARGEST_MB
    )
    if file is None:
        return
    label = safe.line(file.name.rsplit("/", 1)[-1])
    id = library.slug(label.removesuffix(".yaml").removesuffix(".yml"))
    content = file.getvalue()
    _form, scenario, found = library.check(content, label, id, state.plan_id)
    if found or scenario is None:
        errors.say(_("The file was not read in. Every fault with its line:"), *map(message, found))
        return
    plan = results(state.plan_id).base
    listing.points(scenario.name, *words.adjustments(scenario, language(), plan))
    if st.button(_("Save it in the plan"), key="take-in-scenario", type="primary"):
        _done(
            lambda: library.take_in(
                state.plan_id, content, label, state.plan.version, state.who, id=id
            )[1],
            looking_at=id,
        )


def _link(state: State) -> None:
    """The address of the view, to copy: it holds everything that is chosen."""
    st.markdown(f"**{_('Link to what is on screen')}**")
    address = f"{st.context.url or ''}?{urlencode(state.query, doseq=True)}"
    st.code(address, language=None, wrap_lines=True)


def _done(change: Callable[[], int], looking_at: str = "") -> None:
    """Make a change, say its version, and look at ``looking_at`` where it is said."""
    try:
        now = change()
    except KlimatinvestError as error:
        errors.say(message(error), *map(message, error.violations))
        return
    view.keep(_NOTICE, _("Saved as version {version} of the plan.", version=now))
    view.keep(_TURN, view.kept(_TURN, 0) + 1)
    if looking_at:
        view.change(lambda seen: replace(seen, scenario=looking_at, toggles=()))
    st.rerun()


def _say_notice() -> None:
    said = view.kept(_NOTICE)
    if said:
        view.forget(_NOTICE)
        st.success(safe.text(said))


def _key(name: str) -> str:
    """A widget's key, new after each change so that it begins empty."""
    return f"scenario-{name}-{view.kept(_TURN, 0)}"


def _typed(name: str) -> dict[str, str]:
    """The key of a field whose text is still there after a look at another page."""
    return {"key": _key(name), "persist_state": "session"}
