"""The door: nothing of an uploaded file is opened in this process.

:func:`read` looks at the file's outside (``inspection``), lets a child process read it within
limits of memory and time, and turns whatever goes wrong there into a sentence. Where the system
knows no limit on memory (Windows), the inspection and the time-out stand alone.
"""

import json
import re
import subprocess
import sys
from pathlib import Path, PureWindowsPath

from model.intake import formats, reader
from model.intake.formats.cells import DAMAGED, OUT_OF_MEMORY
from model.intake.inspection import MAX_BYTES, inspect, refusal
from model.intake.reader import Workbook

__all__ = ["MAX_BYTES", "base_name", "read", "run"]

MEMORY = 2**30
CHILD = Path(formats.__file__).with_name("__main__.py")

NOTHING_IN_IT = "The workbook {file} has no cell with anything in it. Choose another workbook."
TOO_SLOW = (
    "Reading the workbook {file} took more than {seconds} seconds and was stopped. "
    "Save the sheet with the budget as a workbook of its own and try again."
)


def read(content: bytes, name: str) -> Workbook:
    """The cells of an uploaded workbook. InvalidData, naming the file, when it cannot be had."""
    file = base_name(name)
    found, seconds = inspect(content, file)
    written = run(found, content, file, seconds)
    try:
        workbook = reader.from_json(written, file, found)
    except (ValueError, KeyError) as error:  # cut short by its end
        raise refusal("unreadable", DAMAGED, file) from error
    if not any(sheet.cells for sheet in workbook.sheets):
        raise refusal("empty_workbook", NOTHING_IN_IT, file)
    return workbook


def run(module: str, content: bytes, file: str, seconds: float) -> bytes:
    """What a module of ``formats`` makes of a file, in a process of its own.

    InvalidData when it refuses the file, dies or takes too long.
    """
    command = [sys.executable, "-I", str(CHILD), str(MEMORY), f"{max(seconds, 1):.0f}", module]
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
        raise refusal("too_slow", TOO_SLOW, file, seconds=seconds) from error
    # When it died it wrote nothing: then memory was what it ran out of.
    if not child.stdout:
        raise refusal("out_of_memory", OUT_OF_MEMORY, file)
    if child.stdout.startswith(b'{"refused"'):
        answer = json.loads(child.stdout)
        raise refusal(answer["code"], answer["refused"], file, **answer["fields"])
    return child.stdout


def base_name(name: str) -> str:
    """The file's own name, without the folders that a browser or an attacker put before it."""
    last = PureWindowsPath(name.replace("\0", "")).name
    return re.sub(r"[\x00-\x1f\x7f!]", "_", last).strip(" .") or "workbook.xlsx"
