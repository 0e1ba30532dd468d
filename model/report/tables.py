"""The workbook's tables of need, cover and gap: by year, by one breakdown, by source of money."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from model.formatting import capitalise
from model.palette import COVER, GAP
from model.plan import Plan
from model.reference import reference
from model.report import answers, words
from model.report.answers import GROUP
from model.report.sheet import Cell, Column, Formula, Sheet, cell, total
from model.report.view import View
from model.store.breakdowns import CoverRow, GapRow

_NOTHING = GapRow("", -1, 0, 0, 0, 0, 0)
_TITLES = {
    "sector": "Need, cover and gap by sector",
    "owner": "Need, cover and gap by owner",
    "department": "Need, cover and gap by department",
    "district": "Need, cover and gap by district or locality",
    "readiness": "Need, cover and gap by how far the decisions have come",
}


def begin(sheet: Sheet, view: View, title: str) -> None:
    """What every sheet with figures begins with. ``title`` is an English msgid."""
    expected = view.reading == "expected"
    sheet.title(
        view.marked(view.say(title)),
        " · ".join(
            [
                capitalise(view.say("thousand SEK")),
                view.prices,
                answers.reading_label(view.reading, view.language),
                view.scenario,
                view.version,
            ]
        ),
        [view.say("Expected value – not for decision papers")] if expected else [],
    )


def by_year_sheet(sheet: Sheet, view: View) -> dict[str, str]:
    """Need, cover and gap year by year, one actor group under the other.

    Returns where each group's need, and the group's gap, is summed.
    """
    begin(sheet, view, "Need, cover and gap by year")
    result, reading = view.result, view.reading
    years = [Column(view.year(int(year))) for year in view.plan.years]
    sheet.head([Column("", 46, "text"), *years, Column(view.say("Sum"), 14)])
    end = len(years)
    totals, needs = {}, []

    def line(label: str, values: list[int]) -> int:
        whole = total(sum(values), sheet.row, 1, sheet.row, end)
        return sheet.line([label, *values, whole])

    for group, word in words.ACTOR_GROUPS.items():
        rows = result.by("year", reading, actor_group=group)
        if group != GROUP and not any(row.need or row.one_off for row in rows):
            continue
        sheet.section(view.say(word))
        need = line(view.say("Investment need"), [row.need for row in rows])
        needs.append(need)
        totals[group] = sheet.reference(need, end + 1)
        cover = _by_status(result.cover("year", reading, actor_group=group))
        for status in COVER:
            values = [cover.get((row.key, status), 0) for row in rows]
            if group == GROUP or any(values):
                line(view.status(status), values)
        if group == GROUP:
            gaps = [
                Formula(_less(need, column, sheet.row), row.gap)
                for column, row in enumerate(rows, 1)
            ]
            whole = total(sum(row.gap for row in rows), sheet.row, 1, sheet.row, end)
            gap = sheet.line([view.say(GAP.word), *gaps, whole], "sum")
            totals["gap"] = sheet.reference(gap, end + 1)
        if any(row.one_off for row in rows):
            label = view.say("One-off operating expenditure, no part of the need")
            line(label, [row.one_off for row in rows])
            if group == GROUP:
                label = view.say("One-off operating expenditure without cover")
                line(label, [row.one_off_gap for row in rows])
        sheet.space()
    everyone = [row.need for row in result.by("year", reading)]
    sums = [
        Formula("=" + "+".join(cell(need, column) for need in needs), value)
        for column, value in enumerate([*everyone, sum(everyone)], 1)
    ]
    sheet.line([view.say("Investment need of all actors together"), *sums], "sum")
    return totals


def breakdown_sheet(sheet: Sheet, view: View, by: str) -> None:
    """The group's need, cover and gap by sector, owner, department or readiness; others' beside."""
    begin(sheet, view, _TITLES[by])
    sheet.head(
        [
            Column(capitalise(view.say(words.TAGS[by])), 28, "text"),
            Column(view.say("Measures"), 9, "count"),
            Column(view.say("of which unknown"), 8, "count"),
            Column(view.say("The group's need"), 12),
            *(Column(view.status(status), 11) for status in COVER),
            Column(view.say(GAP.word), 11),
            Column(view.say("One-off operating expenditure"), 13),
            Column(view.say("Other actors' need"), 11),
            Column(view.say("Shared need, split unknown"), 12),
            Column(view.say("Note"), 24, "text"),
        ]
    )
    rows = _breakdown(view, by)
    first, need, gap = sheet.row, 3, 4 + len(COVER)
    for row in rows:
        here = sheet.row
        needs = {group: _need(view, row, group) for group in words.ACTOR_GROUPS}
        cover: list[Cell] = [None] * len(COVER)
        missing = needs[GROUP]
        if isinstance(missing, int):
            cover = list(row.cover.values())
            less = f"={cell(here, need)}-SUM({cell(here, need + 1)}:{cell(here, gap - 1)})"
            missing = Formula(less, row.of[GROUP].gap)
        sheet.line(
            [
                view.tag(by, row.key),
                row.all.measures,
                row.all.unknown,
                needs[GROUP],
                *cover,
                missing,
                sum(part.one_off for part in row.of.values()),
                needs["other"],
                needs["shared"],
                _note(view, row),
            ]
        )
    if rows:
        sums: list[Cell] = [
            total(value, first, column, sheet.row - 1, column)
            for column, value in enumerate(_column_sums(rows), 1)
        ]
        if by == "owner":
            # A measure with several owners stands under each of them.
            sums[:2] = [None, None]
        sheet.line([view.say("Sum"), *sums], "sum")
    if by == "owner":
        sheet.note(view.say("A measure whose owners' shares are known stands under each of them."))


def source_sheet(sheet: Sheet, view: View) -> None:
    """What covers the need, by status and source over the years, group by group."""
    begin(sheet, view, "What covers the need, by source of money")
    years = [str(year) for year in view.plan.years]
    sheet.head(
        [
            Column(view.say("Source of money"), 34, "text"),
            Column(view.say("Status"), 26, "text"),
            *(Column(view.year(year)) for year in years),
            Column(view.say("Sum"), 14),
        ],
        frozen=2,
    )
    end = len(years) + 1
    for group, word in words.ACTOR_GROUPS.items():
        found = view.result.cover("year", view.reading, actor_group=group)
        if group != GROUP and not found:
            continue
        sheet.section(view.say(word))
        lines: dict[tuple[str, str], dict[str, int]] = {}
        for row in found:
            lines.setdefault((row.status, row.source), {})[row.key] = row.amount
        first = sheet.row
        for status, source in sorted(lines, key=lambda line: (list(COVER).index(line[0]), line[1])):
            values = [lines[status, source].get(year, 0) for year in years]
            whole = total(sum(values), sheet.row, 2, sheet.row, end)
            sheet.line([view.tag("source", source), view.status(status), *values, whole])
        if lines:
            sums = [sum(row.amount for row in found if row.key == year) for year in years]
            sheet.line(
                [
                    view.say("Covered"),
                    None,
                    *(
                        total(value, first, column, sheet.row - 1, column)
                        for column, value in enumerate([*sums, sum(sums)], 2)
                    ),
                ],
                "sum",
            )
        else:
            sheet.line([view.say("No money counts in this reading")])
        sheet.space()


@dataclass(frozen=True)
class _Count:
    """How many measures, how many without an amount, and how many with only a lower bound."""

    measures: int = 0
    unknown: int = 0
    lower_bounds: int = 0

    def with_measure(self, known: bool, lower_bound: bool) -> "_Count":
        return _Count(
            self.measures + 1, self.unknown + (not known), self.lower_bounds + bool(lower_bound)
        )


@dataclass
class _Row:
    """One key of a breakdown: amounts and counts by actor group, the group's cover by status."""

    key: str
    of: dict[str, GapRow]
    cover: dict[str, int]
    all: _Count
    counts: dict[str, _Count]


