"""Where the tables of a sheet are: how far they reach, and what stands above them.

Tables side by side are set apart by an empty column, tables below each other by a header of their
own. A table ends with its last row that says something of a project: notes, sources and lone
figures below it do not belong to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from model.intake.contents import value_of
from model.intake.headers import GLANCE, LONG_TEXT, Block, Headers, Rows, shown
from model.intake.headings import Headings
from model.intake.reader import Cell, Sheet

# A lone figure so many rows below a table does not belong to it.
FAR_BELOW = 4
LABELS = ("name", "number", "department")
_NOTE = re.compile(
    r"(?:\*|[0-9]{1,2}\)|[¹²³]|not\b|obs\b|källa|anm\b|anmärkning|kommentar|se även|note\b"
    r"|source\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Region:
    """A table by its place: header rows, the rows below it, columns, and its headings.

    ``end`` is the first row after its body. ``headings`` are the cells over each column, from the
    top; ``titles`` the texts above it.
    ``repeats`` are rows of the body that say the headings again.
    """

    sheet: Sheet
    header: tuple[int, ...]
    end: int
    left: int
    right: int
    headings: dict[int, tuple[Cell, ...]]
    titles: tuple[Cell, ...]
    repeats: tuple[int, ...]
    body: Rows = field(repr=False)

    def heading(self, column: int) -> str:
        """What stands over a column, each text once."""
        texts = [shown(cell) for cell in self.headings.get(column, ())]
        return " ".join(dict.fromkeys(text for text in texts if text))

    def column(self, index: int) -> Iterator[Cell]:
        """The cells of a column of the body, from the top."""
        for cells in self.body.values():
            cell = cells.get(index)
            if cell is not None:
                yield cell


class Finder:
    """Finds the regions of one sheet."""

    def __init__(self, sheet: Sheet, headings: Headings, forced: tuple[int, int] | None = None):
        self.sheet = sheet
        self.headers = Headers(sheet, headings, forced)

    @cached_property
    def rows(self) -> Rows:
        """What a person sees: visible cells that hold something."""
        sheet = self.sheet
        plainly = not (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns or sheet.merged)
        rows: Rows = {}
        for number, cells in sheet.rows.items():
            if plainly and all(
                cell.kind == "number" or cell.value not in ("", None) for cell in cells.values()
            ):
                rows[number] = cells
                continue
            seen = {
                column: cell
                for column, cell in cells.items()
                if (cell.text or cell.kind != "text") and not sheet.is_hidden(cell)
            }
            if seen:
                rows[number] = seen
        return rows

    def find(self) -> list[Region]:
        """The regions from the top and from the left."""
        found = []
        for part in self._parts(self.rows):
            blocks = self.headers.find(part)
            for place, block in enumerate(blocks):
                limit = blocks[place + 1].rows[0] if place + 1 < len(blocks) else None
                below = {
                    row: cells
                    for row, cells in part.items()
                    if row >= block.rows[0] and (limit is None or row < limit)
                }
                floor = found[-1].end if place and found else 0
                above = {row: cells for row, cells in part.items() if floor <= row < block.rows[0]}
                sides = self._parts(below) if len(below) > len(block.rows) else [below]
                for side in sides:
                    inner = block if len(sides) == 1 else next(iter(self.headers.find(side)), None)
                    if inner is not None:
                        found.append(self._region(inner, side, above))
        found = self._joined(found)
        return sorted(found, key=lambda region: (region.header[0], region.left))

    # Columns

    def _parts(self, rows: Rows) -> list[Rows]:
        """The rows cut where an empty column lies between tables that each stand by themselves."""
        runs = self._runs(rows)
        if len(runs) < 2:
            return [rows]
        parts = [runs[0]]
        for run in runs[1:]:
            current, other = _within(rows, parts[-1]), _within(rows, run)
            rest = _within(rows, (run[0], runs[-1][1]))
            if self._stands_alone(current) and (
                self._stands_alone(other)
                or not self._is_headed(current, other)
                or (self._begins_again(current, other) and self._stands_alone(rest))
            ):
                parts.append(run)
            else:
                parts[-1] = (parts[-1][0], run[1])
        return [rows] if len(parts) == 1 else [_within(rows, part) for part in parts]

    def _head(self, rows: Rows, other: Rows) -> list[Cell]:
        """The cells of other columns in the header rows of these."""
        heads = {row for block in self.headers.find(rows) for row in block.rows}
        return [cell for row, cells in other.items() if row in heads for cell in cells.values()]

    def _is_headed(self, rows: Rows, other: Rows) -> bool:
        """Whether other columns have headings in the header rows of these."""
        return bool(self._head(rows, other))

    def _begins_again(self, rows: Rows, other: Rows) -> bool:
        """Whether other columns have the headings of these again: the first, or of names."""
        roles = {
            meaning.role
            for block in self.headers.find(rows)
            for meaning in self.headers.meanings(block, rows).values()
        }
        own, others = self._head(rows, rows), self._head(rows, other)
        texts = {shown(cell) for cell in own}
        first = min(others, key=lambda cell: cell.column)
        if shown(first) == shown(min(own, key=lambda cell: cell.column)):
            return True
        for cell in others:
            role = self.headers.known.of_cell(cell, "text").role
            if role in LABELS and role in roles and (role == "name" or shown(cell) in texts):
                return True
        return False

    def _runs(self, rows: Rows) -> list[tuple[int, int]]:
        """Columns in use, first and last of each unbroken run. A hidden column breaks none."""
        used: set[int] = set(self.sheet.hidden_columns)
        for cells in rows.values():
            used.update(cells)
        runs: list[tuple[int, int]] = []
        for column in sorted(used):
            if runs and column == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], column)
            else:
                runs.append((column, column))
        return [
            run for run in runs if not set(range(run[0], run[1] + 1)) <= self.sheet.hidden_columns
        ]

    def _stands_alone(self, rows: Rows) -> bool:
        """Has a header over amounts and over names, or texts that all differ, as names do."""
        for block in self.headers.find(rows):
            meanings = self.headers.meanings(block, rows)
            money = {column for column, meaning in meanings.items() if meaning.is_money}
            if not money:
                continue
            if any(meaning.role == "name" for meaning in meanings.values()):
                return True
            below = [cells for row, cells in rows.items() if row > block.rows[-1]]
            texts: dict[int, list[str]] = {}
            for cells in below[:GLANCE]:
                for column, cell in cells.items():
                    repeats = any(cell.text == said.text for said in block.headings.get(column, ()))
                    if cell.kind == "text" and value_of(cell) is None and not repeats:
                        texts.setdefault(column, []).append(cell.text)
            for column, said in texts.items():
                head = block.headings.get(column)
                # Over the names, in the corner, there may be the unit instead of a heading.
                if head and self.headers.known.is_unit(head[-1].text):
                    return True
                known = column in meanings and meanings[column].role is not None
                if not known and len(said) == len(set(said)) > 1:
                    return True
        return False

    # Extent

    def _region(self, block: Block, rows: Rows, above: Rows) -> Region:
        """The table below a header, without what follows it."""
        left, right = min(block.headings), max(block.headings)
        for first, last in self._runs(rows):
            if first <= right and last >= left:
                left, right = min(left, first), max(right, last)
        body = {
            row: cells
            for row, cells in rows.items()
            if row > block.rows[-1] and any(left <= column <= right for column in cells)
        }
        meanings = self.headers.meanings(block, rows)
        amounts = {column for column, meaning in meanings.items() if meaning.is_money}
        names = {c for c, meaning in meanings.items() if meaning.role in ("name", "number")}
        end = self._end(body, amounts, names, block.rows[-1])
        titles = tuple(
            cell for cells in above.values() for cell in cells.values() if cell.kind == "text"
        )
        return Region(
            self.sheet,
            block.rows,
            end,
            left,
            right,
            {c: cells for c, cells in block.headings.items() if left <= c <= right},
            titles,
            (),
            {row: cells for row, cells in body.items() if row < end},
        )

    def _end(self, body: Rows, amounts: set[int], names: set[int], header: int) -> int:
        """The first row after the body: what follows is notes, sources and lone figures."""
        numbers = list(body)
        kept = len(numbers)
        while kept and not self._is_body(body, numbers, kept - 1, amounts, names, header):
            kept -= 1
        return numbers[kept - 1] + 1 if kept else header + 1

    def _is_body(
        self, body: Rows, numbers: list[int], place: int, amounts: set[int], names: set[int], header
    ) -> bool:
        """Whether a row that may be the last belongs to the table."""
        row = numbers[place]
        cells = body[row]
        before = numbers[place - 1] if place else header
        gap = row - before - 1
        texts = [cell for cell in cells.values() if cell.kind == "text"]
        first = texts[0].text if texts else ""
        filled = [cells[column] for column in amounts if column in cells]
        if _NOTE.match(first) and not any(value_of(cell) is not None for cell in filled):
            return False
        if not texts:
            return len(cells) > 1 or gap < FAR_BELOW
        if any(cell.is_numeric or cell.kind != "text" for cell in filled):
            return True
        if len(cells) == 1:
            only = texts[0]
            if self.headers.known.is_unit(only.text):
                return False
            if gap or len(only.text) > LONG_TEXT or only.text.endswith("."):
                return False
            return not names or only.column in names or only.column in amounts
        if filled:
            return True
        if gap and any(cell.is_numeric for cell in cells.values()):
            return any(column in cells for column in names) and len(texts) > 1
        return not gap or len(cells) > 2

    def _joined(self, found: list[Region]) -> list[Region]:
        """A header that is said again between two rows of a table begins no new one."""
        joined: list[Region] = []
        for region in found:
            last = joined[-1] if joined else None
            if (
                last is not None
                and (last.left, last.right) == (region.left, region.right)
                and last.end == region.header[0]
                and len(last.body) > 0
                and len(self.rows[last.end - 1]) > 1
                and _texts(last) == _texts(region)
            ):
                joined[-1] = replace(
                    last,
                    end=region.end,
                    repeats=(*last.repeats, *region.header, *region.repeats),
                    body=last.body | region.body,
                )
            else:
                joined.append(region)
        return joined


def _texts(region: Region) -> dict[int, str]:
    return {column: region.heading(column) for column in region.headings}


def _within(rows: Rows, run: tuple[int, int]) -> Rows:
    """The rows with the columns of a run only."""
    cut = {
        row: {column: cell for column, cell in cells.items() if run[0] <= column <= run[1]}
        for row, cells in rows.items()
    }
    return {row: cells for row, cells in cut.items() if cells}
