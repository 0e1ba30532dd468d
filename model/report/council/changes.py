"""Förändring mot förra versionen: new, taken away, later, dearer or cheaper, and the net of it.

Two versions of the plan as entered are compared, without any scenario: what the council was shown,
and what it is asked to decide now. Amounts are the investment of the whole measure, nominal or as
entered.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from model.language import DEFAULT, Language, translate
from model.money import to_ore
from model.report.council.grid import Builder, Column, Grid, Value
from model.rows import Measure
from model.years import BEFORE, is_calendar_year

KINDS = {
    "new": "New",
    "gone": "Taken away",
    "later": "Later",
    "earlier": "Earlier",
    "dearer": "Dearer",
    "cheaper": "Cheaper",
    "known": "Amount now known",
    "unknown": "Amount no longer known",
}


@dataclass(frozen=True)
class Change:
    """How one measure differs. Amounts are öre, None where not known; years those of the first
    payment."""

    kind: str
    measure: Measure
    before: int | None
    after: int | None
    first_before: int | None
    first_after: int | None


def changes(old: Mapping[str, Measure], new: Mapping[str, Measure]) -> list[Change]:
    """Every measure that is new, gone, moved in time or of another amount, by kind.

    A measure that is both later and dearer stands once under each; only one of the two carries the
    difference.
    """
    found = [
        *(
            Change("new", m, None, _total(m), None, _first(m))
            for k, m in new.items()
            if k not in old
        ),
        *(
            Change("gone", m, _total(m), None, _first(m), None)
            for k, m in old.items()
            if k not in new
        ),
    ]
    for key in (key for key in new if key in old):
        found += _of_both(old[key], new[key])
    order = list(KINDS)
    return sorted(found, key=lambda change: (order.index(change.kind), change.measure.name))


def changes_since(
    old: Mapping[str, Measure], new: Mapping[str, Measure], language: Language = DEFAULT
) -> Grid:
    """The changes as a table, with the net of all at the bottom."""

    def say(text: str, **fields: object) -> str:
        return translate(text, language, **fields)

    builder = Builder(
        say("Change since the earlier version"),
        (
            Column(say("Project"), "text"),
            Column(say("Change"), "text"),
            Column(say("First year before"), "text"),
            Column(say("First year now"), "text"),
            Column(say("Before")),
            Column(say("Now")),
            Column(say("Difference")),
        ),
    )
    rows = []
    for change in changes(old, new):
        moved = change.kind in ("later", "earlier")
        rows.append(
            builder.row(
                [
                    change.measure.name,
                    say(KINDS[change.kind]),
                    _year(change.first_before),
                    _year(change.first_after),
                    "" if change.kind == "new" else change.before,
                    "" if change.kind == "gone" else change.after,
                    0 if moved else _difference(change),
                ],
                change.measure.id if change.kind != "gone" else "",
            )
        )
    if rows:
        place = builder.sum(say("Net"), rows, "total")
        # What stands before and now is not of all measures, and a moved one may stand twice.
        total = builder.rows[place]
        values = (*total.values[:4], "", "", total.values[6])
        builder.rows[place] = type(total)(values, "total", total.of)
    return builder.grid(say("Amounts are the whole measure's investment, as entered."))


def _of_both(old: Measure, new: Measure) -> list[Change]:
    before, after = _total(old), _total(new)
    first_before, first_after = _first(old), _first(new)
    found = []

    def add(kind: str) -> None:
        found.append(Change(kind, new, before, after, first_before, first_after))

    if before is not None and after is not None and before != after:
        add("dearer" if after > before else "cheaper")
    elif before is None and after is not None:
        add("known")
    elif before is not None and after is None:
        add("unknown")
    if first_before and first_after and first_before != first_after:
        add("later" if first_after > first_before else "earlier")
    return found


def _difference(change: Change) -> Value:
    if change.kind == "new":
        return change.after
    if change.kind == "gone":
        return None if change.before is None else -change.before
    if change.before is None or change.after is None:
        return None
    return change.after - change.before


def _total(measure: Measure) -> int | None:
    """What the measure invests in all; None where nothing is stated."""
    amounts = [
        row.mid
        for row in measure.expenditures
        if row.kind == "investment" and row.scope == "total" and row.mid is not None
    ]
    return sum(map(to_ore, amounts)) if amounts else None


def _first(measure: Measure) -> int | None:
    """The first calendar year with something still to pay."""
    years = [
        row.year
        for row in measure.expenditures
        if row.kind == "investment"
        and row.scope == "total"
        and row.mid
        and not row.paid
        and row.year != BEFORE
        and is_calendar_year(row.year)
    ]
    return min(years, default=None)


def _year(year: int | None) -> Value:
    return None if year is None else str(year)
