"""Sums that stand above their parts and that no word calls a sum.

A budget may go from the whole to its parts: a department, its areas, their projects, each with what
is below it. Where projects have no numbers only the figures tell them apart.
"""

from collections.abc import Sequence
from itertools import pairwise

from model.intake.groups import ZERO, Totals, agrees
from model.intake.table_rows import Row

# The most rows that one sum is looked for among.
LONGEST = 500


def sums_above(rows: Sequence[Row]) -> dict[int, int]:
    """Places of rows that come to two rows or more right below them, and where these end.

    From the bottom, so that a sum of sums is one as well. Also the places of rows that say the same
    as the one row below them, where there are others like them: those end right after it.
    """
    ends: dict[int, int] = {}
    for place in range(len(rows) - 1, -1, -1):
        end = _end(rows, place, ends) if _may_be_sum(rows[place]) else None
        if end is not None:
            ends[place] = end
    single = {
        place: place + 2
        for place, (row, below) in enumerate(pairwise(rows))
        if place not in ends and _may_be_sum(row) and _says_again(row, below)
    }
    return ends | single if ends or len(single) > 1 else ends


def _may_be_sum(row: Row) -> bool:
    return row.kind == "project" and not row.number and not row.said and any(row.values.values())


def _end(rows: Sequence[Row], place: int, ends: dict[int, int]) -> int | None:
    """Where the rows end that a row is the sum of, or None when it is the sum of none."""
    row, below = rows[place], Totals()
    largest = max((key for key, value in row.values.items() if value), key=row.values.get)
    number, last = place + 1, min(len(rows), place + LONGEST)
    while number < last:
        other = rows[number]
        if other.kind in ("heading", "header") or (other.kind == "sum" and not other.said):
            return None
        # Income stands beneath its project, so what is left is known when the next one begins.
        left = below.gross.get(largest, ZERO) - below.income.get(largest, ZERO)
        if other.kind == "project" and left > row.values[largest]:
            return None
        if other.kind in ("project", "income"):
            below.add(other)
        number = ends.get(number, number + 1)
        if below.count > 1 and agrees(row.values, below, whole=True):
            return number
    return None


def _says_again(row: Row, below: Row) -> bool:
    stated = {key: value for key, value in row.values.items() if value}
    again = {key: value for key, value in below.values.items() if value}
    return below.kind == "project" and not below.number and len(stated) > 1 and stated == again
