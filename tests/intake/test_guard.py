"""Files that are no budget workbook, by accident or on purpose: each gets a sentence."""

import io
import struct
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from model.errors import InvalidData
from model.intake import guard, inspection
from model.intake.reading import read_workbook
from tests.intake.sheets import xlsx

HEADER = [["Belopp i tkr"], ["Nämnd", "Nr", "Objekt", 2026]]
BOOK = xlsx(("Budget", [*HEADER, ["Tekniska nämnden", 1, "Bro", 5]]))


def _with_part(name: str, content: bytes) -> bytes:
    """A real workbook with one part replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(BOOK)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return target.getvalue()


def _scrambled(name: str) -> bytes:
    """A real workbook with the compressed bytes of a part overwritten."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        start = archive.getinfo(name).header_offset + 30 + len(name)
    return BOOK[:start] + b"\xff" * 40 + BOOK[start + 40 :]


def _sheet_xml(data: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{namespace}">{data}</worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


def _with_password() -> bytes:
    """A compound file as Excel writes one with a password: the package and how to open it.

    Header, one sector of allocation table, one of directory; the streams themselves are empty.
    """
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack(
        "<8s16x5H6x9I",
        *(OLE[:8], 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, end, 0, end, 0),
    ) + struct.pack("<109I", 0, *[free] * 108)
    allocation = struct.pack("<128I", table, end, *[free] * 126)

    def entry(name: str, kind: int, left: int, child: int) -> bytes:
        text = name.encode("utf-16-le")
        length = len(text) + 2 if name else 0
        head = struct.pack("<64sHBB3I", text, length, kind, 1, left, free, child)
        return head + bytes(36) + struct.pack("<IQ", end, 0)

    directory = (
        entry("Root Entry", 5, free, 1)
        + entry("EncryptedPackage", 2, 2, free)
        + entry("EncryptionInfo", 2, free, free)
        + entry("", 0, free, free)
    )
    return header + allocation + directory


def _zip(part: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(part, b"<a/>")
    return target.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(1000)
BAD_FILES = {
    "empty": (b"", "empty_file"),
    "document": (b"%PDF-1.7\n1 0 obj\n", "not_a_workbook"),
    "web page": (b"<html><table><tr><td>5</td></tr></table></html>", "not_a_workbook"),
    "image": (PNG, "not_a_workbook"),
    "another compound file": (OLE, "not_a_workbook"),
    "encrypted": (_with_password(), "encrypted"),
    "cut off": (BOOK[: len(BOOK) // 2], "damaged"),
    "document without its type": (_zip("content.xml"), "not_a_workbook"),
    "another zip": (b"PK\x05\x06" + bytes(18), "not_a_workbook"),
    "broken compression": (_scrambled(SHEET), "damaged"),
    "broken sheet": (_with_part(SHEET, b"<worksheet><sheetData><row"), "unreadable"),
    "no sheet": (_with_part("xl/workbook.xml", b"<workbook/>"), "empty_workbook"),
    "blank": (xlsx(("Blad1", [])), "empty_workbook"),
    "two cells in one place": (
        _with_part(
            SHEET,
            _sheet_xml(
                '<sheetData><row r="1"><c r="A1"><v>1</v></c>'
                '<c r="A1"><v>2</v></c></row></sheetData>'
            ),
        ),
        "unreadable",
    ),
    "far cell": (
        _with_part(
            SHEET,
            _sheet_xml(
                '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
                '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
            ),
        ),
        "unreadable",
    ),
    "merged everything": (
        _with_part(
            SHEET,
            _sheet_xml(
                '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
                '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            ),
        ),
        "unreadable",
    ),
    "bomb": (_with_part("xl/media/image1.bin", bytes(60 * 2**20)), "zip_bomb"),
    "too many parts": (None, "zip_bomb"),
}


def _many_parts() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(inspection.MAX_ENTRIES + 1):
            archive.writestr(f"xl/media/{number}", b"")
    return target.getvalue()


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_in_a_sentence_that_names_it(kind):
    content, code = BAD_FILES[kind]
    with pytest.raises(InvalidData) as refused:
        read_workbook(_many_parts() if content is None else content, "budget 2026.xlsx")
    message = str(refused.value)
    assert refused.value.violations[0].code == code
    assert "budget 2026.xlsx" in message
    assert message.endswith(".")
    assert "Traceback" not in message


def test_a_file_that_is_too_large_is_refused_with_the_limit():
    with pytest.raises(InvalidData, match="26 MB, and at most 25 MB"):
        read_workbook(bytes(guard.MAX_BYTES + 1), "stor.xlsx")


def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(InvalidData, match=r"There is no file .*saknas\.xlsx"):
        read_workbook(tmp_path / "saknas.xlsx")


@pytest.mark.parametrize(
    ("uploaded", "named"),
    [
        ("../../etc/x.xlsx", "x.xlsx"),
        ("C:\\Users\\anna\\budget.xlsx", "budget.xlsx"),
        ("/", "workbook.xlsx"),
        ("..", "workbook.xlsx"),
        ("a!b\n.xlsx", "a_b_.xlsx"),
        ("Årsbudget 2026.xlsx", "Årsbudget 2026.xlsx"),
    ],
)
def test_of_an_uploaded_name_only_the_last_part_is_believed(uploaded, named):
    assert read_workbook(BOOK, uploaded).file.name == named


@pytest.mark.parametrize("name", ["sparse", "merge", "errors", "smalldim"])
def test_the_hostile_workbooks_get_a_sentence_each(shared, name):
    with pytest.raises(InvalidData) as refused:
        read_workbook(shared / "workbooks" / f"{name}.xlsx")
    assert f"{name}.xlsx" in str(refused.value)


def test_a_reader_that_runs_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(inspection, "SECONDS", 0.01)
    with pytest.raises(InvalidData, match=r"b\.xlsx took more than 0\.01 seconds"):
        guard.read(BOOK, "b.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on memory")
def test_a_reader_that_wants_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(guard, "MEMORY", 64 * 2**20)
    rows = [["Tekniska nämnden", number, f"Projekt {number}", number] for number in range(40_000)]
    with pytest.raises(InvalidData) as refused:
        guard.read(xlsx(("Budget", [*HEADER, *rows])), "b.xlsx")
    assert "memory" in str(refused.value)


def test_a_long_workbook_is_given_more_time():
    rows = [[None] * 3 + [number] for number in range(inspection.LONG + 1)]
    long, short = (inspection.inspect(content, "b.xlsx") for content in (xlsx(("B", rows)), BOOK))
    assert long == ("xlsx", inspection.SECONDS_WHEN_LONG)
    assert short == ("xlsx", inspection.SECONDS)


def test_the_child_knows_nothing_of_the_project():
    script = (
        "import runpy, sys; sys.argv[1:] = [str(2**30), '10', 'xlsx']; "
        f"runpy.run_path({str(guard.CHILD)!r}, run_name='__main__'); print(); print(*sys.modules)"
    )
    child = [sys.executable, "-I", "-c", script]
    written = subprocess.run(child, input=BOOK, capture_output=True, check=True).stdout
    loaded = written.decode().splitlines()[-1].split()
    assert "openpyxl" in loaded
    assert not {"streamlit", "duckdb", "pandas", "pydantic", "model"} & set(loaded)


def test_macros_are_neither_run_nor_in_the_way():
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    target = io.BytesIO()
    book.save(target)
    content = _with_part("xl/vbaProject.bin", b"not a macro")
    assert read_workbook(content, "b.xlsm").totals == {"2026": 5000}
