"""Where the tables of a sheet are: their header rows, how far they reach, what stands above them.

A header row has headings and no amounts. Rows of headings that touch make one header, to which
group headings above (a year over Utgift, Bidrag and Netto) and below belong. Tables side by side
are set apart by an empty column; tables below each other by a header of their own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from model.intake.contents import profile, value_of
from model.intake.headings import Headings, Meaning, year_of
from model.intake.reader import Cell, Sheet

# From here a heading is recognised well enough to tell a header row by.
STRONG = 85
MOST_HEADER_ROWS = 4
# A text longer than this in one cell below a table is a note.
LONG_TEXT = 60
# A lone figure so many rows below a table does not belong to it.
FAR_BELOW = 4
# So many rows below a header show what its columns hold.
GLANCE = 20

_RANGE = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")
_NOTE = re.compile(
    r"(?:\*|[0-9]{1,2}\)|[¹²³]|not\b|obs\b|källa|anm\b|anmärkning|kommentar|se även|note\b"
    r"|source\b)",
    re.IGNORECASE,
)

Rows = dict[int, dict[int, Cell]]


@dataclass(frozen=True)
class Region:
    """A table by its place: header rows, the rows below it, columns, and its headings.

    ``limit`` is the first row that may not belong to it, ``end`` the first one after its body.
    ``headings`` are the cells over each column, from the top; ``titles`` the cells above it.
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
        texts = [" ".join(cell.text.split()) for cell in self.headings.get(column, ())]
        years = [year_of(cell) for cell in self.headings.get(column, ())]
        shown = [
            text if year is None else str(year) for text, year in zip(texts, years, strict=True)
        ]
        return " ".join(dict.fromkeys(text for text in shown if text))

    def column(self, index: int) -> Iterator[Cell]:
        """The cells of a column of the body, from the top."""
        for cells in self.body.values():
            cell = cells.get(index)
            if cell is not None:
                yield cell


@dataclass(frozen=True)
class _Block:
    """Header rows that touch, and the cells over each column."""

    rows: tuple[int, ...]
    headings: dict[int, tuple[Cell, ...]]


