"""Results as DuckDB relations, and the questions asked of them in SQL.

The kernel's arrays are registered on a cursor as three relations (``matched``, ``cover``, ``tag``)
and a fourth that shares measures out among known owners (``part``); their columns are named in
``sql/breakdown``. Nothing is copied.
"""

from dataclasses import dataclass, fields

import duckdb
import numpy as np
import pyarrow as pa

from model.owners import parts
from model.plan import Plan
from model.readings import Outcome
from model.store.queries import query

BREAKDOWNS = (
    "year",
    "sector",
    "owner",
    "owner_kind",
    "actor_group",
    "department",
    "district",
    "readiness",
    "green_category",
    "measure",
)


# The tags that are keys of a breakdown; owners are in ``part``.
_TAGS = ("id", "sector", "department", "district", "readiness", "green_category")
# The relation that each query begins from.
_READS = {"gap": "matched", "cover": "cover"}


@dataclass(frozen=True)
class GapRow:
    """Need, cover and gap of one key, whole öre. ``measure`` is an index, -1 for the whole key."""

    key: str
    measure: int
    need: int
    covered: int
    gap: int
    one_off: int
    one_off_gap: int


@dataclass(frozen=True)
class CoverRow:
    """What one status and source covers of one key's need, whole öre."""

    key: str
    status: str
    source: str
    measure: int
    amount: int


@dataclass(frozen=True, eq=False)
class Relations:
    """The registered form of one outcome."""

    matched: pa.Table
    cover: pa.Table
    tag: pa.Table
    part: pa.Table

    def gap_rows(
        self,
        cursor: duckdb.DuckDBPyConnection,
        by: str,
        *,
        actor_group: str | None = None,
        key: str | None = None,
        per_measure: bool = False,
    ) -> list[GapRow]:
        """Need, cover and gap by one of ``BREAKDOWNS``, the largest need first."""
        found = self._ask(cursor, "gap", by, actor_group, key, per_measure)
        return [GapRow(*row) for row in found]

    def cover_rows(
        self,
        cursor: duckdb.DuckDBPyConnection,
        by: str,
        *,
        actor_group: str | None = None,
        key: str | None = None,
        per_measure: bool = False,
    ) -> list[CoverRow]:
        """What covers the need, by one of ``BREAKDOWNS`` or ``source``, with status and source."""
        found = self._ask(cursor, "cover", by, actor_group, key, per_measure)
        return [CoverRow(*row) for row in found]

    def _ask(self, cursor, name, by, actor_group, key, per_measure):
        for relation in (_READS[name], "tag", "part"):
            cursor.register(relation, getattr(self, relation))
        bound = {"by": by, "actor_group": actor_group, "key": key, "per_measure": per_measure}
        return cursor.execute(query(f"breakdown/{name}"), bound).fetchall()


def relations(plan: Plan, outcome: Outcome) -> Relations:
    """The arrays of a plan and its outcome as tables; rows where nothing happens are left out."""
    year, measure = np.nonzero(outcome.need + outcome.one_off)

    def labels(values: np.ndarray) -> pa.Array:
        return pa.array(values, type=pa.string()).dictionary_encode()

    cover = outcome.cover
    return Relations(
        matched=pa.table(
            {
                "measure": measure,
                "year": plan.years[year],
                **{
                    name: getattr(outcome, name)[year, measure]
                    for name in ("need", "gap", "one_off", "one_off_gap", "liquidity")
                },
            }
        ),
        cover=pa.table(
            {
                "measure": cover.measure,
                "year": plan.years[cover.year],
                "status": labels(cover.status),
                "source": labels(cover.source),
                "amount": cover.amount,
                "reached": _reached(plan, outcome),
            }
        ),
        tag=pa.table(
            {
                "place": np.arange(plan.size[1]),
                **{name: labels(plan.tags[name]) for name in _TAGS},
            }
        ),
        part=_parts(plan),
    )


def _reached(plan: Plan, outcome: Outcome) -> np.ndarray:
    """What the gap and the lines of cover come to, line by line, of a measure's need in a year.

    Owners share out what is reached, not each line, so that their cover adds up to their need.
    """
    cover = outcome.cover
    if not len(plan.owner_shares.measure):
        return cover.amount
    order = np.lexsort((cover.year, cover.measure))
    measure, year, amount = cover.measure[order], cover.year[order], cover.amount[order]
    so_far = np.cumsum(amount)
    first = np.r_[True, (measure[1:] != measure[:-1]) | (year[1:] != year[:-1])][: len(order)]
    before = (so_far - amount)[np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))]
    reached = np.empty_like(amount)
    reached[order] = so_far - before + outcome.gap[year, measure]
    return reached


def _parts(plan: Plan) -> pa.Table:
    """Every measure as parts of owners (:class:`model.owners.Parts`)."""
    found = parts(plan)
    columns = {f.name: getattr(found, f.name) for f in fields(found)}
    for name in ("owner", "owner_kind", "actor_group"):
        columns[name] = pa.array(columns[name], type=pa.string())
    return pa.table(columns)
