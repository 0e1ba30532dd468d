"""The entry for writing: every change of a plan, with who makes it and from which version.

A command is one transaction with its journal entry. It raises the plan's version by one, and is
refused when the plan is no longer at the version that the caller has read. What would change
nothing writes nothing. ``store`` is the store of the process unless another is given.

All raise StaleWrite (somebody was faster), NotFound (no such plan or measure), InvalidData (the
findings are in ``violations``) and StoreUnavailable (locked, full, lost); nothing is written then.
"""

import getpass
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from model.errors import InvalidData, StaleWrite, Violation
from model.reference import reference
from model.rows import Measure, PlanDocument, PlanHead, Prerequisite, Programme, Row
from model.store import backup as backups
from model.store import documents, imports, journal, layouts, write
from model.store.connection import Store
from model.store.connection import store as the_store
from model.store.tables import Cursor
from model.validate import (
    validate_document,
    validate_head,
    validate_measure,
    validate_prerequisites,
    validate_programmes,
)


def who_am_i() -> str:
    """The operating system's user: who makes a change from the command line."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def create_plan(document: PlanDocument, who: str, *, store: Store | None = None) -> int:
    """Make a plan, with or without measures; returns its version.

    A plan made again after it was deleted goes on where its versions ended.
    """
    head, who = document.plan, _named(who)
    _refuse_errors(validate_document(document, reference()), head.id)
    with (store or the_store()).write() as cursor:
        return _create(cursor, document, who)


def save_plan_head(
    plan_id: str, head: PlanHead, version: int, who: str, *, store: Store | None = None
) -> int:
    """Change a plan's own fields (name, years, price level and so on); returns the new version."""
    _refuse_errors(validate_head(head), plan_id)
    if head.id != plan_id:
        raise InvalidData(
            "A plan keeps its id: {plan} cannot become {id}.", plan=plan_id, id=head.id
        )
    with _change(plan_id, version, who, store) as change:
        if change.head != head:
            write.update_head(change.cursor, head)
            change.record(
                "save_plan_head",
                "plan",
                {"plan": journal.as_json(change.head)},
                {"plan": journal.as_json(head)},
            )
    return change.version


def save_measure(
    plan_id: str,
    measure: Measure,
    version: int,
    who: str,
    *,
    command: str = "save_measure",
    source: str = "",
    store: Store | None = None,
) -> int:
    """Write a measure over the one of its id, or as a new one; returns the new version.

    ``source`` says where the figures come from, such as a cell of a sheet.
    """
    known = reference()
    with _change(plan_id, version, who, store) as change:
        _refuse_errors(validate_measure(measure, change.head, known), measure.id)
        change.measures(command, measure.id, {measure.id: measure}, source)
    return change.version


def delete_measure(
    plan_id: str, measure_id: str, version: int, who: str, *, store: Store | None = None
) -> int:
    """Remove a measure; returns the new version. The journal keeps what it was."""
    with _change(plan_id, version, who, store) as change:
        old = documents.read_measure(change.cursor, plan_id, measure_id)
        write.delete_measure(change.cursor, plan_id, measure_id)
        change.record(
            "delete_measure",
            measure_id,
            {"measures": {measure_id: journal.as_json(old)}},
            {"measures": {measure_id: None}},
        )
    return change.version


def import_measures(
    plan_id: str,
    measures: Iterable[Measure],
    version: int,
    who: str,
    *,
    file_name: str,
    content: bytes,
    sha256: str,
    prerequisites: Iterable[Prerequisite] | None = None,
    removed: Iterable[str] = (),
    new: PlanHead | None = None,
    store: Store | None = None,
) -> int:
    """Write all measures of a workbook at once and keep the file; returns the new version.

    Measures of the same id are replaced, others made, those of the ids in ``removed`` taken away,
    the rest of the plan left alone; ``prerequisites`` stand instead of the plan's where they are
    given. The journal names the file
    and holds what changed. Importing the same file again changes nothing. With ``new`` the plan is
    made in the same transaction, and ``version`` says nothing.
    """
    known, measures = reference(), {measure.id: measure for measure in measures}
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InvalidData(
            "{file} has changed since it was read: read it again before importing it.",
            file=file_name,
        )
    if new is not None:
        _refuse_errors(validate_head(new), new.id)
    with _change(plan_id, version, who, store, new, _clean(file_name)) as change:
        before = change.version
        rows = None if prerequisites is None else tuple(prerequisites)
        found = [
            violation
            for measure in measures.values()
            for violation in validate_measure(measure, change.head, known)
        ]
        _refuse_errors([*found, *validate_prerequisites(rows or (), change.head)], file_name)
        change.measures("import_measures", sha256, measures, file_name, rows, removed)
        if change.version != before:
            write.keep_file(
                change.cursor, plan_id, change.version, _clean(file_name), content, sha256
            )
    return change.version


