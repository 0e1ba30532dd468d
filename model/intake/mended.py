"""Cells that a person has mended on the page instead of in the workbook.

The address stays, and so do the strict readers: a mended cell is read as if the workbook had held
the new text. What the cell held before is said in the note of the measure that it went into.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from model.errors import Violation
from model.intake.answers import Answers
from model.intake.numbers import parse
from model.intake.reader import Cell, Sheet, Workbook
from model.rows import Measure

# What is wrong there is not in that cell, or a sum that must not be made to agree by hand.
_ELSEWHERE = frozenset({"sum_differs", "not_even", "unaccounted", "accounted_twice", "same_line"})
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True)
class Mended:
    """One cell that was mended: ``ref`` as sources name it, its text before and after."""

    ref: str
    sheet: str
    cell: str
    before: str
    after: str


def mend(workbook: Workbook, answers: Answers) -> Workbook:
    """The workbook with its mended cells. What the cell is besides its text stays."""
    return replace(
        workbook,
        sheets=tuple(
            _mend_sheet(sheet, answers.mended[sheet.title])
            if sheet.title in answers.mended
            else sheet
            for sheet in workbook.sheets
        ),
    )


def mendable(found: Violation) -> tuple[str, str] | None:
    """The sheet and cell of a finding that another text in its cell would mend, else None."""
    _file, _, place = found.ref.partition("!")
    title, _, address = place.rpartition("!")
    mends = found.severity == "error" and found.code not in _ELSEWHERE
    # Of the questions, the one about how a number is written is answered by writing it otherwise.
    mends = mends and (found.question is None or found.code == "ask_number")
    return (title, address) if mends and title and _ADDRESS.fullmatch(address) else None


def mended(workbook: Workbook, answers: Answers) -> tuple[Mended, ...]:
    """What was mended in a workbook, given as it came, sheet by sheet."""
    return tuple(
        Mended(f"{workbook.file}!{sheet.title}!{ref}", sheet.title, ref, cell.text, texts[ref])
        for sheet in workbook.sheets
        if (texts := answers.mended.get(sheet.title))
        for ref, cell in _by_ref(sheet, texts)
    )


def numbers_gone(workbook: Workbook, answers: Answers) -> int:
    """How many numbers of the workbook as it came were mended to something else than a number."""
    return sum(
        cell.is_numeric - _with_text(cell, texts[ref]).is_numeric
        for sheet in workbook.sheets
        if (texts := answers.mended.get(sheet.title))
        for ref, cell in _by_ref(sheet, texts)
    )


def noted(
    measures: Iterable[Measure],
    changes: Iterable[Mended],
    sentence: Callable[[Mended], str],
) -> tuple[Measure, ...]:
    """The measures with a note of each mended cell that one of their figures or names came from."""
    by_ref = {change.ref: change for change in changes}
    return tuple(_noted(measure, by_ref, sentence) for measure in measures)


def _noted(
    measure: Measure, by_ref: Mapping[str, Mended], sentence: Callable[[Mended], str]
) -> Measure:
    found = [by_ref[ref] for ref in sorted(_refs(measure) & by_ref.keys())]
    if not found:
        return measure
    lines = [measure.note, *map(sentence, found)]
    return measure.model_copy(update={"note": "\n".join(filter(None, lines))})


def _refs(measure: Measure) -> set[str]:
    """Every cell that a measure came from."""
    lines = (
        *measure.expenditures,
        *measure.appropriations,
        *measure.grants,
        *measure.running_costs,
        *measure.effects,
    )
    payments = (payment for grant in measure.grants for payment in grant.payments)
    rows = (measure, *lines, *payments)
    return {ref for row in rows if (ref := getattr(row, "source_ref", ""))}


def _mend_sheet(sheet: Sheet, texts: Mapping[str, str]) -> Sheet:
    cells = dict(sheet.cells)
    for ref, cell in _by_ref(sheet, texts):
        cells[cell.row, cell.column] = _with_text(cell, texts[ref])
    return replace(sheet, cells=cells)


def _by_ref(sheet: Sheet, texts: Mapping[str, str]) -> Iterator[tuple[str, Cell]]:
    """The cells by address; an empty one where the sheet has none there."""
    for ref in texts:
        place = place_of(ref)
        if place:
            yield ref, sheet.cells.get(place, Cell(*place, "text", ""))


def _with_text(cell: Cell, text: str) -> Cell:
    """The cell with another content. A number stays one where the text is one, so that the numbers
    of the workbook can be counted."""
    value = parse(text)
    plain = cell.is_numeric and value.value is not None and not value.unit and not value.flag
    return replace(
        cell,
        kind="number" if plain else "text",
        value=Decimal(value.value) if plain else text,
        formula=False,
        number_format="",
        serial=None,
        second=None,
        numeric_text=False,
    )


def place_of(address: str) -> tuple[int, int] | None:
    """Row and column of an address: 6 and 7 of G6; None for what is no address."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
