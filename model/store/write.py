"""Rows into the tables. Called inside the transaction of a command, which keeps the journal.

How rows become tables is told in :mod:`model.store.tables`.
"""

from collections.abc import Iterable
from functools import cache

from model.rows import Measure, PlanDocument, PlanHead, Row
from model.store import journal
from model.store.queries import query
from model.store.tables import LINES, PLAN_LISTS, Cursor, insert


def create_plan(cursor: Cursor, document: PlanDocument, who: str, source: str = "") -> int:
    """Write a whole new plan with its journal entry, after the plans that there are.

    ``source`` is the file that it was made from, if any. Returns its version: 1, or the one after
    the last that a deleted plan of the same id had.
    """
    plan_id = document.plan.id
    version = journal.last_version(cursor, plan_id) + 1
    insert_plan(cursor, document, version)
    journal.append(
        cursor,
        who=who,
        command="create_plan",
        plan_id=plan_id,
        version=version,
        subject="plan",
        old=None,
        new=journal.as_partial(document),
        source=source,
    )
    return version


def insert_plan(cursor: Cursor, document: PlanDocument, version: int = 1) -> None:
    """Write a whole new plan, after the plans that there are."""
    head = document.plan
    position = cursor.execute("SELECT coalesce(max(position) + 1, 0) FROM plan").fetchone()[0]
    insert(cursor, "plan", [{"position": position, "version": version, **_head(head)}])
    _insert_measures(cursor, head.id, enumerate(document.measures))
    for name in PLAN_LISTS:
        _insert_list(cursor, head.id, name, getattr(document, name))


def raise_version(cursor: Cursor, plan_id: str) -> int:
    """Raise the plan's version by one; returns the new one."""
    return cursor.execute(
        "UPDATE plan SET version = version + 1 WHERE plan_id = ? RETURNING version", [plan_id]
    ).fetchone()[0]


def update_head(cursor: Cursor, head: PlanHead) -> None:
    """Write the plan's head over the one that stands; its place and version stay."""
    position, version = cursor.execute(
        "SELECT position, version FROM plan WHERE plan_id = ?", [head.id]
    ).fetchone()
    cursor.execute("DELETE FROM plan WHERE plan_id = ?", [head.id])
    insert(cursor, "plan", [{"position": position, "version": version, **_head(head)}])


def upsert_measures(cursor: Cursor, plan_id: str, measures: Iterable[Measure]) -> None:
    """Write measures over those of the same id, in their places; new ones come last."""
    measures = list(measures)
    places = dict(
        cursor.execute(
            "SELECT measure_id, position FROM measure WHERE plan_id = ?", [plan_id]
        ).fetchall()
    )
    _delete(cursor, plan_id, [measure.id for measure in measures])
    for measure in measures:
        places.setdefault(measure.id, len(places))
    _insert_measures(cursor, plan_id, [(places[measure.id], measure) for measure in measures])


def delete_measure(cursor: Cursor, plan_id: str, measure_id: str) -> None:
    """Remove a measure with all its lines; those after it move up."""
    _delete(cursor, plan_id, [measure_id])
    cursor.execute(query("write/renumber_measures"), {"plan": plan_id})


def order_measures(cursor: Cursor, plan_id: str, measure_ids: Iterable[str]) -> None:
    """Put a plan's measures in the order of ``measure_ids``; those not named come after them."""
    bound = {"plan": plan_id, "measures": list(measure_ids)}
    cursor.execute(query("write/order_measures"), bound)


def replace_list(cursor: Cursor, plan_id: str, name: str, rows: Iterable[Row]) -> None:
    """Write one of ``PLAN_LISTS`` of a plan instead of the rows that stand."""
    table, _ = PLAN_LISTS[name]
    cursor.execute(_emptying()[table], {"plan": plan_id})
    _insert_list(cursor, plan_id, name, rows)


def delete_plan(cursor: Cursor, plan_id: str) -> None:
    """Remove a plan with all that belongs to it. Its imported files and its journal stay."""
    ids = cursor.execute("SELECT measure_id FROM measure WHERE plan_id = ?", [plan_id]).fetchall()
    _delete(cursor, plan_id, [measure_id for (measure_id,) in ids])
    _run(cursor, "write/delete_lists", {"plan": plan_id})
    cursor.execute("DELETE FROM plan WHERE plan_id = ?", [plan_id])


def keep_file(
    cursor: Cursor, plan_id: str, version: int, name: str, content: bytes, sha256: str
) -> None:
    """Keep an imported file as it came, with the version of the plan that it made."""
    cursor.execute(
        "INSERT INTO imported_file (sha256, plan_id, version, name, content)"
        " VALUES (?, ?, ?, ?, ?)",
        [sha256, plan_id, version, name, content],
    )


@cache
def _emptying() -> dict[str, str]:
    """By table, the statement that empties it of a plan: the one of a list, for each costs time."""
    lines = query("write/delete_lists").splitlines()
    return {line.split()[2]: line for line in lines if line.startswith("DELETE FROM")}


def _head(head: PlanHead) -> dict:
    return {"plan_id": head.id, **_fields(head, without={"id"})}


def _insert_list(cursor: Cursor, plan_id: str, name: str, rows: Iterable[Row]) -> None:
    table, _ = PLAN_LISTS[name]
    written = []
    for position, row in enumerate(rows):
        fields = row.model_dump()
        if "id" in fields:
            fields[f"{table}_id"] = fields.pop("id")
        written.append({"plan_id": plan_id, "position": position, **fields})
    insert(cursor, table, written)


def _insert_measures(cursor: Cursor, plan_id: str, measures: Iterable[tuple[int, Measure]]) -> None:
    """Write (position, measure) pairs and their lines, table by table."""
    tables: dict[str, list[dict]] = {"measure": [], "grant_payment": []}
    tables |= {table: [] for table in LINES.values()}
    for position, measure in measures:
        key = {"plan_id": plan_id, "measure_id": measure.id}
        own = _fields(measure, without={"id", *LINES})
        tables["measure"].append({**key, "position": position, **own})
        for name, table in LINES.items():
            if table != "grants":
                tables[table] += [
                    {**key, "line": line, **_fields(row)}
                    for line, row in enumerate(getattr(measure, name))
                ]
        for place, grant in enumerate(measure.grants):
            of_grant = {**key, "grant_id": grant.id}
            fields = _fields(grant, without={"id", "payments"})
            tables["grants"].append({**of_grant, "position": place, **fields})
            tables["grant_payment"] += [
                {**of_grant, "line": line, **_fields(payment)}
                for line, payment in enumerate(grant.payments)
            ]
    for table, rows in tables.items():
        insert(cursor, table, rows)


def _delete(cursor: Cursor, plan_id: str, measure_ids: list[str]) -> None:
    _run(cursor, "write/delete_measures", {"plan": plan_id, "measures": measure_ids})


def _run(cursor: Cursor, name: str, bound: dict) -> None:
    """Every statement of a file of SQL, each with the same values bound."""
    for statement in cursor.extract_statements(query(name)):
        cursor.execute(statement, bound)


def _fields(row: Row, without: Iterable[str] = ()) -> dict:
    return {name: value for name, value in row if name not in without}