class Finder:
    """Finds the regions of one sheet."""

    def __init__(self, sheet: Sheet, headings: Headings, forced: tuple[int, int] | None = None):
        self.sheet, self.known, self.forced = sheet, headings, forced
        self.spans = dict(_spans(sheet))

    @cached_property
    def rows(self) -> Rows:
        """What a person sees: visible cells that hold something."""
        sheet = self.sheet
        plainly = not (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns)
        rows: Rows = {}
        for number, cells in sheet.rows.items():
            if plainly and all(cell.value != "" for cell in cells.values()):
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
            blocks = self._blocks(part)
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
                    inner = block if len(sides) == 1 else next(iter(self._blocks(side)), None)
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
            current = _within(rows, parts[-1])
            if not self._stands_alone(current):
                parts[-1] = (parts[-1][0], run[1])
                continue
            other = _within(rows, run)
            heads = {row for block in self._blocks(current) for row in block.rows}
            touches = any(cells for row, cells in other.items() if row in heads)
            if touches and not self._stands_alone(other):
                parts[-1] = (parts[-1][0], run[1])
            else:
                parts.append(run)
        return [rows] if len(parts) == 1 else [_within(rows, part) for part in parts]

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
        """Has a header over amounts and over names, or texts that may be names."""
        for block in self._blocks(rows):
            meanings = self._meanings(block, rows)
            money = {column for column, meaning in meanings.items() if meaning.is_money}
            if not money:
                continue
            if any(meaning.role == "name" for meaning in meanings.values()):
                return True
            below = [cells for row, cells in rows.items() if row > block.rows[-1]]
            texts = [
                column
                for cells in below[:GLANCE]
                for column, cell in cells.items()
                if cell.kind == "text" and column not in money and column not in meanings
            ]
            if len(texts) > 1:
                return True
        return False

    # Headers

    def _blocks(self, rows: Rows) -> list[_Block]:
        """The headers among rows, from the top."""
        if self.forced is not None:
            numbers = [row for row in rows if self.forced[0] <= row <= self.forced[1]]
            return [self._block(rows, numbers)] if numbers else []
        blocks: list[list[int]] = []
        for number, cells in rows.items():
            touches = bool(blocks) and number == self._after(blocks[-1][-1])
            if self._is_header(cells, below_one=bool(blocks) and not touches):
                if touches:
                    blocks[-1].append(number)
                else:
                    blocks.append([number])
        grown: list[list[int]] = []
        for numbers in blocks:
            floor = grown[-1][-1] if grown else 0
            if numbers[-1] <= floor:
                continue
            more = self._grown(rows, [number for number in numbers if number > floor], floor)
            if grown and more[0] == self._after(floor) and len(grown[-1]) < MOST_HEADER_ROWS:
                grown[-1] += more
            else:
                grown.append(more)
        return [self._block(rows, numbers) for numbers in grown]

    def _after(self, number: int) -> int:
        """The next visible row."""
        number += 1
        while number in self.sheet.hidden_rows:
            number += 1
        return number

    def _before(self, number: int) -> int:
        number -= 1
        while number in self.sheet.hidden_rows:
            number -= 1
        return number

    def _is_header(self, cells: dict[int, Cell], *, below_one: bool) -> bool:
        """Headings that are recognised, and no amount."""
        if len(cells) < 2:
            return False
        years, texts = [], []
        for cell in cells.values():
            year = year_of(cell)
            if year is None and (cell.kind != "text" or self._is_figure(cell)):
                return False
            if cell.kind == "text":
                texts.append(cell)
            else:
                years.append(year)
        meanings = [self.known.of_cell(cell) for cell in texts]
        exact = sum(meaning.exact for meaning in meanings)
        strong = sum(meaning.exact or meaning.score >= STRONG for meaning in meanings)
        unknown = len(texts) - strong
        if years:
            whole = max(years) - min(years) + 1 == len(set(years))
            if not whole and strong < 2:
                return False
            if not strong:
                # Figures that look like years, below a header, are amounts.
                return len(years) > 1 and unknown < len(years) and not below_one
            return strong + len(years) > unknown
        return strong >= 2 and (exact > 0 or strong > 2) and strong >= unknown

    def _is_figure(self, cell: Cell) -> bool:
        """A text that is an amount: “1 000”, and not “2026 tkr”."""
        return value_of(cell) is not None and not self.known.of_cell(cell).is_money

    def _grown(self, rows: Rows, numbers: list[int], floor: int) -> list[int]:
        """Header rows with the group headings above them and the headings below."""
        while len(numbers) < MOST_HEADER_ROWS:
            above = self._before(numbers[0])
            if above <= floor or above not in rows or not self._heads(rows, above, numbers):
                break
            numbers = [above, *numbers]
        while len(numbers) < MOST_HEADER_ROWS:
            below = self._after(numbers[-1])
            if below not in rows or not self._is_subheading(rows[below]):
                break
            numbers = [*numbers, below]
        below = self._after(numbers[-1])
        if below in rows and self._counts_columns(rows[below]):
            numbers = [*numbers, below]
        return numbers

    @staticmethod
    def _counts_columns(cells: dict[int, Cell]) -> bool:
        """A row below the headings that numbers the columns: 1, 2, 3 …, the hidden ones too."""
        numbers = [cell.text for _, cell in sorted(cells.items())]
        plainly = [str(place + 1) for place in range(len(cells))]
        by_place = [str(column - min(cells) + 1) for column in sorted(cells)]
        return len(numbers) > 2 and numbers in (plainly, by_place)

    def _heads(self, rows: Rows, above: int, numbers: list[int]) -> bool:
        """A row of group headings: over some columns, not a title over all of them."""
        cells = rows[above]
        if len(cells) == 1 and self.known.is_unit(next(iter(cells.values())).text):
            return False  # what says the unit of everything below is a title
        columns = {column for number in numbers for column in rows[number]}
        first, last = min(columns), max(columns)
        heading = False
        for column, cell in cells.items():
            if cell.kind != "text" and year_of(cell) is None:
                return False
            bottom, right = self.spans.get((above, column), (above, column))
            if bottom >= numbers[0]:
                heading = True
                continue
            if column <= first and right >= last:
                return False
            meaning = self.known.of_cell(cell)
            known = meaning.is_money or meaning.exact or right > column
            if column > first and known and len(cell.text) <= LONG_TEXT:
                heading = True
            elif column > first or right > column:
                return False
        return heading

    def _is_subheading(self, cells: dict[int, Cell]) -> bool:
        """A row of nothing but headings that are recognised: flows, stages, years or units."""
        if len(cells) < 2:
            return False
        for cell in cells.values():
            if cell.kind != "text" and year_of(cell) is None:
                return False
            meaning = self.known.of_cell(cell)
            if not (meaning.is_money and meaning.exact):
                return False
        return True

    def _block(self, rows: Rows, numbers: list[int]) -> _Block:
        """The headings over each column, merged and grouped ones from the left."""
        counted = len(numbers) > 1 and self._counts_columns(rows.get(numbers[-1], {}))
        header, numbers = tuple(numbers), numbers[:-1] if counted else numbers
        columns = sorted({column for number in numbers for column in rows.get(number, {})})
        width = range(columns[0], self._right(rows, numbers) + 1)
        stacks: dict[int, list[Cell]] = {}
        for place, number in enumerate(numbers):
            group: Cell | None = None
            reach, taken = 0, set()
            for column in width:
                cell = rows.get(number, {}).get(column)
                if cell is not None:
                    group, taken = cell, set()
                    merged = self.spans.get((number, column))
                    reach = merged[1] if merged else 0
                    stacks.setdefault(column, []).append(cell)
                elif group is not None and reach:
                    if column <= reach:
                        stacks.setdefault(column, []).append(group)
                    else:
                        group = None
                if group is not None and not reach and place + 1 < len(numbers):
                    below = self._below(rows, numbers[place + 1 :], column)
                    if below is None or below.text in taken or not self._groups(group, below):
                        group = None if cell is None else group
                    elif cell is None:
                        stacks.setdefault(column, []).append(group)
                    if below is not None:
                        taken.add(below.text)
        return _Block(header, {column: tuple(cells) for column, cells in sorted(stacks.items())})

    def _right(self, rows: Rows, numbers: list[int]) -> int:
        """The last column of the header, with what its merged cells cover."""
        ends = [
            self.spans.get((number, column), (number, column))[1]
            for number in numbers
            for column in rows.get(number, {})
        ]
        used = (
            {column for cells in rows.values() for column in cells} if len(numbers) > 1 else set()
        )
        return max([end for end in ends if not used or end <= max(used)] + [1])

    @staticmethod
    def _below(rows: Rows, numbers: Iterable[int], column: int) -> Cell | None:
        for number in numbers:
            cell = rows.get(number, {}).get(column)
            if cell is not None:
                return cell
        return None

    def _groups(self, group: Cell, below: Cell) -> bool:
        """Whether a heading that is not merged may reach over another column's heading."""
        over, under = self.known.of_cell(group, "number"), self.known.of_cell(below, "number")
        if not (over.is_money or over.role == "operation") or not under.is_money:
            return False
        if under.role == "total" and under.flow is None:
            return False
        return (over.year is None) != (under.year is None) or (over.year or under.year) is None

    def _meanings(self, block: _Block, rows: Rows) -> dict[int, Meaning]:
        """What the headings say over what stands below them first."""
        below = list(islice((cells for row, cells in rows.items() if row > block.rows[-1]), GLANCE))
        meanings = {}
        for column, stack in block.headings.items():
            content = profile(cells[column] for cells in below if column in cells).content
            if len(stack) == 1:
                meanings[column] = self.known.of_cell(stack[0], content)
            else:
                joined = " ".join(dict.fromkeys(_shown(cell) for cell in stack))
                meanings[column] = self.known.meaning(joined, content)
        return meanings

    # Extent

    def _region(self, block: _Block, rows: Rows, above: Rows) -> Region:
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
        meanings = self._meanings(block, rows)
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
        if _NOTE.match(first) and not any(cell.is_numeric for cell in filled):
            return False
        if not texts:
            return len(cells) > 1 or gap < FAR_BELOW
        if any(cell.is_numeric or cell.kind != "text" for cell in filled):
            return True
        if len(cells) == 1:
            only = texts[0]
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


def _shown(cell: Cell) -> str:
    year = year_of(cell)
    return cell.text if year is None else str(year)


def _texts(region: Region) -> dict[int, str]:
    return {column: region.heading(column) for column in region.headings}


def _within(rows: Rows, run: tuple[int, int]) -> Rows:
    """The rows with the columns of a run only."""
    cut = {
        row: {column: cell for column, cell in cells.items() if run[0] <= column <= run[1]}
        for row, cells in rows.items()
    }
    return {row: cells for row, cells in cut.items() if cells}


def _spans(sheet: Sheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where merged cells begin and how far they reach: (row, column) to (row, column)."""
    for merged in sheet.merged:
        found = _RANGE.fullmatch(merged)
        if found:
            yield (
                (int(found[2]), _number(found[1])),
                (int(found[4]), _number(found[3])),
            )


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
