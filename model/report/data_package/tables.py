"""What a data package holds: tables of the plan as entered, of its gap under the scenario, and of
the assumptions with their sources. Each column has a type and says what it is, with its unit.

Money is ``Decimal`` kronor, exact to the öre; other quantities are numbers. What is not known is
None. Descriptions are English msgids.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from model.language import note as noted
from model.owners import parts
from model.reference import reference
from model.report.view import View
from model.results import EXPECTED, READINGS
from model.rows import Measure
from model.years import year_label

Type = Literal["string", "integer", "money", "number", "boolean"]
Row = Sequence[object]


@dataclass(frozen=True)
class Field:
    """A column: its name, its type and what it is."""

    name: str
    type: Type
    says: str


@dataclass(frozen=True)
class Table:
    """A table: its name, what a row of it is, its columns and key, and where its rows come from."""

    name: str
    says: str
    fields: tuple[Field, ...]
    rows: Callable[[View], Iterator[Row]]
    key: tuple[str, ...] = ()
    measure_key: bool = True


_ID = Field("measure", "string", "id of the measure in the table measures")
_YEAR = Field("year", "string", "year; before: up to the plan's first year, later: after its last")
_PRICES = (
    Field("price_level", "string", "nominal, real or unknown"),
    Field("price_year", "integer", "year of the prices of a real amount"),
)
_VAT = Field("vat", "string", "excluded, included or unknown")
_SOURCE = Field("source_ref", "string", "workbook and cell, or document, that the row comes from")
_NOTE = Field("note", "string", "note")
_READING = Field("reading", "string", "what counts as covered: secured, planned or best_case")
_SEK = "kronor, exact to the öre"


def _span(what: Type, unit: str) -> tuple[Field, ...]:
    return tuple(Field(level, what, unit) for level in ("low", "mid", "high"))


def _attributes(table: tuple[Field, ...], row: object) -> Row:
    return [getattr(row, field.name) for field in table]


_MEASURE = (
    Field("id", "string", "id of the measure, unique in the plan"),
    Field("project_number", "string", "the municipality's own project number"),
    Field("name", "string", "name"),
    Field("description", "string", "description"),
    Field("sector", "string", "sector, a key"),
    Field("owner", "string", "who must invest, a key; see owner_shares where it is several"),
    Field("owner_kind", "string", "public, private or mixed"),
    Field("department", "string", "committee or company"),
    Field("district", "string", "part of the municipality or locality that it is for"),
    Field("financing_form", "string", "who pays in the end: tax, water, waste, district_heating"),
    Field("investment_type", "string", "new, reinvestment or adaptation"),
    Field("readiness", "string", "how far the decisions have come, a key"),
    Field("decision", "string", "decision: paragraph and date"),
    Field("starts", "string", "month that it starts, year-month"),
    Field("in_service", "string", "month that it is taken in service, year-month"),
    Field("lifetime_years", "integer", "years that it lasts"),
    Field("decided_total", "money", _SEK),
    Field("forecast_total", "money", _SEK),
    Field("spent", "money", _SEK),
    Field("green_category", "string", "category of green finance, a key"),
    Field("green_share", "number", "green share, 0 to 1"),
    _SOURCE,
    _NOTE,
)
_EXPENDITURE = (
    Field("kind", "string", "investment, avoided_investment or one_off_operating"),
    Field("scope", "string", "total, or incremental against business as usual"),
    _YEAR,
    *_span("money", _SEK),
    Field("paid", "boolean", "already paid"),
    *_PRICES,
    _VAT,
    _SOURCE,
    _NOTE,
)
_RUNNING = (
    Field("item", "string", "operation, maintenance, energy, rent, lease, income or other"),
    Field("department", "string", "committee or company"),
    _YEAR,
    Field("amount", "money", "kronor a year, negative where it saves"),
    Field("in_frame", "boolean", "the department's frame has been adjusted by it"),
    *_PRICES,
    _SOURCE,
    _NOTE,
)
_EFFECT = (
    Field("indicator", "string", "what changes, a key"),
    Field("unit", "string", "unit of the quantity, a key"),
    _YEAR,
    *_span("number", "quantity in the row's unit"),
    Field("basis", "string", "per_year, once or unclear"),
    Field("gas", "string", "co2e or fossil_co2"),
    Field("boundary", "string", "territorial, consumption or organisation"),
    Field("effect_group", "string", "joint effects with the same group are counted once"),
    _SOURCE,
    _NOTE,
)
_GRANT = (
    Field("source", "string", "source of money, a key"),
    Field("status", "string", "granted, applied or idea"),
    Field("probability", "number", "probability of an application, 0 to 1"),
    Field("eligible_expenditure", "money", _SEK),
    Field("share", "number", "share of the eligible expenditure, 0 to 1"),
    Field("reference", "string", "reference number"),
    Field("conditions", "string", "conditions"),
    _SOURCE,
)
_APPROPRIATION = (
    _YEAR,
    Field("basis", "string", "gross, or net of grants"),
    Field("status", "string", "decided, planned or requested"),
    Field("amount", "money", _SEK),
    Field("carry_over", "money", "kronor that a decision moves to the next year if unspent"),
    Field("decision", "string", "decision: paragraph and date"),
    _SOURCE,
)


def _of_measures(name: str, fields: tuple[Field, ...]) -> Callable[[View], Iterator[Row]]:
    """The rows of one list of every measure, with the measure's id before them."""

    def rows(view: View) -> Iterator[Row]:
        for measure in _measures(view):
            for row in getattr(measure, name):
                yield [measure.id, *_attributes(fields, row)]

    return rows


