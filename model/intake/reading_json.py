"""A reading as the command line gives it: amounts are decimal strings in kronor, years are keys."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from model.errors import Violation
from model.intake.table import Column, Table, Unit
from model.rows import Measure
from model.years import BEFORE, year_label

if TYPE_CHECKING:
    from model.intake.reading import Reading


def as_json(reading: "Reading") -> dict:
    """Everything that a reading says, with keys that stay."""
    named: dict[str, list[dict]] = {}
    for found in reading.funding:
        named.setdefault(found.measure_id, []).append(
            {
                "source": found.source,
                "year": None if found.year is None else year_label(found.year),
                "amount": None if found.amount is None else _kronor(found.amount),
                "status": found.status,
            }
        )
    return {
        "file": {
            "name": reading.file.name,
            "sha256": reading.file.sha256,
            "format": reading.format,
        },
        "unit": {
            "factor": _plain(reading.unit.factor),
            "evidence": reading.unit.evidence,
            "currency": reading.unit.currency,
        },
        "tables": [_table(table) for table in reading.tables],
        "measures": [
            _measure(measure, reading, named.get(measure.id, [])) for measure in reading.measures
        ],
        "excluded": [{"ref": left.ref, "reason": left.reason} for left in reading.excluded],
        "violations": [_violation(found) for found in reading.violations],
        "totals": _as_text(reading.totals),
        "sums": [
            {
                "ref": sum_.ref,
                "label": sum_.label,
                "year": sum_.year,
                "flow": sum_.flow,
                "stated": _kronor(sum_.stated),
                "found": _kronor(sum_.found),
                "difference": _kronor(sum_.difference),
            }
            for sum_ in reading.sums
        ],
        "reconciliation": {
            "numbers": reading.numbers,
            "imported": reading.imported,
            "excluded": len(reading.excluded),
        },
        "balance": {
            year_label(year.year): {
                "uses": _kronor(year.uses),
                "sources": _kronor(year.sources),
                "difference": _kronor(year.difference),
                "kinds": _as_text(year.kinds),
            }
            for year in reading.balance
        },
        "pooled": [
            {
                "name": each.name,
                "number": each.number,
                "source": each.source,
                "year": year_label(each.year),
                "amount": _kronor(each.amount),
                "source_ref": each.source_ref,
            }
            for each in reading.pooled
        ],
        "fingerprint": reading.fingerprint,
        "notes": [note.text for note in reading.notes],
    }


def _violation(found: Violation) -> dict:
    said = {
        "severity": found.severity,
        "code": found.code,
        "ref": found.ref,
        "message": found.message,
    }
    if found.question is not None:
        said |= {"choices": list(found.question.choices), "flag": found.question.flag}
    return said


def _table(table: Table) -> dict:
    return {
        "sheet": table.sheet.title,
        "header": list(table.header),
        "rows": [table.header[-1] + 1, table.end - 1],
        "shape": table.shape,
        "department": table.department,
        "columns": [_column(column) for column in (*table.columns, *table.unknown)],
        "unit": None
        if table.unit is None
        else _unit(table.unit) | {"because": table.unit_because.text},
        "sign": {
            "expenditure": "negative" if table.flipped else "positive",
            "because": table.sign_because.text,
        },
        "fingerprint": table.fingerprint,
    }


def _column(column: Column) -> dict:
    said = {
        "letter": column.letter,
        "heading": column.heading,
        "role": column.role,
        "year": column.year,
        "stage": column.stage,
        "flow": column.flow,
        "confidence": column.confidence,
        "because": column.because.text,
    }
    return said if column.unit is None else said | {"unit": _unit(column.unit)}


def _unit(unit: Unit) -> dict:
    return {
        "factor": _plain(unit.factor),
        "evidence": unit.evidence,
        "currency": unit.currency,
    }


def _measure(measure: Measure, reading: "Reading", named: list[dict]) -> dict:
    rows = measure.expenditures
    invested = [e for e in rows if e.kind == "investment" and e.scope == "total"]
    known = [e for e in invested if e.mid is not None]
    ranged = [e for e in known if e.low is not None]
    operating = [e for e in rows if e.kind == "one_off_operating" and e.mid is not None]
    decided = [row for row in measure.appropriations if row.status == "decided"]
    carried = sum((row.carry_over for row in decided), Decimal(0))
    paid = [e.mid for e in rows if e.paid and e.year == BEFORE and e.mid is not None]
    start, end = reading.dates.get(measure.id, ("", measure.in_service))
    return {
        "name": measure.name,
        "number": measure.project_number,
        "department": measure.department,
        "district": measure.district,
        "sector": measure.sector,
        "owner": measure.owner,
        "owner_kind": measure.owner_kind,
        "financing_form": measure.financing_form,
        "readiness": measure.readiness,
        "green_category": measure.green_category,
        "green": measure.green,
        "climate_marked": measure.climate_marked,
        "investment": _yearly((e.year, e.mid) for e in known),
        "investment_low": _yearly((e.year, e.low) for e in ranged),
        "investment_high": _yearly((e.year, e.high) for e in ranged if e.high is not None),
        "one_off_operating": _yearly((e.year, e.mid) for e in operating),
        "appropriation": _yearly((row.year, row.amount) for row in decided),
        "planned": _yearly(
            (row.year, row.amount) for row in measure.appropriations if row.status == "planned"
        ),
        "carry_over": _kronor(carried) if carried else None,
        "decided_total": _optional(measure.decided_total),
        "forecast_total": _optional(measure.forecast_total),
        "spent": _optional(
            measure.spent if measure.spent is not None else sum(paid) if paid else None
        ),
        "running_cost": _yearly((row.year, row.amount) for row in measure.running_costs),
        "funding": [
            {
                "source": grant.source,
                "year": year_label(payment.year),
                "amount": _kronor(payment.amount),
                "status": grant.status,
            }
            for grant in measure.grants
            for payment in grant.payments
        ]
        + named,
        "effects": [
            {
                "indicator": effect.indicator,
                "low": _plain(effect.low),
                "mid": _plain(effect.mid),
                "high": _plain(effect.high),
                "unit": effect.unit,
                "basis": effect.basis,
                "text": effect.note,
            }
            for effect in measure.effects
        ],
        "start": start,
        "end": end,
        "flags": list(measure.flags),
        "cost_text": reading.cost_texts.get(measure.id, ""),
        "source_ref": measure.source_ref,
        "cells": {
            year_label(e.year): e.source_ref.removeprefix(f"{reading.file.name}!")
            for e in known
            if e.source_ref
        },
    }


def _yearly(amounts: Iterable[tuple[int, Decimal]]) -> dict[str, str]:
    """Kronor by year label, in order of year."""
    sums: dict[int, Decimal] = {}
    for year, amount in amounts:
        sums[year] = sums.get(year, Decimal(0)) + amount
    return {year_label(year): _kronor(sums[year]) for year in sorted(sums)}


def _as_text(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {year: _kronor(amount) for year, amount in amounts.items()}


def _kronor(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _optional(amount: Decimal | None) -> str | None:
    return None if amount is None else _kronor(amount)


def _plain(number: Decimal | None) -> int | str | None:
    """A number that is no money: whole ones as they are, others as decimal strings."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else f"{number.normalize():f}"
