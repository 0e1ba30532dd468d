"""Ids of measures, the same every time the same row is read."""

import hashlib
import re
import unicodedata

LENGTH = 60


def slug(*parts: str) -> str:
    """Small letters, digits and hyphens from project number, name and the like."""
    text = " ".join(part for part in parts if part)
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LENGTH].strip("-")
    return made or hashlib.sha256(text.encode()).hexdigest()[:12]
