"""The SQL files beside this module, by name. Each begins with its grain."""

from functools import cache
from pathlib import Path

SQL = Path(__file__).parent / "sql"


@cache
def query(name: str) -> str:
    """The text of ``sql/<name>.sql``."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
