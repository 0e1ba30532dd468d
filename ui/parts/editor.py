"""Editing: open a form, save it from the version that was read, and lose nothing when another was
faster.

A subject is what is edited. While it is, the session keeps what stood when it was opened and what
has been typed, so that going to another page and back finds it again. A save that comes too late is
refused by the model; the form then holds both people's changes, shows who changed what, and is
saved again by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from model.errors import InvalidData, KlimatinvestError, NotFound, StaleWrite, Violation
from model.forms import compare
from model.forms.form import Answer, Draft, Form
from model.forms.kinds import UNITS
from model.forms.told import said
from model.records import Entry
from model.rows import Row
from ui import errors, safe
from ui import state as view
from ui.i18n import _, language
from ui.parts import form as forms
from ui.parts import table as tables
from ui.parts.form import Tab
from ui.parts.table import Table


@dataclass(frozen=True)
class Subject:
    """What is edited, and how it is read and written.

    ``load`` gives what stands now (None when it is gone) and the plan's version; ``save`` writes a
    row from a version and gives the new one. ``form`` makes the form for a row and a unit, and
    ``kept`` what the form does not show. ``check`` finds what the plan's rules say of a row, and
    ``since`` are the journal's entries about the subject after a version. ``saved`` is called after
    a row is saved.
    """

    key: str
    load: Callable[[], tuple[Row | None, int]]
    save: Callable[[Row, int], int]
    form: Callable[[Row | None, str], Form]
    kept: Callable[[Row | None], Mapping[str, object]]
    tabs: Sequence[Tab]
    check: Callable[[Row, Form], Iterable[Violation]] = lambda row, form: ()
    since: Callable[[int], Sequence[Entry]] = lambda version: ()
    saved: Callable[[Row], None] = lambda row: None
    units: bool = True


@dataclass(frozen=True)
class Late:
    """A save that came too late: from which version, and what became of the three versions."""

    seen: int
    base: Row | None
    mine: Row
    theirs: Row | None
    merge: compare.Merge | None
    prefer: str = "mine"


@dataclass(frozen=True)
class Editing:
    """A form that is open. ``base`` stood at ``version``; ``turn`` counts how often it began."""

    base: Row | None
    version: int
    unit: str
    begun: Draft
    typed: Draft
    turn: int = 0
    late: Late | None = None


def open_(subject: Subject, begun: Draft | None = None) -> None:
    """Open the form: what a button does when clicked. ``begun`` is for what does not stand yet."""
    unit = next(iter(UNITS))
    try:
        base, version = subject.load()
    except KlimatinvestError as error:
        view.keep("refused", error)
        return
    if begun is None:
        begun = subject.form(base, unit).write(base) if base else subject.form(None, unit).blank()
    _keep(subject, Editing(base, version, unit, begun, begun))


def is_open(subject: Subject) -> bool:
    """Whether the subject is being edited."""
    return view.kept(_name(subject)) is not None


def close(subject: Subject) -> None:
    """Let go of the form and what was typed in it."""
    view.forget(_name(subject))


def show(subject: Subject) -> None:
    """Draw the open form with its buttons on top, and save when asked to."""
    editing: Editing = view.kept(_name(subject))
    form = subject.form(editing.base, editing.unit)
    key = f"{subject.key}-{editing.turn}"
    if not view.is_shown(forms.first_key(form, key)):
        editing = replace(editing, begun=editing.typed)
    with st.container(key=f"bar-{subject.key}", horizontal=True, vertical_alignment="bottom"):
        wants_save = st.button(_("Save"), key=f"{key}-save", type="primary")
        st.button(_("Cancel"), key=f"{key}-cancel", on_click=close, args=(subject,))
        unit = _unit(editing, key) if subject.units else editing.unit
    messages = st.container()
    drawn = forms.draw(form, editing.begun, key, subject.tabs)
    answer = form.read(drawn.draft, editing.base, subject.kept(editing.base), language())
    drawn.say(answer)
    _keep(subject, replace(editing, typed=drawn.draft))
    with messages:
        if editing.late:
            _show_late(subject, form, editing)
        if wants_save:
            _save(subject, form, answer)
        elif unit != editing.unit:
            _change_unit(subject, answer, unit)
    if answer.value is not None:
        errors.violations(subject.check(answer.value, form))


def _save(subject: Subject, form: Form, answer: Answer) -> None:
    editing: Editing = view.kept(_name(subject))
    found = list(answer.violations)
    if answer.value is not None:
        checked = subject.check(answer.value, form)
        found += [violation for violation in checked if violation.severity == "error"]
    if found:
        _refuse("Nothing was saved: what was found must be mended first ({count}).", found)
        return
    try:
        version = subject.save(answer.value, editing.version)
    except StaleWrite:
        _too_late(subject, answer.value)
        st.rerun()
    except KlimatinvestError as error:
        errors.show(error)
        return
    close(subject)
    if version == editing.version:
        view.keep("notice", _("Nothing was changed."))
    else:
        view.keep("notice", _("Saved as version {version} of the plan.", version=version))
    subject.saved(answer.value)
    st.rerun()


def notice() -> None:
    """Say once what was done, or refused, before this run."""
    refused = view.kept("refused")
    if refused:
        view.forget("refused")
        errors.show(refused)
    said_before = view.kept("notice")
    if said_before:
        view.forget("notice")
        st.toast(safe.text(said_before))


def _too_late(subject: Subject, mine: Row) -> None:
    """Begin anew on the version that stands, with both people's changes in the form."""
    editing: Editing = view.kept(_name(subject))
    theirs, version = _standing(subject)
    merge = None
    if editing.base is not None and theirs is not None:
        merge = compare.merge(editing.base, mine, theirs)
    late = Late(editing.version, editing.base, mine, theirs, merge)
    _begin(subject, editing, theirs, version, merge.row if merge else mine, late)


