"""SIE 4, the Swedish exchange format of ledgers: a row per line, a column per field.

SIE 4B (SIE-gruppen): fields are separated by spaces or tabs, quoted where they hold any, with a
backslash before a quotation mark; what stands in braces is one field.
"""

import re

from .cells import Book, Page
from .texts import NAMES, decode

READ_AS = "The SIE file was read as {encoding}."
TITLE = "SIE"

_FIELD = re.compile(
    r"""
    "(?P<quoted>(?:[^"\\]|\\.)*)"            # "a field with spaces"
    | \{(?P<braced>(?:[^"{}]|"(?:[^"\\]|\\.)*")*)\}  # {1 "100" 6 "P1"}
    | (?P<plain>[^\s"{]\S* | ["{])           # #PBUDGET, 2500.00
    """,
    re.VERBOSE,
)
_ESCAPED = re.compile(r'\\(["\\])')


def read(content: bytes) -> Book:
    """The one sheet of a SIE file, titled SIE; its numbers stay the texts that they are."""
    text, codec = decode(content)
    page = Page(TITLE, textual=True)
    for row, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        for column, field in enumerate(fields(line), 1):
            if field.strip():
                page.add(row, column, "text", field)
    return Book([page], [(READ_AS, {"encoding": NAMES[codec]})])


def fields(line: str) -> list[str]:
    """The fields of a line, without their quotation marks or braces."""
    found = []
    for match in _FIELD.finditer(line):
        if match["quoted"] is not None:
            found.append(_ESCAPED.sub(r"\1", match["quoted"]))
        elif match["braced"] is not None:
            found.append(match["braced"].strip())
        else:
            found.append(match["plain"])
    return found
