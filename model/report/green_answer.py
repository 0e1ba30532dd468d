"""Green finance for the command line: the tables as JSON, and the same to be read."""

from fractions import Fraction

from model.green_result import GreenFinance
from model.money import kronor_text
from model.report import green_tables as tables
from model.report.green_tables import Kind, Listed, Value
from model.results import Result

_WIDEST = 30


def answer(result: Result, found: GreenFinance) -> dict:
    """Every table by its columns' names: kronor as exact decimals, shares and tonnes as numbers,
    null for what is not known."""
    terms = found.terms
    listed = {name: table(found, "en") for name, table in tables.TABLES.items()}
    listed["restatements"] = tables.restatements(result.document().green_reports, found, "en")
    return {
        "plan": result.base.head.id,
        "version": result.base.version,
        "unit": "SEK",
        "on": terms.on.isoformat(),
        "mode": terms.mode,
        "framework": terms.framework,
        "look_back_months": terms.look_back_months,
        "denominator": terms.denominator,
        "grid_factor": terms.grid_factor,
        "eligible": kronor_text(found.eligible),
        "allocated": kronor_text(found.allocated),
        "left": kronor_text(found.left),
        "tonnes": found.tonnes,
        **{name: _rows(table) for name, table in listed.items()},
        "findings": [
            {"severity": each.severity, "code": each.code, "ref": each.ref, "message": each.message}
            for each in found.findings
        ],
    }


def show(answer: dict) -> str:
    """The two reports and what waits, in lines."""
    said = [
        f"{answer['plan']}, {answer['mode']}, {answer['framework']}, {answer['on']}, SEK",
        f"eligible {answer['eligible']}, allocated {answer['allocated']}, left {answer['left']}",
    ]
    for name in ("approvals", "allocation", "impact", "unallocated"):
        said.append(name)
        said += [
            "  " + " | ".join("unknown" if each is None else str(each)[:_WIDEST] for each in row)
            for row in (list(row.values()) for row in answer[name])
        ]
    said += [f"{each['severity']} {each['ref']}: {each['message']}" for each in answer["findings"]]
    return "\n".join(said)


def _rows(listed: Listed) -> list[dict]:
    return [
        {
            column.name: _value(value, column.kind)
            for column, value in zip(listed.columns, row, strict=True)
        }
        for row in listed.rows
    ]


def _value(value: Value, kind: Kind) -> str | float | None:
    if kind == "amount" and isinstance(value, int):
        return kronor_text(value)
    return float(value) if isinstance(value, Fraction) else value