def undo_import(plan_id: str, version: int, who: str, *, store: Store | None = None) -> int | None:
    """Take back the plan's latest import, exactly; returns the new version.

    A plan that the import made, and nothing else has changed, is removed, and None returned.
    InvalidData when there is no import
    to take back, or when something that it wrote has been changed since: nothing is lost then.
    """
    with _change(plan_id, version, who, store) as change:
        entry = imports.latest_import(change.cursor, plan_id)
        if entry is None:
            raise InvalidData("{plan} has no import to take back.", plan=change.head.name)
        _refuse_changed_since(change.cursor, entry)
        if entry.version == version and imports.made_the_plan(change.cursor, entry):
            document, _ = documents.read_document(change.cursor, plan_id)
            change.record("delete_plan", "plan", journal.as_partial(document), None, entry.source)
            write.delete_plan(change.cursor, plan_id)
            return None
        before = entry.old.get("measures", {})
        for measure_id in (key for key, old in before.items() if old is None):
            write.delete_measure(change.cursor, plan_id, measure_id)
        write.upsert_measures(
            change.cursor,
            plan_id,
            [Measure.model_validate(old) for old in before.values() if old is not None],
        )
        write.order_measures(change.cursor, plan_id, entry.old.get("order", ()))
        rows = _prerequisites(entry.old)
        if rows is not None:
            write.replace_prerequisites(change.cursor, plan_id, rows)
        old = {part: rows for part, rows in entry.old.items() if part != "order"}
        change.record("undo_import", entry.subject, entry.new, old, entry.source)
    return change.version


def _refuse_changed_since(cursor: Cursor, entry: journal.Entry) -> None:
    """InvalidData when the plan no longer says what an import wrote."""
    written = {
        key: row and Measure.model_validate(row)
        for key, row in entry.new.get("measures", {}).items()
    }
    standing = {m.id: m for m in documents.read_measures(cursor, entry.plan_id, written)}
    changed = [(m or standing[key]).name for key, m in written.items() if standing.get(key) != m]
    rows = documents.read_prerequisites(cursor, entry.plan_id)
    if _prerequisites(entry.new) not in (None, rows):
        changed.append("prerequisites")
    if changed:
        raise InvalidData(
            "The import of {file} cannot be taken back: changed since then are {names}. "
            "Change them by hand, or restore a backup.",
            file=entry.source,
            names=", ".join(changed),
        )


def _prerequisites(side: Mapping) -> tuple[Prerequisite, ...] | None:
    """The prerequisites of one side of a journal entry, None when it does not speak of them."""
    rows = side.get("prerequisites")
    return None if rows is None else tuple(Prerequisite.model_validate(row) for row in rows)


def remember_layout(
    fingerprint: str, name: str, content: str, who: str, *, store: Store | None = None
) -> None:
    """Keep how a workbook's headings are to be read, as YAML, for all with the same fingerprint."""
    who = _named(who)
    with (store or the_store()).write() as cursor:
        layouts.remember(cursor, fingerprint, _clean(name), _clean(content), who)


def save_programmes(
    plan_id: str,
    programmes: Iterable[Programme],
    version: int,
    who: str,
    *,
    store: Store | None = None,
) -> int:
    """Write a plan's programmes instead of those that stand; returns the new version."""
    known, programmes = reference(), tuple(programmes)
    with _change(plan_id, version, who, store) as change:
        _refuse_errors(validate_programmes(programmes, change.head, known), plan_id)
        old = documents.read_programmes(change.cursor, plan_id)
        if old != programmes:
            write.replace_programmes(change.cursor, plan_id, programmes)
            change.lists("save_programmes", "programmes", old, programmes)
    return change.version


def save_prerequisites(
    plan_id: str,
    prerequisites: Iterable[Prerequisite],
    version: int,
    who: str,
    *,
    store: Store | None = None,
) -> int:
    """Write the municipality's own figures instead of those that stand; returns the new version."""
    prerequisites = tuple(prerequisites)
    with _change(plan_id, version, who, store) as change:
        _refuse_errors(validate_prerequisites(prerequisites, change.head), plan_id)
        old = documents.read_prerequisites(change.cursor, plan_id)
        if old != prerequisites:
            write.replace_prerequisites(change.cursor, plan_id, prerequisites)
            change.lists("save_prerequisites", "prerequisites", old, prerequisites)
    return change.version


def delete_plan(plan_id: str, version: int, who: str, *, store: Store | None = None) -> None:
    """Remove a plan. The journal keeps what it was, and the files that it was made from stay."""
    with _change(plan_id, version, who, store) as change:
        document, _ = documents.read_document(change.cursor, plan_id)
        change.record("delete_plan", "plan", journal.as_partial(document), None)
        write.delete_plan(change.cursor, plan_id)


