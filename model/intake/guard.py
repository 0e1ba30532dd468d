"""The door: nothing of an uploaded file is opened in this process.

:func:`read` looks at the file's outside (:func:`inspect`), lets a child process read it within
limits of memory and time, and turns whatever goes wrong there into a sentence. Where the system
knows no limit on memory (Windows), the inspection and the time-out stand alone.
"""

import json
import re
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import PureWindowsPath

from model.errors import InvalidData, Violation
from model.intake import reader
from model.intake.reader import Workbook

MEBIBYTE = 2**20
MAX_BYTES = 25 * MEBIBYTE
MAX_ENTRIES = 5_000
MAX_INFLATED = 400 * MEBIBYTE
MAX_RATIO = 200
# A small file may well be mostly zeros; the ratio says something about large ones only.
RATIO_COUNTS_FROM = 10 * MEBIBYTE
MEMORY = 2**30
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

EMPTY = "The file {file} is empty. Choose the workbook again."
NOTHING_IN_IT = "The workbook {file} has no cell with anything in it. Choose another workbook."
TOO_LARGE = (
    "The file {file} is {size} MB, and at most {limit} MB is read. "
    "Save the sheet with the budget as a workbook of its own and try again."
)
NOT_A_WORKBOOK = (
    "The file {file} is no Excel workbook, whatever its name says. "
    "Open it in Excel, save it as .xlsx and try again."
)
ENCRYPTED = (
    "The workbook {file} is encrypted. Open it in Excel, remove the password "
    "(File, Info, Protect Workbook), save it and try again."
)
OLD_FORMAT = (
    "The file {file} is in Excel's format from before 2007. Open it in Excel, "
    "save it as .xlsx and try again."
)
BOMB = (
    "The workbook {file} unpacks to {size} MB in {entries} parts, far more than a budget sheet. "
    "It was not opened."
)
TOO_SLOW = (
    "Reading the workbook {file} took more than {seconds} seconds and was stopped. "
    "Save the sheet with the budget as a workbook of its own and try again."
)


def read(content: bytes, name: str) -> Workbook:
    """The cells of an uploaded workbook. InvalidData, naming the file, when it cannot be had."""
    file = base_name(name)
    seconds = inspect(content, file)
    command = [sys.executable, "-I", reader.__file__, str(MEMORY), str(seconds)]
    try:
        child = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refusal("too_slow", TOO_SLOW, file, seconds=seconds) from error
    workbook = _answer(child.stdout, file)
    if not any(sheet.cells for sheet in workbook.sheets):
        raise _refusal("empty_workbook", NOTHING_IN_IT, file)
    return workbook


def base_name(name: str) -> str:
    """The file's own name, without the folders that a browser or an attacker put before it."""
    last = PureWindowsPath(name.replace("\0", "")).name
    return re.sub(r"[\x00-\x1f\x7f!]", "_", last).strip(" .") or "workbook.xlsx"


def inspect(content: bytes, file: str) -> int:
    """Look at the file without unpacking it; the seconds that reading it may take.

    InvalidData when it is empty, too large, encrypted, no workbook, or unpacks to too much.
    """
    if not content:
        raise _refusal("empty_file", EMPTY, file)
    if len(content) > MAX_BYTES:
        raise _refusal(
            "too_large",
            TOO_LARGE,
            file,
            size=-(-len(content) // MEBIBYTE),
            limit=MAX_BYTES // MEBIBYTE,
        )
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise _refusal("encrypted", ENCRYPTED, file)
        raise _refusal("old_format", OLD_FORMAT, file)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _inspect_archive(archive, len(content), file)
    except _BROKEN_ARCHIVE as error:
        # A cut-off workbook still begins as a zip file; anything else never was one.
        if content.startswith(b"PK"):
            raise _refusal("damaged", reader.DAMAGED, file) from error
        raise _refusal("not_a_workbook", NOT_A_WORKBOOK, file) from error


def _inspect_archive(archive: zipfile.ZipFile, size: int, file: str) -> int:
    parts = archive.infolist()
    inflated = sum(part.file_size for part in parts)
    if (
        len(parts) > MAX_ENTRIES
        or inflated > MAX_INFLATED
        or (inflated > RATIO_COUNTS_FROM and inflated > MAX_RATIO * size)
    ):
        raise _refusal("zip_bomb", BOMB, file, size=inflated // MEBIBYTE, entries=len(parts))
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _refusal("not_a_workbook", NOT_A_WORKBOOK, file)
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal("encrypted", ENCRYPTED, file)
    rows = sum(_rows(archive, name) for name in names if name.startswith("xl/worksheets/"))
    return SECONDS_WHEN_LONG if rows > LONG else SECONDS


def _rows(archive: zipfile.ZipFile, name: str) -> int:
    """About how many rows a sheet has: enough to know how long reading may take."""
    rows = 0
    with archive.open(name) as part:
        while chunk := part.read(MEBIBYTE):
            rows += chunk.count(b"<row") + chunk.count(b":row")
    return rows


def _answer(written: bytes, file: str) -> Workbook:
    """What the child wrote. When it died it wrote nothing: then memory was what it ran out of."""
    if not written:
        raise _refusal("out_of_memory", reader.OUT_OF_MEMORY, file)
    if written.startswith(b'{"refused"'):
        answer = json.loads(written)
        raise _refusal("unreadable", answer["refused"], file, **answer["fields"])
    return reader.from_json(written, file)


def _refusal(code: str, template: str, file: str, **fields: object) -> InvalidData:
    fields = {"file": file, **fields}
    return InvalidData(template, (Violation("error", code, file, template, fields),), **fields)