def _measures(view: View) -> tuple[Measure, ...]:
    return tuple(view.result.measures().values())


def _measure_rows(view: View) -> Iterator[Row]:
    return (_attributes(_MEASURE, measure) for measure in _measures(view))


def _grants(view: View) -> Iterator[Row]:
    for measure in _measures(view):
        for grant in measure.grants:
            yield [measure.id, grant.id, *_attributes(_GRANT, grant)]


def _payments(view: View) -> Iterator[Row]:
    for measure in _measures(view):
        for grant in measure.grants:
            for payment in grant.payments:
                yield [measure.id, grant.id, payment.year, payment.amount]


def readings(view: View) -> tuple[str, ...]:
    """The readings of the package: the mean over outcomes only where it is what was asked for."""
    return tuple(each for each in READINGS if each != EXPECTED or view.reading == EXPECTED)


def _gap(view: View) -> Iterator[Row]:
    plan = view.plan
    shared_out = parts(plan)
    for reading in readings(view):
        outcome = view.result.outcome(reading)
        need, gap, one_off, one_off_gap = (
            shared_out.of(table)
            for table in (outcome.need, outcome.gap, outcome.one_off, outcome.one_off_gap)
        )
        for row, part in np.argwhere((need != 0) | (one_off != 0)).tolist():
            amounts = (int(table[row, part]) for table in (need, gap, one_off, one_off_gap))
            needed, missing, beside, beside_missing = amounts
            yield [
                str(plan.tags["id"][shared_out.measure[part]]),
                str(shared_out.owner[part]),
                str(shared_out.actor_group[part]),
                int(plan.years[row]),
                reading,
                *map(_kronor, (needed, needed - missing, missing, beside, beside_missing)),
            ]


def _cover(view: View) -> Iterator[Row]:
    plan = view.plan
    for reading in readings(view):
        cover = view.result.outcome(reading).cover
        for place, row, status, source, amount in zip(
            cover.measure, cover.year, cover.status, cover.source, cover.amount, strict=True
        ):
            yield [
                str(plan.tags["id"][place]),
                int(plan.years[row]),
                reading,
                str(status),
                str(source),
                _kronor(int(amount)),
            ]


def _assumptions(view: View) -> Iterator[Row]:
    for key, assumption in view.result.assumptions().items():
        for value in assumption.values:
            yield [
                key,
                assumption.name_en if view.language == "en" else assumption.name,
                assumption.unit,
                value.since,
                value.low,
                value.central,
                value.high,
                value.text_en if view.language == "en" else value.text,
                None if value.price_year is None else str(value.price_year),
                value.status,
                value.source,
                value.source_ref,
                noted(value, view.language),
            ]


def _sources(view: View) -> Iterator[Row]:
    for key, source in reference().sources.items():
        yield [key, source.title, source.publisher, source.year, source.url]


def _kronor(ore: int) -> Decimal:
    return Decimal(ore).scaleb(-2)


