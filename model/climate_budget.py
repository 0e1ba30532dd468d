"""Klimatbudget: whether the ordinary budget keeps pace with what departments are to reduce.

A department's budget says what it may emit each year (:class:`model.spend_rows.DepartmentBudget`).
What it is to have reduced by a year is what it would emit if nothing is done less what it may. The
tonnes of its measures are set against that: of decided measures those with money for the whole need
(in a reading of :mod:`model.readings`) apart from those that lack some, and undecided ones beside.
Only tonnes of the budget's own gas and boundary count; what is left out has its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.horizon import Horizon
from model.plan import Plan, calendar_years
from model.prices import Deflator
from model.readings import Outcome
from model.spend_emissions import Series, SpendEmissions, Usual, base_of
from model.spend_rows import DepartmentBudget, folded

Kind = Literal["funded", "unfunded", "cost_unknown", "undecided"]
KINDS: tuple[Kind, ...] = ("funded", "unfunded", "cost_unknown", "undecided")
# A measure that has come so far has the council's money behind it, whatever the plan states.
DECIDED = ("appropriation", "start_permit", "procured", "in_service")
INDICATORS = {"co2e": "co2e_reduction", "fossil_co2": "fossil_co2_reduction"}

# Why a measure's tonnes do not count; the first that applies.
Reason = Literal["", "no_tonnes", "other_boundary", "unclear", "once", "joint", "already"]
# For these the measure may take away tonnes that nobody has stated in this counting.
UNKNOWN: tuple[Reason, ...] = ("no_tonnes", "other_boundary", "unclear")


@dataclass(frozen=True, eq=False)
class Counted:
    """A measure: its index in the plan, what it is, and its tonnes by year where they count."""

    measure: int
    kind: Kind
    reason: Reason
    tonnes: np.ndarray


@dataclass(frozen=True, eq=False)
class Pace:
    """A department's path and its measures, all (years,) in t.

    ``base`` is None where nobody knows what the department emitted, and then so are ``usual``,
    ``allowed`` and ``needed``. ``needed`` is what is to be reduced by each year, never below zero.
    """

    department: str
    budget: DepartmentBudget | None
    years: tuple[int, ...]
    base: float | None
    usual: np.ndarray | None
    allowed: np.ndarray | None
    measures: tuple[Counted, ...]

    @property
    def needed(self) -> np.ndarray | None:
        """What is to be reduced each year."""
        return None if self.usual is None else np.maximum(self.usual - self.allowed, 0.0)

    def tonnes(self, *kinds: Kind) -> np.ndarray:
        """The tonnes of the measures of some kinds, of all where none is named."""
        chosen = [each.tonnes for each in self.measures if each.kind in (kinds or KINDS)]
        return sum(chosen, np.zeros(len(self.years)))

    def unknown(self, *kinds: Kind) -> bool:
        """Whether some measure of these kinds has tonnes that nobody knows in this counting."""
        return any(each.reason in UNKNOWN for each in self.measures if each.kind in kinds)

    def counted(self, *kinds: Kind) -> bool:
        """Whether the tonnes of these kinds say anything: some are known, or there are none."""
        of = [each for each in self.measures if each.kind in kinds]
        return not of or any(each.reason not in UNKNOWN for each in of)

    @property
    def decided(self) -> np.ndarray:
        """The tonnes of decided measures, with money or without."""
        return self.tonnes("funded", "unfunded", "cost_unknown")

    def left_out(self, reason: Reason) -> int:
        """How many measures do not count for a reason."""
        return sum(each.reason == reason for each in self.measures)


@dataclass(frozen=True, eq=False)
class ClimateBudget:
    """Every department with a budget in a series, and those with measures and none.

    ``nobodys`` are the measures that name no department.
    """

    series: Series
    reading: str
    basis: Literal["level", "trend"]
    years: tuple[int, ...]
    departments: tuple[Pace, ...]
    without_budget: tuple[Pace, ...]
    nobodys: tuple[Counted, ...]

    @property
    def whole(self) -> Pace | None:
        """All departments whose path is known, added up; None where none is."""
        known = [pace for pace in self.departments if pace.base is not None]
        if not known:
            return None
        return Pace(
            "",
            None,
            self.years,
            sum(pace.base for pace in known),
            sum(pace.usual for pace in known),
            sum(pace.allowed for pace in known),
            tuple(each for pace in known for each in pace.measures),
        )

    @property
    def missing(self) -> np.ndarray:
        """What decided measures lack of what is to be reduced, (years,) in t, over departments
        whose path is known. What one does too much takes nothing from what another lacks."""
        short = [
            np.maximum(pace.needed - pace.decided, 0.0)
            for pace in self.departments
            if pace.base is not None
        ]
        return sum(short, np.zeros(len(self.years)))

    def of(self, department: str) -> Pace | None:
        """A department with a budget."""
        wanted = folded(department)
        found = (each for each in self.departments if folded(each.department) == wanted)
        return next(found, None)


def series_of(budgets: Sequence[DepartmentBudget]) -> tuple[Series, ...]:
    """The series that departments have budgets in, in the order of the budgets."""
    return tuple(dict.fromkeys(Series(each.gas, each.boundary) for each in budgets))


def climate_budget(
    plan: Plan,
    outcome: Outcome,
    reading: str,
    budgets: Sequence[DepartmentBudget],
    series: Series,
    emissions: SpendEmissions | None = None,
    *,
    trend: bool = False,
) -> ClimateBudget:
    """The departments' paths in a series against the measures of the plan in a reading.

    ``emissions`` are of the same series, and give the base where a budget states none. With
    ``trend`` the emissions without measures follow the trend of the department's purchases, where
    they are known and the budget states no base; otherwise they stay at the base.
    """
    years = tuple(int(year) for year in plan.years[calendar_years(plan.years)])
    of_series = [each for each in budgets if (each.gas, each.boundary) == series]
    begins = {folded(each.department): each.base_year for each in of_series}
    counted = _counted(plan, outcome, years, series, begins)
    names = _departments(plan)
    measures = {
        key: tuple(each for each in counted if names[each.measure] == key)
        for key in dict.fromkeys([*begins, *names])
    }
    labels = dict(zip(names, plan.tags["department"].tolist(), strict=True))
    return ClimateBudget(
        series,
        reading,
        "trend" if trend else "level",
        years,
        tuple(
            _pace(each, years, measures[folded(each.department)], emissions, trend)
            for each in of_series
        ),
        tuple(
            Pace(labels[key], None, years, None, None, None, of)
            for key, of in measures.items()
            if key and key not in begins
        ),
        measures.get("", ()),
    )


def _pace(
    budget: DepartmentBudget,
    years: tuple[int, ...],
    measures: tuple[Counted, ...],
    emissions: SpendEmissions | None,
    trend: bool,
) -> Pace:
    base = base_of(budget, emissions)
    if base is None:
        return Pace(budget.department, budget, years, None, None, None, measures)
    path = np.array([budget.allowed(base, year) for year in years])
    level = np.full(len(years), base)
    if trend and emissions is not None and budget.base_tonnes is None:
        level = _trend(emissions.of(budget.department).usual, years, base)
    return Pace(budget.department, budget, years, base, level, path, measures)


def _trend(usual: Usual, years: tuple[int, ...], base: float) -> np.ndarray:
    return np.array([base if (at := usual.at(year)) is None else at for year in years])


def _departments(plan: Plan) -> list[str]:
    return [folded(str(name)) for name in plan.tags["department"]]


def _counted(
    plan: Plan,
    outcome: Outcome,
    years: tuple[int, ...],
    series: Series,
    begins: Mapping[str, int],
) -> list[Counted]:
    tonnes, reasons, first = _tonnes(plan, years, series)
    names = _departments(plan)
    decided = np.isin(plan.tags["readiness"], DECIDED)
    money = plan.appropriations
    decided |= (money.decided_gross + money.decided_net).sum(axis=0) > 0
    lacking = (outcome.gap + outcome.one_off_gap).sum(axis=0) > 0

    def kind(measure: int) -> Kind:
        if not decided[measure]:
            return "undecided"
        if not plan.known[measure]:
            return "cost_unknown"
        return "unfunded" if lacking[measure] else "funded"

    found = []
    for measure in range(plan.size[1]):
        reason, amounts = reasons[measure], tonnes[:, measure]
        # What began before the base year is already in what the department emitted then.
        if not reason and first[measure] <= begins.get(names[measure], 0):
            reason, amounts = "already", np.zeros(len(years))
        found.append(Counted(measure, kind(measure), reason, amounts))
    return found


def _tonnes(
    plan: Plan, years: tuple[int, ...], series: Series
) -> tuple[np.ndarray, list[Reason], np.ndarray]:
    """(years, measures) of yearly tonnes, why they do not count, and the year they begin.

    As in :mod:`model.streams`: an effect without a year begins the year after the measure is taken
    in use, holds until another is stated and ends with the measure's life; a joint effect stands
    in the first of the measures that share it.
    """
    axis = Horizon(plan, Deflator(0, "none", np.ones(len(plan.years)), ()))
    said = plan.effects.take(plan.effects.indicator == INDICATORS[series.gas])
    said = said.take(~np.isnan(said.mid))
    reasons: list[Reason] = ["no_tonnes"] * plan.size[1]
    ours = said.boundary == series.boundary
    for measure in said.measure[~ours]:
        reasons[measure] = "other_boundary"
    said = said.take(ours)
    for basis, reason in (("once", "once"), ("unclear", "unclear")):
        for measure in said.measure[said.basis == basis]:
            reasons[measure] = reason
    lines = said.take(said.basis == "per_year")
    leads: dict[str, int] = {}
    for group, measure in zip(lines.effect_group, lines.measure, strict=True):
        leads[group] = min(leads.get(group, measure), measure)
    leading = np.array(
        [
            group == "" or leads[group] == measure
            for group, measure in zip(lines.effect_group, lines.measure, strict=True)
        ],
        dtype=bool,
    )
    for measure in lines.measure[~leading]:
        reasons[measure] = "joint"
    lines = lines.take(leading)
    for measure in lines.measure:
        reasons[measure] = ""
    begins = np.where(lines.year > 0, lines.year, axis.base + axis.service[lines.measure] + 1)
    first = np.full(plan.size[1], np.iinfo(np.int64).max)
    np.minimum.at(first, lines.measure, begins)
    amounts = np.zeros((axis.length, plan.size[1]))
    within = begins - axis.base < axis.length
    if within.any():
        lines, since = lines.take(within), np.maximum(begins[within] - axis.base, 0)
        members, number = np.unique(lines.measure, return_inverse=True)
        lives = axis.alive(members) | (plan.assets.lifetime[members] == 0)
        amounts[:, members] = axis.levels(number, since, lines.mid) * lives
    return amounts[np.array(years) - axis.base], reasons, first
