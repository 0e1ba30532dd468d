"""What could be financed green: the plan's eligible expenditure, by category.

This is a screening of plans, before any committee has approved a project and before money is spent;
what may be reported as allocated is a later and smaller figure. One-off operating expenditure is
never eligible, other actors' expenditure is not the municipality's to finance, and grants are
deducted. Of a measure with several owners the municipal group's part counts; where nobody has said
how large that is, the measure stands apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from model.money import scale
from model.owners import group_part, split_unknown
from model.plan import Plan
from model.readings import Outcome


@dataclass(frozen=True)
class PoolLine:
    """One measure's green expenditure, whole öre. ``measure`` is an index into the plan.

    ``expenditure`` is the group's part of the need times ``share``, the green share of the measure;
    None where nobody has stated it, and then the whole is counted. ``eligible`` is expenditure less
    ``grants``. ``spent`` is the part already paid. ``split_unknown``: the measure has several
    owners and its whole expenditure is shown, because nobody has said what is the group's.
    """

    measure: int
    category: str
    share: float | None
    expenditure: int
    grants: int
    eligible: int
    spent: int
    split_unknown: bool = False


@dataclass(frozen=True)
class PoolRow:
    """One green category, whole öre: the sums of its ``lines``.

    ``shared`` is the green expenditure of measures whose split nobody has stated; it is in no other
    sum. ``share_assumed`` counts measures whose green share is taken as the whole.
    """

    category: str
    lines: tuple[PoolLine, ...]

    @property
    def counted(self) -> tuple[PoolLine, ...]:
        """The lines whose part is known to be the group's."""
        return tuple(line for line in self.lines if not line.split_unknown)

    @property
    def expenditure(self) -> int:
        """Green expenditure."""
        return sum(line.expenditure for line in self.counted)

    @property
    def grants(self) -> int:
        """What grants pay of it."""
        return sum(line.grants for line in self.counted)

    @property
    def eligible(self) -> int:
        """Green expenditure less grants."""
        return sum(line.eligible for line in self.counted)

    @property
    def spent(self) -> int:
        """The part of the green expenditure that is already paid."""
        return sum(line.spent for line in self.counted)

    @property
    def shared(self) -> int:
        """Green expenditure less grants of measures whose split is unknown."""
        return sum(line.eligible for line in self.lines if line.split_unknown)

    @property
    def share_assumed(self) -> int:
        """Measures whose green share nobody has stated."""
        return sum(line.share is None for line in self.lines)

    @property
    def measures(self) -> tuple[int, ...]:
        """Indices into the plan."""
        return tuple(line.measure for line in self.lines)


@dataclass(frozen=True)
class LeftOut:
    """What is marked green in the plan and is not in the pool, whole öre and counts of measures.

    ``other_actors`` is other actors' expenditure, ``one_off`` the group's one-off operating
    expenditure, ``unknown`` measures of the group without any stated expenditure, ``uncategorised``
    measures of the group with expenditure and no green category.
    """

    other_actors: int
    one_off: int
    unknown: int
    uncategorised: int


def green_pool(plan: Plan, outcome: Outcome) -> list[PoolRow]:
    """Screened green expenditure by category, the largest first; other actors' left out."""
    ordered = sorted(_lines(plan, outcome), key=lambda line: line.category)
    rows = [
        PoolRow(category, tuple(sorted(lines, key=lambda line: (-line.expenditure, line.measure))))
        for category, lines in groupby(ordered, key=lambda line: line.category)
    ]
    return sorted(rows, key=lambda row: (-row.expenditure, -row.shared, row.category))


def left_out(plan: Plan, outcome: Outcome) -> LeftOut:
    """What the pool does not hold, so that it can be said."""
    green = plan.tags["green_category"] != ""
    part, apart = group_part(plan), split_unknown(plan)
    need, one_off = (amounts.sum(axis=0) for amounts in (outcome.need, outcome.one_off))
    others = np.where(apart, 0, need - scale(need, part))
    ours = (part > 0) | apart
    return LeftOut(
        other_actors=int(others[green].sum()),
        one_off=int(scale(one_off, part)[green].sum()),
        unknown=int((green & ours & ~plan.known).sum()),
        uncategorised=int((~green & ours & (need > 0)).sum()),
    )


def _lines(plan: Plan, outcome: Outcome) -> Iterable[PoolLine]:
    need, paid = outcome.need.sum(axis=0), plan.paid.sum(axis=0)
    apart = split_unknown(plan)
    # What nobody has split is shown whole, in lines of its own.
    part = np.where(apart, 1.0, group_part(plan))
    share = np.where(np.isnan(plan.green_share), 1.0, plan.green_share)
    cover = outcome.cover
    by_grants = np.zeros_like(need)
    from_grants = np.isin(cover.status, ["granted", "applied", "idea"])
    np.add.at(by_grants, cover.measure[from_grants], cover.amount[from_grants])
    green = scale(scale(need, part), share)
    # Grants and green finance together never exceed a project's green expenditure.
    eligible = np.maximum(green - scale(by_grants, part), 0)
    spent = np.minimum(scale(paid, part), green)
    categories = plan.tags["green_category"]
    for measure in np.flatnonzero((categories != "") & (part > 0) & (need > 0)):
        unsaid = np.isnan(plan.green_share[measure])
        yield PoolLine(
            measure=int(measure),
            category=str(categories[measure]),
            share=None if unsaid else float(plan.green_share[measure]),
            expenditure=int(green[measure]),
            grants=int(green[measure] - eligible[measure]),
            eligible=int(eligible[measure]),
            spent=int(spent[measure]),
            split_unknown=bool(apart[measure]),
        )
