"""A plan out of the store as the rows it was made of: for forms, files, export and the journal.

What :mod:`model.store.write` wrote comes back equal, amounts as Decimal, missing as ``None``.
"""

from collections import defaultdict
from collections.abc import Collection

from model.errors import NotFound
from model.rows import Measure, PlanDocument, PlanHead, Row
from model.store.tables import LINES, PLAN_LISTS, Cursor, select


def read_document(cursor: Cursor, plan_id: str) -> tuple[PlanDocument, int]:
    """The whole plan and its version. NotFound when there is none of that id."""
    head, version = read_head(cursor, plan_id)
    document = PlanDocument(
        plan=head,
        measures=read_measures(cursor, plan_id),
        **{name: read_list(cursor, plan_id, name) for name in PLAN_LISTS},
    )
    return document, version


def plan_exists(cursor: Cursor, plan_id: str) -> bool:
    """Whether there is a plan of that id."""
    return bool(select(cursor, "plan", plan_id))


def read_head(cursor: Cursor, plan_id: str) -> tuple[PlanHead, int]:
    """The plan without its measures, and its version. NotFound when there is none of that id."""
    for row in select(cursor, "plan", plan_id):
        version = row.pop("version")
        return PlanHead.model_validate({"id": plan_id, **row}), version
    raise NotFound("There is no plan {plan}.", plan=plan_id)


def read_measure(cursor: Cursor, plan_id: str, measure_id: str) -> Measure:
    """One measure whole. NotFound when the plan has none of that id."""
    for measure in _measures(cursor, plan_id, measure_id):
        return measure
    raise NotFound("The plan {plan} has no measure {measure}.", plan=plan_id, measure=measure_id)


def read_measures(
    cursor: Cursor, plan_id: str, only: Collection[str] | None = None
) -> tuple[Measure, ...]:
    """The measures of a plan, in the plan's order: all of them, or those of the ids in ``only``."""
    if only is None:
        return _measures(cursor, plan_id)
    if len(only) == 1:
        return _measures(cursor, plan_id, *only)
    return tuple(measure for measure in _measures(cursor, plan_id) if measure.id in only)


def read_order(cursor: Cursor, plan_id: str) -> list[str]:
    """The ids of a plan's measures, in the plan's order."""
    rows = cursor.execute(
        "SELECT measure_id FROM measure WHERE plan_id = ? ORDER BY position", [plan_id]
    ).fetchall()
    return [measure_id for (measure_id,) in rows]


def read_list(cursor: Cursor, plan_id: str, name: str) -> tuple[Row, ...]:
    """One of ``PLAN_LISTS`` of a plan, in the plan's order."""
    table, kind = PLAN_LISTS[name]
    rows = select(cursor, table, plan_id)
    if "id" in kind.model_fields:
        rows = [_with_id(row, f"{table}_id") for row in rows]
    return tuple(kind.model_validate(row) for row in rows)


def _measures(cursor: Cursor, plan_id: str, measure_id: str | None = None) -> tuple[Measure, ...]:
    def grouped(table: str, *key: str) -> dict[tuple, list[dict]]:
        groups = defaultdict(list)
        for row in select(cursor, table, plan_id, measure_id):
            groups[tuple(row.pop(column) for column in key)].append(row)
        return groups

    lists = {name: grouped(table, "measure_id") for name, table in LINES.items()}
    payments = grouped("grant_payment", "measure_id", "grant_id")
    for (measure,), grants in lists["grants"].items():
        for grant in grants:
            grant["payments"] = payments[measure, _with_id(grant, "grant_id")["id"]]
    measures = []
    for row in select(cursor, "measure", plan_id, measure_id):
        own = _with_id(row, "measure_id")
        lines = {name: groups[own["id"],] for name, groups in lists.items()}
        measures.append(Measure.model_validate({**own, **lines}))
    return tuple(measures)


def _with_id(row: dict, key: str) -> dict:
    """The row, its key renamed to ``id``."""
    row["id"] = row.pop(key)
    return row
