"""The activities of a plan out of the store, and the effects that follow from them."""

from collections.abc import Iterable

import duckdb

from model.activity import Line, effect_lines, work_out
from model.local_values import with_local_values
from model.plan import Effects
from model.reference import reference
from model.rows import Activity, PlanHead
from model.scenario import Override
from model.scenario.assumed import with_overrides
from model.store.documents import read_list
from model.store.queries import query

_OF_MEASURE = ("measure", "line", "in_service", "lifetime", "stated")


def activity_effects(
    cursor: duckdb.DuckDBPyConnection, head: PlanHead, overrides: Iterable[Override] = ()
) -> Effects:
    """The effects of a plan's activities that count, as lines like those that are stated.

    ``overrides`` are a scenario's own values of assumptions.
    """
    found = cursor.execute(query("read/activities"), {"plan_id": head.id})
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    lines = [
        Line(
            row["measure"],
            row["line"],
            Activity(**{name: row[name] for name in names if name not in _OF_MEASURE}),
            row["in_service"],
            row["lifetime"],
            frozenset(row["stated"]),
        )
        for row in rows
    ]
    if not lines:
        return effect_lines((), head, reference())
    known, own = reference(), read_list(cursor, head.id, "local_values")
    assumptions = with_overrides(with_local_values(known.assumptions, own), overrides)
    return effect_lines(work_out(lines, head, known, assumptions), head, known)
