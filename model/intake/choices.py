"""Names that a person writes, as the keys of the reference data: either language, or the key."""

import re
from functools import cache, lru_cache

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


@cache
def _funding_within() -> re.Pattern:
    # The longest first: "EU LIFE" is not a "LIFE" with something before it.
    spellings = sorted(keys("funding"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spellings))})(?!\w)")


def funding_within(text: str) -> str:
    """The key of the one funding source that a text names among other words, or nothing."""
    found = {keys("funding")[name] for name in _funding_within().findall(normal(text))}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=10_000)
def key_within(registry: str, text: str) -> str:
    """The key of the one entry with a name that is the text or has its words, or nothing.

    *Transport* is *Mobilitet och transport*; *Energi och transport* could be two, and is nothing.
    """
    said = normal(text)
    spelled = keys(registry)
    if said in spelled or not said:
        return spelled.get(said, "")
    words = re.compile(rf"(?<!\w){re.escape(said)}(?!\w)")
    found = {key for name, key in spelled.items() if words.search(name)}
    return found.pop() if len(found) == 1 else ""


def sector_key(text: str) -> str:
    """The key of the sector that a text names, whole or in part; nothing where it names two.

    *Mobilitet och transport (på väg)* is that sector, *Energisystem/bebyggelse* is two.
    """
    said = normal(re.sub(r"\([^()]*\)", " ", text))
    whole = key_within("sectors", said)
    if whole:
        return whole
    named = set()
    for part in re.split(r"[,/&]| och ", said):
        within = (key for name, key in keys("sectors").items() if _has_words(part, name))
        named.add(key_within("sectors", part.strip()) or next(within, ""))
    return named.pop() if len(named) == 1 else ""


def _has_words(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))
