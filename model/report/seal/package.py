"""Files that are packages of parts (``.docx``, ``.pptx``, ``.xlsx``): reading them, and properties.

What comes from outside is opened with limits on how much it may unpack to; XML is read without
entities and without a network.
"""

import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml import etree

from model.errors import InvalidData

MAX_BYTES = 120 * 2**20
MAX_PARTS = 5000
PREFIX = "Klimatinvest "
CUSTOM = "docProps/custom.xml"
# A property's text is cut by some programs after so many characters; longer ones are in pieces.
_LONGEST = 240
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CONTENT_TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_DAMAGED = (
    BadZipFile,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
    NotImplementedError,
    zlib.error,
)
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}


def opened(content: bytes) -> ZipFile:
    """The package. InvalidData when it is none, or would unpack to more than is read."""
    try:
        package = ZipFile(BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise InvalidData(
            "This is no Word, PowerPoint or Excel file and no data package: expected .docx, .pptx, "
            ".xlsx or .zip."
        ) from error
    listed = package.infolist()
    if len(listed) > MAX_PARTS or sum(part.file_size for part in listed) > MAX_BYTES:
        raise InvalidData("The file unpacks to more than is read here.")
    return package


def read_part(package: ZipFile, name: str) -> bytes:
    """One part's bytes, never more than its stated size. InvalidData when it is damaged."""
    try:
        return package.read(name)
    except _DAMAGED as error:
        raise _damaged(name) from error


def read_xml(package: ZipFile, name: str) -> etree._Element:
    """One part as XML. InvalidData when it is none."""
    try:
        return etree.fromstring(read_part(package, name), etree.XMLParser(**_PARSER))
    except etree.XMLSyntaxError as error:
        raise _damaged(name) from error


def _damaged(name: str) -> InvalidData:
    return InvalidData("The file is damaged: its part {part} cannot be read.", part=name)


def with_properties(content: bytes, texts: Mapping[str, str]) -> bytes:
    """The package with these texts as custom properties, which are shown under File, Properties."""
    out = BytesIO()
    with opened(content) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename == CUSTOM:
                continue
            body = read_part(old, part.filename)
            if part.filename == _CONTENT_TYPES:
                body = _declared(body)
            elif part.filename == _ROOT:
                body = _related(body)
            new.writestr(part, body, ZIP_DEFLATED)
        new.writestr(CUSTOM, _properties(texts))
    return out.getvalue()


def properties(package: ZipFile) -> dict[str, str]:
    """Our texts among the custom properties; {} where there are none."""
    if CUSTOM not in package.namelist():
        return {}
    pieces: dict[str, dict[int, str]] = {}
    for each in read_xml(package, CUSTOM).iterfind(f"{{{_PROPERTIES}}}property"):
        name = each.get("name", "")
        if not name.startswith(PREFIX):
            continue
        key, _, number = name.removeprefix(PREFIX).partition(" ")
        text = "".join(each.itertext())
        pieces.setdefault(key, {})[int(number) if number.isdigit() else 1] = text
    return {
        key: "".join(text for _, text in sorted(numbered.items()))
        for key, numbered in pieces.items()
    }


def _properties(texts: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _TYPES})
    number = 2
    for key, text in texts.items():
        pieces = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)] or [""]
        for place, piece in enumerate(pieces, 1):
            name = f"{PREFIX}{key}" if place == 1 else f"{PREFIX}{key} {place}"
            each = etree.SubElement(
                root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=name
            )
            etree.SubElement(each, f"{{{_TYPES}}}lpwstr").text = piece
            number += 1
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _declared(body: bytes) -> bytes:
    root = etree.fromstring(body, etree.XMLParser(**_PARSER))
    name = f"/{CUSTOM}"
    if not any(each.get("PartName") == name for each in root):
        space = etree.QName(root).namespace
        etree.SubElement(root, f"{{{space}}}Override", PartName=name, ContentType=_CONTENT_TYPE)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _related(body: bytes) -> bytes:
    root = etree.fromstring(body, etree.XMLParser(**_PARSER))
    if not any(each.get("Type") == _RELATION for each in root):
        space = etree.QName(root).namespace
        etree.SubElement(
            root, f"{{{space}}}Relationship", Id="rIdSeal", Type=_RELATION, Target=CUSTOM
        )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
