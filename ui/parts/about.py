"""Which Klimatinvest this is."""

from functools import cache
from pathlib import Path

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
LICENCE = "Apache License 2.0"


@cache
def version() -> str:
    """The newest version in the changelog; empty where there is none."""
    if not CHANGELOG.exists():
        return ""
    lines = CHANGELOG.read_text("utf-8").splitlines()
    return next((line.removeprefix("## ").strip() for line in lines if line.startswith("## ")), "")
