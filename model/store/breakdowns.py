"""Results as DuckDB relations, and the questions asked of them in SQL.

The kernel's arrays are registered on a cursor as three relations (``matched``, ``cover``, ``tag``)
and a fourth that shares measures out among known owners (``part``); their columns are named in
``sql/breakdown``. Nothing is copied.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

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
    "readiness",
    "green_category",
    "measure",
)
MILLION = 1_000_000


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
        for relation in ("matched", "cover", "tag", "part"):
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
            }
        ),
        tag=pa.table(
            {
                "place": np.arange(plan.size[1]),
                **{name: labels(values) for name, values in plan.tags.items()},
            }
        ),
        part=_parts(plan),
    )


def _parts(plan: Plan) -> pa.Table:
    """Every measure as parts of owners: its known shares, or the whole of it."""
    shares = plan.owner_shares
    whole = np.flatnonzero(~np.isin(np.arange(plan.size[1]), shares.measure))
    measure = np.concatenate([whole, shares.measure]).astype(np.int64)
    share = np.concatenate([np.full(len(whole), MILLION), shares.share])
    order = np.argsort(measure, kind="stable")
    # Every measure's shares add up to a million, so the sum so far says where each part begins.
    until = np.cumsum(share[order])
    since = until - share[order]
    start = since // MILLION * MILLION
    columns = {
        name: np.concatenate([plan.tags[name][whole], getattr(shares, name)])[order]
        for name in ("owner", "owner_kind", "actor_group")
    }
    return pa.table(
        {
            "measure": measure[order],
            **{name: pa.array(values, type=pa.string()) for name, values in columns.items()},
            "since": since - start,
            "until": until - start,
        }
    )
