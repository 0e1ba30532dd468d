"""Economics as data: what ``python -m model economics --json`` answers, and its lines of text.

Amounts of the bridge are exact kronor as text; the figures of the appraisal are numbers to compare
by, ``null`` where ``reasons`` says why.
"""

import numpy as np

from model.appraisal import FIGURES, PACKAGES, Economics
from model.cost_curve import CostCurve
from model.money import kronor_text
from model.results import Result, View

_STEPS = ("need", "anyway", "budgeted", "not_said", "new", "climate", "new_climate", "avoided")


def answer(result: Result, view: View, *, tax_factor: bool, reading: str) -> dict:
    """Everything of :meth:`Result.economics`, the cost curve and the bridge."""
    found = result.economics(view, tax_factor=tax_factor, reading=reading)
    ids = result.plan.tags["id"].tolist()
    packages = {}
    for tag in PACKAGES:
        keys, together, figures = found.by(tag)
        packages[tag] = [
            {"key": key, "measures": _counted(together, place), **_figures(figures, place)}
            for place, key in enumerate(keys)
        ]
    together, whole = found.whole
    return {
        "plan": result.plan.head.id,
        "scenario": result.scenario.id,
        "view": view,
        "reading": reading,
        "unit": "SEK",
        "rate": found.rate,
        "tax_factor": found.tax_factor,
        "base_year": result.plan.head.base_year,
        "price_year": found.prices.price_year or None,
        "price_index": found.prices.basis,
        "years_without_index": list(found.prices.lacking),
        "measures": [
            {"id": key, **_figures(found.measures, place)} for place, key in enumerate(ids)
        ],
        "packages": packages,
        "whole": {"measures": _counted(together, 0), **_figures(whole, 0)},
        "cost_curve": _curve(result.cost_curve(view, tax_factor=tax_factor, reading=reading), ids),
        "bridge": bridge(result),
    }


def bridge(result: Result) -> dict:
    """The municipal group's bridge from need to what is new, kronor, with what nobody has said."""
    found = result.bridge()
    return {
        **{step: kronor_text(found.total(step)) for step in _STEPS},
        "need_less_avoided": kronor_text(found.net),
        "measures_without_alternative": int(found.unsaid.sum()),
        "measures_without_climate_share": int(found.climate_unsaid.sum()),
        "measures_without_expenditure": int(found.unknown.sum()),
    }


def lines(said: dict) -> str:
    """The answer for a reader at a terminal."""
    head = (
        f"{said['plan']}, scenario {said['scenario']}, view {said['view']}, "
        f"rate {said['rate']:.4f}, tax factor {said['tax_factor']}, "
        f"prices of {said['price_year'] or 'unknown year'}, SEK"
    )
    columns = ("net_present_value", "internal_rate", "payback", "cost_per_tonne")
    rows = [f"{'':24}" + "".join(f"{column:>20}" for column in columns)]
    for entry in (*said["measures"], {"id": "the whole plan", **said["whole"]}):
        cells = [
            f"{entry[column]:>20.4f}"
            if entry[column] is not None
            else f"{entry['reasons'][column]:>20}"
            for column in columns
        ]
        rows.append(f"{entry['id']:24}" + "".join(cells))
    steps = [f"{step:24}{amount:>20}" for step, amount in said["bridge"].items()]
    return "\n".join([head, *rows, "", *steps])


def _figures(found: Economics, place: int) -> dict:
    figures = {name: float(getattr(found, name)[place]) for name in FIGURES}
    return {
        **{name: None if np.isnan(value) else value for name, value in figures.items()},
        "reasons": {
            name: str(found.reasons[name][place]) for name in FIGURES if found.reasons[name][place]
        },
    }


def _counted(together, place: int) -> int:
    return int(together.counted[:, place].sum())


def _curve(curve: CostCurve, ids: list[str]) -> dict:
    def steps(listed) -> list[dict]:
        return [
            {
                "measures": [ids[measure] for measure in step.measures],
                "cost_per_tonne": step.cost_per_tonne,
                "tonnes_a_year": step.tonnes,
                "net_present_value": step.net_present_value,
            }
            for step in listed
        ]

    return {
        "costing": steps(curve.costing),
        "paying": steps(curve.paying),
        "left_out": [
            {"measures": [ids[measure] for measure in left.measures], "reason": left.reason}
            for left in curve.left_out
        ],
    }
