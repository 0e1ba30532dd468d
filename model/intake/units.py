"""In which unit a table's amounts are, what says so, and whether its figures can be in that unit.

The nearest evidence goes first: the heading of the column, its number format, the header rows and
titles from below, the rest of the sheet, its title, and last the sheets of notes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from statistics import median_low

from model.errors import Question
from model.formatting import number
from model.intake.answers import UNITS, Answers
from model.intake.contents import value_of
from model.intake.headings import MONEY, NUMERIC
from model.intake.ledger import Ledger
from model.intake.mapping import normal
from model.intake.reader import Cell
from model.intake.regions import Region
from model.intake.table import Because, Column, Unit
from model.intake.unit_words import Stated, UnitWords

SAID = Because("A person has said so.")
IN_HEADING = "The heading “{text}” says so."
IN_FORMAT = "The number format of {cell} says so: {text}."
IN_TITLE = "The text “{text}” in {cell} says so."
IN_SHEET = "The title of the sheet says so: {text}."
IN_NOTES = "The text “{text}” in {cell} on the sheet {sheet} says so."
IN_CELLS = "Each amount has its own unit."
NOT_KNOWN = "Nothing says in which unit the amounts are."

ASK_UNIT = (
    "Nothing says in which unit the amounts are. The largest amount of a row is {largest}: "
    "{readings}. Say which unit it is."
)
ASK_WHICH = (
    "More than one unit is named: {found}. The largest amount of a row is {largest}: {readings}. "
    "Say which unit the amounts are in."
)
ASK_MAGNITUDE = (
    "“{found}” says that the amounts are in {unit}, which their size contradicts. The largest "
    "amount of a row is {largest}: {readings}. Say which unit the amounts are in."
)
ASK_RATE = (
    "“{found}” says that the amounts are in {currency}, and nothing says what that is in kronor. "
    "Say how many kronor 1 {currency} is."
)

# A table of investments in kronor has larger ones than this; none has half of them above the other.
SMALLEST_IN_KRONOR = Decimal(1000)
LARGEST_USUAL = Decimal(10) ** 10
FEWEST = 3
# In how many of a column's first cells a number format is looked for.
FORMATS = 50
_STATEMENT = re.compile(
    r"belopp|siffror|summor|anges|redovisas|uttryck|alla tal|enhet|amounts?|figures"
    r"|\bi\b|\bin\b|[(\[]",
    re.IGNORECASE,
)
LONG = 40
_RATE = re.compile(r"kurs|\brate\b", re.IGNORECASE)


@dataclass(frozen=True)
class Surroundings:
    """Texts that may name a unit or a rate: on the table's sheet outside its tables, and in notes.

    Each is (sheet title, cell). ``beside`` is the cell to the right of one, where a rate may stand.
    """

    sheet: Sequence[Cell]
    notes: Sequence[tuple[str, Cell]]
    beside: dict[tuple[str, int, int], Cell]


@dataclass(frozen=True)
class _Evidence:
    stated: Stated
    cell: Cell | None
    text: str
    because: Because


class Units:
    """Finds the unit of one table."""

    def __init__(
        self,
        region: Region,
        columns: tuple[Column, ...],
        words: UnitWords,
        around: Surroundings,
        answers: Answers,
        ledger: Ledger,
    ):
        self.region, self.columns, self.words, self.around = region, columns, words, around
        self.answers, self.ledger = answers, ledger
        self.title = region.sheet.title
        self.money = [column for column in columns if column.role in MONEY]
        self.asked_rates: set[str] = set()

    def find(
        self, sizes: Sequence[Decimal], above: tuple[Unit, Because] | None = None
    ) -> tuple[Unit | None, Because, dict[int, Unit]]:
        """The unit of the table, why, and the units of columns that have one of their own.

        ``sizes`` is the largest amount of each row without its unit, ``above`` the unit of the
        table above on the same sheet, which holds where nothing else is said.
        """
        own = self._own_units()
        said = self.answers.unit(self.title)
        if said is not None:
            word = self.answers.units.get(self.title, self.answers.units.get("", ""))
            return Unit(said, None, word), SAID, {}
        amounts = [c for c in self.money if c.role != "operation"] or self.money
        named = [own[c.index] for c in amounts if c.index in own]
        spending = [own[c.index] for c in amounts if c.index in own and c.flow != "income"]
        if named and len(named) == len(amounts):
            found = [_usual(named)]
        else:
            # What one year's column says goes for the others, when nothing else is said.
            found = self._around() or self._different_of(spending)
        if not found and above is not None:
            return *above, {}
        if not found:
            return self._missing(sizes)
        first = found[0]
        if len(found) > 1:
            texts = ", ".join(f"“{evidence.text}”" for evidence in found)
            self._ask(first.cell, ASK_WHICH, sizes, found=texts)
            return None, Because(NOT_KNOWN), {}
        unit = self._unit(first)
        self._check_size(first, unit, sizes)
        separate = {
            index: self._unit(evidence)
            for index, evidence in own.items()
            if (evidence.stated.factor, evidence.stated.currency)
            != (first.stated.factor, first.stated.currency)
        }
        return unit, first.because, separate

    def _own_units(self) -> dict[int, _Evidence]:
        """What a column's own heading or number format says."""
        own = {}
        for column in self.money:
            for cell in reversed(self.region.headings.get(column.index, ())):
                stated = self._stated(cell.text)
                if len(stated) == 1:
                    because = Because(IN_HEADING, {"text": cell.text})
                    own[column.index] = _Evidence(stated[0], cell, cell.text, because)
                    break
            else:
                for cell in self._some(column.index):
                    text = " ".join(re.findall(r'"([^"]*)"', cell.number_format))
                    stated = self._stated(text) if text else ()
                    if len(stated) == 1:
                        because = Because(IN_FORMAT, {"cell": cell.ref, "text": text.strip()})
                        own[column.index] = _Evidence(stated[0], cell, text.strip(), because)
                        break
        return own

    def _some(self, index: int) -> Iterable[Cell]:
        """The first numbers of a column that have a format."""
        for cell in islice(self.region.column(index), FORMATS):
            if cell.number_format:
                yield cell

    def _stated(self, text: str) -> tuple[Stated, ...]:
        return self.words.named(text)

    def _around(self) -> list[_Evidence]:
        """What is said nearest to the table: one unit, or more that contradict each other."""
        near = sorted((*self._shared_headings(), *self.region.titles), key=lambda c: -c.row)
        found = self._different(
            (cell, Because(IN_TITLE, {"text": _short(cell.text), "cell": cell.ref}))
            for cell in near
            if self._is_statement(cell.text)
        )
        if found:
            return found
        rest = sorted(self.around.sheet, key=lambda c: abs(c.row - self.region.header[0]))
        found = self._different(
            (cell, Because(IN_TITLE, {"text": _short(cell.text), "cell": cell.ref}))
            for cell in rest
            if self._is_statement(cell.text)
        )
        if found:
            return found
        stated = self._stated(self.title)
        if len(stated) == 1:
            because = Because(IN_SHEET, {"text": self.title})
            return [_Evidence(stated[0], None, self.title, because)]
        return self._different(
            (cell, Because(IN_NOTES, {"text": _short(cell.text), "cell": cell.ref, "sheet": sheet}))
            for sheet, cell in self.around.notes
            if self._is_statement(cell.text) and _STATEMENT.search(cell.text)
        )

    def _shared_headings(self) -> list[Cell]:
        """Header cells that speak for the table: over several columns, or over one of labels."""
        labels = {c.index for c in self.columns if c.role not in NUMERIC}
        over: dict[tuple[int, int], list[int]] = {}
        cells = {}
        for index, stack in self.region.headings.items():
            for cell in stack:
                over.setdefault((cell.row, cell.column), []).append(index)
                cells[cell.row, cell.column] = cell
        return [
            cells[place]
            for place, columns in over.items()
            if len(columns) > 1 or columns[0] in labels
        ]

    def _is_statement(self, text: str) -> bool:
        """Says in which unit amounts are: short, worded so, or a title that ends with it."""
        if _RATE.search(text):
            return False
        if len(text) <= LONG or _STATEMENT.search(text):
            return True
        title = " ".join(text.split()).rstrip(" )].:*")
        return any(title.endswith(stated.word) for stated in self._stated(text))

    def _different(self, cells: Iterable[tuple[Cell, Because]]) -> list[_Evidence]:
        """The units that cells name, each once, with the first cell that names it."""
        found: dict[tuple[Decimal, str], _Evidence] = {}
        for cell, because in cells:
            for stated in self._stated(cell.text):
                evidence = _Evidence(stated, cell, _short(cell.text), because)
                found.setdefault((stated.factor, stated.currency), evidence)
        return list(found.values())

    @staticmethod
    def _different_of(named: Iterable[_Evidence]) -> list[_Evidence]:
        return list({(e.stated.factor, e.stated.currency): e for e in named}.values())

    def _unit(self, evidence: _Evidence) -> Unit:
        """Kronor per unit, with the rate of another currency when it is known."""
        stated = evidence.stated
        if stated.currency == "SEK":
            return Unit(stated.factor, evidence.cell, evidence.text)
        rate, where = self._rate(stated.currency)
        if rate is None:
            self._ask_rate(evidence)
            return Unit(stated.factor, evidence.cell, evidence.text, stated.currency, False)
        text = f"{evidence.text}; {where}" if where else evidence.text
        return Unit(stated.factor * rate, evidence.cell, text, stated.currency)

    def _rate(self, currency: str) -> tuple[Decimal | None, str]:
        """Kronor per coin: said by a person, or stated in the workbook, with the words."""
        said = self.answers.rates.get(currency)
        if said is not None:
            return said, ""
        places = [(self.title, cell) for cell in (*self.region.titles, *self.around.sheet)]
        for sheet, cell in (*places, *self.around.notes):
            stated = self.words.rate(cell.text)
            if stated and stated[0] == currency:
                return stated[1], f"{_short(cell.text)} ({cell.ref})"
            beside = self.around.beside.get((sheet, cell.row, cell.column))
            if beside is None or not re.search(r"kurs|rate|1\s*\w{3}\b", cell.text, re.IGNORECASE):
                continue
            value = value_of(beside)
            if value and value > 0 and self.words.coin(cell.text.replace("1", " ")) == currency:
                return value, f"{_short(cell.text)} {value} ({beside.ref})"
        return None, ""

    def _ask_rate(self, evidence: _Evidence) -> None:
        currency = evidence.stated.currency
        if currency in self.asked_rates:
            return
        self.asked_rates.add(currency)
        question = Question(f"--rate {currency}={{choice}}")
        fields = {"found": evidence.text, "currency": currency}
        self.ledger.ask(self.region.sheet, evidence.cell, "ask_rate", ASK_RATE, question, **fields)

    def _missing(self, sizes: Sequence[Decimal]) -> tuple[Unit | None, Because, dict[int, Unit]]:
        """Nothing says the unit: asked, unless no amount lacks a unit of its own."""
        if not sizes:
            return Unit(Decimal(1), None, IN_CELLS), Because(IN_CELLS), {}
        cell = next((c.cell for c in self.money if c.cell), None)
        self._ask(cell, ASK_UNIT, sizes)
        return None, Because(NOT_KNOWN), {}

    def _check_size(self, evidence: _Evidence, unit: Unit, sizes: Sequence[Decimal]) -> None:
        """Ask when the amounts cannot be in the unit that is stated."""
        sizes = [size for size in sizes if size]
        if not sizes or not unit.rate_known:
            return
        # The sum of a single amount is no second one.
        small = len(set(sizes)) >= FEWEST and max(sizes) * unit.factor < SMALLEST_IN_KRONOR
        large = median_low(sizes) * unit.factor > LARGEST_USUAL
        if small or large:
            fields = {"found": evidence.text, "unit": evidence.stated.word}
            self._ask(evidence.cell, ASK_MAGNITUDE, sizes, **fields)

    def _ask(
        self, cell: Cell | None, template: str, sizes: Sequence[Decimal], **fields: object
    ) -> None:
        largest = max(sizes, default=Decimal(0))
        readings = ", ".join(
            f"{_written(largest * factor)} kr ({word})" for word, factor in UNITS.items()
        )
        flag = f"--unit {self.title}={{choice}}"
        question = Question(flag, tuple(UNITS))
        fields |= {"largest": _written(largest), "readings": readings}
        self.ledger.ask(self.region.sheet, cell, "ask_unit", template, question, **fields)


def _usual(named: list[_Evidence]) -> _Evidence:
    """The one that most columns have."""
    return max(named, key=lambda e: sum(other.stated == e.stated for other in named))


def row_sizes(region: Region, columns: Iterable[Column], sums: re.Pattern) -> list[Decimal]:
    """The largest plain amount of each row that is no sum, without its sign."""
    amounts = [c.index for c in columns if c.role in MONEY]
    labels = [c.index for c in columns if c.role in ("name", "number", "department")]
    sizes = []
    for cells in region.body.values():
        there = [cells[index] for index in amounts if index in cells]
        values = [cell.value if cell.kind == "number" else _plain(cell) for cell in there]
        figures = [value for value in values if value is not None]
        if figures and not any(
            sums.match(normal(cell.text))
            for index in labels
            if (cell := cells.get(index)) is not None and cell.kind != "number"
        ):
            sizes.append(max(*figures, -min(figures)))
    return sizes


def _plain(cell: Cell) -> Decimal | None:
    """A number as text, without a unit of its own."""
    plain = cell.kind == "text" and not re.search(r"[A-Za-zÅÄÖåäö%€$]", cell.text)
    return value_of(cell) if plain else None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"


def _written(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return number(amount, 0 if whole else 2, language="sv")
