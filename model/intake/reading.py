"""A workbook as an import would have it: what comes in, what is left out and why, what is wrong.

:func:`read_workbook` writes nothing. A reading with a violation of severity ``error`` may not be
imported; warnings are worth reading and stop nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from model.errors import InvalidData, Violation
from model.intake import guard
from model.intake import mapping as layouts
from model.intake.budget_sheet import NamedFunding, read_budget, recognises
from model.intake.ledger import Excluded, Ledger
from model.intake.mapping import BudgetSheet, Template
from model.intake.reader import Workbook
from model.intake.template_reader import read_template, recognises_template
from model.intake.understand import best_candidate
from model.rows import Measure, Prerequisite
from model.years import year_label

NO_SUCH_FILE = "The file {file} cannot be read: {problem}."
UNKNOWN_LAYOUT = (
    "The layout of {file} is not known, so nothing is imported. Nearest is row {row} of the sheet "
    "{sheet}, read as {layout}: recognised {recognised}; not recognised {unknown}; "
    "missing {missing}. Rename the headings, use the project's template, or give a layout file."
)
NO_HEADINGS = (
    "The layout of {file} is not known, so nothing is imported: no row on the sheets {sheets} "
    "has a heading that is recognised. Use the project's template, or give a layout file."
)


@dataclass(frozen=True)
class File:
    """The workbook as it came: its base name and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class SheetUnit:
    """Kronor per unit of the sheet's amounts, and the cell that says so with its words."""

    factor: Decimal | None
    evidence: str


@dataclass(frozen=True)
class Reading:
    """What an import would do. ``derived`` are what a rule filled in and the sheet does not say:
    fields of a measure, and ``kind`` of its expenditures.

    ``funding`` are sources that the sheet names without an amount, which make no grant. ``numbers``
    counts the numeric cells of the workbook; each is ``imported`` or ``excluded``.
    """

    file: File
    layout: str
    unit: SheetUnit
    measures: tuple[Measure, ...]
    prerequisites: tuple[Prerequisite, ...]
    funding: tuple[NamedFunding, ...]
    excluded: tuple[Excluded, ...]
    violations: tuple[Violation, ...]
    numbers: int
    imported: int
    derived: frozenset[str] = frozenset()

    @property
    def errors(self) -> tuple[Violation, ...]:
        """What must be mended before anything can be imported."""
        return tuple(found for found in self.violations if found.severity == "error")

    @cached_property
    def totals(self) -> dict[str, Decimal]:
        """Imported investment in kronor by year label, *before* first and *later* last."""
        return _by_year(e for measure in self.measures for e in _investment(measure))

    def to_json(self) -> dict:
        """The reading as the command line gives it: amounts are decimal strings in kronor."""
        return {
            "file": {"name": self.file.name, "sha256": self.file.sha256},
            "unit": {
                "factor": None if self.unit.factor is None else int(self.unit.factor),
                "evidence": self.unit.evidence,
            },
            "measures": [self._measure(measure) for measure in self.measures],
            "excluded": [{"ref": left.ref, "reason": left.reason} for left in self.excluded],
            "violations": [
                {
                    "severity": found.severity,
                    "code": found.code,
                    "ref": found.ref,
                    "message": found.message,
                }
                for found in self.violations
            ],
            "totals": _as_text(self.totals),
        }

    def _measure(self, measure: Measure) -> dict:
        grants = [
            {
                "source": grant.source,
                "year": year_label(payment.year),
                "amount": f"{payment.amount:.2f}",
                "status": grant.status,
            }
            for grant in measure.grants
            for payment in grant.payments
        ]
        named = [
            {"source": found.source, "year": None, "amount": None, "status": found.status}
            for found in self.funding
            if found.measure_id == measure.id
        ]
        return {
            "name": measure.name,
            "department": measure.department,
            "sector": measure.sector,
            "owner": measure.owner,
            "owner_kind": measure.owner_kind,
            "green_category": measure.green_category,
            "green": measure.green,
            "investment": _as_text(_by_year(_investment(measure))),
            "appropriation": _as_text(_by_year(_given(measure, "decided"))),
            "planned": _as_text(_by_year(_given(measure, "planned"))),
            "funding": grants + named,
            "source_ref": measure.source_ref,
        }


def _investment(measure: Measure) -> Iterable:
    return (
        e
        for e in measure.expenditures
        if e.kind == "investment" and e.scope == "total" and e.mid is not None
    )


def _given(measure: Measure, status: str) -> Iterable:
    return (row for row in measure.appropriations if row.status == status)


def _by_year(rows: Iterable) -> dict[str, Decimal]:
    """Kronor by year label, in order of year."""
    sums: dict[int, Decimal] = {}
    for row in rows:
        amount = row.mid if hasattr(row, "mid") else row.amount
        sums[row.year] = sums.get(row.year, Decimal(0)) + amount
    return {year_label(year): sums[year] for year in sorted(sums)}


