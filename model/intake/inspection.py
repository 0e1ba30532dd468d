"""A file looked at from outside: what it is, whatever its name says, and how long it may take.

Nothing is unpacked here beyond counting rows. What a person can mend is said in a sentence.
"""

import re
import zipfile
import zlib
from io import BytesIO

from model.errors import InvalidData, Violation
from model.intake.formats.cells import DAMAGED
from model.intake.reader import Format

MEBIBYTE = 2**20
MAX_BYTES = 25 * MEBIBYTE
MAX_ENTRIES = 5_000
MAX_INFLATED = 400 * MEBIBYTE
MAX_RATIO = 200
# A small file may well be mostly zeros; the ratio says something about large ones only.
RATIO_COUNTS_FROM = 10 * MEBIBYTE
SECONDS = 10
SECONDS_WHEN_LONG = 30
LONG = 10_000

_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The stream that holds a workbook: from Excel 97 on, and before.
_BOOKS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_XLS_ROW = b"\x08\x02\x10\x00"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SIE = re.compile(rb"^[ \t]*#(?:FLAGGA|SIETYP)\b", re.MULTILINE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_MARKUP = re.compile(rb"\s*<[!?a-z]", re.IGNORECASE)
_OTHER = re.compile(rb"%PDF-|\{\\rtf")
# What is enough to tell a text from something else.
_HEAD = 64 * 1024

EMPTY = "The file {file} is empty. Choose the workbook again."
TOO_LARGE = (
    "The file {file} is {size} MB, and at most {limit} MB is read. "
    "Save the sheet with the budget as a workbook of its own and try again."
)
NOT_A_WORKBOOK = (
    "The file {file} is no workbook, whatever its name says. "
    "Open it in Excel, save it as .xlsx and try again."
)
MARKUP = (
    "The file {file} is a web page or an XML file, whatever its name says. "
    "Open it in Excel, save it as .xlsx and try again."
)
ENCRYPTED = (
    "The workbook {file} is encrypted. Open it in Excel, remove the password "
    "(File, Info, Protect Workbook), save it and try again."
)
BOMB = (
    "The workbook {file} unpacks to {size} MB in {entries} parts, far more than a budget sheet. "
    "It was not opened."
)


def inspect(content: bytes, file: str) -> tuple[Format, int]:
    """What the file is, and the seconds that reading it may take.

    InvalidData when it is empty, too large, encrypted, no workbook, or unpacks to too much.
    """
    if not content:
        raise refusal("empty_file", EMPTY, file)
    if len(content) > MAX_BYTES:
        size, limit = -(-len(content) // MEBIBYTE), MAX_BYTES // MEBIBYTE
        raise refusal("too_large", TOO_LARGE, file, size=size, limit=limit)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise refusal("encrypted", ENCRYPTED, file)
        if not any(book in content for book in _BOOKS):
            raise refusal("not_a_workbook", NOT_A_WORKBOOK, file)
        return "xls", _seconds(content.count(_XLS_ROW))
    if _is_text(content):
        return _text_format(content, file), _seconds(content.count(b"\n") + content.count(b"\r"))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _inspect_archive(archive, len(content), file)
    except _BROKEN_ARCHIVE as error:
        # A cut-off workbook still begins as a zip file; anything else never was one.
        if content.startswith(b"PK"):
            raise refusal("damaged", DAMAGED, file) from error
        raise refusal("not_a_workbook", NOT_A_WORKBOOK, file) from error


def refusal(code: str, template: str, file: str, **fields: object) -> InvalidData:
    """A refused file as an exception with its one finding."""
    fields = {"file": file, **fields}
    return InvalidData(template, (Violation("error", code, file, template, fields),), **fields)


def _is_text(content: bytes) -> bool:
    return content.startswith(_UTF_16) or (
        not content.startswith(b"PK\x03\x04") and not _BINARY.search(content[:_HEAD])
    )


def _text_format(content: bytes, file: str) -> Format:
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if _OTHER.match(head):
        raise refusal("not_a_workbook", NOT_A_WORKBOOK, file)
    if _MARKUP.match(head):
        raise refusal("not_a_workbook", MARKUP, file)
    return "sie" if _SIE.search(head) else "csv"


def _inspect_archive(archive: zipfile.ZipFile, size: int, file: str) -> tuple[Format, int]:
    parts = archive.infolist()
    inflated = sum(part.file_size for part in parts)
    if (
        len(parts) > MAX_ENTRIES
        or inflated > MAX_INFLATED
        or (inflated > RATIO_COUNTS_FROM and inflated > MAX_RATIO * size)
    ):
        fields = {"size": inflated // MEBIBYTE, "entries": len(parts)}
        raise refusal("zip_bomb", BOMB, file, **fields)
    names = {part.filename for part in parts}
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        found, sheets, row = "xlsx", "xl/worksheets/", b"<row"
    elif "[Content_Types].xml" in names and "xl/workbook.bin" in names:
        # A row begins with its number, then three fields that are nearly always the same.
        found, sheets, row = "xlsb", "xl/worksheets/", b"\x2c\x01\x00\x00\x00"
    elif {"content.xml", "mimetype"} <= names and b"spreadsheet" in _head(archive, "mimetype"):
        found, sheets, row = "ods", "content.xml", b"<table:table-row"
        if "META-INF/manifest.xml" in names and b"encryption-data" in _head(
            archive, "META-INF/manifest.xml"
        ):
            raise refusal("encrypted", ENCRYPTED, file)
    else:
        raise refusal("not_a_workbook", NOT_A_WORKBOOK, file)
    if any(part.flag_bits & 1 for part in parts):
        raise refusal("encrypted", ENCRYPTED, file)
    return found, _seconds(
        sum(_count(archive, name, row) for name in names if name.startswith(sheets))
    )


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_HEAD)


def _count(archive: zipfile.ZipFile, name: str, mark: bytes) -> int:
    """About how many rows a sheet has: enough to know how long reading may take."""
    rows = 0
    with archive.open(name) as part:
        while chunk := part.read(MEBIBYTE):
            # A prefix of its own on the namespace of a workbook is rare, and allowed.
            rows += chunk.count(mark) + (chunk.count(b":row") if mark == b"<row" else 0)
    return rows


def _seconds(rows: int) -> int:
    return SECONDS_WHEN_LONG if rows > LONG else SECONDS