TABLES = (
    Table(
        "measures",
        "The measures of the plan as entered, one a row",
        _MEASURE,
        _measure_rows,
        ("id",),
        measure_key=False,
    ),
    Table(
        "owner_shares",
        "Who pays which part of a measure with several owners",
        (
            _ID,
            Field("owner", "string", "owner, a key"),
            Field("share", "number", "part of the expenditure, 0 to 1"),
        ),
        _of_measures("owner_shares", (Field("owner", "string", ""), Field("share", "number", ""))),
    ),
    Table(
        "expenditures",
        "What is to be paid for a measure, as entered, one kind and year a row",
        (_ID, *_EXPENDITURE),
        _of_measures("expenditures", _EXPENDITURE),
    ),
    Table(
        "running_costs",
        "Yearly change in running cost, as entered",
        (_ID, *_RUNNING),
        _of_measures("running_costs", _RUNNING),
    ),
    Table(
        "effects",
        "What a measure changes, as it says itself",
        (_ID, *_EFFECT),
        _of_measures("effects", _EFFECT),
    ),
    Table(
        "grants",
        "Grants of a measure, as entered",
        (_ID, Field("grant", "string", "id of the grant within its measure"), *_GRANT),
        _grants,
        ("measure", "grant"),
    ),
    Table(
        "payments",
        "What a grant pays by year, as entered",
        (
            _ID,
            Field("grant", "string", "id of the grant within its measure"),
            _YEAR,
            Field("amount", "money", _SEK),
        ),
        _payments,
        ("measure", "grant", "year"),
    ),
    Table(
        "appropriations",
        "The council's decisions to spend, as entered",
        (_ID, *_APPROPRIATION),
        _of_measures("appropriations", _APPROPRIATION),
    ),
    Table(
        "gap",
        "Need, cover and gap under the scenario, nominal, by measure, owner, year and reading. "
        "Only the municipal group has a financing gap; never add readings",
        (
            _ID,
            Field("owner", "string", "owner, a key"),
            Field("actor_group", "string", "municipal_group, other or shared"),
            _YEAR,
            _READING,
            Field("need", "money", "investment need, kronor"),
            Field("covered", "money", "what money of the reading covers of the need, kronor"),
            Field("gap", "money", "need less covered, kronor"),
            Field("one_off", "money", "one-off operating expenditure, beside the need, kronor"),
            Field("one_off_gap", "money", "what of it has no money, kronor"),
        ),
        _gap,
        ("measure", "owner", "year", "reading"),
    ),
    Table(
        "cover",
        "Which money covers the need under the scenario; never add readings",
        (
            _ID,
            _YEAR,
            _READING,
            Field("status", "string", "paid, granted, decided, planned, applied or idea"),
            Field("source", "string", "source of money, a key"),
            Field("amount", "money", _SEK),
        ),
        _cover,
    ),
    Table(
        "assumptions",
        "Assumptions with their sources, one dated value a row",
        (
            Field("assumption", "string", "key of the assumption"),
            Field("name", "string", "name"),
            Field("unit", "string", "unit of the value, a key"),
            Field("from", "integer", "first year that the value is in force"),
            Field("low", "number", "quantity in the row's unit"),
            Field("central", "number", "quantity in the row's unit"),
            Field("high", "number", "quantity in the row's unit"),
            Field("text", "string", "the rule, where it is no number"),
            Field("price_year", "string", "year of the prices; nominal or unknown"),
            Field("status", "string", "verified, unverified or the plan's own (stated)"),
            Field("source", "string", "key of the source in the table sources"),
            Field("source_ref", "string", "place in the source"),
            _NOTE,
        ),
        _assumptions,
        ("assumption", "from"),
        measure_key=False,
    ),
    Table(
        "sources",
        "The documents that figures come from",
        (
            Field("source", "string", "key of the source"),
            Field("title", "string", "title"),
            Field("publisher", "string", "publisher"),
            Field("year", "string", "year of publication"),
            Field("url", "string", "address"),
        ),
        _sources,
        ("source",),
        measure_key=False,
    ),
)


def value_of(field: Field, value: object) -> object:
    """A value as its type: None where it is not known or empty."""
    if value is None or value == "":
        return None
    match field.type:
        case "string":
            return year_label(int(value)) if field is _YEAR else str(value)
        case "integer":
            return int(value)  # type: ignore[call-overload]
        case "money":
            return Decimal(str(value)).quantize(Decimal("0.01"))
        case "number":
            return float(value)  # type: ignore[arg-type]
        case _:
            return bool(value)
