"""The one connection to the one database file.

Every operation has a cursor of its own; every write holds the one write lock and is one
transaction; the connection is locked down so that SQL reaches no other file, no Python variable and
no setting. While a process holds the file no other can open it.
"""

import logging
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

import duckdb

from model.errors import StoreUnavailable
from model.store import journal, migrations, watermark

_log = logging.getLogger(__name__)
_CONFIG = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_EXCLUSIVE_WAIT = 30.0
# What DuckDB says when another process, or this one, has the file open.
_HELD = (
    "set lock on file",
    "being used by another process",
    "different configuration than existing connections",
)


class Store:
    """One open database. ``generation`` rises when its content is replaced by a backup, ``changes``
    then and with every write: what was read at a number need not be asked for again at the same.

    Safe to share between threads.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False):
        self.path = path
        self.read_only = read_only
        self.generation = 0
        self.changes = 0
        self._writing = threading.Lock()
        self._gate = _Gate()
        self._marked = (0, journal.FIRST_HASH)
        self._connection = self._connect()

    @classmethod
    def open(cls, path: Path | None, *, read_only: bool = False) -> "Store":
        """Open the database at ``path``, made when it does not exist; ``None`` is in memory.

        StoreUnavailable says in a sentence why it cannot be opened and what to do.
        """
        return cls(None if path is None else Path(path).absolute(), read_only=read_only)

    @contextmanager
    def read(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A fresh cursor that sees the database as it is now, whatever is written meanwhile."""
        with self._gate.shared(), closing(self._cursor()) as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
            finally:
                _roll_back(cursor)

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction under the write lock, committed unless the block raises.

        StoreUnavailable when the disk refuses; nothing is written then.
        """
        if self.read_only:
            raise StoreUnavailable("The database {path} is open for reading only.", path=self.path)
        with self._writing:
            try:
                with self._gate.shared(), closing(self._cursor()) as cursor:
                    cursor.execute("BEGIN")
                    try:
                        yield cursor
                        last = journal.last(cursor)
                        _commit(cursor)
                        self.changes += 1
                    except BaseException:
                        _roll_back(cursor)
                        raise
                self._mark(last)
            except duckdb.FatalException as error:
                # DuckDB gives up on the whole connection: begin anew from what was committed.
                self.replace(lambda: None)
                raise _not_saved(self.path, error) from error
            except (duckdb.IOException, duckdb.OutOfMemoryException, _CommitFailed) as error:
                raise _not_saved(self.path, error) from error

    @contextmanager
    def session(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor outside any transaction, for what cannot run in one."""
        with self._gate.shared(), closing(self._cursor()) as cursor:
            yield cursor

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock, so that nobody writes meanwhile; reading goes on."""
        with self._writing:
            yield

    def replace(self, swap: Callable[[], None]) -> None:
        """Close the database, let ``swap`` exchange its files, and open it again.

        Waits for readers; the caller holds the write lock. Whatever ``swap`` raises passes through
        after the database is open again.
        """
        with self._gate.exclusive():
            self._connection.close()
            try:
                swap()
            finally:
                self.generation += 1
                self.changes += 1
                self._connection = self._connect()

    def replace_with(self, source: Path) -> Path | None:
        """Take over a backup's content while the app runs: ``backup.restore`` with the app open."""
        from model.store import backup  # backup builds on this module

        return backup.restore_open(self, Path(source))

    def close(self) -> None:
        """Close the database and give up its file."""
        with self._writing, self._gate.exclusive():
            self._connection.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.cursor()
        except duckdb.ConnectionException as error:
            raise StoreUnavailable(
                "The database {path} is closed. Start the app again.", path=self.path
            ) from error

    def _mark(self, last: tuple[int, str]) -> None:
        if self.path is None or last == self._marked:
            return
        try:
            watermark.write(self.path, *last)
            self._marked = last
        except OSError as error:
            # The commit stands. An older watermark is still true, so the write has not failed.
            _log.info("The watermark of %s was not written: %s", self.path, error)

    def _connect(self) -> duckdb.DuckDBPyConnection:
        if self.path is None:
            connection = duckdb.connect(":memory:", config=_CONFIG)
            lock_down(connection, None)
            migrations.migrate(connection)
            return connection
        self._require_file()
        try:
            connection = duckdb.connect(str(self.path), read_only=self.read_only, config=_CONFIG)
        except duckdb.Error as error:
            raise cannot_open(self.path, error) from error
        try:
            self._accept(connection)
        except duckdb.Error as error:
            connection.close()
            raise cannot_open(self.path, error) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _require_file(self) -> None:
        if self.path.exists():
            return
        expected, _ = watermark.read(self.path)
        if expected:
            raise watermark.missing(self.path, expected, 0)
        if self.read_only:
            raise StoreUnavailable("There is no database {path}.", path=self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_open(self.path, error) from error

    def _accept(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Check the database before anything in it is changed, then bring its schema up to date."""
        lock_down(connection, backup_folder(self.path))
        # A refused database is left as it was found, with its write-ahead log.
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        migrations.refuse_foreign(connection, self.path)
        migrations.verify(connection, self.path)
        watermark.verify(connection, self.path)
        if not self.read_only:
            migrations.migrate(connection)
            self._mark(journal.last(connection))
        elif migrations.pending(connection):
            raise StoreUnavailable(
                "The database {path} was made by an older version of Klimatinvest and is open for "
                "reading only. Start the app once to bring it up to date.",
                path=self.path,
            )
        connection.execute("PRAGMA enable_checkpoint_on_shutdown")


def default_path() -> Path:
    """The database of this installation: ``KLIMATINVEST_DB``, or ``var/klimatinvest.duckdb``."""
    named = os.environ.get("KLIMATINVEST_DB")
    root = Path(__file__).resolve().parents[2]
    return Path(named).expanduser() if named else root / "var" / "klimatinvest.duckdb"


def store() -> Store:
    """The store of this process, opened once, with the plans of the first start in it."""
    with _opening:
        return _the_store()


_opening = threading.Lock()


@cache
def _the_store() -> Store:
    from model.store import seed  # reads the plan files, needed on the first start only

    opened = Store.open(default_path())
    try:
        seed.seed_if_empty(opened)
    except BaseException:
        opened.close()
        raise
    return opened


def backup_folder(path: Path) -> Path:
    """The one folder beside the database that its connection may write copies to."""
    return path.with_name(path.name + ".backup")


def is_held(error: Exception) -> bool:
    """Whether a database did not open because it is open already."""
    return any(sign in str(error) for sign in _HELD)


def cannot_open(path: Path, error: Exception) -> StoreUnavailable:
    """Why a database file does not open, as a sentence that says what to do."""
    text = str(error).split("\n")[0]
    if holder := re.search(r"Conflicting lock is held in .*?\(PID (\d+)\)", text):
        return StoreUnavailable(
            "The database {path} is in use by another program (process {pid}), probably the app. "
            "Close it, or do this on its page Underlag, or name another database with "
            "KLIMATINVEST_DB.",
            path=path,
            pid=holder[1],
        )
    if is_held(error):
        return StoreUnavailable(
            "The database {path} is in use by another program, probably the app. Close it, or do "
            "this on its page Underlag, or name another database with KLIMATINVEST_DB.",
            path=path,
        )
    if "not a valid DuckDB database" in text:
        return StoreUnavailable(
            "The file {path} is no Klimatinvest database. Nothing was changed: name another file "
            "with KLIMATINVEST_DB, or restore a backup.",
            path=path,
        )
    if "read a database file with version number" in text:
        return StoreUnavailable(
            "The database {path} was made by a newer version of DuckDB. Update the program, or "
            "name another database with KLIMATINVEST_DB.",
            path=path,
        )
    if "Corrupt" in text or "replaying WAL" in text:
        return StoreUnavailable(
            "The database {path} is damaged. Restore a backup with 'python -m model restore "
            "FILE'. ({detail})",
            path=path,
            detail=text,
        )
    if is_full(error):
        return StoreUnavailable(
            "The disk that holds {path} is full. Free some space and start again.", path=path
        )
    return StoreUnavailable(
        "The database {path} cannot be opened or made. Check that the folder exists and may be "
        "written to, or name another file with KLIMATINVEST_DB. ({detail})",
        path=path,
        detail=text,
    )


def _not_saved(path: Path | None, error: Exception) -> StoreUnavailable:
    text = str(error).split("\n")[0]
    if is_full(error):
        return StoreUnavailable(
            "Nothing was saved: the disk that holds {path} is full. Free some space and save "
            "again.",
            path=path,
        )
    return StoreUnavailable(
        "Nothing was saved: the database {path} could not be written. ({detail})",
        path=path,
        detail=text,
    )


def is_full(error: Exception) -> bool:
    """Whether a disk had no room left."""
    return any(
        sign in str(error) for sign in ("No space left", "File too large", "not enough space")
    )


class _CommitFailed(Exception):
    """The transaction could not be committed; DuckDB has rolled it back."""


def _commit(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("COMMIT")
    except duckdb.FatalException:
        raise
    except duckdb.Error as error:
        raise _CommitFailed(str(error)) from error


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    # A failed commit has ended the transaction already.
    with suppress(duckdb.Error):
        cursor.execute("ROLLBACK")


def lock_down(connection: duckdb.DuckDBPyConnection, folder: Path | None) -> None:
    """Close every way out of the database but to one folder, and then the settings themselves."""
    locked = connection.execute("SELECT current_setting('lock_configuration')").fetchone()[0]
    if locked:
        # This process has the same file open already: one instance, one configuration.
        return
    if folder is not None:
        connection.execute("SET allowed_directories = $all", {"all": [f"{folder}{os.sep}"]})
    # COPY FROM DATABASE sets this one for its own transaction; nothing else may be set.
    connection.execute("SET allowed_configs = ['current_transaction_invalidation_policy']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


class _Gate:
    """Many may pass at once; one may close the gate, and waits until it is alone."""

    def __init__(self):
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._closed)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._closed)
            self._closed = True
            alone = self._changed.wait_for(lambda: self._inside == 0, _EXCLUSIVE_WAIT)
            if not alone:
                self._closed = False
                self._changed.notify_all()
        if not alone:
            raise StoreUnavailable("The database is busy being read. Try again in a moment.")
        try:
            yield
        finally:
            with self._changed:
                self._closed = False
                self._changed.notify_all()
