"""The last journal entry, kept in a small file of its own beside the database.

DuckDB opens a database whose write-ahead log was cut off or deleted without a word, with fewer
rows. The watermark is written and synced after each commit, so the next start notices. It may lag
behind the database (a crash between the commit and the watermark), never the other way round.
"""

import os
from pathlib import Path

import duckdb

from model.errors import StoreUnavailable
from model.store import journal, migrations

_MISSING = (
    "{missing} of {expected} journal entries are missing in the database {path}: the file or its "
    "write-ahead log (.wal) was cut off, deleted or replaced. Restore a backup with "
    "'python -m model restore FILE'. To go on without what is missing, delete {watermark}."
)
_DIFFERENT = (
    "The database {path} is another one than when it was last used: journal entry {expected} is "
    "not the same. Put the right file back or restore a backup with 'python -m model restore "
    "FILE'. To go on with this one, delete {watermark}."
)


def watermark_path(path: Path) -> Path:
    """Where the watermark of a database lies."""
    return path.with_name(path.name + ".last")


def write(path: Path, seq: int, digest: str) -> None:
    """Write and sync the watermark of the database at ``path``. OSError when that fails."""
    target = watermark_path(path)
    draft = target.with_name(target.name + ".new")
    with draft.open("w", encoding="ascii") as file:
        file.write(f"{seq} {digest}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    sync_folder(path.parent)


def read(path: Path) -> tuple[int, str]:
    """Sequence and hash that the database at ``path`` must hold; the empty journal's when none.

    StoreUnavailable when the file is not one of ours.
    """
    target = watermark_path(path)
    try:
        seq, digest = target.read_text(encoding="ascii").split()
        return int(seq), digest
    except (FileNotFoundError, NotADirectoryError):
        return 0, journal.FIRST_HASH
    except (OSError, ValueError) as error:
        raise StoreUnavailable(
            "The file {watermark} beside the database cannot be read. Restore a backup, or delete "
            "the file to go on without its check.",
            watermark=target,
        ) from error


def verify(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a database that lacks what its watermark says. StoreUnavailable, nothing changed."""
    seq, digest = read(path)
    if seq == 0:
        return
    found, same = 0, None
    if migrations.has_table(cursor, "journal"):
        found, _ = journal.last(cursor)
        same = cursor.execute("SELECT hash FROM journal WHERE seq = ?", [seq]).fetchone()
    if found < seq:
        raise missing(path, seq, found)
    if same != (digest,):
        raise StoreUnavailable(_DIFFERENT, path=path, expected=seq, watermark=watermark_path(path))


def missing(path: Path, expected: int, found: int) -> StoreUnavailable:
    """The error that says how many journal entries are lost."""
    return StoreUnavailable(
        _MISSING,
        missing=expected - found,
        expected=expected,
        path=path,
        watermark=watermark_path(path),
    )


def sync_folder(folder: Path) -> None:
    """Make what was just renamed into a folder survive a power cut. Windows needs no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
