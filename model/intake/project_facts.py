"""What a project's row says beside its amounts by year: owner, sector, marks, dates, effects.

What the reference data knows gets its key; what it does not is kept in the note in the sheet's own
words. Nothing is guessed: a mark that is no mark is refused, an effect without *per year* is of
unclear basis, and a running cost without a year is noted and not entered.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, partial

from model.intake.amount_columns import Use
from model.intake.amounts import accept, refuse_kind, written
from model.intake.choices import key_within, keys
from model.intake.draft import Draft
from model.intake.funding_rows import Source, add_named, note, source_of, status_of
from model.intake.ledger import Ledger
from model.intake.mapping import OwnerRule, normal
from model.intake.numbers import parse
from model.intake.reader import Cell
from model.intake.row_words import Words
from model.intake.table import Column, Role
from model.intake.table_rows import Row, TableRows
from model.reference import reference
from model.rows import Effect, RunningCost

NO_YEAR = "a running cost whose year is not known: {heading}"
BAD_MARK = "“{found}” is no mark that is known. Write x, or leave the cell empty."
UNKNOWN_SECTOR = "“{found}” is no sector that is known. It is kept in the note of {name}."
OPERATION_WITHOUT_YEAR = (
    "The running cost of {name} has no year, so it is noted and not entered. Say from which year "
    "the column “{heading}” counts."
)
NOT_TONNES = "The cell holds “{found}” where tonnes belong. Write a number, or leave it empty."
TONNES_SIGN = (
    "“{found}” has the other sign than the rest of the column “{heading}”. Write a reduction with "
    "the same sign everywhere."
)
UNCLEAR_EFFECT = (
    "The heading “{heading}” does not say whether the tonnes come every year: they are summed "
    "apart as unclear. Write t CO2e/år if they do."
)
_PER_YEAR = re.compile(
    r"/\s*år|per år|årlig|/\s*year|per year|annual|p\.?\s?a\.?(?!\w)", re.IGNORECASE
)
_KILOTONNES = re.compile(r"(?<!\w)(?:kton|kilotonnes?|kt)(?!\w)|1\s?000\s?ton", re.IGNORECASE)
_KILOGRAMS = re.compile(r"(?<!\w)(?:kg|kilo)(?!\w)", re.IGNORECASE)
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
_TONNE = Decimal(1)
# A role whose text is only kept, by what the note calls it.
_NOTED: Mapping[Role, str] = {"start": "Start", "end": "Slut", "cost_text": "Kostnad"}
TEXTS: tuple[Role, ...] = ("department", "number", "name")


class Facts:
    """Reads the columns of one table that hold no amounts of a year."""

    def __init__(self, rows: TableRows, words: Words, ledger: Ledger):
        self.rows, self.words, self.ledger = rows, words, ledger
        self.table, self.sheet = rows.table, rows.table.sheet
        self.vocabulary = words.vocabulary
        self.columns: dict[Role, int] = {}
        for column in self.table.columns:
            self.columns.setdefault(column.role, column.index)
        self.operation = [u for u in rows.uses.values() if u.column.role == "operation"]
        self.fields = [
            u
            for u in rows.uses.values()
            if u.purpose == "field" and u.column.role in ("decided_total", "forecast_total")
        ]
        self.tonnes = self.table.column("tonnes")
        self.tonnes_sign = self._sign_of_tonnes()
        self.said_unclear = False
        self._rule = cache(partial(_rule_of, words.vocabulary.owners))

    def cell(self, row: Row, role: Role) -> Cell | None:
        """The cell of a role, or None; an error shown there is refused."""
        index = self.columns.get(role)
        cell = None if index is None else row.cells.get(index)
        if cell is not None and cell.kind in ("error", "uncached"):
            refuse_kind(self.ledger, self.sheet, cell)
            return None
        return cell if cell is not None and (cell.kind == "number" or cell.text) else None

    def take_texts(self, row: Row) -> None:
        """The cells that say what the row is."""
        for role in TEXTS:
            cell = self.cell(row, role)
            if cell is not None:
                self.ledger.take(self.sheet, cell)

    def source(self, row: Row, named: Source) -> Source:
        """A source as a row of income names it, with what its own columns add."""
        cell, status = self.cell(row, "source"), self.cell(row, "status")
        if cell is not None and not named.key:
            own = source_of(cell.text, self.words)
            named = Source(own.key, own.words, named.status or own.status)
        if named.status is None and status is not None:
            named = Source(named.key, named.words, status_of(status.text, self.vocabulary))
        return named

    def owner(self, draft: Draft, row: Row) -> OwnerRule | None:
        """Whose the project is: its own column, or the department it stands under."""
        rules = self.vocabulary.owners
        rule = self._rule(draft.department) if draft.department else None
        cell = self.cell(row, "owner")
        if cell is not None:
            self.ledger.take(self.sheet, cell)
            key = keys("owners").get(normal(cell.text))
            named = next(
                (r for r in rules if (r.departments or r.endings) and r.fits(cell.text)), None
            )
            if key is not None:
                entry = reference().owners[key]
                own = entry.actor_group != "other"
                rule = OwnerRule(owner=key, owner_kind=entry.kind, appropriation=own)
            elif named is not None:
                rule = named
            else:
                draft.values["responsible"] = cell.text
                if not draft.department and self.words.is_department(cell.text):
                    draft.department = cell.text
                    rule = self._rule(cell.text)
        if rule is not None:
            draft.values |= {"owner": rule.owner, "owner_kind": rule.owner_kind}
        return rule

    def read(self, draft: Draft, row: Row) -> None:
        """Everything else that the row says."""
        self.marks(draft, row)
        self._sector(draft, row)
        self.district(draft, row)
        self._totals(draft, row)
        self.named_source(draft, row)
        self._texts(draft, row)
        self._effect(draft, row)
        for use in self.operation:
            self._running_cost(draft, row, use)

    def marks(self, draft: Draft, row: Row) -> None:
        """A mark is yes, an empty cell of the column no; without the column it is not known."""
        for role, name in (("green", "green"), ("fossil_free", "climate_marked")):
            if role not in self.columns:
                continue
            cell = self.cell(row, role)
            said = "" if cell is None else normal(cell.text)
            category = keys("green_categories").get(said) if role == "green" else None
            marks = self.vocabulary.marks
            if category is None and said and said not in (*marks.marked, *marks.unmarked):
                self.ledger.refuse(self.sheet, cell, "unknown_mark", BAD_MARK)
                continue
            if cell is not None:
                self.ledger.take(self.sheet, cell)
            draft.values[name] = category is not None or said in marks.marked
            if category is not None:
                draft.values["green_category"] = category

    def _sector(self, draft: Draft, row: Row) -> None:
        cell = self.cell(row, "sector")
        if cell is None:
            return
        self.ledger.take(self.sheet, cell)
        key = key_within("sectors", cell.text)
        if key:
            draft.values["sector"] = key
        else:
            fields = {"found": cell.text, "name": draft.name}
            self.ledger.warn(self.sheet, cell, "unknown_sector", UNKNOWN_SECTOR, **fields)
            note(draft, f"Område enligt arket: {cell.text}")

    def district(self, draft: Draft, row: Row) -> None:
        """Where in the municipality, as the sheet says it."""
        cell = self.cell(row, "district")
        if cell is not None:
            self.ledger.take(self.sheet, cell)
            draft.values["district"] = " ".join(cell.text.split())

    def _totals(self, draft: Draft, row: Row) -> None:
        """The decision and the forecast of the whole project: neither need nor appropriation."""
        for use in self.fields:
            found = row.figures.get(use.index)
            if found is None:
                continue
            amount = accept(self.ledger, self.sheet, self.rows.positive(found, use))
            if amount is not None:
                self.ledger.take(self.sheet, found.cell)
                draft.values[use.column.role] = amount.value

    def named_source(self, draft: Draft, row: Row) -> None:
        """A source that the row names beside no income of its own."""
        cell = self.cell(row, "source")
        if cell is None:
            return
        if draft.grants or draft.funding:
            self.ledger.take(self.sheet, cell)
            return
        source = self.source(row, source_of(cell.text, self.words))
        add_named(draft, source, cell, self.ledger, self.sheet)

    def _texts(self, draft: Draft, row: Row) -> None:
        for role, said in _NOTED.items():
            cell = self.cell(row, role)
            if cell is None:
                continue
            self.ledger.take(self.sheet, cell)
            text = _when(cell)
            note(draft, f"{said} enligt arket: {text}")
            if role in ("start", "end"):
                setattr(draft, role, text)
            if role == "end" and _MONTH.fullmatch(text):
                draft.values["in_service"] = text
        decision, status = self.cell(row, "decision"), self.cell(row, "status")
        if decision is not None:
            self.ledger.take(self.sheet, decision)
            draft.values["decision"] = decision.text
        if status is not None:
            self.ledger.take(self.sheet, status)
            readiness = keys("readiness").get(normal(status.text))
            if readiness is not None:
                draft.values["readiness"] = readiness
            elif status_of(status.text, self.vocabulary) is None or not draft.grants:
                note(draft, f"Status enligt arket: {status.text}")
        comment = self.cell(row, "comment")
        if comment is not None:
            self.ledger.take(self.sheet, comment)
            note(draft, comment.text)

    def _sign_of_tonnes(self) -> int:
        """Reductions are written as positive, or in the whole column as negative."""
        if self.tonnes is None:
            return 1
        values = [
            cell.value
            for row in self.rows.rows
            if row.kind == "project"
            and (cell := row.cells.get(self.tonnes.index)) is not None
            and cell.kind == "number"
        ]
        return -1 if 2 * sum(value < 0 for value in values) > len(values) else 1

    def _effect(self, draft: Draft, row: Row) -> None:
        cell = self.cell(row, "tonnes")
        if cell is None:
            return
        heading = self.tonnes.heading
        low, mid, high = self._tonnes(cell)
        known = [value for value in (low, mid, high) if value is not None]
        if not known:
            return
        if min(known) < 0:
            self.ledger.refuse(self.sheet, cell, "effect_sign", TONNES_SIGN, heading=heading)
            return
        ref = self.ledger.cite(self.sheet, cell)
        said = f"{heading} {cell.text if cell.kind == 'text' else ''}"
        factor = _factor(said)
        low, mid, high = (None if v is None else v * factor for v in (low, mid, high))
        per_year = bool(_PER_YEAR.search(said))
        if not per_year and not self.said_unclear:
            self.said_unclear = True
            column = self.tonnes
            fields = {"heading": heading}
            self.ledger.warn(self.sheet, column.cell, "unclear_basis", UNCLEAR_EFFECT, **fields)
        fossil = "fossil" in normal(heading)
        indicator = "fossil_co2_reduction" if fossil else "co2e_reduction"
        entry = reference().indicators[indicator]
        draft.effects.append(
            Effect(
                indicator=indicator,
                unit=entry.unit,
                low=low,
                mid=mid,
                high=high,
                basis="per_year" if per_year else "unclear",
                gas=entry.gas if entry.gas in ("co2e", "fossil_co2") else "",
                note=cell.text if cell.kind == "text" else "",
                source_ref=ref,
            )
        )

    def _tonnes(self, cell: Cell) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        if cell.kind == "number":
            return None, cell.value * self.tonnes_sign, None
        text = re.sub(r"(?:k?ton\w*|t)\s*(?:co2e?|koldioxid\w*)?.*$", "", cell.text, flags=re.I)
        parsed = parse(text.strip() or cell.text)
        if parsed.reason in ("blank", "blank_or_zero", "not_known"):
            return None, None, None
        if parsed.reason or parsed.unit or parsed.flag == "upper_bound":
            self.ledger.refuse(self.sheet, cell, "not_a_number", NOT_TONNES)
            return None, None, None
        return parsed.low, parsed.value, parsed.high

    def _running_cost(self, draft: Draft, row: Row, use: Use) -> None:
        """A yearly change of running cost; income of it is a saving."""
        found = row.figures.get(use.index)
        if found is None or not found.says_something:
            return
        amount = accept(self.ledger, self.sheet, self.rows.positive(found, use), negative=True)
        if amount is None:
            return
        column: Column = use.column
        if column.year is None:
            fields = {"name": draft.name, "heading": column.heading}
            self.ledger.leave(self.sheet, [found.cell], NO_YEAR, heading=column.heading)
            if amount.value:
                code = "operation_without_year"
                self.ledger.warn(self.sheet, found.cell, code, OPERATION_WITHOUT_YEAR, **fields)
                note(draft, f"{column.heading}: {written(amount.value)} kr utan år")
            return
        sign = -1 if column.flow == "income" else 1
        draft.running_costs.append(
            RunningCost(
                item="operation",
                year=column.year,
                amount=amount.value * sign,
                price_level=self.vocabulary.price_level,
                source_ref=self.ledger.cite(self.sheet, found.cell),
            )
        )


def _rule_of(rules: Iterable[OwnerRule], department: str) -> OwnerRule | None:
    return next((rule for rule in rules if rule.fits(department)), None)


def _factor(text: str) -> Decimal:
    """Tonnes per unit of a column of emissions."""
    if _KILOTONNES.search(text):
        return Decimal(1000)
    return Decimal("0.001") if _KILOGRAMS.search(text) else _TONNE


def _when(cell: Cell) -> str:
    """A date as year and month, anything else as it stands."""
    return cell.text[:7] if cell.kind == "date" else cell.text
