"""The four readings of a plan's gap: what counts as covered, from the firm to the hopeful.

=========== ======================================================================================
secured     what is granted and what the council has decided
planned     and the budget's plan years
expected    and the mean over the outcomes of what is applied for (never the gap of the mean)
best_case   every application succeeds and every idea becomes money
=========== ======================================================================================

A reading is the gap as it would be if that money were firm: grants of every status it counts pay
first, then appropriations, by the rules of :mod:`model.gap`. Only then is each covered krona
ascribed to what paid it, granted before applied before idea, decided before planned, and pro rata
to the money in hand among the sources of one status.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from model.gap import Match, grant_limit, match, net_of_grants
from model.money import split
from model.plan import Grants, Plan

EXPECTED = "expected"
READINGS = ("secured", "planned", EXPECTED, "best_case")
OWN_BUDGET = "own_budget"
ALREADY_PAID = "already_paid"
# The order in which covered need is ascribed; "paid" is what the plan says is paid already.
STATUSES = ("paid", "granted", "decided", "planned", "applied", "idea")
EXACT_APPLICATIONS = 10
DRAWS, SEED = 4096, 2030
# The statuses of grants that each reading counts.
COUNTED = {
    "secured": ("granted",),
    "planned": ("granted",),
    "expected": ("granted", "applied"),
    "best_case": ("granted", "applied", "idea"),
}


@dataclass(frozen=True, eq=False)
class Cover:
    """Who paid what: one line per measure, year, status and source with money. ``amount`` in öre.

    ``measure`` and ``year`` are indices into the plan's measures and years.
    """

    measure: np.ndarray
    year: np.ndarray
    status: np.ndarray
    source: np.ndarray
    amount: np.ndarray


@dataclass(frozen=True, eq=False)
class Outcome:
    """One reading of one plan. (years, measures) or (measures,) in öre, as in ``gap.Match``.

    ``need = covered + gap`` and ``one_off = one_off_covered + one_off_gap`` hold to the öre.
    ``cover`` ascribes what is covered of ``need``; it is worked out when first asked for.
    """

    need: np.ndarray
    gap: np.ndarray
    one_off: np.ndarray
    one_off_gap: np.ndarray
    surplus: np.ndarray
    lapsed: np.ndarray
    liquidity: np.ndarray
    ascribe: Callable[[], Cover]

    @cached_property
    def cover(self) -> Cover:
        """Who paid what of the investment need."""
        return self.ascribe()


def read(plan: Plan, reading: str, level: str = "mid") -> Outcome:
    """The plan in one of ``READINGS`` with expenditure at ``level`` low, mid or high.

    Money meets investment first and one-off operating expenditure with what is left. ValueError
    for an unknown reading.
    """
    if reading not in READINGS:
        raise ValueError(f"{reading!r} is no reading: expected one of {', '.join(READINGS)}")
    need, one_off = getattr(plan.need, level), getattr(plan.one_off, level)
    paid = np.minimum(plan.paid, need)
    unpaid = need - paid, one_off - np.minimum(plan.one_off_paid, one_off)
    money = Money(plan, *unpaid, planned=reading != "secured")
    lines = plan.grants.take(np.isin(plan.grants.status, COUNTED[reading]))
    payments = effective_payments(lines, (need + one_off).sum(axis=0))
    if reading == "expected":
        flow, payments = _expected(money, lines, payments)
    else:
        flow = money.flow(sum_lines(payments, lines.measure, need.shape))
    return Outcome(
        need=need,
        gap=flow.gap,
        one_off=one_off,
        one_off_gap=flow.one_off_gap,
        surplus=flow.surplus,
        lapsed=flow.lapsed,
        liquidity=flow.liquidity,
        ascribe=lambda: _ascribe(money, flow, paid, lines, payments),
    )


def effective_payments(grants: Grants, expenditure: np.ndarray) -> np.ndarray:
    """What the grants pay, (years, lines) in öre, after the lower-of rule.

    A share is of the eligible expenditure, or where that is not stated of the measure's whole
    ``expenditure`` (measures,). A grant that is cut keeps its timing: every payment shrinks pro
    rata.
    """
    stated = grants.payments.sum(axis=0)
    eligible = np.where(grants.eligible < 0, expenditure[grants.measure], grants.eligible)
    unknown = (grants.eligible < 0) & (eligible == 0)
    limit = grant_limit(stated, np.where(unknown, np.nan, grants.share), eligible)
    if (limit == stated).all():
        return grants.payments
    return split(limit, grants.payments)


def grants_received(plan: Plan, outcome: Outcome, reading: str) -> np.ndarray:
    """What grants pay of investment in the years in which they come, (years, measures) in öre.

    ``outcome`` is the plan in that reading. What no need takes is left out, the latest first; an
    application counts with its chance where the reading is the expected one.
    """
    lines = plan.grants.take(np.isin(plan.grants.status, COUNTED[reading]))
    payments = effective_payments(lines, (outcome.need + outcome.one_off).sum(axis=0))
    if reading == "expected":
        payments = with_chance(lines, payments)
    cover = outcome.cover
    from_grants = np.isin(cover.status, ["granted", "applied", "idea"])
    taken = np.zeros(plan.size[1], dtype=np.int64)
    np.add.at(taken, cover.measure[from_grants], cover.amount[from_grants])
    so_far = np.cumsum(sum_lines(payments, lines.measure, plan.size), axis=0)
    return np.diff(np.minimum(so_far, taken), axis=0, prepend=0)


@dataclass(frozen=True, eq=False)
class Flow:
    """One world's match, with the one-off gap beside it."""

    gap: np.ndarray
    one_off_gap: np.ndarray
    appropriated: np.ndarray
    surplus: np.ndarray
    lapsed: np.ndarray
    liquidity: np.ndarray


