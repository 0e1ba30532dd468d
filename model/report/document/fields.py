"""What Word works out itself: contents, page numbers, numbers of captions; also the language."""

from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def field(paragraph, instruction: str, shown: str) -> None:
    """A field with the text that it shows until it is worked out anew."""
    for part, text in (("begin", ""), ("", instruction), ("separate", "")):
        _run(paragraph, part, text)
    paragraph.add_run(shown)
    _run(paragraph, "end", "")


def bookmark(paragraph, name: str, number: int) -> None:
    """A place that others can refer to: the whole paragraph."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = paragraph._p.pPr
    if properties is not None:
        properties.addnext(start)
    else:
        paragraph._p.insert(0, start)
    paragraph._p.append(end)


def contents(paragraph, headings: Sequence[tuple[int, str, str]], description: str) -> None:
    """A table of contents in place of the paragraph, with a line for each heading already in it.

    ``headings`` are (level, text, bookmark). The lines are links; their page numbers come when Word
    or LibreOffice works the contents out, for only then they are known.
    """
    listed = [each for each in headings if each[0] <= 2]
    last = paragraph
    for place, (level, text, mark) in enumerate(listed):
        line = paragraph if place == 0 else _after(last)
        line.style = f"TOC {level}"
        if place == 0:
            _run(line, "begin", "")
            _run(line, "", 'TOC \\o "1-2" \\h \\z \\u')
            _run(line, "separate", "")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), mark)
        link.set(qn("w:tooltip"), description)
        before = len(line._p)
        line.add_run(text)
        for run in list(line._p)[before:]:
            link.append(run)
        line._p.append(link)
        last = line
    _run(last, "end", "")


def update_on_opening(document) -> None:
    """Ask Word to work fields out when the document is opened: page numbers are only then known."""
    flag = OxmlElement("w:updateFields")
    flag.set(qn("w:val"), "true")
    settings = document.settings.element
    before = settings.find(qn("w:footnotePr"))
    place = before if before is not None else settings.find(qn("w:compat"))
    place.addprevious(flag) if place is not None else settings.append(flag)


def language(styles, code: str) -> None:
    """The language that the whole document is read and spelled in."""
    defaults = styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    said = properties.find(qn("w:lang"))
    if said is None:
        said = OxmlElement("w:lang")
        properties.append(said)
    for name in ("val", "eastAsia"):
        said.set(qn(f"w:{name}"), code)


def _run(paragraph, kind: str, instruction: str) -> None:
    run = paragraph.add_run()
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    else:
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = f" {instruction} "
    run._r.append(part)


def _after(paragraph):
    element = OxmlElement("w:p")
    paragraph._p.addnext(element)
    return type(paragraph)(element, paragraph._parent)
