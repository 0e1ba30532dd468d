"""Emissions for machines: the path, the targets and the carbon budgets as JSON."""

from math import isnan

import numpy as np

from model.carbon_budget import RunOut
from model.emission_result import Emissions
from model.inventory import Inventory
from model.results import Result


def emissions_json(result: Result, found: Emissions) -> dict:
    """The path until the last of the plan's years and its targets', t a year; None is unknown."""
    answer = {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "gas": None,
        "boundary": None,
        "source": None,
        "years": [],
        "targets": [],
        "apart": [],
    }
    path = found.path
    if path is None:
        return answer
    planned = path.planned()
    measures = path.wedges.total()
    ids = result.plan.tags["id"]
    return answer | {
        "gas": path.inventory.gas,
        "boundary": path.inventory.boundary,
        "source": source(path.inventory),
        "years": [
            {
                "year": int(path.years[row]),
                "business_as_usual": _number(path.usual.total[row]),
                "measures": _number(measures[row]),
                "planned": _number(planned[row]),
                "stored": _number(path.stored[row]),
            }
            for row in range(path.at(shown_until(found)) + 1)
        ],
        "targets": [
            {
                "name": each.aim.name,
                "year": each.aim.year,
                "boundary": each.aim.boundary,
                "gas": each.aim.gas or None,
                "level": each.distance.level,
                "obstacle": each.distance.obstacle,
                "missing": each.at_target,
                "more_measures": each.measures.count if each.measures else None,
                "largest_not_counted": [str(ids[i]) for i in each.measures.largest]
                if each.measures
                else [],
            }
            for each in found.targets
        ],
        "apart": [
            {
                "measure": str(ids[line.measure]),
                "indicator": line.indicator,
                "reason": line.reason,
                "gas": line.gas,
                "boundary": line.boundary,
                "tonnes": line.mid,
            }
            for line in path.wedges.apart
        ],
    }


def budgets_json(found: Emissions) -> list[dict]:
    """Every carbon budget by every method, t."""
    return [
        {
            "gas": each.stated.gas,
            "boundary": each.stated.boundary,
            "remaining": each.stated.remaining,
            "from_year": each.stated.from_year,
            "first_year_emission": each.first_year_emission,
            "methods": [
                {
                    "method": method,
                    "yearly_reduction": path.yearly_reduction,
                    "yearly_tonnes": path.yearly_tonnes,
                    "ends": path.ends,
                    "path": dict(zip(path.years, path.emissions, strict=True)),
                }
                for method, path in each.paths.items()
            ],
            "runs_out": {"usual": _out(each.usual), "plan": _out(each.plan)},
        }
        for each in found.budgets
    ]


def shown_until(found: Emissions) -> int:
    """The last year that is shown: the plan's last, or that of the last target."""
    years = [each.aim.year for each in found.targets if each.distance.obstacle != "passed"]
    last = max([int(found.plan.head.last_year), *years])
    return min(max(last, int(found.path.years[0]) + 1), int(found.path.years[-1]))


def source(inventory: Inventory) -> str:
    """Where an inventory's figures stand, as a key or the plan's own words."""
    return inventory.source if isinstance(inventory.source, str) else inventory.source.source


def _out(found: RunOut | None) -> int | str | None:
    if found is None or not found.known:
        return None
    return found.year or f"after {found.until}"


def _number(value: float | np.floating) -> float | None:
    return None if isnan(value) else float(value)