class Money:
    """The need and the appropriations of one plan and reading: everything but the grants.

    ``need`` and ``one_off`` are what is not paid yet, (years, measures) in öre; ``planned`` counts
    the budget's plan years.
    """

    def __init__(self, plan: Plan, need: np.ndarray, one_off: np.ndarray, planned: bool):
        given = plan.appropriations
        self.need, self.one_off = need, one_off
        self.gross, self.net = given.decided_gross, given.decided_net
        if planned:
            self.gross, self.net = self.gross + given.planned_gross, self.net + given.planned_net
        # None where there is nothing, which spares every match from looking for it.
        self.gross = self.gross if self.gross.any() else None
        self.carry_over = given.carry_over if given.carry_over.any() else None
        self.decided_gross, self.decided_net = given.decided_gross, given.decided_net

    def columns(self, chosen: np.ndarray) -> "Money":
        """The same for some of the measures."""
        part = object.__new__(Money)
        for name, table in vars(self).items():
            setattr(part, name, None if table is None else table[:, chosen])
        return part

    def repeated(self, times: int) -> "Money":
        """The same with every measure so many times beside itself. A table of nothing but zeros
        takes no room: it is one zero, seen everywhere."""
        part = object.__new__(Money)
        for name, table in vars(self).items():
            if table is None:
                setattr(part, name, None)
                continue
            shape = (len(table), table.shape[1] * times)
            empty = np.broadcast_to(np.int64(0), shape)
            setattr(part, name, np.repeat(table, times, axis=1) if table.any() else empty)
        return part

    def appropriations(self, need: np.ndarray, grants: np.ndarray) -> np.ndarray:
        """Net appropriations of the reading when ``grants`` arrive."""
        if self.gross is None:
            return self.net
        return self.net + net_of_grants(self.gross, need, grants)

    def decided(self, grants: np.ndarray) -> np.ndarray:
        """The decided part of :meth:`appropriations` for the investment need."""
        return self.decided_net + net_of_grants(self.decided_gross, self.need, grants)

    def match(self, need: np.ndarray, grants: np.ndarray) -> Match:
        """``need`` against ``grants`` and what the reading appropriates, both as :attr:`need`."""
        return match(need, grants, self.appropriations(need, grants), self.carry_over)

    def flow(self, grants: np.ndarray) -> Flow:
        """The world in which ``grants`` (years, measures) arrive."""
        first = self.match(self.need, grants)
        flow = Flow(
            first.gap,
            np.zeros_like(first.gap),
            first.appropriated,
            first.surplus,
            first.lapsed,
            first.liquidity,
        )
        operating = np.flatnonzero(self.one_off.any(axis=0))
        if len(operating):
            # What investment leaves pays one-off expenditure: the wider need's gap less the other.
            part = self.columns(operating)
            whole = part.match(part.need + part.one_off, grants[:, operating])
            flow.one_off_gap[:, operating] = whole.gap - first.gap[:, operating]
            for name in ("surplus", "lapsed", "liquidity"):
                getattr(flow, name)[..., operating] = getattr(whole, name)
        return flow


