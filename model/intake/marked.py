"""The user's own workbook with its findings in it: to be mended in Excel and uploaded again."""

import json
import re
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import PureWindowsPath

from model.errors import InvalidData, Violation
from model.intake import guard
from model.intake.inspection import inspect
from model.intake.reader import Cell, Sheet, Workbook
from model.language import DEFAULT, Language, translate

TITLE = "Findings in the workbook"
HEADINGS = ("Sheet", "Cell", "Kind", "What was found, and how to mend it")
WORDS = {"error": "Error", "warning": "Warning"}
FILE_NAME = "{file}, with findings"

_CELL = re.compile(r"([A-Z]{1,3}[1-9][0-9]{0,6})(?::[A-Z]{1,3}[0-9]+)?")
# What the name of a sheet in .xlsx may not hold, and how long it may be.
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_LONGEST_TEXT = 32_767


def mark(
    content: bytes,
    name: str,
    violations: Sequence[Violation],
    sentences: Callable[[Violation], str],
    language: Language = DEFAULT,
) -> bytes:
    """The workbook with each finding's cell coloured and commented, and a last sheet with them all.

    An .xlsx or .xlsm is the user's own, a file of another format a new .xlsx with the same cells;
    so is a workbook that openpyxl cannot write again. ``sentences`` says a finding in the reader's
    language. InvalidData, naming the file, when it cannot be read, or not in time.
    """
    file = guard.base_name(name)
    found, _seconds = inspect(content, file)
    findings = _findings(file, violations, sentences, language)
    if found == "xlsx":
        try:
            return _marked(content, file, findings, language)
        except InvalidData as error:
            if error.violations[0].code != "unreadable":
                raise
    workbook = guard.read(content, name)
    titles = _titles(workbook)
    for finding in findings:
        finding["sheet"] = titles.get(finding["sheet"], finding["sheet"])
    return _marked(_as_xlsx(workbook, titles), file, findings, language)


def file_name(name: str, content: bytes, language: Language = DEFAULT) -> str:
    """What the marked workbook is called: ``Budget 2026, med avvikelser.xlsx``."""
    stem = PureWindowsPath(guard.base_name(name)).stem
    macros = b"xl/vbaProject.bin" in content and inspect(content, name)[0] == "xlsx"
    return translate(FILE_NAME, language, file=stem) + (".xlsm" if macros else ".xlsx")


def _marked(workbook: bytes, file: str, findings: list[dict], language: Language) -> bytes:
    order = {
        "title": translate(TITLE, language),
        "headings": [translate(heading, language) for heading in HEADINGS],
        "findings": findings,
    }
    line = json.dumps(order).encode("ascii")
    _format, seconds = inspect(workbook, file)
    # It is read twice, and written.
    return guard.run("mark", line + b"\n" + workbook, file, 3 * seconds)


def _findings(
    file: str,
    violations: Sequence[Violation],
    sentences: Callable[[Violation], str],
    language: Language,
) -> list[dict]:
    """Errors first, each in the order it was found."""
    order = sorted(violations, key=lambda violation: violation.severity != "error")
    findings = []
    for violation in order:
        sheet, cell = _place(violation.ref, file)
        findings.append(
            {
                "severity": violation.severity,
                "word": translate(WORDS[violation.severity], language),
                "sheet": sheet,
                "cell": cell,
                "sentence": sentences(violation),
            }
        )
    return findings


def _place(ref: str, file: str) -> tuple[str, str]:
    """Sheet and cell of ``book.xlsx!Sheet!G6``; a sheet's name may hold an exclamation mark too."""
    if not ref.startswith(f"{file}!"):
        return "", ""
    place = ref.removeprefix(f"{file}!")
    sheet, _mark, last = place.rpartition("!")
    cell = _CELL.fullmatch(last)
    return (sheet, cell.group(1)) if sheet and cell else (place, "")


def _titles(workbook: Workbook) -> dict[str, str]:
    """The name of each sheet as .xlsx may have it: no two alike, and not too long."""
    titles: dict[str, str] = {}
    for number, sheet in enumerate(workbook.sheets, 1):
        title = _NOT_IN_TITLES.sub(" ", sheet.title)[:_LONGEST_TITLE].strip(" '") or str(number)
        taken = {other.lower() for other in titles.values()}
        if title.lower() in taken:
            title = f"{title[: _LONGEST_TITLE - 4]} {number}"
        titles[sheet.title] = title
    return titles


def _as_xlsx(workbook: Workbook, titles: dict[str, str]) -> bytes:
    """The same cells as an .xlsx. What is text stays text, whatever it begins with."""
    import xlsxwriter

    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        formats: dict[str, object] = {}
        for sheet in workbook.sheets:
            page = book.add_worksheet(titles[sheet.title])
            if sheet.hidden:
                page.hide()
            for row in sheet.hidden_rows:
                page.set_row(row - 1, None, None, {"hidden": True})
            for column in sheet.hidden_columns:
                page.set_column(column - 1, column - 1, None, None, {"hidden": True})
            _merge(page, sheet)
            for cell in sheet.cells.values():
                shape = formats.get(cell.number_format)
                if shape is None and cell.number_format:
                    shape = book.add_format({"num_format": cell.number_format})
                    formats[cell.number_format] = shape
                _write(page, cell, shape)
        if all(sheet.hidden for sheet in workbook.sheets):
            book.add_worksheet("-").activate()
    return target.getvalue()


def _write(page, cell: Cell, shape) -> None:
    row, column = cell.row - 1, cell.column - 1
    if cell.serial is not None:
        page.write_number(row, column, float(cell.serial), shape)
    elif cell.kind == "number":
        page.write_number(row, column, float(cell.value), shape)
    elif cell.kind == "boolean":
        page.write_boolean(row, column, cell.value)
    elif cell.text:
        page.write_string(row, column, cell.text[:_LONGEST_TEXT])
    if cell.comment:
        page.write_comment(row, column, cell.comment)


def _merge(page, sheet: Sheet) -> None:
    """Before anything is written: XlsxWriter empties the cells that it merges."""
    from openpyxl.utils import range_boundaries
    from xlsxwriter.exceptions import OverlappingRange

    for merged in sheet.merged:
        left, top, right, bottom = (number - 1 for number in range_boundaries(merged))
        if (top, left) == (bottom, right):
            continue
        try:
            page.merge_range(top, left, bottom, right, "")
        except OverlappingRange:  # no spreadsheet program merges a cell twice
            continue
