"""Plans made of a few measures, through the real store."""

from decimal import Decimal

import pytest

from model import commands
from model.results import Result, results
from model.rows import (
    Appropriation,
    Expenditure,
    Grant,
    Measure,
    Payment,
    PlanDocument,
    PlanHead,
)
from model.scenario import AS_IS, Scenario

HEAD = {
    "id": "prov",
    "name": "Prov",
    "municipality": "2480",
    "base_year": 2025,
    "first_year": 2026,
    "last_year": 2028,
    "system_boundary": "municipal_group",
}


def grant(key: str, payments: dict, status: str = "granted", **fields) -> Grant:
    """A grant from Klimatklivet of so many kronor by year."""
    return Grant(
        id=key,
        source=fields.pop("source", "klimatklivet"),
        status=status,
        payments=tuple(Payment(year=year, amount=amount) for year, amount in payments.items()),
        **fields,
    )


def appropriation(year: int, amount: int, status: str = "decided", **fields) -> Appropriation:
    """A net appropriation, unless the fields say otherwise."""
    return Appropriation(year=year, amount=amount, status=status, **fields)


def measure(key: str = "a", need: dict | None = None, **fields) -> Measure:
    """A municipal measure that costs so many kronor by year."""
    spent = tuple(Expenditure(year=year, mid=amount) for year, amount in (need or {}).items())
    fields.setdefault("expenditures", spent)
    tags = {"sector": "transport", "owner": "municipality", "owner_kind": "public"}
    return Measure(id=key, name=f"Åtgärd {key}", **{**tags, **fields})


@pytest.fixture
def result_of(store):
    """Results of a plan of the given measures under a scenario."""

    def made(*measures: Measure, scenario: Scenario = AS_IS, **document) -> Result:
        head = {**HEAD, **document.pop("head", {})}
        plan = PlanDocument(plan=PlanHead(**head), measures=measures, **document)
        commands.create_plan(plan, "provaren", store=store)
        return results(head["id"], scenario, store)

    return made


def kronor(ore: int) -> Decimal:
    """Öre as kronor, to compare with what the test wrote."""
    return Decimal(int(ore)) / 100


def by_year(table) -> list[Decimal]:
    """(years, measures) öre as kronor per year."""
    return [kronor(amount) for amount in table.sum(axis=1)]
