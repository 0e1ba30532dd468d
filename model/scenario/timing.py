"""When measures are carried out: delayed by some years, or rolled out in stages.

What lies before the plan's first year is spent and is neither moved nor shared out.
"""

from collections.abc import Callable

import numpy as np

from model.money import split
from model.plan import Effects, Plan, RunningCosts, calendar_years
from model.scenario.adjustments import MILLION, Delay, Rollout
from model.years import LATER


def longer(plan: Plan, by: int) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
    """The plan's years with ``by`` more calendar years, and what gives a table those rows."""
    rows = _calendar_rows(plan)
    last = int(plan.years[rows])
    more = np.arange(last + 1, last + 1 + by)
    years = np.concatenate([plan.years[: rows + 1], more, plan.years[rows + 1 :]])
    return years, lambda amounts: np.insert(amounts, [rows + 1] * by, 0, axis=0)


def _calendar_rows(plan: Plan) -> int:
    return len(plan.years) - 1 - int(plan.years[-1] == LATER)


def delay(plan: Plan, adjustment: Delay) -> Plan:
    """The chosen measures come so many years later, and the plan becomes as much longer."""
    moved = adjustment.where.mask(plan)
    if not moved.any():
        return plan
    by, calendar_rows = adjustment.years, _calendar_rows(plan)
    years, stay = longer(plan, by)

    def move(amounts: np.ndarray, columns: np.ndarray = moved) -> np.ndarray:
        """Calendar rows of the chosen columns come ``by`` rows later; *before* and *later* stay."""
        later = stay(amounts)
        later[1 : calendar_rows + by + 1, columns] = np.insert(
            amounts[1 : calendar_rows + 1, columns], [0] * by, 0, axis=0
        )
        return later

    def move_unpaid(amounts: np.ndarray, paid: np.ndarray) -> np.ndarray:
        paid = np.minimum(paid, amounts)
        return stay(paid) + move(amounts - paid)

    grants, given, effects = plan.grants, plan.appropriations, plan.effects
    running = plan.running_costs
    movable = moved[grants.measure] & (grants.status != "granted")
    later_effect = moved[effects.measure] & (effects.year > 0)
    return plan.replace(
        head=plan.head.model_copy(update={"last_year": plan.head.last_year + by}),
        years=years,
        need=plan.need.map(lambda amounts: move_unpaid(amounts, plan.paid)),
        one_off=plan.one_off.map(lambda amounts: move_unpaid(amounts, plan.one_off_paid)),
        avoided=plan.avoided.map(move),
        paid=stay(plan.paid),
        one_off_paid=stay(plan.one_off_paid),
        incremental=plan.incremental.map(move),
        running_costs=running.replace(
            year=running.year + by * (moved[running.measure] & calendar_years(running.year)),
            amounts=move(running.amounts, moved[running.measure]),
        ),
        in_service=plan.in_service + by * (moved & (plan.in_service > 0)),
        grants=grants.replace(payments=move(grants.payments, movable)),
        appropriations=given.replace(
            decided_gross=stay(given.decided_gross),
            decided_net=stay(given.decided_net),
            planned_gross=move(given.planned_gross),
            planned_net=move(given.planned_net),
            carry_over=stay(given.carry_over),
        ),
        effects=effects.replace(year=effects.year + by * later_effect),
    )


