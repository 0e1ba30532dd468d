"""A workbook as an import would have it: what comes in, what is left out and why, what is wrong.

:func:`read_workbook` writes nothing. A reading with a violation of severity ``error`` may not be
imported; warnings are worth reading and stop nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from model.errors import InvalidData, Violation
from model.intake import account_lines, budget_rows, guard, measure_texts, sie
from model.intake import mapping as mappings
from model.intake.answers import NONE, Answers
from model.intake.because import Because
from model.intake.draft import Draft, NamedFunding, finish
from model.intake.ledger import Excluded, Ledger
from model.intake.line_balance import Balance
from model.intake.lines import Lines, Pooled
from model.intake.mapping import AnyMapping, Layout, Template, Vocabulary
from model.intake.reader import Format, Workbook, without_collecting
from model.intake.reading_json import as_json
from model.intake.sums import SumCheck
from model.intake.table import Table
from model.intake.tables import find_tables
from model.intake.template_reader import read_template, recognises_template
from model.rows import Expenditure, Loan, Measure, Prerequisite
from model.years import year_label

NO_SUCH_FILE = "There is no file {file}. Check its name and folder."
A_FOLDER = "{file} is a folder. Choose a workbook in it."
NOT_ALLOWED = "The file {file} may not be read. Close it in other programs, or ask for the right."
UNREADABLE = "The file {file} cannot be read from the disk. Copy it to another place and try again."
NO_TABLE = (
    "Nothing in {file} is recognised, so nothing is imported: no row on the sheets {sheets} has "
    "headings that are known. Say in which row the headings stand, or use the project's template."
)
_PROBLEMS = ((FileNotFoundError, NO_SUCH_FILE), (IsADirectoryError, A_FOLDER))
# Fields that a rule fills in and the sheet does not say.
DERIVED = frozenset({"owner", "owner_kind", "kind"})


@dataclass(frozen=True)
class File:
    """The workbook as it came: its base name and the SHA-256 of its bytes."""

    name: str
    sha256: str
    format: Format = "xlsx"


@dataclass(frozen=True)
class SheetUnit:
    """Kronor per unit of the first table's amounts, and the cell that says so with its words."""

    factor: Decimal | None
    evidence: str
    currency: str = "SEK"


