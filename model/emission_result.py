"""Emissions of a plan put together: its path, how far it is to each target, and its carbon budget.

What a user may choose is a :class:`Choice`; everything here follows from it and the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np

from model.business_as_usual import TREND_YEARS, default_rows, usual
from model.carbon_budget import (
    LAST_YEAR,
    METHODS,
    BudgetPath,
    RunOut,
    carbon_budget_path,
    runs_out,
)
from model.emission_paths import EmissionPath, counted_from, wedges
from model.emission_rows import EmissionBudget
from model.entries import CarbonBudget, Municipality, Sourced
from model.errors import InvalidData
from model.horizon import Horizon
from model.inventory import Inventory, inventories
from model.plan import Plan
from model.prices import Deflator
from model.rows import PlanDocument
from model.targets import Aim, Distance, aims, distance

UNTIL = 2060
TREND_ASSUMPTION = "emissions/trend_years"
UsualChoice = Literal["own", "trend", "level"]


@dataclass(frozen=True)
class Choice:
    """What is looked at. Empty ``gas`` and ``boundary``: the first inventory; ``usual`` ``own`` is
    the plan's own choice of business as usual, by trend where it has none. ``stage`` is the
    readiness from which measures count, empty for all."""

    gas: str = ""
    boundary: str = ""
    usual: UsualChoice = "own"
    stage: str = ""


AS_CHOSEN = Choice()


@dataclass(frozen=True)
class InMeasures:
    """A distance in tonnes, as measures.

    ``average`` is what the counted measures that do something lower by in the target's year, each
    on average, and ``count`` how many more of that size would do. ``largest`` are the measures not
    counted, largest first, that together would do (indices into the plan), or all of them where
    they do not: then ``short`` tonnes are still missing.
    """

    average: float | None
    count: int | None
    largest: tuple[int, ...]
    short: float


@dataclass(frozen=True, eq=False)
class TargetPath:
    """A target with the path: (years,) what is ``left`` to its level, None where not comparable.

    ``at_target`` is that in the target's own year, and ``measures`` the same as measures.
    """

    distance: Distance
    left: np.ndarray | None = None
    at_target: float | None = None
    measures: InMeasures | None = None

    @property
    def aim(self) -> Aim:
        """The target itself."""
        return self.distance.target


@dataclass(frozen=True)
class StatedBudget:
    """A carbon budget, the plan's own or published. ``source`` as for an inventory."""

    gas: str
    boundary: str
    remaining: float
    from_year: int
    first_year_emission: float | None
    end_year: int
    note: str = ""
    temperature: float | None = None
    source: Sourced | str = ""


@dataclass(frozen=True)
class Budget:
    """A carbon budget by every method, or why a method has no path.

    ``usual`` and ``plan`` say when it runs out, None where the plan has no emissions of its gas
    and boundary.
    """

    stated: StatedBudget
    first_year_emission: float | None
    paths: dict[str, BudgetPath]
    refused: dict[str, InvalidData]
    usual: RunOut | None
    plan: RunOut | None


@dataclass(frozen=True, eq=False)
class Emissions:
    """A plan's emissions. ``path`` is None where there is no inventory to begin from."""

    plan: Plan
    choice: Choice
    found: tuple[Inventory, ...]
    path: EmissionPath | None
    targets: tuple[TargetPath, ...]
    budgets: tuple[Budget, ...]
    chosen_usual: bool

    @property
    def comparable(self) -> tuple[TargetPath, ...]:
        """The targets that the path can be compared with, by year."""
        return tuple(each for each in self.targets if each.at_target is not None)