def _breakdown(view: View, by: str) -> list[_Row]:
    """Every key that has a measure, the largest gap first; readiness in its own order."""
    result, reading = view.result, view.reading
    amounts = {
        group: {row.key: row for row in result.by(by, reading, actor_group=group)}
        for group in words.ACTOR_GROUPS
    }
    cover = _by_status(result.cover(by, reading, actor_group=GROUP))
    everyone = _counts(view.plan, by, None)
    counts = {group: _counts(view.plan, by, group) for group in words.ACTOR_GROUPS}
    rows = [
        _Row(
            key,
            {name: found.get(key, _NOTHING) for name, found in amounts.items()},
            {status: cover.get((key, status), 0) for status in COVER},
            everyone[key],
            {group: found.get(key, _Count()) for group, found in counts.items()},
        )
        for key in everyone
    ]
    if by == "readiness":
        order = ["", *reference().readiness]
        return sorted(rows, key=lambda row: order.index(row.key))
    return sorted(
        rows,
        key=lambda row: (-row.of[GROUP].gap, -sum(r.need for r in row.of.values()), row.key),
    )


def _need(view: View, row: _Row, group: str) -> Cell:
    """The group's need; empty where it has no measure, *okänt* where it knows none of them."""
    count = row.counts[group]
    if not count.measures:
        return None
    if count.measures == count.unknown:
        return view.say("unknown")
    return row.of[group].need


