"""The entry for reading what was entered, as it was entered: rows, the journal, imported files.

What is worked out from it comes from :mod:`model.results`. ``store`` is the store of the process
unless another is given. NotFound when there is no such plan, measure or file.
"""

from model.errors import Violation
from model.rows import Measure, PlanDocument, PlanHead
from model.store import documents, imports, journal, layouts
from model.store.check import check as check_store
from model.store.connection import Store
from model.store.connection import store as the_store
from model.store.imports import ImportedFile
from model.store.journal import Entry
from model.store.layouts import Remembered

__all__ = ["Entry", "ImportedFile", "Remembered"]


def document(plan_id: str, store: Store | None = None) -> tuple[PlanDocument, int]:
    """A whole plan as its rows, and its version."""
    with (store or the_store()).read() as cursor:
        return documents.read_document(cursor, plan_id)


def document_at(plan_id: str, version: int, store: Store | None = None) -> PlanDocument:
    """A whole plan as it was in an earlier version, as the journal tells it.

    NotFound when the plan has never been at that version.
    """
    with (store or the_store()).read() as cursor:
        return journal.document_at(cursor, plan_id, version)


def measure(
    plan_id: str, measure_id: str, store: Store | None = None
) -> tuple[Measure, PlanHead, int]:
    """One measure whole, its plan's head, and the plan's version."""
    with (store or the_store()).read() as cursor:
        head, version = documents.read_head(cursor, plan_id)
        return documents.read_measure(cursor, plan_id, measure_id), head, version


def history(
    plan_id: str, measure_id: str | None = None, limit: int = 100, store: Store | None = None
) -> list[Entry]:
    """The latest changes of a plan, or of one of its measures, newest first."""
    with (store or the_store()).read() as cursor:
        return journal.history(cursor, plan_id, measure_id, limit)


def imported(plan_id: str | None = None, store: Store | None = None) -> list[ImportedFile]:
    """The workbooks that plans were made from, the latest first."""
    with (store or the_store()).read() as cursor:
        return imports.imported_files(cursor, plan_id)


def imported_content(file: ImportedFile, store: Store | None = None) -> bytes:
    """An imported workbook as it came."""
    with (store or the_store()).read() as cursor:
        return imports.imported_content(cursor, file)


def latest_import(plan_id: str, store: Store | None = None) -> Entry | None:
    """The journal entry of the import that ``commands.undo_import`` would take back, or None."""
    with (store or the_store()).read() as cursor:
        return imports.latest_import(cursor, plan_id)


def remembered_layout(fingerprint: str, store: Store | None = None) -> Remembered | None:
    """How headings with this fingerprint are to be read, as it was confirmed last, or None."""
    with (store or the_store()).read() as cursor:
        return layouts.remembered(cursor, fingerprint)


def check(store: Store | None = None) -> list[Violation]:
    """Everything about the store that can be verified; nothing when all is well."""
    return check_store(store or the_store())
