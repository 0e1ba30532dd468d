"""The languages that Klimatinvest speaks: gettext catalogues in ``data/locale``, read by Babel.

Messages are written in English in the code and looked up here. A language is a folder of ``.po``
files, one per area of the screen, which are read together at first use.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol

from model.errors import InvalidData, KlimatinvestError, Violation, worded

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")
DEFAULT: Language = "sv"
WRITTEN_IN: Language = "en"
FOLDER = Path(__file__).parent.parent / "data" / "locale"


@functools.cache
def catalogue(language: Language) -> Mapping[str, str | tuple[str, ...]]:
    """Every message of a language by its English text; of plurals a tuple (one, many).

    InvalidData names the file when one cannot be read. English needs no files: it is what the
    code is written in.
    """
    messages: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        for message in read(path):
            if message.id and not message.fuzzy and all(_strings(message.string)):
                messages[_key(message.id)] = message.string
    return messages


def read(path: Path):
    """The messages of one ``.po`` file. InvalidData when it is none."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            return [message for message in read_po(file, abort_invalid=True) if message.id]
    except (PoFileError, UnicodeDecodeError) as error:
        raise InvalidData(
            "The translations in {file} cannot be read: {problem}", file=path.name, problem=error
        ) from error


def translate(message: str, language: Language = DEFAULT, **fields: object) -> str:
    """``message`` in ``language`` with its fields filled in; English where it is not translated."""
    found = catalogue(language).get(message, message)
    return _fill(found if isinstance(found, str) else found[0], message, fields)


def translate_plural(
    one: str, many: str, count: int, language: Language = DEFAULT, **fields: object
) -> str:
    """``one`` when ``count`` is 1 and else ``many``, in ``language``. The field ``count`` is given.

    Swedish and English make the same difference between one and many.
    """
    forms = catalogue(language).get(one, (one, many))
    chosen, original = (forms[0], one) if count == 1 else (forms[-1], many)
    return _fill(chosen, original, {"count": count, **fields})


def message(problem: Violation | KlimatinvestError, language: Language = DEFAULT) -> str:
    """What went wrong, in ``language``."""
    return translate(problem.template, language, **worded(problem.fields, language))


class Noted(Protocol):
    """What has a note in Swedish, and where it came with the program in English as well."""

    note: str
    note_en: str


def note(entry: Noted, language: Language = DEFAULT) -> str:
    """The note in ``language``; as it was written where it is not in English."""
    return entry.note_en if language == "en" and entry.note_en else entry.note


def _fill(text: str, original: str, fields: Mapping[str, object]) -> str:
    if not fields:
        return text
    try:
        return text.format(**fields)
    except (KeyError, IndexError, ValueError):
        # A translation that names a field the code does not give must not take the page down.
        return original.format(**fields)


def _key(message_id: str | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
