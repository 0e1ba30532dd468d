"""The schema, grown by numbered SQL files, each applied once.

A migration and its record share one transaction, so a file is in a schema that is exactly some
number of migrations old. One that has been applied is never edited; its fingerprint is kept.
"""

import hashlib
from dataclasses import dataclass
from functools import cache

import duckdb

from model.errors import StoreUnavailable
from model.store.queries import SQL


@dataclass(frozen=True)
class Migration:
    """One file ``NNNN_name.sql``; ``sha256`` is that of its text with plain line ends."""

    number: int
    name: str
    sha256: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Every migration that this version of the program knows, in order."""
    found = []
    for file in sorted(SQL.glob("[0-9][0-9][0-9][0-9]_*.sql")):
        sql = file.read_text(encoding="utf-8")
        number, name = file.stem.split("_", 1)
        found.append(Migration(int(number), name, hashlib.sha256(sql.encode()).hexdigest(), sql))
    return tuple(found)


def is_ours(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether Klimatinvest made the database: it has the table that records our migrations."""
    columns = cursor.execute(
        "SELECT column_name FROM duckdb_columns()"
        " WHERE database_name = current_database() AND schema_name = 'main'"
        " AND table_name = 'migration' ORDER BY column_index"
    ).fetchall()
    return [name for (name,) in columns] == ["number", "name", "sha256", "applied_at"]


def refuse_foreign(cursor: duckdb.DuckDBPyConnection, path: object) -> None:
    """StoreUnavailable when another program made the database; an empty one is nobody's."""
    if is_ours(cursor):
        return
    (found,) = cursor.execute(
        "SELECT (SELECT count(*) FROM duckdb_tables()"
        " WHERE database_name = current_database() AND NOT internal)"
        " + (SELECT count(*) FROM duckdb_views()"
        " WHERE database_name = current_database() AND NOT internal)"
    ).fetchone()
    if found:
        raise StoreUnavailable(
            "{path} is a DuckDB database of another program. Nothing was changed. Name another "
            "file with KLIMATINVEST_DB.",
            path=path,
        )


def verify(cursor: duckdb.DuckDBPyConnection, path: object) -> None:
    """Refuse a database that this program does not understand.

    StoreUnavailable when it holds a migration that is not known here (a newer program made it) or
    one whose text was changed after it had been applied.
    """
    known = {migration.number: migration for migration in migrations()}
    for number, name, sha256 in _applied(cursor):
        if number not in known or known[number].name != name:
            raise StoreUnavailable(
                "The database {path} was made by a newer version of Klimatinvest (its schema has "
                "the step {number} {name}). Update the program, or name another database with "
                "KLIMATINVEST_DB.",
                path=path,
                number=f"{number:04}",
                name=name,
            )
        if known[number].sha256 != sha256:
            raise StoreUnavailable(
                "The schema step {number} {name} was changed after {path} had been made with it. "
                "Put the file back as it was and write the change as a new step.",
                path=path,
                number=f"{number:04}",
                name=name,
            )


def migrate(cursor: duckdb.DuckDBPyConnection, until: int | None = None) -> None:
    """Apply what is not applied yet (up to one number), each migration with its record at once."""
    cursor.execute(
        "CREATE TABLE IF NOT EXISTS migration ("
        "number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,"
        " applied_at TIMESTAMP NOT NULL)"
    )
    done = {number for number, _, _ in _applied(cursor)}
    for migration in migrations():
        if migration.number in done or (until is not None and migration.number > until):
            continue
        cursor.execute("BEGIN")
        try:
            cursor.execute(migration.sql)
            cursor.execute(
                "INSERT INTO migration VALUES (?, ?, ?, current_timestamp AT TIME ZONE 'UTC')",
                [migration.number, migration.name, migration.sha256],
            )
            cursor.execute("COMMIT")
        except duckdb.Error:
            cursor.execute("ROLLBACK")
            raise


def latest(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number of the latest migration applied, 0 when there is none."""
    return max((number for number, _, _ in _applied(cursor)), default=0)


def pending(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether some migration is not applied yet."""
    return len(_applied(cursor)) < len(migrations())


def has_table(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the database has a table of that name."""
    return bool(
        cursor.execute(
            "SELECT count(*) FROM duckdb_tables()"
            " WHERE database_name = current_database() AND table_name = ?",
            [table],
        ).fetchone()[0]
    )


def _applied(cursor: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    if not has_table(cursor, "migration"):
        return []
    return cursor.execute("SELECT number, name, sha256 FROM migration ORDER BY number").fetchall()
