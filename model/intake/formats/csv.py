"""Text files with columns: encoding and separator are found, and what was found is said."""

import csv
import io
import re
from collections import Counter

from .cells import Book, Page, Refused
from .texts import NAMES, READ_AS, decode

NO_COLUMNS = (
    "The text file {file} has no columns: its lines are not separated by semicolons, tabs, "
    "commas or bars. Open it in Excel, save it as .xlsx and try again."
)
OPEN_QUOTE = (
    "The text file {file} has a quotation mark in row {row} that is not closed, or is followed by "
    "more than the separator. Open it in a text editor, mend it and try again."
)

# The likelier first: it wins when two divide the lines equally well.
SEPARATORS = (";", "\t", "|", ",")
# What tells the separator: so many lines.
_SAMPLE = 500
_LONGEST_FIELD = 1_000_000
# Excel's own first line for saying what the separator is; it is no row.
_STATED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read(content: bytes) -> Book:
    """The one sheet of a text file; a number in it stays the text that it is."""
    text, codec = decode(content)
    csv.field_size_limit(_LONGEST_FIELD)
    stated = _STATED.match(text)
    separator = stated.group(1) if stated else _separator(text)
    page = Page("", textual=True)
    for number, line in _lines(text[stated.end() if stated else 0 :], separator):
        for column, value in enumerate(line, 1):
            if value.strip():
                page.add(number, column, "text", value)
    named = {"encoding": NAMES[codec], "separator": "tab" if separator == "\t" else separator}
    return Book([page], [(READ_AS, named)])


def _lines(text: str, separator: str):
    """(number, fields) of each line. Refused when a quotation mark swallows what follows it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, fields in enumerate(reader, 1):
            yield number, fields
    except csv.Error as error:
        raise Refused(OPEN_QUOTE, row=str(number + 1)) from error


def _separator(text: str) -> str:
    """The separator that gives the most lines the same number of columns, two or more."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE])
    best, most = None, 0
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        try:
            widths = Counter(len(fields) for fields in reader if len(fields) > 1)
        except csv.Error:
            continue
        alike = widths.most_common(1)[0][1] if widths else 0
        if alike > most:
            best, most = separator, alike
    if best is None:
        raise Refused(NO_COLUMNS)
    return best
