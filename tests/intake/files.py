"""Files of the other formats for tests, as their programs write them."""

import io
import struct
import zipfile
from collections.abc import Iterable

import xlwt

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
    }.items()
)
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def xls(*sheets: tuple[str, Iterable[Iterable[object]]]) -> bytes:
    """An .xls workbook. Texts that begin with = are formulas, stored without a result."""
    book = xlwt.Workbook()
    for title, rows in sheets:
        page = book.add_sheet(title)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, str) and value.startswith("="):
                    page.write(row, column, xlwt.Formula(value[1:]))
                elif value is not None:
                    page.write(row, column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(tables: str, styles: str = "", **parts: str) -> bytes:
    """An .ods document with the XML of its tables and automatic styles, and other parts."""
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", _SPREADSHEET)
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", "<manifest/>"))
        archive.writestr("content.xml", content)
    return target.getvalue()


def ods_rows(*rows: Iterable[object]) -> str:
    """Rows of a table as LibreOffice writes them: numbers, texts, nothing."""
    return "".join(
        f"<table:table-row>{''.join(map(_ods_cell, values))}</table:table-row>" for values in rows
    )


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        kind = 'office:value-type="string"'
    else:
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"


def xlsb(*sheets: tuple[str, int, Iterable[Iterable[object]]]) -> bytes:
    """An .xlsb workbook of (title, 1 when hidden, rows), its records by hand: [MS-XLSB] 2.4."""
    bundle = b"".join(
        _record(156, struct.pack("<II", hidden, number) + _wide(f"rId{number}") + _wide(title))
        for number, (title, hidden, _rows) in enumerate(sheets, 1)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/worksheet" '
        f'Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(sheets) + 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "xl/workbook.bin": _record(131) + _record(143) + bundle + _record(144) + _record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
    }
    for number, (_title, _hidden, rows) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = _xlsb_sheet(list(rows))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _xlsb_sheet(rows: list[Iterable[object]]) -> bytes:
    width = max((len(list(values)) for values in rows), default=1)
    data = b""
    for row, values in enumerate(rows):
        data += _record(0, struct.pack("<IIH7x", row, 0, 300))
        for column, value in enumerate(values):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                data += _record(6, place + _wide(value))
            elif value is not None:
                data += _record(5, place + struct.pack("<d", value))
    extent = struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, width - 1)
    return _record(129) + _record(148, extent) + _record(145) + data + _record(146) + _record(130)


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = (
        bytes([len(data)]) if len(data) < 128 else bytes([len(data) & 0x7F | 0x80, len(data) >> 7])
    )
    return head + size + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
