"""What became of every cell: imported, left out with a reason, or refused with a finding.

A reading accounts for each number in the workbook exactly once. :meth:`Ledger.close` checks it; a
number that nobody accounted for, or that was both imported and left out, is an error of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from model.errors import Question, Violation
from model.intake.reader import Cell, Sheet, Workbook, column_letter

REFUSED = "refused: see the finding there"
DISAGREEMENT = (
    "One reader sees “{found}” here, a second one “{second}”. "
    "Write the value again in Excel, save the workbook and try again."
)
UNACCOUNTED = (
    "The number {found} was neither imported nor left out. Nothing of the workbook can be trusted."
)
TWICE = "The number {found} was both imported and left out. Nothing of the workbook can be trusted."


# Not frozen, though nobody changes one: see ``reader.Cell``.
@dataclass(slots=True)
class Excluded:
    """A number that is not imported, and why. ``template`` and ``fields`` make the reason."""

    ref: str
    template: str
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why, in English."""
        return self.template.format(**self.fields)


@dataclass
class Ledger:
    """Collects what a reading does with a workbook, cell by cell."""

    workbook: Workbook
    violations: list[Violation] = field(default_factory=list)
    # By the identity of the cell, which the workbook keeps: a place is slower to look up.
    _imported: dict[int, Cell] = field(default_factory=dict)
    _excluded: dict[int, Excluded] = field(default_factory=dict)

    def ref(self, sheet: Sheet, cell: Cell | None = None) -> str:
        """A place as every finding and source names it: ``book.xlsx!Sheet!G6``."""
        if cell is None:
            return f"{self.workbook.file}!{sheet.title}"
        return f"{self.workbook.file}!{sheet.title}!{column_letter(cell.column)}{cell.row}"

    def cite(self, sheet: Sheet, cell: Cell) -> str:
        """The cell is imported, into a row that has this reference."""
        self.take(sheet, cell)
        return self.ref(sheet, cell)

    def take(self, sheet: Sheet, cell: Cell) -> None:
        """The cell is imported. An error when the two readers disagree."""
        self._imported[id(cell)] = cell
        if cell.second is not None:
            self.error(
                sheet, cell, "disagreement", DISAGREEMENT, found=cell.text, second=cell.second
            )

    def leave(
        self, sheet: Sheet, cells: Iterable[Cell], template: str, /, **fields: object
    ) -> None:
        """The numbers among the cells are left out, for a reason. The first reason stands."""
        for cell in cells:
            if not cell.is_numeric:
                continue
            place = id(cell)
            if place not in self._imported and place not in self._excluded:
                self._excluded[place] = Excluded(self.ref(sheet, cell), template, fields)

    def refuse(
        self, sheet: Sheet, cell: Cell, code: str, template: str, /, **fields: object
    ) -> None:
        """The cell would have been imported and cannot be."""
        self.error(sheet, cell, code, template, found=cell.text, **fields)
        self._refused(sheet, cell)

    def refuse_and_ask(
        self,
        sheet: Sheet,
        cell: Cell,
        code: str,
        template: str,
        question: Question,
        /,
        **fields: object,
    ) -> None:
        """The cell would be imported if a person said what it means."""
        self.ask(sheet, cell, code, template, question, found=cell.text, **fields)
        self._refused(sheet, cell)

    def _refused(self, sheet: Sheet, cell: Cell) -> None:
        self._imported.pop(id(cell), None)
        self.leave(sheet, [cell], REFUSED)

    def error(self, sheet: Sheet, cell: Cell | None, code: str, template: str, /, **fields: object):
        """A finding that must be mended before anything is imported."""
        self.violations.append(Violation("error", code, self.ref(sheet, cell), template, fields))

    def ask(
        self,
        sheet: Sheet,
        cell: Cell | None,
        code: str,
        template: str,
        question: Question,
        /,
        **fields: object,
    ):
        """What a person has to say before anything is imported; an error until it is answered."""
        self.violations.append(
            Violation("error", code, self.ref(sheet, cell), template, fields, question)
        )

    def warn(self, sheet: Sheet, cell: Cell | None, code: str, template: str, /, **fields: object):
        """A finding that is worth knowing and stops nothing."""
        self.violations.append(Violation("warning", code, self.ref(sheet, cell), template, fields))

    def is_taken(self, sheet: Sheet, cell: Cell) -> bool:
        """Whether the cell is imported."""
        return id(cell) in self._imported

    @cached_property
    def numbers(self) -> int:
        """How many numbers the workbook holds."""
        return sum(len(sheet.numbers) for sheet in self.workbook.sheets)

    @cached_property
    def imported(self) -> int:
        """How many of them are imported: to be asked for when the reading is done."""
        return sum(
            id(cell) in self._imported for sheet in self.workbook.sheets for cell in sheet.numbers
        )

    def close(self) -> tuple[Excluded, ...]:
        """Check that imported and left out are every number of the workbook; what was left out."""
        out: list[Excluded] = []
        twice: list[tuple[Sheet, Cell]] = []
        for sheet in self.workbook.sheets:
            for cell in sheet.numbers:
                place = id(cell)
                if place in self._excluded:
                    out.append(self._excluded[place])
                    if place in self._imported:
                        twice.append((sheet, cell))
                elif place not in self._imported:
                    self.error(sheet, cell, "unaccounted", UNACCOUNTED, found=cell.text)
            for cell in sheet.cells.values():
                # Seen by the second reader only: nobody can know whether it belongs.
                if cell.second is not None and not cell.text and not sheet.is_hidden(cell):
                    fields = {"found": "", "second": cell.second}
                    self.error(sheet, cell, "disagreement", DISAGREEMENT, **fields)
        for sheet, cell in twice:
            self.error(sheet, cell, "accounted_twice", TWICE, found=cell.text)
        return tuple(out)
