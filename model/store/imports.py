"""The workbooks that plans were made from, kept as they came."""

from dataclasses import dataclass
from datetime import UTC, datetime

from model.errors import NotFound
from model.store import journal
from model.store.queries import query
from model.store.tables import Cursor


@dataclass(frozen=True)
class ImportedFile:
    """An imported workbook: its file, which version of which plan it made, and who did it.

    ``imported_at`` is UTC.
    """

    plan_id: str
    version: int
    name: str
    sha256: str
    imported_at: datetime
    who: str


def imported_files(cursor: Cursor, plan_id: str | None = None) -> list[ImportedFile]:
    """The imported files of a plan, or of all plans, the latest first."""
    rows = cursor.execute(query("read/imported_files"), {"plan": plan_id}).fetchall()
    return [ImportedFile(*row[:4], row[4].replace(tzinfo=UTC), row[5]) for row in rows]


def imported_content(cursor: Cursor, file: ImportedFile) -> bytes:
    """The bytes of an imported file. NotFound when it is not there."""
    row = cursor.execute(
        query("read/imported_content"),
        {"plan": file.plan_id, "sha256": file.sha256, "version": file.version},
    ).fetchone()
    if row is None:
        raise NotFound("The file {file} is not kept here.", file=file.name)
    return bytes(row[0])


def latest_import(cursor: Cursor, plan_id: str) -> journal.Entry | None:
    """The journal entry of the latest import that stands: not taken back since. None: no such."""
    taken_back = 0
    for entry in journal.of_imports(cursor, plan_id):
        if entry.command == "undo_import":
            taken_back += 1
        elif entry.command == "delete_plan":
            return None
        elif taken_back:
            taken_back -= 1
        else:
            return entry
    return None


def made_the_plan(cursor: Cursor, entry: journal.Entry) -> bool:
    """Whether the import made its plan too, in the entry before it."""
    before = journal.at_version(cursor, entry.plan_id, entry.version - 1)
    return before is not None and before.command == "create_plan" and bool(before.source)