def _counts(plan: Plan, by: str, actor_group: str | None) -> dict[str, _Count]:
    """Measures by key; one with several known owners counts under each."""
    counts: dict[str, _Count] = {}
    mask = answers.members(plan, actor_group)
    shares = plan.owner_shares
    of_many = set(shares.measure.tolist()) if by == "owner" else set()
    places = [
        (measure, plan.tags[by][measure])
        for measure in np.flatnonzero(mask)
        if measure not in of_many
    ]
    if by == "owner":
        part = shares.take(shares.share > 0)
        chosen = part.take(
            np.ones(len(part.measure), dtype=bool)
            if actor_group is None
            else part.actor_group == actor_group
        )
        places += zip(chosen.measure.tolist(), chosen.owner, strict=True)
    for measure, key in places:
        counts[key] = counts.get(key, _Count()).with_measure(
            plan.known[measure], plan.lower_bound[measure]
        )
    return counts


def _column_sums(rows: list[_Row]) -> Iterable[int]:
    """The sums under the columns after the first, in their order."""
    yield sum(row.all.measures for row in rows)
    yield sum(row.all.unknown for row in rows)
    yield sum(row.of[GROUP].need for row in rows)
    for status in COVER:
        yield sum(row.cover[status] for row in rows)
    yield sum(row.of[GROUP].gap for row in rows)
    yield sum(part.one_off for row in rows for part in row.of.values())
    yield sum(row.of["other"].need for row in rows)
    yield sum(row.of["shared"].need for row in rows)


def _note(view: View, row: _Row) -> str:
    """*minst* where an amount is only known from below."""
    if not row.all.lower_bounds:
        return ""
    return capitalise(
        view.count(
            "at least: {count} amount is a lower bound",
            "at least: {count} amounts are lower bounds",
            row.all.lower_bounds,
        )
    )


def _by_status(rows: Iterable[CoverRow]) -> dict[tuple[str, str], int]:
    """Amounts by key and status, whatever the source."""
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        sums[row.key, row.status] = sums.get((row.key, row.status), 0) + row.amount
    return sums


def _less(need: int, column: int, row: int) -> str:
    """The need in a row above less everything between it and this row."""
    return f"={cell(need, column)}-SUM({cell(need + 1, column)}:{cell(row - 1, column)})"