@dataclass(frozen=True)
class Reading:
    """What an import would do. ``derived`` are what a rule filled in and the sheet does not say:
    fields of a measure, and ``kind`` of its expenditures.

    ``funding`` are sources that make no grant. ``numbers`` counts the numeric cells of the
    workbook; each is ``imported`` or ``excluded``. ``tables`` are what it was understood to be,
    with ``answers`` that a person or a layout gave; ``fingerprint`` is the same for the same
    headings in another year. ``sums`` are the sheets' own with what was found under them,
    ``balance`` sources and uses of a ledger and ``pooled`` its money for no project, ``dates``
    start and end of a measure in the sheet's words, ``cost_texts`` what it costs in them,
    ``notes`` what is worth saying of how the file was read.
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
    tables: tuple[Table, ...] = ()
    answers: Answers = NONE
    fingerprint: str = ""
    sums: tuple[SumCheck, ...] = ()
    balance: tuple[Balance, ...] = ()
    pooled: tuple[Pooled, ...] = ()
    dates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    cost_texts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Because, ...] = ()
    loans: tuple[Loan, ...] = ()

    @classmethod
    def nothing(cls, name: str, sha256: str) -> "Reading":
        """A reading of a file in which nothing was understood."""
        return cls(File(name, sha256), "", SheetUnit(None, ""), (), (), (), (), (), 0, 0)

    @property
    def format(self) -> Format:
        """What kind of file it is, by its bytes."""
        return self.file.format

    @property
    def errors(self) -> tuple[Violation, ...]:
        """What must be mended before anything can be imported."""
        return tuple(found for found in self.violations if found.severity == "error")

    @cached_property
    def totals(self) -> dict[str, Decimal]:
        """Imported investment in kronor by year label, *before* first and *later* last."""
        return by_year(e for measure in self.measures for e in investment(measure))

    def to_json(self) -> dict:
        """The reading as the command line gives it: amounts are decimal strings in kronor."""
        return as_json(self)


def investment(measure: Measure) -> Iterable[Expenditure]:
    """What a measure invests, where an amount is known."""
    return (
        e
        for e in measure.expenditures
        if e.kind == "investment" and e.scope == "total" and e.mid is not None
    )


def by_year(rows: Iterable[Expenditure]) -> dict[str, Decimal]:
    """Kronor by year label, in order of year."""
    sums: dict[int, Decimal] = {}
    for row in rows:
        sums[row.year] = sums.get(row.year, Decimal(0)) + row.mid
    return {year_label(year): sums[year] for year in sorted(sums)}


@without_collecting()
def read_workbook(
    source: Path | bytes, name: str = "", mapping: Path | None = None, answers: Answers = NONE
) -> Reading:
    """Read a workbook and say what importing it would do. Nothing is written.

    ``source`` is a file or its bytes, ``name`` what it is called (of an upload, only its last part
    is believed), ``mapping`` a file of the user's own with a layout, a vocabulary or a template,
    ``answers`` what a person has said about this workbook. InvalidData, naming the file, when it
    cannot be read or nothing in it is recognised.
    """
    content, name = _content(source, name)
    tried = dict(mappings.known())
    if mapping is not None:
        own = mappings.load(mapping)
        if isinstance(own, Layout):
            answers = answers.before(own.answers)
        else:
            # The user's own goes instead of the project's of its kind.
            tried = {key: each for key, each in tried.items() if type(each) is not type(own)}
        tried[mapping.stem] = own
    return interpret(guard.read(content, name), hashlib.sha256(content).hexdigest(), tried, answers)


def _content(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name
    try:
        with source.open("rb") as opened:  # one byte more than is read shows that it is too large
            return opened.read(guard.MAX_BYTES + 1), name or source.name
    except OSError as error:
        problems = (*_PROBLEMS, (PermissionError, NOT_ALLOWED), (OSError, UNREADABLE))
        template = next(text for kind, text in problems if isinstance(error, kind))
        fields = {"file": str(source)}
        found = Violation("error", "unreadable_file", str(source), template, fields)
        raise InvalidData(template, (found,), **fields) from error


@without_collecting()
def interpret(
    workbook: Workbook,
    sha256: str,
    tried: Mapping[str, AnyMapping],
    answers: Answers = NONE,
) -> Reading:
    """What the cells of a workbook mean: the project's template, a SIE file, or any tables.

    ``tried`` are the mappings that are known, by name: templates, the vocabulary, and layouts,
    which apply where their headings are found. InvalidData when there is no table in it.
    """
    file = File(workbook.file, sha256, workbook.format)
    # The template has the headings of a budget sheet too, so it is looked for first.
    for key, known in tried.items():
        if isinstance(known, Template) and recognises_template(workbook, known):
            return _read_template(workbook, file, key, known, answers)
    key, vocabulary = next(
        ((key, known) for key, known in tried.items() if isinstance(known, Vocabulary)),
        ("vocabulary", mappings.vocabulary()),
    )
    ledger = Ledger(workbook)
    if sie.is_sie(workbook):
        found = _of_lines(sie.read_sie(workbook, vocabulary, answers, ledger))
        return _finished(file, "sie", ledger, (), answers, found)
    tables = find_tables(workbook, vocabulary, answers, ledger)
    for name, layout in tried.items():
        if isinstance(layout, Layout) and layout.fits(tables):
            key, answers = name, answers.before(layout.answers)
            ledger = Ledger(workbook)
            tables = find_tables(workbook, vocabulary, answers, ledger)
            break
    if not tables and not any(each.severity == "error" for each in ledger.violations):
        raise _nothing_found(workbook)
    found = _read_tables(tables, vocabulary, answers, ledger)
    return _finished(file, key, ledger, tables, answers, found)


@dataclass(frozen=True)
class _Found:
    """What the readers of the different shapes of tables came to."""

    drafts: tuple[Draft, ...] = ()
    sums: tuple[SumCheck, ...] = ()
    lines: Lines = field(default_factory=Lines)


def _read_tables(
    tables: Sequence[Table], vocabulary: Vocabulary, answers: Answers, ledger: Ledger
) -> _Found:
    shapes = {
        shape: tuple(table for table in tables if table.shape == shape)
        for shape in ("projects", "lines", "undated")
    }
    rows = budget_rows.read_rows(shapes["projects"], vocabulary, answers, ledger)
    lines = account_lines.read_lines(shapes["lines"], vocabulary, answers, ledger)
    texts = measure_texts.read_texts(shapes["undated"], vocabulary, answers, ledger)
    return _Found(
        (*rows.drafts, *lines.drafts, *texts.drafts),
        (*rows.sums, *lines.sums, *texts.sums),
        lines,
    )


def _of_lines(lines: Lines) -> _Found:
    return _Found(lines.drafts, lines.sums, lines)


def _finished(
    file: File, key: str, ledger: Ledger, tables: tuple[Table, ...], answers: Answers, found: _Found
) -> Reading:
    measures, funding = finish(found.drafts, ledger)
    units = found.lines.units
    tables = tuple(
        replace(table, unit=units.get((table.sheet.title, table.header), table.unit))
        for table in tables
    )
    excluded = ledger.close()
    return Reading(
        file,
        key,
        _unit(tables, ledger),
        measures,
        (),
        funding,
        excluded,
        tuple(ledger.violations),
        ledger.numbers,
        ledger.imported,
        derived=DERIVED,
        tables=tables,
        answers=answers,
        fingerprint=_fingerprint(tables),
        sums=found.sums,
        balance=found.lines.balances,
        pooled=found.lines.pooled,
        dates={d.id: (d.start, d.end) for d in found.drafts if d.id and (d.start or d.end)},
        cost_texts={d.id: d.cost_text for d in found.drafts if d.id and d.cost_text},
        notes=ledger.workbook.notes,
    )


def _unit(tables: Iterable[Table], ledger: Ledger) -> SheetUnit:
    """The unit of the first table that has one."""
    for table in tables:
        if table.unit is not None:
            unit = table.unit
            said = unit.evidence
            if unit.cell is not None:
                said = f"{ledger.ref(table.sheet, unit.cell)}: {said}"
            return SheetUnit(unit.factor, said, unit.currency)
    return SheetUnit(None, "")


def _fingerprint(tables: Iterable[Table]) -> str:
    """One for all tables of the workbook: the same when their headings are."""
    each = sorted({table.fingerprint for table in tables})
    if len(each) < 2:
        return "".join(each)
    return hashlib.sha256("|".join(each).encode()).hexdigest()[:16]


def _read_template(
    workbook: Workbook, file: File, key: str, known: Template, answers: Answers
) -> Reading:
    ledger = Ledger(workbook)
    filled = read_template(workbook, known, ledger, answers)
    excluded = ledger.close()
    return Reading(
        file,
        key,
        SheetUnit(known.unit, filled.evidence or key),
        filled.measures,
        filled.prerequisites,
        (),
        excluded,
        tuple(ledger.violations),
        ledger.numbers,
        ledger.imported,
        answers=answers,
        notes=workbook.notes,
        loans=filled.loans,
    )


def _nothing_found(workbook: Workbook) -> InvalidData:
    sheets = ", ".join(f"“{sheet.title}”" for sheet in workbook.sheets if not sheet.hidden) or "–"
    fields = {"file": workbook.file, "sheets": sheets}
    found = Violation("error", "unknown_layout", workbook.file, NO_TABLE, fields)
    return InvalidData(NO_TABLE, (found,), **fields)