def _expected(money: Money, lines, payments: np.ndarray) -> tuple[Flow, np.ndarray]:
    """Means over the outcomes of every measure's applications, and the payments as expected.

    Up to ten applications of a measure are enumerated, more are drawn with a fixed seed. An
    application whose chance nobody has stated is not counted on.
    """
    applied = np.flatnonzero((lines.status == "applied") & (lines.probability > 0))
    granted = sum_lines(
        payments[:, lines.status == "granted"],
        lines.measure[lines.status == "granted"],
        money.need.shape,
    )
    flow = money.flow(granted)
    count = np.bincount(lines.measure[applied], minlength=money.need.shape[1])
    applied = applied[np.argsort(lines.measure[applied], kind="stable")]
    for applications in np.unique(count[count > 0]):
        chosen = np.flatnonzero(count == applications)
        # (applications, measures): the lines of the chosen measures.
        of_chosen = applied[np.isin(lines.measure[applied], chosen)].reshape(-1, applications).T
        part = money.columns(chosen)
        mean = {f.name: 0.0 for f in fields(Flow)}
        for succeeds, weight in _worlds(lines.probability[of_chosen]):
            grants = granted[:, chosen].copy()
            for line, success in zip(of_chosen, succeeds, strict=True):
                grants += payments[:, line] * success
            world = part.flow(grants)
            mean = {name: so_far + weight * getattr(world, name) for name, so_far in mean.items()}
        for name, value in mean.items():
            getattr(flow, name)[..., chosen] = np.floor(value + 0.5).astype(np.int64)
    # Rounded means may miss each other by an öre; what is covered never exceeds the need.
    np.minimum(flow.appropriated, money.need - flow.gap, out=flow.appropriated)
    return flow, with_chance(lines, payments)


def with_chance(lines: Grants, payments: np.ndarray) -> np.ndarray:
    """Payments times the chance that they come, (years, lines) in öre."""
    chance = np.where(lines.status == "granted", 1.0, np.nan_to_num(lines.probability))
    return np.floor(payments * chance + 0.5).astype(np.int64)


def _worlds(probability: np.ndarray):
    """Yield successes (applications, measures) and weight (measures,); weights add up to 1."""
    applications, measures = probability.shape
    if applications <= EXACT_APPLICATIONS:
        for world in range(2**applications):
            success = np.array([world >> bit & 1 for bit in range(applications)])[:, None]
            weight = np.where(success, probability, 1 - probability).prod(axis=0)
            yield np.broadcast_to(success, probability.shape), weight
    else:
        draws = np.random.default_rng(SEED).random((DRAWS, applications, measures))
        for draw in draws:
            yield (draw < probability).astype(np.int64), np.full(measures, 1 / DRAWS)


