"""The second reader: python-calamine, written in another language by other people.

What it sees differently from the first is noted on the cell, and nothing of it is imported.
"""

import io

from .cells import KIND_OF, NUMBER, SECOND_READER, TEXT, Page, Refused, same


class Seen:
    """What calamine sees of one sheet; values that were compared are taken out."""

    def __init__(self, lines: list[list[object]]):
        self._lines = lines

    def line(self, row: int) -> list[object]:
        """A row from its first column, "" where there is nothing; what is compared becomes that."""
        return self._lines[row - 1] if row <= len(self._lines) else []

    def take(self, row: int, column: int) -> object:
        """The value at a place, None where there is none."""
        try:
            line = self._lines[row - 1]
            value = line[column - 1]
        except IndexError:
            return None
        line[column - 1] = ""
        return None if value == "" else value

    def rest(self) -> list[tuple[int, int, object]]:
        """(row, column, value) of what was never taken."""
        return [
            (row, column, value)
            for row, line in enumerate(self._lines, 1)
            for column, value in enumerate(line, 1)
            if value != ""
        ]


def second_reading(content: bytes) -> dict[str, Seen]:
    """What calamine sees, by sheet title. Refused when it cannot read the file."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            title: Seen(book.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in book.sheet_names
        }
    except (python_calamine.CalamineError, OverflowError, ValueError) as error:
        raise Refused(SECOND_READER) from error


def compare(page: Page, seen: Seen, epoch) -> None:
    """Note on the cells of a page what the second reader sees differently."""
    at, line, width = 0, [], 0
    for index, (row, column, letter, value, _shape, _formula) in enumerate(page.cells):
        if row != at:
            at, line = row, seen.line(row)
            width = len(line)
        other = line[column - 1] if column <= width else ""
        # Nearly all are as plainly the same as this.
        if letter == NUMBER:
            agrees = type(other) is float and other == float(value)
        else:
            agrees = letter == TEXT and other == value
        if not agrees:
            kind, behind = KIND_OF.get(letter), page.serials.get(index)
            found = disagreement(kind, value, behind, None if other == "" else other, epoch)
            if found is not None:
                page.seconds[index] = found
        if other != "":
            line[column - 1] = ""


def disagreement(kind, value, behind: str | None, other: object, epoch) -> str | None:
    """What the second reader saw, when that is something else."""
    if same(kind, value, behind, other, epoch):
        return None
    return "" if other is None else str(other)


def add_unseen(page: Page, seen: Seen) -> None:
    """Cells that only the second reader sees: empty ones, with what it saw."""
    for row, column, value in seen.rest():
        page.add(row, column, "text", "", second=str(value))
