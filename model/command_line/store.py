"""The database: back up, restore, check."""

from pathlib import Path

from model.command_line.view import Add
from model.errors import InvalidData


def add(command: Add) -> None:
    """Add them."""
    backup = command("backup", _backup, _show_file, "write a verified copy of the database")
    backup.add_argument("file", type=Path)
    restore = command("restore", _restore, _show_file, "replace the database by a backup")
    restore.add_argument("file", type=Path)
    command("check", _check, _show_check, "run every identity, the journal and the second matching")


def _backup(asked) -> dict:
    from model.store.backup import backup
    from model.store.connection import store

    backup(store(), asked.file)
    return {"file": str(asked.file)}


def _restore(asked) -> dict:
    from model.store.backup import restore
    from model.store.connection import default_path

    restore(default_path(), asked.file)
    return {"file": str(default_path())}


def _check(asked) -> dict:
    from model.store.check import check
    from model.store.connection import store

    violations = check(store())
    if violations:
        raise InvalidData("{count} checks failed.", tuple(violations), count=len(violations))
    return {"violations": []}


def _show_check(answer: dict) -> str:
    return "All checks passed."


def _show_file(answer: dict) -> str:
    return answer["file"]
