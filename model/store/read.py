"""A plan out of the store, as the arrays of :mod:`model.plan`.

Amounts leave DuckDB as whole öre in BIGINT (a DECIMAL would arrive as float). The plan's years run
from its first to its last; earlier money stands in *before*, later money in *later*.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import get_args

import duckdb
import numpy as np

from model.errors import NotFound
from model.owners import actor_group
from model.plan import (
    TAGS,
    Amounts,
    Appropriations,
    Assets,
    Components,
    Effects,
    Grants,
    OwnerShares,
    Plan,
    RunningCosts,
    YearAxis,
)
from model.prices import to_nominal
from model.reference import reference
from model.rows import PlanHead, PriceLevel, Vat
from model.scenario import Override
from model.store.activities import activity_effects
from model.store.queries import query


def plans(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int, bool]]:
    """Id, name, municipality, version and whether it is an example, of every plan in order."""
    return cursor.execute(query("read/plans")).fetchall()


def plan_head(cursor: duckdb.DuckDBPyConnection, plan_id: str) -> tuple[PlanHead, int]:
    """A plan's head and its version. NotFound when there is none of that id."""
    row = cursor.execute(
        "SELECT version, plan_id AS id, * EXCLUDE (plan_id, position, version)"
        " FROM plan WHERE plan_id = $plan_id",
        {"plan_id": plan_id},
    )
    names = [column[0] for column in row.description]
    values = row.fetchone()
    if values is None:
        raise NotFound("There is no plan {plan}.", plan=plan_id)
    fields = dict(zip(names, values, strict=True))
    version = fields.pop("version")
    return PlanHead(**fields), version


def plan(
    cursor: duckdb.DuckDBPyConnection, plan_id: str, overrides: Iterable[Override] = ()
) -> Plan:
    """The plan in its present version. NotFound when there is none of that id.

    ``overrides`` are a scenario's own values of the assumptions that activities rest on.
    """
    head, version = plan_head(cursor, plan_id)

    def columns(name: str) -> dict[str, np.ndarray]:
        found = cursor.execute(query(f"read/{name}"), {"plan_id": plan_id}).fetchnumpy()
        return {column: np.asarray(values) for column, values in found.items()}

    tags = columns("measures")
    spent = columns("expenditures")
    running, payments = columns("running_costs"), columns("payments")
    given, lines = columns("appropriations"), columns("grants")
    latest = max(
        (table["year"].max() for table in (spent, running, payments, given) if len(table["year"])),
        default=0,
    )
    axis = YearAxis(head.first_year, head.last_year, with_later=bool(latest > head.last_year))
    shape = (len(axis.years), len(tags["measure_id"]))

    def table(rows: dict[str, np.ndarray], amount: str, mask=slice(None), column="measure", n=None):
        """Sum the chosen rows' amounts into (years, measures)."""
        result = np.zeros((shape[0], shape[1] if n is None else n), dtype=np.int64)
        places = (axis.index(rows["year"][mask]), rows[column][mask])
        np.add.at(result, places, rows[amount][mask])
        return result

    index = columns("price_index")
    own_index = dict(zip(index["year"].tolist(), index["price_index"].tolist(), strict=True))
    converted = to_nominal(spent, own_index)
    spent |= converted.amounts
    running_converted = to_nominal(running, own_index, ("amount",))
    running |= running_converted.amounts

    total = spent["scope"] == "total"
    incremental = ~total & (spent["kind"] == "investment")

    def amounts(of_kind: np.ndarray) -> Amounts:
        return Amounts(*(table(spent, level, of_kind) for level in ("low", "mid", "high")))

    def flagged(rows: np.ndarray, lines: dict[str, np.ndarray] = spent) -> np.ndarray:
        return np.bincount(lines["measure"][rows], minlength=shape[1]).astype(bool)

    paid = total & spent["paid"].astype(bool)
    investment, one_off, avoided = (
        total & (spent["kind"] == kind)
        for kind in ("investment", "one_off_operating", "avoided_investment")
    )
    wanted = investment | one_off
    owners = reference().owners
    shares = columns("owner_shares")
    return Plan(
        head=head,
        version=version,
        years=axis.years,
        tags=_tags(tags),
        need=amounts(investment),
        one_off=amounts(one_off),
        avoided=amounts(avoided),
        known=flagged(wanted),
        lower_bound=flagged(total & spent["lower_bound"].astype(bool)),
        unconverted=flagged(total & converted.failed) | flagged(running_converted.failed, running),
        vat={said: flagged(wanted & (spent["vat"] == said)) for said in get_args(Vat)},
        prices={
            said: flagged(spent["price_level"] == said)
            | flagged(running["price_level"] == said, running)
            for said in get_args(PriceLevel)
        },
        price_index=own_index,
        in_service=tags["in_service"].astype(np.int64),
        green_share=tags["green_share"],
        paid=table(spent, "mid", paid & investment),
        one_off_paid=table(spent, "mid", paid & one_off),
        incremental=amounts(incremental),
        incremental_known=flagged(incremental),
        assets=Assets(**{f.name: tags[f.name] for f in fields(Assets)}),
        components=Components(**columns("components")),
        running_costs=RunningCosts(
            **{
                name: running[name]
                for name in ("measure", "year", "item", "department", "in_frame")
            },
            amounts=table(running, "amount", column="line", n=len(running["line"])),
        ),
        grants=Grants(
            **{name: lines[name] for name in lines},
            payments=table(payments, "amount", column="line", n=len(lines["measure"])),
        ),
        appropriations=Appropriations(
            **{
                kind: table(given, "amount", given["kind"] == kind)
                for kind in ("decided_gross", "decided_net", "planned_gross", "planned_net")
            },
            carry_over=table(given, "carry_over"),
        ),
        effects=Effects(**columns("effects")).append(activity_effects(cursor, head, overrides)),
        owner_shares=OwnerShares(
            measure=shares["measure"],
            owner=shares["owner"],
            owner_kind=np.array([owners[key].kind for key in shares["owner"]], dtype=object),
            actor_group=np.array(
                [owners[key].actor_group for key in shares["owner"]], dtype=object
            ),
            share=shares["share"],
        ),
    )


def _tags(columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    tags = {name: columns[name] for name in TAGS if name in columns}
    tags["id"] = columns["measure_id"]
    tags["actor_group"] = np.array(
        [
            actor_group(*pair, reference().owners)
            for pair in zip(tags["owner"], tags["owner_kind"], strict=True)
        ],
        dtype=object,
    )
    return tags
