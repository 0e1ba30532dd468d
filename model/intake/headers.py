"""The header rows of a sheet: which they are, and what stands over each column.

A header row has headings and no amounts. Rows of headings that touch make one header, to which
group headings above (a year over Utgift, Bidrag and Netto), headings below (a unit under each year)
and a row that numbers the columns belong.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from model.intake.contents import profile, value_of
from model.intake.headings import Headings, Meaning, year_of
from model.intake.reader import Cell, Sheet

# From here a heading is recognised well enough to tell a header row by.
STRONG = 85
MOST_HEADER_ROWS = 4
# A text longer than this is no heading.
LONG_TEXT = 60
# So many rows below a header show what its columns hold.
GLANCE = 20

_QUANTITY = re.compile(r"[0-9][0-9 .,–-]*\s*(?:k?ton|kg|[kmgt]wh|%|st|km|m2)(?!\w)", re.IGNORECASE)
_RANGE = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")

Rows = dict[int, dict[int, Cell]]


@dataclass(frozen=True)
class Block:
    """Header rows that touch, and the cells over each column, from the top."""

    rows: tuple[int, ...]
    headings: dict[int, tuple[Cell, ...]]


class Headers:
    """Finds the headers of one sheet. ``forced`` are the first and last row of the only one."""

    def __init__(self, sheet: Sheet, headings: Headings, forced: tuple[int, int] | None = None):
        self.sheet, self.known, self.forced = sheet, headings, forced
        self.spans = dict(_spans(sheet))

    def find(self, rows: Rows) -> list[Block]:
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

    def meanings(self, block: Block, rows: Rows) -> dict[int, Meaning]:
        """What the headings say over what stands below them first."""
        below = list(islice((cells for row, cells in rows.items() if row > block.rows[-1]), GLANCE))
        meanings = {}
        for column, stack in block.headings.items():
            content = profile(cells[column] for cells in below if column in cells).content
            if len(stack) == 1:
                meanings[column] = self.known.of_cell(stack[0], content)
            else:
                joined = " ".join(dict.fromkeys(shown(cell) for cell in stack))
                meanings[column] = self.known.meaning(joined, content)
        return meanings

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
            if year is None:
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
            if below_one and len(years) == strong == 1 and any(m.is_money for m in meanings):
                return False  # "Statsbidrag LIFE" with an amount of 2 000
            return strong + len(years) > unknown
        return strong >= 2 and (exact > 0 or strong > 2) and strong >= unknown

    def _is_figure(self, cell: Cell) -> bool:
        """A text that is an amount or a quantity: “1 000”, “8 mnkr”, “5 ton”; not “2026 tkr”."""
        if value_of(cell) is None and not _QUANTITY.match(cell.text):
            return False
        meaning = self.known.of_cell(cell)
        return meaning.year is None and meaning.span is None and meaning.stage != "later"

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
            under = rows[numbers[0]].get(column)
            if cell.kind == "number" and under is not None and year_of(under) is not None:
                return False  # an amount like 2 000, in the last row before headings said again
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

    def _block(self, rows: Rows, numbers: list[int]) -> Block:
        """The headings over each column: its own, and those that reach over it from the left."""
        counted = len(numbers) > 1 and self._counts_columns(rows.get(numbers[-1], {}))
        levels = numbers[:-1] if counted else numbers
        stacks: dict[int, list[Cell]] = {}
        for place, number in enumerate(levels):
            for column, cell in self._level(rows, number, levels[place + 1 :]):
                stacks.setdefault(column, []).append(cell)
        headings = {column: tuple(cells) for column, cells in sorted(stacks.items())}
        return Block(tuple(numbers), headings)

    def _level(self, rows: Rows, number: int, lower: list[int]) -> Iterator[tuple[int, Cell]]:
        """The cells of one header row by the columns they stand over."""
        cells = rows.get(number, {})
        columns = sorted({column for row in (number, *lower) for column in rows.get(row, {})})
        group: Cell | None = None
        reach, under = 0, []
        for column in range(columns[0], self._reach(cells, columns[-1], number) + 1):
            if column in self.sheet.hidden_columns:
                continue
            below = self._first(rows, lower, column)
            if column in cells:
                group, under = cells[column], [] if below is None else [below]
                reach = self.spans.get((number, column), (number, 0))[1]
                yield column, group
            elif group is None:
                continue
            elif reach:
                if column <= reach:
                    yield column, group
            elif below is not None and self._groups(group, under, below):
                under.append(below)
                yield column, group
            else:
                group = None

    def _reach(self, cells: dict[int, Cell], last: int, number: int) -> int:
        """The last column of a header row, with what its merged cells cover."""
        return max([self.spans.get((number, column), (0, 0))[1] for column in cells] + [last])

    @staticmethod
    def _first(rows: Rows, numbers: Iterable[int], column: int) -> Cell | None:
        found = (rows[number][column] for number in numbers if column in rows.get(number, {}))
        return next(found, None)

    def _groups(self, group: Cell, under: list[Cell], below: Cell) -> bool:
        """Whether a heading that is not merged reaches over one more column.

        A year reaches over flows, each once; a stage or a unit over years that follow each other.
        """
        over, new = (self.known.of_cell(cell, "number") for cell in (group, below))
        if not (over.is_money or over.role == "operation") or not new.is_money:
            return False
        if (new.role == "total" and new.flow is None) or below.text in {c.text for c in under}:
            return False
        if over.year is not None:
            # What says itself when it is (*Efter 2028*) is of no other year.
            dated = new.year or new.span or new.stage in ("before", "later")
            return not dated
        if new.year is None:
            return True
        if not under:
            return True
        first, last = (self.known.of_cell(under[place], "number") for place in (0, -1))
        return new.flow == first.flow and last.year is not None and abs(new.year - last.year) == 1


def shown(cell: Cell) -> str:
    """A heading as text: a year that a date format hid is that year."""
    year = year_of(cell)
    return " ".join(cell.text.split()) if year is None else str(year)


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
