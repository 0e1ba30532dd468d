"""The journal: who changed what, when, from what to what. Appended to, never altered.

Every entry's hash covers the entry and the hash of the one before it, so that a changed, inserted
or lost entry shows. Old and new are *partial plan documents* that hold only what was changed::

    {"plan": {}, "measures": {"<id>": {} or null}, "programmes": [], "prerequisites": [], …}

with every list of ``PLAN_LISTS``. A measure that is null does not exist on that side; a side that
is null as a whole means that the plan did not exist. Where an import took measures away, old also
has the ``order`` of all. Values that are a row's defaults are left out.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from model.errors import NotFound, Violation
from model.rows import PlanDocument, Row
from model.store.queries import query
from model.store.tables import PLAN_LISTS

FIRST_HASH = "0" * 64
_BATCH = 1000


@dataclass(frozen=True)
class Entry:
    """One change. ``changed_at`` is UTC; ``old`` and ``new`` are partial plan documents."""

    seq: int
    changed_at: datetime
    who: str
    command: str
    plan_id: str
    version: int
    subject: str
    old: dict | None
    new: dict | None
    source: str


def append(
    cursor: duckdb.DuckDBPyConnection,
    *,
    who: str,
    command: str,
    plan_id: str,
    version: int,
    subject: str,
    old: Mapping | None,
    new: Mapping | None,
    source: str = "",
) -> None:
    """Append one entry, inside the transaction of the change and under the write lock."""
    seq, previous = last(cursor)
    entry = (
        seq + 1,
        datetime.now(UTC).replace(tzinfo=None),
        who,
        command,
        plan_id,
        version,
        subject,
        _text(old),
        _text(new),
        source,
    )
    cursor.execute(
        "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*entry, previous, _hash(entry, previous)],
    )


def last(cursor: duckdb.DuckDBPyConnection) -> tuple[int, str]:
    """Sequence number and hash of the last entry; ``(0, FIRST_HASH)`` when there is none."""
    row = cursor.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return row or (0, FIRST_HASH)


def last_version(cursor: duckdb.DuckDBPyConnection, plan_id: str) -> int:
    """The last version that a plan of this id has ever had, 0 when there never was one."""
    return cursor.execute(
        "SELECT coalesce(max(version), 0) FROM journal WHERE plan_id = ?", [plan_id]
    ).fetchone()[0]


def history(
    cursor: duckdb.DuckDBPyConnection,
    plan_id: str,
    measure_id: str | None = None,
    limit: int = 100,
) -> list[Entry]:
    """The latest changes of a plan, newest first.

    With a measure only those that touched it, and then old and new hold that measure alone.
    """
    rows = cursor.execute(
        query("journal/history"), {"plan": plan_id, "measure": measure_id, "limit": limit}
    ).fetchall()
    entries = [_entry(row) for row in rows]
    return entries if measure_id is None else [_only(entry, measure_id) for entry in entries]


def entries(cursor: duckdb.DuckDBPyConnection, plan_id: str) -> Iterator[Entry]:
    """Every change of a plan, oldest first."""
    cursor.execute(query("journal/entries"), {"plan": plan_id})
    while rows := cursor.fetchmany(_BATCH):
        yield from map(_entry, rows)


def of_imports(cursor: duckdb.DuckDBPyConnection, plan_id: str) -> list[Entry]:
    """The imports of a plan, what took them back, and the plan's removals; newest first."""
    rows = cursor.execute(query("journal/of_imports"), {"plan": plan_id}).fetchall()
    return [_entry(row) for row in rows]


def at_version(cursor: duckdb.DuckDBPyConnection, plan_id: str, version: int) -> Entry | None:
    """The change that made a version of a plan, or None."""
    bound = {"plan": plan_id, "version": version}
    row = cursor.execute(query("journal/at_version"), bound).fetchone()
    return row and _entry(row)


def told(entries: Iterable[Entry]) -> PlanDocument | None:
    """The plan that changes make of nothing, oldest first; None when they end in its removal."""
    parts: dict[str, object] | None = None
    for entry in entries:
        if entry.new is None:
            parts = None
            continue
        measures = (parts or {}).get("measures", {}) | entry.new.get("measures", {})
        parts = (parts or {}) | entry.new | {"measures": measures}
    if parts is None:
        return None
    measures = [row for row in parts["measures"].values() if row is not None]
    return PlanDocument.model_validate(parts | {"measures": measures})


def document_at(cursor: duckdb.DuckDBPyConnection, plan_id: str, version: int) -> PlanDocument:
    """The plan as it was in a version. NotFound when it has never been at it.

    The measures that have been replaced stand in the order in which they first came.
    """
    until = [entry for entry in entries(cursor, plan_id) if entry.version <= version]
    document = told(until) if until and until[-1].version == version else None
    if document is None:
        raise NotFound("The plan {plan} has no version {version}.", plan=plan_id, version=version)
    return document


def violations(cursor: duckdb.DuckDBPyConnection) -> list[Violation]:
    """Where the chain of hashes breaks: the first broken entry, or nothing."""
    cursor.execute(query("journal/chain"))
    expected, previous = 1, FIRST_HASH
    while rows := cursor.fetchmany(_BATCH):
        for *entry, stated_previous, stated in rows:
            if entry[0] != expected:
                return [
                    Violation(
                        "error",
                        "journal_gap",
                        f"journal/{expected}",
                        "Journal entry {expected} is missing: entry {found} stands in its place.",
                        {"expected": expected, "found": entry[0]},
                    )
                ]
            if stated_previous != previous or _hash(tuple(entry), previous) != stated:
                return [
                    Violation(
                        "error",
                        "journal_broken",
                        f"journal/{expected}",
                        "Journal entry {seq} is not what was written: it or the one before it was "
                        "changed outside Klimatinvest.",
                        {"seq": expected},
                    )
                ]
            expected, previous = expected + 1, stated
    return []


def as_json(row: Row | None) -> dict | None:
    """A row as it stands in old and new: plain JSON values, defaults left out."""
    return row and row.model_dump(mode="json", exclude_defaults=True)


def as_partial(document: PlanDocument) -> dict:
    """A whole plan as one side of an entry."""
    return {
        "plan": as_json(document.plan),
        "measures": {measure.id: as_json(measure) for measure in document.measures},
        **{name: [as_json(row) for row in getattr(document, name)] for name in PLAN_LISTS},
    }


def _text(side: Mapping | None) -> str | None:
    return None if side is None else _canonical(side)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(entry: tuple, previous: str) -> str:
    fields = [value.isoformat() if isinstance(value, datetime) else value for value in entry]
    return hashlib.sha256(_canonical([*fields, previous]).encode()).hexdigest()


def _entry(row: tuple) -> Entry:
    seq, changed_at, who, command, plan_id, version, subject, old, new, source = row
    old, new = (None if side is None else json.loads(side) for side in (old, new))
    changed_at = changed_at.replace(tzinfo=UTC)
    return Entry(seq, changed_at, who, command, plan_id, version, subject, old, new, source)


def _only(entry: Entry, measure_id: str) -> Entry:
    def side(document: dict | None) -> dict | None:
        measure = (document or {}).get("measures", {}).get(measure_id)
        return measure and {"measures": {measure_id: measure}}

    return Entry(**{**vars(entry), "old": side(entry.old), "new": side(entry.new)})
