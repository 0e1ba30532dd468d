"""The effect of a row: tonnes as a number or in words, and what its comment says of it."""

import re
from decimal import Decimal

from model.intake.amounts import POINT, figure, report
from model.intake.answers import Answers
from model.intake.effect_texts import (
    Basis,
    EffectText,
    Quantity,
    held_elsewhere,
    read_effect,
    read_sinks,
)
from model.intake.funding_rows import note
from model.intake.ledger import Ledger
from model.intake.mentions import Span
from model.intake.reader import Cell
from model.intake.table import Table
from model.intake.table_rows import Row
from model.intake.text_costs import ASK_POINT
from model.intake.worded import Worded
from model.reference import reference
from model.rows import Effect

EFFECT_NOT_READ = (
    "The effect of {name} says “{text}”, and what {found} is cannot be known. Write tonnes of CO2e "
    "as one number or a range, with /år after them when they come every year."
)
EFFECT_WORDS = "The effect of {name} also says “{rest}”: the words are kept and change no figure."
NEGATIVE_EFFECT = (
    "“{found}” has the other sign than the rest of its column. Write a reduction with the same "
    "sign everywhere."
)

_KILOTONNES = re.compile(r"(?<!\w)(?:kton|kilotonnes?|kt)(?!\w)", re.IGNORECASE)
_KILOGRAMS = re.compile(r"(?<!\w)(?:kg|kilo)(?!\w)", re.IGNORECASE)
_TONNES = re.compile(r"(?<!\w)(?:ton(?:ne)?s?|t)(?!\w)", re.IGNORECASE)
_PER_YEAR = re.compile(r"/\s*år|per år|årlig|/\s*year|per year|annual", re.IGNORECASE)


class Effects:
    """Reads the effects of one table. ``unit`` is tonnes per unit of a figure that names none.

    ``unit`` is None where the heading does not say, and ``basis`` how often it says they come.
    """

    def __init__(self, table: Table, answers: Answers, ledger: Ledger):
        self.table, self.sheet = table, table.sheet
        self.answers, self.ledger = answers, ledger
        self.column = table.column("tonnes")
        said = "" if self.column is None else self.column.heading
        self.basis: Basis = "per_year" if _PER_YEAR.search(said) else "unclear"
        self.unit = _unit(said)
        self.sign = self._sign()

    def _sign(self) -> int:
        """Reductions are written as positive, or in the whole column as negative."""
        if self.column is None:
            return 1
        cells = (cells.get(self.column.index) for _, cells in self.table.rows())
        stated = [cell.value for cell in cells if cell is not None and cell.kind == "number"]
        return -1 if any(stated) and all(value <= 0 for value in stated) else 1

    def read(self, row: Row, worded: Worded) -> None:
        """The effect of a row."""
        cell = None if self.column is None else row.cells.get(self.column.index)
        if cell is None or not (cell.text or cell.kind == "uncached"):
            return
        if cell.kind == "number":
            found = self._number(cell)
        elif cell.kind == "text":
            found = read_effect(cell.text, self.unit, self.basis, self.answers.point)
            note(worded.draft, f"{self.column.heading}: ”{found.text}”")
        else:
            report(self.ledger, self.sheet, figure(cell, Decimal(1)))
            return
        worded.effect, worded.held = found, found.held
        worded.flags |= set(found.flags)
        if found.unread:
            self._refuse(worded, cell, found)
            return
        if found.rest:
            fields = {"name": row.name, "rest": found.rest}
            self.ledger.warn(self.sheet, cell, "words_beside", EFFECT_WORDS, **fields)
        ref = self.ledger.cite(self.sheet, cell)
        boundary = "consumption" if "scope3" in found.flags else ""
        for quantity in (found.reduction, *found.others):
            if quantity is not None:
                row_effect = effect_of(quantity, ref, boundary=boundary, note=found.text)
                worded.draft.effects.append(row_effect)

    def comment(self, row: Row, worded: Worded) -> None:
        """What a comment says of the effect: which measure holds it, and what is stored."""
        column = self.table.column("comment")
        cell = None if column is None else row.cells.get(column.index)
        if cell is None or cell.kind != "text":
            return
        worded.held = held_elsewhere(cell.text) or worded.held
        ref = self.ledger.ref(self.sheet, cell)
        for sink in read_sinks(cell.text, self.answers.point):
            said = " ".join(cell.text.split())
            worded.draft.effects.append(effect_of(sink, ref, note=said))

    def stated(self, cell: Cell) -> Decimal | None:
        """The tonnes that a cell states, in the middle of their range; for a sum."""
        found = (
            self._number(cell)
            if cell.kind == "number"
            else read_effect(cell.text, self.unit, self.basis, self.answers.point)
        )
        return None if found.reduction is None else found.reduction.span.mid

    def _number(self, cell: Cell) -> EffectText:
        tonnes = self.sign * cell.value * (self.unit or 1)
        if tonnes < 0:
            return EffectText(cell.text, unread=(cell.text,))
        flags = () if self.unit else ("unit_missing",)
        reduction = Quantity("co2e_reduction", Span(None, tonnes), self.basis)
        return EffectText(cell.text, reduction, flags=flags)

    def _refuse(self, worded: Worded, cell: Cell, found: EffectText) -> None:
        if cell.kind == "number":
            self.ledger.refuse(self.sheet, cell, "sign_of_effect", NEGATIVE_EFFECT)
        elif found.ambiguous and self.answers.point is None:
            fields = {"text": found.text}
            self.ledger.ask(self.sheet, cell, "ask_number", ASK_POINT, POINT, **fields)
        else:
            fields = {
                "name": worded.draft.name,
                "text": found.text,
                "found": ", ".join(f"“{words}”" for words in found.unread),
            }
            self.ledger.error(self.sheet, cell, "effect_not_read", EFFECT_NOT_READ, **fields)


def _unit(heading: str) -> Decimal | None:
    if _KILOTONNES.search(heading):
        return Decimal(1000)
    if _KILOGRAMS.search(heading):
        return Decimal("0.001")
    return Decimal(1) if _TONNES.search(heading) else None


def effect_of(
    quantity: Quantity | None,
    ref: str,
    *,
    boundary: str = "",
    group: str = "",
    note: str = "",
) -> Effect:
    """The row of a quantity; None is an effect on emissions that is not known."""
    key = "co2e_reduction" if quantity is None else quantity.indicator
    indicator = reference().indicators[key]
    low, mid, high = (None, None, None) if quantity is None else quantity.span
    return Effect(
        indicator=key,
        unit=indicator.unit,
        low=low,
        mid=mid,
        high=high,
        basis="unclear" if quantity is None else quantity.basis,
        gas=indicator.gas if indicator.gas in ("co2e", "fossil_co2") else "",
        boundary=boundary,
        effect_group=group,
        note=note,
        source_ref=ref,
    )
