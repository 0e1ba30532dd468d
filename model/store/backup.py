"""Backup and restore: the database as one verified file, out and in.

A copy of the database file without its write-ahead log would lack the latest changes, so both ways
go through ``COPY FROM DATABASE``, and what was copied is opened again and compared before it takes
its place. Nothing is overwritten by a copy that was not verified.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from model.errors import InvalidData, NotFound, StoreUnavailable
from model.store import journal, migrations, watermark
from model.store.connection import Store, backup_folder, cannot_open, is_full, is_held, lock_down
from model.store.queries import query
from model.store.tables import Cursor

# What DuckDB says of a sound file that this user or this program may not read.
_NOT_ITS_FAULT = ("Permission denied", "read a database file with version number")
Summary = tuple[tuple[int, str], list[tuple[str, int]]]


def backup(store: Store, target: Path) -> None:
    """Write a verified copy of the database to ``target``, replacing an older backup there.

    Reading goes on meanwhile; writing waits. StoreUnavailable when ``target`` is something else
    than a backup or when the copy cannot be written or differs; ``target`` is then as it was.
    """
    target = Path(target).absolute()
    if store.path is None:
        raise StoreUnavailable("A database in memory has no backup.")
    _refuse_same_file(store.path, target)
    _refuse_no_backup(target)
    with store.writing(), _empty_folder(backup_folder(store.path)) as folder:
        copy = folder / "copy.duckdb"
        filled = store.path.parent
        try:
            with store.session() as cursor:
                expected = _summary(cursor)
                _copy(cursor, copy)
            _verify(copy, expected)
            filled = target.parent
            _put(copy, target)
        except (duckdb.Error, OSError) as error:
            if is_full(error):
                raise StoreUnavailable(
                    "The backup {target} was not written: the disk that holds {folder} is full. "
                    "The database itself is untouched.",
                    target=target,
                    folder=filled,
                ) from error
            raise StoreUnavailable(
                "The backup {target} was not written: {detail}", target=target, detail=str(error)
            ) from error


def restore(path: Path, source: Path) -> Path | None:
    """Make the backup ``source`` the database at ``path``, which no process may have open.

    Returns where the replaced database lies (``….before-restore``), None when there was none.
    NotFound, InvalidData (it is no sound backup) or StoreUnavailable; nothing is changed then.
    """
    path, source = Path(path).absolute(), Path(source).absolute()
    with _verified_copy(source, path) as (copy, last):
        _refuse_if_held(path)
        return _swap(path, copy, last)


def restore_open(store: Store, source: Path) -> Path | None:
    """The same for a database that this process has open: closed, swapped and opened again."""
    if store.path is None or store.read_only:
        raise StoreUnavailable("The database {path} cannot be replaced.", path=store.path)
    aside: list[Path | None] = []
    with store.writing(), _verified_copy(Path(source).absolute(), store.path) as (copy, last):
        store.replace(lambda: aside.append(_swap(store.path, copy, last)))
    return aside[0]


def examine(source: Path) -> None:
    """Refuse a file that is no sound backup, without a copy of it: its tables and its journal.

    NotFound, InvalidData or StoreUnavailable, as ``restore`` would say, which reads all the rest.
    """
    source = Path(source).absolute()
    _refuse_missing(source)
    with _reading(source), closing(_open(source, None)) as connection:
        _refuse_unsound(connection, source)


@contextmanager
def _verified_copy(source: Path, path: Path) -> Iterator[tuple[Path, tuple[int, str]]]:
    """A verified copy of the backup beside the database, and the last entry of its journal."""
    _refuse_missing(source)
    _refuse_same_file(path, source)
    with _empty_folder(backup_folder(path)) as folder:
        copy = folder / "copy.duckdb"
        with _reading(source, path.parent):
            with closing(_open(source, folder)) as connection:
                _refuse_unsound(connection, source)
                expected = _summary(connection)
                _copy(connection, copy)
            _verify(copy, expected)
        yield copy, expected[0]


@contextmanager
def _reading(source: Path, folder: Path | None = None) -> Iterator[None]:
    """Say in a sentence why a backup cannot be read, or copied into ``folder``."""
    try:
        yield
    except duckdb.Error as error:
        text = str(error)
        if is_full(error):
            raise StoreUnavailable(
                "The backup {file} was not restored: the disk that holds {folder} is full. The "
                "database itself is untouched.",
                file=source.name,
                folder=folder,
            ) from error
        if "not a valid DuckDB database" in text:
            raise _no_backup(source) from error
        if is_held(error) or any(sign in text for sign in _NOT_ITS_FAULT):
            raise cannot_open(source, error) from error
        raise InvalidData(
            "The backup {file} is damaged or incomplete. Nothing was changed.", file=source.name
        ) from error


def _no_backup(source: Path) -> InvalidData:
    return InvalidData(
        "{file} is no backup of Klimatinvest. Nothing was changed.", file=source.name
    )


def _refuse_missing(source: Path) -> None:
    if not source.is_file():
        raise NotFound("There is no backup {source}.", source=source)


def _open(file: Path, folder: Path | None) -> duckdb.DuckDBPyConnection:
    """A connection to a file that is no store of ours yet; it may write to the folder only."""
    connection = duckdb.connect(":memory:")
    attach = query("backup/attach").replace(":file", _quoted(file, "'"))
    connection.execute(attach.replace(":name", "source (READ_ONLY)"))
    connection.execute("USE source")
    lock_down(connection, folder)
    return connection


def _refuse_unsound(connection: Cursor, source: Path) -> None:
    """A backup has the tables that its migrations make, nothing besides, and a whole journal."""
    if not migrations.is_ours(connection):
        raise _no_backup(source)
    migrations.verify(connection, source)
    with closing(duckdb.connect(":memory:")) as blank:
        migrations.migrate(blank, until=migrations.latest(connection))
        expected = blank.execute(query("backup/schema")).fetchall()
    if connection.execute(query("backup/schema")).fetchall() != expected:
        raise InvalidData(
            "The file {source} is no backup of Klimatinvest: its tables are others.", source=source
        )
    found = journal.violations(connection)
    if found:
        raise InvalidData(
            "The backup {source} was not restored. {first}",
            tuple(found),
            source=source,
            first=found[0].message,
        )


def _copy(cursor: Cursor, copy: Path) -> None:
    """Copy the cursor's whole database into a new file. The names cannot be bound parameters."""
    (own,) = cursor.execute("SELECT current_database()").fetchone()
    attach = query("backup/attach").replace(":file", _quoted(copy, "'"))
    cursor.execute(attach.replace(":name", "copy"))
    try:
        cursor.execute(query("backup/copy").replace(":own", _quoted(own, '"')))
    finally:
        cursor.execute("DETACH copy")


