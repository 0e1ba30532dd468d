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
from model.row import Row
from model.rows import Measure, PlanDocument, PlanHead
from model.store import backup as backups
from model.store import documents, imports, journal, layouts, write
from model.store.connection import Store
from model.store.connection import store as the_store
from model.store.tables import PLAN_LISTS, Cursor
from model.validate import validate_document, validate_head, validate_list, validate_measure
from model.validate_activities import boundary_findings
from model.validate_green import validate_green
from model.validate_lists import NAMING_LISTS


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
        if change.head.emission_boundary != head.emission_boundary:
            stands = documents.read_measures(change.cursor, plan_id)
            _refuse_errors(boundary_findings(stands, head, reference()), plan_id)
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
        change.measures(command, measure.id, {measure.id: measure}, source, {})
    return change.version


def delete_measure(
    plan_id: str, measure_id: str, version: int, who: str, *, store: Store | None = None
) -> int:
    """Remove a measure; returns the new version. The journal keeps what it was."""
    with _change(plan_id, version, who, store) as change:
        old = documents.read_measure(change.cursor, plan_id, measure_id)
        _refuse_named(change.cursor, plan_id, [measure_id])
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
    lists: Mapping[str, Iterable[Row]] | None = None,
    removed: Iterable[str] = (),
    new: PlanHead | None = None,
    store: Store | None = None,
) -> int:
    """Write all measures of a workbook at once and keep the file; returns the new version.

    Measures of the same id are replaced, others made, those of the ids in ``removed`` taken away,
    the rest of the plan left alone; ``lists`` (``prerequisites``, ``loans``, …) stand instead of
    the plan's. The journal names the file and holds what changed. Importing the same file again
    changes nothing. With ``new`` the plan is made in the same transaction, and ``version`` says
    nothing.
    """
    known, measures = reference(), {measure.id: measure for measure in measures}
    lists = {name: tuple(rows) for name, rows in (lists or {}).items()}
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InvalidData(
            "{file} has changed since it was read: read it again before importing it.",
            file=file_name,
        )
    if new is not None:
        _refuse_errors(validate_head(new), new.id)
    with _change(plan_id, version, who, store, new, _clean(file_name)) as change:
        before = change.version
        found = [
            violation
            for measure in measures.values()
            for violation in validate_measure(measure, change.head, known)
        ]
        left = {*documents.read_order(change.cursor, plan_id), *measures} - set(removed)
        for name, rows in lists.items():
            found += validate_list(name, rows, change.head, known, left)
        if "loans" in lists:
            after = {each.id: each for each in documents.read_measures(change.cursor, plan_id)}
            after |= measures
            found += validate_green(lists["loans"], after.values(), change.head, known)
        _refuse_errors(found, file_name)
        change.measures("import_measures", sha256, measures, file_name, lists, removed)
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
        made = [key for key, old in before.items() if old is None]
        _refuse_named(change.cursor, plan_id, made, _lists(entry.old))
        for measure_id in made:
            write.delete_measure(change.cursor, plan_id, measure_id)
        write.upsert_measures(
            change.cursor,
            plan_id,
            [Measure.model_validate(old) for old in before.values() if old is not None],
        )
        write.order_measures(change.cursor, plan_id, entry.old.get("order", ()))
        for name, rows in _lists(entry.old).items():
            write.replace_list(change.cursor, plan_id, name, rows)
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
    changed += [
        name
        for name, rows in _lists(entry.new).items()
        if rows != documents.read_list(cursor, entry.plan_id, name)
    ]
    if changed:
        raise InvalidData(
            "The import of {file} cannot be taken back: changed since then are {names}. "
            "Change them by hand, or restore a backup.",
            file=entry.source,
            names=", ".join(changed),
        )


def _lists(side: Mapping) -> dict[str, tuple[Row, ...]]:
    """The lists that one side of a journal entry speaks of, by name."""
    return {
        name: tuple(kind.model_validate(row) for row in side[name])
        for name, (_, kind) in PLAN_LISTS.items()
        if name in side
    }


