"""What a person has decided about a workbook, kept for the next version of the file.

Most answers speak of headings and sheets and hold for every version. Those about one row or one
cell hold only where it still says the same: rows may have come in between, and a cell that was
mended on the page may since have been mended in the workbook.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from model.intake.answers import NONE, Answers
from model.intake.reader import Cell, Sheet, Workbook


@dataclass(frozen=True)
class Decisions:
    """Answers, with what the rows and cells said that some of them speak of.

    ``rows`` are the texts of a row by sheet and number, ``cells`` those of the row that a mended
    cell stands in with its own text last, by sheet and address.
    """

    answers: Answers = NONE
    rows: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


def decided(answers: Answers, workbook: Workbook) -> Decisions:
    """Answers about a workbook, given as it came, to be kept."""
    sheets = {sheet.title: sheet for sheet in workbook.sheets}
    return Decisions(
        answers,
        {
            (title, number): _row(sheets[title], number)
            for title, rows in answers.rows.items()
            for number in rows
            if title in sheets
        },
        {
            (title, ref): (*_row(sheets[title], cell.row), cell.text)
            for title, texts in answers.mended.items()
            if title in sheets
            for ref, cell in _cells(sheets[title], texts)
        },
    )


def carried(decisions: Decisions, workbook: Workbook) -> Answers:
    """What of earlier decisions holds for another version of the workbook.

    A row that has moved takes its answer with it when it is the only one that says the same. A
    mended cell keeps its mending only where it and its row still say what they said.
    """
    answers = decisions.answers
    sheets = {sheet.title: sheet for sheet in workbook.sheets}
    rows: dict[str, dict[int, str]] = {}
    for (title, number), texts in decisions.rows.items():
        place = _place(sheets.get(title), number, texts)
        if place is not None:
            rows.setdefault(title, {})[place] = answers.rows[title][number]
    mended: dict[str, dict[str, str]] = {}
    for (title, ref), (*texts, own) in decisions.cells.items():
        for _, cell in _cells(sheets[title], [ref]) if title in sheets else ():
            if (_row(sheets[title], cell.row), cell.text) == (tuple(texts), own):
                mended.setdefault(title, {})[ref] = answers.mended[title][ref]
    return answers.model_copy(update={"rows": rows, "mended": mended})


def _place(sheet: Sheet | None, number: int, texts: tuple[str, ...]) -> int | None:
    """Where a row is now: where it was, or the only place that says the same."""
    if sheet is None:
        return None
    if _row(sheet, number) == texts:
        return number
    same = [row for row in sheet.rows if _row(sheet, row) == texts]
    return same[0] if len(same) == 1 else None


def _row(sheet: Sheet, number: int) -> tuple[str, ...]:
    """The texts of a row, which say what it is; its amounts may change."""
    return tuple(cell.text for cell in sheet.rows.get(number, {}).values() if cell.kind == "text")


def _cells(sheet: Sheet, refs) -> list[tuple[str, Cell]]:
    return [(cell.ref, cell) for cell in sheet.cells.values() if cell.ref in refs]
