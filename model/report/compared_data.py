"""Scenarios compared as data: what ``python -m model compare --json`` answers, and its lines."""

from model.compared import Comparison
from model.difference import Difference
from model.money import kronor_text
from model.report import words
from model.report.compared import difference_title, label, order_says, step_says, steps_of
from model.results import Result

# What steps may be of.
STEPS = ("gap", "tonnes")


def answer(comparison: Comparison) -> dict:
    """Everything that is compared, for a machine: kronor as text, tonnes and years as numbers,
    null where not known; and the steps from the first scenario to each of the others."""
    first, *others = comparison.results
    return {
        "plan": first.base.head.id,
        "version": first.base.version,
        "reading": comparison.reading,
        "scenarios": [
            {"id": each.scenario.id, "name": words.scenario(each.scenario, "en")}
            for each in comparison.results
        ],
        "lines": [
            {
                "key": line.key,
                "label": label(line, comparison, "en"),
                "unit": "SEK" if line.unit in ("nominal", "real") else line.unit,
                "price_years": list(line.price_years),
                "year": line.year,
                "amounts": [
                    {
                        "mid": _plain(line.unit, amount.mid),
                        "low": _plain(line.unit, amount.low),
                        "high": _plain(line.unit, amount.high),
                        "from_below": amount.from_below,
                        "partly": amount.partly,
                    }
                    for amount in line.amounts
                ],
                "differences": [_plain(line.unit, change) for change in line.differences],
            }
            for line in comparison.lines
        ],
        "steps": [
            _steps(steps_of(of, first, other, comparison), of, first)
            for other in others
            for of in STEPS
        ],
    }


def lines(said: dict) -> str:
    """The answer for a reader at a terminal."""
    names = [each["id"] for each in said["scenarios"]]
    rows = [f"{said['plan']}, version {said['version']}, reading {said['reading']}"]
    for line in said["lines"]:
        rows.append(line["label"].replace("MSEK", "SEK"))
        for name, amount, change in zip(names, line["amounts"], line["differences"], strict=True):
            span = f"  {amount['low']} to {amount['high']}" if amount["low"] is not None else ""
            rows.append(f"  {name:28}{_cell(amount['mid']):>20}{_cell(change, True):>20}{span}")
    for found in said["steps"]:
        rows += ["", f"{found['of']}: {found['title']}", f"  {found['order']}"]
        rows.append(f"  {_cell(found['start']):>20}  {found['from']}")
        for step in found["steps"]:
            alone = f"  (by itself {_cell(step['alone'], True)})" if step["order_matters"] else ""
            rows.append(f"  {_cell(step['change'], True):>20}  {step['says']}{alone}")
        rows.append(f"  {_cell(found['end']):>20}  {found['to']}")
    return "\n".join(rows)


def _steps(found: Difference, of: str, result: Result) -> dict:
    unit = "nominal" if of == "gap" else "tonnes"
    return {
        "of": of,
        "unit": "SEK" if of == "gap" else "t",
        "from": found.before.id,
        "to": found.after.id,
        "title": difference_title(found, of, result, "en"),
        "order": order_says(found, "en"),
        "start": _plain(unit, found.start),
        "end": _plain(unit, found.end),
        "change": _plain(unit, found.change),
        "steps": [
            {
                "how": step.how,
                "part": step.part and step.part.model_dump(mode="json"),
                "says": step_says(step, result, "en"),
                "before": _plain(unit, step.before),
                "after": _plain(unit, step.after),
                "change": _plain(unit, step.change),
                "alone": _plain(unit, step.alone),
                "order_matters": step.order_matters,
            }
            for step in found.steps
        ],
    }


def _plain(unit: str, amount: int | float | None) -> str | int | float | None:
    return kronor_text(amount) if unit in ("nominal", "real") and amount is not None else amount


def _cell(amount: str | int | float | None, sign: bool = False) -> str:
    if amount is None:
        return "unknown"
    text = amount if isinstance(amount, str) else f"{amount:.1f}".removesuffix(".0")
    return f"+{text}" if sign and float(text) > 0 else text
