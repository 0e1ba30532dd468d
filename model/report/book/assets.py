"""The figures behind the sheets of capital cost: whose the assets are, and every step by year."""

from dataclasses import dataclass

import numpy as np

from model.depreciation import Pieces, schedule
from model.operating import Operating
from model.operating_parts import Received, holdings, received
from model.owners import MILLION, parts
from model.readings import effective_payments
from model.reference import reference
from model.report.answers import GROUP
from model.report.book.inputs import STATUSES, Frame, is_dissolved


@dataclass(frozen=True, eq=False)
class Capital:
    """The operating impact that the sheets write down, and what grants dissolve piece by piece."""

    found: Operating
    money: Received
    part: np.ndarray
    dissolving: Pieces

    @classmethod
    def of(cls, frame: Frame, reading: str) -> "Capital":
        """The assets of the plan, after the reading's grants."""
        found = frame.view.result.operating(reading)
        money = received(frame.plan, holdings(frame.plan), reading, reference().funding)
        cost = found.pieces.cost
        granted = _shared_out(money.dissolved, found.piece_entry, cost)
        dissolving = Pieces(
            granted,
            found.pieces.lifetime,
            found.pieces.year,
            found.pieces.month,
            np.zeros(len(cost), dtype=bool),
        )
        part = np.flatnonzero(parts(frame.plan).actor_group == GROUP)
        return cls(found, money, part, dissolving)


def described(frame: Frame, capital: Capital) -> list[dict]:
    """What each asset is: whose, which component, and which figures are its own.

    The others are the register's: the measure's year in service, its month and its lifetime.
    """
    plan, found = frame.plan, capital.found
    lines = plan.components
    whole: dict[tuple[int, int], int] = {}
    reached: dict[tuple[int, int], int] = {}
    rows = []
    columns = (found.piece_entry, found.piece_component, found.pieces.cost, found.pieces.year)
    for entry, component, cost, year in zip(*(each.tolist() for each in columns), strict=True):
        measure = int(found.measure[entry])
        share = MILLION if component < 0 else int(lines.share[component])
        since = 0 if component < 0 else reached.get((entry, year), 0)
        reached[entry, year] = since + share
        whole[entry, year] = whole.get((entry, year), 0) + cost
        rows.append(
            {
                "entry": int(capital.part[entry]) + 1,
                "of": (entry, year),
                "measure": measure,
                "number": frame.numbers[measure],
                "name": str(plan.tags["name"][measure]),
                "component": frame.say("the whole")
                if component < 0
                else str(lines.name[component]),
                "since": since,
                "until": since + share,
                "own_year": year != int(plan.in_service[measure]),
                "own_month": False,
                "own_lifetime": component >= 0,
            }
        )
    for row in rows:
        row["paid"] = whole[row["of"]]
    return rows


def steps(capital: Capital) -> dict[str, np.ndarray]:
    """The columns of the depreciation sheet, (years, pieces)."""
    found = capital.found
    pieces, grants = found.pieces, capital.dissolving
    assets = schedule(pieces, found.years)
    dissolving = schedule(grants, found.years)
    month = (found.years[:, None] - pieces.year) * 12 + 13 - pieces.month
    after, before = np.maximum(month, 0), np.maximum(month - 12, 0)
    life = pieces.lifetime * 12

    def bought(months: np.ndarray) -> np.ndarray:
        again = pieces.reinvested & (life > 0)
        return np.where(again, -(-months // np.maximum(life, 1)), months > 0).astype(np.int64)

    def lived(months: np.ndarray) -> np.ndarray:
        return np.where(pieces.reinvested, months, np.minimum(months, life))

    written_before = bought(before) * pieces.cost - assets.opening
    dissolved_before = (before > 0) * grants.cost - dissolving.opening
    return {
        "before": before,
        "after": after,
        "lived_before": lived(before),
        "lived": lived(after),
        "bought_before": bought(before),
        "bought": bought(after),
        "added_months": np.where(
            bought(after) > bought(before), np.minimum(after - (bought(after) - 1) * life, 12), 0
        ),
        "written_before": written_before,
        "written": written_before + assets.depreciation,
        "depreciation": assets.depreciation,
        "opening": assets.opening,
        "added": assets.added,
        "base": assets.base,
        "dissolved_before": dissolved_before,
        "dissolved_after": dissolved_before + dissolving.depreciation,
        "dissolved": dissolving.depreciation,
        "granted_base": dissolving.base,
    }


def dissolving_by_measure(frame: Frame, counted: str) -> np.ndarray:
    """Grants that count and are dissolved over a lifetime, (measures,) öre, shared with nobody."""
    plan, grants = frame.plan, frame.plan.grants
    spent = (plan.need.mid + plan.one_off.mid).sum(axis=0)
    amounts = effective_payments(grants, spent).sum(axis=0)
    limit = int(counted.strip('"<='))
    total = np.zeros(plan.size[1], dtype=np.int64)
    for line, measure in enumerate(grants.measure):
        if STATUSES.index(grants.status[line]) < limit and is_dissolved(grants.source[line]):
            total[measure] += amounts[line]
    return total


def _shared_out(total: np.ndarray, entry: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """``total`` (entries,) over their pieces pro rata to cost, what is reached rounded down."""
    shared = np.zeros(len(cost), dtype=np.int64)
    whole = np.zeros(len(total), dtype=np.int64)
    np.add.at(whole, entry, cost)
    reached: dict[int, int] = {}
    for piece, (of, amount) in enumerate(zip(entry.tolist(), cost.tolist(), strict=True)):
        before = reached.get(of, 0)
        reached[of] = before + amount
        if whole[of]:
            # Python's own integers: the products do not fit 64 bits.
            until, since = (
                int(total[of]) * paid // int(whole[of]) for paid in (reached[of], before)
            )
            shared[piece] = until - since
    return shared