def _refuse_named(
    cursor: Cursor,
    plan_id: str,
    measure_ids: Iterable[str],
    but: Mapping[str, tuple[Row, ...]] | None = None,
) -> None:
    """InvalidData when a loan or an agency's grant names a measure that is to be taken away.

    Lists that ``but`` holds are replaced in the same change, and are judged as they stand there.
    """
    gone = set(measure_ids)
    lists = {name: documents.read_list(cursor, plan_id, name) for name in NAMING_LISTS}
    lists |= {name: rows for name, rows in (but or {}).items() if name in NAMING_LISTS}
    for name, rows in lists.items():
        for row in rows:
            for measure_id in gone.intersection(NAMING_LISTS[name](row)):
                raise InvalidData(
                    "{measure} cannot be taken away: {row} names it. Take that away first.",
                    measure=measure_id,
                    row=getattr(row, "name", "") or row.id,
                )


def remember_layout(
    fingerprint: str, name: str, content: str, who: str, *, store: Store | None = None
) -> None:
    """Keep how a workbook's headings are to be read, as YAML, for all with the same fingerprint."""
    who = _named(who)
    with (store or the_store()).write() as cursor:
        layouts.remember(cursor, fingerprint, _clean(name), _clean(content), who)


def save_list(
    plan_id: str,
    name: str,
    rows: Iterable[Row],
    version: int,
    who: str,
    *,
    store: Store | None = None,
) -> int:
    """Write one of the plan's lists (``loans``, ``prerequisites``, …) instead of what stands.

    Returns the new version.
    """
    known, rows = reference(), tuple(rows)
    with _change(plan_id, version, who, store) as change:
        measures = documents.read_order(change.cursor, plan_id)
        saved = [each.id for each in documents.read_list(change.cursor, plan_id, "scenarios")]
        found = validate_list(name, rows, change.head, known, measures, saved)
        if name == "loans":
            financed = {each.measure for loan in rows for each in loan.allocations}
            standing = documents.read_measures(change.cursor, plan_id, financed)
            found += validate_green(rows, standing, change.head, known)
        _refuse_errors(found, plan_id)
        change.lists({name: rows}, f"save_{name}", name)
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
        lists: Mapping[str, tuple[Row, ...]],
        removed: Iterable[str] = (),
    ) -> None:
        """Write the measures that differ from what stands, take others away, and write the
        lists that differ; when nothing differs, nothing is recorded.

        With measures taken away the old side also holds the order of all, in which to put them
        back."""
        gone = set(removed) - set(measures)
        standing = documents.read_measures(self.cursor, self.head.id, {*measures, *gone})
        old = {measure.id: measure for measure in standing}
        changed = {key: new for key, new in measures.items() if old.get(key) != new}
        changed |= dict.fromkeys(gone & old.keys())
        before, after = {}, {}
        if gone & old.keys():
            _refuse_named(self.cursor, self.head.id, gone, lists)
            before["order"] = documents.read_order(self.cursor, self.head.id)
        if changed:
            for key in gone & old.keys():
                write.delete_measure(self.cursor, self.head.id, key)
            written = [new for new in changed.values() if new is not None]
            write.upsert_measures(self.cursor, self.head.id, written)
            before["measures"] = {key: journal.as_json(old.get(key)) for key in changed}
            after["measures"] = {key: journal.as_json(new) for key, new in changed.items()}
        for name, rows in self._replaced(lists).items():
            before[name], after[name] = rows
        if after:
            self.record(command, subject, before, after, source)

    def lists(self, lists: Mapping[str, tuple[Row, ...]], command: str, subject: str) -> None:
        """Write lists in place of those that stand; when none differs, nothing is recorded."""
        replaced = self._replaced(lists)
        if replaced:
            before, after = (
                {name: sides[side] for name, sides in replaced.items()} for side in (0, 1)
            )
            self.record(command, subject, before, after)

    def _replaced(self, lists: Mapping[str, tuple[Row, ...]]) -> dict[str, tuple[list, list]]:
        """Write the lists that differ; what each was and has become, as JSON."""
        replaced = {}
        for name, rows in lists.items():
            standing = documents.read_list(self.cursor, self.head.id, name)
            if standing != rows:
                write.replace_list(self.cursor, self.head.id, name, rows)
                replaced[name] = tuple(
                    [journal.as_json(row) for row in side] for side in (standing, rows)
                )
        return replaced


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