def backup(target: Path, *, store: Store | None = None) -> None:
    """Write a verified copy of the whole database to ``target``."""
    backups.backup(store or the_store(), target)


def examine_backup(source: Path) -> None:
    """Refuse a file that is no sound backup, before anybody is asked to restore it."""
    backups.examine(source)


def restore(source: Path, *, store: Store | None = None) -> Path | None:
    """Replace the database by a backup while the app runs; returns where the replaced one lies."""
    return (store or the_store()).replace_with(source)


class _Change:
    """One command under way: its transaction, the plan as it stands, and the version it makes."""

    def __init__(self, cursor: Cursor, head: PlanHead, version: int, who: str):
        self.cursor, self.head, self.version, self.who = cursor, head, version, who

    def record(
        self,
        command: str,
        subject: str,
        old: Mapping | None,
        new: Mapping | None,
        source: str = "",
    ) -> None:
        """Raise the plan's version and append the journal entry."""
        self.version = write.raise_version(self.cursor, self.head.id)
        journal.append(
            self.cursor,
            who=self.who,
            command=command,
            plan_id=self.head.id,
            version=self.version,
            subject=subject,
            old=old,
            new=new,
            source=_clean(source),
        )

    def measures(
        self,
        command: str,
        subject: str,
        measures: Mapping[str, Measure],
        source: str,
        prerequisites: tuple[Prerequisite, ...] | None = None,
        removed: Iterable[str] = (),
    ) -> None:
        """Write the measures that differ from what stands, take others away, and write the
        prerequisites where given and others; when nothing differs, nothing is recorded.

        With measures taken away the old side also holds the order of all, in which to put them
        back."""
        gone = set(removed) - set(measures)
        standing = documents.read_measures(self.cursor, self.head.id, {*measures, *gone})
        old = {measure.id: measure for measure in standing}
        changed = {key: new for key, new in measures.items() if old.get(key) != new}
        changed |= dict.fromkeys(gone & old.keys())
        before, after = {}, {}
        if gone & old.keys():
            before["order"] = documents.read_order(self.cursor, self.head.id)
        if changed:
            for key in gone & old.keys():
                write.delete_measure(self.cursor, self.head.id, key)
            written = [new for new in changed.values() if new is not None]
            write.upsert_measures(self.cursor, self.head.id, written)
            before["measures"] = {key: journal.as_json(old.get(key)) for key in changed}
            after["measures"] = {key: journal.as_json(new) for key, new in changed.items()}
        rows = documents.read_prerequisites(self.cursor, self.head.id)
        if prerequisites is not None and prerequisites != rows:
            write.replace_prerequisites(self.cursor, self.head.id, prerequisites)
            before |= _listed("prerequisites", rows)
            after |= _listed("prerequisites", prerequisites)
        if after:
            self.record(command, subject, before, after, source)

    def lists(self, command: str, name: str, old: Iterable, new: Iterable) -> None:
        """Record a list that was replaced as a whole."""
        self.record(command, name, _listed(name, old), _listed(name, new))


def _listed(name: str, rows: Iterable[Row]) -> dict[str, list]:
    return {name: [journal.as_json(row) for row in rows]}


@contextmanager
def _change(
    plan_id: str,
    version: int,
    who: str,
    store: Store | None,
    new: PlanHead | None = None,
    source: str = "",
) -> Iterator[_Change]:
    """The transaction of one command, refused when the plan has moved on from ``version``.

    ``new`` is a plan that is made first, out of ``source``.
    """
    who = _named(who)
    with (store or the_store()).write() as cursor:
        if new is not None:
            version = _create(cursor, PlanDocument(plan=new), who, source)
        head, current = documents.read_head(cursor, plan_id)
        if current != version:
            raise StaleWrite(plan_id, version, current)
        yield _Change(cursor, head, version, who)


def _create(cursor: Cursor, document: PlanDocument, who: str, source: str = "") -> int:
    if documents.plan_exists(cursor, document.plan.id):
        raise InvalidData(
            "There is a plan {plan} already: choose another id, or change that one.",
            plan=document.plan.id,
        )
    return write.create_plan(cursor, document, who, source)


def _refuse_errors(found: Iterable[Violation], what: str) -> None:
    errors = tuple(violation for violation in found if violation.severity == "error")
    if errors:
        raise InvalidData(
            "{what} was not saved. Findings to mend first: {count}. {first}",
            errors,
            what=what,
            count=len(errors),
            first=errors[0].message,
        )


def _named(who: str) -> str:
    if not who.strip():
        raise InvalidData("Nothing was saved: give the name of the one who makes the change.")
    return _clean(who.strip())


def _clean(text: str) -> str:
    """The text without halves of characters, which file names from odd systems may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
