"""Ids of measures, the same every time the same row is read."""

import hashlib
import re
import unicodedata

LENGTH = 60
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug(*parts: str) -> str:
    """Small letters, digits and hyphens from project number, name and the like."""
    text = " ".join(part for part in parts if part)
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    made = _OTHERS.sub("-", plain).strip("-")[:LENGTH].strip("-")
    return made or hashlib.sha256(text.encode()).hexdigest()[:12]