def emissions(
    plan: Plan,
    document: PlanDocument,
    municipality: Municipality | None,
    stages: Sequence[str],
    prices: Deflator,
    choice: Choice = AS_CHOSEN,
    trend_years: int = TREND_YEARS,
) -> Emissions:
    """The emissions of ``plan`` (under a scenario) whose rows are ``document``.

    ``municipality`` is the plan's own in the reference data, ``stages`` the keys of readiness in
    order. NotFound is never raised: what is missing is None in the result.
    """
    found = inventories(document.baseline, municipality and municipality.baseline)
    wanted = aims(document.emission_targets, municipality.targets if municipality else ())
    horizon = Horizon(plan, prices)
    counted = counted_from(plan, stages, choice.stage)

    def path_of(inventory: Inventory) -> EmissionPath:
        years = np.arange(inventory.latest, max(UNTIL, inventory.latest) + 1)
        rows = document.business_as_usual
        if choice.usual != "own":
            rows = default_rows(inventory, choice.usual)
        without = usual(inventory, years, rows, document.emission_series, trend_years)
        with_measures = wedges(plan, horizon, inventory, years, counted, document.interactions)
        return EmissionPath(inventory, without, with_measures)

    chosen = next(
        (
            each
            for each in found
            if choice.gas in ("", each.gas) and choice.boundary in ("", each.boundary)
        ),
        None,
    )
    path = path_of(chosen) if chosen else None
    targets = tuple(target_path(aim, path) for aim in wanted) if path else ()
    paths = {each.of: path if each is chosen else None for each in found}

    def budget_path(of: tuple[str, str]) -> EmissionPath | None:
        for each in found:
            if each.of == of:
                return paths[of] or path_of(each)
        return None

    budgets = tuple(
        budget(each, budget_path((each.gas, each.boundary)))
        for each in _budgets(document.emission_budgets, municipality)
    )
    own = (
        any((row.gas, row.boundary) == chosen.of for row in document.business_as_usual)
        if (chosen)
        else False
    )
    return Emissions(plan, choice, found, path, targets, budgets, own)


def target_path(aim: Aim, path: EmissionPath) -> TargetPath:
    """A target against a path: what is missing every year, and in the target's year as measures."""
    found = distance(aim, path.inventory)
    if found.level is None or not path.years[0] <= aim.year <= path.years[-1]:
        return TargetPath(found)
    stored = path.stored if found.net else 0.0
    left = np.maximum(path.planned() - stored - found.level, 0.0)
    row = path.at(aim.year)
    if np.isnan(left[row]):
        return TargetPath(found, left)
    missing = float(left[row])
    return TargetPath(found, left, missing, in_measures(path, row, missing))


def in_measures(path: EmissionPath, row: int, missing: float) -> InMeasures:
    """What ``missing`` tonnes in a year are as measures, see :class:`InMeasures`."""
    tonnes, counted = path.wedges.mid[row], path.wedges.counted
    doing = tonnes[counted & (tonnes > 0)]
    average = float(doing.mean()) if len(doing) else None
    count = ceil(missing / average - 1e-9) if average else None
    largest, short = [], missing
    for measure in np.argsort(-tonnes, kind="stable"):
        if counted[measure] or tonnes[measure] <= 0 or short <= 0:
            continue
        largest.append(int(measure))
        short -= float(tonnes[measure])
    return InMeasures(average, count, tuple(largest), max(short, 0.0))


def budget(stated: StatedBudget, path: EmissionPath | None) -> Budget:
    """A budget by every method, and when a path of its gas uses it up. InvalidData for another gas.

    Where the first year's emission is not said, it is that of the path without the plan.
    """
    first = stated.first_year_emission
    if first is None and path is not None and stated.from_year in path.years:
        without = float(path.usual.total[path.at(stated.from_year)])
        first = None if np.isnan(without) else without
    paths, refused = {}, {}
    for method in METHODS if first is not None else ():
        try:
            paths[method] = carbon_budget_path(
                stated.remaining,
                stated.from_year,
                first,
                max(stated.end_year, LAST_YEAR),
                method,
                stated.end_year,
            )
        except InvalidData as error:
            refused[method] = error
    outs = [None, None]
    if path is not None:
        outs = [
            runs_out(
                stated.remaining,
                stated.from_year,
                path.years,
                emitted,
                gas=stated.gas,
                of_gas=path.inventory.gas,
            )
            for emitted in (path.usual.total, path.planned())
        ]
    return Budget(stated, first, paths, refused, *outs)


def _budgets(
    rows: Sequence[EmissionBudget], municipality: Municipality | None
) -> list[StatedBudget]:
    """The plan's own budgets, or the published one of its municipality."""
    if rows:
        return [
            StatedBudget(
                row.gas,
                row.boundary,
                float(row.remaining),
                row.from_year,
                None if row.first_year_emission is None else float(row.first_year_emission),
                row.last_year or LAST_YEAR,
                row.note,
                source=row.source_ref,
            )
            for row in rows
        ]
    said = municipality.carbon_budget if municipality else None
    return [published_budget(said)] if said else []


def published_budget(said: CarbonBudget) -> StatedBudget:
    """A carbon budget of ``data/municipalities``."""
    return StatedBudget(
        said.gas,
        said.boundary,
        float(said.remaining),
        said.remaining_from,
        float(said.first_year_emission),
        LAST_YEAR,
        said.note,
        float(said.temperature),
        said,
    )