def _as_text(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {year: f"{amount:.2f}" for year, amount in amounts.items()}


def read_workbook(source: Path | bytes, name: str = "", mapping: Path | None = None) -> Reading:
    """Read a workbook and say what importing it would do. Nothing is written.

    ``source`` is a file or its bytes, ``name`` what it is called (of an upload, only its last part
    is believed), ``mapping`` a layout file of the user's own. InvalidData, naming the file, when it
    cannot be read or its layout is not known.
    """
    content, name = _content(source, name)
    tried = layouts.known() if mapping is None else {mapping.stem: layouts.load(mapping)}
    return interpret(guard.read(content, name), hashlib.sha256(content).hexdigest(), tried)


def interpret(
    workbook: Workbook, sha256: str, tried: Mapping[str, BudgetSheet | Template]
) -> Reading:
    """What the cells of a workbook mean in the first of the layouts that recognises them.

    InvalidData when none does, saying what came nearest.
    """
    file = File(workbook.file, sha256)
    templates = {key: known for key, known in tried.items() if isinstance(known, Template)}
    sheets = {key: known for key, known in tried.items() if isinstance(known, BudgetSheet)}
    # The template has the headings of a budget sheet too, so it is looked for first.
    for key, known in templates.items():
        if recognises_template(workbook, known):
            return _read_template(workbook, file, key, known)
    for key, known in sheets.items():
        if recognises(workbook, known):
            return _read_budget(workbook, file, key, known)
    raise _unknown(workbook, list(sheets.values()))


def _content(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name
    try:
        with source.open("rb") as opened:  # one byte more than is read shows that it is too large
            return opened.read(guard.MAX_BYTES + 1), name or source.name
    except OSError as error:
        fields = {"file": source.name, "problem": error.strerror or type(error).__name__}
        found = Violation("error", "unreadable_file", source.name, NO_SUCH_FILE, fields)
        raise InvalidData(NO_SUCH_FILE, (found,), **fields) from error


def _read_budget(workbook: Workbook, file: File, key: str, known: BudgetSheet) -> Reading:
    ledger = Ledger(workbook)
    found = read_budget(workbook, known, ledger)
    unit = SheetUnit(None, "")
    if found.unit is not None:
        evidence = f"{found.unit_ref}: {found.unit.evidence}" if found.unit_ref else key
        unit = SheetUnit(found.unit.factor, evidence)
    excluded = ledger.close()
    return Reading(
        file,
        key,
        unit,
        found.measures,
        (),
        found.funding,
        excluded,
        tuple(ledger.violations),
        ledger.numbers,
        ledger.imported,
        derived=frozenset({"owner", "owner_kind", "kind"}),
    )


def _read_template(workbook: Workbook, file: File, key: str, known: Template) -> Reading:
    ledger = Ledger(workbook)
    measures, prerequisites, evidence = read_template(workbook, known, ledger)
    excluded = ledger.close()
    return Reading(
        file,
        key,
        SheetUnit(known.unit, evidence or key),
        measures,
        prerequisites,
        (),
        excluded,
        tuple(ledger.violations),
        ledger.numbers,
        ledger.imported,
    )


def _unknown(workbook: Workbook, tried: list[BudgetSheet]) -> InvalidData:
    """Say which row came nearest to a header, what was recognised in it and what was not."""
    for known in tried:
        nearest = best_candidate(workbook.sheets, known)
        if nearest is None:
            continue
        fields = {
            "file": workbook.file,
            "sheet": nearest.sheet.title,
            "row": nearest.header,
            "layout": known.name,
            "recognised": _listed(column.cell.text for column in nearest.columns),
            "unknown": _listed(cell.text for cell in nearest.unknown),
            "missing": _listed(known.heading(role) for role in nearest.missing),
        }
        ref = f"{workbook.file}!{nearest.sheet.title}"
        found = Violation("error", "unknown_layout", ref, UNKNOWN_LAYOUT, fields)
        return InvalidData(UNKNOWN_LAYOUT, (found,), **fields)
    fields = {"file": workbook.file, "sheets": _listed(sheet.title for sheet in workbook.sheets)}
    found = Violation("error", "unknown_layout", workbook.file, NO_HEADINGS, fields)
    return InvalidData(NO_HEADINGS, (found,), **fields)


def _listed(texts: Iterable[str], most: int = 12) -> str:
    """Texts in quotation marks, the first few of them, or a dash."""
    quoted = [f"“{' '.join(text.split())[:60]}”" for text in texts]
    return ", ".join(quoted[:most] + ["…"] * (len(quoted) > most)) or "–"