def _standing(subject: Subject) -> tuple[Row | None, int]:
    try:
        return subject.load()
    except NotFound as error:
        raise KlimatinvestError(
            "The plan is gone: somebody has deleted it. What you typed still stands here."
        ) from error


def _prefer(subject: Subject, prefer: str) -> None:
    """Take their parts, or mine, where both changed the same."""
    editing: Editing = view.kept(_name(subject))
    late = editing.late
    merge = compare.merge(late.base, late.mine, late.theirs, prefer=prefer)
    late = replace(late, merge=merge, prefer=prefer)
    _begin(subject, editing, editing.base, editing.version, merge.row, late)


def _begin(
    subject: Subject, editing: Editing, base: Row | None, version: int, row: Row, late: Late | None
) -> None:
    begun = subject.form(base, editing.unit).write(row)
    _keep(subject, Editing(base, version, editing.unit, begun, begun, editing.turn + 1, late))


def _show_late(subject: Subject, form: Form, editing: Editing) -> None:
    """Who saved what meanwhile, and what is in the form now."""
    late = editing.late
    entries = subject.since(late.seen)
    who = _and(list(dict.fromkeys(entry.who for entry in entries))) or _("Somebody else")
    fields = {"who": who, "now": editing.version, "seen": late.seen}
    errors.say(_late_sentence(late, fields), severity="warning")
    if late.merge and late.merge.theirs:
        tables.show(_late_table(form, late, who))
    if late.merge and late.merge.both:
        other = "theirs" if late.prefer == "mine" else "mine"
        label = {
            "theirs": _("Take what {who} saved where both changed", who=safe.text(who)),
            "mine": _("Take what I typed where both changed"),
        }[other]
        st.button(label, key=f"{subject.key}-prefer", on_click=_prefer, args=(subject, other))


def _late_sentence(late: Late, fields: Mapping[str, object]) -> str:
    if late.theirs is None and late.base is not None:
        return _(
            "{who} deleted this while you were writing: the plan is now at version {now}, you read "
            "version {seen}. Nothing of yours is saved yet. Save again to put it back as you have "
            "it.",
            **fields,
        )
    if late.merge and not late.merge.theirs:
        return _(
            "{who} changed something else in the plan while you were writing: it is now at version "
            "{now}, you read version {seen}. What you are editing is untouched. Nothing of yours "
            "is saved yet: save again.",
            **fields,
        )
    if late.merge and late.merge.both:
        return _(
            "{who} changed the same thing while you were writing: the plan is now at version "
            "{now}, you read version {seen}. Nothing of yours is saved yet. The form holds the "
            "changes of both; where both changed the same, see below. Look through it and save "
            "again.",
            **fields,
        )
    return _(
        "{who} changed this too while you were writing: the plan is now at version {now}, you read "
        "version {seen}. Nothing of yours is saved yet. The form holds the changes of both. Look "
        "through it and save again.",
        **fields,
    )


def _late_table(form: Form, late: Late, who: str) -> Table:
    """Every part that somebody changed: as it was, as they saved it, as I typed it, and now."""
    merge = late.merge
    theirs = {change.part: change for change in merge.theirs}
    mine = {change.part: change for change in merge.mine}
    rows = []
    for part in dict.fromkeys([*theirs, *mine]):
        change = theirs.get(part) or mine[part]
        their_value = theirs[part].new if part in theirs else change.old
        my_value = mine[part].new if part in mine else change.old
        is_theirs = part not in mine or (part in merge.both and late.prefer == "theirs")
        values = (change.old, their_value, my_value, their_value if is_theirs else my_value)
        texts = [said(form, change.field, value, language()) for value in values]
        what = next((name for (name, _text), value in zip(texts, values, strict=True) if value), "")
        if part in merge.both:
            what = _("{what} (changed by both)", what=what or texts[0][0])
        rows.append((what or texts[0][0], *(text or _("nothing") for _name, text in texts)))
    return Table(
        _("What was changed meanwhile"),
        (
            _("What"),
            _("Version {version}", version=late.seen),
            _("Saved by {who}", who=who),
            _("Typed by you"),
            _("In the form now"),
        ),
        rows,
        text=frozenset(range(5)),
    )


def _unit(editing: Editing, key: str) -> str:
    chosen = st.segmented_control(
        _("Amounts in"),
        list(UNITS),
        default=editing.unit,
        required=True,
        key=f"{key}-unit",
    )
    return chosen or editing.unit


def _change_unit(subject: Subject, answer: Answer, unit: str) -> None:
    """The same amounts in another unit; not while some text cannot be read."""
    editing: Editing = view.kept(_name(subject))
    if answer.value is None:
        _refuse(
            "The unit stays {unit} until what was found is mended ({count}).",
            answer.violations,
            unit=editing.unit,
        )
        return
    editing = replace(editing, unit=unit)
    _begin(subject, editing, editing.base, editing.version, answer.value, editing.late)
    st.rerun()


def _refuse(template: str, found: Sequence[Violation], **fields: object) -> None:
    errors.show(InvalidData(template, tuple(found), count=len(found), **fields))


def _and(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + _(" and ") + names[-1]


def _keep(subject: Subject, editing: Editing) -> None:
    view.keep(_name(subject), editing)


def _name(subject: Subject) -> str:
    return f"editing-{subject.key}"