def _verify(copy: Path, expected: Summary) -> None:
    """Open the copy again and compare the rows of every table and the whole journal."""
    with closing(_open(copy, copy.parent)) as connection:
        same = _summary(connection) == expected and not journal.violations(connection)
    if not same:
        raise StoreUnavailable("The copy differs from the database and was thrown away.")


def _summary(cursor: Cursor) -> Summary:
    """The last journal entry, and how many rows each table has."""
    tables = cursor.execute(query("backup/tables")).fetchall()
    return journal.last(cursor), [(name, len(cursor.table(name))) for (name,) in tables]


def _quoted(name: object, mark: str) -> str:
    """A name as SQL, with its own marks doubled."""
    return mark + str(name).replace(mark, mark * 2) + mark


def _refuse_same_file(path: Path, other: Path) -> None:
    if path.exists() and other.exists() and other.samefile(path):
        raise StoreUnavailable(
            "{path} is the database itself: name another file for the backup.", path=path
        )


def _refuse_no_backup(target: Path) -> None:
    """StoreUnavailable when something else than a backup of ours lies there."""
    if not target.exists():
        return
    # A log or a watermark beside it shows a database that somebody works in.
    used = any(target.with_name(target.name + end).exists() for end in (".wal", ".last"))
    if used or not _is_ours(target):
        raise StoreUnavailable(
            "{target} exists and is no backup: choose another name.", target=target
        )


def _is_ours(file: Path) -> bool:
    try:
        with closing(_open(file, None)) as connection:
            return migrations.is_ours(connection)
    except duckdb.Error:
        return False


def _refuse_if_held(path: Path) -> None:
    """StoreUnavailable while a process has the database open. A damaged one may be replaced."""
    if not path.exists():
        return
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.Error as error:
        if is_held(error):
            raise cannot_open(path, error) from error


def _swap(path: Path, copy: Path, last: tuple[int, str]) -> Path | None:
    """Put the copy in the database's place; what lay there is kept, one generation of it."""
    aside = path.with_name(path.name + ".before-restore")
    moved = []
    try:
        for suffix in ("", ".wal", ".last"):
            old, new = (file.with_name(file.name + suffix) for file in (path, aside))
            new.unlink(missing_ok=True)
            if old.exists():
                old.replace(new)
                moved.append((old, new))
        copy.replace(path)
        watermark.write(path, *last)
    except OSError as error:
        for old, new in reversed(moved):
            new.replace(old)
        raise StoreUnavailable(
            "The backup was not restored, and the database is as it was: {detail}",
            detail=str(error),
        ) from error
    return aside if aside.exists() else None


def _put(copy: Path, target: Path) -> None:
    """Move a verified copy to its place in one step, by way of a draft on the target's disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(copy, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    watermark.sync_folder(target.parent)


@contextmanager
def _empty_folder(folder: Path) -> Iterator[Path]:
    """A folder for the copy, without what an earlier crash may have left, and removed after."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise cannot_open(folder, error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
