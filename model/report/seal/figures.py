"""The figures that stand in a Word, PowerPoint or Excel file, part by part, as texts to compare.

Numbers are written alike whatever program has saved the file: a workbook's to six decimals, and
running text by its figures alone, so that a sentence may be reworded and its figures not.
"""

import posixpath
import re
from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from model.errors import InvalidData
from model.report.seal import package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BETWEEN = re.compile(r"(?<=\d)[\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[-−–]?\d+(?:[.,]\d+)*")


def figures_in(content: bytes) -> dict[str, list[str]]:
    """What stands in each part, in order: by sheet, slide or chapter.

    InvalidData when the file is damaged or of another kind.
    """
    with package.opened(content) as opened:
        names = set(opened.namelist())
        if "word/document.xml" in names:
            return _document(opened)
        if "ppt/presentation.xml" in names:
            return _slides(opened)
        if "xl/workbook.xml" in names:
            return _sheets(opened)
    raise InvalidData(
        "This is no Word, PowerPoint or Excel file and no data package: expected .docx, .pptx, "
        ".xlsx or .zip."
    )


def numbers(text: str) -> list[str]:
    """The figures of a sentence: ``1 234,5`` is one."""
    return _NUMBER.findall(_BETWEEN.sub("", text))


def _document(opened: ZipFile) -> dict[str, list[str]]:
    """By chapter, which is what stands under a heading of the first level; tables whole."""
    heading = _style_id(opened, "heading 1")
    found: dict[str, list[str]] = {}
    chapter = ""
    body = package.read_xml(opened, "word/document.xml").find(f"{_W}body")
    for block in body if body is not None else ():
        if block.tag == f"{_W}p":
            text = _text(block, f"{_W}t")
            style = block.find(f"{_W}pPr/{_W}pStyle")
            if style is not None and style.get(f"{_W}val") == heading:
                chapter = " ".join(text.split())
                found[chapter] = []
            elif chapter:
                found[chapter] += numbers(text)
                found[chapter] += _charts_under(opened, block, "word/document.xml")
        elif block.tag == f"{_W}tbl" and chapter:
            for row in block.iter(f"{_W}tr"):
                cells = (_text(cell, f"{_W}t") for cell in row.iter(f"{_W}tc"))
                found[chapter].append("|".join(" ".join(cell.split()) for cell in cells))
    return found


def _slides(opened: ZipFile) -> dict[str, list[str]]:
    targets = _targets(opened, "ppt/presentation.xml")
    found = {}
    listed = package.read_xml(opened, "ppt/presentation.xml").iter(f"{_P}sldId")
    for number, slide in enumerate(listed, 1):
        name = targets.get(slide.get(f"{_R}id", ""), "")
        tree = package.read_xml(opened, name)
        said = [" ".join(_text(paragraph, f"{_A}t").split()) for paragraph in tree.iter(f"{_A}p")]
        found[str(number)] = [*filter(None, said), *_charts_under(opened, tree, name)]
    return found


def _sheets(opened: ZipFile) -> dict[str, list[str]]:
    targets = _targets(opened, "xl/workbook.xml")
    texts = _shared_texts(opened)
    found = {}
    for sheet in package.read_xml(opened, "xl/workbook.xml").iter(f"{_S}sheet"):
        tree = package.read_xml(opened, targets.get(sheet.get(f"{_R}id", ""), ""))
        cells = ((cell.get("r", ""), _cell(cell, texts)) for cell in tree.iter(f"{_S}c"))
        found[sheet.get("name", "")] = [f"{ref}={value}" for ref, value in cells if value]
    return found


def _cell(cell: etree._Element, texts: list[str]) -> str:
    value = cell.findtext(f"{_S}v", "")
    match cell.get("t", "n"):
        case "s":
            return texts[int(value)] if value.isdigit() and int(value) < len(texts) else ""
        case "inlineStr":
            return _text(cell, f"{_S}t")
        case "n":
            return _number(value)
    return value


def _shared_texts(opened: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in opened.namelist():
        return []
    tree = package.read_xml(opened, "xl/sharedStrings.xml")
    return [_text(each, f"{_S}t") for each in tree.iter(f"{_S}si")]


def _charts_under(opened: ZipFile, tree: etree._Element, part: str) -> Iterator[str]:
    """The numbers of the charts that a slide or a paragraph holds."""
    drawn = [each.get(f"{_R}id", "") for each in tree.iter(f"{_C}chart")]
    if not drawn:
        return
    targets = _targets(opened, part)
    for key in drawn:
        if key in targets:
            chart = package.read_xml(opened, targets[key])
            for values in chart.iter(f"{_C}numCache"):
                yield from (_number(point.findtext(f"{_C}v", "")) for point in values if len(point))


def _targets(opened: ZipFile, part: str) -> dict[str, str]:
    """The parts that a part refers to, by the id of the reference."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in opened.namelist():
        return {}
    return {
        each.get("Id", ""): posixpath.normpath(
            each.get("Target", "").lstrip("/")
            if each.get("Target", "").startswith("/")
            else posixpath.join(folder, each.get("Target", ""))
        )
        for each in package.read_xml(opened, rels)
    }


def _style_id(opened: ZipFile, name: str) -> str:
    """What a document calls the style of this name."""
    if "word/styles.xml" in opened.namelist():
        for style in package.read_xml(opened, "word/styles.xml").iter(f"{_W}style"):
            said = style.find(f"{_W}name")
            if said is not None and said.get(f"{_W}val", "").lower() == name:
                return style.get(f"{_W}styleId", "")
    return "Heading1"


def _text(element: etree._Element, tag: str) -> str:
    return "".join(each.text or "" for each in element.iter(tag))


def _number(text: str) -> str:
    try:
        return f"{round(float(text), 6) + 0.0:.6f}"
    except ValueError:
        return text