def sum_lines(payments: np.ndarray, measure: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Payments (years, lines) added up by measure, ``shape`` (years, measures), in öre."""
    total = np.zeros(shape, dtype=np.int64)
    np.add.at(total.T, measure, payments.T)
    return total


def _ascribe(money, flow, paid, lines, payments) -> Cover:
    """Every covered krona of the investment need with the status and source that paid it."""
    by_grants = money.need - flow.gap - flow.appropriated
    grants = sum_lines(payments, lines.measure, money.need.shape)
    planned = np.clip(flow.appropriated - money.decided(grants), 0, None)
    # Carried-over money is decided too, and shows as more than the year's own decisions.
    own = money.appropriations(money.need, grants)
    planned = np.minimum(planned, own - np.minimum(own, money.decided(grants)))
    taken = _draw_down(by_grants, lines, payments)
    unascribed = by_grants - sum_lines(taken, lines.measure, money.need.shape)
    every = np.arange(paid.shape[1])
    decided = flow.appropriated - planned + unascribed
    parts = [
        _cover_lines(paid, every, "paid", ALREADY_PAID),
        _cover_lines(taken, lines.measure, lines.status, lines.source),
        _cover_lines(decided, every, "decided", OWN_BUDGET),
        _cover_lines(planned, every, "planned", OWN_BUDGET),
    ]
    return Cover(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _cover_lines(amounts: np.ndarray, measure: np.ndarray, status, source):
    """Columns of a Cover for the non-zero entries of ``amounts`` (years, lines)."""
    year, line = np.nonzero(amounts)

    def labels(value) -> np.ndarray:
        every = np.broadcast_to(np.asarray(value, dtype=object), measure.shape)
        return every[line]

    return measure[line], year, labels(status), labels(source), amounts[year, line]


def _draw_down(cover: np.ndarray, lines, payments: np.ndarray) -> np.ndarray:
    """How much of ``cover`` (years, measures) each grant line paid, (years, lines) in öre.

    Year by year from the money in hand, then what came in arrears from what is left.
    """
    taken = np.zeros_like(payments)
    if not len(lines.measure):
        return taken
    rank = np.array([STATUSES.index(status) for status in lines.status])
    order = np.lexsort((rank, lines.measure))
    groups = _Groups(lines.measure[order], rank[order])
    balance = np.zeros(len(order), dtype=np.int64)
    unpaid = cover.copy()
    for arrears in (False, True):
        for year in range(len(cover)):
            if not arrears:
                balance += payments[year, order]
            if not unpaid[year].any():
                continue
            take = groups.take(balance, unpaid[year])
            balance -= take
            taken[year, order] += take
            np.subtract.at(unpaid[year], groups.measure, take)
    return taken


class _Groups:
    """Grant lines sorted by measure and status, and how a measure draws on them."""

    def __init__(self, measure: np.ndarray, rank: np.ndarray):
        self.measure = measure
        starts = np.flatnonzero(
            np.r_[True, (measure[1:] != measure[:-1]) | (rank[1:] != rank[:-1])]
        )
        self.starts = starts
        self.group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(measure)]))
        self.ends = np.r_[starts[1:], len(measure)] - 1
        self.group_measure = measure[starts]
        first_of_measure = np.r_[True, self.group_measure[1:] != self.group_measure[:-1]]
        self.measure_start = np.maximum.accumulate(
            np.where(first_of_measure, np.arange(len(starts)), 0)
        )

    def take(self, balance: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """From each line, in öre, what its measure (``wanted``: by measure) draws from it."""
        until = np.cumsum(balance)
        reached_before = until[self.starts] - balance[self.starts]
        whole = until[self.ends] - reached_before
        ahead = reached_before - reached_before[self.measure_start]
        draw = np.minimum(np.maximum(wanted[self.group_measure] - ahead, 0), whole)
        if len(whole) == len(balance):
            return draw
        share = (until - reached_before[self.group]) / np.maximum(whole, 1)[self.group]
        rounded = np.floor(draw[self.group] * share + 0.5).astype(np.int64)
        rounded[self.ends] = draw
        parts = np.diff(rounded, prepend=0)
        parts[self.starts] = rounded[self.starts]
        return parts
