"""Why each measure is in or out, and which limits bind."""

from dataclasses import dataclass

import numpy as np

from model.optimise.answer import Answer
from model.optimise.problem import Limit, Problem
from model.optimise.search import shares_of

# Limits that more of a measure only helps to reach.
HELPED = ("reach", "minimum")


@dataclass(frozen=True)
class Out:
    """A measure of the level that is not carried out: *ej prioriterat*.

    ``need`` and ``own`` are öre over all years as planned, None where not known. ``lost`` is what
    it would have given besides what is chosen, in the goal's unit, None where not known.
    ``reason`` is one of the keys below; ``limits`` are those that it has no room within, at the
    start that breaks the fewest, and ``other`` the measure that stands in its way.

    ================  ======================================================
    no_cost           no expenditure is stated
    no_effect         no effect is stated that the goal counts
    once_only         its effect comes once, and the goal counts those a year
    unclear_effect    whether its effect comes every year is not said
    no_benefit        its benefit to society cannot be worked out
    never             the goal forbids it
    outside_years     it pays outside the goal's years, whenever it starts
    excluded          ``other`` is chosen, which excludes it
    needs             it needs ``other``, which is not chosen
    no_room           ``limits`` have no room for it
    nothing_more      it gives nothing besides what is chosen
    not_needed        what is wanted is reached without it
    less_per_krona    it would lower what is had per krona
    displaced         it has room, and the search ended before it was proven
    ================  ======================================================
    """

    place: int
    need: int | None
    own: int | None
    lost: float | None
    reason: str
    limits: tuple[Limit, ...] = ()
    other: str = ""


@dataclass(frozen=True)
class In:
    """A measure that is carried out: years later than planned, its own money, what it gives.

    ``needed_for`` are the minimums that would not be reached without it.
    """

    place: int
    delay: int
    starts: int
    own: int
    gives: float | None
    held: bool
    needed_for: tuple[Limit, ...] = ()


@dataclass(frozen=True)
class Use:
    """How much of a limit is used; ``binds`` when something is left out for want of it, or, of a
    minimum, when something that could be left out is needed for it."""

    limit: Limit
    used: float
    binds: bool

    @property
    def left(self) -> float:
        """What is left of it, or above what it asks for."""
        edge = self.limit.most
        return edge - self.used if np.isfinite(edge) else self.used - self.limit.least


@dataclass(frozen=True)
class Explained:
    """The choice measure by measure, what gives most first, and the limits as used."""

    chosen: tuple[In, ...]
    left_out: tuple[Out, ...]
    uses: tuple[Use, ...]


def explain(answer: Answer) -> Explained:
    """Why the choice is what it is. Nothing is explained where there is no choice."""
    if answer.choice is None:
        return Explained((), (), ())
    whole, chosen = answer.problem, answer.choice.chosen
    options = whole.options
    used = _used(whole, answer)
    carried = np.zeros(options.plan.size[1], dtype=bool)
    carried[options.measure[chosen]] = True
    gives = _gives(whole, chosen)
    minimums = [
        (limit, amount)
        for limit, amount in zip(whole.limits, used, strict=True)
        if limit.kind == "minimum"
    ]
    taken = [
        In(
            int(options.measure[o]),
            int(options.delay[o]),
            int(options.starts[o]),
            int(options.cost[o]),
            gives.get(int(o)),
            bool(options.held[options.measure[o]]),
            tuple(
                limit
                for limit, amount in minimums
                if limit.of[o] and not limit.holds(amount - limit.of[o])
            ),
        )
        for o in np.flatnonzero(chosen)
    ]
    room = _Room(whole, carried, used)
    out = [
        _out(answer, int(place), room) for place in np.flatnonzero(~carried & ~options.untouched)
    ]
    short = {id(limit) for each in out for limit in each.limits}
    short |= {id(limit) for each in taken if not each.held for limit in each.needed_for}
    uses = [
        Use(limit, amount, id(limit) in short or limit.kind == "reach")
        for limit, amount in zip(whole.limits, used, strict=True)
    ]
    return Explained(
        tuple(sorted(taken, key=lambda each: (each.gives is None, -(each.gives or 0)))),
        tuple(sorted(out, key=lambda each: (each.lost is None, -(each.lost or 0)))),
        tuple(uses),
    )


