"""Confirmed ways of reading a workbook's headings, kept by the fingerprint of those headings."""

from dataclasses import dataclass
from datetime import UTC, datetime

from model.store.queries import query
from model.store.tables import Cursor


@dataclass(frozen=True)
class Remembered:
    """A layout as it was confirmed: its YAML, who confirmed it, and when (UTC)."""

    name: str
    content: str
    who: str
    saved_at: datetime


def remember(cursor: Cursor, fingerprint: str, name: str, content: str, who: str) -> None:
    """Keep a layout beside those that were confirmed before; the same again is not written."""
    known = remembered(cursor, fingerprint)
    if known is not None and (known.name, known.content) == (name, content):
        return
    saved_at = datetime.now(UTC).replace(tzinfo=None)
    cursor.execute(
        "INSERT INTO layout VALUES (?, ?, ?, ?, ?)", [fingerprint, saved_at, who, name, content]
    )


def remembered(cursor: Cursor, fingerprint: str) -> Remembered | None:
    """The layout that was confirmed last for a fingerprint, or None."""
    row = cursor.execute(query("read/layout"), {"fingerprint": fingerprint}).fetchone()
    return row and Remembered(*row[:3], row[3].replace(tzinfo=UTC))
