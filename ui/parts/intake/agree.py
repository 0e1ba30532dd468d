"""The last step: one button writes what was shown, and another takes it back."""

import streamlit as st

from model import commands, records
from model.errors import KlimatinvestError, StaleWrite
from model.forms.form import Answer
from model.intake.preview import Difference
from model.intake.reading import Reading
from ui import errors, frame, safe
from ui import state as view
from ui.i18n import _, n_
from ui.parts import history, listing, new_plan
from ui.parts.intake import choose, difference
from ui.parts.intake.difference import Target
from ui.parts.intake.walk import Walk
from ui.state import State


def button(version: int) -> None:
    """The one button that writes: it is for the version of the plan that is shown with it."""
    st.button(
        _("Read in"), key="read-in", type="primary", on_click=view.keep, args=("asked", version)
    )


def asked() -> int | None:
    """The version of the plan for which the button was pressed just now, if it was."""
    version = view.kept("asked")
    view.forget("asked")
    return version


def refuse_new_plan(answer: Answer, version: int | None) -> None:
    """The button while the new plan is not filled in; pressed, it says what is missing."""
    if version is not None:
        new_plan.refuse(answer)
    button(0)


def show(
    state: State,
    walk: Walk,
    reading: Reading,
    chosen: Target,
    found: Difference,
    version: int | None,
) -> None:
    """The button, or why there is none; and what it does when it was pressed."""
    stopped = len(reading.errors) + len(found.errors)
    if stopped:
        errors.say(
            n_(
                "Nothing can be read in before {count} finding is mended or answered.",
                "Nothing can be read in before {count} findings are mended or answered.",
                stopped,
            )
        )
    elif difference.changes_nothing(walk, chosen, found):
        st.info(_("Nothing would change: the plan says all that the workbook says already."))
    else:
        button(chosen.version)
        if version is not None:
            _write(state, walk, chosen, found, version)


def _write(state: State, walk: Walk, chosen: Target, found: Difference, version: int) -> None:
    """Write, to the version of the plan that was shown."""
    plan = chosen.document.plan
    gone = difference.removed(walk, found)
    try:
        if version != chosen.version:
            raise StaleWrite(plan.id, version, chosen.version)
        with st.spinner(_("Reading in {file} …", file=safe.text(walk.name))):
            after = commands.import_measures(
                plan.id,
                found.measures,
                chosen.version,
                state.who,
                file_name=walk.name,
                content=walk.content,
                sha256=walk.sha256,
                lists=found.lists,
                removed=[measure.id for measure in gone],
                new=chosen.new,
            )
    except KlimatinvestError as error:
        errors.show(error)
        return
    view.keep("imported", (walk.name, plan.id, plan.name, after, len(found.measures)))
    choose.finish()
    new_plan.done("upload-plan")
    view.look_at(plan.id)
    st.rerun()


def say_imported(state: State) -> None:
    """What was read in just now, and where to go with it."""
    imported = view.kept("imported")
    if not imported or imported[1] != state.plan_id:
        return
    file, _plan_id, plan, version, measures = imported
    st.success(
        safe.text(
            n_(
                "{file} is read in: {count} measure. {plan} is now at version {version}.",
                "{file} is read in: {count} measures. {plan} is now at version {version}.",
                measures,
                file=file,
                plan=plan,
                version=version,
            )
        )
    )
    with st.container(key="onward"):
        frame.link("finansieringsgap", _("See the financing gap"))


def undo(state: State) -> None:
    """Take the latest import back, once it is said what that restores."""
    latest = records.latest_import(state.plan_id)
    if latest is None:
        return
    with st.popover(_("Undo the import")):
        listing.text(
            _(
                "The import of {file} by {who} on {day} is taken back:",
                file=latest.source,
                who=latest.who,
                day=history.moment(latest.changed_at),
            )
        )
        listing.points(*_restores(latest))
        if st.button(_("Yes, undo the import"), key="undo-import"):
            _undo(state)


def _restores(entry: records.Entry) -> list[str]:
    """What taking an import back does to the plan."""
    old, new = ((side or {}).get("measures", {}) for side in (entry.old, entry.new))
    added = sum(1 for key in new if old.get(key) is None)
    taken = sum(1 for key in old if new.get(key) is None and old[key] is not None)
    changed = len(new) - added - taken
    return [
        n_(
            "{count} measure that it added is taken out",
            "{count} measures that it added are taken out",
            added,
        )
        if added
        else "",
        n_(
            "{count} measure that it changed says again what it said before",
            "{count} measures that it changed say again what they said before",
            changed,
        )
        if changed
        else "",
        n_(
            "{count} measure that it took out comes back",
            "{count} measures that it took out come back",
            taken,
        )
        if taken
        else "",
        _("The workbook itself stays in the list, and both steps in the journal"),
    ]


def _undo(state: State) -> None:
    _document, version = records.document(state.plan_id)
    try:
        after = commands.undo_import(state.plan_id, version, state.who)
    except KlimatinvestError as error:
        errors.show(error)
        return
    view.forget("imported")
    if after is None:
        others = [plan.id for plan in state.plans if plan.id != state.plan_id]
        view.look_at(others[0] if others else "")
        view.keep("notice", _("The import is taken back, and the plan that it made is gone."))
    else:
        view.keep(
            "notice",
            _("The import is taken back. The plan is at version {version}.", version=after),
        )
    st.rerun()