def _used(whole: Problem, answer: Answer) -> list[float]:
    shares = shares_of(whole, answer.choice)
    return [
        answer.figures.value
        if limit.kind == "reach"
        else limit.amount(answer.choice.chosen, shares)
        for limit in whole.limits
    ]


def _gives(whole: Problem, chosen: np.ndarray) -> dict[int, float]:
    """What every chosen option gives, a joint effect with the measure that it is counted in."""
    options = whole.options
    known = (options.worth.reason == "")[options.measure]
    found = {int(o): float(options.value[o]) for o in np.flatnonzero(chosen & known)}
    values = whole.columns_of(chosen)
    for member in whole.members:
        for option, column in zip(member.options, member.gives, strict=True):
            if values[column] > 0.5:
                found[int(option)] = found.get(int(option), 0.0) + float(whole.value[column])
    return found


def _out(answer: Answer, place: int, room: "_Room") -> Out:
    whole, options = answer.problem, answer.options
    plan = options.plan
    known = bool(plan.known[place])
    of = options.of(place)
    own = int(options.cost[of[0]]) if len(of) else None
    need = int(room.need[place]) if known else None
    why = str(options.out[place])
    lost = _lost(whole, answer, place, of)
    if why:
        return Out(place, need, own, lost, why)
    other = room.in_the_way(place)
    if other:
        return Out(place, need, own, lost, *other)
    if lost is not None and lost <= 0:
        return Out(place, need, own, lost, "nothing_more")
    fewest = min((room.short(option) for option in of), key=len)
    if fewest:
        return Out(place, need, own, lost, "no_room", fewest)
    by_aim = {"most": "displaced", "per_krona": "less_per_krona"}
    return Out(place, need, own, lost, by_aim.get(answer.goal.aim, "not_needed"))


def _lost(whole: Problem, answer: Answer, place: int, of: np.ndarray) -> float | None:
    """What a measure would have given besides the choice; of one that is no candidate, by itself
    as planned."""
    options = whole.options
    if options.worth.reason[place] != "":
        return None
    if not len(of):
        alone = float(options.worth.own[0, place])
        return alone + sum(
            float(shared.value[shared.measures.index(place), 0])
            for shared in options.worth.shared
            if place in shared.measures
        )
    if not any(place in shared.measures for shared in options.worth.shared):
        return float(options.value[of[0]])
    trial = answer.choice.chosen.copy()
    before = whole.worth_of(trial)
    trial[of[0]] = True
    return whole.worth_of(trial) - before


class _Room:
    """What stands in the way of measures that are not carried out, beside the choice."""

    def __init__(self, whole: Problem, carried: np.ndarray, used: list[float]):
        options = whole.options
        self.goal = options.goal
        self.ids = options.plan.tags["id"].tolist()
        on = carried | options.untouched
        self.on = {key for key, each in zip(self.ids, on, strict=True) if each}
        self.need = (options.plan.need.mid + options.plan.one_off.mid).sum(axis=0)
        # Limits that more of a measure uses up, and which of them every option breaks.
        self.limits = [each for each in whole.limits if each.kind not in HELPED]
        self.breaks = np.zeros((len(self.limits), len(options.measure)), dtype=bool)
        amounts = [
            amount
            for limit, amount in zip(whole.limits, used, strict=True)
            if limit.kind not in HELPED
        ]
        for row, (limit, amount) in enumerate(zip(self.limits, amounts, strict=True)):
            after = amount + limit.of.astype(float)
            spare = 0 if limit.exact else 1e-6 * np.maximum(np.abs(after), 1.0)
            out = (after > limit.most + spare) | (after < limit.least - spare)
            self.breaks[row] = out & (limit.of != 0)

    def short(self, option: int) -> tuple[Limit, ...]:
        """The limits that an option does not fit within."""
        return tuple(self.limits[row] for row in np.flatnonzero(self.breaks[:, option]))

    def in_the_way(self, place: int) -> tuple | None:
        """A chosen measure that excludes it, or one it needs that is not chosen."""
        key = self.ids[place]
        for one, other in self.goal.excludes:
            if key in (one, other):
                against = other if key == one else one
                if against in self.on:
                    return "excluded", (), against
        for one, needed in self.goal.requires:
            if key == one and needed not in self.on:
                return "needs", (), needed
        return None
