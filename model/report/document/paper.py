"""A Word file with real styles: headings, tables whose head repeats, captions, contents, footers.

It is written from the top down. Upright pages hold text and narrow tables; wide tables stand on
pages across. What a person has typed is text, without control characters.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from model.palette import GAP, INK, MUTED
from model.report.deck import plain, property_of
from model.report.document import fields
from model.report.document.table_xml import Column, Line, table_xml
from model.report.house_style import HouseStyle, logo_of
from model.report.view import View

_SHORT, _LONG = Cm(21.0), Cm(29.7)
_MARGIN, _NARROW = Cm(2.2), Cm(1.5)
_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
# Above so many columns a table lies on a page across.
_UPRIGHT_COLUMNS = 8
# Points.
_READING, _SMALL, _SMALLEST = 9.5, 8, 7
_MANY_COLUMNS = 11


class Paper:
    """A document in the making."""

    def __init__(self, view: View, style: HouseStyle, title: str, running: str):
        self.view, self._style = view, style
        self._word: WordDocument = Document()
        self._accent = _rgb(style.accent)
        self._headings: list[tuple[int, str, str]] = []
        self._tables = self._charts = 0
        self._across = False
        properties = self._word.core_properties
        properties.title, properties.author = property_of(title), "Klimatinvest"
        properties.language = _LANGUAGES[view.language]
        properties.comments = ""
        properties.created = properties.modified = datetime(*view.today.timetuple()[:3])
        self._make_styles()
        section = self._word.sections[0]
        section.page_width, section.page_height = _SHORT, _LONG
        self._set_margins(section)
        self._running(section, running)

    def cover(self, over: str, title: str, under: str, facts: Sequence[tuple[str, str]]) -> None:
        """The first page: whose plan it is, what it is, and what it was made from."""
        logo = logo_of(self._style)
        if logo is not None:
            picture = self._word.add_paragraph().add_run().add_picture(str(logo), height=Cm(2))
            picture._inline.docPr.set("descr", plain(over))
        self._word.add_paragraph(plain(over), style="Subtitle").paragraph_format.space_before = Pt(
            90
        )
        self._word.add_paragraph(plain(title), style="Title")
        self.text(under)
        if self.view.mark:
            run = self._word.add_paragraph().add_run(self.view.say("EXAMPLE: invented figures"))
            run.bold, run.font.color.rgb = True, _rgb(GAP.colour)
        self._add_table(
            [Column("", True, 5), Column("", True, 11.6)],
            [Line(fact) for fact in facts],
            self.view.say("What the document was made from"),
            _READING,
            headed=False,
        )

    def contents(self) -> None:
        """Where the table of contents comes to stand, on a page of its own."""
        heading = self._word.add_paragraph(self.view.say("Contents"), style="TOC Heading")
        heading.paragraph_format.page_break_before = True
        self._contents = self._word.add_paragraph()

    def heading(self, text: str, level: int = 1, *, across: bool = False) -> None:
        """A heading, which the table of contents and a screen reader find. One of the first level
        begins a page; ``across`` says how the page lies for what follows.
        """
        turned = across != self._across
        if turned:
            self._turn(across=across)
        paragraph = self._word.add_heading(plain(text), level)
        if level == 1 and not turned:
            paragraph.paragraph_format.page_break_before = True
        mark = f"_Toc{len(self._headings) + 1:05}"
        fields.bookmark(paragraph, mark, len(self._headings) + 1)
        self._headings.append((level, plain(text), mark))

    def text(self, *paragraphs: str) -> None:
        """Running text."""
        for paragraph in filter(None, paragraphs):
            self._word.add_paragraph(plain(paragraph))

    def points(self, said: Sequence[str], *, numbered: bool = False) -> None:
        """Short statements, one per point."""
        style = "List Number" if numbered else "List Bullet"
        for each in filter(None, said):
            self._word.add_paragraph(plain(each), style=style)

    def table(
        self, caption: str, columns: Sequence[Column], lines: Sequence[Line], notes: Sequence[str]
    ) -> None:
        """A table with its number and caption above it and small print under it.

        The first column names its row. Sums stand in bold under a line.
        """
        across = len(columns) > _UPRIGHT_COLUMNS
        if across != self._across:
            self._turn(across=across)
        self._tables += 1
        self._caption(self.view.say("Table"), "Table", self._tables, caption)
        size = _SMALLEST if len(columns) > _MANY_COLUMNS else _SMALL
        self._add_table(columns, lines, caption, size)
        self._small_print(notes)

    def chart(self, picture, caption: str, notes: Sequence[str]) -> None:
        """A native chart, :class:`model.report.document.charts.Chart`, with its caption."""
        if self._across:
            self._turn(across=False)
        self._charts += 1
        self._caption(self.view.say("Chart"), "Figure", self._charts, caption)
        paragraph = self._word.add_paragraph()
        picture.put(paragraph, self._charts, plain(caption), Cm(16.6), Cm(7.6))
        self._small_print(notes)

    def content(self) -> bytes:
        """The finished file."""
        fields.contents(self._contents, self._headings, self.view.say("Contents"))
        fields.update_on_opening(self._word)
        buffer = BytesIO()
        self._word.save(buffer)
        return buffer.getvalue()

    def _add_table(
        self,
        columns: Sequence[Column],
        lines: Sequence[Line],
        description: str,
        size: float,
        *,
        headed: bool = True,
    ) -> None:
        page = self._word.sections[-1]
        room = page.page_width - page.left_margin - page.right_margin
        table = table_xml(
            columns,
            lines,
            width=Emu(room).twips,
            size=size,
            description=description,
            accent=self._style.accent,
            headed=headed,
        )
        # A document's last element is its last section.
        self._word.element.body[-1].addprevious(table)

    def _caption(self, word: str, name: str, number: int, text: str) -> None:
        paragraph = self._word.add_paragraph(style="Caption")
        paragraph.add_run(f"{word} ")
        fields.field(paragraph, f"SEQ {name} \\* ARABIC", str(number))
        paragraph.add_run(f". {plain(text)}")
        paragraph.paragraph_format.keep_with_next = True

    def _small_print(self, notes: Sequence[str]) -> None:
        written = [
            self._word.add_paragraph(plain(note), style="Source") for note in filter(None, notes)
        ]
        for paragraph in written[:-1]:
            paragraph.paragraph_format.keep_with_next = True
        for paragraph in written[-1:]:
            paragraph.paragraph_format.space_after = Pt(12)

    def _turn(self, *, across: bool) -> None:
        """Go on, on a new page, across or upright."""
        section = self._word.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (_LONG, _SHORT) if across else (_SHORT, _LONG)
        self._across = across
        self._set_margins(section)

    def _set_margins(self, section) -> None:
        section.left_margin = section.right_margin = _NARROW if self._across else _MARGIN
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
        section.header_distance = section.footer_distance = Cm(1.0)

    def _running(self, section, running: str) -> None:
        """What stands at the top and the bottom of every page but the first."""
        section.different_first_page_header_footer = True
        for each in (section.first_page_header, section.first_page_footer):
            each.is_linked_to_previous = False
        head = section.header.paragraphs[0]
        head.text = plain(running)
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{plain(self.view.version)} · {plain(self.view.scenario)} · ")
        foot.add_run(self.view.say("Page") + " ")
        fields.field(foot, "PAGE", "1")
        foot.add_run(" / ")
        fields.field(foot, "NUMPAGES", "1")

    def _make_styles(self) -> None:
        styles, font = self._word.styles, self._style.font
        fields.language(styles, _LANGUAGES[self.view.language])
        _look(styles["Normal"], font, 10.5, INK)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        for name, size in (("Heading 1", 18), ("Heading 2", 13), ("Heading 3", 11)):
            _look(styles[name], font, size, self._style.accent, bold=True)
            styles[name].paragraph_format.space_before = Pt(size)
            styles[name].paragraph_format.space_after = Pt(4)
        _look(styles["Title"], font, 30, self._style.accent, bold=True)
        _look(styles["Subtitle"], font, 15, MUTED)
        styles["Subtitle"].font.italic = False
        _look(styles["Caption"], font, 9.5, INK, bold=True)
        styles["Caption"].paragraph_format.space_before = Pt(10)
        styles["Caption"].paragraph_format.space_after = Pt(3)
        for name in ("Header", "Footer"):
            _look(styles[name], font, 8.5, MUTED)
        _look(styles["TOC Heading"], font, 18, self._style.accent, bold=True)
        made = {"Table Text": (8, INK, 0), "Source": (8, "#4B5563", 2)}
        made |= {f"TOC {level}": (10.5, INK, 3) for level in (1, 2)}
        for name, (size, colour, after) in made.items():
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            _look(style, font, size, colour)
            style.paragraph_format.space_after = Pt(after)
            style.paragraph_format.space_before = Pt(0)
        for level in (1, 2):
            look = styles[f"TOC {level}"].paragraph_format
            look.left_indent = Cm(0.6 * (level - 1))
            look.tab_stops.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT, 1)
        styles["Source"].paragraph_format.space_before = Pt(2)


def _look(style, font: str, size: float, colour: str, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = font, Pt(size), bold
    style.font.color.rgb = _rgb(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{which}"), None)
    for which in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{which}"), font)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
