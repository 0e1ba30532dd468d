"""Names that a person writes, as the keys of the reference data: either language, or the key."""

from functools import cache

from model.intake.mapping import normal
from model.reference import reference


@cache
def keys(registry: str) -> dict[str, str]:
    """Every spelling of the entries of a registry of ``data/``, as compared, to its key."""
    entries = getattr(reference(), registry)
    spellings: dict[str, str] = {}
    for key, entry in entries.items():
        for name in (key, entry.name, entry.name_en, *getattr(entry, "aliases", ())):
            spellings.setdefault(normal(name), key)
    return spellings


def names(registry: str) -> tuple[str, ...]:
    """What the entries of a registry are called in Swedish, in order."""
    return tuple(entry.name for entry in getattr(reference(), registry).values())


def funding_key(text: str) -> str:
    """The key of a funding source by one of its names, or nothing."""
    return keys("funding").get(normal(text), "")
