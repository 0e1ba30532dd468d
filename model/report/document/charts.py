"""A chart of the slides in a document: the same native chart, with its numbers in the file."""

import re
from dataclasses import dataclass
from io import BytesIO

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Emu
from pptx import Presentation

from model.report.view import View

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIZE = re.compile(rb'sz="(\d+)"')
_INLINE = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
     xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
     xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
     xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
  <w:drawing>
    <wp:inline distT="0" distB="0" distL="0" distR="0">
      <wp:extent cx="{width}" cy="{height}"/>
      <wp:docPr id="{number}" name="{name}"/>
      <wp:cNvGraphicFramePr/>
      <a:graphic>
        <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
          <c:chart r:id="{relation}"/>
        </a:graphicData>
      </a:graphic>
    </wp:inline>
  </w:drawing>
</w:r>
"""


@dataclass(frozen=True)
class Chart:
    """A chart's own XML, the worksheet with its numbers, and what a screen reader says of it."""

    xml: bytes
    numbers: bytes
    answer: str

    def put(self, paragraph, number: int, name: str, width: Emu, height: Emu) -> None:
        """Draw it in a paragraph of a document."""
        package = paragraph.part.package
        chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, self.xml, package)
        numbers = Part(
            PackURI(f"/word/embeddings/chart{number}.xlsx"), _XLSX, self.numbers, package
        )
        # The chart's XML names its worksheet by the first relation that it has.
        chart.relate_to(numbers, RELATIONSHIP_TYPE.PACKAGE)
        relation = paragraph.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
        run = parse_xml(
            _INLINE.format(
                width=int(width),
                height=int(height),
                number=1000 + number,
                name="",
                relation=relation,
            )
        )
        properties = next(run.iter("{*}docPr"))
        properties.set("name", name)
        properties.set("descr", self.answer)
        paragraph._p.append(run)


def gap_by_year(view: View) -> Chart | None:
    """Need, cover and gap by year, as the first slide draws it; None where there is no need."""
    from model.report.slides import gap_slides

    deck = gap_slides(view.result, view.reading, view.language, view.today)
    slide = Presentation(BytesIO(deck)).slides[0]
    drawn = [shape.chart for shape in slide.shapes if shape.has_chart]
    if not drawn:
        return None
    part = drawn[0].part
    # Letters for a page that is read, not for a wall.
    xml = _SIZE.sub(lambda found: b'sz="%d"' % (int(found[1]) * 2 // 3), part.blob)
    return Chart(xml, part.chart_workbook.xlsx_part.blob, slide.shapes.title.text_frame.text)
