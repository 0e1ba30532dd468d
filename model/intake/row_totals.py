"""A row's own sum against its years: with or without what is paid, what is later, and income.

Which years a column of sums counts is the same in all its rows, so the rows together say it. A
column that most rows disagree with is no sum of the years at all, and what it is then is asked.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations

from model.errors import Question
from model.intake.amount_columns import Key, Use
from model.intake.groups import ZERO
from model.intake.ledger import Ledger
from model.intake.sums import SUM_NOT_CHECKED, SumCheck, compare, rounding
from model.intake.table_rows import Row, TableRows
from model.years import BEFORE, LATER

SUM_COLUMN = "a sum of the row, checked against its parts"
ASK_TOTAL = (
    "The column “{heading}” is not the sum of the years on {count} of {rows} rows. "
    "Say what it is: a total decision, a forecast of the whole, a sum, or of no use."
)
# So few rows may all be wrong; of more, at least half must agree before the column is a sum.
FEW = 3

_Count = Callable[[Row], Decimal | None]


def check_totals(rows: TableRows, ledger: Ledger) -> tuple[SumCheck, ...]:
    """Check the columns of sums of a table. Returns the sums that differ."""
    found: list[SumCheck] = []
    for index, use in rows.uses.items():
        if use.purpose == "total":
            found += _check(rows, index, use, ledger)
    return tuple(found)


def is_checked(rows: TableRows, use: Use) -> bool:
    """Whether a column of sums has years to be the sum of."""
    return any(
        other.purpose == "amount" and other.flow in _parts(use.flow) for other in rows.uses.values()
    )


def _parts(flow: str) -> tuple[str, ...]:
    return ("income",) if flow == "income" else ("expenditure", "net")


def _check(rows: TableRows, index: int, use: Use, ledger: Ledger) -> Iterator[SumCheck]:
    sheet = rows.table.sheet
    stated = []
    if not is_checked(rows, use):
        return
    for row in rows.rows:
        found = row.figures.get(index)
        if row.kind != "project" or found is None:
            continue
        ledger.leave(sheet, [found.cell], SUM_COLUMN)
        if found.cell.kind == "uncached":
            ledger.warn(sheet, found.cell, "sum_not_checked", SUM_NOT_CHECKED)
        elif found.amount is not None:
            stated.append(row)
    ways = list(_ways(rows, use))
    if not stated or not ways:
        return
    best, differing = _best(ways, stated, use)
    if not differing:
        return
    if differing * 2 > len(stated) >= FEW and not _rounded(rows, index, use, stated, best):
        _ask(rows, use, differing, len(stated), ledger)
        return
    for row in stated:
        expected = best(row)
        value = row.values[use.key]
        if expected is None or expected == value:
            continue
        cell = row.figures[index].cell
        parts = len(rows.uses)
        slack = rounding(rows, row.figures[index].decimals, index, parts)
        compare(ledger, sheet, cell, value, expected, parts, slack)
        yield SumCheck(ledger.ref(sheet, cell), row.name, "total", value, expected, use.flow)


def _best(ways: list[_Count], stated: list[Row], use: Use) -> tuple[_Count, int]:
    """The way that most rows agree with, the likeliest of equals, and how many rows differ."""
    best, least = ways[0], len(stated) + 1
    for way in ways:
        differing = sum(way(row) not in (row.values[use.key], None) for row in stated)
        if differing < least:
            best, least = way, differing
        if not least:
            break
    return best, least


def _rounded(rows: TableRows, index: int, use: Use, stated: list[Row], way: _Count) -> bool:
    """Whether rounding explains most differences."""
    near = 0
    for row in stated:
        slack = rounding(rows, row.figures[index].decimals, index, len(rows.uses))
        expected = way(row)
        near += expected is None or abs(row.values[use.key] - expected) <= slack
    return 2 * near >= len(stated)


def _ask(rows: TableRows, use: Use, count: int, of: int, ledger: Ledger) -> None:
    choices = ("decided_total", "forecast_total", "total", "ignore")
    sheet, column = rows.table.sheet, use.column
    question = Question(f"--column {sheet.title}!{column.letter}={{choice}}", choices)
    fields = {"heading": column.heading, "count": count, "rows": of}
    ledger.ask(sheet, column.cell, "ask_column", ASK_TOTAL, question, **fields)


def _ways(rows: TableRows, use: Use) -> Iterator[_Count]:
    """The ways in which a row's years may be added up, the likeliest first."""
    uses = [other for other in rows.uses.values() if other.purpose == "amount"]
    flows = {other.flow for other in uses}
    carried = [o.key for o in rows.uses.values() if o.column.role == "carry_over"]
    if use.flow == "income":
        yield from _over([other for other in uses if other.flow == "income"], [], [])
        return
    gross = [other for other in uses if other.flow == "expenditure"]
    income = [other for other in uses if other.flow == "income"]
    net = [other for other in uses if other.flow == "net"]
    if use.flow == "net" and net:
        yield from _over(net, [], carried)
    if gross:
        less = [False, True] if use.flow == "expenditure" else [True, False]
        for subtract in less if income else [False]:
            yield from _over(gross, income if subtract else [], carried)
        totals = [o.key for o in rows.uses.values() if o.purpose == "total" and o is not use]
        earned = [key for key in totals if key[2] == "income"]
        if use.flow == "net" and earned:
            yield from _over(gross, [], carried, earned)
    if net and use.flow != "net" and "expenditure" not in flows:
        yield from _over(net, [], carried)


def _over(
    uses: list[Use], less: list[Use], carried: list[Key], earned: list[Key] = ()
) -> Iterator[_Count]:
    """Sums of all the years, then without some of: what is paid, what is later, what is carried."""
    apart = [
        [u.key for u in uses if u.year == BEFORE],
        [u.key for u in uses if u.year == LATER],
    ]
    own = [u.key for u in uses if u.year not in (BEFORE, LATER)]
    lost = {u.year: u.key for u in less}
    groups = [group for group in apart if group]
    for size in range(len(groups), -1, -1):
        for chosen in combinations(groups, size):
            keys = [*own, *(key for group in chosen for key in group)]
            years = {u.year for u in uses if u.key in keys}
            minus = [key for year, key in lost.items() if year in years] + list(earned)
            yield _adder(keys, minus)
            if carried:
                yield _adder([*keys, *carried], minus)


def _adder(plus: list[Key], minus: list[Key]) -> _Count:
    def add(row: Row) -> Decimal | None:
        get = row.values.get
        more = [get(key, ZERO) for key in plus]
        less = [get(key, ZERO) for key in minus]
        return None if None in more or None in less else sum(more, ZERO) - sum(less, ZERO)

    return add