def rollout(plan: Plan, adjustment: Rollout) -> Plan:
    """What is left to do of the chosen measures comes in stages, whole to the öre.

    A stage before the plan's first year comes in that year. A measure that has nothing left to
    spend is left alone.
    """
    left = _left(plan.need.mid, plan.paid) + _left(plan.one_off.mid, plan.one_off_paid)
    moved = adjustment.where.mask(plan) & (left.sum(axis=0) > 0)
    if not moved.any():
        return plan
    first = int(plan.years[1])
    stages = [max(year, first) for year, _ in adjustment.shares]
    parts = np.array([round(share * MILLION) for _, share in adjustment.shares], dtype=np.int64)
    # As long after a stage as after the last year of spending: a stage is a spending of its own.
    calendar = calendar_years(plan.years)
    spends = np.where((left > 0) & calendar[:, None], plan.years[:, None], 0).max(axis=0)
    origin = np.where(spends > 0, spends, stages[-1])
    shift = np.array([[stage - int(year) for year in origin] for stage in stages])
    reach = _reach(plan, moved, shift, stages)
    years, stay = longer(plan, max(reach - int(plan.years[calendar][-1]), 0))
    rows, last = np.searchsorted(years, stages), int(years[calendar_years(years)][-1])

    def share_out(amounts: np.ndarray, columns: np.ndarray, kept=None) -> np.ndarray:
        """All of the chosen columns that is not ``kept``, by stage; *before* is kept anyhow."""
        kept = np.zeros_like(amounts) if kept is None else np.minimum(kept, amounts)
        kept[0] = amounts[0]
        table, kept = stay(amounts), stay(kept)
        total = (table - kept)[:, columns].sum(axis=0)
        table[:, columns] = kept[:, columns]
        by_stage = split(total, np.repeat(parts[:, None], len(total), axis=1))
        for row, part in zip(rows, by_stage, strict=True):
            table[row, columns] += part
        return table

    def each(amounts, paid=None):
        return amounts.map(lambda table: share_out(table, moved, paid))

    grants, given = plan.grants, plan.appropriations
    open_ = moved[grants.measure] & (grants.status != "granted")
    lag = int(stages[-1]) - origin
    return plan.replace(
        head=plan.head.model_copy(update={"last_year": last}),
        years=years,
        need=each(plan.need, plan.paid),
        one_off=each(plan.one_off, plan.one_off_paid),
        avoided=each(plan.avoided),
        incremental=each(plan.incremental),
        paid=stay(plan.paid),
        one_off_paid=stay(plan.one_off_paid),
        in_service=plan.in_service + lag * (moved & (plan.in_service > 0)),
        running_costs=_staged_costs(plan, moved, shift, parts, years, stay),
        grants=grants.replace(payments=share_out(grants.payments, open_)),
        appropriations=given.replace(
            decided_gross=stay(given.decided_gross),
            decided_net=stay(given.decided_net),
            planned_gross=share_out(given.planned_gross, moved),
            planned_net=share_out(given.planned_net, moved),
            carry_over=stay(given.carry_over),
        ),
        effects=_staged_effects(plan, moved, shift, parts, spends, last),
    )


def _left(amounts: np.ndarray, paid: np.ndarray) -> np.ndarray:
    """What is neither paid nor before the plan's first year."""
    left = amounts - np.minimum(paid, amounts)
    left[0] = 0
    return left


def _reach(plan: Plan, moved: np.ndarray, shift: np.ndarray, stages: list[int]) -> int:
    """The last calendar year that anything is moved to."""
    running = plan.running_costs
    dated = moved[running.measure] & calendar_years(running.year)
    latest = running.year[dated] + shift.max(axis=0)[running.measure[dated]]
    return max(*stages, int(latest.max(initial=0)))


def _levels(year: np.ndarray, parts: np.ndarray, shift: np.ndarray) -> dict[int, np.ndarray]:
    """The sum of levels that each hold from their year: ``parts`` is (stages, lines, …) of the
    lines' levels, and stage *k* comes ``shift[k]`` years later. By year, those that differ."""
    order = np.argsort(year, kind="stable")
    found: dict[int, np.ndarray] = {}
    for since in sorted({int(y + by) for y in year for by in shift}):
        level = 0
        for part, by in zip(parts, shift, strict=True):
            reached = np.flatnonzero(year[order] + by <= since)
            if len(reached):
                latest = year[order][reached[-1]]
                level = level + part[year == latest].sum(axis=0)
        found[since] = level
    return found


def _staged_costs(plan: Plan, moved, shift, parts, years, stay) -> RunningCosts:
    """Running cost is a level from its year on, and each stage brings its share of it."""
    lines = plan.running_costs
    staged = moved[lines.measure] & calendar_years(lines.year)
    kept = lines.replace(amounts=stay(lines.amounts)).take(~staged)
    columns: dict[str, list] = {f: [] for f in ("measure", "year", "item", "department")}
    columns |= {"in_frame": [], "amounts": []}
    amount = lines.amounts.sum(axis=0)
    keys = list(zip(lines.measure, lines.item, lines.department, lines.in_frame, strict=True))
    for key in dict.fromkeys(keys[line] for line in np.flatnonzero(staged)):
        own = [line for line in np.flatnonzero(staged) if keys[line] == key]
        size = np.abs(amount[own])
        of_stage = split(size, np.repeat(parts[:, None], len(own), axis=1)) * np.sign(amount[own])
        for year, level in _levels(lines.year[own], of_stage, shift[:, key[0]]).items():
            table = np.zeros(len(years), dtype=np.int64)
            table[np.searchsorted(years, max(year, int(years[1])))] = level
            values = (key[0], year, *key[1:], table)
            for name, value in zip(columns, values, strict=True):
                columns[name].append(value)
    if not columns["year"]:
        return kept
    made = RunningCosts(
        **{
            name: np.array(column, dtype=getattr(lines, name).dtype)
            for name, column in columns.items()
            if name != "amounts"
        },
        amounts=np.array(columns["amounts"]).T,
    )
    return kept.append(made)


def _no_later(found: dict[int, np.ndarray], latest: int, add: bool) -> dict[int, np.ndarray]:
    """What comes after a year comes in it: amounts added up, of levels the last one."""
    kept: dict[int, np.ndarray] = {}
    for since, amount in sorted(found.items()):
        year = min(since, latest)
        kept[year] = kept[year] + amount if add and year in kept else amount
    return kept


def _staged_effects(plan: Plan, moved, shift, parts, spends, last: int) -> Effects:
    """A yearly effect is a level from its year on; one that comes once comes in parts."""
    lines, shares = plan.effects, parts / MILLION
    staged = moved[lines.measure] & (lines.basis != "unclear") & ~np.isnan(lines.mid)
    if len(parts) == 1:
        # What says no year goes with its measure, as it does without a rollout.
        staged &= lines.year > 0
    # What says no year begins the year after service, or after the last investment.
    after = np.where(plan.in_service > 0, plan.in_service, spends) + 1
    year = np.where(lines.year > 0, lines.year, after[lines.measure])
    # As on the path of emissions: by its last year a plan is carried out.
    by_then = (lines.year == 0) & (plan.in_service == 0)[lines.measure]
    made, rows = [], []
    series = list(
        zip(
            *(lines.measure, lines.indicator, lines.unit, lines.basis),
            *(lines.gas, lines.boundary, lines.effect_group),
            strict=True,
        )
    )
    for key in dict.fromkeys(series[line] for line in np.flatnonzero(staged)):
        own = np.array([line for line in np.flatnonzero(staged) if series[line] == key])
        amounts = np.array([lines.low[own], lines.mid[own], lines.high[own]]).T
        of_stage = shares[:, None, None] * amounts
        by = shift[:, key[0]]
        if key[3] == "once":
            found: dict[int, np.ndarray] = {}
            for part, later in zip(of_stage, by, strict=True):
                for since, amount in zip(year[own] + later, part, strict=True):
                    found[int(since)] = found.get(int(since), 0) + amount
        else:
            found = _levels(year[own], of_stage, by)
        if by_then[own].all():
            found = _no_later(found, last, add=key[3] == "once")
        for since, amount in found.items():
            made.append((since, *amount))
            rows.append(own[0])
    kept = lines.take(~staged)
    if not made:
        return kept
    since, low, mid, high = np.array(made, dtype=float).T
    copied = lines.take(np.array(rows))
    return kept.append(
        copied.replace(year=since.astype(lines.year.dtype), low=low, mid=mid, high=high)
    )
